//! Terraform's own functions.

use std::sync::Arc;

use super::eval::convert;
use super::type_constraint::Type;
use super::value::{Collection, Object, Outcome, Part, PartKind, Sequence, Text, Value, ValueKind};

/// What functions need of the one who calls them.
pub(crate) trait Context {
    /// A file of the module's folder; `None` for one that is not there, or may not be read.
    fn read_file(&self, path: &str) -> Option<Arc<str>>;
    /// The value of a template with nothing but these variables.
    fn render(&self, template: &str, variables: &Object) -> Value;
    /// Takes so many nodes of the budget; false when it is used up.
    fn charge(&self, nodes: usize) -> bool;
}

/// The value of a call; `OneOf` arguments are taken in every case.
pub(crate) fn call(name: &str, arguments: &[Value], context: &dyn Context) -> Value {
    let Some(at) = arguments.iter().position(|value| matches!(value.kind, ValueKind::OneOf(_))) else {
        return call_one(name, arguments, context);
    };
    arguments[at].map_outcomes(&mut |outcome| {
        let mut chosen = arguments.to_vec();
        chosen[at] = outcome.clone();
        call(name, &chosen, context)
    })
}

fn call_one(name: &str, arguments: &[Value], context: &dyn Context) -> Value {
    match (name, arguments) {
        ("merge", objects) => merge(objects, context),
        ("concat", lists) => concat(lists),
        ("lower", [value]) => {
            value.as_str().map_or(Value::unknown(), |text| Value::string(text.to_lowercase()))
        }
        ("toset", [value]) => convert::to(value, &Type::Set(Arc::new(Type::Any))),
        ("tolist", [value]) => convert::to(value, &Type::List(Arc::new(Type::Any))),
        ("jsonencode", [value]) => {
            let part = Part { kind: PartKind::Json(Arc::new(value.clone())), span: None };
            Text::of([part]).map_or(Value::unknown(), |text| ValueKind::String(text).into())
        }
        ("try", values) => first_that_works(values),
        _ => Value::unknown(),
    }
}

fn merge(objects: &[Value], context: &dyn Context) -> Value {
    let mut all = std::collections::BTreeMap::new();
    let mut spans = super::span::Spans::None;
    for value in objects {
        let Some(object) = value.as_object().filter(|object| object.is_complete()) else {
            return Value::unknown();
        };
        if !context.charge(object.items.len()) {
            return Value::unknown();
        }
        spans = spans.with(&value.spans);
        all.extend(object.items.iter().map(|(key, item)| (Arc::clone(key), item.clone())));
    }
    Value::from(ValueKind::Object(Object::new(all))).at(spans)
}

fn concat(lists: &[Value]) -> Value {
    let lists: Option<Vec<&Sequence>> = lists.iter().map(Value::as_sequence).collect();
    let Some(lists) = lists else { return Value::unknown() };
    let elements = lists.iter().flat_map(|list| list.elements.iter().cloned()).collect();
    ValueKind::Sequence(Sequence { elements, rest: None, collection: Collection::Tuple }).into()
}

fn first_that_works(values: &[Value]) -> Value {
    let mut possible = Vec::new();
    for value in values.iter().filter(|value| !value.is_failure()) {
        possible.push(Outcome { value: value.clone(), when: None });
        if !value.is_unknown() {
            break;
        }
    }
    Value::one_of(possible)
}
