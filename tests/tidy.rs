//! Rules on the source itself, kept by code instead of by memory.

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer and what it may use, bottom up. `schemas` is the crate of the type data.
const LAYERS: [(&str, &[&str]); 11] = [
    ("schemas", &[]),
    ("parallel", &[]),
    ("text", &[]),
    ("syntax", &["parallel", "text"]),
    ("schema", &["schemas", "text"]),
    ("terraform", &["text", "syntax"]),
    ("azapi", &["text", "syntax", "schema", "terraform"]),
    ("ide", &["parallel", "text", "syntax", "schema", "terraform", "azapi"]),
    ("project", &["text", "schema", "terraform", "ide"]),
    ("server", &["parallel", "text", "syntax", "schema", "terraform", "azapi", "ide", "project"]),
    ("cli", &["parallel", "text", "syntax", "schema", "terraform", "azapi", "ide", "project"]),
];

/// Each module of the crate `schemas` and what it may use, bottom up. `ApiVersion` is what `api_version` offers.
const SCHEMAS_LAYERS: [(&str, &[&str]); 8] = [
    ("facts", &[]),
    ("api_version", &[]),
    ("layout", &[]),
    ("graph", &[]),
    ("share", &["facts", "graph"]),
    ("text", &["facts", "graph", "share"]),
    ("pack", &["facts", "graph", "ApiVersion", "layout", "share"]),
    ("package", &["facts", "share", "text"]),
];

/// Files that a second crate compiles too, each with the reason.
const COMPILED_TWICE: [(&str, &str); 0] = [];

/// Lines of code a file may have above its tests, blank lines and comments not counted.
const LONGEST_FILE: usize = 450;

struct Source {
    /// From the crate's folder, with `/`.
    path: String,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files under a folder of the crate, by path.
fn sources(folder: &str) -> Vec<Source> {
    let mut all = Vec::new();
    collect(&root().join(folder), &mut all);
    all.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!all.is_empty(), "no source under {folder}");
    all
}

fn collect(folder: &Path, all: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let relative = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            all.push(Source { path: relative, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// The code without its line comments: those may speak of anything.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// The layers that a text names behind `crate::`, and the crate `schemas`.
fn layers_used(text: &str) -> Vec<String> {
    let code = code(text);
    let mut used = Vec::new();
    let mut schemas = code.match_indices("schemas::");
    if schemas.any(|(at, _)| !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
    {
        used.push("schemas".to_owned());
    }
    for (at, path) in code.match_indices("crate::") {
        // Not `$crate::`, nor the end of a longer name.
        if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '$') {
            continue;
        }
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            None => used.push(first_name(rest)),
            Some(group) => used.extend(group_members(group)),
        }
    }
    used
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first names of `a::b, c::{d, e}}`.
fn group_members(group: &str) -> Vec<String> {
    let mut members = Vec::new();
    let (mut depth, mut at_start) = (0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            c if at_start && !c.is_whitespace() => {
                members.push(first_name(&group[at..]));
                at_start = false;
            }
            _ => {}
        }
    }
    members
}

fn layer_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("schemas/").unwrap_or(path).strip_prefix("src/")?;
    Some(inside.split('/').next().unwrap().trim_end_matches(".rs"))
        .filter(|name| !matches!(*name, "lib" | "main"))
}

fn refuse(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn layers_use_only_those_below() {
    let mut found = upward_uses("src", &LAYERS);
    found.extend(upward_uses("schemas/src", &SCHEMAS_LAYERS));
    refuse(&found, "a layer uses only the layers below it");
}

/// What the layers of a folder use that does not lie below them.
fn upward_uses(folder: &str, layers: &[(&str, &[&str])]) -> Vec<String> {
    let mut found = Vec::new();
    // Tests may look at a layer from above.
    for source in sources(folder).into_iter().filter(|source| !source.path.contains("/tests/")) {
        let Some(layer) = layer_of(&source.path) else { continue };
        let Some((_, below)) = layers.iter().find(|(name, _)| *name == layer) else {
            found.push(format!("{}: `{layer}` is no layer", source.path));
            continue;
        };
        for used in layers_used(&source.text) {
            if used != layer && !below.contains(&used.as_str()) {
                found.push(format!("{}: `{layer}` uses `{used}`", source.path));
            }
        }
        if code(&source.text).contains("super::super::super") {
            found.push(format!("{}: `super` three times hides what is used; say `crate::`", source.path));
        }
    }
    found
}

#[test]
fn the_layer_rule_reads_every_form_of_use() {
    let text = "use crate::ide::Hover;\nuse crate::{text, schema::{Schema, Lookup}};\nlet x = crate::project::read();\n// crate::cli\n$crate::m!();";
    assert_eq!(layers_used(text), ["ide", "text", "schema", "project"]);
    assert_eq!(layers_used("fn f(v: schemas::ApiVersion) { my_schemas::x() }"), ["schemas"]);
    assert_eq!(layers_used("my_schemas::x()"), [""; 0]);
}

/// The files of a folder that a text uses by `super::FILE`, tests aside.
fn siblings_used(text: &str) -> Vec<String> {
    let code = code(above_tests(text));
    code.match_indices("super::")
        .flat_map(|(at, path)| match code[at + path.len()..].strip_prefix('{') {
            None => vec![first_name(&code[at + path.len()..])],
            Some(group) => group_members(group),
        })
        .collect()
}

/// Names of a graph that lead back to themselves, or to such: what is left when all that uses nothing is taken
/// away, again and again.
fn circle(mut uses: Vec<(String, Vec<String>)>) -> Vec<String> {
    loop {
        let left: Vec<String> = uses.iter().map(|(name, _)| name.clone()).collect();
        uses.retain(|(_, used)| used.iter().any(|name| left.contains(name)));
        if uses.len() == left.len() {
            return left;
        }
    }
}

#[test]
fn the_files_of_the_reader_do_not_use_one_another_in_a_circle() {
    let own = |path: &str| Some(path.strip_prefix("src/schema/")?.strip_suffix(".rs")?.to_owned());
    let files = sources("src/schema").into_iter();
    let files = files.filter_map(|source| Some((own(&source.path)?, siblings_used(&source.text))));
    // The face of the folder and its tests name everything.
    let files = files.filter(|(name, _)| !matches!(name.as_str(), "mod" | "tests" | "toy"));
    refuse(&circle(files.collect()), "files of `schema` use one another in a circle");
}

#[test]
fn a_circle_is_found_and_a_chain_is_none() {
    let graph = |edges: &[(&str, &str)]| -> Vec<(String, Vec<String>)> {
        edges.iter().map(|(name, text)| ((*name).to_owned(), siblings_used(text))).collect()
    };
    let chain = [("a", "use super::{b, c::C};"), ("b", "super::c::f()"), ("c", "")];
    assert_eq!(circle(graph(&chain)), [""; 0]);
    let round = [chain[0], chain[1], ("c", "use super::b;"), ("d", "")];
    assert_eq!(circle(graph(&round)), ["a", "b", "c"]);
}

#[test]
fn no_file_is_compiled_twice() {
    // Put together here, so that this file does not name what it refuses.
    let words = [["#[pa", "th"], ["incl", "ude!("]].map(|halves| halves.concat());
    let mut all: Vec<Source> =
        ["src", "schemas/src", "tests", "xtask"].into_iter().flat_map(sources).collect();
    let build = fs::read_to_string(root().join("build.rs")).unwrap();
    all.push(Source { path: "build.rs".to_owned(), text: build });
    let known = |path: &str| COMPILED_TWICE.iter().any(|(known, _)| *known == path);
    let found: Vec<_> = all
        .iter()
        .filter(|source| words.iter().any(|word| code(&source.text).contains(word)) && !known(&source.path))
        .map(|source| source.path.clone())
        .collect();
    refuse(&found, "a module belongs to one crate; others depend on that");
}

#[test]
fn lsp_stays_in_server() {
    let outside = sources("src").into_iter().filter(|source| layer_of(&source.path) != Some("server"));
    let found: Vec<_> = outside
        .filter(|source| ["lsp_types", "tower_lsp"].iter().any(|name| code(&source.text).contains(name)))
        .map(|source| source.path)
        .collect();
    refuse(&found, "only `server` knows the protocol's types");
}

#[test]
fn only_project_and_schema_open_files() {
    let outside = sources("src").into_iter().filter(|source| {
        source.path != "src/project/disk.rs"
            && layer_of(&source.path) != Some("schema")
            && !source.path.ends_with("/tests.rs")
            && !source.path.contains("/tests/")
    });
    let found: Vec<_> = outside
        .filter(|source| {
            let code = code(above_tests(&source.text));
            ["fs::", " File::", "OpenOptions"].iter().any(|word| code.contains(word))
        })
        .map(|source| source.path)
        .collect();
    refuse(&found, "files are opened by `project/disk.rs`, and for building the type data alone");
}

/// The part of a file before its tests.
fn above_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

fn lines_of_code(text: &str) -> usize {
    code(text).lines().filter(|line| !line.trim().is_empty()).count()
}

#[test]
fn files_are_short() {
    let all = ["src", "schemas/src"].into_iter().flat_map(sources);
    let code = all.filter(|source| !source.path.ends_with("tests.rs"));
    let found: Vec<_> = code
        .map(|source| (lines_of_code(above_tests(&source.text)), source.path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    refuse(&found, "a file has at most 450 lines of code above its tests; split it by purpose");
}

#[test]
fn nothing_is_left_for_later_and_no_test_is_switched_off() {
    // Put together here, so that this file does not name what it refuses.
    let words = [["TO", "DO"], ["FIX", "ME"], ["#[ig", "nore"], ["should_", "panic"], ["todo", "!("]];
    let mut found = Vec::new();
    for source in ["src", "schemas/src", "tests", "xtask"].into_iter().flat_map(sources) {
        for (number, line) in source.text.lines().enumerate() {
            if words.iter().any(|halves| line.contains(&halves.concat())) {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    refuse(&found, "nothing is left for later, and every test runs");
}

/// The paragraphs that begin with `**Invariant:**`, each on one line.
fn invariants(page: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        if let Some(at) = line.find("**Invariant:**") {
            all.push(line[at..].to_owned());
            inside = true;
        } else if line.trim().is_empty() || line.trim_start().starts_with(['-', '#']) {
            inside = false;
        } else if inside {
            let last = all.last_mut().unwrap();
            last.push(' ');
            last.push_str(line.trim());
        }
    }
    all
}

/// Whether a test `module::name` exists: a function of that name in a file or folder called `module`.
fn test_exists(sources: &[Source], path: &str) -> bool {
    let Some((module, name)) = path.rsplit_once("::") else { return false };
    let module = module.rsplit("::").find(|part| *part != "tests").unwrap_or_default();
    sources.iter().any(|source| {
        let mut places = source.path.trim_end_matches(".rs").split('/');
        places.any(|place| place == module) && source.text.contains(&format!("fn {name}("))
    })
}

#[test]
fn every_invariant_names_the_test_that_holds_it() {
    let Ok(page) = fs::read_to_string(root().join("ARCHITECTURE.md")) else { return };
    let sources: Vec<Source> =
        ["src", "schemas/src", "tests", "xtask"].into_iter().flat_map(sources).collect();
    let named = |invariant: &str| {
        let inside = invariant.trim_end().strip_suffix(')')?.rsplit_once('(')?.1.trim_matches('`');
        Some(inside.split(',').map(|path| path.trim().trim_matches('`').to_owned()).collect::<Vec<_>>())
    };
    let found: Vec<_> = invariants(&page)
        .into_iter()
        .filter(|invariant| {
            !named(invariant).is_some_and(|tests| tests.iter().all(|test| test_exists(&sources, test)))
        })
        .collect();
    refuse(&found, "an invariant ends with (module::test), and that test exists");
}

#[test]
fn invariants_are_found_over_line_breaks_and_missing_tests_noticed() {
    let page = "text\n- **Invariant:** one\n  (tidy::lsp_stays_in_server)\n- other\n\n**Invariant:** two\n";
    let all = invariants(page);
    assert_eq!(all, ["**Invariant:** one (tidy::lsp_stays_in_server)", "**Invariant:** two"]);
    let tests = sources("tests");
    assert!(test_exists(&tests, "tidy::lsp_stays_in_server"));
    assert!(!test_exists(&tests, "tidy::no_such_test") && !test_exists(&tests, "lsp::lsp_stays_in_server"));
}

#[test]
fn the_changelog_has_its_unreleased_part() {
    let text = fs::read_to_string(root().join("CHANGELOG.md")).expect("CHANGELOG.md is missing");
    assert!(text.lines().any(|line| line.trim() == "## Unreleased"), "CHANGELOG.md has no `## Unreleased`");
}
