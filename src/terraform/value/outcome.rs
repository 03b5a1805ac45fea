//! Values that are one of several.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Decisions, Item, Marks, Object, Presence, Value, ValueKind};
use crate::terraform::span::{Span, Spans};

/// A value in one case, and which case that is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) value: Value,
    /// The innermost decision that leads to it; `None` where several do.
    pub(crate) when: Option<When>,
    /// Everything that leads to it, as far as that is one and the same thing wherever it is asked.
    pub(crate) decisions: Decisions,
}

impl Outcome {
    /// One of which nothing says when.
    pub(crate) fn of(value: Value) -> Self {
        Self { value, when: None, decisions: Decisions::NONE }
    }

    /// Another value in the same case.
    pub(crate) fn with(&self, value: Value) -> Self {
        Self { value, when: self.when, decisions: self.decisions.clone() }
    }
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
    /// Beyond [`MOST_OUTCOMES`] they are joined: objects to one with the keys of all, the rest is unknown.
    pub(crate) fn one_of(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        let mut all: Vec<Outcome> = Vec::new();
        for outcome in outcomes {
            match &outcome.value.kind {
                ValueKind::OneOf(inner) => {
                    let marks = outcome.value.marks;
                    for one in &**inner {
                        let value = one.value.clone().marked(marks);
                        let Some(decisions) = one.decisions.and(&outcome.decisions) else { continue };
                        push(&mut all, Outcome { value, when: one.when.or(outcome.when), decisions });
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
            _ => {
                let joined = Outcome::of(join(&all));
                let failure = all.into_iter().find(|one| one.value.is_failure());
                failure.map_or(joined.value.clone(), |failure| Self::one_of([joined, failure]))
            }
        }
    }

    /// Without the outcomes that Terraform refuses: a run that goes on has none of them. A value that fails in
    /// every case stays.
    pub(crate) fn settled(self) -> Self {
        match &self.kind {
            ValueKind::OneOf(outcomes) if outcomes.iter().any(|one| one.value.is_failure()) => {
                let marks = self.marks;
                let kept = outcomes.iter().filter(|one| !one.value.is_failure()).cloned();
                Self::one_of(kept.collect::<Vec<_>>()).marked(marks)
            }
            _ => self,
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

    /// What to show of a value: the outcome that holds by assumption, where there is one.
    pub(crate) fn assumed(&self) -> &Self {
        match &self.kind {
            // Where one has no such mark, it is not the assumption that decides.
            ValueKind::OneOf(outcomes) if outcomes.iter().all(|one| one.value.marks.assumed) => {
                &outcomes[0].value
            }
            _ => self,
        }
    }

    /// Applies a function in every case.
    pub(crate) fn map_outcomes(&self, change: &mut dyn FnMut(&Value) -> Value) -> Value {
        match &self.kind {
            ValueKind::OneOf(outcomes) => {
                Self::one_of(outcomes.iter().map(|one| one.with(change(&one.value))))
            }
            _ => change(self),
        }
    }
}

/// One value that allows all of them.
fn join(outcomes: &[Outcome]) -> Value {
    let marks = outcomes.iter().fold(Marks::NONE, |marks, one| marks.with(one.value.marks));
    let spans = outcomes.iter().flat_map(|one| one.value.spans.as_slice()).copied().collect();
    let objects = outcomes.iter().filter(|one| !one.value.is_failure()).map(|one| one.value.as_object());
    let objects: Option<Vec<&Object>> = objects.collect();
    let kind = match objects {
        Some(objects) => ValueKind::Object(join_objects(&objects)),
        None => return Value { spans, ..Value::unknown() }.marked(marks),
    };
    Value { kind, spans, marks }
}

fn join_objects(objects: &[&Object]) -> Object {
    let mut values: BTreeMap<Arc<str>, Vec<&Item>> = BTreeMap::new();
    for (key, item) in objects.iter().flat_map(|object| object.items.iter()) {
        values.entry(Arc::clone(key)).or_default().push(item);
    }
    let items = values.into_iter().map(|(key, items)| {
        let always = items.len() == objects.len() && items.iter().all(|it| it.presence == Presence::Always);
        let item = Item {
            value: one_of_items(&items),
            keys: items.iter().flat_map(|item| item.keys.as_slice()).copied().collect(),
            site: items[0].site,
            presence: if always { Presence::Always } else { Presence::Maybe },
        };
        (key, item)
    });
    let rests = objects.iter().filter_map(|object| object.rest.as_deref());
    let rests: Vec<Outcome> = rests.map(|rest| Outcome::of(rest.clone())).collect();
    Object {
        rest: (!rests.is_empty()).then(|| Arc::new(Value::one_of(rests))),
        collection: objects[0].collection,
        ..Object::new(items.collect())
    }
}

fn one_of_items(items: &[&Item]) -> Value {
    Value::one_of(items.iter().map(|item| Outcome::of(item.value.clone())))
}

fn push(all: &mut Vec<Outcome>, outcome: Outcome) {
    let twin = all.iter_mut().find(|kept| kept.value == outcome.value);
    match twin {
        Some(kept) => {
            kept.when = kept.when.filter(|_| kept.when == outcome.when);
            kept.decisions = kept.decisions.common(&outcome.decisions);
        }
        None => all.push(outcome),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_of(values: impl IntoIterator<Item = Value>) -> Value {
        Value::one_of(values.into_iter().map(Outcome::of))
    }

    #[test]
    fn the_same_outcome_counts_once_and_outcomes_of_outcomes_are_flattened() {
        assert_eq!(one_of([Value::string("a"), Value::string("a")]), Value::string("a"));
        let nested = one_of([Value::string("a"), one_of([Value::null(), Value::string("b")])]);
        assert_eq!(nested.outcomes().count(), 3);
        assert!(one_of([]).is_failure());
    }

    #[test]
    fn a_failure_survives_among_too_many_outcomes_until_the_value_is_settled() {
        let many = (0..20_usize).map(Value::number).chain([Value::fails()]);
        let value = one_of(many);
        assert_eq!(value.to_string(), "(… | fails)");
        assert_eq!(value.settled().to_string(), "…");
        assert!(Value::fails().settled().is_failure());
    }
}
