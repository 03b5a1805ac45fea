//! `azapi-ls check` as one puts it into continuous integration: whole runs of the built program.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_azapi-ls"));
    program.arg("check").args(arguments).current_dir(folder).stdin(Stdio::null()).output().expect("it runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    dir
}

/// A registry with this in its properties.
fn registry(name: &str, properties: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"{name}\" {{\n  type      = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  parent_id = var.group_id\n  name      = \"registry1\"\n  location  = \"westeurope\"\n  body = {{\n    sku = {{ name = \"Premium\" }}\n    properties = {{\n      {properties}\n    }}\n  }}\n}}\n"
    )
}

#[test]
fn safe_fixes_are_applied_and_what_is_left_is_reported() {
    let before = registry("x", "AdminUserEnabled = \"true\"\n      nope = 1");
    let dir = folder(&[("main.tf", &before)]);
    let output = run(dir.path(), &["--fix"]);
    assert_eq!(output.status.code(), Some(2));
    let report = text(&output.stdout);
    assert!(report.contains("`nope`") && report.ends_with("1 file: 1 error\n"), "{report}");
    let after = registry("x", "adminUserEnabled = true\n      nope = 1");
    assert_eq!(fs::read_to_string(dir.path().join("main.tf")).expect("a text"), after);
    let again = run(dir.path(), &["--fix"]);
    assert_eq!((again.status.code(), again.stdout), (Some(2), output.stdout));
    assert_eq!(fs::read_to_string(dir.path().join("main.tf")).expect("a text"), after);
}

#[test]
fn a_difference_is_shown_and_nothing_is_changed() {
    let before = registry("x", "AdminUserEnabled = true");
    let dir = folder(&[("a/main.tf", &before), ("b/main.tf", &registry("y", "adminUserEnabled = true"))]);
    let output = run(dir.path(), &["--fix", "--diff"]);
    assert_eq!(output.status.code(), Some(2));
    let shown = text(&output.stdout);
    assert!(shown.starts_with("--- a/a/main.tf\n+++ b/a/main.tf\n@@ -6,7 +6,7 @@\n"), "{shown}");
    assert!(shown.contains("\n-      AdminUserEnabled = true\n+      adminUserEnabled = true\n"), "{shown}");
    assert!(!shown.contains("b/main.tf\n@@ -1"), "{shown}");
    assert_eq!(fs::read_to_string(dir.path().join("a/main.tf")).expect("a text"), before);
    let alone = run(dir.path(), &["--diff"]);
    assert_eq!((alone.status.code(), text(&alone.stderr).lines().count()), (Some(1), 1));
}

#[test]
fn the_marks_and_line_breaks_of_a_file_stay() {
    let dos = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let dir = folder(&[("main.tf", &dos(&registry("x", "AdminUserEnabled = \"true\"")))]);
    assert_eq!(run(dir.path(), &["--fix"]).status.code(), Some(0));
    let after = fs::read_to_string(dir.path().join("main.tf")).expect("a text");
    assert_eq!(after, dos(&registry("x", "adminUserEnabled = true")));
}

#[test]
fn files_without_a_fix_are_not_written() {
    let right = registry("x", "adminUserEnabled = true");
    let dir = folder(&[("main.tf", &right), ("other.tf", &registry("y", "AdminUserEnabled = true"))]);
    let touched =
        |name: &str| fs::metadata(dir.path().join(name)).and_then(|it| it.modified()).expect("a time");
    let before = (touched("main.tf"), touched("other.tf"));
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert_eq!(run(dir.path(), &["--fix"]).status.code(), Some(0));
    assert_eq!(touched("main.tf"), before.0);
    assert_ne!(touched("other.tf"), before.1);
    // Only what the paths mean is changed.
    fs::write(dir.path().join("other.tf"), registry("y", "AdminUserEnabled = true")).expect("a file");
    assert_eq!(run(dir.path(), &["--fix", "main.tf"]).status.code(), Some(0));
    assert!(fs::read_to_string(dir.path().join("other.tf")).expect("a text").contains("Admin"));
}

#[test]
fn people_see_what_a_diagnostic_speaks_of_its_block_and_its_fix() {
    let block = registry("x", "").replace("properties = {\n      \n    }", "properties = local.p");
    let dir = folder(&[
        ("main.tf", &block),
        ("locals.tf", "locals {\n  p = {\n    AdminUserEnabled = true\n  }\n}\n"),
    ]);
    let output = run(dir.path(), &[]);
    let shown = text(&output.stdout);
    for part in [
        "error[unknown-property]: `AdminUserEnabled` must be written `adminUserEnabled`",
        "locals.tf:3:5",
        "main.tf:1:1",
        "part of the body of `azapi_resource.x`",
        "in `azapi_resource.x`",
        "Change to `adminUserEnabled` (`--fix` does it)",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn a_folder_without_configuration_is_said() {
    let dir = folder(&[("full/main.tf", ""), ("empty/readme.md", "")]);
    let output = run(dir.path(), &["full", "empty"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "azapi-ls: empty: no .tf or .tofu file\n");
    assert_eq!(text(&run(&dir.path().join("empty"), &[]).stderr), "azapi-ls: .: no .tf or .tofu file\n");
    assert_eq!(text(&run(dir.path(), &[]).stderr), "");
    assert_eq!(text(&run(dir.path(), &["full", "."]).stderr), "");
}

#[cfg(unix)]
#[test]
fn the_exit_code_stays_when_the_reader_has_read_enough() {
    let many: String = (0..400).map(|at| registry(&format!("x{at}"), "nope = 1")).collect();
    let dir = folder(&[("main.tf", &many)]);
    for format in ["text", "json", "sarif", "github"] {
        let script = "\"$0\" check --format \"$1\" | head -1 >/dev/null; exit ${PIPESTATUS[0]}";
        let mut shell = Command::new("bash");
        shell.args(["-c", script, env!("CARGO_BIN_EXE_azapi-ls"), format]).current_dir(dir.path());
        let output = shell.output().expect("bash");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), ""), "{format}");
    }
}

#[test]
fn many_modules_are_reported_in_the_order_of_their_files_each_time() {
    let names: Vec<String> = (0..60).map(|at| format!("m{:02}/main.tf", (at * 7) % 60)).collect();
    let wrong = registry("x", "nope = 1");
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), wrong.as_str())).collect();
    let dir = folder(&files);
    let first = run(dir.path(), &["--format", "json"]);
    let report: Value = serde_json::from_slice(&first.stdout).expect("JSON");
    let listed: Vec<&str> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["file"].as_str())
        .collect();
    assert_eq!(listed.len(), 60);
    assert!(listed.is_sorted());
    assert_eq!(text(&first.stderr), "");
    for _ in 0..3 {
        assert_eq!(run(dir.path(), &["--format", "json"]).stdout, first.stdout);
    }
}

#[test]
fn sarif_is_what_its_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("data/sarif/subset.json")).expect("JSON");
    let block = registry("x", "").replace("properties = {\n      \n    }", "properties = local.p");
    let dir = folder(&[
        ("a b/main.tf", &block),
        ("a b/locals.tf", "locals {\n  p = {\n    nope = true\n  }\n}\n"),
        ("right/main.tf", &registry("y", "adminUserEnabled = true")),
    ]);
    for arguments in [&["--format", "sarif"][..], &["--format", "sarif", "right"]] {
        let output = run(dir.path(), arguments);
        let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(faults(&log, &schema, &schema, "log"), [""; 0]);
    }
    let output = run(dir.path(), &["--format", "sarif"]);
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let run = &log["runs"][0];
    for rule in run["tool"]["driver"]["rules"].as_array().expect("a list") {
        for part in ["shortDescription", "fullDescription", "help"] {
            assert!(
                rule[part]["text"].as_str().is_some_and(|text| text.len() > 10),
                "{part} of {}",
                rule["id"]
            );
        }
    }
    let [result] = run["results"].as_array().expect("a list").as_slice() else { panic!("{run}") };
    let index = result["ruleIndex"].as_u64().expect("a number") as usize;
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b/main.tf");
}

#[test]
fn what_is_too_much_to_be_listed_is_counted_in_every_form_and_fails_all_the_same() {
    let schema: Value = serde_json::from_str(include_str!("data/sarif/subset.json")).expect("JSON");
    let mistakes = "@\n".repeat(10_000);
    let dir = folder(&[("main.tf", &format!("{mistakes}@ # azapi-ls-ignore: syntax-error\n@\n@\n"))]);
    let shown = |format: &str| {
        let output = run(dir.path(), &["--format", format]);
        assert_eq!(output.status.code(), Some(2));
        text(&output.stdout).to_owned()
    };
    let said = "2 more found that are not listed, the worst of severity error";
    let people = shown("text");
    assert_eq!(people.lines().last(), Some(&*format!("1 file: 10000 errors, {said}")));
    let report: Value = serde_json::from_str(&shown("json")).expect("JSON");
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(10_000));
    assert_eq!(report["more"], serde_json::json!({ "count": 2, "severity": "error" }));
    assert!(shown("github").ends_with(&format!("::error title=azapi::{said}\n")));
    let mut log: Value = serde_json::from_str(&shown("sarif")).expect("JSON");
    // Each is like the first.
    log["runs"][0]["results"].as_array_mut().expect("a list").truncate(1);
    assert_eq!(faults(&log, &schema, &schema, "log"), [""; 0]);
    let notification = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notification["message"]["text"], said);
}

#[test]
fn fingerprints_stay_when_lines_move_and_tell_twins_apart() {
    let of = |text: &str| -> Vec<String> {
        let dir = folder(&[("main.tf", text)]);
        let log: Value =
            serde_json::from_slice(&run(dir.path(), &["--format", "sarif"]).stdout).expect("JSON");
        let results = log["runs"][0]["results"].as_array().expect("a list").clone();
        let prints = results.iter().filter_map(|it| it["partialFingerprints"]["azapiLs/v1"].as_str());
        prints.map(str::to_owned).collect()
    };
    let wrong = registry("x", "nope = 1");
    let first = of(&wrong);
    assert_eq!(first.len(), 1);
    assert_eq!(of(&format!("# a line more\n\n{wrong}")), first);
    assert_ne!(of(&wrong.replace("nope", "none")), first);
    let twins = of(&format!("{wrong}{wrong}"));
    assert!(twins.len() >= 2 && twins.iter().collect::<std::collections::BTreeSet<_>>().len() == twins.len());
}

/// What is wrong with a value by the part of the schema that is written down; `is` names a definition.
fn faults(value: &Value, schema: &Value, whole: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["is"].as_str() {
        return faults(value, &whole["definitions"][name], whole, at);
    }
    let mut found = Vec::new();
    let is_of_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("boolean") => value.is_boolean(),
        Some(other) => panic!("{other}"),
        None => true,
    };
    if !is_of_type {
        return vec![format!("{at} is no {}", schema["type"])];
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        found.push(format!("{at} is none of {allowed:?}"));
    }
    if value.as_i64() < schema["minimum"].as_i64() && value.is_i64() {
        found.push(format!("{at} is too small"));
    }
    let length = value.as_str().map(str::len).or(value.as_array().map(Vec::len));
    if length.is_some_and(|length| (length as u64) < schema["least"].as_u64().unwrap_or(0)) {
        found.push(format!("{at} is too short"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at}.{name} is missing"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        let at = format!("{at}.{name}");
        if schema["only"].as_array().is_some_and(|only| !only.iter().any(|it| it == name)) {
            found.push(format!("{at} is not known"));
        }
        if let Some(of_property) = schema["properties"].get(name).or(schema.get("values")) {
            found.extend(faults(inner, of_property, whole, &at));
        }
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        let at = format!("{at}[{index}]");
        if let Some(of_items) = schema.get("items") {
            found.extend(faults(inner, of_items, whole, &at));
        }
        let is_twin = value.as_array().is_some_and(|all| all[..index].contains(inner));
        if schema["unique"] == true && is_twin {
            found.push(format!("{at} is there twice"));
        }
    }
    found
}

#[test]
fn the_schema_that_is_written_down_finds_faults() {
    let schema: Value = serde_json::from_str(include_str!("data/sarif/subset.json")).expect("JSON");
    let log = serde_json::json!({ "version": "2.0.0", "runs": [{ "results": [{ "message": {}, "level": "bad" }], "x": 1 }] });
    let found = faults(&log, &schema, &schema, "log");
    for part in
        ["log.version", "log.runs[0].tool is missing", "message.text is missing", "level", "log.runs[0].x"]
    {
        assert!(found.iter().any(|it| it.contains(part)), "{part}: {found:?}");
    }
}

#[test]
fn a_test_in_a_folder_for_tests_is_checked_with_the_module_above() {
    let exported = registry("x", "").replace("  body = ", "  response_export_values = [\"*\"]\n  body = ");
    let asserted = |name: &str| {
        format!(
            "run \"a\" {{\n  assert {{\n    condition     = azapi_resource.x.output.properties.{name} == 1\n    error_message = \"m\"\n  }}\n}}\n"
        )
    };
    let (right, wrong) = (asserted("loginServer"), asserted("nope"));
    let dir =
        folder(&[("main.tf", &exported), ("tests/a.tftest.hcl", &right), ("tests/b.tftest.hcl", &wrong)]);
    for paths in [&[][..], &["tests"], &["tests/b.tftest.hcl"]] {
        let output = run(dir.path(), paths);
        let report = text(&output.stdout);
        assert!(report.contains("warning[invalid-path]") && report.ends_with(": 1 warning\n"), "{report}");
    }
}
