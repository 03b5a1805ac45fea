//! The views, on whole and on broken text.

use super::*;
use crate::syntax::{SyntaxToken, parse};

fn value(expression: &str) -> Option<Expression> {
    parse(&format!("a = {expression}\n")).root().body().attribute("a")?.value()
}

fn text(token: Option<SyntaxToken>) -> String {
    token.map_or_else(|| "-".to_owned(), |it| it.text().to_owned())
}

fn source(expression: Option<Expression>) -> String {
    expression.map_or_else(|| "-".to_owned(), |it| it.syntax().to_string())
}

#[test]
fn a_block_gives_type_labels_and_body() {
    let parse = parse("resource \"a\\\"b\" c {\n  x = 1\n  nested {}\n  x = 2\n}\n");
    let block = parse.root().body().blocks_named("resource").next().expect("the block");
    assert_eq!(block.keyword(), "resource");
    assert_eq!(block.labels().map(|it| it.text()).collect::<Vec<_>>(), ["a\"b", "c"]);
    let ranges: Vec<_> = block.labels().map(|it| it.text_range()).collect();
    assert_eq!(ranges, [TextRange::new(10.into(), 14.into()), TextRange::new(16.into(), 17.into())]);
    let body = block.body().expect("the body");
    assert_eq!(body.attributes().count(), 2);
    assert_eq!(body.blocks().count(), 1);
    assert_eq!(source(body.attribute("x").and_then(|it| it.value())), "1");
    assert!(block.open_brace().is_some() && block.close_brace().is_some());
    assert_eq!(body.items().count(), 3);
}

#[test]
fn a_half_typed_block_gives_what_is_there() {
    let parse = parse("resource \"a");
    let block = parse.root().body().blocks().next().expect("the block");
    assert_eq!(block.labels().map(|it| it.text()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(block.labels().next().map(|it| it.text_range()), Some(TextRange::new(10.into(), 11.into())));
    assert!(block.body().is_none() && block.open_brace().is_none() && block.close_brace().is_none());
}

#[test]
fn an_unclosed_block_has_the_lines_up_to_the_next_one_in_its_body() {
    let text = "resource \"a\" \"b\" {\n  x = 1\n\n\nlocals {}\n";
    let parse = parse(text);
    let body = parse.root().body().blocks().next().and_then(|it| it.body()).expect("the body");
    assert_eq!(body.range(), TextRange::new(18.into(), 29.into()));
}

#[test]
fn literals_give_their_values() {
    let literal = |text| match value(text) {
        Some(Expression::Literal(it)) => it.value(),
        other => panic!("{other:?}"),
    };
    assert_eq!(literal("true"), Some(LiteralValue::Bool(true)));
    assert_eq!(literal("false"), Some(LiteralValue::Bool(false)));
    assert_eq!(literal("null"), Some(LiteralValue::Null));
    assert_eq!(literal("1.50e3"), Some(LiteralValue::Number("1.50e3".to_owned())));
}

#[test]
fn object_keys_are_text_unless_computed() {
    let Some(Expression::Object(object)) =
        value("{ a = 1, \"b.c\" : 2, 3 = 3, true = 4, (d) = 5, \"x${e}\" = 6, f.g = 7, \"h\" }")
    else {
        panic!("no object")
    };
    let keys: Vec<_> = object.items().map(|it| it.key_text()).collect();
    let known = |key: &str| Some(key.to_owned());
    assert_eq!(keys, [known("a"), known("b.c"), known("3"), known("true"), None, None, None, known("h")]);
    assert_eq!(source(object.item("b.c").and_then(|it| it.value())), "2");
    let separators: Vec<_> = object.items().map(|it| text(it.separator_token())).collect();
    assert_eq!(separators, ["=", ":", "=", "=", "=", "=", "=", "-"]);
}

#[test]
fn operators_give_their_sides_even_when_one_is_missing() {
    let sides = |text: &str| match value(text) {
        Some(Expression::Binary(it)) => {
            (source(it.left()), self::text(it.operator_token()), source(it.right()))
        }
        other => panic!("{other:?}"),
    };
    let three = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(sides("1 + 2 * 3"), three("1", "+", "2 * 3"));
    assert_eq!(sides("1 - 2 - 3"), three("1 - 2", "-", "3"));
    assert_eq!(sides("1 &&"), three("1", "&&", "-"));
    let Some(Expression::Conditional(it)) = value("a ? : b") else { panic!("no conditional") };
    assert_eq!((source(it.condition()), source(it.if_true()), source(it.if_false())), three("a", "-", "b"));
    let Some(Expression::Unary(it)) = value("!a.b") else { panic!("no unary") };
    assert_eq!((self::text(it.operator_token()), source(it.operand())), ("!".to_owned(), "a.b".to_owned()));
    assert_eq!(value("((\"x\"))").and_then(|it| it.literal_string()).as_deref(), Some("x"));
}

#[test]
fn calls_give_name_and_arguments() {
    let Some(Expression::Call(it)) = value("provider::azapi::f(1, [2]...)") else { panic!("no call") };
    assert_eq!(it.function(), "provider::azapi::f");
    assert_eq!(text(it.name_token()), "f");
    assert_eq!(it.args().map(|it| source(Some(it))).collect::<Vec<_>>(), ["1", "[2]"]);
    assert!(it.expand_final());
    let Some(Expression::Call(it)) = value("provider::azapi::") else { panic!("no call") };
    assert_eq!((it.function(), it.args().count()), ("provider::azapi::".to_owned(), 0));
}

#[test]
fn for_expressions_give_their_parts() {
    let parts = |text: &str| match value(text) {
        Some(Expression::For(it)) => [
            self::text(it.key_var()),
            self::text(it.value_var()),
            source(it.collection()),
            source(it.key()),
            source(it.value()),
            source(it.condition()),
            it.grouping().to_string(),
        ],
        other => panic!("{other:?}"),
    };
    assert_eq!(parts("[for x in l : x.a]"), ["-", "x", "l", "-", "x.a", "-", "false"]);
    assert_eq!(parts("{for k, v in m : k => v... if v}"), ["k", "v", "m", "k", "v", "v", "true"]);
    assert_eq!(parts("{for k, v in m : k =>}"), ["k", "v", "m", "k", "-", "-", "false"]);
    assert_eq!(parts("[for x in : x]"), ["-", "x", "-", "-", "x", "-", "false"]);
    assert_eq!(parts("[for in l : 1]"), ["-", "-", "l", "-", "1", "-", "false"]);
}

#[test]
fn templates_give_parts_content_and_literal() {
    let template = |text: &str| match value(text) {
        Some(Expression::Template(it)) => it,
        other => panic!("{other:?}"),
    };
    let whole = template("\"a-${var.b}%{ if c }d%{ else }e%{ endif }\"");
    assert_eq!(whole.parts().count(), 3);
    assert_eq!(whole.literal(), None);
    assert!(whole.is_closed());
    assert_eq!(template("\"x\\ty\"").literal().as_deref(), Some("x\ty"));
    let open = template("\"Microsoft.");
    assert!(!open.is_closed());
    assert_eq!(open.content_range(), TextRange::new(5.into(), 15.into()));
    assert_eq!(open.literal().as_deref(), Some("Microsoft."));
    let Some(TemplatePart::Interpolation(it)) = template("\"${~ x }\"").parts().next() else {
        panic!("no part")
    };
    assert_eq!(it.strip(), Strip { before: true, after: false });
    let Some(TemplatePart::Interpolation(it)) = template("\"${x ~}\"").parts().next() else {
        panic!("no part")
    };
    assert_eq!(it.strip(), Strip { before: false, after: true });
    assert_eq!(it.content_range(), TextRange::new(7.into(), 10.into()));
}

#[test]
fn heredocs_give_name_content_and_literal() {
    let Some(Expression::Heredoc(it)) = value("<<-EOT\n    a\n      b\n    EOT") else {
        panic!("no heredoc")
    };
    assert_eq!((it.name().as_str(), it.is_indented(), it.is_closed()), ("EOT", true, true));
    assert_eq!(it.content_range(), TextRange::new(11.into(), 25.into()));
    assert_eq!(it.literal().as_deref(), Some("a\n  b\n"));
}

fn steps(expression: &str) -> Option<String> {
    let it = traversal(&value(expression)?)?;
    let step = |step: &Step| match &step.kind {
        StepKind::Attr(name) => format!(" .{name}"),
        StepKind::Index(IndexKey::Int(index)) => format!(" [{index}]"),
        StepKind::Index(IndexKey::Str(key)) => format!(" [{key:?}]"),
        StepKind::Index(IndexKey::Other) => " [?]".to_owned(),
        StepKind::Splat => " [*]".to_owned(),
    };
    Some(it.root + &it.steps.iter().map(step).collect::<String>())
}

#[test]
fn traversals_give_their_steps() {
    let known = |text: &str| Some(text.to_owned());
    assert_eq!(steps("a"), known("a"));
    assert_eq!(steps("a.b[0].c[\"d\"].0[*].e.*"), known("a .b [0] .c [\"d\"] [0] [*] .e [*]"));
    assert_eq!(steps("a.b[c].d"), known("a .b [?] .d"));
    assert_eq!(steps("a.b[\"x${c}\"]"), known("a .b [?]"));
    assert_eq!(steps("a."), known("a ."));
    assert_eq!(steps("a["), known("a [?]"));
    assert_eq!(steps("f(1).a"), None);
    assert_eq!(steps("(a).b"), None);
    assert_eq!(steps("true"), None);
}

#[test]
fn a_step_ranges_from_its_dot_or_bracket() {
    let it = value("ab.cd[0]").and_then(|it| traversal(&it)).expect("a traversal");
    assert_eq!(it.root_range, TextRange::new(4.into(), 6.into()));
    let ranges: Vec<_> = it.steps.iter().map(|step| step.range).collect();
    assert_eq!(ranges, [TextRange::new(6.into(), 9.into()), TextRange::new(9.into(), 12.into())]);
}
