//! Quoted templates and heredocs: text, interpolations, directives.

use super::super::kind::SyntaxKind::{self, *};
use super::super::literal;
use super::super::parser::{Done, Parser};
use super::collection::for_variables;
use super::expression::operand;

const IF: usize = 0;
const FOR: usize = 1;

/// quoted = `"` part* `"`
pub(super) fn quoted(p: &mut Parser<'_>) -> Done {
    let start = p.here();
    p.start_at(start, TEMPLATE_EXPR);
    p.bump();
    parts_of_all(p, true);
    p.close(CLOSE_QUOTE, "the closing quote `\"` is missing");
    p.finish_at(start)
}

/// heredoc = `<<` `-`? name line-break part* name
pub(super) fn heredoc(p: &mut Parser<'_>) -> Done {
    let start = p.here();
    let name = p.current_text().trim_start_matches(['<', '-']);
    p.start_at(start, HEREDOC_EXPR);
    p.bump();
    p.opt(NEWLINE);
    parts_of_all(p, false);
    p.close(HEREDOC_END, &format!("the line `{name}` that closes this heredoc is missing"));
    p.finish_at(start)
}

/// All parts up to the closing token, with directives of their own.
fn parts_of_all(p: &mut Parser<'_>, has_escapes: bool) {
    let outer = std::mem::take(&mut p.template_tags);
    let outer_escapes = std::mem::replace(&mut p.has_escapes, has_escapes);
    while !p.at_closer() && p.current().is_some() {
        part(p);
    }
    p.template_tags = outer;
    p.has_escapes = outer_escapes;
}

/// part = text | interpolation | directive
pub(super) fn part(p: &mut Parser<'_>) {
    if p.is_too_deep(None) {
        p.too_deep();
        return;
    }
    match p.current() {
        Some(INTERPOLATION_OPEN) => interpolation(p),
        Some(DIRECTIVE_OPEN) => match p.directive_word() {
            "if" => template_if(p),
            "for" => template_for(p),
            "else" => stray_tag(p, ELSE_TAG, "this `else` is in no `%{ if }`"),
            "endif" => stray_tag(p, ENDIF_TAG, "this `endif` ends no `%{ if }`"),
            "endfor" => stray_tag(p, ENDFOR_TAG, "this `endfor` ends no `%{ for }`"),
            _ => unknown_directive(p),
        },
        _ => text(p),
    }
}

pub(super) fn text(p: &mut Parser<'_>) {
    if p.has_escapes {
        let text = p.current_text();
        for (start, len) in literal::bad_escapes(text) {
            let escape = &text[start..start + len];
            p.error_in_next(
                start,
                start + len,
                &format!("`{escape}` is not an escape sequence; a backslash is written `\\\\`"),
            );
        }
    }
    p.bump();
}

/// interpolation = `${` `~`? expression `~`? `}`
fn interpolation(p: &mut Parser<'_>) {
    p.start(INTERPOLATION);
    enclosed(
        p,
        |p| operand(p, "expected an expression in `${ }`"),
        "`}` is missing: the interpolation `${` is not closed",
    );
    p.finish();
}

/// What stands between `${` or `%{` and its `}`.
fn enclosed(p: &mut Parser<'_>, inside: impl FnOnce(&mut Parser<'_>), unclosed: &str) {
    p.bump();
    let newlines = p.set_newlines(false);
    p.opt(STRIP);
    inside(p);
    if !p.at(STRIP) {
        p.unexpected("expected `}` here", &[STRIP]);
    }
    p.opt(STRIP);
    p.close(TEMPLATE_CLOSE, unclosed);
    p.set_newlines(newlines);
}

fn tag(p: &mut Parser<'_>, kind: SyntaxKind, inside: impl FnOnce(&mut Parser<'_>)) {
    p.start(kind);
    enclosed(
        p,
        |p| {
            p.bump();
            inside(p);
        },
        "`}` is missing: the directive `%{` is not closed",
    );
    p.finish();
}

/// if = `%{ if` expression `}` part* (`%{ else }` part*)? `%{ endif }`
fn template_if(p: &mut Parser<'_>) {
    p.start(TEMPLATE_IF);
    p.template_tags[IF] += 1;
    tag(p, IF_TAG, |p| operand(p, "expected a condition after `if`"));
    tag_body(p);
    if at_directive(p, "else") {
        tag(p, ELSE_TAG, |_| ());
        tag_body(p);
    }
    p.template_tags[IF] -= 1;
    if at_directive(p, "endif") {
        tag(p, ENDIF_TAG, |_| ());
    } else {
        p.missing("expected `%{ endif }`");
    }
    p.finish();
}

/// for = `%{ for` variables `}` part* `%{ endfor }`
fn template_for(p: &mut Parser<'_>) {
    p.start(TEMPLATE_FOR);
    p.template_tags[FOR] += 1;
    tag(p, FOR_TAG, for_variables);
    tag_body(p);
    p.template_tags[FOR] -= 1;
    if at_directive(p, "endfor") {
        tag(p, ENDFOR_TAG, |_| ());
    } else {
        p.missing("expected `%{ endfor }`");
    }
    p.finish();
}

/// Parts up to a tag that an open directive waits for.
fn tag_body(p: &mut Parser<'_>) {
    p.start(TEMPLATE_BODY);
    while !p.at_closer() && p.current().is_some() && !at_awaited_tag(p) {
        part(p);
    }
    p.finish();
}

fn at_awaited_tag(p: &Parser<'_>) -> bool {
    p.at(DIRECTIVE_OPEN)
        && match p.directive_word() {
            "else" | "endif" => p.template_tags[IF] > 0,
            "endfor" => p.template_tags[FOR] > 0,
            _ => false,
        }
}

fn at_directive(p: &Parser<'_>, word: &str) -> bool {
    p.at(DIRECTIVE_OPEN) && p.directive_word() == word
}

fn stray_tag(p: &mut Parser<'_>, kind: SyntaxKind, message: &str) {
    p.error_here(message);
    tag(p, kind, |_| ());
}

fn unknown_directive(p: &mut Parser<'_>) {
    p.start(ERROR);
    let known = "expected `if`, `else`, `endif`, `for` or `endfor` in `%{ }`";
    enclosed(
        p,
        |p| if p.at_closer() { p.missing(known) } else { p.unexpected(known, &[STRIP]) },
        "`}` is missing: the directive `%{` is not closed",
    );
    p.finish();
}
