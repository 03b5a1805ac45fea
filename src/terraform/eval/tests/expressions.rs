use super::{check, check_assumed};

const OTHERS: &str = r#"
variable "v" {}
variable "s" { type = string }
variable "o" { type = object({ a = string, n = optional(number, 3) }) }
variable "l" { type = list(string) }
variable "m" { type = map(string) }
variable "k" { validation { condition = contains(["p", "q"], var.k) } }
locals {
  a = { b = [1, { c = "deep" }] }
  s = "text"
  same = var.v
  other = !local.same
  maybe = var.v ? null : "some"
}
resource "azapi_resource" "r" {
  name = "named"
}
"#;

#[track_caller]
fn all(cases: &[(&str, &str)]) {
    for (expression, expected) in cases {
        check(OTHERS, expression, expected);
    }
}

#[test]
fn literals_and_collections() {
    all(&[
        ("null", "null"),
        ("true", "true"),
        ("1.5e1", "15"),
        ("0.1 + 0.2", "0.3"),
        ("9007199254740993", "9007199254740993"),
        ("(local.s)", "\"text\""),
        ("[1, \"a\", var.v]", "[1, \"a\", …]"),
        ("{ a = 1, \"b\" : 2, (local.s) = 3, 1.0 = 4 }", "{1 = 4, a = 1, b = 2, text = 3}"),
        ("{ (var.v) = 1 }", "{* = 1}"),
        ("{ a = 2, (var.v) = 1 }", "{a = (2 | 1), * = 1}"),
        ("{ a = 1, a = 2 }", "{a = 2}"),
        ("{ (null) = 1 }", "fails"),
        ("{ (true) = 1 }", "{true = 1}"),
        ("{ (var.k) = 1 }", "{p? = 1, q? = 1}"),
    ]);
}

#[test]
fn templates_put_strings_together() {
    all(&[
        ("\"a\\n$${b}\"", "\"a\\n${b}\""),
        ("\"a-${local.s}-${var.v}\"", "\"a-text-…\""),
        ("\"${local.a.b}\"", "[1, {c = \"deep\"}]"),
        ("\"n${1}${true}\"", "\"n1true\""),
        ("\"x${null}\"", "fails"),
        ("\"x${[]}\"", "fails"),
        ("\"${null}\"", "null"),
        ("\"x${var.l}\"", "fails"),
        ("\"${var.k}-${var.k == \"p\" ? 1 : 2}\"", "(\"p-1\" | \"q-2\")"),
        ("\"\"", "\"\""),
    ]);
}

#[test]
fn directives_of_templates_are_followed() {
    all(&[
        ("\"%{ if true }a%{ else }b%{ endif }c\"", "\"ac\""),
        ("\"%{ if var.v }x%{ endif }y\"", "(\"xy\" | \"y\")"),
        ("\"%{ for x in [1, 2] }${x},%{ endfor }\"", "\"1,2,\""),
        ("\"%{ for k, x in { a = 1 } }${k}${x}%{ endfor }\"", "\"a1\""),
        ("\"a%{ for x in var.l }${x}%{ endfor }b\"", "\"a…b\""),
        ("\"%{ for x in null }a%{ endfor }\"", "fails"),
    ]);
}

/// Each value is what Terraform 1.11 prints for the same text.
#[test]
fn strip_markers_reach_to_the_end_of_the_line() {
    all(&[
        ("\"a \\n  ${~ \"b\" ~}  \\n  c\"", "\"abc\""),
        (
            "<<-EOT\n    %{ for ip in [\"a\",\"b\"] ~}\n    server ${ip}\n    %{ endfor ~}\n    end\n    EOT",
            "\"    server a\\n    server b\\n    end\\n\"",
        ),
        ("<<EOT\nx\n  %{~ if true ~}\n    y\n  %{~ endif ~}\n\n  z\nEOT", "\"x\\n    y\\n\\n  z\\n\""),
        ("<<-EOT\n    a\n      ${1}\n  EOT", "\"a\\n  1\\n\""),
    ]);
}

#[test]
fn operators_convert_their_operands() {
    all(&[
        ("1 + \"2\"", "3"),
        ("7 / 2", "3.5"),
        ("-7 % 3", "-1"),
        ("1 + 2 * 3 - -1", "8"),
        ("1 + null", "fails"),
        ("1 + []", "fails"),
        ("1 + \"x\"", "fails"),
        ("1 + var.v", "number!"),
        ("1 / 0", "number!"),
        ("!true", "false"),
        ("!\"true\"", "false"),
        ("!var.v", "bool!"),
        ("2 > 10", "false"),
        ("\"2\" < \"10\"", "true"),
        ("false && var.v", "false"),
        ("var.v && false", "false"),
        ("true || var.v", "true"),
        ("true && var.v", "bool!"),
    ]);
}

/// Each value is what Terraform 1.11 prints for the same text.
#[test]
fn values_of_different_types_are_never_equal() {
    all(&[
        ("1 == \"1\"", "false"),
        ("true == \"true\"", "false"),
        ("null == 1", "false"),
        ("{ a = \"x${null}\" } == { a = \"b\" }", "fails"),
        ("[1, [null.b]] != []", "fails"),
        ("null == null", "true"),
        ("null == {}", "false"),
        ("[] == []", "true"),
        ("[1] == tolist([1])", "false"),
        ("toset([]) == []", "false"),
        ("{ a = [1] } == { a = [1] }", "true"),
        ("{ a = 1 } != { b = 1 }", "true"),
        ("tolist([]) == tolist([])", "bool!"),
        ("local.s == \"text\"", "true"),
        ("var.v == 1", "bool!"),
        ("\"a${var.s}\" == null", "false"),
        ("var.s == null", "bool!"),
        ("[1, var.v] == [1]", "false"),
    ]);
}

#[test]
fn a_condition_that_is_not_known_has_two_outcomes() {
    all(&[
        ("true ? \"a\" : \"b\"", "\"a\""),
        ("var.v ? \"a\" : \"b\"", "(\"a\" | \"b\")"),
        ("var.v ? \"a\" : var.l == null ? \"b\" : \"a\"", "(\"a\" | \"b\" | \"a\")"),
        ("null ? 1 : 2", "fails"),
        ("\"yes\" ? 1 : 2", "fails"),
        ("(var.v ? { a = 1 } : { a = 2 }).a", "(1 | 2)"),
        ("(var.v ? [1] : [2])[0]", "(1 | 2)"),
    ]);
}

/// Each value is what Terraform 1.11 prints for the same text.
#[test]
fn both_sides_of_a_conditional_become_one_type() {
    all(&[
        ("true ? 1 : \"a\"", "\"1\""),
        ("true ? { a = 1, b = \"x\" } : { a = 2 }", "map{a = \"1\", b = \"x\"}"),
        ("(true ? [1, \"a\"] : [\"a\"])[0]", "\"1\""),
        ("(true ? { a = 1 } : { a = \"x\" }).a", "\"1\""),
        ("true ? null : \"x\"", "null"),
        ("true ? 1 : var.s", "\"1\""),
        ("true ? 1 : var.v", "1"),
    ]);
}

#[test]
fn references_lead_to_what_is_written() {
    all(&[
        ("local.a.b[1].c", "\"deep\""),
        ("local.a[\"b\"][0]", "1"),
        ("local.a.b.0", "1"),
        ("local.gone", "…"),
        ("local.a.gone", "fails"),
        ("local.x", "…"),
        ("each.key", "…"),
        ("module.m.x", "…"),
        ("path.module", "\"<path.module>\""),
        ("terraform.workspace", "string!"),
        ("nothing", "…"),
        ("local.", "…"),
    ]);
}

/// Each value is what Terraform 1.11 prints for the same text.
#[test]
fn indexes_are_converted_and_checked() {
    all(&[
        ("[\"a\", \"b\"][\"1\"]", "\"b\""),
        ("{ \"1\" = \"x\" }[1]", "\"x\""),
        ("[1][1]", "fails"),
        ("[1][-1]", "fails"),
        ("[1][0.5]", "fails"),
        ("[1].a", "fails"),
        ("\"a\"[0]", "fails"),
        ("toset([\"a\"])[0]", "fails"),
        ("null.a", "fails"),
        ("[1, 2][var.v]", "(1 | 2)"),
        ("{ a = 1 }[var.v]", "1"),
        ("var.o.a", "string?"),
        ("var.o.n", "number!"),
        ("var.o.gone", "fails"),
        ("var.l[0]", "string?"),
        ("var.m.a", "string?"),
        ("var.s.a", "fails"),
        ("[for x in [1, 2] : x if var.v][0]", "(1 | 2)"),
    ]);
}

/// Each value is what Terraform 1.11 prints for the same text, where it is known.
#[test]
fn splats_go_through_lists_and_wrap_what_is_none() {
    all(&[
        ("[{ a = 1 }, { a = 2 }][*].a", "[1, 2]"),
        ("[{ a = [{ b = 1 }, { b = 2 }] }].*.a[0]", "[{b = 1}, {b = 2}]"),
        ("[{ a = [{ b = 1 }, { b = 2 }] }][*].a[0].b", "[1]"),
        ("{ a = 1 }[*].a", "[1]"),
        ("null[*]", "[]"),
        ("\"abc\"[*]", "[\"abc\"]"),
        ("var.l[*]", "[*string?]"),
        ("var.s[*]", "[?string?]"),
        ("var.v[*].a", "[*…]"),
        ("(var.v ? [{ a = 1 }] : [])[*].a", "([1] | [])"),
    ]);
}

/// Each value is what Terraform 1.11 prints for the same text, where it is known.
#[test]
fn for_makes_lists_and_objects() {
    all(&[
        ("[for x in [1, 2] : x + 1]", "[2, 3]"),
        ("[for i, x in [\"a\"] : \"${i}${x}\"]", "[\"0a\"]"),
        ("[for k, v in { b = 1, a = 2 } : \"${k}${v}\"]", "[\"a2\", \"b1\"]"),
        ("{ for x in [\"a\", \"b\"] : x => upper }", "{a = …, b = …}"),
        ("[for x in [1, 2, 3] : x if x != 2]", "[1, 3]"),
        ("[for x in [1, 2] : x if var.v]", "[?1, ?2]"),
        ("{ for k, v in { a = 1, b = null } : k => v if v != null }", "{a = 1}"),
        ("{ for v in [\"a\", \"b\", \"a\"] : v => v... }", "{a = [\"a\", \"a\"], b = [\"b\"]}"),
        ("{ for v in [\"a\", \"a\"] : v => v }", "fails"),
        ("[for x in null : x]", "fails"),
        ("[for x in \"abc\" : x]", "fails"),
        ("[for x in [1] : [for y in [2] : x + y]]", "[[3]]"),
    ]);
}

#[test]
fn for_over_something_unknown_says_what_each_element_is() {
    all(&[
        ("[for x in var.v : { name = x.name, kind = \"k\" }]", "[*{kind = \"k\", name = …}]"),
        ("{ for k, v in var.m : k => { v = v } }", "{* = {v = string?}}"),
        ("{ for k, v in var.m : \"key\" => v }", "{key? = string?}"),
        ("{ for k, v in var.m : v => k... }", "{* = [*string!]}"),
        ("[for k, v in var.o : k]", "[\"a\", \"n\"]"),
        ("[for x in var.v ? [1] : [2, 3] : x]", "([1] | [2, 3])"),
        ("{ for x in [1, 2] : var.v => x }", "{* = (1 | 2)}"),
        ("{ for x in var.v : x.id => { name = \"n\" } }[\"a\"].name", "\"n\""),
    ]);
}

#[test]
fn calls_take_their_arguments_in_every_case() {
    all(&[
        ("merge({ a = 1, b = 1 }, { b = 2 })", "{a = 1, b = 2}"),
        ("merge([{ a = 1 }, { b = 2 }]...)", "{a = 1, b = 2}"),
        ("core::lower(var.v ? \"A\" : \"B\")", "(\"a\" | \"b\")"),
        ("unheard_of(1)", "…"),
        ("try(local.a.gone, 1)", "1"),
        ("try({ a = local.a.gone }, 1)", "1"),
        ("provider::azapi::build_resource_id(local.s)", "provider::azapi::build_resource_id(\"text\")"),
        ("lower(\"A\", var.l...)", "…"),
    ]);
}

#[test]
fn a_name_alone_does_not_fail_in_the_expression_that_it_stands_in() {
    all(&[
        ("try(var.v, 1)", "…"),
        ("try((var.v), 1)", "…"),
        ("try(var.v.x, 1)", "(… | 1)"),
        ("try(local.gone, 1)", "…"),
        ("try(var.v.x, local.s, 1)", "(… | \"text\")"),
        ("try(unheard.of.id, 1)", "…"),
        ("try(data.unheard.of.id, 1)", "…"),
        ("try(unheard.of.id.x, 1)", "(… | 1)"),
        ("try(unheard.of[0].id, 1)", "(… | 1)"),
        ("try(module.unheard.of, 1)", "…"),
        ("try(module.unheard.of.x, 1)", "(… | 1)"),
        ("try(each.value, 1)", "…"),
        ("try(self.id, 1)", "…"),
        ("try(\"${var.v}\", 1)", "(… | 1)"),
        ("[for x in [var.v] : try(x, 1)]", "[…]"),
        ("[for x in [var.v] : try(x.y, 1)]", "[(… | 1)]"),
        ("can(var.v)", "true"),
        ("can(var.v.x)", "bool!"),
        ("can(local.a.gone)", "false"),
    ]);
}

#[test]
fn what_is_half_typed_is_unknown_and_the_rest_is_known() {
    all(&[
        ("{ a = 1, b = }", "{a = 1, b = …}"),
        ("[1, local.]", "[1, …]"),
        ("{ a = 1, b", "{a = 1, b = …}"),
        ("true ? 1", "1"),
        ("1 +", "number!"),
        ("[for x in [1] : ]", "[…]"),
        ("\"a${}b\"", "\"a…b\""),
        ("merge({ a = 1 }, )", "{a = 1}"),
    ]);
}

#[test]
fn marks_spread_to_everything_that_is_made_of_a_value() {
    let variables = "variable \"p\" {\n  sensitive = true\n  default = \"d\"\n}\nvariable \"e\" {\n  ephemeral = true\n}\n";
    for (expression, expected) in [
        ("var.p", "…#s"),
        ("\"a${var.p}\"", "\"a…\"#s"),
        ("var.p == 1", "bool!#s"),
        ("var.p ? 1 : 2", "(1#s | 2#s)"),
        ("[for x in var.p : 1]", "[*1]#s"),
        ("{ a = var.p, b = 1 }", "{a = …#s, b = 1}"),
        ("var.e.x", "…#e"),
        ("[1][var.p]", "1#s"),
    ] {
        check(variables, expression, expected);
    }
    check_assumed(variables, "var.p", "\"d\"~#s");
}

#[test]
fn one_condition_is_decided_once() {
    all(&[
        ("var.v ? (var.v ? 1 : 2) : 3", "(1 | 3)"),
        ("var.v ? { a = [var.v ? 1 : 2] } : { a = [!var.v ? 3 : 4] }", "({a = [1]} | {a = [3]})"),
        ("\"${var.v ? \"a\" : \"b\"}-${var.v ? \"x\" : \"y\"}\"", "(\"a-x\" | \"b-y\")"),
        ("merge(var.v ? { a = 1 } : {}, var.v ? { b = 2 } : { c = 3 })", "(map{a = 1, b = 2} | map{c = 3})"),
        ("(var.v == 1 ? 1 : 2) + (var.v  !=  1 ? 10 : 20)", "(21 | 12)"),
        ("(var.v ? 1 : 2) + (var.s == \"a\" ? 10 : 20)", "(11 | 21 | 12 | 22)"),
        ("var.v ? (local.same ? 1 : 2) : (local.other ? 3 : 4)", "(1 | 3)"),
        ("\"%{ if var.v }a%{ else }b%{ endif }${var.v ? 1 : 2}\"", "(\"a1\" | \"b2\")"),
    ]);
    // What may be decided otherwise each time is no one condition.
    all(&[
        ("[for x in [var.s, var.v] : x == 1 ? (x == 1 ? 1 : 2) : 3]", "[(1 | 2 | 3), (1 | 2 | 3)]"),
        ("uuid() == \"a\" ? (uuid() == \"a\" ? 1 : 2) : 3", "(1 | 2 | 3)"),
    ]);
}

#[test]
fn a_condition_on_a_value_of_several_narrows_it() {
    all(&[
        ("local.maybe == null ? \"none\" : local.maybe", "(\"none\" | \"some\")"),
        ("local.maybe != null ? { a = local.maybe } : {}", "({} | {a = \"some\"})"),
        ("var.k == \"p\" ? var.k : \"other\"", "(\"p\" | \"other\")"),
        ("var.k == \"p\" ? { p = var.k } : { q = var.k }", "({p = \"p\"} | {q = \"q\"})"),
    ]);
}
