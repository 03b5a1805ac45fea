//! What can be wrong with a part of a body.

use std::sync::Arc;

use crate::schema::SchemaType;
use crate::schema::path::BodyPath;
use crate::terraform::number::Number;
use crate::terraform::span::Span;
use crate::terraform::value::When;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault<'s> {
    pub(crate) kind: FaultKind<'s>,
    /// From the body's root; of a missing property it ends in its name.
    pub(crate) path: BodyPath,
    /// The key, the value, or for a missing property the key that holds the braces. `None`: the block itself, or
    /// the value of `body` where no text states it.
    pub(crate) at: Option<Span>,
    pub(crate) certainty: Certainty,
    /// Of a missing property, the object that lacks it.
    pub(crate) object: Option<Lacking<'s>>,
    /// The type that refuses it, where the block has one of several and others do not refuse it.
    pub(crate) of_type: Option<Arc<str>>,
}

/// An object without something that it needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lacking<'s> {
    pub(crate) ty: SchemaType<'s>,
    /// The first braces that state it.
    pub(crate) braces: Option<Span>,
    /// The discriminator and the value of it that select what the object needs, wherever that value is written.
    pub(crate) selection: Option<(&'s str, &'s str)>,
}

impl PartialEq for Lacking<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.ty.id() == other.ty.id() && self.braces == other.braces
    }
}

/// Whether the part is wrong in every run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Certainty {
    Sure,
    /// Only where the part takes part; `None` where several decisions lead there.
    When(Option<When>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FaultKind<'s> {
    Missing {
        name: &'s str,
    },
    Unexpected {
        name: String,
        /// Names that are written nearly so, nearest first.
        near: Vec<&'s str>,
    },
    ReadOnly {
        name: &'s str,
    },
    Type {
        expected: Expected,
        found: Found,
    },
    /// None of the values that are allowed.
    Value {
        /// `None` where it is a secret, or is no string.
        found: Option<String>,
        kind: Found,
        /// In the data's order.
        allowed: Vec<&'s str>,
        near: Vec<&'s str>,
        /// It is the value that selects the shape of its object.
        selects: bool,
    },
    /// No element of a union allows it, and it has elements that are no single values.
    NoVariant {
        found: Found,
        /// The kinds of value that it does have, each once.
        allowed: Vec<Expected>,
    },
    /// Of a string in bytes, or of a list in items.
    Length {
        found: u64,
        least: Option<u64>,
        greatest: Option<u64>,
        of_list: bool,
    },
    Range {
        found: Number,
        least: Option<i64>,
        greatest: Option<i64>,
    },
    Pattern {
        pattern: &'s str,
        found: Option<String>,
    },
    /// The whole of `body` or of `sensitive_body` is a string, as version 1 had it.
    StringBody {
        argument: &'static str,
    },
    /// A secret that is given where everybody can read it.
    Secret {
        name: &'s str,
    },
}

/// A kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    Object,
    List,
    String,
    Integer,
    Boolean,
}

/// What was found in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Found {
    Object,
    List,
    /// Its content where it is known and no secret.
    String(Option<String>),
    Number(Number),
    Bool(bool),
}

impl<'s> Fault<'s> {
    /// One that is wrong in every run, under every type that the block may have.
    pub(crate) fn sure(kind: FaultKind<'s>, path: BodyPath, at: Option<Span>) -> Self {
        Self { kind, path, at, certainty: Certainty::Sure, object: None, of_type: None }
    }

    /// What another type refuses too is not of this one alone.
    pub(crate) fn forget_other_type(&mut self, other: &Self) {
        if self.of_type != other.of_type {
            self.of_type = None;
        }
    }
}

impl FaultKind<'_> {
    /// Whether the provider lets it pass, and only Azure may refuse it.
    pub(crate) fn is_lenient(&self) -> bool {
        matches!(
            self,
            Self::Range { .. } | Self::Type { expected: Expected::Boolean, .. } | Self::Secret { .. }
        )
    }

    /// Whether something is not there, rather than wrong.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }
}
