//! Completion of the names of arguments and nested blocks, as the provider defines them.

use crate::azapi::Resource;
use crate::azapi::place::Name;
use crate::azapi::provider::{Argument, ArgumentRule, ArgumentType, Nesting, Provider};
use crate::ide::reference::{self, Described, markdown};
use crate::ide::{CompletionItem, CompletionKind, Completions};
use crate::text::TextEdit;

/// What may still be set at the place: required ones first, deprecated ones last.
pub(super) fn complete(place: &Name<'_>, resource: &Resource<'_>, path: &[String]) -> Completions {
    let missing = |name: &str| !place.present.iter().any(|present| present == name);
    let definition = resource.block.definition;
    let mut items = Vec::new();
    let arguments = match path {
        [] => {
            for (name, nested) in &definition.blocks {
                if nested.nesting == Nesting::List || missing(name) {
                    items.push(item(place, &reference::nested_block(name, nested), Shape::Block));
                }
            }
            Some(&definition.arguments)
        }
        [name] if definition.blocks.contains_key(name) => definition.blocks.get(name).map(|it| &it.arguments),
        path => Provider::argument_at(definition, path).map(|argument| &argument.arguments),
    };
    let settable = arguments.into_iter().flatten().filter(|(_, argument)| argument.can_be_set());
    for (name, argument) in settable.filter(|(name, _)| missing(name)) {
        let described = reference::argument(name.clone(), argument);
        items.push(item(place, &described, Shape::Argument(argument)));
    }
    items.sort_by(|one, other| one.sort_text.cmp(&other.sort_text));
    Completions { items, incomplete: false }
}

enum Shape<'a> {
    Argument(&'a Argument),
    Block,
}

fn item(place: &Name<'_>, described: &Described<'_>, shape: Shape<'_>) -> CompletionItem {
    let name = described.name.as_str();
    let (rank, deprecated) = match &shape {
        Shape::Argument(argument) if argument.deprecated => (2, true),
        Shape::Argument(argument) => (if argument.is_required() { 0 } else { 1 }, false),
        Shape::Block => (1, false),
    };
    let text = if place.has_value { name.to_owned() } else { format!("{name} {}", opening(&shape)) };
    CompletionItem {
        label: name.to_owned(),
        kind: CompletionKind::Argument,
        detail: Some(described.type_line(usize::MAX)),
        documentation: markdown::documentation(described),
        sort_text: format!("{rank}{name}"),
        filter_text: None,
        edit: TextEdit::replace(place.range, text),
        preselect: false,
        is_snippet: !place.has_value,
        deprecated,
    }
}

/// What follows a name, the cursor where the value goes. Editors indent it as the line they put it in.
fn opening(shape: &Shape<'_>) -> &'static str {
    let Shape::Argument(argument) = shape else { return "{\n  $0\n}" };
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
