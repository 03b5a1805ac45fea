//! Things that no command prints yet, in every rendering.

use expect_test::{Expect, expect};

use super::{Described, argument, function, json, markdown, plain_text, text};
use crate::schema::{Function, toy};

fn check(described: &Described<'_>, expected: Expect) {
    let markdown = markdown::page(described);
    let json = serde_json::to_string(&json::Output(described)).expect("JSON");
    let (plain, text) = (plain_text(&markdown), text::page(described));
    expected.assert_eq(&format!("{markdown}\n--- plain\n{plain}\n--- text\n{text}--- json\n{json}\n"));
}

#[test]
fn an_argument_has_every_rendering() {
    let definition = serde_json::json!({
        "type": "list(string)", "is": "optional", "deprecated": true, "default": ["a_b"], "since": "2.3",
        "description": "Names <one> each.",
    });
    let definition = serde_json::from_value(definition).expect("an argument");
    check(
        &argument("retry.names".to_owned(), &definition),
        expect![[r#"
            **retry.names** `list(string)`

            Names \<one> each.

            optional · deprecated · since azapi 2.3 · default `["a_b"]`
            --- plain
            retry.names list(string)

            Names <one> each.

            optional · deprecated · since azapi 2.3 · default ["a_b"]
            --- text
            retry.names  list(string)  optional, deprecated, default ["a_b"]
              Names <one> each.
              since azapi 2.3
            --- json
            {"name":"retry.names","flags":["optional","deprecated"],"description":"Names <one> each.","type":"list(string)"}
        "#]],
    );
}

#[test]
fn a_function_has_every_rendering() {
    let functions = toy::schema().functions("Test.Rp/widgets").expect("functions");
    let named = |name: &str| -> Function<'static> {
        functions.at("2024-01-01").find(|function| function.name() == name).expect("a function")
    };
    check(
        &function(named("regenerateKey")),
        expect![[r#"
        **regenerateKey** `(object) → object`
        --- plain
        regenerateKey (object) → object
        --- text
        regenerateKey  (object) → object
        --- json
        {"name":"regenerateKey","type":"(object) → object"}
    "#]],
    );
    check(
        &function(named("listKeys")),
        expect![[r#"
        **listKeys** `() → object`
        --- plain
        listKeys () → object
        --- text
        listKeys  () → object
        --- json
        {"name":"listKeys","type":"() → object"}
    "#]],
    );
}
