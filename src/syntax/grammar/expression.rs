//! Expressions: operators by precedence, terms with what follows them, calls.

use super::super::kind::SyntaxKind::{self, *};
use super::super::parser::{Done, Parser};
use super::collection::{list_element, object, separator, tuple};
use super::{at_expression, template};

/// expression = binary (`?` expression `:` expression)? ; `None` if none begins here.
pub(super) fn expression(p: &mut Parser<'_>) -> Option<Done> {
    if !at_expression(p) {
        return None;
    }
    if p.is_too_deep(None) {
        return Some(p.too_deep());
    }
    let condition = binary(p, 1)?;
    if !p.at(QUESTION) {
        return Some(condition);
    }
    if p.is_too_deep(Some(condition)) {
        p.too_deep();
        return Some(condition);
    }
    p.wrap(condition, CONDITIONAL_EXPR);
    p.bump();
    operand(p, "expected a value after `?`");
    if p.expect(COLON, "expected `:` and a value for the other case") {
        operand(p, "expected a value after `:`");
    }
    Some(p.finish_wrap(condition))
}

/// An expression that must be there.
pub(super) fn operand(p: &mut Parser<'_>, message: &str) {
    if expression(p).is_none() {
        p.missing(message);
    }
}

pub(super) fn starts_expression(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        IDENT
            | NUMBER
            | OPEN_QUOTE
            | HEREDOC_BEGIN
            | L_BRACKET
            | L_BRACE
            | L_PAREN
            | MINUS
            | BANG
            | ERROR_TOKEN
    )
}

fn precedence(kind: SyntaxKind) -> Option<u8> {
    match kind {
        OR_OR => Some(1),
        AND_AND => Some(2),
        EQ_EQ | NOT_EQ => Some(3),
        LT | LT_EQ | GT | GT_EQ => Some(4),
        PLUS | MINUS => Some(5),
        STAR | SLASH | PERCENT => Some(6),
        _ => None,
    }
}

/// binary = unary (operator unary)* ; left-associative, operators of at least `least` precedence.
fn binary(p: &mut Parser<'_>, least: u8) -> Option<Done> {
    let mut left = unary(p)?;
    while let Some(level) = p.current().and_then(precedence)
        && level >= least
    {
        if p.is_too_deep(Some(left)) {
            p.too_deep();
            break;
        }
        p.wrap(left, BINARY_EXPR);
        let operator = p.current_text();
        p.bump();
        if binary(p, level + 1).is_none() {
            p.missing(&format!("expected a value after `{operator}`"));
        }
        left = p.finish_wrap(left);
    }
    Some(left)
}

/// unary = (`-` | `!`) unary | postfix
fn unary(p: &mut Parser<'_>) -> Option<Done> {
    if !matches!(p.current(), Some(MINUS | BANG)) {
        return postfix(p);
    }
    if p.is_too_deep(None) {
        return Some(p.too_deep());
    }
    let start = p.here();
    let operator = p.current_text();
    p.start_at(start, UNARY_EXPR);
    p.bump();
    if unary(p).is_none() {
        p.missing(&format!("expected a value after `{operator}`"));
    }
    Some(p.finish_at(start))
}

/// postfix = term (`.` name | `.` number | `.*` | `[` expression `]` | `[*]`)*
fn postfix(p: &mut Parser<'_>) -> Option<Done> {
    let mut base = term(p)?;
    let mut is_in_attribute_splat = false;
    while matches!(p.current(), Some(DOT | L_BRACKET)) {
        if p.is_too_deep(Some(base)) {
            p.too_deep();
            break;
        }
        if p.at(DOT) {
            let is_splat = matches!(p.second(), Some((STAR, _)));
            if is_splat && is_in_attribute_splat {
                p.error_here("a second `.*` cannot follow the first: write `[*]`");
            }
            is_in_attribute_splat |= is_splat;
            attribute_step(p, base)
        } else {
            is_in_attribute_splat = false;
            index_step(p, base)
        }
        base = p.finish_wrap(base);
    }
    Some(base)
}

fn attribute_step(p: &mut Parser<'_>, base: Done) {
    if matches!(p.second(), Some((STAR, _))) {
        p.wrap(base, SPLAT_EXPR);
        p.bump();
        return p.bump();
    }
    p.wrap(base, GET_ATTR_EXPR);
    p.bump();
    if matches!(p.current(), Some(IDENT | NUMBER)) {
        p.bump();
    } else {
        p.missing("expected a name after `.`");
    }
}

fn index_step(p: &mut Parser<'_>, base: Done) {
    let is_splat = matches!(p.second(), Some((STAR, _)));
    p.wrap(base, if is_splat { SPLAT_EXPR } else { INDEX_EXPR });
    p.bump();
    if is_splat {
        p.bump();
        if p.at(NEWLINE) {
            p.missing("expected `]` on the line of the `*`");
        }
    }
    let newlines = p.set_newlines(false);
    if !is_splat {
        operand(p, "expected an index or a key in `[ ]`");
    }
    p.close(R_BRACKET, "expected `]` behind the index");
    p.set_newlines(newlines);
}

/// term = number | name | call | template | heredoc | tuple | object | for | `(` expression `)`
fn term(p: &mut Parser<'_>) -> Option<Done> {
    let kind = p.current()?;
    let start = p.here();
    match kind {
        NUMBER => {
            p.start_at(start, LITERAL_EXPR);
            p.bump();
        }
        IDENT => {
            let is_literal = matches!(p.current_text(), "true" | "false" | "null");
            match p.second() {
                Some((L_PAREN | COLON_COLON, _)) => {
                    p.start_at(start, CALL_EXPR);
                    call(p);
                }
                _ => {
                    p.start_at(start, if is_literal { LITERAL_EXPR } else { VARIABLE_EXPR });
                    p.bump();
                }
            }
        }
        OPEN_QUOTE => return Some(template::quoted(p)),
        HEREDOC_BEGIN => return Some(template::heredoc(p)),
        L_BRACKET => tuple(p),
        L_BRACE => object(p),
        L_PAREN => {
            p.start(PAREN_EXPR);
            p.bump();
            let newlines = p.set_newlines(false);
            operand(p, "expected an expression in `( )`");
            p.close(R_PAREN, "expected `)`");
            p.set_newlines(newlines);
        }
        ERROR_TOKEN => {
            p.start(ERROR);
            p.bump();
        }
        _ => return None,
    }
    Some(p.finish_at(start))
}

/// call = name (`::` name)* `(` (expression (`,` expression)* (`,` | `...`)?)? `)`
fn call(p: &mut Parser<'_>) {
    p.start(FUNCTION_NAME);
    p.bump();
    while p.opt(COLON_COLON) {
        p.expect(IDENT, "expected a function's name after `::`");
    }
    p.finish();
    if !p.at(L_PAREN) {
        return p.missing("expected `(` and the function's arguments");
    }
    p.start(ARGUMENTS);
    p.bump();
    let newlines = p.set_newlines(false);
    while !p.at_closer() {
        if p.at(ELLIPSIS) {
            p.missing("expected the argument that `...` expands");
        } else {
            list_element(p, "expected an argument");
        }
        if p.opt(ELLIPSIS) {
            break;
        }
        separator(p);
    }
    p.close(R_PAREN, "expected `)` behind the function's arguments");
    p.set_newlines(newlines);
    p.finish();
}
