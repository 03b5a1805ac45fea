//! `missing-parent-id`: a block without the parent that its type needs.

use super::body_fault::header;
use super::checker::Checker;
use super::codes::MISSING_PARENT_ID;
use super::fix::Applicability;
use super::{Fix, Severity, possible_type};
use crate::azapi::provider::BlockRule;
use crate::azapi::{Resource, TypeReference, parent};
use crate::ide::SourceChange;
use crate::syntax::SyntaxNode;
use crate::syntax::ast::AstNode;
use crate::text::TextEdit;

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    if resource.type_reference != TypeReference::Unknown {
        return check_type(checker, resource, None);
    }
    if let Some(default) = possible_type::by_default(checker, resource) {
        check_type(checker, &default.resource, Some(&default.when()));
    }
}

/// `by_default` is what the message ends with where the type is one that a default gives.
fn check_type(checker: &mut Checker<'_>, resource: &Resource<'_>, by_default: Option<&str>) {
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
        None => header(&resource.block.syntax),
        Some(attribute) => match attribute.node.value() {
            // While it is being typed, the missing value is a syntax error already.
            None => return,
            Some(value) => {
                let at = attribute.with(value);
                if !checker.evaluator.expression(&at, &resource.scope).is_null() {
                    return;
                }
                at.with(at.node.syntax().text_range())
            }
        },
    };
    let expected = parent::expected(resource);
    let by_default_text = by_default.unwrap_or_default();
    let message = format!("`parent_id` is missing: `{type_name}` lives under {expected}{by_default_text}");
    let severity = if by_default.is_some() { Severity::Warning } else { MISSING_PARENT_ID.severity };
    let forms = super::invalid_parent_id::forms(resource);
    let legal = checker.legal_parents(resource, "");
    let fixes = fixes(resource, legal);
    checker
        .report(&MISSING_PARENT_ID, at, message)
        .severity(severity)
        .of(resource)
        .related(forms)
        .fixes(fixes);
}

/// Each parent in the place of `null`, or on a line of its own below `type`.
fn fixes(resource: &Resource<'_>, parents: Vec<String>) -> Vec<Fix> {
    if let Some(null) = resource.block.value("parent_id") {
        let range = null.node.syntax().text_range();
        return Fix::renamings(&null.with(range), parents.iter().map(String::as_str));
    }
    let Some(after) = resource.block.argument("type") else { return Vec::new() };
    let (file, after) = (after.file, after.node);
    let end = after.syntax().text_range().end();
    // A block on one line has room for one argument.
    let Some(indent) = indent(after.syntax()) else { return Vec::new() };
    let is_only = parents.len() == 1;
    let fix = |parent: &String| Fix {
        title: format!("Insert `parent_id = {parent}`"),
        change: SourceChange::edit(file, TextEdit::insert(end, format!("\n{indent}parent_id = {parent}"))),
        applicability: Applicability::Confirm,
        preferred: is_only,
    };
    parents.iter().map(fix).collect()
}

/// The blanks in front of a node that is the first of its line.
fn indent(node: &SyntaxNode) -> Option<String> {
    let mut blanks = String::new();
    let mut before = node.first_token()?.prev_token();
    while let Some(token) = before.filter(|token| token.text().trim().is_empty()) {
        blanks.insert_str(0, token.text());
        if let Some((_, indent)) = blanks.rsplit_once('\n') {
            return Some(indent.to_owned());
        }
        before = token.prev_token();
    }
    None
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
                `parent_id` is missing: `Test.Rp/widgets` lives under a resource group
                -- main.tf
                |   type = "Test.Rp/widgets@2024-01-01"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
            "#]],
        );
        check(
            "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = null\n}\n",
            expect![[r#"
                |   parent_id = null
                |               ^^^^ Error missing-parent-id
                `parent_id` is missing: `Test.Rp/widgets` lives under a resource group
                -- main.tf
                |   type = "Test.Rp/widgets@2024-01-01"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
            "#]],
        );
        check_none(
            "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n}\n",
        );
        check_none("resource \"azapi_resource\" \"x\" {\n  type = var.type\n}\n");
    }
}
