//! Keys and values where a condition decides: each side is completed as if it were the only one.

use crate::ide::fixture::Fixture;
use crate::ide::{CompletionItem, Completions};

const REST: &str = "variable \"x\" {}\nvariable \"y\" {}\nvariable \"l\" { type = list(string) }\n";
/// What `properties` may have, but for what is said about it.
const PROPERTIES: [&str; 13] = [
    "status", "a.dotted", "colour", "count", "enabled", "engine", "engines", "mixed", "parts", "password",
    "rules", "spares", "vault",
];

fn completions(text: &str) -> (Fixture, Completions) {
    let fixture = Fixture::new(text);
    let found = fixture.analysis().completion(fixture.at());
    (fixture, found)
}

fn widget(arguments: &str) -> String {
    let head = "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  ";
    format!("{head}{arguments}\n}}\n{REST}")
}

/// The labels, but for that which fills in all that is required.
fn labels(text: &str) -> Vec<String> {
    let all = completions(text).1.items.into_iter().map(|item| item.label);
    all.filter(|label| !label.starts_with("required properties")).collect()
}

#[test]
fn a_side_of_a_conditional_is_completed_whatever_the_other_one_is() {
    // Of each: the body with `$0` for the cursor, and which properties are not offered.
    let bodies: [(&str, &[&str]); 30] = [
        ("var.x ? { properties = { count = 1, $0 } } : { properties = { rules = [] } }", &["count"]),
        ("var.x ? { properties = { count = 1\n $0 } } : { tags = {} }", &["count"]),
        ("var.x ? { properties = { count = 1\n co$0 } } : { tags = {} }", &["count"]),
        ("var.x ? { tags = {} } : { properties = { $0 } }", &[]),
        ("var.x ? {} : { properties = { $0 } }", &[]),
        ("var.x ? null : { properties = { $0 } }", &[]),
        ("var.x ? { properties = { $0 } } : null", &[]),
        ("var.x ? \"nothing\" : { properties = { $0 } }", &[]),
        ("var.x ? { properties = { $0 } } : [1]", &[]),
        (
            "var.x ? (var.y ? { properties = { $0 } } : { a = 1 }) : { properties = { count = 1, rules = [] } }",
            &[],
        ),
        ("var.x ? { properties = { count = 1 } } : var.y ? { properties = { $0 } } : null", &[]),
        ("var.x ? { a = 1 } : var.y ? { b = 1 } : { properties = { enabled = true, $0 } }", &["enabled"]),
        ("{ properties = var.x ? { count = 1, $0 } : { colour = \"red\" } }", &["count"]),
        ("{ properties = var.x ? null : { count = 1, $0 } }", &["count"]),
        ("{ properties = true ? { colour = \"red\" } : { $0 } }", &[]),
        ("{ properties = false ? { vault = {}, $0 } : { colour = \"red\" } }", &["vault"]),
        ("{ properties = 1 ? { $0 } : {} }", &[]),
        ("merge(var.x ? { properties = { $0 } } : {}, { tags = {} })", &[]),
        ("{ properties = merge(var.x ? { count = 1 } : {}, { $0 }) }", &[]),
        ("{ properties = merge(var.x ? { count = 1 } : { vault = {} }, { $0 }) }", &[]),
        ("{ properties = merge(var.x ? { $0 } : {}, { count = 1 }) }", &["count"]),
        ("{ properties = merge({ count = 1 }, var.x ? { $0 } : null) }", &["count"]),
        ("{ properties = merge(var.x ? { count = 1, $0 } : {}, { vault = {} }) }", &["count", "vault"]),
        ("jsonencode(var.x ? { properties = { $0 } } : { tags = {} })", &[]),
        ("{ properties = var.x ? { cou$0 } : null }", &[]),
        // Half typed: what is behind the cursor is not there.
        ("var.x ? { properties = { $0", &[]),
        ("var.x ? { properties = { count = 1, $0", &["count"]),
        ("var.x ? { tags = {} } : { properties = { $0", &[]),
        ("{ properties = merge(var.x ? { count = 1, $0", &["count"]),
        ("merge({ properties = { count = 1 } }, var.x ? { properties = { $0", &[]),
    ];
    for (body, absent) in bodies {
        let expected: Vec<&str> = PROPERTIES.into_iter().filter(|name| !absent.contains(name)).collect();
        assert_eq!(labels(&widget(&format!("body = {body}"))), expected, "{body}");
    }
}

#[test]
fn the_same_holds_in_locals_and_around_for() {
    let local =
        |value: &str| format!("{}locals {{\n  p = {value}\n}}\n", widget("body = { properties = local.p }"));
    for value in ["var.x ? { count = 1, $0 } : { vault = {} }", "var.x ? null : { count = 1\n $0 }"] {
        assert!(labels(&local(value)).iter().all(|label| label != "count"), "{value}");
        assert_eq!(labels(&local(value)).len(), PROPERTIES.len() - 1, "{value}");
    }
    let rules = |value: &str| labels(&widget(&format!("body = {{ properties = {{ rules = {value} }} }}")));
    for value in [
        "[for r in var.l : { name = r, $0 } if r != \"\"]",
        "[for r in var.l : { name = r\n act$0 } if var.x]",
        "[for r in var.l : var.x ? { name = r, $0 } : { action = \"Allow\" } if r != \"\"]",
        "var.x ? [{ name = \"a\", $0 }] : []",
        "var.x ? [] : [for r in var.l : { name = r, $0 }]",
        "concat(var.x ? [{ priority = 1 }] : [], [{ name = \"a\", $0 }])",
        "flatten([var.x ? [{ name = \"a\", $0 }] : []])",
        "[for r in var.l : { name = r, $0",
    ] {
        assert_eq!(rules(value), ["action", "priority"], "{value}");
    }
    // What a `for` tests is no value of the body.
    assert_eq!(rules("[for r in var.l : {} if $0]"), Vec::<String>::new());
}

#[test]
fn a_side_that_is_not_written_yet_takes_the_values_of_the_whole() {
    let status = |value: &str| labels(&widget(&format!("body = {{ properties = {{ status = {value} }} }}")));
    for value in [
        "var.x ? \"$0\" : null",
        "var.x ? \"enabled\" : $0",
        "var.x ? $0",
        "var.x ? $0 : \"enabled\"",
        "var.x ? \"enabled\" : var.y ? $0",
        "var.x ? \"enabled\" : \"dis$0",
        "(var.x ? null :\n    $0\n)",
    ] {
        let found = status(value);
        assert!(found.starts_with(&["enabled".to_owned(), "disabled".to_owned()]), "{value}: {found:?}");
    }
    assert_eq!(status("var.x == \"$0\" ? \"enabled\" : null"), Vec::<String>::new());
    let accepted = |value: &str, label: &str| {
        let (fixture, found) =
            completions(&widget(&format!("body = {{ properties = {{ status = {value} }} }}")));
        let item = found.items.iter().find(|item| item.label == label).expect(value);
        fixture.accepted(item).lines().nth(2).unwrap_or_default().trim().to_owned()
    };
    let body = |value: &str| format!("body = {{ properties = {{ status = {value} }} }}");
    assert_eq!(accepted("var.x ? $0 : null", "disabled"), body("var.x ? \"disabled\" : null"));
    assert_eq!(accepted("var.x ? \"enabled\" : $0", "disabled"), body("var.x ? \"enabled\" : \"disabled\""));
}

#[test]
fn a_type_is_completed_in_each_side_of_a_conditional() {
    for (written, line) in [
        ("var.x ? $0 : null", "type = var.x ? \"Test.Rp/widgets@$0\" : null"),
        ("var.x ? widg$0", "type = var.x ? \"Test.Rp/widgets@$0\""),
        (
            "var.x ? \"Test.Rp/extras@2024-01-01\" : widg$0",
            "type = var.x ? \"Test.Rp/extras@2024-01-01\" : \"Test.Rp/widgets@$0\"",
        ),
        (
            "var.x ? \"Test.Rp/extras@2024-01-01\" : \"wid$0\"",
            "type = var.x ? \"Test.Rp/extras@2024-01-01\" : \"Test.Rp/widgets@\"",
        ),
        ("(widg$0)", "type = (\"Test.Rp/widgets@$0\")"),
    ] {
        let text = format!("resource \"azapi_resource\" \"x\" {{\n  type = {written}\n}}\n{REST}");
        let (fixture, found) = completions(&text);
        let item = found.items.iter().find(|item| item.whole_label.as_deref() == Some("Test.Rp/widgets"));
        let item = item.unwrap_or_else(|| panic!("{written}: {:?}", found.items));
        assert_eq!(fixture.accepted(item).lines().nth(1).unwrap_or_default().trim(), line, "{written}");
    }
}

/// Each label with what stands aside of it.
fn told_apart(ty: &str, arguments: &str) -> Vec<String> {
    let text = format!("resource \"azapi_resource\" \"x\" {{\n  type = {ty}\n  {arguments}\n}}\n{REST}");
    let line = |item: &CompletionItem| match &item.aside {
        Some(aside) => format!("{} ({aside})", item.label),
        None => item.label.clone(),
    };
    completions(&text).1.items.iter().map(line).collect()
}

#[test]
fn where_type_is_one_of_several_each_key_says_of_which() {
    let versions = "var.x ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/widgets@2023-01-01\"";
    let found = told_apart(versions, "body = { properties = { $0 } }");
    assert_eq!(
        &found[..4],
        ["required properties", "status", "a.dotted (2024-01-01)", "colour (2024-01-01)"]
    );
    let equal = "var.x ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/widgets@2024-01-01-preview\"";
    for versions in [versions, equal] {
        let values = told_apart(versions, "body = { properties = { status = \"$0\" } }");
        assert_eq!(&values[..2], ["enabled", "disabled"], "{versions}");
    }
    let found = told_apart(equal, "body = { properties = { $0 } }");
    assert_eq!(&found[..3], ["required properties", "status", "a.dotted"]);
    let types = "var.x ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/shapes@2024-01-01\"";
    let found = told_apart(types, "body = { properties = { $0 } }");
    for line in [
        "required properties (widgets@2024-01-01)",
        "required properties (shapes@2024-01-01)",
        "radius (if kind = Circle, shapes@2024-01-01)",
        "status (widgets@2024-01-01)",
        "vault (widgets@2024-01-01)",
    ] {
        assert!(found.iter().any(|one| one == line), "{line}: {found:?}");
    }
    // A type that has nothing there is one of them too.
    for other in ["Test.Rp/extras@2024-01-01", "Test.Rp/everywhere@2024-01-01"] {
        for ty in [
            format!("var.x ? \"Test.Rp/widgets@2024-01-01\" : \"{other}\""),
            format!("[\"{other}\", \"Test.Rp/widgets@2024-01-01\"][var.x ? 0 : 1]"),
        ] {
            let found = told_apart(&ty, "body = { properties = { st$0 } }");
            assert!(found.contains(&"status (widgets@2024-01-01)".to_owned()), "{ty}: {found:?}");
        }
    }
    let values = told_apart(types, "body = { properties = { status = \"$0\" } }");
    assert_eq!(&values[..2], ["enabled (widgets@2024-01-01)", "disabled (widgets@2024-01-01)"]);
    // One that is known alone is not told apart.
    let found =
        told_apart("var.x ? \"Test.Rp/widgets@2024-01-01\" : var.y", "body = { properties = { $0 } }");
    assert_eq!(&found[..2], ["required properties", "status"]);
}

#[test]
fn a_client_without_room_beside_labels_reads_it_in_the_label() {
    let text = format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = var.x ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/widgets@2023-01-01\"\n  body = {{ properties = {{ cou$0 }} }}\n}}\n{REST}"
    );
    let (_, found) = completions(&text);
    let count = found.items.iter().find(|item| item.label == "count").expect("a key");
    assert_eq!(count.whole_label.as_deref(), Some("count (2024-01-01)"));
    assert_eq!(count.filter_text.as_deref(), Some("count"));
    assert!(count.edit.new_text.starts_with("count = "), "{}", count.edit.new_text);
}
