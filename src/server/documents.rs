//! Documents as the editor opens, changes and closes them, and files as the disk changes under it.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ropey::Rope;
use serde::Deserialize;
use serde_json::Value;
use tower_lsp::lsp_types as lsp;

use super::change_order::Changes;
use super::from_lsp;
use super::session::{Session, State};
use super::uri::DocumentPath;
use crate::project::{LoadedFolders, disk};
use crate::text::{EditError, EditedText, PositionEncoding, TextEdit};

impl Session {
    pub(super) fn opened(self: &Arc<Self>, document: lsp::TextDocumentItem) {
        let place = DocumentPath::of(&document.uri);
        if !place.is_terraform(&document.language_id) {
            return;
        }
        let mut state = self.state();
        state.workspace.open_file(&place.path, &document.text, document.version);
        Arc::make_mut(&mut state.open).insert(place.path.clone(), document.uri);
        state.change_order.remove(&place.path);
        let Some(dir) = place.path.parent() else { return };
        if place.on_disk {
            self.load(&mut state, dir);
            self.load_callers(&mut state, dir);
        }
        self.push_around(&state, dir);
    }

    pub(super) fn changed(self: &Arc<Self>, params: lsp::DidChangeTextDocumentParams) {
        let path = DocumentPath::of(&params.text_document.uri).path;
        let mut state = self.state();
        if !state.open.contains_key(&path) {
            return;
        }
        let Some(file) = state.workspace.source(&path) else { return };
        let (rope, encoding) = (file.rope.clone(), state.can.encoding);
        let (mut version, changes) = (params.text_document.version, params.content_changes);
        let applied = catch_unwind(AssertUnwindSafe(|| {
            let order =
                state.can.reorders_changes.then(|| state.change_order.entry(path.clone()).or_default());
            let apply = |rope: &Rope, changes: &Changes| Ok(edited(rope, changes, encoding)?.now().clone());
            let redone = order.map(|order| order.take(version, &rope, &changes, apply)).transpose()?;
            let edited = match redone.flatten() {
                Some((text, newest)) => {
                    version = newest;
                    let mut edited = EditedText::new(&rope);
                    edited.replace_all(&text.to_string());
                    edited
                }
                None => edited(&rope, &changes, encoding)?,
            };
            state.workspace.edit_file(&path, &edited, version)
        }));
        if !matches!(applied, Ok(Ok(()))) {
            tracing::error!("{}: a change cannot be applied: {applied:?}", path.display());
            return self.lose(&mut state, &path);
        }
        let dir = path.parent().unwrap_or(Path::new(""));
        self.load_called(&mut state, dir);
        self.push_around(&state, dir);
    }

    /// Forgets a document whose change is no change of the protocol: the service drops the message in silence.
    pub(super) fn lose_unreadable(self: &Arc<Self>, params: Option<&Value>) {
        let Some(params) = params else { return };
        let Err(problem) = lsp::DidChangeTextDocumentParams::deserialize(params) else { return };
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str).map(lsp::Url::parse);
        let Some(Ok(uri)) = uri else { return tracing::error!("a change of no document: {problem}") };
        tracing::error!("{uri}: a change cannot be read: {problem}");
        self.lose(&mut self.state(), &DocumentPath::of(&uri).path);
    }

    /// Forgets an open document whose text is no longer known for sure: silence is better than diagnostics on
    /// another text than the editor's. Opening it again brings it back.
    pub(super) fn lose(self: &Arc<Self>, state: &mut State, path: &Path) {
        let Some(uri) = state.forget_open(path) else { return };
        state.workspace.close_file(path, None);
        self.push_around(state, path.parent().unwrap_or(Path::new("")));
        self.pushes.clear(&self.client, path, &uri);
        let message =
            "a change of it could not be taken in, so it is not served any more; close and open it again";
        self.client.warn(&format!("{}: {message}", path.display()));
    }

    pub(super) fn closed(self: &Arc<Self>, document: &lsp::TextDocumentIdentifier) {
        let place = DocumentPath::of(&document.uri);
        let mut state = self.state();
        let Some(uri) = state.forget_open(&place.path) else { return };
        let Some(dir) = place.path.parent() else { return };
        let text = if place.on_disk { read(&place.path) } else { None };
        state.workspace.close_file(&place.path, text.as_deref());
        Self::forget_unused(&mut state);
        self.push_around(&state, dir);
        self.pushes.clear(&self.client, &place.path, &uri);
    }

    pub(super) fn saved(self: &Arc<Self>, document: &lsp::TextDocumentIdentifier) {
        let path = DocumentPath::of(&document.uri).path;
        let mut state = self.state();
        let Some(dir) = path.parent() else { return };
        // Also for a client that watches: Helix registers, and reports only the files that it saves itself.
        if state.loaded.contains(dir) {
            self.load(&mut state, dir);
            self.push_around(&state, dir);
            self.refresh(&state);
        }
    }

    pub(super) fn files_changed(self: &Arc<Self>, events: &[lsp::FileEvent]) {
        let mut state = self.state();
        let mut touched: BTreeSet<PathBuf> = BTreeSet::new();
        let mut beside: BTreeSet<PathBuf> = BTreeSet::new();
        for event in events {
            let path = DocumentPath::of(&event.uri).path;
            let Some(dir) = path.parent() else { continue };
            if path.file_name().is_some_and(|name| name == disk::CONFIG_FILE) {
                self.config_file_changed(&mut state, &path);
                touched.extend(state.loaded.iter().filter(|loaded| loaded.starts_with(dir)).cloned());
                continue;
            }
            if disk::is_module_file(&path) {
                state.callers.changed(dir);
            }
            if state.loaded.contains(dir) && disk::is_read(&path) {
                // The event itself is not trusted: the file may have changed again since.
                if state.workspace.set_disk_file(&path, read(&path).as_deref()) {
                    self.load_called(&mut state, dir);
                    touched.insert(dir.to_path_buf());
                }
            } else {
                touched.extend(state.reading(&path).map(Path::to_path_buf));
                beside.extend(state.reading(&path).map(Path::to_path_buf));
            }
        }
        for dir in &beside {
            self.load(&mut state, dir);
        }
        let open: BTreeSet<PathBuf> =
            state.open.keys().filter_map(|path| path.parent()).map(Path::to_path_buf).collect();
        for dir in open {
            let before = state.loaded.len();
            self.load_callers(&mut state, &dir);
            if state.loaded.len() > before {
                touched.insert(dir);
            }
        }
        for dir in &touched {
            self.push_around(&state, dir);
        }
        if !touched.is_empty() {
            self.refresh(&state);
        }
    }

    /// Reads a folder's files and settings, and the folders that its calls lead to and that are not read yet. Open
    /// documents stay as they are.
    fn load(&self, state: &mut State, dir: &Path) {
        let State { loader, workspace, loaded, .. } = state;
        let found = loader.load(workspace, [dir.to_path_buf()], loaded);
        self.take(state, found);
    }

    /// Reads the folders that calls lead to since the last edit.
    fn load_called(&self, state: &mut State, dir: &Path) {
        let State { loader, workspace, loaded, .. } = state;
        let called = workspace.called_from(dir).into_iter();
        let missing: Vec<PathBuf> = called.filter(|called| !loaded.contains(called)).collect();
        if loaded.contains(dir) && !missing.is_empty() {
            let found = loader.load(workspace, missing, loaded);
            self.take(state, found);
        }
    }

    /// Reads the folders whose modules call the one of a folder.
    fn load_callers(&self, state: &mut State, dir: &Path) {
        let State { loader, workspace, loaded, callers, .. } = state;
        let found = callers.of_folder(dir).into_iter();
        let missing: Vec<PathBuf> = found.filter(|caller| !loaded.contains(caller)).collect();
        if !missing.is_empty() {
            let found = loader.load(workspace, missing, loaded);
            self.take(state, found);
        }
    }

    fn take(&self, state: &mut State, found: LoadedFolders) {
        for problem in &found.unread {
            tracing::warn!("left out: {problem}");
            self.tell_once(state, problem.to_string());
        }
        if found.changed {
            state.settings_epoch += 1;
        }
        self.tell(state, found.problems);
        self.offer_by_profile(state);
    }

    /// Forgets the folders that no open document's module leads to, nor a caller of it.
    fn forget_unused(state: &mut State) {
        let mut used: BTreeSet<PathBuf> = BTreeSet::new();
        let mut waiting: Vec<PathBuf> =
            state.open.keys().filter_map(|path| path.parent()).map(Path::to_path_buf).collect();
        let callers: Vec<PathBuf> = waiting.iter().flat_map(|dir| state.callers.of_folder(dir)).collect();
        waiting.extend(callers);
        while let Some(dir) = waiting.pop() {
            if used.insert(dir.clone()) {
                waiting.extend(state.workspace.called_from(&dir));
            }
        }
        for dir in state.loaded.clone().difference(&used) {
            state.workspace.load_module(dir, Vec::new());
            state.loaded.remove(dir);
        }
    }
}

fn read(path: &Path) -> Option<String> {
    disk::read_text(path).unwrap_or_else(|problem| {
        tracing::warn!("left out: {problem}");
        None
    })
}

/// The text after changes, each of which means the text after the one before it, as the protocol has it.
fn edited(rope: &Rope, changes: &Changes, encoding: PositionEncoding) -> Result<EditedText, EditError> {
    let mut edited = EditedText::new(rope);
    for change in changes {
        match change.range {
            Some(range) => {
                let range = from_lsp::range(edited.now(), range, encoding);
                edited.apply(TextEdit::replace(range, &change.text))?;
            }
            None => edited.replace_all(&change.text),
        }
    }
    Ok(edited)
}
