//! The packages of the extension for VS Code: a universal one, and one with the server for each platform.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::Program;
use crate::{fetch, places, run, targets};

/// Where what the packages are made with must be, from the extension's folder.
const PACKER: &str = "node_modules/@vscode/vsce";

/// Why no packages can be made here; `None` when they can.
pub(crate) fn obstacle() -> Option<String> {
    if let Err(why) = run::output(Command::new("node").arg("--version")) {
        return Some(why);
    }
    let there = extension().join(PACKER).is_dir();
    (!there).then(|| "what packs it is not here; `npm ci --prefix editors/vscode` gets it".to_owned())
}

/// Makes the packages in `out`.
pub(crate) fn make(programs: &[Program], out: &Path) -> Result<(), String> {
    let servers = places::target().join("vscode-servers");
    let failed = |error: std::io::Error| format!("{}: {error}", servers.display());
    fetch::remove(&servers).map_err(failed)?;
    for (platform, program) in carried(programs) {
        let folder = servers.join(platform);
        fs::create_dir_all(&folder).map_err(failed)?;
        let copy = folder.join(targets::program_name(&program.target));
        fs::copy(&program.path, copy).map_err(|error| format!("{}: {error}", program.path.display()))?;
    }
    fs::create_dir_all(&servers).map_err(failed)?;
    let mut node = Command::new("node");
    node.arg(extension().join("package.mjs")).arg("--out").arg(out).arg("--servers").arg(&servers);
    run::must(&mut node, "packing the extension for VS Code")?;
    fetch::remove(&servers).map_err(failed)
}

/// The program for each of VS Code's platforms. Where two would do, the first: a release's come before others.
fn carried(programs: &[Program]) -> Vec<(String, &Program)> {
    let mut carried: Vec<(String, &Program)> = Vec::new();
    for program in programs {
        for platform in targets::platforms(&program.target) {
            if !carried.iter().any(|(it, _)| *it == platform) {
                carried.push((platform, program));
            }
        }
    }
    carried
}

fn extension() -> PathBuf {
    places::root().join("editors/vscode")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{carried, extension};
    use crate::places;
    use crate::program::Program;

    #[test]
    fn a_static_program_serves_both_kinds_of_linux_and_no_platform_has_two() {
        let program = |target: &str| Program { target: target.to_owned(), path: PathBuf::from(target) };
        let programs =
            ["x86_64-unknown-linux-musl", "x86_64-unknown-linux-gnu", "aarch64-apple-darwin"].map(program);
        let carried = carried(&programs);
        let carried: Vec<_> =
            carried.iter().map(|(platform, it)| (platform.as_str(), it.target.as_str())).collect();
        let musl = "x86_64-unknown-linux-musl";
        let expected = [("linux-x64", musl), ("alpine-x64", musl), ("darwin-arm64", "aarch64-apple-darwin")];
        assert_eq!(carried, expected);
    }

    #[test]
    fn the_extension_has_the_version_of_the_program_that_it_carries() {
        let read = |path: PathBuf| std::fs::read_to_string(path).expect("a manifest");
        let manifest: serde_json::Value =
            serde_json::from_str(&read(extension().join("package.json"))).expect("JSON");
        let version = manifest["version"].as_str().expect("a version");
        let line = format!("version = \"{version}\"");
        assert!(read(places::root().join("Cargo.toml")).lines().any(|it| it == line), "no line `{line}`");
    }
}
