//! Packs the type data under `schemas/` into the bundle that the program holds.
#![expect(dead_code, unreachable_pub, reason = "the modules are the library's; the build uses a part")]

use std::path::{Path, PathBuf};

#[path = "src/schema"]
mod schema {
    pub mod api_version;
    pub mod describe;
    pub mod facts;
    pub mod layout;
    pub mod pack;
    pub mod pack_text;
}

fn main() {
    println!("cargo::rerun-if-changed=schemas");
    if let Err(error) = run() {
        println!("cargo::error={error}");
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?);
    let facts = schema::facts::Facts::default();
    let origin = schema::pack::Origin { package: String::new(), version: String::new() };
    let bundle = schema::pack::pack(&facts, None, &origin)?;
    write(&out.join("types.bundle"), &bundle)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()).into())
}
