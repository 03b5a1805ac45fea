//! Items added to an object that is written out, as its other items are laid out.

use crate::syntax::ast::{self, AstNode};
use crate::syntax::{SyntaxKind, SyntaxNode};
use crate::text::{TextEdit, TextRange, TextSize};

/// One level more than the line around it.
const STEP: &str = "  ";

/// What the line begins with that a node begins on.
pub(super) fn indent_of(node: &SyntaxNode) -> String {
    let first = node.first_token();
    let mut blank = String::new();
    for token in std::iter::successors(first.and_then(|it| it.prev_token()), |it| it.prev_token()) {
        match token.kind() {
            SyntaxKind::NEWLINE => break,
            SyntaxKind::WHITESPACE => token.text().clone_into(&mut blank),
            _ => blank.clear(),
        }
    }
    blank
}

/// Adds what `write` gives for lines that are set in by its argument; `None` where the closing brace is missing.
pub(super) fn insert(object: &ast::Object, write: &dyn Fn(&str) -> String) -> Option<TextEdit> {
    let node = object.syntax();
    let close = node.last_token().filter(|token| token.kind() == SyntaxKind::R_BRACE)?;
    let indent = indent_of(node);
    let inner = format!("{indent}{STEP}");
    let inside = TextRange::new(node.text_range().start() + TextSize::of('{'), close.text_range().start());
    let items: Vec<ast::ObjectItem> = object.items().collect();
    let has_note = || node.children_with_tokens().any(|part| part.kind() == SyntaxKind::COMMENT);
    let Some(last) = items.last() else {
        if has_note() {
            let before = line_start(&close)?;
            return Some(TextEdit::insert(before, format!("{inner}{}\n", write(&inner))));
        }
        return Some(TextEdit::replace(inside, format!("\n{inner}{}\n{indent}", write(&inner))));
    };
    // On a line of its own, or behind the others on theirs.
    if let Some(before) = line_start(&close) {
        let inner = indent_of(last.syntax());
        return Some(TextEdit::insert(before, format!("{inner}{}\n", write(&inner))));
    }
    let text = write(&inner);
    // Notes between the items stay where they are.
    if (!text.contains('\n') && !node.text().to_string().contains('\n')) || has_note() {
        return Some(TextEdit::insert(last.syntax().text_range().end(), format!(", {text}")));
    }
    let lines = items.iter().map(|item| format!("\n{inner}{}", item.syntax().text()));
    let lines: String = lines.chain([format!("\n{inner}{text}\n{indent}")]).collect();
    Some(TextEdit::replace(inside, lines))
}

/// Where the line begins, of a closing brace that only blanks are before.
pub(super) fn line_start(close: &crate::syntax::SyntaxToken) -> Option<TextSize> {
    let mut start = close.text_range().start();
    for token in std::iter::successors(close.prev_token(), |it| it.prev_token()) {
        match token.kind() {
            SyntaxKind::NEWLINE => return Some(start),
            SyntaxKind::WHITESPACE => start = token.text_range().start(),
            _ => return None,
        }
    }
    None
}
