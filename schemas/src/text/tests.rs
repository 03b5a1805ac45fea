use std::collections::HashMap;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::described::{FILE, FOLDER, Origin, described_bytes, folder_for, read_described, read_origin};
use super::read::{FactsError, read_texts};
use super::write::{Labels, WriteError, namespace_texts};
use crate::facts::{Facts, Function, Node, NodeId, Property, Resource};
use crate::share::share;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just("a".to_owned()), Just("b".to_owned()), "[ -~\n\u{e9}]{0,3}", "[a-z]{30,70}"]
}

fn properties(nodes: u32) -> impl Strategy<Value = Vec<Property>> {
    let property = (text(), 0..64_u8, 0..nodes, prop::option::of(0..3_u32));
    prop::collection::vec(property, 0..4).prop_map(|list| {
        let named: std::collections::BTreeMap<_, _> = list.into_iter().map(|it| (it.0.clone(), it)).collect();
        named
            .into_values()
            .map(|(name, flags, ty, description)| Property { name, flags, ty, description })
            .collect()
    })
}

fn node(nodes: u32) -> impl Strategy<Value = Node> {
    let bound = || prop::option::of(0..4_u64);
    prop_oneof![
        (bound(), bound(), prop::option::of(text()), any::<bool>()).prop_map(
            |(min_length, max_length, pattern, sensitive)| Node::String {
                min_length,
                max_length,
                pattern,
                sensitive
            }
        ),
        (prop::option::of(-4..4_i64), prop::option::of(any::<i64>()))
            .prop_map(|(min_value, max_value)| Node::Integer { min_value, max_value }),
        Just(Node::Boolean),
        Just(Node::Any),
        Just(Node::OwnType),
        Just(Node::OwnVersion),
        text().prop_map(Node::Literal),
        prop::collection::vec(0..nodes, 0..4).prop_map(Node::Union),
        (0..nodes, bound(), bound()).prop_map(|(items, min_length, max_length)| Node::Array {
            items,
            min_length,
            max_length
        }),
        (properties(nodes), prop::option::of(0..nodes), any::<bool>()).prop_map(
            |(properties, additional, sensitive)| Node::Object { properties, additional, sensitive }
        ),
        (text(), properties(nodes), prop::collection::btree_map(text(), 0..nodes, 0..3)).prop_map(
            |(discriminator, base, variants)| Node::Discriminated {
                discriminator,
                base,
                variants: variants.into_iter().collect()
            }
        ),
    ]
}

/// Facts with every kind of type, cycles and repeated structure among them.
fn toy() -> impl Strategy<Value = Facts> {
    (2..14_u32).prop_flat_map(|count| {
        let count_usize = count as usize;
        let resource = (0..3_usize, 0..3_usize, 0..count, 0..40_u32, 0..40_u32);
        let function = (0..3_usize, 0..2_usize, text(), prop::option::of(0..count), 0..count);
        (
            prop::collection::vec(node(count), count_usize),
            prop::collection::vec(resource, 1..5),
            prop::collection::vec(function, 0..4),
        )
            .prop_map(|(nodes, resources, functions)| facts(nodes, resources, functions))
    })
}

type ToyResource = (usize, usize, NodeId, u32, u32);
type ToyFunction = (usize, usize, String, Option<NodeId>, NodeId);

fn facts(nodes: Vec<Node>, resources: Vec<ToyResource>, functions: Vec<ToyFunction>) -> Facts {
    const NAMES: [&str; 3] = ["Test.Rp/a", "Test.Rp/a/b", "Test.Other/c"];
    const SPELLED: [&str; 3] = ["Test.Rp/A", "Test.Rp/a/b", "test.other/c"];
    const VERSIONS: [&str; 3] = ["2024-01-01", "fn", "2024-01-01-preview"];
    let mut seen = std::collections::BTreeSet::new();
    let resources = resources.into_iter().filter(|it| seen.insert((it.0, it.1))).map(|it| Resource {
        type_name: if it.1 == 2 { SPELLED[it.0] } else { NAMES[it.0] }.to_owned(),
        api_version: VERSIONS[it.1].to_owned(),
        body: it.2,
        readable_scopes: it.3,
        writable_scopes: it.4,
    });
    let resources = resources.collect();
    let mut seen = std::collections::BTreeSet::new();
    let functions =
        functions.into_iter().filter(|it| seen.insert((it.0, it.1, it.2.clone()))).map(|it| Function {
            type_name: NAMES[it.0].to_owned(),
            api_version: VERSIONS[it.1].to_owned(),
            name: it.2,
            input: it.3,
            output: it.4,
        });
    let texts = vec!["One.".to_owned(), "Two\n\"lines\".".to_owned(), "One.".to_owned()];
    Facts { nodes, resources, functions: functions.collect(), texts }
}

fn without_descriptions(mut facts: Facts) -> Facts {
    facts.nodes.iter_mut().flat_map(Node::properties_mut).for_each(|it| it.description = None);
    share(facts)
}

fn texts(facts: &Facts) -> Vec<(String, String)> {
    namespace_texts(facts, &Labels::new()).unwrap().into_iter().collect()
}

fn read(texts: &[(String, String)]) -> Result<Facts, FactsError> {
    read_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

/// How many of the types that are reached differ in structure, by comparing all pairs: two differ when they
/// state different things or refer to types that differ.
fn distinct(facts: &Facts) -> usize {
    let stated = |id: usize| {
        let mut node = facts.nodes[id].clone();
        node.map_children(|_| 0);
        for property in node.properties_mut() {
            property.description = property.description.map(|it| it % 2);
        }
        node
    };
    let children = |id: usize| {
        let mut list = Vec::new();
        facts.nodes[id].for_each_child(|it| list.push(it as usize));
        list
    };
    let count = facts.nodes.len();
    let mut differ = vec![vec![false; count]; count];
    let mut changed = true;
    while changed {
        changed = false;
        for one in 0..count {
            for other in 0..count {
                if !differ[one][other] {
                    let pairs = children(one).into_iter().zip(children(other));
                    if stated(one) != stated(other)
                        || pairs.into_iter().any(|(one, other)| differ[one][other])
                    {
                        differ[one][other] = true;
                        changed = true;
                    }
                }
            }
        }
    }
    let mut ahead: Vec<usize> = facts.resources.iter().map(|it| it.body as usize).collect();
    ahead.extend(
        facts.functions.iter().flat_map(|it| it.input.into_iter().chain([it.output])).map(|it| it as usize),
    );
    let mut reached: Vec<usize> = Vec::new();
    let mut kept: Vec<usize> = Vec::new();
    while let Some(id) = ahead.pop() {
        if !reached.contains(&id) {
            reached.push(id);
            ahead.extend(children(id));
            if kept.iter().all(|it| differ[*it][id]) {
                kept.push(id);
            }
        }
    }
    kept.len()
}

proptest! {
    #[test]
    fn equal_structure_is_one_type_and_different_structure_is_not(facts in toy()) {
        let shared = share(facts.clone());
        prop_assert_eq!(shared.nodes.len(), distinct(&facts));
        prop_assert_eq!(share(shared.clone()), shared);
    }

    #[test]
    fn the_numbering_of_types_makes_no_difference(facts in toy()) {
        let mut turned = facts.clone();
        let last = u32::try_from(facts.nodes.len() - 1).unwrap();
        turned.nodes.reverse();
        turned.nodes.iter_mut().for_each(|it| it.map_children(|it| last - it));
        turned.resources.iter_mut().for_each(|it| it.body = last - it.body);
        turned.functions.iter_mut().for_each(|it| {
            it.input = it.input.map(|it| last - it);
            it.output = last - it.output;
        });
        turned.resources.reverse();
        prop_assert_eq!(share(turned), share(facts));
    }

    #[test]
    fn the_text_form_reads_back(facts in toy()) {
        let facts = without_descriptions(facts);
        prop_assert_eq!(read(&texts(&facts)), Ok(facts));
    }

    #[test]
    fn a_version_that_goes_changes_no_other_definition(facts in toy()) {
        let facts = without_descriptions(facts);
        let mut fewer = facts.clone();
        fewer.resources.pop();
        let fewer = share(fewer);
        let all: HashMap<String, String> = texts(&facts).into_iter().collect();
        for (namespace, text) in texts(&fewer) {
            let whole = &all[&namespace];
            let heads = |text: &str| text.lines().filter(|it| it.contains('#') && !it.starts_with(' ')).map(str::to_owned).collect::<Vec<_>>();
            let kept = heads(whole);
            prop_assert!(heads(&text).iter().all(|it| kept.contains(it)));
        }
    }

    #[test]
    fn descriptions_read_back(facts in toy()) {
        let facts = share(facts);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("descriptions");
        let origin = Origin { package: "@a/b c".to_owned(), version: "1".to_owned(), sha256: "00".to_owned() };
        std::fs::write(&path, described_bytes(&facts, &origin).unwrap()).unwrap();
        prop_assert_eq!(read_origin(&path), Ok(origin));
        prop_assert_eq!(read_described(&path), Ok(facts));
    }

    #[test]
    fn a_text_cut_anywhere_never_panics(facts in toy(), at in any::<prop::sample::Index>()) {
        let facts = without_descriptions(facts);
        for (name, text) in texts(&facts) {
            let at = (0..=at.index(text.len())).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0);
            let _ = read(&[(name, text[..at].to_owned())]);
        }
    }
}

fn check_error(text: &str, expected: Expect) {
    expected.assert_eq(&read_texts([("toy.txt", text)]).unwrap_err().to_string());
}

#[test]
fn a_line_that_is_not_of_the_form_is_named() {
    check_error("", expect!["toy.txt:1: expected `azapi-facts 1`"]);
    check_error("azapi-facts 2 a\n", expect!["toy.txt:1: expected `azapi-facts 1` and the namespace"]);
    check_error(
        "azapi-facts 1 a\nresource A/b\n 2024-01-01 g #x\n",
        expect!["toy.txt:3: #x is not defined in this file"],
    );
    check_error("azapi-facts 1 a\nresource A/b\n 2024-01-01 q any\n", expect!["toy.txt:3: expected scopes"]);
    check_error(
        "azapi-facts 1 a\n#x\n b: int\n a: int\n",
        expect!["toy.txt:4: expected properties in order, each once"],
    );
    check_error(
        "azapi-facts 1 a\nbody #x\n id: int\n",
        expect!["toy.txt:3: expected properties in order, each once"],
    );
    check_error("azapi-facts 1 a\n#x\n#x\n", expect!["toy.txt:3: expected a name that is not defined above"]);
    check_error(
        "azapi-facts 1 a\ntype #x\n#y\n",
        expect!["toy.txt:3: expected the content of the definition above"],
    );
    check_error("azapi-facts 1 a\nunion #x\n wat\n", expect!["toy.txt:3: expected a type"]);
    check_error("azapi-facts 1 a\n a: int\n", expect!["toy.txt:2: expected `resource` or a definition"]);
    check_error("azapi-facts 1 a\n<<<<<<< HEAD\n", expect!["toy.txt:2: expected `resource` or a definition"]);
    let deep = format!("azapi-facts 1 a\nunion #x\n {}\n", "[".repeat(100_000));
    check_error(&deep, expect!["toy.txt:3: expected types less deep in each other"]);
}

#[test]
fn a_file_of_descriptions_that_is_damaged_or_foreign_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("descriptions");
    let facts = share(facts(vec![Node::Boolean], vec![(0, 0, 0, 8, 8)], Vec::new()));
    let origin = Origin { package: "a".to_owned(), version: "1".to_owned(), sha256: "00".to_owned() };
    let whole = described_bytes(&facts, &origin).unwrap();
    for len in 0..whole.len() {
        std::fs::write(&path, &whole[..len]).unwrap();
        assert!(read_described(&path).is_err(), "cut at {len}");
    }
    std::fs::write(&path, "other text\n").unwrap();
    let error = read_described(&path).unwrap_err();
    assert_eq!(error.message, "not a file of descriptions; make it again with `cargo xtask descriptions`");
}

#[test]
fn a_namespace_that_is_no_file_name_is_refused() {
    let mut facts = facts(vec![Node::Boolean], vec![(0, 0, 0, 8, 8)], Vec::new());
    for name in ["../x/y", "", "/a", ".a/b"] {
        facts.resources[0].type_name = name.to_owned();
        assert!(matches!(namespace_texts(&facts, &Labels::new()), Err(WriteError::Namespace(_))), "{name}");
    }
}

/// A target folder and, in it, what is built for another target; both marked as cargo marks them.
fn target_folders() -> (tempfile::TempDir, std::path::PathBuf) {
    let target = tempfile::tempdir().expect("a folder");
    let out = target.path().join("aarch64-apple-darwin/release/build/azapi-ls/out");
    std::fs::create_dir_all(&out).expect("a writable folder");
    for marked in ["CACHEDIR.TAG", "aarch64-apple-darwin/CACHEDIR.TAG"] {
        std::fs::write(target.path().join(marked), "").expect("a writable folder");
    }
    (target, out)
}

#[test]
fn a_build_for_another_target_has_the_descriptions_of_all() {
    let (target, out) = target_folders();
    let folder = target.path().join(FOLDER);
    assert_eq!(folder_for(&out), Some(folder.clone()));
    assert_eq!(folder_for(&target.path().join("release/build/out")), Some(folder));
    // An empty folder inside, as older builds made it, is no rival.
    std::fs::create_dir(target.path().join("aarch64-apple-darwin").join(FOLDER)).expect("a writable folder");
    assert_eq!(folder_for(&out), Some(target.path().join(FOLDER)));
}

#[test]
fn descriptions_are_found_in_a_target_folder_that_cargo_did_not_mark() {
    let (target, out) = target_folders();
    std::fs::remove_file(target.path().join("CACHEDIR.TAG")).expect("the mark");
    let folder = target.path().join(FOLDER);
    std::fs::create_dir(&folder).expect("a writable folder");
    std::fs::write(folder.join(FILE), "").expect("a writable folder");
    assert_eq!(folder_for(&out), Some(folder));
}
