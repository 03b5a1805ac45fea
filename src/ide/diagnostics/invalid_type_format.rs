//! `invalid-type-format`: a `type` that is not `<resource-type>@<api-version>`.

use super::checker::Checker;
use super::codes::INVALID_TYPE_FORMAT;
use crate::azapi::{Resource, TypeReference};
use crate::schema::Schema;
use crate::syntax::ast::AstNode;

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    let TypeReference::Malformed(written) = &resource.type_reference else { return };
    let Some(value) = resource.block.value("type") else { return };
    let example = example(checker.schema, written);
    let message =
        format!("`type` is `{written}`; it must be `<resource-type>@<api-version>`, such as `{example}`");
    let range = value.node.syntax().text_range();
    checker.report(&INVALID_TYPE_FORMAT, value.with(range), message).of(resource);
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
}
