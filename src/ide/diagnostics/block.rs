//! `missing-parent-id`: a block without the parent that its type needs.

use super::Findings;
use super::codes::MISSING_PARENT_ID;
use crate::azapi::Resource;
use crate::azapi::provider::BlockRule;
use crate::syntax::ast::AstNode;
use crate::terraform::Value;
use crate::text::TextRange;

pub(super) fn check(findings: &mut Findings<'_>, resource: &Resource<'_>) {
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
    let range = match resource.block.argument("parent_id") {
        None => header_range(resource),
        Some(attribute) => match attribute.value() {
            // While it is being typed, the missing value is a syntax error already.
            None => return,
            Some(value) => {
                let at = resource.block.syntax.with(value);
                if findings.evaluator.value(&at) != Value::Null {
                    return;
                }
                at.node.syntax().text_range()
            }
        },
    };
    let mut message = format!("`parent_id` is missing: `{type_name}` needs a parent");
    if let Some(version) = resource.version_or_newest()
        && let [pattern, ..] = version.parent_patterns().as_slice()
    {
        message.push_str(&format!(", such as `{pattern}`"));
    }
    findings.add(&MISSING_PARENT_ID, range, message).of(resource);
}

/// From the keyword to the last label.
fn header_range(resource: &Resource<'_>) -> TextRange {
    let block = &resource.block.syntax.node;
    let start = block.syntax().text_range().start();
    let end = block.labels().last().map_or(start, |label| label.syntax().text_range().end());
    TextRange::new(start, end)
}
