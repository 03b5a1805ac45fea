//! Modules in which everything may refer to everything: blocks that repeat for one another, locals, variables, calls of
//! modules, in circles more often than not. Each question ends, and soon.
//!
//! An input is a configuration, or a folder: the files under `#- NAME` lines.

use crate::choices::Choices;
use crate::driver::Target;
use crate::{answers, damage, folders};

/// What can be referred to.
const NAMES: [&str; 18] = [
    "azapi_resource.a",
    "azapi_resource.b",
    "azapi_resource.c",
    "azapi_resource.a",
    "azapi_resource.b",
    "data.azapi_resource.a",
    "local.a",
    "local.b",
    "local.c",
    "var.a",
    "var.b",
    "module.a",
    "module.b",
    "each.value",
    "each.key",
    "count.index",
    "self",
    "{ k = 1 }",
];

/// What may stand around references, `@` for each.
const FORMS: [&str; 50] = [
    "@",
    "@",
    "@",
    "@[*]",
    "@.*",
    "@[0]",
    "@[\"k\"]",
    "@[@]",
    "@[each.key]",
    "@.id",
    "@.name",
    "@.output",
    "@.output.properties.x",
    "@.body",
    "@.body.properties.k",
    "@[*].id",
    "\"${@}\"",
    "\"${@}/x/${@}\"",
    "\"%{ for k in @ }${k}%{ endfor }\"",
    "{ for k, v in @ : k => v }",
    "{ for k, v in @ : k => v... }",
    "{ for k, v in @ : k => @ if v != null }",
    "[for v in @ : v.id]",
    "[for v in @ : { for k in @ : k => v }]",
    "{ a = @, b = @ }",
    "{ (@) = @ }",
    "[@, @]",
    "@ ? @ : @",
    "@ == @ ? @ : null",
    "merge(@, @)",
    "merge([for x in @ : @]...)",
    "concat(@, @)",
    "length(@)",
    "keys(@)",
    "values(@)",
    "one(@)",
    "element(@, 0)",
    "lookup(@, \"k\", @)",
    "try(@, @)",
    "can(@)",
    "coalesce(@, @)",
    "flatten([@, [@]])",
    "setproduct(@, @)",
    "toset(@)",
    "tolist(@)",
    "jsonencode(@)",
    "jsondecode(@)",
    "templatestring(@, @)",
    "provider::azapi::build_resource_id(@, \"Microsoft.Storage/storageAccounts\", @)",
    "defaults(@, @)",
];

const TYPES: [&str; 4] = [
    "\"Microsoft.Storage/storageAccounts@2023-01-01\"",
    "\"Microsoft.Storage/storageAccounts/blobServices@2023-01-01\"",
    "\"Microsoft.Resources/resourceGroups@2024-03-01\"",
    "\"Microsoft.Network/virtualNetworks@2023-11-01\"",
];

/// The evaluator upon circles.
pub const TARGET: Target = Target { name: "circles", samples: Vec::new, damage: made, check, cases: 150 };

fn made(choices: &mut Choices, samples: &[Vec<u8>]) -> Vec<u8> {
    if choices.once_in(16) {
        return damage::text(choices, samples, &NAMES);
    }
    let mut text = String::new();
    let is_folder = choices.once_in(4);
    if is_folder {
        text.push_str("#- main.tf\n");
    }
    items(choices, &mut text, is_folder);
    for folder in ["a", "b"] {
        if is_folder && choices.once_in(2) {
            text.push_str(&format!("#- {folder}/main.tf\n"));
            items(choices, &mut text, true);
        }
    }
    text.into_bytes()
}

/// Some items, each name at most once.
fn items(choices: &mut Choices, text: &mut String, has_calls: bool) {
    for name in ["a", "b", "c"] {
        if !choices.once_in(3) {
            resource(choices, text, "resource", name);
        }
        if !choices.once_in(2) {
            text.push_str(&format!("locals {{\n  {name} = {}\n}}\n", expression(choices)));
        }
        if choices.once_in(2) {
            let default = ["", "default = {}", "default = \"k\"", "type = map(any)"];
            text.push_str(&format!("variable \"{name}\" {{\n  {}\n}}\n", choices.one_of(&default)));
        }
        if choices.once_in(4) {
            resource(choices, text, "data", name);
        }
        if choices.once_in(2) {
            text.push_str(&format!("output \"{name}\" {{\n  value = {}\n}}\n", expression(choices)));
        }
        if has_calls && choices.once_in(2) {
            let source = choices.one_of(&["./a", "./b", "../a", "../b", "."]);
            let (repeat, given) = (repeat(choices), expression(choices));
            text.push_str(&format!(
                "module \"{name}\" {{\n  source = \"{source}\"\n{repeat}  a = {given}\n}}\n"
            ));
        }
    }
}

fn resource(choices: &mut Choices, text: &mut String, keyword: &str, name: &str) {
    text.push_str(&format!("{keyword} \"azapi_resource\" \"{name}\" {{\n"));
    text.push_str(&repeat(choices));
    let ty = if choices.once_in(4) { expression(choices) } else { choices.one_of(&TYPES).to_owned() };
    text.push_str(&format!("  type = {ty}\n"));
    for argument in ["parent_id", "name", "location", "tags"] {
        if choices.once_in(2) {
            text.push_str(&format!("  {argument} = {}\n", expression(choices)));
        }
    }
    match choices.below(4) {
        0 => text.push_str(&format!("  body = {}\n", expression(choices))),
        1 => text.push_str(&format!("  body = {{ properties = {} }}\n", expression(choices))),
        2 => text.push_str(&format!(
            "  dynamic \"identity\" {{\n    for_each = {}\n    content {{\n      type = {}\n    }}\n  }}\n",
            expression(choices),
            expression(choices)
        )),
        _ => {}
    }
    text.push_str("}\n");
}

fn repeat(choices: &mut Choices) -> String {
    match choices.below(4) {
        0 => String::new(),
        1 => format!("  count = {}\n", expression(choices)),
        _ => format!("  for_each = {}\n", expression(choices)),
    }
}

fn expression(choices: &mut Choices) -> String {
    nested(choices, 2)
}

fn nested(choices: &mut Choices, deep: usize) -> String {
    let form = choices.one_of(&FORMS);
    let mut made = String::new();
    for (at, part) in form.split('@').enumerate() {
        if at > 0 {
            let inner = if deep > 0 && choices.once_in(4) {
                nested(choices, deep - 1)
            } else {
                choices.one_of(&NAMES).to_owned()
            };
            made.push_str(&inner);
        }
        made.push_str(part);
    }
    made
}

/// Asks all of a module.
///
/// # Panics
///
/// Where an answer does not fit it.
pub fn check(input: &[u8]) {
    if input.starts_with(b"#- ") { folders::check(input) } else { answers::check(input) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_refers_in_circles_is_answered() {
        crate::driver::run(super::TARGET);
    }
}
