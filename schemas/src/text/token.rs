//! The small words of the text form: names, quoted texts, sets of bits.

use std::fmt::Write;

/// Letters of property flags, from bit 1 up: required, read-only, write-only, deploy-time constant, identifier.
pub(super) const FLAG_LETTERS: &str = "rowdi";

/// Letters of scopes, from bit 1 up: tenant, management group, subscription, resource group, extension.
pub(super) const SCOPE_LETTERS: &str = "tmsgx";

/// Whether a name may stand without quotes.
pub(super) fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'$' | b'@' | b'-' | b'/')
}

/// A name as it is when all of it is bare, else quoted.
pub(super) fn write_word(out: &mut String, word: &str) {
    if !word.is_empty() && word.bytes().all(is_bare) {
        out.push_str(word);
    } else {
        write_quoted(out, word);
    }
}

/// A text in quotes, on one line whatever it holds.
pub(super) fn write_quoted(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{2028}' | '\u{2029}' => write_code(out, character),
            other if other.is_control() => write_code(out, other),
            other => out.push(other),
        }
    }
    out.push('"');
}

fn write_code(out: &mut String, character: char) {
    let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
}

/// One letter a bit; the whole as a decimal number where a bit has no letter; `none` for zero.
pub(super) fn write_bits(out: &mut String, bits: u32, letters: &str, none: &str) {
    if bits == 0 {
        out.push_str(none);
    } else if bits >> letters.len() != 0 {
        let _ = write!(out, "{bits}");
    } else {
        let set = letters.chars().enumerate();
        out.extend(set.filter(|(at, _)| bits >> at & 1 == 1).map(|(_, it)| it));
    }
}

/// The inverse of [`write_bits`]; `None` for anything it does not write.
pub(super) fn read_bits(word: &str, letters: &str, none: &str) -> Option<u32> {
    if word == none {
        return Some(0);
    }
    if word.starts_with(|it: char| it.is_ascii_digit()) {
        return word.parse().ok();
    }
    let mut bits = 0;
    for letter in word.chars() {
        let bit = 1 << letters.find(letter)?;
        if bits & bit != 0 {
            return None;
        }
        bits |= bit;
    }
    Some(bits)
}

/// Takes words off the front of a line.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) rest: &'t str,
}

/// What stands at the cursor is not what the grammar wants; the words say what was wanted.
pub(super) type Expected = &'static str;

impl<'t> Cursor<'t> {
    pub(super) fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    pub(super) fn expect(&mut self, text: &str, wanted: Expected) -> Result<(), Expected> {
        if self.eat(text) { Ok(()) } else { Err(wanted) }
    }

    pub(super) fn end(&self) -> Result<(), Expected> {
        if self.rest.is_empty() { Ok(()) } else { Err("the end of the line") }
    }

    /// The longest start that `accept` takes; may be empty.
    pub(super) fn take_while(&mut self, accept: impl Fn(u8) -> bool) -> &'t str {
        let len = self.rest.bytes().take_while(|it| accept(*it)).count();
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        taken
    }

    /// A bare or quoted name.
    pub(super) fn word(&mut self) -> Result<String, Expected> {
        if self.rest.starts_with('"') {
            return self.quoted();
        }
        match self.take_while(is_bare) {
            "" => Err("a name"),
            word => Ok(word.to_owned()),
        }
    }

    /// A text in quotes, unescaped.
    pub(super) fn quoted(&mut self) -> Result<String, Expected> {
        self.expect("\"", "a text in quotes")?;
        let mut text = String::new();
        loop {
            let stop = self.rest.find(['"', '\\']).ok_or("a closing quote")?;
            text.push_str(&self.rest[..stop]);
            self.rest = &self.rest[stop..];
            if self.eat("\"") {
                return Ok(text);
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, Expected> {
        const WANTED: Expected = "one of the escapes \\\" \\\\ \\u{…}";
        if self.eat("\\\"") {
            return Ok('"');
        }
        if self.eat("\\\\") {
            return Ok('\\');
        }
        self.expect("\\u{", WANTED)?;
        let digits = self.take_while(|it| it.is_ascii_hexdigit());
        self.expect("}", WANTED)?;
        let code = u32::from_str_radix(digits, 16).map_err(|_| WANTED)?;
        char::from_u32(code).ok_or(WANTED)
    }

    /// A decimal number; `None` when none stands here.
    pub(super) fn number<N: std::str::FromStr>(&mut self) -> Result<Option<N>, Expected> {
        match self.take_while(|it| it.is_ascii_digit() || it == b'-') {
            "" => Ok(None),
            digits => digits.parse().map(Some).map_err(|_| "a number in range"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, SCOPE_LETTERS, read_bits, write_bits, write_word};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_word_reads_back(word in "\\PC*|[\\x00-\\x7f\u{85}\u{2028}]*") {
            let mut line = String::new();
            write_word(&mut line, &word);
            prop_assert_eq!(line.lines().count(), 1);
            prop_assert_eq!(Cursor { rest: &line }.word(), Ok(word));
        }

        #[test]
        fn any_bits_read_back(bits in prop_oneof![0_u32..40, any::<u32>()]) {
            let mut word = String::new();
            write_bits(&mut word, bits, SCOPE_LETTERS, "-");
            prop_assert_eq!(read_bits(&word, SCOPE_LETTERS, "-"), Some(bits));
        }
    }

    #[test]
    fn bits_are_refused_when_a_letter_is_unknown_or_repeated() {
        assert_eq!(read_bits("gz", SCOPE_LETTERS, "-"), None);
        assert_eq!(read_bits("gg", SCOPE_LETTERS, "-"), None);
    }
}
