//! Hover: what the type data and the provider say about the thing at a place.

use super::Profile;
use super::markdown::{self, Page};
use super::request::Request;
use crate::azapi::place::{ArgumentPlace, BodyPart, BodyPlace, Place};
use crate::azapi::provider::{self, DataPlaneType, NameRule, Provider};
use crate::azapi::{Resource, TypeReference, body, members::Member};
use crate::schema::render::type_line;
use crate::schema::{Property, SchemaType, TypeKind};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::Value;
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
    match request.place()? {
        Place::Type { resource, attribute } => {
            let range = attribute.value()?.syntax().text_range();
            if !range.contains_inclusive(request.offset()) {
                return None;
            }
            Some(Hover { range, markdown: type_page(request, &resource)? })
        }
        Place::Argument(argument) => argument_hover(request, &argument),
        Place::Body(place) => body_hover(request, &place),
        Place::Block(_) => None,
    }
}

/// Of a union's elements so many are named in a line.
const NAMED: usize = 12;
/// How many newer versions are listed by name.
const NEWER_LISTED: usize = 5;

fn type_page(request: &Request<'_>, resource: &Resource<'_>) -> Option<String> {
    let TypeReference::Named { api_version, .. } = &resource.type_reference else { return None };
    if let Some(found) = resource.data_plane_type() {
        return Some(data_plane_page(found, api_version.as_deref()));
    }
    let found = resource.resource_type()?;
    let version = resource.version();
    let mut page = Page::default();
    match (version, api_version) {
        (Some(version), _) => page.title(version.type_name(), version.api_version().as_str()),
        (None, Some(unknown)) => {
            page.title(found.name(), unknown);
            page.line(&format!("There is no api-version `{unknown}` of this type in the type data."));
        }
        (None, None) => page.title(found.name(), ""),
    }
    let patterns = version.unwrap_or(found.newest()).parent_patterns();
    page.list("Parents", patterns.iter().map(|pattern| markdown::code(pattern)));
    if let Some(version) = version {
        let names = |scopes: crate::schema::Scopes| {
            let names: Vec<_> = scopes.iter().map(|scope| scope.name()).collect();
            if names.is_empty() { "none".to_owned() } else { names.join(", ") }
        };
        page.line(&format!("Readable at: {}", names(version.readable_scopes())));
        page.line(&format!("Writable at: {}", names(version.writable_scopes())));
    }
    page.line(&newer_versions(resource));
    page.line(&format!("Import id: {}", markdown::code(&found.import_id())));
    let functions = found.function_names();
    if !functions.is_empty() {
        let functions: Vec<_> = functions.iter().map(|name| markdown::code(name)).collect();
        page.line(&format!("Functions: {}", functions.join(", ")));
    }
    let shown = version.unwrap_or_else(|| found.newest());
    page.line(&markdown::documentation_link(found.name(), shown.api_version().as_str()));
    page.line(&markdown::source_line(request.schema()));
    Some(page.finish())
}

/// What the provider knows of a data-plane type.
fn data_plane_page(found: &DataPlaneType, version: Option<&str>) -> String {
    let mut page = Page::default();
    page.title(&found.name, version.unwrap_or_default());
    page.line(&format!("Data-plane type at {}", markdown::code(&found.url_format)));
    page.list("Parents", [markdown::code(&found.parent_id_example)].into_iter());
    page.line(&match found.name_rule() {
        NameRule::Given => format!("{} must be set", markdown::code("name")),
        NameRule::Exactly(name) => {
            format!("{} must be {}", markdown::code("name"), markdown::code(name))
        }
        NameRule::Absent => format!("{} must not be set", markdown::code("name")),
    });
    page.finish()
}

fn newer_versions(resource: &Resource<'_>) -> String {
    let Some(found) = resource.resource_type() else { return String::new() };
    let current = resource.version();
    let newer: Vec<_> = found.versions().take_while(|version| Some(*version) != current).collect();
    let Some(current) = current else {
        return format!("Newest api-version: {}", markdown::code(found.newest().api_version().as_str()));
    };
    if newer.is_empty() {
        return "This is the newest api-version.".to_owned();
    }
    let mut names: Vec<_> = newer
        .iter()
        .take(NEWER_LISTED)
        .map(|version| {
            let same = if version.same_body(current) { " (same body)" } else { "" };
            format!("{}{same}", markdown::code(version.api_version().as_str()))
        })
        .collect();
    if newer.len() > NEWER_LISTED {
        names.push(format!("and {} more", newer.len() - NEWER_LISTED));
    }
    format!("Newer api-versions: {}", names.join(", "))
}

fn body_hover(request: &Request<'_>, place: &BodyPlace<'_>) -> Option<Hover> {
    match &place.on {
        BodyPart::Key { item, member, members } => {
            let member = member.as_ref()?;
            let range = item.node.key()?.syntax().text_range();
            let mut page = property_page(place, member);
            if member.is_discriminator {
                let name = member.property.map_or("", |property| property.name());
                let values = members.discriminator_values(name);
                page.list(
                    "Selects the shape of this object",
                    values.iter().map(|value| markdown::code(value)),
                );
            }
            page.line(&origin_line(place));
            Some(Hover { range, markdown: page.finish() })
        }
        BodyPart::Value { expression, ty, selects, .. } => {
            let range = expression.node.syntax().text_range();
            if matches!(expression.node, ast::Expression::Object(_) | ast::Expression::Tuple(_)) {
                return None;
            }
            let written = request.evaluator().value(expression);
            let page = value_page(place, *ty, selects, &written);
            Some(Hover { range, markdown: page.finish() })
        }
    }
}

fn property_page<'s>(place: &BodyPlace<'s>, member: &Member<'s>) -> Page {
    let mut page = Page::default();
    page.title_with_type(&body::dotted(&place.path), &type_line(member.ty, NAMED));
    let Some(property) = member.property else {
        page.line("Not declared by the type, which allows further keys here.");
        return page;
    };
    page.line(&facts_line(&property, first_version(place)));
    page.constraints(member.ty);
    page.paragraph(&property.description().unwrap_or_default());
    page
}

/// `required · since 2021-06-01`
fn facts_line(property: &Property<'_>, since: Option<String>) -> String {
    let mut facts: Vec<String> = property.flags().names().map(str::to_owned).collect();
    facts.extend(since.map(|version| format!("since {version}")));
    facts.join(" · ")
}

fn first_version(place: &BodyPlace<'_>) -> Option<String> {
    let version = place.resource.version_or_newest()?;
    let oldest_first = version.resource_type().versions().rev();
    let first = oldest_first.into_iter().find(|version| body::reaches(version.body(), &place.path))?;
    Some(first.api_version().as_str().to_owned())
}

fn origin_line(place: &BodyPlace<'_>) -> String {
    let Some(version) = place.resource.version_or_newest() else { return String::new() };
    markdown::code(&format!("{}@{}", version.type_name(), version.api_version()))
}

/// A scalar's value: what it is among the allowed ones.
fn value_page(place: &BodyPlace<'_>, ty: SchemaType<'_>, selects: &[&str], written: &Value) -> Page {
    let text = written.as_text();
    let allowed = if selects.is_empty() { literals(ty) } else { selects.to_vec() };
    let mut page = Page::default();
    page.title_with_type(&body::dotted(&place.path), &type_line(ty, NAMED));
    match text {
        Some(text) if allowed.contains(&text.as_str()) => {
            page.line(&format!("{} is one of the allowed values.", markdown::code(&text)));
        }
        Some(text) if !allowed.is_empty() => {
            page.line(&format!("{} is not one of the known values.", markdown::code(&text)));
        }
        _ => {}
    }
    if selects.is_empty() {
        page.constraints(ty);
    } else {
        page.list("Selects the shape of this object", selects.iter().map(|value| markdown::code(value)));
    }
    page.line(&origin_line(place));
    page
}

/// The literals that a type allows, in the data's order.
fn literals(ty: SchemaType<'_>) -> Vec<&str> {
    match ty.kind() {
        TypeKind::Literal(value) => vec![value],
        TypeKind::Union(elements) => elements
            .filter_map(|element| match element.kind() {
                TypeKind::Literal(value) => Some(value),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn argument_hover(request: &Request<'_>, place: &ArgumentPlace<'_>) -> Option<Hover> {
    let definition = place.resource.block.definition;
    let argument = Provider::argument_at(definition, &place.path)?;
    let mut page = Page::default();
    page.title_with_type(&place.path.join("."), &argument.ty.to_string());
    // On the name, a companion leaves to the other server what the provider's own schema says.
    let of_type_only = place.value.is_none() && request.config().profile == Profile::Companion;
    if !of_type_only {
        page.line(&argument_facts(argument));
        page.paragraph(&argument.description);
    }
    let without_type = page.len();
    if let [name] = place.path.as_slice() {
        body_property_of_argument(&mut page, &place.resource, name);
        if name == "parent_id" {
            let allowed = allowed_parents(&place.resource);
            page.list("Allowed", allowed.iter().map(|pattern| markdown::code(pattern)));
        }
    }
    let range = match &place.value {
        Some(value) => value.node.syntax().text_range(),
        None => place.name_range,
    };
    // Between the name and the value there is nothing to explain.
    if !range.contains_inclusive(request.offset()) || (of_type_only && page.len() == without_type) {
        return None;
    }
    Some(Hover { range, markdown: page.finish() })
}

/// The forms of a parent's id at the version at hand; empty when the type is not known.
fn allowed_parents(resource: &Resource<'_>) -> Vec<String> {
    let of_data = || Some(resource.version_or_newest()?.parent_patterns());
    let plane = resource.data_plane_type().map(|found| vec![found.parent_id_example.clone()]);
    plane.or_else(of_data).unwrap_or_default()
}

pub(super) fn argument_facts(argument: &provider::Argument) -> String {
    let mut facts = Vec::new();
    facts.push(match (argument.is_required(), argument.is_optional()) {
        (true, _) => "required",
        (false, true) => "optional",
        (false, false) => "set by the provider",
    });
    if argument.deprecated {
        facts.push("deprecated");
    }
    let mut line = facts.join(" · ");
    if let Some(since) = &argument.since {
        line.push_str(&format!(" · since azapi {since}"));
    }
    if let Some(default) = &argument.default {
        line.push_str(&format!(" · default {}", markdown::code(&default.to_string())));
    }
    line
}

/// `name`, `location` and `tags` are properties of the body as well: what the type says of them.
fn body_property_of_argument(page: &mut Page, resource: &Resource<'_>, name: &str) {
    let Some(version) = resource.version_or_newest() else { return };
    let property = match version.body().kind() {
        TypeKind::Object(object) => object.property(name),
        TypeKind::Discriminated(base) => base.base_property(name),
        _ => None,
    };
    if let Some(property) = property.filter(|_| matches!(name, "name" | "location" | "tags" | "identity")) {
        page.line(&format!(
            "{} of {}: {}",
            markdown::code(name),
            markdown::code(&format!("{}@{}", version.type_name(), version.api_version())),
            markdown::code(&type_line(property.ty(), NAMED)),
        ));
        page.constraints(property.ty());
    }
}

#[cfg(test)]
mod tests;
