//! What the value of an argument must fulfil besides its type.

use std::collections::HashSet;

use super::fault::{ArgumentFaultKind, Form, Limit};
use super::judge::{Judge, Refused, Slot};
use crate::azapi::provider::ArgumentRule;
use crate::azapi::validate::is_refused_pattern;
use crate::azapi::{Id, IdReader, id};
use crate::terraform::functions::duration;
use crate::terraform::number::Number;
use crate::terraform::value::{Element, Object, PartKind, Presence, Sequence, Value, ValueKind};
use crate::text::closest;

/// The type whose ids identities are.
const IDENTITY: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";
/// So many near values are proposed.
const NEAR: usize = 3;

/// The rules of a text, or of one that a block computes.
pub(super) fn text(judge: &mut Judge<'_, '_, '_>, value: &Value, slot: Slot<'_>) -> Refused {
    let mut refused = false;
    for rule in &slot.argument.rules {
        let kind = match rule {
            ArgumentRule::ArmResourceId => arm_id(judge, value, slot),
            _ => value.as_str().and_then(|text| of_text(rule, &text, slot)),
        };
        if let Some(kind) = kind {
            refused |= judge.report(slot, value, kind);
        }
    }
    refused
}

fn of_text(rule: &'static ArgumentRule, text: &str, slot: Slot<'_>) -> Option<ArgumentFaultKind> {
    let form = |form| Some(ArgumentFaultKind::Form { name: slot.shown(), found: text.to_owned(), form });
    match rule {
        ArgumentRule::OneOf { values, case_sensitive } => {
            let equal = |one: &String| one == text || (!case_sensitive && one.eq_ignore_ascii_case(text));
            if values.iter().any(equal) {
                return None;
            }
            let allowed: Vec<&'static str> = values.iter().map(String::as_str).collect();
            let near = near_values(text, &allowed);
            let name = slot.shown();
            Some(ArgumentFaultKind::Value { name, found: text.to_owned(), allowed, near })
        }
        ArgumentRule::GoDuration if duration::parse(text).is_none() => form(Form::Duration),
        ArgumentRule::UuidOrEmpty if !text.is_empty() && !is_uuid(text) => form(Form::Uuid),
        ArgumentRule::MinLength(least) if (text.len() as u64) < *least => {
            Some(ArgumentFaultKind::Limit { name: slot.shown(), limit: Limit::Empty })
        }
        _ => None,
    }
}

/// By distance; and one that is the same but for case, blanks and marks between the words.
fn near_values(text: &str, allowed: &[&'static str]) -> Vec<&'static str> {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let same: Vec<&'static str> =
        allowed.iter().copied().filter(|one| letters(one) == letters(text)).collect();
    if same.is_empty() { closest(text, allowed.iter().copied(), NEAR) } else { same }
}

fn arm_id(judge: &Judge<'_, '_, '_>, value: &Value, slot: Slot<'_>) -> Option<ArgumentFaultKind> {
    if judge.context.judges_parent_elsewhere && slot.name == "parent_id" {
        return None;
    }
    // What is wrong with the id of another block is that block's fault.
    let ValueKind::String(text) = &value.kind else { return None };
    if text.parts.iter().any(|part| matches!(part.kind, PartKind::Computed(_))) {
        return None;
    }
    let reader = IdReader::new(judge.context.evaluator, judge.context.schema);
    let Id::Malformed(reason) = reader.id(value) else { return None };
    let found = value.as_str().map(|text| text.to_string()).unwrap_or_default();
    Some(ArgumentFaultKind::Form { name: slot.shown(), found, form: Form::ArmId(reason) })
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

pub(super) fn number(
    judge: &mut Judge<'_, '_, '_>,
    value: &Value,
    number: &Number,
    slot: Slot<'_>,
) -> Refused {
    let mut refused = false;
    for rule in &slot.argument.rules {
        let limit = match rule {
            ArgumentRule::MinValue(least) if *number < (*least).into() => {
                Limit::AtLeast(*least, number.clone())
            }
            ArgumentRule::MaxValue(most) if *number > (*most).into() => Limit::AtMost(*most, number.clone()),
            _ => continue,
        };
        refused |= judge.report(slot, value, ArgumentFaultKind::Limit { name: slot.shown(), limit });
    }
    refused
}

pub(super) fn list(judge: &mut Judge<'_, '_, '_>, list: &Sequence, value: &Value, slot: Slot<'_>) -> Refused {
    let sure = list.elements.iter().filter(|element| element.presence == Presence::Always).count() as u64;
    let most = if list.rest.is_some() { u64::MAX } else { list.elements.len() as u64 };
    let mut refused = false;
    for rule in &slot.argument.rules {
        match rule {
            ArgumentRule::MinItems(least) if most < *least => {
                let limit = Limit::Items { least: Some(*least), greatest: None, found: most };
                refused |= judge.report(slot, value, ArgumentFaultKind::Limit { name: slot.shown(), limit });
            }
            ArgumentRule::MaxItems(greatest) if sure > *greatest => {
                let limit = Limit::Items { least: None, greatest: Some(*greatest), found: sure };
                refused |= judge.report(slot, value, ArgumentFaultKind::Limit { name: slot.shown(), limit });
            }
            ArgumentRule::UniqueItems => refused |= unique(judge, list, slot),
            ArgumentRule::ItemsGoRegex
            | ArgumentRule::ItemsMinLength(_)
            | ArgumentRule::ItemsUserAssignedIdentityId => {
                for element in list.elements.iter() {
                    refused |= item(judge, rule, element, slot);
                }
            }
            _ => {}
        }
    }
    refused
}

/// Where every outcome of an item breaks a rule, it is refused.
fn item(judge: &mut Judge<'_, '_, '_>, rule: &ArgumentRule, element: &Element, slot: Slot<'_>) -> Refused {
    let slot = Slot { site: element.site.or(slot.site), is_part: true, ..slot };
    let broken: Option<Vec<_>> = element
        .value
        .outcomes()
        .map(|outcome| Some((outcome.clone(), item_fault(judge, rule, outcome, slot)?)))
        .collect();
    let Some(broken) = broken.filter(|_| element.presence == Presence::Always) else { return false };
    broken.into_iter().fold(false, |refused, (value, kind)| judge.report(slot, &value, kind) || refused)
}

fn item_fault(
    judge: &Judge<'_, '_, '_>,
    rule: &ArgumentRule,
    value: &Value,
    slot: Slot<'_>,
) -> Option<ArgumentFaultKind> {
    let form = |found: &str, form| {
        Some(ArgumentFaultKind::Form { name: slot.shown(), found: found.to_owned(), form })
    };
    let text = value.as_str();
    match rule {
        ArgumentRule::ItemsMinLength(least) if (text.as_ref()?.len() as u64) < *least => {
            Some(ArgumentFaultKind::Limit { name: slot.shown(), limit: Limit::Empty })
        }
        ArgumentRule::ItemsGoRegex if is_refused_pattern(text.as_ref()?) => form(&text?, Form::Pattern),
        ArgumentRule::ItemsUserAssignedIdentityId => {
            let reader = IdReader::new(judge.context.evaluator, judge.context.schema);
            match (reader.id(value), text) {
                (Id::Unknown, _) => None,
                (Id::Known(id), _) if id.may_be_of_type(IDENTITY) => None,
                (_, Some(text)) => form(&text, Form::IdentityId),
                (Id::Known(id), None) => Some(ArgumentFaultKind::OtherType {
                    ty: IDENTITY.to_owned(),
                    found: id.resource_type().map(str::to_owned),
                    declared: id::origin(value).map(|origin| origin.block.name),
                }),
                (Id::Malformed(_), None) => None,
            }
        }
        _ => None,
    }
}

fn unique(judge: &mut Judge<'_, '_, '_>, list: &Sequence, slot: Slot<'_>) -> Refused {
    let mut seen = HashSet::new();
    let mut refused = false;
    for element in list.elements.iter().filter(|element| element.presence == Presence::Always) {
        let Some(text) = element.value.as_str() else { continue };
        if !seen.insert(text.clone()) {
            let kind = ArgumentFaultKind::Repeated { name: slot.shown(), found: text.to_string() };
            let slot = Slot { site: element.site.or(slot.site), is_part: true, ..slot };
            refused |= judge.report(slot, &element.value, kind);
        }
    }
    refused
}

pub(super) fn map(judge: &mut Judge<'_, '_, '_>, object: &Object, value: &Value, slot: Slot<'_>) -> Refused {
    let mut refused = false;
    for rule in &slot.argument.rules {
        let ArgumentRule::Tags { max_items, max_key_bytes, max_value_bytes } = rule else { continue };
        let sure = object.items.values().filter(|item| item.presence == Presence::Always).count() as u64;
        let name = || slot.name.to_owned();
        if sure > *max_items {
            let limit = Limit::Tags { greatest: *max_items, found: sure };
            refused |= judge.report(slot, value, ArgumentFaultKind::Limit { name: name(), limit });
        }
        for (key, item) in object.items.iter().filter(|(_, item)| item.presence == Presence::Always) {
            let length = key.len() as u64;
            if length > *max_key_bytes {
                let limit = Limit::TagKey { greatest: *max_key_bytes, found: length };
                let at = Slot { site: item.keys.first().or(slot.site), ..slot };
                let nowhere = Value::null();
                refused |= judge.report(at, &nowhere, ArgumentFaultKind::Limit { name: name(), limit });
            }
            let longest = item.value.as_str().map_or(0, |text| text.len() as u64);
            if longest > *max_value_bytes {
                let limit = Limit::TagValue { greatest: *max_value_bytes, found: longest };
                let at = Slot { site: item.site.or(slot.site), ..slot };
                refused |= judge.report(at, &item.value, ArgumentFaultKind::Limit { name: name(), limit });
            }
        }
    }
    refused
}
