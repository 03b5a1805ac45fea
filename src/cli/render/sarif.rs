//! `--format sarif`: SARIF 2.1.0, for code scanning.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Report, Reported, line_column};
use crate::ide::diagnostics::codes::{self, Code};
use crate::ide::{Severity, SourceFile};
use crate::text::TextRange;

pub(in crate::cli) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = codes::ALL.iter().map(|code| rule(code)).collect();
    let mut twins: HashMap<u64, u32> = HashMap::new();
    let results: Vec<Value> =
        report.diagnostics.iter().map(|reported| result(reported, report, &mut twins)).collect();
    let mut log = json!({
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
    if let (Some(worst), Some(text)) = (report.more.worst, report.not_listed()) {
        log["runs"][0]["invocations"] = json!([{
            "executionSuccessful": true,
            "toolExecutionNotifications": [{"level": level(worst), "message": {"text": text}}],
        }]);
    }
    writeln!(out, "{log:#}")
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.name,
        "shortDescription": {"text": code.summary},
        "fullDescription": {"text": code.meaning()},
        "help": {"text": code.explanation(), "markdown": code.explanation()},
        "defaultConfiguration": {"level": level(code.severity)},
        "properties": {"hasFix": code.has_fix},
    })
}

fn result(reported: &Reported<'_>, report: &Report<'_>, twins: &mut HashMap<u64, u32>) -> Value {
    let found = &reported.diagnostic;
    let mut location = json!({"physicalLocation": place(reported.file, reported.source, found.range)});
    if let Some(address) = &found.address {
        location["logicalLocations"] = json!([{"fullyQualifiedName": address, "kind": "resource"}]);
    }
    let mut result = json!({
        "ruleId": found.code,
        "ruleIndex": codes::ALL.iter().position(|code| code.name == found.code),
        "level": level(found.severity),
        "message": {"text": found.message},
        "locations": [location],
        "partialFingerprints": {"azapiLs/v1": fingerprint(reported, twins)},
    });
    let related = found.related.iter().enumerate().filter_map(|(id, related)| {
        let source = report.analysis.source(related.file)?;
        let name =
            if related.file == found.file { reported.file.to_owned() } else { reported.beside(source) };
        let place = place(&name, source, related.range);
        Some(json!({"id": id, "physicalLocation": place, "message": {"text": related.message}}))
    });
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

fn place(file: &str, source: &SourceFile, range: TextRange) -> Value {
    let (line, column) = line_column(&source.rope, range.start());
    let (end_line, end_column) = line_column(&source.rope, range.end());
    json!({
        "artifactLocation": {"uri": uri(file)},
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        },
    })
}

/// The same as long as the diagnostic is, wherever its lines move to: what is wrong, in which block and part, and what
/// is written there. The first of several that are alike has the number 0.
fn fingerprint(reported: &Reported<'_>, twins: &mut HashMap<u64, u32>) -> String {
    let found = &reported.diagnostic;
    let rope = &reported.source.rope;
    let end = usize::from(found.range.end()).min(rope.len_bytes());
    let start = usize::from(found.range.start()).min(end);
    let written = rope.byte_slice(start..end).to_string();
    let mut sum = Sha256::new();
    let parts = [
        found.code,
        reported.file,
        found.address.as_deref().unwrap_or_default(),
        found.path.as_deref().unwrap_or_default(),
        &written,
    ];
    for part in parts {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part.as_bytes());
    }
    let sum = sum.finalize().iter().take(8).fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
    let twin = twins.entry(sum).or_default();
    *twin += 1;
    format!("{sum:016x}:{}", *twin - 1)
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
