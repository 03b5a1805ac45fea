//! Files of overrides: what holds is what Terraform makes of all parts of a block, and each feature says so.

use expect_test::{Expect, expect};

use super::fixture::Fixture;

const GROUP: &str = "/subscriptions/s/resourceGroups/g";

/// A block with these further arguments.
fn widget(arguments: &str) -> String {
    format!("resource \"azapi_resource\" \"x\" {{\n  {arguments}\n}}\n")
}

/// One that has what it needs, and further arguments.
fn whole(arguments: &str) -> String {
    widget(&format!(
        "type      = \"Test.Rp/widgets@2024-01-01\"\n  name      = \"w\"\n  parent_id = \"{GROUP}\"\n  {arguments}"
    ))
}

fn files(files: &[(&str, &str)]) -> String {
    files.iter().map(|(name, text)| format!("#- {name}\n{text}")).collect()
}

/// The diagnostics of all files, each under its file.
#[track_caller]
fn check(texts: &[(&str, &str)], expected: Expect) {
    let fixture = Fixture::new(&files(texts));
    expected.assert_eq(&fixture.of_all_files(|analysis, file| analysis.diagnostics(file)).concat());
}

#[track_caller]
fn check_none(texts: &[(&str, &str)]) {
    check(texts, expect![[""]]);
}

/// Each diagnostic of any file as its code and the text it marks, whatever each file is asked for.
fn marked(texts: &[(&str, &str)]) -> Vec<String> {
    let fixture = Fixture::alone(&files(texts));
    let analysis = fixture.analysis();
    let all = analysis.module_diagnostics(fixture.file);
    let of_module: Vec<_> = all.values().flat_map(|found| found.list.clone()).collect();
    let mut one_by_one = Vec::new();
    for file in all.keys() {
        one_by_one.extend(analysis.diagnostics(*file));
    }
    assert_eq!(of_module, one_by_one);
    let shown = |one: &super::Diagnostic| format!("{} {}", one.code, &fixture.text(one.file)[one.range]);
    of_module.iter().map(shown).collect()
}

const FINE: &str = "body = { properties = { status = \"enabled\" }, location = \"w\" }";
const FAULTY: &str =
    "body = { properties = { statuss = \"enabled\", status = \"enabled\" }, location = \"w\" }";

#[test]
fn a_fault_in_a_replaced_argument_says_nothing_and_one_in_an_override_is_marked_there() {
    check_none(&[("main.tf", &whole(FAULTY)), ("override.tf", &widget(FINE))]);
    check(
        &[("main.tf", &whole(FINE)), ("override.tf", &widget(FAULTY))],
        expect![[r#"
            override.tf
            |   body = { properties = { statuss = "enabled", status = "enabled" }, location = "w" }
            |                           ^^^^^^^ Error unknown-property
            `statuss` is no property of `properties`; nearest: `status`
            -- main.tf
            | resource "azapi_resource" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ part of the body of `azapi_resource.x`
        "#]],
    );
}

#[test]
fn every_argument_counts_as_the_last_part_has_it() {
    let body = "body = { properties = { status = 1 }, location = \"w\" }";
    let rows: &[(&str, &str, &str, &[&str])] = &[
        (
            "a type",
            &whole(FINE),
            "type = \"Test.Rp/nope@2024-01-01\"",
            &["unknown-resource-type \"Test.Rp/nope@2024-01-01\""],
        ),
        (
            "a parent",
            &whole(FINE),
            "parent_id = \"/subscriptions/s\"",
            &["invalid-parent-id \"/subscriptions/s\""],
        ),
        (
            "what the block lacks",
            &whole(FINE).replace("parent_id", "# parent_id"),
            "parent_id = \"GROUP\"",
            &[],
        ),
        (
            "what no part has",
            &whole(FINE).replace("parent_id", "# parent_id"),
            "name = \"v\"",
            &["missing-parent-id resource \"azapi_resource\" \"x\""],
        ),
        ("a body for the type of the block", &whole(""), body, &["invalid-value 1"]),
        (
            "a required argument",
            &widget(&format!("name = \"w\"\n  parent_id = \"{GROUP}\"\n  {FINE}")),
            "type = \"Test.Rp/widgets@2024-01-01\"",
            &[],
        ),
        ("an unknown name", &whole(FINE), "nmae = \"w\"", &["unknown-argument nmae"]),
        ("a count", &whole(FINE), "count = 2\n  name = \"w${count.index}\"", &[]),
        (
            "a replaced nested block",
            &whole(&format!("{FINE}\n  timeouts {{\n    nope = 1\n  }}")),
            "timeouts {\n    create = \"1m\"\n  }",
            &[],
        ),
        (
            "a nested block that stays",
            &whole(&format!("{FINE}\n  timeouts {{\n    nope = 1\n  }}")),
            "name = \"v\"",
            &["unknown-argument nope"],
        ),
        (
            "a nested block of an override",
            &whole(&format!("{FINE}\n  timeouts {{\n    create = \"1m\"\n  }}")),
            "timeouts {\n    nope = 1\n  }",
            &["unknown-argument nope"],
        ),
        ("half a name", &whole(FAULTY), "bod", &["syntax-error "]),
    ];
    for (what, block, over, expected) in rows {
        let over = widget(&over.replace("GROUP", GROUP));
        for name in ["override.tf", "a_override.tf", "override.tofu"] {
            assert_eq!(marked(&[("main.tf", block), (name, &over)]), *expected, "{what}, {name}");
        }
    }
}

#[test]
fn the_last_file_by_its_name_counts() {
    let (block, fine, faulty) = (whole(""), widget(FINE), widget(FAULTY));
    let unknown = ["unknown-property statuss"];
    assert_eq!(marked(&[("b_override.tf", &fine), ("a_override.tf", &faulty), ("main.tf", &block)]), [""; 0]);
    assert_eq!(marked(&[("b_override.tf", &faulty), ("a_override.tf", &fine), ("main.tf", &block)]), unknown);
    assert_eq!(marked(&[("main.tf", &block), ("override.tf", &format!("{fine}{faulty}"))]), unknown);
}

#[test]
fn locals_variables_outputs_calls_and_providers_are_overridden_too() {
    let rows = [
        ("locals {\n  s = 1\n}\n", "local.s", "locals {\n  s = \"enabled\"\n}\n", [""; 0].as_slice()),
        ("locals {\n  s = \"enabled\"\n}\n", "local.s", "locals {\n  s = 1\n}\n", &["invalid-value 1"]),
        (
            "variable \"s\" {\n  type    = any\n  default = \"enabled\"\n}\n",
            "var.s",
            "variable \"s\" {\n  default = 1\n}\n",
            &["invalid-value 1"],
        ),
        ("variable \"s\" {\n  default = 1\n}\n", "var.s", "variable \"s\" {\n  type = string\n}\n", &[]),
        (
            "module \"m\" {\n  source = \"./m\"\n  s = \"enabled\"\n}\n",
            "module.m.s",
            "module \"m\" {\n  s = 1\n}\n",
            &["invalid-value 1"],
        ),
        (
            "module \"m\" {\n  source = \"./none\"\n  s = 1\n}\n",
            "module.m.s",
            "module \"m\" {\n  source = \"./m\"\n}\n",
            &["invalid-value 1"],
        ),
    ];
    let child = "variable \"s\" {}\noutput \"s\" {\n  value = var.s\n}\n";
    for (declared, value, over, expected) in rows {
        let body = format!("body = {{ properties = {{ status = {value} }}, location = \"w\" }}");
        let main = format!("{declared}{}", whole(&body));
        let texts = [("main.tf", main.as_str()), ("override.tf", over), ("m/m.tf", child)];
        assert_eq!(marked(&texts), expected, "{declared}{over}");
    }
    let provider = "provider \"azapi\" {\n  nope = 1\n}\n";
    let main = format!("provider \"azapi\" {{}}\n{}", whole(FINE));
    assert_eq!(marked(&[("main.tf", &main), ("override.tf", provider)]), ["unknown-argument nope"]);
    let unnamed = whole(FINE).replace("name ", "# name ");
    let main = format!("provider \"azapi\" {{}}\n{unnamed}");
    let named = "provider \"azapi\" {\n  default_name = \"n\"\n}\n";
    assert_eq!(marked(&[("main.tf", &main)]).len(), 1);
    assert_eq!(marked(&[("main.tf", &main), ("override.tf", named)]), [""; 0]);
}

#[test]
fn an_override_of_nothing_is_left_to_terraform() {
    assert_eq!(marked(&[("main.tf", ""), ("override.tf", &widget(FAULTY))]), [""; 0]);
    let twice = format!("{0}{0}", whole(FINE));
    assert_eq!(marked(&[("main.tf", &twice), ("override.tf", &widget("nope = 1"))]), [""; 0]);
}

/// What the hover at `$0` is about.
fn hovered(texts: &[(&str, &str)]) -> String {
    let fixture = Fixture::alone(&files(texts));
    let hover = fixture.analysis().hover(fixture.at());
    let markdown = hover.map_or_else(|| "nothing".to_owned(), |hover| hover.markdown);
    markdown.split("**").nth(1).unwrap_or(&markdown).to_owned()
}

#[test]
fn each_part_is_hovered_by_what_all_of_them_say() {
    let over = widget("body = { properties = { $0status = 1 } }");
    assert_eq!(hovered(&[("main.tf", &whole("")), ("override.tf", &over)]), "properties.status");
    let replaced = whole("body = { properties = { $0status = 1 } }");
    assert_eq!(hovered(&[("main.tf", &replaced), ("override.tf", &widget(FINE))]), "properties.status");
    let other = "type = \"Test.Rp/shapes@2024-01-01\"";
    let kind = whole("body = { $0kind = \"Circle\" }");
    assert_eq!(hovered(&[("main.tf", &kind), ("override.tf", &widget(other))]), "kind");
    let local = "locals {\n  p = { $0status = 1 }\n}\n";
    let over = widget("body = { properties = local.p }");
    assert_eq!(
        hovered(&[("main.tf", &format!("{local}{}", whole(""))), ("override.tf", &over)]),
        "properties.status"
    );
    assert_eq!(
        hovered(&[("main.tf", &whole("")), ("override.tf", &format!("{local}{over}"))]),
        "properties.status"
    );
    let reference = "locals {\n  n = azapi_resource.x.$0name\n}\n";
    let fixture = Fixture::alone(&files(&[
        ("main.tf", &format!("{reference}{}", whole(""))),
        ("override.tf", &widget("name = \"v\"")),
    ]));
    let hover = fixture.analysis().hover(fixture.at()).map(|hover| hover.markdown).unwrap_or_default();
    assert!(hover.contains("Value: `\"v\"`"), "{hover}");
}

#[test]
fn an_override_is_completed_by_the_type_of_its_block() {
    let fixture = Fixture::new(&files(&[
        ("main.tf", &whole("")),
        ("override.tf", &widget("body = { properties = {\n    sta$0\n  } }")),
    ]));
    let items = fixture.analysis().completion(fixture.at()).items;
    assert!(items.iter().any(|item| item.label == "status"));
}

#[test]
fn a_block_is_imported_once_by_what_holds() {
    let over = widget("name = \"v\"\n  count = 1");
    let fixture = Fixture::new(&files(&[("main.tf", &whole("")), ("override.tf", &over)]));
    let analysis = fixture.analysis();
    let all = analysis.module_diagnostics(fixture.file);
    assert!(all.is_empty());
    let imports = analysis.imports(fixture.file);
    let shown: Vec<_> = imports.iter().map(|import| (import.address.as_str(), import.id.as_str())).collect();
    let id = format!("{GROUP}/providers/Test.Rp/widgets/v");
    assert_eq!(shown, [("azapi_resource.x[0]", id.as_str())]);
}

#[test]
fn a_block_is_judged_again_when_its_overrides_change() {
    let mut fixture = Fixture::new(&files(&[("main.tf", &whole(FINE)), ("override.tf", &widget(FINE))]));
    let path = std::path::Path::new("/module/override.tf");
    let main = fixture.file;
    let count = |fixture: &Fixture| {
        let found = fixture.analysis().module_diagnostics(main);
        found.values().map(|found| found.list.len()).sum::<usize>()
    };
    assert_eq!(count(&fixture), 0);
    for (version, (text, expected)) in
        [(FAULTY, 1), (FINE, 0), ("type = \"Test.Rp/nope@2024-01-01\"", 1), ("", 0), ("parent_id = \"x\"", 1)]
            .iter()
            .enumerate()
    {
        fixture.workspace.open_file(path, &widget(text), version as i32 + 2);
        assert_eq!(count(&fixture), *expected, "{text}");
    }
}
