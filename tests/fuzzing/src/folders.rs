//! Folders of damaged files: configurations in both languages, values of variables, lists of modules, settings. Whatever
//! they hold, and whatever replaces it while they are open, the server answers each request once.
//!
//! An input is a folder: the files under `#- NAME` lines.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::choices::Choices;
use crate::driver::Target;
use crate::{damage, messages, samples};

const WORDS: [&str; 56] = [
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "18446744073709551616",
    "\"\"",
    "[]",
    "{}",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    " = ",
    "\"",
    "${",
    "\"${var.x}\"",
    "\"${local.x}\"",
    "\"//\": \"x\",",
    "var.x",
    "local.x",
    "each.value",
    "count = 2\n",
    "for_each = toset([\"a\"])\n",
    "file(\"x.auto.tfvars\")",
    "templatefile(\"main.tf\", {})",
    "fileset(\".\", \"**\")",
    "\"resource\": ",
    "\"azapi_resource\": ",
    "\"variable\": ",
    "\"locals\": ",
    "\"module\": ",
    "\"type\": ",
    "\"body\": ",
    "\"for_each\": ",
    "\"dynamic\": ",
    "\"Modules\": ",
    "\"Dir\": ",
    "\"Key\": ",
    "\"Source\": ",
    "\"./child\"",
    "\"..\"",
    "\".\"",
    "data = \"/dev/zero\"\n",
    "data = \"main.tf\"\n",
    "profile = \"standalone\"\n",
    "[severities]\n",
    "unknown-property = \"warning\"\n",
    "\n#- main.tf\n",
    "\n#- main.tf.json\n",
    "\n#- x.auto.tfvars\n",
    "\n#- a_override.tf\n",
    "\n#- child/main.tf\n",
    "\n#- .azapi-ls.toml\n",
];

/// The server upon a folder.
pub const TARGET: Target = Target {
    name: "folders",
    samples: Vec::new,
    damage: |choices, samples| damage::text(choices, samples, &WORDS),
    check,
    cases: 60,
};

/// Opens every file of a folder, asks, replaces the files by one another's contents, and asks again.
///
/// # Panics
///
/// Where a request has not exactly one answer, or anything panics within.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    let folder = tempfile::tempdir().expect("a folder");
    let written = samples::write_files(folder.path(), &text);
    let mut session = Session { choices: Choices::of(input), sent: Vec::new(), asked: 0 };
    session.ask(
        "initialize",
        json!({
            "capabilities": {},
            "rootUri": uri(folder.path()),
            "initializationOptions": { "azapi": { "profile": "standalone" } },
        }),
    );
    session.tell("initialized", json!({}));
    // Each name once: what was written last is there.
    let names: BTreeSet<&Path> = written.iter().map(|path| path.as_path()).collect();
    let files: Vec<(Value, String)> =
        names.iter().map(|path| (uri(path), fs::read_to_string(path).unwrap_or_default())).collect();
    for (uri, text) in &files {
        session.open(uri, text);
        session.questions(uri, text);
    }
    let shift = 1 + session.choices.below(files.len());
    let others = files.iter().cycle().skip(shift);
    for (path, (_, text)) in names.iter().zip(others) {
        fs::write(path, text).expect("a file that was there");
    }
    let changes: Vec<Value> = files.iter().map(|(uri, _)| json!({ "uri": uri, "type": 2 })).collect();
    session.tell("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    for (uri, text) in &files {
        session.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        session.questions(uri, text);
    }
    let answers = messages::served(session.sent, session.asked as usize);
    let expected = (1..=session.asked).map(|id| (id.to_string(), 1)).collect();
    assert_eq!(answers, expected, "each request is answered once");
}

fn uri(path: &Path) -> Value {
    let mut text = String::from("file://");
    for byte in path.display().to_string().bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    json!(text)
}

/// What a client sends.
struct Session {
    choices: Choices,
    /// Framed.
    sent: Vec<u8>,
    /// So many requests, with the numbers from 1 on.
    asked: u32,
}

impl Session {
    fn ask(&mut self, method: &str, params: Value) {
        self.asked += 1;
        self.send(json!({ "jsonrpc": "2.0", "id": self.asked, "method": method, "params": params }));
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn send(&mut self, message: Value) {
        self.sent.extend(messages::framed(message.to_string().as_bytes()));
    }

    fn open(&mut self, uri: &Value, text: &str) {
        let document = json!({ "uri": uri, "languageId": "terraform", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// One of each kind, at places of the text.
    fn questions(&mut self, uri: &Value, text: &str) {
        for method in ["hover", "completion", "signatureHelp"] {
            let position = self.position(text);
            let params = json!({ "textDocument": { "uri": uri }, "position": position });
            self.ask(&format!("textDocument/{method}"), params);
        }
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": self.position(text) });
        let context = json!({ "diagnostics": [] });
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
        self.ask("textDocument/codeAction", params);
        for method in ["documentSymbol", "diagnostic"] {
            self.ask(&format!("textDocument/{method}"), json!({ "textDocument": { "uri": uri } }));
        }
    }

    fn position(&mut self, text: &str) -> Value {
        let before = &text[..self.choices.boundary(text)];
        let line = before.matches('\n').count();
        let last = before.rsplit('\n').next().unwrap_or_default();
        json!({ "line": line, "character": last.encode_utf16().count() })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn damaged_folders_are_served() {
        crate::driver::run(super::TARGET);
    }
}
