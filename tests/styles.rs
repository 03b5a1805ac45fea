//! Small configurations in the styles of published modules, under `tests/data/styles`, a folder each. All are valid
//! for Terraform and for the provider, so that nothing may be reported in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use azapi_ls::ide::{Config, Profile, Workspace};
use azapi_ls::syntax;

fn styles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/styles")
}

/// The texts below a folder by path, those of queries and tests too.
fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.append(&mut texts(&path));
        } else {
            let text = std::fs::read_to_string(&path).expect("a text in UTF-8");
            found.insert(path, text);
        }
    }
    found
}

#[test]
fn every_configuration_parses() {
    let texts = texts(&styles());
    assert!(texts.len() >= 18, "{} texts", texts.len());
    for (path, text) in texts {
        let parse = syntax::parse(&text);
        assert_eq!(parse.errors(), [], "{}", path.display());
    }
}

#[test]
fn nothing_is_reported_in_any_of_them() {
    let mut workspace = Workspace::new(Config { profile: Profile::Standalone, ..Config::default() });
    let texts = texts(&styles());
    let files: Vec<_> = texts.iter().map(|(path, text)| (path, workspace.open_file(path, text, 1))).collect();
    let analysis = workspace.analysis();
    for (path, file) in files {
        assert_eq!(analysis.diagnostics(file), [], "{}", path.display());
    }
}

#[test]
fn check_reports_nothing_in_any_of_them() {
    for entry in std::fs::read_dir(styles()).expect("a folder").flatten() {
        let mut check = Command::new(env!("CARGO_BIN_EXE_azapi-ls"));
        check.args(["check", "--minimum-failure-severity", "hint"]).arg(entry.path());
        let output = check.output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn a_fault_put_into_one_of_them_is_reported() {
    let path = styles().join("for_each_map/main.tf");
    let text =
        std::fs::read_to_string(&path).expect("a text").replace("namespaces/queues@", "namespaces/queue@");
    let mut workspace = Workspace::new(Config::default());
    let file = workspace.open_file(&path, &text, 1);
    assert_eq!(workspace.analysis().diagnostics(file).len(), 1);
}
