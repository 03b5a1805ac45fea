//! The diagnostics of many modules: several at a time, in the order of the files whatever ends first.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::cli::load::Loaded;
use crate::cli::render::Reported;
use crate::ide::{FileDiagnostics, FileId, More, Severity, SourceFile};
use crate::parallel;

/// Progress is not shown more often.
const PAUSE: Duration = Duration::from_millis(100);

/// So many diagnostics are printed; the others are counted.
const MOST_PRINTED: usize = 50_000;

type ByFile = BTreeMap<FileId, FileDiagnostics>;

/// What was found, and how many more there are than are listed.
pub(super) struct Found<'a> {
    pub(super) list: Vec<Reported<'a>>,
    pub(super) more: More,
}

impl<'a> Found<'a> {
    fn take(&mut self, file: &'a str, source: &'a SourceFile, mut found: FileDiagnostics) {
        found.cut(MOST_PRINTED.saturating_sub(self.list.len()));
        let list = found.list.into_iter();
        self.list.extend(list.map(|diagnostic| Reported { file, source, diagnostic }));
        self.more.join(found.more);
    }

    /// Of each one, of those that are not listed the worst only.
    pub(super) fn severities(&self) -> impl Iterator<Item = Severity> {
        self.list.iter().map(|reported| reported.diagnostic.severity).chain(self.more.worst)
    }
}

/// In the order of the files; each module is checked once.
pub(super) fn diagnostics(loaded: &Loaded) -> Found<'_> {
    let mut modules: BTreeMap<&Path, FileId> = BTreeMap::new();
    for (_, file) in &loaded.files {
        if let Some(module) = loaded.analysis.module_of(*file) {
            modules.entry(&module.dir).or_insert(*file);
        }
    }
    let mut found = of_modules(loaded, &modules.into_values().collect::<Vec<_>>());
    let mut all = Found { list: Vec::new(), more: More::default() };
    for (name, file) in &loaded.files {
        let Some(source) = loaded.analysis.source(*file) else { continue };
        all.take(name, source, found.remove(file).unwrap_or_default());
    }
    // What the checked modules call is not checked by itself, but as they call it.
    let is_installed = |name: &str| name.split('/').any(|folder| folder == ".terraform");
    for (name, file) in loaded.called.iter().filter(|(name, _)| !is_installed(name)) {
        let Some(source) = loaded.analysis.source(*file) else { continue };
        all.take(name, source, loaded.analysis.call_diagnostics(*file));
    }
    all
}

/// `modules` names each by one of its files.
fn of_modules(loaded: &Loaded, modules: &[FileId]) -> ByFile {
    let progress = Mutex::new(Progress::new(modules.len()));
    let numbered: Vec<(usize, FileId)> = modules.iter().copied().enumerate().collect();
    let counts: Vec<AtomicUsize> = modules.iter().map(|_| AtomicUsize::new(0)).collect();
    let (in_all, first_unlisted) = (AtomicUsize::new(0), AtomicUsize::new(usize::MAX));
    let found = parallel::in_order(&numbered, parallel::threads(), |(at, file)| {
        let mut found = loaded.analysis.module_diagnostics(*file);
        let count = found.values().map(|found| found.list.len()).sum();
        counts[*at].store(count, Ordering::Relaxed);
        let in_all = in_all.fetch_add(count, Ordering::Relaxed) + count;
        // What stands behind enough of others is never printed, whichever ends first.
        let is_known_to = || first_unlisted.load(Ordering::Relaxed) <= *at;
        let has_enough_before = || {
            let before: usize = counts[..*at].iter().map(|count| count.load(Ordering::Relaxed)).sum();
            before >= MOST_PRINTED
        };
        if in_all > MOST_PRINTED && (is_known_to() || has_enough_before()) {
            first_unlisted.fetch_min(*at, Ordering::Relaxed);
            found.values_mut().for_each(|found| found.cut(0));
        }
        progress.lock().unwrap_or_else(PoisonError::into_inner).one_more();
        found
    });
    progress.into_inner().unwrap_or_else(PoisonError::into_inner).clear();
    found.into_iter().flatten().collect()
}

/// How far it is, on one line of a terminal and nowhere else.
struct Progress {
    of: usize,
    done: usize,
    is_shown: bool,
    last: Instant,
    is_dirty: bool,
}

impl Progress {
    fn new(of: usize) -> Self {
        Self {
            of,
            done: 0,
            is_shown: of > 1 && io::stderr().is_terminal(),
            last: Instant::now(),
            is_dirty: false,
        }
    }

    fn one_more(&mut self) {
        self.done += 1;
        if self.is_shown && self.last.elapsed() >= PAUSE {
            self.last = Instant::now();
            self.is_dirty = true;
            // What cannot be shown is not needed.
            let _ = write!(io::stderr(), "\r{} of {} modules", self.done, self.of);
        }
    }

    fn clear(&self) {
        if self.is_dirty {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
