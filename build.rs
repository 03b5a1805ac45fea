//! Packs the type data under `schemas/` into the bundle that the program holds, and notes the commit.

use std::error::Error;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use schemas::facts::Facts;
use schemas::pack::{Origin, pack};
use schemas::text::described::{FILE, folder_for, read_described};
use schemas::text::read::read_folder;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() {
    // Cargo itself watches this program's code, and the compiler `provider.json`.
    for watched in ["schemas/facts", "schemas/source.lock"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    if let Err(error) = run() {
        println!("cargo::error={error}");
        std::process::exit(1);
    }
}

fn run() -> Result<()> {
    let variable = |name| std::env::var_os(name).map(PathBuf::from).ok_or(format!("cargo sets no {name}"));
    let (out, root) = (variable("OUT_DIR")?, variable("CARGO_MANIFEST_DIR")?);
    if let Some(commit) = commit(&root) {
        println!("cargo::rustc-env=AZAPI_LS_COMMIT={commit}");
    }
    let (facts, lock) = (root.join("schemas/facts"), root.join("schemas/source.lock"));
    let descriptions = descriptions(&out);
    let (bundle, made_from) = (out.join("types.bundle"), out.join("types.made-from"));
    let inputs = fingerprint(&facts, [Some(&lock), descriptions.as_ref()])?;
    // A commit alone brings this program to run again; that must not cost the packing.
    if bundle.exists() && std::fs::read_to_string(&made_from).is_ok_and(|it| it == inputs) {
        return Ok(());
    }
    let described = descriptions.as_deref().and_then(described);
    let bytes = pack(&read_folder(&facts)?, described.as_ref(), &read_origin(&lock)?)?;
    write(&bundle, &bytes)?;
    // Last, and only when all is in it, so that what went wrong is tried and reported again.
    if described.is_some() == descriptions.is_some() {
        write(&made_from, inputs.as_bytes())?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// What the bundle is made from, as a number: the facts, other files, and this program.
fn fingerprint(facts: &Path, files: [Option<&PathBuf>; 2]) -> Result<String> {
    let failed = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let mut paths = vec![std::env::current_exe()?];
    paths.extend(files.into_iter().flatten().cloned());
    for entry in std::fs::read_dir(facts).map_err(|error| failed(facts, error))? {
        paths.push(entry?.path());
    }
    paths.sort();
    let mut hasher = DefaultHasher::new();
    for path in &paths {
        let bytes = std::fs::read(path).map_err(|error| failed(path, error))?;
        hasher.write(path.as_os_str().as_encoded_bytes());
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The commit that is built and its day, `abcdef0 2026-11-24`. `None` outside this project's own checkout.
fn commit(root: &Path) -> Option<String> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
        let text = output.status.success().then(|| String::from_utf8(output.stdout).ok())??;
        Some(text.trim_end().to_owned())
    };
    // A folder inside another project's checkout has that one's commits.
    if !git(&["rev-parse", "--show-prefix"])?.is_empty() {
        return None;
    }
    // The first changes with the branch, the second with every commit.
    for file in ["HEAD", "logs/HEAD"] {
        let path = root.join(git(&["rev-parse", "--git-path", file])?);
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    git(&["log", "-1", "--abbrev=7", "--format=%h %cs"])
}

/// The package of the line of `source.lock` that begins with `facts`.
fn read_origin(path: &Path) -> Result<Origin> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut words = text.lines().filter_map(|line| line.strip_prefix("facts ")).map(str::split_whitespace);
    let mut words = words.next().ok_or(format!("{}: no line begins with `facts`", path.display()))?;
    let (package, version) = (words.nth(1), words.next());
    let missing = || format!("{}: the line of `facts` names no package and version", path.display());
    let word = |word: Option<&str>| word.map(str::to_owned).ok_or_else(missing);
    Ok(Origin { package: word(package)?, version: word(version)? })
}

/// The file of the publisher's sentences, where the target folder has it. All else works without.
fn descriptions(out: &Path) -> Option<PathBuf> {
    let folder = folder_for(out)?;
    // A folder can be watched for what is put into it, a path that does not exist cannot.
    std::fs::create_dir_all(&folder).ok()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let file = folder.join(FILE);
    if !file.exists() {
        println!(
            "cargo::warning=hovers will lack the publisher's sentences; `cargo xtask descriptions` gets them"
        );
        return None;
    }
    println!("cargo::rustc-env=AZAPI_DESCRIPTIONS={}", file.display());
    Some(file)
}

/// The facts with those sentences; `None`, and a warning, when the file is damaged.
fn described(file: &Path) -> Option<Facts> {
    read_described(file)
        .inspect_err(|error| {
            println!("cargo::warning=hovers will lack the publisher's sentences: {error}");
        })
        .ok()
}
