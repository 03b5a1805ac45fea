//! JSON as clients write it.

use std::borrow::Cow;

use serde_json::{Error, Value};

/// Reads all of the bytes as one value.
pub(super) fn read(bytes: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(bytes).or_else(|error| match without_half_pairs(bytes) {
        Some(repaired) => serde_json::from_slice(&repaired),
        None => Err(error),
    })
}

/// The object or list that the bytes begin with, and where it ends; something else may stand behind it.
pub(super) fn read_first(bytes: &[u8]) -> Option<(Value, usize)> {
    let sound = without_half_pairs(bytes).map_or(Cow::Borrowed(bytes), Cow::Owned);
    let mut values = serde_json::Deserializer::from_slice(&sound).into_iter::<Value>();
    let first = values.next()?.ok().filter(|value| value.is_object() || value.is_array())?;
    Some((first, values.byte_offset()))
}

/// Finds the end of a value without reading it, a byte at a time.
#[derive(Default)]
pub(super) struct Nesting {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Nesting {
    /// Whether the value ends with this byte.
    pub(super) fn ends_with(&mut self, byte: u8) -> bool {
        if self.quoted {
            let ends = byte == b'"' && !self.escaped;
            self.escaped = byte == b'\\' && !self.escaped;
            self.quoted = !ends;
            return ends && self.depth == 0;
        }
        match byte {
            b'"' => self.quoted = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// The JSON with each half of a surrogate pair that stands alone (`\ud83d`) replaced by U+FFFD, one UTF-16
/// unit for another, so that no column moves; `None` when there is none.
fn without_half_pairs(json: &[u8]) -> Option<Vec<u8>> {
    let mut repaired = json.to_vec();
    let mut at = 0;
    let mut found = false;
    while let Some(step) = json[at..].iter().position(|&byte| byte == b'\\') {
        at += step;
        match (escaped_unit(json, at), escaped_unit(json, at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => at += 12,
            (Some(0xd800..=0xdfff), _) => {
                repaired[at + 2..at + 6].copy_from_slice(b"fffd");
                found = true;
                at += 6;
            }
            _ => at = (at + 2).min(json.len()),
        }
    }
    found.then_some(repaired)
}

fn escaped_unit(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_surrogate_pair_becomes_a_replacement_character() {
        let read = read(br#"["\ud83d","\udE00x","\ud83d\ude00","\\ud83d"]"#).unwrap();
        assert_eq!(read, serde_json::json!(["\u{fffd}", "\u{fffd}x", "😀", "\\ud83d"]));
    }

    #[test]
    fn the_first_value_ends_where_its_last_bracket_is() {
        let values = [r#"{"a":"}\"]"}"#, "[[{}],1]", r#" {"\\":[]}"#, r#"{"a":"\ud83d"}"#];
        for value in values {
            for rest in ["", " ", "x", "}", "{}"] {
                let text = format!("{value}{rest}");
                assert_eq!(read_first(text.as_bytes()).map(|(_, end)| end), Some(value.len()), "{text}");
                let mut nesting = Nesting::default();
                let end = text.bytes().position(|byte| nesting.ends_with(byte));
                assert_eq!(end, Some(value.len() - 1), "{text}");
            }
        }
        for text in ["", "1 ", "\"a\"", "{", "[}", "x{}"] {
            assert!(read_first(text.as_bytes()).is_none(), "{text}");
        }
    }
}
