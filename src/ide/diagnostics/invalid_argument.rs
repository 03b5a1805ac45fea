//! `invalid-argument`: a value that an argument of a block, or a parameter of a function, does not take.

use super::argument_fault::FaultyArgument;
use super::checker::Checker;
use super::codes::INVALID_ARGUMENT;
use super::{Fix, Related, argument_fix, body_fix};
use crate::azapi::arguments::{ArgumentFaultKind, Form, Found, Limit};
use crate::azapi::provider::ArgumentType;

pub(super) fn check(checker: &mut Checker<'_>, found: &FaultyArgument<'_>) {
    let (mut fixes, mut related): (Vec<Fix>, Option<Related>) = (Vec::new(), None);
    let message = match &found.fault.kind {
        ArgumentFaultKind::Computed { name } => {
            fixes.extend(argument_fix::remove(checker, &found.at, name, true));
            format!("`{name}` is set by the provider: remove it")
        }
        ArgumentFaultKind::Type { name, expected, found: value } => {
            fixes.extend(instead(checker, found, expected, value));
            let hint = match value {
                Found::Block(address) => format!(": write `{address}.id`?"),
                _ => String::new(),
            };
            format!("`{name}` must be {}, not {}{hint}", type_text(expected), found_text(value))
        }
        ArgumentFaultKind::Value { name, found: value, allowed, near } => {
            fixes.extend(body_fix::change_string(checker, &found.at, value, near));
            let names: Vec<String> = allowed.iter().map(|one| format!("`{one}`")).collect();
            let right = match names.as_slice() {
                [only] => only.clone(),
                _ => format!("one of {}", names.join(", ")),
            };
            format!("`{name}` must be {right}, not `{value}`")
        }
        ArgumentFaultKind::Limit { name, limit } => format!("`{name}` {}", limit_text(limit)),
        ArgumentFaultKind::Form { name, found: value, form } => form_text(name, value, form),
        ArgumentFaultKind::Repeated { name, found: value } => {
            format!("`{name}` has `{value}` twice")
        }
        ArgumentFaultKind::Count { function, expected, found: count } => {
            let plural = if *expected == 1 { "" } else { "s" };
            format!("`{function}` takes {expected} argument{plural}, not {count}")
        }
        ArgumentFaultKind::Names { ty, expected, found: count } => {
            let plural = if *expected == 1 { "" } else { "s" };
            format!("`{ty}` needs {expected} name{plural}, not {count}")
        }
        ArgumentFaultKind::OtherType { ty, found: of, declared } => {
            related = found.place(checker, *declared, "the block is declared here");
            match of {
                Some(of) => format!("the id must be of a `{ty}`, not of a `{of}`"),
                None => format!("the id must be of a `{ty}`"),
            }
        }
        _ => return,
    };
    found.report(checker, &INVALID_ARGUMENT, &message).related(related).fixes(fixes);
}

fn type_text(ty: &ArgumentType) -> String {
    match ty {
        ArgumentType::String => "a string".to_owned(),
        ArgumentType::Bool => "`true` or `false`".to_owned(),
        ArgumentType::Integer | ArgumentType::Number => "a number".to_owned(),
        ArgumentType::Dynamic => "any value".to_owned(),
        ArgumentType::Object => "an object".to_owned(),
        ArgumentType::List(items) => format!("a list of {}", plural(items)),
        ArgumentType::Map(values) => format!("a map of {}", plural(values)),
    }
}

fn plural(ty: &ArgumentType) -> String {
    match ty {
        ArgumentType::String => "strings".to_owned(),
        ArgumentType::Bool => "booleans".to_owned(),
        ArgumentType::Integer | ArgumentType::Number => "numbers".to_owned(),
        ArgumentType::Dynamic => "values".to_owned(),
        ArgumentType::Object => "objects".to_owned(),
        ArgumentType::List(items) => format!("lists of {}", plural(items)),
        ArgumentType::Map(values) => format!("maps of {}", plural(values)),
    }
}

fn found_text(found: &Found) -> String {
    match found {
        Found::Object => "an object".to_owned(),
        Found::List => "a list".to_owned(),
        Found::Text(text) => format!("the string `\"{text}\"`"),
        Found::Number(number) => format!("the number `{number}`"),
        Found::Bool(bool) => format!("`{bool}`"),
        Found::Block(address) => format!("all of `{address}`"),
        Found::Null => "null".to_owned(),
        Found::Of(what) => (*what).to_owned(),
    }
}

fn limit_text(limit: &Limit) -> String {
    match limit {
        Limit::AtLeast(least, found) => format!("must be at least {least}, not {found}"),
        Limit::AtMost(most, found) => format!("must be at most {most}, not {found}"),
        Limit::Empty => "must not be empty".to_owned(),
        Limit::Items { least: Some(least), found, .. } => {
            format!("must have at least {least} item{}, not {found}", if *least == 1 { "" } else { "s" })
        }
        Limit::Items { greatest, found, .. } => {
            let most = greatest.unwrap_or_default();
            format!("must have at most {most} item{}, not {found}", if most == 1 { "" } else { "s" })
        }
        Limit::Tags { greatest, found } => format!("must have at most {greatest} keys, not {found}"),
        Limit::TagKey { greatest, found } => {
            format!("must have keys of at most {greatest} bytes; this one has {found}")
        }
        Limit::TagValue { greatest, found } => {
            format!("must have values of at most {greatest} bytes; this one has {found}")
        }
    }
}

fn form_text(name: &str, found: &str, form: &Form) -> String {
    match form {
        Form::Duration => format!("`{name}` must be a duration such as `30m` or `1h30m`, not `{found}`"),
        Form::Uuid => format!("`{name}` must be a UUID, not `{found}`"),
        Form::Pattern => format!("`{name}` must hold regular expressions; `{found}` is none"),
        Form::ArmId(reason) => format!("`{name}` is no ARM id: {reason}"),
        Form::IdentityId => {
            format!("`{name}` must hold ids of user-assigned identities; `{found}` is none")
        }
        Form::ProviderSource => {
            format!("`{name}` must be the address of a provider such as `Azure/azapi`, not `{found}`")
        }
        Form::VersionConstraint => {
            format!("`{name}` must be a version constraint such as `~> 2.0`, not `{found}`")
        }
        Form::Alias(provider) => {
            format!("`{name}` must hold names such as `{provider}.other`; `{found}` is none")
        }
        Form::WholeNumber => format!("`{name}` must be a whole number, not `{found}`"),
    }
}

/// The value in the notation of its type, where it means the same.
fn instead(
    checker: &Checker<'_>,
    found: &FaultyArgument<'_>,
    expected: &ArgumentType,
    value: &Found,
) -> Vec<Fix> {
    let text = checker.text(&found.at);
    let to = match (expected, value) {
        (ArgumentType::Bool, Found::Text(word)) => match word.to_ascii_lowercase().as_str() {
            "yes" | "on" | "true" => "true".to_owned(),
            "no" | "off" | "false" => "false".to_owned(),
            _ => return Vec::new(),
        },
        (ArgumentType::List(items), Found::Text(_)) if **items == ArgumentType::String => {
            format!("[{text}]")
        }
        (ArgumentType::String, Found::Block(address)) if text == *address => format!("{text}.id"),
        _ => return Vec::new(),
    };
    body_fix::instead(found.at.clone(), to)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::argument_tests::{
        block, check, check_fix, check_none, gear, gear_of_any_type, widget,
    };

    #[test]
    fn a_value_must_convert_to_the_type_of_its_argument() {
        check(
            &gear(
                "ignore_casing = \"yes\"\n  locks = \"a\"\n  create_headers = [\"a\"]\n  create_query_parameters = { a = \"b\" }\n  retry = { error_message_regex = [\"a\"], interval_seconds = \"x\" }",
            ),
            expect![[r#"
                |   ignore_casing = "yes"
                |                   ^^^^^ Error invalid-argument
                `ignore_casing` must be `true` or `false`, not the string `"yes"`
                |   locks = "a"
                |           ^^^ Error invalid-argument
                `locks` must be a list of strings, not the string `"a"`
                |   create_headers = ["a"]
                |                    ^^^^^ Error invalid-argument
                `create_headers` must be a map of strings, not a list
                |   create_query_parameters = { a = "b" }
                |                                   ^^^ Error invalid-argument
                `create_query_parameters.*` must be a list of strings, not the string `"b"`
                |   retry = { error_message_regex = ["a"], interval_seconds = "x" }
                |                                                             ^^^ Error invalid-argument
                `interval_seconds` must be a number, not the string `"x"`
            "#]],
        );
        check_none(&gear(
            "ignore_casing = \"true\"\n  locks = [1, true, var.l]\n  create_headers = { a = 1 }\n  create_query_parameters = { a = [1] }\n  retry = { error_message_regex = [\"a\"], interval_seconds = \"5\" }",
        ));
    }

    #[test]
    fn what_is_known_of_a_variable_is_its_type() {
        let variable = |ty: &str| format!("{}variable \"v\" {{\n  type = {ty}\n}}\n", gear("locks = var.v"));
        check(
            &variable("string"),
            expect![[r#"
            |   locks = var.v
            |           ^^^^^ Error invalid-argument
            `locks` must be a list of strings, not a string
        "#]],
        );
        for right in ["list(string)", "set(string)", "any"] {
            check_none(&variable(right));
        }
    }

    #[test]
    fn a_block_is_no_id() {
        let text = gear("").replace("var.p", "azapi_resource.group").replace("\n  \n", "\n");
        let group = "resource \"azapi_resource\" \"group\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n  name = \"g\"\n}\n";
        check(
            &format!("{text}{group}"),
            expect![[r#"
                |   parent_id = azapi_resource.group
                |               ^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
                `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is an object
                -- main.tf
                |   type = "Test.Rp/widgets/gears@2024-01-01"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
            "#]],
        );
        check_fix(
            &format!("{text}{group}"),
            expect![[r#"
                * Change to `azapi_resource.group.id` (Confirm)
                #- main.tf
                resource "azapi_resource" "x" {
                  type = "Test.Rp/widgets/gears@2024-01-01"
                  name = "n"
                  parent_id = azapi_resource.group.id
                }
                resource "azapi_resource" "group" {
                  type = "Microsoft.Resources/resourceGroups@2024-01-01"
                  name = "g"
                }
            "#]],
        );
    }

    #[test]
    fn a_string_is_no_body_whatever_the_type() {
        let body = "body = jsonencode({})";
        let plane = "type = \"Microsoft.AppConfiguration/configurationStores/keyValues@1.0\"\n  name = \"n\"\n  parent_id = var.p";
        check(
            &block("resource", "azapi_data_plane_resource", &format!("{plane}\n  {body}")),
            expect![[r#"
            |   body = jsonencode({})
            |          ^^^^^^^^^^^^^^ Error invalid-argument
            `body` must be an object, not a string
        "#]],
        );
        let any = "type = var.t\n  name = \"n\"\n  parent_id = var.p";
        check(
            &block("resource", "azapi_resource", &format!("{any}\n  {body}")),
            expect![[r#"
            |   body = jsonencode({})
            |          ^^^^^^^^^^^^^^ Error invalid-argument
            `body` must be an object, not a string
        "#]],
        );
        check_none(&block("resource", "azapi_resource", &format!("{any}\n  body = var.b")));
    }

    #[test]
    fn what_one_outcome_breaks_is_a_warning_that_says_when() {
        check(
            &gear("ignore_casing = var.c ? \"yes\" : true"),
            expect![[r#"
            |   ignore_casing = var.c ? "yes" : true
            |                           ^^^^^ Warning invalid-argument
            `ignore_casing` must be `true` or `false`, not the string `"yes"` (when `var.c` is true)
        "#]],
        );
        check(
            &gear("ignore_casing = var.c ? \"yes\" : []"),
            expect![[r#"
            |   ignore_casing = var.c ? "yes" : []
            |                           ^^^^^ Error invalid-argument
            `ignore_casing` must be `true` or `false`, not the string `"yes"`
            |   ignore_casing = var.c ? "yes" : []
            |                                   ^^ Error invalid-argument
            `ignore_casing` must be `true` or `false`, not a list
        "#]],
        );
        check_none(&gear("ignore_casing = var.c ? null : true"));
    }

    #[test]
    fn texts_have_the_form_that_their_argument_asks_for() {
        check(
            &gear(
                "timeouts {\n    create = \"30\"\n    read = \"half an hour\"\n    delete = \"-1h30m\"\n  }",
            ),
            expect![[r#"
                |     create = "30"
                |              ^^^^ Error invalid-argument
                `create` must be a duration such as `30m` or `1h30m`, not `30`
                |     read = "half an hour"
                |            ^^^^^^^^^^^^^^ Error invalid-argument
                `read` must be a duration such as `30m` or `1h30m`, not `half an hour`
            "#]],
        );
        check(
            &gear_of_any_type(
                "identity {\n    type = \"SystemAssigned,UserAssigned\"\n    identity_ids = [\"x\"]\n  }",
            ),
            expect![[r#"
                |     type = "SystemAssigned,UserAssigned"
                |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-argument
                `type` must be one of `SystemAssigned, UserAssigned`, `UserAssigned`, `SystemAssigned`, `None`, not `SystemAssigned,UserAssigned`
                |     identity_ids = ["x"]
                |                     ^^^ Error invalid-argument
                `identity_ids.*` must hold ids of user-assigned identities; `x` is none
            "#]],
        );
        let group = "resource \"azapi_resource\" \"g\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n  name = \"g\"\n}\n";
        let ids = "azapi_resource.g.id, \"/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i\"";
        let identity = format!("identity {{\n    type = \"UserAssigned\"\n    identity_ids = [{ids}]\n  }}");
        check(
            &format!("{}{group}", gear_of_any_type(&identity)),
            expect![[r#"
            |     identity_ids = [azapi_resource.g.id, "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i"]
            |                     ^^^^^^^^^^^^^^^^^^^ Error invalid-argument
            the id must be of a `Microsoft.ManagedIdentity/userAssignedIdentities`, not of a `Microsoft.Resources/resourceGroups`
            -- main.tf
            | resource "azapi_resource" "g" {
            |                            ^ the block is declared here
        "#]],
        );
        check(
            "data \"azapi_resource_id\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  resource_id = \"x\"\n}\n",
            expect![[r#"
            |   resource_id = "x"
            |                 ^^^ Error invalid-argument
            `resource_id` is no ARM id: it does not begin with `/`
        "#]],
        );
        check(
            "resource \"azapi_data_plane_resource\" \"x\" {\n  type = \"Microsoft.AppConfiguration/configurationStores/keyValues@1.0\"\n  parent_id = \"\"\n  name = \"n\"\n}\n",
            expect![[r#"
                |   parent_id = ""
                |               ^^ Error invalid-argument
                `parent_id` must not be empty
            "#]],
        );
    }

    #[test]
    fn numbers_and_lists_have_their_limits() {
        check(
            &gear(
                "retry = { error_message_regex = [\"(\", \"a\", \"a\"], interval_seconds = 0, max_interval_seconds = 301 }",
            ),
            expect![[r#"
                |   retry = { error_message_regex = ["(", "a", "a"], interval_seconds = 0, max_interval_seconds = 301 }
                |                                    ^^^ Error invalid-argument
                `error_message_regex.*` must hold regular expressions; `(` is none
                |   retry = { error_message_regex = ["(", "a", "a"], interval_seconds = 0, max_interval_seconds = 301 }
                |                                              ^^^ Error invalid-argument
                `error_message_regex` has `a` twice
                |   retry = { error_message_regex = ["(", "a", "a"], interval_seconds = 0, max_interval_seconds = 301 }
                |                                                                       ^ Error invalid-argument
                `interval_seconds` must be at least 1, not 0
                |   retry = { error_message_regex = ["(", "a", "a"], interval_seconds = 0, max_interval_seconds = 301 }
                |                                                                                                 ^^^ Error invalid-argument
                `max_interval_seconds` must be at most 300, not 301
            "#]],
        );
        check(
            &gear("locks = [\"\"]\n  retry = { error_message_regex = [], interval_seconds = 1.5 }"),
            expect![[r#"
            |   locks = [""]
            |            ^^ Error invalid-argument
            `locks.*` must not be empty
            |   retry = { error_message_regex = [], interval_seconds = 1.5 }
            |                                   ^^ Error invalid-argument
            `error_message_regex` must have at least 1 item, not 0
            |   retry = { error_message_regex = [], interval_seconds = 1.5 }
            |                                                          ^^^ Error invalid-argument
            `interval_seconds` must be a whole number, not `1.5`
        "#]],
        );
        check_none(&gear(
            "retry = { error_message_regex = [\"a\"], interval_seconds = 120, multiplier = 1.5 }",
        ));
    }

    #[test]
    fn tags_have_their_limits() {
        let tags = |value: &str| widget(&format!("tags = {value}\n  location = \"w\""));
        check(
            &tags("{ for i in range(51) : \"k${i}\" => \"v\" }"),
            expect![[r#"
            |   tags = { for i in range(51) : "k${i}" => "v" }
            |          ^ Error invalid-argument
            `tags` must have at most 50 keys, not 51
        "#]],
        );
        check(
            &tags("{ a = join(\"\", [for i in range(257) : \"a\"]) }"),
            expect![[r#"
            |   tags = { a = join("", [for i in range(257) : "a"]) }
            |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-argument
            `tags` must have values of at most 256 bytes; this one has 257
        "#]],
        );
        check(
            &tags("{ (join(\"\", [for i in range(513) : \"a\"])) = 1 }"),
            expect![[r#"
            |   tags = { (join("", [for i in range(513) : "a"])) = 1 }
            |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-argument
            `tags` must have keys of at most 512 bytes; this one has 513
        "#]],
        );
        check_none(&tags("{ for i in range(50) : \"k${i}\" => \"v\" }"));
        check_none(&tags("{ a = 1 }"));
    }

    #[test]
    fn what_the_provider_sets_is_removed() {
        let row = "output = {}";
        check(
            &gear(row),
            expect![[r#"
            |   output = {}
            |   ^^^^^^ Error invalid-argument
            `output` is set by the provider: remove it
        "#]],
        );
        check_fix(
            &gear(row),
            expect![[r#"
            * Remove `output` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              name = "n"
              parent_id = var.p
            }
        "#]],
        );
    }

    #[test]
    fn an_action_is_called_by_a_method_that_its_block_takes() {
        let action = |kind: &str, method: &str| {
            block(
                kind,
                "azapi_resource_action",
                &format!("type = \"Test.Rp/widgets@2024-01-01\"\n  resource_id = var.r\n  method = {method}"),
            )
        };
        check(
            &action("resource", "\"get\""),
            expect![[r#"
            |   method = "get"
            |            ^^^^^ Error invalid-argument
            `method` must be one of `POST`, `PATCH`, `PUT`, `DELETE`, `GET`, `HEAD`, not `get`
        "#]],
        );
        check_fix(
            &action("resource", "\"get\""),
            expect![[r#"
            * Change to `GET` (Safe)
            #- main.tf
            resource "azapi_resource_action" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              resource_id = var.r
              method = "GET"
            }
        "#]],
        );
        check(
            &action("data", "\"PUT\""),
            expect![[r#"
            |   method = "PUT"
            |            ^^^^^ Error invalid-argument
            `method` must be one of `POST`, `GET`, not `PUT`
        "#]],
        );
        check_none(&action("resource", "\"PUT\""));
    }

    #[test]
    fn the_configuration_of_the_provider_is_checked_too() {
        check(
            "provider \"azapi\" {\n  environment = \"germany\"\n  partner_id = \"x\"\n  use_cli = \"maybe\"\n  endpoint = [{}, {}]\n  auxiliary_tenant_ids = [\"a\", \"b\", \"c\", \"d\"]\n}\n",
            expect![[r#"
                |   environment = "germany"
                |                 ^^^^^^^^^ Error invalid-argument
                `environment` must be one of `public`, `usgovernment`, `china`, `custom`, not `germany`
                |   partner_id = "x"
                |                ^^^ Error invalid-argument
                `partner_id` must be a UUID, not `x`
                |   use_cli = "maybe"
                |             ^^^^^^^ Error invalid-argument
                `use_cli` must be `true` or `false`, not the string `"maybe"`
                |   endpoint = [{}, {}]
                |              ^^^^^^^^ Error invalid-argument
                `endpoint` must have at most 1 item, not 2
                |   auxiliary_tenant_ids = ["a", "b", "c", "d"]
                |                          ^^^^^^^^^^^^^^^^^^^^ Error invalid-argument
                `auxiliary_tenant_ids` must have at most 3 items, not 4
            "#]],
        );
        check_none(
            "provider \"azapi\" {\n  alias = \"a\"\n  environment = \"Public\"\n  partner_id = \"\"\n  endpoint = [{ resource_manager_endpoint = \"x\" }]\n}\nprovider \"azurerm\" {\n  features {\n  }\n}\n",
        );
    }

    #[test]
    fn functions_take_their_parameters() {
        let call = |call: &str| format!("locals {{\n  f = provider::azapi::{call}\n}}\n");
        check(
            &call("tenant_resource_id(\"A.B/c\")"),
            expect![[r#"
            |   f = provider::azapi::tenant_resource_id("A.B/c")
            |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-argument
            `tenant_resource_id` takes 2 arguments, not 1
        "#]],
        );
        check(
            &call("tenant_resource_id(\"A.B/c\", \"x\")"),
            expect![[r#"
            |   f = provider::azapi::tenant_resource_id("A.B/c", "x")
            |                                                    ^^^ Error invalid-argument
            `resource_names` must be a list of strings, not the string `"x"`
        "#]],
        );
        check(
            &call("tenant_resource_id(\"A.B/c/d@2024-01-01\", [\"x\"])"),
            expect![[r#"
            |   f = provider::azapi::tenant_resource_id("A.B/c/d@2024-01-01", ["x"])
            |                                                                 ^^^^^ Error invalid-argument
            `A.B/c/d` needs 2 names, not 1
        "#]],
        );
        check(
            &call("tenant_resource_id(null, [\"x\"])"),
            expect![[r#"
            |   f = provider::azapi::tenant_resource_id(null, ["x"])
            |                                           ^^^^ Error invalid-argument
            `resource_type` must be a string, not null
        "#]],
        );
        check(
            &call("parse_resource_id(\"A.B/c\", \"/subscriptions/s/resourceGroups/g\")"),
            expect![[r#"
            |   f = provider::azapi::parse_resource_id("A.B/c", "/subscriptions/s/resourceGroups/g")
            |                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-argument
            the id must be of a `A.B/c`, not of a `Microsoft.Resources/resourceGroups`
        "#]],
        );
        check(
            &call("parse_resource_id(\"A.B/c\", \"x\")"),
            expect![[r#"
            |   f = provider::azapi::parse_resource_id("A.B/c", "x")
            |                                                   ^^^ Error invalid-argument
            `resource_id` is no ARM id: it does not begin with `/`
        "#]],
        );
        check(
            &call("build_resource_id(\"/subscriptions/s\", \"A.B/c/d\", \"x\")"),
            expect![[r#"
            |   f = provider::azapi::build_resource_id("/subscriptions/s", "A.B/c/d", "x")
            |                                          ^^^^^^^^^^^^^^^^^^ Error invalid-argument
            the id must be of a `A.B/c`, not of a `Microsoft.Resources/subscriptions`
        "#]],
        );
        check_none(&call("build_resource_id(\"/subscriptions/s\", \"A.B/c\", \"x\")"));
        check_none(&call("tenant_resource_id(\"A.B/c\", var.names)"));
        check_none(&call("tenant_resource_id(var.arguments...)"));
        check_none(&call("parse_resource_id(\"A.B/c\", \"/providers/a.b/C/x\")"));
        check_none(&call("snake2camel(null)"));
    }
}
