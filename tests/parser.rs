//! Every text under `tests/data/parser` and the tree beside it.
//!
//! `ok` must parse without errors, `err` with the ones that its tree lists; `fuzz` holds texts
//! that once went wrong, for which the invariants are enough. `UPDATE_EXPECT=1` writes the trees.

use azapi_ls::syntax::{self, Parse};
use expect_test::expect_file;
use rowan::{NodeOrToken, WalkEvent};
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[test]
fn valid_texts_have_no_errors_and_these_trees() {
    for (path, text) in texts("ok") {
        let parse = syntax::parse(&text);
        assert_eq!(parse.errors(), [], "{}", path.display());
        expect_file![path.with_extension("tree")].assert_eq(&dump(&parse));
    }
}

#[test]
fn broken_texts_have_these_errors_and_trees() {
    for (path, text) in texts("err") {
        let parse = syntax::parse(&text);
        assert_ne!(parse.errors(), [], "{}", path.display());
        expect_file![path.with_extension("tree")].assert_eq(&dump(&parse));
    }
}

#[test]
fn texts_that_once_went_wrong_keep_every_byte() {
    for (path, text) in texts("fuzz") {
        assert_eq!(syntax::parse(&text).syntax().to_string(), text, "{}", path.display());
    }
}

/// The texts of a folder, by name.
fn texts(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/parser").join(folder);
    let entries = std::fs::read_dir(&folder).expect("the folder of texts");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "tf"));
    paths.sort();
    assert!(!paths.is_empty(), "no texts in {}", folder.display());
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a text in UTF-8");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// One line a node or token, blanks and line breaks left out, then the errors.
fn dump(parse: &Parse) -> String {
    let mut result = String::new();
    let mut depth = 0;
    for event in parse.syntax().preorder_with_tokens() {
        match event {
            WalkEvent::Enter(NodeOrToken::Node(node)) => {
                let _ = writeln!(result, "{:depth$}{:?}@{:?}", "", node.kind(), node.text_range());
                depth += 2;
            }
            WalkEvent::Enter(NodeOrToken::Token(token)) if !token.text().trim().is_empty() => {
                let _ = writeln!(result, "{:depth$}{:?} {:?}", "", token.kind(), token.text());
            }
            WalkEvent::Enter(NodeOrToken::Token(_)) | WalkEvent::Leave(NodeOrToken::Token(_)) => {}
            WalkEvent::Leave(NodeOrToken::Node(_)) => depth -= 2,
        }
    }
    for error in parse.errors() {
        let _ = writeln!(result, "error {:?}: {}", error.range, error.message);
    }
    result
}
