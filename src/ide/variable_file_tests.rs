//! Files of variables: each key says what it is, down to the property of a body that it becomes.

use super::fixture::Fixture;

const MODULE: &str = "#- main.tf\nvariable \"properties\" {\n  type        = any\n  description = \"All of them\"\n}\nvariable \"name\" {\n  default = \"w\"\n}\nvariable \"tags\" {\n  type = map(string)\n}\nvariable \"secret\" {\n  sensitive = true\n}\nlocals {\n  properties = var.properties\n}\nresource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  name = var.name\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n  tags = var.tags\n  body = { location = \"w\", properties = local.properties }\n}\n";

/// The titles of the hover at `$0`, alone and beside another server.
fn titles(name: &str, text: &str) -> [String; 2] {
    let text = format!("{MODULE}#- {name}\n{text}");
    [Fixture::alone(&text), Fixture::new(&text)].map(|fixture| {
        let hover = fixture.analysis().hover(fixture.at());
        let markdown = hover.map_or_else(String::new, |hover| hover.markdown);
        let lines = markdown.lines().filter(|line| line.starts_with("**"));
        lines.filter_map(|line| line.split("**").nth(1)).collect::<Vec<_>>().join(" ")
    })
}

#[test]
fn a_key_of_a_file_of_variables_is_explained_as_the_variable_and_as_the_property_that_it_becomes() {
    for (text, [alone, beside]) in [
        ("$0properties = { status = \"enabled\" }", ["var.properties properties", "properties"]),
        ("properties = { $0status = \"enabled\" }", ["properties.status"; 2]),
        ("properties = { rules = [{ $0action = \"red\" }] }", ["properties.rules.0.action"; 2]),
        ("properties = { status = $0\"enabled\" }", ["properties.status"; 2]),
        ("na$0me = \"v\"", ["var.name name", "name"]),
        ("$0none = \"v\"", ["", ""]),
        ("properties = { $0nope = 1 }", ["", ""]),
        ("properties = {\n  $0status", ["properties.status"; 2]),
    ] {
        for name in ["terraform.tfvars", "x.auto.tfvars"] {
            assert_eq!(titles(name, text), [alone, beside], "{name}: {text}");
        }
    }
    assert_eq!(
        titles("terraform.tfvars.json", "{ \"properties\": { \"$0status\": 1 } }"),
        ["properties.status"; 2]
    );
    for text in
        ["variables {\n  $0name = \"v\"\n}\n", "run \"a\" {\n  variables {\n    $0name = \"v\"\n  }\n}\n"]
    {
        for name in ["x.tftest.hcl", "tests/x.tftest.hcl"] {
            assert_eq!(titles(name, text), ["var.name", ""], "{name}: {text}");
        }
    }
}

#[test]
fn the_value_of_a_secret_is_not_shown() {
    let fixture = Fixture::alone(&format!("{MODULE}#- terraform.tfvars\n$0secret = \"hidden\"\n"));
    let hover = fixture.analysis().hover(fixture.at()).unwrap();
    assert!(hover.markdown.contains("Sensitive") && !hover.markdown.contains("hidden"), "{}", hover.markdown);
}

#[test]
fn keys_in_a_file_of_variables_are_completed_half_typed() {
    for text in [
        "properties = {\n  $0\n}\n",
        "properties = {\n  sta$0\n}\n",
        "properties = {\n  colour = \"red\"\n  sta$0\n",
    ] {
        let fixture = Fixture::new(&format!("{MODULE}#- terraform.tfvars\n{text}"));
        let items = fixture.analysis().completion(fixture.at()).items;
        assert!(items.iter().any(|item| item.label == "status"), "{text}");
    }
    let fixture = Fixture::alone(&format!("{MODULE}#- terraform.tfvars\n$0\n"));
    assert!(fixture.analysis().completion(fixture.at()).items.is_empty());
}

#[test]
fn nothing_is_reported_in_a_file_of_variables() {
    let fixture =
        Fixture::alone(&format!("{MODULE}#- terraform.tfvars\n$0properties = {{ nope = 1 }}\nnone = 1\n"));
    assert!(fixture.analysis().diagnostics(fixture.file).is_empty());
    assert!(
        fixture.analysis().code_actions(fixture.file, crate::text::TextRange::empty(5.into())).is_empty()
    );
}
