//! Requests: from a snapshot, through a feature, to the protocol's values. Run off the message loop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types as lsp;

use super::pace::Pace;
use super::session::{Session, Snapshot};
use super::{diagnostics, from_lsp, to_lsp};
use crate::ide::{FilePos, SourceFile};

/// Tells an analysis that nobody waits for it any more when the request's future is dropped, which is what
/// tower-lsp does with a cancelled one.
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs `feature` on a thread of its own. A panic in it is an internal error for this request alone.
pub(super) async fn respond<T: Send + 'static>(
    snapshot: Snapshot,
    feature: impl FnOnce(&Snapshot) -> Result<T> + Send + 'static,
) -> Result<T> {
    let _guard = CancelOnDrop(snapshot.analysis.cancel_flag());
    let span = tracing::Span::current();
    let run = tokio::task::spawn_blocking(move || {
        let _inside = span.enter();
        // Cancelled while waiting for a thread: nobody sees the response.
        snapshot.analysis.check_cancelled().map_err(|_| Error::request_cancelled())?;
        feature(&snapshot)
    });
    run.await.unwrap_or_else(|_| Err(Error::internal_error()))
}

/// The same without a thread of its own where this kind of request has been quick; a panic is then the caller's.
pub(super) async fn respond_at_pace<T: Send + 'static>(
    pace: impl Fn(&Session) -> &Pace + Send + 'static,
    session: &Arc<Session>,
    feature: impl FnOnce(&Snapshot) -> T + Send + 'static,
) -> Result<T> {
    let snapshot = session.snapshot();
    if pace(session).is_quick() {
        return Ok(pace(session).timed(|| feature(&snapshot)));
    }
    let session = Arc::clone(session);
    respond(snapshot, move |snapshot| Ok(pace(&session).timed(|| feature(snapshot)))).await
}

pub(super) fn place<'s>(
    snapshot: &'s Snapshot,
    at: &lsp::TextDocumentPositionParams,
) -> Option<(FilePos, &'s SourceFile)> {
    let (file, source) = snapshot.file(&at.text_document.uri)?;
    let offset = from_lsp::offset(&source.rope, at.position, snapshot.can.encoding);
    Some((FilePos { file, offset }, source))
}

pub(super) fn hover(snapshot: &Snapshot, params: &lsp::HoverParams) -> Option<lsp::Hover> {
    let (at, source) = place(snapshot, &params.text_document_position_params)?;
    let hover = snapshot.analysis.hover(at)?;
    Some(to_lsp::hover(snapshot, &source.rope, hover))
}

pub(super) fn signature_help(
    snapshot: &Snapshot,
    params: &lsp::SignatureHelpParams,
) -> Option<lsp::SignatureHelp> {
    let (at, _) = place(snapshot, &params.text_document_position_params)?;
    Some(to_lsp::signature_help(snapshot, snapshot.analysis.signature_help(at)?))
}

pub(super) fn completion(
    snapshot: &Snapshot,
    params: &lsp::CompletionParams,
) -> Option<lsp::CompletionResponse> {
    let (at, source) = place(snapshot, &params.text_document_position)?;
    let typed = params.context.as_ref().and_then(|context| context.trigger_character.as_deref());
    if matches!(typed, Some(" " | "=")) && !is_behind_equals(source, at) {
        return None;
    }
    let completions = snapshot.analysis.completion(at);
    let uri = &params.text_document_position.text_document.uri;
    Some(lsp::CompletionResponse::List(to_lsp::completions(snapshot, uri, &source.rope, completions)))
}

/// Whether a value belongs at a place: of the blanks and `=` that people type, those alone bring a list.
fn is_behind_equals(source: &SourceFile, at: FilePos) -> bool {
    let offset = usize::from(at.offset);
    let start = source.rope.line_to_byte(source.rope.byte_to_line(offset));
    let line = source.rope.get_byte_slice(start..offset).map(|line| line.to_string()).unwrap_or_default();
    let line = line.trim_end();
    let comparisons = ["==", "!=", "<=", ">="];
    line.ends_with('=') && !comparisons.iter().any(|comparison| line.ends_with(comparison))
}

/// The item with its documentation, where it has some.
pub(super) fn resolved(snapshot: &Snapshot, mut item: lsp::CompletionItem) -> lsp::CompletionItem {
    let about = item.data.clone().and_then(|data| serde_json::from_value::<to_lsp::About>(data).ok());
    let file = about.as_ref().and_then(|about| Some(snapshot.file(&about.uri)?.0));
    if let Some((about, file)) = about.zip(file) {
        let found = snapshot.analysis.completion_documentation(file, &about.topic);
        item.documentation = found.map(|text| to_lsp::item_documentation(snapshot, text));
    }
    item
}

pub(super) fn code_action(
    snapshot: &Snapshot,
    params: &lsp::CodeActionParams,
) -> Option<lsp::CodeActionResponse> {
    let (file, source) = snapshot.file(&params.text_document.uri)?;
    let range = from_lsp::range(&source.rope, params.range, snapshot.can.encoding);
    // Never among what is on offer for a place: a client that saves asks for it.
    let asks = |only: &[lsp::CodeActionKind]| is_wanted(&to_lsp::FIX_ALL, Some(only));
    let fix_all = params.context.only.as_deref().filter(|only| asks(only));
    let fix_all = fix_all.and_then(|_| snapshot.analysis.fix_all(file));
    let actions = snapshot.analysis.code_actions(file, range).into_iter();
    let wanted = actions
        .chain(fix_all)
        .filter(|action| is_wanted(&to_lsp::code_action_kind(action.kind), params.context.only.as_deref()));
    let (imports, others): (Vec<_>, Vec<_>) =
        wanted.partition(|action| action.is_import && snapshot.can.chooses_imports);
    let choice = (!imports.is_empty()).then(|| to_lsp::choose_import(params));
    let usable = others.into_iter().filter_map(|action| {
        to_lsp::code_action(snapshot, &source.rope, action, &params.context.diagnostics)
    });
    Some(usable.chain(choice).map(lsp::CodeActionOrCommand::CodeAction).collect())
}

/// A wanted kind takes in all kinds below it: `refactor` stands for `refactor.rewrite` too.
fn is_wanted(kind: &lsp::CodeActionKind, only: Option<&[lsp::CodeActionKind]>) -> bool {
    let below = |wanted: &lsp::CodeActionKind| {
        let rest = kind.as_str().strip_prefix(wanted.as_str());
        wanted.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(below))
}

pub(super) fn document_symbol(
    snapshot: &Snapshot,
    params: &lsp::DocumentSymbolParams,
) -> Option<lsp::DocumentSymbolResponse> {
    let (file, source) = snapshot.file(&params.text_document.uri)?;
    let outline = snapshot.analysis.outline(file)?;
    Some(to_lsp::outline(snapshot, &source.rope, &params.text_document.uri, outline))
}

pub(super) fn diagnostic(
    snapshot: &Snapshot,
    params: &lsp::DocumentDiagnosticParams,
) -> lsp::DocumentDiagnosticReportResult {
    lsp::DocumentDiagnosticReportResult::Report(diagnostics::pulled(snapshot, params))
}
