use super::*;
use crate::ide::Severity;
use crate::ide::fixture::Fixture;
use crate::schema::toy;

/// Types whose example is checked unless all are asked for: one of so many.
const EACH: usize = 12;

fn page_of(reference: &str) -> String {
    page_in(Schema::bundled(), reference)
}

fn page_in(schema: &Schema, reference: &str) -> String {
    let (name, version) = reference.split_once('@').expect("a version");
    match schema.lookup(name, version) {
        crate::schema::Lookup::Found(version) => markdown(schema, version),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_example_passes_the_own_check() {
    let wants_all = std::env::var_os("AZAPI_LS_ALL_TYPES").is_some();
    let schema = Schema::bundled();
    let mut failures = Vec::new();
    let mut count = 0;
    for (at, ty) in schema.resource_types().enumerate() {
        if !wants_all && at % EACH != 0 {
            continue;
        }
        let versions: Vec<ResourceVersion<'_>> = match wants_all {
            true => ty.versions().collect(),
            false => vec![ty.preferred()],
        };
        for version in versions {
            count += 1;
            let example = Example::new(schema, version);
            let fixture = Fixture::shipped(&example.text);
            let found = fixture.analysis().diagnostics(fixture.file);
            // What no body of the type can fulfil is said too, in words that stop nobody.
            if let Some(one) = found.iter().find(|one| one.severity >= Severity::Warning) {
                failures.push(format!(
                    "{}@{}: {} {}",
                    version.type_name(),
                    version.api_version(),
                    one.code,
                    one.message
                ));
            }
        }
    }
    assert!(count > 250, "{count}");
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn an_example_has_all_that_stands_above_and_all_that_is_required() {
    let page = page_of("Microsoft.ContainerRegistry/registries/tokens@2025-04-01");
    let example =
        page.split("```hcl\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    expect_test::expect![[r#"
        terraform {
          required_providers {
            azapi = {
              source = "Azure/azapi"
            }
          }
        }

        resource "azapi_resource" "resource_group" {
          type     = "Microsoft.Resources/resourceGroups@2025-04-01"
          name     = "example"
          location = "westeurope"
        }

        resource "azapi_resource" "registry" {
          type      = "Microsoft.ContainerRegistry/registries@2025-04-01"
          parent_id = azapi_resource.resource_group.id
          name      = "example"
          location  = azapi_resource.resource_group.location
          body = {
            sku = {
              name = "Standard"
            }
          }
        }

        resource "azapi_resource" "token" {
          type      = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01"
          parent_id = azapi_resource.registry.id
          name      = "example"
        }
    "#]]
    .assert_eq(example);
}

#[test]
fn a_page_of_each_kind_has_its_own_example() {
    let schema = Schema::bundled();
    let shows = |page: &str, pieces: &[&str]| {
        for piece in pieces {
            assert!(page.contains(piece), "{piece}:\n{page}");
        }
    };
    shows(
        &page_of("Microsoft.Resources/resourceGroups@2024-03-01"),
        &["location = \"westeurope\"", "## Import"],
    );
    shows(&page_of("Microsoft.Web/sites/config@2023-12-01"), &["azapi_resource.site.id", "with `name`"]);
    shows(
        &page_of("Microsoft.Compute/virtualMachines@2024-07-01"),
        &["identity", "`properties`", "## Functions", "## Child types"],
    );
    shows(
        &page_of("Microsoft.Sql/servers@2023-08-01"),
        &["Microsoft.Sql/servers", "`administratorLogin`", "Stable: ", "Preview: "],
    );
    shows(
        &page_of("Microsoft.Authorization/policyDefinitions@2023-04-01"),
        &["data.azapi_client_config.current.subscription_id"],
    );
    let vault = schema.resource_type("Microsoft.KeyVault/deletedVaults");
    assert!(vault.is_none(), "a type that is only read is found below");
    let read = schema.resource_types().find(|ty| !ty.newest().is_creatable()).expect("one");
    shows(&markdown(schema, read.newest()), &["data \"azapi_resource\"", ", not created."]);
    let functions =
        schema.function_types().find(|one| schema.resource_type(one.type_name()).is_none()).expect("one");
    shows(&of_functions(schema, functions), &["azapi_resource_action", "## Functions"]);
    let indexes = find(schema, "microsoft.search/searchservices/indexes", None).expect("a page");
    shows(&indexes.markdown, &["azapi_data_plane_resource", "- `name` (required)", "`2026-04-01`"]);
    // A resource type is called the same; the version is that of the service.
    let secrets = find(schema, "Microsoft.KeyVault/vaults/secrets", Some("7.4")).expect("a page");
    shows(&secrets.markdown, &["azapi_data_plane_resource", "secrets@2026-04-01\""]);
    assert!(find(schema, "Microsoft.KeyVault/vaults/secrets", Some("7.99")).is_none());
}

/// The lines of a page that list this.
fn lines<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let item = format!("- `{name}` ");
    page.lines().map(str::trim).filter(|line| line.starts_with(&item)).collect()
}

#[test]
fn what_is_said_of_a_property_is_said_once_its_description_first() {
    let page = page_of("Microsoft.Web/sites@2025-03-01");
    let ciphers = lines(&page, "minTlsCipherSuite");
    assert_eq!(ciphers[0].matches("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256").count(), 1, "{ciphers:?}");
    assert!(ciphers[0].contains(". The minimum strength TLS cipher suite allowed"), "{ciphers:?}");
    assert_eq!(
        lines(&page, "correlationId")[0],
        "- `correlationId` `string`. Correlation ID of cloning operation. This ID ties multiple cloning operations \
          together to use the same snapshot. Length: exactly 36; Pattern: \
          `^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$`"
    );
    // What has an argument of its own is told there, in variants of the body too.
    let config = page_of("Microsoft.Web/sites/config@2023-12-01");
    assert!(!config.contains("- `apiVersion`") && !config.contains("deploy-time-constant"), "{config}");
    assert_eq!(lines(&page, "location")[0], "- `location` (required): Resource Location");
    let (_, body) = page.split_once("## Body").expect("a body");
    assert!(!body.contains("\n- `location`") && !body.contains("\n- `tags`"), "{body}");
    let secret = page_of("Microsoft.Sql/servers@2023-08-01");
    assert!(
        secret
            .contains("- `administratorLoginPassword` `string` (write-only · sensitive). The administrator"),
        "{secret}"
    );
}

#[test]
fn what_lies_deep_is_listed_behind_all_others_under_its_path() {
    let page = page_of("Microsoft.Network/virtualNetworks/subnets@2025-01-01");
    let deepest = page.lines().map(|line| line.len() - line.trim_start().len()).max();
    assert_eq!(deepest, Some(2 * 6), "{page}");
    let places = page.split("(below as `").skip(1).filter_map(|rest| rest.split_once('`'));
    let places: Vec<&str> = places.map(|(place, _)| place).collect();
    assert!(!places.is_empty());
    for place in places {
        assert!(page.contains(&format!("\n- `{place}`\n  - ")), "{place}");
    }
}

#[test]
fn a_variant_without_members_says_so_and_a_place_names_its_variant() {
    let page = page_of("Microsoft.MachineLearningServices/workspaces/computes@2025-06-01");
    assert!(page.contains("- with `computeType` `\"DataFactory\"`: nothing more\n"), "{page}");
    let account = lines(&page, "administratorAccount");
    assert!(
        account
            .iter()
            .any(|line| line
                .ends_with("(as `properties[computeType=HDInsight].properties.administratorAccount`)")),
        "{account:?}"
    );
}

#[test]
fn api_versions_are_named_once_and_those_with_the_same_body_in_a_sentence() {
    let page = page_of("Microsoft.ContainerRegistry/registries/tokens@2025-11-01");
    assert!(page.contains("\n\nAll of them have this body but `2019-05-01-preview`.\n"), "{page}");
    let page = page_of("Microsoft.Authorization/policyAssignments@2026-07-01");
    assert!(page.contains("\n\nThe same body: `2026-06-01`\n"), "{page}");
}

#[test]
fn functions_list_what_they_take_and_give() {
    let page = page_of("Microsoft.ContainerRegistry/registries@2025-04-01");
    let (_, functions) = page.split_once("## Functions").expect("functions");
    assert!(
        functions.contains("- `listCredentials` `() → object`\n  - `output`\n    - `passwords`"),
        "{functions}"
    );
    assert!(functions.contains("  - `input`\n    - `"), "{functions}");
    // What has an id alone is no matter of looking it up.
    let subnet = page_of("Microsoft.Network/applicationGateways@2025-01-01");
    let subnet = subnet.lines().filter(|line| line.trim_start().starts_with("- `firewallPolicy` `object`"));
    assert!(subnet.clone().count() > 0 && subnet.clone().all(|line| !line.contains("(as ")), "{subnet:?}");
    // Whole resources are not written out.
    let page = page_of("Microsoft.Network/applicationGateways@2025-01-01");
    let (_, functions) = page.split_once("## Functions").expect("functions");
    let (functions, _) = functions.split_once("## Api-versions").expect("versions");
    assert!(functions.lines().all(|line| !line.starts_with("        - ")), "{functions}");
}

#[test]
fn texts_of_examples_are_plausible() {
    let shows = |reference: &str, piece: &str| {
        let page = page_of(reference);
        assert!(page.contains(piece), "{piece}:\n{page}");
    };
    let guid = "00000000-0000-0000-0000-000000000000";
    shows("Microsoft.Authorization/roleAssignments@2022-04-01", &format!("principalId      = \"{guid}\""));
    shows(
        "Microsoft.Authorization/roleAssignments@2022-04-01",
        &format!(
            "roleDefinitionId = \"/subscriptions/{guid}/providers/\
             Microsoft.Authorization/roleDefinitions/{guid}\""
        ),
    );
    shows("Microsoft.AppConfiguration/configurationStores@2024-06-01", "name = \"Standard\"");
    shows("Microsoft.ApiManagement/service@2024-05-01", "publisherEmail = \"someone@example.com\"");
    // Nothing requires it, but what has tags and lies in a resource group lies somewhere.
    shows("Microsoft.Logic/workflows@2019-05-01", "location  = azapi_resource.resource_group.location");
    let locations = Schema::bundled().functions("Microsoft.Web/locations").expect("functions");
    let id = format!("\"/subscriptions/{guid}/providers/Microsoft.Web/locations/westeurope\"");
    assert!(of_functions(Schema::bundled(), locations).contains(&id));
}

#[test]
fn an_example_leaves_no_text_empty() {
    let schema = Schema::bundled();
    let empty = schema.resource_types().filter_map(|ty| {
        let example = Example::new(schema, ty.preferred()).text;
        example.contains("= \"\"").then(|| format!("{}\n{example}", ty.name()))
    });
    let empty: Vec<String> = empty.collect();
    assert!(empty.is_empty(), "{}:\n{}", empty.len(), empty.join("\n"));
}

#[test]
fn a_document_has_an_anchor_for_each_property_and_no_markup_of_the_data() {
    let page = document("A & <B>", "# T\n\n- `properties` `object`\n  - `a<b` x <i>y</i>\n- plain\n");
    assert!(page.contains("<title>A &amp; &lt;B&gt;</title>"), "{page}");
    assert!(page.contains("<li id=\"properties\">"), "{page}");
    assert!(page.contains("<li id=\"properties.a&lt;b\">"), "{page}");
}

#[test]
fn the_page_of_a_block_is_that_of_its_type_however_it_is_written() {
    let fixture = |ty: &str| {
        Fixture::shipped(&format!(
            "locals {{\n  t = \"Microsoft.KeyVault/vaults\"\n}}\nresource \"azapi_resource\" \"x\" {{\n  type = {ty}$0\n}}\n"
        ))
    };
    let title = |ty: &str| {
        let fixture = fixture(ty);
        fixture.analysis().page(fixture.at()).map(|page| page.title)
    };
    assert_eq!(
        title("\"Microsoft.KeyVault/vaults@2023-07-01\"").as_deref(),
        Some("Microsoft.KeyVault/vaults@2023-07-01")
    );
    assert_eq!(title("\"${local.t}@2023-07-01\"").as_deref(), Some("Microsoft.KeyVault/vaults@2023-07-01"));
    let newest = title("\"${local.t}@2099-01-01\"");
    assert!(
        newest.as_deref().is_some_and(|title| title.starts_with("Microsoft.KeyVault/vaults@")),
        "{newest:?}"
    );
    assert_eq!(title("var.unknown"), None);
}

#[test]
fn names_that_a_type_lists_are_told_and_the_id_to_import_is_that_of_the_example() {
    let config = page_of("Microsoft.Web/sites/config@2024-04-01");
    assert!(config.contains("- `name` (required), one of: `appsettings`, `authsettings`,"), "{config}");
    let tags = page_of("Microsoft.Resources/tags@2025-04-01");
    assert!(tags.contains("- `name` (required): `default`\n"), "{tags}");
    let group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
    assert!(tags.contains(&format!("'{group}/providers/Microsoft.Resources/tags/default'")), "{tags}");
    // A resource group is put into the subscription.
    let own = page_of("Microsoft.Resources/resourceGroups@2025-04-01");
    assert!(own.contains("'/subscriptions/{subscriptionId}/resourceGroups/{resourceName}'"), "{own}");
}

#[test]
fn resources_that_azure_names_by_guids_are_named_so_in_examples_also_above_others() {
    let guid = "name      = \"00000000-0000-0000-0000-000000000000\"";
    for reference in [
        "Microsoft.Authorization/roleAssignments@2022-04-01",
        "Microsoft.Insights/workbooks/revisions@2022-04-01",
    ] {
        let page = page_of(reference);
        assert!(page.contains(guid), "{page}");
    }
    assert!(
        page_of("Microsoft.Authorization/roleDefinitions@2022-04-01")
            .contains("- `name` (required): a GUID\n")
    );
}

#[test]
fn a_variant_lists_what_its_discriminator_does_not_say() {
    let page = page_in(toy::schema(), "Test.Rp/shapes@2024-01-01");
    let body = page.split("## ").find(|part| part.starts_with("Body")).expect("a body");
    expect_test::expect![[r#"
        Body

        - with `kind` `"Circle"`:
          - `properties` `object`. Of a circle
            - `radius` `integer` (required). Half its width
        - with `kind` `"Square"`:
          - `side` `integer` (required). Its width

    "#]]
    .assert_eq(body);
}

#[test]
fn another_version_with_the_same_body_is_marked() {
    let page = page_in(toy::schema(), "Test.Rp/widgets@2024-01-01");
    let versions = page.split("## ").find(|part| part.starts_with("Api-versions")).expect("versions");
    expect_test::expect![[r#"
        Api-versions

        Stable: `2024-01-01`, `2023-01-01`

        Preview: `2024-01-01-preview`, `2022-05-01-preview`

        The same body: `2024-01-01-preview`

    "#]]
    .assert_eq(versions);
}

#[test]
fn a_map_of_objects_lists_what_each_of_them_has() {
    let page = page_of("Microsoft.Logic/workflows@2019-05-01");
    let map = page.lines().skip_while(|line| !line.trim_start().starts_with("- `parameters`"));
    let names: Vec<&str> =
        map.take(3).filter_map(|line| line.split_once("- `")?.1.split('`').next()).collect();
    assert_eq!(names, ["parameters", "description", "metadata"]);
}
