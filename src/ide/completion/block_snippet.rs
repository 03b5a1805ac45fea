//! Completion of whole blocks: at the start of a line, and in the first label.

use super::type_slot::text;
use super::{CompletionItem, CompletionKind, Completions, argument_name};
use crate::azapi::place::Name;
use crate::azapi::provider::{self, Provider};
use crate::azapi::skeleton::{Style, Writer};
use crate::ide::reference::{self, markdown};
use crate::ide::request::Request;
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{self, AstNode};
use crate::syntax::walk::{Bias, token_at};
use crate::terraform::BlockKind;
use crate::text::{TextEdit, TextRange, TextSize};

/// Blocks of azapi's at the start of a line outside of all blocks; empty elsewhere.
pub(super) fn complete(request: &Request<'_>) -> Completions {
    let Some(word) = word_at_top(request) else { return Completions::default() };
    let typed = text(request, word).unwrap_or_default();
    let kinds =
        [BlockKind::Resource, BlockKind::Data, BlockKind::Ephemeral, BlockKind::Action, BlockKind::List];
    let is_query = request.source().is_some_and(|source| source.path.to_string_lossy().contains(".tfquery."));
    let mut items = Vec::new();
    for kind in kinds.into_iter().filter(|kind| (*kind == BlockKind::List) == is_query) {
        for (name, definition) in Provider::get().blocks(kind) {
            let keyword = kind.keyword();
            let mut writer = Writer::new(Style::Snippet, "");
            writer.raw(&format!("{keyword} \"{name}\" "));
            rest_of_block(&mut writer, kind, definition);
            items.push(CompletionItem {
                detail: definition.summary.clone(),
                documentation: markdown::documentation(&reference::block(name, definition)),
                // VS Code prefers what matches further in front: the keywords' lengths must not decide.
                filter_text: Some(format!("{name} {keyword}")),
                ..CompletionItem::new(
                    CompletionKind::Snippet,
                    format!("{keyword} \"{name}\""),
                    TextEdit::replace(word, writer.finish()),
                )
            });
        }
    }
    items.sort_by_key(|item| !item.label.ends_with("\"azapi_resource\""));
    if !is_query {
        items.push(provider_block(word));
    }
    Completions::ordered(items, &typed)
}

fn provider_block(word: TextRange) -> CompletionItem {
    CompletionItem {
        filter_text: Some("azapi provider".to_owned()),
        ..CompletionItem::new(
            CompletionKind::Snippet,
            "provider \"azapi\"",
            TextEdit::replace(word, "provider \"azapi\" {\n  $0\n}"),
        )
    }
}

/// The rest of the block behind its type in the first label, where nothing stands behind it yet.
pub(super) fn in_label(
    request: &Request<'_>,
    name: &Name<'_>,
    kind: BlockKind,
    is_quoted: bool,
) -> Vec<CompletionItem> {
    if name.has_value {
        return Vec::new();
    }
    let range = if is_quoted { with_quotes(request, name.range) } else { name.range };
    let written = text(request, range).unwrap_or_default();
    let blocks = Provider::get().blocks(kind).map(|(name, definition)| {
        let mut writer = Writer::new(Style::Snippet, "");
        writer.raw(&format!("\"{name}\" "));
        rest_of_block(&mut writer, kind, definition);
        let quote = if written.starts_with('"') { "\"" } else { "" };
        CompletionItem {
            aside: Some("whole block".to_owned()),
            documentation: markdown::documentation(&reference::block(name, definition)),
            filter_text: Some(format!("{quote}{name}")),
            ..CompletionItem::new(
                CompletionKind::Snippet,
                format!("{name} {{…}}"),
                TextEdit::replace(range, writer.finish()),
            )
        }
    });
    blocks.collect()
}

/// The range with the quotes around it.
fn with_quotes(request: &Request<'_>, range: TextRange) -> TextRange {
    let quote = TextSize::of('"');
    let is_quote = |range: TextRange| text(request, range).as_deref() == Some("\"");
    let start = range.start().checked_sub(quote).filter(|&start| is_quote(TextRange::at(start, quote)));
    let has_end = is_quote(TextRange::at(range.end(), quote));
    TextRange::new(start.unwrap_or(range.start()), if has_end { range.end() + quote } else { range.end() })
}

/// The second label and what such a block needs, each argument a stop.
fn rest_of_block(writer: &mut Writer, kind: BlockKind, definition: &provider::Block) {
    writer.raw("\"");
    writer.placeholder("name");
    writer.raw("\" {");
    writer.deeper();
    writer.line();
    let has_config = matches!(kind, BlockKind::List | BlockKind::Action);
    if kind == BlockKind::List {
        writer.raw("provider = azapi");
        writer.line();
        writer.line();
    }
    if has_config {
        writer.raw("config {");
        writer.deeper();
        writer.line();
    }
    argument_name::write_needed(writer, definition);
    if has_config {
        writer.back();
        writer.line();
        writer.raw("}");
    }
    writer.back();
    writer.line();
    writer.raw("}");
}

/// What is written of a word that begins a line outside of all blocks.
fn word_at_top(request: &Request<'_>) -> Option<TextRange> {
    let rope = &request.source()?.rope;
    let at = usize::from(request.offset());
    let line_start = rope.line_to_byte(rope.byte_to_line(at));
    let before = rope.get_byte_slice(line_start..at)?.to_string();
    if !before.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let rest = rope.get_byte_slice(at..)?;
    let behind: usize =
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').map(char::len_utf8).sum();
    // What follows on the line belongs to what is there.
    let next = rest.get_byte_slice(behind..)?.chars().find(|c| !matches!(c, ' ' | '\t'));
    if next.is_some_and(|c| !matches!(c, '\n' | '\r' | '#' | '/')) {
        return None;
    }
    let range =
        |start: usize, end: usize| TextRange::new(TextSize::new(start as u32), TextSize::new(end as u32));
    let line = TextSize::new(line_start as u32);
    let file = request.module().file(request.file())?;
    if token_at(file.root().syntax(), request.offset(), Bias::Left)
        .is_some_and(|it| it.kind() == SyntaxKind::COMMENT)
    {
        return None;
    }
    let items: Vec<ast::Item> = file.root().body().items().collect();
    let above = items.iter().rfind(|item| item.syntax().text_range().start() < line);
    let is_inside = above.is_some_and(|item| {
        let is_open = matches!(item, ast::Item::Block(block) if block.close_brace().is_none_or(|brace| brace.text_range().is_empty()));
        item.syntax().text_range().end() > line || is_open
    });
    (!is_inside).then(|| range(line_start, at + behind))
}
