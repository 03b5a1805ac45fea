//! Completion of the provider's block types in the first label of a block.

use super::{CompletionItem, CompletionKind};
use crate::azapi::place::Name;
use crate::azapi::provider::Provider;
use crate::ide::reference::{self, markdown};
use crate::terraform::BlockKind;
use crate::text::TextEdit;

/// The types of blocks of this kind.
pub(super) fn complete(place: &Name<'_>, kind: BlockKind, is_quoted: bool) -> Vec<CompletionItem> {
    let blocks = Provider::get().blocks(kind).map(|(name, definition)| {
        let text = if is_quoted { name.to_owned() } else { format!("\"{name}\"") };
        CompletionItem {
            documentation: markdown::documentation(&reference::block(name, definition)),
            ..CompletionItem::new(CompletionKind::Argument, name, TextEdit::replace(place.range, text))
        }
    });
    blocks.collect()
}

#[cfg(test)]
mod tests {
    use crate::ide::fixture::Fixture;

    fn accepted(text: &str, label: &str) -> Option<String> {
        let fixture = Fixture::alone(text);
        let found = fixture.analysis().completion(fixture.at());
        let item = found.items.iter().find(|item| item.label == label)?;
        Some(fixture.accepted(item))
    }

    #[test]
    fn the_first_label_takes_the_types_of_the_blocks_kind() {
        for (text, label, after) in [
            ("resource \"$0\"", "azapi_resource", Some("resource \"azapi_resource\"")),
            ("resource \"azapi_re$0", "azapi_resource", Some("resource \"azapi_resource")),
            ("resource azapi$0 {\n}", "azapi_resource", Some("resource \"azapi_resource\" {\n}")),
            (
                "resource \"azapi$0\" \"x\" {\n}",
                "azapi_resource",
                Some("resource \"azapi_resource\" \"x\" {\n}"),
            ),
            ("data \"$0\" {}", "azapi_resource_id", Some("data \"azapi_resource_id\" {}")),
            ("resource \"$0\" {}", "azapi_resource_id", None),
            ("resource \"a\" \"$0\" {}", "azapi_resource", None),
            ("variable \"$0\" {}", "azapi_resource", None),
        ] {
            assert_eq!(accepted(text, label).as_deref(), after, "{text}");
        }
    }
}
