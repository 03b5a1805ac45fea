//! Any text keeps its bytes in the tree, and an edit gives the tree of the new text.
//!
//! Run with `cargo +nightly fuzz run --fuzz-dir tests/fuzz parser`. What it finds goes into
//! `tests/data/parser/fuzz`.
#![no_main]

use azapi_ls::syntax::{self, Edit};
use azapi_ls::text::{TextRange, TextSize};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, u8, &str, &str)| {
    let (at, len, insert, text) = input;
    let old = syntax::parse(text);
    assert_eq!(old.syntax().to_string(), text);

    let bounds: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
    let first = usize::from(at) % bounds.len();
    let (from, to) = (bounds[first], bounds[(first + usize::from(len)).min(bounds.len() - 1)]);
    let new = format!("{}{insert}{}", &text[..from], &text[to..]);
    let size = |n: usize| TextSize::try_from(n).expect("a small text");
    let edit = Edit { deleted: TextRange::new(size(from), size(to)), inserted: TextSize::of(insert) };
    assert!(old.reparse(&new, &edit) == syntax::parse(&new));
});
