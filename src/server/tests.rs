//! The server in one process: messages in, its state and its messages out.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Id, Request, Response};

use super::*;
use crate::schema::toy;

/// A served client. Dropping it ends the serving.
struct Server {
    session: Arc<Session>,
    sender: mpsc::Sender<Incoming>,
    messages: outbox::Unwritten,
    thread: Option<thread::JoinHandle<()>>,
    next_id: i64,
}

impl Server {
    /// Initialized with these capabilities and options.
    fn start(capabilities: Value, options: Value) -> Self {
        Self::start_for("a test", capabilities, options)
    }

    /// Initialized by a client of this name.
    fn start_for(client: &str, capabilities: Value, options: Value) -> Self {
        let info = json!({ "name": client });
        Self::start_with(
            json!({ "clientInfo": info, "capabilities": capabilities, "initializationOptions": options }),
        )
    }

    /// Initialized by a client that works in these folders.
    fn start_in(folders: Value, capabilities: Value) -> Self {
        Self::start_with(json!({ "workspaceFolders": folders, "capabilities": capabilities }))
    }

    fn start_with(params: Value) -> Self {
        let (sender, mut incoming) = mpsc::channel(8);
        let (outbox, messages) = Outbox::new();
        let session = Arc::new(Session::new(outbox.clone()));
        let serving = Arc::clone(&session);
        let thread = thread::spawn(move || {
            runtime().unwrap().block_on(serve(serving, &outbox, &mut incoming));
        });
        let mut server = Self { session, sender, messages, thread: Some(thread), next_id: 0 };
        server.request("initialize", params);
        server.notify("initialized", json!({}));
        server
    }

    fn send(&self, message: Incoming) {
        self.sender.blocking_send(message).unwrap();
    }

    fn notify(&self, method: &'static str, params: Value) {
        self.send(Incoming::Call(Request::build(method).params(params).finish()));
    }

    fn send_request(&mut self, method: &'static str, params: Value) -> i64 {
        self.next_id += 1;
        self.send(Incoming::Call(Request::build(method).params(params).id(self.next_id).finish()));
        self.next_id
    }

    /// The response; messages of the server before it are dropped.
    fn request(&mut self, method: &'static str, params: Value) -> Response {
        let id = Id::Number(self.send_request(method, params));
        loop {
            match self.messages.receive(Duration::from_secs(20)).unwrap() {
                Outgoing::Response(response) if *response.id() == id => return response,
                _ => {}
            }
        }
    }

    /// What the server has sent so far besides responses. Everything sent to it before has been taken in then.
    fn calls(&mut self) -> Vec<(String, Value)> {
        let id = Id::Number(self.send_request("workspace/executeCommand", json!({ "command": "no such" })));
        let mut calls = Vec::new();
        loop {
            match self.messages.receive(Duration::from_secs(20)).unwrap() {
                Outgoing::Call(call) => {
                    calls.push((call.method().to_owned(), call.params().cloned().unwrap_or_default()));
                }
                Outgoing::Response(response) if *response.id() == id => return calls,
                _ => {}
            }
        }
    }

    fn open(&self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "terraform", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    fn close(&self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    fn touched(&self, path: &Path) {
        let changes = json!([{ "uri": format!("file://{}", path.display()), "type": 2 }]);
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// The text the server has for a path; everything sent to it before has been taken in.
    fn text(&mut self, path: impl AsRef<Path>) -> Option<String> {
        self.calls();
        let state = self.session.state();
        state.workspace.source(path.as_ref()).map(|file| file.rope.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.send(Incoming::End);
        let result = self.thread.take().unwrap().join();
        assert!(result.is_ok() || thread::panicking(), "serving panicked");
    }
}

fn server() -> Server {
    Server::start(json!({}), Value::Null)
}

fn watching() -> Value {
    json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } })
}

fn insert(line: u32, character: u32, text: &str) -> Value {
    let at = json!({ "line": line, "character": character });
    json!({ "range": { "start": at, "end": at }, "text": text })
}

fn replace(from: (u32, u32), to: (u32, u32), text: &str) -> Value {
    let position = |(line, character): (u32, u32)| json!({ "line": line, "character": character });
    json!({ "range": { "start": position(from), "end": position(to) }, "text": text })
}

const MAIN: &str = "file:///no/such/folder/main.tf";
const MAIN_PATH: &str = "/no/such/folder/main.tf";

#[test]
fn a_thousand_edits_fired_at_once_are_applied_in_order() {
    let mut server = server();
    server.open(MAIN, "");
    let mut expected = String::new();
    for i in 0..1000_u32 {
        let letter = char::from(b'a' + (i % 26) as u8).to_string();
        let at = (i * 7) % (i + 1);
        server.change(MAIN, 2 + i as i32, json!([insert(0, at, &letter)]));
        expected.insert_str(at as usize, &letter);
    }
    assert_eq!(server.text(MAIN_PATH).unwrap(), expected);
    let version = server.session.state().workspace.source(Path::new(MAIN_PATH)).unwrap().open_version;
    assert_eq!(version, Some(1001));
}

#[test]
fn changes_of_one_notification_follow_one_another() {
    let mut server = server();
    server.open(MAIN, "ab");
    server.change(MAIN, 2, json!([insert(0, 2, "cd"), replace((0, 3), (0, 4), "D"), insert(0, 0, "-")]));
    assert_eq!(server.text(MAIN_PATH).unwrap(), "-abcD");
    server.change(MAIN, 3, json!([{ "text": "new" }, insert(0, 3, "er")]));
    assert_eq!(server.text(MAIN_PATH).unwrap(), "newer");
}

#[test]
fn changes_that_overtake_one_another_are_put_in_order_for_a_client_that_lets_them() {
    let typed = |server: &mut Server, order: &[i32]| {
        server.open(MAIN, "😀\n");
        for &version in order {
            let letter = char::from(b'a' + version as u8).to_string();
            // Versions that do not follow one another: Helix counts changes that it does not send.
            server.change(MAIN, 10 * version, json!([insert(0, 2 + version as u32, &letter)]));
        }
        let text = server.text(MAIN_PATH).unwrap();
        let version = server.session.state().workspace.source(Path::new(MAIN_PATH)).unwrap().open_version;
        server.close(MAIN);
        (text, version)
    };
    let wanted = ("😀abcdefgh\n".to_owned(), Some(70));
    let mut helix = Server::start_for("helix", json!({}), Value::Null);
    for order in [[0, 1, 2, 3, 4, 5, 6, 7], [1, 0, 2, 4, 3, 7, 5, 6], [7, 6, 5, 4, 3, 2, 1, 0]] {
        assert_eq!(typed(&mut helix, &order), wanted, "{order:?}");
    }
    // Elsewhere the order of arrival holds, whatever the versions say.
    let mut other = server();
    assert_eq!(typed(&mut other, &[1, 0]).0, "😀ab\n");
}

#[test]
fn columns_count_in_the_encoding_agreed_on() {
    let text = "\té😀\u{2028}x\r\nsecond\n";
    for (encoding, x) in [("utf-8", 10), ("utf-16", 5), ("utf-32", 4)] {
        let capabilities = json!({ "general": { "positionEncodings": ["utf-7", encoding, "utf-16"] } });
        let mut server = Server::start(capabilities, Value::Null);
        server.open(MAIN, text);
        server.change(MAIN, 2, json!([insert(0, x, "|"), insert(0, 99, "<"), insert(1, 6, ">")]));
        assert_eq!(server.text(MAIN_PATH).unwrap(), "\té😀\u{2028}|x<\r\nsecond>\n", "{encoding}");
    }
}

#[test]
fn a_range_backwards_or_beyond_the_text_does_no_harm() {
    let mut server = server();
    server.open(MAIN, "abc\n");
    server.change(MAIN, 2, json!([replace((0, 3), (0, 1), "-"), insert(99, 5, "end")]));
    assert_eq!(server.text(MAIN_PATH).unwrap(), "a-\nend");
}

#[test]
fn a_document_is_one_however_its_uri_is_written() {
    let mut server = server();
    server.open("file:///no/such/[id]/a b/é.tf", "x");
    server.change("file:///no/such/%5Bid%5D/a%20b/%C3%A9.tf", 2, json!([insert(0, 1, "y")]));
    assert_eq!(server.text("/no/such/[id]/a b/é.tf").unwrap(), "xy");
    server.open("file:///c%3A/no/main.tf", "x");
    server.change("file:///C:/no/main.tf", 2, json!([insert(0, 1, "y")]));
    let path = uri::DocumentPath::of(&"file:///C:/no/main.tf".parse().unwrap()).path;
    assert_eq!(server.text(path).unwrap(), "xy");
}

#[test]
fn a_document_that_got_lost_is_silent_until_it_is_opened_again() {
    let mut server = server();
    server.open(MAIN, "old");
    server.calls();
    server.session.lose(&mut server.session.state(), Path::new(MAIN_PATH));
    server.change(MAIN, 2, json!([insert(0, 0, "x")]));
    assert_eq!(server.text(MAIN_PATH), None);
    server.open(MAIN, "new");
    assert_eq!(server.text(MAIN_PATH).unwrap(), "new");
}

#[test]
fn documents_that_are_not_terraform_are_left_alone() {
    let mut server = server();
    server.open("file:///no/such/folder/x.tfvars", "a = 1");
    server.change("file:///no/such/folder/x.tfvars", 2, json!([insert(0, 0, "b")]));
    server.close("file:///no/such/folder/x.tfvars");
    assert!(server.calls().is_empty());
    assert_eq!(server.session.state().workspace.module_dirs().count(), 0);
}

#[test]
fn an_untitled_document_is_a_module_of_its_own() {
    let mut server = server();
    server.open("untitled:Untitled-1", "one");
    server.open("untitled:Untitled-2", "two");
    server.calls();
    let state = server.session.state();
    let sizes: Vec<_> =
        state.workspace.module_dirs().map(|dir| state.workspace.module(dir).unwrap().files.len()).collect();
    assert_eq!(sizes, [1, 1]);
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

fn uri_in(dir: &tempfile::TempDir, name: &str) -> String {
    format!("file://{}/{name}", dir.path().display())
}

#[test]
fn the_files_beside_an_open_one_are_read_and_the_open_one_is_the_editors() {
    let dir = folder(&[("main.tf", "disk"), ("other.tofu", "other"), ("x.tfvars", "")]);
    let mut server = server();
    server.open(&uri_in(&dir, "main.tf"), "editor");
    assert_eq!(server.text(dir.path().join("main.tf")).unwrap(), "editor");
    assert_eq!(server.text(dir.path().join("other.tofu")).unwrap(), "other");
    assert_eq!(server.text(dir.path().join("x.tfvars")), None);
}

#[test]
fn a_file_that_changes_on_the_disk_is_read_again_unless_it_is_open() {
    let dir = folder(&[("main.tf", "disk"), ("other.tf", "other")]);
    let mut server = Server::start(watching(), Value::Null);
    server.open(&uri_in(&dir, "main.tf"), "editor");
    for name in ["main.tf", "other.tf", "new.tf"] {
        fs::write(dir.path().join(name), "changed").unwrap();
        server.touched(&dir.path().join(name));
    }
    assert_eq!(server.text(dir.path().join("main.tf")).unwrap(), "editor");
    assert_eq!(server.text(dir.path().join("other.tf")).unwrap(), "changed");
    assert_eq!(server.text(dir.path().join("new.tf")).unwrap(), "changed");
    fs::remove_file(dir.path().join("other.tf")).unwrap();
    server.touched(&dir.path().join("other.tf"));
    assert_eq!(server.text(dir.path().join("other.tf")), None);
}

#[test]
fn a_save_reads_the_folder_again_whether_the_client_watches_or_not() {
    for capabilities in [json!({}), watching()] {
        let dir = folder(&[("main.tf", "")]);
        let mut server = Server::start(capabilities, Value::Null);
        server.open(&uri_in(&dir, "main.tf"), "editor");
        fs::write(dir.path().join("new.tf"), "new").unwrap();
        let params = json!({ "textDocument": { "uri": uri_in(&dir, "main.tf") } });
        server.notify("textDocument/didSave", params);
        assert_eq!(server.text(dir.path().join("new.tf")).unwrap(), "new");
    }
}

#[test]
fn a_client_that_names_only_the_creation_of_files_is_offered_new_files() {
    let dir = folder(&[]);
    let uri = uri_in(&dir, "main.tf");
    let text = "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-03-01\"\n  name = \"g\"\n}\n";
    for (operations, offered) in [(json!(["create"]), true), (json!(["rename"]), false)] {
        let kinds = json!({ "codeActionKind": { "valueSet": [] } });
        let capabilities = json!({
            "workspace": { "workspaceEdit": { "resourceOperations": operations } },
            "textDocument": { "codeAction": { "codeActionLiteralSupport": kinds } },
        });
        let mut server = Server::start(capabilities, Value::Null);
        server.open(&uri, text);
        let place = json!({ "line": 0, "character": 0 });
        let params = json!({ "textDocument": { "uri": uri }, "range": { "start": place, "end": place }, "context": { "diagnostics": [] } });
        let response = server.request("textDocument/codeAction", params).result().unwrap().to_string();
        assert_eq!(response.contains("imports.tf"), offered, "{response}");
    }
}

#[test]
fn a_closed_document_is_the_disks_again_and_the_last_one_takes_its_folder_along() {
    let dir = folder(&[("main.tf", "disk"), ("other.tf", "")]);
    let mut server = server();
    server.open(&uri_in(&dir, "main.tf"), "editor");
    server.open(&uri_in(&dir, "other.tf"), "");
    server.close(&uri_in(&dir, "main.tf"));
    assert_eq!(server.text(dir.path().join("main.tf")).unwrap(), "disk");
    server.close(&uri_in(&dir, "other.tf"));
    assert_eq!(server.text(dir.path().join("main.tf")), None);
}

#[test]
fn folders_are_modules_apart() {
    let (one, other) = (folder(&[("a.tf", "")]), folder(&[("b.tf", ""), ("c.tf", "")]));
    let mut server = server();
    server.open(&uri_in(&one, "a.tf"), "");
    server.open(&uri_in(&other, "b.tf"), "");
    server.calls();
    let state = server.session.state();
    let files = |dir: &tempfile::TempDir| state.workspace.module(dir.path()).unwrap().files.len();
    assert_eq!((files(&one), files(&other)), (1, 2));
}

fn messages(calls: &[(String, Value)]) -> Vec<&str> {
    let shown = calls.iter().filter(|(method, _)| method == "window/showMessage");
    shown.map(|(_, params)| params["message"].as_str().unwrap()).collect()
}

#[test]
fn an_outline_nests_no_deeper_than_clients_read() {
    let symbols = json!({ "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } });
    let mut server =
        Server::start(json!({ "textDocument": symbols }), json!({ "azapi": { "profile": "standalone" } }));
    for (begin, end) in [("[", "]"), ("{ a = ", " }"), ("b {\n", "}\n")] {
        let uri = "file:///no/such/main.tf";
        let value = if begin.starts_with('b') { "" } else { "a = " };
        server.open(uri, &format!("{value}{}{}", begin.repeat(120), end.repeat(120)));
        let response =
            server.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
        let text = serde_json::to_string(&response).unwrap();
        assert!(text.contains("children"), "{text}");
        // This reader is one of those that bear 128 levels.
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{begin}");
        server.close(uri);
    }
}

#[test]
fn a_bad_setting_is_told_once_and_the_server_serves_on() {
    let mut server = Server::start(json!({}), json!({ "azapi": { "profile": "x" } }));
    server.notify("workspace/didChangeConfiguration", json!({ "settings": { "azapi": { "data": 1 } } }));
    server.notify("workspace/didChangeConfiguration", json!({ "settings": { "azapi": { "data": 1 } } }));
    server.notify("workspace/didChangeConfiguration", json!({ "settings": "nonsense" }));
    let calls = server.calls();
    assert_eq!(messages(&calls).len(), 2, "{calls:?}");
    assert!(messages(&calls)[0].contains("`azapi.data` is `1`; write the path"), "{calls:?}");
    server.open(MAIN, "still there");
    assert_eq!(server.text(MAIN_PATH).unwrap(), "still there");
}

#[test]
fn the_project_file_wins_and_is_read_again_when_it_changes() {
    use crate::ide::Profile;
    let dir = folder(&[("main.tf", ""), (".azapi-ls.toml", "profile = 'standalone'")]);
    let profile = |server: &mut Server| {
        server.calls();
        server.session.state().workspace.module(dir.path()).unwrap().settings.config.profile
    };
    let mut server = Server::start(watching(), json!({ "profile": "companion" }));
    server.open(&uri_in(&dir, "main.tf"), "");
    assert_eq!(profile(&mut server), Profile::Standalone);
    server.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "azapi": { "profile": "companion" } } }),
    );
    assert_eq!(profile(&mut server), Profile::Standalone);
    fs::write(dir.path().join(".azapi-ls.toml"), "profile = 3").unwrap();
    server.touched(&dir.path().join(".azapi-ls.toml"));
    let calls = server.calls();
    let [message] = messages(&calls)[..] else { panic!("{calls:?}") };
    assert!(message.contains(".azapi-ls.toml: `profile` is `3`; write \"companion\""), "{message}");
    assert_eq!(profile(&mut server), Profile::Companion);
}

#[test]
fn settings_are_requested_from_a_client_that_supports_it_and_hold() {
    let mut server = Server::start(json!({ "workspace": { "configuration": true } }), Value::Null);
    let calls = server.calls();
    assert_eq!(calls, [("workspace/configuration".to_owned(), json!({ "items": [{ "section": "azapi" }] }))]);
    server.send(Incoming::Response { id: Id::Number(1), result: Ok(json!([{ "profile": "standalone" }])) });
    server.open(MAIN, "");
    server.calls();
    assert_eq!(server.session.state().workspace.config().profile, crate::ide::Profile::Standalone);
    server.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    assert!(server.calls().iter().any(|(method, _)| method == "workspace/configuration"));
}

#[test]
fn diagnostics_are_pushed_with_their_version_and_taken_away_at_the_close() {
    let mut server = server();
    server.open(MAIN, "");
    let (method, params) = loop {
        if let Some(call) = server.calls().pop() {
            break call;
        }
    };
    assert_eq!(method, "textDocument/publishDiagnostics");
    assert_eq!((&params["uri"], &params["version"]), (&json!(MAIN), &json!(1)));
    server.close(MAIN);
    let (_, params) = server.calls().pop().unwrap();
    assert_eq!(params, json!({ "uri": MAIN, "diagnostics": [] }));
}

#[test]
fn diagnostics_of_a_superseded_run_are_not_shown() {
    let (outbox, messages) = Outbox::new();
    let client = client::Client::new(outbox);
    let pushes = diagnostics::Pushes::default();
    let mut workspace = crate::ide::Workspace::default();
    let file = workspace.open_file(Path::new(MAIN_PATH), "", 1);
    let source = Arc::clone(workspace.analysis().source(file).unwrap());
    let (older, newer) = (Arc::default(), Arc::default());
    let dir = Path::new("/no/such/folder");
    pushes.supersede(dir, Arc::clone(&older));
    pushes.supersede(dir, Arc::clone(&newer));
    let uri = MAIN.parse().unwrap();
    pushes.show(&client, &newer, &source, &uri, |_| Vec::new());
    pushes.show(&client, &older, &source, &uri, |_| vec![tower_lsp::lsp_types::Diagnostic::default()]);
    assert_eq!(messages.all().len(), 1);
}

#[test]
fn a_client_that_asks_for_diagnostics_gets_them_only_then() {
    let capabilities = json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let dir = folder(&[("main.tf", ""), ("other.tf", "")]);
    let mut server = Server::start(capabilities, Value::Null);
    let uri = uri_in(&dir, "main.tf");
    server.open(&uri, "");
    let pull = |server: &mut Server, id: &Value| {
        let params = json!({ "textDocument": { "uri": uri }, "previousResultId": id });
        server.request("textDocument/diagnostic", params).result().unwrap().clone()
    };
    let first = pull(&mut server, &Value::Null);
    assert_eq!((&first["kind"], &first["items"]), (&json!("full"), &json!([])));
    let second = pull(&mut server, &first["resultId"]);
    assert_eq!(second, json!({ "kind": "unchanged", "resultId": first["resultId"] }));
    fs::write(dir.path().join("other.tf"), "a = 1").unwrap();
    server.touched(&dir.path().join("other.tf"));
    assert_eq!(server.calls(), [("workspace/diagnostic/refresh".to_owned(), Value::Null)]);
    assert_eq!(pull(&mut server, &first["resultId"])["kind"], "full");
}

#[test]
fn a_feature_that_panics_is_an_internal_error() {
    let snapshot = server().session.snapshot();
    let runtime = runtime().unwrap();
    let response = runtime.block_on(requests::respond(snapshot, |_| -> tower_lsp::jsonrpc::Result<()> {
        panic!("a feature that panics");
    }));
    assert_eq!(response.unwrap_err(), tower_lsp::jsonrpc::Error::internal_error());
}

#[test]
fn what_has_been_quick_is_answered_where_messages_are_taken_and_what_was_slow_on_another_thread() {
    let session = Arc::new(Session::new(Outbox::new().0));
    let runtime = runtime().unwrap();
    let here = thread::current().id();
    let is_here = |takes: Duration| {
        let answer = requests::respond_at_pace(
            |session| &session.paces.hover,
            &session,
            move |_| {
                thread::sleep(takes);
                thread::current().id()
            },
        );
        runtime.block_on(answer).unwrap() == here
    };
    assert!(!is_here(Duration::ZERO), "nothing is known of it");
    assert!((0..10_000).any(|_| is_here(Duration::ZERO)));
    is_here(Duration::from_millis(5));
    assert!(!is_here(Duration::ZERO));
    assert!((0..10_000).any(|_| is_here(Duration::ZERO)));
}

#[test]
fn a_cancelled_request_is_refused_as_cancelled_and_its_analysis_stops() {
    use std::sync::atomic::Ordering;
    use tower_lsp::lsp_types::{HoverParams, InitializeParams, InitializeResult};

    /// Hovers until it is cancelled, keeping one thread.
    #[derive(Debug)]
    struct Slow(session::Snapshot);

    #[tower_lsp::async_trait]
    impl tower_lsp::LanguageServer for Slow {
        async fn initialize(&self, _: InitializeParams) -> tower_lsp::jsonrpc::Result<InitializeResult> {
            Ok(InitializeResult::default())
        }

        async fn shutdown(&self) -> tower_lsp::jsonrpc::Result<()> {
            Ok(())
        }

        async fn hover(
            &self,
            _: HoverParams,
        ) -> tower_lsp::jsonrpc::Result<Option<tower_lsp::lsp_types::Hover>> {
            requests::respond(self.0.clone(), |snapshot| {
                while snapshot.analysis.check_cancelled().is_ok() {
                    thread::sleep(Duration::from_millis(1));
                }
                Ok(None)
            })
            .await
        }
    }

    let session = Arc::new(Session::new(Outbox::new().0));
    let snapshot = session.snapshot();
    let flag = snapshot.analysis.cancel_flag();
    let (service, _) = LspService::new(|_| Slow(snapshot));
    let (outbox, outgoing) = Outbox::new();
    let (sender, mut incoming) = mpsc::channel(8);
    let hover = json!({ "textDocument": { "uri": MAIN }, "position": { "line": 0, "character": 0 } });
    for request in [
        Request::build("initialize").id(1).params(json!({ "capabilities": {} })),
        Request::build("textDocument/hover").id(2).params(hover),
        Request::build("$/cancelRequest").params(json!({ "id": 2 })),
    ] {
        sender.try_send(Incoming::Call(request.finish())).unwrap();
    }
    sender.try_send(Incoming::End).unwrap();
    runtime().unwrap().block_on(Gate::new(service, session, outbox).serve(&mut incoming));
    let codes: Vec<_> = outgoing
        .all()
        .into_iter()
        .map(|message| match message {
            Outgoing::Response(response) => {
                (response.id().clone(), response.error().map(|error| error.code.code()))
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(codes, [(Id::Number(1), None), (Id::Number(2), Some(-32800))]);
    assert!(flag.load(Ordering::Relaxed));
}

#[test]
fn a_hundred_diagnostics_of_a_document_are_shown_and_one_that_says_how_many_more_there_are() {
    for capabilities in [json!({}), json!({ "textDocument": { "diagnostic": {} } })] {
        let mut server = Server::start(capabilities.clone(), json!({}));
        let pulls = capabilities != json!({});
        let mut shown = |uri: &str, mistakes: usize| {
            server.open(uri, &"@\n".repeat(mistakes));
            let items = if pulls {
                let params = json!({ "textDocument": { "uri": uri } });
                server.request("textDocument/diagnostic", params).result().unwrap()["items"].clone()
            } else {
                loop {
                    match server.messages.receive(Duration::from_secs(60)).unwrap() {
                        Outgoing::Call(call) if call.method() == "textDocument/publishDiagnostics" => {
                            break call.params().unwrap()["diagnostics"].clone();
                        }
                        _ => {}
                    }
                }
            };
            let items = items.as_array().unwrap().clone();
            let last = items.last().unwrap()["message"].as_str().unwrap().to_owned();
            (items.len(), last)
        };
        assert_eq!(shown("untitled:a.tf", 100).0, 100);
        let cut = (101, "100 more diagnostics are not shown in this file".to_owned());
        assert_eq!(shown("untitled:b.tf", 200), cut);
        assert_eq!(shown("untitled:c.tf", 50_100).1, "50000 more diagnostics are not shown in this file");
        // Those that a client pulls, it has asked for.
        let many: Vec<usize> = (0..60).map(|at| shown(&format!("untitled:m{at}.tf"), 200).0).collect();
        assert_eq!(many.iter().sum::<usize>() > 5_000, pulls, "{many:?}");
        assert!(many.iter().all(|count| *count > 0));
    }
}

#[test]
fn type_data_that_changes_under_the_server_is_taken_up_and_never_harms() {
    let dir = folder(&[("main.tf", "resource \"azapi_resource\" \"w\" {\n  type = \"Test.Rp/\"\n}\n")]);
    let toys = toy::bytes(&toy::facts());
    let data = dir.path().join("toy.bin");
    std::fs::write(&data, &toys).unwrap();
    let mut server = Server::start(json!({}), json!({ "azapi": { "data": data } }));
    let uri = uri_in(&dir, "main.tf");
    server.open(&uri, "resource \"azapi_resource\" \"w\" {\n  type = \"Test.Rp/\"\n}\n");
    let mut offered = || {
        let told = server.calls().into_iter().filter(|(method, _)| method == "window/showMessage").count();
        let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 18 } });
        let answer = server.request("textDocument/completion", params);
        let items = answer.result().unwrap()["items"].as_array().map_or(0, Vec::len);
        (items, told)
    };
    let (toy_items, told) = offered();
    assert!(toy_items > 0 && told == 0);
    // Cut off in place: under a memory map, this ends the process.
    std::fs::File::options().write(true).open(&data).unwrap().set_len(4).unwrap();
    assert_eq!(offered(), (0, 1), "the data in the program has no such type");
    assert_eq!(offered(), (0, 0), "and that is told once");
    let beside = dir.path().join("new.bin");
    std::fs::write(&beside, &toys).unwrap();
    std::fs::rename(&beside, &data).unwrap();
    assert_eq!(offered(), (toy_items, 0), "another file in its place is taken up");
    std::fs::remove_file(&data).unwrap();
    assert_eq!(offered(), (0, 1));
}

#[test]
fn the_type_data_in_use_is_told_for_each_document() {
    let toy = crate::schema::toy::bytes(&crate::schema::toy::facts());
    let dir = folder(&[("main.tf", ""), (crate::project::disk::CONFIG_FILE, "data = \"toy.bin\"\n")]);
    fs::write(dir.path().join("toy.bin"), toy).unwrap();
    let mut server = server();
    let uri = uri_in(&dir, "main.tf");
    server.open(&uri, "");
    let mut execute = |arguments: Value| {
        let params = json!({ "command": "azapi.typeData", "arguments": arguments });
        server.request("workspace/executeCommand", params).result().unwrap().clone()
    };
    let bundled = crate::schema::Schema::bundled().source();
    let name = format!("{} {}", bundled.package, bundled.version);
    let bundled =
        json!({ "source": "bundled", "name": name, "newest_api_version": bundled.newest_api_version });
    assert_eq!(execute(json!([])), bundled);
    assert_eq!(execute(json!([null])), bundled);
    assert_eq!(execute(json!(["file:///no/such/main.tf"])), bundled);
    let own = execute(json!([uri]));
    assert_eq!(own["source"], "file");
    assert_eq!(own["path"], dir.path().join("toy.bin").display().to_string());
    assert_ne!(own["name"], bundled["name"]);
}

/// A root module that calls `child`, which is given the parent of a token.
fn calling() -> tempfile::TempDir {
    let dir = folder(&[]);
    fs::create_dir(dir.path().join("child")).unwrap();
    fs::create_dir(dir.path().join("root")).unwrap();
    let call = "module \"m\" {\n  source = \"../child\"\n  parent = \"/subscriptions/s\"\n}\n";
    fs::write(dir.path().join("root/main.tf"), call).unwrap();
    fs::write(dir.path().join("child/main.tf"), CHILD).unwrap();
    dir
}

const CHILD: &str = "variable \"parent\" {}\nresource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries/tokens@2025-04-01\"\n  name = \"tokens\"\n  parent_id = var.parent\n}\n";

impl Server {
    /// The codes of a file's diagnostics.
    fn diagnosed(&mut self, path: &Path) -> Vec<&'static str> {
        self.calls();
        let analysis = self.session.snapshot().analysis;
        let file = analysis.file_id(path).unwrap();
        analysis.diagnostics(file).iter().map(|found| found.code).collect()
    }
}

#[test]
fn the_modules_that_an_open_one_calls_are_read_and_forgotten_with_it() {
    let dir = calling();
    let mut server = Server::start(watching(), Value::Null);
    let (root, child) = (uri_in(&dir, "root/main.tf"), dir.path().join("child/main.tf"));
    server.open(&root, &fs::read_to_string(dir.path().join("root/main.tf")).unwrap());
    assert_eq!(server.text(&child).as_deref(), Some(CHILD));
    assert_eq!(server.diagnosed(&child), ["invalid-parent-id"]);
    server.change(&root, 2, json!([{ "text": "" }]));
    assert_eq!(server.diagnosed(&child), [""; 0]);
    fs::write(&child, "locals {}\n").unwrap();
    server.touched(&child);
    assert_eq!(server.text(&child).as_deref(), Some("locals {}\n"));
    server.close(&root);
    assert_eq!(server.text(&child), None);
}

#[test]
fn a_call_that_is_written_while_the_document_is_open_is_followed() {
    let dir = calling();
    let mut server = server();
    let (root, child) = (uri_in(&dir, "root/main.tf"), dir.path().join("child/main.tf"));
    server.open(&root, "");
    assert_eq!(server.text(&child), None);
    let call = fs::read_to_string(dir.path().join("root/main.tf")).unwrap();
    server.change(&root, 2, json!([{ "text": call }]));
    assert_eq!(server.diagnosed(&child), ["invalid-parent-id"]);
}

#[test]
fn the_modules_of_the_workspace_that_call_an_open_one_are_read() {
    let dir = calling();
    let root = dir.path().join("root/main.tf");
    let folders = json!([{ "uri": format!("file://{}", dir.path().display()), "name": "w" }]);
    let mut server = Server::start_in(folders, watching());
    let child = uri_in(&dir, "child/main.tf");
    server.open(&child, CHILD);
    assert!(server.text(&root).is_some());
    assert_eq!(server.diagnosed(&dir.path().join("child/main.tf")), ["invalid-parent-id"]);
    fs::write(&root, "").unwrap();
    server.touched(&root);
    assert_eq!(server.diagnosed(&dir.path().join("child/main.tf")), [""; 0]);
    fs::create_dir(dir.path().join("other")).unwrap();
    let other = dir.path().join("other/main.tf");
    fs::write(&other, "module \"m\" {\n  source = \"../child\"\n  parent = null\n}\n").unwrap();
    server.touched(&other);
    assert_eq!(server.diagnosed(&dir.path().join("child/main.tf")), ["missing-parent-id"]);
    server.close(&child);
    assert_eq!(server.text(&other), None);
}

#[test]
fn variables_and_files_that_functions_read_are_taken_from_the_disk_and_from_open_documents() {
    let body = "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries/tokens@2025-04-01\"\n  name = var.name\n  parent_id = \"/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r\"\n  body = jsondecode(file(\"${path.module}/b/x.json\"))\n}\nvariable \"name\" {}\n";
    let dir = folder(&[("main.tf", body), ("x.auto.tfvars.json", "{\"name\": \"one\"}")]);
    fs::create_dir(dir.path().join("b")).unwrap();
    let json = dir.path().join("b/x.json");
    fs::write(&json, "{\"properties\": {\"nope\": 1}}").unwrap();
    let mut server = Server::start(watching(), Value::Null);
    server.open(&uri_in(&dir, "main.tf"), body);
    let main = dir.path().join("main.tf");
    assert_eq!(server.diagnosed(&main), ["unknown-property"]);
    fs::write(&json, "{\"properties\": {}}").unwrap();
    server.touched(&json);
    assert_eq!(server.diagnosed(&main), [""; 0]);
    let name = |server: &mut Server| {
        server.calls();
        let analysis = server.session.snapshot().analysis;
        let file = analysis.file_id(&main).unwrap();
        let id = analysis.imports(file).pop().unwrap().id;
        id.rsplit('/').next().unwrap().to_owned()
    };
    assert_eq!(name(&mut server), "one");
    server.open(&uri_in(&dir, "y.auto.tfvars"), "name = \"two\"\nhalf = {");
    assert_eq!(name(&mut server), "two");
    server.change(&uri_in(&dir, "y.auto.tfvars"), 2, json!([{ "text": "name = " }]));
    assert_eq!(name(&mut server), "{resourceName}");
    server.close(&uri_in(&dir, "y.auto.tfvars"));
    assert_eq!(name(&mut server), "one");
    fs::write(dir.path().join("x.auto.tfvars.json"), "{\"name\": ").unwrap();
    server.touched(&dir.path().join("x.auto.tfvars.json"));
    assert_eq!(name(&mut server), "{resourceName}");
}

#[test]
fn a_change_of_no_version_is_taken_in() {
    for version in [Value::Null, json!(3_000_000_000_i64)] {
        let mut server = server();
        server.open(MAIN, "a = 1\n");
        let mut params = json!({ "textDocument": { "uri": MAIN, "version": version }, "contentChanges": [insert(0, 0, "b = 2\n")] });
        lenient::mend("textDocument/didChange", &mut params);
        server.notify("textDocument/didChange", params);
        assert_eq!(server.text(MAIN_PATH).as_deref(), Some("b = 2\na = 1\n"), "{version}");
    }
}

#[test]
fn a_document_whose_change_cannot_be_read_is_closed_and_the_user_is_told() {
    let mut server = server();
    server.open(MAIN, "a = 1\n");
    server.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": MAIN, "version": 2 }, "contentChanges": [{ "text": 5 }] }),
    );
    let calls = server.calls();
    let told = calls.iter().find(|(method, _)| method == "window/showMessage").expect("a message");
    assert!(told.1["message"].as_str().unwrap().contains("open it again"), "{told:?}");
    assert_eq!(server.text(MAIN_PATH), None);
    server.open(MAIN, "c = 3\n");
    assert_eq!(server.text(MAIN_PATH).as_deref(), Some("c = 3\n"));
}
