//! Faults in `required_providers`, and in the arguments and blocks that Terraform itself reads in azapi's.

use expect_test::expect;

use super::argument_tests::{block, check, check_fix, check_none, companion, gear};

fn required(entries: &str) -> String {
    format!("terraform {{\n  required_version = \"x\"\n  required_providers {{\n    {entries}\n  }}\n}}\n")
}

#[test]
fn an_entry_holds_a_source_a_version_and_aliases() {
    check(
        &required("azapi = { sorce = \"Azure/azapi\", features = {} }"),
        expect![[r#"
        |     azapi = { sorce = "Azure/azapi", features = {} }
        |               ^^^^^ Error unknown-argument
        `sorce` is no argument of `required_providers`; nearest: `source`
        |     azapi = { sorce = "Azure/azapi", features = {} }
        |                                      ^^^^^^^^ Error unknown-argument
        `features` is no argument of `required_providers`
    "#]],
    );
    check(
        &required(
            "azapi = {\n      source  = \"Azure.azapi\"\n      version = \"=> 2.0\"\n    }\n    b = {\n      source  = []\n      version = 2.0\n    }\n    c = [\"c\"]",
        ),
        expect![[r#"
            |       source  = "Azure.azapi"
            |                 ^^^^^^^^^^^^^ Error invalid-argument
            `source` must be the address of a provider such as `Azure/azapi`, not `Azure.azapi`
            |       version = "=> 2.0"
            |                 ^^^^^^^^ Error invalid-argument
            `version` must be a version constraint such as `~> 2.0`, not `=> 2.0`
            |       source  = []
            |                 ^^ Error invalid-argument
            `source` must be a string, not a list
            |       version = 2.0
            |                 ^^^ Error invalid-argument
            `version` must be a string, not the number `2`
            |     c = ["c"]
            |         ^^^^^ Error invalid-argument
            `c` must be an object, not a list
        "#]],
    );
    check(
        &required(
            "azapi = { source = \"Azure/azapi\", configuration_aliases = [other.a, \"azapi.b\", azapi.c] }\n    b = { configuration_aliases = \"b.c\" }",
        ),
        expect![[r#"
            |     azapi = { source = "Azure/azapi", configuration_aliases = [other.a, "azapi.b", azapi.c] }
            |                                                                ^^^^^^^ Error invalid-argument
            `configuration_aliases` must hold names such as `azapi.other`; `other.a` is none
            |     azapi = { source = "Azure/azapi", configuration_aliases = [other.a, "azapi.b", azapi.c] }
            |                                                                         ^^^^^^^^^ Error invalid-argument
            `configuration_aliases` must hold names such as `azapi.other`; `"azapi.b"` is none
            |     b = { configuration_aliases = "b.c" }
            |                                   ^^^^^ Error invalid-argument
            `configuration_aliases` must be a list of values, not the string `"b.c"`
        "#]],
    );
    check(
        &required("azapi {\n      source = \"Azure/azapi\"\n    }\n    b = \"1\"\n    b = \"2\""),
        expect![[r#"
            |     azapi {
            |     ^^^^^ Error unknown-argument
            `azapi` is an argument: write `azapi = { … }`
            |     b = "2"
            |     ^ Error duplicate-key
            `b` stands twice: the argument may be given once
            -- main.tf
            |     b = "1"
            |     ^ written before here
        "#]],
    );
    for right in [
        "azapi = {\n      source  = \"Azure/azapi\"\n      version = \"~> 2.0, < 3.0\"\n    }",
        "azapi = \"~> 2.0\"",
        "azapi = { \"source\" = \"registry.example/Azure/azapi\", configuration_aliases = [azapi.a, azapi] }",
        // What is no literal is not looked into.
        "azapi = { source = var.s, version = \"${var.v}\", (var.k) = 1 }\n    b = local.b",
        "",
    ] {
        check_none(&required(right));
    }
}

#[test]
fn the_nearest_member_takes_the_place_of_one_that_is_none() {
    check_fix(
        &required("azapi = { sorce = \"Azure/azapi\" }"),
        expect![[r#"
        * Change to `source` (Confirm)
        #- main.tf
        terraform {
          required_version = "x"
          required_providers {
            azapi = { source = "Azure/azapi" }
          }
        }
        Remove `sorce` (Confirm)
        #- main.tf
        terraform {
          required_version = "x"
          required_providers {
            azapi = {  }
          }
        }
    "#]],
    );
    check_fix(
        &required("azapi {\n      source = \"Azure/azapi\"\n    }"),
        expect![[r#"
        * Write `azapi = { … }` (Confirm)
        #- main.tf
        terraform {
          required_version = "x"
          required_providers {
            azapi = {
              source = "Azure/azapi"
            }
          }
        }
    "#]],
    );
}

#[test]
fn a_module_requires_providers_in_one_place() {
    let both = format!("#- a.tf\n{}#- b.tf\n$0{}", required("a = {}"), required("azapi = {}"));
    check(
        &both,
        expect![[r#"
        |   required_providers {
        |   ^^^^^^^^^^^^^^^^^^ Error duplicate-key
        `required_providers` stands twice: the nested block may be given once
        -- a.tf
        |   required_providers {
        |   ^^^^^^^^^^^^^^^^^^ written before here
    "#]],
    );
    check_none(&both.replace("b.tf", "override.tf"));
    check_none(&both.replace("$0", "").replace("#- a.tf\n", "#- a.tf\n$0"));
}

#[test]
fn a_block_is_repeated_by_one_argument() {
    check(
        &gear("count = 1\n  for_each = {}"),
        expect![[r#"
        |   for_each = {}
        |   ^^^^^^^^ Error conflicting-arguments
        `for_each` cannot stand beside `count`
        -- main.tf
        |   count = 1
        |   ^^^^^ `count` is given here
    "#]],
    );
    check(
        &block("data", "azapi_client_config", "for_each = {}\n  count = 1"),
        expect![[r#"
        |   count = 1
        |   ^^^^^ Error conflicting-arguments
        `count` cannot stand beside `for_each`
        -- main.tf
        |   for_each = {}
        |   ^^^^^^^^ `for_each` is given here
    "#]],
    );
    check_none(&gear("count = 1"));
    check_none(&gear("for_each = {}"));
}

#[test]
fn a_lifecycle_holds_what_terraform_knows() {
    check(
        &gear(
            "lifecycle {\n    ignore_change = []\n    preconditions {\n    }\n  }\n  lifecycle {\n  }\n  lifecycles {\n  }",
        ),
        expect![[r#"
            |     ignore_change = []
            |     ^^^^^^^^^^^^^ Error unknown-argument
            `ignore_change` is no argument of `lifecycle`; nearest: `ignore_changes`
            |     preconditions {
            |     ^^^^^^^^^^^^^ Error unknown-argument
            `preconditions` is no nested block of `lifecycle`; nearest: `precondition`
            |   lifecycle {
            |   ^^^^^^^^^ Error duplicate-key
            `lifecycle` stands twice: the nested block may be given once
            -- main.tf
            |   lifecycle {
            |   ^^^^^^^^^ written before here
            |   lifecycles {
            |   ^^^^^^^^^^ Error unknown-argument
            `lifecycles` is no nested block of `azapi_resource`; nearest: `lifecycle`
        "#]],
    );
    check(
        &block(
            "data",
            "azapi_client_config",
            "lifecycle {\n    prevent_destroy = true\n    precondition {\n    }\n  }",
        ),
        expect![[r#"
            |     prevent_destroy = true
            |     ^^^^^^^^^^^^^^^ Error unknown-argument
            `prevent_destroy` is no argument of `lifecycle`
        "#]],
    );
    check_none(&gear(
        "lifecycle {\n    create_before_destroy = true\n    prevent_destroy = true\n    ignore_changes = all\n    replace_triggered_by = []\n    enabled = true\n    precondition {\n    }\n    postcondition {\n    }\n    action_trigger {\n    }\n  }",
    ));
    check_none(&gear("lifecycle {\n    ignore_changes = [body.properties[0]]\n  }"));
}

#[test]
fn beside_another_server_terraforms_own_words_are_left_to_it() {
    let faulty = gear("count = 1\n  for_each = {}\n  lifecycle {\n    nope = 1\n  }\n  lifecycle {\n  }");
    companion(
        &format!("{}{faulty}", required("azapi = { nope = 1, source = 1 }\n  }\n  required_providers {")),
        expect![[""]],
    );
}
