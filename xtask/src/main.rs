//! Maintainer commands: `cargo xtask --help`.

mod counts;
mod descriptions;
mod fetch;
mod install;
mod lock;
mod manifest;
mod places;
mod progress;
mod run;
mod schemas;
mod tally;
mod test;
mod verify;
mod walk;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Maintainer commands of azapi-ls.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make the committed facts (`schemas/`) from the publisher's package
    Schemas {
        /// A .nupkg, .tgz or .whl package, an assembly, or a folder of index.json and types.json files
        package: PathBuf,
    },
    /// Put the publisher's property descriptions where a build finds them
    Descriptions {
        /// A package as for `schemas`; without one, that of the environment variable AZAPI_LS_TYPES_PACKAGE, else
        /// a pinned one through dotnet, npm or pip
        package: Option<PathBuf>,
    },
    /// Hold the committed facts against the package: every type, property, flag, constraint and scope
    Verify {
        /// The package that the facts were made from
        package: PathBuf,
    },
    /// Build the program, install it, show it at work and say how to start it in an editor
    Install {
        /// A package for the descriptions, as for `descriptions`
        #[arg(long, value_name = "PACKAGE")]
        descriptions: Option<PathBuf>,
        /// Install into DIR/bin instead of cargo's own folder
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
    },
    /// Run every test there is; the last line is the count
    Test {
        /// Let the editors' tests install the editors that this machine lacks
        #[arg(long)]
        install_editors: bool,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Schemas { package } => schemas::run(&package, &places::schemas()),
        Command::Descriptions { package } => descriptions::run(package.as_deref()),
        Command::Verify { package } => verify::run(&package, &places::schemas()),
        Command::Install { descriptions, root } => install::run(descriptions.as_deref(), root.as_deref()),
        Command::Test { install_editors } => Ok(test::run(install_editors)),
    };
    match result {
        Ok(code) => code,
        Err(message) => {
            progress::say(&format!("error: {message}"));
            ExitCode::FAILURE
        }
    }
}
