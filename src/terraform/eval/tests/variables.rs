use super::*;

#[track_caller]
fn all(declarations: &str, cases: &[(&str, &str)]) {
    for (expression, expected) in cases {
        check(declarations, expression, expected);
    }
}

#[track_caller]
fn all_assumed(declarations: &str, cases: &[(&str, &str)]) {
    for (expression, expected) in cases {
        check_assumed(declarations, expression, expected);
    }
}

const TYPED: &str = r#"
variable "types" {
  type = object({
    this  = optional(string, "A.B/c@1")
    inner = optional(object({ n = optional(number, "3"), s = optional(string) }), {})
    list  = optional(list(object({ d = optional(bool, true) })))
  })
  default = {}
}
variable "plain" { default = "d" }
variable "number" {
  type = number
  default = "5"
}
variable "required" {
  type = object({ name = string, kind = optional(string, "k") })
}
variable "many" {
  type    = map(object({ name = string, kind = optional(string, "k") }))
  default = {}
}
variable "some" {
  type    = map(object({ kind = optional(string, "k"), x = optional(string) }))
  default = { a = { kind = null }, b = { x = "y", extra = 1 } }
}
variable "never" {
  type     = string
  nullable = false
}
variable "tuple" { type = tuple([string, number]) }
variable "old" { type = "list" }
"#;

#[test]
fn in_a_verdict_a_variable_is_no_more_than_its_type() {
    all(
        TYPED,
        &[
            ("var.plain", "…"),
            ("var.number", "number?"),
            ("var.types.this", "string!"),
            ("var.types.inner.n", "number!"),
            ("var.types.inner.s", "string?"),
            ("var.types.gone", "fails"),
            ("var.many[\"a\"].kind", "string!"),
            ("[for k, v in var.many : v.name]", "[*string?]"),
            ("var.never", "string!"),
            ("var.never == null", "false"),
            ("var.tuple[1]", "number?"),
            ("var.old", "list(any)?"),
            ("var.undeclared", "…"),
        ],
    );
}

#[test]
fn what_is_shown_takes_defaults_as_their_type_has_them() {
    all_assumed(
        TYPED,
        &[
            ("var.plain", "\"d\"~"),
            ("var.number", "5~"),
            ("var.types.this", "\"A.B/c@1\"~"),
            ("var.types.inner", "{n = 3, s = null}~"),
            ("var.types.list", "null~"),
            ("var.some", "map{a = {kind = \"k\", x = null}, b = {kind = \"k\", x = \"y\"}}~"),
            ("\"${var.plain}-x\"", "\"d-x\"~"),
        ],
    );
}

#[test]
fn a_variable_without_default_shows_the_defaults_inside_its_type() {
    all_assumed(
        TYPED,
        &[
            ("var.required", "{kind = \"k\", name = string?}~"),
            ("var.required.kind", "\"k\"~"),
            ("var.tuple", "tuple(string, number)?~"),
        ],
    );
}

#[test]
fn an_empty_default_may_have_elements_in_a_run() {
    all_assumed(
        TYPED,
        &[
            ("{ for k, v in var.many : k => { kind = v.kind } }", "{* = {kind = \"k\"}}~"),
            ("var.many", "map{* = {kind = \"k\", name = string?}}~"),
        ],
    );
    check_assumed(
        "variable \"v\" { default = {} }",
        "{ for k, v in var.v : k => { a = v.a } }",
        "{* = {a = …}}~",
    );
    check_assumed("variable \"v\" { default = [] }", "[for v in var.v : { a = v.a }]", "[*{a = …}]~");
}

#[test]
fn what_is_null_by_assumption_may_be_anything_in_a_run() {
    let declarations = "variable \"v\" { default = null }";
    all_assumed(
        declarations,
        &[
            ("[for x in var.v : { a = x.y }]", "[*{a = …}]~"),
            ("try(var.v.name, \"d\")", "(\"d\" | …)"),
            ("try(var.v[\"name\"], \"d\")", "(\"d\" | …)"),
        ],
    );
    all(declarations, &[("null.b", "fails"), ("[for x in null : x]", "fails")]);
}

#[test]
fn a_condition_known_by_assumption_keeps_both_outcomes_the_assumed_one_first() {
    let declarations = "variable \"on\" { default = false }";
    check_assumed(declarations, "var.on ? \"a\" : \"b\"", "(\"b\"~ | \"a\"~)");
    check_assumed(declarations, "!var.on ? \"a\" : \"b\"", "(\"a\"~ | \"b\"~)");
    check_assumed(declarations, "[for x in [1] : x if var.on]", "[?1]~");
    check_assumed("", "false ? \"a\" : \"b\"", "\"b\"");
}

#[test]
fn a_validation_that_lists_values_gives_them() {
    let listed = |rest: &str| format!("variable \"v\" {{\n{rest}\n}}");
    let of = |condition: &str| listed(&format!("type = string\nvalidation {{\ncondition = {condition}\n}}"));
    for (condition, expected) in [
        ("contains([\"a\", \"b\"], var.v)", "(\"a\" | \"b\")"),
        ("var.v == null || contains([\"a\"], var.v)", "(\"a\" | null)"),
        ("contains([1, 2], var.v)", "(\"1\" | \"2\")"),
        ("contains(local.allowed, var.v)", "(\"c\" | \"d\")"),
        ("contains([\"a\", local.gone], var.v)", "string?"),
        ("contains([\"a\"], lower(var.v))", "string?"),
        ("contains([\"a\"], var.other)", "string?"),
        ("!contains([\"a\"], var.v)", "string?"),
    ] {
        let declarations = format!("{}\nlocals {{ allowed = [\"c\", \"d\"] }}", of(condition));
        check(&declarations, "var.v", expected);
    }
    let with_default =
        listed("default = \"b\"\nvalidation {\ncondition = contains([\"a\", \"b\"], var.v)\n}");
    check_assumed(&with_default, "var.v", "\"b\"~");
}

#[test]
fn files_of_variables_give_values_that_may_be_assumed() {
    let with = |files: &[&str], assume| {
        let text =
            "variable \"v\" {\n  type = list(string)\n  default = [\"d\"]\n}\nlocals {\n  x = var.v\n}\n";
        let files = files.iter().enumerate().map(|(at, text)| file(at as u32 + 1, text)).collect();
        let module = module(text).with_variable_files(files);
        value_of(&Evaluator::new(&module, assume), "x").to_string()
    };
    let (first, second) = ("v = [1]\nother = 2\n", "v = [2]\n");
    assert_eq!(with(&[first, second], Assume::Defaults), "list[\"2\"]~");
    assert_eq!(with(&[second, first], Assume::Defaults), "list[\"1\"]~");
    assert_eq!(with(&["w = 1"], Assume::Defaults), "list[\"d\"]~");
    assert_eq!(with(&[first], Assume::Nothing), "list(string)?");
}
