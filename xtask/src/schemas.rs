//! `cargo xtask schemas PACKAGE`: the committed facts, made anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::counts::{self, Counts};
use crate::fetch::remove;
use crate::lock::{self, Pin};
use crate::manifest;
use crate::progress::{Bar, grouped, print_line};
use crate::vanished;
use schemas::package::{Ingested, Options, Package, ingest};
use schemas::text::write::namespace_texts;

/// Makes the folder `schemas` from a package, which is read whole before anything is written.
pub(crate) fn run(package: &Path, schemas: &Path) -> Result<ExitCode, String> {
    let pins = lock::read(schemas)?;
    let opened = Package::open(package).map_err(|it| it.to_string())?;
    let pin = Pin {
        usage: "facts".to_owned(),
        client: client_of(package).to_owned(),
        package: opened.name.clone(),
        version: opened.version.clone(),
        date: opened.date.clone().unwrap_or_else(|| "-".to_owned()),
        sha256: lock::sha256_of(package)?,
    };
    let bar = Bar::new("Reading types");
    let read = ingest(&opened, Options::default(), &|it| bar.set(it)).map_err(|it| it.to_string())?;
    drop(bar);
    let texts = namespace_texts(&read.facts, &read.labels).map_err(|it| it.to_string())?;
    let counts = all_counts(&read, &texts);
    let mut tables =
        vec![("manifest.txt", manifest::write(&counts)), ("source.lock", lock::with_facts(&pins, &pin))];
    tables.extend(vanished::after(schemas, &read.facts)?.map(|text| (vanished::FILE, text)));
    write(schemas, &texts, &tables)?;
    report(&pin, &read, &counts);
    Ok(ExitCode::SUCCESS)
}

fn all_counts(read: &Ingested, texts: &BTreeMap<String, String>) -> Counts {
    let mut counts = counts::of_facts(&read.facts);
    counts.extend(counts::of_package(&read.totals));
    counts.extend(manifest::of_files(texts));
    counts
}

/// What can fetch a package of this form.
fn client_of(package: &Path) -> &'static str {
    match package.extension().and_then(|it| it.to_str()) {
        Some("nupkg") => "nuget",
        Some("tgz") => "npm",
        Some("whl") => "pypi",
        _ => "-",
    }
}

/// Everything is written beside the old files first, so that a failure leaves those as they were.
fn write(schemas: &Path, texts: &BTreeMap<String, String>, tables: &[(&str, String)]) -> Result<(), String> {
    let (fresh, old) = (schemas.join("facts.new"), schemas.join("facts.old"));
    let failed =
        |error: std::io::Error| format!("{}: {error}; the files there are as they were", schemas.display());
    let beside = || -> std::io::Result<()> {
        remove(&fresh)?;
        remove(&old)?;
        fs::create_dir_all(&fresh)?;
        for (namespace, text) in texts {
            fs::write(fresh.join(format!("{namespace}.txt")), text)?;
        }
        tables.iter().try_for_each(|(name, text)| fs::write(schemas.join(format!("{name}.new")), text))
    };
    beside().map_err(failed)?;
    let facts = schemas.join("facts");
    let swap = || -> std::io::Result<()> {
        if facts.exists() {
            fs::rename(&facts, &old)?;
        }
        if let Err(error) = fs::rename(&fresh, &facts) {
            // Best effort: the error reported is the first one.
            let _ = fs::rename(&old, &facts);
            return Err(error);
        }
        for (name, _) in tables {
            fs::rename(schemas.join(format!("{name}.new")), schemas.join(name))?;
        }
        remove(&old)
    };
    swap().map_err(|error| format!("{}: {error}", schemas.display()))
}

fn report(pin: &Pin, read: &Ingested, counts: &Counts) {
    let count =
        |name: &str| counts.get(name).and_then(|it| it.parse().ok()).map_or_else(|| "-".to_owned(), grouped);
    let text = |name: &str| counts.get(name).cloned().unwrap_or_default();
    print_line(&format!("package         {} {} ({})", pin.package, pin.version, pin.date));
    print_line(&format!("sha256          {}", pin.sha256));
    print_line(&format!("files           {}", grouped(read.totals.files)));
    print_line(&format!("types           {} in {} namespaces", count("types"), count("namespaces")));
    print_line(&format!(
        "type@versions   {} of {} api-versions, {} … {}",
        count("versions-of-types"),
        count("api-versions"),
        text("oldest-api-version"),
        text("newest-api-version")
    ));
    print_line(&format!("functions       {} on {} types", count("functions"), count("types-with-functions")));
    print_line(&format!(
        "distinct shapes {} of {} read, {} bodies, {} properties",
        count("distinct-types"),
        grouped(read.totals.types),
        count("bodies"),
        count("distinct-properties")
    ));
    print_line(&format!(
        "bytes           {} in, {} out in {} files",
        grouped(read.totals.bytes),
        count("facts-bytes"),
        count("facts-files")
    ));
}
