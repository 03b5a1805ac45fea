//! What the client can do, and what the server offers it: nothing that is not fully served.

use serde_json::Value;
use tower_lsp::lsp_types as lsp;

use super::to_lsp::FIX_ALL;
use crate::ide::Profile;
use crate::text::PositionEncoding;

/// Gives the import command line of the block at a position.
pub(super) const IMPORT_COMMAND: &str = "azapi.importCommand";
/// Gives the ways to import the block at a position.
pub(super) const IMPORT_CHOICES_COMMAND: &str = "azapi.importChoices";
/// Shows a place in a document, by a request to the client.
pub(super) const SHOW_COMMAND: &str = "azapi.show";
/// Gives the page of the type of the block at a place.
pub(super) const PAGE_COMMAND: &str = "azapi.page";
/// Gives the type data in use.
pub(super) const TYPE_DATA_COMMAND: &str = "azapi.typeData";

/// The command of the client that lets its user choose how to import the block at a position.
pub(super) const CHOOSE_IMPORT: &str = "azapi.import";
/// The command of the client that asks for completions.
pub(super) const TRIGGER_SUGGEST: &str = "editor.action.triggerSuggest";
/// What the server does where a client asks for it by name.
const COMMANDS: [&str; 5] =
    [IMPORT_COMMAND, IMPORT_CHOICES_COMMAND, PAGE_COMMAND, SHOW_COMMAND, TYPE_DATA_COMMAND];
/// What brings a list when it is typed: the beginning of a value, of a step of a reference, of a part of a type. `=` and
/// a blank do so where a value belongs alone.
const TRIGGERS: [&str; 6] = ["\"", "@", "/", ".", "=", " "];
/// Families of editors that have that command, as they name themselves.
const SUGGESTING: [&str; 7] =
    ["Visual Studio Code", "code-server", "VSCodium", "Code - OSS", "Cursor", "Windsurf", "coc.nvim"];

/// Whether the client says that it runs a command of its own.
fn runs(raw: &Value, command: &str) -> bool {
    let places = ["/capabilities/experimental/commands/commands", "/initializationOptions/commands"];
    let said = places.iter().filter_map(|place| raw.pointer(place)?.as_array());
    said.flatten().any(|known| known == command)
}

/// Whether the client runs the command that asks for completions: it says so, or is known to.
fn asks_again(raw: &Value) -> bool {
    let name = raw.pointer("/clientInfo/name").and_then(Value::as_str).unwrap_or_default();
    runs(raw, TRIGGER_SUGGEST) || SUGGESTING.iter().any(|known| name.starts_with(known))
}

/// The capabilities of the client that matter here.
#[derive(Debug, Clone, Default)]
pub(super) struct Capabilities {
    pub(super) encoding: PositionEncoding,
    /// The name of `encoding` to respond with, when the client offered any.
    encoding_name: Option<lsp::PositionEncodingKind>,
    pub(super) pulls_diagnostics: bool,
    /// The client supports `workspace/diagnostic/refresh`.
    pub(super) refreshes_diagnostics: bool,
    pub(super) related_information: bool,
    /// Diagnostics may lead to what their codes mean.
    pub(super) links_codes: bool,
    /// Files can be watched for us.
    pub(super) watches: bool,
    /// The client supports `workspace/configuration`.
    pub(super) configuration: bool,
    /// Edits may name the versions they mean.
    pub(super) document_changes: bool,
    pub(super) creates_files: bool,
    pub(super) code_action_literals: bool,
    pub(super) preferred_actions: bool,
    pub(super) snippets: bool,
    /// Outlines may be trees.
    pub(super) nested_symbols: bool,
    /// Outlines can be offered and taken back later on.
    pub(super) registers_symbols: bool,
    pub(super) preselect: bool,
    pub(super) deprecated_items: bool,
    /// Completion items may have words beside their labels.
    pub(super) label_details: bool,
    /// The client asks for completions again where an item's command says so.
    pub(super) completes_on: bool,
    /// The client lets its user choose among the ways to import a block.
    pub(super) chooses_imports: bool,
    /// The client shows documents that it is asked to show.
    pub(super) shows_documents: bool,
    /// Items may say that the client is to set their lines in.
    pub(super) adjusts_indentation: bool,
    /// Parameters may be parts of the label of their signature.
    pub(super) label_offsets: bool,
    pub(super) markdown_hover: bool,
    pub(super) markdown_items: bool,
    /// Later changes of a document may come before earlier ones.
    pub(super) reorders_changes: bool,
}

impl Capabilities {
    /// `raw` are the parameters of `initialize` as they came: some members are younger than their types here.
    pub(super) fn of(client: &lsp::ClientCapabilities, raw: &Value) -> Self {
        let mut of = Self::default();
        of.read_encoding(client);
        if let Some(document) = &client.text_document {
            of.read_document(document);
        }
        if let Some(workspace) = &client.workspace {
            of.read_workspace(workspace);
        }
        of.reorders_changes = raw.pointer("/clientInfo/name").and_then(Value::as_str) == Some("helix");
        of.completes_on = asks_again(raw);
        of.chooses_imports = runs(raw, CHOOSE_IMPORT);
        let window = client.window.as_ref().and_then(|window| window.show_document.as_ref());
        of.shows_documents = window.is_some_and(|it| it.support);
        let raw = |pointer: &str| raw.pointer(pointer).and_then(Value::as_bool).unwrap_or_default();
        of.refreshes_diagnostics = raw("/capabilities/workspace/diagnostics/refreshSupport")
            || raw("/capabilities/workspace/diagnostic/refreshSupport");
        of.links_codes = raw("/capabilities/textDocument/publishDiagnostics/codeDescriptionSupport")
            || raw("/capabilities/textDocument/diagnostic/codeDescriptionSupport");
        of
    }

    fn read_encoding(&mut self, client: &lsp::ClientCapabilities) {
        let offered = client.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        for kind in offered.unwrap_or_default() {
            let encoding = match kind.as_str() {
                "utf-8" => PositionEncoding::Utf8,
                "utf-16" => PositionEncoding::Utf16,
                "utf-32" => PositionEncoding::Utf32,
                _ => continue,
            };
            (self.encoding, self.encoding_name) = (encoding, Some(kind.clone()));
            return;
        }
    }

    fn read_document(&mut self, document: &lsp::TextDocumentClientCapabilities) {
        let markdown = |formats: Option<&Vec<lsp::MarkupKind>>| {
            formats.is_none_or(|formats| formats.contains(&lsp::MarkupKind::Markdown))
        };
        self.pulls_diagnostics = document.diagnostic.is_some();
        let published = document.publish_diagnostics.as_ref();
        self.related_information =
            published.and_then(|published| published.related_information).unwrap_or_default();
        let hover = document.hover.as_ref();
        self.markdown_hover = markdown(hover.and_then(|hover| hover.content_format.as_ref()));
        let signature = document.signature_help.as_ref().and_then(|help| help.signature_information.as_ref());
        let parameter = signature.and_then(|signature| signature.parameter_information.as_ref());
        self.label_offsets = parameter.and_then(|it| it.label_offset_support).unwrap_or_default();
        let item = document.completion.as_ref().and_then(|completion| completion.completion_item.as_ref());
        let item = item.cloned().unwrap_or_default();
        self.snippets = item.snippet_support.unwrap_or_default();
        self.preselect = item.preselect_support.unwrap_or_default();
        self.deprecated_items = item.deprecated_support.unwrap_or_default();
        self.markdown_items = markdown(item.documentation_format.as_ref());
        self.label_details = item.label_details_support.unwrap_or_default();
        let modes = item.insert_text_mode_support.map(|modes| modes.value_set).unwrap_or_default();
        self.adjusts_indentation = modes.contains(&lsp::InsertTextMode::ADJUST_INDENTATION);
        let symbols = document.document_symbol.as_ref();
        self.nested_symbols =
            symbols.and_then(|it| it.hierarchical_document_symbol_support).unwrap_or_default();
        self.registers_symbols = symbols.and_then(|it| it.dynamic_registration).unwrap_or_default();
        let action = document.code_action.as_ref();
        self.code_action_literals = action.is_some_and(|action| action.code_action_literal_support.is_some());
        self.preferred_actions = action.and_then(|action| action.is_preferred_support).unwrap_or_default();
    }

    fn read_workspace(&mut self, workspace: &lsp::WorkspaceClientCapabilities) {
        let watched = workspace.did_change_watched_files.as_ref();
        self.watches = watched.and_then(|watched| watched.dynamic_registration).unwrap_or_default();
        self.configuration = workspace.configuration.unwrap_or_default();
        if let Some(edit) = &workspace.workspace_edit {
            let operations = edit.resource_operations.as_deref().unwrap_or_default();
            self.creates_files = operations.contains(&lsp::ResourceOperationKind::Create);
            // Files are created by document changes only; Neovim names nothing but the operations.
            self.document_changes = edit.document_changes.unwrap_or_default() || self.creates_files;
        }
    }

    /// What the server offers this client under the profile it starts with.
    pub(super) fn offer(&self, profile: Profile) -> lsp::ServerCapabilities {
        lsp::ServerCapabilities {
            position_encoding: self.encoding_name.clone(),
            text_document_sync: Some(lsp::TextDocumentSyncCapability::Options(
                lsp::TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
                    save: Some(lsp::TextDocumentSyncSaveOptions::Supported(true)),
                    ..lsp::TextDocumentSyncOptions::default()
                },
            )),
            document_symbol_provider: (profile == Profile::Standalone).then_some(lsp::OneOf::Left(true)),
            hover_provider: Some(lsp::HoverProviderCapability::Simple(true)),
            signature_help_provider: (profile == Profile::Standalone).then(|| lsp::SignatureHelpOptions {
                trigger_characters: Some(["(", ","].map(str::to_owned).to_vec()),
                ..lsp::SignatureHelpOptions::default()
            }),
            completion_provider: Some(lsp::CompletionOptions {
                trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
                resolve_provider: Some(true),
                ..lsp::CompletionOptions::default()
            }),
            code_action_provider: self.code_action_literals.then(|| {
                lsp::CodeActionProviderCapability::Options(lsp::CodeActionOptions {
                    code_action_kinds: Some(vec![
                        lsp::CodeActionKind::QUICKFIX,
                        lsp::CodeActionKind::REFACTOR_REWRITE,
                        lsp::CodeActionKind::SOURCE,
                        FIX_ALL,
                    ]),
                    ..lsp::CodeActionOptions::default()
                })
            }),
            execute_command_provider: Some(lsp::ExecuteCommandOptions {
                commands: COMMANDS.map(str::to_owned).to_vec(),
                ..lsp::ExecuteCommandOptions::default()
            }),
            diagnostic_provider: self.pulls_diagnostics.then(|| {
                lsp::DiagnosticServerCapabilities::Options(lsp::DiagnosticOptions {
                    identifier: Some("azapi".to_owned()),
                    inter_file_dependencies: true,
                    workspace_diagnostics: false,
                    ..lsp::DiagnosticOptions::default()
                })
            }),
            ..lsp::ServerCapabilities::default()
        }
    }
}
