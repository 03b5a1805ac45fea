//! Values that are one of several.

use super::{Marks, Value, ValueKind};
use crate::terraform::span::{Span, Spans};

/// A value in one case, and which case that is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) value: Value,
    /// The innermost decision that leads to it; `None` where several do.
    pub(crate) when: Option<When>,
}

/// What decides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum When {
    /// The condition of a conditional, written there, is true or false.
    Condition(Span, bool),
    /// The `validation` of a variable allows it; its expression.
    Allowed(Span),
    /// An argument of `try`, `coalesce` or `lookup` is taken; the call.
    Fallback(Span),
}

/// A conditional of conditionals … has at most this many outcomes; beyond that they are joined ([`Value::one_of`]).
pub(crate) const MOST_OUTCOMES: usize = 12;

impl Value {
    /// One of several: flattened; the same value written in the same place once. Of none: what Terraform would refuse.
    /// Beyond [`MOST_OUTCOMES`] it is unknown.
    pub(crate) fn one_of(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        let mut all: Vec<Outcome> = Vec::new();
        for outcome in outcomes {
            match &outcome.value.kind {
                ValueKind::OneOf(inner) => {
                    let marks = outcome.value.marks;
                    for one in &**inner {
                        let value = one.value.clone().marked(marks);
                        push(&mut all, Outcome { value, when: one.when.or(outcome.when) });
                    }
                }
                _ => push(&mut all, outcome),
            }
        }
        match all.len() {
            0 => Self::fails(),
            1 => all.remove(0).value,
            2..=MOST_OUTCOMES => {
                let marks = all.iter().fold(Marks::NONE, |marks, one| marks.with(one.value.marks));
                Self { kind: ValueKind::OneOf(all.into()), spans: Spans::None, marks }
            }
            _ => Self::unknown(),
        }
    }

    /// Every value it can have: its outcomes, or itself.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = &Value> {
        let (several, one) = match &self.kind {
            ValueKind::OneOf(outcomes) => (&**outcomes, None),
            _ => (&[][..], Some(self)),
        };
        several.iter().map(|outcome| &outcome.value).chain(one)
    }

    /// Applies a function in every case.
    pub(crate) fn map_outcomes(&self, change: &mut dyn FnMut(&Value) -> Value) -> Value {
        match &self.kind {
            ValueKind::OneOf(outcomes) => {
                Self::one_of(outcomes.iter().map(|one| Outcome { value: change(&one.value), when: one.when }))
            }
            _ => change(self),
        }
    }
}

fn push(all: &mut Vec<Outcome>, outcome: Outcome) {
    let twin = all.iter_mut().find(|kept| kept.value == outcome.value);
    match twin {
        Some(kept) if kept.when != outcome.when => kept.when = None,
        Some(_) => {}
        None => all.push(outcome),
    }
}
