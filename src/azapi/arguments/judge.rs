//! A value held against the type of its argument, with Terraform's conversions, for every outcome that it may have.

use super::Context;
use super::fault::{ArgumentFault, ArgumentFaultKind, Certainty, Form, Found, make_unsure};
use super::rules;
use crate::azapi::provider::{Argument, ArgumentRule, ArgumentType};
use crate::terraform::convert;
use crate::terraform::span::Span;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{Item, Object, Presence, Sequence, Value, ValueKind};
use crate::text::closest;

/// So many near names are proposed.
const NEAR: usize = 3;
/// More elements than this tell nothing new.
const MOST: usize = 2_000;

/// Judges values of arguments.
pub(super) struct Judge<'j, 'c, 'm> {
    pub(super) context: &'j Context<'c, 'm>,
    pub(super) faults: &'j mut Vec<ArgumentFault>,
}

/// What a value is given for.
#[derive(Clone, Copy)]
pub(super) struct Slot<'n> {
    /// The argument, or the member of one.
    pub(super) name: &'n str,
    pub(super) argument: &'static Argument,
    /// The expression, where the value does not say itself where it is written.
    pub(super) site: Option<Span>,
    /// An item of its list, or a value of its map.
    pub(super) is_part: bool,
}

impl Slot<'_> {
    /// As messages call it.
    pub(super) fn shown(self) -> String {
        if self.is_part { format!("{}.*", self.name) } else { self.name.to_owned() }
    }
}

/// The provider surely refuses it.
pub(super) type Refused = bool;

impl Judge<'_, '_, '_> {
    pub(super) fn argument(&mut self, name: &str, item: &Item, argument: &'static Argument) -> Refused {
        let slot = Slot { name, argument, site: item.site, is_part: false };
        let start = self.faults.len();
        let mut refused = self.in_cases(&item.value, &mut |judge, value| {
            if value.is_null() && argument.is_required() {
                let kind = ArgumentFaultKind::Missing { name: name.to_owned(), by: None };
                return judge.report(slot, value, kind);
            }
            judge.value(value, slot, &argument.ty)
        });
        if item.presence == Presence::Maybe {
            make_unsure(&mut self.faults[start..]);
            refused = false;
        }
        refused
    }

    /// Judges every outcome: where one is right, what is wrong with the others depends on what decides.
    fn in_cases(
        &mut self,
        value: &Value,
        judge: &mut dyn FnMut(&mut Judge<'_, '_, '_>, &Value) -> Refused,
    ) -> Refused {
        let ValueKind::OneOf(outcomes) = &value.kind else {
            return judge(&mut Judge { context: self.context, faults: self.faults }, value);
        };
        let mut cases = Vec::new();
        for outcome in &**outcomes {
            let mut faults = Vec::new();
            let refused = judge(&mut Judge { context: self.context, faults: &mut faults }, &outcome.value);
            cases.push((refused, outcome.when, faults));
        }
        let refused = cases.iter().all(|(refused, ..)| *refused);
        for (_, when, mut faults) in cases {
            for fault in &mut faults {
                if !refused && fault.certainty == Certainty::Sure {
                    fault.certainty = Certainty::When(when);
                }
            }
            super::fault::merge(self.faults, faults);
        }
        refused
    }

    pub(super) fn report(&mut self, slot: Slot<'_>, value: &Value, kind: ArgumentFaultKind) -> Refused {
        self.report_at(value.spans.first().or(slot.site), kind)
    }

    fn report_at(&mut self, at: Option<Span>, kind: ArgumentFaultKind) -> Refused {
        self.faults.push(ArgumentFault { kind, at, certainty: Certainty::Sure });
        true
    }

    fn value(&mut self, value: &Value, slot: Slot<'_>, ty: &'static ArgumentType) -> Refused {
        if matches!(value.kind, ValueKind::OneOf(_)) {
            return self.in_cases(value, &mut |judge, value| judge.value(value, slot, ty));
        }
        match (&value.kind, ty) {
            (ValueKind::Null | ValueKind::Fails, _) => false,
            (ValueKind::String(_), ArgumentType::Dynamic) => self.string_body(value, slot),
            (_, ArgumentType::Dynamic) => false,
            (ValueKind::Computed(_) | ValueKind::ProviderCall(_), ArgumentType::String) => {
                rules::text(self, value, slot)
            }
            (ValueKind::Computed(_) | ValueKind::ProviderCall(_), _) => false,
            (ValueKind::Unknown { ty: known, .. }, _) => match never_fits(known, ty) {
                Some(found) => self.mismatch(value, slot, ty, Found::Of(found)),
                None => false,
            },
            (ValueKind::Block(block), ArgumentType::String) => {
                self.mismatch(value, slot, ty, Found::Block(block.address.to_string()))
            }
            (ValueKind::Block(_), _) => false,
            (ValueKind::Sequence(list), ArgumentType::List(items)) => self.list(list, value, slot, items),
            (ValueKind::Object(object), ArgumentType::Map(values)) => self.map(object, value, slot, values),
            (ValueKind::Object(object), ArgumentType::Object) => self.object(object, value, slot),
            (ValueKind::Sequence(_) | ValueKind::Object(_), _) => {
                self.mismatch(value, slot, ty, found(value))
            }
            _ => self.scalar(value, slot, ty),
        }
    }

    /// Version 1 had strings as bodies.
    fn string_body(&mut self, value: &Value, slot: Slot<'_>) -> Refused {
        static OBJECT: ArgumentType = ArgumentType::Object;
        let is_refused = slot.argument.rules.contains(&ArgumentRule::NotAString);
        if !is_refused || self.context.judges_body_elsewhere {
            return false;
        }
        self.mismatch(value, slot, &OBJECT, Found::Of("a string"))
    }

    fn mismatch(
        &mut self,
        value: &Value,
        slot: Slot<'_>,
        expected: &'static ArgumentType,
        found: Found,
    ) -> Refused {
        self.report(slot, value, ArgumentFaultKind::Type { name: slot.shown(), expected, found })
    }

    /// A text, a number, `true` or `false`.
    fn scalar(&mut self, value: &Value, slot: Slot<'_>, ty: &'static ArgumentType) -> Refused {
        let converted = match ty {
            ArgumentType::String => convert::to_string(value),
            ArgumentType::Bool => convert::to_bool(value),
            ArgumentType::Integer | ArgumentType::Number => convert::to_number(value),
            _ => Value::fails(),
        };
        match (&converted.kind, ty) {
            (ValueKind::Fails, _) => self.mismatch(value, slot, ty, found(value)),
            (ValueKind::Number(number), ArgumentType::Integer) if !number.is_integer() => {
                let kind = ArgumentFaultKind::Form {
                    name: slot.name.to_owned(),
                    found: number.to_string(),
                    form: Form::WholeNumber,
                };
                self.report(slot, value, kind)
            }
            (ValueKind::Number(number), _) => rules::number(self, value, number, slot),
            (ValueKind::String(_), _) => rules::text(self, &converted, slot),
            _ => false,
        }
    }

    fn list(
        &mut self,
        list: &Sequence,
        value: &Value,
        slot: Slot<'_>,
        items: &'static ArgumentType,
    ) -> Refused {
        let mut refused = false;
        for element in list.elements.iter().take(MOST) {
            let slot = Slot { site: element.site.or(slot.site), is_part: true, ..slot };
            refused |= self.part(&element.value, slot, items, element.presence);
        }
        rules::list(self, list, value, slot) || refused
    }

    /// A part that may not be there: then what is wrong with it depends on that.
    fn part(
        &mut self,
        value: &Value,
        slot: Slot<'_>,
        ty: &'static ArgumentType,
        presence: Presence,
    ) -> Refused {
        let start = self.faults.len();
        let refused = match ty {
            ArgumentType::Object => self.in_cases(value, &mut |judge, value| judge.value(value, slot, ty)),
            // The rules of a list are not those of its items.
            _ => self.in_cases(value, &mut |judge, value| judge.item(value, slot, ty)),
        };
        if presence == Presence::Always {
            return refused;
        }
        make_unsure(&mut self.faults[start..]);
        false
    }

    /// An item of a list or a value of a map.
    fn item(&mut self, value: &Value, slot: Slot<'_>, ty: &'static ArgumentType) -> Refused {
        match (&value.kind, ty) {
            (ValueKind::Sequence(list), ArgumentType::List(items)) => {
                let parts = list.elements.iter().take(MOST);
                parts.fold(false, |refused, element| {
                    let slot = Slot { site: element.site.or(slot.site), is_part: true, ..slot };
                    self.part(&element.value, slot, items, element.presence) || refused
                })
            }
            (ValueKind::String(_) | ValueKind::Number(_) | ValueKind::Bool(_), _) => {
                let converted = match ty {
                    ArgumentType::String => convert::to_string(value),
                    ArgumentType::Bool => convert::to_bool(value),
                    ArgumentType::Integer | ArgumentType::Number => convert::to_number(value),
                    _ => Value::fails(),
                };
                match converted.kind {
                    ValueKind::Fails => self.mismatch(value, slot, ty, found(value)),
                    _ => false,
                }
            }
            (ValueKind::Computed(_) | ValueKind::ProviderCall(_), _) => false,
            _ => self.value(value, slot, ty),
        }
    }

    fn map(
        &mut self,
        object: &Object,
        value: &Value,
        slot: Slot<'_>,
        values: &'static ArgumentType,
    ) -> Refused {
        let mut refused = false;
        for item in object.items.values().take(MOST) {
            let slot = Slot { site: item.site.or(slot.site), is_part: true, ..slot };
            refused |= self.part(&item.value, slot, values, item.presence);
        }
        rules::map(self, object, value, slot) || refused
    }

    /// Members that the provider does not know do nothing.
    fn object(&mut self, object: &Object, value: &Value, slot: Slot<'_>) -> Refused {
        let members = &slot.argument.arguments;
        let mut refused = false;
        for (name, item) in &*object.items {
            if let Some(member) = members.get(&**name).filter(|member| member.can_be_set()) {
                refused |= self.argument(name, item, member);
                continue;
            }
            let settable = members.iter().filter(|(_, member)| member.can_be_set());
            let kind = ArgumentFaultKind::UnknownName {
                name: name.to_string(),
                is_block: false,
                inside: slot.name.to_owned(),
                near: closest(name, settable.map(|(name, _)| name.as_str()), NEAR),
                is_removed: false,
            };
            if let Some(at) = item.keys.first() {
                self.faults.push(ArgumentFault { kind, at: Some(at), certainty: Certainty::Lenient });
            }
        }
        let is_missing = |name: &str| object.rest.is_none() && !object.items.contains_key(name);
        for name in members.iter().filter(|(_, member)| member.is_required()).map(|(name, _)| name) {
            if is_missing(name) {
                let kind = ArgumentFaultKind::Missing { name: name.clone(), by: Some(slot.name.to_owned()) };
                refused |= self.report(slot, value, kind);
            }
        }
        refused
    }
}

/// What a known value is.
pub(super) fn found(value: &Value) -> Found {
    match &value.kind {
        ValueKind::Bool(bool) => Found::Bool(*bool),
        ValueKind::Number(number) => Found::Number(number.clone()),
        ValueKind::String(_) if value.marks.sensitive || value.marks.ephemeral => Found::Of("a string"),
        ValueKind::String(text) => {
            text.as_known().map_or(Found::Of("a string"), |text| Found::Text(text.to_string()))
        }
        ValueKind::Sequence(_) => Found::List,
        ValueKind::Object(_) => Found::Object,
        ValueKind::Block(block) => Found::Block(block.address.to_string()),
        _ => Found::Null,
    }
}

/// What values of a type are, where none can be converted.
fn never_fits(found: &Type, expected: &ArgumentType) -> Option<&'static str> {
    let fits = match (found, expected) {
        (Type::Any, _) | (_, ArgumentType::Dynamic) => true,
        (Type::String, _) => {
            !matches!(expected, ArgumentType::List(_) | ArgumentType::Map(_) | ArgumentType::Object)
        }
        (Type::Number, _) => {
            matches!(expected, ArgumentType::String | ArgumentType::Number | ArgumentType::Integer)
        }
        (Type::Bool, _) => matches!(expected, ArgumentType::String | ArgumentType::Bool),
        (Type::List(_) | Type::Set(_) | Type::Tuple(_), _) => matches!(expected, ArgumentType::List(_)),
        (Type::Map(_) | Type::Object(_), _) => {
            matches!(expected, ArgumentType::Map(_) | ArgumentType::Object)
        }
    };
    let name = match found {
        Type::Any => "anything",
        Type::String => "a string",
        Type::Number => "a number",
        Type::Bool => "a bool",
        Type::List(_) => "a list",
        Type::Set(_) => "a set",
        Type::Tuple(_) => "a tuple",
        Type::Map(_) => "a map",
        Type::Object(_) => "an object",
    };
    (!fits).then_some(name)
}
