//! `--format sarif`: SARIF 2.1.0, for code scanning.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Report, Reported, line_column};
use crate::ide::Severity;
use crate::ide::diagnostics::codes::{self, Code};

pub(in crate::cli) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = codes::ALL.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = report.diagnostics.iter().map(result).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "azapi-ls",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    writeln!(out, "{log:#}")
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.name,
        "shortDescription": {"text": code.summary},
        "help": {"text": format!("azapi-ls explain {}", code.name)},
        "defaultConfiguration": {"level": level(code.severity)},
        "properties": {"hasFix": code.has_fix},
    })
}

fn result(reported: &Reported<'_>) -> Value {
    let found = &reported.diagnostic;
    let rope = &reported.source.rope;
    let (line, column) = line_column(rope, found.range.start());
    let (end_line, end_column) = line_column(rope, found.range.end());
    let mut location = json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(reported.file)},
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        },
    }});
    if let Some(address) = &found.address {
        location["logicalLocations"] = json!([{"fullyQualifiedName": address, "kind": "resource"}]);
    }
    json!({
        "ruleId": found.code,
        "ruleIndex": codes::ALL.iter().position(|code| code.name == found.code),
        "level": level(found.severity),
        "message": {"text": found.message},
        "locations": [location],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// A relative path as a URI reference: what is no plain character is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("a/b c[é].tf"), "a/b%20c%5B%C3%A9%5D.tf");
    }
}
