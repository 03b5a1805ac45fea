//! What is answered wrongly today, beside the right answer. Whoever corrects one moves its row to the table of
//! its subject.

use super::harness::{body, place, shape, widget, with};

struct Fault {
    text: &'static str,
    now: &'static str,
    right: &'static str,
}

const fn fault(text: &'static str, now: &'static str, right: &'static str) -> Fault {
    Fault { text, now, right }
}

#[track_caller]
fn still_wrong(subject: impl Fn(&str) -> String, faults: &[Fault]) {
    let mut changed = String::new();
    for Fault { text, now, right } in faults {
        assert_ne!(now, right, "{text}");
        let given = subject(text);
        if given != *now {
            let verdict = if given == *right { "right now: move it" } else { "different" };
            changed.push_str(&format!("{text}\n    gives {given}\n    was   {now}\n    ({verdict})\n\n"));
        }
    }
    assert!(changed.is_empty(), "{changed}");
}

#[test]
fn keys_behind_what_cannot_be_followed_are_answered_by_what_is_around_them() {
    still_wrong(
        |row| body(&widget(row)),
        &[
            fault("{ (var.key) = { cou$0nt = 1 } }", "the body: object", "nothing"),
            fault("{ nope = { cou$0nt = 1 } }", "the body: object", "nothing"),
            fault("{ properties = { count = [{ a$0 = 1 }] } }", "properties.count: integer", "nothing"),
            fault("{ properties = { count = { a$0 = 1 } } }", "properties.count: integer", "nothing"),
            fault(
                "{ properties = { rules = { act$0ion = 1 } } }",
                "properties.rules: array of object",
                "nothing",
            ),
            fault("{ properties = f({ cou$0nt = 1 }) }", "properties: object", "nothing"),
            fault("{ properties = var.c$0 ? {} : {} }", "the body: object", "nothing"),
            fault("{ tags = { for k, v in lo$0cal.t : k => v } }", "the body: object", "nothing"),
        ],
    );
}

#[test]
fn expressions_that_the_walk_does_not_follow() {
    let count = "properties.count: integer";
    still_wrong(
        |row| body(&widget(row)),
        &[
            fault("{ properties = one([{ cou$0nt = 1 }]) }", "properties: object", count),
            fault("{ properties = [{ cou$0nt = 1 }][0] }", "properties: object", count),
            fault("{ properties = element([{ cou$0nt = 1 }], 0) }", "properties: object", count),
            fault("{ properties = lookup({ a = { cou$0nt = 1 } }, \"a\", {}) }", "properties: object", count),
            fault("{ properties = { a = { cou$0nt = 1 } }[\"a\"] }", "properties: object", count),
            fault("{ properties = { for k, v in { cou$0nt = 1 } : k => v } }", "the body: object", count),
            fault(
                "{ properties = merge({ for k, v in { cou$0nt = 1 } : k => v if v != null }, {}) }",
                "properties: object",
                count,
            ),
            fault("{ tags = { for k, v in local.t : k => $0 } }", "the body: object", "tags.*: string"),
            fault("{ properties = { count = $0 } }", "properties: object", count),
            fault(
                "{ properties = { rules = concat([{}], [{ prio$0rity = 1 }]) } }",
                "properties.rules.0.priority: integer",
                "properties.rules.1.priority: integer",
            ),
            fault(
                "{ properties = { rules = flatten([[{ prio$0rity = 1 }]]) } }",
                "properties.rules.0: object",
                "properties.rules.0.priority: integer",
            ),
            fault(
                "{ properties = local.m[var.k] }\n\nlocals { m = { a = { cou$0nt = 1 } } }",
                "nothing",
                count,
            ),
            fault(
                "{ properties = local.a.b }\n\nlocals { a = merge({}, { b = { cou$0nt = 1 } }) }",
                "nothing",
                count,
            ),
            fault("{ properties = var.p }\n\nvariable \"p\" { default = { cou$0nt = 1 } }", "nothing", count),
            fault(
                "{ properties = local.both }\n\nresource \"azapi_resource\" \"y\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  body = { tags = local.both }\n}\nlocals { both = { cou$0nt = 1 } }",
                count,
                "properties.count: integer, tags.count: string",
            ),
        ],
    );
    still_wrong(
        |row| body(&with(row)),
        &[fault(
            "for_each = { a = { cou$0nt = 1 } }\n  body = { properties = each.value }",
            "nothing",
            count,
        )],
    );
}

#[test]
fn shapes_taken_for_certain() {
    still_wrong(
        |row| body(&shape(row)),
        &[
            fault("{ kind = var.k, si$0de = 1 }", "side: integer", "side: integer if kind is Square"),
            fault("{ si$0de = 1 }", "side: integer", "side: integer if kind is Square"),
            fault("{ kind = \"Sqare\", si$0de = 1 }", "side: integer", "side: integer if kind is Square"),
            fault(
                "{ kind = var.c ? \"Circle\" : \"Square\", si$0de = 1 }",
                "side: integer",
                "side: integer if kind is Square",
            ),
            fault(
                "merge({ kind = \"Square\" }, { prop$0erties = {} })",
                "properties: object",
                "properties: not known",
            ),
            fault(
                "merge({ prop$0erties = {} }, { kind = \"Square\" })",
                "properties: object",
                "properties: not known",
            ),
            fault(
                "merge(local.k, { prop$0erties = {} })\n\nlocals { k = { kind = \"Square\" } }",
                "properties: object",
                "properties: not known",
            ),
            fault(
                "{ kind = \"Square\", (\"kind\") = \"Circle\", si$0de = 1 }",
                "side: integer",
                "side: not known",
            ),
            fault("{ (\"kind\") = \"Circle\", si$0de = 1 }", "side: integer", "side: not known"),
            fault(
                "{ kind = \"Square\" }\n  sensitive_body = { prop$0erties = {} }",
                "properties: object",
                "properties: not known",
            ),
        ],
    );
    let config = |row: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets/config@2024-01-01\"\n  name = {row}\n}}\n"
        )
    };
    still_wrong(
        |row| body(&config(row)),
        &[
            fault("var.n\n  body = { po$0rt = 1 }", "port: integer", "port: integer if name is web"),
            fault("\"wbe\"\n  body = { po$0rt = 1 }", "port: integer", "port: integer if name is web"),
        ],
    );
    let action = |row: &str| {
        format!(
            "resource \"azapi_resource_action\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  {row}\n}}\n"
        )
    };
    still_wrong(
        |row| body(&action(row)),
        &[
            fault("method = \"PUT\"\n  body = { pro$0perties = {} }", "nothing", "properties: object"),
            fault("method = \"PATCH\"\n  body = { pro$0perties = {} }", "nothing", "properties: object"),
        ],
    );
    let two_types = |row: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = var.c ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/widgets@2023-01-01\"\n  body = {row}\n}}\n"
        )
    };
    still_wrong(
        |row| body(&two_types(row)),
        &[fault(
            "{ properties = { cou$0nt = 1 } }",
            "nothing",
            "properties.count: integer if type is Test.Rp/widgets@2024-01-01",
        )],
    );
}

#[test]
fn places_that_are_something_else() {
    still_wrong(
        |row| place(&with(row)),
        &[
            fault("tags = {\n    $0\n  }", "argument value tags", "name wanted in block.tags"),
            fault("body = {\n    $0\n  }", "body value the body", "name wanted in the body"),
            fault("identity {\n    type = $0\n  }", "block", "argument value identity.type"),
            fault("location = $0", "argument location, beside its name and value", "argument value location"),
            fault(
                "dynamic \"identity\" {\n    for_each = [1]\n    content {\n      ty$0pe = \"\"\n    }\n  }",
                "argument name dynamic.content.type",
                "argument name identity.type",
            ),
        ],
    );
    still_wrong(
        place,
        &[
            fault("resource \"azapi_$0", "nothing", "block type half written"),
            fault("resource \"azapi_re$0source\" \"x\" {\n}\n", "block", "block type value"),
            fault("list \"azapi_resource\" \"x\" {\n  type = \"$0\"\n}\n", "argument value ", "nothing"),
        ],
    );
}
