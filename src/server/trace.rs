//! What the log has of each message of the client: its method, its document and how long it took.

use std::time::Instant;

use serde_json::Value;
use tower_lsp::jsonrpc::{Request, Response};
use tracing::Span;

#[derive(Debug)]
pub(super) struct Trace {
    span: Span,
    started: Instant,
}

impl Trace {
    /// Begins when the message's turn has come.
    pub(super) fn of(request: &Request) -> Self {
        let (method, document) = (request.method(), document(request.params()));
        let span = match request.id() {
            Some(id) => tracing::info_span!("request", %id, method, document),
            None => tracing::info_span!("notification", method, document),
        };
        Self { span, started: Instant::now() }
    }

    /// For what is done on the message's behalf.
    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// The message is dealt with; a request with this response.
    pub(super) fn ended(&self, response: Option<&Response>) {
        let duration_ms = milliseconds(self.started);
        match response.and_then(Response::error) {
            None => tracing::info!(parent: &self.span, duration_ms, "done"),
            Some(error) => {
                tracing::info!(parent: &self.span, duration_ms, code = error.code.code(), "refused");
            }
        }
    }
}

/// Milliseconds since then, to the microsecond.
pub(super) fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_micros() as f64 / 1e3
}

/// The document that a message is about, as the client writes its URI.
fn document(params: Option<&Value>) -> Option<&str> {
    let params = params?;
    let named = params.get("textDocument").and_then(|document| document.get("uri"));
    named.or_else(|| params.get("arguments")?.get(0)).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_message_names_its_document_or_none() {
        let of = |params: &Value| document(Some(params)).map(str::to_owned);
        assert_eq!(
            of(&json!({ "textDocument": { "uri": "file:///a.tf", "version": 1 } })).unwrap(),
            "file:///a.tf"
        );
        assert_eq!(of(&json!({ "command": "x", "arguments": ["file:///a.tf", 1] })).unwrap(), "file:///a.tf");
        for params in [json!([]), json!({}), json!({ "arguments": [] }), json!({ "textDocument": 1 })] {
            assert_eq!(of(&params), None, "{params}");
        }
        assert_eq!(document(None), None);
    }
}
