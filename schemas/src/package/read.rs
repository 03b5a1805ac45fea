//! All type files of a package, on all cores, to one set of shared facts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::convert::{FileFacts, Root, convert};
use super::error::PackageError;
use super::json::{Index, RawType, without_mark};
use super::store::Package;
use crate::facts::{Facts, NodeId};
use crate::share::share_mapped;
use crate::text::write::{Labels, namespace_of};

/// What to take from a package.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether the publisher's sentences are wanted too.
    pub descriptions: bool,
    /// Whether files that the index names may be lacking, as they are in packages that hold a part of the types.
    pub partial: bool,
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files read.
    pub done: usize,
    /// Files there are.
    pub of: usize,
}

/// What was read, before equal structure was stored once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Files that something refers to.
    pub files: usize,
    /// Those of them that hold a body.
    pub files_with_bodies: usize,
    /// Bytes of JSON in all.
    pub bytes: usize,
    /// Types reached.
    pub types: usize,
    /// Properties of them, by their flags.
    pub flags: BTreeMap<u8, usize>,
}

/// The facts of a package.
#[derive(Debug)]
pub struct Ingested {
    /// Shared.
    pub facts: Facts,
    /// What the package calls the objects.
    pub labels: Labels,
    /// What was read.
    pub totals: Totals,
}

/// Reads everything. `progress` is called from several threads.
pub fn ingest(
    package: &Package,
    options: Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Ingested, PackageError> {
    let mut work = work(package)?;
    if options.partial {
        work.retain(|(file, _)| package.holds(file));
    }
    let read = on_all_cores(&work, progress, |(file, roots)| {
        let json = package.read(file)?;
        let types = parse(file, &json)?;
        let facts = convert(&types, roots, options.descriptions);
        facts.map(|it| (it, json.len())).map_err(|problem| PackageError::new(file, problem))
    })?;
    let mut flags = BTreeMap::new();
    for node in read.iter().flat_map(|it| &it.0.nodes) {
        for property in node.properties() {
            *flags.entry(property.flags).or_default() += 1;
        }
    }
    let totals = Totals {
        flags,
        files: work.len(),
        files_with_bodies: read.iter().filter(|it| !it.0.resources.is_empty()).count(),
        bytes: read.iter().map(|it| it.1).sum(),
        types: read.iter().map(|it| it.0.types).sum(),
    };
    let (facts, labels) = join(read.into_iter().map(|it| it.0).collect());
    Ok(Ingested { facts, labels, totals })
}

fn parse<'j>(file: &str, json: &'j [u8]) -> Result<Vec<RawType<'j>>, PackageError> {
    serde_json::from_slice(without_mark(json)).map_err(|error| PackageError::new(file, error.to_string()))
}

/// Each file with what is referred to in it.
fn work(package: &Package) -> Result<Vec<(String, Vec<Root>)>, PackageError> {
    let index = match package.index()? {
        Some(json) => serde_json::from_slice(without_mark(&json))
            .map_err(|error| PackageError::new("index.json", error.to_string()))?,
        None => rebuilt_index(package)?,
    };
    let mut work: BTreeMap<String, Vec<Root>> = BTreeMap::new();
    for (name, to) in index.resources {
        work.entry(to.file).or_default().push(Root::Resource(name, to.number));
    }
    for to in index.resource_functions.into_values().flat_map(BTreeMap::into_values).flatten() {
        work.entry(to.file).or_default().push(Root::Function(to.number));
    }
    if work.is_empty() {
        return Err(PackageError::new("index.json", "lists no resource types"));
    }
    Ok(work.into_iter().collect())
}

/// The index by the publisher's rule: of a `type@version` in several files, casing aside, the first counts.
fn rebuilt_index(package: &Package) -> Result<Index, PackageError> {
    use super::json::FileRef;

    let files = package.type_files();
    let listed = on_all_cores(&files, &|_| {}, |file| {
        let json = package.read(file)?;
        let types = parse(file, &json)?;
        let text = |it: &Option<std::borrow::Cow<'_, str>>| it.as_deref().unwrap_or_default().to_owned();
        let listed = types.iter().enumerate().filter_map(|(number, raw)| match raw.tag.as_ref() {
            "ResourceType" => Some((number, text(&raw.name), None)),
            "ResourceFunctionType" => {
                Some((number, text(&raw.name), Some((text(&raw.resource_type), text(&raw.api_version)))))
            }
            _ => None,
        });
        Ok(listed.collect::<Vec<_>>())
    })?;
    let mut index = Index::default();
    let mut seen = BTreeSet::new();
    for (file, listed) in files.iter().zip(listed) {
        for (number, name, function_of) in listed {
            let to = FileRef { file: file.clone(), number };
            if !seen.insert((
                name.to_ascii_lowercase(),
                function_of.as_ref().map(|it| (it.0.to_ascii_lowercase(), it.1.clone())),
            )) {
                continue;
            }
            match function_of {
                None => {
                    index.resources.insert(name, to);
                }
                Some((of, version)) => {
                    let versions = index.resource_functions.entry(of.to_ascii_lowercase()).or_default();
                    versions.entry(version).or_default().push(to);
                }
            }
        }
    }
    Ok(index)
}

/// Does `each` for every item, on as many threads as there are cores; results in the order of the items, or
/// the error of the first item that had one. `progress` is called from several threads.
pub fn on_all_cores<T: Sync, R: Send>(
    items: &[T],
    progress: &(dyn Fn(Progress) + Sync),
    each: impl Fn(&T) -> Result<R, PackageError> + Sync,
) -> Result<Vec<R>, PackageError> {
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    let worker = || {
        let mut mine = Vec::new();
        while !failed.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                break;
            };
            let result = each(item);
            failed.fetch_or(result.is_err(), Ordering::Relaxed);
            mine.push((at, result));
            progress(Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, of: items.len() });
        }
        if let Ok(mut all) = results.lock() {
            all.append(&mut mine);
        }
    };
    std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..cores.min(items.len()) {
            scope.spawn(worker);
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|it| it.0);
    results.into_iter().map(|it| it.1).collect()
}

/// All files as one graph, then shared. Of the names that one structure has in a namespace, the one in the
/// oldest api-version stays, so that a new version renames nothing.
fn join(files: Vec<FileFacts>) -> (Facts, Labels) {
    let mut facts = Facts::default();
    let mut named: Vec<(String, String, NodeId, String)> = Vec::new();
    for file in files {
        let base = NodeId::try_from(facts.nodes.len()).unwrap_or(NodeId::MAX);
        let texts = u32::try_from(facts.texts.len()).unwrap_or(u32::MAX);
        if let Some((namespace, version)) = place(&file) {
            let names = file.names.into_iter();
            named.extend(names.map(|(id, name)| (namespace.clone(), version.clone(), id + base, name)));
        }
        facts.nodes.extend(file.nodes.into_iter().map(|mut node| {
            node.map_children(|it| it + base);
            for property in node.properties_mut() {
                property.description = property.description.map(|it| it + texts);
            }
            node
        }));
        facts.resources.extend(file.resources.into_iter().map(|mut it| {
            it.body += base;
            it
        }));
        facts.functions.extend(file.functions.into_iter().map(|mut it| {
            it.input = it.input.map(|it| it + base);
            it.output += base;
            it
        }));
        facts.texts.extend(file.texts);
    }
    keep_first_functions(&mut facts);
    let (facts, new_id) = share_mapped(facts);
    named.sort();
    let mut labels: Labels = HashMap::new();
    for (namespace, _, id, name) in named {
        if let Some(id) = new_id[id as usize] {
            let label = name.split_once('/').map_or(name.as_str(), |it| it.1).to_owned();
            labels.entry(namespace).or_default().entry(id).or_insert(label);
        }
    }
    (facts, labels)
}

/// Namespace and api-version that a file is about.
fn place(file: &FileFacts) -> Option<(String, String)> {
    let resource = file.resources.first().map(|it| (&it.type_name, &it.api_version));
    let (type_name, version) =
        resource.or_else(|| file.functions.first().map(|it| (&it.type_name, &it.api_version)))?;
    Some((namespace_of(type_name), version.clone()))
}

/// One function a name of a type@version, casing of the type aside.
fn keep_first_functions(facts: &mut Facts) {
    let mut seen = BTreeSet::new();
    facts.functions.retain(|it| {
        seen.insert((it.type_name.to_ascii_lowercase(), it.api_version.clone(), it.name.clone()))
    });
}
