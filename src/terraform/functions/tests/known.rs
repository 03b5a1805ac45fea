//! Wholly known arguments: the tables in `tests/data/functions`, which Terraform itself is held against too.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::evaluator::World;
use crate::terraform::functions::{exists, json};
use crate::terraform::value::ValueKind;

/// The table without values.
const UNDECIDED: &str = "undecided";

struct Case {
    expression: String,
    expected: String,
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

/// Every table by name, without the one of what is not decided.
fn tables() -> Vec<(String, Vec<Case>)> {
    let case = |line: String| {
        let (expression, expected) = line.rsplit_once(" => ").unwrap();
        Case { expression: expression.to_owned(), expected: expected.to_owned() }
    };
    let is_decided = |(name, _): &(String, String)| name != UNDECIDED;
    let tables = super::tables().into_iter().filter(is_decided);
    tables.map(|(name, text)| (name, lines(&text).into_iter().map(case).collect())).collect()
}

pub(super) fn expressions() -> Vec<String> {
    tables().into_iter().flat_map(|(_, cases)| cases).map(|case| case.expression).collect()
}

/// Every function that Terraform 1.11 has but `templatestring`, whose argument must be a reference there.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let names = "abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename \
        bcrypt can ceil chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact \
        concat contains csvdecode dirname distinct element endswith ephemeralasnull file filebase64 filebase64sha256 \
        filebase64sha512 fileexists filemd5 fileset filesha1 filesha256 filesha512 flatten floor format formatdate \
        formatlist indent index issensitive join jsondecode jsonencode keys length log lookup lower matchkeys max md5 \
        merge min nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace reverse \
        rsadecrypt sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort \
        split startswith strcontains strrev substr sum templatefile textdecodebase64 textencodebase64 \
        timeadd timecmp timestamp title tobool tolist tomap tonumber toset tostring transpose trim trimprefix \
        trimspace trimsuffix try upper urlencode uuid uuidv5 values yamldecode yamlencode zipmap";
    names.split_whitespace()
}

fn result(expression: &str) -> String {
    let value = World::default().evaluate(expression);
    if matches!(value.kind, ValueKind::Fails) {
        return "FAILS".to_owned();
    }
    let mut text = String::new();
    json::write(&value, &mut text).map_or_else(|| "UNKNOWN".to_owned(), |()| text)
}

#[test]
fn functions_give_what_terraform_gives() {
    let tables = tables();
    let count: usize = tables.iter().map(|(_, cases)| cases.len()).sum();
    assert!(count >= 1_300, "{count} cases");
    let mut wrong = Vec::new();
    for (table, cases) in &tables {
        for case in cases {
            let result = result(&case.expression);
            if result != case.expected {
                wrong.push(format!("{table}: {} => {}, not {result}", case.expression, case.expected));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_cannot_be_told_is_unknown() {
    let (_, text) = super::tables().into_iter().find(|(name, _)| name == UNDECIDED).unwrap();
    for expression in lines(&text) {
        assert_eq!(result(&expression), "UNKNOWN", "{expression}");
    }
    assert_eq!(result("no_such_function(1)"), "UNKNOWN");
}

#[test]
fn keys_within_keys_of_yaml_end() {
    let text = "{".repeat(1 << 16);
    assert_eq!(result(&format!("yamldecode(\"{text}\")")), "UNKNOWN");
}

#[test]
fn every_function_has_a_case() {
    let text: String = super::tables().into_iter().map(|(_, text)| text).collect();
    for name in names() {
        assert!(exists(name), "{name} is missing");
        assert!(text.contains(&format!("{name}(")), "{name} has no case");
    }
    assert!(!exists("no_such_function"));
}

/// `None` where there is no `terraform`. Its console prints the last of several results alone, so that all of a table
/// are elements of one.
fn terraform(folder: &Path, cases: &[Case]) -> Option<Vec<String>> {
    let wrap = |case: &Case| format!("try(jsonencode({}), \"FAILS\")", case.expression);
    let all: Vec<String> = cases.iter().map(wrap).collect();
    let mut child = Command::new("terraform")
        .args(["console", "-no-color"])
        .current_dir(folder)
        .env("CHECKPOINT_DISABLE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let line = format!("base64encode(jsonencode([{}]))\n", all.join(", "));
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let last = printed.lines().last().unwrap_or_default();
    let decoded = World::default().evaluate(&format!("base64decode({last})"));
    let text =
        decoded.as_str().unwrap_or_else(|| panic!("{printed}\n{}", String::from_utf8_lossy(&output.stderr)));
    let values: Vec<String> = serde_json::from_str(&text).unwrap();
    Some(values)
}

#[test]
#[expect(clippy::print_stdout, reason = "whoever runs the tests should see what they left out")]
fn the_tables_hold_against_terraform_itself() {
    let folder = tempfile::tempdir().unwrap();
    super::write_files(folder.path());
    for (table, cases) in tables() {
        // A line of the console has 64 KB at most.
        for cases in cases.chunks(150) {
            let Some(values) = terraform(folder.path(), cases) else {
                return println!("no `terraform` here: the tables are not held against it");
            };
            assert_eq!(values.len(), cases.len());
            for (case, value) in cases.iter().zip(values) {
                assert_eq!(value, case.expected, "{table}: {}", case.expression);
            }
        }
    }
}
