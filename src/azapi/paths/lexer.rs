//! The tokens of JMESPath.

use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Name(String),
    Quoted(String),
    /// A text in single quotes or a value in backticks.
    Literal,
    Number,
    /// `.`, `||`, `[?`, …
    Sign(&'static str),
    End,
}

/// Longer ones first.
const SIGNS: [&str; 26] = [
    "||", "&&", "==", "!=", "<=", ">=", "[?", "[]", "|", "&", "!", "<", ">", ".", "*", "[", "]", "{", "}",
    "(", ")", ",", ":", "@", "=", "-",
];

/// With the bytes of each; the last is the end.
pub(super) type Tokens = Vec<(Token, Range<usize>)>;

/// `Err`: where, and what is missing there.
pub(super) fn tokens(text: &str) -> Result<Tokens, (Range<usize>, &'static str)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let (token, length) = if c.is_ascii_alphabetic() || c == '_' {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            (Token::Name(rest[..end].to_owned()), end)
        } else if c.is_ascii_digit() || c == '-' {
            let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
            if c == '-' && digits == 0 {
                return Err((at..at + 1, "a number"));
            }
            (Token::Number, 1 + digits)
        } else if matches!(c, '\'' | '"' | '`') {
            let end = closing(rest, c).ok_or((at..text.len(), "a closing quote"))?;
            match c {
                '"' => {
                    let name = serde_json::from_str::<String>(&rest[..end]);
                    (Token::Quoted(name.map_err(|_| (at..at + end, "a name in quotes"))?), end)
                }
                _ => (Token::Literal, end),
            }
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            let Some(sign) = sign else { return Err((at..at + c.len_utf8(), "an operator")) };
            (Token::Sign(sign), sign.len())
        };
        all.push((token, at..at + length));
        at += length;
    }
    all.push((Token::End, text.len()..text.len()));
    Ok(all)
}

/// The end of what begins with a quote.
fn closing(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}
