use expect_test::{Expect, expect};

use super::by_file;
use super::checker::{Check, Checker};
use super::codes::UNKNOWN_RESOURCE_TYPE;
use crate::azapi::Resource;
use crate::ide::fixture::Fixture;
use crate::ide::program::ModuleTree;
use crate::syntax::ast::AstNode;

pub(super) fn check(text: &str, expected: Expect) {
    let fixture = Fixture::new(text);
    expected.assert_eq(&fixture.draw(&fixture.analysis().diagnostics(fixture.file)));
}

pub(super) fn check_none(text: &str) {
    check(text, expect![[""]]);
}

/// Every fix of every diagnostic with its title (`*` before a preferred one), and what it leaves.
pub(super) fn check_fix(text: &str, expected: Expect) {
    let fixture = Fixture::new(text);
    let found = fixture.analysis().diagnostics(fixture.file);
    let fixes = found.iter().flat_map(|one| &one.fixes).map(|fix| {
        let mark = if fix.preferred { "* " } else { "" };
        format!("{mark}{} ({:?})\n{}", fix.title, fix.applicability, fixture.changed(&fix.change))
    });
    expected.assert_eq(&fixes.collect::<String>());
}

/// How many fixes each diagnostic has.
pub(super) fn fixes_of(text: &str) -> Vec<usize> {
    let fixture = Fixture::new(text);
    fixture.analysis().diagnostics(fixture.file).iter().map(|one| one.fixes.len()).collect()
}

/// A block whose `type` is this expression.
pub(super) fn typed(type_value: &str) -> String {
    format!("resource \"azapi_resource\" \"x\" {{\n  type = {type_value}\n  parent_id = var.p\n}}\n")
}

#[test]
fn a_comment_suppresses_its_codes() {
    check_none(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/nope@2020-01-01\" # azapi-ls-ignore: unknown-resource-type  private preview\n  parent_id = var.p\n}\n",
    );
    check_none(
        "resource \"azapi_resource\" \"x\" {\n  # azapi-ls-ignore: invalid-parent-id, unknown-resource-type\n  type = \"Test.Rp/nope@2020-01-01\"\n  parent_id = var.p\n}\n",
    );
    check(
        "resource \"azapi_resource\" \"x\" {\n  # azapi-ls-ignore: invalid-parent-id\n  type = \"Test.Rp/nope@2020-01-01\"\n  parent_id = var.p\n}\n",
        expect![[r#"
            |   type = "Test.Rp/nope@2020-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-resource-type
            There is no resource type `Test.Rp/nope`; nearest: `Test.Rp/both`, `Test.Rp/moved`, `Test.Rp/shapes`
        "#]],
    );
}

#[test]
fn a_broken_block_does_not_hide_the_diagnostics_of_others() {
    check(
        &format!(
            "resource \"azapi_resource\" \"broken\" {{\n  name = \"x\n{}",
            typed("\"Test.Rp/nope@2020-01-01\"")
        ),
        expect![[r#"
            |   name = "x
            |            ^ Error syntax-error
            the closing quote `"` is missing
            |   type = "Test.Rp/nope@2020-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-resource-type
            There is no resource type `Test.Rp/nope`; nearest: `Test.Rp/both`, `Test.Rp/moved`, `Test.Rp/shapes`
        "#]],
    );
}

#[test]
fn the_published_example_has_no_error() {
    let text = include_str!("../../../tests/data/modules/token/main.tf");
    let fixture = Fixture::shipped(text);
    assert_eq!(fixture.analysis().diagnostics(fixture.file), []);
}

/// Reports the place of each block's `name`, which a local of another file may hold.
fn report_names(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    let Some(value) = resource.block.value("name") else { return };
    let local = checker.evaluator.module().local("name");
    let written = local.filter(|_| value.node.syntax().text() == "local.name").unwrap_or(value);
    let range = written.node.syntax().text_range();
    checker.report(&UNKNOWN_RESOURCE_TYPE, written.with(range), "here".to_owned()).of(resource);
}

const TWO_FILES: &str = "#- locals.tf
locals {
  name = \"n\"
}
#- main.tf
resource \"azapi_resource\" \"x\" {
  name = local.name
}
resource \"azapi_resource\" \"y\" {
  name = \"y\" # azapi-ls-ignore: unknown-resource-type
}
";

#[test]
fn what_a_block_of_another_file_is_to_blame_for_is_reported_where_it_is_written() {
    let fixture = Fixture::new(TWO_FILES);
    let analysis = fixture.analysis();
    let found = by_file(
        &analysis,
        &ModuleTree::around(&analysis, fixture.file),
        &[Check::Values(report_names)],
        Some(fixture.file),
    );
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), [fixture.file]);
    expect![[r#"
        |   name = "n"
        |          ^^^ Error unknown-resource-type
        here
    "#]]
    .assert_eq(&fixture.draw(&found[&fixture.file].list));
}

#[test]
fn suppressions_are_those_of_the_file_that_a_diagnostic_is_in() {
    let both = TWO_FILES.replace("name = \"n\"", "name = \"n\" # azapi-ls-ignore: unknown-resource-type");
    let fixture = Fixture::new(&both);
    let analysis = fixture.analysis();
    let found = by_file(
        &analysis,
        &ModuleTree::around(&analysis, fixture.file),
        &[Check::Values(report_names)],
        None,
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_check_of_blocks_looks_at_those_of_the_file_alone() {
    let fixture = Fixture::new(TWO_FILES);
    let analysis = fixture.analysis();
    let found = by_file(
        &analysis,
        &ModuleTree::around(&analysis, fixture.file),
        &[Check::Block(report_names)],
        Some(fixture.file),
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_module_has_the_diagnostics_of_its_files() {
    let fixture = Fixture::new(&format!(
        "#- a.tf\n{}#- b.tf\n{}#- c.tf\n",
        typed("\"Test.Rp/nope@2020-01-01\""),
        typed("\"a\"").replace("\"x\"", "\"y\"")
    ));
    let analysis = fixture.analysis();
    let of_module = analysis.module_diagnostics(fixture.file);
    assert_eq!(of_module.len(), 2);
    for (file, found) in of_module {
        assert_eq!(found, analysis.file_diagnostics(file));
    }
}

#[test]
fn a_block_is_checked_again_when_what_it_refers_to_changes() {
    let block = "resource \"azapi_resource\" \"token\" {\n  type = \"${local.type}@2025-04-01\"\n  name = \"token1\"\n  parent_id = azapi_resource.above.id\n  body = { properties = local.properties }\n}\n";
    let above = |ty: &str| {
        format!(
            "resource \"azapi_resource\" \"above\" {{\n  type = \"{ty}\"\n  name = \"above1\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n}}\n"
        )
    };
    let others = |ty: &str, properties: &str, parent: &str| {
        let parent = above(parent);
        format!("locals {{\n  type = \"{ty}\"\n  properties = {{ {properties} }}\n}}\n{parent}")
    };
    let (token, registry) = (
        "Microsoft.ContainerRegistry/registries/tokens",
        "Microsoft.ContainerRegistry/registries@2025-04-01",
    );
    let steps = [
        (others(token, "status = \"enabled\"", registry), 0),
        (others(token, "statuss = \"enabled\"", registry), 1),
        (others(token, "status = \"enabled\"", registry), 0),
        (others("Microsoft.ContainerRegistry/registries/nothing", "status = \"enabled\"", registry), 1),
        (others(token, "status = \"enabled\"", registry), 0),
        (others(token, "status = \"enabled\"", "Microsoft.Storage/storageAccounts@2023-01-01"), 1),
        (String::new(), 0),
    ];
    let mut fixture = Fixture::shipped(&format!("#- main.tf\n{block}"));
    for (at, (text, expected)) in steps.iter().enumerate() {
        fixture.workspace.open_file(std::path::Path::new("/module/others.tf"), text, at as i32);
        let analysis = fixture.analysis();
        let found: usize =
            analysis.module_diagnostics(fixture.file).values().map(|found| found.list.len()).sum();
        assert_eq!(found, *expected, "step {at}: {text}");
        // Once more, by what was kept.
        let again: usize =
            analysis.module_diagnostics(fixture.file).values().map(|found| found.list.len()).sum();
        assert_eq!(again, *expected, "step {at} again: {text}");
    }
}

#[test]
fn blocks_that_repeat_for_another_are_all_checked_again_when_that_one_repeats_otherwise() {
    let block = |name: &str| {
        format!(
            "resource \"azapi_resource\" \"{name}\" {{\n  for_each = azapi_resource.base\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"/subscriptions/s/${{each.key}}/g\"\n}}\n"
        )
    };
    let base = "resource \"azapi_resource\" \"base\" {\n  for_each = local.names\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n}\n";
    let mut fixture = Fixture::new(&format!("#- main.tf\n{base}{}{}", block("one"), block("two")));
    for (version, (key, expected)) in
        [("resourceGroups", 0), ("resourceGrups", 2), ("resourceGroups", 0)].into_iter().enumerate()
    {
        let text = format!("locals {{\n  names = {{ {key} = 1 }}\n}}\n");
        fixture.workspace.open_file(std::path::Path::new("/module/names.tf"), &text, version as i32);
        let found = fixture.analysis().diagnostics(fixture.file);
        let wrong = found.iter().filter(|it| it.code == "invalid-parent-id").count();
        assert_eq!(wrong, expected, "{key}: {found:?}");
    }
}

#[test]
fn fixes_name_the_parents_that_there_are_now() {
    let block = "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n}\n";
    let group = |name: &str| {
        format!(
            "resource \"azapi_resource\" \"{name}\" {{\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n}}\n"
        )
    };
    let mut fixture = Fixture::new(&format!("#- main.tf\n{block}"));
    for (version, names) in [&["a"][..], &["a", "b"], &["c"], &[]].into_iter().enumerate() {
        let text: String = names.iter().map(|name| group(name)).collect();
        fixture.workspace.open_file(std::path::Path::new("/module/groups.tf"), &text, version as i32);
        let found = fixture.analysis().diagnostics(fixture.file);
        let titles: Vec<_> =
            found.iter().flat_map(|it| it.fixes.iter().map(|fix| fix.title.clone())).collect();
        let expected: Vec<_> =
            names.iter().map(|name| format!("Insert `parent_id = azapi_resource.{name}.id`")).collect();
        assert_eq!(titles, expected);
    }
}

/// The diagnostics of a file, each as its severity and its message.
pub(super) fn said(fixture: &Fixture) -> Vec<String> {
    let found = fixture.analysis().diagnostics(fixture.file).into_iter();
    found.map(|it| format!("{} {}", it.severity.name(), it.message)).collect()
}

#[test]
fn what_a_later_provider_may_take_is_no_error_where_the_module_asks_for_a_later_one() {
    let of = |version: &str, rows: &str| {
        let text = format!(
            "terraform {{\n  required_providers {{\n    azapi = {{ version = \"{version}\" }}\n  }}\n}}\nresource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  name = \"n\"\n  parent_id = var.p\n  {rows}\n}}\n"
        );
        said(&Fixture::alone(&text)).join("|")
    };
    let known = &crate::azapi::provider::Provider::get().provider_version;
    let unknown = "`locations` is no argument of `azapi_resource`; nearest: `location`";
    assert_eq!(of("~> 2.0", "locations = 1"), format!("error {unknown}"));
    assert_eq!(of("~> 99.0", "locations = 1"), format!("warning {unknown} (in azapi {known})"));
    assert!(
        of("~> 99.0", "output = provider::azapi::nope()").contains("warning `azapi` has no function `nope`")
    );
    assert!(of("~> 99.0", "lifecycle {\n    nope = 1\n  }").starts_with("error "));
    assert!(of("~> 99.0", "schema_validation_enabled = []").contains("error `schema_validation_enabled`"));
}

#[test]
fn a_string_body_is_judged_again_when_the_module_asks_for_another_version() {
    let block = "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = var.p\n  body = jsonencode({})\n}\n";
    let mut fixture = Fixture::new(&format!("#- main.tf\n{block}"));
    for (version, expected) in [("~> 1.13", 0), ("~> 2.0", 1), ("~> 1.13", 0)] {
        let text = format!(
            "terraform {{\n  required_providers {{\n    azapi = {{ version = \"{version}\" }}\n  }}\n}}\n"
        );
        fixture.workspace.open_file(std::path::Path::new("/module/terraform.tf"), &text, 1);
        assert_eq!(fixture.analysis().diagnostics(fixture.file).len(), expected, "{version}");
    }
}

#[test]
fn a_test_is_checked_with_its_module_and_declares_nothing_in_it() {
    let module =
        "#- main.tf\nlocals {\n  id = provider::azapi::build_resource_id(local.inside, \"a\", \"b\")\n}\n";
    let test = "#- all.tftest.hcl\n$0provider \"azapi\" {\n  nope = true\n}\nlocals {\n  inside = \"x\"\n}\nrun \"it\" {\n  assert {\n    condition     = provider::azapi::nope(local.id) == 1\n    error_message = \"m\"\n  }\n}\n";
    let fixture = Fixture::alone(&format!("{module}{test}"));
    let analysis = fixture.analysis();
    expect![[r#"
        |   nope = true
        |   ^^^^ Error unknown-argument
        `nope` is no argument of `azapi`
        |     condition     = provider::azapi::nope(local.id) == 1
        |                                      ^^^^ Error unknown-function
        `azapi` has no function `nope`
    "#]]
    .assert_eq(&fixture.draw(&analysis.diagnostics(fixture.file)));
    let by_file = analysis.module_diagnostics(fixture.file);
    let codes = by_file.values().flat_map(|found| &found.list).map(|one| one.code).collect::<Vec<_>>();
    assert_eq!(by_file.keys().copied().collect::<Vec<_>>(), [fixture.file]);
    assert_eq!(codes, analysis.diagnostics(fixture.file).iter().map(|one| one.code).collect::<Vec<_>>());
    assert!(analysis.module_of(fixture.file).unwrap().tests().eq([fixture.file]));
}
