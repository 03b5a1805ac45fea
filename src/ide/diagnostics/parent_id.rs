//! `invalid-parent-id`: a `parent_id` that the block's type cannot live under.

use super::Findings;
use super::codes::INVALID_PARENT_ID;
use crate::azapi::parent::{self, Verdict};
use crate::azapi::provider::Check;
use crate::azapi::{IdReader, Resource, id};
use crate::ide::{Related, Severity};
use crate::schema::arm_id::ArmId;
use crate::syntax::ast::AstNode;
use crate::terraform::{BlockKind, Value};

pub(super) fn check(findings: &mut Findings<'_>, resource: &Resource<'_>) {
    if !resource.block.definition.means.checks.contains(&Check::Parent) {
        return;
    }
    let Some(at) = resource.block.value("parent_id") else { return };
    let value = findings.evaluator.value(&at);
    let reader = IdReader::new(&findings.evaluator, findings.schema());
    let verdict = parent::judge(&reader, resource, &value);
    let range = at.node.syntax().text_range();
    let (message, severity) = match verdict {
        Verdict::Fine => return,
        Verdict::Wrong(found) => (wrong(resource, &found), Severity::Error),
        Verdict::NotCreatable(found) => {
            if resource.block.kind != BlockKind::Resource {
                return;
            }
            (not_creatable(resource, &found), Severity::Warning)
        }
        Verdict::NotExtending(found) => {
            if resource.block.kind != BlockKind::Resource {
                return;
            }
            (not_extending(resource, &found), Severity::Warning)
        }
        Verdict::Flawed(flaw) => {
            (format!("Azure has no such id as this `parent_id`: {flaw}"), Severity::Warning)
        }
        Verdict::Malformed(reason) => {
            (format!("`parent_id` is no ARM id: {reason}; {}", expected(resource)), Severity::Error)
        }
    };
    let related = related(findings, &value);
    findings.add(&INVALID_PARENT_ID, range, message).severity(severity).of(resource).related(related);
}

fn wrong(resource: &Resource<'_>, found: &ArmId<'_>) -> String {
    let name = resource.type_name().unwrap_or_default();
    format!("`{name}` cannot live under {}; {}", described(found), expected(resource))
}

fn not_creatable(resource: &Resource<'_>, found: &ArmId<'_>) -> String {
    let name = resource.type_name().unwrap_or_default();
    format!("`{name}` can be read but not created under {}; {}", described(found), expected(resource))
}

fn not_extending(resource: &Resource<'_>, found: &ArmId<'_>) -> String {
    let name = resource.type_name().unwrap_or_default();
    format!("`{name}` is not an extension of {}; {}", described(found), expected(resource))
}

/// `expected a parent of the form A or B`
fn expected(resource: &Resource<'_>) -> String {
    let patterns = resource.version_or_newest().map(|version| version.parent_patterns()).unwrap_or_default();
    let patterns: Vec<String> = patterns.iter().map(|pattern| format!("`{pattern}`")).collect();
    match patterns.as_slice() {
        [] => {
            let parent = resource.parent_type();
            parent.map_or_else(
                || "expected the id of a scope".to_owned(),
                |parent| format!("expected the id of a `{parent}`"),
            )
        }
        patterns => format!("expected a parent of the form {}", patterns.join(" or ")),
    }
}

/// What an id is, in words and as far as it is known.
fn described(id: &ArmId<'_>) -> String {
    match id.resource_type() {
        Some(name) => format!("a `{name}`"),
        None => format!("`{id}`"),
    }
}

/// Points at the block that the value refers to.
fn related(findings: &Findings<'_>, value: &Value) -> Option<Related> {
    let origin = id::origin(value)?;
    let block = findings.evaluator.module().block(&origin.node.address)?;
    let of = Resource::of(&findings.evaluator, findings.schema(), block);
    let what = of.and_then(|of| of.type_name()).map_or(String::new(), |name| format!(", a `{name}`"));
    Some(Related {
        file: origin.file,
        range: origin.node.name_range,
        message: format!("`{}` is declared here{what}", origin.node.address),
    })
}

#[cfg(test)]
mod tests {
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
}
