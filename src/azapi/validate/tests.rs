//! Text in, text out: what is wrong with the body of block `x` of a toy type, a line for each fault.

use std::sync::Arc;

use super::{Certainty, Fault, FaultKind, judge_block};
use crate::azapi::AzapiBlock;
use crate::azapi::body::block_arguments;
use crate::schema::toy;
use crate::syntax;
use crate::terraform::declaration::FileIndex;
use crate::terraform::eval::{Assume, Evaluator};
use crate::terraform::module::ModuleFile;
use crate::terraform::value::Object;
use crate::terraform::{FileId, Located, Module};

/// `properties.count: type`, with `?` behind what depends on a condition, and `at TEXT` where `placed`.
fn faults(text: &str, placed: bool) -> String {
    judged(text, |evaluator, block, arguments| {
        let Some(judged) = judge_block(toy::schema(), block, arguments) else { return "nothing".to_owned() };
        let line = |fault: &Fault<'_>| {
            let mark = if fault.certainty == Certainty::Sure { "" } else { "?" };
            let at = fault.at.and_then(|span| evaluator.locate(span));
            let at = at.map_or("the block", |(_, range)| &text[range]);
            let at = if placed { format!(" at {at}") } else { String::new() };
            format!("{}: {}{mark}{at}", fault.path.dotted(), kind(&fault.kind))
        };
        // Secrets have tests of their own.
        let faults = judged.faults.iter().filter(|fault| !matches!(fault.kind, FaultKind::Secret { .. }));
        faults.map(line).collect::<Vec<_>>().join(", ")
    })
}

/// What is done with the first azapi block and what its arguments are.
fn judged<T>(text: &str, judge: impl FnOnce(&Evaluator<'_>, &AzapiBlock, &[Object]) -> T) -> T {
    let parse = syntax::parse(text);
    let root = parse.root();
    let index = Arc::new(FileIndex::new(&root));
    let module = Module::new(vec![ModuleFile::new(FileId(0), parse, index)]);
    let evaluator = Evaluator::new(&module, Assume::Nothing);
    let mut blocks = root.body().blocks().map(|block| Located::new(FileId(0), block));
    let block = blocks.find_map(AzapiBlock::of).expect("an azapi block");
    let arguments = block_arguments(&evaluator, &block, &evaluator.any_scope(&block.syntax));
    judge(&evaluator, &block, &arguments)
}

/// The allocations that judging a body makes, which are in proportion to its steps, and the faults that it finds.
fn cost(text: &str) -> (u64, usize) {
    judged(text, |_, block, arguments| {
        let mut found = 0;
        let info = allocation_counter::measure(|| {
            found = judge_block(toy::schema(), block, arguments).map_or(0, |judged| judged.faults.len());
        });
        (info.count_total, found)
    })
}

fn kind(kind: &FaultKind<'_>) -> &'static str {
    match kind {
        FaultKind::Missing { .. } => "missing",
        FaultKind::Unexpected { .. } => "unexpected",
        FaultKind::ReadOnly { .. } => "read-only",
        FaultKind::Type { .. } => "type",
        FaultKind::Value { .. } => "value",
        FaultKind::NoVariant { .. } => "no variant",
        FaultKind::Length { .. } => "length",
        FaultKind::Range { .. } => "range",
        FaultKind::Pattern { .. } => "pattern",
        FaultKind::StringBody { .. } => "string body",
        FaultKind::Secret { .. } => "secret",
    }
}

#[track_caller]
fn check(rows: &[(&str, &str)], of: impl Fn(&str) -> String, placed: bool) {
    for (row, expected) in rows {
        assert_eq!(faults(&of(row), placed), *expected, "{row}");
    }
}

/// What comes behind an empty line stands beside the block.
fn block(ty: &str, arguments: &str) -> String {
    let (arguments, beside) = arguments.split_once("\n\n").unwrap_or((arguments, ""));
    format!("resource \"azapi_resource\" \"x\" {{\n  type = \"{ty}\"\n  {arguments}\n}}\n{beside}\n")
}

fn widget(body: &str) -> String {
    block("Test.Rp/widgets@2024-01-01", &format!("body = {body}"))
}

fn properties(row: &str) -> String {
    let (row, beside) = row.split_once("\n\n").unwrap_or((row, ""));
    widget(&format!("{{ properties = {{ status = \"enabled\", {row} }} }}\n\n{beside}"))
}

#[test]
fn each_rule_and_the_nearest_body_that_keeps_it() {
    check(
        &[
            ("", ""),
            ("statuss = 1", "properties.statuss: unexpected"),
            ("Status = \"enabled\"", "properties.Status: unexpected"),
            ("createdAt = null", "properties.createdAt: read-only"),
            ("count = \"5\"", "properties.count: type"),
            ("count = 5, enabled = true", ""),
            ("count = null, colour = null, rules = null", ""),
            ("count = var.n, colour = \"${var.c}x\"", ""),
            ("count = \"${var.c}x\"", "properties.count: type"),
            ("count = 101", "properties.count: range"),
            ("enabled = \"yes\"", "properties.enabled: type"),
            ("colour = \"Red\"", "properties.colour: value"),
            ("colour = 1", "properties.colour: value"),
            ("status = \"anything\"", ""),
            ("password = \"short\"", "properties.password: length"),
            ("password = \"éééé\"", ""),
            ("rules = []", "properties.rules: length"),
            ("rules = {}", "properties.rules: type, properties.rules: length"),
            ("rules = [{ action = \"red\" }, {}]", "properties.rules.1.action: missing"),
            ("rules = [null]", ""),
            ("parts = [{ label = \"A1\" }]", "properties.parts.0.label: pattern"),
            ("mixed = \"text\", vault = { key = \"12345678\", more = [1] }", ""),
            ("mixed = []", "properties.mixed: no variant"),
            (
                "spares = { main = { action = \"red\" }, other = {} }",
                "properties.spares.other.action: missing",
            ),
            ("engine = {}", "properties.engine.kind: missing"),
            ("engine = { kind = \"x\", anything = 1 }", "properties.engine.kind: value"),
            ("engine = { kind = var.k, anything = 1 }", ""),
            (
                "engine = { kind = \"steam\", volts = 1, running = false }",
                "properties.engine.volts: unexpected",
            ),
            ("engine = { kind = \"electric\" }", "properties.engine.volts: missing"),
        ],
        properties,
        false,
    );
}

#[test]
fn the_root_is_the_body_with_the_arguments_that_stand_for_parts_of_it() {
    check(
        &[
            ("body = {}", "properties: missing"),
            ("", ""),
            ("body = null", ""),
            ("body = []", ""),
            ("body = var.b", ""),
            ("body = { properties = null, id = 1 }", "id: read-only"),
            ("body = { properties = null }\n  tags = { a = 1 }\n  location = \"west\"", ""),
            (
                "body = { properties = null }\n  identity {\n    type = \"SystemAssigned\"\n  }",
                "identity: unexpected",
            ),
            (
                "body = { properties = {} }\n  sensitive_body = { properties = { status = \"x\", cont = 1 } }",
                "properties.cont: unexpected",
            ),
            ("body = { properties = {} }\n  sensitive_body = var.s", ""),
            (
                "body = { properties = {} }\n  sensitive_body = { properties = { status = \"x\", engine = {} } }",
                "properties.engine.kind: missing",
            ),
            (
                "body = { properties = { engine = ELECTRIC } }\n  sensitive_body = { properties = { status = \"x\", engine = {} } }",
                "",
            ),
            (
                "body = { properties = { engine = var.c ? ELECTRIC : ELECTRIC2 } }\n  sensitive_body = { properties = { status = \"x\", engine = {} } }",
                "",
            ),
            (
                "body = { properties = var.c ? { engine = ELECTRIC } : { engine = ELECTRIC2 } }\n  sensitive_body = { properties = { status = \"x\", engine = {} } }",
                "",
            ),
            (
                "body = { properties = var.c ? { engine = ELECTRIC } : { engine = {} } }\n  sensitive_body = { properties = { status = \"x\", engine = {} } }",
                "",
            ),
            (
                "body = { properties = { status = \"x\", engine = ELECTRIC } }\n  sensitive_body = { properties = var.c ? { engine = {} } : { status = \"x\" } }",
                "",
            ),
            (
                "body = { properties = var.p }\n  sensitive_body = { properties = { status = \"x\", engine = {}, cont = 1 } }",
                "properties.cont: unexpected",
            ),
            (
                "body = { properties = { engine = var.p.engine } }\n  sensitive_body = { properties = { status = \"x\", engine = {} } }",
                "",
            ),
            (
                "body = { properties = merge(var.p, {}) }\n  sensitive_body = { properties = { status = \"x\", engine = {} } }",
                "",
            ),
            (
                "body = { properties = merge({}, var.c ? { engine = ELECTRIC } : {}) }\n  sensitive_body = { properties = { status = \"x\", engine = {} } }",
                "",
            ),
            (
                "body = { properties = { rules = [{ action = \"red\" }] } }\n  sensitive_body = { properties = { status = \"x\", rules = [{}] } }",
                "",
            ),
            (
                "body = { properties = { rules = [{ action = \"red\", x = 1 }] } }\n  sensitive_body = { properties = { status = \"x\", rules = null } }",
                "",
            ),
            (
                "body = { properties = null }\n  sensitive_body = { properties = { status = \"x\", engine = {} } }",
                "properties.engine.kind: missing",
            ),
            ("body = jsonencode({ properties = null, nope = 1 })", ": string body, nope: unexpected"),
        ],
        |row| {
            let electric = "{ kind = \"electric\", volts = null }";
            let row =
                row.replace("ELECTRIC2", &electric.replace("null", "var.v")).replace("ELECTRIC", electric);
            block("Test.Rp/widgets@2024-01-01", &row)
        },
        false,
    );
    check(
        &[
            ("body = {}\n  tags = { a = \"b\" }", "tags: unexpected"),
            ("body = {}\n  tags = {}", ""),
            ("body = {}\n  tags = var.tags", ""),
            ("body = {}\n  location = var.c ? \"west\" : null", "location: unexpected?"),
        ],
        |row| block("Test.Rp/widgets/gears@2024-01-01", row),
        false,
    );
    check(
        &[
            ("name = \"web\"\n  body = { level = \"\" }", "level: unexpected, port: missing"),
            ("name = var.n\n  body = { level = \"\" }", ""),
            ("name = \"wbe\"\n  body = { level = \"\" }", "name: value"),
        ],
        |row| block("Test.Rp/widgets/config@2024-01-01", row),
        false,
    );
}

#[test]
fn a_part_is_judged_by_the_outcomes_in_which_it_takes_part() {
    check(
        &[
            ("count = var.c ? \"a\" : \"b\"", "properties.count: type, properties.count: type"),
            ("count = var.c ? \"a\" : 1", "properties.count: type, properties.count: type"),
            ("count = var.c ? [] : null", "properties.count: type?"),
            (
                "rules = var.c ? [local.r, local.r] : null\n\nlocals {\n  r = { action = \"red\", x = 1 }\n}",
                "properties.rules.0.x: unexpected?, properties.rules.1.x: unexpected?",
            ),
            ("count = var.c ? \"a\" : null", "properties.count: type?"),
            ("rules = [var.c ? { action = \"red\", x = 1 } : null]", "properties.rules.0.x: unexpected?"),
            ("rules = [var.c ? {} : { action = \"red\" }]", ""),
            ("rules = [var.c ? {} : { priority = 1 }]", "properties.rules.0.action: missing"),
            (
                "engine = { kind = var.c ? \"steam\" : \"electric\", volts = 1, nope = 1 }",
                "properties.engine.nope: unexpected",
            ),
            ("engine = { kind = var.c ? \"steam\" : \"x\" }", "properties.engine.kind: value?"),
            (
                "engine = var.c ? merge(local.e, { kind = \"steam\" }) : merge(local.e, { kind = \"electric\" })\n\nlocals {\n  e = { volts = 1 }\n}",
                "",
            ),
            ("mixed = var.c ? [] : \"a\"", "properties.mixed: no variant?"),
            (
                "rules = [for r in var.rules : { action = \"red\", priorty = r }]",
                "properties.rules.*.priorty: unexpected?",
            ),
        ],
        properties,
        false,
    );
    check(
        &[
            ("var.c ? { properties = {} } : null", ""),
            ("var.c ? { nope = 1, properties = null } : null", "nope: unexpected?"),
            ("merge({ nope = 1 }, { properties = null })", "nope: unexpected"),
            ("{ (var.k) = 1 }", ""),
        ],
        widget,
        false,
    );
}

#[test]
fn every_instance_of_a_block_counts() {
    check(
        &[
            ("for_each = { a = \"steam\", b = \"x\" }", "properties.engine.kind: value"),
            ("for_each = { a = \"steam\", b = var.k }", ""),
            ("for_each = var.each", ""),
        ],
        |row| {
            block(
                "Test.Rp/widgets@2024-01-01",
                &format!(
                    "{row}\n  body = {{ properties = {{ status = \"\", engine = {{ kind = each.value }} }} }}"
                ),
            )
        },
        false,
    );
    // In each of them it is no more than possible.
    check(
        &[("for_each = { a = \"1\", b = \"2\" }", "properties.nope: unexpected?")],
        |row| {
            let properties = "var.c ? { status = \"\", nope = 1 } : { status = \"\" }";
            block(
                "Test.Rp/widgets@2024-01-01",
                &format!("{row}\n  body = {{ tags = {{ x = each.value }}, properties = {properties} }}"),
            )
        },
        false,
    );
}

#[test]
fn with_one_of_several_types_a_fault_counts_where_it_is_one_in_each() {
    check(
        &[
            ("{ properties = { status = \"\", count = 1 } }", ""),
            ("{ properties = { status = \"\", nope = 1 } }", "properties.nope: unexpected"),
            ("{ properties = {} }", "properties.status: missing"),
        ],
        |row| {
            format!(
                "resource \"azapi_resource\" \"x\" {{\n  type = var.c ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/widgets@2023-01-01\"\n  body = {row}\n}}\n"
            )
        },
        false,
    );
}

#[test]
fn a_fault_stands_at_the_key_or_the_value_that_is_wrong() {
    check(
        &[
            (
                "{ properties = { statuss = 1 } }",
                "properties.statuss: unexpected at statuss, properties.status: missing at properties",
            ),
            (
                "{ properties = { \"nope\" = 1, status = [] } }",
                "properties.nope: unexpected at \"nope\", properties.status: value at []",
            ),
            (
                "{ properties = local.p }\n\nlocals {\n  p = { status = local.s, count = local.n }\n  s = 1\n  n = \"a\"\n}",
                "properties.count: type at \"a\", properties.status: value at 1",
            ),
            (
                "{ properties = local.p }\n\nlocals {\n  p = { count = 1 }\n}",
                "properties.status: missing at { count = 1 }",
            ),
            ("{}", "properties: missing at the block"),
            ("{ properties = { status = \"\", parts = [{}] } }", "properties.parts.0.label: missing at {}"),
        ],
        widget,
        true,
    );
}

#[test]
fn bodies_of_other_blocks_lack_nothing_unless_they_are_whole() {
    let action = |row: &str| {
        format!(
            "resource \"azapi_resource_action\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  {row}\n}}\n"
        )
    };
    check(
        &[
            ("action = \"regenerateKey\"\n  body = {}", "which: missing"),
            ("action = \"regenerateKey\"\n  body = { which = 1 }", "which: type"),
            ("action = var.a\n  body = { which = 1 }", "nothing"),
            ("method = \"PATCH\"\n  body = { nope = 1 }", "nope: unexpected"),
            ("method = \"PUT\"\n  body = {}", "properties: missing"),
            ("body = {}", "nothing"),
        ],
        action,
        false,
    );
    let update = |row: &str| widget(row).replace("\"azapi_resource\"", "\"azapi_update_resource\"");
    check(&[("{}", ""), ("{ properties = { cont = 1 } }", "properties.cont: unexpected")], update, false);
}

#[test]
fn judging_is_linear_in_the_body_and_bounded_in_its_depth() {
    let deep = |levels: usize| {
        let (open, close) = ("[{ label = \"a\", parts = ".repeat(levels), "}]".repeat(levels));
        cost(&properties(&format!("parts = {open}1{close}")))
    };
    // The innermost is wrong, and is looked at where it is not too deep.
    assert_eq!((deep(10).1, deep(100).1), (1, 0));
    let (once, twice) = (deep(100).0, deep(200).0);
    assert!(twice <= once + once / 10, "{once} at 100 levels, {twice} at 200");
    // Some with a fault, most without.
    let wide = |count: usize| {
        let right = "{ kind = var.c ? \"steam\" : \"electric\", volts = 1 }, ".repeat(count);
        let wrong = "{ kind = \"electric\", volts = \"x\" }, ".repeat(count / 20);
        cost(&properties(&format!("engines = [{right}{wrong}]")))
    };
    let (few, many) = (wide(200), wide(2_000));
    assert!(few.1 > 0 && many.1 > few.1, "{few:?} {many:?}");
    assert!(many.0 <= 11 * few.0, "{few:?} {many:?}");
}

/// A block whose type is this expression; `WIDGET`, `GEAR` and `CONFIG` stand for types, `W` for a body of a widget, and
/// `IF c THEN a ELSE b;` for what gives bodies of any two types.
fn of_type(ty: &str, rows: &str) -> String {
    let mut rows = format!("type = {ty}\n  {rows}");
    for (short, full) in [
        ("WIDGET", "\"Test.Rp/widgets@2024-01-01\""),
        ("GEAR", "\"Test.Rp/widgets/gears@2024-01-01\""),
        ("CONFIG", "\"Test.Rp/widgets/config@2024-01-01\""),
        ("W", "{ properties = { status = \"enabled\" } }"),
        ("IF ", "jsondecode("),
        (" THEN ", " ? jsonencode("),
        (" ELSE ", ") : jsonencode("),
        (";", "))"),
    ] {
        rows = rows.replace(short, full);
    }
    let (rows, beside) = rows.split_once("\n\n").unwrap_or((&rows, ""));
    format!("resource \"azapi_resource\" \"x\" {{\n  {rows}\n}}\n{beside}\n")
}

#[test]
fn what_decides_the_type_and_the_body_decides_both_at_once() {
    for (ty, rows, expected) in [
        // Each with its own, each with the other's, and one of them wrong.
        ("var.c ? WIDGET : GEAR", "body = IF var.c THEN W ELSE {};", ""),
        ("var.c ? WIDGET : GEAR", "body = IF var.c THEN {} ELSE W;", "properties: unexpected"),
        ("var.c ? WIDGET : GEAR", "body = IF var.c THEN W ELSE { nope = 1 };", "nope: unexpected?"),
        (
            "var.c ? WIDGET : GEAR",
            "body = IF var.c THEN { properties = { status = 1 } } ELSE {};",
            "properties.status: value?",
        ),
        // The same condition written otherwise.
        ("!var.c ? GEAR : WIDGET", "body = IF ( var.c) THEN W ELSE {};", ""),
        ("!var.c ? WIDGET : GEAR", "body = IF var.c THEN W ELSE {};", "properties: unexpected"),
        ("var.c != null ? WIDGET : GEAR", "body = IF var.c == null THEN {} ELSE W;", ""),
        (
            "local.c ? WIDGET : GEAR",
            "body = IF var.k == \"w\" THEN W ELSE {};\n\nlocals {\n  c = var.k == \"w\"\n}",
            "",
        ),
        (
            "local.c ? WIDGET : GEAR",
            "body = IF var.k == \"w\" THEN {} ELSE W;\n\nlocals {\n  c = var.k == \"w\"\n}",
            "properties: unexpected",
        ),
        // Both in locals.
        (
            "local.t",
            "body = local.b\n\nlocals {\n  t = var.c ? WIDGET : GEAR\n  b = IF var.c THEN W ELSE {};\n}",
            "",
        ),
        (
            "local.t",
            "body = local.b\n\nlocals {\n  t = var.c ? WIDGET : GEAR\n  b = IF var.c THEN {} ELSE W;\n}",
            "properties: unexpected",
        ),
        // Conditionals in conditionals.
        (
            "var.a ? WIDGET : (var.b ? GEAR : CONFIG)",
            "name = \"web\"\n  body = IF var.a THEN W ELSE IF var.b THEN {} ELSE { port = 1 };;",
            "",
        ),
        (
            "var.a ? WIDGET : (var.b ? GEAR : CONFIG)",
            "name = \"web\"\n  body = IF var.a THEN W ELSE IF var.b THEN { port = 1 } ELSE {};;",
            "port: unexpected?",
        ),
        // What both have is wrong in both, or right in one.
        ("var.c ? WIDGET : GEAR", "body = merge({ nope = 1 }, IF var.c THEN W ELSE {};)", "nope: unexpected"),
        ("var.c ? WIDGET : GEAR", "body = merge({ tags = {} }, IF var.c THEN W ELSE {};)", ""),
        // Another condition, or none: any of the types beside any of the bodies.
        ("var.c ? WIDGET : GEAR", "body = IF var.d THEN {} ELSE W;", ""),
        ("var.c ? WIDGET : GEAR", "body = IF var.d THEN { nope = 1 } ELSE W;", "nope: unexpected?"),
        ("var.c ? WIDGET : GEAR", "body = W", ""),
        ("var.c ? WIDGET : GEAR", "body = { nope = 1 }", "nope: unexpected"),
        // Beside a type that is not known all is right.
        ("var.c ? WIDGET : var.t", "body = IF var.c THEN { nope = 1 } ELSE W;", "nope: unexpected?"),
        ("var.c ? WIDGET : var.t", "body = IF var.c THEN W ELSE { nope = 1 };", ""),
        ("var.c ? WIDGET : var.t", "body = merge({ nope = 1 }, IF var.c THEN W ELSE {};)", ""),
        ("var.c ? WIDGET : var.t", "body = { nope = 1 }", "nothing"),
        ("var.c ? var.s : var.t", "body = IF var.c THEN { nope = 1 } ELSE W;", "nothing"),
        // Arguments that stand for properties.
        (
            "var.c ? WIDGET : GEAR",
            "location = var.c ? \"west\" : null\n  body = IF var.c THEN W ELSE {};",
            "",
        ),
        (
            "var.c ? WIDGET : GEAR",
            "location = var.c ? null : \"west\"\n  body = IF var.c THEN W ELSE {};",
            "location: unexpected?",
        ),
        (
            "var.c ? CONFIG : GEAR",
            "name = var.c ? \"web\" : \"any\"\n  body = IF var.c THEN { port = 1 } ELSE {};",
            "",
        ),
        (
            "var.c ? CONFIG : GEAR",
            "name = var.c ? \"any\" : \"web\"\n  body = IF var.c THEN { port = 1 } ELSE {};",
            "name: value?",
        ),
    ] {
        let text = of_type(ty, rows);
        assert_eq!(faults(&text, false), expected, "{text}");
    }
}

/// What is said of a conditional is what is said of its two cases, one by one.
#[test]
fn a_conditional_type_and_body_are_judged_as_their_cases_are() {
    use std::collections::BTreeSet;
    const TYPES: [&str; 4] = ["WIDGET", "GEAR", "CONFIG", "\"Test.Rp/widgets@2023-01-01\""];
    const BODIES: [&str; 9] = [
        "W",
        "{}",
        "{ nope = 1 }",
        "{ port = 1 }",
        "{ port = \"1\", tags = {} }",
        "{ properties = { status = \"enabled\", colour = \"red\" } }",
        "{ properties = { status = 1, nope = 1 } }",
        "{ properties = { count = 101, status = \"enabled\" } }",
        "{ properties = {} }",
    ];
    let lines = |ty: &str, body: &str| -> BTreeSet<String> {
        let found = faults(&of_type(ty, &format!("name = \"web\"\n  body = {body}")), false);
        found.split(", ").filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let is_refused =
        |lines: &BTreeSet<String>| lines.iter().any(|line| !line.ends_with('?') && !line.ends_with("range"));
    let mut cases = 0;
    for (ty, other) in TYPES.iter().flat_map(|ty| TYPES.iter().map(move |other| (ty, other))) {
        for (body, second) in BODIES.iter().flat_map(|body| BODIES.iter().map(move |other| (body, other))) {
            let (one, two) = (lines(ty, body), lines(other, second));
            let counts =
                |line: &&String| !line.ends_with("missing") || (one.contains(*line) && two.contains(*line));
            let mark = if is_refused(&one) && is_refused(&two) { "" } else { "?" };
            let expected: BTreeSet<String> =
                one.union(&two).filter(counts).map(|line| format!("{line}{mark}")).collect();
            let found =
                lines(&format!("var.c ? {ty} : {other}"), &format!("IF var.c THEN {body} ELSE {second};"));
            assert_eq!(found, expected, "{ty} {other} {body} {second}");
            cases += 1;
        }
    }
    assert_eq!(cases, 1296);
}
