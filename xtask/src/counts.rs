//! Numbers that say at a glance whether two readings are of the same data.

use std::collections::{BTreeMap, BTreeSet};

use schemas::facts::{Facts, Node};
use schemas::package::Totals;
use schemas::text::write::namespace_of;

/// Each count by its name.
pub(crate) type Counts = BTreeMap<String, String>;

/// What can be counted on facts alone.
pub(crate) fn of_facts(facts: &Facts) -> Counts {
    let mut counts = Counts::new();
    let mut set = |name: &str, value: usize| counts.insert(name.to_owned(), value.to_string());
    set("versions-of-types", facts.resources.len());
    let spellings: BTreeSet<&str> = facts.resources.iter().map(|it| it.type_name.as_str()).collect();
    let mut per_type: BTreeMap<String, usize> = BTreeMap::new();
    for spelling in &spellings {
        *per_type.entry(spelling.to_ascii_lowercase()).or_default() += 1;
    }
    set("types", per_type.len());
    set("spellings", spellings.len());
    set("types-in-several-spellings", per_type.values().filter(|it| **it > 1).count());
    set("namespaces", per_type.keys().map(|it| namespace_of(it)).collect::<BTreeSet<_>>().len());
    let versions: BTreeSet<&str> = facts.resources.iter().map(|it| it.api_version.as_str()).collect();
    set("api-versions", versions.len());
    set("bodies", facts.resources.iter().map(|it| it.body).collect::<BTreeSet<_>>().len());
    functions(facts, &per_type, &mut set);
    for (name, is_one) in KINDS {
        set(name, facts.nodes.iter().filter(|it| is_one(it)).count());
    }
    set("distinct-types", facts.nodes.len());
    properties(facts, &mut set);
    let mut scopes: BTreeMap<String, usize> = BTreeMap::new();
    for it in &facts.resources {
        *scopes.entry(format!("readable-scopes-{}", it.readable_scopes)).or_default() += 1;
        *scopes.entry(format!("writable-scopes-{}", it.writable_scopes)).or_default() += 1;
        let kind = match &facts.nodes[it.body as usize] {
            Node::Discriminated { discriminator, .. } => format!("bodies-by-{discriminator}"),
            _ => "bodies-of-one-form".to_owned(),
        };
        *scopes.entry(kind).or_default() += 1;
    }
    scopes.iter().for_each(|(name, count)| {
        set(name, *count);
    });
    let bounds = [("oldest-api-version", versions.first()), ("newest-api-version", versions.last())];
    for (name, version) in bounds {
        counts.insert(name.to_owned(), version.copied().unwrap_or("-").to_owned());
    }
    counts
}

type IsKind = fn(&Node) -> bool;

const KINDS: [(&str, IsKind); 5] = [
    ("distinct-objects", |it| matches!(it, Node::Object { .. })),
    ("distinct-discriminated-objects", |it| matches!(it, Node::Discriminated { .. })),
    ("distinct-literals", |it| matches!(it, Node::Literal(_))),
    ("distinct-arrays", |it| matches!(it, Node::Array { .. })),
    ("distinct-unions", |it| matches!(it, Node::Union(_))),
];

fn functions<R>(facts: &Facts, types: &BTreeMap<String, usize>, set: &mut impl FnMut(&str, usize) -> R) {
    set("functions", facts.functions.len());
    let of: BTreeSet<String> = facts.functions.iter().map(|it| it.type_name.to_ascii_lowercase()).collect();
    set("types-with-functions", of.len());
    set("types-with-functions-only", of.iter().filter(|it| !types.contains_key(*it)).count());
    let names: BTreeSet<&str> = facts.functions.iter().map(|it| it.name.as_str()).collect();
    set("function-names", names.len());
    let signatures: BTreeSet<_> = facts.functions.iter().map(|it| (&it.name, it.input, it.output)).collect();
    set("distinct-functions", signatures.len());
}

fn properties<R>(facts: &Facts, set: &mut impl FnMut(&str, usize) -> R) {
    let mut names = BTreeSet::new();
    let mut count = 0;
    for node in &facts.nodes {
        if let Node::Object { properties, .. } | Node::Discriminated { base: properties, .. } = node {
            count += properties.len();
            names.extend(properties.iter().map(|it| it.name.as_str()));
        }
    }
    set("distinct-properties", count);
    set("property-names", names.len());
}

/// What was counted while reading the package.
pub(crate) fn of_package(totals: &Totals) -> Counts {
    let mut counts = Counts::from([
        ("package-files".to_owned(), totals.files.to_string()),
        ("package-files-with-bodies".to_owned(), totals.files_with_bodies.to_string()),
        ("package-types".to_owned(), totals.types.to_string()),
    ]);
    for (flags, count) in &totals.flags {
        counts.insert(format!("package-properties-of-flags-{flags}"), count.to_string());
    }
    counts
}
