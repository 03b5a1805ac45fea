//! What the server asks of the client. Nothing waits for the answers: they come back as events.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Id, Request};
use tower_lsp::lsp_types as lsp;

use super::transport::{Outbox, Outgoing};

/// The name of the offer of outlines.
const SYMBOLS: &str = "azapi-symbols";

/// What an answer of the client will be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// Watch files for us.
    Watch,
    /// Ask us for outlines, or no more.
    Symbols,
    /// Tell us the settings.
    Configuration,
    /// Ask for diagnostics again.
    RefreshDiagnostics,
}

/// Sends to the client, from any thread, without waiting.
#[derive(Debug)]
pub(super) struct Client {
    outbox: Outbox,
    asked: Mutex<Asked>,
}

#[derive(Debug, Default)]
struct Asked {
    last_id: i64,
    open: BTreeMap<i64, Question>,
}

impl Client {
    pub(super) fn new(outbox: Outbox) -> Self {
        Self { outbox, asked: Mutex::default() }
    }

    /// What an answer is about; `None` when nothing was asked under that id, or when the client refused.
    pub(super) fn answered(&self, id: &Id, result: Result<Value, Value>) -> Option<(Question, Value)> {
        let Id::Number(number) = id else { return None };
        let question = self.asked().open.remove(number)?;
        match result {
            Ok(value) => Some((question, value)),
            Err(error) => {
                tracing::warn!("the client refuses {question:?}: {error}");
                None
            }
        }
    }

    /// Asks to be told of changes to files that match these patterns.
    pub(super) fn watch(&self, patterns: &[String]) {
        let watchers: Vec<Value> = patterns.iter().map(|pattern| json!({ "globPattern": pattern })).collect();
        let registration = json!({
            "id": "azapi-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        self.ask(
            Question::Watch,
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
        self.ask(Question::Symbols, call, Some(params));
    }

    /// Asks for the settings under `azapi`.
    pub(super) fn configuration(&self) {
        let params = json!({ "items": [{ "section": "azapi" }] });
        self.ask(Question::Configuration, "workspace/configuration", Some(params));
    }

    /// Asks to be asked for diagnostics again.
    pub(super) fn refresh_diagnostics(&self) {
        self.ask(Question::RefreshDiagnostics, "workspace/diagnostic/refresh", None);
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

    fn ask(&self, question: Question, method: &'static str, params: Option<Value>) {
        let mut asked = self.asked();
        asked.last_id += 1;
        let id = asked.last_id;
        asked.open.insert(id, question);
        let request = Request::build(method).id(id);
        let request = if let Some(params) = params { request.params(params) } else { request };
        self.outbox.send(Outgoing::Call(request.finish()));
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
