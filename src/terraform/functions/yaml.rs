//! `yamlencode`, in the one form that Terraform writes.

use std::fmt::Write as _;

use super::json;
use super::read::{self, Answer, Stop};
use super::signature::Call;
use crate::terraform::value::{LONGEST, Value, ValueKind};

/// Columns, beyond which a long string is broken at a blank.
const WIDTH: usize = 80;
/// Longer keys have a form of their own.
const LONGEST_KEY: usize = 128;

pub(super) fn encode(call: &Call<'_>) -> Answer {
    let value = &call.arguments[0];
    if !value.is_wholly_known() {
        return Err(Stop::Unknown);
    }
    let mut writer = Writer { out: String::new() };
    match &value.kind {
        ValueKind::Sequence(sequence) if !sequence.elements.is_empty() => writer.block(value, 0)?,
        ValueKind::Object(object) if !object.items.is_empty() => writer.block(value, 0)?,
        ValueKind::String(_) | ValueKind::Sequence(_) | ValueKind::Object(_) => {
            writer.scalar(value, 2)?;
            writer.end_line();
        }
        _ => {
            writer.scalar(value, 2)?;
            // A plain scalar leaves the document open.
            writer.out.push_str("\n...\n");
        }
    }
    Ok(Value::string(writer.out))
}

struct Writer {
    out: String,
}

impl Writer {
    fn end_line(&mut self) {
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn indent(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn column(&self) -> usize {
        let line = self.out.rfind('\n').map_or(0, |at| at + 1);
        self.out[line..].chars().count()
    }

    /// Items or elements, the first of them where the line stands.
    fn block(&mut self, value: &Value, indent: usize) -> Result<(), Stop> {
        if self.out.len() > LONGEST {
            return Err(Stop::Unknown);
        }
        match &value.kind {
            ValueKind::Sequence(sequence) => {
                for (at, element) in sequence.elements.iter().enumerate() {
                    if at > 0 {
                        self.indent(indent);
                    }
                    self.out.push_str("- ");
                    match is_block(&element.value) {
                        true => self.block(&element.value, indent + 2)?,
                        false => self.scalar(&element.value, indent + 2)?,
                    }
                    self.end_line();
                }
            }
            ValueKind::Object(object) => {
                for (at, (key, item)) in object.items.iter().enumerate() {
                    if at > 0 {
                        self.indent(indent);
                    }
                    self.key(key)?;
                    self.item(&item.value, indent)?;
                    self.end_line();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn key(&mut self, key: &str) -> Result<(), Stop> {
        if key.contains('\n') || key.len() > LONGEST_KEY {
            return Err(Stop::Unknown);
        }
        self.quoted(key, None)?;
        self.out.push(':');
        Ok(())
    }

    /// A list stands under its key without further indentation.
    fn item(&mut self, value: &Value, indent: usize) -> Result<(), Stop> {
        if !is_block(value) {
            self.out.push(' ');
            return self.scalar(value, indent + 2);
        }
        self.out.push('\n');
        let inner = if matches!(value.kind, ValueKind::Sequence(_)) { indent } else { indent + 2 };
        self.indent(inner);
        self.block(value, inner)
    }

    /// Anything on one line, or a literal block.
    fn scalar(&mut self, value: &Value, indent: usize) -> Result<(), Stop> {
        match &value.kind {
            ValueKind::Null => self.out.push_str("null"),
            ValueKind::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            ValueKind::Number(number) => {
                let _ = write!(self.out, "{number}");
            }
            ValueKind::Sequence(_) => self.out.push_str("[]"),
            ValueKind::Object(_) => self.out.push_str("{}"),
            ValueKind::String(text) => {
                let text = json::text(text).ok_or(Stop::Unknown)?;
                if is_literal(&text) {
                    self.literal(&text, indent)
                } else {
                    self.quoted(&text, Some(indent))?
                }
            }
            _ => return Err(Stop::Unknown),
        }
        Ok(())
    }

    fn literal(&mut self, text: &str, indent: usize) {
        self.out.push('|');
        if text.starts_with([' ', '\n']) {
            self.out.push('2');
        }
        if !text.ends_with('\n') {
            self.out.push('-');
        } else if text == "\n" || text.ends_with("\n\n") {
            self.out.push('+');
        }
        self.out.push('\n');
        for line in text.split_inclusive('\n') {
            if line != "\n" {
                self.indent(indent);
            }
            self.out.push_str(line);
        }
    }

    /// In double quotes; broken at blanks onto lines with that indentation.
    fn quoted(&mut self, text: &str, indent: Option<usize>) -> Result<(), Stop> {
        self.out.push('"');
        let mut is_after_blank = false;
        let last = text.chars().count().saturating_sub(1);
        let mut chars = text.chars().enumerate().peekable();
        while let Some((at, c)) = chars.next() {
            if c == ' ' {
                let may_break = !is_after_blank && at > 0 && at < last;
                match indent.filter(|_| may_break && self.column() > WIDTH) {
                    Some(indent) => {
                        self.out.push('\n');
                        self.indent(indent);
                        if chars.peek().is_some_and(|(_, next)| *next == ' ') {
                            self.out.push('\\');
                        }
                    }
                    None => self.out.push(' '),
                }
                is_after_blank = true;
                continue;
            }
            is_after_blank = false;
            self.character(c)?;
        }
        self.out.push('"');
        Ok(())
    }

    fn character(&mut self, c: char) -> Result<(), Stop> {
        let code = u32::from(c);
        let _ = match c {
            '"' | '\\' => write!(self.out, "\\{c}"),
            '\n' => write!(self.out, "\\n"),
            '\r' => write!(self.out, "\\r"),
            '\t' => write!(self.out, "\\t"),
            '\u{0}' => write!(self.out, "\\0"),
            '\u{7}' => write!(self.out, "\\a"),
            '\u{8}' => write!(self.out, "\\b"),
            '\u{b}' => write!(self.out, "\\v"),
            '\u{c}' => write!(self.out, "\\f"),
            '\u{1b}' => write!(self.out, "\\e"),
            '\u{85}' => write!(self.out, "\\N"),
            '\u{2028}' => write!(self.out, "\\L"),
            '\u{2029}' => write!(self.out, "\\P"),
            // What follows such a mark is escaped in ways of its own.
            '\u{feff}' => return Err(Stop::Unknown),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => write!(self.out, "\\x{code:02X}"),
            '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' => return Err(Stop::Unknown),
            '\u{10000}'.. => write!(self.out, "\\U{code:08X}"),
            c => write!(self.out, "{c}"),
        };
        Ok(())
    }
}

fn is_block(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Sequence(sequence) => !sequence.elements.is_empty(),
        ValueKind::Object(object) => !object.items.is_empty(),
        _ => false,
    }
}

/// Several lines of plain text, without blanks at their ends.
fn is_literal(text: &str) -> bool {
    let is_plain =
        |c: char| c == '\n' || !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'..);
    text.contains('\n') && text.chars().all(is_plain) && !text.contains(" \n") && !text.ends_with(' ')
}

/// `yamldecode`
pub(super) fn decode(call: &Call<'_>) -> Answer {
    let text = read::text(&call.arguments[0])?;
    call.charge(text.len() / 8)?;
    super::yaml_read::read(&text, call)
}
