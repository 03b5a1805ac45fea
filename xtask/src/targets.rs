//! The targets of a release: how they are linked, and what they are called in archives and by VS Code.

use std::process::Command;

use crate::run;

/// What a release is made for. Linux by musl: such a program needs nothing of the system that it runs on.
const RELEASE: [&str; 6] = [
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "aarch64-pc-windows-msvc",
];

/// The targets of a release as this machine builds them: Microsoft's libraries are on Windows alone, elsewhere
/// LLVM's and Mingw's take their place.
pub(crate) fn of_release(host: &str) -> Vec<String> {
    let llvm = system(host) != "Windows";
    let as_built = |it: &str| if llvm { it.replace("-msvc", "-gnullvm") } else { it.to_owned() };
    RELEASE.into_iter().map(as_built).collect()
}

/// The machine's own target.
pub(crate) fn host() -> Result<String, String> {
    let about = run::output(Command::new("rustc").arg("-vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say for which machine it is".to_owned())
}

/// What links a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Linker {
    /// The one that rustc takes by itself.
    Usual,
    /// The one that comes with Rust.
    Rust,
    /// Zig's, which has the libraries of every system, through `cargo zigbuild`.
    Zig,
}

/// What links a target's programs on this machine; `Err` says why nothing does.
pub(crate) fn linker(target: &str, host: &str) -> Result<Linker, String> {
    let both = |has: fn(&str) -> bool| has(target) && has(host);
    let for_all_of_a_system = both(|it| system(it) == "macOS") || both(|it| it.ends_with("-msvc"));
    if target == host || for_all_of_a_system {
        Ok(Linker::Usual)
    } else if target.ends_with("-linux-musl") && system(host) == "Linux" {
        Ok(if architecture(target) == architecture(host) { Linker::Usual } else { Linker::Rust })
    } else if target.ends_with("-msvc") {
        Err(format!("needs a machine with Windows, this one has {}", system(host)))
    } else {
        Ok(Linker::Zig)
    }
}

/// Whether two targets are for the same kind of machine, whatever their libraries.
pub(crate) fn same_machine(one: &str, other: &str) -> bool {
    (system(one), architecture(one)) == (system(other), architecture(other))
}

fn architecture(target: &str) -> &str {
    target.split('-').next().unwrap_or(target)
}

fn system(target: &str) -> &str {
    match target {
        it if it.contains("-linux-") => "Linux",
        it if it.contains("-darwin") => "macOS",
        it if it.contains("-windows-") => "Windows",
        it => it,
    }
}

pub(crate) fn program_name(target: &str) -> &'static str {
    if system(target) == "Windows" { "azapi-ls.exe" } else { "azapi-ls" }
}

/// Without the version, which stands in the release's address.
pub(crate) fn archive_name(target: &str) -> String {
    let ending = if system(target) == "Windows" { "zip" } else { "tar.gz" };
    format!("azapi-ls-{target}.{ending}")
}

/// VS Code's names for the platforms that a target's program runs on; none where VS Code does not run.
pub(crate) fn platforms(target: &str) -> Vec<String> {
    let families: &[&str] = match system(target) {
        "Linux" if target.ends_with("-musl") => &["linux", "alpine"],
        "Linux" => &["linux"],
        "macOS" => &["darwin"],
        "Windows" => &["win32"],
        _ => &[],
    };
    let architecture = match architecture(target) {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        _ => return Vec::new(),
    };
    families.iter().map(|family| format!("{family}-{architecture}")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Linker, RELEASE, archive_name, linker, of_release, platforms, program_name, same_machine};
    use crate::run;

    const LINUX: &str = "x86_64-unknown-linux-gnu";
    const WINDOWS: &str = "x86_64-pc-windows-msvc";

    #[test]
    fn a_system_s_own_linker_is_taken_where_it_does_and_zig_elsewhere() {
        for (target, host, expected) in [
            (LINUX, LINUX, Linker::Usual),
            ("x86_64-unknown-linux-musl", LINUX, Linker::Usual),
            ("aarch64-unknown-linux-musl", LINUX, Linker::Rust),
            ("aarch64-unknown-linux-gnu", LINUX, Linker::Zig),
            ("aarch64-apple-darwin", "x86_64-apple-darwin", Linker::Usual),
            ("aarch64-apple-darwin", LINUX, Linker::Zig),
            ("x86_64-unknown-linux-musl", "x86_64-apple-darwin", Linker::Zig),
            ("aarch64-pc-windows-msvc", WINDOWS, Linker::Usual),
            ("aarch64-pc-windows-gnullvm", LINUX, Linker::Zig),
        ] {
            assert_eq!(linker(target, host), Ok(expected), "{target} on {host}");
        }
        let why = "needs a machine with Windows, this one has Linux";
        assert_eq!(linker(WINDOWS, LINUX), Err(why.to_owned()));
    }

    #[test]
    fn every_target_of_a_release_can_be_linked_somehow_on_each_system() {
        for host in [LINUX, WINDOWS, "aarch64-apple-darwin"] {
            let targets = of_release(host);
            assert_eq!(targets.len(), RELEASE.len());
            assert!(targets.iter().any(|it| same_machine(it, host)), "{host}");
            targets.iter().for_each(|it| assert!(linker(it, host).is_ok(), "{it} on {host}"));
        }
    }

    #[test]
    fn a_release_has_a_program_for_each_platform_of_vs_code() {
        let expected =
            "alpine-arm64 alpine-x64 darwin-arm64 darwin-x64 linux-arm64 linux-x64 win32-arm64 win32-x64";
        for host in [LINUX, WINDOWS] {
            let names: BTreeSet<_> = of_release(host).iter().flat_map(|it| platforms(it)).collect();
            assert_eq!(names.into_iter().collect::<Vec<_>>().join(" "), expected);
        }
        assert_eq!(platforms(LINUX), ["linux-x64"]);
        assert_eq!(platforms("riscv64gc-unknown-linux-musl"), [""; 0]);
    }

    /// What `cargo binstall` would fetch for a target, and where it would look for the program in it, by the
    /// crate's manifest as cargo reads it.
    fn resolved_by_binstall(target: &str) -> (String, String) {
        let metadata = run::output(run::cargo().args(["metadata", "--no-deps", "--format-version", "1"]));
        let metadata: serde_json::Value = serde_json::from_str(&metadata.expect("metadata")).expect("JSON");
        let packages = metadata["packages"].as_array().expect("packages");
        let package = packages.iter().find(|it| it["name"] == "azapi-ls").expect("the crate");
        let table = &package["metadata"]["binstall"];
        let (ending, suffix) =
            match table["overrides"][target]["pkg-fmt"].as_str().or(table["pkg-fmt"].as_str()) {
                Some("zip") => (".exe", ".zip"),
                Some("tgz") => ("", ".tar.gz"),
                other => panic!("a format that is not made here: {other:?}"),
            };
        let filled = |template: &serde_json::Value| {
            let text = template.as_str().expect("a template");
            let text = text.replace("{ name }", "azapi-ls").replace("{ bin }", "azapi-ls");
            text.replace("{ version }", "1.2.3")
                .replace("{ target }", target)
                .replace("{ archive-suffix }", suffix)
                .replace("{ binary-ext }", ending)
        };
        (filled(&table["pkg-url"]), filled(&table["bin-dir"]))
    }

    #[test]
    fn binstall_finds_each_archive_in_a_release_and_the_program_in_it() {
        for target in RELEASE.into_iter().map(str::to_owned).chain(of_release(LINUX)) {
            let (address, program) = resolved_by_binstall(&target);
            // The project's address is not in its manifest yet, so that part stays open.
            assert_eq!(address, format!("{{ repo }}/releases/download/v1.2.3/{}", archive_name(&target)));
            assert_eq!(program, program_name(&target));
        }
    }
}
