//! Requests of the server to the client. Nothing waits for the responses: they come back as events.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Id, Request};
use tower_lsp::lsp_types as lsp;

use super::outbox::{Outbox, Outgoing};

/// The name of the offer of outlines.
const SYMBOLS: &str = "azapi-symbols";

/// What a request to the client is about, to know its response by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClientRequest {
    /// Watch files for us.
    Watch,
    /// Register for outlines, or unregister.
    Symbols,
    /// Tell us the settings.
    Configuration,
    /// `workspace/diagnostic/refresh`.
    RefreshDiagnostics,
    /// `window/showDocument`.
    Show,
}

/// Sends to the client, from any thread, without waiting.
#[derive(Debug)]
pub(super) struct Client {
    outbox: Outbox,
    pending: Mutex<Pending>,
}

#[derive(Debug, Default)]
struct Pending {
    last_id: i64,
    open: BTreeMap<i64, ClientRequest>,
}

impl Client {
    pub(super) fn new(outbox: Outbox) -> Self {
        Self { outbox, pending: Mutex::default() }
    }

    /// What a response is about; `None` when no request has that id, or when the client refused.
    pub(super) fn responded(&self, id: &Id, result: Result<Value, Value>) -> Option<(ClientRequest, Value)> {
        let Id::Number(number) = id else { return None };
        let request = self.pending().open.remove(number)?;
        match result {
            Ok(value) => Some((request, value)),
            Err(error) => {
                tracing::warn!("the client refuses {request:?}: {error}");
                None
            }
        }
    }

    /// Registers for changes to files that match these patterns.
    pub(super) fn watch(&self, patterns: &[String]) {
        let watchers: Vec<Value> = patterns.iter().map(|pattern| json!({ "globPattern": pattern })).collect();
        let registration = json!({
            "id": "azapi-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        self.request(
            ClientRequest::Watch,
            "client/registerCapability",
            Some(json!({ "registrations": [registration] })),
        );
    }

    /// Offers outlines of Terraform documents, or takes the offer back.
    pub(super) fn offer_symbols(&self, offered: bool) {
        let method = "textDocument/documentSymbol";
        let selector = ["terraform", "opentofu"].map(|language| json!({ "language": language }));
        let (call, params) = if offered {
            let options = json!({ "documentSelector": selector });
            let registration = json!({ "id": SYMBOLS, "method": method, "registerOptions": options });
            ("client/registerCapability", json!({ "registrations": [registration] }))
        } else {
            // The misspelling is the protocol's.
            let registration = json!({ "id": SYMBOLS, "method": method });
            ("client/unregisterCapability", json!({ "unregisterations": [registration] }))
        };
        self.request(ClientRequest::Symbols, call, Some(params));
    }

    /// Requests the settings under `azapi`.
    pub(super) fn configuration(&self) {
        let params = json!({ "items": [{ "section": "azapi" }] });
        self.request(ClientRequest::Configuration, "workspace/configuration", Some(params));
    }

    /// Requests that the client pulls diagnostics again.
    pub(super) fn refresh_diagnostics(&self) {
        self.request(ClientRequest::RefreshDiagnostics, "workspace/diagnostic/refresh", None);
    }

    /// Requests that a document is shown, with the cursor at a place.
    pub(super) fn show(&self, uri: &lsp::Url, position: lsp::Position) {
        let selection = lsp::Range::new(position, position);
        let params = json!({ "uri": uri, "takeFocus": true, "selection": selection });
        self.request(ClientRequest::Show, "window/showDocument", Some(params));
    }

    /// Shows the diagnostics of a document.
    pub(super) fn publish(&self, uri: &lsp::Url, version: Option<i32>, diagnostics: &[lsp::Diagnostic]) {
        let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
        if let Some(version) = version {
            params["version"] = json!(version);
        }
        self.notify("textDocument/publishDiagnostics", params);
    }

    /// Tells the user something that needs their hand.
    pub(super) fn warn(&self, message: &str) {
        tracing::warn!("{message}");
        let params = json!({ "type": lsp::MessageType::WARNING, "message": format!("azapi-ls: {message}") });
        self.notify("window/showMessage", params);
    }

    fn notify(&self, method: &'static str, params: Value) {
        self.outbox.send(Outgoing::Call(Request::build(method).params(params).finish()));
    }

    fn request(&self, request: ClientRequest, method: &'static str, params: Option<Value>) {
        let mut pending = self.pending();
        pending.last_id += 1;
        let id = pending.last_id;
        pending.open.insert(id, request);
        let request = Request::build(method).id(id);
        let request = if let Some(params) = params { request.params(params) } else { request };
        self.outbox.send(Outgoing::Call(request.finish()));
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
