//! The diagnostics of many modules: several at a time, in the order of the files whatever ends first.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::cli::load::Loaded;
use crate::cli::render::Reported;
use crate::ide::{Diagnostic, FileId, parallel};

/// Progress is not shown more often.
const PAUSE: Duration = Duration::from_millis(100);

type ByFile = BTreeMap<FileId, Vec<Diagnostic>>;

/// In the order of the files; each module is checked once.
pub(super) fn diagnostics(loaded: &Loaded) -> Vec<Reported<'_>> {
    let mut modules: BTreeMap<&Path, FileId> = BTreeMap::new();
    for (_, file) in &loaded.files {
        if let Some(module) = loaded.analysis.module_of(*file) {
            modules.entry(&module.dir).or_insert(*file);
        }
    }
    let mut found = of_modules(loaded, &modules.into_values().collect::<Vec<_>>());
    let mut all = Vec::new();
    for (name, file) in &loaded.files {
        let Some(source) = loaded.analysis.source(*file) else { continue };
        let found = found.remove(file).unwrap_or_default();
        all.extend(found.into_iter().map(|diagnostic| Reported { file: name, source, diagnostic }));
    }
    // What the checked modules call is not checked by itself, but as they call it.
    let is_installed = |name: &str| name.split('/').any(|folder| folder == ".terraform");
    for (name, file) in loaded.called.iter().filter(|(name, _)| !is_installed(name)) {
        let Some(source) = loaded.analysis.source(*file) else { continue };
        let found = loaded.analysis.call_diagnostics(*file);
        all.extend(found.into_iter().map(|diagnostic| Reported { file: name, source, diagnostic }));
    }
    all
}

/// `modules` names each by one of its files.
fn of_modules(loaded: &Loaded, modules: &[FileId]) -> ByFile {
    let progress = Mutex::new(Progress::new(modules.len()));
    let found = parallel::in_order(modules, parallel::threads(), |file| {
        let found = loaded.analysis.module_diagnostics(*file);
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
