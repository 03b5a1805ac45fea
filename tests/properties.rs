//! What holds of every text, broken or not: nothing is lost, nothing takes more than linear time,
//! an edited tree is the tree of the edited text, and damage stays where it is.

use azapi_ls::syntax::ast::AstNode;
use azapi_ls::syntax::{self, Edit, MAX_DEPTH, Parse, SyntaxKind};
use azapi_ls::text::{TextRange, TextSize};
use proptest::prelude::*;
use rowan::WalkEvent;
use std::path::Path;

/// The texts under `tests/data/parser`, valid and broken.
fn corpus(folders: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/parser");
    let mut texts = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder of texts") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|it| it == "tf") {
                let text = std::fs::read_to_string(&path).expect("a text in UTF-8");
                texts.push((path.display().to_string(), text));
            }
        }
    }
    texts.sort();
    texts
}

/// Lossless, nested, not too deep, errors inside the text and in order, not too much work.
fn check(text: &str) -> Parse {
    let parse = syntax::parse(text);
    let root = parse.syntax();
    assert_eq!(root.to_string(), text);
    let mut depth = 0;
    for event in root.preorder_with_tokens() {
        match event {
            WalkEvent::Enter(element) => {
                depth += 1;
                let parent = element.parent().map_or(element.text_range(), |it| it.text_range());
                assert!(parent.contains_range(element.text_range()), "{element:?}");
                assert!(depth < MAX_DEPTH + 20, "{depth} levels");
            }
            WalkEvent::Leave(_) => depth -= 1,
        }
    }
    let errors = parse.errors();
    let end = TextSize::of(text);
    assert!(errors.iter().all(|error| error.range.end() <= end && !error.message.is_empty()), "{errors:?}");
    assert!(errors.is_sorted_by_key(|error| error.range.start()), "{errors:?}");
    let bound = 40 * text.len() as u64 + 200;
    assert!(parse.steps() <= bound, "{} steps for {} bytes", parse.steps(), text.len());
    parse
}

fn boundaries(text: &str) -> Vec<usize> {
    (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect()
}

/// Replaces a range, both ways of reading must agree.
fn check_edit(old: &Parse, text: &str, from: usize, to: usize, insert: &str) -> (Parse, String) {
    let new = format!("{}{insert}{}", &text[..from], &text[to..]);
    let size = |n: usize| TextSize::try_from(n).expect("a small text");
    let edit = Edit { deleted: TextRange::new(size(from), size(to)), inserted: TextSize::of(insert) };
    let again = old.reparse(&new, &edit);
    let whole = syntax::parse(&new);
    let same = again == whole;
    assert!(
        same && again.errors() == whole.errors(),
        "{from}..{to} -> {insert:?} in\n{text}\n{:#?}\n{:#?}\nnot\n{:#?}\n{:#?}",
        again.syntax(),
        again.errors(),
        whole.syntax(),
        whole.errors()
    );
    (again, new)
}

#[test]
fn every_prefix_of_every_text_parses() {
    for (_, text) in corpus(&["ok", "err", "fuzz"]) {
        for end in boundaries(&text) {
            check(&text[..end]);
        }
    }
}

#[test]
fn every_text_parses_with_one_character_left_out() {
    for (_, text) in corpus(&["ok", "err", "fuzz"]) {
        for pair in boundaries(&text).windows(2) {
            check(&format!("{}{}", &text[..pair[0]], &text[pair[1]..]));
        }
    }
}

#[test]
fn typing_and_deleting_gives_the_tree_of_the_new_text() {
    for (name, text) in corpus(&["ok", "err", "fuzz"]) {
        let old = syntax::parse(&text);
        let inserts = [
            "x", "\"", "{", "}", "\n", "(", "]", "${", "/*", "<<EOT\n", "=", " ", "a = 1\n", "\r\n", "EOT\n",
            "\u{feff}", "\0", "\r", "\u{2028}", "\u{85}",
        ];
        for (index, pair) in boundaries(&text).windows(2).enumerate() {
            check_edit(&old, &text, pair[0], pair[1], "");
            check_edit(&old, &text, pair[0], pair[0], inserts[(index + name.len()) % inserts.len()]);
        }
    }
}

/// Pieces that open, close and confuse.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
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
        "EOT",
        "\n",
        "\r\n",
        "\r",
        " ",
        "  ",
        "\t",
        "#c",
        "//c",
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
        "*",
        "0",
        "1.5e3",
        "a",
        "b-c",
        "for",
        "in",
        "if",
        "else",
        "endif",
        "endfor",
        "true",
        "null",
        "\\",
        "\\n",
        "$${",
        "'",
        "ü",
        "\u{feff}",
        "\u{2028}",
        "\0",
        "\u{feff}a = 1\n",
        "1.5.2",
        ".*",
        "a = 1\n",
        "  a = 1\n",
        "resource \"a\" \"b\" {\n",
        "\nlocals {\n",
        "  body = {\n",
        "\n}\n",
        "  }\n",
        "variable \"x\" {",
        "dynamic \"x\" {\n",
        "[for x in y : z]",
        "{for k, v in m : k => v...}",
        "%{ if a }",
        "%{ else }",
        "%{ endif }",
        "\"x${",
        "}\"",
        "resource \"a\" \"b\"\n",
        "<",
        "|",
        "@",
    ];
    prop_oneof![
        20 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_in_its_tree(text in any_text()) {
        check(&text);
    }

    #[test]
    fn any_characters_are_in_their_tree(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_chain_of_edits_gives_the_tree_of_the_new_text(
        text in any_text(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, any_edit()), 1..5),
    ) {
        check_edits(text, &edits);
    }

    #[test]
    fn any_chain_of_edits_to_a_real_text_gives_the_tree_of_the_new_text(
        texts in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..30, any_edit()), 1..4),
    ) {
        let corpus = corpus(&["ok", "err"]);
        let text: String = texts.iter().map(|index| index.get(&corpus).1.as_str()).collect();
        check_edits(text, &edits);
    }

    #[test]
    fn pieces_of_real_texts_are_in_their_tree(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1_usize..80), 1..12),
    ) {
        let corpus = corpus(&["ok", "err"]);
        let mut text = String::new();
        for (file, start, len) in &cuts {
            let source = &file.get(&corpus).1;
            let bounds = boundaries(source);
            let first = start.index(bounds.len());
            text.push_str(&source[bounds[first]..bounds[(first + len).min(bounds.len() - 1)]]);
        }
        check(&text);
    }
}

fn any_edit() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..3).prop_map(|pieces| pieces.concat())
}

fn check_edits(mut text: String, edits: &[(prop::sample::Index, usize, String)]) {
    let mut parse = syntax::parse(&text);
    for (place, len, insert) in edits {
        let bounds = boundaries(&text);
        let first = place.index(bounds.len());
        let last = (first + len).min(bounds.len() - 1);
        (parse, text) = check_edit(&parse, &text, bounds[first], bounds[last], insert);
    }
}

#[test]
fn opening_things_without_end_takes_linear_time_and_bounded_depth() {
    let openers = [
        "[",
        "(",
        "{",
        "\"${",
        "<<A\n",
        "<<A\n${",
        "a(",
        "a[",
        "a.",
        "-",
        "!",
        "a ? ",
        "a ? b : ",
        "1 + ",
        "1 * 2 + ",
        "{a=",
        "{a=[",
        "%{if ",
        "\"%{if a}",
        "\"%{for a in b}",
        "<<A\n%{if a}\n",
        "a {",
        "a {\n",
        "a \"b\" {\n",
        "a = {\n",
        "b = [\n",
        "/*",
        "/* */",
        "# c\n",
        "\n",
        "\r\n",
        " ",
        ")",
        "]",
        "}",
        "}\n",
        " }\n",
        "\"",
        "\"\n",
        "a = \"${\n",
        "a = (\n",
        "'",
        ",",
        "a,",
        "[for x in ",
        "{for x in y : ",
        "a[*]",
        "a.*",
        "a.0",
        "a::",
        "\\",
        "$",
        "$${",
        "<<",
        "<<-A\nA\n",
        "a = <<A\nb = 1\n",
        "x \"y\"\n z = 1\n",
        "b = {\n}\n",
        "a {\n b = {\n}\n",
        "resource \"a\" \"b\" {\n",
        "a=\"${f(\n",
        "é",
        "x = [\n\"${y,\n",
    ];
    for opener in openers {
        for (start, end) in
            [("", ""), ("a = ", ""), ("a = \"${", "}\"\n"), ("a = [", "]\nb = 1\n"), ("a {\n", "}\n")]
        {
            let text = format!("{start}{}{end}", opener.repeat(20_000 / opener.len()));
            let parse = check(&text);
            drop(parse.clone());
            let _ = parse.root().body().attributes().filter_map(|it| it.value()).count();
        }
    }
}

#[test]
fn closing_what_was_opened_deep_takes_linear_time() {
    let pairs = [
        ("[", "]"),
        ("(", ")"),
        ("{a=", "}"),
        ("\"${", "}\""),
        ("a(", ")"),
        ("a[", "]"),
        ("b {\n", "}\n"),
        ("<<A\n${", "}\nA\n"),
    ];
    for (open, close) in pairs {
        for count in [10, 250, 3_000] {
            check(&format!("a = {}1{}\n", open.repeat(count), close.repeat(count)));
            check(&format!("a = {}1{}\n", open.repeat(count), "}".repeat(count)));
            check(&format!("{}1{}\n", open.repeat(count), close.repeat(count)));
        }
    }
}

/// A hundred bytes of a hundred kinds, so that no list of names is scanned for each.
#[test]
fn heredocs_that_nothing_closes_take_linear_time() {
    let text: String = (0..3_000).map(|n| format!("a{n} = <<E{n}\n")).collect();
    check(&text);
    let closed: String = (0..3_000).map(|n| format!("E{n}\n")).collect();
    check(&format!("{text}{closed}"));
}

fn many_blocks(count: usize) -> String {
    (0..count)
        .map(|n| {
            format!(
                "# block {n}\nresource \"azapi_resource\" \"r{n}\" {{\n  type = \"T@v\"\n  name = \"n${{var.x}}\"\n  body = {{\n    properties = {{\n      a = [1, 2, {{ b = \"c\" }}]\n    }}\n  }}\n}}\n\n"
            )
        })
        .collect()
}

#[test]
fn a_keystroke_reads_its_block_only_and_keeps_the_other_nodes() {
    let text = many_blocks(400);
    let old = syntax::parse(&text);
    let at = text.find("r200").expect("the block") + 40;
    let (new, _) = check_edit(&old, &text, at, at, "x");
    assert!(new.steps() < 3_000, "{} steps", new.steps());
    let blocks = |parse: &Parse| -> Vec<*const ()> {
        parse.root().body().blocks().map(|it| std::ptr::from_ref(&*it.syntax().green()).cast()).collect()
    };
    let (before, after) = (blocks(&old), blocks(&new));
    assert_eq!(before.len(), after.len());
    let changed: Vec<usize> = (0..before.len()).filter(|&index| before[index] != after[index]).collect();
    assert_eq!(changed, [200]);
}

#[test]
fn a_byte_order_mark_counts_where_an_edit_moves_it() {
    let mark = "\u{feff}";
    for text in ["", "a = 1\n", "\n# c\na = 1\nb {}\n", mark] {
        for (from, to, insert) in [
            (format!("{mark}{text}"), 0, "b = 2\n"),
            (format!("{mark}{text}"), 0, mark),
            (format!("{mark}{text}"), 3, ""),
            (format!("{mark}{text}"), 3, "b = 2\n"),
            (format!("{mark}{text}"), 3, "b"),
            (format!("b = 2\n{mark}{text}"), 6, ""),
            (format!("b = 2\n{mark}{text}"), 6, "c = 3\n"),
            (format!("b = 2\n{mark}{text}"), 6, mark),
            (text.to_owned(), 0, mark),
        ] {
            let old = syntax::parse(&from);
            check_edit(&old, &from, 0, to.min(from.len()), insert);
            check_edit(&old, &from, 0, 0, insert);
        }
    }
}

#[test]
fn an_edit_that_does_not_fit_the_texts_is_read_as_a_new_text() {
    let old = syntax::parse("a = 1\n");
    let edit = Edit { deleted: TextRange::new(2.into(), 99.into()), inserted: 0.into() };
    assert_eq!(old.reparse("b {}\n", &edit), syntax::parse("b {}\n"));
}

/// The header waits for its brace, so the lexer looks through the comment to the end of the text.
#[test]
fn an_edit_in_a_comment_behind_a_header_without_brace_reads_the_header_again() {
    let text = "resource \"a\" \"b\"\n// c";
    let old = syntax::parse(text);
    check_edit(&old, text, text.len(), text.len(), "\n  d = 1\n");
    check_edit(&old, text, text.len(), text.len(), "\n{\n");
}

/// One block damaged at every place: the blocks around it are read as before.
#[test]
fn damage_in_a_block_leaves_its_neighbours_alone() {
    let before = "variable \"a\" {\n  default = 1\n}\n\n";
    let after = "\nresource \"azapi_resource\" \"c\" {\n  body = {\n    a = \"${var.x}\"\n  }\n}\n\nlocals {\n  d = 4\n}\n";
    let block = "resource \"azapi_resource\" \"b\" {\n  type = \"T@v\"\n  name = \"x-${var.name}\"\n  tags = { a = [1, f(2)] }\n  body = {\n    properties = {\n      list = [\n        { a = 1 },\n      ]\n    }\n  }\n  nested {\n    c = (1 + 2)\n  }\n}\n";
    let neighbours = |text: &str| -> Vec<rowan::GreenNode> {
        let file = syntax::parse(text).root();
        let others = file.body().blocks().filter(|it| it.labels().all(|label| label.text() != "b"));
        others.map(|it| it.syntax().green().into_owned()).collect()
    };
    let expected = neighbours(&format!("{before}{block}{after}"));
    assert_eq!(expected.len(), 3);
    let mut cuts: Vec<String> = boundaries(block).into_iter().map(|end| block[..end].to_owned()).collect();
    cuts.extend((0..block.len()).map(|at| format!("{}{}", &block[..at], &block[at + 1..])));
    let inserts = [
        "\"",
        "{",
        "(",
        "[",
        "${",
        "\"${",
        "}",
        ")",
        "]",
        "x",
        "=",
        "\n",
        ".",
        "/*",
        "<<EOT\n",
        "'",
        "%{",
        "a = \"${[{",
        "{[(",
    ];
    for insert in inserts {
        cuts.extend((0..block.len()).map(|at| format!("{}{insert}{}", &block[..at], &block[at..])));
    }
    for cut in cuts {
        let text = format!("{before}{cut}{after}");
        let found = neighbours(&text);
        let kept = expected.iter().filter(|it| found.contains(it)).count();
        assert_eq!(kept, 3, "{text}");
    }
}

#[test]
fn a_parse_goes_from_thread_to_thread() {
    let parse = syntax::parse("a = 1\n");
    let errors = std::thread::spawn(move || parse.errors()).join().expect("the thread");
    assert_eq!(errors, []);
}

#[test]
fn kinds_of_tokens_and_nodes_come_back_from_their_numbers() {
    let parse = syntax::parse("a = 1\n");
    assert_eq!(parse.syntax().kind(), SyntaxKind::FILE);
    assert_eq!(parse.syntax().last_token().map(|it| it.kind()), Some(SyntaxKind::NEWLINE));
}
