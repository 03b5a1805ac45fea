//! `invalid-parent-id`: a `parent_id` that the block's type cannot live under.

use std::rc::Rc;

use super::body_fault::when_text;
use super::checker::Checker;
use super::codes::INVALID_PARENT_ID;
use super::{Fix, Related, Severity, possible_type};
use crate::azapi::parent::{self, Fault, Verdict};
use crate::azapi::provider::Check;
use crate::azapi::validate::Certainty;
use crate::azapi::{IdReader, Resource, TypeReference, id, noun};
use crate::syntax::ast::{AstNode, Conditional, Expression};
use crate::terraform::value::When;
use crate::terraform::{BlockKind, InstanceKey, Located, Value, ValueKind};
use crate::text::TextRange;

/// So many instances are named.
const NAMED: usize = 3;

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    let checks = &resource.block.definition.means.checks;
    let of_lists = checks.contains(&Check::ParentOfList);
    if !of_lists && !checks.contains(&Check::Parent) {
        return;
    }
    let Some(at) = resource.block.value("parent_id") else { return };
    if resource.type_reference == TypeReference::Unknown {
        check_by_default(checker, resource, &at, of_lists);
        return check_by_types(checker, resource, &at, of_lists);
    }
    for found in judge(checker, resource, &at) {
        report(checker, resource, &at, found, of_lists);
    }
}

/// Where the default of a variable says what `type` is. What another variable decides may follow the type that is given.
fn check_by_default(
    checker: &mut Checker<'_>,
    resource: &Resource<'_>,
    at: &Located<Expression>,
    of_lists: bool,
) {
    let Some(default) = possible_type::by_default(checker, resource) else { return };
    let evaluator = Rc::clone(&checker.evaluator);
    let value = evaluator.expression(at, &resource.scope);
    let reader = IdReader::new(&evaluator, checker.schema);
    let faults = parent::judge(&reader, &default.resource, &value);
    for fault in faults.into_iter().filter(Fault::is_sure) {
        let when = Some(default.when());
        let found = Found { by_default: when, ..Found::of(fault, value.clone()) };
        report(checker, &default.resource, at, found, of_lists);
    }
}

/// Where `type` is one of several.
fn check_by_types(
    checker: &mut Checker<'_>,
    resource: &Resource<'_>,
    at: &Located<Expression>,
    of_lists: bool,
) {
    let evaluator = Rc::clone(&checker.evaluator);
    let reader = IdReader::new(&evaluator, checker.schema);
    let Some(ty) = resource.argument(&evaluator, "type") else { return };
    let value = evaluator.expression(at, &resource.scope);
    for found in parent::judge_types(&reader, checker.schema, resource, &ty, &value) {
        let parent::OfTypes { resource, fault, when } = found;
        let found = Found { taken: when, ..Found::of(fault, value.clone()) };
        report(checker, &resource, at, found, of_lists);
    }
}

/// A fault, and the instances that have it where not all have.
struct Found {
    fault: Fault,
    instances: Vec<InstanceKey>,
    value: Value,
    /// What leads to the branch that has it, where the message does not say so.
    taken: Option<When>,
    /// What the message ends with where it is one of the type that a default gives.
    by_default: Option<String>,
}

impl Found {
    fn of(fault: Fault, value: Value) -> Self {
        Self { fault, instances: Vec::new(), value, taken: None, by_default: None }
    }
}

fn judge(checker: &Checker<'_>, resource: &Resource<'_>, at: &Located<Expression>) -> Vec<Found> {
    let value = checker.evaluator.expression(at, &resource.scope);
    let reader = IdReader::new(&checker.evaluator, checker.schema);
    let is_one = !matches!(value.kind, ValueKind::OneOf(_) | ValueKind::Unknown { .. });
    let by_instance = if is_one {
        None
    } else {
        parent::judge_instances(&reader, &checker.evaluator, checker.schema, resource)
    };
    let Some(by_instance) = by_instance else {
        let faults = parent::judge(&reader, resource, &value).into_iter();
        return faults.map(|fault| Found::of(fault, value.clone())).collect();
    };
    let mut all: Vec<Found> = Vec::new();
    for (key, fault) in by_instance {
        let sentence = parent::sentence(resource, &fault);
        let is_same = |found: &Found| {
            found.fault.certainty == fault.certainty && parent::sentence(resource, &found.fault) == sentence
        };
        match all.iter_mut().find(|found| is_same(found)) {
            Some(found) => found.instances.push(key),
            None => all.push(Found { instances: vec![key], ..Found::of(fault, value.clone()) }),
        }
    }
    let count = checker.evaluator.instances(&resource.block.syntax).known.len();
    for found in &mut all {
        if found.instances.len() == count {
            found.instances.clear();
        }
    }
    all
}

fn report(
    checker: &mut Checker<'_>,
    resource: &Resource<'_>,
    at: &Located<Expression>,
    found: Found,
    of_lists: bool,
) {
    let Found { fault, instances, value, taken, by_default } = found;
    // Of a top-level type what lies under any scope can be listed.
    if of_lists && resource.parent_type().is_none() {
        return;
    }
    let is_created = resource.block.kind == BlockKind::Resource;
    if matches!(fault.verdict, Verdict::NotCreatable(_) | Verdict::NotExtending(_)) && !is_created {
        return;
    }
    // Text that is no id is refused by the form of the argument alone.
    if of_lists && !matches!(fault.verdict, Verdict::Wrong(_)) {
        return;
    }
    let is_error = fault.is_sure() && fault.is_refused() && !of_lists && by_default.is_none();
    let severity = if is_error { Severity::Error } else { Severity::Warning };
    let mut message = parent::sentence(resource, &fault);
    let written = at.node.syntax().text().to_string();
    let legal = checker.legal_parents(resource, &written);
    if let Some(id) = whole_block(&fault.value).filter(|id| legal.contains(id)) {
        message.push_str(&format!(": write `{id}`"));
    }
    let when = match fault.certainty {
        Certainty::Sure => None,
        Certainty::When(when) => {
            message.push_str(&when_text(checker, when));
            when
        }
    };
    if !instances.is_empty() {
        let named =
            instances.iter().take(NAMED).map(|key| format!("`{}{}`", resource.block.address(), index(key)));
        let more = if instances.len() > NAMED { " and others" } else { "" };
        message.push_str(&format!(" (in {}{more})", named.collect::<Vec<_>>().join(", ")));
    }
    message.push_str(&by_default.unwrap_or_default());
    let range =
        branch(checker, at, when.or(taken), &fault.value).unwrap_or_else(|| at.node.syntax().text_range());
    let of_any = || related(checker, &value).filter(|_| fault.is_sure());
    let related = related(checker, &fault.value).or_else(of_any);
    let forms = forms(resource);
    checker
        .report(&INVALID_PARENT_ID, at.with(range), message)
        .severity(severity)
        .of(resource)
        .related(related)
        .related(forms)
        .fixes(Fix::renamings(&at.with(range), legal.iter().map(String::as_str)));
}

fn index(key: &InstanceKey) -> String {
    match key {
        InstanceKey::Key(key) => format!("[\"{key}\"]"),
        InstanceKey::Index(at) => format!("[{at}]"),
        InstanceKey::Whole | InstanceKey::Unknown => String::new(),
    }
}

/// The id of a block that stands as a whole where its id belongs.
fn whole_block(value: &Value) -> Option<String> {
    let ValueKind::Block(block) = &value.kind else { return None };
    Some(format!("{}{}.id", block.address, index(&block.instance)))
}

/// The branch of a conditional in the expression itself that is taken then; `None` too where the value is written
/// elsewhere in the expression, as what `try` takes in the place of the branch.
fn branch(
    checker: &Checker<'_>,
    at: &Located<Expression>,
    when: Option<When>,
    value: &Value,
) -> Option<TextRange> {
    let Some(When::Condition(span, holds)) = when else { return None };
    let here = |span| checker.evaluator.locate(span).filter(|(file, _)| *file == at.file).map(|it| it.1);
    let range = here(span)?;
    let mut conditionals = at.node.syntax().descendants().filter_map(Conditional::cast);
    let found = conditionals.find(|it| it.condition().is_some_and(|condition| condition.range() == range))?;
    let branch = if holds { found.if_true() } else { found.if_false() };
    let branch = branch?.range();
    let is_elsewhere =
        |written: TextRange| at.node.range().contains_range(written) && !branch.contains_range(written);
    let written = value.spans.first().and_then(here);
    (!written.is_some_and(is_elsewhere)).then_some(branch)
}

/// The forms that the parent's id can have, shown where the type is named.
pub(super) fn forms(resource: &Resource<'_>) -> Option<Related> {
    let at = resource.block.value("type")?;
    let version = resource.version_or_newest()?;
    let forms: Vec<String> = version.parent_patterns().iter().map(|form| format!("`{form}`")).collect();
    let message = format!("`{}` lives under {}", version.type_name(), forms.join(" or "));
    Some(Related { file: at.file, range: at.node.syntax().text_range(), message })
}

/// Points at the block that the value refers to.
fn related(checker: &Checker<'_>, value: &Value) -> Option<Related> {
    let origin = id::origin(value)?;
    let (block, scope) = checker.evaluator.block(&origin.block)?;
    let (file, range) = checker.evaluator.locate(origin.block.name)?;
    let of = Resource::in_scope(&checker.evaluator, checker.schema, block, scope);
    let what = of.and_then(|of| of.type_name());
    let what = what.map_or(String::new(), |name| format!(", {}", noun::noun_with_type(&name)));
    Some(Related { file, range, message: format!("`{}` is declared here{what}", origin.block.address) })
}

#[cfg(test)]
mod forms_tests;
#[cfg(test)]
mod tests;
