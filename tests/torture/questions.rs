//! Requests about documents, by chance, and their answers without what may differ between two servers.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::client::{Answer, Server};
use crate::model::{Encoding, Place};
use crate::texts;

/// A method and its parameters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    pub(crate) method: &'static str,
    pub(crate) params: Value,
}

impl Question {
    pub(crate) fn outline(uri: &str) -> Self {
        Self { method: "textDocument/documentSymbol", params: json!({ "textDocument": { "uri": uri } }) }
    }

    pub(crate) fn diagnostics(uri: &str) -> Self {
        Self { method: "textDocument/diagnostic", params: json!({ "textDocument": { "uri": uri } }) }
    }

    pub(crate) fn completion(uri: &str, place: Place) -> Self {
        let params = json!({ "textDocument": { "uri": uri }, "position": place.to_json() });
        Self { method: "textDocument/completion", params }
    }

    /// One of those that are about a place.
    fn about(rng: &mut Rng, uri: &str, text: &str, encoding: Encoding) -> Self {
        let place = texts::place(rng, text, encoding).to_json();
        let at = json!({ "textDocument": { "uri": uri }, "position": place });
        match rng.u8(..6) {
            0 | 1 => Self { method: "textDocument/hover", params: at },
            2 | 3 => Self { method: "textDocument/completion", params: at },
            4 => {
                let end = texts::place(rng, text, encoding).to_json();
                let params = json!({
                    "textDocument": { "uri": uri },
                    "range": { "start": place, "end": end },
                    "context": { "diagnostics": [] },
                });
                Self { method: "textDocument/codeAction", params }
            }
            _ if rng.bool() => Self { method: "textDocument/signatureHelp", params: at },
            _ => Self {
                method: "workspace/executeCommand",
                params: json!({ "command": "azapi.importCommand", "arguments": [uri, place] }),
            },
        }
    }

    /// Any of all.
    pub(crate) fn any(rng: &mut Rng, uri: &str, text: &str, encoding: Encoding) -> Self {
        match rng.u8(..5) {
            0 => Self::outline(uri),
            1 => Self::diagnostics(uri),
            _ => Self::about(rng, uri, text, encoding),
        }
    }

    /// Those that see the whole document, and some about places of it.
    pub(crate) fn many(rng: &mut Rng, uri: &str, text: &str, encoding: Encoding) -> Vec<Self> {
        let mut all = vec![Self::outline(uri), Self::diagnostics(uri)];
        all.extend((0..4).map(|_| Self::about(rng, uri, text, encoding)));
        all
    }

    pub(crate) fn ask(&self, server: &mut Server) -> Value {
        server.ask(self.method, self.params.clone())
    }

    pub(crate) fn answer(&self, server: &mut Server) -> Answer {
        let id = self.ask(server);
        comparable(server.answer(&id))
    }
}

/// The answer without the name that a server gives to a state of its own.
pub(crate) fn comparable(mut answer: Answer) -> Answer {
    if let Ok(Value::Object(members)) = &mut answer {
        members.remove("resultId");
    }
    answer
}

/// What two servers say differently, if they do.
pub(crate) fn compare(what: &str, question: &Question, one: &Answer, other: &Answer) -> Result<(), String> {
    if one == other {
        return Ok(());
    }
    let shown = |answer: &Answer| {
        let text = match answer {
            Ok(result) => result.to_string(),
            Err(error) => format!("error {error}"),
        };
        text.chars().take(3000).collect::<String>()
    };
    Err(format!("{what}\n{} {}\n   {}\n!= {}", question.method, question.params, shown(one), shown(other)))
}
