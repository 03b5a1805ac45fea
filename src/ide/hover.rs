//! Hover: what the type data and the provider say about the thing at a place.

use super::Profile;
use super::reference::{self, Body, Described, ListKind, NamedVersion, markdown};
use super::request::Request;
use crate::azapi::place::{ArgumentPlace, BodyPart, BodyPlace, Place};
use crate::azapi::provider::{BodyOf, Provider};
use crate::azapi::{Resource, TypeReference};
use crate::schema::path::{BodyPath, Step};
use crate::syntax::ast::{self, AstNode};
use crate::text::TextRange;

/// What a hover shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The text it is about.
    pub range: TextRange,
    /// Markdown.
    pub markdown: String,
}

/// `None` when the place is on nothing that the data knows.
pub(super) fn hover(request: &Request<'_>) -> Option<Hover> {
    let (range, described) = match request.place()? {
        Place::Type { resource, attribute } => {
            let range = attribute.value()?.syntax().text_range();
            let on_value = range.contains_inclusive(request.offset());
            (range, on_value.then(|| described_type(request, &resource))??)
        }
        Place::Argument(argument) => argument_at(request, &argument)?,
        Place::Body(place) => body_part(request, &place)?,
        Place::Block(_) => return None,
    };
    Some(Hover { range, markdown: markdown::page(&described) })
}

fn described_type<'r>(request: &Request<'r>, resource: &Resource<'r>) -> Option<Described<'r>> {
    let TypeReference::Named { api_version, .. } = &resource.type_reference else { return None };
    if let Some(found) = resource.data_plane_type() {
        return Some(reference::data_plane_type(found, api_version.as_deref()));
    }
    let named = match (resource.version(), api_version) {
        (Some(version), _) => NamedVersion::Known(version),
        (None, Some(unknown)) => NamedVersion::Unknown(unknown),
        (None, None) => NamedVersion::None,
    };
    Some(reference::resource_type(request.schema(), resource.resource_type()?, named))
}

fn body_part<'r>(request: &Request<'r>, place: &BodyPlace<'r>) -> Option<(TextRange, Described<'r>)> {
    let version = place.resource.version_or_newest()?;
    let body = match place.resource.block.definition.means.body {
        BodyOf::Function => Body::Function(version),
        BodyOf::Resource | BodyOf::Nothing => Body::Resource(version),
    };
    match &place.on {
        BodyPart::Key { item, member, members } => {
            let range = item.node.key()?.syntax().text_range();
            Some((range, reference::key(body, &place.path, member.as_ref()?, members)))
        }
        BodyPart::Value { expression, ty, selects, .. } => {
            if matches!(expression.node, ast::Expression::Object(_) | ast::Expression::Tuple(_)) {
                return None;
            }
            let written = request.evaluator().value(expression).assumed().as_str();
            let described =
                reference::value(body, &place.path, *ty, selects, written.map(|text| text.to_string()));
            Some((expression.node.syntax().text_range(), described))
        }
    }
}

fn argument_at<'r>(request: &Request<'r>, place: &ArgumentPlace<'r>) -> Option<(TextRange, Described<'r>)> {
    let range = match &place.value {
        Some(value) => value.node.syntax().text_range(),
        None => place.name_range,
    };
    // Between the name and the value there is nothing to explain.
    if !range.contains_inclusive(request.offset()) {
        return None;
    }
    let argument = Provider::argument_at(place.resource.block.definition, &place.path)?;
    let mut described: Described<'r> = reference::argument(place.path.join("."), argument);
    // On the name, a companion leaves to the other server what the provider's own schema says.
    let of_type_only = place.value.is_none() && request.config().profile == Profile::Companion;
    if of_type_only {
        described = described.without_facts();
    }
    if let [name] = place.path.as_slice() {
        described.related.extend(body_property(&place.resource, name));
        described.related.extend(called_function(request, place, name));
        if name == "parent_id" {
            described.list(ListKind::AllowedIds, allowed_parents(&place.resource));
        }
    }
    let says_more = !described.related.is_empty() || !described.lists.is_empty();
    (says_more || !of_type_only).then_some((range, described))
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
    place: &ArgumentPlace<'r>,
    name: &str,
) -> Option<Described<'r>> {
    let calls = place.resource.block.definition.means.body == BodyOf::Function && name == "action";
    let named = request.evaluator().value(place.value.as_ref().filter(|_| calls)?).assumed().as_str()?;
    let functions = place.resource.functions();
    functions.into_iter().find(|function| function.name() == &*named).map(reference::function)
}

#[cfg(test)]
mod tests;
