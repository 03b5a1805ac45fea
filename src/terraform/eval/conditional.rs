//! `condition ? a : b`

use super::Evaluator;
use super::convert::{self, unified};
use super::scope::Env;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{Marks, Outcome, Value, ValueKind, When};

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
        let condition = self.eval_some(node.condition(), env);
        let (yes, no) = (self.eval_some(node.if_true(), env), self.eval_some(node.if_false(), env));
        let (yes, no) = self.alike(yes, no);
        let span = node.condition().and_then(|condition| env.span(condition.range()));
        choose(&condition, &Decision::of(&condition), span, yes, no)
    }

    /// Both as values of the type that Terraform makes of their two types.
    fn alike(&self, yes: Value, no: Value) -> (Value, Value) {
        if matches!((&yes.kind, &no.kind), (ValueKind::String(_), ValueKind::String(_))) {
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

/// The outcome or outcomes of a decision; of an assumed one both, the assumed one first.
pub(super) fn choose(
    condition: &Value,
    decision: &Decision,
    span: Option<crate::terraform::span::Span>,
    yes: Value,
    no: Value,
) -> Value {
    let when = |holds| span.map(|span| When::Condition(span, holds));
    // What is not known decides nothing by assumption.
    let is_open = matches!(decision, Decision::Open);
    let marks = Marks { assumed: condition.marks.assumed && !is_open, ..condition.marks };
    let yes = Outcome { value: yes.marked(marks), when: when(true) };
    let no = Outcome { value: no.marked(marks), when: when(false) };
    match decision {
        Decision::Certain(true) => yes.value,
        Decision::Certain(false) => no.value,
        Decision::Open | Decision::Assumed(true) => Value::one_of([yes, no]),
        Decision::Assumed(false) => Value::one_of([no, yes]),
        Decision::Fails => Value::fails(),
    }
}
