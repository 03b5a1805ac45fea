//! A second opinion: on valid text our tree says what `hcl-edit` (the parser of `hcl-rs`) says,
//! and both agree on what is valid, save for the cases listed here with their reasons. Where the
//! `terraform` program is installed, it is asked as well.

mod neutral;

use azapi_ls::syntax;
use proptest::prelude::*;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

fn valid_texts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/parser/ok");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of texts") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|it| it == "tf") {
            texts
                .push((path.display().to_string(), std::fs::read_to_string(&path).expect("a text in UTF-8")));
        }
    }
    texts.sort();
    texts
}

fn theirs(text: &str) -> Option<String> {
    // The byte order mark is the file's, not the language's: hcl-edit leaves it to its caller.
    let body = hcl_edit::parser::parse_body(text.trim_start_matches('\u{feff}')).ok()?;
    Some(neutral::their_body(&body))
}

fn ours(text: &str) -> Option<String> {
    let parse = syntax::parse(text);
    parse.errors().is_empty().then(|| neutral::our_body(&parse.root().body()))
}

/// Texts that hcl-edit misreads. Terraform reads them as we do.
const MISREAD: &[(&str, &str)] =
    &[("heredoc_ends.tf", "it overlooks the end of an empty heredoc, and takes `EOT x` for an end")];

fn is_misread(name: &str) -> bool {
    MISREAD.iter().any(|(file, _)| name.ends_with(file))
}

#[test]
fn valid_texts_mean_the_same_to_both() {
    for (name, text) in valid_texts() {
        if is_misread(&name) {
            assert_ne!(ours(&text), theirs(&text), "{name} is misread no more");
            continue;
        }
        let ours = ours(&text).unwrap_or_else(|| panic!("{name}: {:?}", syntax::parse(&text).errors()));
        let theirs = theirs(&text)
            .unwrap_or_else(|| panic!("{name}: {:?}", hcl_edit::parser::parse_body(&text).err()));
        for (ours, theirs) in ours.lines().zip(theirs.lines()) {
            assert_eq!(ours, theirs, "{name}");
        }
        assert_eq!(ours, theirs, "{name}");
    }
}

/// What hcl-edit takes and we do not, since Terraform does not either.
const WE_ARE_STRICTER: &[(&str, &str)] = &[
    ("a = <<EOT\nx\nEOT", "a heredoc's closing name needs a line break behind it"),
    ("a = [<<EOT\nx\nEOT, 1]\n", "only a line of its own closes a heredoc"),
    ("a = b.\nc\n", "an expression ends with its line"),
    ("a = \"x\ny\"\n", "a quoted string ends at its line's end"),
    ("a \"x\ny\" {}\n", "so does a label"),
    ("a {\n  }\n  b = 1\n", "a `}` too many, by the indentation: no attribute can stand there"),
];

/// What hcl-edit refuses and we take.
const WE_ARE_LAXER: &[(&str, &str)] = &[
    ("a = 1\na = 2\n", "a second attribute of a name is found by a later check, with its own message"),
    ("a = { b = 1, b = 2 }\n", "so is a second item of a key"),
];

#[test]
fn we_refuse_what_terraform_refuses_though_hcl_edit_does_not() {
    for (text, reason) in WE_ARE_STRICTER {
        assert_eq!((ours(text), theirs(text).is_some()), (None, true), "{text}: {reason}");
    }
}

#[test]
fn we_take_what_a_later_check_explains_though_hcl_edit_does_not() {
    for (text, reason) in WE_ARE_LAXER {
        assert_eq!((ours(text).is_some(), theirs(text)), (true, None), "{text}: {reason}");
    }
}

#[test]
fn both_refuse_what_is_broken() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/parser/broken_lines.txt");
    let lines = std::fs::read_to_string(folder).expect("the list of broken lines");
    for line in lines.lines().filter(|line| !line.is_empty()) {
        let text = line.replace("\\n", "\n");
        assert_eq!(theirs(&text), None, "hcl-edit takes {text:?}");
        assert_eq!(ours(&text), None, "we take {text:?}");
    }
}

/// A valid expression, grown from the grammar.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "1",
            "0.5",
            "1e3",
            "true",
            "false",
            "null",
            "a",
            "b-c",
            "\"\"",
            "\"x\"",
            "\"\\n\\\"$${\"",
            "[]",
            "{}",
            "f()",
            "var.x",
            "p::q::r(1)",
            "\"\\u00e9\"",
            "x.0",
            "x[*].y",
            "x.*.y",
        ])
        .prop_map(str::to_owned),
        "[a-z][a-z0-9_-]{0,5}".prop_filter("a keyword", |it| !["for", "if", "in"].contains(&it.as_str())),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let two = (inner.clone(), inner.clone());
        let three = (inner.clone(), inner.clone(), inner.clone());
        let operator =
            prop::sample::select(vec!["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"]);
        prop_oneof![
            (two.clone(), operator).prop_map(|((a, b), op)| format!("{a} {op} {b}")),
            three.clone().prop_map(|(a, b, c)| format!("{a} ? {b} : {c}")),
            inner.clone().prop_map(|a| format!("(\n{a}\n)")),
            inner.clone().prop_map(|a| format!("!({a})")),
            inner.clone().prop_map(|a| format!("-({a})")),
            two.clone().prop_map(|(a, b)| format!("[{a}, {b}]")),
            two.clone().prop_map(|(a, b)| format!("[\n{a},\n{b},\n]")),
            two.clone().prop_map(|(a, b)| format!("{{ k1 = {a}, \"k2\" : {b} }}")),
            two.clone().prop_map(|(a, b)| format!("{{\n k1 = {a}\n (k2) = {b}\n}}")),
            two.clone().prop_map(|(a, b)| format!("f({a}, {b}...)")),
            two.clone().prop_map(|(a, b)| format!("({a})[{b}].c")),
            inner.clone().prop_map(|a| format!("\"x${{{a}}}y\"")),
            inner.clone().prop_map(|a| format!("\"${{~ {a} ~}}\"")),
            two.clone().prop_map(|(a, b)| format!("\"%{{ if {a} }}${{{b}}}%{{ else }}z%{{ endif }}\"")),
            inner.clone().prop_map(|a| format!("\"%{{ for k, v in {a} }}${{v}}%{{ endfor }}\"")),
            three.clone().prop_map(|(a, b, c)| format!("[for x in {a} : {b} if {c}]")),
            three.prop_map(|(a, b, c)| format!("{{for k, v in {a} : {b} => {c}...}}")),
            inner.prop_map(|a| format!("(<<EOT\n${{{a}}} x\nEOT\n)")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_valid_expression_means_the_same_to_both(expression in expression()) {
        let text = format!("a = {expression}\nb {{\n  c = {expression}\n}}\n");
        if let Some(theirs) = theirs(&text) {
            let errors = syntax::parse(&text).errors();
            prop_assert_eq!(errors, [], "{}", text);
            prop_assert_eq!(ours(&text), Some(theirs), "{}", text);
        }
    }

    /// Takes characters out of valid texts: nobody takes what the other refuses.
    #[test]
    fn both_agree_whether_a_damaged_text_is_valid(
        file in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), len in 1_usize..4,
    ) {
        // A heredoc loses its text here soon, see `MISREAD`.
        let texts: Vec<_> = valid_texts().into_iter().filter(|(_, text)| !text.contains("<<")).collect();
        let text = &file.get(&texts).1;
        let bounds: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        let first = place.index(bounds.len());
        let last = (first + len).min(bounds.len() - 1);
        let text = format!("{}{}", &text[..bounds[first]], &text[bounds[last]..]);
        if let (Some(ours), Some(theirs)) = (ours(&text), theirs(&text)) {
            prop_assert_eq!(ours, theirs, "{}", text);
        }
    }
}

/// Whether Terraform's own parser takes the text; `None` without the program.
fn terraform(text: &str) -> Option<bool> {
    let mut child = Command::new("terraform")
        .args(["fmt", "-no-color", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    Some(child.wait().ok()?.success())
}

#[test]
fn terraform_agrees_where_it_is_installed() {
    if terraform("").is_none() {
        return;
    }
    for (name, text) in valid_texts() {
        assert_eq!(terraform(&text), Some(true), "{name}");
    }
    for (text, reason) in WE_ARE_STRICTER.iter().filter(|(text, _)| !text.starts_with("a {\n  }")) {
        assert_eq!(terraform(text), Some(false), "{text}: {reason}");
    }
}

/// What Terraform's parser says, by its version 1.11, of forms where parsers differ.
const VERDICTS: &[(&str, bool)] = &[
    ("a = 1.5.2", false),
    ("a = 1.5e3.2", false),
    ("a = 1.5e3", true),
    ("a = 1.e5", true),
    ("a = 1e5e5", false),
    ("a = 1.5.", false),
    ("a = b.0", true),
    ("a = b.0.c.1.d", true),
    ("a = b.0.1", false),
    ("a = b.0.1.c", false),
    ("a = b.0.1.2", false),
    ("a = b.*.0.1", false),
    ("a = f(0...)", true),
    ("a = b.*.c.d", true),
    ("a = b.*.c.*", false),
    ("a = b.*.*", false),
    ("a = b.*.0.*", false),
    ("a = b.*.c[0].*", true),
    ("a = b.*[*].c", true),
    ("a = b[*].c.*.d", true),
    ("a = b[*].*", true),
    ("a = b[*].c.*.d.*", false),
    ("a = b[\n*\n]", false),
    ("a = b[*\n]", false),
    ("a = (b[\n*\n])", true),
    ("a = [b[\n*\n]]", true),
    ("a = b[\n0\n]", true),
    ("a = <<E\nx\ry\nE\n", false),
    ("a = <<E\nx\r\nE\r\n", true),
    ("a = <<E\nx\r${b}\nE\n", false),
    ("a = \"x\ry\"", false),
    ("# x\ry", true),
    ("a = 1\rb = 2", false),
    ("\u{e33} = 1", true),
    ("\u{37a} = 1", true),
    ("b\u{fe71} = 1", true),
    ("b\u{fe70} = \u{fdfa}x", true),
    ("b\u{fc5e} = 1", true),
    ("\u{fe77}b = 1", true),
    ("é-b = ü", true),
    ("b\u{b7} = 1", true),
    ("\u{b7} = 1", false),
    ("\u{200c}b = 1", false),
    ("\u{feff}a = 1", true),
    ("\u{feff}\u{feff}a = 1", false),
    ("a = 1\n\u{feff}", false),
    ("a = { b = 1, b = 2 }", true),
    ("a = b & c", false),
    ("a = b ^ c", false),
    ("a = 1;", false),
];

#[test]
fn texts_are_valid_where_terraform_says_so() {
    for (text, is_valid) in VERDICTS {
        let text = if text.contains("\nE") { (*text).to_owned() } else { format!("{text}\n") };
        let errors = syntax::parse(&text).errors();
        assert_eq!(errors.is_empty(), *is_valid, "{text:?} {errors:?}");
    }
}

/// Which of many texts Terraform's parser refuses; `None` without the program.
fn refused_by_terraform(texts: &[String]) -> Option<Vec<bool>> {
    let folder = tempfile::tempdir().expect("a folder");
    for (index, text) in texts.iter().enumerate() {
        std::fs::write(folder.path().join(format!("t{index}.tf")), text).expect("a written file");
    }
    let output = Command::new("terraform")
        .args(["fmt", "-no-color", "-check", "-list=false"])
        .arg(folder.path())
        .env("TF_CLI_CONFIG_FILE", "/dev/null")
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr);
    // Lines are folded, so that a name may be broken anywhere: blanks and bars are left out.
    let said: String = said.chars().filter(|c| !c.is_whitespace() && *c != '│').collect();
    Some((0..texts.len()).map(|index| said.contains(&format!("/t{index}.tf"))).collect())
}

/// Whether an attribute is written twice in one body, which a later check explains.
fn has_a_twin(text: &str) -> bool {
    use azapi_ls::syntax::ast::{AstNode, Body};
    let bodies = syntax::parse(text).syntax().descendants().filter_map(Body::cast).collect::<Vec<_>>();
    bodies.iter().any(|body| {
        let mut names: Vec<String> = body.attributes().map(|it| it.name()).collect();
        names.sort();
        names.windows(2).any(|pair| pair[0] == pair[1])
    })
}

#[test]
fn terraform_agrees_on_damaged_texts_where_it_is_installed() {
    let inserts = [
        "x", "\"", "{", "}", "(", "]", ",", "\n", ".", "=", "~", " 1 ", "-", ":", "${", ".*", "[*]", ".0",
        "\r", "\u{feff}", "<<E\n", "/*", "'", "%{if a}", "?", "...", "=>", "1.5.", "&",
    ];
    let mut texts = Vec::new();
    for (_, text) in valid_texts() {
        let bounds: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        for (index, pair) in bounds.windows(2).enumerate().step_by(7) {
            let (before, after) = (&text[..pair[0]], &text[pair[1]..]);
            texts.push(format!("{before}{after}"));
            texts.push(format!("{before}{}{}", inserts[index % inserts.len()], &text[pair[0]..]));
        }
    }
    texts.extend(VERDICTS.iter().map(|(text, _)| format!("{text}\n")));
    let Some(refused) = refused_by_terraform(&texts) else { return };
    let mut differ = String::new();
    for (text, refused) in texts.iter().zip(refused) {
        let errors = syntax::parse(text).errors();
        // A block with a label that begins at the margin inside another one has, to us, lost its way.
        let is_at_margin = errors.iter().any(|it| it.message.contains("is not closed")) && !refused;
        if errors.is_empty() == refused && !has_a_twin(text) && !is_at_margin {
            differ.push_str(&format!("refused: {refused}, ours: {errors:?}\n{text}\n\n"));
        }
    }
    assert!(differ.is_empty(), "{} texts\n{differ}", texts.len());
}

/// Our first message where we refuse what hcl-edit takes in a damaged text. Terraform refuses all.
const STRICTER_MESSAGES: &[(&str, &str)] = &[
    ("closing quote", "a quoted string or label ends at its line's end"),
    ("expected a name after `.`", "a name stands on the line of its `.`"),
    ("expected `in` and", "`invar` is one name, as `forest` is"),
    ("is not closed", "a top-level block in another block: one that lost its `}`"),
];

#[test]
fn what_hcl_edit_takes_of_damaged_texts_we_take_save_for_known_reasons() {
    let inserts = ["x", "\"", "{", "}", "(", "]", ",", "\n", ".", "=", "~", " 1 ", "-", ":", "${"];
    for (name, text) in valid_texts().into_iter().filter(|(_, text)| !text.contains("<<")) {
        let bounds: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        for (index, pair) in bounds.windows(2).enumerate() {
            let (before, after) = (&text[..pair[0]], &text[pair[1]..]);
            let insert = inserts[index % inserts.len()];
            for damaged in [format!("{before}{after}"), format!("{before}{insert}{}", &text[pair[0]..])] {
                if theirs(&damaged).is_none() {
                    continue;
                }
                let errors = syntax::parse(&damaged).errors();
                if let Some(error) = errors.first() {
                    let is_known = STRICTER_MESSAGES.iter().any(|(part, _)| error.message.contains(part));
                    assert!(is_known, "{name} {error:?} in\n{damaged}");
                }
            }
        }
    }
}
