use super::*;
use crate::terraform::span::Spans;
use crate::terraform::value::{Object, PartKind, ValueKind};

/// The texts of spans, in the order given.
fn written(evaluator: &Evaluator<'_>, texts: &[&str], spans: &Spans) -> Vec<String> {
    let one = |span: &crate::terraform::span::Span| {
        let (file, range) = evaluator.locate(*span).expect("it stands somewhere");
        texts[file.0 as usize][range].to_owned()
    };
    spans.as_slice().iter().map(one).collect()
}

fn with<R>(texts: &[&str], assume: Assume, ask: impl FnOnce(&Evaluator<'_>, Value) -> R) -> R {
    let files = texts.iter().enumerate().map(|(at, text)| file(at as u32, text)).collect();
    let module = Module::new(files);
    let evaluator = Evaluator::new(&module, assume);
    let value = value_of(&evaluator, "x");
    ask(&evaluator, value)
}

fn item<'v>(object: &'v Object, key: &str) -> &'v crate::terraform::value::Item {
    object.items.get(key).expect("the key")
}

#[test]
fn a_value_knows_the_literals_that_state_it_across_files() {
    let texts =
        ["locals {\n  x = merge({ a = local.b }, { \"c\" = [1] })\n}\n", "locals {\n  b = \"deep\"\n}\n"];
    with(&texts, Assume::Nothing, |evaluator, value| {
        assert_eq!(written(evaluator, &texts, &value.spans), ["{ a = local.b }", "{ \"c\" = [1] }"]);
        let object = value.as_object().expect("an object");
        let a = item(object, "a");
        assert_eq!(written(evaluator, &texts, &a.keys), ["a"]);
        assert_eq!(written(evaluator, &texts, &a.site.into()), ["local.b"]);
        assert_eq!(written(evaluator, &texts, &a.value.spans), ["\"deep\""]);
        assert_eq!(written(evaluator, &texts, &item(object, "c").keys), ["\"c\""]);
        assert_eq!(written(evaluator, &texts, &item(object, "c").value.spans), ["[1]"]);
    });
}

#[test]
fn each_part_of_a_string_knows_where_it_is_written() {
    let texts = ["locals {\n  s = \"in\"\n  x = \"a-${local.s}-${local.gone}\"\n}\n"];
    with(&texts, Assume::Nothing, |evaluator, value| {
        let ValueKind::String(text) = &value.kind else { panic!("a string") };
        let parts = text.parts.iter().map(|part| match &part.kind {
            PartKind::Known(known) => (known.to_string(), written(evaluator, &texts, &part.span.into())),
            _ => ("…".to_owned(), written(evaluator, &texts, &part.span.into())),
        });
        let parts: Vec<String> = parts.map(|(text, at)| format!("{text} at {}", at.join(","))).collect();
        assert_eq!(parts, ["a- at a-", "in at in", "- at -", "… at ${local.gone}"]);
    });
}

#[test]
fn a_default_points_into_the_variable() {
    let texts = [
        "locals {\n  x = [var.v.a, var.v.b]\n}\n",
        "variable \"v\" {\n  type = object({ a = string, b = optional(string, \"opt\") })\n  default = { a = \"def\" }\n}\n",
    ];
    with(&texts, Assume::Defaults, |evaluator, value| {
        let elements = &value.as_sequence().expect("a list").elements;
        let places: Vec<_> = elements.iter().map(|it| written(evaluator, &texts, &it.value.spans)).collect();
        assert_eq!(places, [["\"def\""], ["\"opt\""]]);
    });
    with(&texts, Assume::Nothing, |evaluator, value| {
        let elements = &value.as_sequence().expect("a list").elements;
        let places: Vec<_> = elements.iter().map(|it| written(evaluator, &texts, &it.value.spans)).collect();
        assert_eq!(places, [["a"], ["b"]], "the names in the type");
    });
}

#[test]
fn what_a_key_replaced_is_kept_for_the_cursor() {
    let texts = ["locals {\n  x = { a = 1, a = 2 }\n}\n"];
    with(&texts, Assume::Nothing, |evaluator, value| {
        let object = value.as_object().expect("an object");
        let [(key, replaced)] = &*object.replaced else { panic!("one that was replaced") };
        assert_eq!(&**key, "a");
        assert_eq!(written(evaluator, &texts, &replaced.site.into()), ["1"]);
    });
}

#[test]
fn an_outcome_says_which_condition_leads_to_it() {
    let texts = ["variable \"v\" {}\nlocals {\n  x = var.v == 1 ? \"a\" : \"b\"\n}\n"];
    with(&texts, Assume::Nothing, |evaluator, value| {
        let ValueKind::OneOf(outcomes) = &value.kind else { panic!("two outcomes") };
        let when: Vec<_> = outcomes.iter().map(|outcome| outcome.when.expect("a decision")).collect();
        let [
            crate::terraform::value::When::Condition(yes, true),
            crate::terraform::value::When::Condition(_, false),
        ] = when.as_slice()
        else {
            panic!("{when:?}")
        };
        assert_eq!(written(evaluator, &texts, &(*yes).into()), ["var.v == 1"]);
    });
}
