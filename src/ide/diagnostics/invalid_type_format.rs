//! `invalid-type-format`: a `type` that is not `<resource-type>@<api-version>`.

use super::checker::Checker;
use super::codes::INVALID_TYPE_FORMAT;
use super::possible_type::{self, Possible};
use crate::azapi::{Resource, TypeReference};
use crate::schema::Schema;

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    possible_type::check_each(checker, resource, check_type);
}

fn check_type(checker: &mut Checker<'_>, resource: &Resource<'_>, possible: &Possible) {
    let TypeReference::Malformed(written) = &resource.type_reference else { return };
    let example = example(checker.schema, written);
    let when = possible.when();
    let message = format!(
        "`type` is `{written}`; it must be `<resource-type>@<api-version>`, such as `{example}`{when}"
    );
    checker
        .report(&INVALID_TYPE_FORMAT, possible.at.clone(), message)
        .severity(possible.severity(INVALID_TYPE_FORMAT.severity))
        .of(resource);
}

/// A well-formed value near to a malformed one.
fn example(schema: &Schema, written: &str) -> String {
    let name = written.split('@').find(|part| !part.is_empty()).unwrap_or_default();
    let found =
        schema.resource_type(name).or_else(|| schema.resource_type("Microsoft.Resources/resourceGroups"));
    let version = found.map(|found| found.preferred());
    version.map_or_else(
        || "Microsoft.Resources/resourceGroups@2024-03-01".to_owned(),
        |version| format!("{}@{}", version.type_name(), version.api_version()),
    )
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::tests::{check, check_none, typed};
    use crate::ide::fixture::Fixture;

    #[test]
    fn a_type_must_have_its_form() {
        check(
            &typed("\"Test.Rp/widgets\""),
            expect![[r#"
                |   type = "Test.Rp/widgets"
                |          ^^^^^^^^^^^^^^^^^ Error invalid-type-format
                `type` is `Test.Rp/widgets`; it must be `<resource-type>@<api-version>`, such as `Test.Rp/widgets@2024-01-01`
            "#]],
        );
        check(
            &typed("\"\""),
            expect![[r#"
                |   type = ""
                |          ^^ Error invalid-type-format
                `type` is ``; it must be `<resource-type>@<api-version>`, such as `Microsoft.Resources/resourceGroups@2024-01-01`
            "#]],
        );
        check(
            &typed("5"),
            expect![[r#"
                |   type = 5
                |          ^ Error invalid-type-format
                `type` is `5`; it must be `<resource-type>@<api-version>`, such as `Microsoft.Resources/resourceGroups@2024-01-01`
            "#]],
        );
        check_none(&typed("\"${var.type}\""));
        check_none(&typed("\"Test.Rp/widgets@${var.version}\""));
    }

    #[test]
    fn one_of_several_types_and_one_by_default_are_judged_by_themselves() {
        let (right, wrong) = ("\"Test.Rp/widgets@2024-01-01\"", "\"Test.Rp/widgets\"");
        let rows = "\n  body = { properties = { status = \"enabled\" } }";
        check(
            &typed(&format!("var.c ? {right} : {wrong}{rows}")),
            expect![[r#"
            |   type = var.c ? "Test.Rp/widgets@2024-01-01" : "Test.Rp/widgets"
            |                                                 ^^^^^^^^^^^^^^^^^ Warning invalid-type-format
            `type` is `Test.Rp/widgets`; it must be `<resource-type>@<api-version>`, such as `Test.Rp/widgets@2024-01-01` (when `var.c` is false)
        "#]],
        );
        check(
            &typed(&format!("var.c ? {wrong} : \"nonsense\"")),
            expect![[r#"
            |   type = var.c ? "Test.Rp/widgets" : "nonsense"
            |                  ^^^^^^^^^^^^^^^^^ Error invalid-type-format
            `type` is `Test.Rp/widgets`; it must be `<resource-type>@<api-version>`, such as `Test.Rp/widgets@2024-01-01` (when `var.c` is true)
            |   type = var.c ? "Test.Rp/widgets" : "nonsense"
            |                                      ^^^^^^^^^^ Error invalid-type-format
            `type` is `nonsense`; it must be `<resource-type>@<api-version>`, such as `Microsoft.Resources/resourceGroups@2024-01-01` (when `var.c` is false)
        "#]],
        );
        check(
            &typed(&format!("var.c ? {wrong} : \"Test.Rp/nope@2020-01-01\"")),
            expect![[r#"
            |   type = var.c ? "Test.Rp/widgets" : "Test.Rp/nope@2020-01-01"
            |                  ^^^^^^^^^^^^^^^^^ Error invalid-type-format
            `type` is `Test.Rp/widgets`; it must be `<resource-type>@<api-version>`, such as `Test.Rp/widgets@2024-01-01` (when `var.c` is true)
            |   type = var.c ? "Test.Rp/widgets" : "Test.Rp/nope@2020-01-01"
            |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-resource-type
            There is no resource type `Test.Rp/nope`; nearest: `Test.Rp/both`, `Test.Rp/moved`, `Test.Rp/shapes` (when `var.c` is false)
        "#]],
        );
        let default = format!("\nvariable \"t\" {{\n  default = {wrong}\n}}\n");
        check(
            &(typed("var.t") + &default),
            expect![[r#"
            |   type = var.t
            |          ^^^^^ Warning invalid-type-format
            `type` is `Test.Rp/widgets`; it must be `<resource-type>@<api-version>`, such as `Test.Rp/widgets@2024-01-01` (with the default of `var.t`)
        "#]],
        );
        check(
            &(typed("var.c ? var.t : null") + &default),
            expect![[r#"
            |   type = var.c ? var.t : null
            |                          ^^^^ Warning missing-argument
            `type` is missing (when `var.c` is false)
        "#]],
        );
        for (of, each) in
            [("for_each = toset([\"Test.Rp/widgets\"])", "each.key"), ("count = 1", "[\"a\"][count.index]")]
        {
            let block = typed(each).replace("{\n", &format!("{{\n  {of}\n"));
            let found = Fixture::new(&block).analysis().diagnostics(Fixture::new(&block).file);
            assert_eq!(
                found.iter().map(|one| one.code).collect::<Vec<_>>(),
                ["invalid-type-format"],
                "{block}"
            );
        }
    }
}
