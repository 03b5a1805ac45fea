//! Modules as they are called, files of variables, and files that functions read.

use expect_test::{Expect, expect};

use crate::ide::fixture::Fixture;

const TOKEN: &str = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01";
const REGISTRY: &str = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r";

/// Every diagnostic of every file, drawn.
fn all(fixture: &Fixture) -> String {
    fixture.of_all_files(|analysis, file| analysis.diagnostics(file)).concat()
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    let text = text.replace("TOKEN", TOKEN).replace("REGISTRY", REGISTRY);
    expected.assert_eq(&all(&Fixture::shipped(&text)));
}

/// A child whose body is what its calls give.
const CHILD: &str = r#"#- child/main.tf
variable "properties" {}
variable "parent_id" {}
resource "azapi_resource" "this" {
  type      = "TOKEN"
  name      = "token1"
  parent_id = var.parent_id
  body      = { properties = var.properties }
}
output "id" { value = azapi_resource.this.id }
output "parent_id" { value = var.parent_id }
"#;

#[test]
fn an_input_that_a_call_gives_is_judged_where_it_is_written() {
    check(
        &format!(
            "#- main.tf\nmodule \"m\" {{\n  source     = \"./child\"\n  parent_id  = \"REGISTRY\"\n  properties = {{ statuss = \"enabled\" }}\n}}\n{CHILD}"
        ),
        expect![[r#"
            main.tf
            |   properties = { statuss = "enabled" }
            |                  ^^^^^^^ Error unknown-property
            `statuss` is no property of `properties`; nearest: `status` (in `module.m`)
            -- child/main.tf
            | resource "azapi_resource" "this" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ part of the body of `azapi_resource.this`
            -- main.tf
            | module "m" {
            | ^^^^^^^^^^ `module.m` is called here
        "#]],
    );
}

#[test]
fn what_a_call_is_refused_for_in_the_child_is_reported_there_with_the_call() {
    check(
        &format!(
            "#- main.tf\nmodule \"m\" {{\n  source     = \"./child\"\n  parent_id  = \"/subscriptions/s/resourceGroups/g\"\n  properties = {{}}\n}}\n{CHILD}"
        ),
        expect![[r#"
            child/main.tf
            |   parent_id = var.parent_id
            |               ^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a registry (`Microsoft.ContainerRegistry/registries`), not a resource group (in `module.m`)
            -- child/main.tf
            |   type      = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Microsoft.ContainerRegistry/registries/tokens` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{resourceName}`
            -- main.tf
            | module "m" {
            | ^^^^^^^^^^ `module.m` is called here
        "#]],
    );
}

#[test]
fn calls_that_are_right_do_not_hide_one_that_is_refused_in_each_run() {
    let call = |name: &str, meta: &str, parent: &str| {
        format!(
            "module \"{name}\" {{\n  source     = \"./child\"\n  {meta}\n  parent_id  = {parent}\n  properties = {{}}\n}}\n"
        )
    };
    let group = "\"/subscriptions/s/resourceGroups/g\"";
    let right = call("right", "", "\"REGISTRY\"");
    check(
        &format!("#- main.tf\n{right}{}{CHILD}", call("wrong", "", group)),
        expect![[r#"
            child/main.tf
            |   parent_id = var.parent_id
            |               ^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a registry (`Microsoft.ContainerRegistry/registries`), not a resource group (in `module.wrong`)
            -- child/main.tf
            |   type      = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Microsoft.ContainerRegistry/registries/tokens` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{resourceName}`
            -- main.tf
            | module "wrong" {
            | ^^^^^^^^^^^^^^ `module.wrong` is called here
        "#]],
    );
    check(
        &format!(
            "#- main.tf\nvariable \"v\" {{}}\n{right}{}{CHILD}",
            call("maybe", "count = var.v ? 1 : 0", group)
        ),
        expect![[r#"
            child/main.tf
            |   parent_id = var.parent_id
            |               ^^^^^^^^^^^^^ Warning invalid-parent-id
            `parent_id` must be a registry (`Microsoft.ContainerRegistry/registries`), not a resource group (in `module.maybe[0]`, when it is called)
            -- child/main.tf
            |   type      = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Microsoft.ContainerRegistry/registries/tokens` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{resourceName}`
            -- main.tf
            | module "maybe" {
            | ^^^^^^^^^^^^^^ `module.maybe[0]` is called here
        "#]],
    );
    // One of its calls is surely made.
    check(
        &format!(
            "#- main.tf\nvariable \"v\" {{}}\n{}{}{CHILD}",
            call("wrong", "", group),
            call("maybe", "count = var.v ? 1 : 0", group)
        ),
        expect![[r#"
            child/main.tf
            |   parent_id = var.parent_id
            |               ^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a registry (`Microsoft.ContainerRegistry/registries`), not a resource group (in 2 calls of the module)
            -- child/main.tf
            |   type      = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Microsoft.ContainerRegistry/registries/tokens` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{resourceName}`
            -- main.tf
            | module "wrong" {
            | ^^^^^^^^^^^^^^ `module.wrong` is called here
            -- main.tf
            | module "maybe" {
            | ^^^^^^^^^^^^^^ `module.maybe[0]` is called here
        "#]],
    );
    check(&format!("#- main.tf\n{right}{}{CHILD}", call("never", "count = 0", group)), expect![""]);
    check(
        &format!(
            "#- main.tf\n{}{CHILD}",
            call(
                "each",
                &format!("for_each = {{ a = {group}, b = \"REGISTRY\", c = {group} }}"),
                "each.value"
            )
        ),
        expect![[r#"
            child/main.tf
            |   parent_id = var.parent_id
            |               ^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a registry (`Microsoft.ContainerRegistry/registries`), not a resource group (in 2 calls of the module)
            -- child/main.tf
            |   type      = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Microsoft.ContainerRegistry/registries/tokens` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{resourceName}`
            -- main.tf
            | module "each" {
            | ^^^^^^^^^^^^^ `module.each["a"]` is called here
        "#]],
    );
}

#[test]
fn what_a_module_gives_back_is_known_to_its_caller() {
    let of = |parent: &str| {
        format!(
            "#- main.tf\nmodule \"m\" {{\n  source     = \"./child\"\n  parent_id  = \"REGISTRY\"\n  properties = {{}}\n}}\nresource \"azapi_resource\" \"x\" {{\n  type      = \"TOKEN\"\n  name      = \"token2\"\n  parent_id = {parent}\n}}\n{CHILD}"
        )
    };
    check(&of("module.m.parent_id"), expect![[""]]);
    check(
        &of("module.m.id"),
        expect![[r#"
        main.tf
        |   parent_id = module.m.id
        |               ^^^^^^^^^^^ Error invalid-parent-id
        `parent_id` must be a registry (`Microsoft.ContainerRegistry/registries`), not a token (`Microsoft.ContainerRegistry/registries/tokens`)
        -- child/main.tf
        | resource "azapi_resource" "this" {
        |                            ^^^^ `azapi_resource.this` is declared here, a token (`Microsoft.ContainerRegistry/registries/tokens`)
        -- main.tf
        |   type      = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01"
        |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Microsoft.ContainerRegistry/registries/tokens` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{resourceName}`
    "#]],
    );
}

#[test]
fn a_default_and_a_file_of_variables_are_no_verdict() {
    check(
        "#- main.tf\nvariable \"p\" { default = \"/subscriptions/s\" }\nresource \"azapi_resource\" \"x\" {\n  type      = \"TOKEN\"\n  name      = \"token1\"\n  parent_id = var.p\n}\n#- terraform.tfvars\np = \"/subscriptions/s/resourceGroups/g\"\n",
        expect![[""]],
    );
}

#[test]
fn a_file_that_a_body_is_read_from_is_part_of_the_configuration() {
    let of = |body: &str| {
        format!(
            "#- main.tf\nresource \"azapi_resource\" \"x\" {{\n  type      = \"TOKEN\"\n  name      = \"token1\"\n  parent_id = \"REGISTRY\"\n  body = {body}\n}}\n#- bodies/x.json\n{{\"properties\": {{\"statuss\": \"enabled\"}}}}\n#- bodies/x.yaml\nproperties:\n  statuss: enabled\n#- bodies/x.tftpl\nproperties:\n  ${{key}}: enabled\n"
        )
    };
    for body in [
        "jsondecode(file(\"${path.module}/bodies/x.json\"))",
        "jsondecode(file(\"bodies/x.json\"))",
        "jsondecode(file(join(\"/\", [path.root, \"bodies\", \"x.json\"])))",
        "yamldecode(file(\"${path.module}/bodies/x.yaml\"))",
        "yamldecode(templatefile(\"${path.module}/bodies/x.tftpl\", { key = \"statuss\" }))",
        "{ for f in fileset(path.module, \"bodies/*.json\") : \"properties\" => jsondecode(file(\"${path.module}/${f}\")).properties }",
    ] {
        let fixture = Fixture::shipped(&of(body).replace("TOKEN", TOKEN).replace("REGISTRY", REGISTRY));
        let found = fixture.analysis().diagnostics(fixture.file);
        assert_eq!(found.len(), 1, "{body} {found:?}");
    }
    for body in [
        "yamldecode(templatefile(\"${path.module}/bodies/x.tftpl\", { key = \"status\" }))",
        "jsondecode(file(\"${path.module}/../module/bodies/x.json\"))",
        "jsondecode(file(\"${path.cwd}/bodies/x.json\"))",
        "fileexists(\"${path.module}/bodies/x.json\") ? {} : { nope = 1 }",
        "jsondecode(file(\"bodies/gone.json\"))",
    ] {
        let fixture = Fixture::shipped(&of(body).replace("TOKEN", TOKEN).replace("REGISTRY", REGISTRY));
        let found = fixture.analysis().diagnostics(fixture.file);
        assert_eq!(found.len(), 0, "{body} {found:?}");
    }
}

#[test]
fn a_block_is_judged_again_when_its_caller_a_called_module_or_a_file_changes() {
    let child = CHILD.replace("#- child/main.tf\n", "").replace("TOKEN", TOKEN);
    let root = |parent: &str, properties: &str| {
        format!(
            "module \"m\" {{\n  source     = \"./child\"\n  parent_id  = \"{parent}\"\n  properties = {properties}\n}}\n"
        )
    };
    let fine = root(REGISTRY, "{ status = \"enabled\" }");
    let mut fixture = Fixture::shipped(&format!("#- main.tf\n{fine}#- child/main.tf\n{child}"));
    let mut at = 1;
    let mut step = |path: &str, text: &str, expected: usize| {
        at += 1;
        fixture.workspace.open_file(&std::path::Path::new("/module").join(path), text, at);
        for again in [false, true] {
            let analysis = fixture.analysis();
            let files: Vec<_> = analysis.configuration_files().map(|(_, file)| file).collect();
            let found: Vec<_> = files.iter().flat_map(|file| analysis.diagnostics(*file)).collect();
            assert_eq!(found.len(), expected, "step {at}, again {again}: {found:?}");
        }
    };
    step("main.tf", &fine, 0);
    step("main.tf", &root("/subscriptions/s", "{}"), 1);
    step("main.tf", &fine, 0);
    step("main.tf", &root(REGISTRY, "{ statuss = 1 }"), 1);
    step("main.tf", &fine, 0);
    step(
        "child/main.tf",
        &child.replace("token1", "t").replace("body      = ", "body      = true ? { propertiess = {} } : "),
        2,
    );
    step("child/main.tf", &child, 0);
    step("main.tf", &fine.replace("./child", "./other"), 0);
    step("other/main.tf", &child.replace("var.properties", "{ status = 1 }"), 1);
    step("main.tf", &root("/subscriptions/s", "{}").replace("./child", "./other"), 2);
}

#[test]
fn a_block_that_takes_all_of_a_called_module_is_judged_again_when_that_gives_more() {
    let root = "module \"m\" {\n  source = \"./child\"\n}\nresource \"azapi_resource\" \"x\" {\n  type = \"TOKEN\"\n  name = \"token1\"\n  parent_id = \"REGISTRY\"\n  body = { properties = module.m }\n}\n";
    let output = |name: &str, value: &str| format!("output \"{name}\" {{\n  value = {value}\n}}\n");
    let mut fixture = Fixture::shipped(
        &format!("#- main.tf\n{root}").replace("TOKEN", TOKEN).replace("REGISTRY", REGISTRY),
    );
    let fine = output("status", "\"enabled\"");
    let steps = [
        (fine.clone(), 0),
        (fine.clone() + &output("statuss", "1"), 1),
        (fine, 0),
        (output("statuss", "1"), 1),
    ];
    for (version, (child, expected)) in steps.iter().enumerate() {
        let path = std::path::Path::new("/module/child/main.tf");
        let file = fixture.workspace.open_file(path, child, version as i32);
        let analysis = fixture.analysis();
        let found = [fixture.file, file].map(|file| analysis.diagnostics(file)).concat();
        assert_eq!(found.len(), *expected, "{child}: {found:?}");
    }
}

#[test]
fn a_block_is_judged_again_when_a_file_that_it_reads_changes() {
    let mut fixture = Fixture::new(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  name = \"n\"\n  parent_id = var.p\n  \
         body = jsondecode(file(\"x.json\"))\n}\n",
    );
    for (text, expected) in [("{}", 1), (r#"{"properties": {"statuss": 1}}"#, 2), ("{}", 1)] {
        fixture.set_files_beside([("x.json".to_owned(), Some(text.into()))].into());
        for again in [false, true] {
            let found = fixture.analysis().diagnostics(fixture.file);
            assert_eq!(found.len(), expected, "{text}, again {again}: {found:?}");
        }
    }
}

#[test]
fn a_twin_for_opentofu_takes_the_place_of_its_file_and_each_is_judged_for_its_own_tool() {
    let local = |parent: &str| format!("locals {{\n  parent = \"{parent}\"\n}}\n");
    let block =
        "resource \"azapi_resource\" \"NAME\" {\n  type      = \"TOKEN\"\n  parent_id = local.parent\n}\n";
    let files = |tf: &str, tofu: &str| {
        let main = block.replace("NAME", "x");
        let twins = block.replace("NAME", "y");
        check_count(&format!(
            "#- main.tf\n{main}#- a.tf\n{}{twins}#- a.tofu\n{}{twins}",
            local(tf),
            local(tofu)
        ))
    };
    assert_eq!(files(REGISTRY, REGISTRY), [0, 0, 0]);
    assert_eq!(files("/subscriptions/s", REGISTRY), [0, 1, 0]);
    assert_eq!(files(REGISTRY, "/subscriptions/s"), [1, 0, 1]);
}

/// How many diagnostics each file has, asked for one by one and together.
fn check_count(text: &str) -> Vec<usize> {
    let fixture = Fixture::shipped(&text.replace("TOKEN", TOKEN));
    let analysis = fixture.analysis();
    let mut files: Vec<_> = analysis.configuration_files().map(|(_, file)| file).collect();
    files.sort();
    let counts: Vec<usize> = files.iter().map(|file| analysis.diagnostics(*file).len()).collect();
    let together = |file| analysis.module_diagnostics(file).remove(&file).map_or(0, |found| found.list.len());
    let of_all: Vec<usize> = files.iter().map(|file| together(*file)).collect();
    assert_eq!(counts, of_all);
    counts
}

#[test]
fn a_list_block_of_a_query_file_has_the_names_of_the_module() {
    let of = |ty: &str| {
        check_count(&format!(
            "#- main.tf\nlocals {{\n  t = \"{ty}\"\n}}\n#- all.tfquery.hcl\nlist \"azapi_resource\" \"x\" {{\n  provider = azapi\n  config {{\n    type      = local.t\n    parent_id = var.p\n  }}\n}}\n"
        ))
    };
    assert_eq!(of(TOKEN), [0, 0]);
    assert_eq!(of("nonsense"), [0, 1]);
}

#[test]
fn what_a_caller_takes_from_a_module_is_reported_there() {
    check(
        "#- main.tf\nmodule \"m\" { source = \"./child\" }\nresource \"azapi_resource\" \"x\" {\n  type      = \"TOKEN\"\n  name      = \"token2\"\n  parent_id = \"REGISTRY\"\n  body      = { properties = module.m.properties }\n}\n#- child/outputs.tf\noutput \"properties\" {\n  value = { statuss = \"enabled\" }\n}\n",
        expect![[r#"
            child/outputs.tf
            |   value = { statuss = "enabled" }
            |             ^^^^^^^ Error unknown-property
            `statuss` is no property of `properties`; nearest: `status`
            -- main.tf
            | resource "azapi_resource" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ part of the body of `azapi_resource.x`
        "#]],
    );
}

#[test]
fn a_string_body_is_judged_by_the_versions_that_all_modules_of_a_run_ask_for() {
    let child = "#- child/main.tf\nresource \"azapi_resource\" \"x\" {\n  type      = \"TOKEN\"\n  parent_id = var.p\n  body      = jsonencode({})\n}\n";
    let root = |version: &str| {
        format!(
            "#- main.tf\nmodule \"m\" {{ source = \"./child\" }}\nterraform {{\n  required_providers {{\n    azapi = {{ version = \"{version}\" }}\n  }}\n}}\n{child}"
        )
    };
    assert_eq!(check_count(&root("~> 1.13")), [0, 0]);
    assert_eq!(check_count(&root("~> 2.0")), [0, 1]);
}
