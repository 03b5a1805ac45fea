//! Maintainer commands: `cargo xtask --help`.

mod archive;
mod counts;
mod descriptions;
mod dist;
mod fetch;
mod install;
mod lock;
mod manifest;
mod notes;
mod places;
mod program;
mod progress;
mod run;
mod schemas;
mod tally;
mod targets;
mod test;
mod vanished;
mod verify;
mod vsix;
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
    /// Make a release's archives, packages for VS Code and checksums, in `dist` of the target folder
    Dist {
        /// Build for this target; without any, for all of a release that this machine can build
        #[arg(long = "target", value_name = "TRIPLE")]
        targets: Vec<String>,
        /// Take programs that are built already, from FOLDER/TRIPLE
        #[arg(long, value_name = "FOLDER", conflicts_with = "targets")]
        programs: Option<PathBuf>,
    },
    /// Print what the changelog says of a version
    Notes {
        /// Such as 0.1.0, or Unreleased
        version: String,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Schemas { package } => schemas::run(&package, &places::schemas()),
        Command::Descriptions { package } => descriptions::run(package.as_deref()),
        Command::Verify { package } => verify::run(&package, &places::schemas()),
        Command::Install { descriptions, root } => install::run(descriptions.as_deref(), root.as_deref()),
        Command::Test { install_editors } => Ok(test::run(install_editors)),
        Command::Dist { targets, programs } => dist::run(&targets, programs.as_deref()),
        Command::Notes { version } => notes::run(&version),
    };
    match result {
        Ok(code) => code,
        Err(message) => {
            progress::report(&format!("error: {message}"));
            ExitCode::FAILURE
        }
    }
}
