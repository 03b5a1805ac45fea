//! Tuples, objects and `for` expressions.

use super::super::kind::SyntaxKind::*;
use super::super::parser::Parser;
use super::at_expression;
use super::expression::{expression, operand};

pub(super) fn list_element(p: &mut Parser<'_>, message: &str) {
    if expression(p).is_none() {
        if p.at(COMMA) {
            p.error_here(&format!("{message} before `,`"));
        } else {
            p.unexpected(message, &[COMMA, ELLIPSIS]);
        }
    }
}

/// `,` between elements; without one the next element begins all the same.
pub(super) fn separator(p: &mut Parser<'_>) {
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
pub(super) fn tuple(p: &mut Parser<'_>) {
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
pub(super) fn object(p: &mut Parser<'_>) {
    let start = p.here();
    p.bump();
    let newlines = p.set_newlines(false);
    let is_for = p.at_word("for") && !matches!(p.second(), Some((EQ | COLON, _)));
    if is_for {
        p.start_at(start, FOR_OBJECT_EXPR);
        for_expression(p, true);
    } else {
        if p.at_word("for") {
            p.error_here("`for` as the first key is written in quotes");
        }
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
        _ if at_expression(p) => {
            p.missing("expected `=` between key and value");
            expression(p);
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
    for_variable(p, "expected a name after `for`");
    if p.opt(COMMA) {
        for_variable(p, "expected a second name after `,`");
    }
    if p.at_word("in") {
        p.bump();
        operand(p, "expected the collection after `in`");
    } else {
        p.missing("expected `in` and a collection");
    }
}

/// A name, which may be `in` if another `in` or a comma follows.
fn for_variable(p: &mut Parser<'_>, missing: &str) {
    if p.at_word("in") && !matches!(p.second(), Some((COMMA, _) | (IDENT, "in"))) {
        p.missing(missing);
    } else {
        p.expect(IDENT, missing);
    }
}
