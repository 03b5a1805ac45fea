//! The whole story of one configuration: a registry and its token, from the first version typed to the import.

use std::ops::Range;

use serde_json::{Value, json};

use crate::client::Client;

const TEXT: &str = include_str!("../data/modules/token/main.tf");

/// An editor with the configuration open.
struct Editor {
    client: Client,
    uri: String,
    text: String,
    version: i32,
}

impl Editor {
    fn open() -> Self {
        let capabilities = json!({
            "textDocument": {
                "diagnostic": {},
                "publishDiagnostics": { "relatedInformation": true },
                "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
            },
            "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
        });
        let (mut client, _) = Client::start(capabilities, Value::Null);
        let uri = "file:///no/such/folder/main.tf".to_owned();
        client.open(&uri, TEXT);
        Self { client, uri, text: TEXT.to_owned(), version: 1 }
    }

    /// The last place where the text stands.
    fn find(&self, text: &str) -> Range<usize> {
        let start = self.text.rfind(text).unwrap_or_else(|| panic!("no `{text}`"));
        start..start + text.len()
    }

    fn position(&self, offset: usize) -> Value {
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        json!({ "line": before.matches('\n').count(), "character": before[line_start..].encode_utf16().count() })
    }

    /// Puts `new` where `old` stood last.
    fn edit(&mut self, old: &str, new: &str) {
        let place = self.find(old);
        let range = json!({ "start": self.position(place.start), "end": self.position(place.end) });
        self.text.replace_range(place, new);
        self.version += 1;
        self.client.change(&self.uri, self.version, json!([{ "range": range, "text": new }]));
    }

    fn request_at(&mut self, method: &str, offset: usize) -> Value {
        let params = json!({ "textDocument": { "uri": self.uri }, "position": self.position(offset) });
        self.client.request(method, params).unwrap()
    }

    fn hover(&mut self, text: &str) -> String {
        let offset = self.find(text).start + 1;
        let hover = self.request_at("textDocument/hover", offset);
        hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("nothing on `{text}`")).to_owned()
    }

    fn diagnostics(&mut self) -> Vec<Value> {
        let params = json!({ "textDocument": { "uri": self.uri } });
        let report = self.client.request("textDocument/diagnostic", params).unwrap();
        report["items"].as_array().unwrap().clone()
    }
}

#[test]
fn the_newest_stable_version_completes_first() {
    let mut editor = Editor::open();
    editor.edit("tokens@2021-08-01-preview", "tokens@");
    let offset = editor.find("tokens@").end;
    let list = editor.request_at("textDocument/completion", offset);
    let mut items = list["items"].as_array().unwrap().clone();
    items.sort_by_key(|item| item["sortText"].as_str().unwrap().to_owned());
    let text = |item: &Value| item["textEdit"]["newText"].as_str().unwrap().to_owned();
    let versions: Vec<String> = items.iter().map(text).collect();
    assert!(versions.len() >= 15, "{versions:?}");
    let stable: Vec<&String> = versions.iter().take_while(|version| !version.ends_with("preview")).collect();
    assert!(!stable.is_empty() && stable.is_sorted_by(|one, next| one >= next), "{versions:?}");
    editor.client.finish();
}

#[test]
fn the_configuration_itself_has_no_error() {
    let mut editor = Editor::open();
    let errors: Vec<Value> =
        editor.diagnostics().into_iter().filter(|found| found["severity"] == 1).collect();
    assert_eq!(errors, [Value::Null; 0]);
    editor.client.finish();
}

#[test]
fn a_parent_of_the_wrong_type_is_an_error_that_names_the_right_one_until_it_is_mended() {
    let mut editor = Editor::open();
    editor.edit("parent_id = azapi_resource.registry.id", "parent_id = azapi_resource.resourceGroup.id");
    let place = editor.find("azapi_resource.resourceGroup.id");
    let found = editor.diagnostics().into_iter().find(|found| found["code"] == "invalid-parent-id").unwrap();
    assert_eq!(found["severity"], 1);
    assert_eq!(found["range"]["start"], editor.position(place.start));
    assert_eq!(found["range"]["end"], editor.position(place.end));
    let pattern = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{resourceName}";
    assert!(
        found["message"].as_str().unwrap().contains("`Microsoft.ContainerRegistry/registries`"),
        "{found}"
    );
    assert_eq!(found["relatedInformation"][0]["location"]["uri"], editor.uri);
    assert!(found["relatedInformation"][1]["message"].as_str().unwrap().contains(pattern), "{found}");
    editor.edit("azapi_resource.resourceGroup.id", "azapi_resource.registry.id");
    assert!(editor.diagnostics().iter().all(|found| found["code"] != "invalid-parent-id"));
    editor.client.finish();
}

#[test]
fn keys_and_values_of_the_body_explain_themselves() {
    let mut editor = Editor::open();
    assert!(editor.hover("scopeMapId").contains("scopeMapId"));
    let status = editor.hover("status ");
    assert!(status.contains("enabled") && status.contains("disabled"), "{status}");
    assert!(editor.hover("\"enabled\"").contains("enabled"));
    let ty = editor.hover("registries/tokens@");
    assert!(ty.contains("Microsoft.ContainerRegistry/registries/tokens"), "{ty}");
    editor.client.finish();
}

#[test]
fn the_import_is_written_with_the_names_the_module_knows() {
    let mut editor = Editor::open();
    let offset = editor.find("registries/tokens@").start;
    let position = editor.position(offset);
    let params = json!({ "command": "azapi.importCommand", "arguments": [editor.uri, position] });
    let command = editor.client.request("workspace/executeCommand", params).unwrap();
    let expected = "terraform import azapi_resource.token '/subscriptions/{subscriptionId}/resourceGroups/acctest0001/providers/Microsoft.ContainerRegistry/registries/acctest0001/tokens/acctest0001'";
    assert_eq!(command, expected);
    let position = editor.position(editor.find("\"azapi_resource\" \"token\"").start);
    let range = json!({ "start": position, "end": position });
    let params =
        json!({ "textDocument": { "uri": editor.uri }, "range": range, "context": { "diagnostics": [] } });
    let actions = editor.client.request("textDocument/codeAction", params).unwrap();
    let actions = actions.as_array().unwrap();
    assert!(actions.iter().any(|action| action.to_string().contains(expected)), "{actions:?}");
    let creates = |action: &&Value| action["edit"]["documentChanges"][0]["kind"] == "create";
    let created = actions.iter().find(creates).unwrap();
    let path = created["edit"]["documentChanges"][0]["uri"].as_str().unwrap();
    assert!(path.ends_with("/no/such/folder/imports.tf"), "{path}");
    editor.client.finish();
}
