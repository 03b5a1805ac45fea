//! Any text is in its tree, an edited tree is the tree of the edited text, and spaces mean nothing.

use azapi_ls::syntax::{self, Edit, Parse, SyntaxKind};
use azapi_ls::text::{TextRange, TextSize};

use crate::choices::Choices;
use crate::driver::Target;
use crate::{damage, samples};

/// Words that open, close and confuse.
pub const WORDS: [&str; 64] = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "${",
    "%{",
    "~}",
    "<<EOT\n",
    "<<-EOT\n",
    "EOT\n",
    "\nEOT\n",
    "\n",
    "\r\n",
    "#c",
    "//c\n",
    "/*",
    "*/",
    "=",
    "==",
    "=>",
    ":",
    "::",
    ",",
    ".",
    "...",
    "?",
    "+",
    "-",
    "!",
    "&&",
    "||",
    "*",
    "1.5e3",
    "for",
    "in",
    "if",
    "else",
    "%{ if a }",
    "%{ else }",
    "%{ endif }",
    "%{ for a in b }",
    "%{ endfor }",
    "$${",
    "%%{",
    "[for x in y : z]",
    "{for k, v in m : k => v...}",
    "a[*].b",
    ".*.b",
    "a = 1\n",
    "resource \"a\" \"b\" {\n",
    "locals {\n",
    "\n}\n",
    "  }\n",
    "dynamic \"x\" {\n",
    "\"x${",
    "}\"",
    "\u{feff}",
    "\\n",
    "1.5.2",
    ".0.1",
    "null",
];

/// The parser.
pub const TARGET: Target = Target {
    name: "parser",
    samples: || [samples::configurations("parser"), samples::configurations("styles")].concat(),
    damage: |choices, samples| damage::text(choices, samples, &WORDS),
    check,
    cases: 800,
};

/// Reads a text, and again after some edits.
///
/// # Panics
///
/// Where the tree is not that of the text.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    let mut choices = Choices::of(input);
    let mut parse = read(&text);
    spaces_mean_nothing(&text, &parse);
    let mut text = text;
    for _ in 0..4 {
        let (from, mut to) = (choices.boundary(&text), choices.boundary(&text));
        if to < from || choices.once_in(2) {
            to = from;
        }
        let insert = if choices.once_in(4) { "" } else { choices.one_of(&WORDS) };
        let new = format!("{}{insert}{}", &text[..from], &text[to..]);
        let deleted = TextRange::new(size(from), size(to));
        let again = parse.reparse(&new, &Edit { deleted, inserted: TextSize::of(insert) });
        let whole = read(&new);
        assert!(again == whole, "another tree after {from}..{to} -> {insert:?} in {text:?}");
        assert_eq!(again.errors(), whole.errors(), "after {from}..{to} -> {insert:?} in {text:?}");
        (parse, text) = (again, new);
    }
}

fn size(offset: usize) -> TextSize {
    TextSize::try_from(offset).expect("a small text")
}

/// The tree of a text, after a look at all of it.
fn read(text: &str) -> Parse {
    let parse = syntax::parse(text);
    let root = parse.syntax();
    assert!(root.text() == text, "a byte is lost");
    let mut end = TextSize::new(0);
    for token in root.descendants_with_tokens().filter_map(|it| it.into_token()) {
        assert_eq!(token.text_range().start(), end, "tokens follow one another");
        end = token.text_range().end();
        assert!(text.is_char_boundary(end.into()), "half of a character");
    }
    for error in parse.errors() {
        let (start, end) = (usize::from(error.range.start()), usize::from(error.range.end()));
        assert!(text.get(start..end).is_some() && !error.message.is_empty(), "{error:?}");
    }
    assert!(parse.errors().is_sorted_by_key(|error| error.range.start()), "errors out of order");
    let most = 40 * text.len() as u64 + 200;
    assert!(parse.steps() <= most, "{} steps for {} bytes", parse.steps(), text.len());
    parse
}

/// What is written in a sound text stays the same with every run of spaces doubled.
fn spaces_mean_nothing(text: &str, parse: &Parse) {
    if !parse.errors().is_empty() {
        return;
    }
    let written = |parse: &Parse| -> Vec<(SyntaxKind, String)> {
        let tokens = parse.syntax().descendants_with_tokens().filter_map(|it| it.into_token());
        let written = tokens.filter(|it| it.kind() != SyntaxKind::WHITESPACE);
        written.map(|it| (it.kind(), it.text().to_owned())).collect()
    };
    let mut doubled = String::with_capacity(2 * text.len());
    for token in parse.syntax().descendants_with_tokens().filter_map(|it| it.into_token()) {
        doubled.push_str(token.text());
        if token.kind() == SyntaxKind::WHITESPACE {
            doubled.push_str(token.text());
        }
    }
    let again = syntax::parse(&doubled);
    assert_eq!(again.errors(), [], "with spaces doubled: {doubled:?}");
    assert!(written(&again) == written(parse), "another reading with spaces doubled: {doubled:?}");
}

#[cfg(test)]
mod tests {
    #[test]
    fn damaged_texts_keep_what_is_promised_of_the_tree() {
        crate::driver::run(super::TARGET);
    }
}
