//! Completion of the keys of a body, at any depth.

use super::type_slot::text;
use super::versions::Versions;
use super::{CompletionItem, CompletionKind, Completions, Topic};
use crate::azapi::body::{Member, Members, TypedAs, TypedWhen, joined};
use crate::azapi::emit;
use crate::azapi::place::{BodyTarget, Name};
use crate::azapi::skeleton::{self, Draft, Form, Style, Writer};
use crate::ide::reference;
use crate::ide::request::Request;
use crate::schema::ResourceVersion;
use crate::schema::path::Step;
use crate::text::TextEdit;

/// So many elements of a union are named beside a key.
const NAMED: usize = 6;
/// What the block itself says at the root of a body.
const FIXED: [&str; 4] = ["id", "name", "type", "apiVersion"];
/// The rank of what is deprecated.
const DEPRECATED: u8 = 3;
/// More ways to fill in what is required stand behind the keys.
const FEW_FORMS: usize = 4;

/// What may still be set: required keys first, then by name, deprecated ones last; and all that is required at once.
pub(super) fn complete(request: &Request<'_>, name: &Name<'_>, targets: &[BodyTarget<'_>]) -> Completions {
    let written = text(request, name.range).unwrap_or_default();
    let is_quoted = written.starts_with('"');
    let possible = Versions::of(targets);
    let mut keys: Vec<Key<'_, '_>> = Vec::new();
    for target in targets {
        for version in possible.of_target(target) {
            let members = version.map_or_else(|| target.members.clone(), |at| target.members.at_version(at));
            add_keys(name, target, version, &members, &mut keys);
        }
    }
    keys.sort_by(|one, other| (one.rank, one.name).cmp(&(other.rank, other.name)));
    let item = |key: &Key<'_, '_>| key_item(request, name, key, is_quoted, &possible);
    let mut items: Vec<CompletionItem> = keys.iter().map(item).collect();
    let forms: Vec<CompletionItem> = if name.has_value || is_quoted {
        Vec::new()
    } else {
        targets.first().map(|target| all_required(name, target)).unwrap_or_default()
    };
    let at = if forms.len() <= FEW_FORMS { 0 } else { items.len() };
    items.splice(at..at, forms);
    Completions::ordered(items, written.trim_matches('"'))
}

/// A key that may be written, as some of the possible versions have it.
struct Key<'t, 's> {
    name: &'s str,
    target: &'t BodyTarget<'s>,
    typed: TypedAs<'s>,
    rank: u8,
    /// None where only one version is possible.
    versions: Vec<ResourceVersion<'s>>,
}

impl Key<'_, '_> {
    /// Whether another one is written and described alike.
    fn is_like(&self, name: &str, typed: &TypedAs<'_>) -> bool {
        let selects = |typed: &TypedAs<'_>| typed.selects.is_some();
        self.name == name
            && self.typed.ty.described_id() == typed.ty.described_id()
            && selects(&self.typed) == selects(typed)
    }
}

fn add_keys<'t, 's>(
    name: &Name<'s>,
    target: &'t BodyTarget<'s>,
    version: Option<ResourceVersion<'s>>,
    members: &Members<'s>,
    keys: &mut Vec<Key<'t, 's>>,
) {
    let all = members.all();
    let at_root = is_root(target, &all);
    for member in all {
        let typed = joined(&member.types);
        let is_argument = at_root && is_given_by_argument(target, member.name);
        if is_argument || !is_settable(name, target, &typed) {
            continue;
        }
        let known = keys.iter_mut().find(|key| match version {
            Some(_) => key.is_like(member.name, &typed),
            None => key.name == member.name,
        });
        match known {
            Some(known) => known.versions.extend(version.filter(|version| !known.versions.contains(version))),
            None => {
                let rank = rank(&typed, member.is_certain);
                let versions = version.into_iter().collect();
                keys.push(Key { name: member.name, target, typed, rank, versions });
            }
        }
    }
}

/// Whether a key can be written and has a sense: it is not there, it is not fixed, Azure does not set it.
fn is_settable(name: &Name<'_>, target: &BodyTarget<'_>, typed: &TypedAs<'_>) -> bool {
    let Some(property) = typed.property else { return false };
    let is_read_only = property.flags().read_only() && !property.flags().required();
    let is_fixed = is_at_root(typed) && !target.is_function && FIXED.contains(&property.name());
    !is_read_only && !is_fixed && !is_there(name, target, false, property.name())
}

fn is_there(name: &Name<'_>, target: &BodyTarget<'_>, at_root: bool, key: &str) -> bool {
    name.present.iter().any(|present| present == key)
        || target.given.iter().any(|given| &**given == key)
        || (at_root && is_given_by_argument(target, key))
}

/// At the root of a resource's body, arguments of the block stand for some properties, and others are fixed.
fn is_given_by_argument(target: &BodyTarget<'_>, key: &str) -> bool {
    let definition = target.resource.block.definition;
    FIXED.contains(&key) || definition.arguments.contains_key(key) || definition.blocks.contains_key(key)
}

/// Whether the object around the key is the body of a resource itself.
fn is_root(target: &BodyTarget<'_>, members: &[Member<'_>]) -> bool {
    let first = members.first().and_then(|member| member.types.first());
    !target.is_function && first.is_none_or(is_at_root)
}

/// Whether a key stands in the body itself.
fn is_at_root(typed: &TypedAs<'_>) -> bool {
    let is_variant = |step: &&Step| matches!(step, Step::Variant { .. });
    typed.path.steps().iter().filter(|step| !is_variant(step)).count() == 1
}

fn rank(typed: &TypedAs<'_>, is_certain: bool) -> u8 {
    let is_required = typed.property.is_some_and(|property| property.flags().required());
    match (is_deprecated(typed), is_required, is_certain) {
        (true, ..) => DEPRECATED,
        (_, true, true) => 0,
        (_, true, false) => 1,
        _ => 2,
    }
}

fn is_deprecated(typed: &TypedAs<'_>) -> bool {
    typed.property.is_some_and(|property| property.is_deprecated())
}

fn key_item(
    request: &Request<'_>,
    name: &Name<'_>,
    key: &Key<'_, '_>,
    is_quoted: bool,
    possible: &Versions<'_>,
) -> CompletionItem {
    let typed = &key.typed;
    let written = if is_quoted { emit::string(key.name) } else { emit::key(key.name) };
    let mut writer = Writer::new(Style::Snippet, "");
    writer.raw(&written);
    if !name.has_value {
        writer.raw(" = ");
        writer.value(&shape(typed));
    }
    let only_if = typed.when.iter().find_map(|when| match when {
        TypedWhen::Variant { discriminator, value } => Some(format!("if {discriminator} = {value}")),
        TypedWhen::Type(_) => None,
    });
    let of_versions = possible.said_of(&key.versions);
    let text = if name.has_value { written.clone() } else { writer.finish() };
    let is_plain = written == key.name && of_versions.is_none();
    CompletionItem {
        detail: Some(type_of(typed)),
        whole_label: of_versions.as_ref().map(|of| format!("{} ({of})", key.name)),
        aside: join(only_if, of_versions),
        topic: topic(request, key.target, typed),
        filter_text: (!is_plain).then_some(written),
        is_snippet: !name.has_value,
        deprecated: key.rank == DEPRECATED,
        ..CompletionItem::new(CompletionKind::Property, key.name, TextEdit::replace(name.range, text))
    }
}

fn join(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(format!("{one}, {other}")),
        (one, other) => one.or(other),
    }
}

/// Its type; of what selects the shape of its object, the values.
fn type_of(typed: &TypedAs<'_>) -> String {
    let Some(base) = typed.selects else { return reference::type_line(typed.ty, NAMED) };
    let values: Vec<String> = base.variants().take(NAMED).map(|(value, _)| format!("{value:?}")).collect();
    let more = if base.variants().len() > NAMED { " | …" } else { "" };
    format!("{}{more}", values.join(" | "))
}

/// What the value of a key begins with; of what selects the shape of its object, its values.
pub(super) fn shape(typed: &TypedAs<'_>) -> Draft {
    match typed.selects {
        Some(base) => Draft::choice(base.variants().map(|(value, _)| value.to_owned()).collect()),
        None => Draft::shape(typed.ty),
    }
}

pub(super) fn topic(request: &Request<'_>, target: &BodyTarget<'_>, typed: &TypedAs<'_>) -> Option<Topic> {
    let version = typed.versions.first()?;
    let function = || {
        let action = target.resource.argument(request.evaluator(), "action")?;
        action.assumed().as_str().map(|name| name.to_string())
    };
    Some(Topic::Property {
        resource_type: version.type_name().to_owned(),
        version: version.api_version().as_str().to_owned(),
        function: target.is_function.then(function).flatten(),
        path: typed.path.to_string(),
    })
}

fn all_required(name: &Name<'_>, target: &BodyTarget<'_>) -> Vec<CompletionItem> {
    let possible = Versions::of(std::slice::from_ref(target));
    let at_root = is_root(target, &target.members.all());
    let mut all: Vec<(Form, Vec<ResourceVersion<'_>>, bool)> = Vec::new();
    for version in possible.of_target(target) {
        let members = version.map_or_else(|| target.members.clone(), |at| target.members.at_version(at));
        let mut forms = skeleton::forms_of(members.shapes(), &|key| is_there(name, target, at_root, key));
        forms.retain(|form| !form.items.is_empty());
        let several = forms.len() > 1;
        for form in forms {
            match all.iter_mut().find(|(known, ..)| version.is_some() && *known == form) {
                Some((_, versions, _)) => versions.extend(version),
                None => all.push((form, version.into_iter().collect(), several)),
            }
        }
    }
    let item = |(form, versions, several): &(Form, Vec<_>, bool)| {
        required(name, form, *several, possible.said_of(versions))
    };
    all.iter().map(item).collect()
}

fn required(
    name: &Name<'_>,
    form: &Form,
    is_one_of_several: bool,
    of_versions: Option<String>,
) -> CompletionItem {
    let mut writer = Writer::new(Style::Snippet, "");
    writer.items(&form.items);
    let label = required_label(form, is_one_of_several);
    CompletionItem {
        detail: Some(form.items.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(", ")),
        whole_label: of_versions.as_ref().map(|of| format!("{label} ({of})")),
        aside: of_versions,
        ..CompletionItem::new(CompletionKind::Snippet, label, TextEdit::replace(name.range, writer.finish()))
    }
}

/// Names the values that tell the form from the others.
pub(super) fn required_label(form: &Form, is_one_of_several: bool) -> String {
    let chosen: Vec<&str> = form.chosen.iter().map(|(_, value)| value.as_str()).collect();
    if is_one_of_several && !chosen.is_empty() {
        format!("required properties: {}", chosen.join(", "))
    } else {
        "required properties".to_owned()
    }
}
