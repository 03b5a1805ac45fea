//! Functions of strings. Where a string is known in part, what is certain of the result stays.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::format::{from_parts, made, parts_of};
use super::read::{self, Answer, Stop};
use super::regex;
use super::signature::Call;
use crate::terraform::value::{
    Change, Collection, Element, LONGEST, Part, PartKind, Presence, Sequence, Value, ValueKind,
};

pub(super) fn lower(call: &Call<'_>) -> Answer {
    by_character(&call.arguments[0], lower_of, Change::Lower)
}

pub(super) fn upper(call: &Call<'_>) -> Answer {
    by_character(&call.arguments[0], upper_of, Change::Upper)
}

/// What Unicode maps to one character alone, as Go does; `None` where Rust does not know which.
fn upper_of(c: char) -> Option<char> {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) => Some(upper),
        // Greek letters with an iota below have a capital of their own beside the mapping to two.
        _ if ('\u{1f80}'..='\u{1fff}').contains(&c) => None,
        _ => Some(c),
    }
}

fn lower_of(c: char) -> Option<char> {
    c.to_lowercase().next()
}

fn by_character(value: &Value, of: fn(char) -> Option<char>, change: Change) -> Answer {
    let changed = |text: &str| text.chars().map(of).collect::<Option<String>>();
    by_part(value, &changed, Some(&change))
}

/// Changes each known part by itself, where `None` makes it unknown; one that will be known notes the change.
fn by_part(value: &Value, known: &dyn Fn(&str) -> Option<String>, change: Option<&Change>) -> Answer {
    let part = |part: Part| match &part.kind {
        PartKind::Known(text) => known(text).map_or(Part { kind: PartKind::Unknown, span: None }, made),
        kind => {
            let changed = change.and_then(|change| kind.changed(change.clone()));
            Part { kind: changed.unwrap_or(PartKind::Unknown), span: part.span }
        }
    };
    from_parts(parts_of(value)?.into_iter().map(part).collect())
}

/// Capitals at the start of words, as Go's `strings.Title` has them.
pub(super) fn title(call: &Call<'_>) -> Answer {
    let text = read::text(&call.arguments[0])?;
    let mut result = String::new();
    let mut is_start = true;
    for c in text.chars() {
        result.push(if is_start { upper_of(c).ok_or(Stop::Unknown)? } else { c });
        is_start = match c {
            c if c.is_ascii() => !c.is_ascii_alphanumeric() && c != '_',
            c => c.is_whitespace(),
        };
    }
    Ok(Value::string(result))
}

pub(super) fn trim(call: &Call<'_>) -> Answer {
    let cutset = read::text(&call.arguments[1])?;
    trimmed(&call.arguments[0], &|c| cutset.contains(c), true)
}

pub(super) fn trimspace(call: &Call<'_>) -> Answer {
    trimmed(&call.arguments[0], &char::is_whitespace, true)
}

pub(super) fn chomp(call: &Call<'_>) -> Answer {
    trimmed(&call.arguments[0], &|c| matches!(c, '\r' | '\n'), false)
}

/// Certain where something known is left at each end.
fn trimmed(value: &Value, is_cut: &dyn Fn(char) -> bool, at_start: bool) -> Answer {
    if let Ok(text) = read::text(value) {
        let text = text.trim_end_matches(is_cut);
        return Ok(Value::string(if at_start { text.trim_start_matches(is_cut) } else { text }));
    }
    let mut parts = parts_of(value)?;
    let last = parts.len().saturating_sub(1);
    if at_start {
        trim_part(&mut parts, 0, &|text| text.trim_start_matches(is_cut).to_owned())?;
    }
    trim_part(&mut parts, last, &|text| text.trim_end_matches(is_cut).to_owned())?;
    from_parts(parts)
}

fn trim_part(parts: &mut [Part], at: usize, trim: &dyn Fn(&str) -> String) -> Result<(), Stop> {
    let Some(Part { kind: PartKind::Known(text), .. }) = parts.get(at) else { return Err(Stop::Unknown) };
    let trimmed = trim(text);
    if trimmed.is_empty() {
        return Err(Stop::Unknown);
    }
    if trimmed != **text {
        parts[at] = made(trimmed);
    }
    Ok(())
}

pub(super) fn trimprefix(call: &Call<'_>) -> Answer {
    let prefix = read::text(&call.arguments[1])?;
    let value = &call.arguments[0];
    if let Ok(text) = read::text(value) {
        return Ok(Value::string(text.strip_prefix(&*prefix).unwrap_or(&text)));
    }
    match begins_with(value, &prefix)? {
        None => Err(Stop::Unknown),
        Some(false) => from_parts(parts_of(value)?),
        Some(true) => from_parts(without_first(parts_of(value)?, prefix.len())),
    }
}

pub(super) fn trimsuffix(call: &Call<'_>) -> Answer {
    let suffix = read::text(&call.arguments[1])?;
    let value = &call.arguments[0];
    if let Ok(text) = read::text(value) {
        return Ok(Value::string(text.strip_suffix(&*suffix).unwrap_or(&text)));
    }
    match ends_with(value, &suffix)? {
        None => Err(Stop::Unknown),
        Some(false) => from_parts(parts_of(value)?),
        Some(true) => from_parts(without_last(parts_of(value)?, suffix.len())),
    }
}

/// So many bytes less, of what is known at the start.
fn without_first(parts: Vec<Part>, bytes: usize) -> Vec<Part> {
    let mut left = bytes;
    let cut = |part: Part| match &part.kind {
        PartKind::Known(text) if left > 0 => {
            let cut = left.min(text.len());
            left -= cut;
            made(&text[cut..])
        }
        _ => part,
    };
    parts.into_iter().map(cut).collect()
}

fn without_last(parts: Vec<Part>, bytes: usize) -> Vec<Part> {
    let mut left = bytes;
    let cut = |part: Part| match &part.kind {
        PartKind::Known(text) if left > 0 => {
            let cut = left.min(text.len());
            left -= cut;
            made(&text[..text.len() - cut])
        }
        _ => part,
    };
    let mut reversed: Vec<Part> = parts.into_iter().rev().map(cut).collect();
    reversed.reverse();
    reversed
}

fn known_of<'p>(parts: impl Iterator<Item = &'p Part>) -> Vec<Arc<str>> {
    parts
        .map_while(|part| match &part.kind {
            PartKind::Known(text) => Some(Arc::clone(text)),
            _ => None,
        })
        .collect()
}

/// `None` where what is known is too short to tell.
fn begins_with(value: &Value, prefix: &str) -> Result<Option<bool>, Stop> {
    let parts = parts_of(value)?;
    let known = known_of(parts.iter());
    let is_whole = known.len() == parts.len();
    let known = known.concat();
    Ok(match (known.starts_with(prefix), prefix.starts_with(&known)) {
        (true, _) => Some(true),
        (false, true) if !is_whole => None,
        _ => Some(false),
    })
}

fn ends_with(value: &Value, suffix: &str) -> Result<Option<bool>, Stop> {
    let parts = parts_of(value)?;
    let mut known = known_of(parts.iter().rev());
    let is_whole = known.len() == parts.len();
    known.reverse();
    let known = known.concat();
    Ok(match (known.ends_with(suffix), suffix.ends_with(&known)) {
        (true, _) => Some(true),
        (false, true) if !is_whole => None,
        _ => Some(false),
    })
}

pub(super) fn startswith(call: &Call<'_>) -> Answer {
    let prefix = read::text(&call.arguments[1])?;
    begins_with(&call.arguments[0], &prefix)?.map(Value::bool).ok_or(Stop::Unknown)
}

pub(super) fn endswith(call: &Call<'_>) -> Answer {
    let suffix = read::text(&call.arguments[1])?;
    ends_with(&call.arguments[0], &suffix)?.map(Value::bool).ok_or(Stop::Unknown)
}

pub(super) fn strcontains(call: &Call<'_>) -> Answer {
    let searched = read::text(&call.arguments[1])?;
    if let Ok(text) = read::text(&call.arguments[0]) {
        return Ok(Value::bool(text.contains(&*searched)));
    }
    let holds = |part: &Part| matches!(&part.kind, PartKind::Known(text) if text.contains(&*searched));
    if parts_of(&call.arguments[0])?.iter().any(holds) { Ok(Value::bool(true)) } else { Err(Stop::Unknown) }
}

pub(super) fn indent(call: &Call<'_>) -> Answer {
    let count = read::integer(&call.arguments[0])?;
    let count = usize::try_from(count).map_err(|_| Stop::Fails)?;
    if count > LONGEST {
        return Err(Stop::Unknown);
    }
    let pad = format!("\n{}", " ".repeat(count));
    by_part(&call.arguments[1], &|text| replaced(text, "\n", &pad), None)
}

/// `None` beyond the longest string.
fn replaced(text: &str, searched: &str, replacement: &str) -> Option<String> {
    let count = text.matches(searched).count();
    (text.len().saturating_add(count.saturating_mul(replacement.len())) <= LONGEST)
        .then(|| text.replace(searched, replacement))
}

pub(super) fn replace(call: &Call<'_>) -> Answer {
    let [text, searched, replacement] = call.arguments else { return Err(Stop::Fails) };
    let searched = read::text(searched)?;
    let replacement = read::text(replacement)?;
    if searched.len() > 1 && searched.starts_with('/') && searched.ends_with('/') {
        return regex::replace(&read::text(text)?, &searched[1..searched.len() - 1], &replacement);
    }
    if let Ok(text) = read::text(text) {
        return replaced(&text, &searched, &replacement).map(Value::string).ok_or(Stop::Unknown);
    }
    let parts = parts_of(text)?;
    let neighbours = parts.windows(2).any(|two| !two.iter().any(is_known));
    if searched.is_empty() || neighbours || may_cross(&parts, &searched) {
        return Err(Stop::Unknown);
    }
    let change = Change::Replace { searched: searched.clone(), replacement: replacement.clone() };
    by_part(text, &|text| replaced(text, &searched, &replacement), Some(&change))
}

fn is_known(part: &Part) -> bool {
    matches!(part.kind, PartKind::Known(_))
}

/// Whether a match may lie in a known part and its neighbour.
fn may_cross(parts: &[Part], searched: &str) -> bool {
    let cuts = || searched.char_indices().skip(1).map(|(at, _)| searched.split_at(at));
    parts.iter().any(|part| match &part.kind {
        PartKind::Known(text) => {
            cuts().any(|(before, behind)| text.ends_with(before) || text.starts_with(behind))
                || cuts().any(|(_, behind)| behind.contains(&**text))
        }
        _ => false,
    })
}

pub(super) fn split(call: &Call<'_>) -> Answer {
    let separator = read::text(&call.arguments[0])?;
    let text = match read::text(&call.arguments[1]) {
        Ok(text) => text,
        Err(Stop::Fails) => return Err(Stop::Fails),
        Err(Stop::Unknown) => return partly_split(&separator, &call.arguments[1]),
    };
    call.charge(text.len() / 8)?;
    if separator.is_empty() {
        return Ok(read::list_of_texts(text.chars().map(String::from)));
    }
    let pieces: Vec<&str> = text.split(&*separator).collect();
    call.charge(pieces.len())?;
    Ok(read::list_of_texts(pieces))
}

/// The pieces in front of what is not known; any number may follow.
fn partly_split(separator: &str, value: &Value) -> Answer {
    let known = known_of(parts_of(value)?.iter()).concat();
    if separator.is_empty() {
        return Err(Stop::Unknown);
    }
    let mut pieces: Vec<&str> = known.split(separator).collect();
    pieces.pop();
    let elements = pieces.into_iter().map(|piece| Element::always(Value::string(piece))).collect();
    let rest = Some(Arc::new(super::format::unknown_text()));
    Ok(ValueKind::Sequence(Sequence { elements, rest, collection: Collection::List }).into())
}

pub(super) fn strrev(call: &Call<'_>) -> Answer {
    let text = read::text(&call.arguments[0])?;
    Ok(Value::string(text.graphemes(true).rev().collect::<String>()))
}

/// Counts grapheme clusters. A start beyond the end gives nothing; a negative length, all to the end.
pub(super) fn substr(call: &Call<'_>) -> Answer {
    let offset = read::integer(&call.arguments[1])?;
    let length = read::integer(&call.arguments[2])?;
    let Ok(text) = read::text(&call.arguments[0]) else {
        return part_of_start(&call.arguments[0], offset, length);
    };
    let clusters: Vec<&str> = text.graphemes(true).collect();
    let count = clusters.len() as i64;
    let start = if offset < 0 { (count + offset).max(0) } else { offset };
    let end = if length < 0 { count } else { start.saturating_add(length).min(count) };
    let taken = clusters.get(start as usize..end.max(start) as usize).unwrap_or(&[]);
    Ok(Value::string(taken.concat()))
}

/// Of a string known in part: where what is known of its start reaches further.
fn part_of_start(value: &Value, offset: i64, length: i64) -> Answer {
    let known = known_of(parts_of(value)?.iter()).concat();
    let (Ok(offset), Ok(length)) = (usize::try_from(offset), usize::try_from(length)) else {
        return Err(Stop::Unknown);
    };
    let clusters: Vec<&str> = known.graphemes(true).collect();
    let end = offset.saturating_add(length);
    if end >= clusters.len() {
        return Err(Stop::Unknown);
    }
    Ok(Value::string(clusters[offset..end].concat()))
}

/// `compact`: without empty strings and nulls.
pub(super) fn compact(call: &Call<'_>) -> Answer {
    let sequence = read::sequence(&call.arguments[0])?;
    call.charge(sequence.elements.len())?;
    let mut elements = Vec::new();
    for element in &*sequence.elements {
        match &element.value.kind {
            ValueKind::Null => {}
            ValueKind::String(text) if text.parts.is_empty() => {}
            ValueKind::String(text)
                if text
                    .parts
                    .iter()
                    .any(|part| matches!(&part.kind, PartKind::Known(_) | PartKind::Json(_))) =>
            {
                elements.push(element.clone());
            }
            _ => elements.push(Element { presence: Presence::Maybe, ..element.clone() }),
        }
    }
    let list =
        Sequence { elements: elements.into(), rest: sequence.rest.clone(), collection: Collection::List };
    Ok(ValueKind::Sequence(list).into())
}
