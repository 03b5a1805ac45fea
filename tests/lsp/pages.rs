//! What diagnostics lead to.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::client::Client;

const URI: &str = "file:///no/such/folder/main.tf";
const TEXT: &str = "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.Foo\"\n}\n";

/// A server whose user has these caches; the client knows of links if `links`.
fn start(arguments: &[&str], cache: &Path, links: bool, pulls: bool, options: &Value) -> Client {
    let mut document = json!({ "publishDiagnostics": { "codeDescriptionSupport": links } });
    if pulls {
        document = json!({ "diagnostic": { "codeDescriptionSupport": links } });
    }
    let variables = ["XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"].map(|name| (name, cache));
    let mut client = Client::spawn_in(arguments, &variables);
    let params = json!({ "capabilities": { "textDocument": document }, "initializationOptions": options });
    client.request("initialize", params).unwrap();
    client.notify("initialized", json!({}));
    client.open(URI, TEXT);
    client
}

/// The page of a code below the caches.
fn page(cache: &Path, code: &str) -> PathBuf {
    let folder = cache.join("azapi-ls").join(env!("CARGO_PKG_VERSION")).join("diagnostics");
    folder.join(format!("{code}.md"))
}

/// The diagnostics that the server shows next.
fn published(client: &mut Client) -> Value {
    let (mut params, _) = client.called("textDocument/publishDiagnostics");
    params["diagnostics"].take()
}

fn href(diagnostics: &Value) -> Option<&str> {
    let first = &diagnostics[0];
    assert_eq!(first["code"], "invalid-type-format", "{diagnostics}");
    first["codeDescription"]["href"].as_str()
}

fn path_of(href: &str) -> PathBuf {
    tower_lsp::lsp_types::Url::parse(href).unwrap().to_file_path().unwrap()
}

#[test]
fn the_code_of_a_diagnostic_leads_to_its_page() {
    let cache = tempfile::tempdir().unwrap();
    let mut client = start(&[], cache.path(), true, false, &Value::Null);
    // The pages are written once a diagnostic asks for one.
    assert_eq!(href(&published(&mut client)), None);
    let shown = published(&mut client);
    let path = path_of(href(&shown).expect("a link"));
    assert_eq!(path, page(cache.path(), "invalid-type-format"));
    let text = fs::read_to_string(path).unwrap();
    let explained = std::process::Command::new(env!("CARGO_BIN_EXE_azapi-ls"))
        .args(["explain", "invalid-type-format"])
        .output()
        .unwrap();
    assert_eq!(text, format!("# {}", String::from_utf8(explained.stdout).unwrap()));
    client.finish();
}

#[test]
fn pulled_diagnostics_lead_there_too() {
    let cache = tempfile::tempdir().unwrap();
    let mut client = start(&[], cache.path(), true, true, &Value::Null);
    let document = json!({ "textDocument": { "uri": URI } });
    let mut pull = |before: &Value| {
        let mut params = document.clone();
        params["previousResultId"] = before.clone();
        client.request("textDocument/diagnostic", params).unwrap()
    };
    let mut report = pull(&Value::Null);
    let mut rounds = 0;
    // Nobody tells a client without `refreshSupport` when they are written.
    while href(&report["items"]).is_none() {
        rounds += 1;
        assert!(rounds < 2_000, "no link came: {report}");
        std::thread::sleep(std::time::Duration::from_millis(5));
        let next = pull(&report["resultId"]);
        if next["kind"] == "full" {
            report = next;
        }
    }
    assert_eq!(path_of(href(&report["items"]).unwrap()), page(cache.path(), "invalid-type-format"));
    client.finish();
}

#[test]
fn nothing_is_written_for_a_client_without_links_or_a_setting_that_says_otherwise() {
    for (links, pages, expected) in [
        (false, json!(true), None),
        (true, json!(false), None),
        (true, json!("https://docs.example/azapi#"), Some("https://docs.example/azapi#invalid-type-format")),
    ] {
        let cache = tempfile::tempdir().unwrap();
        let options = json!({ "azapi": { "diagnostics": { "pages": pages } } });
        let mut client = start(&[], cache.path(), links, false, &options);
        assert_eq!(href(&published(&mut client)), expected);
        client.finish();
        assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 0, "{pages}");
    }
}

#[test]
fn without_a_place_for_pages_there_are_no_links_and_the_log_says_so_once() {
    let cache = tempfile::tempdir().unwrap();
    let file = cache.path().join("file");
    fs::write(&file, "").unwrap();
    let log = cache.path().join("azapi-ls.log");
    let arguments = ["serve", "--log", log.to_str().unwrap()];
    let mut client = start(&arguments, &file, true, false, &Value::Null);
    assert_eq!(href(&published(&mut client)), None);
    let said = || fs::read_to_string(&log).unwrap().matches("diagnostics lead to no pages").count();
    let mut rounds = 0;
    while said() == 0 {
        rounds += 1;
        assert!(rounds < 2_000, "the log says nothing");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    for version in 2..5 {
        client.change(URI, version, json!([{ "text": format!("{}{TEXT}", "\n".repeat(version as usize)) }]));
        assert_eq!(href(&published(&mut client)), None);
    }
    client.finish();
    assert_eq!(said(), 1);
}
