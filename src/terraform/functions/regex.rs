//! Regular expressions with RE2's meaning. What this engine reads differently is translated or not told.

use std::sync::Arc;

use regex::{Captures, Regex, RegexBuilder};

use super::read::{self, Answer, Stop};
use super::signature::Call;
use crate::terraform::value::{Collection, Element, Item, LONGEST, Object, Sequence, Value, ValueKind};

/// Bytes of a compiled expression.
const LARGEST: usize = 1 << 20;

pub(super) fn regex(call: &Call<'_>) -> Answer {
    let regex = compiled(&read::text(&call.arguments[0])?)?;
    let text = read::text(&call.arguments[1])?;
    call.charge(text.len() / 16)?;
    let captures = regex.captures(&text).ok_or(Stop::Fails)?;
    captured(&regex, &captures)
}

pub(super) fn regexall(call: &Call<'_>) -> Answer {
    let regex = compiled(&read::text(&call.arguments[0])?)?;
    let text = read::text(&call.arguments[1])?;
    call.charge(text.len() / 16)?;
    let mut found = Vec::new();
    for captures in regex.captures_iter(&text) {
        call.charge(captures.len())?;
        found.push(Element::always(captured(&regex, &captures)?));
    }
    Ok(read::list_of(found, Collection::List))
}

/// `$1` and `${name}` stand for groups.
pub(super) fn replace(text: &str, pattern: &str, replacement: &str) -> Answer {
    let regex = compiled(pattern)?;
    let mut result = String::new();
    let mut last = 0;
    for captures in regex.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        result.push_str(&text[last..whole.start()]);
        captures.expand(replacement, &mut result);
        last = whole.end();
        if result.len() > LONGEST {
            return Err(Stop::Unknown);
        }
    }
    result.push_str(&text[last..]);
    Ok(Value::string(result))
}

/// The match, or a tuple of its groups, or an object of its named groups.
fn captured(regex: &Regex, captures: &Captures<'_>) -> Answer {
    let value = |at: usize| captures.get(at).map_or_else(Value::null, |group| Value::string(group.as_str()));
    if captures.len() == 1 {
        return Ok(value(0));
    }
    let names: Vec<Option<&str>> = regex.capture_names().skip(1).collect();
    if names.iter().all(Option::is_none) {
        return Ok(ValueKind::Sequence(Sequence::tuple((1..captures.len()).map(value))).into());
    }
    let mut items = std::collections::BTreeMap::new();
    for (at, name) in names.into_iter().enumerate() {
        // Named and unnamed groups together are refused.
        let name: Arc<str> = name.ok_or(Stop::Fails)?.into();
        items.insert(name, Item::always(value(at + 1)));
    }
    Ok(ValueKind::Object(Object::new(items)).into())
}

fn compiled(pattern: &str) -> Result<Regex, Stop> {
    if pattern.len() > 4_096 {
        return Err(Stop::Unknown);
    }
    let pattern = translated(pattern)?;
    let regex = RegexBuilder::new(&pattern).size_limit(LARGEST).dfa_size_limit(LARGEST).build();
    // RE2 may read what this engine refuses.
    regex.map_err(|_| Stop::Unknown)
}

/// RE2's syntax in this engine's. Fails where RE2 surely refuses the pattern.
fn translated(pattern: &str) -> Result<String, Stop> {
    let mut out = String::new();
    let mut rest = pattern;
    let mut depth = 0_usize;
    while let Some(c) = rest.chars().next() {
        match c {
            '\\' => {
                rest = escape(rest, false, &mut out)?;
                continue;
            }
            '[' => {
                rest = class(rest, &mut out)?;
                continue;
            }
            '(' => {
                depth += 1;
                check_group(rest)?;
            }
            ')' => depth = depth.checked_sub(1).ok_or(Stop::Fails)?,
            // Braces that count nothing stand for themselves.
            '*' | '+' | '?' | '{' => {
                if let Some(behind) = repetition(rest, &mut out)? {
                    rest = behind;
                    continue;
                }
                out.push('\\');
            }
            '}' | ']' => out.push('\\'),
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    if depth > 0 { Err(Stop::Fails) } else { Ok(out) }
}

/// Takes an operator such as `*`, `+?` or `{2,3}`; one that follows another is refused. `None` for braces that count
/// nothing.
fn repetition<'t>(text: &'t str, out: &mut String) -> Result<Option<&'t str>, Stop> {
    let length = if text.starts_with('{') { counted(text)? } else { Some(1) };
    let Some(length) = length else { return Ok(None) };
    let is_lazy = text[length..].starts_with('?');
    let (operator, behind) = text.split_at(length + usize::from(is_lazy));
    out.push_str(operator);
    let is_nested =
        behind.starts_with(['*', '+', '?']) || behind.starts_with('{') && counted(behind)?.is_some();
    if is_nested { Err(Stop::Fails) } else { Ok(Some(behind)) }
}

/// Bytes of `{2}`, `{2,}` or `{2,3}` at the start; RE2 counts to a thousand.
fn counted(text: &str) -> Result<Option<usize>, Stop> {
    let Some((inside, _)) = text[1..].split_once('}') else { return Ok(None) };
    let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if least.is_empty() || !are_digits(least) || !are_digits(most) {
        return Ok(None);
    }
    let is_too_large = |part: &str| part.parse::<u32>().map_or(!part.is_empty(), |count| count > 1_000);
    if is_too_large(least) || is_too_large(most) { Err(Stop::Fails) } else { Ok(Some(inside.len() + 2)) }
}

/// Flags and groups that one of the engines does not have.
fn check_group(text: &str) -> Result<(), Stop> {
    let Some(inside) = text.strip_prefix("(?") else { return Ok(()) };
    if inside.starts_with(['=', '!']) || inside.starts_with("<=") || inside.starts_with("<!") {
        return Err(Stop::Fails);
    }
    if inside.starts_with(['P', '<']) {
        return Ok(());
    }
    let flags = inside.split([':', ')']).next().unwrap_or_default();
    if flags.chars().all(|c| matches!(c, 'i' | 'm' | 's' | 'U' | '-')) { Ok(()) } else { Err(Stop::Fails) }
}

/// Translates one escape; gives what follows it. Perl's classes are those of ASCII.
fn escape<'t>(text: &'t str, in_class: bool, out: &mut String) -> Result<&'t str, Stop> {
    let c = text[1..].chars().next().ok_or(Stop::Fails)?;
    let behind = &text[1 + c.len_utf8()..];
    let class = match c {
        'd' => Some(("0-9", false)),
        'D' => Some(("0-9", true)),
        'w' => Some(("0-9A-Za-z_", false)),
        'W' => Some(("0-9A-Za-z_", true)),
        's' => Some(("\\t\\n\\f\\r ", false)),
        'S' => Some(("\\t\\n\\f\\r ", true)),
        _ => None,
    };
    if let Some((members, is_negated)) = class {
        out.push_str(if is_negated { "[^" } else { "[" });
        out.push_str(members);
        out.push(']');
        return Ok(behind);
    }
    match c {
        'Q' if !in_class => {
            let (quoted, behind) = behind.split_once("\\E").unwrap_or((behind, ""));
            out.push_str(&regex::escape(quoted));
            return Ok(behind);
        }
        'b' if !in_class => out.push_str("(?-u:\\b)"),
        // Between bytes of a character there is a place of this kind too.
        'B' if !in_class => return Err(Stop::Unknown),
        'A' | 'z' if !in_class => out.extend(['\\', c]),
        'p' | 'P' | 'x' => {
            out.extend(['\\', c]);
            let end = if behind.starts_with('{') { behind.find('}').ok_or(Stop::Fails)? + 1 } else { 0 };
            out.push_str(&behind[..end]);
            return Ok(&behind[end..]);
        }
        'a' | 'f' | 't' | 'n' | 'r' | 'v' => out.extend(['\\', c]),
        '0'..='7' => return octal(&text[1..], out),
        // One byte, which this engine cannot match in a string.
        'C' if !in_class => return Err(Stop::Unknown),
        c if c.is_ascii_punctuation() => out.push_str(&escaped(c)),
        _ => return Err(Stop::Fails),
    }
    Ok(behind)
}

/// Up to three digits; one alone would be a group, which RE2 does not match again.
fn octal<'t>(digits: &'t str, out: &mut String) -> Result<&'t str, Stop> {
    let length = digits.bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    if length == 1 && !digits.starts_with('0') {
        return Err(Stop::Fails);
    }
    let code = u32::from_str_radix(&digits[..length], 8).map_err(|_| Stop::Unknown)?;
    out.push_str(&format!("\\x{{{code:x}}}"));
    Ok(&digits[length..])
}

fn escaped(c: char) -> String {
    match c {
        '&' | '~' | '-' => format!("\\{c}"),
        c => regex::escape(&c.to_string()),
    }
}

/// Translates `[…]`: without nesting, and without this engine's operators between sets.
fn class<'t>(text: &'t str, out: &mut String) -> Result<&'t str, Stop> {
    out.push('[');
    let mut rest = &text[1..];
    if let Some(behind) = rest.strip_prefix('^') {
        out.push('^');
        rest = behind;
    }
    let mut is_first = true;
    loop {
        let c = rest.chars().next().ok_or(Stop::Fails)?;
        match c {
            ']' if !is_first => {
                out.push(']');
                return Ok(&rest[1..]);
            }
            '[' if rest.starts_with("[:") && rest.contains(":]") => {
                let end = rest.find(":]").map_or(rest.len(), |at| at + 2);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            '\\' => rest = escape(rest, true, out)?,
            '-' => {
                // A hyphen is an operator only between two members.
                let is_last = rest[1..].starts_with(']');
                out.push_str(if is_first || is_last { "\\-" } else { "-" });
                rest = &rest[1..];
            }
            c => {
                if matches!(c, '[' | ']' | '&' | '~' | '^') {
                    out.push('\\');
                }
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        is_first = false;
    }
}
