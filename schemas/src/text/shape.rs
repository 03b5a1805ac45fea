//! How a type is written: what stands inline, what is defined apart, and the text of a definition.

use std::fmt::Write;

use super::token::{FLAG_LETTERS, write_bits, write_quoted, write_word};
use crate::facts::{Node, NodeId, Property};

/// A type that is no object stands inline when its text, everything in it written out, is not longer than
/// about this many bytes. Decided by the type alone, so that no other type's coming or going changes it.
const INLINE_BYTES: usize = 60;

/// Properties of nearly every body, which the word `body` stands for: name, flags, type.
pub(super) const USUAL: [(&str, u8, Node); 3] = [
    ("apiVersion", 10, Node::OwnVersion),
    ("id", 10, Node::String { min_length: None, max_length: None, pattern: None, sensitive: false }),
    ("type", 10, Node::OwnType),
];

/// Writes a reference to a type that is defined apart.
pub(super) type Refer<'r> = &'r mut dyn FnMut(NodeId, &mut String);

/// For each type, whether it is defined apart and referred to by name.
pub(super) fn defined_apart(nodes: &[Node]) -> Vec<bool> {
    (0_u32..)
        .zip(nodes)
        .map(|(id, node)| {
            matches!(node, Node::Object { .. } | Node::Discriminated { .. })
                || !fits(nodes, id, &mut INLINE_BYTES.clone())
        })
        .collect()
}

/// Takes the length of the type's text off `room`; `false` when it runs out. Every level takes at least
/// one byte, so the depth is bounded by the room, whatever cycles there are.
fn fits(nodes: &[Node], id: NodeId, room: &mut usize) -> bool {
    let (own, parts): (usize, &[NodeId]) = match &nodes[id as usize] {
        Node::String { pattern, .. } => (6 + pattern.as_ref().map_or(0, String::len), &[]),
        Node::Literal(text) => (2 + text.len(), &[]),
        Node::Union(elements) => (2 + elements.len(), elements),
        Node::Array { items, .. } => (2, std::slice::from_ref(items)),
        Node::Object { .. } | Node::Discriminated { .. } => (8, &[]),
        _ => (4, &[]),
    };
    match room.checked_sub(own) {
        Some(left) => *room = left,
        None => return false,
    }
    parts.iter().all(|it| fits(nodes, *it, room))
}

/// The writer of one set of types.
pub(super) struct Shapes<'n> {
    pub(super) nodes: &'n [Node],
    pub(super) apart: &'n [bool],
}

impl Shapes<'_> {
    /// Calls `visit` with every type defined apart that the text of this one refers to.
    pub(super) fn for_each_reference(&self, id: NodeId, visit: &mut dyn FnMut(NodeId)) {
        self.nodes[id as usize].for_each_child(|child| self.for_each_in(child, visit));
    }

    /// As [`Self::for_each_reference`], of a type in the place of a reference: itself when defined apart.
    pub(super) fn for_each_in(&self, id: NodeId, visit: &mut dyn FnMut(NodeId)) {
        if self.apart[id as usize] {
            visit(id);
        } else {
            self.for_each_reference(id, visit);
        }
    }

    /// The type in the place of a reference: its name when defined apart, else its text.
    pub(super) fn reference(&self, id: NodeId, out: &mut String, refer: Refer<'_>) {
        if self.apart[id as usize] {
            refer(id, out);
        } else {
            self.inline(id, out, refer);
        }
    }

    fn inline(&self, id: NodeId, out: &mut String, refer: Refer<'_>) {
        match &self.nodes[id as usize] {
            Node::String { .. } => write_string(out, &self.nodes[id as usize]),
            Node::Integer { min_value, max_value } => {
                out.push_str("int");
                if min_value.is_some() || max_value.is_some() {
                    out.push('(');
                    write_range(out, min_value.as_ref(), max_value.as_ref());
                    out.push(')');
                }
            }
            Node::Boolean => out.push_str("bool"),
            Node::Any => out.push_str("any"),
            Node::Literal(text) => write_quoted(out, text),
            Node::OwnType => out.push_str("own-type"),
            Node::OwnVersion => out.push_str("own-version"),
            Node::Union(elements) => {
                out.push('(');
                for (at, element) in elements.iter().enumerate() {
                    if at > 0 {
                        out.push('|');
                    }
                    self.reference(*element, out, refer);
                }
                out.push(')');
            }
            Node::Array { items, min_length, max_length } => {
                out.push('[');
                self.reference(*items, out, refer);
                out.push(']');
                if min_length.is_some() || max_length.is_some() {
                    out.push('(');
                    write_range(out, min_length.as_ref(), max_length.as_ref());
                    out.push(')');
                }
            }
            Node::Object { .. } | Node::Discriminated { .. } => refer(id, out),
        }
    }

    /// The words that begin a definition, before its name; empty for most objects.
    pub(super) fn keyword(&self, id: NodeId) -> &'static str {
        match &self.nodes[id as usize] {
            Node::Object { sensitive: true, .. } => "secret ",
            Node::Object { properties, .. } if self.is_usual_body(properties) => "body ",
            Node::Object { .. } => "",
            Node::Discriminated { .. } => "variants ",
            Node::Union(_) => "union ",
            _ => "type ",
        }
    }

    /// Whether the three properties of [`USUAL`] are among them, as nearly every body has them.
    fn is_usual_body(&self, properties: &[Property]) -> bool {
        USUAL.iter().all(|(name, flags, node)| {
            let found = properties.binary_search_by(|it| it.name.as_str().cmp(name));
            let property = found.ok().map(|it| &properties[it]);
            property.is_some_and(|it| {
                it.flags == *flags && it.description.is_none() && self.nodes[it.ty as usize] == *node
            })
        })
    }

    /// The lines of a definition below its first, each begun by a space.
    pub(super) fn definition(&self, id: NodeId, out: &mut String, refer: Refer<'_>) {
        match &self.nodes[id as usize] {
            Node::Object { properties, additional, .. } => {
                let usual = self.keyword(id) == "body ";
                let implied = |it: &Property| usual && USUAL.iter().any(|usual| usual.0 == it.name);
                self.properties(properties.iter().filter(|it| !implied(it)), out, refer);
                if let Some(additional) = additional {
                    out.push_str(" *: ");
                    self.reference(*additional, out, refer);
                    out.push('\n');
                }
            }
            Node::Discriminated { discriminator, base, variants } => {
                out.push_str(" on ");
                write_word(out, discriminator);
                out.push('\n');
                self.properties(base.iter(), out, refer);
                for (value, ty) in variants {
                    out.push_str(" =");
                    write_quoted(out, value);
                    out.push(' ');
                    self.reference(*ty, out, refer);
                    out.push('\n');
                }
            }
            Node::Union(elements) => {
                for element in elements {
                    out.push(' ');
                    self.reference(*element, out, refer);
                    out.push('\n');
                }
            }
            _ => {
                out.push(' ');
                self.inline(id, out, refer);
                out.push('\n');
            }
        }
    }

    fn properties<'p>(
        &self,
        properties: impl Iterator<Item = &'p Property>,
        out: &mut String,
        refer: Refer<'_>,
    ) {
        for property in properties {
            out.push(' ');
            write_word(out, &property.name);
            out.push(':');
            write_bits(out, u32::from(property.flags), FLAG_LETTERS, "");
            out.push(' ');
            self.reference(property.ty, out, refer);
            if let Some(text) = property.description {
                let _ = write!(out, "\t{text}");
            }
            out.push('\n');
        }
    }
}

/// `str`, `str(secret)`, `str(1..24 "^[a-z]+$")`.
fn write_string(out: &mut String, node: &Node) {
    let Node::String { min_length, max_length, pattern, sensitive } = node else {
        return;
    };
    out.push_str("str");
    let mut before = '(';
    if *sensitive {
        out.push(std::mem::replace(&mut before, ' '));
        out.push_str("secret");
    }
    if min_length.is_some() || max_length.is_some() {
        out.push(std::mem::replace(&mut before, ' '));
        write_range(out, min_length.as_ref(), max_length.as_ref());
    }
    if let Some(pattern) = pattern {
        out.push(std::mem::replace(&mut before, ' '));
        write_quoted(out, pattern);
    }
    if before == ' ' {
        out.push(')');
    }
}

fn write_range<N: std::fmt::Display>(out: &mut String, least: Option<&N>, most: Option<&N>) {
    if let Some(least) = least {
        let _ = write!(out, "{least}");
    }
    out.push_str("..");
    if let Some(most) = most {
        let _ = write!(out, "{most}");
    }
}
