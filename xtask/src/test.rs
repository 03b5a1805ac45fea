//! `cargo xtask test`: every test there is, and how many passed.

use std::io::{BufRead, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use crate::progress::{print_line, report};
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
    print_line("");
    print_line(&all.to_string());
    if all.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn rust() -> Tally {
    heading("Rust: cargo test --workspace");
    let mut cargo = run::cargo();
    cargo.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    // One line for each of the workspace's programs of tests.
    counted(&mut cargo, &mut std::io::stdout(), |said, line| {
        if let Some(more) = Tally::of_rust(line) {
            *said.get_or_insert_default() += more;
        }
    })
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
    match catch_unwind(AssertUnwindSafe(|| verify::run(&package, &places::schemas()))) {
        Ok(Ok(_)) => Tally::PASSED,
        Ok(Err(problem)) => failed(&problem),
        Err(_) => failed("the comparison broke off"),
    }
}

/// Only the package that the facts were made from can be held against them.
fn is_that_of_the_facts(package: &Path) -> Result<bool, String> {
    let sha256 = lock::sha256_of(package)?;
    Ok(lock::read(&places::schemas())?.iter().any(|it| it.usage == "facts" && it.sha256 == sha256))
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
    counted(&mut node, &mut std::io::stdout(), |said, line| *said = Tally::of_words(line).or(*said))
}

/// Runs a program of tests, its output shown as it comes, and gathers the counts that its lines state.
fn counted(command: &mut Command, out: &mut impl Write, gather: impl Fn(&mut Option<Tally>, &str)) -> Tally {
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return failed(&run::not_started(command, &error)),
    };
    let mut said = None;
    let mut lines = child.stdout.take().map(BufReader::new);
    let mut line = Vec::new();
    while let Some(lines) = &mut lines
        && lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0)
    {
        let _ = out.write_all(&line).and_then(|()| out.flush());
        gather(&mut said, &String::from_utf8_lossy(&line));
        line.clear();
    }
    let succeeded = child.wait().is_ok_and(|status| status.success());
    Tally::of_program(said, succeeded)
}

fn heading(text: &str) {
    print_line(&format!("\n== {text}"));
}

fn skipped(why: &str) -> Tally {
    print_line(&format!("skipped: {why}"));
    Tally::SKIPPED
}

fn failed(why: &str) -> Tally {
    report(&format!("error: {why}"));
    Tally::FAILED
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::Command;

    use super::counted;
    use crate::tally::Tally;

    /// What is counted and what is shown.
    fn shell(script: &str) -> (Tally, String) {
        let mut shown = Vec::new();
        let tally = counted(Command::new("sh").args(["-c", script]), &mut shown, |said, line| {
            *said = Tally::of_words(line).or(*said);
        });
        (tally, String::from_utf8(shown).expect("text"))
    }

    #[test]
    fn output_is_shown_and_its_last_counts_are_taken() {
        let (tally, shown) =
            shell("echo '1 passed, 0 failed'; echo x; printf '2 passed, 0 failed, 1 skipped'");
        assert_eq!(tally, Tally { passed: 2, failed: 0, skipped: 1 });
        assert_eq!(shown, "1 passed, 0 failed\nx\n2 passed, 0 failed, 1 skipped");
    }

    #[test]
    fn a_program_that_ends_badly_or_never_starts_is_one_failure() {
        assert_eq!(shell("exit 3").0, Tally::FAILED);
        assert_eq!(shell("echo '4 passed, 0 failed'; exit 1").0, Tally { passed: 4, failed: 1, skipped: 0 });
        let mut absent = Command::new("no-such-program");
        assert_eq!(counted(&mut absent, &mut Vec::new(), |_, _| ()), Tally::FAILED);
    }
}
