//! Types as they stand on a line.

use super::lines::{Reader, Shape};
use super::token::{Cursor, Expected};
use crate::facts::{Node, NodeId};
use crate::graph::index;

/// How deep types may stand in each other on one line; what is written stays far below.
const DEPTH: u32 = 64;

impl<'t> Reader<'_, 't> {
    /// The type that is the rest of the line.
    pub(super) fn ty_to_end(&mut self, mut at: Cursor<'t>) -> Result<NodeId, Expected> {
        let text = at.rest;
        if let Some(id) = self.inline.get(text) {
            return Ok(*id);
        }
        let id = self.ty(&mut at, 0)?;
        at.end()?;
        self.inline.insert(text, id);
        Ok(id)
    }

    pub(super) fn ty(&mut self, at: &mut Cursor<'t>, depth: u32) -> Result<NodeId, Expected> {
        if at.eat("#") {
            return self.named(at.take_while(|it| it.is_ascii_alphanumeric()));
        }
        let start = at.rest;
        let (node, len) = self.node(at, depth)?;
        let text = &start[..len];
        if let Some(id) = self.inline.get(text) {
            return Ok(*id);
        }
        let id = self.add(node);
        self.inline.insert(text, id);
        Ok(id)
    }

    pub(super) fn add(&mut self, node: Node) -> NodeId {
        let id = index(self.facts.nodes.len());
        self.facts.nodes.push(node);
        id
    }

    pub(super) fn named(&mut self, name: &'t str) -> Result<NodeId, Expected> {
        if name.is_empty() {
            return Err("a name after `#`");
        }
        if let Some(shape) = self.shapes.get(name) {
            return Ok(shape.id);
        }
        let id = self.add(Node::Any);
        let shape = Shape { id, named: self.line, defined: false };
        self.shapes.insert(name, shape);
        Ok(id)
    }

    /// A type that is written out, and the length of its text.
    pub(super) fn node(&mut self, at: &mut Cursor<'t>, depth: u32) -> Result<(Node, usize), Expected> {
        let start = at.rest.len();
        if depth > DEPTH {
            return Err("types less deep in each other");
        }
        let node = if at.rest.starts_with('"') {
            Node::Literal(at.quoted()?)
        } else if at.eat("(") {
            self.union(at, depth)?
        } else if at.eat("[") {
            let items = self.ty(at, depth + 1)?;
            at.expect("]", "`]`")?;
            let (min_length, max_length) = bounds(at)?;
            Node::Array { items, min_length, max_length }
        } else {
            match at.take_while(|it| it.is_ascii_lowercase() || it == b'-') {
                "str" => string(at)?,
                "int" => {
                    let (min_value, max_value) = bounds(at)?;
                    Node::Integer { min_value, max_value }
                }
                "bool" => Node::Boolean,
                "any" => Node::Any,
                "own-type" => Node::OwnType,
                "own-version" => Node::OwnVersion,
                _ => return Err("a type"),
            }
        };
        Ok((node, start - at.rest.len()))
    }

    fn union(&mut self, at: &mut Cursor<'t>, depth: u32) -> Result<Node, Expected> {
        let mut elements = Vec::new();
        if !at.eat(")") {
            loop {
                elements.push(self.ty(at, depth + 1)?);
                if at.eat(")") {
                    break;
                }
                at.expect("|", "`|` or `)`")?;
            }
        }
        Ok(Node::Union(elements))
    }
}

/// `(1..24)`, either side optional; both `None` when no parenthesis stands here.
fn bounds<N: std::str::FromStr>(at: &mut Cursor<'_>) -> Result<(Option<N>, Option<N>), Expected> {
    if !at.eat("(") {
        return Ok((None, None));
    }
    let range = range(at)?;
    at.expect(")", "`)`")?;
    Ok(range)
}

fn range<N: std::str::FromStr>(at: &mut Cursor<'_>) -> Result<(Option<N>, Option<N>), Expected> {
    let least = at.number()?;
    at.expect("..", "`..`")?;
    Ok((least, at.number()?))
}

/// What may follow the word `str`.
fn string(at: &mut Cursor<'_>) -> Result<Node, Expected> {
    let (mut sensitive, mut lengths, mut pattern) = (false, (None, None), None);
    if at.eat("(") {
        loop {
            if at.rest.starts_with('"') {
                pattern = Some(at.quoted()?);
            } else if at.eat("secret") {
                sensitive = true;
            } else {
                lengths = range(at)?;
            }
            if at.eat(")") {
                break;
            }
            at.expect(" ", "a space or `)`")?;
        }
    }
    Ok(Node::String { min_length: lengths.0, max_length: lengths.1, pattern, sensitive })
}
