//! Parents of every form, whole and half known.

use crate::ide::Severity;
use crate::ide::fixture::Fixture;
use expect_test::{Expect, expect};

fn found(text: &str) -> Vec<(Severity, String)> {
    let fixture = Fixture::new(text);
    let found = fixture.analysis().diagnostics(fixture.file).into_iter();
    let parents = found.filter(|one| one.code == "invalid-parent-id");
    parents.map(|one| (one.severity, one.message)).collect()
}

fn block(name: &str, ty: &str, parent: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"{name}\" {{\n  type = \"{ty}@2024-01-01\"\n  name = \"n\"\n  parent_id = {parent}\n}}\n"
    )
}

/// Each parent of a type, with what is said of it up to the `;`.
fn check(ty: &str, parents: &[&str], expected: Expect) {
    let mut lines = String::new();
    for parent in parents {
        let of_parent = found(&block("x", ty, &format!("\"{parent}\"")));
        let (severity, message) = of_parent.first().map_or(("fine", ""), |(severity, message)| {
            let severity = if *severity == Severity::Error { "error" } else { "warning" };
            (severity, message.split("; expected").next().unwrap_or_default())
        });
        lines.push_str(format!("{parent} => {severity} {message}").trim_end());
        lines.push('\n');
    }
    expected.assert_eq(&lines);
}

#[test]
fn odd_forms_are_refused_where_the_provider_refuses_them() {
    let parents = [
        "",
        "/",
        "//",
        "/tenants/t",
        "/subscriptions/s/resourceGroup/g",
        "/subscriptions/s//resourceGroups/g",
        "/subscriptions/s/resourceGroups/g/",
        "/subscriptions/s/locations",
        "/subscriptions/s/resourceGroups/g/providers/Test.Rp",
    ];
    check(
        "Test.Rp/widgets",
        &parents,
        expect![[r#"
         => error `parent_id` is no ARM id: it is empty
        / => error `Test.Rp/widgets` cannot live under a `Microsoft.Resources/tenants`
        // => error `parent_id` is no ARM id: it has an empty segment
        /tenants/t => error `parent_id` is no ARM id: it begins with neither `/subscriptions/` nor `/providers/`
        /subscriptions/s/resourceGroup/g => error `Test.Rp/widgets` cannot live under a `Microsoft.Resources/subscriptions/resourceGroup`
        /subscriptions/s//resourceGroups/g => error `parent_id` is no ARM id: it has an empty segment
        /subscriptions/s/resourceGroups/g/ => fine
        /subscriptions/s/locations => error `parent_id` is no ARM id: its last segment lacks a name
        /subscriptions/s/resourceGroups/g/providers/Test.Rp => error `parent_id` is no ARM id: its namespace is not followed by a type and a name
    "#]],
    );
    check(
        "Test.Rp/extras",
        &parents,
        expect![[r#"
         => error `parent_id` is no ARM id: it is empty
        / => fine
        // => error `parent_id` is no ARM id: it has an empty segment
        /tenants/t => error `parent_id` is no ARM id: it begins with neither `/subscriptions/` nor `/providers/`
        /subscriptions/s/resourceGroup/g => fine
        /subscriptions/s//resourceGroups/g => warning Azure has no such id as this `parent_id`: it has an empty segment
        /subscriptions/s/resourceGroups/g/ => fine
        /subscriptions/s/locations => warning Azure has no such id as this `parent_id`: its last segment lacks a name
        /subscriptions/s/resourceGroups/g/providers/Test.Rp => error `parent_id` is no ARM id: its namespace is not followed by a type and a name
    "#]],
    );
}

#[test]
fn a_stretch_that_may_hold_slashes_is_no_error() {
    let group = "resource \"azapi_resource\" \"rg\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n}\nvariable \"rest\" {}\n";
    let of = |parent: &str| {
        let block = block("x", "Test.Rp/widgets/gears", &format!("\"{parent}\""));
        found(&format!("{group}{block}")).len()
    };
    assert_eq!(of("${azapi_resource.rg.id}/${var.rest}"), 0);
    assert_eq!(of("/subscriptions/s/${var.rest}"), 0);
    assert_eq!(of("${var.rest}/widgets/w"), 0);
    assert_eq!(of("${azapi_resource.rg.id}/providers/Test.Rp/widgetSets/${var.rest}"), 1);
    assert_eq!(of("/subscriptions/${var.rest}/resourceGroups/${var.rest}"), 1);
}

#[test]
fn a_type_whose_last_word_is_subscriptions_is_no_subscription() {
    let topic = "\"/subscriptions/s/resourceGroups/g/providers/Test.Rp/topics/t\"";
    let above = block("above", "Test.Rp/topics/subscriptions", topic);
    let under = |ty: &str| found(&format!("{above}{}", block("x", ty, "azapi_resource.above.id"))).len();
    assert_eq!(under("Test.Rp/topics/subscriptions/rules"), 0);
    assert_eq!(under("Test.Rp/topics/rules"), 1);
}
