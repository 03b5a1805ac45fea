//! What holds of every expression: it is evaluated within the budget, and what is said of it without knowing a
//! variable is true of every value that the variable can have.

use proptest::prelude::*;

use super::*;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Collection, Item, MOST_OUTCOMES, Object, PartKind, Presence, Sequence, Text, ValueKind,
};

/// Text that is half an expression more often than a whole one.
fn fragment() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "local.a",
        "local.b",
        "local.",
        "var.v",
        "var.o.k",
        "t.r",
        "t.e[\"a\"]",
        ".name",
        "[*]",
        ".*",
        "[0]",
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "for x in ",
        "for k, v in ",
        " : ",
        " => ",
        " if ",
        "...",
        " ? ",
        "\"",
        "${",
        "%{ if ",
        "%{ for x in ",
        "%{ endif }",
        "%{ endfor }",
        "~}",
        " = ",
        ",",
        "\n",
        "merge(",
        "concat(",
        "try(",
        "null",
        "true",
        "1",
        " + ",
        " == ",
        " && ",
        "!",
        "-",
        "x",
        "each.value",
        "count.index",
        "self",
        "<<-EOT\n",
        "\nEOT\n",
        "module.m",
        "jsonencode(",
        "toset(",
    ]);
    prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
}

/// A whole expression with `@` for what is not known.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "@",
        "1",
        "\"s\"",
        "true",
        "null",
        "[]",
        "{}",
        "[@, 1]",
        "{ a = @, b = \"s\" }",
        "\"a${@}b\"",
        "{ (@) = 1, a = 2 }",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 24, 3, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            two.clone().prop_map(|(a, b)| format!("({a} == {b})")),
            two.clone().prop_map(|(a, b)| format!("({a} && {b})")),
            two.clone().prop_map(|(a, b)| format!("({a} || {b})")),
            two.clone().prop_map(|(a, b)| format!("({a} + {b})")),
            two.clone().prop_map(|(a, b)| format!("({a} < {b})")),
            two.clone().prop_map(|(a, b)| format!("[{a}, {b}]")),
            two.clone().prop_map(|(a, b)| format!("{{ a = {a}, b = {b} }}")),
            two.clone().prop_map(|(a, b)| format!("{a}[{b}]")),
            two.clone().prop_map(|(a, b)| format!("[for x in {a} : {b}]")),
            two.clone().prop_map(|(a, b)| format!("[for k, x in {a} : [k, x] if {b}]")),
            two.clone().prop_map(|(a, b)| format!("{{ for k, x in {a} : k => {b} }}")),
            two.clone().prop_map(|(a, b)| format!("{{ for x in {a} : {b} => x... }}")),
            two.prop_map(|(a, b)| format!("\"${{{a}}}-%{{ if {b} }}y%{{ endif }}\"")),
            inner.clone().prop_map(|a| format!("!{a}")),
            inner.clone().prop_map(|a| format!("{a}[*]")),
            inner.clone().prop_map(|a| format!("{a}[*].a")),
            inner.prop_map(|a| format!("{a}.a")),
        ]
    })
}

fn well_formed(value: &Value) {
    if let ValueKind::OneOf(outcomes) = &value.kind {
        assert!((2..=MOST_OUTCOMES).contains(&outcomes.len()), "{value}");
        for outcome in outcomes.iter() {
            assert!(!matches!(outcome.value.kind, ValueKind::OneOf(_)), "{value}");
        }
    }
    assert!(value.size_within(100_000, 128).is_some());
}

/// Whether a value that is wholly known is one of those that `known` allows. Numbers, booleans and collections may
/// be converted where a type is not known.
fn allows(known: &Value, value: &Value) -> bool {
    match (&known.kind, &value.kind) {
        (ValueKind::OneOf(outcomes), _) => outcomes.iter().any(|one| allows(&one.value, value)),
        (ValueKind::Unknown { not_null: true, .. }, ValueKind::Null) => false,
        // A run that goes on has no failure.
        (ValueKind::Unknown { .. }, _) | (_, ValueKind::Fails) => true,
        (ValueKind::String(known), ValueKind::String(value)) => {
            matches(known, &value.as_known().expect("known"))
        }
        (ValueKind::Number(_) | ValueKind::Bool(_), ValueKind::String(_))
        | (ValueKind::String(_), ValueKind::Number(_) | ValueKind::Bool(_)) => {
            let as_string = |value| super::super::convert::to(value, &Type::String);
            allows(&as_string(known), &as_string(value))
        }
        (ValueKind::Sequence(known), ValueKind::Sequence(value)) => allows_sequence(known, value),
        (ValueKind::Object(known), ValueKind::Object(value)) => allows_object(known, value),
        _ => known.same_as(value),
    }
}

fn matches(known: &Text, value: &str) -> bool {
    let pieces: Vec<Option<&str>> = known
        .parts
        .iter()
        .map(|part| match &part.kind {
            PartKind::Known(text) => Some(&**text),
            _ => None,
        })
        .collect();
    matches_pieces(&pieces, value)
}

fn matches_pieces(pieces: &[Option<&str>], value: &str) -> bool {
    match pieces {
        [] => value.is_empty(),
        [Some(text), rest @ ..] => value.strip_prefix(text).is_some_and(|value| matches_pieces(rest, value)),
        [None, rest @ ..] => (0..=value.len())
            .filter(|at| value.is_char_boundary(*at))
            .any(|at| matches_pieces(rest, &value[at..])),
    }
}

fn allows_sequence(known: &Sequence, value: &Sequence) -> bool {
    let values: Vec<&Value> = value.elements.iter().map(|element| &element.value).collect();
    let elements: Vec<(&Value, Presence)> =
        known.elements.iter().map(|it| (&it.value, it.presence)).collect();
    value.rest.is_none() && sequence_within(&elements, known.rest.as_deref(), &values)
}

/// With a rest, places are not certain.
fn sequence_within(known: &[(&Value, Presence)], rest: Option<&Value>, values: &[&Value]) -> bool {
    let Some(((first, presence), others)) = known.split_first() else {
        return values.iter().all(|value| rest.is_some_and(|rest| allows(rest, value)));
    };
    let places = if rest.is_some() { values.len() } else { values.len().min(1) };
    let found = (0..places).any(|at| {
        let mut left = values.to_vec();
        allows(first, left.remove(at)) && sequence_within(others, rest, &left)
    });
    found || *presence == Presence::Maybe && sequence_within(others, rest, values)
}

fn allows_object(known: &Object, value: &Object) -> bool {
    let is_there = |key: &str| value.items.contains_key(key);
    let none_missing =
        known.items.iter().all(|(key, item): (_, &Item)| item.presence == Presence::Maybe || is_there(key));
    none_missing
        && value.items.iter().all(|(key, item)| match (known.items.get(key), &known.rest) {
            (Some(known), _) => allows(&known.value, &item.value),
            (None, Some(rest)) => allows(rest, &item.value),
            (None, None) => false,
        })
}

const VALUES: [&str; 12] = [
    "null",
    "1",
    "0",
    "\"s\"",
    "\"a\"",
    "true",
    "\"true\"",
    "[]",
    "[1, \"a\"]",
    "{}",
    "{ a = [1], b = \"c\" }",
    "toset([\"q\"])",
];

fn evaluated(expression: &str) -> Value {
    let module = module(&format!("locals {{\n  x = {expression}\n}}\n"));
    value_of(&Evaluator::new(&module, Assume::Nothing), "x")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn half_typed_text_is_evaluated_within_the_budget(one in fragment(), two in fragment(), body in fragment()) {
        let text = format!(
            "variable \"v\" {{\n  default = {two}\n}}\nvariable \"o\" {{\n  type = object({{ k = {one} }})\n}}\nlocals {{\n  x = {one}\n}}\nlocals {{\n  a = {two}\n}}\nlocals {{\n  b = [{one}]\n}}\nresource \"t\" \"r\" {{\n  {body}\n  name = local.a\n}}\nresource \"t\" \"e\" {{\n  for_each = {one}\n  name = {two}\n  dynamic \"d\" {{\n    for_each = {two}\n    content {{\n      c = {body}\n    }}\n  }}\n}}\n"
        );
        let module = module(&text);
        for assume in [Assume::Nothing, Assume::Defaults] {
            let evaluator = Evaluator::new(&module, assume);
            for file in module.files() {
                for block in file.root().body().blocks() {
                    let block = Located::new(FileId(0), block);
                    let Some(body) = block.node.body() else { continue };
                    let arguments = evaluator.arguments(&[block.with(body)], &evaluator.any_scope(&block));
                    arguments.items.values().for_each(|item| well_formed(&item.value));
                }
            }
            let (steps, nodes) = evaluator.budget.spent();
            prop_assert!(steps < 500_000 && nodes < 1_000_000, "{} steps, {} nodes", steps, nodes);
        }
    }

    #[test]
    fn what_is_known_without_a_variable_holds_for_each_of_its_values(expression in expression()) {
        let unknown = evaluated(&expression.replace('@', "var.v"));
        well_formed(&unknown);
        for value in VALUES {
            let text = expression.replace('@', "local.v");
            let module = module(&format!("locals {{\n  x = {text}\n  v = {value}\n}}\n"));
            let concrete = value_of(&Evaluator::new(&module, Assume::Nothing), "x");
            // With a failure inside there is no such value.
            let is_value = concrete.is_wholly_known();
            prop_assert!(!is_value || allows(&unknown, &concrete), "{}: {} does not allow {}", expression.replace('@', value), unknown, concrete);
        }
    }
}

#[test]
fn a_string_with_gaps_allows_what_fits_around_them() {
    for (known, value, expected) in [
        ("\"a${var.v}c\"", "\"abc\"", true),
        ("\"a${var.v}c\"", "\"ab\"", false),
        ("[var.v, 1]", "[2, 1]", true),
        ("[var.v, 1]", "[2]", false),
        ("{ a = var.v }", "{ a = 1, b = 2 }", false),
    ] {
        assert_eq!(allows(&evaluated(known), &evaluated(value)), expected, "{known} and {value}");
    }
    assert_eq!(evaluated("toset([1])").as_sequence().map(|it| it.collection), Some(Collection::Set));
}
