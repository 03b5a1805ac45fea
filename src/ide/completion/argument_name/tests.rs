use crate::ide::Completions;
use crate::ide::fixture::Fixture;

fn completions(text: &str) -> (Fixture, Completions) {
    let fixture = Fixture::alone(text);
    let found = fixture.analysis().completion(fixture.at());
    (fixture, found)
}

fn labels(text: &str) -> Vec<String> {
    completions(text).1.items.into_iter().map(|item| item.label).collect()
}

fn accepted(text: &str, label: &str) -> String {
    let (fixture, found) = completions(text);
    fixture.accepted(found.items.iter().find(|item| item.label == label).unwrap())
}

#[test]
fn required_arguments_come_first_and_those_that_stand_there_do_not_come() {
    let text = "resource \"azapi_resource\" \"x\" {\n  name = \"x\"\n  $0\n  timeouts {}\n}\n";
    let (_, found) = completions(text);
    let list: Vec<_> = found.items.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(list[0], "type");
    for absent in ["name", "timeouts", "id", "output"] {
        assert!(!list.contains(&absent), "{absent}");
    }
    for present in ["parent_id", "body", "identity", "retry"] {
        assert!(list.contains(&present), "{present}");
    }
    let deprecated: Vec<_> = found.items.iter().map(|item| item.deprecated).collect();
    assert!(deprecated.is_sorted(), "{deprecated:?}");
}

#[test]
fn a_name_brings_what_its_value_begins_with() {
    let block = |line: &str| format!("resource \"azapi_resource\" \"x\" {{\n{line}\n}}\n");
    for (line, name, after) in [
        ("  $0", "parent_id", "  parent_id = \"$0\""),
        ("  par$0", "parent_id", "  parent_id = \"$0\""),
        ("  body$0", "body", "  body = {\n  $0\n}"),
        ("  $0", "schema_validation_enabled", "  schema_validation_enabled = $0"),
        ("  $0", "response_export_values", "  response_export_values = $0"),
        ("  $0", "locks", "  locks = [$0]"),
        ("  $0", "tags", "  tags = {\n  $0\n}"),
        ("  $0", "timeouts", "  timeouts {\n  $0\n}"),
        // Another name for a value that is there.
        ("  nam$0 = \"x\"", "name", "  name = \"x\""),
        ("  $0 # why", "name", "  name = \"$0\" # why"),
    ] {
        assert_eq!(accepted(&block(line), name), block(after).replace("{{", "{"), "{line}");
    }
}

#[test]
fn nested_blocks_and_objects_have_their_own_names() {
    let text = |inside: &str| format!("resource \"azapi_resource\" \"x\" {{\n  {inside}\n}}\n");
    assert_eq!(labels(&text("timeouts {\n    create = \"5m\"\n    $0\n  }")), ["delete", "read", "update"]);
    assert_eq!(labels(&text("timeouts { cr$0 }")), ["create", "delete", "read", "update"]);
    assert_eq!(labels(&text("identity {\n    ty$0\n  }")), ["type", "identity_ids"]);
    let retry = labels(&text("retry = {\n    $0\n  }"));
    assert!(retry.contains(&"error_message_regex".to_owned()), "{retry:?}");
    let second = labels(&text("retry = { error_message_regex = [], $0 }"));
    assert_eq!(second.len(), retry.len() - 1);
    assert_eq!(second, retry.into_iter().filter(|it| it != "error_message_regex").collect::<Vec<_>>());
}

#[test]
fn blocks_with_a_config_have_their_arguments_in_it() {
    let list = |inside: &str| labels(&format!("list \"azapi_resource\" \"x\" {{\n  {inside}\n}}\n"));
    assert!(list("config {\n    $0\n  }").contains(&"parent_id".to_owned()));
    assert_eq!(list("$0"), [""; 0]);
}

#[test]
fn a_block_may_lack_its_end() {
    for text in [
        "{$0",
        "{\n$0",
        "{\n  $0",
        "{\n  ty$0",
        "{\n  name = \"x\"\n  $0",
        "{\n  $0\nresource \"a\" \"b\" {\n}\n",
    ] {
        let found = labels(&format!("resource \"azapi_resource\" \"x\" {text}"));
        assert_eq!(found.first().map(String::as_str), Some("type"), "{text}");
    }
}

#[test]
fn elsewhere_no_name_belongs() {
    for text in [
        "resource \"azapi_resource\" \"x$0\" {\n}\n",
        "resource \"azurerm_thing\" \"x\" {\n  $0\n}\n",
        "resource \"azapi_resource\" \"x\" {\n  # $0\n}\n",
        "resource \"azapi_resource\" \"x\" {\n  name = $0\n}\n",
        "resource \"azapi_resource\" \"x\" {\n  name = na$0\n}\n",
        "resource \"azapi_resource\" \"x\" {\n  name = \"x\" $0\n}\n",
        "resource \"azapi_resource\" \"x\" {\n  name = \"$0\"\n}\n",
        "resource \"azapi_resource\" \"x\" {\n  locks = [\n    $0\n  ]\n}\n",
        "resource \"azapi_resource\" \"x\" {\n  name = upper(\n    $0\n  )\n}\n",
        "resource \"azapi_resource\" \"x\" {\n  name = <<E\n  $0\nE\n}\n",
        "resource \"azapi_resource\" \"x\" {\n  body = {\n    $0\n  }\n}\n",
        "resource \"azapi_resource\" \"x\" {\n  $0name = 1\n}\n",
    ] {
        assert_eq!(labels(text), [""; 0], "{text}");
    }
}

#[test]
fn a_companion_leaves_names_to_the_other_server() {
    let fixture = Fixture::new("resource \"azapi_resource\" \"x\" {\n  $0\n}\n");
    assert!(fixture.analysis().completion(fixture.at()).items.is_empty());
}
