//! Suppression comments: `# azapi-ls-ignore: CODE[, CODE]  reason`, at the end of the line or on the line before.

use std::collections::{HashMap, HashSet};

use ropey::Rope;

use crate::ide::{Analysis, FileId};
use crate::syntax::ast::AstNode;
use crate::syntax::{SyntaxKind, SyntaxNode};
use crate::terraform::Module;
use crate::text::{TextRange, TextSize};

const MARK: &str = "azapi-ls-ignore:";

/// The suppressions of one file.
#[derive(Debug, Default)]
pub(super) struct Suppressions {
    /// By line, from 1, what comments suppress on it.
    by_line: HashMap<usize, HashSet<String>>,
    /// Start offsets of all lines.
    line_starts: Vec<TextSize>,
}

impl Suppressions {
    /// Those of a file of the module; none for another one.
    pub(super) fn of_file(analysis: &Analysis, module: &Module, file: FileId) -> Self {
        match (module.file(file), analysis.source(file)) {
            (Some(in_module), Some(source)) => Self::of(in_module.root().syntax(), &source.rope),
            _ => Self::default(),
        }
    }

    /// Reads the comments of a file; of one without the mark, nothing but its text.
    fn of(root: &SyntaxNode, text: &Rope) -> Self {
        if !has_mark(text) {
            return Self::default();
        }
        let mut comments = Vec::new();
        for token in root.descendants_with_tokens().filter_map(|it| it.into_token()) {
            if token.kind() == SyntaxKind::COMMENT
                && let Some((_, rest)) = token.text().split_once(MARK)
            {
                comments.push((token.text_range().start(), codes_of(rest)));
            }
        }
        if comments.is_empty() {
            return Self::default();
        }
        let starts = (0..text.len_lines()).map(|line| TextSize::new(text.line_to_byte(line) as u32));
        let mut suppressions = Self { by_line: HashMap::new(), line_starts: starts.collect() };
        for (at, codes) in comments {
            let line = suppressions.line_of(at);
            let start = suppressions.line_starts[line - 1];
            let before = text.byte_slice(usize::from(start)..usize::from(at));
            if before.chars().all(char::is_whitespace) {
                suppressions.by_line.entry(line + 1).or_default().extend(codes.iter().cloned());
            }
            suppressions.by_line.entry(line).or_default().extend(codes);
        }
        suppressions
    }

    /// Whether a diagnostic of this code at this place is suppressed: by a comment on the line it begins on, or
    /// by one that stands alone on the line before.
    pub(super) fn covers(&self, code: &str, range: TextRange) -> bool {
        if self.by_line.is_empty() {
            return false;
        }
        self.by_line.get(&self.line_of(range.start())).is_some_and(|codes| codes.contains(code))
    }

    /// From 1.
    fn line_of(&self, offset: TextSize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset)
    }
}

/// Whether the mark is in the text, also where two of its pieces meet.
fn has_mark(text: &Rope) -> bool {
    let mut seam = String::new();
    text.chunks().any(|chunk| {
        let start: String = chunk.chars().take(MARK.len()).collect();
        seam.push_str(&start);
        let found = chunk.contains(MARK) || seam.contains(MARK);
        seam = chunk.chars().rev().take(MARK.len()).collect::<Vec<_>>().into_iter().rev().collect();
        found
    })
}

/// The codes up to the first word that cannot continue the list; what follows is the reason.
fn codes_of(rest: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for item in rest.split(',') {
        let mut words = item.split_whitespace();
        codes.extend(words.next().map(|code| code.trim_end_matches("*/").to_owned()));
        if words.next().is_some() {
            break;
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_behind_something_is_about_its_own_line_and_one_alone_also_about_the_next() {
        let text = "a = 1 # azapi-ls-ignore: x\nb = 2\n  # azapi-ls-ignore: x\nc = 3\nd = 4\n";
        let root = crate::syntax::parse(text).root();
        let suppressions = Suppressions::of(root.syntax(), &Rope::from_str(text));
        let covered = |line: &&str| {
            let at = TextSize::new(text.find(*line).unwrap() as u32);
            suppressions.covers("x", TextRange::empty(at))
        };
        let lines = ["a = 1", "b = 2", "c = 3", "d = 4"];
        assert_eq!(lines.iter().copied().filter(covered).collect::<Vec<_>>(), ["a = 1", "c = 3"]);
    }

    #[test]
    fn the_mark_is_found_wherever_the_text_is_cut() {
        for before in 0..2_000 {
            let text = Rope::from_str(&format!("{}# {MARK} a-b\n", " ".repeat(before)));
            assert!(has_mark(&text), "{before}");
        }
        assert!(!has_mark(&Rope::from_str("# azapi-ls-ignor")));
    }

    #[test]
    fn a_reason_ends_the_list_of_codes() {
        assert_eq!(codes_of(" a-b, c-d  because, well"), ["a-b", "c-d"]);
        assert_eq!(codes_of(" a-b"), ["a-b"]);
        assert!(codes_of("  ").is_empty());
    }
}
