//! How a block is imported: its address, and its ARM id as far as the module knows it.

use super::known_ids;
use super::resource::Resource;
use crate::schema::arm_id;
use crate::schema::{Schema, Scope};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::{
    ComputedAttribute, Evaluator, Instance, InstanceKey, Located, Module, NameScope, Part, PartKind, Repeats,
    Value, ValueKind,
};

/// The import of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Terraform's address, with an example key where the block has `count` or `for_each`.
    pub address: String,
    /// The ARM id. What is not known stands in braces: `{subscriptionId}`.
    pub id: String,
    /// The block's api-version where it is known.
    pub api_version: Option<String>,
}

impl Import {
    /// `terraform import ADDRESS ID`, quoted for a POSIX shell.
    pub fn command(&self) -> String {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let address =
            if self.address.chars().all(plain) { self.address.clone() } else { quoted(&self.address) };
        format!("terraform import {address} {}", quoted(&self.id))
    }

    /// The same, with the api-version pinned; itself when that is not known.
    pub fn with_api_version(&self) -> Self {
        let mut pinned = self.clone();
        if let Some(version) = &self.api_version {
            pinned.id = format!("{}?api-version={version}", self.id);
        }
        pinned
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// `evaluator` must take defaults. `None` for blocks that cannot be imported by an ARM id, and while their `type` is not known.
pub fn import(evaluator: &Evaluator<'_>, schema: &Schema, block: &Located<ast::Block>) -> Option<Import> {
    let (instance, index) = instance(evaluator, block)?;
    let scope = evaluator.scope(block, &instance);
    let resource = Resource::in_scope(evaluator, schema, block.clone(), scope)?;
    if !resource.block.definition.means.importable || resource.block.name.is_empty() {
        return None;
    }
    let id = IdText { evaluator, schema }.of_resource(&resource, 0)?;
    Some(Import {
        address: format!("{}{index}", resource.block.address()),
        id,
        api_version: resource.version().map(|version| version.api_version().as_str().to_owned()),
    })
}

/// The first instance of a block with `count` or `for_each`, and its index in an address: the first key that is
/// known, else `key`. `None` for a key that HCL cannot write.
fn instance(evaluator: &Evaluator<'_>, block: &Located<ast::Block>) -> Option<(Instance, String)> {
    let instances = evaluator.instances(block);
    let first = instances.known.first().map(|(instance, _)| instance.clone());
    let instance = first.unwrap_or_else(|| instances.any());
    let index = match (&instance.key, instances.repeats) {
        (InstanceKey::Key(key), _) => format!("[{}]", super::emit::string(key).ok()?),
        (InstanceKey::Index(at), _) => format!("[{at}]"),
        (_, Repeats::Once) => String::new(),
        (_, Repeats::Count) => "[0]".to_owned(),
        (_, Repeats::ForEach) => "[\"key\"]".to_owned(),
    };
    Some((instance, index))
}

/// How many blocks may refer to each other's ids in a row.
const DEPTH: u32 = 32;
/// The placeholder of a name that says nothing of itself.
const NAME: &str = "{resourceName}";

/// Writes ids out, with placeholders for what is not known.
struct IdText<'i, 'm> {
    evaluator: &'i Evaluator<'m>,
    schema: &'i Schema,
}

impl IdText<'_, '_> {
    fn of_resource(&self, resource: &Resource<'_>, depth: u32) -> Option<String> {
        let type_name = resource.written_type()?;
        let name = resource.argument(self.evaluator, "name");
        let name = name.and_then(|name| self.text(&name, depth + 1)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| name_placeholder(type_name).to_owned());
        let parent = self.parent(resource, type_name, depth);
        Some(arm_id::build(&parent, type_name, &name))
    }

    fn parent(&self, resource: &Resource<'_>, type_name: &str, depth: u32) -> String {
        let written = resource.argument(self.evaluator, "parent_id");
        let known = written.and_then(|value| self.text(&value, depth + 1));
        known.unwrap_or_else(|| {
            if type_name.eq_ignore_ascii_case(arm_id::RESOURCE_GROUPS) {
                return Scope::Subscription.parent_pattern().to_owned();
            }
            let patterns = resource.resource_type().map(|found| found.parent_patterns()).unwrap_or_default();
            patterns.into_iter().next().unwrap_or_else(|| crate::schema::scope::ANY_RESOURCE_ID.to_owned())
        })
    }

    /// A value as text with placeholders; `None` when nothing of it is known.
    fn text(&self, value: &Value, depth: u32) -> Option<String> {
        if depth > DEPTH {
            return None;
        }
        match &value.kind {
            ValueKind::String(text) => self.parts(&text.without_spans().parts, depth),
            ValueKind::Number(number) => Some(number.to_string()),
            ValueKind::Bool(value) => Some(value.to_string()),
            ValueKind::Computed(attribute) => self.computed(attribute, depth),
            ValueKind::OneOf(_) => value.outcomes().find_map(|outcome| self.text(outcome, depth)),
            _ => None,
        }
    }

    fn parts(&self, parts: &[Part], depth: u32) -> Option<String> {
        let mut text = String::new();
        for (at, part) in parts.iter().enumerate() {
            match &part.kind {
                PartKind::Known(known) => text.push_str(known),
                PartKind::Computed(attribute) => match self.computed(attribute, depth + 1) {
                    Some(known) => text.push_str(&known),
                    None if at == 0 && parts.len() > 1 => return None,
                    None => text.push_str(placeholder(&text)),
                },
                // What an id begins with is its parent: without it no more than the type's own pattern is left.
                PartKind::Unknown | PartKind::Json(_) | PartKind::Folder(_) if at == 0 => return None,
                PartKind::Unknown | PartKind::Json(_) | PartKind::Folder(_) => {
                    text.push_str(placeholder(&text))
                }
            }
        }
        Some(text)
    }

    /// The id of another block.
    fn computed(&self, attribute: &ComputedAttribute, depth: u32) -> Option<String> {
        if depth > DEPTH || attribute.path.len() != 1 {
            return None;
        }
        let (block, scope) = self.evaluator.block(&attribute.block)?;
        match Resource::in_scope(self.evaluator, self.schema, block.clone(), scope.clone()) {
            Some(resource) if &*attribute.path[0] == "id" && resource.has_arm_id() => {
                self.of_resource(&resource, depth + 1)
            }
            _ => self.known_type(attribute, &block, &scope),
        }
    }

    /// The id of a block of another provider: its type's own pattern, with the names that the block states.
    fn known_type(
        &self,
        attribute: &ComputedAttribute,
        block: &Located<ast::Block>,
        scope: &NameScope,
    ) -> Option<String> {
        let type_name = *known_ids::types_of(attribute).first()?;
        let id = match scope_pattern(type_name) {
            Some(pattern) => pattern.to_owned(),
            None => self.schema.resource_type(type_name)?.import_id(),
        };
        let stated = |name: &str| {
            let value = self.evaluator.argument(block, name, scope)?;
            value.assumed().as_str().filter(|text| !text.is_empty())
        };
        let own = name_placeholder(type_name);
        let mut id = match (stated("name"), id.strip_suffix(own)) {
            (Some(name), Some(before)) => format!("{before}{name}"),
            _ => id,
        };
        for (argument, placeholder) in
            [("resource_group_name", "{resourceGroupName}"), ("subscription_id", "{subscriptionId}")]
        {
            if let Some(known) = stated(argument).filter(|known| !known.starts_with('/')) {
                id = id.replace(placeholder, &known);
            }
        }
        Some(id)
    }
}

/// The form of the ids of a type that is itself a scope.
fn scope_pattern(type_name: &str) -> Option<&'static str> {
    let scopes = [
        (arm_id::RESOURCE_GROUPS, Scope::ResourceGroup),
        (arm_id::SUBSCRIPTIONS, Scope::Subscription),
        (arm_id::MANAGEMENT_GROUPS, Scope::ManagementGroup),
    ];
    let found = scopes.iter().find(|(name, _)| name.eq_ignore_ascii_case(type_name));
    found.map(|(_, scope)| scope.parent_pattern())
}

/// What stands for the name of a resource of this type.
fn name_placeholder(type_name: &str) -> &'static str {
    let last = scope_pattern(type_name).and_then(|pattern| pattern.rsplit('/').next());
    last.unwrap_or(NAME)
}

/// What stands for an unknown part behind this much of an id.
fn placeholder(before: &str) -> &'static str {
    let key = before.rsplit('/').nth(1).unwrap_or_default();
    if key.eq_ignore_ascii_case("subscriptions") {
        name_placeholder(arm_id::SUBSCRIPTIONS)
    } else if key.eq_ignore_ascii_case("resourceGroups") {
        name_placeholder(arm_id::RESOURCE_GROUPS)
    } else if key.eq_ignore_ascii_case("managementGroups") {
        name_placeholder(arm_id::MANAGEMENT_GROUPS)
    } else {
        NAME
    }
}

/// Whether the module already imports to this address, by an `import` block.
pub fn is_imported(module: &Module, address: &str) -> bool {
    module.files().iter().flat_map(|file| file.root().body().blocks()).any(|block| {
        block.keyword() == "import"
            && block.body().and_then(|body| body.attribute("to")?.value()).is_some_and(|to| {
                to.syntax().text().to_string().split_whitespace().collect::<String>() == address
            })
    })
}
