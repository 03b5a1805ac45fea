//! `format` and `formatlist`, with the verbs and flags that Terraform has.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::read::{self, Answer, Stop};
use super::signature::Call;
use super::{format_number, json};
use crate::terraform::convert;
use crate::terraform::number::Number;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Collection, Element, Part, PartKind, Presence, Sequence, Text, Value, ValueKind,
};

/// A width or precision beyond this is not told.
const WIDEST: usize = 4_096;

/// `%-08.3[2]f`, between `%` and the letter included.
#[derive(Debug, Clone, Default)]
struct Verb {
    is_zero: bool,
    is_sharp: bool,
    is_minus: bool,
    is_plus: bool,
    is_space: bool,
    width: Option<usize>,
    precision: Option<usize>,
    /// Counts from 1.
    index: Option<usize>,
    mode: char,
}

enum Piece {
    Literal(String),
    Verb(Verb),
}

/// `format`
pub(super) fn format(call: &Call<'_>) -> Answer {
    let (first, arguments) = call.arguments.split_first().ok_or(Stop::Fails)?;
    let pieces = pieces(&read::text(first)?)?;
    call.charge(pieces.len())?;
    from_parts(formatted(&pieces, arguments)?)
}

/// `formatlist`: the elements of the lists among the arguments in turn.
pub(super) fn formatlist(call: &Call<'_>) -> Answer {
    let (first, arguments) = call.arguments.split_first().ok_or(Stop::Fails)?;
    let pieces = pieces(&read::text(first)?)?;
    let is_list = |value: &&Value| matches!(value.kind, ValueKind::Sequence(_));
    let mut length = None;
    let mut is_open = false;
    for list in arguments.iter().filter(is_list) {
        match read::elements(list) {
            Ok(elements) if length.is_some_and(|length| length != elements.len()) => return Err(Stop::Fails),
            Ok(elements) => length = Some(elements.len()),
            Err(_) => is_open = true,
        }
    }
    if is_open || length.is_none() && arguments.iter().any(may_be_list) {
        return Err(Stop::Unknown);
    }
    let mut results = Vec::new();
    for at in 0..length.unwrap_or(1) {
        call.charge(pieces.len() + 1)?;
        let row: Vec<Value> = arguments
            .iter()
            .map(|value| match &value.kind {
                ValueKind::Sequence(sequence) => sequence.elements[at].value.clone(),
                _ => value.clone(),
            })
            .collect();
        let value = match formatted(&pieces, &row) {
            Ok(parts) => from_parts(parts)?,
            Err(Stop::Fails) => return Err(Stop::Fails),
            Err(Stop::Unknown) => unknown_text(),
        };
        results.push(Element::always(value));
    }
    Ok(read::list_of(results, Collection::List))
}

fn may_be_list(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Unknown { ty, .. } => !matches!(ty, Type::String | Type::Number | Type::Bool),
        ValueKind::Computed(_) | ValueKind::Block(_) | ValueKind::ProviderCall(_) => true,
        _ => false,
    }
}

pub(super) fn unknown_text() -> Value {
    ValueKind::Unknown { ty: Type::String, not_null: true }.into()
}

/// A string put together; one that is too long is unknown.
pub(super) fn from_parts(parts: Vec<Part>) -> Answer {
    Text::of(parts).map(|text| ValueKind::String(text).into()).ok_or(Stop::Unknown)
}

pub(super) fn made(text: impl Into<Arc<str>>) -> Part {
    Part { kind: PartKind::Known(text.into()), span: None }
}

/// The parts of a value as a string; null is refused.
pub(super) fn parts_of(value: &Value) -> Result<Vec<Part>, Stop> {
    let value = convert::to_string(value);
    let span = value.spans.first();
    match &value.kind {
        ValueKind::String(text) => Ok(json::known_parts(text)),
        ValueKind::Computed(attribute) => {
            Ok(vec![Part { kind: PartKind::Computed(Arc::clone(attribute)), span }])
        }
        ValueKind::ProviderCall(call) => Ok(vec![Part { kind: PartKind::Called(Arc::clone(call)), span }]),
        ValueKind::Null | ValueKind::Fails => Err(Stop::Fails),
        _ => Ok(vec![Part { kind: PartKind::Unknown, span }]),
    }
}

fn formatted(pieces: &[Piece], arguments: &[Value]) -> Result<Vec<Part>, Stop> {
    let mut parts = Vec::new();
    let mut next = 0;
    let mut used = 0;
    for piece in pieces {
        match piece {
            Piece::Literal(text) => parts.push(made(text.as_str())),
            Piece::Verb(verb) => {
                let at = match verb.index {
                    Some(index) => index.checked_sub(1).ok_or(Stop::Fails)?,
                    None => next,
                };
                next = at + 1;
                used = used.max(next);
                parts.extend(verb.format(arguments.get(at).ok_or(Stop::Fails)?)?);
            }
        }
    }
    if used < arguments.len() { Err(Stop::Fails) } else { Ok(parts) }
}

fn pieces(format: &str) -> Result<Vec<Piece>, Stop> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        literal.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(behind) = rest.strip_prefix('%') {
            literal.push('%');
            rest = behind;
            continue;
        }
        let (verb, behind) = verb(rest)?;
        pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        pieces.push(Piece::Verb(verb));
        rest = behind;
    }
    literal.push_str(rest);
    pieces.push(Piece::Literal(literal));
    Ok(pieces)
}

/// `flags width? (. precision)? ([index])? letter`
fn verb(text: &str) -> Result<(Verb, &str), Stop> {
    let mut verb = Verb::default();
    let unflagged = text.trim_start_matches(['0', '#', '-', '+', ' ']);
    for flag in text[..text.len() - unflagged.len()].chars() {
        match flag {
            '0' => verb.is_zero = true,
            '#' => verb.is_sharp = true,
            '-' => verb.is_minus = true,
            '+' => verb.is_plus = true,
            _ => verb.is_space = true,
        }
    }
    verb.is_zero &= !verb.is_minus;
    let (width, mut rest) = count(unflagged)?;
    verb.width = width;
    if let Some(behind) = rest.strip_prefix('.') {
        let (precision, behind) = count(behind)?;
        verb.precision = Some(precision.unwrap_or(0));
        rest = behind;
    }
    if let Some(behind) = rest.strip_prefix('[') {
        let (index, behind) = count(behind)?;
        verb.index = Some(index.ok_or(Stop::Fails)?);
        rest = behind.strip_prefix(']').ok_or(Stop::Fails)?;
    }
    verb.mode = rest.chars().next().ok_or(Stop::Fails)?;
    let behind = &rest[verb.mode.len_utf8()..];
    Ok((verb, behind))
}

fn count(text: &str) -> Result<(Option<usize>, &str), Stop> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    if digits.is_empty() {
        return Ok((None, rest));
    }
    match digits.parse() {
        Ok(count) if count <= WIDEST => Ok((Some(count), rest)),
        _ => Err(Stop::Unknown),
    }
}

impl Verb {
    fn format(&self, value: &Value) -> Result<Vec<Part>, Stop> {
        // Without a type Terraform leaves a null open.
        if value.is_null() {
            return Err(Stop::Unknown);
        }
        match self.mode {
            'v' => self.as_is(value),
            's' => self.text(value, false),
            'q' => self.text(value, true),
            't' => self.scalar(&convert::to_bool(value), &|value| {
                value.as_bool().map(|value| value.to_string()).ok_or(Stop::Unknown)
            }),
            'd' | 'b' | 'o' | 'x' | 'X' | 'e' | 'E' | 'f' | 'g' | 'G' => self
                .scalar(&convert::to_number(value), &|value| {
                    value.as_number().ok_or(Stop::Unknown).and_then(|number| self.number(number))
                }),
            _ => Err(Stop::Fails),
        }
    }

    /// Text of a known value, an unknown part otherwise.
    fn scalar(
        &self,
        value: &Value,
        write: &dyn Fn(&Value) -> Result<String, Stop>,
    ) -> Result<Vec<Part>, Stop> {
        match value.kind {
            ValueKind::Fails => Err(Stop::Fails),
            ValueKind::Bool(_) | ValueKind::Number(_) => Ok(vec![made(write(value)?)]),
            _ => Ok(vec![Part { kind: PartKind::Unknown, span: value.spans.first() }]),
        }
    }

    /// `%v`: strings as they are, the rest as JSON.
    fn as_is(&self, value: &Value) -> Result<Vec<Part>, Stop> {
        match &value.kind {
            ValueKind::String(_) if !self.is_sharp => {
                Verb { precision: None, ..self.clone() }.text(value, false)
            }
            ValueKind::Number(number) if !self.is_sharp => {
                Ok(vec![made(self.padded(format_number::general(number, None, false)))])
            }
            ValueKind::Computed(_) | ValueKind::ProviderCall(_) if !self.is_sharp && self.width.is_none() => {
                parts_of(value)
            }
            ValueKind::Bool(_)
            | ValueKind::Number(_)
            | ValueKind::String(_)
            | ValueKind::Sequence(_)
            | ValueKind::Object(_) => {
                let mut text = String::new();
                match json::write(value, &mut text) {
                    Some(()) => Ok(vec![made(self.padded(text))]),
                    None if self.width.is_none() => {
                        Ok(vec![Part { kind: PartKind::Json(Arc::new(value.clone())), span: None }])
                    }
                    None => Ok(vec![Part { kind: PartKind::Unknown, span: None }]),
                }
            }
            ValueKind::Fails => Err(Stop::Fails),
            _ => Ok(vec![Part { kind: PartKind::Unknown, span: value.spans.first() }]),
        }
    }

    /// `%s` and `%q`.
    fn text(&self, value: &Value, is_quoted: bool) -> Result<Vec<Part>, Stop> {
        let parts = parts_of(value)?;
        if self.width.is_none() && self.precision.is_none() && !is_quoted {
            return Ok(parts);
        }
        let mut whole = String::new();
        for part in &parts {
            let PartKind::Known(text) = &part.kind else {
                return Ok(vec![Part { kind: PartKind::Unknown, span: value.spans.first() }]);
            };
            whole.push_str(text);
        }
        if let Some(precision) = self.precision {
            whole = whole.graphemes(true).take(precision).collect();
        }
        if is_quoted {
            let mut quoted = String::new();
            json::write_string(&whole, &mut quoted);
            whole = quoted;
        }
        Ok(vec![made(self.padded(whole))])
    }

    fn padded(&self, text: String) -> String {
        let Some(width) = self.width else { return text };
        let missing = width.saturating_sub(text.graphemes(true).count());
        let padding = if self.is_zero { "0" } else { " " }.repeat(missing);
        if self.is_minus { text + &padding } else { padding + &text }
    }

    fn number(&self, number: &Number) -> Result<String, Stop> {
        let text = match self.mode {
            'd' | 'b' | 'o' | 'x' | 'X' => self.integer(number)?,
            'e' | 'E' => format_number::exponential(number, self.precision.unwrap_or(6), self.mode == 'E'),
            'f' => format_number::fixed(number, self.precision.unwrap_or(6)),
            _ => format_number::general(number, self.precision, self.mode == 'G'),
        };
        Ok(self.signed_and_padded(&text))
    }

    fn integer(&self, number: &Number) -> Result<String, Stop> {
        let (base, prefix) = match self.mode {
            'b' => (2, "0b"),
            'o' => (8, "0"),
            'x' => (16, "0x"),
            'X' => (16, "0X"),
            _ => (10, ""),
        };
        let mut text = format_number::integer(number, base).ok_or(Stop::Fails)?;
        if self.mode == 'X' {
            text.make_ascii_uppercase();
        }
        let (sign, digits) = text.strip_prefix('-').map_or(("", &*text), |digits| ("-", digits));
        let zeros = "0".repeat(self.precision.unwrap_or(0).saturating_sub(digits.len()));
        Ok(format!("{sign}{}{zeros}{digits}", if self.is_sharp { prefix } else { "" }))
    }

    /// Zeros go between the sign and the digits.
    fn signed_and_padded(&self, text: &str) -> String {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None if self.is_plus => ("+", text),
            None if self.is_space => (" ", text),
            None => ("", text),
        };
        let missing = self.width.unwrap_or(0).saturating_sub(sign.len() + digits.len());
        match (self.is_minus, self.is_zero) {
            (true, _) => format!("{sign}{digits}{}", " ".repeat(missing)),
            (_, true) => format!("{sign}{}{digits}", "0".repeat(missing)),
            _ => format!("{}{sign}{digits}", " ".repeat(missing)),
        }
    }
}

/// `join`
pub(super) fn join(call: &Call<'_>) -> Answer {
    let (separator, lists) = call.arguments.split_first().ok_or(Stop::Fails)?;
    if lists.is_empty() {
        return Err(Stop::Fails);
    }
    let separator = parts_of(separator)?;
    let mut parts: Vec<Part> = Vec::new();
    let mut is_first = true;
    for list in lists {
        let sequence = read::sequence(list)?;
        call.charge(sequence.elements.len())?;
        if !read::has_known_length(sequence) {
            return partly_joined(parts, sequence, &separator, is_first);
        }
        for element in &*sequence.elements {
            if !is_first {
                parts.extend(separator.iter().cloned());
            }
            is_first = false;
            parts.extend(parts_of(&element.value)?);
        }
    }
    from_parts(parts)
}

/// What is certain of it where the number of elements is not: how it begins.
fn partly_joined(mut parts: Vec<Part>, list: &Sequence, separator: &[Part], is_first: bool) -> Answer {
    let has_order = list.rest.is_none() && list.collection != Collection::Set;
    let next = list.elements.first().filter(|element| has_order && element.presence == Presence::Always);
    if let Some(element) = next {
        if !is_first {
            parts.extend(separator.iter().cloned());
        }
        parts.extend(parts_of(&element.value)?);
    }
    parts.push(Part { kind: PartKind::Unknown, span: None });
    from_parts(parts)
}
