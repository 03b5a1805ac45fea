//! `cargo xtask dist`: all that a release offers, as far as this machine can build it.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::archive::{self, File};
use crate::program::{self, Program};
use crate::progress::{grouped, print_line};
use crate::{descriptions, fetch, lock, places, run, targets, vsix};

const SUMS: &str = "SHA256SUMS";

/// Makes archives, packages for VS Code and checksums. Of the programs in `given` (`TRIPLE/azapi-ls`) where it is
/// there, else of those for the named targets, each of which must be possible; else for all of a release that
/// this machine can build.
pub(crate) fn run(named: &[String], given: Option<&Path>) -> Result<ExitCode, String> {
    let host = targets::host()?;
    let mut skipped = Vec::new();
    let programs = match given {
        Some(folder) => programs_in(folder)?,
        None => {
            let chosen = choose(named, &host, |target| program::obstacle(target, &host), &mut skipped)?;
            descriptions::make(None)?;
            chosen.iter().map(|target| program::build(target, &host)).collect::<Result<_, _>>()?
        }
    };
    let out = places::target().join("dist");
    let failed = |error: std::io::Error| format!("{}: {error}", out.display());
    fetch::remove(&out).map_err(failed)?;
    fs::create_dir_all(&out).map_err(failed)?;
    let pages = pages()?;
    for program in &programs {
        let name = targets::archive_name(&program.target);
        let files = contents(&places::root(), program, &pages)?;
        let bytes = if name.ends_with(".zip") { archive::zip(&files) } else { archive::tar_gz(&files) };
        fs::write(out.join(&name), bytes.map_err(|error| format!("{name}: {error}"))?).map_err(failed)?;
    }
    match vsix::obstacle() {
        None => vsix::make(&programs, &out)?,
        Some(why) => skipped.push(("the extension for VS Code".to_owned(), why)),
    }
    sum(&out).map_err(failed)?;
    skipped.iter().for_each(|(what, why)| print_line(&format!("skipped {what}: {why}")));
    print_line(&format!("programs for {} targets, in {}", programs.len(), out.display()));
    Ok(ExitCode::SUCCESS)
}

type Skipped = Vec<(String, String)>;

/// The targets to build for. `obstacle` says why a target cannot be built; what is left out for it goes into
/// `skipped`.
fn choose(
    named: &[String],
    host: &str,
    obstacle: impl Fn(&str) -> Option<String>,
    skipped: &mut Skipped,
) -> Result<Vec<String>, String> {
    if let Some((target, why)) = named.iter().find_map(|it| Some((it, obstacle(it)?))) {
        return Err(format!("{target}: {why}"));
    }
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let mut chosen = Vec::new();
    for target in targets::of_release(host) {
        match obstacle(&target) {
            None => chosen.push(target),
            Some(why) => skipped.push((target, why)),
        }
    }
    // Whoever asks for archives gets one to use, whatever the machine.
    if !chosen.iter().any(|it| targets::same_machine(it, host)) {
        chosen.push(host.to_owned());
    }
    Ok(chosen)
}

/// The programs in a folder, each in one that is called after its target.
fn programs_in(folder: &Path) -> Result<Vec<Program>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut programs = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let target = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path().join(targets::program_name(&target));
        if !path.is_file() {
            return Err(format!("{} is not there", path.display()));
        }
        programs.push(Program { target, path });
    }
    programs.sort_by(|one, other| one.target.cmp(&other.target));
    if programs.is_empty() { Err(format!("{}: no programs in it", folder.display())) } else { Ok(programs) }
}

/// The manual pages and the completions of shells, by their names in an archive.
fn pages() -> Result<Vec<File>, String> {
    let folder = places::target().join("pages");
    fetch::remove(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut cargo = run::cargo();
    cargo.args(["run", "--quiet", "--locked", "--example", "pages", "--target-dir"]);
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
fn contents(root: &Path, program: &Program, pages: &[File]) -> Result<Vec<File>, String> {
    let name = targets::program_name(&program.target).to_owned();
    let mut files = vec![File { executable: true, ..file(name, &program.path)? }];
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

/// Writes the checksums of all files in a folder, as `sha256sum --check` reads them, and tells their sizes.
fn sum(folder: &Path) -> std::io::Result<()> {
    let mut paths = fs::read_dir(folder)?.map(|it| Ok(it?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    let mut sums = String::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().display();
        let bytes = fs::read(&path)?;
        print_line(&format!("{name}: {} bytes", grouped(bytes.len())));
        sums.push_str(&format!("{}  {name}\n", lock::sha256(&bytes)));
    }
    fs::write(folder.join(SUMS), sums)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{choose, contents, programs_in, sum};
    use crate::archive::File;
    use crate::lock;
    use crate::program::Program;

    const LINUX: &str = "x86_64-unknown-linux-gnu";
    const MUSL: &str = "x86_64-unknown-linux-musl";

    #[test]
    fn an_archive_has_the_program_at_its_root_and_what_explains_it() {
        let root = tempfile::tempdir().expect("a folder");
        for name in ["README.md", "LICENSE", "built"] {
            fs::write(root.path().join(name), name).expect("a writable folder");
        }
        let page = File { name: "man/azapi-ls.1".to_owned(), bytes: Vec::new(), executable: false };
        for (target, name) in [(LINUX, "azapi-ls"), ("aarch64-pc-windows-msvc", "azapi-ls.exe")] {
            let program = Program { target: target.to_owned(), path: root.path().join("built") };
            let files = contents(root.path(), &program, std::slice::from_ref(&page)).expect("all is there");
            let about: Vec<_> = files.iter().map(|it| (it.name.as_str(), it.executable)).collect();
            let explaining = [("README.md", false), ("LICENSE", false), ("man/azapi-ls.1", false)];
            assert_eq!(about, [&[(name, true)][..], &explaining].concat());
            assert_eq!(files[0].bytes, b"built");
        }
    }

    #[test]
    fn a_file_that_is_missing_is_named() {
        let root = tempfile::tempdir().expect("a folder");
        let program = Program { target: LINUX.to_owned(), path: root.path().join("built") };
        let problem = contents(root.path(), &program, &[]).expect_err("nothing is there");
        assert!(problem.contains("built"), "{problem}");
    }

    #[test]
    fn what_cannot_be_built_is_skipped_by_default_and_refused_when_named() {
        let no_zig = |target: &str| (!target.contains("linux")).then(|| "no linker".to_owned());
        let mut skipped = Vec::new();
        let chosen = choose(&[], LINUX, no_zig, &mut skipped);
        assert_eq!(chosen, Ok(vec![MUSL.to_owned(), "aarch64-unknown-linux-musl".to_owned()]));
        assert_eq!(skipped.len(), 4);
        assert!(skipped.contains(&("aarch64-apple-darwin".to_owned(), "no linker".to_owned())));
        let named = [MUSL.to_owned(), "aarch64-apple-darwin".to_owned()];
        let refused = choose(&named, LINUX, no_zig, &mut Vec::new());
        assert_eq!(refused, Err("aarch64-apple-darwin: no linker".to_owned()));
        assert_eq!(choose(&named[..1], LINUX, no_zig, &mut Vec::new()), Ok(vec![MUSL.to_owned()]));
    }

    #[test]
    fn a_machine_that_can_build_nothing_else_builds_for_itself() {
        for host in [LINUX, "powerpc64le-unknown-linux-gnu"] {
            let mut skipped = Vec::new();
            let chosen = choose(&[], host, |_| Some("no linker".to_owned()), &mut skipped);
            assert_eq!((chosen, skipped.len()), (Ok(vec![host.to_owned()]), 6));
        }
    }

    #[test]
    fn programs_are_found_by_their_targets_and_one_that_is_missing_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(programs_in(folder.path()).is_err());
        for (target, name) in [(MUSL, "azapi-ls"), ("aarch64-pc-windows-msvc", "azapi-ls.exe")] {
            fs::create_dir(folder.path().join(target)).expect("a writable folder");
            fs::write(folder.path().join(target).join(name), target).expect("a writable folder");
        }
        let programs = programs_in(folder.path()).expect("programs");
        let read = |it: &Program| fs::read_to_string(&it.path).expect("a file");
        assert!(programs.iter().all(|it| read(it) == it.target));
        assert_eq!(programs.len(), 2);
        fs::create_dir(folder.path().join("aarch64-apple-darwin")).expect("a writable folder");
        let problem = programs_in(folder.path()).expect_err("one is missing");
        assert!(problem.contains("aarch64-apple-darwin"), "{problem}");
    }

    #[test]
    fn every_file_has_its_sum_in_the_order_of_names() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.zip", "a.vsix"] {
            fs::write(folder.path().join(name), name).expect("a writable folder");
        }
        sum(folder.path()).expect("sums");
        let sums = fs::read_to_string(folder.path().join("SHA256SUMS")).expect("sums");
        let line = |name: &str| format!("{}  {name}\n", lock::sha256(name.as_bytes()));
        assert_eq!(sums, line("a.vsix") + &line("b.zip"));
    }
}
