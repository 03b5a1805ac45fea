//! How many diagnostics are made. A text of a million mistakes is told as such, not mistake by mistake: what is not
//! made is counted, so that nobody takes a part for the whole.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::suppress::Suppressions;
use super::{Diagnostic, Severity};
use crate::ide::{Analysis, FileId, SeveritySetting};
use crate::terraform::Module;
use crate::text::TextRange;

/// Different ones of a file.
pub(super) const MOST_OF_FILE: usize = 10_000;
/// Different ones of a module.
const MOST_OF_MODULE: usize = 50_000;

/// The diagnostics of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FileDiagnostics {
    /// By range, with their fixes.
    pub(crate) list: Vec<Diagnostic>,
    /// What was found besides.
    pub(crate) more: More,
}

/// Diagnostics that are counted and not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct More {
    pub(crate) count: usize,
    /// The worst of them.
    pub(crate) worst: Option<Severity>,
    /// Where the first of them is.
    pub(crate) first: Option<TextRange>,
}

impl More {
    /// One more.
    pub(crate) fn add(&mut self, range: TextRange, severity: Severity) {
        self.join(Self { count: 1, worst: Some(severity), first: Some(range) });
    }

    /// Those of another count of the same file; of files together, `first` means nothing.
    pub(crate) fn join(&mut self, other: Self) {
        self.count += other.count;
        self.worst = self.worst.max(other.worst);
        let both = self.first.into_iter().chain(other.first);
        self.first = both.min_by_key(|range| range.start());
    }
}

impl FileDiagnostics {
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.more.count == 0
    }

    /// Lists as many as `most`, the worst ones and of those the first ones, and counts the others.
    pub(crate) fn cut(&mut self, most: usize) {
        if self.list.len() <= most {
            return;
        }
        let mut worst_first: Vec<usize> = (0..self.list.len()).collect();
        worst_first.sort_by_key(|&at| Reverse(self.list[at].severity));
        let mut stays = vec![false; self.list.len()];
        worst_first[..most].iter().for_each(|&at| stays[at] = true);
        for (one, _) in self.list.iter().zip(&stays).filter(|(_, stays)| !**stays) {
            self.more.add(one.range, one.severity);
        }
        let mut stays = stays.into_iter();
        self.list.retain(|_| stays.next().is_some_and(|stays| stays));
    }
}

/// What was reported in one run, as far as it is needed to count.
#[derive(Default)]
pub(super) struct Counts {
    /// Listed ones by file: where, which code, which message.
    listed: HashMap<FileId, HashSet<u64>>,
    in_all: usize,
    more: BTreeMap<FileId, (More, HashSet<u64>)>,
    suppressions: HashMap<FileId, Suppressions>,
}

fn key(one: &Diagnostic) -> u64 {
    let mut hasher = DefaultHasher::new();
    (one.range, one.code, &one.message).hash(&mut hasher);
    hasher.finish()
}

impl Counts {
    /// Whether another one is listed: also one that says what a listed one does, with which it is joined.
    pub(super) fn lists(&mut self, one: &Diagnostic) -> bool {
        let listed = self.listed.entry(one.file).or_default();
        let key = key(one);
        if listed.contains(&key) {
            return true;
        }
        let has_room = listed.len() < MOST_OF_FILE && self.in_all < MOST_OF_MODULE;
        if has_room {
            listed.insert(key);
            self.in_all += 1;
        }
        has_room
    }

    /// Counts one that is not listed, unless the settings or a comment want nothing of it.
    pub(super) fn count(&mut self, analysis: &Analysis, module: &Module, one: &Diagnostic) {
        let severity = match analysis.config_of(one.file).severities.get(one.code) {
            Some(SeveritySetting::Off) => return,
            Some(SeveritySetting::As(severity)) => *severity,
            None => one.severity,
        };
        let suppressions = self.suppressions.entry(one.file);
        let suppressions = suppressions.or_insert_with(|| Suppressions::of_file(analysis, module, one.file));
        if suppressions.covers(one.code, one.range) {
            return;
        }
        let (more, counted) = self.more.entry(one.file).or_default();
        if counted.insert(key(one)) {
            more.add(one.range, severity);
        }
    }

    /// Adds what another run counted of other blocks.
    pub(super) fn join(&mut self, other: Self) {
        for (file, (more, keys)) in other.more {
            let (all, counted) = self.more.entry(file).or_default();
            let new = keys.into_iter().filter(|key| counted.insert(*key)).count();
            all.join(More { count: new, ..more });
        }
    }

    /// What was found besides the listed ones, by file.
    pub(super) fn more(self) -> impl Iterator<Item = (FileId, More)> {
        self.more.into_iter().map(|(file, (more, _))| (file, more))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::Fixture;

    #[test]
    fn no_more_than_a_number_of_diagnostics_is_made_and_the_others_are_counted() {
        for mistakes in [MOST_OF_FILE - 1, MOST_OF_FILE, MOST_OF_FILE + 1, 3 * MOST_OF_FILE] {
            let fixture = Fixture::new(&"@\n".repeat(mistakes));
            let found = fixture.analysis().file_diagnostics(fixture.file);
            assert_eq!(found.list.len(), mistakes.min(MOST_OF_FILE), "{mistakes}");
            assert_eq!(found.list.len() + found.more.count, mistakes);
            assert_eq!(found.more.worst, (found.more.count > 0).then_some(Severity::Error));
        }
    }

    #[test]
    fn what_comments_and_settings_want_nothing_of_is_not_counted() {
        let line = "@ # azapi-ls-ignore: syntax-error\n";
        let fixture = Fixture::new(&format!("{}@\n", line.repeat(MOST_OF_FILE + 1)));
        let found = fixture.analysis().file_diagnostics(fixture.file);
        assert_eq!((found.list.len(), found.more.count), (0, 1));
    }

    #[test]
    fn counts_that_are_joined_know_the_first_of_all() {
        let at = |at: u32| TextRange::empty(at.into());
        let mut all = More::default();
        let mut others = More::default();
        [5, 3].into_iter().for_each(|place| all.add(at(place), Severity::Hint));
        others.add(at(9), Severity::Error);
        all.join(others);
        assert_eq!(all, More { count: 3, worst: Some(Severity::Error), first: Some(at(3)) });
    }

    #[test]
    fn the_worst_ones_are_listed() {
        let one = |at: u32, severity| Diagnostic {
            file: FileId(0),
            range: TextRange::empty(at.into()),
            code: "syntax-error",
            severity,
            message: String::new(),
            related: Vec::new(),
            address: None,
            path: None,
            fixes: Vec::new(),
        };
        let (hint, error) = (Severity::Hint, Severity::Error);
        let list: Vec<Diagnostic> =
            [hint, error, hint, error, hint].into_iter().zip(0..).map(|(it, at)| one(at, it)).collect();
        let cut = |most| {
            let mut found = FileDiagnostics { list: list.clone(), more: More::default() };
            found.cut(most);
            let places = found.list.iter().map(|one| u32::from(one.range.start()));
            (places.collect::<Vec<_>>(), found.more.count, found.more.worst)
        };
        assert_eq!(cut(5), (vec![0, 1, 2, 3, 4], 0, None));
        assert_eq!(cut(3), (vec![0, 1, 3], 2, Some(hint)));
        assert_eq!(cut(1), (vec![1], 4, Some(error)));
        assert_eq!(cut(0), (vec![], 5, Some(error)));
    }
}
