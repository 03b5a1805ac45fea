//! The judgment: a value held against its type, as the provider does it, for every outcome that the value may have.

use super::fault::{Certainty, Fault, FaultKind, Lacking};
use super::outcomes::{Case, common, in_cases};
use super::scalar;
use crate::azapi::body::{Discriminator, Form, Variants, variants};
use crate::schema::path::{BodyPath, Step};
use crate::schema::{DiscriminatedType, SchemaType, TypeKind};
use crate::terraform::span::Span;
use crate::terraform::value::{Item, Lookup, Object, Outcome, Presence, Sequence, Value, ValueKind};
use crate::text::closest;

/// What is demanded of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rules {
    /// Whether required properties must be there: not in a part of a body that is laid over what exists.
    pub(crate) required: bool,
    /// Of values that a variable's default decides, the one that it decides for counts alone.
    pub(crate) by_defaults: bool,
}

/// Objects in objects are judged so deep.
const DEPTH: u32 = 64;
/// A body of the largest published module has a few thousand parts; each may be judged once for each reading.
const VISITS: u32 = 50_000;
/// More faults than this in one body tell nothing new.
const MOST_FAULTS: usize = 500;
/// So many near names are proposed.
const NEAR: usize = 3;

/// What is wrong with a body under each type that it may have; a fault counts where it is one under every type. Empty
/// too for a body beyond all bounds.
pub(crate) fn judge<'s>(body: &Value, readings: &[SchemaType<'s>], rules: Rules) -> Vec<Fault<'s>> {
    let mut all = readings.iter().map(|&ty| judge_one(body, ty, rules).0);
    let first = all.next().unwrap_or_default();
    all.fold(first, |faults, others| if faults.is_empty() { faults } else { common(faults, &others) })
}

/// The same under one type, and whether the provider surely refuses the body.
pub(super) fn judge_one<'s>(body: &Value, ty: SchemaType<'s>, rules: Rules) -> (Vec<Fault<'s>>, bool) {
    let mut judge =
        Judge { rules, path: BodyPath::default(), faults: Vec::new(), object: None, depth: 0, visits: 0 };
    let refused = judge.value(body, At::default(), ty);
    if judge.visits >= VISITS { (Vec::new(), false) } else { (judge.faults, refused) }
}

/// Where a value stands.
#[derive(Debug, Clone, Copy, Default)]
struct At {
    /// The key in front of it.
    key: Option<Span>,
    /// The expression that gives it.
    site: Option<Span>,
}

struct Judge<'s> {
    rules: Rules,
    path: BodyPath,
    faults: Vec<Fault<'s>>,
    /// The type of the value at hand.
    object: Option<SchemaType<'s>>,
    depth: u32,
    visits: u32,
}

impl<'s> Judge<'s> {
    /// Whether the provider surely refuses the value. Its faults are added either way.
    fn value(&mut self, value: &Value, at: At, ty: SchemaType<'s>) -> bool {
        self.visits += 1;
        if self.depth >= DEPTH || self.visits >= VISITS || self.faults.len() >= MOST_FAULTS {
            return false;
        }
        self.depth += 1;
        let around = self.object.replace(ty);
        let refused = self.value_within(value, at, ty);
        self.object = around;
        self.depth -= 1;
        refused
    }

    fn value_within(&mut self, value: &Value, at: At, ty: SchemaType<'s>) -> bool {
        if let ValueKind::OneOf(outcomes) = &value.kind {
            if self.rules.by_defaults && value.marks.assumed {
                return self.value(value.assumed(), at, ty);
            }
            return self.outcomes(outcomes, |judge, value| judge.value(value, at, ty));
        }
        let kind = ty.kind();
        match (&kind, &value.kind) {
            (TypeKind::Any, _) => false,
            (TypeKind::Union(elements), _) if scalar::is_plainly_among(value, *elements) => false,
            (TypeKind::Union(_), _) => self.union(value, at, ty),
            (TypeKind::Object(object), ValueKind::Object(items)) => {
                self.object(items, value, at, &[Form::plain(*object)], None)
            }
            (TypeKind::Discriminated(ty), ValueKind::Object(items)) => {
                self.discriminated(items, value, at, *ty)
            }
            (TypeKind::Array { items, min_length, max_length }, ValueKind::Sequence(sequence)) => {
                let least = min_length.filter(|_| sequence.rest.is_none());
                self.list(sequence, value, at, *items, (least, *max_length))
            }
            (TypeKind::Object(_) | TypeKind::Discriminated(_), _) => {
                self.mismatch(value, at, super::Expected::Object)
            }
            (TypeKind::Array { min_length, .. }, _) => {
                let refused = self.mismatch(value, at, super::Expected::List);
                // The provider counts its items all the same.
                if let Some(least) = min_length.filter(|&least| refused && least > 0) {
                    let kind =
                        FaultKind::Length { found: 0, least: Some(least), greatest: None, of_list: true };
                    self.report(kind, value.spans.first().or(at.site).or(at.key));
                }
                refused
            }
            _ => {
                let found = scalar::check(value, &kind);
                let refused = found.iter().any(|kind| !kind.is_lenient());
                for kind in found {
                    self.report(kind, value.spans.first().or(at.site).or(at.key));
                }
                refused
            }
        }
    }

    /// Judges each of several values.
    fn outcomes(&mut self, outcomes: &[Outcome], mut judge: impl FnMut(&mut Self, &Value) -> bool) -> bool {
        let mut cases = Vec::new();
        for outcome in outcomes {
            let from = self.faults.len();
            let refused = judge(self, &outcome.value);
            let faults = self.faults.split_off(from);
            cases.push(Case { value: &outcome.value, when: outcome.when, refused, faults });
        }
        let refused = cases.iter().all(|case| case.refused);
        self.faults.extend(in_cases(cases));
        refused
    }

    fn mismatch(&mut self, value: &Value, at: At, expected: super::Expected) -> bool {
        let Some(found) = scalar::found(value) else { return false };
        self.report(FaultKind::Type { expected, found }, value.spans.first().or(at.site).or(at.key));
        true
    }

    fn report(&mut self, kind: FaultKind<'s>, at: Option<Span>) {
        let path = self.path.clone();
        self.faults.push(Fault::sure(kind, path, at));
    }

    /// One element that allows it is enough.
    fn union(&mut self, value: &Value, at: At, ty: SchemaType<'s>) -> bool {
        let Some(found) = scalar::found(value) else { return false };
        let elements = ty.alternatives();
        let start = self.faults.len();
        let mut possible: Option<Vec<Fault<'s>>> = None;
        for &element in &elements {
            let refused = self.value(value, at, element);
            let faults = self.faults.split_off(start);
            if refused {
                continue;
            }
            match &possible {
                _ if faults.iter().all(|fault| fault.kind.is_lenient()) => return false,
                None => possible = Some(faults),
                // It may be meant as either.
                Some(_) => return false,
            }
        }
        if let Some(faults) = possible {
            self.faults.extend(faults);
            return false;
        }
        let literals = scalar::literals(&elements);
        let kind = if literals.is_empty() {
            let mut allowed: Vec<super::Expected> = Vec::new();
            for kind in elements.iter().filter_map(|ty| scalar::kind_of(ty.kind())) {
                if !allowed.contains(&kind) {
                    allowed.push(kind);
                }
            }
            FaultKind::NoVariant { found, allowed }
        } else {
            scalar::not_among(value, literals, false)
        };
        self.report(kind, value.spans.first().or(at.site).or(at.key));
        true
    }

    fn list(
        &mut self,
        list: &Sequence,
        value: &Value,
        at: At,
        items: SchemaType<'s>,
        (least, greatest): (Option<u64>, Option<u64>),
    ) -> bool {
        let sure = list.elements.iter().filter(|element| element.presence == Presence::Always).count() as u64;
        let most = list.elements.len() as u64;
        let mut refused =
            greatest.is_some_and(|greatest| sure > greatest) || least.is_some_and(|least| most < least);
        if refused {
            let found = if greatest.is_some_and(|greatest| sure > greatest) { sure } else { most };
            let kind = FaultKind::Length { found, least, greatest, of_list: true };
            self.report(kind, value.spans.first().or(at.site).or(at.key));
        }
        let mut certain = true;
        for (index, element) in list.elements.iter().enumerate() {
            certain &= element.presence == Presence::Always;
            let step = if certain { Step::Index(index) } else { Step::Any };
            let at = At { key: element.site, site: element.site };
            refused |= self.part(step, &element.value, at, items, element.presence);
        }
        if let Some(rest) = &list.rest {
            self.part(Step::Any, rest, At::default(), items, Presence::Maybe);
        }
        refused
    }

    /// A part that may not be there: then its faults depend on that.
    fn part(&mut self, step: Step, value: &Value, at: At, ty: SchemaType<'s>, presence: Presence) -> bool {
        let start = self.faults.len();
        self.path.push(step);
        let refused = self.value(value, at, ty);
        self.path.truncate(self.path.steps().len() - 1);
        if presence == Presence::Always {
            return refused;
        }
        for fault in &mut self.faults[start..] {
            if fault.certainty == Certainty::Sure {
                fault.certainty = Certainty::When(None);
            }
        }
        false
    }

    fn discriminated(&mut self, object: &Object, value: &Value, at: At, ty: DiscriminatedType<'s>) -> bool {
        if let Some(cases) = by_discriminator(object, value, ty.discriminator()) {
            return self.outcomes(&cases, |judge, object| {
                object.as_object().is_some_and(|it| judge.discriminated(it, object, at, ty))
            });
        }
        let base = Form { base: Some(ty), object: None, selected_by: None };
        let Variants { discriminator, selected, .. } = variants(ty, object);
        let name = ty.discriminator();
        match discriminator {
            Discriminator::Absent => {
                let missing = self.missing(name, value, at, None);
                self.object(object, value, at, &[base], Some(name)) || missing
            }
            Discriminator::Unknown => self.object(object, value, at, &[base], Some(name)),
            Discriminator::Known(item) => {
                self.path.push(Step::Key(name.to_owned()));
                let at_item = At { key: item.keys.first(), site: item.site };
                let refused = self.selector(&item.value, at_item, ty);
                self.path.truncate(self.path.steps().len() - 1);
                if selected.is_empty() {
                    return self.object(object, value, at, &[base], Some(name)) || refused;
                }
                self.object(object, value, at, &selected, None) || refused
            }
        }
    }

    /// The value of a discriminator; it must select a variant.
    fn selector(&mut self, value: &Value, at: At, ty: DiscriminatedType<'s>) -> bool {
        let mut cases = Vec::new();
        let whens: Vec<_> = match &value.kind {
            ValueKind::OneOf(outcomes) => outcomes.iter().map(|outcome| outcome.when).collect(),
            _ => vec![None],
        };
        for (outcome, when) in value.outcomes().zip(whens) {
            let from = self.faults.len();
            let kind = match outcome.as_str() {
                Some(text) if ty.variant(&text).is_some() => None,
                Some(_) => {
                    let allowed = ty.variants().map(|(value, _)| value).collect();
                    Some(scalar::not_among(outcome, allowed, true))
                }
                None => scalar::found(outcome)
                    .map(|found| FaultKind::Type { expected: super::Expected::String, found }),
            };
            let refused = kind.is_some();
            if let Some(kind) = kind {
                self.report(kind, outcome.spans.first().or(at.site).or(at.key));
            }
            let faults = self.faults.split_off(from);
            cases.push(Case { value: outcome, when, refused, faults });
        }
        let refused = cases.iter().all(|case| case.refused);
        self.faults.extend(in_cases(cases));
        refused
    }

    /// An object that has one of several forms: a fault counts where it is one in each. `only_base`: the form is a
    /// base whose variant is not known; that is the name of its discriminator, and keys that the base does not have
    /// may be the variant's.
    fn object(
        &mut self,
        object: &Object,
        value: &Value,
        at: At,
        forms: &[Form<'s>],
        only_base: Option<&str>,
    ) -> bool {
        let [first, others @ ..] = forms else { return false };
        let start = self.faults.len();
        let mut refused = self.form(object, value, at, *first, only_base);
        for other in others {
            if self.faults.len() == start {
                break;
            }
            let faults = self.faults.split_off(start);
            refused &= self.form(object, value, at, *other, only_base);
            let of_other = self.faults.split_off(start);
            self.faults.extend(common(faults, &of_other));
        }
        refused && (others.is_empty() || self.faults.len() > start)
    }

    fn form(
        &mut self,
        object: &Object,
        value: &Value,
        at: At,
        form: Form<'s>,
        only_base: Option<&str>,
    ) -> bool {
        let mut refused = false;
        for (key, item) in &*object.items {
            // The discriminator's value is judged before, by the variants that it selects.
            let is_judged = form.base.is_some_and(|base| base.discriminator() == &**key);
            let is_known = only_base.is_none() || form.member(key).is_some();
            if is_known && !is_judged {
                refused |= self.item(key, item, form);
            }
        }
        if !self.rules.required {
            return refused;
        }
        for (property, of_base) in form.required() {
            // Of what all variants have, the provider demands read-only properties too.
            let demanded = of_base || !property.flags().read_only();
            if demanded && !self.is_argument(property.name()) {
                let absent = matches!(object.lookup(property.name()), Lookup::Absent);
                refused |= absent && self.missing(property.name(), value, at, form.selection());
            }
        }
        refused
    }

    /// Whether a property of the body is given by an argument, so that the provider never misses it.
    fn is_argument(&self, name: &str) -> bool {
        self.path.is_root() && matches!(name, "name" | "location" | "tags")
    }

    fn missing(
        &mut self,
        name: &'s str,
        value: &Value,
        at: At,
        selection: Option<(&'s str, &'s str)>,
    ) -> bool {
        if !self.rules.required {
            return false;
        }
        let braces = value.spans.first();
        self.path.push(Step::Key(name.to_owned()));
        // What is written elsewhere lacks it there.
        let elsewhere = braces.filter(|braces| at.key.is_none_or(|key| key.item != braces.item));
        let place = if self.path.steps().len() == 1 { None } else { elsewhere.or(at.key).or(at.site) };
        self.report(FaultKind::Missing { name }, place);
        if let (Some(fault), Some(ty)) = (self.faults.last_mut(), self.object) {
            fault.object = Some(Lacking { ty, braces, selection });
        }
        self.path.truncate(self.path.steps().len() - 1);
        true
    }

    fn item(&mut self, key: &str, item: &Item, form: Form<'s>) -> bool {
        let at = At { key: item.keys.first().or(item.site), site: item.site };
        let conditional = item.presence == Presence::Maybe;
        let Some(member) = form.member(key) else {
            let names: Vec<&'s str> = form
                .properties()
                .filter(|(it, _)| !it.flags().read_only())
                .map(|(it, _)| it.name())
                .collect();
            let near = closest(key, names, NEAR);
            return self.key_fault(
                key,
                item,
                FaultKind::Unexpected { name: key.to_owned(), near },
                conditional,
            );
        };
        if let Some(property) = member.property.filter(|property| property.flags().read_only()) {
            if property.flags().required() {
                return false;
            }
            return self.key_fault(key, item, FaultKind::ReadOnly { name: property.name() }, conditional);
        }
        let before = self.path.steps().len();
        if let Some((discriminator, value)) = form.selection().filter(|_| member.of_variant) {
            self.path
                .push(Step::Variant { discriminator: discriminator.to_owned(), value: value.to_owned() });
        }
        let step = match member.property {
            Some(_) => Step::Key(key.to_owned()),
            None => Step::FreeKey(key.to_owned()),
        };
        let refused = self.part(step, &item.value, at, member.ty, item.presence);
        self.path.truncate(before);
        refused
    }

    fn key_fault(&mut self, key: &str, item: &Item, kind: FaultKind<'s>, conditional: bool) -> bool {
        self.path.push(Step::Key(key.to_owned()));
        // Behind the first there may be the name of a `for`, or the same key in another outcome.
        self.report(kind, item.keys.first().or(item.site).or(item.value.spans.first()));
        self.path.truncate(self.path.steps().len() - 1);
        if conditional && let Some(last) = self.faults.last_mut() {
            last.certainty = Certainty::When(None);
        }
        !conditional
    }
}

/// Where a condition decides which variant an object is of, the object in each case, with what else the condition
/// decides in it.
fn by_discriminator(object: &Object, value: &Value, name: &str) -> Option<Vec<Outcome>> {
    let item = object.items.get(name).filter(|item| item.presence == Presence::Always)?;
    let ValueKind::OneOf(outcomes) = &item.value.kind else { return None };
    if outcomes.iter().any(|outcome| outcome.decisions.is_empty()) {
        return None;
    }
    let case = |outcome: &Outcome| {
        let mut items = (*object.items).clone();
        items.insert(name.into(), Item { value: outcome.value.clone(), ..item.clone() });
        let object = Object { items: items.into(), ..object.clone() };
        let whole = Value { kind: ValueKind::Object(object), ..value.clone() };
        outcome.with(whole.under(&outcome.decisions))
    };
    Some(outcomes.iter().map(case).collect())
}
