//! The program of one target: whether this machine can build it, and the build.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::targets::{self, Linker};
use crate::{places, run};

/// What brings Zig's linker. The versions are those that releases were tried with.
const ZIG: &str = "pip install cargo-zigbuild==0.24.1 ziglang==0.17.1";

/// The first that there is for both architectures.
const OLDEST_MACOS: &str = "11.0";

/// A program that is built, and for which target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Program {
    pub(crate) target: String,
    pub(crate) path: PathBuf,
}

/// Why this machine cannot build for a target, with the command that helps where one does; `None` when it can.
pub(crate) fn obstacle(target: &str, host: &str) -> Option<String> {
    let linker = match targets::linker(target, host) {
        Ok(linker) => linker,
        Err(why) => return Some(why),
    };
    let mut missing = Vec::new();
    match run::output(Command::new("rustc").args(["--print", "target-libdir", "--target", target])) {
        Ok(folder) if Path::new(folder.trim()).is_dir() => {}
        Ok(_) => missing.push(format!("rustup target add {target}")),
        Err(why) => return Some(why),
    }
    if linker == Linker::Zig && !zig_is_there() {
        missing.push(ZIG.to_owned());
    }
    (!missing.is_empty()).then(|| format!("what builds it is not here; `{}` gets it", missing.join(" && ")))
}

fn zig_is_there() -> bool {
    // Asks the compiler itself, which has a package of its own.
    let probe = Command::new("cargo-zigbuild").args(["zig", "cc", "--", "--version"]).output();
    probe.is_ok_and(|it| it.status.success())
}

/// The stripped program (the profile strips it).
pub(crate) fn build(target: &str, host: &str) -> Result<Program, String> {
    let linker = targets::linker(target, host)?;
    let mut cargo = run::cargo();
    cargo.arg(if linker == Linker::Zig { "zigbuild" } else { "build" });
    cargo.args(["--release", "--locked", "--bin", "azapi-ls", "--target", target, "--target-dir"]);
    cargo.arg(places::target());
    // In place of the environment's own, so that the same sources give the same program.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags(target).join("\u{1f}"));
    // Each linker has a default of its own, and Zig's is years younger.
    cargo.env("MACOSX_DEPLOYMENT_TARGET", OLDEST_MACOS);
    if linker == Linker::Rust {
        let variable = format!("CARGO_TARGET_{}_LINKER", target.to_uppercase().replace('-', "_"));
        cargo.env(variable, "rust-lld");
    }
    run::must(&mut cargo, &format!("the build for {target}"))?;
    let path = places::target().join(target).join("release").join(targets::program_name(target));
    Ok(Program { target: target.to_owned(), path })
}

/// The flags rustc gets besides those of the profile.
fn flags(target: &str) -> Vec<String> {
    // The folders of whoever builds are nobody's business, and differ from machine to machine.
    let folders = [(run::cargo_home(), "cargo"), (Some(places::root()), "azapi-ls")];
    let mut flags: Vec<String> = folders
        .into_iter()
        .filter_map(|(folder, name)| Some(format!("--remap-path-prefix={}={name}", folder?.display())))
        .collect();
    if target.ends_with("-msvc") {
        // Else the program asks for a library that a fresh Windows does not have.
        flags.push("-Ctarget-feature=+crt-static".to_owned());
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::{ZIG, flags, obstacle};

    #[test]
    fn what_is_missing_for_a_target_is_told_with_the_commands_that_get_it() {
        // No one has installed this one by chance.
        let target = "powerpc64-ibm-aix";
        let why = obstacle(target, "x86_64-unknown-linux-gnu").expect("it cannot be built");
        let start = format!("what builds it is not here; `rustup target add {target}");
        assert!(why.starts_with(&start), "{why}");
        assert!(why.ends_with("` gets it") && (why.contains("&&") == why.contains(ZIG)), "{why}");
    }

    #[test]
    fn a_target_that_does_not_exist_is_refused_by_the_compiler_s_own_words() {
        let why = obstacle("no-such-target", "x86_64-unknown-linux-gnu").expect("it does not exist");
        assert!(why.contains("no-such-target"), "{why}");
    }

    #[test]
    fn a_program_for_windows_carries_what_it_needs() {
        let carries = |target| flags(target).contains(&"-Ctarget-feature=+crt-static".to_owned());
        assert!(carries("aarch64-pc-windows-msvc") && !carries("x86_64-unknown-linux-musl"));
    }
}
