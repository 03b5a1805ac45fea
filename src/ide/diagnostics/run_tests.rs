//! How much is done for diagnostics, in counts.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::Ordering;

use crate::ide::Analysis;
use crate::ide::fixture::Fixture;
use crate::parallel;

/// Blocks whose bodies have a local of another file, every third one `local.b`, the others `local.a`.
fn blocks(count: usize) -> String {
    (0..count).fold(String::new(), |mut text, at| {
        let local = if at % 3 == 0 { "b" } else { "a" };
        write!(
            text,
            "resource \"azapi_resource\" \"x{at}\" {{\n  type      = \"Microsoft.ContainerRegistry/registries/tokens@2025-04-01\"\n  name      = \"token{at}\"\n  parent_id = var.p\n  body      = {{ properties = local.{local} }}\n}}\n"
        )
        .unwrap();
        text
    })
}

fn locals(a: &str) -> String {
    format!("locals {{\n  a = {{ {a} }}\n  b = {{ status = \"enabled\" }}\n}}\n")
}

/// How many blocks a question has checked.
fn checked<R>(analysis: &Analysis, ask: impl FnOnce() -> R) -> (R, usize) {
    let before = analysis.cache().checked.load(Ordering::Relaxed);
    let answer = ask();
    (answer, analysis.cache().checked.load(Ordering::Relaxed) - before)
}

#[test]
fn a_change_of_a_local_checks_the_blocks_that_use_it_and_no_others() {
    let text = format!("#- locals.tf\n{}#- main.tf\n{}", locals("status = \"enabled\""), blocks(30));
    let mut fixture = Fixture::shipped(&text);
    let analysis = fixture.analysis();
    let locals_file = analysis.file_id(Path::new("/module/locals.tf")).unwrap();
    let main = analysis.file_id(Path::new("/module/main.tf")).unwrap();
    // For one file all blocks of the module are looked at, once however many files are asked about.
    assert_eq!(checked(&analysis, || analysis.diagnostics(locals_file).len()), (0, 30));
    assert_eq!(checked(&analysis, || analysis.diagnostics(main).len()), (0, 30));
    assert_eq!(checked(&analysis, || analysis.diagnostics(locals_file).len()), (0, 0));
    for (version, a, found) in [(2, "status = \"disabled\"", 0), (3, "statuss = \"enabled\"", 1)] {
        fixture.workspace.open_file(Path::new("/module/locals.tf"), &locals(a), version);
        let analysis = fixture.analysis();
        assert_eq!(checked(&analysis, || analysis.diagnostics(locals_file).len()), (found, 20), "{a}");
    }
}

#[test]
fn half_typed_configurations_of_the_provider_are_not_judged_in_any_file() {
    let half_typed = "provider \"azapi\" {\n  bogus = 1\n  x = \n}\n";
    let fixture = Fixture::alone(&format!("#- a.tf\n{half_typed}#- b.tf\n{half_typed}"));
    let analysis = fixture.analysis();
    for (path, file) in analysis.configuration_files() {
        let codes: Vec<&str> = analysis.diagnostics(file).iter().map(|one| one.code).collect();
        assert_eq!(codes, ["syntax-error"], "{}", path.display());
    }
    let whole = Fixture::alone(&half_typed.replace("  x = \n", ""));
    let codes: Vec<&str> = whole.analysis().diagnostics(whole.file).iter().map(|one| one.code).collect();
    assert_eq!(codes, ["unknown-argument"]);
}

#[test]
fn what_several_threads_find_is_what_one_finds() {
    let text = format!(
        "#- locals.tf\n{}#- main.tf\n{}",
        locals("statuss = \"enabled\""),
        blocks(400).replace("\"token3", "\"-token3")
    );
    let together = Fixture::shipped(&text).analysis();
    let file = together.file_id(Path::new("/module/main.tf")).unwrap();
    let (by_several, count) = checked(&together, || together.module_diagnostics(file));
    assert_eq!(count, 400);
    let alone = Fixture::shipped(&text).analysis();
    let by_one = parallel::in_order(&[(), ()], 2, |()| alone.module_diagnostics(file)).remove(0);
    assert_eq!(by_several, by_one);
    assert!(
        by_one.values().flat_map(|found| &found.list).any(|one| one.message.ends_with("(in 266 blocks)")),
        "{by_one:?}"
    );
}

#[test]
fn the_calls_of_a_root_are_judged_once_however_many_ask() {
    let text = "#- main.tf\nmodule \"m\" { source = \"./child\" }\n#- child/main.tf\nvariable \"p\" {}\n";
    let fixture = Fixture::shipped(text);
    let analysis = fixture.analysis();
    let files: Vec<_> = analysis.configuration_files().map(|(_, file)| file).collect();
    let asked: Vec<_> = files.iter().cycle().take(8).collect();
    parallel::in_order(&asked, 4, |file| analysis.diagnostics(**file));
    assert_eq!(analysis.of_calls().judged.load(Ordering::Relaxed), 1);
}
