//! Small configurations in the styles of published modules, under `tests/data/styles`, a folder each. All are valid
//! for Terraform and for the provider, so that nothing may be reported in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use azapi_ls::ide::{Config, FileId, Profile, Severity, Workspace};
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
    for (path, text) in texts.into_iter().filter(|(path, _)| path.extension().is_some_and(|it| it != "txt")) {
        let parse = syntax::parse(&text);
        assert_eq!(parse.errors(), [], "{}", path.display());
    }
}

/// The folders of the configurations.
fn folders() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(styles()).expect("a folder").flatten();
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    all.sort();
    all
}

fn is_configuration(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "tf" || extension == "tofu")
}

/// The files of a configuration in a workspace.
fn opened(folder: &Path) -> (Workspace, Vec<(PathBuf, String, FileId)>) {
    let mut workspace = Workspace::new(Config { profile: Profile::Standalone, ..Config::default() });
    let texts = texts(folder).into_iter().filter(|(path, _)| path.extension().is_some_and(|it| it != "txt"));
    let open = |(path, text): (PathBuf, String)| {
        let file = workspace.open_file(&path, &text, 1);
        (path, text, file)
    };
    let files = texts.map(open).collect();
    (workspace, files)
}

/// `FILE:LINE SEVERITY CODE` of each diagnostic, and its message.
fn reported(folder: &Path) -> String {
    let (workspace, files) = opened(folder);
    let analysis = workspace.analysis();
    let mut all = String::new();
    for (path, text, file) in &files {
        for one in analysis.diagnostics(*file) {
            let line = text[..usize::from(one.range.start())].matches('\n').count() + 1;
            let name = path.strip_prefix(folder).expect("a file of the folder").display();
            all.push_str(&format!("{name}:{line} {:?} {}: {}\n", one.severity, one.code, one.message));
        }
    }
    all
}

/// What stands in `expected.txt` beside a configuration; of one without, nothing.
#[test]
fn what_is_expected_is_reported_and_nothing_else() {
    let folders = folders();
    assert!(folders.len() >= 60, "{} configurations", folders.len());
    let (mut faulty, mut wrong) = (0, String::new());
    for folder in folders {
        let path = folder.join("expected.txt");
        let reported = reported(&folder);
        if std::env::var_os("UPDATE_EXPECT").is_some() && !reported.is_empty() {
            std::fs::write(&path, &reported).expect("it is written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        faulty += usize::from(!expected.is_empty());
        if reported != expected {
            wrong.push_str(&format!("{}\n{reported}", folder.display()));
        }
    }
    assert_eq!(wrong, "");
    assert!(faulty >= 8, "{faulty} with faults");
}

/// Cut at the end of any line, a file has no error but in the block that is cut, and those of the whole one.
#[test]
fn a_file_that_is_cut_has_no_error_outside_the_cut() {
    let folders = folders();
    let half = folders.len() / 2;
    std::thread::scope(|scope| {
        for part in [&folders[..half], &folders[half..]] {
            scope.spawn(move || part.iter().for_each(|folder| cut_everywhere(folder)));
        }
    });
}

fn cut_everywhere(folder: &Path) {
    let (mut workspace, files) = opened(folder);
    let whole: Vec<_> = {
        let analysis = workspace.analysis();
        files.iter().map(|(.., file)| analysis.diagnostics(*file)).collect()
    };
    for (at, (path, text, file)) in files.iter().enumerate().filter(|(_, (path, ..))| is_configuration(path))
    {
        for (end, _) in text.match_indices('\n') {
            let cut = &text[..end];
            workspace.open_file(path, cut, 2);
            let block = cut
                .rmatch_indices('\n')
                .map(|(at, _)| at + 1)
                .chain([0])
                .find(|&start| cut[start..].starts_with(|first: char| first.is_ascii_lowercase()));
            let block = block.unwrap_or_default();
            for one in workspace.analysis().diagnostics(*file) {
                let is_outside = usize::from(one.range.end()) <= block;
                let is_known =
                    whole[at].iter().any(|known| known.range == one.range && known.code == one.code);
                assert!(
                    one.severity != Severity::Error || !is_outside || is_known,
                    "{} cut at {end}: {one:?}",
                    path.display()
                );
            }
        }
        workspace.open_file(path, text, 3);
    }
}

#[test]
fn check_reports_nothing_in_those_without_a_fault() {
    let right: Vec<PathBuf> =
        folders().into_iter().filter(|folder| !folder.join("expected.txt").exists()).collect();
    let mut check = Command::new(env!("CARGO_BIN_EXE_azapi-ls"));
    check.args(["check", "--minimum-failure-severity", "hint"]).args(right);
    let output = check.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
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
