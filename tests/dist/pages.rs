//! Writes the manual pages and the completions of shells into a folder: `cargo run --example pages -- FOLDER`.
//! Not a part of the program, so that what writes them is none either.

use std::path::PathBuf;
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
fn write(folder: &std::path::Path) -> std::io::Result<()> {
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
