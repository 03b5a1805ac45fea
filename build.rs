//! Packs the type data under `schemas/` into the bundle that the program holds.
#![expect(dead_code, unreachable_pub, reason = "the modules are the library's; the build uses a part")]

use std::error::Error;
use std::path::{Path, PathBuf};

#[path = "src/schema"]
mod schema {
    pub mod api_version;
    pub mod describe;
    pub mod facts;
    pub mod layout;
    pub mod pack;
    pub mod pack_text;
    pub mod source;
}

use schema::facts::Facts;
use schema::pack::{Origin, pack};
use schema::source::described::read_described;
use schema::source::read::read_folder;

/// In cargo's target folder; `cargo xtask descriptions` puts it there.
const DESCRIPTIONS: &str = "azapi-descriptions";

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
    let facts = read_folder(&root.join("schemas/facts"))?;
    let origin = read_origin(&root.join("schemas/source.lock"))?;
    let bundle = pack(&facts, descriptions(&out).as_ref(), &origin)?;
    let path = out.join("types.bundle");
    std::fs::write(&path, &bundle).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(())
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

/// The facts with the publisher's sentences, where the target folder has them. All else works without.
fn descriptions(out: &Path) -> Option<Facts> {
    let folder = descriptions_folder(out)?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let file = folder.join("descriptions");
    if !file.exists() {
        println!(
            "cargo::warning=hovers will lack the publisher's sentences; `cargo xtask descriptions` gets them"
        );
        return None;
    }
    println!("cargo::rustc-env=AZAPI_DESCRIPTIONS={}", file.display());
    match read_described(&file) {
        Ok(facts) => Some(facts),
        Err(error) => {
            println!("cargo::warning=hovers will lack the publisher's sentences: {error}");
            None
        }
    }
}

/// The folder in cargo's target folder, which cargo marks with a tag. It is made where it is missing: a
/// folder can be watched for what is put into it, a path that does not exist cannot.
fn descriptions_folder(out: &Path) -> Option<PathBuf> {
    let target = out
        .ancestors()
        .find(|folder| folder.join(DESCRIPTIONS).is_dir() || folder.join("CACHEDIR.TAG").is_file())?;
    let folder = target.join(DESCRIPTIONS);
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder)
}
