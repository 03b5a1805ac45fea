//! Completion of the names of arguments and nested blocks, as the provider defines them.

use super::{CompletionItem, CompletionKind, Completions, argument_value};
use crate::azapi::Resource;
use crate::azapi::place::Name;
use crate::azapi::provider::{
    self, Argument, ArgumentRule, ArgumentType, BlockRule, BodyOf, NestedBlock, Nesting, Provider,
};
use crate::azapi::skeleton::{self, Form, Style, Writer};
use crate::ide::reference::{self, Described, markdown};
use crate::terraform::BlockKind;
use crate::text::{TextEdit, TextRange};

/// What Terraform itself takes in a block, and what follows the name.
const META: [(&str, &str); 5] = [
    ("count", "= $0"),
    ("for_each", "= $0"),
    ("depends_on", "= [$0]"),
    ("provider", "= $0"),
    ("lifecycle", "{\n  $0\n}"),
];

/// What may still be set at the place: needed ones first, in the order of the provider's documents; what the type has
/// no use for and deprecated ones last.
pub(super) fn complete(place: &Name<'_>, resource: &Resource<'_>, path: &[String]) -> Completions {
    let missing = |name: &str| !place.present.iter().any(|present| present == name);
    let definition = resource.block.definition;
    let mut ranked: Vec<((u8, usize, String), CompletionItem)> = Vec::new();
    let mut add = |rank: u8, item: CompletionItem| {
        ranked.push(((rank, Provider::get().place_of(&item.label), item.label.clone()), item));
    };
    let arguments = match path {
        [] => {
            for (name, nested) in &definition.blocks {
                if nested.nesting == Nesting::List || missing(name) {
                    let item = item(
                        place.range,
                        place.has_value,
                        &reference::nested_block(name, nested),
                        &Shape::Block(nested, Some(resource)),
                    );
                    add(standing(place, resource, name).rank(), item);
                }
            }
            Some(&definition.arguments)
        }
        [name] if definition.blocks.contains_key(name) => definition.blocks.get(name).map(|it| &it.arguments),
        path => Provider::argument_at(definition, path).map(|argument| &argument.arguments),
    };
    let settable = arguments.into_iter().flatten().filter(|(_, argument)| argument.can_be_set());
    for (name, argument) in settable.filter(|(name, _)| missing(name)) {
        let rank = match path {
            _ if argument.deprecated => 4,
            _ if argument.is_required() => 0,
            [] => standing(place, resource, name).rank(),
            _ => 1,
        };
        let described = reference::argument(name.clone(), argument);
        add(rank, item(place.range, place.has_value, &described, &Shape::Argument(argument)));
    }
    ranked.sort_by(|one, other| one.0.cmp(&other.0));
    let mut items: Vec<CompletionItem> = ranked.into_iter().map(|(_, item)| item).collect();
    if path.is_empty() {
        let at = items.iter().position(|item| item.label == "body").map_or(items.len(), |at| at + 1);
        items.splice(at..at, filled_bodies(place, resource));
        let is_own_body = !matches!(resource.block.kind, BlockKind::List | BlockKind::Action);
        let is_free = |name: &&(&str, &str)| is_own_body && missing(name.0);
        items.extend(META.iter().filter(is_free).map(|(name, behind)| meta(place, name, behind)));
    }
    Completions::ordered(items, "")
}

/// What may be set in the block of the provider itself.
pub(super) fn of_provider(place: &Name<'_>) -> Completions {
    let (definition, range, has_value) = (&Provider::get().provider, place.range, place.has_value);
    let missing = |name: &&String| !place.present.contains(*name);
    let blocks = definition.blocks.iter().filter(|(name, _)| missing(name)).map(|(name, nested)| {
        item(range, has_value, &reference::nested_block(name, nested), &Shape::Block(nested, None))
    });
    let settable =
        definition.arguments.iter().filter(|(name, argument)| argument.can_be_set() && missing(name));
    let arguments = settable.map(|(name, argument)| {
        item(range, has_value, &reference::argument(name.clone(), argument), &Shape::Argument(argument))
    });
    let mut items: Vec<CompletionItem> = arguments.chain(blocks).collect();
    items.sort_by(|one, other| (one.deprecated, &one.label).cmp(&(other.deprecated, &other.label)));
    Completions::ordered(items, "")
}

/// `body` with all that the type requires: one item for each value of a discriminator.
pub(super) fn filled_bodies(place: &Name<'_>, resource: &Resource<'_>) -> Vec<CompletionItem> {
    let is_there = place.present.iter().any(|present| present == "body");
    if is_there || place.has_value || !resource.block.definition.arguments.contains_key("body") {
        return Vec::new();
    }
    let forms = body_forms(resource);
    let several = forms.len() > 1;
    let filled = forms.into_iter().map(|form| {
        let label = super::body_key::required_label(&form, several);
        let mut writer = Writer::new(Style::Snippet, "");
        writer.raw("body = ");
        writer.value(&skeleton::Draft::Object(form.items));
        CompletionItem {
            filter_text: Some(format!("body {label}")),
            ..CompletionItem::new(
                CompletionKind::Snippet,
                format!("body, {label}"),
                TextEdit::replace(place.range, writer.finish()),
            )
        }
    });
    filled.collect()
}

/// What the body of a block must have, but for what arguments give; empty where it need not be written.
fn body_forms(resource: &Resource<'_>) -> Vec<Form> {
    let definition = resource.block.definition;
    let Some(version) = resource.version_or_newest() else { return Vec::new() };
    if definition.means.body != BodyOf::Resource {
        return Vec::new();
    }
    let is_given = |name: &str| {
        matches!(name, "name" | "type" | "apiVersion" | "id")
            || definition.arguments.contains_key(name)
            || definition.blocks.contains_key(name)
    };
    let mut forms = skeleton::forms(version.body(), &|_| None, &is_given);
    forms.retain(|form| !form.items.is_empty());
    forms
}

/// Whether an argument is of use to a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Needed,
    Useful,
    Useless,
}

impl Standing {
    fn rank(self) -> u8 {
        match self {
            Standing::Needed => 0,
            Standing::Useful => 1,
            Standing::Useless => 3,
        }
    }
}

/// By the rules of the block, and by what the type has.
fn standing(place: &Name<'_>, resource: &Resource<'_>, name: &str) -> Standing {
    let definition = resource.block.definition;
    let has = |name: &String| place.present.contains(name);
    let is_type = |types: &[String]| {
        resource.type_name().is_some_and(|own| types.iter().any(|ty| ty.eq_ignore_ascii_case(&own)))
    };
    for rule in &definition.rules {
        match rule {
            BlockRule::ExactlyOneOf { arguments, none_for_types }
                if arguments.iter().any(|it| it == name) =>
            {
                let is_settled = arguments.iter().any(has) || is_type(none_for_types);
                return if is_settled { Standing::Useless } else { Standing::Needed };
            }
            BlockRule::Requires { argument, other, unless_types }
                if other == name && has(argument) && !is_type(unless_types) =>
            {
                return Standing::Needed;
            }
            BlockRule::RequiredUnlessType { argument, types } if argument == name => {
                return if is_type(types) { Standing::Useless } else { Standing::Needed };
            }
            _ => {}
        }
    }
    match name {
        "name" if definition.means.importable => Standing::Needed,
        "location" | "tags" | "identity" => of_property(resource, name),
        "body" if !body_forms(resource).is_empty() => Standing::Needed,
        "resource_id" if place.present.iter().any(|it| it == "parent_id") => Standing::Useless,
        _ => Standing::Useful,
    }
}

/// As the type has a property of that name.
fn of_property(resource: &Resource<'_>, name: &str) -> Standing {
    let Some(version) = resource.version_or_newest() else { return Standing::Useful };
    let Some(property) = version.root_property(name) else { return Standing::Useless };
    match (property.flags().required(), property.flags().read_only()) {
        (true, _) => Standing::Needed,
        (false, true) => Standing::Useless,
        (false, false) => Standing::Useful,
    }
}

/// What every block of a kind needs, whatever its type: a line each, with a stop for its value.
pub(super) fn write_needed(writer: &mut Writer, definition: &provider::Block) {
    let by_rule = |name: &str| {
        definition.rules.iter().any(|rule| match rule {
            BlockRule::ExactlyOneOf { arguments, .. } => arguments.first().is_some_and(|first| first == name),
            BlockRule::RequiredUnlessType { argument, .. }
            | BlockRule::RequiredUnlessProviderHas { argument, .. } => argument == name,
            BlockRule::Requires { .. }
            | BlockRule::NotAlsoInBody { .. }
            | BlockRule::OnlyIf { .. }
            | BlockRule::NotIf { .. } => false,
        })
    };
    let usual = |name: &str| {
        let makes = definition.means.importable && matches!(name, "name" | "location" | "body");
        makes || name == "action" || (name == "body" && definition.means.body == BodyOf::Resource)
    };
    let needed = definition.arguments.iter().filter(|(name, argument)| {
        argument.can_be_set() && (argument.is_required() || by_rule(name) || usual(name))
    });
    let mut needed: Vec<(&String, &Argument)> = needed.collect();
    needed.sort_by_key(|(name, _)| Provider::get().place_of(name));
    let is_short = |argument: &Argument| argument.ty != ArgumentType::Dynamic;
    let short = needed.iter().filter(|(_, argument)| is_short(argument));
    let width = short.map(|(name, _)| name.len()).max().unwrap_or(0);
    for (at, (name, argument)) in needed.iter().enumerate() {
        if at > 0 {
            writer.line();
        }
        if !is_short(argument) {
            writer.raw(&format!("{name} = "));
            writer.value(&skeleton::Draft::Object(Vec::new()));
            continue;
        }
        writer.raw(&format!("{name:width$} = "));
        if name.ends_with("_id") {
            writer.stop();
        } else {
            writer.value(&skeleton::Draft::Text(String::new()));
        }
    }
    if needed.is_empty() {
        writer.stop();
    }
}

enum Shape<'a> {
    Argument(&'a Argument),
    Block(&'a NestedBlock, Option<&'a Resource<'a>>),
}

fn item(range: TextRange, has_value: bool, described: &Described<'_>, shape: &Shape<'_>) -> CompletionItem {
    let name = described.name.as_str();
    let deprecated = matches!(shape, Shape::Argument(argument) if argument.deprecated);
    let text = match shape {
        _ if has_value => name.to_owned(),
        Shape::Block(nested, resource) => with_required(name, nested, *resource),
        Shape::Argument(argument) => format!("{name} {}", opening(argument)),
    };
    let begins_string = text.ends_with("\"$0\"");
    CompletionItem {
        detail: Some(described.type_line(usize::MAX)),
        documentation: markdown::documentation(described),
        is_snippet: !has_value,
        deprecated,
        goes_on: begins_string
            && matches!(name, "type" | "parent_id" | "resource_id" | "location" | "action" | "method"),
        ..CompletionItem::new(CompletionKind::Argument, name, TextEdit::replace(range, text))
    }
}

fn meta(place: &Name<'_>, name: &str, behind: &str) -> CompletionItem {
    let text = if place.has_value { name.to_owned() } else { format!("{name} {behind}") };
    CompletionItem {
        is_snippet: !place.has_value,
        ..CompletionItem::new(CompletionKind::Argument, name, TextEdit::replace(place.range, text))
    }
}

/// A nested block with the arguments that it must have.
fn with_required(block: &str, nested: &NestedBlock, resource: Option<&Resource<'_>>) -> String {
    let mut writer = Writer::new(Style::Snippet, "");
    writer.raw(&format!("{block} {{"));
    writer.deeper();
    writer.line();
    let required: Vec<_> = nested.arguments.iter().filter(|(_, argument)| argument.is_required()).collect();
    for (at, (name, argument)) in required.iter().enumerate() {
        if at > 0 {
            writer.line();
        }
        writer.raw(&format!("{name} = "));
        let one_of = argument.rules.iter().find_map(|rule| match rule {
            ArgumentRule::OneOf { values, .. } => Some(values),
            _ => None,
        });
        let values = match resource.filter(|_| block == "identity" && *name == "type") {
            Some(resource) => argument_value::identity_types(resource),
            None => one_of.into_iter().flatten().cloned().collect(),
        };
        writer.value(&skeleton::Draft::choice(values));
    }
    if required.is_empty() {
        writer.stop();
    }
    writer.back();
    writer.line();
    writer.raw("}");
    writer.finish()
}

/// What follows a name, the cursor where the value goes. Editors indent it as the line they put it in.
fn opening(argument: &Argument) -> &'static str {
    match argument.ty {
        ArgumentType::String => "= \"$0\"",
        ArgumentType::List(_) => "= [$0]",
        ArgumentType::Object | ArgumentType::Map(_) => "= {\n  $0\n}",
        ArgumentType::Dynamic if argument.rules.contains(&ArgumentRule::NotAString) => "= {\n  $0\n}",
        ArgumentType::Bool | ArgumentType::Integer | ArgumentType::Number | ArgumentType::Dynamic => "= $0",
    }
}

#[cfg(test)]
mod tests;
