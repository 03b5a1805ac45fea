//! What is known of a value without running Terraform: all of it, parts of it, or nothing.

use std::collections::BTreeMap;

use super::address::BlockAddress;
use super::file::FileId;
use crate::text::TextRange;

/// The result of evaluating an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing is known, not even its type.
    Unknown,
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text, parts of which may be unknown. Never empty of parts unless the text is empty.
    Text(Vec<TextPart>),
    /// A list, tuple or set whose length is known.
    Tuple(Vec<Value>),
    /// An object or map. `complete` is false when it may have further keys (a computed key, a merge with
    /// something unknown).
    Object {
        /// Values by key.
        items: BTreeMap<String, Value>,
        /// Whether these are all keys.
        complete: bool,
    },
    /// One of these, it is not known which (a conditional). At least two, none of them itself `OneOf`.
    OneOf(Vec<Value>),
    /// An attribute that a block computes, such as `azapi_resource.x.id`.
    Computed(ComputedAttribute),
    /// A call of a provider's function: its name with the namespaces, and its arguments.
    ProviderCall {
        /// `provider::azapi::build_resource_id`
        name: String,
        /// In the order written.
        arguments: Vec<Value>,
    },
}

/// An attribute of a block that the configuration does not set, so that its value comes with apply.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ComputedAttribute {
    /// The block, which is declared in the module.
    pub address: BlockAddress,
    /// `id`, or a path of attribute names.
    pub path: Vec<String>,
    /// The file of the block.
    pub file: FileId,
    /// The name of the block, in its file.
    pub name_range: TextRange,
}

/// One stretch of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum TextPart {
    /// These characters; never empty.
    Known(String),
    /// Some characters, maybe none.
    Unknown,
    /// The text of an attribute that a block computes.
    Computed(ComputedAttribute),
}

/// A text of which each part holds another twice grows beyond all bounds in a few lines; this is the bound, in bytes.
const LONGEST_TEXT: usize = 1 << 16;
/// A conditional of conditionals … has at most this many outcomes; beyond that it is unknown.
const MOST_OUTCOMES: usize = 8;

impl Value {
    /// A wholly known text.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::Text(if text.is_empty() { Vec::new() } else { vec![TextPart::Known(text)] })
    }

    /// The text when all of it is known. Numbers and booleans are not texts here.
    pub fn as_text(&self) -> Option<String> {
        let Self::Text(parts) = self else { return None };
        match parts.as_slice() {
            [] => Some(String::new()),
            [TextPart::Known(text)] => Some(text.clone()),
            _ => None,
        }
    }

    /// What the value becomes inside a template. `None` when it cannot stand in one (null, lists, objects).
    pub fn into_text_parts(self) -> Option<Vec<TextPart>> {
        match self {
            Self::Text(parts) => Some(parts),
            Self::Bool(value) => Some(vec![TextPart::Known(value.to_string())]),
            Self::Number(value) => Some(vec![TextPart::Known(number_text(value))]),
            Self::Computed(attribute) => Some(vec![TextPart::Computed(attribute)]),
            Self::Unknown | Self::OneOf(_) | Self::ProviderCall { .. } => Some(vec![TextPart::Unknown]),
            Self::Null | Self::Tuple(_) | Self::Object { .. } => None,
        }
    }

    /// Joins parts, known ones next to each other merged. A text longer than any id or name is unknown.
    pub fn from_parts(parts: impl IntoIterator<Item = TextPart>) -> Self {
        let mut joined: Vec<TextPart> = Vec::new();
        let mut length = 0;
        for part in parts {
            length += if let TextPart::Known(text) = &part { text.len() } else { 1 };
            if length > LONGEST_TEXT {
                return Self::Unknown;
            }
            match (joined.last_mut(), part) {
                (_, TextPart::Known(text)) if text.is_empty() => {}
                (Some(TextPart::Known(before)), TextPart::Known(text)) => before.push_str(&text),
                (Some(TextPart::Unknown), TextPart::Unknown) => {}
                (_, part) => joined.push(part),
            }
        }
        Self::Text(joined)
    }

    /// One of several; flattened, equal ones once.
    pub fn one_of(values: impl IntoIterator<Item = Value>) -> Self {
        let mut outcomes: Vec<Value> = Vec::new();
        for value in values {
            let inner = if let Self::OneOf(inner) = value { inner } else { vec![value] };
            for outcome in inner {
                if !outcomes.contains(&outcome) {
                    outcomes.push(outcome);
                }
            }
        }
        match outcomes.len() {
            0 => Self::Unknown,
            1 => outcomes.remove(0),
            2..=MOST_OUTCOMES => Self::OneOf(outcomes),
            _ => Self::Unknown,
        }
    }

    /// Every value it can have: the outcomes of a conditional, else itself.
    pub fn outcomes(&self) -> &[Value] {
        match self {
            Self::OneOf(outcomes) => outcomes,
            other => std::slice::from_ref(other),
        }
    }

    /// The value under a key of an object.
    pub fn get(&self, key: &str) -> Value {
        match self {
            Self::Object { items, .. } => items.get(key).cloned().unwrap_or(Self::Unknown),
            Self::OneOf(outcomes) => Self::one_of(outcomes.iter().map(|outcome| outcome.get(key))),
            Self::Computed(attribute) => {
                let mut deeper = attribute.clone();
                deeper.path.push(key.to_owned());
                Self::Computed(deeper)
            }
            _ => Self::Unknown,
        }
    }

    /// The item of a list at a place counted from 0.
    pub fn item(&self, at: usize) -> Value {
        match self {
            Self::Tuple(items) => items.get(at).cloned().unwrap_or(Self::Unknown),
            Self::OneOf(outcomes) => Self::one_of(outcomes.iter().map(|outcome| outcome.item(at))),
            _ => Self::Unknown,
        }
    }
}

/// A number as a template writes it: without a fraction when it has none.
pub fn number_text(value: f64) -> String {
    format!("{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_known_parts_merge() {
        let known = |text: &str| TextPart::Known(text.to_owned());
        assert_eq!(Value::from_parts([known("a"), known(""), known("b")]), Value::text("ab"));
        let parts = [known("a"), TextPart::Unknown, TextPart::Unknown, known("b")];
        assert_eq!(Value::from_parts(parts), Value::Text(vec![known("a"), TextPart::Unknown, known("b")]),);
    }

    #[test]
    fn a_text_beyond_all_bounds_is_unknown() {
        let part = TextPart::Known("x".repeat(LONGEST_TEXT / 2 + 1));
        assert_ne!(Value::from_parts([part.clone()]), Value::Unknown);
        assert_eq!(Value::from_parts([part.clone(), part]), Value::Unknown);
    }

    #[test]
    fn equal_outcomes_are_one() {
        assert_eq!(Value::one_of([Value::text("a"), Value::text("a")]), Value::text("a"));
        let nested = Value::one_of([Value::text("a"), Value::one_of([Value::Null, Value::text("b")])]);
        assert_eq!(nested.outcomes().len(), 3);
    }

    #[test]
    fn too_many_outcomes_are_unknown() {
        let many = (0..9).map(|number| Value::Number(f64::from(number)));
        assert_eq!(Value::one_of(many), Value::Unknown);
    }
}
