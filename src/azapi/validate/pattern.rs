//! The patterns of string types: Go's regular expressions, unanchored. One that Go cannot compile is ignored, as the
//! provider does.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, RwLock};

use regex::{Regex, RegexBuilder};

/// Patterns kept compiled; the data has some thousands, a module meets a few.
const MOST_KEPT: usize = 1_024;
/// Go refuses repeats beyond this.
const MOST_REPEATS: u32 = 1_000;
/// `[:alpha:]` and the like.
const NAMED_CLASSES: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
    "upper", "word", "xdigit",
];
/// In bytes, compiled.
const LARGEST: usize = 4 << 20;

type Compiled = HashMap<Box<str>, Option<Arc<Regex>>>;

/// Whether a pattern matches somewhere in a string, or is none that Go understands.
pub(crate) fn allows(pattern: &str, text: &str) -> bool {
    compiled(pattern).is_none_or(|regex| regex.is_match(text))
}

/// Whether Go surely does not compile a pattern.
pub(crate) fn is_refused(pattern: &str) -> bool {
    let Some(translated) = translate(pattern) else { return false };
    matches!(Regex::new(&translated), Err(regex::Error::Syntax(_)))
}

fn compiled(pattern: &str) -> Option<Arc<Regex>> {
    static KEPT: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);
    if let Some(found) = KEPT.read().ok().and_then(|kept| kept.get(pattern).cloned()) {
        return found;
    }
    let regex = compile(pattern).map(Arc::new);
    if let Ok(mut kept) = KEPT.write() {
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(pattern.into(), regex.clone());
    }
    regex
}

fn compile(pattern: &str) -> Option<Regex> {
    let translated = translate(pattern)?;
    RegexBuilder::new(&translated).size_limit(LARGEST).build().ok()
}

/// The same expression in the dialect of the crate: there classes such as `\d` hold all of Unicode, brackets nest, and
/// `&&` and the like are operators within them. `None` for what Go refuses.
pub(in crate::azapi) fn translate(pattern: &str) -> Option<String> {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.char_indices().peekable();
    let last_named = pattern.rfind(":]").unwrap_or(0);
    // Behind the bracket that opens a class, before its first member.
    let (mut in_class, mut at_start) = (false, false);
    while let Some((at, c)) = chars.next() {
        let first = std::mem::take(&mut at_start);
        let next = chars.peek().map(|&(_, next)| next);
        match c {
            '\\' => out.push_str(&escape(chars.next()?.1, in_class)?),
            '[' if !in_class => {
                (in_class, at_start) = (true, true);
                out.push('[');
                if next == Some('^') {
                    out.push('^');
                    chars.next();
                }
            }
            '[' if next == Some(':') && at + 1 < last_named => {
                let class = named_class(&pattern[at..])?;
                while chars.next_if(|&(inside, _)| inside < at + class.len()).is_some() {}
                out.push_str(class);
            }
            '[' => out.push_str("\\["),
            ']' if in_class && first => out.push_str("\\]"),
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            '&' | '~' if in_class => out.extend(['\\', c]),
            '-' if in_class && next == Some('-') => out.push_str("\\-"),
            '{' if !in_class => match repeats(&pattern[at + 1..]) {
                Some(most) if most > MOST_REPEATS => return None,
                Some(_) => out.push('{'),
                None => out.push_str("\\{"),
            },
            c => out.push(c),
        }
    }
    Some(out)
}

/// The class at the front, such as `[:^alpha:]`; Go has no others.
fn named_class(text: &str) -> Option<&str> {
    let class = &text[..text.find(":]")? + ":]".len()];
    let name = class.strip_prefix("[:")?.strip_suffix(":]")?;
    NAMED_CLASSES.contains(&name.strip_prefix('^').unwrap_or(name)).then_some(class)
}

/// The greatest count in `n}`, `n,}` and `n,m}`; `None` where a brace opens something else, and so stands for itself.
fn repeats(text: &str) -> Option<u32> {
    let inside = &text[..text.find(|c: char| c != ',' && !c.is_ascii_digit())?];
    if !text[inside.len()..].starts_with('}') {
        return None;
    }
    let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
    let count = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Some(text.parse::<u32>().unwrap_or(u32::MAX)),
        false => None,
    };
    let least = if least.is_empty() { None } else { count(least) }?;
    if most.is_empty() { Some(least) } else { Some(least.max(count(most)?)) }
}

fn escape(c: char, in_class: bool) -> Option<String> {
    let class = match c {
        'd' => "0-9",
        'w' => "0-9A-Za-z_",
        's' => r"\t\n\f\r ",
        'D' => "^0-9",
        'W' => "^0-9A-Za-z_",
        'S' => r"^\t\n\f\r ",
        'b' | 'B' if !in_class => return Some(format!(r"(?-u:\{c})")),
        'a' | 'f' | 't' | 'n' | 'r' | 'v' | 'x' | 'p' | 'P' | 'A' | 'z' => return Some(format!(r"\{c}")),
        c if c.is_ascii_alphanumeric() => return None,
        '<' | '>' => return Some(c.to_string()),
        c => return Some(format!(r"\{c}")),
    };
    Some(format!("[{class}]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_anywhere_unless_it_is_anchored() {
        assert!(allows("b+", "abc"));
        assert!(!allows("^b+$", "abc"));
        assert!(!allows("^[a-z]+$", "ABC"));
    }

    #[test]
    fn what_go_does_not_compile_is_ignored() {
        for pattern in ["(?=x)", "(", "a{1001}", "a{0,2000}", r"\u0041", r"\Z", r"(a)\1"] {
            assert!(allows(pattern, "?"), "{pattern}");
        }
        assert!(!allows("^a{1000}$", "?"));
    }

    #[test]
    fn what_is_no_pattern_at_all_is_refused() {
        for pattern in ["(", "[a", "a)", "(?=x)", "*"] {
            assert!(is_refused(pattern), "{pattern}");
        }
        let named = ["[[:^alpha:][:digit:]:]", "[a[:]", "[:[]"];
        let braces = ["{", "a{5", "a{5,b}", "a{5,6,7}"];
        for pattern in
            ["", "a.*b", r"\Qa(\E", "(?i)a", "(?P<n>a)", r"\d+"].into_iter().chain(named).chain(braces)
        {
            assert!(!is_refused(pattern), "{pattern}");
        }
    }

    #[test]
    fn classes_are_those_of_go() {
        assert!(!allows(r"^\d$", "\u{0661}"), "ASCII digits alone");
        assert!(allows(r"^[\w.-]+$", "a_1.-"));
        assert!(!allows(r"^[\w]+$", "é"));
        assert!(allows("^[[a]+$", "[a"), "a bracket in a class is itself");
        assert!(allows("^[]a]+$", "]a"));
        assert!(allows("^[a&&b]+$", "a&b"));
        assert!(allows("^[[:alpha:]-]+$", "a-"));
        assert!(allows("^[[:alpha:]:][b]$", ":b"), "a colon in front of the bracket that closes");
        assert!(allows("^[a[:]b]$", "[b]"), "a colon behind a bracket that opens nothing");
        assert!(allows("^[[:^alpha:]]$", "1") && !allows("^[[:^alpha:]]$", "a"));
        assert!(allows("^[[:letter:]]$", "?"), "Go has no such class");
        assert!(!allows("^[^[:alpha:]]+$", "a"));
        assert!(allows("^{x}$", "{x}"));
        assert!(allows(r"^\S+\s\W\D$", "ab -x"));
    }
}
