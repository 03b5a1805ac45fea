//! `invalid-resource-id`: a `resource_id` of another type than the block's `type` names. Fixed by the type that the
//! id has.

use super::body_fault::when_text;
use super::checker::Checker;
use super::codes::INVALID_RESOURCE_ID;
use super::type_reference::WrittenType;
use super::{Fix, Severity};
use crate::azapi::provider::Check;
use crate::azapi::{Id, IdReader, Resource, TypeReference, noun};
use crate::schema::Schema;
use crate::schema::arm_id::{self, ArmId};
use crate::syntax::ast::AstNode;
use crate::terraform::ValueKind;
use crate::terraform::value::When;
use crate::text::TextRange;

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    if !resource.block.definition.means.checks.contains(&Check::ResourceId) {
        return;
    }
    let Some(type_name) = resource.type_name().filter(|name| is_comparable(name)) else { return };
    let Some(at) = resource.block.value("resource_id") else { return };
    let value = checker.evaluator.expression(&at, &resource.scope);
    let reader = IdReader::new(&checker.evaluator, checker.schema);
    let mut wrong: Vec<(ArmId<'static>, Option<When>)> = Vec::new();
    let mut cases = 0;
    let mut case = |value, when| {
        cases += 1;
        let ids = reader.possible(value);
        let mut other = ids.into_iter().map(|id| match id {
            Id::Known(id) if !fits(&type_name, &id) => Some(id),
            _ => None,
        });
        // Of something that can have several types, none must fit.
        if let Some(Some(first)) = other.next()
            && other.all(|other| other.is_some())
        {
            wrong.push((first, when));
        }
    };
    match &value.kind {
        ValueKind::OneOf(outcomes) => outcomes.iter().for_each(|one| case(&one.value, one.when)),
        _ => case(&value, None),
    }
    let is_sure = wrong.len() == cases;
    if is_sure {
        wrong.truncate(1);
    }
    for (id, when) in wrong {
        let found = id.resource_type().map_or_else(|| format!("`{id}`"), noun::noun_with_type);
        let wanted = noun::noun_with_type(&type_name);
        let mut message = format!("`resource_id` must be {wanted}, as `type` says, not {found}");
        let fixes = match is_sure {
            true => fixes(checker.schema, resource, &id),
            false => Vec::new(),
        };
        if !is_sure {
            message.push_str(&when_text(checker, when));
        }
        let severity = if is_sure { Severity::Error } else { Severity::Warning };
        let range = at.node.syntax().text_range();
        checker
            .report(&INVALID_RESOURCE_ID, at.with(range), message)
            .severity(severity)
            .of(resource)
            .fixes(fixes);
    }
}

/// Of the types to which the provider gives a meaning of its own only subscriptions have ids like others.
fn is_comparable(type_name: &str) -> bool {
    !arm_id::is_special_type(type_name) || type_name.eq_ignore_ascii_case(arm_id::SUBSCRIPTIONS)
}

/// Whether the provider takes the id for one of the type, or may. An id that ends with a namespace is one of it.
fn fits(type_name: &str, id: &ArmId<'_>) -> bool {
    match type_name.contains('/') {
        true => {
            id.may_be_of_type(type_name) || id.resource_type().is_some_and(|ty| was_read_as(ty, type_name))
        }
        false => id.may_be_of_type(arm_id::PROVIDERS),
    }
}

/// Whether earlier providers took an id of a type for one of another: for them a part `resourceGroups` began a
/// resource group wherever it stood, also behind a namespace.
fn was_read_as(of_id: &str, type_name: &str) -> bool {
    let lower = of_id.to_ascii_lowercase();
    let behind = lower.rsplit_once("/resourcegroups/").map(|(_, behind)| behind);
    behind.is_some_and(|behind| {
        type_name.eq_ignore_ascii_case(&format!("{}/{behind}", arm_id::RESOURCE_GROUPS))
    })
}

/// The type of the id in the place of the one written, at the same api-version where it has that.
fn fixes(schema: &Schema, resource: &Resource<'_>, id: &ArmId<'_>) -> Vec<Fix> {
    let Some(found) = id.resource_type().and_then(|name| schema.resource_type(name)) else {
        return Vec::new();
    };
    let Some(value) = resource.block.value("type") else { return Vec::new() };
    let Some(written) = WrittenType::of(&value) else { return Vec::new() };
    let version = match &resource.type_reference {
        TypeReference::Named { api_version: Some(version), .. } => found.version(version),
        _ => None,
    };
    let version = version.unwrap_or_else(|| found.newest()).api_version();
    let name = format!("{}@{}", found.name(), version.as_str());
    let range = TextRange::new(written.name.start(), written.version.end());
    Fix::renamings(&value.with(range), [name.as_str()])
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::tests::{check, check_fix, check_none};

    fn block(header: &str, ty: &str, id: &str) -> String {
        let (open, close) = if header.starts_with("action") { ("  config {\n", "  }\n") } else { ("", "") };
        format!(
            "{header} \"x\" {{\n{open}  type = \"{ty}\"\n  resource_id = {id}\n{close}}}\nvariable \"any\" {{}}\nresource \"azapi_resource\" \"w\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  name = \"w\"\n  parent_id = var.any\n}}\n"
        )
    }

    const UPDATE: &str = "resource \"azapi_update_resource\"";

    #[test]
    fn an_id_of_another_type_is_refused() {
        check(
            &block(UPDATE, "Test.Rp/widgets/gears@2024-01-01", "azapi_resource.w.id"),
            expect![[r#"
            |   resource_id = azapi_resource.w.id
            |                 ^^^^^^^^^^^^^^^^^^^ Error invalid-resource-id
            `resource_id` must be a gear (`Test.Rp/widgets/gears`), as `type` says, not a widget (`Test.Rp/widgets`)
        "#]],
        );
        check(
            &block("data \"azapi_resource\"", "Test.Rp/widgets@2024-01-01", "\"/subscriptions/s\""),
            expect![[r#"
                |   resource_id = "/subscriptions/s"
                |                 ^^^^^^^^^^^^^^^^^^ Error invalid-resource-id
                `resource_id` must be a widget (`Test.Rp/widgets`), as `type` says, not a subscription
            "#]],
        );
    }

    #[test]
    fn an_id_that_earlier_providers_read_otherwise_is_not_refused() {
        let id = "\"/subscriptions/s/providers/Test.Rp/locations/l/resourceGroups/g/deleted/d\"";
        for fine in ["Microsoft.Resources/resourceGroups/deleted", "Test.Rp/locations/resourceGroups/deleted"]
        {
            let text = block(UPDATE, &format!("{fine}@2024-01-01"), id);
            let fixture = crate::ide::fixture::Fixture::new(&text);
            let found = fixture.analysis().diagnostics(fixture.file);
            assert!(found.iter().all(|one| one.code != "invalid-resource-id"), "{fine}: {found:?}");
        }
    }

    #[test]
    fn every_block_that_names_a_type_and_an_id_is_judged() {
        for header in [
            "resource \"azapi_update_resource\"",
            "resource \"azapi_resource_action\"",
            "data \"azapi_resource\"",
            "data \"azapi_resource_id\"",
            "data \"azapi_resource_action\"",
            "ephemeral \"azapi_resource_action\"",
            "action \"azapi_resource_action\"",
        ] {
            let fixture = crate::ide::fixture::Fixture::new(&block(
                header,
                "Test.Rp/widgetSets@2024-01-01",
                "azapi_resource.w.id",
            ));
            let found = fixture.analysis().diagnostics(fixture.file);
            assert!(found.iter().any(|one| one.code == "invalid-resource-id"), "{header}");
        }
    }

    #[test]
    fn what_fits_or_may_fit_is_silent() {
        let widget = "Test.Rp/widgets@2024-01-01";
        for id in [
            "azapi_resource.w.id",
            "var.any",
            "lower(azapi_resource.w.id)",
            "\"/subscriptions/s/resourceGroups/g/providers/TEST.rp/Widgets/w\"",
            "\"${var.any}/providers/Test.Rp/widgets/w\"",
            "\"/subscriptions/s/${var.any}\"",
        ] {
            check_none(&block(UPDATE, widget, id));
        }
        let action = "resource \"azapi_resource_action\"";
        check_none(&block(action, "Test.Rp@2024-01-01", "\"/subscriptions/s/providers/Test.Rp\""));
        check_none(&block(
            action,
            "Microsoft.Resources/providers@2024-01-01",
            "\"/subscriptions/s/providers/Test.Rp\"",
        ));
        check_none(&block(action, "Microsoft.Resources/subscriptions@2024-01-01", "\"/subscriptions/s\""));
        check_none(&block(action, "Microsoft.Resources/tenants@2024-01-01", "\"/\""));
    }

    #[test]
    fn a_wrong_outcome_is_a_warning() {
        check(
            &block(
                UPDATE,
                "Test.Rp/widgets@2024-01-01",
                "var.any ? azapi_resource.w.id : \"/subscriptions/s\"",
            ),
            expect![[r#"
                |   resource_id = var.any ? azapi_resource.w.id : "/subscriptions/s"
                |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-resource-id
                `resource_id` must be a widget (`Test.Rp/widgets`), as `type` says, not a subscription (when `var.any` is false)
            "#]],
        );
    }

    #[test]
    fn the_type_of_the_id_is_the_fix() {
        check_fix(
            &block(UPDATE, "Test.Rp/widgets/gears@2023-01-01", "azapi_resource.w.id"),
            expect![[r#"
                * Change to `2024-01-01` (Confirm)
                #- main.tf
                resource "azapi_update_resource" "x" {
                  type = "Test.Rp/widgets/gears@2024-01-01"
                  resource_id = azapi_resource.w.id
                }
                variable "any" {}
                resource "azapi_resource" "w" {
                  type = "Test.Rp/widgets@2024-01-01"
                  name = "w"
                  parent_id = var.any
                }
                * Change to `Test.Rp/widgets@2023-01-01` (Confirm)
                #- main.tf
                resource "azapi_update_resource" "x" {
                  type = "Test.Rp/widgets@2023-01-01"
                  resource_id = azapi_resource.w.id
                }
                variable "any" {}
                resource "azapi_resource" "w" {
                  type = "Test.Rp/widgets@2024-01-01"
                  name = "w"
                  parent_id = var.any
                }
            "#]],
        );
        check_fix(
            &block(UPDATE, "Test.Rp/widgets/gears@2001-01-01", "azapi_resource.w.id"),
            expect![[r#"
                * Change to `2024-01-01` (Confirm)
                #- main.tf
                resource "azapi_update_resource" "x" {
                  type = "Test.Rp/widgets/gears@2024-01-01"
                  resource_id = azapi_resource.w.id
                }
                variable "any" {}
                resource "azapi_resource" "w" {
                  type = "Test.Rp/widgets@2024-01-01"
                  name = "w"
                  parent_id = var.any
                }
                * Change to `Test.Rp/widgets@2024-01-01` (Confirm)
                #- main.tf
                resource "azapi_update_resource" "x" {
                  type = "Test.Rp/widgets@2024-01-01"
                  resource_id = azapi_resource.w.id
                }
                variable "any" {}
                resource "azapi_resource" "w" {
                  type = "Test.Rp/widgets@2024-01-01"
                  name = "w"
                  parent_id = var.any
                }
            "#]],
        );
    }
}
