//! Fixes that diagnostics carry, and what may be applied of them without asking.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::Diagnostic;
use crate::ide::SourceChange;
use crate::terraform::{FileId, Located};
use crate::text::{TextEdit, TextRange, TextSize};

/// A change that removes a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What an editor offers it as.
    pub title: String,
    /// What it changes, as a whole or not at all.
    pub change: SourceChange,
    /// Whether it may be applied without asking.
    pub(crate) applicability: Applicability,
    /// The one to take when a diagnostic has several.
    pub(crate) preferred: bool,
}

/// Who decides whether a fix is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Applicability {
    /// Can be applied without confirmation: it keeps what the author meant.
    Safe,
    /// The author: it is a guess, or changes more than the fault.
    Confirm,
}

impl Fix {
    /// Whether it may be applied without asking.
    pub fn is_safe(&self) -> bool {
        self.applicability == Applicability::Safe
    }

    /// `Change to NAME` for each name in the place of the one written; preferred where there is but one.
    pub(super) fn renamings<'n>(
        at: &Located<TextRange>,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Vec<Self> {
        let fix = |name: &str| Self {
            title: format!("Change to `{name}`"),
            change: SourceChange::edit(at.file, TextEdit::replace(at.node, name)),
            applicability: Applicability::Confirm,
            preferred: false,
        };
        let mut fixes: Vec<Self> = names.into_iter().map(fix).collect();
        if let [only] = &mut fixes[..] {
            only.preferred = true;
        }
        fixes
    }
}

/// The safe fixes that can be applied together, as one change: of each diagnostic at most one, the preferred or
/// else the first. Of fixes that share a place the one of the earlier diagnostic is taken; the other is left to a
/// next round, on the diagnostics of the text that this one makes. O(n log n) in edits.
pub(crate) fn safe_fixes<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> SourceChange {
    let mut sorted: Vec<&Diagnostic> = diagnostics.into_iter().collect();
    sorted.sort_by_key(|one| (one.file, one.range.start(), one.range.end(), one.code));
    let mut taken = Taken::default();
    for fix in sorted.into_iter().filter_map(safe_fix) {
        if taken.has_room_for(&fix.change) {
            taken.add(&fix.change);
        }
    }
    taken.into_change()
}

fn safe_fix(diagnostic: &Diagnostic) -> Option<&Fix> {
    let mut safe = diagnostic.fixes.iter().filter(|fix| fix.applicability == Applicability::Safe);
    safe.clone().find(|fix| fix.preferred).or_else(|| safe.next())
}

/// Edits of one file by start and end: insertions at one offset, which only a single fix can bring, in its order.
type Edits = BTreeMap<(TextSize, TextSize), Vec<TextEdit>>;

/// What the fixes chosen so far change.
#[derive(Default)]
struct Taken {
    /// Edits of different fixes share no place.
    edits: BTreeMap<FileId, Edits>,
    new_files: Vec<(PathBuf, String)>,
    new_paths: BTreeSet<PathBuf>,
}

impl Taken {
    fn has_room_for(&self, change: &SourceChange) -> bool {
        let edits_fit = change.edits.iter().all(|(file, edits)| {
            self.edits.get(file).is_none_or(|taken| edits.iter().all(|edit| has_room(taken, edit.range)))
        });
        edits_fit && change.new_files.iter().all(|(path, _)| !self.new_paths.contains(path))
    }

    fn add(&mut self, change: &SourceChange) {
        for (file, edits) in &change.edits {
            let taken = self.edits.entry(*file).or_default();
            for edit in edits {
                taken.entry((edit.range.start(), edit.range.end())).or_default().push(edit.clone());
            }
        }
        for (path, text) in &change.new_files {
            self.new_paths.insert(path.clone());
            self.new_files.push((path.clone(), text.clone()));
        }
    }

    fn into_change(self) -> SourceChange {
        let edits =
            self.edits.into_iter().map(|(file, edits)| (file, edits.into_values().flatten().collect()));
        SourceChange { edits: edits.collect(), new_files: self.new_files }
    }
}

/// Whether a range shares no place with those taken, which share none with each other: so only its neighbours
/// count.
fn has_room(taken: &Edits, range: TextRange) -> bool {
    let key = (range.start(), range.end());
    let mut neighbours = taken.range(..=key).next_back().into_iter().chain(taken.range(key..).next());
    neighbours.all(|(&(start, end), _)| !share_a_place(TextRange::new(start, end), range))
}

/// Ranges with a byte in common, and an insertion at an end of the other, where the order of the two texts is not
/// certain.
fn share_a_place(one: TextRange, other: TextRange) -> bool {
    let touch = one.intersect(other);
    touch.is_some_and(|common| !common.is_empty() || one.is_empty() || other.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::Severity;
    use crate::text::apply_edits;

    const TEXT: &str = "0123456789";

    fn fix(edits: &[(u32, u32, &str)], applicability: Applicability, preferred: bool) -> Fix {
        let edit = |&(start, end, text): &(u32, u32, &str)| {
            TextEdit::replace(TextRange::new(start.into(), end.into()), text)
        };
        let edits = vec![(FileId(0), edits.iter().map(edit).collect())];
        let change = SourceChange { edits, new_files: Vec::new() };
        Fix { title: String::new(), change, applicability, preferred }
    }

    fn safe(edits: &[(u32, u32, &str)]) -> Fix {
        fix(edits, Applicability::Safe, false)
    }

    fn diagnostic(start: u32, fixes: Vec<Fix>) -> Diagnostic {
        Diagnostic {
            file: FileId(0),
            range: TextRange::empty(start.into()),
            code: "c",
            severity: Severity::Error,
            message: String::new(),
            related: Vec::new(),
            address: None,
            path: None,
            fixes,
        }
    }

    /// What the safe fixes of diagnostics with these fixes, at 0, 1, …, leave of [`TEXT`].
    fn check(fixes: Vec<Vec<Fix>>, expected: &str) {
        let found: Vec<_> =
            fixes.into_iter().zip(0..).map(|(fixes, start)| diagnostic(start, fixes)).collect();
        // The order in which they are given does not matter.
        let change = safe_fixes(found.iter().rev());
        assert_eq!(change, safe_fixes(&found));
        let edits = change.edits.first().map_or(&[][..], |(_, edits)| edits);
        assert_eq!(apply_edits(TEXT, edits).as_deref(), Ok(expected));
    }

    #[test]
    fn only_safe_fixes_are_taken() {
        check(
            vec![vec![fix(&[(0, 1, "a")], Applicability::Confirm, true)], vec![safe(&[(1, 2, "b")])]],
            "0b23456789",
        );
    }

    #[test]
    fn of_one_diagnostic_the_preferred_is_taken_or_else_the_first() {
        let preferred = fix(&[(5, 6, "b")], Applicability::Safe, true);
        check(vec![vec![safe(&[(0, 1, "a")]), preferred]], "01234b6789");
        check(vec![vec![safe(&[(0, 1, "a")]), safe(&[(5, 6, "b")])]], "a123456789");
    }

    #[test]
    fn of_fixes_that_overlap_the_first_by_place_is_taken() {
        check(
            vec![vec![safe(&[(2, 5, "a")])], vec![safe(&[(4, 7, "b")])], vec![safe(&[(7, 8, "c")])]],
            "01a56c89",
        );
        check(vec![vec![safe(&[(2, 8, "a")])], vec![safe(&[(3, 4, "b")])]], "01a89");
        check(vec![vec![safe(&[(3, 4, "a")])], vec![safe(&[(2, 8, "b")])]], "012a456789");
        check(vec![vec![safe(&[(3, 4, "a")])], vec![safe(&[(3, 8, "b")])]], "012a456789");
    }

    #[test]
    fn ranges_that_only_touch_are_both_taken_but_for_insertions() {
        check(vec![vec![safe(&[(2, 5, "a")])], vec![safe(&[(5, 7, "b")])]], "01ab789");
        check(vec![vec![safe(&[(2, 5, "a")])], vec![safe(&[(5, 5, "b")])]], "01a56789");
        check(vec![vec![safe(&[(5, 5, "a")])], vec![safe(&[(5, 7, "b")])]], "01234a56789");
        check(vec![vec![safe(&[(5, 5, "a")])], vec![safe(&[(5, 5, "a")])]], "01234a56789");
    }

    #[test]
    fn a_fix_is_taken_as_a_whole_or_not_at_all() {
        check(
            vec![
                vec![safe(&[(2, 3, "a")])],
                vec![safe(&[(2, 3, "b"), (8, 9, "c")])],
                vec![safe(&[(8, 9, "d")])],
            ],
            "01a34567d9",
        );
        check(vec![vec![safe(&[(8, 8, "a"), (8, 8, "b"), (1, 2, "")])]], "0234567ab89");
    }

    #[test]
    fn a_file_is_made_once() {
        let mut one = safe(&[]);
        one.change = SourceChange::new_file("/m/new.tf".into(), "one".to_owned());
        let mut other = safe(&[(0, 1, "")]);
        other.change.new_files.push(("/m/new.tf".into(), "other".to_owned()));
        let change = safe_fixes(&[diagnostic(0, vec![one.clone()]), diagnostic(1, vec![other])]);
        assert_eq!(change, one.change);
    }

    #[test]
    fn files_are_kept_apart() {
        let mut other = safe(&[(2, 5, "b")]);
        other.change.edits[0].0 = FileId(1);
        let change = safe_fixes(&[diagnostic(0, vec![safe(&[(2, 5, "a")])]), diagnostic(1, vec![other])]);
        assert_eq!(
            change.edits.iter().map(|(file, edits)| (file.0, edits.len())).collect::<Vec<_>>(),
            [(0, 1), (1, 1)]
        );
    }

    #[test]
    fn rounds_end_with_every_fix_applied() {
        let mut text = "x".repeat(100);
        let mut rounds = 0;
        loop {
            let found: Vec<_> = text
                .match_indices('x')
                .map(|(at, _)| {
                    diagnostic(
                        at as u32,
                        vec![safe(&[(at as u32, at as u32 + 1, "y"), (at as u32, at as u32, "-")])],
                    )
                })
                .collect();
            if found.is_empty() {
                break;
            }
            let change = safe_fixes(&found);
            text = apply_edits(&text, &change.edits[0].1).unwrap();
            rounds += 1;
        }
        assert_eq!((text, rounds), ("-y".repeat(100), 2));
    }
}
