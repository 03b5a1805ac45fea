//! Damaged JMESPath in `response_export_values`: its verdict does not depend on spaces, and what the grammar of the
//! language makes is accepted.

use std::path::Path;

use azapi_ls::ide::{Config, Workspace};

use crate::choices::Choices;
use crate::damage;
use crate::driver::Target;

const WORDS: [&str; 46] = [
    ".",
    "*",
    "[",
    "]",
    "[]",
    "[*]",
    "[0]",
    "[-1]",
    "[1:2]",
    "[::2]",
    "[?",
    "(",
    ")",
    "{",
    "}",
    ",",
    ":",
    "|",
    "||",
    "&&",
    "!",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "@",
    "&",
    "`1`",
    "`\"a\"`",
    "`",
    "'raw'",
    "'",
    "\"q\"",
    "\"",
    "\\",
    "length(",
    "keys(@)",
    "sort_by(a, &b)",
    "a",
    "b.c",
    "{a: b}",
    "[a, b]",
    "-",
    "=",
];

/// The reader of JMESPath.
pub const TARGET: Target = Target {
    name: "paths",
    samples: Vec::new,
    damage: |choices, samples| {
        let mut path = damage::text(choices, samples, &WORDS);
        path.truncate(300);
        path
    },
    check,
    cases: 400,
};

/// Judges a path, the same with other spaces, and one that the grammar makes.
///
/// # Panics
///
/// Where spaces change the verdict, or what the grammar makes is refused.
pub fn check(input: &[u8]) {
    let path = String::from_utf8_lossy(input).into_owned();
    let mut choices = Choices::of(input);
    let verdict = fault(&path);
    let mut spaced = String::new();
    for (is_apart, token) in tokens(&path) {
        // Without any between them two signs may be another.
        spaced.push_str(if is_apart { " " } else { "" });
        spaced.push_str(choices.one_of(&["", " ", "  ", "\n\t"]));
        spaced.push_str(token);
    }
    // The longest paths are not judged.
    if spaced.len() <= 1_024 {
        assert_eq!(verdict.is_some(), fault(&spaced).is_some(), "{path:?} with other spaces: {spaced:?}");
    }
    let made = expression(&mut choices, 4);
    assert_eq!(fault(&made), None, "the grammar makes {made:?}");
}

/// What is wrong with the syntax of a path.
fn fault(path: &str) -> Option<String> {
    let mut quoted = String::new();
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '$' | '%' => quoted.extend([c, c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            _ => quoted.push(c),
        }
    }
    // Only before a brace is a sign written twice one sign.
    let quoted = quoted.replace("$${", "\u{1}").replace("%%{", "\u{2}").replace("$$", "$").replace("%%", "%");
    let quoted = quoted.replace('\u{1}', "$${").replace('\u{2}', "%%{");
    let text = format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"Microsoft.Storage/storageAccounts@2023-01-01\"\n  name = \"n\"\n  \
         response_export_values = {{ x = \"{quoted}\" }}\n}}\n"
    );
    let mut workspace = Workspace::new(Config::default());
    let file = workspace.open_file(Path::new("/module/main.tf"), &text, 1);
    let all = workspace.analysis().diagnostics(file);
    let found =
        all.into_iter().find(|it| it.code == "invalid-path" && it.message.contains("is no path: expected"));
    found.map(|it| {
        assert!(text.get(usize::from(it.range.start())..usize::from(it.range.end())).is_some(), "{it:?}");
        it.message
    })
}

/// What spaces may stand between, and whether some stand before it. An open quote takes the rest.
fn tokens(path: &str) -> Vec<(bool, &str)> {
    let mut found = Vec::new();
    let mut rest = path;
    let mut is_apart = false;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            ' ' | '\t' | '\n' | '\r' => {
                rest = &rest[1..];
                is_apart = true;
                continue;
            }
            '\'' | '"' | '`' => closing(rest, first),
            '-' | '0'..='9' => 1 + rest[1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - 1),
            c if c.is_ascii_alphabetic() || c == '_' => {
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            c => ["||", "&&", "==", "!=", "<=", ">=", "[]", "[?"]
                .iter()
                .find(|it| rest.starts_with(**it))
                .map_or(c.len_utf8(), |it| it.len()),
        };
        found.push((std::mem::take(&mut is_apart), &rest[..length]));
        rest = &rest[length..];
    }
    found
}

fn closing(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// What the grammar of the language makes.
fn expression(choices: &mut Choices, depth: usize) -> String {
    let inner = |choices: &mut Choices| expression(choices, depth.saturating_sub(1));
    if depth == 0 {
        return (choices.one_of(&[
            "a",
            "b_1",
            "\"q-\\\"\"",
            "@",
            "`{\"a\": [1]}`",
            "'it\\'s'",
            "*",
            "`\"x\"`",
        ]))
        .to_owned();
    }
    let name = choices.one_of(&["a", "name", "\"q\"", "_x9"]);
    match choices.below(18) {
        0 | 1 => format!("{name}.{}", member(choices, depth - 1)),
        2 => format!("{name}[{}]", choices.one_of(&["0", "-1", "*", "", "1:", ":-2", "::3", "1:2:-1"])),
        3 => format!("({}).{}", inner(choices), member(choices, depth - 1)),
        4 => format!("{name}[?{}]", inner(choices)),
        5 => format!("{} | {}", inner(choices), inner(choices)),
        6 => format!("{} || {}", inner(choices), inner(choices)),
        7 => format!("{} && {}", inner(choices), inner(choices)),
        8 => {
            let sign = choices.one_of(&["==", "!=", "<", "<=", ">", ">="]);
            format!("({}) {sign} ({})", inner(choices), inner(choices))
        }
        9 => format!("!({})", inner(choices)),
        10 => format!("({})", inner(choices)),
        11 => format!("[{}, {}]", inner(choices), inner(choices)),
        12 => format!("{{{name}: {}, \"b\": {}}}", inner(choices), inner(choices)),
        13 => format!("length({})", inner(choices)),
        14 => format!("sort_by({}, &{})", inner(choices), inner(choices)),
        15 => format!("{name}[].{}", member(choices, depth - 1)),
        16 => format!("{name}[*].{} | [0]", member(choices, depth - 1)),
        _ => inner(choices),
    }
}

/// What may stand behind a dot.
fn member(choices: &mut Choices, depth: usize) -> String {
    match choices.below(5) {
        0 => "*".to_owned(),
        1 => format!("[{}]", expression(choices, depth.saturating_sub(1))),
        2 => format!("{{a: {}}}", expression(choices, depth.saturating_sub(1))),
        3 => format!("keys({})", expression(choices, depth.saturating_sub(1))),
        _ => "b".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn damaged_paths_are_judged_alike_with_other_spaces() {
        crate::driver::run(super::TARGET);
    }
}
