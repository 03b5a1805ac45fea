//! Agreement with the real provider: what `terraform validate` accepted is no error here, and of what it refused
//! because of the type, the parent or an argument, all is found. The verdicts stand in `tests/data/oracle`.

use std::path::Path;

use azapi_ls::azapi::parent;
use azapi_ls::ide::{Config, Diagnostic, Profile, Severity, Workspace};
use azapi_ls::schema::Schema;
use serde_json::Value;

const BODIES: &str = include_str!("data/oracle/validate-cases.jsonl");
const PARENTS: &str = include_str!("data/oracle/parent-cases.jsonl");
const ARGUMENTS: &str = include_str!("data/oracle/argument-cases.jsonl");

/// Accepted at validate, but refused at plan or apply, as the provider's rules say.
const REFUSED_LATER: [&str; 5] =
    ["parent sub", "child wrong parent", "id wrong parent", "data rid differs", "action sensitive destroy"];

fn cases(text: &str) -> impl Iterator<Item = Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a case"))
}

fn errors(hcl: &str) -> Vec<Diagnostic> {
    let mut workspace = Workspace::new(Config { profile: Profile::Standalone, ..Config::default() });
    let file = workspace.open_file(Path::new("/module/main.tf"), hcl, 1);
    let diagnostics = workspace.analysis().diagnostics(file);
    diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect()
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

/// What the provider says of a type under a literal parent, and the id that it gives there.
#[test]
#[expect(clippy::print_stdout, reason = "how much was skipped is for the reader of the test's output")]
fn every_parent_is_judged_as_the_provider_does() {
    let (mut skipped, mut ids, mut wrong) = (0, 0, Vec::new());
    for case in cases(PARENTS) {
        let (ty, version) = text(&case, "type").split_once('@').expect("a type@version");
        let Some(found) = Schema::bundled().resource_type(ty).and_then(|found| found.version(version)) else {
            skipped += 1;
            continue;
        };
        let said = parent::resource_id(
            ty,
            Some(found.readable_scopes()),
            text(&case, "name"),
            text(&case, "parent"),
        );
        let agrees = match (&said, case["refused"].as_bool(), case["id"].as_str()) {
            (Err(_), Some(refused), _) => refused,
            (Ok(said), Some(false), Some(id)) => said == id,
            (Ok(_), Some(false), None) => true,
            _ => false,
        };
        ids += usize::from(case["id"].is_string());
        if !agrees {
            wrong.push(format!("{case}: {said:?}"));
        }
    }
    println!("{skipped} cases skipped, their type@version is not in the data");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(skipped < 300 && ids > 1_900, "{skipped} skipped, {ids} ids");
}

/// The same through the diagnostics of a whole block.
#[test]
fn a_block_has_an_error_where_the_provider_refuses_its_parent() {
    for case in cases(PARENTS).step_by(7) {
        let hcl = format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"{}\"\n  name = \"n1\"\n  parent_id = \"{}\"\n}}\n",
            text(&case, "type"),
            text(&case, "parent")
        );
        let found = errors(&hcl).iter().any(|error| error.code == "invalid-parent-id");
        assert_eq!(Some(found), case["refused"].as_bool(), "{case}");
    }
}

fn text<'c>(case: &'c Value, name: &str) -> &'c str {
    case[name].as_str().expect(name)
}

/// Whether the provider refuses a block or a call, by what validate said of it.
#[test]
#[expect(clippy::print_stdout, reason = "how much was skipped is for the reader of the test's output")]
fn every_argument_is_judged_as_the_provider_does() {
    let (mut skipped, mut checked, mut wrong) = (0, 0, Vec::new());
    for case in cases(ARGUMENTS) {
        let (name, hcl) = (text(&case, "name"), text(&case, "hcl"));
        if REFUSED_LATER.contains(&name) {
            skipped += 1;
            assert!(!errors(hcl).is_empty(), "{name}");
            continue;
        }
        checked += 1;
        let refused = case["refused"].as_array().is_some_and(|lines| !lines.is_empty());
        let found = errors(hcl);
        if refused == found.is_empty() {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    println!("{skipped} cases skipped, which the provider refuses after validate");
    assert!(checked >= 119, "{checked}");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
