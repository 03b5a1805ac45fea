//! What is known of a value without running Terraform, and where each part of it was written. Plain data: it can be
//! sent to another thread and kept.

mod collection;
mod decision;
mod outcome;
#[cfg(test)]
mod print;
mod string;

pub(crate) use collection::{Collection, Element, Item, Lookup, Object, Presence, Sequence};
pub(crate) use decision::{DecisionId, Decisions};
pub(crate) use outcome::{MOST_OUTCOMES, Outcome, When};
pub(crate) use string::{LONGEST, Part, PartKind, Text};

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address::BlockAddress;
use super::file::FileId;
use super::number::Number;
use super::span::{Span, Spans};
use super::type_constraint::Type;

/// The result of evaluating an expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Value {
    pub(crate) kind: ValueKind,
    /// The literals and braces that state it; of a string put together, see its parts too.
    pub(crate) spans: Spans,
    pub(crate) marks: Marks,
}

/// What is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ValueKind {
    /// Nothing but what its type says. It may be null unless `not_null`.
    Unknown {
        ty: Type,
        not_null: bool,
    },
    /// Terraform refuses the expression (an index out of range, a missing attribute); `try` takes its next argument.
    Fails,
    Null,
    Bool(bool),
    Number(Number),
    String(Text),
    /// A list, set or tuple.
    Sequence(Sequence),
    /// An object or map.
    Object(Object),
    /// One of several, it is not known which: at least two, none of them itself `OneOf`. Never more than
    /// [`MOST_OUTCOMES`].
    OneOf(Arc<[Outcome]>),
    /// An attribute that a block computes, such as `azapi_resource.x.id`.
    Computed(Arc<ComputedAttribute>),
    /// A whole block, `azapi_resource.x`, before a step to one of its attributes.
    Block(Arc<BlockValue>),
    /// A call of a provider's function.
    ProviderCall(Arc<ProviderCall>),
}

/// What Terraform keeps with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    pub(crate) sensitive: bool,
    pub(crate) ephemeral: bool,
    /// It follows from a variable's default or from a file of variables: a run may have another. Only where the
    /// caller allows defaults.
    pub(crate) assumed: bool,
}

/// An attribute of a block that the configuration does not set, so that its value comes with apply.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ComputedAttribute {
    pub(crate) block: BlockValue,
    /// `id`, or a path of attribute names.
    pub(crate) path: Vec<Arc<str>>,
    /// What was done to the text of it, in order.
    pub(crate) changes: Vec<Change>,
}

/// What a function does to a text, known or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Lower,
    Upper,
    Replace { searched: Arc<str>, replacement: Arc<str> },
}

/// A block of a provider's type, one instance of it or all.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BlockValue {
    /// Which call of which module it stands in.
    pub(crate) module: ModulePath,
    /// `azapi_resource.x`, `data.azurerm_subscription.current`; declared in the module.
    pub(crate) address: BlockAddress,
    pub(crate) instance: InstanceKey,
    /// The file of the block.
    pub(crate) file: FileId,
    /// Its name in its header.
    pub(crate) name: Span,
}

/// The calls that lead from the module that is asked about to another one; none for itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct ModulePath(pub(crate) Arc<[ModuleStep]>);

/// A folder that expressions name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Folder {
    /// `path.module`: that of the module which these calls lead to.
    Module(ModulePath),
    /// `path.root`.
    Root,
}

/// One instance of a `module` block.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ModuleStep {
    pub(crate) name: Arc<str>,
    pub(crate) instance: InstanceKey,
}

/// Which instance of a block with `count` or `for_each`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum InstanceKey {
    /// The block has neither; or all instances are meant, as a list or map.
    Whole,
    Index(u64),
    Key(Arc<str>),
    /// One of them, it is not known which.
    Unknown,
}

/// A call such as `provider::azapi::build_resource_id(…)`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ProviderCall {
    /// With its namespaces.
    pub(crate) name: Arc<str>,
    /// In the order written.
    pub(crate) arguments: Vec<Value>,
    /// The attribute that is taken of what it gives; empty for all of it.
    pub(crate) path: Vec<Arc<str>>,
    /// What was done to the text of it, in order.
    pub(crate) changes: Vec<Change>,
}

impl Marks {
    pub(crate) const NONE: Self = Self { sensitive: false, ephemeral: false, assumed: false };

    /// Those of either.
    pub(crate) fn with(self, other: Self) -> Self {
        Self {
            sensitive: self.sensitive || other.sensitive,
            ephemeral: self.ephemeral || other.ephemeral,
            assumed: self.assumed || other.assumed,
        }
    }
}

fn any_number(collection: Collection, inner: &Type) -> ValueKind {
    let rest = Some(Arc::new(Value::unknown_of(inner.clone())));
    ValueKind::Sequence(Sequence { elements: Arc::new([]), rest, collection })
}

impl From<ValueKind> for Value {
    /// Without spans and marks.
    fn from(kind: ValueKind) -> Self {
        Self { kind, spans: Spans::None, marks: Marks::NONE }
    }
}

impl Value {
    pub(crate) fn unknown() -> Self {
        Self::unknown_of(Type::Any)
    }

    pub(crate) fn unknown_of(ty: Type) -> Self {
        ValueKind::Unknown { ty, not_null: false }.into()
    }

    /// Unknown, but not null.
    pub(crate) fn some(ty: Type) -> Self {
        ValueKind::Unknown { ty, not_null: true }.into()
    }

    pub(crate) fn fails() -> Self {
        ValueKind::Fails.into()
    }

    pub(crate) fn null() -> Self {
        ValueKind::Null.into()
    }

    pub(crate) fn bool(value: bool) -> Self {
        ValueKind::Bool(value).into()
    }

    pub(crate) fn number(value: impl Into<Number>) -> Self {
        ValueKind::Number(value.into()).into()
    }

    /// A wholly known string.
    pub(crate) fn string(text: impl AsRef<str>) -> Self {
        ValueKind::String(Text::known(text.as_ref())).into()
    }

    /// The same, written there.
    pub(crate) fn at(mut self, spans: impl Into<Spans>) -> Self {
        self.spans = spans.into();
        self
    }

    /// The same, written there unless it says already where.
    pub(crate) fn or_at(mut self, span: Span) -> Self {
        if self.spans.is_empty() {
            self.spans = span.into();
        }
        self
    }

    /// The same with these marks too.
    pub(crate) fn marked(mut self, marks: Marks) -> Self {
        self.marks = self.marks.with(marks);
        self
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.kind, ValueKind::Null)
    }

    pub(crate) fn is_failure(&self) -> bool {
        matches!(self.kind, ValueKind::Fails)
    }

    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self.kind, ValueKind::Unknown { .. })
    }

    /// The string when it is one and all of it is known. Numbers and booleans are no strings here.
    pub(crate) fn as_str(&self) -> Option<Arc<str>> {
        match &self.kind {
            ValueKind::String(text) => text.as_known(),
            _ => None,
        }
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.kind {
            ValueKind::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<&Number> {
        match &self.kind {
            ValueKind::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn as_object(&self) -> Option<&Object> {
        match &self.kind {
            ValueKind::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(crate) fn as_sequence(&self) -> Option<&Sequence> {
        match &self.kind {
            ValueKind::Sequence(sequence) => Some(sequence),
            _ => None,
        }
    }

    /// Whether no part of it is unknown, so that Terraform would print it. Linear in its size.
    pub(crate) fn is_wholly_known(&self) -> bool {
        match &self.kind {
            ValueKind::Null | ValueKind::Bool(_) | ValueKind::Number(_) => true,
            ValueKind::String(text) => text.is_wholly_known(),
            ValueKind::Sequence(sequence) => {
                sequence.rest.is_none()
                    && sequence.elements.iter().all(|element| {
                        element.presence == Presence::Always && element.value.is_wholly_known()
                    })
            }
            ValueKind::Object(object) => {
                object.rest.is_none()
                    && object
                        .items
                        .values()
                        .all(|item| item.presence == Presence::Always && item.value.is_wholly_known())
            }
            _ => false,
        }
    }

    /// How many elements and items it has in all; `None` when more than `most`, or deeper in each other than `deepest`.
    pub(crate) fn size_within(&self, most: usize, deepest: usize) -> Option<usize> {
        let mut left = most;
        self.take_size(&mut left, deepest)?;
        Some(most - left)
    }

    fn take_size(&self, left: &mut usize, deepest: usize) -> Option<()> {
        let mut inner = |value: &Self| {
            *left = left.checked_sub(1)?;
            value.take_size(left, deepest.checked_sub(1)?)
        };
        match &self.kind {
            ValueKind::Sequence(sequence) => {
                let values = sequence.elements.iter().map(|element| &element.value);
                values.chain(sequence.rest.as_deref()).try_for_each(inner)
            }
            ValueKind::Object(object) => {
                let replaced = object.replaced.iter().map(|(_, item)| item);
                let values = object.items.values().chain(replaced).map(|item| &item.value);
                values.chain(object.rest.as_deref()).try_for_each(inner)
            }
            ValueKind::OneOf(outcomes) => outcomes.iter().try_for_each(|one| inner(&one.value)),
            ValueKind::ProviderCall(call) => call.arguments.iter().try_for_each(inner),
            ValueKind::String(text) => text.as_json().map_or(Some(()), |value| inner(value)),
            _ => Some(()),
        }
    }

    /// What its type says of an unknown value, provided that it is not null: the attributes of an object type and
    /// so on, one level deep. Other values as they are.
    pub(crate) fn spelled_out(&self) -> Self {
        let ValueKind::Unknown { ty, .. } = &self.kind else { return self.clone() };
        let kind = match ty {
            Type::List(inner) => any_number(Collection::List, inner),
            Type::Set(inner) => any_number(Collection::Set, inner),
            Type::Tuple(types) => {
                ValueKind::Sequence(Sequence::tuple(types.iter().cloned().map(Self::unknown_of)))
            }
            Type::Map(inner) => ValueKind::Object(Object {
                rest: Some(Arc::new(Self::unknown_of((**inner).clone()))),
                collection: Collection::Map,
                ..Object::new(BTreeMap::new())
            }),
            Type::Object(attributes) => {
                let items = attributes.iter().map(|(name, attribute)| {
                    let value = match &attribute.default {
                        Some(_) => Self::some(attribute.ty.clone()),
                        None => Self::unknown_of(attribute.ty.clone()),
                    };
                    let item = Item {
                        keys: attribute.name.into(),
                        ..Item::always(value.at(attribute.name).marked(self.marks))
                    };
                    (Arc::clone(name), item)
                });
                ValueKind::Object(Object::new(items.collect()))
            }
            _ => return self.clone(),
        };
        Self { kind, spans: self.spans.clone(), marks: self.marks }
    }

    /// Equal in what is known, wherever it was written.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (ValueKind::String(one), ValueKind::String(two)) => one.same_as(two),
            (ValueKind::Sequence(one), ValueKind::Sequence(two)) => one.same_as(two),
            (ValueKind::Object(one), ValueKind::Object(two)) => one.same_as(two),
            (one, two) => one == two,
        }
    }
}
