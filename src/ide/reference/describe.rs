//! Describes what the type data has: types, properties, values, functions.

use super::constraint::{constraints, literals};
use super::model::{At, Condition, Described, ListKind, Note, Since, Subject, TypeFacts, VersionFacts};
use crate::azapi::body::{TypedAs, TypedWhen};
use crate::azapi::noun::{noun, noun_with_type, scope_noun, singular, words};
use crate::schema::arm_id;
use crate::schema::path::{BodyPath, Resolved, Step};
use crate::schema::{
    Function, Property, ResourceType, ResourceVersion, Schema, SchemaType, Scope, Scopes, TypeKind,
};

/// Which version of a type is described.
#[derive(Debug, Clone, Copy)]
pub(crate) enum NamedVersion<'s, 't> {
    None,
    Known(ResourceVersion<'s>),
    /// The type has none that is written so.
    Unknown(&'t str),
}

/// Whose body a property is a part of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Body<'s> {
    Resource(ResourceVersion<'s>),
    /// The input of a function of the type.
    Function(ResourceVersion<'s>),
}

/// A resource type, alone or at a version.
pub(crate) fn resource_type<'s>(
    schema: &Schema,
    ty: ResourceType<'s>,
    named: NamedVersion<'s, '_>,
) -> Described<'s> {
    let (version, written) = match named {
        NamedVersion::None => (None, None),
        NamedVersion::Known(version) => (Some(version), Some(version.api_version().as_str())),
        NamedVersion::Unknown(written) => (None, Some(written)),
    };
    let newer = version.map_or_else(Vec::new, newer_than);
    let name = version.map_or(ty.name(), ResourceVersion::type_name);
    let described_version = version.unwrap_or_else(|| ty.preferred());
    let facts = TypeFacts {
        api_version: written.map(str::to_owned),
        version: version.map(version_facts),
        api_versions: ty.versions().map(|version| version.api_version().as_str()).collect(),
        newer,
        newest: newest(ty),
        has_stable: ty.newest_stable().is_some(),
        parents: ty.parent_patterns(),
        import_id: ty.import_id(),
        functions: ty.function_names(),
        children: ty.child_types().map(|child| arm_id::last_segment(child.name())).collect(),
        deploys_to: deploys_to(described_version),
        purpose: purpose(described_version),
        documentation: documentation(ty.name(), described_version.api_version().as_str()),
        data: data_line(schema),
    };
    let mut described = Described::new(name.to_owned(), Subject::ResourceType(Box::new(facts)));
    if let NamedVersion::Unknown(version) = named {
        described.note = Some(Note::NoSuchVersion(version.to_owned()));
    }
    described
}

/// `A token. Deploys to a registry (…).`
pub(crate) fn deploys_to(version: ResourceVersion<'_>) -> String {
    let name = version.type_name();
    let place = |scope| match scope {
        Scope::Extension => format!("{}, which it extends", scope_noun(scope)),
        _ => scope_noun(scope),
    };
    let places: Vec<String> = match arm_id::parent_type(name) {
        Some(parent) => vec![noun_with_type(parent)],
        None => version.parent_scopes().iter().map(place).collect(),
    };
    let what = noun(name);
    let what = format!("{}{}", what[..1].to_uppercase(), &what[1..]);
    let places = one_of(&places);
    match (places.is_empty(), version.is_creatable()) {
        (true, _) => format!("{what}."),
        (false, false) => format!("{what}. Read in {places}, not created."),
        (false, true) => format!("{what}. Deploys to {places}."),
    }
}

/// `a, b or c`
fn one_of(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// What the data says of the type's `properties`, where that tells what it is for.
fn purpose(version: ResourceVersion<'_>) -> Option<String> {
    let properties = match version.body().kind() {
        TypeKind::Object(object) => object.property("properties"),
        TypeKind::Discriminated(base) => base.base_property("properties"),
        _ => None,
    }?;
    let description = properties.description()?;
    let lower = description.to_ascii_lowercase();
    // "Properties of a token." names a token.
    let behind = ["properties of ", "properties for "]
        .iter()
        .find_map(|words| Some(lower.find(words)? + words.len()).filter(|end| *end < 60));
    let said = match behind {
        Some(start) => description[start..].trim(),
        None if lower.contains("propert") => return None,
        None => description.trim(),
    };
    let mut letters = said.chars();
    let first = letters.next()?;
    // A purpose that names the type tells nothing new.
    let is_sentence = said.split_whitespace().count() > 2 && !is_named_by(said, version.type_name());
    is_sentence.then(|| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

/// Whether a sentence is nothing but what the type's name says already: `The container registry.`
fn is_named_by(sentence: &str, type_name: &str) -> bool {
    let last = arm_id::last_segment(type_name);
    let named =
        type_name.split(['/', '.']).chain([singular(last).as_str()]).map(words).collect::<Vec<_>>().join(" ");
    let mut said = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    said.all(|word| {
        let word = word.to_ascii_lowercase();
        ["a", "an", "the", "azure", "resource", "of"].contains(&word.as_str())
            || named.split(' ').any(|it| it == word)
    })
}

/// The names that a resource may have where its body depends on them, else those that its type lists; none where it may
/// have others.
pub(crate) fn names(version: ResourceVersion<'_>) -> Vec<&str> {
    let is_literal = |ty: &SchemaType<'_>| matches!(ty.kind(), TypeKind::Literal(_));
    let selecting = selecting_names(version);
    if !selecting.is_empty() {
        return selecting;
    }
    match version.root_property("name").map(|name| name.ty()) {
        Some(ty) if ty.alternatives().iter().all(is_literal) => literals(ty),
        _ => Vec::new(),
    }
}

/// The names that select what the body of a resource is; none where its name does not.
pub(crate) fn selecting_names(version: ResourceVersion<'_>) -> Vec<&str> {
    match version.body().kind() {
        TypeKind::Discriminated(base) if base.discriminator() == "name" => {
            base.variants().map(|(value, _)| value).collect()
        }
        _ => Vec::new(),
    }
}

/// A resource type among many: its newest version and its parents.
pub(crate) fn in_short(ty: ResourceType<'_>) -> Described<'_> {
    let mut described = Described::new(ty.name().to_owned(), Subject::TypeInShort { newest: newest(ty) });
    described.list(ListKind::Parents, ty.parent_patterns());
    described
}

fn newest(ty: ResourceType<'_>) -> &str {
    ty.preferred().api_version().as_str()
}

fn newer_than(version: ResourceVersion<'_>) -> Vec<(&str, bool)> {
    let newer = version.resource_type().versions().take_while(|&it| it != version);
    newer.map(|it| (it.api_version().as_str(), it.same_body(version))).collect()
}

fn version_facts(version: ResourceVersion<'_>) -> VersionFacts<'_> {
    let names = |scopes: Scopes| scopes.iter().map(Scope::name).collect();
    VersionFacts {
        type_name: version.type_name(),
        api_version: version.api_version().as_str(),
        readable_scopes: names(version.readable_scopes()),
        writable_scopes: names(version.writable_scopes()),
    }
}

/// The publisher's page for the type at that very version.
pub(crate) fn documentation(type_name: &str, version: &str) -> String {
    let lower = type_name.to_lowercase();
    let (namespace, rest) = lower.split_once('/').unwrap_or((&lower, ""));
    format!(
        "https://learn.microsoft.com/en-us/azure/templates/{namespace}/{version}/{rest}?pivots=deployment-language-terraform"
    )
}

/// Which type data says so.
pub(crate) fn data_line(schema: &Schema) -> String {
    let source = schema.source();
    format!(
        "Type data: {} {} (newest api-version {})",
        source.package, source.version, source.newest_api_version
    )
}

/// What stands at a path of a body, or the body itself.
pub(crate) fn property<'s>(body: Body<'s>, path: &BodyPath, found: Resolved<'s>) -> Described<'s> {
    let mut described = part(body, path, found);
    described.constraints = constraints(found.ty);
    if let Some(property) = found.property {
        described.flags = property.flags().names().collect();
        described.description = property.description();
    }
    match (path.steps().last(), body) {
        // Since when further keys are allowed would be read as since when there is this one.
        (Some(Step::FreeKey(_)), _) => described.note = Some(Note::Undeclared),
        (Some(_), Body::Resource(version)) => {
            described.since = version.since(path).map(Since::ApiVersion);
        }
        (Some(_), Body::Function(_)) | (None, _) => {}
    }
    described
}

/// What a key of a body is, one that is written or one that is offered.
pub(crate) fn key<'s>(typed: &TypedAs<'s>, of_function: bool) -> Described<'s> {
    let found = Resolved { property: typed.property, ty: typed.ty };
    let mut described = property(body_of(typed, of_function), &typed.path, found);
    if let Some(base) = typed.selects {
        described.list(ListKind::Shapes, base.variants().map(|(value, _)| value));
    }
    conditional(described, typed)
}

/// A scalar's value in a body: what it is among the allowed ones. `written` is the value where it is known.
pub(crate) fn value<'s>(typed: &TypedAs<'s>, of_function: bool, written: Option<String>) -> Described<'s> {
    let (ty, selects) = (typed.ty, typed.selects);
    let found = Resolved { property: None, ty };
    let mut described = part(body_of(typed, of_function), &typed.path, found);
    let shapes: Vec<&str> =
        selects.into_iter().flat_map(|base| base.variants()).map(|(value, _)| value).collect();
    let allowed = if shapes.is_empty() { literals(ty) } else { shapes.clone() };
    described.note = match written {
        Some(written) if allowed.contains(&written.as_str()) => Some(Note::Allowed(written)),
        Some(written) if !allowed.is_empty() => Some(Note::NotKnown(written)),
        _ => None,
    };
    if shapes.is_empty() {
        described.constraints = constraints(ty);
    }
    described.list(ListKind::Shapes, shapes);
    described.description = typed.property.and_then(Property::description);
    conditional(described, typed)
}

fn body_of<'s>(typed: &TypedAs<'s>, of_function: bool) -> Body<'s> {
    let version = typed.versions[0];
    if of_function { Body::Function(version) } else { Body::Resource(version) }
}

/// With what it depends on, and every version that says so.
fn conditional<'s>(mut described: Described<'s>, typed: &TypedAs<'s>) -> Described<'s> {
    if !typed.when.is_empty() {
        let condition = |when: &TypedWhen<'_>| match when {
            TypedWhen::Type(name) => Condition { name: "type".to_owned(), value: name.to_string() },
            TypedWhen::Variant { discriminator, value } => {
                Condition { name: (*discriminator).to_owned(), value: (*value).to_owned() }
            }
        };
        described.when = vec![typed.when.iter().map(condition).collect()];
    }
    if let Subject::Property { at: Some(at), .. } = &mut described.subject {
        at.also = typed.versions[1..].iter().map(|version| version_facts(*version).reference()).collect();
    }
    described
}

fn part<'s>(body: Body<'s>, path: &BodyPath, found: Resolved<'s>) -> Described<'s> {
    let (Body::Resource(version) | Body::Function(version)) = body;
    let at = At { version: version_facts(version), path: path.clone(), also: Vec::new() };
    let key = found.property.map(Property::name);
    Described::new(path.dotted(), Subject::Property { key, ty: found.ty, at: Some(at) })
}

/// A function of a resource type, at the version that it was taken from.
pub(crate) fn function(function: Function<'_>) -> Described<'_> {
    let subject = Subject::Function {
        type_name: function.type_name(),
        input: function.input(),
        output: function.output(),
    };
    Described::new(function.name().to_owned(), subject)
}

/// What a type is made of, in the data's order, as a path names it; without `since`.
pub(super) fn members(ty: SchemaType<'_>) -> Vec<Described<'_>> {
    let unnamed = |step: Step, ty| listed(step.to_string(), None, ty);
    match ty.kind() {
        TypeKind::Object(object) => {
            let further = object.additional_properties().map(|ty| unnamed(Step::Any, ty));
            object.properties().map(member).chain(further).collect()
        }
        TypeKind::Discriminated(object) => {
            let variant = |(value, ty): (&str, _)| {
                let discriminator = object.discriminator().to_owned();
                unnamed(Step::Variant { discriminator, value: value.to_owned() }, ty)
            };
            object.base_properties().map(member).chain(object.variants().map(variant)).collect()
        }
        TypeKind::Array { items, .. } => vec![unnamed(Step::Any, items)],
        _ => Vec::new(),
    }
}

/// A property among others; without `since`.
pub(crate) fn member(property: Property<'_>) -> Described<'_> {
    let mut described = listed(property.name().to_owned(), Some(property.name()), property.ty());
    described.flags = property.flags().names().collect();
    described.description = property.description();
    described
}

fn listed<'s>(name: String, key: Option<&'s str>, ty: SchemaType<'s>) -> Described<'s> {
    let mut described = Described::new(name, Subject::Property { key, ty, at: None });
    described.constraints = constraints(ty);
    described
}

#[cfg(test)]
mod tests {
    use super::{documentation, is_named_by};

    #[test]
    fn documentation_is_pinned_to_the_version() {
        assert_eq!(
            documentation("Microsoft.ContainerRegistry/registries/tokens", "2025-04-01"),
            "https://learn.microsoft.com/en-us/azure/templates/microsoft.containerregistry/2025-04-01/registries/tokens?pivots=deployment-language-terraform"
        );
    }

    #[test]
    fn a_sentence_that_the_name_says_already_says_nothing_new() {
        let gateways = "Microsoft.Network/applicationGateways";
        for same in
            ["The application gateway.", "An application gateway", "Azure Application Gateway resource."]
        {
            assert!(is_named_by(same, gateways), "{same}");
        }
        for other in
            ["The web gateway.", "An application gateway that balances.", "Another application gateway"]
        {
            assert!(!is_named_by(other, gateways), "{other}");
        }
        assert!(is_named_by("The container registry.", "Microsoft.ContainerRegistry/registries"));
    }
}
