//! Parts of bodies that depend on something, that pass through other expressions, or cannot be followed.

use super::harness::{body, shape, table, widget, with};

#[test]
fn what_is_behind_what_cannot_be_followed_is_nothing() {
    table(
        |row| body(&widget(row)),
        &[
            ("{ (var.key) = { cou$0nt = 1 } }", "nothing"),
            ("{ nope = { cou$0nt = 1 } }", "nothing"),
            ("{ properties = { count = [{ a$0 = 1 }] } }", "nothing"),
            ("{ properties = { count = { a$0 = 1 } } }", "nothing"),
            ("{ properties = { rules = { act$0ion = 1 } } }", "nothing"),
            ("{ properties = f({ cou$0nt = 1 }) }", "nothing"),
            ("{ properties = var.c$0 ? {} : {} }", "nothing"),
            ("{ tags = { for k, v in lo$0cal.t : k => v } }", "nothing"),
        ],
    );
}

#[test]
fn through_whatever_passes_a_value_on() {
    let count = "properties.count: integer";
    table(
        |row| body(&widget(row)),
        &[
            ("{ properties = one([{ cou$0nt = 1 }]) }", count),
            (
                "{ properties = { for k, v in { cou$0nt = null, enabled = true } : k => v if v != null } }",
                count,
            ),
            (
                "{ properties = var.p }\n\nvariable \"p\" {\n  type = object({ cou$0nt = optional(number, 1) })\n  default = {}\n}",
                count,
            ),
            ("{ properties = [{ cou$0nt = 1 }][0] }", count),
            ("{ properties = element([{ cou$0nt = 1 }], 0) }", count),
            ("{ properties = lookup({ a = { cou$0nt = 1 } }, \"a\", {}) }", count),
            ("{ properties = { a = { cou$0nt = 1 } }[\"a\"] }", count),
            ("{ properties = { for k, v in { cou$0nt = 1 } : k => v } }", count),
            ("{ properties = merge({ for k, v in { cou$0nt = 1 } : k => v if v != null }, {}) }", count),
            ("{ tags = { for k, v in local.t : k => $0 } }", "tags.*: string"),
            ("{ properties = { count = $0 } }", count),
            (
                "{ properties = { rules = concat([{}], [{ prio$0rity = 1 }]) } }",
                "properties.rules.1.priority: integer",
            ),
            (
                "{ properties = { rules = flatten([[{ prio$0rity = 1 }]]) } }",
                "properties.rules.0.priority: integer",
            ),
            ("{ properties = local.m[var.k] }\n\nlocals { m = { a = { cou$0nt = 1 } } }", count),
            ("{ properties = local.a.b }\n\nlocals { a = merge({}, { b = { cou$0nt = 1 } }) }", count),
            ("{ properties = var.p }\n\nvariable \"p\" { default = { cou$0nt = 1 } }", count),
            (
                "{ properties = local.both }\n\nresource \"azapi_resource\" \"y\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  body = { tags = local.both }\n}\nlocals { both = { cou$0nt = 1 } }",
                "properties.count: integer, tags.count: string",
            ),
        ],
    );
    table(
        |row| body(&with(row)),
        &[("for_each = { a = { cou$0nt = 1 } }\n  body = { properties = each.value }", count)],
    );
}

#[test]
fn what_depends_on_a_choice_says_on_which() {
    table(
        |row| body(&shape(row)),
        &[
            ("{ kind = var.k, si$0de = 1 }", "side: integer if kind is Square"),
            ("{ si$0de = 1 }", "side: integer if kind is Square"),
            ("{ kind = \"Sqare\", si$0de = 1 }", "side: integer if kind is Square"),
            ("{ kind = var.c ? \"Circle\" : \"Square\", si$0de = 1 }", "side: integer if kind is Square"),
            ("merge({ kind = \"Square\" }, { prop$0erties = {} })", "properties: not known"),
            ("merge({ prop$0erties = {} }, { kind = \"Square\" })", "properties: not known"),
            (
                "merge(local.k, { prop$0erties = {} })\n\nlocals { k = { kind = \"Square\" } }",
                "properties: not known",
            ),
            ("{ kind = \"Square\", (\"kind\") = \"Circle\", si$0de = 1 }", "side: not known"),
            ("{ (\"kind\") = \"Circle\", si$0de = 1 }", "side: not known"),
            ("{ kind = \"Square\" }\n  sensitive_body = { prop$0erties = {} }", "properties: not known"),
        ],
    );
    let config = |row: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets/config@2024-01-01\"\n  name = {row}\n}}\n"
        )
    };
    table(
        |row| body(&config(row)),
        &[
            ("var.n\n  body = { po$0rt = 1 }", "port: integer if name is web"),
            ("\"wbe\"\n  body = { po$0rt = 1 }", "port: integer if name is web"),
        ],
    );
    let action = |row: &str| {
        format!(
            "resource \"azapi_resource_action\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  {row}\n}}\n"
        )
    };
    table(
        |row| body(&action(row)),
        &[
            ("method = \"PUT\"\n  body = { pro$0perties = {} }", "properties: object"),
            ("method = \"PATCH\"\n  body = { pro$0perties = {} }", "properties: object"),
        ],
    );
    let two_types = |row: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = var.c ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/widgets@2023-01-01\"\n  body = {row}\n}}\n"
        )
    };
    table(
        |row| body(&two_types(row)),
        &[(
            "{ properties = { cou$0nt = 1 } }",
            "properties.count: integer if type is Test.Rp/widgets@2024-01-01",
        )],
    );
}

#[test]
fn every_one_of_many_instances_is_found() {
    let entries: String = (0..40).map(|at| format!("    k{at} = {{ count = {at} }}\n")).collect();
    for at in [0, 11, 25, 39] {
        let entries = entries.replace(&format!("{{ count = {at} }}"), &format!("{{ cou$0nt = {at} }}"));
        let text = with(&format!(
            "  for_each = local.all\n  body = {{ properties = each.value }}\n\nlocals {{\n  all = {{\n{entries}  }}\n}}"
        ));
        assert_eq!(body(&text), "properties.count: integer", "{at}");
    }
}
