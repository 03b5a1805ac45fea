//! Agreement with the real provider: what `terraform validate` accepted is no error here, and of what it refused
//! because of the type or the parent, all is found. The verdicts stand in `tests/data/oracle`.

use std::path::Path;

use azapi_ls::ide::{Config, Diagnostic, Severity, Workspace};
use azapi_ls::schema::Schema;
use serde_json::Value;

const BODIES: &str = include_str!("data/oracle/validate-cases.jsonl");
const ARGUMENTS: &str = include_str!("data/oracle/argument-cases.jsonl");

/// Accepted at validate, but refused later for its parent, as the provider's rules say.
const REFUSED_AT_APPLY: [&str; 3] = ["parent sub", "child wrong parent", "id wrong parent"];

fn cases(text: &str) -> impl Iterator<Item = Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a case"))
}

fn errors(hcl: &str) -> Vec<Diagnostic> {
    let mut workspace = Workspace::new(Config::default());
    let file = workspace.open_file(Path::new("/module/main.tf"), hcl, 1);
    let findings = workspace.analysis().diagnostics(file);
    findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect()
}

/// Whether the data in use has the case's type@version: the verdicts are those of an earlier snapshot.
fn is_known(hcl: &str) -> bool {
    let named = hcl.split("type      = \"").nth(1).and_then(|rest| rest.split('"').next());
    let (name, version) = named.and_then(|named| named.split_once('@')).expect("a type@version");
    Schema::bundled().resource_type(name).is_some_and(|found| found.version(version).is_some())
}

#[test]
fn bodies_that_the_provider_accepts_have_no_error() {
    let accepted = |case: &Value| case["faults"].as_array().is_some_and(Vec::is_empty);
    // The body of this type was another in the data of that provider.
    check_bodies(|case| accepted(case) && case["id"] != "c01691", 500, |_| true);
}

#[test]
fn bodies_are_refused_for_nothing_but_their_body() {
    check_bodies(|_| true, 2_000, |one| one.path.is_none());
}

/// Type and parent are right in all of them.
fn check_bodies(wanted: impl Fn(&Value) -> bool, least: usize, counts: impl Fn(&Diagnostic) -> bool) {
    let (mut checked, mut skipped) = (0, 0);
    for case in cases(BODIES).filter(wanted) {
        let hcl = case["hcl"].as_str().expect("hcl");
        if is_known(hcl) {
            let found: Vec<_> = errors(hcl).into_iter().filter(&counts).collect();
            assert_eq!(found, [], "{}", case["id"]);
            checked += 1;
        } else {
            skipped += 1;
        }
    }
    assert!(checked >= least && skipped * 20 < checked, "{checked} checked, {skipped} skipped");
}

#[test]
fn arguments_that_the_provider_accepts_have_no_error() {
    for case in cases(ARGUMENTS) {
        let name = case["name"].as_str().expect("a name");
        if case["refused"].as_array().is_some_and(Vec::is_empty) && !REFUSED_AT_APPLY.contains(&name) {
            assert_eq!(errors(case["hcl"].as_str().expect("hcl")), [], "{name}");
        }
    }
}

#[test]
fn wrong_types_and_parents_are_found() {
    let refused = [
        "type empty",
        "type latest",
        "type no at",
        "type number",
        "type unknown type",
        "parent apiversion",
        "parent https",
        "parent missing",
        "parent null",
        "update wrong parent",
    ];
    for name in refused.iter().chain(&REFUSED_AT_APPLY) {
        let case = cases(ARGUMENTS).find(|case| case["name"] == *name).expect(name);
        assert!(!errors(case["hcl"].as_str().expect("hcl")).is_empty(), "{name}");
    }
}
