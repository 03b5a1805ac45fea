//! A small set of types, made up, that has every kind of thing the real data has. Tests use it so that a
//! refresh of the data breaks none of them.

use schemas::facts::{Facts, Function, Node, NodeId, Property, Resource, TextId};
use schemas::pack::{Origin, pack};

use super::Schema;

/// The toy types, opened; leaked, as tests end soon.
pub(crate) fn schema() -> &'static Schema {
    static SCHEMA: std::sync::LazyLock<Schema> = std::sync::LazyLock::new(|| open(&facts()));
    &SCHEMA
}

/// `facts` with their own descriptions, packed and opened.
pub(crate) fn open(facts: &Facts) -> Schema {
    Schema::from_bytes(bytes(facts)).expect("a fresh bundle is whole")
}

pub(crate) fn bytes(facts: &Facts) -> Vec<u8> {
    let origin = Origin { package: "toy".into(), version: "1.0".into() };
    pack(facts, Some(facts), &origin).expect("toy facts can be packed")
}

/// Makes facts piece by piece; equal nodes become one, if they do not recurse.
#[derive(Default)]
pub(crate) struct Builder(pub(crate) Facts);

impl Builder {
    pub(crate) fn node(&mut self, node: Node) -> NodeId {
        let known = self.0.nodes.iter().position(|known| *known == node);
        known.unwrap_or_else(|| {
            self.0.nodes.push(node);
            self.0.nodes.len() - 1
        }) as NodeId
    }

    fn text(&mut self, text: &str) -> Option<TextId> {
        if text.is_empty() {
            return None;
        }
        let known = self.0.texts.iter().position(|known| known == text);
        Some(known.unwrap_or_else(|| {
            self.0.texts.push(text.to_owned());
            self.0.texts.len() - 1
        }) as TextId)
    }

    pub(crate) fn string(&mut self) -> NodeId {
        self.node(Node::String { min_length: None, max_length: None, pattern: None, sensitive: false })
    }

    pub(crate) fn literal(&mut self, value: &str) -> NodeId {
        self.node(Node::Literal(value.to_owned()))
    }

    /// The literals, and any string too when `open`.
    pub(crate) fn one_of(&mut self, values: &[&str], open: bool) -> NodeId {
        let mut elements: Vec<NodeId> = values.iter().map(|value| self.literal(value)).collect();
        if open {
            elements.push(self.string());
        }
        self.node(Node::Union(elements))
    }

    pub(crate) fn array(&mut self, items: NodeId) -> NodeId {
        self.node(Node::Array { items, min_length: None, max_length: None })
    }

    /// Properties as (name, flags, type, description); an empty description is none.
    pub(crate) fn properties(&mut self, list: &[(&str, u8, NodeId, &str)]) -> Vec<Property> {
        let mut properties: Vec<Property> = list
            .iter()
            .map(|&(name, flags, ty, text)| Property {
                name: name.to_owned(),
                flags,
                ty,
                description: self.text(text),
            })
            .collect();
        properties.sort_by(|a, b| a.name.cmp(&b.name));
        properties
    }

    pub(crate) fn object(&mut self, list: &[(&str, u8, NodeId, &str)]) -> NodeId {
        let properties = self.properties(list);
        self.node(Node::Object { properties, additional: None, sensitive: false })
    }

    pub(crate) fn map(&mut self, values: NodeId) -> NodeId {
        self.node(Node::Object { properties: Vec::new(), additional: Some(values), sensitive: false })
    }

    /// The four properties of every root, and `more`.
    pub(crate) fn root(&mut self, more: &[(&str, u8, NodeId, &str)]) -> NodeId {
        let string = self.string();
        let (ty, version) = (self.node(Node::OwnType), self.node(Node::OwnVersion));
        let mut list = vec![
            ("id", 10, string, "The resource id"),
            ("type", 10, ty, "The resource type"),
            ("apiVersion", 10, version, "The resource api version"),
            ("name", 9, string, "The resource name"),
        ];
        list.extend(more);
        self.object(&list)
    }

    pub(crate) fn resource(&mut self, name: &str, body: NodeId, scopes: (u32, u32)) {
        let (type_name, api_version) = name.split_once('@').expect("TYPE@VERSION");
        self.0.resources.push(Resource {
            type_name: type_name.to_owned(),
            api_version: api_version.to_owned(),
            body,
            readable_scopes: scopes.0,
            writable_scopes: scopes.1,
        });
    }

    pub(crate) fn function(&mut self, of: &str, name: &str, input: Option<NodeId>, output: NodeId) {
        let (type_name, api_version) = of.split_once('@').expect("TYPE@VERSION");
        self.0.functions.push(Function {
            type_name: type_name.to_owned(),
            api_version: api_version.to_owned(),
            name: name.to_owned(),
            input,
            output,
        });
    }

    pub(crate) fn finish(mut self) -> Facts {
        self.0.resources.sort_by(|a, b| {
            let key = |r: &Resource| (r.type_name.to_ascii_lowercase(), r.api_version.clone());
            key(a).cmp(&key(b))
        });
        self.0.functions.sort_by(|a, b| {
            let key =
                |f: &Function| (f.type_name.to_ascii_lowercase(), f.api_version.clone(), f.name.clone());
            key(a).cmp(&key(b))
        });
        self.0
    }
}

/// `Test.Rp/widgets` with children, discriminated roots, recursion, every constraint and scope.
pub(crate) fn facts() -> Facts {
    let mut b = Builder::default();
    widgets(&mut b);
    shapes(&mut b);
    places(&mut b);
    b.finish()
}

fn widgets(b: &mut Builder) {
    let string = b.string();
    let boolean = b.node(Node::Boolean);
    let any = b.node(Node::Any);
    let secret =
        b.node(Node::String { min_length: Some(8), max_length: Some(64), pattern: None, sensitive: true });
    let label = b.node(Node::String {
        min_length: Some(1),
        max_length: Some(10),
        pattern: Some("^[a-z]+$".into()),
        sensitive: false,
    });
    let count = b.node(Node::Integer { min_value: Some(-1), max_value: Some(100) });
    let status = b.one_of(&["enabled", "disabled"], true);
    let colour = b.one_of(&["red", "green"], false);
    let rule = b.object(&[("action", 1, colour, "What to do"), ("priority", 0, count, "")]);
    let rules = b.node(Node::Array { items: rule, min_length: Some(1), max_length: Some(5) });
    let tags = b.map(string);
    // A part is made of parts.
    let parts = b.0.nodes.len() as NodeId + 1;
    let part = b.object(&[("label", 1, label, "Its label"), ("parts", 0, parts, "Smaller parts")]);
    assert_eq!(b.array(part), parts);
    let vault = b.properties(&[("key", 1, secret, "")]);
    let vault = b.node(Node::Object { properties: vault, additional: Some(any), sensitive: true });
    let mixed = b.node(Node::Union(vec![string, rule]));
    let engine = engine(b, count, rules);
    let engines = b.array(engine);
    let spares = b.properties(&[("main", 0, rule, "The one to take first")]);
    let spares = b.node(Node::Object { properties: spares, additional: Some(rule), sensitive: false });
    let properties = b.object(&[
        ("status", 1, status, "Whether it is in use"),
        ("colour", 0, colour, "Its colour"),
        ("count", 0, count, "How many"),
        ("createdAt", 2, string, "When it was made"),
        ("password", 4, secret, "A secret"),
        ("rules", 0, rules, "Rules, in order"),
        ("parts", 0, parts, "What it is made of"),
        ("vault", 0, vault, ""),
        ("enabled", 0, boolean, ""),
        ("mixed", 0, mixed, ""),
        ("a.dotted", 0, string, "A name with a dot"),
        ("engine", 0, engine, "What drives it"),
        ("engines", 0, engines, "Further ones"),
        ("spares", 0, spares, "Rules by name"),
    ]);
    let newest = b.root(&[
        ("location", 9, string, "The region"),
        ("tags", 0, tags, "Tags"),
        ("properties", 1, properties, "The properties"),
    ]);
    let old_properties = b.object(&[("status", 1, status, "Whether it is on")]);
    let old = b.root(&[("properties", 1, old_properties, "The properties")]);
    b.resource("test.rp/Widgets@2022-05-01-preview", old, (8, 8));
    b.resource("Test.Rp/widgets@2023-01-01", old, (8, 8));
    b.resource("Test.Rp/widgets@2024-01-01-preview", newest, (8, 8));
    b.resource("Test.Rp/widgets@2024-01-01", newest, (12, 8));
    let keys = b.object(&[("primary", 2, secret, "The first key")]);
    let which = b.object(&[("which", 1, string, "Which key")]);
    b.function("test.rp/widgets@2024-01-01", "listKeys", None, keys);
    b.function("test.rp/widgets@2024-01-01", "regenerateKey", Some(which), keys);
    b.function("test.rp/widgets@2023-01-01", "listKeys", None, keys);
    b.function("test.rp/widgets@2023-01-01", "start", None, string);
    b.function("test.rp/noresource@2023-01-01", "check", Some(which), string);
    let gear = b.root(&[]);
    b.resource("Test.Rp/widgets/gears@2024-01-01", gear, (8, 8));
    b.resource("Test.Rp/widgets/gears/teeth@2024-01-01", gear, (8, 8));
    b.resource("Test.Rp/widgetSets@2024-01-01", gear, (8, 0));
    b.resource("Test.Gone/things/parts@2024-01-01", gear, (8, 8));
}

/// An object with variants inside a body, one of which holds a list of objects.
fn engine(b: &mut Builder, count: NodeId, rules: NodeId) -> NodeId {
    let (electric, steam) = (b.literal("electric"), b.literal("steam"));
    let electric = b.object(&[("kind", 1, electric, ""), ("volts", 1, count, "Its voltage")]);
    let steam = b.object(&[("kind", 1, steam, ""), ("valves", 0, rules, "In the order they open")]);
    let boolean = b.node(Node::Boolean);
    let base = b.properties(&[("running", 0, boolean, "Whether it runs")]);
    let variants = vec![("electric".to_owned(), electric), ("steam".to_owned(), steam)];
    b.node(Node::Discriminated { discriminator: "kind".into(), base, variants })
}

fn shapes(b: &mut Builder) {
    let string = b.string();
    let integer = b.node(Node::Integer { min_value: None, max_value: None });
    let (circle, square) = (b.literal("Circle"), b.literal("Square"));
    let radius = b.object(&[("radius", 1, integer, "Half its width")]);
    let circle = b.object(&[("kind", 1, circle, "A round one"), ("properties", 0, radius, "Of a circle")]);
    let square = b.object(&[("kind", 1, square, "One with corners"), ("side", 1, integer, "Its width")]);
    let (ty, version) = (b.node(Node::OwnType), b.node(Node::OwnVersion));
    let base = b.properties(&[
        ("id", 10, string, ""),
        ("type", 10, ty, ""),
        ("apiVersion", 10, version, ""),
        ("name", 9, string, "The resource name"),
    ]);
    let variants = vec![("Circle".to_owned(), circle), ("Square".to_owned(), square)];
    let shape = b.node(Node::Discriminated { discriminator: "kind".into(), base, variants });
    b.resource("Test.Rp/shapes@2024-01-01", shape, (8, 8));
    let (web, logs) = (b.literal("web"), b.literal("logs"));
    let web = b.object(&[("name", 9, web, ""), ("port", 1, integer, "")]);
    let logs = b.object(&[("name", 9, logs, ""), ("level", 0, string, "")]);
    let variants = vec![("logs".to_owned(), logs), ("web".to_owned(), web)];
    let config = b.node(Node::Discriminated { discriminator: "name".into(), base: Vec::new(), variants });
    b.resource("Test.Rp/widgets/config@2024-01-01", config, (8, 8));
}

/// One type for each scope.
fn places(b: &mut Builder) {
    let body = b.root(&[]);
    b.resource("Test.Rp/tenantThings@2024-01-01", body, (1, 1));
    b.resource("Test.Rp/everywhere@2024-01-01", body, (31, 31));
    // The oldest version decides.
    b.resource("Test.Rp/moved@2023-01-01", body, (4, 4));
    b.resource("Test.Rp/moved@2024-01-01", body, (8, 8));
    b.resource("Test.Rp/extras@2024-01-01", body, (16, 16));
    b.resource("Test.Rp/extras/children@2024-01-01", body, (16, 16));
    b.resource("Test.Rp/both@2024-01-01", body, (20, 20));
    b.resource("Test.Rp/both/children@2024-01-01", body, (20, 20));
    b.resource("Microsoft.Resources/resourceGroups@2024-01-01", body, (4, 4));
    b.resource("Microsoft.Resources/subscriptions@2024-01-01", body, (1, 1));
}

/// Variants over two versions: circles came later than squares, and both have a `size`.
pub(crate) fn forms() -> Facts {
    let mut b = Builder::default();
    let (string, square, circle) = (b.string(), b.literal("Square"), b.literal("Circle"));
    let square = b.object(&[("kind", 1, square, ""), ("size", 0, string, "")]);
    let circle = b.object(&[("kind", 1, circle, ""), ("size", 0, string, "")]);
    let mut versions = [vec![("Square".to_owned(), square)], vec![("Square".to_owned(), square)]];
    versions[1].insert(0, ("Circle".to_owned(), circle));
    for (version, variants) in ["2023-01-01", "2024-01-01"].into_iter().zip(versions) {
        let base = b.properties(&[("name", 9, string, "")]);
        let body = b.node(Node::Discriminated { discriminator: "kind".into(), base, variants });
        b.resource(&format!("Test.Rp/forms@{version}"), body, (8, 8));
    }
    b.finish()
}

/// `hosts` take `location`, `tags` and `identity`, its kinds without a blank; `hosts/parts` have them under `properties`.
pub(crate) fn hosts() -> Facts {
    let mut b = Builder::default();
    let string = b.string();
    let tags = b.map(string);
    let kinds = b.one_of(&["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"], false);
    let nothing = b.object(&[("clientId", 2, string, "")]);
    let ids = b.map(nothing);
    let identity = b.object(&[("type", 1, kinds, ""), ("userAssignedIdentities", 0, ids, "")]);
    let size = b.node(Node::Integer { min_value: None, max_value: None });
    let secret = Node::String { min_length: None, max_length: None, pattern: None, sensitive: true };
    let secret = b.node(secret);
    let properties = b.object(&[("size", 0, size, ""), ("password", 4, secret, "")]);
    let host = b.root(&[
        ("location", 1, string, ""),
        ("tags", 0, tags, ""),
        ("identity", 0, identity, ""),
        ("properties", 0, properties, ""),
    ]);
    b.resource("Test.Rp/hosts@2024-01-01", host, (8, 8));
    let simple = b.object(&[("type", 1, kinds, "")]);
    let inner = b.object(&[("location", 0, string, ""), ("tags", 0, tags, ""), ("identity", 0, simple, "")]);
    let part = b.root(&[("properties", 0, inner, "")]);
    b.resource("Test.Rp/hosts/parts@2024-01-01", part, (8, 8));
    b.function("Test.Rp/hosts@2024-01-01", "move", Some(inner), string);
    b.finish()
}
