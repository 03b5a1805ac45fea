//! Imports: one action that opens a choice, for a client that has one, and what is shown of another file.

use serde_json::{Value, json};
use tower_lsp::lsp_types as lsp;

use super::{code_action_kind, range, workspace_edit};
use crate::ide::{self, CodeActionKind};
use crate::server::capabilities::{CHOOSE_IMPORT, SHOW_COMMAND};
use crate::server::session::Snapshot;

/// The one action for all ways to import the block at a place, by a command of the client.
pub(in crate::server) fn choose_import(params: &lsp::CodeActionParams) -> lsp::CodeAction {
    let title = "Import this resource…".to_owned();
    let arguments = Some(vec![json!(params.text_document.uri), json!(params.range.start)]);
    let command = lsp::Command { title: title.clone(), command: CHOOSE_IMPORT.to_owned(), arguments };
    lsp::CodeAction {
        title,
        kind: Some(code_action_kind(CodeActionKind::RefactorRewrite)),
        command: Some(command),
        ..lsp::CodeAction::default()
    }
}

/// A way to import a block; `None` when the client cannot go it.
pub(in crate::server) fn import_choice(snapshot: &Snapshot, choice: ide::ImportChoice) -> Option<Value> {
    let mut said = json!({ "title": choice.title, "about": choice.about });
    match choice.deed {
        ide::ImportDeed::Copy(text) => said["copies"] = json!(text),
        ide::ImportDeed::Write { change, is_elsewhere } => {
            if let Some((uri, position)) = written_at(snapshot, &change).filter(|_| is_elsewhere) {
                said["shows"] = json!({ "uri": uri, "position": position });
            }
            said["edit"] = json!(workspace_edit(snapshot, change)?);
        }
    }
    Some(said)
}

/// The command that shows what a change has written.
pub(super) fn show(snapshot: &Snapshot, change: &ide::SourceChange) -> Option<lsp::Command> {
    let (uri, position) = written_at(snapshot, change)?;
    let arguments = Some(vec![json!(uri), json!(position)]);
    Some(lsp::Command { title: "Show it".to_owned(), command: SHOW_COMMAND.to_owned(), arguments })
}

/// Where the text begins, once it is there, that a change writes first: behind the line breaks in front of it.
fn written_at(snapshot: &Snapshot, change: &ide::SourceChange) -> Option<(lsp::Url, lsp::Position)> {
    let Some((file, edits)) = change.edits.first() else {
        let (path, _) = change.new_files.first()?;
        return Some((snapshot.uri(path)?, lsp::Position::default()));
    };
    let (source, edit) = (snapshot.analysis.source(*file)?, edits.first()?);
    let start = range(&source.rope, edit.range, snapshot.can.encoding).start;
    let lines = edit.new_text.chars().take_while(|c| matches!(c, '\r' | '\n')).filter(|c| *c == '\n').count();
    let column = if lines > 0 { 0 } else { start.character };
    Some((snapshot.uri(&source.path)?, lsp::Position::new(start.line + lines as u32, column)))
}
