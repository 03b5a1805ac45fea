//! How a block is imported: its address, and its ARM id as far as the module knows it.

use super::known_ids;
use super::resource::Resource;
use crate::schema::arm_id;
use crate::schema::{Schema, Scope};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::{Assume, ComputedAttribute, Evaluator, Instance, Located, Module, TextPart, Value};

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

/// `None` for blocks that cannot be imported by an ARM id, and while their `type` is not known.
pub fn import(module: &Module, schema: &Schema, block: &Located<ast::Block>) -> Option<Import> {
    let outer = Evaluator::new(module, Assume::Defaults);
    let instance = instance(&outer, block);
    let evaluator = Evaluator::in_instance(module, Assume::Defaults, instance.clone());
    let resource = Resource::of(&evaluator, schema, block.clone())?;
    if !resource.block.definition.means.importable || resource.block.name.is_empty() {
        return None;
    }
    let id = IdText { evaluator: &evaluator, schema }.of_resource(&resource, 0)?;
    let index = match &instance {
        None => String::new(),
        Some(Instance::Index(at)) => format!("[{at}]"),
        Some(Instance::Key { key, .. }) => format!("[{}]", super::emit::string(key).ok()?),
    };
    Some(Import {
        address: format!("{}{index}", resource.block.address()),
        id,
        api_version: resource.version().map(|version| version.api_version().as_str().to_owned()),
    })
}

/// The first instance of a block with `count` or `for_each`: the first key that is known, else `key`.
fn instance(evaluator: &Evaluator<'_>, block: &Located<ast::Block>) -> Option<Instance> {
    let body = block.node.body()?;
    if body.attribute("count").is_some() {
        return Some(Instance::Index(0));
    }
    let each = body.attribute("for_each")?;
    let value = each.value().map_or(Value::Unknown, |value| evaluator.value(&block.with(value)));
    let known = match &value {
        Value::Object { items, .. } => items.iter().next().map(|(key, value)| (key.clone(), value.clone())),
        Value::Tuple(items) => items.iter().find_map(|item| item.as_text().map(|text| (text, item.clone()))),
        _ => None,
    };
    let (key, value) = known.unwrap_or_else(|| ("key".to_owned(), Value::Unknown));
    Some(Instance::Key { key, value })
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
        let type_name = resource.type_name()?;
        let name = resource.block.value("name").map(|value| self.evaluator.value(&value));
        let name = name.and_then(|name| self.text(&name, depth + 1)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| name_placeholder(&type_name).to_owned());
        let parent = self.parent(resource, &type_name, depth);
        Some(arm_id::build(&parent, &type_name, &name))
    }

    fn parent(&self, resource: &Resource<'_>, type_name: &str, depth: u32) -> String {
        let written = resource.block.value("parent_id").map(|value| self.evaluator.value(&value));
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
        match value {
            Value::Text(parts) => self.parts(parts, depth),
            Value::Number(_) | Value::Bool(_) => self.parts(&value.clone().into_text_parts()?, depth),
            Value::Computed(attribute) => self.computed(attribute, depth),
            Value::OneOf(outcomes) => outcomes.iter().find_map(|outcome| self.text(outcome, depth)),
            _ => None,
        }
    }

    fn parts(&self, parts: &[TextPart], depth: u32) -> Option<String> {
        let mut text = String::new();
        for (at, part) in parts.iter().enumerate() {
            match part {
                TextPart::Known(known) => text.push_str(known),
                TextPart::Computed(attribute) => match self.computed(attribute, depth + 1) {
                    Some(known) => text.push_str(&known),
                    None if at == 0 && parts.len() > 1 => return None,
                    None => text.push_str(placeholder(&text)),
                },
                // What an id begins with is its parent: without it no more than the type's own pattern is left.
                TextPart::Unknown if at == 0 => return None,
                TextPart::Unknown => text.push_str(placeholder(&text)),
            }
        }
        Some(text)
    }

    /// The id of another block.
    fn computed(&self, attribute: &ComputedAttribute, depth: u32) -> Option<String> {
        if depth > DEPTH || attribute.path.len() != 1 {
            return None;
        }
        let block = self.evaluator.module().block(&attribute.address.clone().into())?;
        if let Some(resource) = Resource::of(self.evaluator, self.schema, block.clone()) {
            let own_id = attribute.path[0] == "id" && resource.has_arm_id();
            return if own_id {
                self.of_resource(&resource, depth + 1)
            } else {
                self.known_type(attribute, &block)
            };
        }
        self.known_type(attribute, &block)
    }

    /// The id of a block of another provider: its type's own pattern, with the names that the block states.
    fn known_type(&self, attribute: &ComputedAttribute, block: &Located<ast::Block>) -> Option<String> {
        let [type_name, ..] = known_ids::types_of(attribute) else { return None };
        let id = match scope_pattern(type_name) {
            Some(pattern) => pattern.to_owned(),
            None => self.schema.resource_type(type_name)?.import_id(),
        };
        let stated = |name: &str| {
            let value = block.node.body()?.attribute(name)?.value()?;
            self.evaluator.value(&block.with(value)).as_text().filter(|text| !text.is_empty())
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
