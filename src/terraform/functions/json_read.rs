//! Reading JSON into values with exact numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::read::{Answer, Stop};
use crate::terraform::number::Number;
use crate::terraform::value::{Item, Object, Sequence, Value, ValueKind};

/// Deeper text is not told.
const DEEPEST: usize = 100;

/// A whole JSON text; what is none fails.
pub(super) fn read(text: &str) -> Answer {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    reader.skip_blanks();
    if reader.at == text.len() { Ok(value) } else { Err(Stop::Fails) }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Skips blanks, and the token if it comes next.
    fn eat(&mut self, token: &str) -> bool {
        self.skip_blanks();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str) -> Result<(), Stop> {
        if self.eat(token) { Ok(()) } else { Err(Stop::Fails) }
    }

    fn value(&mut self, depth: usize) -> Answer {
        if depth > DEEPEST {
            return Err(Stop::Unknown);
        }
        self.skip_blanks();
        match self.rest().bytes().next() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(Value::string(self.string()?)),
            Some(b't') => self.expect("true").map(|()| Value::bool(true)),
            Some(b'f') => self.expect("false").map(|()| Value::bool(false)),
            Some(b'n') => self.expect("null").map(|()| Value::null()),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Answer {
        self.expect("{")?;
        let mut items: BTreeMap<Arc<str>, Item> = BTreeMap::new();
        if !self.eat("}") {
            loop {
                self.skip_blanks();
                let key = self.string()?;
                self.expect(":")?;
                let value = self.value(depth + 1)?;
                items.insert(key.into(), Item::always(value));
                if self.eat("}") {
                    break;
                }
                self.expect(",")?;
            }
        }
        Ok(ValueKind::Object(Object::new(items)).into())
    }

    fn array(&mut self, depth: usize) -> Answer {
        self.expect("[")?;
        let mut values = Vec::new();
        if !self.eat("]") {
            loop {
                values.push(self.value(depth + 1)?);
                if self.eat("]") {
                    break;
                }
                self.expect(",")?;
            }
        }
        Ok(ValueKind::Sequence(Sequence::tuple(values)).into())
    }

    fn number(&mut self) -> Answer {
        let rest = self.rest();
        let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.bytes().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        let written = &rest[..length];
        if !is_number(written) {
            return Err(Stop::Fails);
        }
        self.at += length;
        Number::parse(written).map(Value::number).ok_or(Stop::Unknown)
    }

    fn string(&mut self) -> Result<String, Stop> {
        let mut value = String::new();
        let mut chars = self.rest().char_indices();
        if chars.next().is_none_or(|(_, c)| c != '"') {
            return Err(Stop::Fails);
        }
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += at + 1;
                    return Ok(value);
                }
                '\\' => {
                    let (_, escape) = chars.next().ok_or(Stop::Fails)?;
                    let unescaped = match escape {
                        '"' | '\\' | '/' => escape,
                        'b' => '\u{8}',
                        'f' => '\u{c}',
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        'u' => code_point(&mut chars)?,
                        _ => return Err(Stop::Fails),
                    };
                    value.push(unescaped);
                }
                c if c < ' ' => return Err(Stop::Fails),
                c => value.push(c),
            }
        }
        Err(Stop::Fails)
    }
}

/// Behind `\u`: four digits, or eight and another `\u` for what needs a pair. A half of a pair alone is a
/// replacement character.
fn code_point(chars: &mut std::str::CharIndices<'_>) -> Result<char, Stop> {
    let first = unit(chars)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let mut ahead = chars.clone();
    let is_pair = ahead.next().is_some_and(|(_, c)| c == '\\') && ahead.next().is_some_and(|(_, c)| c == 'u');
    if is_pair && let Ok(second @ 0xdc00..0xe000) = unit(&mut ahead) {
        *chars = ahead;
        let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Ok(char::REPLACEMENT_CHARACTER)
}

fn unit(chars: &mut std::str::CharIndices<'_>) -> Result<u32, Stop> {
    let mut code = 0;
    for _ in 0..4 {
        let digit = chars.next().and_then(|(_, c)| c.to_digit(16)).ok_or(Stop::Fails)?;
        code = code * 16 + digit;
    }
    Ok(code)
}

/// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) =
        unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(are_digits)
        && exponent.is_none_or(|exponent| are_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}
