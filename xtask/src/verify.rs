//! `cargo xtask verify PACKAGE`: the committed facts held against the package.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

use crate::counts::{self, Counts};
use crate::manifest;
use crate::progress::{Bar, grouped, print_line};
use crate::walk::{Walked, Walker};
use schemas::facts::{Facts, Function, NodeId, Resource};
use schemas::package::{Package, PackageError, Totals, on_all_cores};
use schemas::text::read::read_texts;

/// Differences shown.
const SHOWN: usize = 20;

/// What the index refers to in one file.
#[derive(Default)]
struct Roots {
    resources: Vec<(String, usize)>,
    functions: Vec<usize>,
}

/// Walks everything, then tells what was walked and the first differences.
pub(crate) fn run(package: &Path, schemas: &Path) -> Result<ExitCode, String> {
    let opened = Package::open(package).map_err(|it| it.to_string())?;
    let texts = committed(schemas)?;
    let named = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let facts = read_texts(named).map_err(|it| it.to_string())?;
    let walked = walk(&opened, &facts).map_err(|it| it.to_string())?;
    let mut differences = walked.differences.clone();
    differences.extend(missing(&facts, &walked));
    differences.extend(miscounted(schemas, &facts, &walked, &texts)?);
    print_line(&format!(
        "{} {}: walked {} type@versions and {} functions in {} files: {} types, {} properties, {} pairs compared with {} distinct shapes",
        opened.name,
        opened.version,
        grouped(walked.resources),
        grouped(walked.functions),
        grouped(walked.files),
        grouped(walked.totals.types),
        grouped(walked.totals.flags.values().sum()),
        grouped(walked.pairs),
        grouped(facts.nodes.len()),
    ));
    let count = walked.difference_count - walked.differences.len() + differences.len();
    if count == 0 {
        print_line("no difference");
        return Ok(ExitCode::SUCCESS);
    }
    differences.iter().take(SHOWN).for_each(|it| print_line(it));
    Err(format!(
        "{} differences between {} and schemas/; make the facts again with `cargo xtask schemas`, or fix how they are read",
        grouped(count),
        package.display()
    ))
}

/// Every facts file by its namespace.
fn committed(schemas: &Path) -> Result<BTreeMap<String, String>, String> {
    let folder = schemas.join("facts");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut texts = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        texts.insert(name, std::fs::read_to_string(&path).map_err(failed)?);
    }
    Ok(texts)
}

/// The walk of all files together.
#[derive(Default)]
struct All {
    files: usize,
    resources: usize,
    functions: usize,
    pairs: usize,
    totals: Totals,
    met: HashSet<NodeId>,
    differences: Vec<String>,
    difference_count: usize,
}

impl All {
    fn add(&mut self, walked: Walked) {
        self.totals.files_with_bodies += usize::from(walked.resources > 0);
        self.resources += walked.resources;
        self.functions += walked.functions;
        self.pairs += walked.pairs;
        self.totals.types += walked.types;
        for (flags, count) in walked.flags {
            *self.totals.flags.entry(flags).or_default() += count;
        }
        self.met.extend(walked.met);
        self.difference_count += walked.difference_count;
        self.differences.extend(walked.differences);
    }
}

fn walk(package: &Package, facts: &Facts) -> Result<All, PackageError> {
    let resources: HashMap<(&str, &str), &Resource> =
        facts.resources.iter().map(|it| ((it.type_name.as_str(), it.api_version.as_str()), it)).collect();
    let functions: HashMap<(&str, &str, &str), &Function> = facts
        .functions
        .iter()
        .map(|it| ((it.type_name.as_str(), it.api_version.as_str(), it.name.as_str()), it))
        .collect();
    let work: Vec<(String, Roots)> = roots(package)?.into_iter().collect();
    let bar = Bar::new("Comparing types");
    let walked = on_all_cores(&work, &|it| bar.set(it), |(file, roots)| {
        let json = package.read(file)?;
        let types: Vec<Value> = parse(file, &json)?;
        let mut walker = Walker::new(facts, &types);
        for (name, number) in &roots.resources {
            let key = name.split_once('@').unwrap_or_default();
            walker.resource(name, *number, resources.get(&key).copied());
        }
        for number in &roots.functions {
            walker.function(*number, |of, version, name| functions.get(&(of, version, name)).copied());
        }
        Ok(walker.walked)
    })?;
    let mut all = All::default();
    walked.into_iter().for_each(|it| all.add(it));
    all.files = work.len();
    all.totals.files = work.len();
    Ok(all)
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, json: &[u8]) -> Result<T, PackageError> {
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    serde_json::from_slice(json).map_err(|error| PackageError::new(file, error.to_string()))
}

fn roots(package: &Package) -> Result<BTreeMap<String, Roots>, PackageError> {
    let index = package.index()?;
    let index = index.ok_or_else(|| {
        PackageError::new("index.json", "is not in the package; nothing says what it should hold")
    })?;
    let index: Value = parse("index.json", &index)?;
    let mut roots: BTreeMap<String, Roots> = BTreeMap::new();
    let place = |it: &Value| -> Option<(String, usize)> {
        let (file, number) = it["$ref"].as_str()?.split_once("#/")?;
        Some((file.to_owned(), number.parse().ok()?))
    };
    let odd = || PackageError::new("index.json", "is not of the form that is known");
    for (name, to) in index["resources"].as_object().ok_or_else(odd)? {
        let (file, number) = place(to).ok_or_else(odd)?;
        roots.entry(file).or_default().resources.push((name.clone(), number));
    }
    let versions = index["resourceFunctions"].as_object().ok_or_else(odd)?.values();
    for to in versions.filter_map(Value::as_object).flat_map(|it| it.values()) {
        for to in to.as_array().ok_or_else(odd)? {
            let (file, number) = place(to).ok_or_else(odd)?;
            roots.entry(file).or_default().functions.push(number);
        }
    }
    Ok(roots)
}

/// What the facts hold beyond the package: every version and function of theirs was looked up by a different
/// root, so that counts suffice.
fn missing(facts: &Facts, walked: &All) -> Vec<String> {
    let pairs = [
        ("type@versions", facts.resources.len(), walked.resources),
        ("functions", facts.functions.len(), walked.functions),
        ("distinct shapes", facts.nodes.len(), walked.met.len()),
    ];
    let uneven = pairs.iter().filter(|(_, facts, package)| facts != package);
    uneven
        .map(|(what, facts, package)| format!("{what}: {facts} in the facts, {package} met in the package"))
        .collect()
}

/// The manifest against counts made anew.
fn miscounted(
    schemas: &Path,
    facts: &Facts,
    walked: &All,
    texts: &BTreeMap<String, String>,
) -> Result<Vec<String>, String> {
    let path = schemas.join("manifest.txt");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let stated = manifest::read(&text);
    let mut found = counts::of_facts(facts);
    found.extend(counts::of_package(&walked.totals));
    found.extend(manifest::of_files(texts));
    let names: std::collections::BTreeSet<&String> = stated.keys().chain(found.keys()).collect();
    let value = |counts: &Counts, name| counts.get(name).cloned().unwrap_or_else(|| "absent".to_owned());
    let mut wrong = Vec::new();
    for name in names {
        let (stated, found) = (value(&stated, name), value(&found, name));
        if stated != found {
            wrong.push(format!("manifest.txt: {name} is {stated}, found {found}"));
        }
    }
    Ok(wrong)
}
