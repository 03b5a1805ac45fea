//! What a document's text is after a change, worked out the slow way: by walking over the text from its start.
//!
//! As the protocol has it: lines end at `\n`, `\r\n` or a lone `\r`; a column behind the end of its line means the end.
//! Where it leaves things open, as the server promises: a column inside a character means the character's start, a line
//! behind the end means the end of the text, and a range written backwards is turned round.

use serde_json::{Value, json};

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    pub(crate) const ALL: [Self; 3] = [Self::Utf8, Self::Utf16, Self::Utf32];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn width(self, character: char) -> u32 {
        match self {
            Self::Utf8 => character.len_utf8() as u32,
            Self::Utf16 => character.len_utf16() as u32,
            Self::Utf32 => 1,
        }
    }
}

/// A line and a column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Place {
    pub(crate) fn to_json(self) -> Value {
        json!({ "line": self.line, "character": self.column })
    }
}

/// A change as the protocol has it; the whole text without a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) range: Option<[Place; 2]>,
    pub(crate) text: String,
}

impl Change {
    pub(crate) fn to_json(&self) -> Value {
        match self.range {
            Some([start, end]) => {
                let range = json!({ "start": start.to_json(), "end": end.to_json() });
                json!({ "range": range, "text": self.text })
            }
            None => json!({ "text": self.text }),
        }
    }
}

/// Where each line begins and where its break does, in bytes.
pub(crate) fn lines(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let (mut all, mut start, mut at) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        let length = match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b'\r' | b'\n' => 1,
            _ => 0,
        };
        if length > 0 {
            all.push((start, at));
            start = at + length;
        }
        at += length.max(1);
    }
    all.push((start, bytes.len()));
    all
}

/// The byte that a place means.
pub(crate) fn offset(text: &str, place: Place, encoding: Encoding) -> usize {
    let Some(&(start, end)) = lines(text).get(place.line as usize) else { return text.len() };
    let mut left = place.column;
    for (at, character) in text[start..end].char_indices() {
        let width = encoding.width(character);
        if left < width {
            return start + at;
        }
        left -= width;
    }
    end
}

/// The place of a byte that begins a character; the one between `\r` and `\n` has that of the line's end.
pub(crate) fn place(text: &str, offset: usize, encoding: Encoding) -> Place {
    let lines = lines(text);
    let line = lines.iter().rposition(|&(start, _)| start <= offset).unwrap_or(0);
    let (start, end) = lines[line];
    let column = text[start..offset.min(end)].chars().map(|character| encoding.width(character)).sum();
    Place { line: line as u32, column }
}

/// The text after a change.
pub(crate) fn changed(text: &str, change: &Change, encoding: Encoding) -> String {
    let Some(places) = change.range else { return change.text.clone() };
    let [one, other] = places.map(|place| offset(text, place, encoding));
    format!("{}{}{}", &text[..one.min(other)], change.text, &text[one.max(other)..])
}

#[test]
fn the_model_is_right_where_it_can_be_seen() {
    let text = "a😀b\r\nc\rd\u{2028}\n";
    assert_eq!(lines(text), [(0, 6), (8, 9), (10, 14), (15, 15)]);
    for (encoding, column) in [(Encoding::Utf8, 5), (Encoding::Utf16, 3), (Encoding::Utf32, 2)] {
        let behind = Place { line: 0, column };
        assert_eq!((offset(text, behind, encoding), place(text, 5, encoding)), (5, behind));
    }
    assert_eq!(offset(text, Place { line: 0, column: 2 }, Encoding::Utf16), 1);
    assert_eq!(offset(text, Place { line: 1, column: 9 }, Encoding::Utf8), 9);
    assert_eq!(offset(text, Place { line: 9, column: 0 }, Encoding::Utf8), text.len());
    let change = Change {
        range: Some([Place { line: 2, column: 0 }, Place { line: 0, column: 1 }]),
        text: "x".to_owned(),
    };
    assert_eq!(changed(text, &change, Encoding::Utf16), "axd\u{2028}\n");
}
