//! Whole runs of the built program's command line.

use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_azapi-ls")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_version_is_said_on_stdout_with_that_of_the_type_data() {
    let output = run(&["--version"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout).lines().count(), 1);
    assert!(text(&output.stdout).contains(", type data "));
    assert!(text(&output.stdout).starts_with(&format!("azapi-ls {}", env!("CARGO_PKG_VERSION"))));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn help_names_every_command() {
    let output = run(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    for command in ["serve", "check", "import", "types", "show", "explain"] {
        assert!(text(&output.stdout).contains(&format!("\n  {command} ")), "{command}");
    }
}

#[test]
fn wrong_arguments_end_with_1_and_one_line_that_names_them() {
    for arguments in [&["--no-such-option"][..], &["no-such-command"], &["serve", "extra"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert_eq!(text(&output.stdout), "");
        let stderr = text(&output.stderr);
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(stderr.starts_with("azapi-ls: ") && stderr.contains(arguments.last().unwrap()), "{stderr}");
    }
}

#[test]
fn every_way_to_start_the_server_is_accepted() {
    for arguments in [&[][..], &["serve"], &["--stdio"], &["serve", "--stdio"]] {
        let output = run(arguments);
        // Its input has ended without a `shutdown`.
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert_eq!((text(&output.stdout), text(&output.stderr)), ("", ""), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_azapi-ls"))
        .arg("types")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

#[test]
fn a_log_filter_that_is_none_does_no_harm() {
    let output = Command::new(env!("CARGO_BIN_EXE_azapi-ls"))
        .env("AZAPI_LS_LOG", "=[nonsense")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
}

#[test]
fn a_log_that_cannot_be_written_ends_the_server_with_1_and_one_line() {
    let folder = folder(&[("file", "")]);
    for path in [folder.path().to_path_buf(), folder.path().join("file/log")] {
        for by_argument in [true, false] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_azapi-ls"));
            match by_argument {
                true => command.args(["serve", "--log"]).arg(&path),
                false => command.env("AZAPI_LS_LOG_FILE", &path),
            };
            let output = command.stdin(Stdio::null()).output().unwrap();
            assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
            let stderr = text(&output.stderr);
            let start = format!("azapi-ls: cannot write the log: {}: ", path.display());
            assert!(stderr.starts_with(&start) && stderr.lines().count() == 1, "{stderr}");
        }
    }
}

#[test]
fn a_filter_says_what_is_in_the_log() {
    let folder = folder(&[]);
    let log = folder.path().join("log");
    let body = r#"{"jsonrpc":"2.0","method":"no/notification"}"#;
    let message = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let lines = |filter: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_azapi-ls"))
            .env("AZAPI_LS_LOG", filter)
            .env("AZAPI_LS_LOG_FILE", &log)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), message.as_bytes()).unwrap();
        child.wait().unwrap();
        std::fs::read_to_string(&log).unwrap().lines().count()
    };
    assert_eq!(lines("error"), 0);
    assert_eq!(lines(""), 1);
}

/// A folder with these files, for `check` and `import`.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn run_in(folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    run_in_folder(folder.path(), arguments)
}

fn run_in_folder(folder: &std::path::Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_azapi-ls");
    Command::new(program).args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// One error: the type's form. The é and the tab are before it.
const WRONG: &str = "resource \"azapi_resource\" \"é\" {\n\ttype = \"Test.Rp/widgets\"\n}\n";
/// One warning: the provider does not check the type of a data source.
const DOUBTFUL: &str =
    "data \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  resource_id = var.r\n}\n";

#[test]
fn check_ends_with_2_at_diagnostics_of_the_failure_severity_and_with_0_below() {
    let wrong = folder(&[("main.tf", WRONG)]);
    assert_eq!(run_in(&wrong, &["check"]).status.code(), Some(2));
    let doubtful = folder(&[("main.tf", DOUBTFUL)]);
    assert_eq!(run_in(&doubtful, &["check"]).status.code(), Some(2));
    let lenient = ["check", "--minimum-failure-severity", "error"];
    assert_eq!(run_in(&doubtful, &lenient).status.code(), Some(0));
    assert_eq!(run_in(&wrong, &lenient).status.code(), Some(2));
    assert_eq!(run_in(&folder(&[("main.tf", "")]), &["check"]).status.code(), Some(0));
}

#[test]
fn check_prints_places_in_characters_and_bytes_as_json() {
    let wrong = folder(&[("main.tf", WRONG)]);
    let report = json(&run_in(&wrong, &["check", "--format", "json"]));
    assert_eq!((&report["version"], &report["files"]), (&1.into(), &1.into()));
    let found = &report["diagnostics"][0];
    let start = serde_json::json!({ "line": 2, "column": 9, "offset": 41 });
    let end = serde_json::json!({ "line": 2, "column": 26, "offset": 58 });
    assert_eq!(found["range"], serde_json::json!({ "start": start, "end": end }));
    assert_eq!(found["file"], "main.tf");
    assert_eq!((&found["severity"], &found["code"]), (&"error".into(), &"invalid-type-format".into()));
    assert_eq!(found["address"], "azapi_resource.é");
    assert!(found.get("path").is_none());
}

#[test]
fn check_speaks_to_people_to_github_and_in_sarif() {
    let wrong = folder(&[("main.tf", WRONG)]);
    let people = run_in(&wrong, &["check"]);
    let people = text(&people.stdout);
    assert!(people.contains("error[invalid-type-format]") && people.contains("main.tf:2:9"), "{people}");
    assert!(people.ends_with("1 file: 1 error\n") && !people.contains('\u{1b}'), "{people}");
    let github = run_in(&wrong, &["check", "--format", "github"]);
    let github = text(&github.stdout);
    assert!(github.starts_with("::error file=main.tf,line=2,endLine=2,col=9,endColumn=26,"), "{github}");
    let sarif = json(&run_in(&wrong, &["check", "--format", "sarif"]));
    assert_eq!(sarif["version"], "2.1.0");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "invalid-type-format");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&2.into(), &9.into()));
}

#[test]
fn check_walks_folders_but_not_what_git_and_terraform_keep_for_themselves() {
    let module = folder(&[
        ("main.tf", ""),
        ("inner/more.tofu", WRONG),
        ("inner/no.tfvars", WRONG),
        (".terraform/modules/x/main.tf", WRONG),
        ("ignored/main.tf", WRONG),
        (".gitignore", "ignored/\n"),
    ]);
    let report = json(&run_in(&module, &["check", "--format", "json"]));
    assert_eq!(report["files"], 2);
    let files: Vec<&str> =
        report["diagnostics"].as_array().unwrap().iter().map(|it| it["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["inner/more.tofu"]);
    let one = json(&run_in(&module, &["check", "ignored/main.tf", "--format", "json"]));
    assert_eq!(one["diagnostics"][0]["file"], "ignored/main.tf");
}

#[test]
fn check_follows_the_project_file() {
    let settings = "[severities]\ninvalid-type-format = 'off'\n";
    let quiet = folder(&[(".azapi-ls.toml", settings), ("inner/main.tf", WRONG)]);
    assert_eq!(run_in(&quiet, &["check"]).status.code(), Some(0));
    let bad = folder(&[(".azapi-ls.toml", "profile = 'nonsense'\n"), ("main.tf", "")]);
    let output = run_in(&bad, &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains(".azapi-ls.toml"), "{}", text(&output.stderr));
}

#[test]
fn every_command_on_types_and_modules_follows_the_setting_data() {
    let settings = "data = 'gone.bundle'\n";
    let folder = folder(&[(".azapi-ls.toml", settings), ("inner/main.tf", "")]);
    for arguments in [
        &["types", "storageAccounts"][..],
        &["show", "Microsoft.Storage/storageAccounts"],
        &["check"],
        &["import"],
    ] {
        let output = run_in_folder(&folder.path().join("inner"), arguments);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""), "{arguments:?}");
        let stderr = text(&output.stderr);
        assert!(stderr.lines().count() == 1 && stderr.contains(".azapi-ls.toml: `data`: "), "{stderr}");
        assert!(stderr.contains("gone.bundle"), "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn no_file_that_is_not_plain_is_waited_for() {
    for data in ["pipe", "/dev/zero", "/dev/stdin"] {
        let folder = folder(&[(".azapi-ls.toml", &format!("data = '{data}'\n")), ("main.tf", "")]);
        assert!(Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
        for arguments in [&["check"][..], &["types", "storage"]] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_azapi-ls"));
            let mut child = command
                .args(arguments)
                .current_dir(&folder)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            // Open while the command runs.
            let _stdin = child.stdin.take();
            let output = child.wait_with_output().unwrap();
            let stderr = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{data}: {stderr}");
            assert!(stderr.ends_with(": not a plain file\n"), "{data}: {stderr}");
        }
    }
}

#[test]
fn what_cannot_be_read_ends_with_1_and_one_line() {
    let module = folder(&[("notes.txt", "x")]);
    for path in ["gone.tf", "notes.txt"] {
        let output = run_in(&module, &["check", path]);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
        let stderr = text(&output.stderr);
        assert!(stderr.lines().count() == 1 && stderr.contains(path), "{stderr}");
    }
}

#[test]
fn import_prints_commands_blocks_and_json() {
    let group = "resource \"azapi_resource\" \"group\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-03-01\"\n  name = \"main\"\n}\n";
    let module = folder(&[("main.tf", group)]);
    let command = run_in(&module, &["import"]);
    let line =
        "terraform import azapi_resource.group '/subscriptions/{subscriptionId}/resourceGroups/main'\n";
    assert_eq!((command.status.code(), text(&command.stdout)), (Some(0), line));
    let block = run_in(&module, &["import", "--format", "block", "--address", "azapi_resource.group"]);
    let written = "import {\n  to = azapi_resource.group\n  id = \"/subscriptions/{subscriptionId}/resourceGroups/main\"\n}\n";
    assert_eq!(text(&block.stdout), written);
    let all = json(&run_in(&module, &["import", "--format", "json"]));
    assert_eq!(all["imports"][0]["api_version"], "2024-03-01");
    let unknown = run_in(&module, &["import", "--address", "azapi_resource.gone"]);
    assert_eq!((unknown.status.code(), text(&unknown.stdout)), (Some(1), ""));
    assert!(text(&unknown.stderr).contains("azapi_resource.gone"));
}

#[test]
fn explain_prints_the_section_of_a_code() {
    let output = run(&["explain", "invalid-parent-id"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("invalid-parent-id\n"));
    let unknown = run(&["explain", "invalid-parent"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(text(&unknown.stderr).contains("invalid-parent-id"));
}

#[test]
fn import_takes_an_instance_and_an_api_version() {
    let group = "/subscriptions/s/resourceGroups/g";
    let text = format!(
        "resource \"azapi_resource\" \"each\" {{\n  for_each = {{ a = 1, b = 2 }}\n  type = \"Microsoft.Network/virtualNetworks@2024-05-01\"\n  name = each.key\n  parent_id = \"{group}\"\n}}\nresource \"azapi_resource\" \"count\" {{\n  count = 2\n  type = \"Microsoft.Network/virtualNetworks@2024-05-01\"\n  name = \"v${{count.index}}\"\n  parent_id = \"{group}\"\n}}\nresource \"azapi_resource\" \"wrong\" {{\n  type = \"Microsoft.Network/virtualNetworks@2024-05-01\"\n  name = \"v\"\n  parent_id = \"g\"\n}}\n"
    );
    let module = folder(&[("main.tf", &text)]);
    let networks = format!("{group}/providers/Microsoft.Network/virtualNetworks");
    let of = |arguments: &[&str]| {
        let output = run_in(&module, &[&["import"], arguments].concat());
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(
        of(&["--address", "azapi_resource.each[\"b\"]"]),
        format!("terraform import 'azapi_resource.each[\"b\"]' '{networks}/b'\n")
    );
    assert_eq!(
        of(&["--address", "azapi_resource.count[1]", "--api-version"]),
        format!("terraform import 'azapi_resource.count[1]' '{networks}/v1?api-version=2024-05-01'\n")
    );
    assert_eq!(
        of(&["--address", "azapi_resource.each"]),
        format!(
            "terraform import 'azapi_resource.each[\"a\"]' '{networks}/a'\nterraform import 'azapi_resource.each[\"b\"]' '{networks}/b'\n"
        )
    );
    for missing in [
        "azapi_resource.each[\"c\"]",
        "azapi_resource.count[2]",
        "azapi_resource.wrong[0]",
        "azapi_resource.wrong",
    ] {
        let output = run_in(&module, &["import", "--address", missing]);
        assert_eq!(output.status.code(), Some(1), "{missing}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("is not imported: "), "{missing}");
    }
    let reason = "# azapi_resource.wrong is not imported: `parent_id` must be the id of a resource group, but it does not begin with `/`";
    assert!(of(&[]).ends_with(&format!("{reason}\n")), "{}", of(&[]));
    assert!(of(&["--format", "block"]).contains(reason));
    assert!(of(&["--format", "json"]).contains("\"not_imported\""));
}

/// A root that gives `child`, in another folder, a parent that its token cannot have.
fn calling() -> tempfile::TempDir {
    let token = "type = \"Microsoft.ContainerRegistry/registries/tokens@2025-04-01\"";
    let child = format!(
        "variable \"parent\" {{}}\nresource \"azapi_resource\" \"x\" {{\n  {token}\n  name = \"token1\"\n  parent_id = var.parent\n}}\n"
    );
    let root = "module \"m\" {\n  source = \"../child\"\n  parent = \"/subscriptions/s\"\n}\n";
    folder(&[("root/main.tf", root), ("child/main.tf", &child)])
}

#[test]
fn check_judges_modules_as_they_are_called_whichever_folders_are_named() {
    let module = calling();
    for (folder, arguments, file, files) in [
        (module.path().to_path_buf(), &["check"][..], "child/main.tf", 2),
        (module.path().to_path_buf(), &["check", "root"], "child/main.tf", 1),
        (module.path().join("root"), &["check"], "../child/main.tf", 1),
    ] {
        let output = run_in_folder(&folder, &[arguments, &["--format", "json"]].concat());
        let report = json(&output);
        let [found] = &report["diagnostics"].as_array().unwrap()[..] else { panic!("{report}") };
        assert_eq!((&found["file"], &found["code"]), (&file.into(), &"invalid-parent-id".into()));
        assert_eq!(found["address"], "module.m.azapi_resource.x");
        assert_eq!((&report["files"], output.status.code()), (&files.into(), Some(2)));
    }
    let report = json(&run_in(&module, &["check", "child", "--format", "json"]));
    assert_eq!(report["diagnostics"], serde_json::json!([]));
}

#[test]
fn import_names_the_calls_that_lead_to_a_block() {
    let module = calling();
    let registry = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r";
    let root = module.path().join("root/main.tf");
    let call = std::fs::read_to_string(&root).unwrap().replace("/subscriptions/s", registry);
    std::fs::write(&root, call).unwrap();
    for arguments in [&["import", "root"][..], &["import", "--address", "module.m.azapi_resource.x"]] {
        let output = run_in(&module, arguments);
        assert_eq!(
            text(&output.stdout),
            format!("terraform import module.m.azapi_resource.x '{registry}/tokens/token1'\n")
        );
    }
}

#[test]
fn a_file_in_another_encoding_is_named_and_the_others_are_checked() {
    let module = folder(&[("main.tf", WRONG)]);
    std::fs::write(module.path().join("latin.tf"), b"# \xe9\n").unwrap();
    let output = run_in(&module, &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("main.tf:2:9"), "{}", text(&output.stdout));
    assert_eq!(text(&output.stderr), "azapi-ls: ./latin.tf: not UTF-8 text; save it as UTF-8\n");
    std::fs::write(module.path().join("latin.tf"), b"\xff\xfea\0").unwrap();
    let stderr = run_in(&module, &["check"]).stderr;
    assert_eq!(text(&stderr), "azapi-ls: ./latin.tf: UTF-16 text; save it as UTF-8\n");
}

#[test]
fn a_module_that_terraform_installed_is_known_as_one_beside_the_caller() {
    let block = |name: &str, parent: &str| {
        format!(
            "resource \"azapi_resource\" \"{name}\" {{\n  type = \"Microsoft.ContainerRegistry/registries/tokens@2025-04-01\"\n  name = \"token1\"\n  parent_id = {parent}\n}}\n"
        )
    };
    let registry = "\"/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r\"";
    let inner = format!("{}output \"id\" {{ value = azapi_resource.x.id }}\n", block("x", registry));
    let outer = "module \"inner\" {\n  source = \"./inner\"\n}\noutput \"id\" { value = module.inner.id }\n";
    let root =
        format!("module \"m\" {{\n  source = \"example/m/azurerm\"\n}}\n{}", block("y", "module.m.id"));
    let manifest = r#"{"Modules":[{"Key":"","Source":"","Dir":"."},
        {"Key":"m","Source":"registry.terraform.io/example/m/azurerm","Version":"1.0.0","Dir":".terraform/modules/m"},
        {"Key":"m.inner","Source":"./inner","Dir":".terraform/modules/m/inner"}]}"#;
    let files = |root: &str| {
        folder(&[
            ("main.tf", root),
            (".terraform/modules/m/main.tf", outer),
            (".terraform/modules/m/inner/main.tf", &inner),
            (".terraform/modules/modules.json", manifest),
        ])
    };
    let report = json(&run_in(&files(&root), &["check", "--format", "json"]));
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), 1, "{report}");
    assert_eq!(report["diagnostics"][0]["code"], "invalid-parent-id");
    // Not what the call names now.
    let stale = files(&root.replace("example/m/azurerm", "example/other/azurerm"));
    assert_eq!(run_in(&stale, &["check"]).status.code(), Some(0));
    let imports = run_in(&files(&root), &["import"]);
    assert!(
        text(&imports.stdout).contains("terraform import module.m.module.inner.azapi_resource.x "),
        "{}",
        text(&imports.stdout)
    );
}
