//! Which module a test is of: that of its folder, the one above a folder `tests`, or the one that its `run` names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::called;
use super::{Analysis, FileId, ModuleSource, SourceFile};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::Address;
use crate::terraform::file_kind::Tool;
use crate::text::TextSize;

/// Where Terraform looks for tests of a module; what is below is looked into where somebody asks for it.
const TESTS: &str = "tests";

/// The folder above the nearest one that is called `tests`, that folder itself included.
fn above(dir: &Path) -> Option<&Path> {
    dir.ancestors().find(|dir| dir.file_name().is_some_and(|name| name == TESTS))?.parent()
}

/// The folders that tests of a module are of, where they are none of its own.
pub(super) fn folders_of_tests(module: &ModuleSource) -> Vec<PathBuf> {
    let tests = || module.files.values().filter(|file| file.is_test);
    if tests().next().is_none() {
        return Vec::new();
    }
    let dir = above(&module.dir).filter(|_| !has_configuration(module));
    let top = dir.unwrap_or(&module.dir);
    let runs = tests().flat_map(|test| runs(test).filter_map(|run| own_module(&run)).collect::<Vec<_>>());
    let of_runs = runs.flatten().filter_map(|source| called::folder_of_path(top, &source));
    dir.map(Path::to_path_buf).into_iter().chain(of_runs).collect()
}

fn has_configuration(module: &ModuleSource) -> bool {
    module.files.values().any(|file| !file.is_test)
}

fn runs(test: &SourceFile) -> impl Iterator<Item = ast::Block> {
    test.parse.root().body().blocks_named("run")
}

/// What the `module` block of a `run` has as its `source`, if it has such a block.
fn own_module(run: &ast::Block) -> Option<Option<String>> {
    let module = run.body()?.blocks_named("module").next()?;
    Some(module.body().and_then(|body| body.attribute("source")?.value()?.literal_string()))
}

/// Whether what stands in a block is of another module than the rest of its test.
pub(super) fn is_of_other_module(run: &ast::Block) -> bool {
    run.keyword() == "run" && own_module(run).is_some()
}

/// The module that a file is read with, at an offset if one is asked about.
pub(super) fn module_at(
    analysis: &Analysis,
    file: FileId,
    offset: Option<TextSize>,
) -> Option<&Arc<ModuleSource>> {
    let own = analysis.module_of(file)?;
    let Some(test) = own.files.get(&file).filter(|source| source.is_test) else { return Some(own) };
    let run = offset.and_then(|offset| runs(test).find(|run| run.range().contains_inclusive(offset)));
    module_of_run(analysis, own, run.as_ref())
}

/// The module that a `run` of a test is of; `None` where its files are not here.
fn module_of_run<'a>(
    analysis: &'a Analysis,
    own: &'a Arc<ModuleSource>,
    run: Option<&ast::Block>,
) -> Option<&'a Arc<ModuleSource>> {
    let above = above(&own.dir).filter(|_| !has_configuration(own));
    let tested = above.and_then(|dir| analysis.module_in(dir)).filter(|module| has_configuration(module));
    let tested = tested.unwrap_or(own);
    match run.and_then(own_module) {
        None => Some(tested),
        Some(source) => analysis.module_in(&called::folder_of_path(&tested.dir, &source?)?),
    }
}

/// The runs of a test in front of an offset, by their names.
pub(super) fn runs_before(analysis: &Analysis, file: FileId, offset: TextSize) -> Vec<String> {
    let test = analysis.source(file).filter(|source| source.is_test);
    let before = test.into_iter().flat_map(|test| runs(test)).filter(|run| run.range().end() <= offset);
    before.filter_map(|run| Some(run.labels().next()?.text())).collect()
}

/// The module of the run of that name.
pub(super) fn module_of_named<'a>(
    analysis: &'a Analysis,
    file: FileId,
    name: &str,
) -> Option<&'a Arc<ModuleSource>> {
    let own = analysis.module_of(file)?;
    let test = own.files.get(&file).filter(|source| source.is_test)?;
    let run = runs(test).find(|run| run.labels().next().is_some_and(|label| label.text() == name))?;
    module_of_run(analysis, own, Some(&run))
}

/// Whether the folder of a test, or one below it, is where tests of a module's folder are.
pub(super) fn is_test_folder_of(tests: &Path, dir: &Path) -> bool {
    tests.strip_prefix(dir).is_ok_and(|rest| rest.components().any(|part| part.as_os_str() == TESTS))
}

/// What the run of that name gives, with what is said of it.
pub(super) fn outputs_of(analysis: &Analysis, file: FileId, name: &str) -> Vec<(String, Option<String>)> {
    let Some(source) = module_of_named(analysis, file, name) else { return Vec::new() };
    let module = analysis.put_together(source, Tool::OpenTofu, None);
    let declared = module.files().iter().flat_map(|file| file.index().declarations());
    let names: BTreeSet<&Address> =
        declared.filter_map(|one| one.address).filter(|one| matches!(one, Address::Output(_))).collect();
    let about =
        |address: &Address| module.value(&module.block(address)?, "description")?.node.literal_string();
    let named = names.into_iter().filter_map(|address| match address {
        Address::Output(name) => Some((name.clone(), about(address))),
        _ => None,
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::ide::fixture::Fixture;

    const MODULE: &str = "#- main.tf\nvariable \"status\" {\n  default = \"enabled\"\n}\nresource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  name = \"w\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n  body = { location = \"w\", properties = { status = var.status } }\n  response_export_values = [\"*\"]\n}\noutput \"made\" {\n  description = \"What was made\"\n  value = azapi_resource.x.id\n}\n";
    const SETUP: &str = "#- setup/main.tf\nresource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  name = \"g\"\n  parent_id = \"/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w\"\n}\nresource \"azapi_resource\" \"only_here\" {\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n}\noutput \"prepared\" {\n  value = 1\n}\n";

    fn fixture(name: &str, test: &str) -> Fixture {
        Fixture::alone(&format!("{MODULE}{SETUP}#- {name}\n{test}"))
    }

    /// The first line of the hover at `$0`.
    fn hovered(name: &str, test: &str) -> String {
        let fixture = fixture(name, test);
        let hover = fixture.analysis().hover(fixture.at());
        let markdown = hover.map_or_else(|| "nothing".to_owned(), |hover| hover.markdown);
        markdown.lines().filter(|line| !line.is_empty()).take(2).collect::<Vec<_>>().join(" ")
    }

    fn completed(name: &str, test: &str) -> Vec<String> {
        let fixture = fixture(name, test);
        fixture.analysis().completion(fixture.at()).items.into_iter().map(|item| item.label).collect()
    }

    const WIDGET: &str = "**azapi_resource.x** `Test.Rp/widgets@2024-01-01` Id: `/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w`";
    const GEAR: &str = "**azapi_resource.x** `Test.Rp/widgets/gears@2024-01-01` Id: `/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w/gears/g`";

    #[test]
    fn tests_of_a_module_are_those_in_its_folder_for_tests_and_below() {
        let is = |tests: &str| super::is_test_folder_of(Path::new(tests), Path::new("/m"));
        for of_module in ["/m/tests", "/m/tests/unit"] {
            assert!(is(of_module), "{of_module}");
        }
        for of_another in ["/m", "/m/setup", "/n/tests", "/tests"] {
            assert!(!is(of_another), "{of_another}");
        }
    }

    #[test]
    fn a_test_in_a_folder_for_tests_sees_the_module_above() {
        let test = "run \"a\" {\n  assert {\n    condition = azapi_resource.$0x == null\n  }\n}\n";
        for name in ["x.tftest.hcl", "tests/x.tftest.hcl", "tests/x.tofutest.hcl", "tests/unit/x.tftest.hcl"]
        {
            assert_eq!(hovered(name, test), WIDGET, "{name}");
        }
        for name in ["other/x.tftest.hcl", "setup/tests/x.tftest.hcl"] {
            assert_ne!(hovered(name, test), WIDGET, "{name}");
        }
        let beside = format!("{test}#- tests/main.tf\nlocals {{}}\n");
        assert_eq!(hovered("tests/x.tftest.hcl", &beside), "nothing", "the folder has a module of its own");
    }

    #[test]
    fn a_run_with_a_module_of_its_own_sees_that_one() {
        let run = |source: &str| {
            format!(
                "run \"s\" {{\n  module {{\n    source = \"{source}\"\n  }}\n  assert {{\n    condition = azapi_resource.$0x == null\n  }}\n}}\n"
            )
        };
        for name in ["x.tftest.hcl", "tests/x.tftest.hcl"] {
            assert_eq!(hovered(name, &run("./setup")), GEAR, "{name}");
            for unknown in ["./none", "a/b/c", ""] {
                assert_eq!(hovered(name, &run(unknown)), "nothing", "{name}, {unknown}");
            }
        }
        let names = completed("tests/x.tftest.hcl", &run("./setup").replace("$0x ", "$0 "));
        assert!(names.contains(&"only_here".to_owned()), "{names:?}");
    }

    #[test]
    fn what_earlier_runs_give_is_named_and_described() {
        let runs = |reference: &str| {
            format!(
                "run \"s\" {{\n  module {{\n    source = \"./setup\"\n  }}\n}}\nrun \"a\" {{}}\nrun \"b\" {{\n  variables {{\n    status = {reference}\n  }}\n}}\nrun \"later\" {{}}\n"
            )
        };
        for name in ["x.tftest.hcl", "tests/x.tftest.hcl"] {
            assert_eq!(completed(name, &runs("run.$0")), ["s", "a"], "{name}");
            assert_eq!(completed(name, &runs("run.s.$0")), ["prepared"], "{name}");
            assert_eq!(completed(name, &runs("run.a.m$0")), ["made"], "{name}");
            assert_eq!(completed(name, &runs("run.none.$0")), [""; 0], "{name}");
            assert_eq!(hovered(name, &runs("run.a.$0made")), "**run.a.made** What was made", "{name}");
            assert_eq!(hovered(name, &runs("run.s.$0prepared")), "**run.s.prepared**", "{name}");
            assert_eq!(hovered(name, &runs("run.s.$0made")), "nothing", "{name}");
        }
    }

    #[test]
    fn a_module_is_not_judged_by_what_a_test_gives_it_and_the_test_is_judged_with_its_module() {
        let count = |test: &str| {
            let fixture = fixture("tests/x.tftest.hcl", &format!("$0{test}"));
            let analysis = fixture.analysis();
            let of_module = analysis.module_diagnostics(fixture.file);
            let own = analysis.diagnostics(fixture.file).len();
            assert_eq!(of_module.values().map(|found| found.list.len()).sum::<usize>(), own, "{test}");
            let main = analysis.file_id(std::path::Path::new("/module/main.tf")).unwrap();
            assert!(analysis.diagnostics(main).is_empty(), "{test}");
            own
        };
        assert_eq!(count("variables {\n  status = 1\n}\n"), 0);
        assert_eq!(count("run \"a\" {\n  variables {\n    status = {}\n  }\n}\n"), 0);
        let path = "run \"a\" {\n  OTHER\n  assert {\n    condition = azapi_resource.x.output.properties.nope == 1\n  }\n}\n";
        assert_eq!(count(&path.replace("OTHER", "")), 1);
        assert_eq!(count(&path.replace("OTHER", "module {\n    source = \"./setup\"\n  }")), 0);
    }
}
