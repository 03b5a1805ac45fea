//! Parameters that the protocol's types refuse, read as far as they can be: what is optional and cannot be read is
//! left out, so that one odd member does not cost the message.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use tower_lsp::lsp_types as lsp;

/// The version of a document whose client gives none that can be read. Diagnostics of it carry none.
const NO_VERSION: i32 = i32::MIN;
/// A document's version, where its client gave one.
pub(super) fn known(version: Option<i32>) -> Option<i32> {
    version.filter(|&version| version != NO_VERSION)
}

/// So often a message is read to find out what of it can be.
const MOST_TRIES: usize = 1_000;

/// Mends the parameters of a call of this method where they do not fit its type.
pub(super) fn mend(method: &str, params: &mut Value) {
    match method {
        "initialize" => keep_readable::<lsp::InitializeParams>(params, &json!({ "capabilities": {} })),
        "textDocument/didOpen" => {
            mend_document(params);
            keep_readable::<lsp::DidOpenTextDocumentParams>(params, &json!({ "textDocument": AS_GIVEN }));
        }
        // Of a change nothing may be left out.
        "textDocument/didChange" => mend_document(params),
        "textDocument/completion" => keep_readable::<lsp::CompletionParams>(params, &place()),
        "textDocument/codeAction" => keep_readable::<lsp::CodeActionParams>(
            params,
            &json!({ "textDocument": AS_GIVEN, "range": AS_GIVEN, "context": { "diagnostics": [] } }),
        ),
        "textDocument/signatureHelp" => keep_readable::<lsp::SignatureHelpParams>(params, &place()),
        "textDocument/hover" => keep_readable::<lsp::HoverParams>(params, &place()),
        "textDocument/documentSymbol" => {
            keep_readable::<lsp::DocumentSymbolParams>(params, &json!({ "textDocument": AS_GIVEN }));
        }
        "textDocument/diagnostic" => {
            keep_readable::<lsp::DocumentDiagnosticParams>(params, &json!({ "textDocument": AS_GIVEN }));
        }
        "workspace/didChangeWatchedFiles" => {
            keep_readable::<lsp::DidChangeWatchedFilesParams>(params, &json!({ "changes": [] }));
        }
        "workspace/didChangeConfiguration" => {
            if let Some(object) = params.as_object_mut() {
                object.entry("settings").or_insert(Value::Null);
            }
        }
        _ => {}
    }
}

/// Stands for what must be there and cannot be made up.
const AS_GIVEN: Value = Value::Null;

fn place() -> Value {
    json!({ "textDocument": AS_GIVEN, "position": AS_GIVEN })
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

/// Leaves out what does not fit `T`, so that what is needed at `least` and all that fits beside it stays. Nothing changes
/// where that does not fit.
///
/// A reader that says where it failed would be made for each of two hundred types of the protocol, a fortieth of the
/// program for what hardly happens: this one only asks whether a message can be read.
fn keep_readable<T: DeserializeOwned>(params: &mut Value, least: &Value) {
    let is_read = |value: Value| serde_json::from_value::<T>(value).is_ok();
    if is_read(params.clone()) {
        return;
    }
    let (Some(given), Some(least)) = (params.as_object(), least.as_object()) else { return };
    let needed = least.iter().filter_map(|(name, value)| {
        let value = if *value == AS_GIVEN { given.get(name)? } else { value };
        Some((name.clone(), value.clone()))
    });
    let needed: Map<String, Value> = needed.collect();
    let mut growth = Growth { is_read: &is_read, tries: 0 };
    if growth.is_read(|| Value::Object(needed.clone())) {
        *params = Value::Object(growth.members(given, needed, &|kept| kept));
        tracing::warn!("what cannot be read of a message is left out");
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
            Value::Object(members) => {
                members.keys().find_map(|name| self.without_fault_in(members, name, whole))
            }
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

    /// An object that can be read once that member is mended, or is left out.
    fn without_fault_in(
        &mut self,
        members: &Map<String, Value>,
        name: &str,
        whole: &dyn Fn(Value) -> Value,
    ) -> Option<Value> {
        let with = |value: Value| {
            let mut all = members.clone();
            all.insert(name.to_owned(), value);
            Value::Object(all)
        };
        if let Some(value) = self.part(&members[name], &|value| whole(with(value))) {
            return Some(with(value));
        }
        let mut others = members.clone();
        others.remove(name);
        self.is_read(|| whole(Value::Object(others.clone()))).then_some(Value::Object(others))
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
    fn of_what_code_actions_are_asked_with_an_odd_member_is_left_out_alone() {
        let good = json!({ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 1 } }, "message": "a" });
        let params = |context: Value| json!({ "textDocument": { "uri": "file:///a.tf" }, "range": good["range"], "context": context });
        let mends =
            |given: Value, mended: Value| check("textDocument/codeAction", params(given), &params(mended));
        mends(json!({ "diagnostics": [good, {}] }), json!({ "diagnostics": [good] }));
        mends(json!({ "diagnostics": [good], "only": 5 }), json!({ "diagnostics": [good] }));
        mends(json!({ "diagnostics": 1, "only": 5 }), json!({ "diagnostics": [] }));
        mends(json!(null), json!({ "diagnostics": [] }));
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
