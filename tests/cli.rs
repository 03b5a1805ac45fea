//! Whole runs of the built program's command line.

use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_azapi-ls")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_version_is_said_on_stdout() {
    let output = run(&["--version"]);
    assert_eq!(output.status.code(), Some(0));
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
