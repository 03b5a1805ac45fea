//! What the tests of faults in arguments share. No other server runs beside.

use expect_test::Expect;

use crate::ide::fixture::Fixture;

pub(super) fn check(text: &str, expected: Expect) {
    let fixture = Fixture::alone(text);
    expected.assert_eq(&fixture.draw(&fixture.analysis().diagnostics(fixture.file)));
}

#[track_caller]
pub(super) fn check_none(text: &str) {
    let fixture = Fixture::alone(text);
    let found = fixture.draw(&fixture.analysis().diagnostics(fixture.file));
    assert!(found.is_empty(), "{text}\n{found}");
}

/// Beside another Terraform server.
pub(super) fn companion(text: &str, expected: Expect) {
    let fixture = Fixture::new(text);
    expected.assert_eq(&fixture.draw(&fixture.analysis().diagnostics(fixture.file)));
}

/// The fixes with what each leaves.
pub(super) fn check_fix(text: &str, expected: Expect) {
    let fixture = Fixture::alone(text);
    let found = fixture.analysis().diagnostics(fixture.file);
    let fixes = found.iter().flat_map(|one| &one.fixes).map(|fix| {
        let mark = if fix.preferred { "* " } else { "" };
        format!("{mark}{} ({:?})\n{}", fix.title, fix.applicability, fixture.changed(&fix.change))
    });
    expected.assert_eq(&fixes.collect::<String>());
}

pub(super) fn block(kind: &str, block: &str, rows: &str) -> String {
    format!("{kind} \"{block}\" \"x\" {{\n  {rows}\n}}\n")
}

/// A resource whose body has nothing but a name.
pub(super) fn gear(rows: &str) -> String {
    resource("Test.Rp/widgets/gears", rows)
}

pub(super) fn gear_of_any_type(rows: &str) -> String {
    gear(rows).replace("\"Test.Rp/widgets/gears@2024-01-01\"", "var.t")
}

pub(super) fn widget(rows: &str) -> String {
    resource("Test.Rp/widgets", rows)
}

fn resource(ty: &str, rows: &str) -> String {
    block(
        "resource",
        "azapi_resource",
        &format!("type = \"{ty}@2024-01-01\"\n  name = \"n\"\n  parent_id = var.p\n  {rows}"),
    )
}
