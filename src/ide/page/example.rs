//! A configuration with one resource and all that stands above it, which holds as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::plausible::{GUID, LOCATION, NAMES, Plausible, takes};
use super::value::{Cutter, Value, sensitive_body, write_items};
use crate::azapi::guid_names::is_named_by_guid;
use crate::azapi::noun::{singular, snake};
use crate::azapi::provider::{DataPlaneType, DataPlaneVersions, NameRule};
use crate::azapi::skeleton::{self, Draft};
use crate::ide::reference::{self, literals};
use crate::schema::arm_id::{self, RESOURCE_GROUPS};
use crate::schema::{Property, ResourceVersion, Schema, SchemaType, Scope, TypeKind};
use crate::terraform::BlockKind;

const IDENTITIES: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";
/// The expression of the subscription that the provider works in, and the block behind it.
const CLIENT: &str = "data \"azapi_client_config\" \"current\" {}\n";
const HEAD: &str = r#"terraform {
  required_providers {
    azapi = {
      source = "Azure/azapi"
    }
  }
}
"#;

/// An example of a type.
pub(super) struct Example {
    /// HCL, as `terraform fmt` leaves it.
    pub(super) text: String,
    /// The block's address.
    pub(super) address: String,
    /// Whether the type can only be read, so that the block is a data source.
    pub(super) is_read: bool,
}

impl Example {
    pub(super) fn new(schema: &Schema, version: ResourceVersion<'_>) -> Self {
        let mut builder = Builder {
            schema,
            blocks: Vec::new(),
            labels: BTreeSet::new(),
            added: BTreeMap::new(),
            variables: BTreeMap::new(),
        };
        let address = builder.add(version);
        let mut blocks = vec![HEAD.to_owned()];
        blocks.extend(builder.variables.iter().map(|(name, is_text)| variable(name, *is_text)));
        blocks.extend(builder.blocks);
        Self { text: blocks.join("\n"), address, is_read: is_read(version) }
    }

    /// Its kind of block and the block's type.
    pub(super) fn block(&self) -> (BlockKind, &'static str) {
        super::block_of(self.is_read)
    }
}

/// A call of a function of a type that is not created.
pub(super) fn action(name: &str, resource_id: &str, function: &str) -> String {
    let values = [
        ("type".to_owned(), Value::string(name)),
        ("resource_id".to_owned(), Value::string(resource_id)),
        ("action".to_owned(), Value::string(function)),
    ];
    format!("{HEAD}\n{}", block("resource \"azapi_resource_action\" \"example\"", &values, ""))
}

/// The id of some resource of a type; what may be put into a subscription itself lies there.
pub(super) fn sample_id(schema: &Schema, type_name: &str) -> String {
    let subscription = format!("/subscriptions/{GUID}");
    let is_of_subscriptions = || {
        let of_type = schema.resource_type(type_name);
        of_type.is_some_and(|of_type| of_type.newest().parent_scopes().contains(Scope::Subscription))
    };
    let parent = match arm_id::parent_type(type_name) {
        Some(parent) => sample_id(schema, parent),
        None if is_location(type_name) || is_of_subscriptions() => subscription,
        None => format!("{subscription}/resourceGroups/example"),
    };
    let name = match is_named_by_guid(type_name) {
        true => GUID,
        false if is_location(type_name) => LOCATION,
        false => NAMES[0],
    };
    arm_id::build(&parent, type_name, name)
}

/// Whether what a type has are Azure's locations, each by its name.
fn is_location(type_name: &str) -> bool {
    arm_id::last_segment(type_name).eq_ignore_ascii_case("locations")
}

/// The form of the id of a resource where the example has it.
pub(super) fn import_id(version: ResourceVersion<'_>) -> String {
    let names = reference::names(version);
    let name = if let [only] = names.as_slice() { only } else { "{resourceName}" };
    let type_name = version.type_name();
    let parent = match parent_scope(version) {
        Some(scope) => scope.parent_pattern().to_owned(),
        None => version.parent_patterns().into_iter().next().unwrap_or_default(),
    };
    arm_id::build(&parent, type_name, name)
}

/// The scope that a resource is put into; `None` for one below another resource.
fn parent_scope(version: ResourceVersion<'_>) -> Option<Scope> {
    if arm_id::parent_type(version.type_name()).is_some() {
        return None;
    }
    let scopes = version.parent_scopes();
    let has = |scope| scopes.contains(scope);
    Some(if has(Scope::ResourceGroup) || has(Scope::Extension) || scopes.is_empty() {
        Scope::ResourceGroup
    } else if has(Scope::Subscription) {
        Scope::Subscription
    } else if has(Scope::ManagementGroup) {
        Scope::ManagementGroup
    } else {
        Scope::Tenant
    })
}

fn is_read(version: ResourceVersion<'_>) -> bool {
    !version.is_creatable()
}

fn variable(name: &str, is_text: bool) -> String {
    let ty = if is_text { "string" } else { "any" };
    format!("variable \"{name}\" {{\n  type      = {ty}\n  sensitive = true\n}}\n")
}

fn block(header: &str, values: &[(String, Value)], nested: &str) -> String {
    let mut out = format!("{header} {{\n");
    let values: Vec<(String, &Value)> = values.iter().map(|(key, value)| (key.clone(), value)).collect();
    write_items(&values, "  ", &mut out);
    out.push_str(nested);
    out.push_str("}\n");
    out
}

struct Builder<'s> {
    schema: &'s Schema,
    /// Those above a block stand in front of it.
    blocks: Vec<String>,
    labels: BTreeSet<String>,
    /// Addresses by type, in lower case: one block of each is enough.
    added: BTreeMap<String, String>,
    /// For secrets, and whether each is a text.
    variables: BTreeMap<String, bool>,
}

impl Builder<'_> {
    /// Adds the block with what stands above it, unless it is there; its address.
    fn add(&mut self, version: ResourceVersion<'_>) -> String {
        let type_name = version.type_name();
        if let Some(address) = self.added.get(&type_name.to_ascii_lowercase()) {
            return address.clone();
        }
        let parent = self.parent(version);
        let name = name(version);
        let mut values =
            vec![("type".to_owned(), Value::string(&format!("{type_name}@{}", version.api_version())))];
        if let Some(parent) = &parent {
            values.push(("parent_id".to_owned(), Value::Raw(parent.clone())));
        }
        values.push(("name".to_owned(), Value::string(&name)));
        let mut nested = String::new();
        if !is_read(version) {
            self.made(version, &name, parent.as_deref(), &mut values, &mut nested);
        }
        let (kind, block_type) = super::block_of(is_read(version));
        let label = self.label(type_name);
        self.blocks.push(block(
            &format!("{} \"{block_type}\" \"{label}\"", kind.keyword()),
            &values,
            &nested,
        ));
        let prefix = if is_read(version) { "data." } else { "" };
        let address = format!("{prefix}{block_type}.{label}");
        self.added.insert(type_name.to_ascii_lowercase(), address.clone());
        address
    }

    /// What a block has beyond type, parent and name.
    fn made(
        &mut self,
        version: ResourceVersion<'_>,
        name: &str,
        parent: Option<&str>,
        values: &mut Vec<(String, Value)>,
        nested: &mut String,
    ) {
        let is_group = version.type_name().eq_ignore_ascii_case(RESOURCE_GROUPS);
        let property = |name| version.root_property(name).filter(|it| !it.flags().read_only());
        // What has tags and lies in a resource group has a location, though not all of the data says that it must.
        let is_tracked = property("tags").is_some() && parent_scope(version) == Some(Scope::ResourceGroup);
        let needs_location = |it: &Property<'_>| is_group || is_tracked || it.flags().required();
        if let Some(location) = property("location").filter(needs_location) {
            let fixed = literals(location.ty()).first().copied();
            let of_group = parent.filter(|parent| parent.contains(".resource_group."));
            values.push((
                "location".to_owned(),
                match (fixed, of_group) {
                    (Some(fixed), _) => Value::string(fixed),
                    (None, Some(group)) => Value::Raw(group.replace(".id", ".location")),
                    (None, None) => Value::string(LOCATION),
                },
            ));
        }
        if property("tags").is_some_and(|tags| tags.flags().required()) {
            values.push(("tags".to_owned(), Value::Object(Vec::new())));
        }
        if property("identity").is_some_and(|identity| identity.flags().required()) {
            nested.push_str(&self.identity(version));
        }
        let is_given = |key: &str| {
            matches!(key, "name" | "type" | "apiVersion" | "id" | "location" | "tags" | "identity")
        };
        let known = |key: &str| (key == "name").then(|| name.to_owned());
        let form = skeleton::forms(version.body(), &known, &is_given).into_iter().next();
        let body = Draft::Object(form.map(|form| form.items).unwrap_or_default());
        let plausible = Plausible { schema: self.schema, type_name: version.type_name() };
        let mut cutter = Cutter { plausible, secrets: Vec::new() };
        let open = cutter.cut(version.body(), None, &body, &[]);
        let secrets = cutter.secrets;
        if let Some(open) = open.filter(|open| *open != Value::Object(Vec::new())) {
            values.push(("body".to_owned(), open));
        }
        if is_never_valid(version) {
            values.push(("schema_validation_enabled".to_owned(), Value::Raw("false".to_owned())));
        }
        if !secrets.is_empty() {
            values.push(("sensitive_body".to_owned(), sensitive_body(&secrets)));
            self.variables.extend(secrets.iter().map(|secret| (secret.variable(), secret.is_text)));
        }
    }

    /// The block `identity` of a type that must have one: of the system where the type takes that.
    fn identity(&mut self, version: ResourceVersion<'_>) -> String {
        let takes = |kind: &str| {
            let ty = version.root_property("identity").and_then(|identity| member(identity.ty(), "type"));
            let literals = ty.map(literals).unwrap_or_default();
            literals.is_empty() || literals.contains(&kind)
        };
        if takes("SystemAssigned") {
            return "\n  identity {\n    type = \"SystemAssigned\"\n  }\n".to_owned();
        }
        let Some(user) = self.schema.resource_type(IDENTITIES).filter(|_| takes("UserAssigned")) else {
            return "\n  identity {\n    type = \"None\"\n  }\n".to_owned();
        };
        let address = self.add(user.preferred());
        format!(
            "\n  identity {{\n    type         = \"UserAssigned\"\n    identity_ids = [{address}.id]\n  }}\n"
        )
    }

    /// The expression of the parent's id; `None` where the provider knows it.
    fn parent(&mut self, version: ResourceVersion<'_>) -> Option<String> {
        let type_name = version.type_name();
        if let Some(parent) = arm_id::parent_type(type_name) {
            let Some(parent) = self.schema.resource_type(parent) else {
                return Some(raw(Value::string(&sample_id(self.schema, parent))));
            };
            let same = parent.version(version.api_version().as_str());
            let above = same.unwrap_or_else(|| parent.preferred());
            return Some(format!("{}.id", self.add(above)));
        }
        if type_name.eq_ignore_ascii_case(RESOURCE_GROUPS) {
            return None;
        }
        match parent_scope(version)? {
            Scope::ResourceGroup | Scope::Extension => {
                let group = self.schema.resource_type(RESOURCE_GROUPS)?;
                Some(format!("{}.id", self.add(group.preferred())))
            }
            Scope::Subscription => {
                if !self.blocks.iter().any(|block| block == CLIENT) {
                    self.blocks.push(CLIENT.to_owned());
                }
                Some("\"/subscriptions/${data.azapi_client_config.current.subscription_id}\"".to_owned())
            }
            Scope::ManagementGroup => {
                Some("\"/providers/Microsoft.Management/managementGroups/example\"".to_owned())
            }
            Scope::Tenant => Some("\"/\"".to_owned()),
        }
    }

    /// `resource_group`, `registry`: none twice.
    fn label(&mut self, type_name: &str) -> String {
        let label = snake(&singular(arm_id::last_segment(type_name)));
        let mut number = 1;
        let mut free = label.clone();
        while !self.labels.insert(free.clone()) {
            number += 1;
            free = format!("{label}_{number}");
        }
        free
    }
}

fn raw(value: Value) -> String {
    let mut out = String::new();
    value.write("", &mut out);
    out
}

/// A name that the type takes at the version.
fn name(version: ResourceVersion<'_>) -> String {
    if is_named_by_guid(version.type_name()) {
        return GUID.to_owned();
    }
    let Some(property) = version.root_property("name") else { return NAMES[0].to_owned() };
    if is_location(version.type_name()) && takes(property.ty(), LOCATION) {
        return LOCATION.to_owned();
    }
    if let Some(first) = reference::names(version).first() {
        return (*first).to_owned();
    }
    if let Some(literal) = literals(property.ty()).first() {
        return (*literal).to_owned();
    }
    if let Some(name) = NAMES.iter().find(|name| takes(property.ty(), name)) {
        return (*name).to_owned();
    }
    match skeleton::draft(property.ty()) {
        Draft::Text(text) if !text.is_empty() => text,
        _ => NAMES[0].to_owned(),
    }
}

fn member<'s>(ty: SchemaType<'s>, name: &str) -> Option<SchemaType<'s>> {
    ty.alternatives().into_iter().find_map(|one| match one.kind() {
        TypeKind::Object(object) => object.property(name).map(|property| property.ty()),
        _ => None,
    })
}

/// Whether the provider refuses each body of the version: a variant requires what the object around it has read-only,
/// or the name is no text.
fn is_never_valid(version: ResourceVersion<'_>) -> bool {
    let name = version.root_property("name");
    let is_text = |ty: SchemaType<'_>| {
        ty.alternatives()
            .iter()
            .any(|one| !matches!(one.kind(), TypeKind::Integer { .. } | TypeKind::Boolean))
    };
    name.is_some_and(|name| !is_text(name.ty())) || contradicts(version.body(), 0)
}

fn contradicts(ty: SchemaType<'_>, depth: usize) -> bool {
    let required =
        |property: Property<'_>| property.flags().required() && contradicts(property.ty(), depth + 1);
    depth < 8
        && ty.alternatives().into_iter().any(|one| match one.kind() {
            TypeKind::Object(object) => object.properties().any(required),
            TypeKind::Discriminated(base) => {
                let first = base.variants().next().map(|(_, variant)| variant.kind());
                let Some(TypeKind::Object(variant)) = first else { return false };
                variant.properties().any(|own| {
                    let outer = base.base_property(own.name()).filter(|outer| outer.flags().read_only());
                    own.flags().required() && outer.is_some() || required(own)
                })
            }
            _ => false,
        })
}

/// A block of a type of the provider's own table; where nobody knows its api-versions, a variable stands for one.
pub(super) fn data_plane(ty: &DataPlaneType) -> String {
    let version = DataPlaneVersions::of(&ty.name).map(DataPlaneVersions::preferred);
    let mut values = vec![
        (
            "type".to_owned(),
            Value::Raw(format!("\"{}@{}\"", ty.name, version.unwrap_or("${var.api_version}"))),
        ),
        ("parent_id".to_owned(), Value::string(&filled(&ty.parent_id_example))),
    ];
    match ty.name_rule() {
        NameRule::Given | NameRule::Varies => values.push(("name".to_owned(), Value::string(NAMES[0]))),
        NameRule::Exactly(name) => values.push(("name".to_owned(), Value::string(name))),
        NameRule::Absent => {}
    }
    values.push(("body".to_owned(), Value::Object(Vec::new())));
    let variable = match version {
        Some(_) => "",
        None => "\nvariable \"api_version\" {\n  type = string\n}\n",
    };
    format!("{HEAD}{variable}\n{}", block("resource \"azapi_data_plane_resource\" \"example\"", &values, ""))
}

/// Each placeholder in braces becomes a name.
fn filled(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str(NAMES[0]);
        rest = behind.split_once('}').map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out
}
