//! `missing-parent-id`: a block without the parent that its type needs.

use super::checker::Checker;
use super::codes::MISSING_PARENT_ID;
use crate::azapi::Resource;
use crate::azapi::provider::BlockRule;
use crate::syntax::ast::AstNode;
use crate::terraform::Located;
use crate::text::TextRange;

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    // The provider stops at a type that it does not know.
    let Some(type_name) = resource.resource_type().map(|found| found.name()) else { return };
    let needs_parent = resource.block.definition.rules.iter().any(|rule| match rule {
        BlockRule::RequiredUnlessType { argument, types } => {
            argument == "parent_id" && types.iter().all(|one| !one.eq_ignore_ascii_case(type_name))
        }
        _ => false,
    });
    if !needs_parent {
        return;
    }
    let at = match resource.block.argument("parent_id") {
        None => header(resource),
        Some(attribute) => match attribute.value() {
            // While it is being typed, the missing value is a syntax error already.
            None => return,
            Some(value) => {
                let at = resource.block.syntax.with(value);
                if !checker.evaluator.expression(&at, &resource.scope).is_null() {
                    return;
                }
                at.with(at.node.syntax().text_range())
            }
        },
    };
    let mut message = format!("`parent_id` is missing: `{type_name}` needs a parent");
    if let Some(version) = resource.version_or_newest()
        && let [pattern, ..] = version.parent_patterns().as_slice()
    {
        message.push_str(&format!(", such as `{pattern}`"));
    }
    checker.report(&MISSING_PARENT_ID, at, message).of(resource);
}

/// From the keyword to the last label.
fn header(resource: &Resource<'_>) -> Located<TextRange> {
    let block = &resource.block.syntax.node;
    let start = block.syntax().text_range().start();
    let end = block.labels().last().map_or(start, |label| label.syntax().text_range().end());
    resource.block.syntax.with(TextRange::new(start, end))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::tests::{check, check_none};

    #[test]
    fn a_missing_parent_is_reported_but_for_resource_groups() {
        check(
            "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n}\n",
            expect![[r#"
                | resource "azapi_resource" "x" {
                | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-parent-id
                `parent_id` is missing: `Test.Rp/widgets` needs a parent, such as `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
            "#]],
        );
        check(
            "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = null\n}\n",
            expect![[r#"
                |   parent_id = null
                |               ^^^^ Error missing-parent-id
                `parent_id` is missing: `Test.Rp/widgets` needs a parent, such as `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
            "#]],
        );
        check_none(
            "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n}\n",
        );
        check_none("resource \"azapi_resource\" \"x\" {\n  type = var.type\n}\n");
    }
}
