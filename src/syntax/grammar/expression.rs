//! Expressions: operators by precedence, terms with what follows them, collections, `for`.

use super::super::kind::SyntaxKind::{self, *};
use super::super::parser::{Done, Parser};
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
    while matches!(p.current(), Some(DOT | L_BRACKET)) {
        if p.is_too_deep(Some(base)) {
            p.too_deep();
            break;
        }
        if p.at(DOT) {
            attribute_step(p, base)
        } else {
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
    let is_splat = p.second_past_newlines() == Some(STAR);
    p.wrap(base, if is_splat { SPLAT_EXPR } else { INDEX_EXPR });
    p.bump();
    let newlines = p.set_newlines(false);
    if is_splat {
        p.bump();
    } else {
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
        list_element(p, "expected an argument");
        if p.opt(ELLIPSIS) {
            break;
        }
        separator(p);
    }
    p.close(R_PAREN, "expected `)` behind the function's arguments");
    p.set_newlines(newlines);
    p.finish();
}

fn list_element(p: &mut Parser<'_>, message: &str) {
    if expression(p).is_none() {
        if p.at(COMMA) {
            p.error_here(&format!("{message} before `,`"));
        } else {
            p.unexpected(message, &[COMMA, ELLIPSIS]);
        }
    }
}

/// `,` between elements; without one the next element begins all the same.
fn separator(p: &mut Parser<'_>) {
    if p.opt(COMMA) || p.at_closer() {
        return;
    }
    if at_expression(p) && !p.at(ERROR_TOKEN) {
        p.missing("expected `,` before the next element");
    } else {
        p.unexpected("expected `,` or the closing bracket", &[COMMA]);
        p.opt(COMMA);
    }
}

/// tuple = `[` (expression (`,` expression)* `,`?)? `]` ; or a for expression.
fn tuple(p: &mut Parser<'_>) {
    let start = p.here();
    p.bump();
    let newlines = p.set_newlines(false);
    if p.at_word("for") {
        p.start_at(start, FOR_TUPLE_EXPR);
        for_expression(p, false);
    } else {
        p.start_at(start, TUPLE_EXPR);
        while !p.at_closer() {
            list_element(p, "expected a value");
            separator(p);
        }
    }
    p.close(R_BRACKET, "`]` is missing: the list is not closed");
    p.set_newlines(newlines);
}

/// object = `{` (item ((`,` | line-break) item)* `,`?)? `}` ; or a for expression.
fn object(p: &mut Parser<'_>) {
    let start = p.here();
    p.bump();
    let newlines = p.set_newlines(false);
    let is_for = p.at_word("for") && !matches!(p.second(), Some((EQ | COLON, _)));
    if is_for {
        p.start_at(start, FOR_OBJECT_EXPR);
        for_expression(p, true);
    } else {
        p.set_newlines(true);
        p.start_at(start, OBJECT_EXPR);
        object_items(p);
    }
    p.close(R_BRACE, "`}` is missing: the object is not closed");
    p.set_newlines(newlines);
}

fn object_items(p: &mut Parser<'_>) {
    loop {
        while p.opt(NEWLINE) {}
        if p.at_closer() || p.current().is_none() {
            return;
        }
        if at_expression(p) {
            object_item(p);
        } else if !p.at(COMMA) {
            p.unexpected("expected an item, `key = value`", &[COMMA]);
        } else {
            p.error_here("expected an item before `,`");
        }
        if p.opt(COMMA) || p.at_item_end() || p.is_after_closed() {
            continue;
        }
        if at_expression(p) && !p.at(ERROR_TOKEN) {
            p.missing("expected `,` or a line break before the next item");
        } else {
            p.unexpected("expected `,` or a line break", &[COMMA]);
            p.opt(COMMA);
        }
    }
}

/// item = expression (`=` | `:`) expression
fn object_item(p: &mut Parser<'_>) {
    p.start(OBJECT_ITEM);
    if p.at_word("for") {
        p.error_here("`for` as a key is written in quotes");
    }
    p.start(OBJECT_KEY);
    expression(p);
    p.finish();
    match p.current() {
        Some(EQ | COLON) => {
            p.bump();
            operand(p, "this key has no value: expected an expression");
        }
        Some(EQ_EQ | FAT_ARROW) => {
            p.error_here("expected `=` or `:` between key and value");
            p.start(ERROR);
            p.bump();
            p.finish();
            operand(p, "this key has no value: expected an expression");
        }
        _ => p.missing("this key has no value: expected `=` and an expression"),
    }
    p.finish();
}

/// for = intro expression (`=>` expression `...`?)? (`if` expression)? ; inside the brackets.
fn for_expression(p: &mut Parser<'_>, is_object: bool) {
    p.start(FOR_INTRO);
    p.bump();
    for_variables(p);
    p.expect(COLON, "expected `:` and what each element becomes");
    p.finish();
    operand(p, "expected what each element becomes");
    if is_object {
        if p.expect(FAT_ARROW, "expected `=>` and the value of each item") {
            operand(p, "expected the value of each item after `=>`");
        }
        p.opt(ELLIPSIS);
    }
    if p.at_word("if") {
        p.start(FOR_CONDITION);
        p.bump();
        operand(p, "expected a condition after `if`");
        p.finish();
    }
}

/// variables = name (`,` name)? `in` expression ; behind `for`.
pub(super) fn for_variables(p: &mut Parser<'_>) {
    if p.at_word("in") && !matches!(p.second(), Some((COMMA, _) | (IDENT, "in"))) {
        p.missing("expected a name after `for`");
    } else {
        p.expect(IDENT, "expected a name after `for`");
        if p.opt(COMMA) {
            p.expect(IDENT, "expected a second name after `,`");
        }
    }
    if p.at_word("in") {
        p.bump();
        operand(p, "expected the collection after `in`");
    } else {
        p.missing("expected `in` and a collection");
    }
}
