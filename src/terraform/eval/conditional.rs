//! `condition ? a : b`

use super::Evaluator;
use super::condition::Decided;
use super::convert::{self, unified};
use super::scope::Env;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::span::Span;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{Decisions, Marks, Outcome, Value, ValueKind, When};

/// What a condition says.
pub(super) enum Decision {
    /// Of the two it is surely this.
    Certain(bool),
    /// It is this only by assumption.
    Assumed(bool),
    Open,
    /// Terraform refuses it.
    Fails,
}

impl Decision {
    pub(super) fn of(condition: &Value) -> Self {
        let condition = convert::to(condition, &Type::Bool);
        match condition.kind {
            ValueKind::Bool(holds) if condition.marks.assumed => Self::Assumed(holds),
            ValueKind::Bool(holds) => Self::Certain(holds),
            ValueKind::Null | ValueKind::Fails => Self::Fails,
            _ => Self::Open,
        }
    }
}

impl Evaluator<'_> {
    pub(super) fn conditional(&self, node: &ast::Conditional, env: Env<'_>) -> Value {
        if let Some(side) = self.side_at_cursor(node, env) {
            return self.eval_some(Some(side), env);
        }
        let condition = self.eval_some(node.condition(), env);
        let (yes, no) = (self.eval_some(node.if_true(), env), self.eval_some(node.if_false(), env));
        let (yes, no) = self.alike(yes, no);
        let span = node.condition().and_then(|condition| env.span(condition.range()));
        let same = node.condition().and_then(|condition| self.same_condition(&condition, env));
        choose(&condition, span, same, yes, no)
    }

    /// The side that the cursor is in, if that is asked for.
    fn side_at_cursor(&self, node: &ast::Conditional, env: Env<'_>) -> Option<Expression> {
        let cursor = self.cursor?;
        let has_it = |side: &Expression| {
            let span = env.span(side.range()).filter(|span| !span.range.is_empty());
            span.is_some_and(|span| span.contains_start_of(cursor))
        };
        [node.if_true(), node.if_false()].into_iter().flatten().find(has_it)
    }

    /// Both as values of the type that Terraform makes of their two types.
    fn alike(&self, yes: Value, no: Value) -> (Value, Value) {
        let are_strings = matches!((&yes.kind, &no.kind), (ValueKind::String(_), ValueKind::String(_)));
        if are_strings || self.cursor.is_some() {
            return (yes, no);
        }
        let Some(ty) = unified(&yes, &no) else { return (yes, no) };
        (convert::to(&yes, &ty), convert::to(&no, &ty))
    }

    /// What is tested, for a directive of a template.
    pub(super) fn decision(&self, node: Option<Expression>, env: Env<'_>) -> (Value, Decision) {
        let condition = self.eval_some(node, env);
        let decision = Decision::of(&condition);
        (condition, decision)
    }
}

/// The outcome or outcomes of a decision; of an assumed one both, the assumed one first. `same` says which other
/// conditions are this one. Where the condition itself depends on something, so does the side that is taken.
pub(super) fn choose(
    condition: &Value,
    span: Option<Span>,
    same: Option<Decided>,
    yes: Value,
    no: Value,
) -> Value {
    let side = |holds: bool, decisions: Decisions, is_open: bool| {
        let value = if holds { &yes } else { &no };
        // What is not known decides nothing by assumption.
        let marks = Marks { assumed: condition.marks.assumed && !is_open, ..condition.marks };
        let value = value.under(&decisions).marked(marks);
        Outcome { value, when: span.map(|span| When::Condition(span, holds)), decisions }
    };
    let sides = |condition: &Value, so_far: &Decisions| -> Vec<Outcome> {
        let decision = Decision::of(condition);
        let is_open = matches!(decision, Decision::Open);
        let undecided = |holds| {
            let own = same.map_or(Decisions::NONE, |same| same.decisions(holds));
            own.and(so_far).map(|decisions| side(holds, decisions, is_open))
        };
        let all = match decision {
            Decision::Certain(holds) => [Some(side(holds, so_far.clone(), false)), None],
            Decision::Open | Decision::Assumed(true) => [undecided(true), undecided(false)],
            Decision::Assumed(false) => [undecided(false), undecided(true)],
            Decision::Fails => [Some(Outcome::of(Value::fails())), None],
        };
        all.into_iter().flatten().collect()
    };
    match &condition.kind {
        ValueKind::OneOf(outcomes) if outcomes.iter().any(|one| !one.decisions.is_empty()) => {
            Value::one_of(outcomes.iter().flat_map(|one| sides(&one.value, &one.decisions)))
        }
        _ => Value::one_of(sides(condition, &Decisions::NONE)),
    }
}
