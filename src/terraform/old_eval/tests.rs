use std::sync::Arc;

use super::*;
use crate::syntax;
use crate::terraform::FileId;
use crate::terraform::declaration::FileIndex;
use crate::terraform::module::ModuleFile;

/// What is known of `local.it` in a file, written out: `…` for an unknown part, `<a.b>` for a computed one.
fn known(text: &str, assume: Assume) -> String {
    let parse = syntax::parse(text);
    let index = Arc::new(FileIndex::new(&parse.root()));
    let module = Module::new(vec![ModuleFile::new(FileId(0), parse, index)]);
    let value = module.local("it").expect("a local `it`");
    written(&Evaluator::new(&module, assume).value(&value))
}

fn written(value: &Value) -> String {
    let list = |values: &[Value]| values.iter().map(written).collect::<Vec<_>>().join(", ");
    match value {
        Value::Unknown => "…".to_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::Text(parts) => {
            let parts = parts.iter().map(|part| match part {
                TextPart::Known(text) => text.clone(),
                TextPart::Unknown => "…".to_owned(),
                TextPart::Computed(attribute) => written(&Value::Computed(attribute.clone())),
            });
            format!("\"{}\"", parts.collect::<String>())
        }
        Value::Tuple(items) => format!("[{}]", list(items)),
        Value::Object { items, complete } => {
            let items = items.iter().map(|(key, value)| format!("{key} = {}", written(value)));
            let rest = if *complete { "" } else { " …" };
            format!("{{{}{rest}}}", items.collect::<Vec<_>>().join(", "))
        }
        Value::OneOf(outcomes) => outcomes.iter().map(written).collect::<Vec<_>>().join(" | "),
        Value::Computed(attribute) => format!("<{}.{}>", attribute.address, attribute.path.join(".")),
        Value::ProviderCall { name, arguments } => format!("{name}({})", list(arguments)),
    }
}

#[track_caller]
fn check(expression: &str, expected: &str) {
    let text = format!(
        "locals {{\n  it = {expression}\n  a  = {{ b = [1, {{ c = \"deep\" }}] }}\n  s  = \"text\"\n}}\n{OTHERS}"
    );
    assert_eq!(known(&text, Assume::Nothing), expected, "{expression}");
}

const OTHERS: &str = r#"
variable "v" { default = "default" }
resource "azapi_resource" "r" {
  name = "named"
}
data "azurerm_subscription" "s" {}
"#;

#[test]
fn literals_and_templates() {
    for (expression, expected) in [
        ("null", "null"),
        ("true", "true"),
        ("1.5e1", "15"),
        ("\"a\\n$${b}\"", "\"a\n${b}\""),
        ("\"a-${local.s}-${var.v}\"", "\"a-text-…\""),
        ("\"${local.a.b}\"", "[1, {c = \"deep\"}]"),
        ("\"n${1}${true}\"", "\"n1true\""),
        ("\"%{if var.v}x%{endif}y\"", "\"…y\""),
        ("\"x${null}\"", "…"),
        ("(local.s)", "\"text\""),
        ("[1, \"a\", var.v]", "[1, \"a\", …]"),
        ("{ a = 1, \"b\" : 2, (local.s) = 3 }", "{a = 1, b = 2, text = 3}"),
        ("{ (var.v) = 1 }", "{ …}"),
    ] {
        check(expression, expected);
    }
}

#[test]
fn references_lead_to_what_is_written() {
    for (expression, expected) in [
        ("local.a.b[1].c", "\"deep\""),
        ("local.a[\"b\"][0]", "1"),
        ("local.gone", "…"),
        ("local.a.gone", "…"),
        ("local.it", "…"),
        ("azapi_resource.r.name", "\"named\""),
        ("azapi_resource.r[0].name", "\"named\""),
        ("azapi_resource.r.id", "<azapi_resource.r.id>"),
        ("azapi_resource.r.output.properties", "<azapi_resource.r.output.properties>"),
        ("\"${data.azurerm_subscription.s.id}/x\"", "\"<data.azurerm_subscription.s.id>/x\""),
        ("azapi_resource.gone.id", "…"),
        ("azapi_resource.r[*].id", "…"),
        ("each.key", "…"),
        ("module.m.x", "…"),
    ] {
        check(expression, expected);
    }
}

#[test]
fn a_conditional_has_two_outcomes_unless_its_condition_is_known() {
    check("var.v ? \"a\" : \"b\"", "\"a\" | \"b\"");
    check("true ? \"a\" : \"b\"", "\"a\"");
    check("var.v ? \"a\" : var.v ? \"b\" : \"a\"", "\"a\" | \"b\"");
}

#[test]
fn functions_that_ids_are_made_with() {
    for (call, expected) in [
        ("format(\"/%s/%d%%\", local.s, 2)", "\"/text/2%\""),
        ("format(\"/%s/x\", var.v)", "\"/…/x\""),
        ("format(\"%05d\", 1)", "\"…\""),
        ("join(\"/\", [\"\", local.s, var.v])", "\"/text/…\""),
        ("lower(\"AB\")", "\"ab\""),
        ("upper(\"ab${var.v}\")", "\"AB…\""),
        ("trimprefix(\"ab\", \"a\")", "\"b\""),
        ("coalesce(null, \"\", \"x\", \"y\")", "\"x\""),
        ("coalesce(var.v, \"x\")", "… | \"x\""),
        ("try(local.a.b[1].c, \"x\")", "\"deep\""),
        ("try(var.v, \"x\")", "… | \"x\""),
        ("one([local.s])", "\"text\""),
        ("element([\"a\", \"b\"], 3)", "\"b\""),
        ("concat([1], [2])", "[1, 2]"),
        ("merge({ a = 1, b = 1 }, { b = 2 })", "{a = 1, b = 2}"),
        ("merge({ a = 1 }, var.v)", "{ …}"),
        ("merge({ a = 1 }, { (var.v) = 2 })", "{a = … …}"),
        ("lookup({ a = 1 }, \"a\", 2)", "1"),
        ("lookup({ a = 1 }, \"b\", 2)", "2"),
        ("lookup({ (var.v) = 1 }, \"b\", 2)", "…"),
        ("unheard_of(1)", "…"),
        ("join(\"/\", [\"a\"]...)", "…"),
        ("provider::azapi::snake2camel(local.s)", "provider::azapi::snake2camel(\"text\")"),
    ] {
        check(call, expected);
    }
}

#[test]
fn a_default_counts_only_where_it_may_be_assumed() {
    let text = format!("locals {{ it = var.v }}\n{OTHERS}");
    assert_eq!(known(&text, Assume::Nothing), "…");
    assert_eq!(known(&text, Assume::Defaults), "\"default\"");
}

#[test]
fn references_in_a_circle_and_growth_without_bound_end_in_the_unknown() {
    assert_eq!(known("locals {\n it = local.b\n b = local.it\n}\n", Assume::Nothing), "…");
    let doubling: String =
        (0..60).map(|at| format!("  l{at} = \"${{local.l{}}}${{local.l{}}}\"\n", at + 1, at + 1)).collect();
    let text = format!("locals {{\n  it = local.l0\n{doubling}  l60 = \"{}\"\n}}\n", "x".repeat(1_000));
    assert_eq!(known(&text, Assume::Nothing), "\"…\"");
}
