//! Faults of values that are one of several.

use std::collections::HashSet;

use super::fault::{Certainty, Fault};
use crate::terraform::span::Span;
use crate::terraform::value::{Object, Sequence, Value, ValueKind, When};

/// What is wrong in one outcome.
pub(super) struct Case<'v, 's> {
    pub(super) value: &'v Value,
    pub(super) when: Option<When>,
    /// Whether the provider surely refuses it.
    pub(super) refused: bool,
    pub(super) faults: Vec<Fault<'s>>,
}

/// The faults of a value with these outcomes. What is missing counts only where it is missing in each. Where every
/// outcome is refused the others stay as they are; else they depend on the outcome, and a part that is right in
/// another outcome has none.
pub(super) fn in_cases<'s>(cases: Vec<Case<'_, 's>>) -> Vec<Fault<'s>> {
    if cases.iter().all(|case| case.faults.is_empty()) {
        return Vec::new();
    }
    let all_refused = cases.iter().all(|case| case.refused);
    let missing: Vec<HashSet<String>> = cases.iter().map(|case| missing_paths(&case.faults)).collect();
    let parts: Vec<HashSet<Span>> = cases.iter().map(|case| parts(case.value)).collect();
    let faulty: Vec<HashSet<Span>> =
        cases.iter().map(|case| case.faults.iter().filter_map(|fault| fault.at).collect()).collect();
    let mut all = Vec::new();
    for (at, case) in cases.into_iter().enumerate() {
        for mut fault in case.faults {
            if fault.kind.is_missing() {
                let path = fault.path.dotted();
                if !missing.iter().all(|paths| paths.contains(&path)) {
                    continue;
                }
            } else if let Some(span) = fault.at {
                let right_elsewhere =
                    parts.iter().zip(&faulty).enumerate().any(|(other, (parts, faulty))| {
                        other != at && parts.contains(&span) && !faulty.contains(&span)
                    });
                if right_elsewhere {
                    continue;
                }
            }
            if !all_refused && fault.certainty == Certainty::Sure {
                fault.certainty = Certainty::When(case.when);
            }
            push_once(&mut all, fault);
        }
    }
    all
}

/// The same of the cases of a type, in which what is wrong with a part differs: the first fault of a part stands for all.
pub(super) fn in_cases_of_type<'s>(cases: Vec<Case<'_, 's>>) -> Vec<Fault<'s>> {
    let mut all: Vec<Fault<'s>> = Vec::new();
    for fault in in_cases(cases) {
        let is_same = |one: &&mut Fault<'s>| {
            one.at == fault.at
                && one.kind.is_missing() == fault.kind.is_missing()
                && one.path.dotted() == fault.path.dotted()
        };
        match all.iter_mut().find(is_same) {
            Some(twin) => join(twin, &fault),
            None => all.push(fault),
        }
    }
    all
}

/// The faults that are there in both readings of a value; each as sure as in the less sure one.
pub(super) fn common<'s>(faults: Vec<Fault<'s>>, others: &[Fault<'s>]) -> Vec<Fault<'s>> {
    let in_both = |mut fault: Fault<'s>| {
        let twin = others.iter().find(|other| {
            other.at == fault.at
                && other.kind.is_missing() == fault.kind.is_missing()
                && other.path.dotted() == fault.path.dotted()
        })?;
        if fault.certainty == Certainty::Sure {
            fault.certainty = twin.certainty;
        }
        Some(fault)
    };
    faults.into_iter().filter_map(in_both).collect()
}

/// A part of several outcomes is reported once.
fn push_once<'s>(all: &mut Vec<Fault<'s>>, fault: Fault<'s>) {
    let twin = all.iter_mut().find(|one| {
        one.at.is_some() && one.at == fault.at && one.kind == fault.kind && one.path == fault.path
    });
    match twin {
        Some(twin) => join(twin, &fault),
        None => all.push(fault),
    }
}

fn join<'s>(twin: &mut Fault<'s>, fault: &Fault<'s>) {
    if twin.certainty != fault.certainty {
        twin.certainty = Certainty::When(None);
    }
    twin.forget_other_type(fault);
}

fn missing_paths(faults: &[Fault<'_>]) -> HashSet<String> {
    faults.iter().filter(|fault| fault.kind.is_missing()).map(|fault| fault.path.dotted()).collect()
}

/// Where the keys and values are written that make up a value. Linear in its size; only asked where there are faults.
fn parts(value: &Value) -> HashSet<Span> {
    let (mut found, mut waiting) = (HashSet::new(), vec![value]);
    while let Some(value) = waiting.pop() {
        found.extend(value.spans.as_slice().iter().copied());
        match &value.kind {
            ValueKind::Object(Object { items, .. }) => {
                for item in items.values() {
                    found.extend(item.keys.as_slice().iter().copied());
                    waiting.push(&item.value);
                }
            }
            ValueKind::Sequence(Sequence { elements, rest, .. }) => {
                waiting.extend(elements.iter().map(|element| &element.value));
                waiting.extend(rest.as_deref());
            }
            ValueKind::OneOf(outcomes) => waiting.extend(outcomes.iter().map(|outcome| &outcome.value)),
            _ => {}
        }
    }
    found
}
