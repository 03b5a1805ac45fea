//! `invalid-parent-id`: a `parent_id` that the block's type cannot live under.

use super::checker::Checker;
use super::codes::INVALID_PARENT_ID;
use super::{Related, Severity};
use crate::azapi::parent::{self, Verdict};
use crate::azapi::provider::Check;
use crate::azapi::{IdReader, Resource, id};
use crate::schema::arm_id::ArmId;
use crate::syntax::ast::AstNode;
use crate::terraform::{BlockKind, Value};

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    if !resource.block.definition.means.checks.contains(&Check::Parent) {
        return;
    }
    let Some(at) = resource.block.value("parent_id") else { return };
    let value = checker.evaluator.expression(&at, &resource.scope);
    let reader = IdReader::new(&checker.evaluator, checker.schema);
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
    let related = related(checker, &value);
    checker
        .report(&INVALID_PARENT_ID, at.with(range), message)
        .severity(severity)
        .of(resource)
        .related(related);
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
fn related(checker: &Checker<'_>, value: &Value) -> Option<Related> {
    let origin = id::origin(value)?;
    let (block, scope) = checker.evaluator.block(&origin.block)?;
    let (file, range) = checker.evaluator.locate(origin.block.name)?;
    let of = Resource::in_scope(&checker.evaluator, checker.schema, block, scope);
    let what = of.and_then(|of| of.type_name()).map_or(String::new(), |name| format!(", a `{name}`"));
    Some(Related { file, range, message: format!("`{}` is declared here{what}", origin.block.address) })
}

#[cfg(test)]
mod forms_tests;
#[cfg(test)]
mod tests;
