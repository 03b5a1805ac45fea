//! Other programs, started from the project's root.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use crate::places;

/// The cargo that started this program.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(places::root());
    cargo
}

/// Runs a program to its end, its output shown. `Err` when it did not start.
pub(crate) fn shown(command: &mut Command) -> Result<ExitStatus, String> {
    command.status().map_err(|error| not_started(command, &error))
}

/// Like [`shown`]; `Err` also when it failed, and `doing` says at what.
pub(crate) fn must(command: &mut Command, doing: &str) -> Result<(), String> {
    let status = shown(command)?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{doing} failed ({status}); what went wrong stands above"))
    }
}

/// What a program writes on standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        let problem = String::from_utf8_lossy(&output.stderr);
        let line = problem.lines().next().unwrap_or("it gave no reason").to_owned();
        return Err(format!("{}: {line}", name(command)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Why a program did not start, in one line.
pub(crate) fn not_started(command: &Command, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("{} is not on this machine", name(command)),
        _ => format!("{} did not start: {error}", name(command)),
    }
}

fn name(command: &Command) -> String {
    Path::new(command.get_program()).display().to_string()
}

/// Whether a folder is one of those where the shell looks for programs.
pub(crate) fn on_path(folder: &Path, path: &OsStr) -> bool {
    let real = |it: &Path| it.canonicalize().unwrap_or_else(|_| it.to_owned());
    std::env::split_paths(path).any(|it| real(&it) == real(folder))
}

/// The folder that `cargo install` takes when none is named: its `bin` holds the programs.
pub(crate) fn install_root() -> Option<PathBuf> {
    named("CARGO_INSTALL_ROOT").or_else(cargo_home)
}

/// Where cargo keeps its own things, the sources of packages among them.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    named("CARGO_HOME").or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|it| !it.is_empty()).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::Command;

    #[test]
    fn a_folder_is_on_the_path_however_it_is_spelled() {
        let root = tempfile::tempdir().expect("a folder");
        let bin = root.path().join("bin");
        std::fs::create_dir(&bin).expect("a folder");
        let path = std::env::join_paths([Path::new("/nowhere"), &bin.join(".")]).expect("a path");
        assert!(super::on_path(&bin, &path));
        assert!(!super::on_path(root.path(), &path));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let problem = super::must(&mut Command::new("no-such-program"), "the work");
        assert_eq!(problem, Err("no-such-program is not on this machine".to_owned()));
    }
}
