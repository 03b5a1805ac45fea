//! The protocol's methods, each in a line or two. What changes state does so before its first await.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types as lsp;
use tower_lsp::{LanguageServer, async_trait};

use super::capabilities::SHOW_COMMAND;
use super::commands;
use super::requests::{self, respond, respond_at_pace};
use super::session::Session;

#[derive(Debug)]
pub(super) struct Backend(pub(super) Arc<Session>);

#[async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        Ok(self.0.initialize(params))
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        super::warm_up::start();
        self.0.initialized();
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        self.0.opened(params.text_document);
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        self.0.changed(params);
    }

    async fn did_save(&self, params: lsp::DidSaveTextDocumentParams) {
        self.0.saved(&params.text_document);
    }

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        self.0.closed(&params.text_document);
    }

    async fn did_change_watched_files(&self, params: lsp::DidChangeWatchedFilesParams) {
        self.0.files_changed(&params.changes);
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        self.0.new_settings(params.settings);
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        respond_at_pace(|session| &session.paces.hover, &self.0, move |it| requests::hover(it, &params)).await
    }

    async fn signature_help(&self, params: lsp::SignatureHelpParams) -> Result<Option<lsp::SignatureHelp>> {
        respond_at_pace(
            |session| &session.paces.signature_help,
            &self.0,
            move |it| requests::signature_help(it, &params),
        )
        .await
    }

    async fn completion(&self, params: lsp::CompletionParams) -> Result<Option<lsp::CompletionResponse>> {
        respond_at_pace(
            |session| &session.paces.completion,
            &self.0,
            move |it| requests::completion(it, &params),
        )
        .await
    }

    async fn completion_resolve(&self, item: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
        respond_at_pace(
            |session| &session.paces.documentation,
            &self.0,
            move |it| requests::resolved(it, item),
        )
        .await
    }

    async fn code_action(&self, params: lsp::CodeActionParams) -> Result<Option<lsp::CodeActionResponse>> {
        respond(self.0.snapshot(), move |snapshot| Ok(requests::code_action(snapshot, &params))).await
    }

    async fn document_symbol(
        &self,
        params: lsp::DocumentSymbolParams,
    ) -> Result<Option<lsp::DocumentSymbolResponse>> {
        respond(self.0.snapshot(), move |snapshot| Ok(requests::document_symbol(snapshot, &params))).await
    }

    async fn diagnostic(
        &self,
        params: lsp::DocumentDiagnosticParams,
    ) -> Result<lsp::DocumentDiagnosticReportResult> {
        let report = respond(self.0.snapshot(), move |snapshot| Ok(requests::diagnostic(snapshot, &params)));
        let report = report.await;
        self.0.write_wanted_pages();
        report
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
        if params.command == SHOW_COMMAND {
            let (uri, position) = commands::shown(params)?;
            self.0.show(&uri, position);
            return Ok(None);
        }
        respond(self.0.snapshot(), move |snapshot| commands::execute(snapshot, params)).await
    }
}
