//! Parameters that the protocol's types refuse, read as far as they can be: what is optional and cannot be read is
//! left out, so that one odd member does not cost the message.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use serde_path_to_error::{Path, Segment};
use tower_lsp::lsp_types as lsp;

/// The version of a document whose client gives none that can be read. Diagnostics of it carry none.
const NO_VERSION: i32 = i32::MIN;
/// A document's version, where its client gave one.
pub(super) fn known(version: Option<i32>) -> Option<i32> {
    version.filter(|&version| version != NO_VERSION)
}

/// So many members of one message are left out.
const MOST: usize = 200;

/// Mends the parameters of a call of this method where they do not fit its type.
pub(super) fn mend(method: &str, params: &mut Value) {
    match method {
        "initialize" => {
            if let Some(object) = params.as_object_mut() {
                object.entry("capabilities").or_insert_with(|| json!({}));
            }
            leave_out::<lsp::InitializeParams>(params);
        }
        "textDocument/didOpen" => {
            mend_document(params);
            leave_out::<lsp::DidOpenTextDocumentParams>(params);
        }
        // Of a change nothing may be left out.
        "textDocument/didChange" => mend_document(params),
        "textDocument/completion" => leave_out::<lsp::CompletionParams>(params),
        "textDocument/codeAction" => {
            if let Some(object) = params.as_object_mut() {
                object.entry("context").or_insert_with(|| json!({ "diagnostics": [] }));
            }
            leave_out::<lsp::CodeActionParams>(params);
        }
        "textDocument/signatureHelp" => leave_out::<lsp::SignatureHelpParams>(params),
        "textDocument/hover" => leave_out::<lsp::HoverParams>(params),
        "textDocument/documentSymbol" => leave_out::<lsp::DocumentSymbolParams>(params),
        "textDocument/diagnostic" => leave_out::<lsp::DocumentDiagnosticParams>(params),
        "workspace/didChangeWatchedFiles" => leave_out::<lsp::DidChangeWatchedFilesParams>(params),
        "workspace/didChangeConfiguration" => {
            if let Some(object) = params.as_object_mut() {
                object.entry("settings").or_insert(Value::Null);
            }
        }
        _ => {}
    }
}

/// A document's version and language where they are no version and no language.
fn mend_document(params: &mut Value) {
    let Some(document) = params.get_mut("textDocument").and_then(Value::as_object_mut) else { return };
    let version = document.get("version").and_then(Value::as_i64);
    if version.is_none_or(|version| i32::try_from(version).is_err()) {
        document.insert("version".to_owned(), json!(NO_VERSION));
    }
    if document.contains_key("text") && !document.get("languageId").is_some_and(Value::is_string) {
        document.insert("languageId".to_owned(), json!(""));
    }
}

/// Leaves out what does not fit `T`, until the rest does or nothing more can be left out.
fn leave_out<T: DeserializeOwned>(params: &mut Value) {
    for _ in 0..MOST {
        let Err(error) = serde_path_to_error::deserialize::<_, T>(&*params) else { return };
        if !remove(params, error.path()) {
            return;
        }
        tracing::warn!("left out of a message: {error}");
    }
}

/// Removes what stands at a path, or the innermost thing around it that is there; false where that is all there is.
fn remove(value: &mut Value, path: &Path) -> bool {
    let steps: Vec<&Segment> = path.iter().collect();
    let present = (0..=steps.len()).rev().find(|&len| len == 0 || at(value, &steps[..len]).is_some());
    let Some((last, above)) = steps.get(..present.unwrap_or(0)).and_then(<[_]>::split_last) else {
        return false;
    };
    match (at(value, above), last) {
        (Some(Value::Object(object)), Segment::Map { key }) => object.remove(key).is_some(),
        (Some(Value::Array(list)), Segment::Seq { index }) if *index < list.len() => {
            list.remove(*index);
            true
        }
        _ => false,
    }
}

fn at<'v>(value: &'v mut Value, steps: &[&Segment]) -> Option<&'v mut Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Segment::Map { key } => value.get_mut(key.as_str()),
        Segment::Seq { index } => value.get_mut(*index),
        Segment::Enum { .. } | Segment::Unknown => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: &str, mut given: Value, mended: &Value) {
        mend(method, &mut given);
        assert_eq!(given, *mended);
    }

    #[test]
    fn odd_members_of_initialize_are_left_out_and_the_others_stay() {
        check(
            "initialize",
            json!({
                "processId": "x", "rootUri": "", "trace": "compact", "clientInfo": {}, "locale": 1,
                "workspaceFolders": [{ "uri": "", "name": "a" }, { "uri": "file:///m", "name": "b" }],
                "capabilities": {
                    "workspace": { "configuration": true, "workspaceEdit": { "resourceOperations": ["create", "paint"] } },
                    "textDocument": {
                        "hover": { "contentFormat": ["html", "markdown"], "dynamicRegistration": "no" },
                        "completion": { "completionItemKind": { "valueSet": [1, 99] } },
                    },
                },
            }),
            &json!({
                "workspaceFolders": [{ "uri": "file:///m", "name": "b" }],
                "capabilities": {
                    "workspace": { "configuration": true, "workspaceEdit": { "resourceOperations": ["create"] } },
                    "textDocument": {
                        "hover": { "contentFormat": ["markdown"] },
                        "completion": { "completionItemKind": { "valueSet": [1, 99] } },
                    },
                },
            }),
        );
        check("initialize", json!({}), &json!({ "capabilities": {} }));
        check("initialize", json!({ "capabilities": 1 }), &json!({}));
    }

    #[test]
    fn a_version_that_is_none_is_known_as_none() {
        for version in [json!(null), json!(3_000_000_000_i64), json!(1.5), json!("1")] {
            let document = json!({ "uri": "file:///a.tf", "version": version });
            let mut params = json!({ "textDocument": document, "contentChanges": [{ "text": "x" }] });
            mend("textDocument/didChange", &mut params);
            assert_eq!(params["textDocument"]["version"], json!(NO_VERSION));
            assert!(serde_json::from_value::<lsp::DidChangeTextDocumentParams>(params).is_ok());
        }
        let mut params = json!({ "textDocument": { "uri": "file:///a.tf", "text": "x" } });
        mend("textDocument/didOpen", &mut params);
        assert!(serde_json::from_value::<lsp::DidOpenTextDocumentParams>(params).is_ok());
    }

    #[test]
    fn what_is_needed_is_not_made_up() {
        for given in
            [json!([]), json!({}), json!({ "textDocument": { "uri": "file:///a.tf" }, "position": 1 })]
        {
            let mut params = given.clone();
            mend("textDocument/hover", &mut params);
            assert!(serde_json::from_value::<lsp::HoverParams>(params).is_err(), "{given}");
        }
    }

    #[test]
    fn events_of_files_that_cannot_be_read_are_left_out() {
        let good = json!({ "uri": "file:///a.tf", "type": 2 });
        check(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": [{ "uri": "", "type": 1 }, good, 5] }),
            &json!({ "changes": [good] }),
        );
    }
}
