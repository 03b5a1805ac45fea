//! Reading one YAML document as Terraform does: the scalars of YAML 1.1 without its octal and sexagesimal numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, StrInput, Tag};

use super::read::{Answer, Stop};
use super::signature::Call;
use crate::terraform::convert::is_decimal;
use crate::terraform::number::Number;
use crate::terraform::value::{Item, Object, Sequence, Value, ValueKind};

/// Deeper text is not told.
const DEEPEST: usize = 64;

pub(super) fn read(text: &str, call: &Call<'_>) -> Answer {
    // This parser reads tabs at the start of a line, and directives, that Terraform's refuses.
    let is_odd = |line: &str| line.trim_start_matches(' ').starts_with('\t');
    if text.starts_with('%') || text.lines().any(is_odd) {
        return Err(Stop::Unknown);
    }
    let mut reader = Reader { parser: Parser::new_from_str(text), anchors: BTreeMap::new(), call };
    let mut document = None;
    loop {
        match reader.event()? {
            Event::DocumentStart(_) => {
                if document.is_some() {
                    return Err(Stop::Fails);
                }
                let first = reader.event()?;
                document = Some(reader.value(first, 0)?);
            }
            Event::StreamEnd => return document.ok_or(Stop::Fails),
            _ => {}
        }
    }
}

struct Reader<'t, 'c> {
    parser: Parser<'t, StrInput<'t>>,
    anchors: BTreeMap<usize, Value>,
    call: &'c Call<'c>,
}

impl<'t> Reader<'t, '_> {
    /// What this parser refuses, Terraform's may read.
    fn event(&mut self) -> Result<Event<'t>, Stop> {
        match self.parser.next_event() {
            Some(Ok((event, _))) => Ok(event),
            _ => Err(Stop::Unknown),
        }
    }

    fn value(&mut self, event: Event<'t>, depth: usize) -> Answer {
        if depth > DEEPEST {
            return Err(Stop::Unknown);
        }
        self.call.charge(1)?;
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                (scalar(&text, style == ScalarStyle::Plain, tag.as_deref())?, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_tag(tag.as_deref())?;
                (self.sequence(depth)?, anchor)
            }
            Event::MappingStart(anchor, tag) => {
                refuse_tag(tag.as_deref())?;
                (self.mapping(depth)?, anchor)
            }
            // One that is not complete yet contains itself.
            Event::Alias(anchor) => return self.anchors.get(&anchor).cloned().ok_or(Stop::Fails),
            _ => return Err(Stop::Unknown),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn sequence(&mut self, depth: usize) -> Answer {
        let mut values = Vec::new();
        loop {
            match self.event()? {
                Event::SequenceEnd => return Ok(ValueKind::Sequence(Sequence::tuple(values)).into()),
                event => values.push(self.value(event, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Answer {
        let mut items: BTreeMap<Arc<str>, Item> = BTreeMap::new();
        loop {
            let event = self.event()?;
            if event == Event::MappingEnd {
                return Ok(ValueKind::Object(Object::new(items)).into());
            }
            let is_merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<");
            let key = key(&self.value(event, depth + 1)?)?;
            let event = self.event()?;
            let value = self.value(event, depth + 1)?;
            if is_merge {
                return Err(Stop::Unknown);
            }
            items.insert(key, Item::always(value));
        }
    }
}

fn refuse_tag(tag: Option<&Tag>) -> Result<(), Stop> {
    if tag.is_some() { Err(Stop::Unknown) } else { Ok(()) }
}

/// Scalars become strings; null and collections are refused.
fn key(value: &Value) -> Result<Arc<str>, Stop> {
    match &value.kind {
        ValueKind::Bool(_) | ValueKind::Number(_) | ValueKind::String(_) => {
            crate::terraform::convert::to_string(value).as_str().ok_or(Stop::Unknown)
        }
        _ => Err(Stop::Fails),
    }
}

fn scalar(text: &str, is_plain: bool, tag: Option<&Tag>) -> Answer {
    match tag {
        None if is_plain => resolved(text),
        None => Ok(Value::string(text)),
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => Ok(Value::string(text)),
        Some(_) => Err(Stop::Unknown),
    }
}

fn resolved(text: &str) -> Answer {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::null()),
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "y" | "Y" => {
            return Ok(Value::bool(true));
        }
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "n" | "N" => {
            return Ok(Value::bool(false));
        }
        _ => {}
    }
    if let Some(number) = number(text) {
        return number.map(Value::number);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return Err(Stop::Fails);
    }
    if is_like_time(text) {
        return Err(Stop::Unknown);
    }
    Ok(Value::string(text))
}

/// Decimal with or without point and exponent, `0x1f` and `0o17`; `None` for what is no number.
fn number(text: &str) -> Option<Result<Number, Stop>> {
    for (prefix, base) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let is_digits = !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
            return is_digits.then(|| Number::parse_radix(digits, base).ok_or(Stop::Unknown));
        }
    }
    is_decimal(text).then(|| Number::parse(text).ok_or(Stop::Unknown))
}

/// `2001-12-14` and what begins so: Terraform rewrites those that are times.
fn is_like_time(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let has_digits = |part: Option<&str>, count: std::ops::RangeInclusive<usize>| {
        part.is_some_and(|part| count.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    has_digits(parts.next(), 4..=4)
        && has_digits(parts.next(), 1..=2)
        && parts.next().is_some_and(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}
