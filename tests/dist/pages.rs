//! Writes the manual pages and the completions of shells into a folder: `cargo run --example pages -- FOLDER`.
//! Not a part of the program, so that what writes them is none either.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use azapi_ls::cli;
use clap::ValueEnum;
use clap_complete::Shell;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return fail("name a folder");
    };
    match write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("{}: {error}", folder.display())),
    }
}

/// `man/*.1` and one file for each shell in `completions/`, named as the shells look for them.
fn write(folder: &Path) -> io::Result<()> {
    let (man, completions) = (folder.join("man"), folder.join("completions"));
    std::fs::create_dir_all(&man)?;
    std::fs::create_dir_all(&completions)?;
    clap_mangen::generate_to(cli::command(), man)?;
    for shell in Shell::value_variants() {
        clap_complete::generate_to(*shell, &mut cli::command(), "azapi-ls", &completions)?;
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "a program of its own, with nothing else to say it on")]
fn fail(problem: &str) -> ExitCode {
    eprintln!("pages: {problem}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::write;

    fn names(folder: &Path) -> BTreeSet<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        entries.map(|it| it.expect("a file").file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn every_shell_has_its_completions_and_every_command_its_page() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path()).expect("pages");
        let shells = ["_azapi-ls", "_azapi-ls.ps1", "azapi-ls.bash", "azapi-ls.elv", "azapi-ls.fish"];
        assert_eq!(names(&folder.path().join("completions")), shells.map(str::to_owned).into());
        let man = names(&folder.path().join("man"));
        let command = azapi_ls::cli::command();
        for name in command.get_subcommands().map(|it| format!("azapi-ls-{}.1", it.get_name())) {
            assert!(man.contains(&name), "{name} is not in {man:?}");
        }
        assert!(man.contains("azapi-ls.1"));
    }
}

#[cfg(all(test, unix))]
mod shell_tests {
    use std::collections::BTreeSet;
    use std::process::Command;

    use super::write;

    /// What a shell offers, one to a line, when it runs a script in the folder of completions. `None` where the
    /// shell is not on this machine.
    fn offered(shell: &str, arguments: &[&str]) -> Option<BTreeSet<String>> {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path()).expect("pages");
        let output = Command::new(shell)
            .args(arguments)
            .current_dir(folder.path().join("completions"))
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        // Fish writes a description behind a tab.
        Some(text.lines().map(|it| it.split('\t').next().unwrap_or_default().to_owned()).collect())
    }

    fn assert_formats(offered: Option<BTreeSet<String>>) {
        let formats = ["github", "json", "sarif", "text"].map(str::to_owned);
        assert!(offered.is_none_or(|it| it == formats.into()));
    }

    #[test]
    fn bash_loads_its_completions_and_offers_values() {
        let script = ". ./azapi-ls.bash; COMP_WORDS=(azapi-ls check --format ''); COMP_CWORD=3; \
                      [[ $(complete -p azapi-ls) =~ -F\\ ([^ ]+) ]]; \"${BASH_REMATCH[1]}\" azapi-ls '' --format; \
                      printf '%s\\n' \"${COMPREPLY[@]}\"";
        assert_formats(offered("bash", &["-c", script]));
    }

    #[test]
    fn fish_loads_its_completions_and_offers_values() {
        let script = "source azapi-ls.fish; complete --do-complete 'azapi-ls check --format '";
        assert_formats(offered("fish", &["--no-config", "-c", script]));
    }
}
