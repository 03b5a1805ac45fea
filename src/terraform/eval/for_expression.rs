//! `[for …]` and `{for …}`

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Evaluator;
use super::conditional::Decision;
use super::convert;
use super::expression::ObjectBuilder;
use super::scope::{Env, Variables};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::span::{Span, Spans};
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Collection, Element, Item, Marks, Object, Outcome, Presence, Sequence, Value, ValueKind,
};

/// One round of a `for`.
pub(super) struct Round {
    pub(super) key: Value,
    pub(super) value: Value,
    presence: Presence,
    is_rest: bool,
}

impl Round {
    /// Whether it takes place, and once.
    pub(super) fn is_certain(&self) -> bool {
        self.presence == Presence::Always && !self.is_rest
    }

    /// Whether it stands for any number of rounds.
    pub(super) fn is_rest(&self) -> bool {
        self.is_rest
    }
}

/// What a `for` goes through.
pub(super) enum Rounds {
    Fails,
    /// Those that are known, in order, and one that stands for all others.
    Of {
        known: Vec<Round>,
        rest: Option<Round>,
    },
}

impl Evaluator<'_> {
    /// `collection` is in one of its cases.
    pub(super) fn rounds(&self, collection: &Value) -> Rounds {
        let rest = |key, value| Some(Round { key, value, presence: Presence::Maybe, is_rest: true });
        let elements = self.elements(collection);
        match &elements.kind {
            ValueKind::Sequence(sequence) => {
                let is_set = sequence.collection == Collection::Set;
                let key = |value: &Value| if is_set { value.clone() } else { Value::some(Type::Number) };
                let known = rounds_of(sequence);
                let more = match &sequence.rest {
                    Some(value) => rest(key(value), (**value).clone()),
                    None if known.is_empty() && collection.marks.assumed => {
                        rest(Value::unknown(), Value::unknown())
                    }
                    None => None,
                };
                Rounds::Of { known, rest: more }
            }
            ValueKind::Object(object) => {
                let round = |(key, item): (&Arc<str>, &Item)| Round {
                    key: Value::string(key).at(item.keys.clone()),
                    value: item.value.clone(),
                    presence: item.presence,
                    is_rest: false,
                };
                let known: Vec<Round> = object.items.iter().map(round).collect();
                let more = match &object.rest {
                    Some(value) => rest(Value::some(Type::String), (**value).clone()),
                    None if known.is_empty() && collection.marks.assumed => {
                        rest(Value::some(Type::String), Value::unknown())
                    }
                    None => None,
                };
                Rounds::Of { known, rest: more }
            }
            ValueKind::Unknown { ty: Type::Any, .. }
            | ValueKind::Computed(_)
            | ValueKind::ProviderCall(_)
            | ValueKind::Block(_)
            | ValueKind::OneOf(_) => {
                Rounds::Of { known: Vec::new(), rest: rest(Value::unknown(), Value::unknown()) }
            }
            ValueKind::Null if collection.marks.assumed => {
                Rounds::Of { known: Vec::new(), rest: rest(Value::unknown(), Value::unknown()) }
            }
            _ => Rounds::Fails,
        }
    }

    pub(super) fn for_expression(&self, node: &ast::For, env: Env<'_>) -> Value {
        let collection = self.eval_some(node.collection(), env);
        let value = collection.map_outcomes(&mut |collection| self.for_over(node, collection, env));
        self.bounded(value.marked(collection.marks))
    }

    fn for_over(&self, node: &ast::For, collection: &Value, env: Env<'_>) -> Value {
        let Rounds::Of { known, rest } = self.rounds(collection) else { return Value::fails() };
        let names = Names::of(node);
        let mut made = Made::new(node, env.span(node.range()));
        for round in known.into_iter().chain(rest) {
            if !self.budget.nodes(1) {
                return Value::unknown();
            }
            let key = names.key.as_deref().map(|name| (name, &round.key));
            self.with_names(key, (&names.value, &round.value), env, |env| {
                self.one_round(node, &round, env, &mut made);
            });
        }
        made.finish()
    }

    fn one_round(&self, node: &ast::For, round: &Round, env: Env<'_>, made: &mut Made) {
        let mut presence = round.presence;
        if let Some(condition) = node.condition() {
            let (condition, decision) = self.decision(Some(condition), env);
            made.marks = made.marks.with(condition.marks);
            match decision {
                Decision::Certain(true) => {}
                Decision::Certain(false) => return self.left_out(node, env, made),
                Decision::Assumed(_) | Decision::Open => presence = Presence::Maybe,
                Decision::Fails if round.presence == Presence::Always => return made.fails = true,
                Decision::Fails => return,
            }
        }
        let key = node.is_object().then(|| {
            let span = node.key().and_then(|key| env.span(key.range()));
            (self.eval_some(node.key(), env), span)
        });
        let value = self.eval_some(node.value(), env);
        let site = node.value().and_then(|value| env.span(value.range()));
        made.add(key, Element { value, site, presence }, round.is_rest);
    }

    /// A round that the condition leaves out: only the cursor still finds it.
    fn left_out(&self, node: &ast::For, env: Env<'_>, made: &mut Made) {
        let Shape::Object { builder, .. } = &mut made.shape else { return };
        let key = self.eval_some(node.key(), env);
        let Some(known) = convert::to(&key, &Type::String).as_str() else { return };
        let span = node.key().and_then(|key| env.span(key.range()));
        let site = node.value().and_then(|value| env.span(value.range()));
        let value = self.eval_some(node.value(), env);
        builder
            .leave_out(known, Item { value, keys: key_spans(&key, span), site, presence: Presence::Maybe });
    }

    /// Runs with the names that a `for` gives.
    pub(super) fn with_names(
        &self,
        key: Option<(&str, &Value)>,
        (name, value): (&str, &Value),
        env: Env<'_>,
        run: impl FnOnce(Env<'_>),
    ) {
        let outer = env.variables;
        match key {
            Some((key_name, key)) => {
                let keys = Variables::One { name: key_name, value: key, outer };
                let all = Variables::One { name, value, outer: Some(&keys) };
                run(Env { variables: Some(&all), ..env });
            }
            None => {
                let all = Variables::One { name, value, outer };
                run(Env { variables: Some(&all), ..env });
            }
        }
    }
}

fn rounds_of(sequence: &Sequence) -> Vec<Round> {
    let mut certain = sequence.rest.is_none();
    let mut known = Vec::new();
    for (at, element) in sequence.elements.iter().enumerate() {
        certain &= element.presence == Presence::Always;
        let key = match sequence.collection {
            Collection::Set => element.value.clone(),
            _ if certain => Value::number(at),
            _ => Value::some(Type::Number),
        };
        known.push(Round { key, value: element.value.clone(), presence: element.presence, is_rest: false });
    }
    known
}

struct Names {
    key: Option<String>,
    value: String,
}

impl Names {
    fn of(node: &ast::For) -> Self {
        Self {
            key: node.key_var().map(|token| token.text().to_owned()),
            value: node.value_var().map(|token| token.text().to_owned()).unwrap_or_default(),
        }
    }
}

/// What the rounds so far have made.
struct Made {
    span: Option<Span>,
    marks: Marks,
    fails: bool,
    shape: Shape,
}

enum Shape {
    Tuple { elements: Vec<Element>, rest: Vec<Outcome> },
    Object { builder: ObjectBuilder, keys: BTreeMap<Arc<str>, Presence> },
    Groups { groups: BTreeMap<Arc<str>, Group>, open: Vec<Outcome> },
}

#[derive(Default)]
struct Group {
    keys: Spans,
    elements: Vec<Element>,
    rest: Vec<Outcome>,
    certain: bool,
}

impl Made {
    fn new(node: &ast::For, span: Option<Span>) -> Self {
        let shape = if !node.is_object() {
            Shape::Tuple { elements: Vec::new(), rest: Vec::new() }
        } else if node.grouping() {
            Shape::Groups { groups: BTreeMap::new(), open: Vec::new() }
        } else {
            Shape::Object { builder: ObjectBuilder::default(), keys: BTreeMap::new() }
        };
        Self { span, marks: Marks::NONE, fails: false, shape }
    }

    fn add(&mut self, key: Option<(Value, Option<Span>)>, element: Element, is_rest: bool) {
        let (key, key_span) = key.unwrap_or_else(|| (Value::unknown(), None));
        let certain = element.presence == Presence::Always && !is_rest;
        match &mut self.shape {
            Shape::Tuple { rest, .. } if is_rest => rest.push(Outcome::of(element.value)),
            Shape::Tuple { elements, .. } => elements.push(element),
            Shape::Object { builder, keys } => {
                if let Some(known) = convert::to(&key, &Type::String).as_str() {
                    let twice = keys.get(&known) == Some(&Presence::Always);
                    // Terraform refuses a key that two rounds make.
                    self.fails |= twice && certain;
                    if certain {
                        keys.insert(known, Presence::Always);
                    }
                }
                let Element { value, site, presence } = element;
                let presence = if is_rest { Presence::Maybe } else { presence };
                builder.add(&key, Item { value, keys: key_spans(&key, key_span), site, presence });
            }
            Shape::Groups { groups, open } => {
                let key = convert::to(&key, &Type::String);
                let spans = key_spans(&key, key_span);
                self.marks = self.marks.with(key.marks);
                self.fails |= certain && matches!(key.kind, ValueKind::Null | ValueKind::Fails);
                match key.as_str() {
                    Some(known) => groups.entry(known).or_default().add(&spans, element, is_rest),
                    None => open.push(Outcome::of(element.value)),
                }
            }
        }
    }

    fn finish(self) -> Value {
        if self.fails {
            return Value::fails();
        }
        let value = match self.shape {
            Shape::Tuple { elements, rest } => sequence(elements, rest),
            Shape::Object { builder, .. } => builder.finish(),
            Shape::Groups { groups, open } => grouped(groups, &open),
        };
        value.at(self.span).marked(self.marks)
    }
}

impl Group {
    fn add(&mut self, keys: &Spans, element: Element, is_rest: bool) {
        self.keys = self.keys.with(keys);
        self.certain |= element.presence == Presence::Always && !is_rest;
        if is_rest {
            self.rest.push(Outcome::of(element.value));
        } else {
            self.elements.push(element);
        }
    }
}

/// Where the key is written that it came from, or where it is made.
fn key_spans(key: &Value, site: Option<Span>) -> Spans {
    if key.spans.is_empty() { site.into() } else { key.spans.with(&site.into()) }
}

fn sequence(elements: Vec<Element>, rest: Vec<Outcome>) -> Value {
    let rest = (!rest.is_empty()).then(|| Arc::new(Value::one_of(rest)));
    let elements = elements.into();
    ValueKind::Sequence(Sequence { elements, rest, collection: Collection::Tuple }).into()
}

fn grouped(groups: BTreeMap<Arc<str>, Group>, open: &[Outcome]) -> Value {
    let items = groups.into_iter().map(|(key, mut group)| {
        group.rest.extend_from_slice(open);
        let presence = if group.certain { Presence::Always } else { Presence::Maybe };
        let item =
            Item { value: sequence(group.elements, group.rest), keys: group.keys, site: None, presence };
        (key, item)
    });
    let rest = (!open.is_empty()).then(|| Arc::new(sequence(Vec::new(), open.to_vec())));
    ValueKind::Object(Object { rest, ..Object::new(items.collect()) }).into()
}
