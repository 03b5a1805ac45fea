//! Completion of the provider's block types in the first label of a block.

use crate::azapi::provider::{self, Provider};
use crate::ide::reference::{self, markdown};
use crate::ide::request::Request;
use crate::ide::{CompletionItem, CompletionKind, Completions};
use crate::syntax::ast::{AstNode, Block, Label};
use crate::syntax::walk::{Bias, ancestor, token_at};
use crate::terraform::BlockKind;
use crate::text::{TextEdit, TextRange};

/// `None` where the place is in no first label, or in that of a block that the provider has no types for.
pub(super) fn complete(request: &Request<'_>) -> Option<Completions> {
    let file = request.module().file(request.file())?;
    let root = file.root();
    let label = [Bias::Left, Bias::Right]
        .into_iter()
        .find_map(|bias| ancestor::<Label>(&token_at(root.syntax(), request.offset(), bias)?))?;
    let range = label.text_range();
    let block = label.syntax().parent().and_then(Block::cast)?;
    if !range.contains_inclusive(request.offset()) || block.labels().next().as_ref() != Some(&label) {
        return None;
    }
    let kind = BlockKind::from_keyword(&block.keyword())?;
    let blocks = Provider::get().blocks(kind);
    let quoted = label.is_quoted();
    let items = blocks.map(|(name, definition)| item(name, definition, range, quoted));
    Some(Completions { items: items.collect(), incomplete: false })
}

fn item(name: &str, definition: &provider::Block, range: TextRange, quoted: bool) -> CompletionItem {
    let text = if quoted { name.to_owned() } else { format!("\"{name}\"") };
    CompletionItem {
        label: name.to_owned(),
        kind: CompletionKind::Argument,
        detail: None,
        documentation: markdown::documentation(&reference::block(name, definition)),
        sort_text: name.to_owned(),
        filter_text: None,
        edit: TextEdit::replace(range, text),
        preselect: false,
        is_snippet: false,
        deprecated: false,
    }
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
