//! `cargo xtask test`: every test there is, and how many passed.

use std::io::{BufRead, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use crate::progress::{answer, say};
use crate::tally::Tally;
use crate::{descriptions, lock, places, run, verify};

/// Runs all, whatever fails. The last line is the count, alone. `install_editors`: whether the editors' tests
/// may install the editors they miss.
pub(crate) fn run(install_editors: bool) -> ExitCode {
    let ci = std::env::var_os("CI").is_some_and(|it| it == "true");
    let mut all = Tally::default();
    all += rust();
    all += facts();
    all += editors(install_editors, ci);
    answer("");
    answer(&all.to_string());
    if all.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn rust() -> Tally {
    heading("Rust: cargo test --workspace");
    let mut cargo = run::cargo();
    cargo.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    counted(&mut cargo, |all, more| *all.get_or_insert_default() += more)
}

fn facts() -> Tally {
    heading("Facts against the package: cargo xtask verify");
    let Some(package) = descriptions::named_package() else {
        return skipped(&format!("no package: {} names none", descriptions::VARIABLE));
    };
    match is_that_of_the_facts(&package) {
        Ok(true) => {}
        Ok(false) => return skipped(&format!("{} is not the package of the facts", package.display())),
        Err(problem) => return failed(&problem),
    }
    match catch_unwind(AssertUnwindSafe(|| verify::run(&package))) {
        Ok(Ok(_)) => Tally::PASSED,
        Ok(Err(problem)) => failed(&problem),
        Err(_) => failed("the comparison broke off"),
    }
}

/// Only the package that the facts were made from can be held against them.
fn is_that_of_the_facts(package: &Path) -> Result<bool, String> {
    let sha256 = lock::sha256_of(package)?;
    Ok(lock::read()?.iter().any(|it| it.usage == "facts" && it.sha256 == sha256))
}

fn editors(install: bool, ci: bool) -> Tally {
    heading("Editors: node editors/test/run.mjs");
    let script = places::root().join("editors/test/run.mjs");
    // On a person's machine their absence is no fault of the project.
    let absent = |what: &str| if ci || install { failed(what) } else { skipped(what) };
    if !script.is_file() {
        return absent(&format!("{} is not there", script.display()));
    }
    let mut node = Command::new("node");
    node.current_dir(places::root()).arg(&script);
    if install {
        node.arg("--install-editors");
    }
    if Command::new("node").arg("--version").output().is_err() {
        return absent("node is not on this machine");
    }
    // It may state counts on the way; the last one is of the whole.
    counted(&mut node, |all, last| *all = Some(last))
}

/// Runs a program of tests, its output shown as it comes, and joins the counts that it states.
fn counted(command: &mut Command, join: impl Fn(&mut Option<Tally>, Tally)) -> Tally {
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return failed(&run::not_started(command, &error)),
    };
    let mut said = None;
    let mut out = std::io::stdout();
    let mut lines = child.stdout.take().map(BufReader::new);
    let mut line = Vec::new();
    while let Some(lines) = &mut lines
        && lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0)
    {
        let _ = out.write_all(&line).and_then(|()| out.flush());
        if let Some(counts) = Tally::of_line(&String::from_utf8_lossy(&line)) {
            join(&mut said, counts);
        }
        line.clear();
    }
    let succeeded = child.wait().is_ok_and(|status| status.success());
    Tally::of_program(said, succeeded)
}

fn heading(text: &str) {
    answer(&format!("\n== {text}"));
}

fn skipped(why: &str) -> Tally {
    answer(&format!("skipped: {why}"));
    Tally::SKIPPED
}

fn failed(why: &str) -> Tally {
    say(&format!("error: {why}"));
    Tally::FAILED
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::Command;

    use super::counted;
    use crate::tally::Tally;

    fn shell(script: &str, join: impl Fn(&mut Option<Tally>, Tally)) -> Tally {
        counted(Command::new("sh").args(["-c", script]), join)
    }

    #[test]
    fn counts_on_the_way_are_added_or_replaced() {
        let script = "echo '1 passed, 0 failed'; printf '2 passed, 0 failed, 1 skipped'";
        let added = shell(script, |all, more| *all.get_or_insert_default() += more);
        assert_eq!(added, Tally { passed: 3, failed: 0, skipped: 1 });
        let last = shell(script, |all, last| *all = Some(last));
        assert_eq!(last, Tally { passed: 2, failed: 0, skipped: 1 });
    }

    #[test]
    fn a_program_that_ends_badly_or_never_starts_is_one_failure() {
        assert_eq!(shell("exit 3", |all, last| *all = Some(last)), Tally::FAILED);
        assert_eq!(counted(&mut Command::new("no-such-program"), |_, _| ()), Tally::FAILED);
    }
}
