//! What the arguments of a block must fulfil together: which exclude each other, which ask for another, what the
//! resource type says of them.

use super::fault::{ArgumentFault, ArgumentFaultKind, Certainty};
use super::{Accepted, Context};
use crate::azapi::provider::{ArgumentRule, BlockRule, NameRule, Provider, TypesOf};
use crate::azapi::{Resource, TypeReference};
use crate::terraform::span::Span;
use crate::terraform::value::{Object, Presence, Value, ValueKind};
use crate::text::closest;

/// So many near names are proposed.
const NEAR: usize = 3;

/// What is known of whether an argument is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    No,
    Yes,
    Maybe,
}

fn given(arguments: &Object, name: &str) -> Given {
    let Some(item) = arguments.items.get(name) else { return Given::No };
    let is_set = |value: &Value| match &value.kind {
        ValueKind::Unknown { not_null, .. } => *not_null,
        ValueKind::Computed(attribute) => matches!(attribute.path.as_slice(), [id] if &**id == "id"),
        ValueKind::Null | ValueKind::Fails => false,
        ValueKind::Sequence(list) => !list.elements.is_empty(),
        _ => true,
    };
    let mut outcomes = item.value.outcomes();
    if item.value.outcomes().all(Value::is_null) {
        return Given::No;
    }
    if item.presence == Presence::Always && outcomes.all(is_set) { Given::Yes } else { Given::Maybe }
}

fn key_of(arguments: &Object, name: &str) -> Option<Span> {
    arguments.items.get(name)?.keys.first()
}

/// The one text that an argument surely has.
fn known_text(arguments: &Object, name: &str) -> Option<String> {
    arguments.items.get(name)?.value.as_str().map(|text| text.to_string())
}

fn type_name(arguments: &Object) -> Option<String> {
    match TypeReference::of(&arguments.items.get("type")?.value) {
        TypeReference::Named { resource_type, .. } => Some(resource_type),
        _ => None,
    }
}

fn sure(kind: ArgumentFaultKind, at: Option<Span>) -> ArgumentFault {
    ArgumentFault { kind, at, certainty: Certainty::Sure }
}

/// The rules of a block or of a nested block, whose header is that.
pub(super) fn of_rules(
    context: &Context<'_, '_>,
    accepted: Accepted,
    arguments: &Object,
    header: Option<Span>,
    faults: &mut Vec<ArgumentFault>,
) {
    let rules = accepted.rules;
    let of_type = type_name(arguments);
    let is_one_of = |types: &[String]| match &of_type {
        Some(name) => types.iter().any(|one| one.eq_ignore_ascii_case(name)),
        // Which type it is decides, and is not known.
        None => !types.is_empty(),
    };
    let mut lacks_companion = false;
    for rule in rules {
        let BlockRule::Requires { argument, other, unless_types } = rule else { continue };
        if given(arguments, argument) != Given::Yes || given(arguments, other) != Given::No {
            continue;
        }
        if is_one_of(unless_types) {
            continue;
        }
        lacks_companion = true;
        let kind = match excluding(rules, other).find(|name| given(arguments, name) == Given::Yes) {
            Some(instead) => conflict(arguments, argument, instead),
            None => (ArgumentFaultKind::Missing { name: other.clone(), by: Some(argument.clone()) }, header),
        };
        faults.push(sure(kind.0, kind.1));
    }
    for rule in rules {
        match rule {
            BlockRule::ExactlyOneOf { arguments: names, none_for_types } => {
                let set: Vec<&String> =
                    names.iter().filter(|name| given(arguments, name) == Given::Yes).collect();
                if let [first, second, ..] = set.as_slice() {
                    let (kind, at) = conflict(arguments, first, second);
                    faults.push(sure(kind, at));
                }
                let none = names.iter().all(|name| given(arguments, name) == Given::No);
                if none && !lacks_companion && !is_one_of(none_for_types) {
                    faults.push(sure(ArgumentFaultKind::NoneOf { names: names.clone() }, header));
                }
            }
            BlockRule::RequiredUnlessProviderHas { argument, default } => {
                if given(arguments, argument) == Given::No && context.configured.lacks(default) {
                    let (name, default) = (argument.clone(), default.clone());
                    faults.push(sure(ArgumentFaultKind::NoDefault { name, default }, header));
                }
            }
            BlockRule::NotAlsoInBody { arguments: names, bodies } => {
                for name in names {
                    also_in_body(arguments, name, bodies, faults);
                }
            }
            BlockRule::OnlyIf { argument, other, values } => {
                // A value that is none at all has a fault of its own.
                let allowed = allowed_values(accepted, other);
                let forbids = |text: &str| {
                    allowed.iter().any(|one| one == text) && !values.iter().any(|one| one == text)
                };
                beside(arguments, argument, other, forbids, faults);
            }
            BlockRule::NotIf { argument, other, values } => {
                beside(arguments, argument, other, |text| values.iter().any(|one| one == text), faults);
            }
            BlockRule::Requires { .. } | BlockRule::RequiredUnlessType { .. } => {}
        }
    }
}

/// The texts that an argument may be.
fn allowed_values(accepted: Accepted, name: &str) -> &'static [String] {
    let rules = accepted.arguments.get(name).map_or(&[][..], |argument| &argument.rules[..]);
    let values = rules.iter().find_map(|rule| match rule {
        ArgumentRule::OneOf { values, .. } => Some(&values[..]),
        _ => None,
    });
    values.unwrap_or_default()
}

/// What excludes an argument by a rule.
fn excluding<'r>(rules: &'r [BlockRule], name: &'r str) -> impl Iterator<Item = &'r String> {
    let of_rule = move |rule: &'r BlockRule| match rule {
        BlockRule::ExactlyOneOf { arguments, .. } if arguments.iter().any(|one| one == name) => {
            Some(arguments.iter().filter(move |one| *one != name))
        }
        _ => None,
    };
    rules.iter().filter_map(of_rule).flatten()
}

/// Of two, the one written later is wrong.
fn conflict(arguments: &Object, one: &str, two: &str) -> (ArgumentFaultKind, Option<Span>) {
    let place = |name: &str| key_of(arguments, name);
    let start = |at: Option<Span>| at.map(|span| span.range.start());
    let (first, second) = if start(place(one)) <= start(place(two)) { (one, two) } else { (two, one) };
    let kind = ArgumentFaultKind::Conflict {
        name: second.to_owned(),
        other: first.to_owned(),
        other_at: place(first),
    };
    (kind, place(second))
}

/// What is given as an argument must not be in a body too.
fn also_in_body(arguments: &Object, name: &str, bodies: &[String], faults: &mut Vec<ArgumentFault>) {
    if given(arguments, name) != Given::Yes {
        return;
    }
    for body in bodies {
        let Some(value) = arguments.items.get(&**body).map(|item| &item.value) else { continue };
        let in_outcome = |value: &Value| {
            let item = value.as_object()?.items.get(name)?;
            let is_there = item.presence == Presence::Always
                && item.value.outcomes().all(|one| {
                    !matches!(
                        one.kind,
                        ValueKind::Null | ValueKind::Fails | ValueKind::Unknown { not_null: false, .. }
                    )
                });
            is_there.then(|| item.keys.first())
        };
        let all: Option<Vec<Option<Span>>> = value.outcomes().map(in_outcome).collect();
        let Some(all) = all else { continue };
        let other_at = all.first().copied().flatten();
        let kind = ArgumentFaultKind::AlsoInBody { name: name.to_owned(), body: body.clone(), other_at };
        faults.push(sure(kind, key_of(arguments, name)));
    }
}

/// What has no place beside a value of another argument.
fn beside(
    arguments: &Object,
    argument: &str,
    other: &str,
    forbids: impl Fn(&str) -> bool,
    faults: &mut Vec<ArgumentFault>,
) {
    let Some(value) = known_text(arguments, other).filter(|value| forbids(value)) else { return };
    if given(arguments, argument) == Given::Yes {
        let kind = ArgumentFaultKind::NotBeside { name: argument.to_owned(), other: other.to_owned(), value };
        faults.push(sure(kind, key_of(arguments, argument)));
    }
}

/// What the type that a block names says of its arguments.
pub(super) fn of_resource(
    context: &Context<'_, '_>,
    resource: &Resource<'_>,
    arguments: &Object,
    faults: &mut Vec<ArgumentFault>,
) {
    let definition = resource.block.definition;
    let Some(of_type) = type_name(arguments) else { return };
    if definition.means.types == TypesOf::DataPlane {
        if let Some(ty) = Provider::get().data_plane_type(&of_type) {
            data_plane_name(ty.name_rule(), arguments, faults);
        }
    } else if definition.arguments.contains_key("action") {
        action(context, &of_type, arguments, faults);
    }
}

fn data_plane_name(rule: NameRule<'static>, arguments: &Object, faults: &mut Vec<ArgumentFault>) {
    match (rule, given(arguments, "name")) {
        (NameRule::Given | NameRule::Exactly(_), Given::No) => {
            faults.push(sure(
                ArgumentFaultKind::Missing { name: "name".into(), by: Some("type".into()) },
                None,
            ));
        }
        (NameRule::Exactly(name), Given::Yes) => {
            let Some(found) = known_text(arguments, "name") else { return };
            if !found.eq_ignore_ascii_case(name) {
                let site = arguments.items["name"].site;
                let at = arguments.items["name"].value.spans.first().or(site);
                let near = vec![name];
                let kind = ArgumentFaultKind::Value { name: "name".into(), found, allowed: vec![name], near };
                faults.push(sure(kind, at));
            }
        }
        (NameRule::Absent, Given::Yes) => {
            let kind = ArgumentFaultKind::NotBeside {
                name: "name".into(),
                other: "type".into(),
                value: known_text(arguments, "type").unwrap_or_default(),
            };
            faults.push(sure(kind, key_of(arguments, "name")));
        }
        _ => {}
    }
}

/// The data knows the functions of a type that are called by POST. What stands behind a slash is no function of the
/// type itself.
fn action(context: &Context<'_, '_>, of_type: &str, arguments: &Object, faults: &mut Vec<ArgumentFault>) {
    let Some(name) = known_text(arguments, "action").filter(|name| !name.is_empty()) else { return };
    let is_post = match given(arguments, "method") {
        Given::No => true,
        _ => known_text(arguments, "method").as_deref() == Some("POST"),
    };
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let Some(functions) = context.schema.functions(of_type).filter(|_| is_post && is_plain) else { return };
    let all = functions.versions().flat_map(|version| functions.at(version.as_str()).collect::<Vec<_>>());
    let all: Vec<_> = all.collect();
    if all.is_empty() || all.iter().any(|function| function.name().eq_ignore_ascii_case(&name)) {
        return;
    }
    let mut names: Vec<&str> = all.iter().map(|function| function.name()).collect();
    names.sort_unstable();
    names.dedup();
    // The data lacks some of them: what is like none of those that it has may be one.
    let near: Vec<String> = closest(&name, names, NEAR).into_iter().map(str::to_owned).collect();
    if near.is_empty() {
        return;
    }
    let item = &arguments.items["action"];
    let at = item.value.spans.first().or(item.site);
    let kind = ArgumentFaultKind::UnknownFunction { name, of: of_type.to_owned(), near, is_action: true };
    faults.push(ArgumentFault { kind, at, certainty: Certainty::Lenient });
}
