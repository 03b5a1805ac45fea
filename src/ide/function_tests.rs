//! Objects that functions and other expressions hand on into a body: their keys are explained, completed and judged as
//! if they stood there, at the root of the body and at any depth.

use super::fixture::Fixture;

/// What hands on the object in the place of `O`.
const WAYS: &[&str] = &[
    "O",
    "(O)",
    "coalesce(O)",
    "coalesce(null, O)",
    "coalesce(O, {})",
    "coalesce(var.c ? O : null, {})",
    "coalesce(var.u, O)",
    "try(O)",
    "try(O, {})",
    "try(O, null)",
    "try(var.u.x, O)",
    "try(coalesce(null, O), {})",
    "merge(O)",
    "merge({}, O)",
    "merge(O, {})",
    "merge(O, null)",
    "merge(var.c ? O : {}, {})",
    "merge(var.c ? {} : O, {})",
    "merge(var.c ? O : null, {})",
    "merge({}, var.c ? O : {})",
    "merge([O, {}]...)",
    "merge(merge(O, {}), {})",
    "one([O])",
    "one(flatten([[O]]))",
    "one([for one in [O] : one])",
    "one(var.c ? [O] : [])",
    "element([O], 0)",
    "element(concat([O], []), 0)",
    "[O][0]",
    "flatten([O])[0]",
    "flatten([[O], []])[0]",
    "concat([O], [])[0]",
    "tolist([O])[0]",
    "reverse([O])[0]",
    "slice([O], 0, 1)[0]",
    "distinct([O])[0]",
    "coalescelist([], [O])[0]",
    "chunklist([O], 1)[0][0]",
    "[for one in [O] : one][0]",
    "[for one in [O] : merge(one, {})][0]",
    "var.c ? O : null",
    "var.c ? null : O",
    "var.c ? O : {}",
    "{ for k, v in O : k => v }",
    "{ for k, v in O : k => v if v != null }",
    "lookup({ a = O }, \"a\")",
    "lookup({ a = O }, \"a\", {})",
    "{ a = O }.a",
    "{ a = O }[\"a\"]",
    "values({ a = O })[0]",
    "zipmap([\"a\"], [O])[\"a\"]",
    "sensitive(O)",
    "nonsensitive(O)",
    "jsondecode(jsonencode(O))",
];

/// Where such an object may stand, with what it has besides; and a key that belongs there.
const PLACES: &[(&str, &str, &str, &str)] = &[
    ("the root", "HERE", "location = \"w\"", "properties"),
    ("a property", "{ location = \"w\", properties = HERE }", "enabled = true", "status"),
    (
        "an item of a list",
        "{ location = \"w\", properties = { status = \"on\", rules = [HERE] } }",
        "priority = 1",
        "action",
    ),
    (
        "a value of a map",
        "{ location = \"w\", properties = { status = \"on\", spares = { a = HERE } } }",
        "priority = 1",
        "action",
    ),
];

fn text(body: &str, is_local: bool) -> String {
    let (body, local) = match is_local {
        true => ("local.b", format!("locals {{\n  b = {body}\n}}\n")),
        false => (body, String::new()),
    };
    format!(
        "variable \"c\" {{\n  type = bool\n}}\nvariable \"u\" {{}}\n{local}resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  name = \"w\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n  body = {body}\n}}\n"
    )
}

/// Each way at each place, in the block and in a local: what is asked of the text with the object.
fn for_each(ask: impl Fn(&str, &str, &str, bool) -> Option<String>) {
    let mut wrong = String::new();
    let mut count = 0;
    for way in WAYS {
        for (at, (place, around, others, key)) in PLACES.iter().enumerate() {
            // In a local every other one is enough.
            for is_local in [false, true].into_iter().filter(|is_local| !is_local || at % 2 == 0) {
                count += 1;
                let body = around.replace("HERE", &way.replacen('O', "OBJECT", 1));
                if let Some(found) = ask(&body, others, key, is_local) {
                    let local = if is_local { ", in a local" } else { "" };
                    wrong.push_str(&format!("{way} at {place}{local}: {found}\n"));
                }
            }
        }
    }
    assert_eq!(count, WAYS.len() * 6);
    assert!(wrong.is_empty(), "{} of {count}\n{wrong}", wrong.lines().count());
}

#[test]
fn a_key_under_a_condition_on_what_is_null_by_default_is_explained() {
    let declared = "variable \"v\" {\n  default = null\n}\nvariable \"o\" {\n  type = object({\n    a = optional(object({ n = optional(string) }))\n    l = optional(list(object({ s = string })))\n  })\n  default = {}\n}\n";
    for (body, key) in [
        (
            "var.v == null ? null : { properties = var.v.p == null ? null : { $0status = var.v.p.s } }",
            "status",
        ),
        (
            "{ properties = var.v == null ? null : merge({ $0status = var.v.s }, var.v.c == null ? {} : { count = 1 }) }",
            "status",
        ),
        (
            "{ properties = var.v == null ? null : merge({ status = 1 }, var.v[\"c\"] == null ? {} : { $0count = 1 }) }",
            "count",
        ),
        ("{ properties = var.o.a == null ? {} : { $0status = var.o.a.n } }", "status"),
        ("{ properties = { rules = [for one in var.v : { $0action = one.a }] } }", "action"),
        (
            "{ properties = { rules = flatten([for one in var.o.a[*] : [for two in one.x : { $0action = two }]]) } }",
            "action",
        ),
        (
            "{ properties = { rules = [for one in var.o.l : merge({ $0action = one.s }, one.t == null ? {} : { priority = 1 })] } }",
            "action",
        ),
    ] {
        let fixture = Fixture::new(&(text(body, false) + declared));
        let markdown = fixture.analysis().hover(fixture.at()).map(|hover| hover.markdown).unwrap_or_default();
        let title = markdown.split("**").nth(1).unwrap_or("nothing");
        assert_eq!(title.rsplit('.').next(), Some(key), "{body}");
    }
}

#[test]
fn a_key_is_explained_whatever_hands_the_object_on() {
    for_each(|body, others, key, is_local| {
        let object = format!("{{ {others}, $0{key} = null }}");
        let fixture = Fixture::new(&text(&body.replace("OBJECT", &object), is_local));
        let markdown = fixture.analysis().hover(fixture.at()).map(|hover| hover.markdown).unwrap_or_default();
        let title = markdown.split("**").nth(1).unwrap_or("nothing").to_owned();
        let last = title.rsplit('.').next() == Some(key);
        (!last).then_some(title)
    });
}

#[test]
fn a_key_is_completed_whatever_hands_the_object_on() {
    for_each(|body, others, key, is_local| {
        let half = &key[..3];
        let lines = [
            format!("{{\n    {others}\n    $0\n  }}"),
            format!("{{\n    {others}\n    {half}$0\n  }}"),
            format!("{{ {half}$0 }}"),
        ];
        // What a `for` makes is another object: of what it goes through only the keys are known.
        let lines = &lines[usize::from(body.contains("for k, v in"))..];
        let missing = lines.iter().filter(|object| {
            let fixture = Fixture::new(&text(&body.replace("OBJECT", object), is_local));
            let items = fixture.analysis().completion(fixture.at()).items;
            !items.iter().any(|item| item.label == key)
        });
        let missing: Vec<&String> = missing.collect();
        (!missing.is_empty()).then(|| format!("{missing:?}"))
    });
}

#[test]
fn an_unknown_key_is_reported_whatever_hands_the_object_on() {
    // With an empty object Terraform makes a map of it, of which as a body nothing is said.
    let maps = ["coalesce(OBJECT, {})", "coalesce(var.c ? OBJECT : null, {})", "var.c ? OBJECT : {}"];
    for_each(|body, others, _, is_local| {
        let object = format!("{{ {others}, nope = 1 }}");
        let fixture = Fixture::new(&text(&body.replace("OBJECT", &object), is_local));
        let found = fixture.analysis().diagnostics(fixture.file);
        let found: Vec<_> = found.iter().filter(|one| one.code == "unknown-property").collect();
        let at = found.iter().map(|one| fixture.source(one.range)).collect::<Vec<_>>();
        let expected: &[&str] = if maps.contains(&body) { &[] } else { &["nope"] };
        (at != expected).then(|| format!("{at:?}"))
    });
}
