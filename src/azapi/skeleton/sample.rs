//! A text that a string type takes: the shortest there is by its pattern, as far as that can be told.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::azapi::validate::pattern;

/// A longer text is of no use to anyone.
const LONGEST: usize = 512;
/// Repeats that may be taken more often than they must are tried so often.
const TRIES: u64 = 64;
/// What is taken of a class of characters, the first that it has.
const LIKED: &str = "a1A0/-_. ";

/// A text within these bounds that matches the pattern; empty where none is found.
pub(super) fn text(least: Option<u64>, most: Option<u64>, regex: Option<&str>) -> String {
    let least = least.unwrap_or(0);
    let fits = |text: &str| {
        let length = text.len() as u64;
        length >= least
            && most.is_none_or(|most| length <= most)
            && regex.is_none_or(|regex| pattern::allows(regex, text))
    };
    let plain = "a".repeat(least.min(LONGEST as u64) as usize);
    if fits(&plain) {
        return plain;
    }
    let hir = regex.and_then(pattern::translate).and_then(|it| regex_syntax::parse(&it).ok());
    let Some(hir) = hir else { return String::new() };
    (0..TRIES)
        .map(|more| {
            let mut out = String::new();
            write(&hir, more, &mut out);
            out
        })
        .find(|text| fits(text))
        .unwrap_or_default()
}

/// Each repeat `more` times beyond the least.
fn write(hir: &Hir, more: u64, out: &mut String) {
    if out.len() > LONGEST {
        return;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => out.extend(member(class)),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.map_or(u64::MAX, u64::from);
            let count = (u64::from(repetition.min) + more).min(most).min(LONGEST as u64);
            for _ in 0..count {
                write(&repetition.sub, more, out);
                if out.len() > LONGEST {
                    return;
                }
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, out),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, more, out)),
        HirKind::Alternation(parts) => {
            if let Some(first) = parts.first() {
                write(first, more, out);
            }
        }
    }
}

fn member(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let has = |c: char| ranges.iter().any(|(start, end)| (*start..=*end).contains(&c));
    LIKED.chars().find(|&c| has(c)).or_else(|| Some(ranges.first()?.0))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_text_is_found_that_length_and_pattern_take() {
        for (least, most, pattern, found) in [
            (None, None, None, ""),
            (Some(3), None, None, "aaa"),
            (None, None, Some("^[a-z]+$"), "a"),
            (Some(3), Some(24), Some("^[a-z0-9]+$"), "aaa"),
            (Some(5), Some(6), Some("^[0-9]{2,}-[A-Z]+$"), "111-AA"),
            (None, None, Some(r"^/subscriptions/[^/]+/x$"), "/subscriptions/a/x"),
            (None, None, Some(r"^(on|off)$"), "on"),
            (None, None, Some(r"^\d{3}\.(?:x|y)?$"), "111."),
            (None, Some(2), Some("^abc$"), ""),
            (None, None, Some("(?=x)"), ""),
        ] {
            assert_eq!(text(least, most, pattern), found, "{pattern:?}");
        }
    }
}
