use super::harness::{body, shape, table, widget, with};

const STATUS: &str = r#"properties.status: "enabled" | "disabled" | string"#;

#[test]
fn keys_and_values_written_in_the_block() {
    table(
        |row| body(&widget(row)),
        &[
            ("{ $0 }", "the body: object"),
            ("{ pro$0perties = {} }", "properties: object"),
            ("{ properties = {$0} }", "properties: object"),
            ("{ properties = nu$0ll }", "properties: object"),
            ("{ properties = { st$0atus = \"enabled\" } }", STATUS),
            ("{ properties = { status = \"ena$0bled\" } }", STATUS),
            ("{ properties = { colour = \"$0\" } }", r#"properties.colour: "red" | "green""#),
            ("{ properties = { count = 5$0 } }", "properties.count: integer"),
            ("{ properties = { enabled = tr$0ue } }", "properties.enabled: boolean"),
            ("{ properties = { created$0At = \"\" } }", "properties.createdAt: string"),
            ("{ properties = { mix$0ed = \"\" } }", "properties.mixed: string | object"),
            ("{ properties = { mixed = { prio$0rity = 1 } } }", "properties.mixed.priority: integer"),
            ("{ location = <<EOT\nwest$0\nEOT\n}", "location: string"),
            ("{ location = \"${var.r$0}-1\" }", "location: string"),
            ("{ nope$0 = 1 }", "nope: not known"),
            ("{ Proper$0ties = {} }", "Properties: not known"),
            ("null$0", "the body: object"),
        ],
    );
}

#[test]
fn keys_in_every_way_of_writing_them() {
    table(
        |row| body(&widget(row)),
        &[
            ("{ \"proper$0ties\" = {} }", "properties: object"),
            ("{ properties : { cou$0nt : 1 } }", "properties.count: integer"),
            ("{ (\"properties\") = { cou$0nt = 1 } }", "properties.count: integer"),
            ("{ \"${\"properties\"}\" = { cou$0nt = 1 } }", "properties.count: integer"),
            (
                "{ (local.key) = { cou$0nt = 1 } }\n\nlocals { key = \"properties\" }",
                "properties.count: integer",
            ),
            (
                "{ \"${local.key}ies\" = { cou$0nt = 1 } }\n\nlocals { key = \"propert\" }",
                "properties.count: integer",
            ),
            ("{ properties = { \"a.dot$0ted\" = \"\" } }", "properties.a.dotted: string"),
            ("{ location = 1, location$0 = 2 }", "location: string"),
        ],
    );
}

#[test]
fn lists_and_objects_with_further_keys() {
    table(
        |row| body(&widget(row)),
        &[
            ("{ properties = { rules = [$0] } }", "properties.rules.0: object"),
            ("{ properties = { rules = [{}, $0] } }", "properties.rules.1: object"),
            ("{ properties = { rules = [{$0}] } }", "properties.rules.0: object"),
            (
                "{ properties = { rules = [{}, { act$0ion = \"red\" }] } }",
                r#"properties.rules.1.action: "red" | "green""#,
            ),
            ("{ properties = { rules = [local.r$0] } }", "properties.rules.0: object"),
            (
                "{ properties = { parts = [{ parts = [{}, { lab$0el = \"\" }] }] } }",
                "properties.parts.0.parts.1.label: string",
            ),
            ("{ tags = { en$0v = \"\" } }", "tags.env: string"),
            ("{ tags = { \"a/b\" = \"x$0\" } }", "tags.a/b: string"),
            ("{ properties = { vault = { ke$0y = \"\" } } }", "properties.vault.key: string"),
            ("{ properties = { vault = { oth$0er = [] } } }", "properties.vault.other: any"),
            ("{ properties = { spares = { ma$0in = {} } } }", "properties.spares.main: object"),
            (
                "{ properties = { spares = { a = { prio$0rity = 1 } } } }",
                "properties.spares.a.priority: integer",
            ),
        ],
    );
}

#[test]
fn through_functions_that_hand_their_arguments_on() {
    let count = "properties.count: integer";
    table(
        |row| body(&widget(row)),
        &[
            ("merge({ properties = { cou$0nt = 1 } }, {})", count),
            ("merge({}, { properties = { cou$0nt = 1 } })", count),
            ("core::merge({}, { properties = { cou$0nt = 1 } })", count),
            ("{ properties = merge(local.a, { cou$0nt = 1 }) }", count),
            ("merge(local.a, {})\n\nlocals { a = { properties = { cou$0nt = 1 } } }", count),
            ("jsonencode({ properties = { cou$0nt = 1 } })", count),
            ("sensitive({ properties = nonsensitive({ cou$0nt = 1 }) })", count),
            ("{ properties = try({ cou$0nt = 1 }, {}) }", count),
            ("{ properties = coalesce(null, { cou$0nt = 1 }) }", count),
            ("{ tags = tomap({ en$0v = \"\" }) }", "tags.env: string"),
            (
                "{ properties = { rules = concat([{ prio$0rity = 1 }], local.r) } }",
                "properties.rules.0.priority: integer",
            ),
            (
                "{ properties = { rules = tolist([{ prio$0rity = 1 }]) } }",
                "properties.rules.0.priority: integer",
            ),
            (
                "{ properties = { rules = distinct([{ prio$0rity = 1 }]) } }",
                "properties.rules.0.priority: integer",
            ),
        ],
    );
}

#[test]
fn through_parentheses_conditionals_and_for_expressions() {
    let count = "properties.count: integer";
    table(
        |row| body(&widget(row)),
        &[
            ("({ properties = ({ cou$0nt = 1 }) })", count),
            ("var.c ? { properties = { cou$0nt = 1 } } : null", count),
            ("{ properties = var.c ? null : { cou$0nt = 1 } }", count),
            ("{ properties = { count = var.c ? 1$0 : 2 } }", count),
            ("{ tags = { for k, v in local.t : k => \"v$0\" } }", "tags.*: string"),
            (
                "{ properties = { rules = [for r in local.r : { prio$0rity = r }] } }",
                "properties.rules.*.priority: integer",
            ),
            (
                "{ properties = { rules = [for r in local.r : { priority = r$0 } if r != null] } }",
                "properties.rules.*.priority: integer",
            ),
            (
                "{ properties = { spares = { for k in local.k : k => { prio$0rity = 1 } } } }",
                "properties.spares.*.priority: integer",
            ),
        ],
    );
}

#[test]
fn in_locals_that_a_body_refers_to() {
    let count = "properties.count: integer";
    table(
        |row| body(&widget(row)),
        &[
            ("{ properties = local.p$0 }\n\nlocals { p = {} }", "properties: object"),
            ("{ properties = local.p }\n\nlocals { p = { cou$0nt = 1 } }", count),
            ("local.a\n\nlocals {\n  a = { properties = local.b }\n  b = { cou$0nt = 1 }\n}", count),
            ("{ properties = local.all.p }\n\nlocals { all = { p = { cou$0nt = 1 } } }", count),
            ("{ properties = local.all[\"p\"] }\n\nlocals { all = { p = { cou$0nt = 1 } } }", count),
            ("{ properties = local.all[1] }\n\nlocals { all = [null, { cou$0nt = 1 }] }", count),
            ("{ properties = local.p }\n\n#- locals.tf\nlocals { p = { cou$0nt = 1 } }", count),
            ("local.a\n\nlocals {\n  a = merge(local.b, { loca$0tion = \"\" })\n  b = local.a\n}", "nothing"),
            ("{}\n\nlocals { p = { cou$0nt = 1 } }", "nothing"),
            ("{ properties = local.p }\n\nlocals { p$0 = { count = 1 } }", "nothing"),
            (
                "{ properties = local.p }\n\nlocals { p = { count = 1 } }\nlocals { q = { cou$0nt = 1 } }",
                "nothing",
            ),
        ],
    );
}

#[test]
fn shapes_that_a_known_value_selects() {
    table(
        |row| body(&shape(row)),
        &[
            ("{ ki$0nd = \"Square\" }", "kind: selects Circle, Square"),
            ("{ kind = \"Squ$0are\" }", "kind: selects Circle, Square"),
            ("{ kind = \"$0\" }", "kind: selects Circle, Square"),
            ("{ kind = \"Square\", si$0de = 1 }", "side: integer"),
            ("{ \"kind\" = \"Square\", si$0de = 1 }", "side: integer"),
            ("{ si$0de = 1, kind = \"Square\" }", "side: integer"),
            ("{ kind = \"Circle\", si$0de = 1 }", "side: not known"),
            ("{ kind = \"Circle\", properties = { rad$0ius = 1 } }", "properties.radius: integer"),
            ("{ kind = local.k, si$0de = 1 }\n\nlocals { k = \"Square\" }", "side: integer"),
            ("{ kind = local.k, si$0de = 1 }\n\nlocals { k = \"Circle\" }", "side: not known"),
            ("{ kind = var.k, si$0de = 1 }\n\nvariable \"k\" { default = \"Circle\" }", "side: not known"),
            ("{ kind = true ? \"Circle\" : \"Square\", si$0de = 1 }", "side: not known"),
        ],
    );
    table(
        |row| body(&widget(&format!("{{ properties = {{ {row} }} }}"))),
        &[
            ("engine = { ki$0nd = \"steam\" }", "properties.engine.kind: selects electric, steam"),
            ("engine = { kind = \"electric\", vo$0lts = 1 }", "properties.engine.volts: integer"),
            ("engine = { kind = \"steam\", vo$0lts = 1 }", "properties.engine.volts: not known"),
            ("engine = { runn$0ing = true }", "properties.engine.running: boolean"),
            (
                "engine = { kind = \"steam\", valves = [{ prio$0rity = 1 }] }",
                "properties.engine.valves.0.priority: integer",
            ),
            (
                "engines = [{ kind = \"steam\" }, { kind = \"electric\", vo$0lts = 1 }]",
                "properties.engines.1.volts: integer",
            ),
            (
                "engines = [{ kind = \"electric\" }, { kind = \"steam\", vo$0lts = 1 }]",
                "properties.engines.1.volts: not known",
            ),
        ],
    );
}

#[test]
fn shapes_that_the_name_selects() {
    let config = |row: &str| {
        let (name, body) = row.split_once(": ").expect("name: body");
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets/config@2024-01-01\"\n  name = {name}\n  body = {body}\n}}\nlocals {{ n = \"logs\" }}\n"
        )
    };
    table(
        |row| body(&config(row)),
        &[
            ("\"web\": { po$0rt = 1 }", "port: integer"),
            ("\"logs\": { po$0rt = 1 }", "port: not known"),
            ("\"logs\": { lev$0el = \"\" }", "level: string"),
            ("local.n: { po$0rt = 1 }", "port: not known"),
            ("local.n: merge({ lev$0el = \"\" }, {})", "level: string"),
        ],
    );
}

#[test]
fn bodies_of_other_arguments_blocks_and_types() {
    table(
        |row| body(&with(row)),
        &[
            ("sensitive_body = { properties = { pass$0word = \"\" } }", "properties.password: string"),
            ("output = { properties = { cou$0nt = 1 } }", "nothing"),
            ("tags = { cou$0nt = 1 }", "nothing"),
        ],
    );
    let block = |row: &str| {
        let (head, rest) = row.split_once("; ").expect("head; arguments");
        format!("{head} \"x\" {{\n  {rest}\n}}\n")
    };
    let widget = r#"type = "Test.Rp/widgets@2024-01-01""#;
    table(
        |row| body(&block(&row.replace("{W}", widget))),
        &[
            ("resource \"azapi_resource\"; body = { pro$0perties = {} }", "nothing"),
            ("resource \"azapi_resource\"; type = var.t\n body = { pro$0perties = {} }", "nothing"),
            (
                "resource \"azapi_resource\"; type = \"Test.Rp/none@2024-01-01\"\n body = { a$0 = 1 }",
                "nothing",
            ),
            (
                "resource \"azapi_resource\"; type = \"test.rp/WIDGETS@2023-01-01\"\n body = { properties = { cou$0nt = 1 } }",
                "properties.count: not known",
            ),
            (
                "resource \"azapi_resource\"; type = \"Test.Rp/widgets@2000-01-01\"\n body = { properties = { cou$0nt = 1 } }",
                "properties.count: integer",
            ),
            (
                "resource \"azapi_resource\"; type = \"Test.Rp/widgets@${var.v}\"\n body = { properties = { cou$0nt = 1 } }",
                "properties.count: integer",
            ),
            ("resource \"azapi_update_resource\"; {W}\n body = { pro$0perties = {} }", "properties: object"),
            (
                "resource \"azapi_resource_action\"; {W}\n action = \"regenerateKey\"\n body = { whi$0ch = \"\" }",
                "which: string",
            ),
            (
                "data \"azapi_resource_action\"; {W}\n action = \"regenerateKey\"\n body = { whi$0ch = \"\" }",
                "which: string",
            ),
            (
                "ephemeral \"azapi_resource_action\"; {W}\n action = local.a\n body = { whi$0ch = \"\" }",
                "nothing",
            ),
            (
                "resource \"azapi_resource_action\"; {W}\n action = \"listKeys\"\n body = { whi$0ch = \"\" }",
                "nothing",
            ),
            (
                "action \"azapi_resource_action\"; config {\n {W}\n action = \"regenerateKey\"\n body = { whi$0ch = \"\" }\n }",
                "which: string",
            ),
            ("resource \"null_resource\"; {W}\n body = { pro$0perties = {} }", "nothing"),
        ],
    );
}

#[test]
fn half_typed_bodies() {
    table(
        |row| body(&widget(row)),
        &[
            ("{ pro$0 }", "pro: not known"),
            ("{ properties = { count$0 } }", "properties.count: integer"),
            ("{\n properties = {\n count$0\n enabled = true\n }\n}", "properties.count: integer"),
            ("{ properties = { status = \"$0 } }", STATUS),
            ("{\n properties = {\n status = \"ena$0\n count = 1\n }\n}", STATUS),
            ("{ properties = { rules = [{ act$0", "properties.rules.0.act: not known"),
            ("{ properties = { cou$0nt = 1", "properties.count: integer"),
            ("{ properties = { $0", "properties: object"),
            ("merge(local.a, { pro$0perties", "properties: object"),
            ("{\n properties = {\n \n $0\n \n }\n}", "properties: object"),
            ("$0", "the body: object"),
        ],
    );
}
