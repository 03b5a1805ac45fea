//! The state: one owner, changed only in the order of the messages, seen elsewhere as snapshots.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tower_lsp::jsonrpc::{Id, Request};
use tower_lsp::lsp_types as lsp;

use super::capabilities::Capabilities;
use super::change_order::ChangeOrder;
use super::client::{Client, ClientRequest};
use super::diagnostics::Pushes;
use super::gate::Listener;
use super::outbox::Outbox;
use super::pace::Paces;
use super::pages::WrittenPages;
use super::uri::DocumentPath;
use crate::ide::{Analysis, ConfigProblem, FileId, Profile, SourceFile, Workspace};
use crate::project::installed::MANIFEST;
use crate::project::{Callers, Loader, disk};

/// Everything one client is served from.
#[derive(Debug)]
pub(super) struct Session {
    state: Mutex<State>,
    pub(super) client: Client,
    pub(super) pushes: Pushes,
    pub(super) paces: Paces,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) workspace: Workspace,
    pub(super) loader: Loader,
    /// Who calls whom in the client's workspace.
    pub(super) callers: Callers,
    pub(super) can: Arc<Capabilities>,
    /// The open documents, with the client's own spelling of their URIs.
    pub(super) open: Arc<BTreeMap<PathBuf, lsp::Url>>,
    /// The last changes of open documents, for a client that sends them out of order.
    pub(super) change_order: BTreeMap<PathBuf, ChangeOrder>,
    /// The folders whose files were read from the disk.
    pub(super) loaded: BTreeSet<PathBuf>,
    /// `initializationOptions`, then what `didChangeConfiguration` sent last.
    settings: [Value; 2],
    pub(super) settings_epoch: u64,
    /// What diagnostics lead to.
    pub(super) pages: Arc<WrittenPages>,
    /// Whether outlines are offered.
    symbols: Offer,
    /// Bad settings that were already reported to the user.
    reported: BTreeSet<String>,
    /// The parameters of `initialize` as they came.
    raw_initialize: Value,
}

/// An offer that depends on the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Offer {
    /// `initialized` has not come: nothing can be offered yet.
    #[default]
    NotYet,
    /// Not now.
    No,
    /// Until it is taken back.
    Now,
    /// From the start; it cannot be taken back.
    ForGood,
}

/// Everything a request needs, as it was at the request's place in the order of messages.
#[derive(Debug, Clone)]
pub(super) struct Snapshot {
    pub(super) analysis: Analysis,
    pub(super) can: Arc<Capabilities>,
    pub(super) uris: Arc<BTreeMap<PathBuf, lsp::Url>>,
    pub(super) settings_epoch: u64,
    pub(super) pages: Arc<WrittenPages>,
}

impl Snapshot {
    /// A document's file; `None` for a document that is not served.
    pub(super) fn file(&self, uri: &lsp::Url) -> Option<(FileId, &Arc<SourceFile>)> {
        let file = self.analysis.file_id(&DocumentPath::of(uri).path)?;
        Some((file, self.analysis.source(file)?))
    }
}

impl State {
    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            analysis: self.workspace.analysis(),
            can: Arc::clone(&self.can),
            uris: Arc::clone(&self.open),
            settings_epoch: self.settings_epoch,
            pages: Arc::clone(&self.pages),
        }
    }

    /// The loaded folders in which functions read files, or where modules are installed, with this file among those.
    pub(super) fn reading<'s>(&'s self, path: &'s Path) -> impl Iterator<Item = &'s Path> {
        let above = path.ancestors().skip(1).filter(|dir| self.loaded.contains(*dir));
        above.filter(move |dir| {
            let reads_files = || self.workspace.module(dir).is_some_and(|module| module.reads_files());
            path == dir.join(MANIFEST) || reads_files()
        })
    }

    /// Whether everything is to be served, in general or in some folder.
    fn has_standalone(&self) -> bool {
        let mut modules = self
            .workspace
            .module_dirs()
            .filter_map(|dir| Some(self.workspace.module(dir)?.settings.config.profile));
        self.workspace.config().profile == Profile::Standalone
            || modules.any(|profile| profile == Profile::Standalone)
    }

    /// Forgets that a document is open; `None` when it is not.
    pub(super) fn forget_open(&mut self, path: &Path) -> Option<lsp::Url> {
        self.change_order.remove(path);
        Arc::make_mut(&mut self.open).remove(path)
    }
}

impl Session {
    pub(super) fn new(outbox: Outbox) -> Self {
        let client = Client::new(outbox);
        Self { state: Mutex::default(), client, pushes: Pushes::default(), paces: Paces::default() }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        self.state().snapshot()
    }

    pub(super) fn initialize(&self, params: lsp::InitializeParams) -> lsp::InitializeResult {
        let mut state = self.state();
        let can = Capabilities::of(&params.capabilities, &std::mem::take(&mut state.raw_initialize));
        state.can = Arc::new(can);
        state.callers = Callers::of(workspace_folders(&params));
        state.settings[0] = params.initialization_options.unwrap_or_default();
        self.settings_changed(&mut state);
        let profile = state.workspace.config().profile;
        let capabilities = state.can.offer(profile);
        state.symbols = if profile == Profile::Standalone { Offer::ForGood } else { Offer::NotYet };
        let server_info = Some(lsp::ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        });
        lsp::InitializeResult { capabilities, server_info }
    }

    pub(super) fn initialized(&self) {
        let mut state = self.state();
        if state.symbols == Offer::NotYet {
            state.symbols = Offer::No;
        }
        self.offer_by_profile(&mut state);
        let can = Arc::clone(&state.can);
        drop(state);
        if can.watches {
            let names = [
                "*.{tf,tofu,tfvars,tfquery.hcl,tftest.hcl,tofutest.hcl}",
                // What functions read, variables, and the list of installed modules.
                "*.{json,yaml,yml,tftpl}",
                disk::CONFIG_FILE,
                ".terraform.lock.hcl",
            ];
            self.client.watch(&names.map(|name| format!("**/{name}")));
        }
        if can.configuration {
            self.client.configuration();
        }
    }

    /// `didChangeConfiguration`: the settings themselves, or `null` from a client that wants to be asked.
    pub(super) fn new_settings(self: &Arc<Self>, settings: Value) {
        let mut state = self.state();
        if state.can.configuration && settings.get("azapi").is_none_or(Value::is_null) {
            return self.client.configuration();
        }
        state.settings[1] = settings;
        self.settings_changed(&mut state);
        self.all_changed(&state);
    }

    /// The client's response with its settings under `azapi`.
    fn take_settings(self: &Arc<Self>, response: Value) {
        let Value::Array(mut sections) = response else { return };
        let Some(own @ (Value::Object(_) | Value::String(_))) = sections.pop() else { return };
        let mut state = self.state();
        state.settings[1] = serde_json::json!({ "azapi": own });
        self.settings_changed(&mut state);
        self.all_changed(&state);
    }

    /// Has the client show a place in a document, where it can.
    pub(super) fn show(&self, uri: &lsp::Url, position: lsp::Position) {
        if self.state().can.shows_documents {
            self.client.show(uri, position);
        }
    }

    fn settings_changed(&self, state: &mut State) {
        state.settings_epoch += 1;
        state.loader.set_client_settings(state.settings.to_vec());
        let (settings, problems) = state.loader.common_settings();
        state.workspace.set_settings(settings);
        self.tell(state, problems);
        for dir in state.loaded.clone() {
            self.load_settings(state, &dir);
        }
        self.offer_by_profile(state);
    }

    /// Takes up files of type data that were replaced or written, as if a setting had changed.
    fn take_changed_data(self: &Arc<Self>) {
        let mut state = self.state();
        if state.loader.forget_changed_data() {
            state.reported.retain(|problem| !problem.contains("data`: "));
            self.settings_changed(&mut state);
            self.all_changed(&state);
        }
    }

    /// Offers outlines while some folder's profile has them, through a client that supports registering them later on.
    pub(super) fn offer_by_profile(&self, state: &mut State) {
        let wanted = if state.has_standalone() { Offer::Now } else { Offer::No };
        let settled = matches!(state.symbols, Offer::NotYet | Offer::ForGood) || state.symbols == wanted;
        if !settled && state.can.registers_symbols {
            state.symbols = wanted;
            self.client.offer_symbols(wanted == Offer::Now);
        }
    }

    /// Reads again what holds for a folder.
    fn load_settings(&self, state: &mut State, dir: &Path) {
        let (settings, problems) = state.loader.settings_of(dir);
        state.workspace.set_module_settings(dir, settings);
        self.tell(state, problems);
    }

    /// A project file changed on the disk.
    pub(super) fn config_file_changed(&self, state: &mut State, path: &Path) {
        let origin = format!("{}: ", path.display());
        state.reported.retain(|problem| !problem.starts_with(&origin));
        state.settings_epoch += 1;
        let Some(above) = path.parent() else { return };
        for dir in state.loaded.clone() {
            if dir.starts_with(above) {
                self.load_settings(state, &dir);
            }
        }
        self.offer_by_profile(state);
    }

    /// Shows each bad setting once.
    pub(super) fn tell(&self, state: &mut State, problems: Vec<ConfigProblem>) {
        for problem in problems {
            self.tell_once(state, problem.to_string());
        }
    }

    pub(super) fn tell_once(&self, state: &mut State, problem: String) {
        if state.reported.insert(problem.clone()) {
            self.client.warn(&problem);
        }
    }
}

/// The folders that a client works in.
fn workspace_folders(params: &lsp::InitializeParams) -> Vec<PathBuf> {
    let root = params.root_uri.as_ref();
    let several = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    let uris: Vec<&lsp::Url> = several.chain(root).collect();
    let places = uris.into_iter().map(DocumentPath::of).filter(|place| place.on_disk);
    let mut folders: Vec<PathBuf> = places.map(|place| place.path).collect();
    folders.sort();
    folders.dedup();
    folders
}

impl Listener for Arc<Session> {
    fn calling(&self, request: &Request) {
        self.take_changed_data();
        match request.method() {
            "initialize" => self.state().raw_initialize = request.params().cloned().unwrap_or_default(),
            "textDocument/didChange" => self.lose_unreadable(request.params()),
            _ => {}
        }
    }

    fn responded(&self, id: &Id, result: Result<Value, Value>) {
        match self.client.responded(id, result) {
            Some((ClientRequest::Configuration, response)) => self.take_settings(response),
            Some((
                ClientRequest::Watch
                | ClientRequest::Symbols
                | ClientRequest::RefreshDiagnostics
                | ClientRequest::Show,
                _,
            ))
            | None => {}
        }
    }
}
