//! What was decided on the way to a value, so that two values which depend on one condition do so together.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::{Element, Item, Object, Sequence, Value, ValueKind};

/// Something that is decided once: a condition, or which value a variable has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DecisionId(u64);

impl DecisionId {
    /// The same for all that are asked alike.
    pub(crate) fn of(what: &impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// What was decided, and how; sorted. What is left out of it makes it say less, never something wrong.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Decisions(Option<Arc<[(DecisionId, u32)]>>);

/// So many are kept on the way to one value.
const MOST: usize = 16;
/// A value is searched for what cannot be under a decision in so many parts.
const PARTS: usize = 20_000;

impl Decisions {
    pub(crate) const NONE: Self = Self(None);

    pub(crate) fn of(id: DecisionId, how: u32) -> Self {
        Self(Some(Arc::new([(id, how)])))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    fn all(&self) -> &[(DecisionId, u32)] {
        self.0.as_deref().unwrap_or_default()
    }

    /// Both; `None` where they exclude each other.
    pub(crate) fn and(&self, other: &Self) -> Option<Self> {
        if self.is_empty() || other.is_empty() {
            return Some(if self.is_empty() { other.clone() } else { self.clone() });
        }
        let mut all: BTreeMap<DecisionId, u32> = self.all().iter().copied().collect();
        for &(id, how) in other.all() {
            let known = all.len() < MOST || all.contains_key(&id);
            if known && *all.entry(id).or_insert(how) != how {
                return None;
            }
        }
        Some(Self(Some(all.into_iter().collect())))
    }

    /// What both say.
    pub(crate) fn common(&self, other: &Self) -> Self {
        let kept: Arc<[_]> = self.all().iter().filter(|one| other.all().contains(one)).copied().collect();
        Self((!kept.is_empty()).then_some(kept))
    }
}

impl Value {
    /// Without the outcomes, at any depth, that these decisions exclude.
    pub(crate) fn under(&self, decisions: &Decisions) -> Self {
        if decisions.is_empty() {
            return self.clone();
        }
        self.excluding(decisions).unwrap_or_else(|| self.clone())
    }

    /// The same; `None` where they exclude nothing.
    pub(crate) fn excluding(&self, decisions: &Decisions) -> Option<Self> {
        self.restricted(decisions, &mut { PARTS })
    }

    /// `None` where nothing changes.
    fn restricted(&self, decisions: &Decisions, left: &mut usize) -> Option<Self> {
        *left = left.checked_sub(1)?;
        let changed = |kind| Self { kind, spans: self.spans.clone(), marks: self.marks };
        match &self.kind {
            ValueKind::OneOf(outcomes) => {
                let mut kept = Vec::new();
                let mut is_changed = false;
                for outcome in &**outcomes {
                    let possible = outcome.decisions.and(decisions).is_some();
                    let value = possible.then(|| outcome.value.restricted(decisions, left)).flatten();
                    is_changed |= !possible || value.is_some();
                    if possible {
                        kept.push(outcome.with(value.unwrap_or_else(|| outcome.value.clone())));
                    }
                }
                is_changed.then(|| Self::one_of(kept).marked(self.marks))
            }
            ValueKind::Object(object) => {
                let value = |item: &Item| item.value.restricted(decisions, left);
                let values: Vec<Option<Self>> = object.items.values().map(value).collect();
                if values.iter().all(Option::is_none) {
                    return None;
                }
                let items = object.items.iter().zip(values).map(|((key, item), value)| {
                    let value = value.unwrap_or_else(|| item.value.clone());
                    (Arc::clone(key), Item { value, ..item.clone() })
                });
                let items = Arc::new(items.collect());
                Some(changed(ValueKind::Object(Object { items, ..object.clone() })))
            }
            ValueKind::Sequence(sequence) => {
                let value = |element: &Element| element.value.restricted(decisions, left);
                let values: Vec<Option<Self>> = sequence.elements.iter().map(value).collect();
                if values.iter().all(Option::is_none) {
                    return None;
                }
                let elements = sequence.elements.iter().zip(values).map(|(element, value)| {
                    let value = value.unwrap_or_else(|| element.value.clone());
                    Element { value, ..element.clone() }
                });
                let elements = elements.collect();
                Some(changed(ValueKind::Sequence(Sequence { elements, ..sequence.clone() })))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(of: &str, how: u32) -> Decisions {
        Decisions::of(DecisionId::of(&of), how)
    }

    #[test]
    fn decisions_that_exclude_each_other_have_nothing_in_common_but_others() {
        let both = decided("a", 1).and(&decided("b", 0)).unwrap();
        assert_eq!(both.and(&decided("a", 0)), None);
        assert_eq!(both.and(&decided("a", 1)), Some(both.clone()));
        assert_eq!(both.common(&decided("b", 0)), decided("b", 0));
        assert!(both.common(&decided("b", 1)).is_empty());
        assert_eq!(Decisions::NONE.and(&both), Some(both));
    }

    #[test]
    fn more_decisions_than_are_kept_say_less() {
        let many = (0..40_u32).fold(Decisions::NONE, |all, at| {
            all.and(&decided(&at.to_string(), 1)).expect("they do not exclude each other")
        });
        assert_eq!(many.all().len(), MOST);
    }
}
