//! Less knowledge never gives another answer: with any literal of any case unknown, the result still admits what the
//! whole case gives.

use std::sync::Arc;

use super::evaluator::{World, show};
use super::known;
use crate::syntax::ast::{AstNode, Expression};
use crate::terraform::functions::json;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Collection, Element, Object, Outcome, Part, PartKind, Presence, Sequence, Text, Value, ValueKind,
};
use crate::text::TextRange;

/// Whether what is known of a value leaves room for another, which is wholly known.
fn admits(partial: &Value, whole: &Value) -> bool {
    match (&partial.kind, &whole.kind) {
        (ValueKind::OneOf(outcomes), _) => outcomes.iter().any(|outcome| admits(&outcome.value, whole)),
        (ValueKind::Unknown { ty, not_null }, kind) => match kind {
            ValueKind::Null => !not_null,
            ValueKind::Bool(_) => matches!(ty, Type::Any | Type::Bool),
            ValueKind::Number(_) => matches!(ty, Type::Any | Type::Number),
            ValueKind::String(_) => matches!(ty, Type::Any | Type::String),
            ValueKind::Sequence(_) => matches!(ty, Type::Any | Type::List(_) | Type::Set(_) | Type::Tuple(_)),
            _ => matches!(ty, Type::Any | Type::Object(_) | Type::Map(_)),
        },
        (ValueKind::String(pattern), ValueKind::String(text)) => {
            json::text(text).is_none_or(|text| matches(&pattern.parts, &text))
        }
        (ValueKind::Sequence(partial), ValueKind::Sequence(whole)) => admits_sequence(partial, whole),
        (ValueKind::Object(partial), ValueKind::Object(whole)) => admits_object(partial, whole),
        (one, two) => one == two,
    }
}

fn matches(parts: &[Part], text: &str) -> bool {
    match parts.split_first() {
        None => text.is_empty(),
        Some((Part { kind: PartKind::Known(known), .. }, others)) => {
            text.strip_prefix(&**known).is_some_and(|rest| matches(others, rest))
        }
        Some((_, others)) => {
            (0..=text.len()).any(|at| text.is_char_boundary(at) && matches(others, &text[at..]))
        }
    }
}

fn admits_sequence(partial: &Sequence, whole: &Sequence) -> bool {
    if partial.collection == Collection::Set || partial.rest.is_some() {
        let holds = |element: &Element| {
            element.presence == Presence::Maybe
                || whole.elements.iter().any(|one| admits(&element.value, &one.value))
        };
        let rest = partial.rest.as_deref();
        let is_held = |value: &Value| {
            partial.elements.iter().any(|element| admits(&element.value, value))
                || rest.is_some_and(|rest| admits(rest, value))
        };
        return partial.elements.iter().all(holds) && whole.elements.iter().all(|one| is_held(&one.value));
    }
    in_order(&partial.elements, &whole.elements)
}

fn in_order(partial: &[Element], whole: &[Element]) -> bool {
    let Some((first, others)) = partial.split_first() else { return whole.is_empty() };
    let is_taken = whole
        .split_first()
        .is_some_and(|(one, rest)| admits(&first.value, &one.value) && in_order(others, rest));
    is_taken || first.presence == Presence::Maybe && in_order(others, whole)
}

fn admits_object(partial: &Object, whole: &Object) -> bool {
    let is_there = |key: &Arc<str>| whole.items.contains_key(key);
    let fits = |(key, value): (&Arc<str>, &Value)| match (partial.items.get(key), &partial.rest) {
        (Some(item), _) => admits(&item.value, value),
        (None, Some(rest)) => admits(rest, value),
        (None, None) => false,
    };
    partial.items.iter().all(|(key, item)| item.presence == Presence::Maybe || is_there(key))
        && whole.items.iter().all(|(key, item)| fits((key, &item.value)))
}

/// Values that say less than a literal's.
fn less_known(value: &Value) -> Vec<Value> {
    let mut all = vec![Value::unknown()];
    let ty = match &value.kind {
        ValueKind::String(_) => Type::String,
        ValueKind::Number(_) => Type::Number,
        ValueKind::Bool(_) => Type::Bool,
        _ => return all,
    };
    all.push(ValueKind::Unknown { ty, not_null: true }.into());
    let other = |value: Value| Outcome::of(value);
    all.push(Value::one_of([other(Value::string("other")), other(value.clone())]));
    if let Some(text) = value.as_str() {
        let middle = (text.len() / 2..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let unknown = || Part { kind: PartKind::Unknown, span: None };
        let known = |text: &str| Part { kind: PartKind::Known(text.into()), span: None };
        let (start, end) = text.split_at(middle);
        for parts in [[known(start), unknown()], [unknown(), known(end)]] {
            all.extend(Text::of(parts).map(|text| Value::from(ValueKind::String(text))));
        }
    }
    all
}

/// The ranges of all literals and collections, keys of objects left out.
fn places(text: &str) -> Vec<TextRange> {
    let parse = crate::syntax::parse(&format!("x = {text}\n"));
    let expressions = parse.syntax().descendants().filter_map(Expression::cast);
    let is_value = |expression: &Expression| {
        let is_key =
            expression.syntax().parent().is_some_and(|it| crate::syntax::ast::ObjectKey::cast(it).is_some());
        !is_key
            && matches!(
                expression,
                Expression::Literal(_)
                    | Expression::Template(_)
                    | Expression::Tuple(_)
                    | Expression::Object(_)
            )
    };
    expressions.filter(is_value).map(|expression| expression.range()).collect()
}

#[test]
fn less_knowledge_never_gives_another_answer() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for expression in known::expressions() {
        let world = World::default();
        let whole = world.evaluate(&expression);
        // What fails as a whole may have a value with another literal.
        if !whole.is_wholly_known() {
            continue;
        }
        for range in places(&expression) {
            let literal = world.evaluate(&format!("x = {expression}")[range]);
            for value in less_known(&literal) {
                count += 1;
                let partial = World::replacing(range, value.clone()).evaluate(&expression);
                if !admits(&partial, &whole) {
                    wrong.push(format!(
                        "{expression} with {} at {range:?}\n  gives {}\n  not   {}",
                        show(&value),
                        show(&partial),
                        show(&whole)
                    ));
                }
            }
        }
    }
    assert!(count > 5_000, "{count}");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every function with up to three arguments of every kind, in every order.
#[test]
fn no_arguments_make_a_function_panic() {
    let palette = [
        "unknown",
        "text",
        "list",
        "null",
        "true",
        "-1",
        "3",
        "1.5",
        "\"\"",
        "\"é{\"",
        "\"a-${text}\"",
        "[]",
        "[null, \"a\", text, 5]",
        "{a = [1], b = text}",
        "merge(unknown, {a = 1})",
        "unknown ? \"10.0.0.0/8\" : 2",
        "jsonencode({a = text})",
        "99999999999999999999",
        "split(\",\", \"x,${text}\")",
        "toset([text, \"b\"])",
    ];
    let world = World::default();
    let values: Vec<Value> = palette.iter().map(|text| world.evaluate(text)).collect();
    let mut calls = 0;
    for name in known::names() {
        let mut call = |arguments: &[Value]| {
            calls += 1;
            world.budget.set(100_000);
            let value = crate::terraform::functions::call(name, arguments, &world);
            assert!(value.outcomes().count() <= crate::terraform::value::MOST_OUTCOMES, "{name}");
        };
        call(&[]);
        for one in &values {
            call(std::slice::from_ref(one));
            for two in &values {
                call(&[one.clone(), two.clone()]);
                for three in &values {
                    call(&[one.clone(), two.clone(), three.clone()]);
                }
            }
        }
    }
    assert!(calls > 500_000, "{calls}");
}
