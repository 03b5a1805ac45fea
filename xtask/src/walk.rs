//! One file's raw JSON against the facts, pair by pair from every root, knowing nothing of how the facts
//! were made.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use schemas::facts::{Facts, Function, Node, NodeId, Property, Resource};

/// Differences kept for a file; the rest is only counted.
const MOST_DIFFERENCES: usize = 5;

/// What a walk met.
#[derive(Default)]
pub(crate) struct Walked {
    pub(crate) resources: usize,
    pub(crate) functions: usize,
    /// Raw types, each once.
    pub(crate) types: usize,
    /// Properties of those, by flags.
    pub(crate) flags: BTreeMap<u8, usize>,
    /// Pairs compared.
    pub(crate) pairs: usize,
    /// Facts types met.
    pub(crate) met: HashSet<NodeId>,
    /// The first few.
    pub(crate) differences: Vec<String>,
    pub(crate) difference_count: usize,
}

/// A raw type and the facts' type that should equal it, with the path that led there.
struct Pair {
    raw: usize,
    node: NodeId,
    path: String,
}

/// Walks one file.
pub(crate) struct Walker<'w> {
    pub(crate) facts: &'w Facts,
    types: &'w [Value],
    seen: HashSet<(usize, NodeId)>,
    counted: HashSet<usize>,
    ahead: Vec<Pair>,
    pub(crate) walked: Walked,
}

impl<'w> Walker<'w> {
    pub(crate) fn new(facts: &'w Facts, types: &'w [Value]) -> Self {
        Self {
            facts,
            types,
            seen: HashSet::new(),
            counted: HashSet::new(),
            ahead: Vec::new(),
            walked: Walked::default(),
        }
    }

    /// The resource type `name` (`type@version`) at `raw`.
    pub(crate) fn resource(&mut self, name: &str, raw: usize, resource: Option<&Resource>) {
        self.walked.resources += 1;
        let (Some(resource), Some(raw)) = (resource, self.raw(raw)) else {
            return self.differ(name, "is in the package, not in the facts");
        };
        self.only(raw, name, &["name", "body", "readableScopes", "writableScopes"]);
        if text(raw, "$type") != "ResourceType" || text(raw, "name") != name {
            self.differ(name, "the index and the file name it differently");
        }
        for (field, scopes) in
            [("readableScopes", resource.readable_scopes), ("writableScopes", resource.writable_scopes)]
        {
            if raw[field].as_u64() != Some(u64::from(scopes)) {
                self.differ(name, &format!("{field} are {}, in the facts {scopes}", raw[field]));
            }
        }
        match raw.get("body").and_then(reference) {
            Some(body) => self.body(name, body, resource),
            None => self.differ(name, "has no body"),
        }
        self.finish();
    }

    /// The function at `raw`; `function` is the facts' one of that type, version and name.
    pub(crate) fn function(&mut self, raw: usize, find: impl Fn(&str, &str, &str) -> Option<&'w Function>) {
        self.walked.functions += 1;
        let Some(raw) = self.raw(raw) else {
            return self.differ("a function", "is not in the file");
        };
        let (of, version, name) = (text(raw, "resourceType"), text(raw, "apiVersion"), text(raw, "name"));
        let path = format!("{of}@{version} {name}()");
        self.only(raw, &path, &["name", "resourceType", "apiVersion", "input", "output"]);
        let Some(function) = find(of, version, name) else {
            return self.differ(&path, "is in the package, not in the facts");
        };
        for (field, node) in [("input", function.input), ("output", Some(function.output))] {
            match (raw.get(field).and_then(reference), node) {
                (Some(raw), Some(node)) => self.pair(raw, node, format!("{path}.{field}")),
                (None, None) => {}
                _ => self.differ(&path, &format!("{field} stands on one side only")),
            }
        }
        self.finish();
    }

    fn raw(&self, number: usize) -> Option<&'w Map<String, Value>> {
        self.types.get(number)?.as_object()
    }

    fn differ(&mut self, path: &str, what: &str) {
        self.walked.difference_count += 1;
        if self.walked.differences.len() < MOST_DIFFERENCES {
            self.walked.differences.push(format!("{path}: {what}"));
        }
    }

    /// A field that nobody compares would be a fact that nobody holds.
    fn only(&mut self, raw: &Map<String, Value>, path: &str, fields: &[&str]) {
        for field in raw.keys() {
            if field != "$type" && !fields.contains(&field.as_str()) {
                self.differ(path, &format!("has a field {field:?} that is not compared"));
            }
        }
    }

    /// In a body the literals that are the version's own name stand for it.
    fn body(&mut self, name: &str, number: usize, resource: &Resource) {
        self.walked.met.insert(resource.body);
        let facts = self.facts;
        let node = &facts.nodes[resource.body as usize];
        let implied =
            |it: &&Property| matches!(facts.nodes[it.ty as usize], Node::OwnType | Node::OwnVersion);
        for property in node.properties().iter().filter(implied) {
            let own = match facts.nodes[property.ty as usize] {
                Node::OwnType => &resource.type_name,
                _ => &resource.api_version,
            };
            self.walked.met.insert(property.ty);
            let raw = self.raw(number);
            let stated = raw.and_then(|it| it.get("properties").or_else(|| it.get("baseProperties")));
            let stated = stated.and_then(|it| it.get(&property.name)?.get("type"));
            let stated = stated.and_then(reference);
            if let Some(stated) = stated {
                self.count(stated);
            }
            let literal = stated.and_then(|it| self.raw(it)).map(|it| (text(it, "$type"), text(it, "value")));
            if literal != Some(("StringLiteralType", own)) {
                self.differ(&format!("{name} {}", property.name), &format!("is not the literal {own:?}"));
            }
        }
        self.compare(number, resource.body, name, true);
    }

    fn pair(&mut self, raw: usize, node: NodeId, path: String) {
        if self.seen.insert((raw, node)) {
            self.ahead.push(Pair { raw, node, path });
        }
    }

    fn finish(&mut self) {
        while let Some(pair) = self.ahead.pop() {
            self.walked.met.insert(pair.node);
            self.compare(pair.raw, pair.node, &pair.path, false);
        }
    }

    fn count(&mut self, number: usize) {
        if self.counted.insert(number) {
            self.walked.types += 1;
            let raw = self.raw(number);
            let properties = raw.and_then(|it| it.get("properties").or_else(|| it.get("baseProperties")));
            for property in properties.and_then(Value::as_object).into_iter().flat_map(Map::values) {
                let flags = property["flags"].as_u64().and_then(|it| u8::try_from(it).ok());
                *self.walked.flags.entry(flags.unwrap_or_default()).or_default() += 1;
            }
        }
    }

    fn compare(&mut self, number: usize, node: NodeId, path: &str, is_body: bool) {
        self.walked.pairs += 1;
        self.count(number);
        let Some(raw) = self.raw(number) else {
            return self.differ(path, "refers to what is not in the file");
        };
        let facts = self.facts;
        match (text(raw, "$type"), &facts.nodes[node as usize]) {
            ("StringType", Node::String { min_length, max_length, pattern, sensitive }) => {
                self.only(raw, path, &["minLength", "maxLength", "pattern", "sensitive"]);
                self.number(raw, path, "minLength", min_length.map(i128::from));
                self.number(raw, path, "maxLength", max_length.map(i128::from));
                self.same(raw.get("pattern").and_then(Value::as_str) == pattern.as_deref(), path, "pattern");
                self.same(truth(raw, "sensitive") == *sensitive, path, "sensitive");
            }
            ("IntegerType", Node::Integer { min_value, max_value }) => {
                self.only(raw, path, &["minValue", "maxValue"]);
                self.number(raw, path, "minValue", min_value.map(i128::from));
                self.number(raw, path, "maxValue", max_value.map(i128::from));
            }
            ("BooleanType", Node::Boolean) | ("AnyType", Node::Any) => self.only(raw, path, &[]),
            ("StringLiteralType", Node::Literal(value)) => {
                self.only(raw, path, &["value"]);
                self.same(text(raw, "value") == value, path, "value");
            }
            ("UnionType", Node::Union(elements)) => {
                self.only(raw, path, &["elements"]);
                let stated = raw.get("elements").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                self.same(stated.len() == elements.len(), path, "count of elements");
                for (at, (stated, element)) in stated.iter().zip(elements).enumerate() {
                    self.refer(Some(stated), *element, || format!("{path}|{at}"));
                }
            }
            ("ArrayType", Node::Array { items, min_length, max_length }) => {
                self.only(raw, path, &["itemType", "minLength", "maxLength"]);
                self.number(raw, path, "minLength", min_length.map(i128::from));
                self.number(raw, path, "maxLength", max_length.map(i128::from));
                self.refer(raw.get("itemType"), *items, || format!("{path}[]"));
            }
            ("ObjectType", Node::Object { properties, additional, sensitive }) => {
                self.only(raw, path, &["name", "properties", "additionalProperties", "sensitive"]);
                self.same(truth(raw, "sensitive") == *sensitive, path, "sensitive");
                self.properties(raw.get("properties"), properties, path, is_body);
                match additional {
                    Some(additional) => {
                        self.refer(raw.get("additionalProperties"), *additional, || format!("{path}.*"))
                    }
                    None => {
                        self.same(!raw.contains_key("additionalProperties"), path, "additionalProperties")
                    }
                }
            }
            ("DiscriminatedObjectType", Node::Discriminated { discriminator, base, variants }) => {
                self.only(raw, path, &["name", "discriminator", "baseProperties", "elements"]);
                self.same(text(raw, "discriminator") == discriminator, path, "discriminator");
                self.properties(raw.get("baseProperties"), base, path, is_body);
                let stated = raw.get("elements").and_then(Value::as_object);
                self.same(stated.map(Map::len) == Some(variants.len()), path, "count of variants");
                for (value, ty) in variants {
                    self.refer(stated.and_then(|it| it.get(value)), *ty, || format!("{path}<{value}>"));
                }
            }
            (kind, node) => self.differ(path, &format!("is {kind}, in the facts {}", short(node))),
        }
    }

    fn properties(&mut self, stated: Option<&Value>, properties: &[Property], path: &str, is_body: bool) {
        let stated = stated.and_then(Value::as_object);
        self.same(stated.map(Map::len) == Some(properties.len()), path, "count of properties");
        for property in properties {
            let path = format!("{path}.{}", property.name);
            let Some(raw) = stated.and_then(|it| it.get(&property.name)?.as_object()) else {
                self.differ(&path, "is in the facts, not in the package");
                continue;
            };
            self.only(raw, &path, &["type", "flags", "description"]);
            self.number(raw, &path, "flags", Some(i128::from(property.flags)));
            let is_own = matches!(self.facts.nodes[property.ty as usize], Node::OwnType | Node::OwnVersion);
            if !(is_body && is_own) {
                self.refer(raw.get("type"), property.ty, || path.clone());
            }
        }
    }

    fn refer(&mut self, stated: Option<&Value>, node: NodeId, path: impl Fn() -> String) {
        match stated.and_then(reference) {
            Some(raw) => self.pair(raw, node, path()),
            None => self.differ(&path(), "is in the facts, not in the package"),
        }
    }

    fn number(&mut self, raw: &Map<String, Value>, path: &str, field: &str, expected: Option<i128>) {
        let stated =
            raw.get(field).map(|it| it.as_i64().map(i128::from).or_else(|| it.as_u64().map(i128::from)));
        let same = match (stated, expected) {
            (None, None) => true,
            (Some(stated), Some(expected)) => stated == Some(expected),
            _ => false,
        };
        self.same(same, path, field);
    }

    fn same(&mut self, same: bool, path: &str, what: &str) {
        if !same {
            self.differ(path, &format!("{what} differs"));
        }
    }
}

fn text<'v>(raw: &'v Map<String, Value>, field: &str) -> &'v str {
    raw.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn truth(raw: &Map<String, Value>, field: &str) -> bool {
    raw.get(field).and_then(Value::as_bool).unwrap_or_default()
}

fn reference(value: &Value) -> Option<usize> {
    value.get("$ref")?.as_str()?.strip_prefix("#/")?.parse().ok()
}

fn short(node: &Node) -> String {
    let text = format!("{node:?}");
    text.chars().take(80).collect()
}
