//! `azapi-ls docs`: the page of a type.

use std::io::Write;

use serde_json::json;

use super::format::write_json;
use super::lookup;
use super::query_error::QueryError;
use crate::ide::page;
use crate::schema::Schema;

/// Prints the page of a resource type: an example, its arguments, body, api-versions and import.
#[derive(Debug, clap::Args)]
pub(crate) struct DocsArgs {
    /// `TYPE` for the newest stable api-version, or `TYPE@VERSION`
    #[arg(value_name = "TYPE[@VERSION]")]
    pub(crate) type_reference: String,
    /// How the page is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: PageFormat,
}

/// `--format` of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum PageFormat {
    /// For terminals and editors.
    #[default]
    Markdown,
    /// One document that needs nothing else.
    Html,
    /// One JSON object with the page in Markdown.
    Json,
}

/// Prints the page. `Err` when there is no such type or version.
pub(crate) fn run(args: &DocsArgs, schema: &Schema, out: &mut dyn Write) -> Result<(), QueryError> {
    let (name, version) = match args.type_reference.split_once('@') {
        Some((name, version)) => (name, Some(version)),
        None => (args.type_reference.as_str(), None),
    };
    let Some(page) = page::find(schema, name, version) else {
        return Err(lookup::missing(schema, name, version));
    };
    match args.format {
        PageFormat::Markdown => out.write_all(page.markdown.as_bytes())?,
        PageFormat::Html => out.write_all(page::document(&page.title, &page.markdown).as_bytes())?,
        PageFormat::Json => {
            write_json(out, &json!({ "title": page.title, "markdown": page.markdown }))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::toy;
    use expect_test::{Expect, expect};

    fn check(reference: &str, format: PageFormat, expect: Expect) {
        let args = DocsArgs { type_reference: reference.to_owned(), format };
        let mut out = Vec::new();
        let printed = match run(&args, toy::schema(), &mut out) {
            Ok(()) => String::from_utf8(out).expect("text"),
            Err(error) => format!("error: {error}\n"),
        };
        expect.assert_eq(&printed);
    }

    #[test]
    fn a_page_has_example_arguments_body_versions_and_import() {
        check(
            "test.rp/widgets/gears",
            PageFormat::Markdown,
            expect![[r##"
                # Test.Rp/widgets/gears@2024-01-01

                A gear. Deploys to a widget (`Test.Rp/widgets`). [Documentation](https://learn.microsoft.com/en-us/azure/templates/test.rp/2024-01-01/widgets/gears?pivots=deployment-language-terraform)

                ## Example

                ```hcl
                terraform {
                  required_providers {
                    azapi = {
                      source = "Azure/azapi"
                    }
                  }
                }

                resource "azapi_resource" "resource_group" {
                  type = "Microsoft.Resources/resourceGroups@2024-01-01"
                  name = "example"
                }

                resource "azapi_resource" "widget" {
                  type      = "Test.Rp/widgets@2024-01-01"
                  parent_id = azapi_resource.resource_group.id
                  name      = "example"
                  location  = azapi_resource.resource_group.location
                  body = {
                    properties = {
                      status = "enabled"
                    }
                  }
                }

                resource "azapi_resource" "gear" {
                  type      = "Test.Rp/widgets/gears@2024-01-01"
                  parent_id = azapi_resource.widget.id
                  name      = "example"
                }
                ```

                ## Arguments

                - `type` (required): `Test.Rp/widgets/gears@` and an api-version
                - `parent_id` (required): `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
                - `name` (required)
                - `body`: what is listed below; `sensitive_body` for its secrets

                Of every `resource "azapi_resource"`:

                - `sensitive_body_version`: Map from a path inside sensitive_body to a version string; a path is sent only when its version changes.
                - `response_export_values`: Response parts to expose in output: a list of dotted paths ("\*" = all) or a map of name to JMESPath query.
                - `locks`: IDs used as in-process mutexes while the operation runs.
                - `schema_validation_enabled`: Turns the embedded-schema check of type and body on or off.
                - `replace_triggers_refs`: JMESPath paths into body; a changed value forces replacement.
                - `replace_triggers_external_values`: Any value; a change to a non-null value forces replacement.
                - `ignore_body_changes`: Write-only list of dotted body paths whose drift is ignored (needs Terraform >= 1.11).
                - `ignore_casing`: Treat string values that differ only by case as equal when comparing with the API response.
                - `ignore_missing_property`: Keep the configured value when the API does not return it (or returns it masked).
                - `ignore_null_property`: Drop null-valued body properties from the request and from the diff.
                - `ignore_other_items_in_list`: List paths for which items present only remotely are ignored.
                - `list_unique_id_property`: Map from a list path to the field (or comma-separated fields) that identifies its items; default is name.
                - `retry`: Extra retry rule applied to API errors.
                - `create_headers`: Extra HTTP headers of the create call.
                - `create_query_parameters`: Extra query parameters of the create call.
                - `read_headers`: Extra HTTP headers of the read call.
                - `read_query_parameters`: Extra query parameters of the read call.
                - `update_headers`: Extra HTTP headers of the update call.
                - `update_query_parameters`: Extra query parameters of the update call.
                - `delete_headers`: Extra HTTP headers of the delete call.
                - `delete_query_parameters`: Extra query parameters of the delete call.

                ## Body

                Nothing can be set.

                ## Api-versions

                Stable: `2024-01-01`

                ## Child types

                - `Test.Rp/widgets/gears/teeth`

                ## Import

                ```shell
                terraform import azapi_resource.gear '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}/gears/{resourceName}'
                ```

                or, with an api-version of your choice and in the configuration:

                ```hcl
                import {
                  to = azapi_resource.gear
                  id = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}/gears/{resourceName}?api-version=2024-01-01"
                }
                ```

                Type data: toy 1.0 (newest api-version 2024-01-01)

            "##]],
        );
        check(
            "Test.Rp/widgets/gears@2024-01-01",
            PageFormat::Json,
            expect![[r##"
                {
                  "markdown": "# Test.Rp/widgets/gears@2024-01-01\n\nA gear. Deploys to a widget (`Test.Rp/widgets`). [Documentation](https://learn.microsoft.com/en-us/azure/templates/test.rp/2024-01-01/widgets/gears?pivots=deployment-language-terraform)\n\n## Example\n\n```hcl\nterraform {\n  required_providers {\n    azapi = {\n      source = \"Azure/azapi\"\n    }\n  }\n}\n\nresource \"azapi_resource\" \"resource_group\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n  name = \"example\"\n}\n\nresource \"azapi_resource\" \"widget\" {\n  type      = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = azapi_resource.resource_group.id\n  name      = \"example\"\n  location  = azapi_resource.resource_group.location\n  body = {\n    properties = {\n      status = \"enabled\"\n    }\n  }\n}\n\nresource \"azapi_resource\" \"gear\" {\n  type      = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = azapi_resource.widget.id\n  name      = \"example\"\n}\n```\n\n## Arguments\n\n- `type` (required): `Test.Rp/widgets/gears@` and an api-version\n- `parent_id` (required): `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`\n- `name` (required)\n- `body`: what is listed below; `sensitive_body` for its secrets\n\nOf every `resource \"azapi_resource\"`:\n\n- `sensitive_body_version`: Map from a path inside sensitive_body to a version string; a path is sent only when its version changes.\n- `response_export_values`: Response parts to expose in output: a list of dotted paths (\"\\*\" = all) or a map of name to JMESPath query.\n- `locks`: IDs used as in-process mutexes while the operation runs.\n- `schema_validation_enabled`: Turns the embedded-schema check of type and body on or off.\n- `replace_triggers_refs`: JMESPath paths into body; a changed value forces replacement.\n- `replace_triggers_external_values`: Any value; a change to a non-null value forces replacement.\n- `ignore_body_changes`: Write-only list of dotted body paths whose drift is ignored (needs Terraform >= 1.11).\n- `ignore_casing`: Treat string values that differ only by case as equal when comparing with the API response.\n- `ignore_missing_property`: Keep the configured value when the API does not return it (or returns it masked).\n- `ignore_null_property`: Drop null-valued body properties from the request and from the diff.\n- `ignore_other_items_in_list`: List paths for which items present only remotely are ignored.\n- `list_unique_id_property`: Map from a list path to the field (or comma-separated fields) that identifies its items; default is name.\n- `retry`: Extra retry rule applied to API errors.\n- `create_headers`: Extra HTTP headers of the create call.\n- `create_query_parameters`: Extra query parameters of the create call.\n- `read_headers`: Extra HTTP headers of the read call.\n- `read_query_parameters`: Extra query parameters of the read call.\n- `update_headers`: Extra HTTP headers of the update call.\n- `update_query_parameters`: Extra query parameters of the update call.\n- `delete_headers`: Extra HTTP headers of the delete call.\n- `delete_query_parameters`: Extra query parameters of the delete call.\n\n## Body\n\nNothing can be set.\n\n## Api-versions\n\nStable: `2024-01-01`\n\n## Child types\n\n- `Test.Rp/widgets/gears/teeth`\n\n## Import\n\n```shell\nterraform import azapi_resource.gear '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}/gears/{resourceName}'\n```\n\nor, with an api-version of your choice and in the configuration:\n\n```hcl\nimport {\n  to = azapi_resource.gear\n  id = \"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}/gears/{resourceName}?api-version=2024-01-01\"\n}\n```\n\nType data: toy 1.0 (newest api-version 2024-01-01)\n\n",
                  "title": "Test.Rp/widgets/gears@2024-01-01"
                }
            "##]],
        );
    }

    #[test]
    fn what_has_no_page_is_named_with_what_is_near() {
        check(
            "Test.Rp/widgetz",
            PageFormat::Markdown,
            expect![[r#"
            error: there is no resource type `Test.Rp/widgetz`; nearest: Test.Rp/widgets, Test.Rp/widgetSets
        "#]],
        );
        check(
            "Test.Rp/widgets@2023",
            PageFormat::Markdown,
            expect![[r#"
                error: Test.Rp/widgets has no api-version `2023`; nearest: 2023-01-01; newest: 2024-01-01
            "#]],
        );
    }
}
