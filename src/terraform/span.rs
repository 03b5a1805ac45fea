//! Where a value was written. Ranges count from the start of the *item* (a top-level block, or one local) that they
//! lie in, so that a value outlives edits elsewhere in its file.

use std::sync::Arc;

use super::file::FileId;
use crate::text::TextRange;

/// A top-level block, one attribute of a `locals` block or of a file of variables, by identity of its text: an edit elsewhere keeps the id,
/// an edit inside gives a new one. Never used again for another text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ItemId(pub(crate) u32);

/// A stretch of a file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    pub(crate) file: FileId,
    pub(crate) item: ItemId,
    /// Bytes, from the item's start.
    pub(crate) range: TextRange,
}

impl Span {
    /// Whether another one begins in it, or at its end.
    pub(crate) fn contains_start_of(self, other: Self) -> bool {
        (self.file, self.item) == (other.file, other.item)
            && self.range.contains_inclusive(other.range.start())
    }
}

/// Every place that contributed to a value, in the order of evaluation; none for what no text states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Spans {
    #[default]
    None,
    One(Span),
    /// At least two.
    Many(Arc<[Span]>),
}

/// A value merged out of more places than this keeps the first ones.
const MOST: usize = 16;

impl Spans {
    pub(crate) fn as_slice(&self) -> &[Span] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }

    pub(crate) fn first(&self) -> Option<Span> {
        self.as_slice().first().copied()
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Those of both, each once.
    pub(crate) fn with(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::None, spans) | (spans, Self::None) => spans.clone(),
            _ => self.as_slice().iter().chain(other.as_slice()).copied().collect(),
        }
    }
}

impl From<Span> for Spans {
    fn from(span: Span) -> Self {
        Self::One(span)
    }
}

impl From<Option<Span>> for Spans {
    fn from(span: Option<Span>) -> Self {
        span.map_or(Self::None, Self::One)
    }
}

impl FromIterator<Span> for Spans {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut all: Vec<Span> = Vec::new();
        for span in spans {
            if all.len() < MOST && !all.contains(&span) {
                all.push(span);
            }
        }
        match all.as_slice() {
            [] => Self::None,
            [one] => Self::One(*one),
            _ => Self::Many(all.into()),
        }
    }
}
