//! Hover: what the type data and the provider say about the thing at a place, and what a reference leads to.

mod export_path;
mod references;
mod value;

use super::Profile;
use super::reference::{self, Body, Described, ListKind, NamedVersion, Note, markdown};
use super::request::Request;
use crate::azapi::body::{TypedAs, joined};
use crate::azapi::guid_names::is_named_by_guid;
use crate::azapi::place::{BodyTarget, Name, NameOf, Place, ValueOf, ValuePlace};
use crate::azapi::provider::{Argument, ArgumentRule, BodyOf, Provider, TypesOf};
use crate::azapi::{Resource, TypeReference};
use crate::schema::path::{BodyPath, Step};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::Located;
use crate::terraform::functions::duration;
use crate::text::TextRange;

/// Of what may be one of several things, so many are explained.
const MOST_PAGES: usize = 5;
const BETWEEN_PAGES: &str = "\n\n---\n\n";

/// What a hover shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The text it is about.
    pub range: TextRange,
    /// Markdown.
    pub markdown: String,
}

/// `None` when the place is on nothing that the data knows, and on no reference to what the module declares.
pub(super) fn hover(request: &Request<'_>) -> Option<Hover> {
    if let Some(assigned) = references::assigned(request) {
        return Some(assigned);
    }
    let place = request.place();
    if let Some(Place::Reference(reference)) = &place
        && let Some(declared) = references::declared(request, reference)
    {
        return Some(declared);
    }
    let of_reference = match &place {
        Some(Place::Name(_)) => None,
        _ => references::hover(request),
    };
    // What a reference leads to, then what it is the value of.
    match (of_reference, place.and_then(|place| of_place(request, place))) {
        (Some(first), Some(second)) => {
            let markdown = [first.markdown, second.markdown].join(BETWEEN_PAGES);
            Some(Hover { range: first.range, markdown })
        }
        (first, second) => first.or(second),
    }
}

/// What the type data and the provider say.
fn of_place<'r>(request: &Request<'r>, place: Place<'r>) -> Option<Hover> {
    let (range, pages) = match place {
        Place::Name(name) if name.range.is_empty() => return None,
        Place::Name(Name { range, of, .. }) => match of {
            NameOf::Argument { resource, mut path, name } => {
                path.push(name);
                (range, vec![argument(request, &resource, &path, None)?])
            }
            NameOf::Configuration { mut path, name } => {
                path.push(name);
                (range, vec![configuration(request, &path)?])
            }
            NameOf::BodyKey { targets, .. } => (range, in_bodies(&targets, &reference::key)),
            NameOf::BlockType { .. } => return None,
        },
        Place::Value(ValuePlace { of, expression, .. }) => {
            let expression = expression?;
            let range = expression.node.range();
            if !range.contains_inclusive(request.offset()) {
                return None;
            }
            match of {
                ValueOf::Type { resource, .. } => {
                    (range, vec![described_type(request, &resource, &expression)?])
                }
                ValueOf::Argument { resource, path } => {
                    (range, vec![argument(request, &resource, &path, Some(&expression))?])
                }
                ValueOf::Body { targets } => (range, value_in_bodies(request, &expression, &targets)),
            }
        }
        Place::Reference(_) | Place::Block => return None,
    };
    let pages: Vec<String> = pages.iter().map(markdown::page).collect();
    (!pages.is_empty()).then(|| Hover { range, markdown: pages.join(BETWEEN_PAGES) })
}

/// What a value is in the bodies that it leads to.
fn what_it_becomes(request: &Request<'_>, value: &ast::Expression) -> Option<String> {
    let place = request.place_at(value.range().start())?;
    let Place::Value(ValuePlace { of: ValueOf::Body { targets }, .. }) = place else { return None };
    let pages = in_bodies(&targets, &reference::key);
    let pages: Vec<String> = pages.iter().map(markdown::page).collect();
    (!pages.is_empty()).then(|| pages.join(BETWEEN_PAGES))
}

/// Nothing for braces and brackets: what they hold is explained at its keys.
fn value_in_bodies<'r>(
    request: &Request<'r>,
    expression: &Located<ast::Expression>,
    targets: &[BodyTarget<'r>],
) -> Vec<Described<'r>> {
    if matches!(expression.node, ast::Expression::Object(_) | ast::Expression::Tuple(_)) {
        return Vec::new();
    }
    let written = request.evaluator().value(expression).assumed().as_str();
    let written = written.map(|text| text.to_string());
    in_bodies(targets, &|typed, of_function| reference::value(typed, of_function, written.clone()))
}

/// What something is in the bodies that it is a part of: once for all that say the same.
fn in_bodies<'r>(
    targets: &[BodyTarget<'r>],
    describe: &dyn Fn(&TypedAs<'r>, bool) -> Described<'r>,
) -> Vec<Described<'r>> {
    let mut groups: Vec<(bool, Vec<TypedAs<'r>>)> = Vec::new();
    for target in targets {
        for typed in &target.types {
            let twin = groups.iter_mut().find(|(of_function, group)| {
                *of_function == target.is_function && is_described_alike(&group[0], typed)
            });
            match twin {
                Some((_, group)) => group.push(typed.clone()),
                None => groups.push((target.is_function, vec![typed.clone()])),
            }
        }
    }
    let page = |(of_function, group): &(bool, Vec<TypedAs<'r>>)| {
        let mut described = describe(&joined(group), *of_function);
        let each = group.iter().map(|one| describe(one, *of_function).when);
        let each: Vec<_> = each.collect();
        described.when = if each.iter().any(Vec::is_empty) { Vec::new() } else { each.concat() };
        described.when.dedup();
        described
    };
    groups.iter().take(MOST_PAGES).map(page).collect()
}

fn is_described_alike(one: &TypedAs<'_>, other: &TypedAs<'_>) -> bool {
    let facts = |typed: &TypedAs<'_>| {
        let property = typed.property.map(|it| (it.flags().bits(), it.description()));
        let selects = typed.selects.map(|base| base.variants().map(|(value, _)| value.to_owned()).collect());
        // Of the items of a list all are alike.
        let in_list = |step: &Step| if matches!(step, Step::Index(_)) { Step::Any } else { step.clone() };
        let path: BodyPath = typed.path.steps().iter().map(in_list).collect();
        (typed.ty.described_id(), path.dotted(), property, selects)
    };
    let (one, other): ((_, _, _, Option<Vec<String>>), _) = (facts(one), facts(other));
    one == other
}

/// The type that a value names, which may be one of several that the block may have. Its version may not be there yet.
fn described_type<'r>(
    request: &Request<'r>,
    resource: &Resource<'r>,
    value: &Located<ast::Expression>,
) -> Option<Described<'r>> {
    let named = resource.with_type(request.schema(), &request.evaluator().value(value));
    let (name, api_version) = match &named.type_reference {
        TypeReference::Named { resource_type, api_version } => {
            (resource_type.as_str(), api_version.as_deref())
        }
        TypeReference::Malformed(text) => (text.strip_suffix('@').unwrap_or(text), None),
        TypeReference::Missing | TypeReference::Unknown => return None,
    };
    if resource.block.definition.means.types == TypesOf::DataPlane {
        let found = Provider::get().data_plane_type(name)?;
        return Some(reference::data_plane_type(found, api_version));
    }
    let version = match (named.version(), api_version) {
        (Some(version), _) => NamedVersion::Known(version),
        (None, Some(unknown)) => NamedVersion::Unknown(unknown),
        (None, None) => NamedVersion::None,
    };
    Some(reference::resource_type(request.schema(), request.schema().resource_type(name)?, version))
}

/// An argument on its name, or on its value.
fn argument<'r>(
    request: &Request<'r>,
    resource: &Resource<'r>,
    path: &[String],
    value: Option<&Located<ast::Expression>>,
) -> Option<Described<'r>> {
    let definition = resource.block.definition;
    let of_paths = |argument: &Argument| {
        argument.rules.iter().find_map(|rule| match rule {
            ArgumentRule::Paths(form) => Some(*form),
            _ => None,
        })
    };
    let form = path.first().and_then(|name| of_paths(definition.arguments.get(name)?));
    // The names in a map of paths are the author's.
    let path = if form.is_some() && value.is_some() { &path[..1] } else { path };
    let Some(argument) = Provider::argument_at(definition, path) else {
        return nested_block(request, resource, path);
    };
    let mut described: Described<'r> = reference::argument(path.join("."), argument);
    // On the name, a companion leaves to the other server what the provider's own schema says.
    let of_type_only = value.is_none() && request.config().profile == Profile::Companion;
    if of_type_only {
        described = described.without_facts();
    }
    if let [name] = path {
        described.related.extend(body_property(resource, name));
        described.related.extend(called_function(request, resource, value, name));
        if name == "parent_id" {
            described.list(ListKind::AllowedIds, allowed_parents(resource));
        }
        if let Some(version) = resource.version_or_newest().filter(|_| name == "name") {
            if is_named_by_guid(version.type_name()) {
                described.note = Some(Note::Guid);
            }
            described.list(ListKind::NamedShapes, reference::selecting_names(version));
        }
    }
    if let Some(value) = value {
        described.related.extend(form.and_then(|form| {
            let mut part = export_path::explained(request, resource, form)?;
            // A response needs nothing of its reader.
            part.flags.retain(|flag| *flag != "required");
            Some(part)
        }));
        if argument.rules.iter().any(|rule| matches!(rule, ArgumentRule::GoDuration)) {
            let text = request.evaluator().value(value).assumed().as_str();
            let nanoseconds = text.and_then(|text| duration::parse(&text));
            described.note = nanoseconds.and_then(in_words).map(Note::Lasts);
        }
    }
    let says_more = !described.related.is_empty() || !described.lists.is_empty();
    (says_more || !of_type_only).then_some(described)
}

/// An argument or a nested block of the provider's own configuration. In a companion the other server knows them.
fn configuration<'r>(request: &Request<'_>, path: &[String]) -> Option<Described<'r>> {
    if request.config().profile == Profile::Companion {
        return None;
    }
    let definition = &Provider::get().provider;
    match (Provider::argument_at(definition, path), path) {
        (Some(argument), _) => Some(reference::argument(path.join("."), argument)),
        (None, [name]) => Some(reference::nested_block(name, definition.blocks.get(name)?)),
        (None, _) => None,
    }
}

/// A block in the block, on its name: in a companion what the type says of it alone.
fn nested_block<'r>(
    request: &Request<'r>,
    resource: &Resource<'r>,
    path: &[String],
) -> Option<Described<'r>> {
    let [name] = path else { return None };
    let block = resource.block.definition.blocks.get(name)?;
    let mut described: Described<'r> = reference::nested_block(name, block);
    let is_companion = request.config().profile == Profile::Companion;
    if is_companion {
        described = described.without_facts();
    }
    described.related.extend(body_property(resource, name));
    (!is_companion || !described.related.is_empty()).then_some(described)
}

/// `1 hour 30 minutes`; `None` for less than a second, which is said shortest as it is written.
fn in_words(nanoseconds: i64) -> Option<String> {
    let mut left = u64::try_from(nanoseconds).ok()? / 1_000_000_000;
    let mut words = Vec::new();
    for (unit, seconds) in [("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)] {
        let count = left / seconds;
        left %= seconds;
        if count > 0 {
            words.push(format!("{count} {unit}{}", if count == 1 { "" } else { "s" }));
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// The forms of a parent's id at the version at hand; empty when the type is not known.
fn allowed_parents(resource: &Resource<'_>) -> Vec<String> {
    let of_data = || Some(resource.version_or_newest()?.parent_patterns());
    let plane = resource.data_plane_type().map(|found| vec![found.parent_id_example.clone()]);
    plane.or_else(of_data).unwrap_or_default()
}

/// `name`, `location`, `tags` and `identity` are properties of the body as well: what the type says of them.
fn body_property<'s>(resource: &Resource<'s>, name: &str) -> Option<Described<'s>> {
    if !matches!(name, "name" | "location" | "tags" | "identity") {
        return None;
    }
    let version = resource.version_or_newest()?;
    let path: BodyPath = [Step::Key(name.to_owned())].into_iter().collect();
    let found = path.resolve(version.body()).ok()?;
    Some(reference::property(Body::Resource(version), &path, found))
}

/// The function of the type that the value of `action` names.
fn called_function<'r>(
    request: &Request<'r>,
    resource: &Resource<'r>,
    value: Option<&Located<ast::Expression>>,
    name: &str,
) -> Option<Described<'r>> {
    let calls = resource.block.definition.means.body == BodyOf::Function && name == "action";
    let named = request.evaluator().value(value.filter(|_| calls)?).assumed().as_str()?;
    let functions = resource.functions();
    functions.into_iter().find(|function| function.name() == &*named).map(reference::function)
}

#[cfg(test)]
mod tests;
