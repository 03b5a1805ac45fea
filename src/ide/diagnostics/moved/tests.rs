use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::ide::fixture::Fixture;
use crate::ide::{Config, Profile};
use crate::schema::{Schema, toy};
use crate::text::{TextRange, TextSize};

static HOSTS: LazyLock<Arc<Schema>> = LazyLock::new(|| Arc::new(toy::open(&toy::hosts())));

fn open(text: &str) -> Fixture {
    let mut fixture = Fixture::with_schema(text, Some(Arc::clone(&HOSTS)));
    fixture.set_config(Config { profile: Profile::Standalone, ..Config::default() });
    fixture
}

fn text_of(block: &str, ty: &str, rows: &str) -> String {
    format!(
        "resource \"{block}\" \"x\" {{\n  type = \"Test.Rp/{ty}@2024-01-01\"\n  {rows}\n}}\n\nlocals {{\n  b = {{ properties = {{ size = 1 }} }}\n}}\n"
    )
}

/// What is reported, each with how often.
fn reported(fixture: &Fixture) -> BTreeMap<(&'static str, String), usize> {
    let mut counts = BTreeMap::new();
    for one in fixture.analysis().diagnostics(fixture.file) {
        *counts.entry((one.code, one.message)).or_default() += 1;
    }
    counts
}

fn check_nothing_new(text: &str, after: &str, before: &BTreeMap<(&'static str, String), usize>) {
    for (one, count) in reported(&open(after)) {
        let known = before.get(&one).copied().unwrap_or_default();
        assert!(count <= known, "{one:?} is new or still there\n{text}\nnow\n{after}");
    }
}

fn changed(fixture: &Fixture, change: &crate::ide::SourceChange) -> String {
    let text = fixture.changed(change);
    text.strip_prefix("#- main.tf\n").unwrap_or(&text).to_owned()
}

/// Every fix removes what it is one of and brings nothing new; a second run of all safe ones changes nothing.
fn check_fixes(text: &str) {
    let fixture = open(text);
    let before = reported(&fixture);
    for one in fixture.analysis().diagnostics(fixture.file) {
        let mut left = before.clone();
        *left.get_mut(&(one.code, one.message)).unwrap() -= 1;
        for fix in &one.fixes {
            check_nothing_new(text, &changed(&fixture, &fix.change), &left);
        }
    }
    let Some(all) = fixture.analysis().fix_all(fixture.file) else { return };
    let after = changed(&fixture, &all.edit);
    check_nothing_new(text, &after, &before);
    let fixed = open(&after);
    assert_eq!(fixed.analysis().fix_all(fixed.file), None, "{text}\nnow\n{after}");
}

/// Rows of a block, and what the fix that moves leaves of them; `""` where none is on offer.
fn check_moves(block: &str, ty: &str, cases: &[(&str, &str)]) {
    for (rows, expected) in cases {
        let text = text_of(block, ty, rows);
        check_fixes(&text);
        check_fixes(&text.replace('\n', "\r\n"));
        let fixture = open(&text);
        let found = fixture.analysis().diagnostics(fixture.file);
        let fix = found.iter().flat_map(|one| &one.fixes).find(|fix| fix.title.starts_with("Move "));
        let after = fix.map_or_else(String::new, |fix| changed(&fixture, &fix.change));
        let expected = if expected.is_empty() { String::new() } else { text_of(block, ty, expected) };
        assert_eq!(after, expected, "{text}");
    }
}

#[test]
fn an_argument_that_the_block_does_not_take_is_moved_into_the_body() {
    check_moves(
        "azapi_update_resource",
        "hosts",
        &[
            // Over lines, on one line, without anything, not there.
            (
                "tags = { a = \"b\" }\n  body = {\n    properties = {}\n  }",
                "body = {\n    properties = {}\n    tags = { a = \"b\" }\n  }",
            ),
            (
                "location = \"west\"\n  body = { properties = {} }",
                "body = { properties = {}, location = \"west\" }",
            ),
            ("tags = var.t\n  body = {}", "body = {\n    tags = var.t\n  }"),
            ("location = \"west\"", "body = {\n    location = \"west\"\n  }"),
            (
                "location = \"west\"\n  retry = { error_message_regex = [\"a\"] }",
                "retry = { error_message_regex = [\"a\"] }\n  body = {\n    location = \"west\"\n  }",
            ),
            (
                "tags = {\n    a = \"b\"\n  }\n  body = { properties = {} }",
                "body = {\n    properties = {}\n    tags = {\n      a = \"b\"\n    }\n  }",
            ),
            // Notes stay where they are.
            (
                "# where\n  location = \"west\"\n  body = { properties = {}, /* no */ }",
                "# where\n  body = { properties = {}, location = \"west\", /* no */ }",
            ),
            (
                "location = \"west\"\n  body = {\n    # none\n  }",
                "body = {\n    # none\n    location = \"west\"\n  }",
            ),
            (
                "location = \"west\"\n  body = {\n    properties = {} # none\n  }",
                "body = {\n    properties = {} # none\n    location = \"west\"\n  }",
            ),
            // As version 1 had it.
            (
                "location = \"west\"\n  body = jsonencode({\n    properties = {}\n  })",
                "body = jsonencode({\n    properties = {}\n    location = \"west\"\n  })",
            ),
            // Not in these braces, or there already.
            ("location = \"west\"\n  body = local.b", ""),
            ("location = \"west\"\n  body = merge({ properties = {} }, { tags = {} })", ""),
            ("location = \"west\"\n  body = var.c ? { properties = {} } : { tags = {} }", ""),
            ("location = \"west\"\n  body = jsonencode(local.b)", ""),
            ("location = \"west\"\n  body = { \"location\" = \"east\" }", ""),
            ("location = \"west\"\n  body = { (var.k) = \"east\" }", ""),
            ("location = \"west\"\n  body = {}\n  sensitive_body = { location = \"east\" }", ""),
            ("location = \"west\"\n  body = {}\n  sensitive_body = var.s", ""),
        ],
    );
    check_moves(
        "azapi_resource_action",
        "hosts",
        &[("location = \"west\"\n  action = \"move\"\n  method = \"POST\"\n  body = {}", "")],
    );
}

#[test]
fn a_nested_block_becomes_a_property() {
    let identity =
        |inside: &str| format!("identity {{\n    {inside}\n  }}\n  body = {{\n    properties = {{}}\n  }}");
    let body = |inside: &str| {
        format!("body = {{\n    properties = {{}}\n    identity = {{\n      {inside}\n    }}\n  }}")
    };
    let cases: &[(&str, &str)] = &[
        ("type = \"SystemAssigned\"", "type = \"SystemAssigned\""),
        ("type = var.t", "type = var.t"),
        // The type writes it without a blank.
        (
            "type = \"SystemAssigned, UserAssigned\"\n    identity_ids = var.ids",
            "type = \"SystemAssigned,UserAssigned\"\n      userAssignedIdentities = { for id in var.ids : id => {} }",
        ),
        (
            "type = \"UserAssigned\"\n    identity_ids = [\n      var.i,\n    ]",
            "type = \"UserAssigned\"\n      userAssignedIdentities = { for id in [\n        var.i,\n      ] : id => {} }",
        ),
        ("type = \"SystemAssigned\" # why", ""),
        ("identity_ids = []", ""),
    ];
    for (inside, expected) in cases {
        let expected = if expected.is_empty() { String::new() } else { body(expected) };
        check_moves("azapi_update_resource", "hosts", &[(&identity(inside), &expected)]);
    }
}

#[test]
fn what_the_type_has_one_step_further_down_is_moved_there() {
    check_moves(
        "azapi_resource",
        "hosts/parts",
        &[
            (
                "parent_id = var.p\n  location = \"west\"\n  body = {\n    properties = {\n      tags = {}\n    }\n  }",
                "parent_id = var.p\n  body = {\n    properties = {\n      tags = {}\n      location = \"west\"\n    }\n  }",
            ),
            (
                "parent_id = var.p\n  tags = { a = \"b\" }\n  body = { properties = {} }",
                "parent_id = var.p\n  body = { properties = {\n    tags = { a = \"b\" }\n  } }",
            ),
            (
                "parent_id = var.p\n  identity {\n    type = \"None\"\n  }\n  identity {\n    type = \"None\"\n  }\n  body = { properties = {} }",
                "",
            ),
            (
                "parent_id = var.p\n  identity {\n    type = \"UserAssigned\"\n    identity_ids = var.i\n  }\n  body = { properties = {} }",
                "",
            ),
            (
                "parent_id = var.p\n  location = \"west\"\n  body = { properties = { location = \"east\" } }",
                "",
            ),
            ("parent_id = var.p\n  location = \"west\"\n  body = { properties = local.b }", ""),
            ("parent_id = var.p\n  location = \"west\"\n  body = {}", ""),
            ("parent_id = var.p\n  location = \"west\"", ""),
        ],
    );
}

#[test]
fn two_that_are_moved_at_once_share_one_body() {
    for (rows, expected) in [
        ("location = \"west\"\n  tags = {}", "body = {\n    location = \"west\"\n    tags = {}\n  }"),
        (
            "location = \"west\"\n  tags = {}\n  identity {\n    type = \"None\"\n  }\n  body = { properties = {} }",
            "body = {\n    properties = {}\n    location = \"west\"\n    tags = {}\n    identity = {\n      type = \"None\"\n    }\n  }",
        ),
    ] {
        let text = text_of("azapi_update_resource", "hosts", rows);
        check_fixes(&text);
        let fixture = open(&text);
        let all = fixture.analysis().fix_all(fixture.file).expect("something to fix");
        assert_eq!(changed(&fixture, &all.edit), text_of("azapi_update_resource", "hosts", expected));
    }
}

#[test]
fn what_is_said_in_both_places_is_left_in_one() {
    let both = |body: &str| {
        text_of(
            "azapi_resource",
            "hosts",
            &format!("parent_id = var.p\n  location = \"west\"\n  body = {body}"),
        )
    };
    for (body, is_safe) in [
        ("{ location = \"west\" }", true),
        ("{\n    location = \"west\"\n    properties = {}\n  }", true),
        ("{ location = \"east\" }", false),
        ("jsonencode({ location = \"west\" })", false),
        ("merge({ location = \"east\" }, { location = \"west\" })", false),
        ("var.c ? { location = \"west\" } : { location = \"west\", tags = {} }", false),
        ("{ location = \"east\", \"location\" = \"west\" }", false),
    ] {
        let fixture = open(&both(body));
        let found = fixture.analysis().diagnostics(fixture.file);
        let fixes = found.iter().flat_map(|one| &one.fixes);
        let is_removed = |title: &str| title == "Remove `body.location`";
        let safe = fixes.filter(|fix| is_removed(&fix.title) && fix.is_safe()).count();
        assert_eq!(safe, usize::from(is_safe), "{body}");
        if is_safe {
            check_fixes(&both(body));
        }
    }
}

/// Rows of a block with the cursor, and what is left once the property there is written as the argument.
fn check_written(block: &str, cases: &[(&str, &str)]) {
    for (rows, expected) in cases {
        let fixture = open(&text_of(block, "hosts", &format!("parent_id = var.p\n  {rows}")));
        let actions = fixture.analysis().code_actions(fixture.file, TextRange::empty(fixture.offset));
        let chosen = actions.iter().find(|action| action.title.starts_with("Write `"));
        let after = chosen.map_or_else(String::new, |action| changed(&fixture, &action.edit));
        if expected.is_empty() {
            assert_eq!(after, "", "{rows}");
            continue;
        }
        assert_eq!(after, text_of(block, "hosts", &format!("parent_id = var.p\n  {expected}")), "{rows}");
        let before = reported(&fixture);
        check_nothing_new(rows, &after, &before);
    }
}

#[test]
fn a_property_becomes_the_argument_that_stands_for_it() {
    check_written(
        "azapi_resource",
        &[
            (
                "body = {\n    $0location = \"west\"\n    properties = {}\n  }",
                "location = \"west\"\n  body = {\n    properties = {}\n  }",
            ),
            ("body = { $0location = \"west\" }", "location = \"west\"\n  body = {  }"),
            ("body = { properties = {}, $0tags = {} }", "tags = {}\n  body = { properties = {} }"),
            (
                "body = jsonencode({ $0location = \"west\" })",
                "location = \"west\"\n  body = jsonencode({  })",
            ),
            (
                "body = {\n    $0tags = {\n      a = <<-E\n        b\n      E\n    }\n  }",
                "tags = {\n      a = <<-E\n        b\n      E\n    }\n  body = {\n  }",
            ),
            (
                "body = {\n    $0identity = {\n      type = \"UserAssigned\"\n      userAssignedIdentities = {\n        (var.i) = {}\n        \"${var.j}\" = {}\n        \"/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/a\" = {}\n      }\n    }\n  }",
                "identity {\n    type = \"UserAssigned\"\n    identity_ids = [var.i, \"${var.j}\", \"/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/a\"]\n  }\n  body = {\n  }",
            ),
            (
                "body = { $0identity = { type = var.t, userAssignedIdentities = { for i in var.is : i => {} } } }",
                "identity {\n    type = var.t\n    identity_ids = keys({ for i in var.is : i => {} })\n  }\n  body = {  }",
            ),
            // Something would be lost, or be there twice.
            (
                "body = { $0identity = { type = \"UserAssigned\", userAssignedIdentities = { a = { clientId = 1 } } } }",
                "",
            ),
            ("body = {\n    $0identity = {\n      # why\n      type = \"None\"\n    }\n  }", ""),
            ("body = { $0identity = { type = \"None\", other = 1 } }", ""),
            ("body = { $0location = \"west\", location = \"east\" }", ""),
            ("location = null\n  body = { $0location = \"west\" }", ""),
            ("identity {\n    type = \"None\"\n  }\n  body = { $0identity = { type = \"None\" } }", ""),
            (
                "dynamic \"identity\" {\n    for_each = var.i\n    content {\n      type = \"None\"\n    }\n  }\n  body = { $0identity = { type = \"None\" } }",
                "",
            ),
            // Not in the braces of the body.
            ("body = merge({ $0location = \"west\" }, {})", ""),
            ("body = var.c ? { $0location = \"west\" } : {}", ""),
            ("body = { properties = { $0location = \"west\" } }", ""),
            ("sensitive_body = { $0location = \"west\" }", ""),
        ],
    );
    check_written("azapi_update_resource", &[("body = { $0location = \"west\" }", "")]);
    let one_line = "resource \"azapi_resource\" \"x\" { body = { $0location = \"west\" } }\n";
    let fixture = open(one_line);
    let actions = fixture.analysis().code_actions(fixture.file, TextRange::empty(fixture.offset));
    assert!(!actions.iter().any(|action| action.title.starts_with("Write `")));
    assert!(fixture.offset > TextSize::new(0));
}

#[test]
fn there_and_back_is_where_it_was() {
    let update = "body = {\n    properties = {}\n    tags = {\n      a = \"b\"\n    }\n  }";
    let rows = format!("parent_id = var.p\n  {}", update.replace("tags", "$0tags"));
    let fixture = open(&text_of("azapi_resource", "hosts", &rows));
    let actions = fixture.analysis().code_actions(fixture.file, TextRange::empty(fixture.offset));
    let written = actions.iter().find(|action| action.title.starts_with("Write `")).expect("an action");
    let there = changed(&fixture, &written.edit).replace("azapi_resource", "azapi_update_resource");
    let back = open(&there);
    let all = back.analysis().fix_all(back.file).expect("something to fix");
    assert_eq!(
        changed(&back, &all.edit),
        text_of("azapi_update_resource", "hosts", &format!("parent_id = var.p\n  {update}"))
    );
}

#[test]
fn a_secret_is_moved_out_of_the_body() {
    check_moves(
        "azapi_resource",
        "hosts",
        &[
            (
                "parent_id = var.p\n  body = { properties = { password = var.s } }",
                "parent_id = var.p\n  body = { properties = {  } }\n  sensitive_body = {\n    properties = {\n      password = var.s\n    }\n  }",
            ),
            (
                "parent_id = var.p\n  body = { properties = { size = 1, password = var.s } }\n  sensitive_body = { tags = {} }",
                "parent_id = var.p\n  body = { properties = { size = 1 } }\n  sensitive_body = {\n    tags = {}\n    properties = {\n      password = var.s\n    }\n  }",
            ),
            (
                "parent_id = var.p\n  body = { properties = { password = var.s } }\n  sensitive_body = { properties = { password = var.s } }",
                "",
            ),
            (
                "parent_id = var.p\n  body = { properties = { password = var.s } }\n  sensitive_body = local.b",
                "",
            ),
        ],
    );
}
