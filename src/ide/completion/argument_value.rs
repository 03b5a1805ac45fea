//! Completion of the values of arguments, but for `type` and bodies.

use super::value_slot::ValueSlot;
use super::{CompletionItem, CompletionKind, Completions, Topic, body_path, id_value, locations};
use crate::azapi::Resource;
use crate::azapi::provider::{Argument, ArgumentRule, ArgumentType, BodyOf, Provider};
use crate::ide::request::Request;
use crate::schema::path::{BodyPath, Step};
use crate::schema::{SchemaType, TypeKind};

const IDENTITIES: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";

/// What may stand there. `path` leads to the argument, from the block inward.
pub(super) fn complete(request: &Request<'_>, resource: &Resource<'_>, path: &[String]) -> Completions {
    let Some(slot) = ValueSlot::of(request) else { return Completions::default() };
    let definition = resource.block.definition;
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    let items = match names.as_slice() {
        ["parent_id"] => id_value::parents(request, resource, &slot),
        ["resource_id"] => id_value::resources(request, resource, &slot),
        ["identity", "type"] => identity_types(resource).iter().map(|value| slot.text(value)).collect(),
        ["identity", "identity_ids"] => id_value::of_type(request, resource, &slot, Some(IDENTITIES)),
        ["locks"] => id_value::of_type(request, resource, &slot, None),
        ["location"] => locations::complete(request, resource, &slot),
        ["name"] => names_of(resource, &slot),
        ["action"] if definition.means.body == BodyOf::Function => functions(resource, &slot),
        [argument, ..] if body_path::is_path(argument) => {
            body_path::complete(request, resource, &slot, argument)
        }
        _ => Provider::argument_at(definition, path)
            .map(|argument| of_argument(&slot, argument))
            .unwrap_or_default(),
    };
    Completions::ordered(items, &slot.typed)
}

/// The kinds of identity that both the provider and the type take, the shortest first; `None` is what holds without.
pub(super) fn identity_types(resource: &Resource<'_>) -> Vec<String> {
    let path = ["identity", "type"].map(str::to_owned);
    let argument = Provider::argument_at(resource.block.definition, &path);
    let rules = argument.into_iter().flat_map(|argument| &argument.rules);
    let of_rule = |rule: &ArgumentRule| match rule {
        ArgumentRule::OneOf { values, .. } => values.clone(),
        _ => Vec::new(),
    };
    let mut taken: Vec<String> = rules.flat_map(of_rule).collect();
    taken.sort_by_key(|value| (value == "None", value.len()));
    let path: BodyPath = ["identity", "type"].map(|key| Step::Key(key.to_owned())).into_iter().collect();
    let property = resource.version_or_newest().and_then(|version| path.resolve(version.body()).ok());
    let Some(property) = property else { return taken };
    let elements = property.ty.alternatives();
    let is_open = elements.iter().any(|ty| matches!(ty.kind(), TypeKind::String { .. } | TypeKind::Any));
    let has = |value: &String| {
        elements.iter().any(|ty| matches!(ty.kind(), TypeKind::Literal(known) if known == value))
    };
    let both: Vec<String> = taken.iter().filter(|value| has(value)).cloned().collect();
    if is_open || both.is_empty() { taken } else { both }
}

/// The names that the type allows alone, such as `default`; where it sets a pattern, one that matches.
fn names_of(resource: &Resource<'_>, slot: &ValueSlot) -> Vec<CompletionItem> {
    let Some(version) = resource.version_or_newest() else { return Vec::new() };
    let properties: Vec<SchemaType<'_>> = match version.body().kind() {
        TypeKind::Discriminated(base) if base.discriminator() == "name" => {
            return base.variants().map(|(value, _)| slot.text(value)).collect();
        }
        TypeKind::Discriminated(base) => {
            base.base_property("name").into_iter().flat_map(|it| it.ty().alternatives()).collect()
        }
        TypeKind::Object(object) => {
            object.property("name").into_iter().flat_map(|it| it.ty().alternatives()).collect()
        }
        _ => Vec::new(),
    };
    let name = |ty: &SchemaType<'_>| match ty.kind() {
        TypeKind::Literal(value) => Some(slot.text(value)),
        _ => slot.sample(*ty),
    };
    properties.iter().filter_map(name).collect()
}

fn functions(resource: &Resource<'_>, slot: &ValueSlot) -> Vec<CompletionItem> {
    let Some(name) = resource.type_name() else { return Vec::new() };
    let version = resource.version_or_newest().map(|version| version.api_version().as_str().to_owned());
    let functions = resource.functions().into_iter().map(|function| CompletionItem {
        kind: CompletionKind::Function,
        detail: function.input().map(|_| "takes a body".to_owned()),
        topic: version.clone().map(|version| Topic::Function {
            resource_type: name.clone(),
            version,
            name: function.name().to_owned(),
        }),
        ..slot.text(function.name())
    });
    functions.collect()
}

/// By its type and the rules of its value.
fn of_argument(slot: &ValueSlot, argument: &Argument) -> Vec<CompletionItem> {
    let one_of = argument.rules.iter().find_map(|rule| match rule {
        ArgumentRule::OneOf { values, .. } => Some(values),
        _ => None,
    });
    let mut items: Vec<CompletionItem> = one_of.into_iter().flatten().map(|value| slot.text(value)).collect();
    if argument.ty == ArgumentType::Bool && !slot.is_string() {
        items.extend(["true", "false"].map(|value| slot.expression(CompletionKind::Value, value)));
    }
    if argument.rules.contains(&ArgumentRule::GoDuration) {
        items.extend(["5m", "10m", "30m", "60m", "2h"].map(|value| slot.text(value)));
    }
    let default = argument.default.as_ref().and_then(|value| value.as_str().map(str::to_owned));
    for item in &mut items {
        if Some(&item.label) == default.as_ref() {
            item.aside = Some("default".to_owned());
        }
    }
    items
}
