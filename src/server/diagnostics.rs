//! Diagnostics on their way to the editor: pushed where it does not pull them, else returned when it does.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tower_lsp::lsp_types as lsp;

use super::client::Client;
use super::lenient;
use super::session::{Session, Snapshot, State};
use super::to_lsp;
use super::trace::milliseconds;
use crate::ide::{FileId, SourceFile};

/// What is being computed for pushing, and what was pushed.
#[derive(Debug, Default)]
pub(super) struct Pushes {
    /// By folder, the flag that stops the newest run.
    running: Mutex<BTreeMap<PathBuf, Arc<AtomicBool>>>,
    shown: Mutex<BTreeMap<PathBuf, Shown>>,
}

/// What the editor has of a document: the version it stands for, and the diagnostics.
type Shown = (Option<i32>, Vec<lsp::Diagnostic>);

/// So many diagnostics of a document go to the editor; behind them one that says how many more there are.
const MOST_OF_DOCUMENT: usize = 100;
/// So many are pushed for all documents together; past them, those of a document are counted only.
const MOST_PUSHED: usize = 5_000;

impl Pushes {
    /// Makes `flag` the one of the folder's newest run and stops the run before it.
    pub(super) fn supersede(&self, dir: &Path, flag: Arc<AtomicBool>) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(older) = running.insert(dir.to_path_buf(), flag) {
            older.store(true, Ordering::SeqCst);
        }
    }

    /// Shows the diagnostics of a document, unless its run is superseded or they are what is shown already. The
    /// check and the sending are one step, so that older diagnostics never follow newer ones.
    pub(super) fn show(
        &self,
        client: &Client,
        stop: &AtomicBool,
        file: &SourceFile,
        uri: &lsp::Url,
        found: impl FnOnce(usize) -> Vec<lsp::Diagnostic>,
    ) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let others = shown.iter().filter(|(path, _)| **path != file.path);
        let others: usize = others.map(|(_, (_, found))| found.len()).sum();
        let found = found(MOST_OF_DOCUMENT.min(MOST_PUSHED.saturating_sub(others)));
        let state = (file.open_version, found);
        if shown.get(&file.path) == Some(&state) {
            return;
        }
        client.publish(uri, lenient::known(state.0), &state.1);
        shown.insert(file.path.clone(), state);
    }

    /// Takes a closed document's diagnostics away. Runs that may still show some must have been superseded.
    pub(super) fn clear(&self, client: &Client, path: &Path, uri: &lsp::Url) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.remove(path).is_some() {
            client.publish(uri, None, &[]);
        }
    }
}

impl Session {
    /// Everything may have changed.
    pub(super) fn all_changed(self: &Arc<Self>, state: &State) {
        for dir in state.workspace.module_dirs() {
            self.push(state, dir);
        }
        self.refresh(state);
    }

    /// Something changed that a client which pulls diagnostics cannot know of.
    pub(super) fn refresh(&self, state: &State) {
        if state.can.pulls_diagnostics && state.can.refreshes_diagnostics {
            self.client.refresh_diagnostics();
        }
    }

    /// The same for a folder and those open ones that call its module, or are called by it.
    pub(super) fn push_around(self: &Arc<Self>, state: &State, dir: &Path) {
        self.push(state, dir);
        let open: BTreeSet<&Path> = state.open.keys().filter_map(|path| path.parent()).collect();
        let others: Vec<&Path> = open.into_iter().filter(|other| *other != dir).collect();
        if state.can.pulls_diagnostics || others.is_empty() {
            return;
        }
        let analysis = state.workspace.analysis();
        let related = analysis.related_folders(dir);
        for other in others.into_iter().filter(|other| related.contains(*other)) {
            self.push(state, other);
        }
    }

    /// Computes and shows the diagnostics of a folder's open documents, in place of any run before.
    pub(super) fn push(self: &Arc<Self>, state: &State, dir: &Path) {
        if state.can.pulls_diagnostics {
            return;
        }
        let snapshot = state.snapshot();
        let stop = snapshot.analysis.cancel_flag();
        self.pushes.supersede(dir, Arc::clone(&stop));
        let files: Vec<FileId> = state.workspace.module(dir).map_or_else(Vec::new, |module| {
            let open = module.files.iter().filter(|(_, file)| file.open_version.is_some());
            open.map(|(file, _)| *file).collect()
        });
        if files.is_empty() {
            return;
        }
        let session = Arc::clone(self);
        let folder = dir.to_path_buf();
        tokio::task::spawn_blocking(move || {
            let _inside = tracing::info_span!("push", folder = %folder.display()).entered();
            let started = Instant::now();
            for file in files {
                let Some(source) = snapshot.analysis.source(file) else { continue };
                let Some(uri) = snapshot.uris.get(&source.path) else { continue };
                if snapshot.analysis.check_cancelled().is_err() {
                    return;
                }
                let found = snapshot.analysis.file_diagnostics(file);
                let found = |most| to_lsp::diagnostics(&snapshot, &source.rope, found, most);
                session.pushes.show(&session.client, &stop, source, uri, found);
            }
            session.write_wanted_pages();
            tracing::info!(duration_ms = milliseconds(started), "done");
        });
    }
}

/// The response to a pull; "unchanged" when nothing that the last one came from has changed since.
pub(super) fn pulled(
    snapshot: &Snapshot,
    params: &lsp::DocumentDiagnosticParams,
) -> lsp::DocumentDiagnosticReport {
    let Some((file, source)) = snapshot.file(&params.text_document.uri) else {
        return lsp::RelatedFullDocumentDiagnosticReport::default().into();
    };
    let id = result_id(snapshot, file);
    if params.previous_result_id.as_ref() == Some(&id) {
        let unchanged_document_diagnostic_report = lsp::UnchangedDocumentDiagnosticReport { result_id: id };
        return lsp::RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report,
        }
        .into();
    }
    let found = snapshot.analysis.file_diagnostics(file);
    let items = to_lsp::diagnostics(snapshot, &source.rope, found, MOST_OF_DOCUMENT);
    let full = lsp::FullDocumentDiagnosticReport { result_id: Some(id), items };
    lsp::RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: full,
    }
    .into()
}

/// Names all that a file's diagnostics come from: the texts of its module, of those around it, and the settings.
fn result_id(snapshot: &Snapshot, file: FileId) -> String {
    let mut hasher = DefaultHasher::new();
    (file, snapshot.settings_epoch, snapshot.pages.is_known()).hash(&mut hasher);
    for source in snapshot.analysis.related_files(file) {
        (source.revision, source.open_version).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}
