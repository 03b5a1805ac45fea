//! Steps from a value into it: an attribute, an index, its elements.

use std::sync::Arc;

use super::Evaluator;
use super::convert;
use super::expression::either;
use super::instances::Repeats;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    BlockValue, Collection, Element, InstanceKey, Lookup, Marks, Object, Outcome, Presence, Sequence, Value,
    ValueKind,
};

impl Evaluator<'_> {
    /// `base.name`
    pub(super) fn attribute(&self, base: &Value, name: &str) -> Value {
        if name.is_empty() {
            return Value::unknown();
        }
        let marks = base.marks;
        let of_one = &mut |base: &Value| match is_assumed_null(base, marks) {
            true => nothing_or_anything(),
            false => self.attribute_of_one(base, name),
        };
        base.map_outcomes(of_one).marked(marks)
    }

    fn attribute_of_one(&self, base: &Value, name: &str) -> Value {
        match &base.kind {
            ValueKind::Object(object) => of_object(object, name),
            ValueKind::Unknown { ty, .. } => match ty {
                Type::Any => Value::unknown(),
                Type::Map(_) | Type::Object(_) => match &base.spelled_out().kind {
                    ValueKind::Object(object) => of_object(object, name),
                    _ => Value::unknown(),
                },
                _ => Value::fails(),
            },
            ValueKind::Computed(attribute) => {
                let mut attribute = (**attribute).clone();
                attribute.path.push(name.into());
                ValueKind::Computed(Arc::new(attribute)).into()
            }
            ValueKind::Block(block) => self.block_attribute(block, name),
            ValueKind::ProviderCall(call) => {
                let mut call = (**call).clone();
                call.path.push(name.into());
                ValueKind::ProviderCall(Arc::new(call)).into()
            }
            _ => Value::fails(),
        }
    }

    /// `base[key]`
    pub(super) fn index(&self, base: &Value, key: &Value) -> Value {
        let marks = base.marks.with(key.marks);
        let of_one = &mut |one: &Value| match is_assumed_null(one, base.marks) {
            true => nothing_or_anything(),
            false => key.map_outcomes(&mut |key| self.index_of_one(one, key)),
        };
        base.map_outcomes(of_one).marked(marks)
    }

    fn index_of_one(&self, base: &Value, key: &Value) -> Value {
        if matches!(key.kind, ValueKind::Null | ValueKind::Fails) {
            return Value::fails();
        }
        match &base.kind {
            ValueKind::Object(object) => match &convert::to(key, &Type::String).kind {
                ValueKind::String(text) => match text.as_known() {
                    Some(key) => of_object(object, &key),
                    None => any_item(object),
                },
                ValueKind::Fails => Value::fails(),
                _ => any_item(object),
            },
            ValueKind::Sequence(sequence) => match &convert::to(key, &Type::Number).kind {
                ValueKind::Number(at) => at.as_usize().map_or_else(Value::fails, |at| element(sequence, at)),
                ValueKind::Fails => Value::fails(),
                _ => any_element(sequence),
            },
            ValueKind::Unknown { ty, .. } => match ty {
                Type::Any => Value::unknown(),
                Type::String | Type::Number | Type::Bool => Value::fails(),
                _ => self.index_of_one(&base.spelled_out(), key),
            },
            ValueKind::Computed(_) | ValueKind::ProviderCall(_) => match key.as_str() {
                Some(name) => self.attribute_of_one(base, &name),
                None => Value::unknown(),
            },
            ValueKind::Block(block) => self.block_index(block, key),
            _ => Value::fails(),
        }
    }

    /// One instance of a block with `count` or `for_each`; an attribute of one without.
    fn block_index(&self, block: &Arc<BlockValue>, key: &Value) -> Value {
        let name = || convert::to(key, &Type::String).as_str();
        let at =
            || convert::to(key, &Type::Number).as_number().and_then(|at| u64::try_from(at.as_i64()?).ok());
        let Some((node, context)) = self.find_block(block) else { return Value::unknown() };
        let instances = self.instances_in(&node, context);
        let wanted = match (&block.instance, instances.repeats) {
            (InstanceKey::Whole, Repeats::Count) => at().map(InstanceKey::Index),
            (InstanceKey::Whole, Repeats::ForEach) => name().map(InstanceKey::Key),
            // A block by itself is an object, whose attributes have no numbers.
            _ if key.as_number().is_some() => return Value::fails(),
            _ => return name().map_or_else(Value::unknown, |name| self.block_attribute(block, &name)),
        };
        let of =
            |instance| Value::from(ValueKind::Block(Arc::new(BlockValue { instance, ..(**block).clone() })));
        let Some(wanted) = wanted else {
            let known = convert::to(key, &Type::String).as_str().is_some();
            return if known { Value::fails() } else { of(InstanceKey::Unknown) };
        };
        match instances.presence(&wanted) {
            Some(Presence::Always) => of(wanted),
            Some(Presence::Maybe) => either(&of(wanted), &Value::fails()),
            None => Value::fails(),
        }
    }

    /// What `for` and a splat go through: the instances of a block, the shape of an unknown value.
    pub(super) fn elements(&self, value: &Value) -> Value {
        let ValueKind::Block(block) = &value.kind else { return value.spelled_out() };
        let Some((node, context)) = self.find_block(block) else { return Value::unknown() };
        let instances = self.instances_in(&node, context);
        if block.instance != InstanceKey::Whole || instances.repeats == Repeats::Once {
            return value.clone();
        }
        let of = |instance: &InstanceKey| {
            let instance = instance.clone();
            Value::from(ValueKind::Block(Arc::new(BlockValue { instance, ..(**block).clone() })))
        };
        if !self.budget.nodes(instances.known.len()) {
            return Value::unknown();
        }
        let kind = instances.collected(|instance| of(&instance.key));
        Value { kind, spans: value.spans.clone(), marks: value.marks }
    }

    /// `base[*]` and `base.*`, each element taken further by `then`.
    pub(super) fn splat(&self, base: &Value, then: &mut dyn FnMut(&Value) -> Value) -> Value {
        let marks = base.marks;
        base.map_outcomes(&mut |base| self.splat_of_one(base, marks, then)).marked(marks)
    }

    fn splat_of_one(&self, base: &Value, marks: Marks, then: &mut dyn FnMut(&Value) -> Value) -> Value {
        let several = |elements: Vec<Element>, rest: Option<Value>| {
            let rest = rest.map(Arc::new);
            let sequence = Sequence { elements: elements.into(), rest, collection: Collection::Tuple };
            Value::from(ValueKind::Sequence(sequence)).at(base.spans.clone())
        };
        match &self.sequence(base).kind {
            ValueKind::Fails => Value::fails(),
            ValueKind::Null if is_assumed_null(base, marks) => {
                several(Vec::new(), Some(then(&Value::unknown())))
            }
            ValueKind::Null => several(Vec::new(), None),
            ValueKind::Sequence(sequence) => {
                let mut elements = Vec::new();
                for element in sequence.elements.iter() {
                    if !self.budget.nodes(1) {
                        return Value::unknown();
                    }
                    elements.push(Element { value: then(&element.value), ..element.clone() });
                }
                several(elements, sequence.rest.as_deref().map(&mut *then))
            }
            ValueKind::Unknown { ty: Type::Any, .. }
            | ValueKind::Computed(_)
            | ValueKind::ProviderCall(_) => several(Vec::new(), Some(then(&Value::unknown()))),
            // One that is no list is an element itself, unless it is null.
            ValueKind::Unknown { not_null: false, .. } => {
                let element = Element { value: then(base), site: None, presence: Presence::Maybe };
                several(vec![element], None)
            }
            _ => several(vec![Element::always(then(base))], None),
        }
    }

    /// A list of instances or of unknown length as such; an object of instances is none.
    fn sequence(&self, value: &Value) -> Value {
        let elements = self.elements(value);
        if elements.as_sequence().is_some() { elements } else { value.clone() }
    }
}

/// Whether a value is null by assumption only: a run may have anything there.
fn is_assumed_null(value: &Value, of_all: Marks) -> bool {
    value.is_null() && (value.marks.assumed || of_all.assumed)
}

/// What a step into what is null by assumption gives: a failure first, so that what stands in for one is the likelier.
fn nothing_or_anything() -> Value {
    either(&Value::fails(), &Value::unknown())
}

fn of_object(object: &Object, key: &str) -> Value {
    match object.lookup(key) {
        Lookup::Found(item) if item.presence == Presence::Always => item.value.clone(),
        Lookup::Found(item) => either(&item.value, &Value::fails()),
        Lookup::Possible(rest) if rest.is_unknown() => rest.clone(),
        Lookup::Possible(rest) => either(rest, &Value::fails()),
        Lookup::Absent => Value::fails(),
    }
}

fn element(sequence: &Sequence, at: usize) -> Value {
    if sequence.collection == Collection::Set {
        return Value::fails();
    }
    let before = &sequence.elements[..sequence.elements.len().min(at + 1)];
    if sequence.rest.is_some() || before.iter().any(|element| element.presence == Presence::Maybe) {
        return any_element(sequence);
    }
    before.get(at).map_or_else(Value::fails, |element| element.value.clone())
}

/// The value at a place that is not known.
fn any_element(sequence: &Sequence) -> Value {
    if sequence.collection == Collection::Set {
        return Value::fails();
    }
    any_of(sequence.elements.iter().map(|element| &element.value).chain(sequence.rest.as_deref()))
}

fn any_item(object: &Object) -> Value {
    any_of(object.items.values().map(|item| &item.value).chain(object.rest.as_deref()))
}

/// One of these, or a failure. What all of it comes to stays small: beyond a few it is joined.
fn any_of<'v>(values: impl Iterator<Item = &'v Value>) -> Value {
    const MOST: usize = 64;
    let values: Vec<&Value> = values.take(MOST + 1).collect();
    if values.len() > MOST {
        return Value::unknown();
    }
    let known = values.into_iter().map(|value| Outcome::of(value.clone()));
    Value::one_of(known.chain([Outcome::of(Value::fails())]))
}
