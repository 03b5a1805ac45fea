//! Strings with known and unknown parts.

use std::sync::Arc;

use super::{Change, ComputedAttribute, Folder, ProviderCall, Value};
use crate::terraform::span::Span;

/// A string, parts of which may be unknown. No parts: the empty string.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    /// Known ones are never empty; neighbouring known parts stand apart only when written in different places.
    pub(crate) parts: Arc<[Part]>,
}

/// One stretch of a string.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub(crate) kind: PartKind,
    /// The literal that states it, without quotes, or the interpolation that it comes from. `None` for what a
    /// function made.
    pub(crate) span: Option<Span>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PartKind {
    Known(Arc<str>),
    /// Some characters, maybe none.
    Unknown,
    /// The string of an attribute that a block computes.
    Computed(Arc<ComputedAttribute>),
    /// The string that a provider's function gives.
    Called(Arc<ProviderCall>),
    /// What `jsonencode` makes of this value; wholly known when the value is.
    Json(Arc<Value>),
    /// The path of a folder, which is another on each machine; files below it are known.
    Folder(Folder),
}

/// A string of which each part holds another twice grows beyond all bounds in a few lines; this is the bound, in bytes.
pub(crate) const LONGEST: usize = 1 << 16;
const MOST_PARTS: usize = 256;

impl PartKind {
    /// The same with a change that a function makes; `None` where nothing is known of that.
    pub(crate) fn changed(&self, change: Change) -> Option<Self> {
        match self {
            Self::Computed(attribute) => {
                let mut attribute = (**attribute).clone();
                attribute.changes.push(change);
                Some(Self::Computed(Arc::new(attribute)))
            }
            Self::Called(call) => {
                let mut call = (**call).clone();
                call.changes.push(change);
                Some(Self::Called(Arc::new(call)))
            }
            Self::Known(_) | Self::Unknown | Self::Json(_) | Self::Folder(_) => None,
        }
    }
}

impl Text {
    pub(crate) fn known(text: &str) -> Self {
        if text.is_empty() {
            return Self { parts: Arc::new([]) };
        }
        Self { parts: Arc::new([Part { kind: PartKind::Known(text.into()), span: None }]) }
    }

    /// What is written in one place. `None` for a string longer than [`LONGEST`].
    pub(crate) fn written(text: &str, span: Option<Span>) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::known(""));
        }
        let part = || Part { kind: PartKind::Known(text.into()), span };
        (text.len() <= LONGEST).then(|| Self { parts: Arc::new([part()]) })
    }

    /// Joins parts; known ones written in the same place are merged. `None` for a string longer than [`LONGEST`].
    pub(crate) fn of(parts: impl IntoIterator<Item = Part>) -> Option<Self> {
        let mut joined: Vec<Part> = Vec::new();
        let mut length = 0;
        for part in parts {
            length += if let PartKind::Known(text) = &part.kind { text.len() } else { 1 };
            if length > LONGEST {
                return None;
            }
            match (joined.last_mut(), &part.kind) {
                (_, PartKind::Known(text)) if text.is_empty() => continue,
                (Some(Part { kind: PartKind::Unknown, .. }), PartKind::Unknown) => continue,
                (Some(Part { kind: PartKind::Known(before), span }), PartKind::Known(text))
                    if *span == part.span =>
                {
                    *before = format!("{before}{text}").into();
                    continue;
                }
                _ => joined.push(part),
            }
            if joined.len() > MOST_PARTS {
                return None;
            }
        }
        Some(Self { parts: joined.into() })
    }

    /// The string when all of it is known; not for what `jsonencode` made (`functions` renders that).
    pub(crate) fn as_known(&self) -> Option<Arc<str>> {
        match &*self.parts {
            [] => Some("".into()),
            [Part { kind: PartKind::Known(text), .. }] => Some(Arc::clone(text)),
            parts => {
                let mut whole = String::new();
                for part in parts {
                    let PartKind::Known(text) = &part.kind else { return None };
                    whole.push_str(text);
                }
                Some(whole.into())
            }
        }
    }

    /// The same, written nowhere: known parts that stand apart are one.
    pub(crate) fn without_spans(&self) -> Self {
        let parts = self.parts.iter().map(|part| Part { span: None, ..part.clone() });
        Self::of(parts).unwrap_or_else(|| self.clone())
    }

    /// Whether Terraform would print all of it. Linear in its size.
    pub(crate) fn is_wholly_known(&self) -> bool {
        self.parts.iter().all(|part| match &part.kind {
            PartKind::Known(_) => true,
            PartKind::Json(value) => value.is_wholly_known(),
            PartKind::Unknown | PartKind::Computed(_) | PartKind::Called(_) | PartKind::Folder(_) => false,
        })
    }

    /// The value inside, when the string is what `jsonencode` made of it.
    pub(crate) fn as_json(&self) -> Option<&Arc<Value>> {
        match &*self.parts {
            [Part { kind: PartKind::Json(value), .. }] => Some(value),
            _ => None,
        }
    }

    /// The known characters that it begins with.
    pub(crate) fn known_prefix(&self) -> String {
        let known = self.parts.iter().map_while(|part| match &part.kind {
            PartKind::Known(text) => Some(&**text),
            _ => None,
        });
        known.collect()
    }

    pub(crate) fn same_as(&self, other: &Self) -> bool {
        match (self.as_known(), other.as_known()) {
            (Some(one), Some(two)) => one == two,
            (None, None) => {
                self.parts.len() == other.parts.len()
                    && self.parts.iter().zip(&*other.parts).all(|(one, two)| one.kind == two.kind)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> Part {
        Part { kind: PartKind::Known(text.into()), span: None }
    }

    #[test]
    fn neighbouring_parts_of_the_same_place_merge() {
        let unknown = || Part { kind: PartKind::Unknown, span: None };
        assert_eq!(Text::of([known("a"), known(""), known("b")]), Some(Text::known("ab")));
        let text = Text::of([known("a"), unknown(), unknown(), known("b")]).unwrap();
        assert_eq!(text.parts.len(), 3);
        assert_eq!((text.known_prefix().as_str(), text.as_known()), ("a", None));
    }

    #[test]
    fn a_string_beyond_all_bounds_is_none() {
        let half = known(&"x".repeat(LONGEST / 2 + 1));
        assert!(Text::of([half.clone()]).is_some());
        assert!(Text::of([half.clone(), half]).is_none());
    }
}
