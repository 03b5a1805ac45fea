//! A server on the same framework that does nothing but answer: what any server pays.

use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types as lsp;
use tower_lsp::{Client, LanguageServer, LspService, Server, async_trait};

struct Idle(Client);

#[async_trait]
impl LanguageServer for Idle {
    async fn initialize(&self, _: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        Ok(lsp::InitializeResult::default())
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.0.publish_diagnostics(document.uri, Vec::new(), Some(document.version)).await;
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.0.publish_diagnostics(document.uri, Vec::new(), Some(document.version)).await;
    }

    async fn completion(&self, _: lsp::CompletionParams) -> Result<Option<lsp::CompletionResponse>> {
        Ok(None)
    }

    async fn hover(&self, _: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        Ok(None)
    }
}

pub(crate) fn serve() {
    let runtime = tokio::runtime::Runtime::new().expect("the system gives threads");
    runtime.block_on(async {
        let (service, socket) = LspService::new(Idle);
        Server::new(tokio::io::stdin(), tokio::io::stdout(), socket).serve(service).await;
    });
}
