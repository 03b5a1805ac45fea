//! The arguments of a block as one object, nested blocks included.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Evaluator;
use super::for_expression::Rounds;
use super::scope::{Env, Variables};
use crate::syntax::ast::{self, AstNode, Item as BodyItem};
use crate::terraform::span::Spans;
use crate::terraform::value::{
    Collection, Element, Item, Object, Outcome, Presence, Sequence, Value, ValueKind,
};

/// Blocks in blocks are read so deep.
const DEPTH: u32 = 32;

/// The nested blocks of one type.
#[derive(Default)]
struct Nested {
    keys: Spans,
    elements: Vec<Element>,
    rest: Vec<Outcome>,
}

impl Evaluator<'_> {
    pub(super) fn body_object(&self, body: &ast::Body, env: Env<'_>, depth: u32) -> Object {
        let mut items: BTreeMap<Arc<str>, Item> = BTreeMap::new();
        let mut nested: BTreeMap<String, Nested> = BTreeMap::new();
        for item in body.items() {
            if depth >= DEPTH || !self.budget.nodes(1) {
                break;
            }
            match item {
                BodyItem::Attribute(attribute) => {
                    let keys = attribute.name_token().and_then(|token| env.span(token.text_range())).into();
                    let written = attribute.value();
                    let site = written.as_ref().and_then(|value| env.span(value.range()));
                    let value = self.eval_some(written, env).settled();
                    let item = Item { value, keys, site, presence: Presence::Always };
                    items.entry(attribute.name().into()).or_insert(item);
                }
                BodyItem::Block(block) => self.nested_block(&block, &mut nested, env, depth + 1),
            }
        }
        for (keyword, blocks) in nested {
            let rest = (!blocks.rest.is_empty()).then(|| Arc::new(Value::one_of(blocks.rest)));
            let elements = blocks.elements.into();
            let list = ValueKind::Sequence(Sequence { elements, rest, collection: Collection::List });
            let item = Item { keys: blocks.keys, ..Item::always(list.into()) };
            items.entry(keyword.into()).or_insert(item);
        }
        Object::new(items)
    }

    fn nested_block(
        &self,
        block: &ast::Block,
        nested: &mut BTreeMap<String, Nested>,
        env: Env<'_>,
        depth: u32,
    ) {
        let keyword = block.keyword();
        if keyword == "dynamic" {
            return self.dynamic_block(block, nested, env, depth);
        }
        let of_type = nested.entry(keyword).or_default();
        of_type.keys = of_type.keys.with(&block_name(block, env));
        let value = self.content(block, env, depth);
        of_type.elements.push(Element { value, site: env.span(block.range()), presence: Presence::Always });
    }

    fn content(&self, block: &ast::Block, env: Env<'_>, depth: u32) -> Value {
        let body = block.body();
        let object =
            body.map_or_else(|| Object::new(BTreeMap::new()), |body| self.body_object(&body, env, depth));
        Value::from(ValueKind::Object(object)).at(env.span(block.range()))
    }

    /// `dynamic "TYPE" { for_each = …, content { … } }`
    fn dynamic_block(
        &self,
        block: &ast::Block,
        nested: &mut BTreeMap<String, Nested>,
        env: Env<'_>,
        depth: u32,
    ) {
        let Some(label) = block.labels().next() else { return };
        let Some(body) = block.body() else { return };
        let keyword = label.text();
        let iterator = body.attribute("iterator").and_then(|it| it.value());
        let iterator = match iterator {
            Some(ast::Expression::Variable(name)) => name.name(),
            _ => keyword.clone(),
        };
        let of_type = nested.entry(keyword).or_default();
        of_type.keys = of_type.keys.with(&env.span(label.text_range()).into());
        let Some(content) = body.blocks_named("content").next() else { return };
        let collection = self.eval_some(body.attribute("for_each").and_then(|it| it.value()), env).settled();
        let is_certain = collection.outcomes().count() == 1;
        for outcome in collection.outcomes() {
            let Rounds::Of { known, rest } = self.rounds(outcome) else { continue };
            for round in known.into_iter().chain(rest) {
                if !self.budget.nodes(1) {
                    return;
                }
                let presence =
                    if is_certain && round.is_certain() { Presence::Always } else { Presence::Maybe };
                let is_rest = round.is_rest();
                let pair = [("key", round.key), ("value", round.value)];
                let pair =
                    pair.map(|(name, value)| (name.into(), Item::always(value.marked(collection.marks))));
                let pair = ValueKind::Object(Object::new(pair.into_iter().collect())).into();
                let variables = Variables::One { name: &iterator, value: &pair, outer: env.variables };
                let inner = Env { variables: Some(&variables), ..env };
                let value = self.content(&content, inner, depth);
                if is_rest {
                    of_type.rest.push(Outcome::of(value));
                } else {
                    of_type.elements.push(Element { value, site: env.span(content.range()), presence });
                }
            }
        }
    }
}

/// The arguments of all parts of a block, each of which replaces those of the same name in the ones before.
pub(super) fn overridden(parts: impl IntoIterator<Item = Object>) -> Object {
    let over = |below: Object, above: Object| {
        let mut items = below.items;
        Arc::make_mut(&mut items)
            .extend(above.items.iter().map(|(name, item)| (Arc::clone(name), item.clone())));
        Object { items, ..below }
    };
    parts.into_iter().reduce(over).unwrap_or_else(|| Object::new(BTreeMap::new()))
}

fn block_name(block: &ast::Block, env: Env<'_>) -> Spans {
    block.keyword_token().and_then(|token| env.span(token.text_range())).into()
}
