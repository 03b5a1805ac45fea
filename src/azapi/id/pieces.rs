//! Texts of which some stretches are not known, such as ids and names before apply.

use crate::schema::arm_id::{self, Segment};
use crate::schema::scope::{ANY_RESOURCE_ID, Scope};
use crate::terraform::Change;

/// The segments of an id. The first is [`Segment::UnknownPath`] when nothing is known of where it begins.
pub type Segments = Vec<Segment<'static>>;

/// One stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// This text.
    Known(String),
    /// A name, or a part of one: no slash is in it.
    Name,
    /// Anything, slashes included.
    Any,
    /// An id, or the beginning of one, that is likely of this form.
    Likely(String),
}

/// A text, stretch by stretch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pieces(Vec<Piece>);

impl Pieces {
    pub(crate) fn of(piece: Piece) -> Self {
        Self(vec![piece])
    }

    pub(crate) fn known(text: impl Into<String>) -> Self {
        let mut pieces = Self::default();
        pieces.push_known(&text.into());
        pieces
    }

    /// A text with placeholders in braces, each of which stands for a name.
    pub(crate) fn of_pattern(pattern: &str) -> Self {
        let mut pieces = Self::default();
        for (at, piece) in pattern.split('/').enumerate() {
            if at > 0 {
                pieces.push_known("/");
            }
            if piece.starts_with('{') {
                pieces.push(Piece::Name);
            } else {
                pieces.push_known(piece);
            }
        }
        pieces
    }

    pub(crate) fn push_known(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Known(known)) => known.push_str(text),
            _ => self.0.push(Piece::Known(text.to_owned())),
        }
    }

    pub(crate) fn push(&mut self, piece: Piece) {
        match piece {
            Piece::Known(text) => self.push_known(&text),
            other => self.0.push(other),
        }
    }

    pub(crate) fn append(&mut self, more: Self) {
        more.0.into_iter().for_each(|piece| self.push(piece));
    }

    /// The text where all of it is known.
    pub(crate) fn as_known(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Piece::Known(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether nothing at all is known of it.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self.0.as_slice(), [Piece::Any | Piece::Likely(_)])
    }

    pub(crate) fn known_stretches(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Known(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// What it begins with; `None` for the empty text.
    pub(crate) fn first(&self) -> Option<&Piece> {
        self.0.first()
    }

    /// The same as a name, which holds no slash; where it surely does, nothing of it is taken.
    pub(crate) fn into_name(self) -> Self {
        let is_empty = self.0.is_empty();
        if is_empty || self.known_stretches().any(|text| text.contains('/')) {
            return Self::of(Piece::Name);
        }
        let name = |piece| if let Piece::Known(_) = piece { piece } else { Piece::Name };
        Self(self.0.into_iter().map(name).collect())
    }

    /// The stretches between its slashes; one in front of the first and one behind the last.
    pub(crate) fn cut(&self) -> Vec<Self> {
        let mut all = vec![Self::default()];
        for piece in &self.0 {
            let Piece::Known(text) = piece else {
                if let Some(last) = all.last_mut() {
                    last.push(piece.clone());
                }
                continue;
            };
            for (at, more) in text.split('/').enumerate() {
                if at > 0 {
                    all.push(Self::default());
                }
                if let Some(last) = all.last_mut() {
                    last.push_known(more);
                }
            }
        }
        all
    }

    /// Stretches with slashes between.
    pub(crate) fn joined(stretches: &[Self]) -> Self {
        let mut all = Self::default();
        for (at, stretch) in stretches.iter().enumerate() {
            if at > 0 {
                all.push_known("/");
            }
            all.append(stretch.clone());
        }
        all
    }

    /// As an id. What is not known is one segment where a name is expected; anywhere else it may hold slashes. A
    /// slash at the end is overlooked.
    pub(crate) fn segments(&self) -> Segments {
        let mut segments = Segments::new();
        let stretches = self.cut();
        let last = stretches.len() - 1;
        for (at, stretch) in stretches.into_iter().enumerate() {
            let segment = match stretch.as_known() {
                // In front of the first slash there is nothing.
                Some("") if at == 0 || at == last => continue,
                Some(text) => Segment::Known(text.to_owned().into()),
                None => stretch.unknown_segment(&segments),
            };
            segments.push(segment);
        }
        segments
    }

    fn unknown_segment(&self, before: &[Segment<'_>]) -> Segment<'static> {
        let is_name = !self.0.iter().any(|piece| matches!(piece, Piece::Any | Piece::Likely(_)));
        if is_name || (!before.is_empty() && arm_id::expects_name(before)) {
            return Segment::Unknown;
        }
        Segment::UnknownPath
    }

    /// What functions make of it.
    pub(crate) fn changed(mut self, changes: &[Change]) -> Self {
        for change in changes {
            self = self.changed_once(change);
        }
        self
    }

    fn changed_once(self, change: &Change) -> Self {
        if let Change::Replace { searched, replacement } = change {
            let crosses = [searched, replacement].iter().any(|text| text.contains('/'));
            if crosses || searched.is_empty() {
                return match self.as_known() {
                    Some(text) => Self::known(text.replace(&**searched, replacement)),
                    None => Self::of(Piece::Any),
                };
            }
        }
        let stretches: Vec<Self> = self.cut().into_iter().map(|it| it.stretch_changed(change)).collect();
        Self::joined(&stretches)
    }

    fn stretch_changed(self, change: &Change) -> Self {
        if let Change::Replace { searched, replacement } = change {
            // What is searched may lie across the border of what is known.
            return match self.as_known() {
                Some(text) => Self::known(text.replace(&**searched, replacement)),
                None => Self(self.0.into_iter().filter(|piece| !matches!(piece, Piece::Known(_))).collect()),
            };
        }
        let mut changed = Self::default();
        for piece in self.0 {
            changed.push(match (piece, change) {
                (Piece::Known(text), Change::Lower) => Piece::Known(text.to_lowercase()),
                (Piece::Known(text), Change::Upper) => Piece::Known(text.to_uppercase()),
                (other, _) => other,
            });
        }
        changed
    }

    /// One text that stands for all of these, of which one holds: where their names differ, a name. Anything where
    /// they differ in more than that.
    pub(crate) fn either(all: impl IntoIterator<Item = Self>) -> Self {
        let mut all = all.into_iter();
        let Some(first) = all.next() else { return Self::of(Piece::Any) };
        all.fold(first, |one, other| one.or(&other))
    }

    fn or(self, other: &Self) -> Self {
        if self == *other {
            return self;
        }
        let (one, two) = (self.cut(), other.cut());
        if one.len() != two.len() {
            return Self::of(Piece::Any);
        }
        let mut merged: Vec<Self> = Vec::new();
        for (one, two) in one.into_iter().zip(two) {
            let may_differ = || {
                let before = Self::joined(&merged).segments();
                merged.is_empty() || arm_id::expects_name(&before)
            };
            let open = |it: &Self| it.0.iter().any(|piece| matches!(piece, Piece::Any | Piece::Likely(_)));
            if one == two {
                merged.push(one);
            } else if !open(&one) && !open(&two) && may_differ() {
                merged.push(Self::of(Piece::Name));
            } else {
                return Self::of(Piece::Any);
            }
        }
        Self::joined(&merged)
    }

    /// The text with placeholders in braces for what is not known, named by what stands in front of them.
    pub(crate) fn shown(&self) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Known(known) => text.push_str(known),
                Piece::Likely(form) => text.push_str(form),
                Piece::Any if text.is_empty() => text.push_str(ANY_RESOURCE_ID),
                Piece::Name | Piece::Any => text.push_str(placeholder(&text)),
            }
        }
        text
    }
}

/// The placeholder of a name that says nothing of itself.
pub(crate) const NAME: &str = "{resourceName}";

/// What stands for an unknown name behind this much of an id.
fn placeholder(before: &str) -> &'static str {
    let key = before.rsplit('/').nth(1).unwrap_or_default();
    let of_scope = |scope: Scope| scope.parent_pattern().rsplit('/').next();
    let known = [
        ("subscriptions", Scope::Subscription),
        ("resourceGroups", Scope::ResourceGroup),
        ("managementGroups", Scope::ManagementGroup),
    ];
    let found = known.iter().find(|(word, _)| key.eq_ignore_ascii_case(word));
    found.and_then(|(_, scope)| of_scope(*scope)).unwrap_or(NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `?` stands for a name, `*` for anything.
    fn pieces(text: &str) -> Pieces {
        let mut pieces = Pieces::default();
        for c in text.chars() {
            match c {
                '?' => pieces.push(Piece::Name),
                '*' => pieces.push(Piece::Any),
                c => pieces.push_known(&c.to_string()),
            }
        }
        pieces
    }

    #[test]
    fn names_that_differ_are_one_name_and_other_differences_are_anything() {
        let either = |one: &str, other: &str| Pieces::either([pieces(one), pieces(other)]);
        assert_eq!(either("/subscriptions/a", "/subscriptions/a"), pieces("/subscriptions/a"));
        assert_eq!(either("/subscriptions/a", "/subscriptions/b"), pieces("/subscriptions/?"));
        assert_eq!(either("/subscriptions/a", "/subscriptions/?"), pieces("/subscriptions/?"));
        assert_eq!(either("/subscriptions/a", "/subscriptions/*"), pieces("*"));
        assert_eq!(either("/providers/A.B/c/d", "/providers/A.B/e/d"), pieces("*"));
        assert_eq!(either("/subscriptions/a", "/"), pieces("*"));
        assert_eq!(either("a", "b"), pieces("?"));
    }

    #[test]
    fn changes_keep_what_they_leave_certain() {
        let replace = |searched: &str, replacement: &str| Change::Replace {
            searched: searched.into(),
            replacement: replacement.into(),
        };
        let changed = |text: &str, change: Change| pieces(text).changed(&[change]);
        assert_eq!(changed("/A/b?", Change::Lower), pieces("/a/b?"));
        assert_eq!(changed("/A/b?", Change::Upper), pieces("/A/B?"));
        assert_eq!(changed("/ab/cb?", replace("b", "x")), pieces("/ax/?"));
        assert_eq!(changed("/ab/?", replace("/", "-")), pieces("*"));
        assert_eq!(changed("/ab", replace("/", "-")), pieces("-ab"));
    }

    #[test]
    fn placeholders_are_named_by_the_word_in_front() {
        assert_eq!(
            pieces("/subscriptions/?/resourceGroups/x?").shown(),
            "/subscriptions/{subscriptionId}/resourceGroups/x{resourceGroupName}"
        );
        assert_eq!(
            pieces("*/providers/A.B/c/?").shown(),
            "{any azure resource id}/providers/A.B/c/{resourceName}"
        );
    }

    #[test]
    fn a_name_holds_no_slash() {
        assert_eq!(pieces("a-*").into_name(), pieces("a-?"));
        assert_eq!(pieces("a/b").into_name(), pieces("?"));
        assert_eq!(pieces("").into_name(), pieces("?"));
    }
}
