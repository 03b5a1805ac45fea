//! Blocks whose type is one of several, or what only the default of a variable says: what is wrong with them then is a
//! warning that says when.

use std::rc::Rc;

use super::Severity;
use super::body_fault::when_text;
use super::checker::Checker;
use super::type_reference;
use crate::azapi::type_verdict::TypeVerdict;
use crate::azapi::{Resource, TypeReference};
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::reference::Reference;
use crate::terraform::value::{Value, ValueKind};
use crate::terraform::{Address, Located};
use crate::text::TextRange;

/// A type that a block may have, where that is written, and when it has it.
pub(super) struct Possible {
    pub(super) at: Located<TextRange>,
    /// What a message ends with; `None` for the only one.
    when: Option<String>,
    /// Whether every other one is refused too.
    is_sure: bool,
}

impl Possible {
    pub(super) fn when(&self) -> &str {
        self.when.as_deref().unwrap_or_default()
    }

    /// How bad it is, where it is that bad for the only type.
    pub(super) fn severity(&self, of_only: Severity) -> Severity {
        if self.is_sure { of_only } else { of_only.min(Severity::Warning) }
    }
}

/// Checks the block with each type that it may have, as far as that is known.
pub(super) fn check_each(
    checker: &mut Checker<'_>,
    resource: &Resource<'_>,
    check: fn(&mut Checker<'_>, &Resource<'_>, &Possible),
) {
    let Some(value) = resource.block.value("type") else { return };
    let whole = value.with(value.node.syntax().text_range());
    let only = Possible { at: whole.clone(), when: None, is_sure: true };
    match &resource.type_reference {
        TypeReference::Unknown => {}
        // What is wrong with the type is so at every version.
        TypeReference::Named { api_version: None, .. } => {
            let before = checker.reports();
            check(checker, resource, &only);
            if checker.reports() > before {
                return;
            }
        }
        _ => return check(checker, resource, &only),
    }
    if let Some(default) = by_default(checker, resource) {
        let possible = Possible { at: whole, when: Some(default.when()), is_sure: false };
        return check(checker, &default.resource, &possible);
    }
    let Some(ty) = resource.argument(&checker.evaluator, "type") else { return };
    let ValueKind::OneOf(outcomes) = &ty.kind else { return };
    let all: Vec<Resource<'_>> =
        outcomes.iter().map(|outcome| resource.with_type(checker.schema, &outcome.value)).collect();
    let is_sure = all.iter().all(|resource| is_refused(checker, resource));
    for (outcome, resource) in outcomes.iter().zip(&all) {
        let written = outcome.value.spans.first().and_then(|span| checker.locate(span));
        let is_here = |at: &Located<TextRange>| at.file == whole.file && whole.node.contains_range(at.node);
        let at = written.filter(is_here).unwrap_or_else(|| whole.clone());
        let when = Some(when_text(checker, outcome.when));
        check(checker, resource, &Possible { at, when, is_sure });
    }
}

/// Whether the provider surely refuses the type.
fn is_refused(checker: &Checker<'_>, resource: &Resource<'_>) -> bool {
    if matches!(resource.type_reference, TypeReference::Malformed(_)) {
        return true;
    }
    match type_reference::verdict(checker, resource) {
        TypeVerdict::UnknownType { certainty, .. } | TypeVerdict::UnknownVersion { certainty, .. } => {
            type_reference::severity(certainty) == Severity::Error
        }
        TypeVerdict::Fine | TypeVerdict::UnknownDataPlaneType { .. } => false,
    }
}

/// A block with the type that a default gives.
pub(super) struct ByDefault<'s> {
    pub(super) resource: Resource<'s>,
    /// What `type` is then.
    pub(super) ty: Value,
    variable: String,
}

impl ByDefault<'_> {
    /// What a message ends with.
    pub(super) fn when(&self) -> String {
        format!(" (with the default of `{}`)", self.variable)
    }
}

/// Whether a type is not known, or not at which version.
pub(super) fn is_open(ty: &Value) -> bool {
    match &ty.kind {
        ValueKind::Unknown { .. } => true,
        ValueKind::String(text) => text.as_known().is_none(),
        _ => false,
    }
}

/// Of the block at hand, for all checks once. `None` where something else says what the type is, or nothing does, and
/// where a call of the module is looked at: that gives the variable another value.
pub(super) fn by_default<'s>(
    checker: &mut Checker<'s>,
    resource: &Resource<'_>,
) -> Option<Rc<ByDefault<'s>>> {
    if checker.by_default.is_none() {
        checker.by_default = Some(read_by_default(checker, resource).map(Rc::new));
    }
    checker.by_default.clone().flatten()
}

fn read_by_default<'s>(checker: &mut Checker<'s>, resource: &Resource<'_>) -> Option<ByDefault<'s>> {
    if !checker.judges_defaults {
        return None;
    }
    if !is_open(&resource.argument(&checker.evaluator, "type")?) {
        return None;
    }
    let evaluator = checker.with_defaults();
    let (value, more) = evaluator.tracked(|| resource.argument(&evaluator, "type"));
    let variables: Vec<&Address> = more.iter().flatten().filter_map(|need| need.own_variable()).collect();
    // Of several the one that is named first.
    let written = resource.block.value("type");
    let expressions =
        written.iter().flat_map(|at| at.node.syntax().descendants()).filter_map(Expression::cast);
    let mut named = expressions.filter_map(|it| Reference::of(&ast::traversal(&it)?)?.target);
    let variable = named.find(|address| variables.contains(&address));
    let variable = variable.as_ref().or_else(|| variables.iter().copied().min());
    let variable = variable.map(Address::to_string);
    match more {
        Some(more) => checker.more_needs.extend(more),
        None => checker.is_untracked = true,
    }
    let (ty, variable) = (value?, variable?);
    Some(ByDefault { resource: resource.with_type(checker.schema, &ty), ty, variable })
}
