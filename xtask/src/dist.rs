//! `cargo xtask dist`: the archives of a release, as far as this machine can build them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::archive::{self, File};
use crate::progress::{answer, grouped};
use crate::{fetch, lock, places, run};

/// What a release is made for.
const TARGETS: [&str; 6] = [
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "aarch64-pc-windows-msvc",
];

const SUMS: &str = "SHA256SUMS";

/// Builds for the named targets, each of which must be possible; without any for all of a release that this
/// machine can build, and for the machine itself.
pub(crate) fn run(targets: &[String]) -> Result<ExitCode, String> {
    let host = host()?;
    let (chosen, skipped) = choose(targets, &host)?;
    let out = places::target().join("dist");
    let failed = |error: std::io::Error| format!("{}: {error}", out.display());
    fetch::remove(&out).map_err(failed)?;
    fs::create_dir_all(&out).map_err(failed)?;
    let pages = pages()?;
    let mut sums = String::new();
    for target in &chosen {
        let program = build(target, &host)?;
        let files = contents(&places::root(), &program, &pages, target)?;
        let name = archive_name(target);
        let bytes = if name.ends_with(".zip") { archive::zip(&files) } else { archive::tar_gz(&files) };
        let bytes = bytes.map_err(|error| format!("{name}: {error}"))?;
        fs::write(out.join(&name), &bytes).map_err(failed)?;
        answer(&format!("{name}: {} bytes, {} files", grouped(bytes.len()), files.len()));
        sums.push_str(&format!("{}  {name}\n", lock::sha256(&bytes)));
    }
    fs::write(out.join(SUMS), sums).map_err(failed)?;
    skipped.iter().for_each(|(target, why)| answer(&format!("skipped {target}: {why}")));
    answer(&format!("{} of {} targets in {}", chosen.len(), chosen.len() + skipped.len(), out.display()));
    Ok(ExitCode::SUCCESS)
}

type Skipped = Vec<(String, String)>;

fn choose(named: &[String], host: &str) -> Result<(Vec<String>, Skipped), String> {
    if let Some((target, why)) = named.iter().find_map(|it| Some((it, obstacle(it, host)?))) {
        return Err(format!("{target}: {why}"));
    }
    if !named.is_empty() {
        return Ok((named.to_vec(), Vec::new()));
    }
    let mut all: Vec<String> = TARGETS.iter().map(|it| (*it).to_owned()).collect();
    if !TARGETS.contains(&host) {
        all.push(host.to_owned());
    }
    let (mut chosen, mut skipped) = (Vec::new(), Vec::new());
    for target in all {
        match obstacle(&target, host) {
            None => chosen.push(target),
            Some(why) => skipped.push((target, why)),
        }
    }
    Ok((chosen, skipped))
}

/// The machine's own target.
fn host() -> Result<String, String> {
    let about = run::output(Command::new("rustc").arg("-vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say for which machine it is".to_owned())
}

/// Why this machine cannot build for a target; `None` when it can.
fn obstacle(target: &str, host: &str) -> Option<String> {
    if target == host {
        return None;
    }
    if let Some(why) = foreign(target, host) {
        return Some(why);
    }
    let libraries = run::output(Command::new("rustc").args(["--print", "target-libdir", "--target", target]));
    match libraries {
        Ok(folder) if Path::new(folder.trim()).is_dir() => None,
        Ok(_) => Some(format!("not installed here; `rustup target add {target}` gets it")),
        Err(why) => Some(why),
    }
}

/// Linkers and system libraries are those of the machine's own system.
fn foreign(target: &str, host: &str) -> Option<String> {
    let (theirs, ours) = (system(target), system(host));
    (theirs != ours).then(|| format!("needs a machine with {theirs}, this one has {ours}"))
}

fn system(target: &str) -> &str {
    match target {
        it if it.contains("-linux-") => "Linux",
        it if it.contains("-darwin") => "macOS",
        it if it.contains("-windows-") => "Windows",
        it => it,
    }
}

/// The stripped program (the profile strips it). For the machine itself in the place of every release build.
fn build(target: &str, host: &str) -> Result<PathBuf, String> {
    let mut cargo = run::cargo();
    cargo.args(["build", "--release", "--locked", "--bin", "azapi-ls", "--target-dir"]).arg(places::target());
    let mut folder = places::target();
    if target != host {
        cargo.args(["--target", target]);
        folder.push(target);
    }
    // Rust's own linker needs none of the other architecture.
    if target.ends_with("-linux-musl") && target.split('-').next() != host.split('-').next() {
        let variable = format!("CARGO_TARGET_{}_LINKER", target.to_uppercase().replace('-', "_"));
        cargo.env(variable, "rust-lld");
    }
    run::must(&mut cargo, &format!("the build for {target}"))?;
    Ok(folder.join("release").join(program_name(target)))
}

fn program_name(target: &str) -> &'static str {
    if system(target) == "Windows" { "azapi-ls.exe" } else { "azapi-ls" }
}

/// Without the version, which stands in the release's address.
fn archive_name(target: &str) -> String {
    let ending = if system(target) == "Windows" { "zip" } else { "tar.gz" };
    format!("azapi-ls-{target}.{ending}")
}

/// The manual pages and the completions of shells, by their names in an archive.
fn pages() -> Result<Vec<File>, String> {
    let folder = places::target().join("pages");
    fetch::remove(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut cargo = run::cargo();
    cargo.args(["run", "--locked", "--example", "pages", "--target-dir"]);
    cargo.arg(places::target()).arg("--").arg(&folder);
    run::must(&mut cargo, "writing manual pages and completions")?;
    let mut files = Vec::new();
    for part in ["completions", "man"] {
        let path = folder.join(part);
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        for entry in fs::read_dir(&path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = format!("{part}/{}", entry.file_name().to_string_lossy());
            files.push(file(name, &entry.path())?);
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

/// What an archive holds: the program at the root, where package managers look for it, then what explains it.
fn contents(root: &Path, program: &Path, pages: &[File], target: &str) -> Result<Vec<File>, String> {
    let mut files = vec![File { executable: true, ..file(program_name(target).to_owned(), program)? }];
    for name in ["README.md", "LICENSE"] {
        files.push(file(name.to_owned(), &root.join(name))?);
    }
    files.extend_from_slice(pages);
    Ok(files)
}

fn file(name: String, path: &Path) -> Result<File, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(File { name, bytes, executable: false })
}

#[cfg(test)]
mod tests {
    use super::{TARGETS, archive_name, choose, contents, foreign, program_name};
    use crate::archive::File;
    use crate::places;

    const LINUX: &str = "x86_64-unknown-linux-gnu";

    #[test]
    fn an_archive_has_the_program_at_its_root_and_what_explains_it() {
        let root = tempfile::tempdir().expect("a folder");
        for name in ["README.md", "LICENSE", "built"] {
            std::fs::write(root.path().join(name), name).expect("a writable folder");
        }
        let page = File { name: "man/azapi-ls.1".to_owned(), bytes: Vec::new(), executable: false };
        for (target, program) in [(LINUX, "azapi-ls"), (TARGETS[5], "azapi-ls.exe")] {
            let files =
                contents(root.path(), &root.path().join("built"), std::slice::from_ref(&page), target);
            let files = files.expect("all is there");
            let about: Vec<_> = files.iter().map(|it| (it.name.as_str(), it.executable)).collect();
            let explaining = [("README.md", false), ("LICENSE", false), ("man/azapi-ls.1", false)];
            assert_eq!(about, [&[(program, true)][..], &explaining].concat());
            assert_eq!(files[0].bytes, b"built");
        }
    }

    #[test]
    fn a_file_that_is_missing_is_named() {
        let root = tempfile::tempdir().expect("a folder");
        let problem =
            contents(root.path(), &root.path().join("built"), &[], LINUX).expect_err("nothing is there");
        assert!(problem.contains("built"), "{problem}");
    }

    #[test]
    fn archives_are_named_as_the_manifest_of_the_crate_says() {
        let manifest = std::fs::read_to_string(places::root().join("Cargo.toml")).expect("a manifest");
        let address = |target: &str| {
            let own = manifest.split(&format!("[package.metadata.binstall.overrides.{target}]")).nth(1);
            let all = manifest.split("[package.metadata.binstall]").nth(1);
            let table = own.or(all).expect("a table");
            let line = table.lines().find_map(|it| it.strip_prefix("pkg-url = ")).expect("an address");
            let name = line.trim_matches('"').rsplit('/').next().expect("a name");
            name.replace("{ name }", "azapi-ls").replace("{ target }", target)
        };
        for target in TARGETS {
            assert_eq!(archive_name(target), address(target));
            assert_eq!(program_name(target).ends_with(".exe"), archive_name(target).ends_with(".zip"));
        }
    }

    #[test]
    fn another_system_s_target_is_skipped_by_default_and_refused_when_named() {
        assert_eq!(foreign("x86_64-unknown-linux-musl", LINUX), None);
        assert_eq!(foreign("aarch64-apple-darwin", "x86_64-apple-darwin"), None);
        let why = "needs a machine with macOS, this one has Linux";
        assert_eq!(foreign("aarch64-apple-darwin", LINUX).as_deref(), Some(why));
        let named = ["aarch64-apple-darwin".to_owned()];
        assert_eq!(choose(&named, LINUX), Err(format!("aarch64-apple-darwin: {why}")));
        let (chosen, skipped) = choose(&[], LINUX).expect("targets");
        assert!(chosen.iter().any(|it| it == LINUX));
        assert!(skipped.contains(&("aarch64-apple-darwin".to_owned(), why.to_owned())));
        assert_eq!(chosen.len() + skipped.len(), TARGETS.len() + 1);
    }
}
