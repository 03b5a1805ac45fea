//! `workspace/executeCommand`: queries that the protocol has no request for, and what is to be shown. They change nothing.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types as lsp;

use super::capabilities::{IMPORT_CHOICES_COMMAND, IMPORT_COMMAND, PAGE_COMMAND, TYPE_DATA_COMMAND};
use super::requests::place;
use super::session::Snapshot;
use super::to_lsp;

/// The command's result; `None` where there is none.
pub(super) fn execute(snapshot: &Snapshot, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
    match params.command.as_str() {
        IMPORT_COMMAND => Ok(import_command(snapshot, &read_place(params)?)),
        IMPORT_CHOICES_COMMAND => Ok(Some(import_choices(snapshot, &read_place(params)?))),
        PAGE_COMMAND => Ok(page(snapshot, &read_place(params)?)),
        TYPE_DATA_COMMAND => Ok(Some(type_data(snapshot, read_document(params)?.as_ref()))),
        unknown => Err(Error::invalid_params(format!("there is no command `{unknown}`"))),
    }
}

fn import_command(snapshot: &Snapshot, at: &lsp::TextDocumentPositionParams) -> Option<Value> {
    let (at, _) = place(snapshot, at)?;
    snapshot.analysis.import_command(at).map(Value::String)
}

/// The ways that the client can go, each with its title and what comes of it, and an edit or a text for the clipboard.
/// `shows` is what should be seen once the edit is made.
fn import_choices(snapshot: &Snapshot, at: &lsp::TextDocumentPositionParams) -> Value {
    let found = place(snapshot, at).map(|(at, _)| snapshot.analysis.import_choices(at)).unwrap_or_default();
    found.into_iter().filter_map(|choice| to_lsp::import_choice(snapshot, choice)).collect()
}

/// The place that is to be shown.
pub(super) fn shown(params: lsp::ExecuteCommandParams) -> Result<(lsp::Url, lsp::Position)> {
    arguments(params, "a document's URI and a position in it")
}

/// Title and Markdown of the page of a block's type.
fn page(snapshot: &Snapshot, at: &lsp::TextDocumentPositionParams) -> Option<Value> {
    let (at, _) = place(snapshot, at)?;
    let page = snapshot.analysis.page(at)?;
    Some(json!({ "title": page.title, "markdown": page.markdown }))
}

/// Where the data comes from, its name and its date.
fn type_data(snapshot: &Snapshot, document: Option<&lsp::Url>) -> Value {
    let file = document.and_then(|uri| snapshot.file(uri)).map(|(file, _)| file);
    let data = snapshot.analysis.type_data(file);
    let mut result = json!({
        "source": if data.path.is_some() { "file" } else { "bundled" },
        "name": data.name,
        "newest_api_version": data.newest_api_version,
    });
    if let Some(path) = data.path {
        result["path"] = json!(path.display().to_string());
    }
    result
}

fn read_place(params: lsp::ExecuteCommandParams) -> Result<lsp::TextDocumentPositionParams> {
    let (uri, position) = arguments(params, "a document's URI and a position in it")?;
    Ok(lsp::TextDocumentPositionParams::new(lsp::TextDocumentIdentifier { uri }, position))
}

fn read_document(params: lsp::ExecuteCommandParams) -> Result<Option<lsp::Url>> {
    if params.arguments.is_empty() {
        return Ok(None);
    }
    let (uri,) = arguments(params, "a document's URI, or nothing")?;
    Ok(uri)
}

/// `takes` names what the arguments must be.
fn arguments<T: DeserializeOwned>(params: lsp::ExecuteCommandParams, takes: &str) -> Result<T> {
    serde_json::from_value(Value::Array(params.arguments))
        .map_err(|error| Error::invalid_params(format!("`{}` takes {takes}: {error}", params.command)))
}
