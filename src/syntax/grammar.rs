//! The grammar: file, body, block, attribute. One function per rule, the rule in its doc.

mod collection;
pub(super) mod expression;
pub(super) mod recovery;
pub(super) mod template;

use self::expression::{expression, starts_expression};
use super::kind::SyntaxKind::*;
use super::parser::Parser;

const LINE_BREAK: &str = "expected a line break here";

/// body = (item line-break)* ; stops before a closing token.
pub(super) fn body(p: &mut Parser<'_>) {
    loop {
        while p.opt(NEWLINE) {}
        if p.at_item_end() {
            return;
        }
        item(p);
        item_end(p);
    }
}

/// What follows an item in a body of several lines.
fn item_end(p: &mut Parser<'_>) {
    if p.is_after_closed() {
        return;
    }
    if p.at(COMMA) {
        p.unexpected("attributes of a body stand on lines of their own, without commas", &[]);
    }
    p.unexpected(LINE_BREAK, &[]);
    if p.at_closer() && !p.is_missing() {
        p.missing("expected a line break before the closing `}`");
    }
}

/// item = attribute | block
fn item(p: &mut Parser<'_>) {
    if p.at(OPEN_QUOTE) {
        return quoted_name(p);
    }
    if !p.at(IDENT) {
        return p.unexpected("expected an attribute, `name = value`, or a block, `type { … }`", &[]);
    }
    let start = p.here();
    let name = p.current_text();
    p.bump();
    match p.current() {
        Some(OPEN_QUOTE | IDENT | L_BRACE) => {
            p.start_at(start, BLOCK);
            block(p, name);
        }
        _ => {
            p.start_at(start, ATTRIBUTE);
            attribute(p, name);
        }
    }
    p.finish();
}

/// attribute = name `=` expression ; behind the name.
fn attribute(p: &mut Parser<'_>, name: &str) {
    match p.current() {
        Some(EQ) => p.bump(),
        Some(COLON | EQ_EQ | FAT_ARROW) => {
            p.error_here(&format!("expected `=` after `{name}`"));
            p.start(ERROR);
            p.bump();
            p.finish();
        }
        Some(NUMBER | L_BRACKET | HEREDOC_BEGIN) => p.missing(&format!("expected `=` after `{name}`")),
        _ if p.at_item_end() => {
            return p.missing(&format!(
                "`{name}` has no value: expected `=` and an expression, or a block's `{{`"
            ));
        }
        _ => return p.unexpected(&format!("expected `=` after `{name}`"), &[]),
    }
    if expression(p).is_none() {
        if p.at_item_end() {
            p.missing(&format!("`{name}` has no value: expected an expression after `=`"));
        } else {
            p.unexpected("expected an expression", &[]);
        }
    }
}

/// An attribute whose name is quoted, as in JSON.
fn quoted_name(p: &mut Parser<'_>) {
    p.start(ATTRIBUTE);
    p.error_here("the name of an attribute is written without quotes");
    p.start(ERROR);
    template::quoted(p);
    p.finish();
    if matches!(p.current(), Some(EQ | COLON)) {
        p.bump();
        expression(p);
    }
    p.finish();
}

/// block = type label* `{` body `}` ; behind the type.
fn block(p: &mut Parser<'_>, name: &str) {
    let mut has_labels = false;
    while matches!(p.current(), Some(OPEN_QUOTE | IDENT)) {
        label(p);
        has_labels = true;
    }
    if has_labels && p.at(NEWLINE) && p.second_past_newlines() == Some(L_BRACE) {
        p.missing("the `{` of a block must stand on the line of its header");
        while p.opt(NEWLINE) {}
    }
    if !p.at(L_BRACE) {
        let message = if has_labels {
            format!("expected `{{` to open the block, or `=` after `{name}` if it is an attribute")
        } else {
            format!("expected `{{` to open the block `{name}`")
        };
        return if p.at_item_end() { p.missing(&message) } else { p.unexpected(&message, &[]) };
    }
    if p.is_missing() {
        p.missing(&format!("expected `{{` to open the block `{name}`"));
    }
    let newlines = p.set_newlines(true);
    p.bump();
    p.start_before_trivia(BODY);
    if p.is_too_deep(None) {
        while !p.at_closer() {
            p.opt(NEWLINE);
            p.too_deep();
        }
    } else if p.at(NEWLINE) {
        body(p);
    } else {
        one_line_body(p);
    }
    p.skip_trivia();
    p.finish();
    p.close(R_BRACE, &format!("`}}` is missing: the block `{name}` is not closed"));
    p.set_newlines(newlines);
}

/// one-line-body = attribute? ; the block must end on its line.
fn one_line_body(p: &mut Parser<'_>) {
    if p.at_closer() {
        return;
    }
    if p.at(IDENT) && matches!(p.second(), Some((L_BRACE | OPEN_QUOTE | IDENT, _))) {
        p.error_here("a block in a block must begin on a line of its own");
    }
    item(p);
    if p.is_after_closed() {
        return body(p);
    }
    if p.at(NEWLINE) {
        p.missing("expected `}`: a block that begins with an attribute on its line ends there");
        return body(p);
    }
    while !p.at_closer() && !p.at(NEWLINE) && p.current().is_some() {
        p.error_here("a block on one line holds one attribute: expected a line break before the next");
        p.opt(COMMA);
        if p.at(IDENT) { item(p) } else { p.unexpected(LINE_BREAK, &[]) }
    }
    body(p);
}

/// label = name | quoted text
fn label(p: &mut Parser<'_>) {
    p.start(LABEL);
    if p.at(OPEN_QUOTE) {
        p.bump();
        let outer_escapes = std::mem::replace(&mut p.has_escapes, true);
        while !p.at_closer() {
            if p.at(TEMPLATE_TEXT) {
                template::text(p);
            } else {
                p.error_here("a label is plain text, without `${` or `%{`");
                template::part(p);
            }
        }
        p.has_escapes = outer_escapes;
        p.close(CLOSE_QUOTE, "the closing quote `\"` of this label is missing");
    } else {
        p.bump();
    }
    p.finish();
}

/// Whether an expression can begin at the next token.
pub(super) fn at_expression(p: &Parser<'_>) -> bool {
    p.current().is_some_and(starts_expression)
}
