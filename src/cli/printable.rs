//! Texts as a terminal may have them: what comes from files must not steer it.

use std::io::{self, Write};

/// A name or a message, in one line: what would steer a terminal is shown escaped.
pub(super) fn printable(text: &str) -> String {
    escaped(text, |_| false)
}

/// What is written to a terminal without colours: the lines stay, all else that would steer it is shown escaped.
pub(super) struct Printable<'w>(pub(super) &'w mut dyn Write);

impl Write for Printable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = escaped(&String::from_utf8_lossy(bytes), |c| matches!(c, '\n' | '\t'));
        self.0.write_all(text.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // Bidirectional controls make a name look like another one.
        let steers = c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        match steers && !stays(c) {
            true => out.extend(c.escape_default()),
            false => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_steer_a_terminal_is_escaped() {
        assert_eq!(printable("a\u{1b}[31m\r\n\u{202e}b é.tf"), "a\\u{1b}[31m\\r\\n\\u{202e}b é.tf");
    }

    #[test]
    fn lines_and_indentation_stay_in_what_is_written() {
        let mut written = Vec::new();
        write!(Printable(&mut written), "a\n\tb\u{1b}[1m é\n").unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "a\n\tb\\u{1b}[1m é\n");
    }
}
