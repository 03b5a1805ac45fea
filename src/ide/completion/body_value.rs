//! Completion of the values in a body.

use std::collections::HashMap;

use super::value_slot::ValueSlot;
use super::versions::Versions;
use super::{CompletionItem, CompletionKind, Completions, body_key, id_value, locations};
use crate::azapi::body::TypedAs;
use crate::azapi::place::BodyTarget;
use crate::azapi::skeleton::{self, Style, Writer};
use crate::ide::request::Request;
use crate::schema::path::Step;
use crate::schema::{ResourceVersion, SchemaType, TypeKind};

/// What may stand there: values that the type names, what the module has that fits, what an object or a list begins
/// with.
pub(super) fn complete(request: &Request<'_>, targets: &[BodyTarget<'_>]) -> Completions {
    let Some(slot) = ValueSlot::of(request) else { return Completions::default() };
    let possible = Versions::of(targets);
    let mut found: Vec<(CompletionItem, Vec<ResourceVersion<'_>>)> = Vec::new();
    let mut at_text = HashMap::new();
    for target in targets {
        for typed in &target.types {
            for item in of_type(request, &slot, target, typed) {
                let key = (item.label.clone(), item.edit.new_text.clone());
                let at = *at_text.entry(key).or_insert(found.len());
                match found.get_mut(at) {
                    Some((_, versions)) => versions.extend(&typed.versions),
                    None => found.push((item, typed.versions.clone())),
                }
            }
        }
    }
    let items = found.into_iter().map(|(item, versions)| match possible.said_of(&versions) {
        Some(of) => CompletionItem { aside: Some(of), ..item },
        None => item,
    });
    Completions::ordered(items.collect(), &slot.typed)
}

fn of_type(
    request: &Request<'_>,
    slot: &ValueSlot,
    target: &BodyTarget<'_>,
    typed: &TypedAs<'_>,
) -> Vec<CompletionItem> {
    let topic = body_key::topic(request, target, typed);
    let described = |item: CompletionItem| CompletionItem { topic: topic.clone(), ..item };
    let mut items: Vec<CompletionItem> =
        texts(typed).into_iter().map(|value| described(slot.text(value))).collect();
    let mut takes_text = false;
    let alternatives = typed.ty.alternatives();
    for ty in &alternatives {
        match ty.kind() {
            TypeKind::Boolean if !slot.is_string() => {
                let values = ["true", "false"];
                items.extend(values.map(|value| described(slot.expression(CompletionKind::Value, value))));
            }
            TypeKind::Object(_) | TypeKind::Discriminated(_) if slot.is_gap() => {
                items.extend(objects(slot, *ty));
            }
            TypeKind::Array { .. } if slot.is_gap() => items.push(slot.snippet("[ ]", "[$0]")),
            TypeKind::String { .. } => {
                takes_text = true;
                items.extend(slot.sample(*ty).map(&described));
            }
            _ => {}
        }
    }
    if takes_text || (items.is_empty() && matches!(typed.ty.kind(), TypeKind::Any)) {
        items.extend(module_values(request, slot, target, typed));
    }
    items
}

/// The texts that the type names.
fn texts<'s>(typed: &TypedAs<'s>) -> Vec<&'s str> {
    if let Some(base) = typed.selects {
        return base.variants().map(|(value, _)| value).collect();
    }
    let literal = |ty: SchemaType<'s>| match ty.kind() {
        TypeKind::Literal(value) => Some(value),
        _ => None,
    };
    typed.ty.alternatives().into_iter().filter_map(literal).collect()
}

/// Braces with nothing in them, and with all that is required.
fn objects(slot: &ValueSlot, ty: SchemaType<'_>) -> Vec<CompletionItem> {
    let mut forms = skeleton::forms(ty, &|_| None, &|_| false);
    forms.retain(|form| !form.items.is_empty());
    let several = forms.len() > 1;
    let filled = forms.into_iter().map(|form| {
        let label = format!("{{ {} }}", body_key::required_label(&form, several));
        let mut writer = Writer::new(Style::Snippet, "");
        writer.value(&skeleton::Draft::Object(form.items));
        slot.snippet(&label, &writer.finish())
    });
    [slot.snippet("{ }", "{\n  $0\n}")].into_iter().chain(filled).collect()
}

/// What the module has that can be meant: a location, the id of a resource.
fn module_values(
    request: &Request<'_>,
    slot: &ValueSlot,
    target: &BodyTarget<'_>,
    typed: &TypedAs<'_>,
) -> Vec<CompletionItem> {
    let keys = typed.path.steps().iter().filter_map(|step| match step {
        Step::Key(key) | Step::FreeKey(key) => Some(key.as_str()),
        _ => None,
    });
    let keys: Vec<&str> = keys.collect();
    if keys.last() == Some(&"location") {
        return locations::complete(request, &target.resource, slot);
    }
    let description = typed.property.and_then(|property| property.description());
    id_value::complete(request, &target.resource, slot, &keys, description.as_deref())
}
