//! The whole body that a block sends: `body` with the arguments that stand for parts of it, and `sensitive_body` laid
//! over.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::reading::{Purpose, Reading, readings};
use crate::azapi::AzapiBlock;
use crate::azapi::provider::{BodyOf, Check};
use crate::schema::Schema;
use crate::syntax::ast;
use crate::terraform::eval::{Evaluator, Instances, Repeats};
use crate::terraform::span::Spans;
use crate::terraform::value::{
    Collection, Item, Lookup, MOST_OUTCOMES, Object, Outcome, Presence, Value, ValueKind, When,
};
use crate::terraform::{Located, NameScope};

/// A block whose instances are more than this is judged as one that may be any of them.
const MOST_INSTANCES: usize = 32;
/// Objects in `body` and `sensitive_body` are laid over each other so deep.
const DEPTH: u32 = 64;

/// One body of a block, or of one instance of it.
#[derive(Debug)]
pub(crate) struct Root<'s> {
    /// What is sent, as far as it is known: unknown where the provider checks nothing.
    pub(crate) value: Value,
    /// The types that it may have, one for each value of `type`; at least one.
    pub(crate) readings: Vec<Reading<'s>>,
    pub(crate) source: RootSource,
    /// Outcomes of `body` and `sensitive_body` that are strings, as version 1 had them.
    pub(crate) strings: Vec<StringBody>,
    /// Something is laid over it of which nothing is known: what seems to be missing may be there.
    pub(crate) may_have_more: bool,
    /// What stands in `body` itself, in a block that could keep secrets apart from it.
    pub(crate) readable: Option<Value>,
}

/// A body that is a string.
#[derive(Debug, Clone)]
pub(crate) struct StringBody {
    pub(crate) spans: Spans,
    /// Of which argument.
    pub(crate) argument: &'static str,
    /// `None`: it is one in every outcome. Else what decides, where that is one thing.
    pub(crate) when: Option<Option<When>>,
}

/// What a body is the whole of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RootSource {
    /// A resource, checked by the provider.
    Resource,
    /// Part of a resource that exists already; the provider checks nothing.
    Part,
    /// All of a resource, sent by an action; the provider checks nothing.
    Sent,
    /// The input of a function; the provider checks nothing.
    Function,
    /// What arguments say of a resource without a body; the provider checks nothing.
    Arguments,
}

/// The bodies of a block: one, or one for each of its instances. None for a block without a body, or without a type
/// that is known. Those to be shown have behind them what files of overrides replace.
pub(crate) fn roots<'s>(
    evaluator: &Evaluator<'_>,
    schema: &'s Schema,
    block: &AzapiBlock,
    purpose: Purpose,
) -> Vec<Root<'s>> {
    let Some(bodies) = arguments(block, purpose) else { return Vec::new() };
    if purpose == Purpose::Verdict {
        let arguments = block_arguments(evaluator, block, &evaluator.any_scope(&block.syntax));
        return arguments.iter().filter_map(|arguments| judged_root(schema, block, arguments)).collect();
    }
    let scope = evaluator.any_scope(&block.syntax);
    let arguments = evaluator.arguments(&bodies, &scope);
    let root = of_arguments(schema, block, &arguments, purpose);
    let replaced = bodies.iter().rev().skip(1).filter_map(|part| {
        let of_part = evaluator.arguments(std::slice::from_ref(part), &scope);
        let own = BODIES.into_iter().filter_map(|name| Some((name.into(), of_part.items.get(name)?.clone())));
        let own: Vec<(Arc<str>, Item)> = own.collect();
        if own.is_empty() {
            return None;
        }
        let mut items = (*arguments.items).clone();
        items.extend(own);
        of_arguments(schema, block, &Object { items: items.into(), ..arguments.clone() }, purpose)
    });
    root.into_iter().chain(replaced).collect()
}

/// The arguments that are bodies.
const BODIES: [&str; 2] = ["body", "sensitive_body"];

/// The one for a verdict, of a set of arguments that [`block_arguments`] gave.
pub(crate) fn judged_root<'s>(
    schema: &'s Schema,
    block: &AzapiBlock,
    evaluated: &Object,
) -> Option<Root<'s>> {
    arguments(block, Purpose::Verdict)?;
    of_arguments(schema, block, evaluated, Purpose::Verdict)
}

/// The bodies of the instances of a block one by one, where they are more than a value has outcomes: what is merged
/// of all of them is then short of where each part is written.
pub(crate) fn roots_of_many<'b, 'm, 's>(
    evaluator: &'b Evaluator<'m>,
    schema: &'s Schema,
    block: &'b AzapiBlock,
) -> impl Iterator<Item = Root<'s>> + use<'b, 'm, 's> {
    let bodies = arguments(block, Purpose::Shown);
    let instances = evaluator.instances(&block.syntax);
    let many = if instances.known.len() > MOST_OUTCOMES { instances.known.len() } else { 0 };
    (0..many).filter_map(move |at| {
        let scope = evaluator.scope(&block.syntax, &instances.known[at].0);
        let arguments = evaluator.arguments(bodies.as_ref()?, &scope);
        of_arguments(schema, block, &arguments, Purpose::Shown)
    })
}

/// The arguments of a block by name, for a verdict: one set, or one for each of its instances. None for a block
/// without a place for them. `scope` is that of whichever instance.
pub(crate) fn block_arguments(
    evaluator: &Evaluator<'_>,
    block: &AzapiBlock,
    scope: &NameScope,
) -> Vec<Object> {
    let bodies = block.all_arguments();
    if bodies.is_empty() {
        return Vec::new();
    }
    let instances = evaluator.instances(&block.syntax);
    if told_apart(&instances) {
        let scopes = instances.known.iter().map(|(instance, _)| evaluator.scope(&block.syntax, instance));
        return scopes.map(|scope| evaluator.arguments(&bodies, &scope)).collect();
    }
    vec![evaluator.arguments(&bodies, scope)]
}

/// For a verdict, arguments stand for parts of a body that is not written.
fn arguments(block: &AzapiBlock, purpose: Purpose) -> Option<Vec<Located<ast::Body>>> {
    let means = &block.definition.means;
    let is_written = BODIES.iter().any(|name| block.argument(name).is_some());
    let has_body = is_written || (purpose == Purpose::Verdict && means.checks.contains(&Check::Body));
    let bodies = block.all_arguments();
    (has_body && means.body != BodyOf::Nothing && !bodies.is_empty()).then_some(bodies)
}

/// Whether each instance is sure to be there, so that what is wrong in one is wrong.
fn told_apart(instances: &Instances) -> bool {
    let sure = instances.known.iter().all(|(_, presence)| *presence == Presence::Always);
    let few = instances.rest.is_none() && instances.known.len() <= MOST_INSTANCES;
    instances.repeats != Repeats::Once && few && sure
}

fn of_arguments<'s>(
    schema: &'s Schema,
    block: &AzapiBlock,
    arguments: &Object,
    purpose: Purpose,
) -> Option<Root<'s>> {
    let (source, readings) = readings(schema, block, arguments, purpose)?;
    let mut root = Root {
        value: Value::unknown(),
        readings,
        source,
        strings: Vec::new(),
        may_have_more: false,
        readable: None,
    };
    let sensitive = root.argument(arguments, "sensitive_body").filter(|value| !value.is_null());
    let body = match root.argument(arguments, "body").filter(|value| !value.is_null()) {
        Some(body) => body,
        None => {
            root.may_have_more = true;
            let mut nothing = Object::new(BTreeMap::new());
            let is_verdict = purpose == Purpose::Verdict;
            if is_verdict && sensitive.is_none() && root.source == RootSource::Resource {
                root.source = RootSource::Arguments;
                nothing.rest = Some(Arc::new(Value::unknown()));
            }
            ValueKind::Object(nothing).into()
        }
    };
    let keeps_secrets = block.definition.arguments.contains_key("sensitive_body") && root.strings.is_empty();
    root.readable = keeps_secrets.then(|| body.clone());
    let is_open = |value: &Value| value.outcomes().any(|one| one.as_object().is_none() && !one.is_null());
    root.may_have_more |= sensitive.as_ref().is_some_and(is_open);
    let given = root.given(arguments, purpose);
    root.value = body.map_outcomes(&mut |body| {
        // What the provider makes of a map is not known; what its keys are meant for is.
        let is_read = |object: &&Object| object.collection == Collection::Object || purpose == Purpose::Shown;
        let Some(object) = body.as_object().filter(is_read) else {
            return Value::unknown();
        };
        match &sensitive {
            Some(over) => over.map_outcomes(&mut |over| {
                let over = over.as_object();
                completed(
                    body,
                    &over.map_or_else(|| object.clone(), |over| laid_over(object, over, 0)),
                    &given,
                )
            }),
            None => completed(body, object, &given),
        }
    });
    Some(root)
}

impl Root<'_> {
    /// The value of an argument that is a body; of what `jsonencode` made the value inside. `None` when it is not
    /// written.
    fn argument(&mut self, arguments: &Object, name: &'static str) -> Option<Value> {
        let value = &arguments.items.get(name)?.value;
        let is_string = |value: &Value| matches!(value.kind, ValueKind::String(_));
        let always = value.outcomes().all(is_string);
        let outcomes: Vec<Outcome> = match &value.kind {
            ValueKind::OneOf(outcomes) => outcomes.to_vec(),
            _ => vec![Outcome::of(value.clone())],
        };
        let decoded = outcomes.into_iter().map(|outcome| {
            let ValueKind::String(text) = &outcome.value.kind else { return outcome };
            let inner = text.as_json().map_or_else(Value::unknown, |inner| (**inner).clone());
            let spans = match outcome.value.spans.is_empty() {
                true => arguments.items[name].site.into(),
                false => outcome.value.spans.clone(),
            };
            let when = (!always).then_some(outcome.when);
            self.strings.push(StringBody { spans, argument: name, when });
            outcome.with(inner)
        });
        Some(Value::one_of(decoded.collect::<Vec<_>>()))
    }

    /// The properties that arguments give, each over the one in `body`.
    fn given(&mut self, arguments: &Object, purpose: Purpose) -> Vec<(&'static str, Item)> {
        let mut given = Vec::new();
        if self.source == RootSource::Function {
            return given;
        }
        match arguments.items.get("name") {
            Some(name) => given.push(("name", Item { value: as_string(&name.value), ..name.clone() })),
            // Half typed: the argument comes later, and the body may say what it will be.
            None if purpose == Purpose::Shown => {}
            None if self.source == RootSource::Resource => given.push(("name", Item::always(Value::null()))),
            None => given.push(("name", Item::always(Value::unknown()))),
        }
        for name in ["location", "tags"] {
            if let Some(item) = arguments.items.get(name).and_then(set) {
                given.push((name, item));
            }
        }
        if let Some(item) = arguments.items.get("identity") {
            match identity(item) {
                Some(item) => given.push(("identity", item)),
                None => self.may_have_more = true,
            }
        }
        given
    }
}

/// An argument that is surely set; a condition may decide.
fn set(item: &Item) -> Option<Item> {
    let is_set = |value: &&Value| match &value.kind {
        ValueKind::Null | ValueKind::Fails => false,
        ValueKind::Unknown { not_null, .. } => *not_null,
        ValueKind::Object(object) => !object.items.is_empty(),
        _ => true,
    };
    let outcomes: Vec<&Value> = item.value.outcomes().collect();
    let kept: Vec<Outcome> =
        outcomes.iter().copied().filter(is_set).map(|value| Outcome::of(as_string(value))).collect();
    if kept.is_empty() {
        return None;
    }
    let presence = if kept.len() == outcomes.len() { item.presence } else { Presence::Maybe };
    Some(Item { value: Value::one_of(kept), presence, ..item.clone() })
}

/// As Terraform converts it for an argument that is a string, or a map of strings.
fn as_string(value: &Value) -> Value {
    let convert = |value: &Value| match &value.kind {
        ValueKind::Number(number) => Value { kind: Value::string(number.to_string()).kind, ..value.clone() },
        ValueKind::Bool(bool) => Value { kind: Value::string(bool.to_string()).kind, ..value.clone() },
        _ => value.clone(),
    };
    value.map_outcomes(&mut |value| match &value.kind {
        ValueKind::Object(object) => {
            let items = object.items.iter().map(|(key, item)| {
                (
                    Arc::clone(key),
                    Item { value: item.value.map_outcomes(&mut |one| convert(one)), ..item.clone() },
                )
            });
            let object = Object { items: Arc::new(items.collect()), ..object.clone() };
            Value { kind: ValueKind::Object(object), ..value.clone() }
        }
        _ => convert(value),
    })
}

/// The property that the block `identity` gives; `None` where it may be none, or is not known.
fn identity(item: &Item) -> Option<Item> {
    let list = item.value.as_sequence().filter(|list| list.is_complete())?;
    let [element] = &*list.elements else { return None };
    let block = element.value.as_object()?;
    let ty = block.items.get("type")?;
    if ty.value.as_str().is_none_or(|ty| &*ty == "None") {
        return None;
    }
    let mut items = BTreeMap::from([(Arc::from("type"), ty.clone())]);
    if let Lookup::Found(ids) = block.lookup("identity_ids")
        && ids.value.as_sequence().is_some_and(|ids| !ids.elements.is_empty())
    {
        let by_id = Object { rest: Some(Arc::new(Value::null())), ..Object::new(BTreeMap::new()) };
        let value = Value { kind: ValueKind::Object(by_id), ..ids.value.clone() };
        items.insert("userAssignedIdentities".into(), Item { value, ..ids.clone() });
    }
    let value = Value { kind: ValueKind::Object(Object::new(items)), ..element.value.clone() };
    Some(Item { value, ..item.clone() })
}

fn completed(body: &Value, object: &Object, given: &[(&'static str, Item)]) -> Value {
    let mut items = (*object.items).clone();
    let mut replaced = object.replaced.to_vec();
    for (name, item) in given {
        if let Some(former) = items.insert((*name).into(), item.clone()) {
            replaced.push(((*name).into(), former));
        }
    }
    let object = Object { items: items.into(), replaced: replaced.into(), ..object.clone() };
    Value { kind: ValueKind::Object(object), ..body.clone() }
}

/// Objects are merged at any depth, anything else is replaced.
fn laid_over(below: &Object, above: &Object, depth: u32) -> Object {
    let mut items = (*below.items).clone();
    let mut replaced = below.replaced.to_vec();
    replaced.extend(above.replaced.iter().cloned());
    for (key, item) in &*above.items {
        let Some(former) = items.get(key) else {
            // What is not known of the one below may be there too.
            let is_open = below.rest.is_some();
            let value = if is_open { opened(&item.value, depth + 1) } else { item.value.clone() };
            items.insert(Arc::clone(key), Item { value, ..item.clone() });
            continue;
        };
        let is_merged = item.value.outcomes().any(is_part) && depth < DEPTH;
        let merged = if is_merged {
            let certain = former.presence == Presence::Always || item.presence == Presence::Always;
            Item {
                value: both(&former.value, &item.value, depth + 1),
                keys: former.keys.with(&item.keys),
                site: former.site,
                presence: if certain { Presence::Always } else { Presence::Maybe },
            }
        } else {
            replaced.push((Arc::clone(key), former.clone()));
            item.clone()
        };
        items.insert(Arc::clone(key), merged);
    }
    let rest = below.rest.clone().or_else(|| above.rest.clone());
    Object { items: items.into(), rest, replaced: replaced.into(), collection: below.collection }
}

/// Whether something below it may shine through.
fn is_part(value: &Value) -> bool {
    value.as_object().is_some() || value.as_sequence().is_some()
}

/// One value over another, in every case of both.
fn both(below: &Value, above: &Value, depth: u32) -> Value {
    above.map_outcomes(&mut |above| {
        below.map_outcomes(&mut |below| match (below.as_object(), above.as_object()) {
            (Some(one), Some(two)) => Value {
                kind: ValueKind::Object(laid_over(one, two, depth)),
                spans: below.spans.with(&above.spans),
                marks: below.marks.with(above.marks),
            },
            // Whether lists are merged part by part is not known.
            _ if above.as_sequence().is_some() && (below.is_unknown() || below.as_sequence().is_some()) => {
                Value::unknown()
            }
            _ if is_known(below) => above.clone(),
            _ => opened(above, depth),
        })
    })
}

fn is_known(value: &Value) -> bool {
    !matches!(value.kind, ValueKind::Unknown { .. } | ValueKind::Computed(_) | ValueKind::ProviderCall(_))
}

/// A value over another of which nothing is known: what seems to be missing in its objects may be there.
fn opened(value: &Value, depth: u32) -> Value {
    value.map_outcomes(&mut |value| {
        let Some(object) = value.as_object().filter(|_| depth < DEPTH) else { return value.clone() };
        let items = object.items.iter();
        let items = items.map(|(key, item)| {
            (Arc::clone(key), Item { value: opened(&item.value, depth + 1), ..item.clone() })
        });
        let rest = object.rest.clone().or_else(|| Some(Arc::new(Value::unknown())));
        let object = Object { items: Arc::new(items.collect()), rest, ..object.clone() };
        Value { kind: ValueKind::Object(object), ..value.clone() }
    })
}
