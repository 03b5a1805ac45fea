//! The diagnostics of many modules: several at a time, in the order of the files whatever ends first.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::cli::load::Loaded;
use crate::cli::render::Reported;
use crate::ide::{FileDiagnostics, FileId, More, Severity, SourceFile};

/// As much as the thread that a program starts with usually has: expressions in expressions take some.
const STACK: usize = 8 << 20;
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
        found.cut(MOST_PRINTED - self.list.len().min(MOST_PRINTED));
        let list = found.list.into_iter();
        self.list.extend(list.map(|diagnostic| Reported { file, source, diagnostic }));
        self.more.join(More { first: None, ..found.more });
    }

    /// Of each one, also of those that are not listed, the worst only.
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
    let results: Vec<OnceLock<ByFile>> = modules.iter().map(|_| OnceLock::new()).collect();
    let (next, done, listed) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let counts: Vec<AtomicUsize> = modules.iter().map(|_| AtomicUsize::new(0)).collect();
    let work = |progress: &mut Progress| {
        while let Some((at, file, result, own)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            modules
                .get(at)
                .zip(results.get(at))
                .zip(counts.get(at))
                .map(|((file, it), own)| (at, file, it, own))
        } {
            let mut found = loaded.analysis.module_diagnostics(*file);
            let count = found.values().map(|found| found.list.len()).sum();
            own.store(count, Ordering::Relaxed);
            // What stands behind enough of others is never printed, whichever ends first.
            if listed.fetch_add(count, Ordering::Relaxed) > MOST_PRINTED {
                let before: usize = counts[..at].iter().map(|count| count.load(Ordering::Relaxed)).sum();
                if before >= MOST_PRINTED {
                    found.values_mut().for_each(|found| found.cut(0));
                }
            }
            // Nobody else has this place.
            let _ = result.set(found);
            progress.show(done.fetch_add(1, Ordering::Relaxed) + 1);
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(modules.len());
    let mut progress = Progress::new(modules.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            let quiet = || work(&mut Progress::none());
            // With fewer threads it takes longer, no more.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, quiet);
        }
        work(&mut progress);
    });
    progress.clear();
    results.into_iter().filter_map(OnceLock::into_inner).flatten().collect()
}

/// How far it is, on one line of a terminal and nowhere else.
struct Progress {
    of: usize,
    is_shown: bool,
    last: Instant,
    is_dirty: bool,
}

impl Progress {
    fn new(of: usize) -> Self {
        Self { of, is_shown: of > 1 && io::stderr().is_terminal(), last: Instant::now(), is_dirty: false }
    }

    fn none() -> Self {
        Self { of: 0, is_shown: false, last: Instant::now(), is_dirty: false }
    }

    fn show(&mut self, done: usize) {
        if self.is_shown && self.last.elapsed() >= PAUSE {
            self.last = Instant::now();
            self.is_dirty = true;
            // What cannot be shown is not needed.
            let _ = write!(io::stderr(), "\r{done} of {} modules", self.of);
        }
    }

    fn clear(&self) {
        if self.is_dirty {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
