//! The features' plain data as the protocol's values.

mod imports;
mod outline;

use ropey::Rope;
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types as lsp;

pub(super) use imports::{choose_import, import_choice};
pub(super) use outline::outline;

use super::capabilities::TRIGGER_SUGGEST;
use super::lenient;
use super::session::Snapshot;
use super::uri::uri_of;
use crate::ide::{self, CodeActionKind, CompletionKind, FileId, Severity};
use crate::text::{PositionEncoding, TextEdit, TextRange, position_of};

/// What diagnostics are signed with.
const SOURCE: &str = "azapi";
/// The kind that editors ask for when a file is saved.
pub(super) const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.azapi");

pub(super) fn range(rope: &Rope, range: TextRange, encoding: PositionEncoding) -> lsp::Range {
    let position = |offset| {
        let position = position_of(rope, offset, encoding);
        lsp::Position::new(position.line, position.character)
    };
    lsp::Range::new(position(range.start()), position(range.end()))
}

fn text_edit(rope: &Rope, edit: &TextEdit, encoding: PositionEncoding) -> lsp::TextEdit {
    lsp::TextEdit::new(range(rope, edit.range, encoding), edit.new_text.clone())
}

fn markup(can_markdown: bool, markdown: String) -> lsp::MarkupContent {
    if can_markdown {
        lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: markdown }
    } else {
        lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: ide::plain_text(&markdown) }
    }
}

pub(super) fn signature_help(snapshot: &Snapshot, signature: ide::Signature) -> lsp::SignatureHelp {
    let ide::Signature { label, documentation, parameters, active } = signature;
    // Where none is named, clients mark the first: one behind the last marks none.
    let active_parameter = Some(active.unwrap_or(parameters.len()) as u32);
    let parameter = |(start, end): (u32, u32)| lsp::ParameterInformation {
        label: if snapshot.can.label_offsets {
            lsp::ParameterLabel::LabelOffsets([start, end])
        } else {
            lsp::ParameterLabel::Simple(label[start as usize..end as usize].to_owned())
        },
        documentation: None,
    };
    let parameters = Some(parameters.into_iter().map(parameter).collect());
    let documentation = Some(lsp::Documentation::String(documentation));
    let signature = lsp::SignatureInformation { label, documentation, parameters, active_parameter };
    lsp::SignatureHelp { signatures: vec![signature], active_signature: Some(0), active_parameter }
}

pub(super) fn hover(snapshot: &Snapshot, rope: &Rope, hover: ide::Hover) -> lsp::Hover {
    let can = &snapshot.can;
    lsp::Hover {
        contents: lsp::HoverContents::Markup(markup(can.markdown_hover, hover.markdown)),
        range: Some(range(rope, hover.range, can.encoding)),
    }
}

/// What the documentation of an item is about; goes to the client and comes back.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct About {
    pub(super) uri: lsp::Url,
    pub(super) topic: ide::Topic,
}

pub(super) fn completions(
    snapshot: &Snapshot,
    uri: &lsp::Url,
    rope: &Rope,
    completions: ide::Completions,
) -> lsp::CompletionList {
    let items = completions.items.into_iter();
    let items = items.map(|item| completion_item(snapshot, uri, rope, item)).collect();
    lsp::CompletionList { is_incomplete: completions.incomplete, items }
}

pub(super) fn item_documentation(snapshot: &Snapshot, text: String) -> lsp::Documentation {
    lsp::Documentation::MarkupContent(markup(snapshot.can.markdown_items, text))
}

fn completion_item(
    snapshot: &Snapshot,
    uri: &lsp::Url,
    rope: &Rope,
    mut item: ide::CompletionItem,
) -> lsp::CompletionItem {
    let can = &snapshot.can;
    if item.is_snippet && !can.snippets {
        // The cursor then ends behind the text.
        item.edit.new_text = ide::plain_of_snippet(&item.edit.new_text, &indent(rope, item.edit.range));
        item.is_snippet = false;
    }
    let details = (item.behind.is_some() || item.aside.is_some()).then(|| lsp::CompletionItemLabelDetails {
        detail: item.behind.take(),
        description: item.aside.take(),
    });
    let whole = item.whole_label.take().filter(|_| !can.label_details);
    let over_lines = item.is_snippet && item.edit.new_text.contains('\n');
    let about = item.topic.take().map(|topic| About { uri: uri.clone(), topic });
    let go_on = item.goes_on && can.completes_on;
    lsp::CompletionItem {
        label: whole.unwrap_or(item.label),
        label_details: details.filter(|_| can.label_details),
        kind: Some(completion_kind(item.kind)),
        detail: item.detail,
        documentation: item.documentation.map(|text| item_documentation(snapshot, text)),
        deprecated: (item.deprecated && can.deprecated_items).then_some(true),
        preselect: (item.preselect && can.preselect).then_some(true),
        sort_text: Some(item.sort_text),
        filter_text: item.filter_text,
        insert_text_format: item.is_snippet.then_some(lsp::InsertTextFormat::SNIPPET),
        insert_text_mode: (over_lines && can.adjusts_indentation)
            .then_some(lsp::InsertTextMode::ADJUST_INDENTATION),
        text_edit: Some(lsp::CompletionTextEdit::Edit(text_edit(rope, &item.edit, can.encoding))),
        // In VS Code a list that a user asked for would stay while something else is typed, and be taken with Tab.
        command: go_on.then(|| {
            let by_itself = Some(vec![serde_json::json!({ "auto": true })]);
            lsp::Command::new("Complete".to_owned(), TRIGGER_SUGGEST.to_owned(), by_itself)
        }),
        data: about.and_then(|about| serde_json::to_value(about).ok()),
        ..lsp::CompletionItem::default()
    }
}

/// What the line of a range begins with.
fn indent(rope: &Rope, range: TextRange) -> String {
    let line = rope.line(rope.byte_to_line(usize::from(range.start()).min(rope.len_bytes())));
    line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect()
}

fn completion_kind(kind: CompletionKind) -> lsp::CompletionItemKind {
    match kind {
        CompletionKind::ResourceType => lsp::CompletionItemKind::CLASS,
        CompletionKind::ApiVersion => lsp::CompletionItemKind::CONSTANT,
        CompletionKind::Argument => lsp::CompletionItemKind::FIELD,
        CompletionKind::Property => lsp::CompletionItemKind::PROPERTY,
        CompletionKind::Value => lsp::CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Reference => lsp::CompletionItemKind::REFERENCE,
        CompletionKind::Snippet => lsp::CompletionItemKind::SNIPPET,
        CompletionKind::Function => lsp::CompletionItemKind::FUNCTION,
    }
}

/// The diagnostics of a file: at most `most`, and where there are others one more that says how many.
pub(super) fn diagnostics(
    snapshot: &Snapshot,
    rope: &Rope,
    mut found: ide::FileDiagnostics,
    most: usize,
) -> Vec<lsp::Diagnostic> {
    found.cut(most);
    let more = found.more;
    let mut all: Vec<lsp::Diagnostic> =
        found.list.into_iter().map(|one| diagnostic(snapshot, rope, one)).collect();
    if let (Some(at), Some(worst)) = (more.first, more.worst) {
        let others = if more.count == 1 { "diagnostic is" } else { "diagnostics are" };
        all.push(lsp::Diagnostic {
            range: range(rope, TextRange::empty(at.start()), snapshot.can.encoding),
            severity: Some(severity(worst)),
            source: Some(SOURCE.to_owned()),
            message: format!("{} more {others} not shown in this file", more.count),
            ..lsp::Diagnostic::default()
        });
    }
    all
}

fn diagnostic(snapshot: &Snapshot, rope: &Rope, found: ide::Diagnostic) -> lsp::Diagnostic {
    let can = &snapshot.can;
    let related = found.related.iter().filter_map(|related| related_information(snapshot, related));
    let related: Vec<_> = if can.related_information { related.collect() } else { Vec::new() };
    let link = || snapshot.pages.link(found.code, snapshot.analysis.config_of(found.file));
    lsp::Diagnostic {
        range: range(rope, found.range, can.encoding),
        severity: Some(severity(found.severity)),
        code_description: can.links_codes.then(link).flatten(),
        code: Some(lsp::NumberOrString::String(found.code.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: found.message,
        related_information: (!related.is_empty()).then_some(related),
        ..lsp::Diagnostic::default()
    }
}

fn related_information(
    snapshot: &Snapshot,
    related: &ide::Related,
) -> Option<lsp::DiagnosticRelatedInformation> {
    let file = snapshot.analysis.source(related.file)?;
    Some(lsp::DiagnosticRelatedInformation {
        location: lsp::Location {
            uri: snapshot.uri(&file.path)?,
            range: range(&file.rope, related.range, snapshot.can.encoding),
        },
        message: related.message.clone(),
    })
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

pub(super) fn code_action_kind(kind: CodeActionKind) -> lsp::CodeActionKind {
    match kind {
        CodeActionKind::QuickFix => lsp::CodeActionKind::QUICKFIX,
        CodeActionKind::RefactorRewrite => lsp::CodeActionKind::REFACTOR_REWRITE,
        CodeActionKind::FixAll => FIX_ALL,
    }
}

/// `None` when the client cannot carry out the action's edit. `shown` are the diagnostics the client sent along.
pub(super) fn code_action(
    snapshot: &Snapshot,
    rope: &Rope,
    action: ide::CodeAction,
    shown: &[lsp::Diagnostic],
) -> Option<lsp::CodeAction> {
    let fixed: Option<Vec<_>> = action.diagnostic.map(|(code, fixed)| {
        let fixed = range(rope, fixed, snapshot.can.encoding);
        let code = Some(lsp::NumberOrString::String(code.to_owned()));
        shown.iter().filter(|shown| shown.code == code && shown.range == fixed).cloned().collect()
    });
    let is_shown = action.is_shown && snapshot.can.shows_documents;
    let command = is_shown.then(|| imports::show(snapshot, &action.edit)).flatten();
    Some(lsp::CodeAction {
        title: action.title,
        kind: Some(code_action_kind(action.kind)),
        diagnostics: fixed.filter(|fixed| !fixed.is_empty()),
        edit: Some(workspace_edit(snapshot, action.edit)?),
        command,
        is_preferred: (action.preferred && snapshot.can.preferred_actions).then_some(true),
        ..lsp::CodeAction::default()
    })
}

fn workspace_edit(snapshot: &Snapshot, change: ide::SourceChange) -> Option<lsp::WorkspaceEdit> {
    if !change.new_files.is_empty() && !snapshot.can.creates_files {
        return None;
    }
    let edits: Option<Vec<_>> =
        change.edits.iter().map(|(file, edits)| document_edit(snapshot, *file, edits)).collect();
    if !snapshot.can.document_changes {
        let changes = edits?.into_iter().map(|(document, edits)| (document.uri, edits)).collect();
        return Some(lsp::WorkspaceEdit::new(changes));
    }
    let mut operations: Vec<lsp::DocumentChangeOperation> =
        edits?.into_iter().map(|(document, edits)| edit_operation(document, edits)).collect();
    for (path, text) in change.new_files {
        let uri = snapshot.uri(&path)?;
        let options = lsp::CreateFileOptions { overwrite: None, ignore_if_exists: Some(false) };
        let create = lsp::CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
        operations.push(lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(create)));
        let document = lsp::OptionalVersionedTextDocumentIdentifier { uri, version: None };
        operations.push(edit_operation(document, vec![lsp::TextEdit::new(lsp::Range::default(), text)]));
    }
    Some(lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Operations(operations)),
        ..lsp::WorkspaceEdit::default()
    })
}

fn document_edit(
    snapshot: &Snapshot,
    file: FileId,
    edits: &[TextEdit],
) -> Option<(lsp::OptionalVersionedTextDocumentIdentifier, Vec<lsp::TextEdit>)> {
    let source = snapshot.analysis.source(file)?;
    let (uri, version) = (snapshot.uri(&source.path)?, lenient::known(source.open_version));
    let edits = edits.iter().map(|edit| text_edit(&source.rope, edit, snapshot.can.encoding)).collect();
    Some((lsp::OptionalVersionedTextDocumentIdentifier { uri, version }, edits))
}

fn edit_operation(
    document: lsp::OptionalVersionedTextDocumentIdentifier,
    edits: Vec<lsp::TextEdit>,
) -> lsp::DocumentChangeOperation {
    let edits = edits.into_iter().map(lsp::OneOf::Left).collect();
    lsp::DocumentChangeOperation::Edit(lsp::TextDocumentEdit { text_document: document, edits })
}

impl Snapshot {
    /// The URI of a path: the client's own spelling for an open document.
    fn uri(&self, path: &std::path::Path) -> Option<lsp::Url> {
        self.uris.get(path).cloned().or_else(|| uri_of(path))
    }
}
