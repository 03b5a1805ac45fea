//! Parameters that the protocol's types refuse, read as far as they can be: what is optional and cannot be read is
//! left out, so that one odd member does not cost the message.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
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
/// So often a message is read to find out what of it can be.
const MOST_TRIES: usize = 1_000;

/// Mends the parameters of a call of this method where they do not fit its type.
pub(super) fn mend(method: &str, params: &mut Value) {
    match method {
        "initialize" => {
            if let Some(object) = params.as_object_mut() {
                object.entry("capabilities").or_insert_with(|| json!({}));
            }
            grow(params);
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

/// Leaves out what `initialize` cannot be read with. Its type is made of a hundred and fifty others: a reader that says
/// where in them it failed would be a fortieth of the program, for what hardly happens.
fn grow(params: &mut Value) {
    let is_read = |value: Value| serde_json::from_value::<lsp::InitializeParams>(value).is_ok();
    if is_read(params.clone()) {
        return;
    }
    let mut growth = Growth { is_read: &is_read, tries: 0 };
    if let Some(object) = params.as_object() {
        let needed = Map::from_iter([("capabilities".to_owned(), json!({}))]);
        *params = Value::Object(growth.members(object, needed, &|kept| kept));
        tracing::warn!("members of `initialize` that cannot be read were left out");
    }
}

/// Puts a value together anew from what can be read of it.
struct Growth<'g> {
    is_read: &'g dyn Fn(Value) -> bool,
    tries: usize,
}

impl Growth<'_> {
    fn is_read(&mut self, whole: impl FnOnce() -> Value) -> bool {
        self.tries += 1;
        self.tries <= MOST_TRIES && (self.is_read)(whole())
    }

    /// What can be read of a value, which `whole` puts where it belongs.
    fn part(&mut self, given: &Value, whole: &dyn Fn(Value) -> Value) -> Option<Value> {
        if self.is_read(|| whole(given.clone())) {
            return Some(given.clone());
        }
        match given {
            Value::Object(members) if self.is_read(|| whole(json!({}))) => {
                Some(Value::Object(self.members(members, Map::new(), whole)))
            }
            // Something in it is needed: it stays if one member alone is at fault.
            Value::Object(members) => members.keys().find_map(|name| {
                let mut others = members.clone();
                others.remove(name);
                self.is_read(|| whole(Value::Object(others.clone()))).then_some(Value::Object(others))
            }),
            Value::Array(items) => {
                let mut kept = Vec::new();
                for item in items {
                    let in_list = |item| whole(Value::Array(kept.iter().cloned().chain([item]).collect()));
                    let item = self.part(item, &in_list);
                    kept.extend(item);
                }
                self.is_read(|| whole(json!([]))).then_some(Value::Array(kept))
            }
            _ => None,
        }
    }

    fn members(
        &mut self,
        given: &Map<String, Value>,
        mut kept: Map<String, Value>,
        whole: &dyn Fn(Value) -> Value,
    ) -> Map<String, Value> {
        for (name, value) in given {
            let in_object = |value| {
                let mut all = kept.clone();
                all.insert(name.clone(), value);
                whole(Value::Object(all))
            };
            if let Some(value) = self.part(value, &in_object) {
                kept.insert(name.clone(), value);
            }
        }
        kept
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
        check(
            "initialize",
            json!({ "capabilities": 1, "rootPath": "/a" }),
            &json!({ "capabilities": {}, "rootPath": "/a" }),
        );
        let client =
            |version: Value| json!({ "clientInfo": { "name": "a", "version": version }, "capabilities": {} });
        check("initialize", client(json!(1)), &json!({ "clientInfo": { "name": "a" }, "capabilities": {} }));
        check("initialize", client(json!("1")), &client(json!("1")));
        check("initialize", json!([]), &json!([]));
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
