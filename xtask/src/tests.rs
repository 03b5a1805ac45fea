//! The commands on a package of three types, in a folder of their own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::{lock, schemas, verify};

const INDEX: &str = r#"{"resources": {
    "Test.Rp/widgets@2024-01-01": {"$ref": "a/types.json#/0"},
    "Test.Other/things@2025-01-01": {"$ref": "b/types.json#/0"}},
  "resourceFunctions": {"test.rp/widgets": {"2024-01-01": [{"$ref": "a/types.json#/6"}]}}}"#;

const WIDGETS: &str = r##"[
  {"$type": "ResourceType", "name": "Test.Rp/widgets@2024-01-01", "body": {"$ref": "#/1"}, "readableScopes": 8, "writableScopes": 0},
  {"$type": "ObjectType", "name": "Test.Rp/widgets", "properties": {
     "type": {"type": {"$ref": "#/2"}, "flags": 10, "description": "Never committed."},
     "colour": {"type": {"$ref": "#/3"}, "flags": 1}}},
  {"$type": "StringLiteralType", "value": "Test.Rp/widgets"},
  {"$type": "UnionType", "elements": [{"$ref": "#/4"}, {"$ref": "#/5"}]},
  {"$type": "StringLiteralType", "value": "Blue"},
  {"$type": "StringType", "minLength": 2, "pattern": "^[a-z]+$"},
  {"$type": "ResourceFunctionType", "name": "paint", "resourceType": "Test.Rp/widgets", "apiVersion": "2024-01-01",
     "input": {"$ref": "#/3"}, "output": {"$ref": "#/7"}},
  {"$type": "ObjectType", "name": "Layers", "properties": {}, "additionalProperties": {"$ref": "#/7"}}]"##;

const THINGS: &str = r##"[
  {"$type": "ResourceType", "name": "Test.Other/things@2025-01-01", "body": {"$ref": "#/1"}, "readableScopes": 31, "writableScopes": 31},
  {"$type": "ObjectType", "name": "Test.Other/things", "properties": {"on": {"type": {"$ref": "#/2"}, "flags": 0}}},
  {"$type": "BooleanType"}]"##;

struct Toy {
    folder: tempfile::TempDir,
}

impl Toy {
    /// A package and the facts made from it.
    fn new() -> Self {
        let toy = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["package/a", "package/b", "schemas"] {
            fs::create_dir_all(toy.at(folder)).unwrap();
        }
        toy.put("package/index.json", INDEX);
        toy.put("package/a/types.json", WIDGETS);
        toy.put("package/b/types.json", THINGS);
        toy.schemas().unwrap();
        toy
    }

    fn at(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        fs::write(self.at(path), text).unwrap();
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.at(path)).unwrap();
        assert!(text.contains(from), "{text}");
        self.put(path, &text.replacen(from, to, 1));
    }

    fn schemas(&self) -> Result<(), String> {
        schemas::run(&self.at("package"), &self.at("schemas")).map(|_| ())
    }

    fn verify(&self) -> Result<(), String> {
        verify::run(&self.at("package"), &self.at("schemas")).map(|_| ())
    }

    /// Every file of `schemas` with its text.
    fn made(&self) -> BTreeMap<String, String> {
        let mut made = BTreeMap::new();
        list(&self.at("schemas"), "", &mut made);
        made
    }
}

fn list(folder: &Path, prefix: &str, made: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            list(&path, &format!("{name}/"), made);
        } else {
            made.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn facts_are_a_file_a_namespace_with_a_manifest_and_a_lock() {
    let made = Toy::new().made();
    let names: Vec<&String> = made.keys().collect();
    assert_eq!(names, ["facts/test.other.txt", "facts/test.rp.txt", "manifest.txt", "source.lock"]);
    assert!(made["manifest.txt"].contains("\nversions-of-types 2\n"));
    assert!(made["source.lock"].contains("\nfacts - package - - -\n"));
    assert!(!made.values().any(|it| it.contains("Never committed")));
}

#[test]
fn making_the_facts_again_changes_nothing() {
    let toy = Toy::new();
    let before = toy.made();
    toy.schemas().unwrap();
    assert_eq!(toy.made(), before);
}

#[test]
fn a_package_that_cannot_be_read_leaves_the_facts_as_they_were() {
    let toy = Toy::new();
    let before = toy.made();
    toy.replace("package/b/types.json", "BooleanType", "NoSuchType");
    let error = toy.schemas().unwrap_err();
    assert_eq!(error, "b/types.json: #/2: a type of kind \"NoSuchType\", which is not known here");
    assert_eq!(toy.made(), before);
}

#[test]
fn a_namespace_that_is_gone_takes_its_file_along() {
    let toy = Toy::new();
    toy.replace(
        "package/index.json",
        ",\n    \"Test.Other/things@2025-01-01\": {\"$ref\": \"b/types.json#/0\"}",
        "",
    );
    toy.schemas().unwrap();
    assert!(!toy.made().contains_key("facts/test.other.txt"));
    toy.verify().unwrap();
}

#[test]
fn what_vanished_is_listed_until_it_comes_back() {
    let toy = Toy::new();
    let things = "\"Test.Other/things@2025-01-01\"";
    toy.replace("package/index.json", things, "\"Test.Other/things@2026-01-01\"");
    toy.replace("package/b/types.json", "Test.Other/things@2025-01-01", "Test.Other/things@2026-01-01");
    toy.put("schemas/vanished.txt", "Test.Rp/older@2020-01-01\n");
    toy.schemas().unwrap();
    let listed = "Test.Other/things@2025-01-01\nTest.Rp/older@2020-01-01\n";
    assert_eq!(toy.made()["vanished.txt"], listed);
    toy.schemas().unwrap();
    assert_eq!(toy.made()["vanished.txt"], listed);
    toy.replace("package/index.json", "things@2026-01-01", "things@2025-01-01");
    toy.replace("package/b/types.json", "things@2026-01-01", "things@2025-01-01");
    toy.schemas().unwrap();
    assert_eq!(toy.made()["vanished.txt"], "Test.Other/things@2026-01-01\nTest.Rp/older@2020-01-01\n");
}

#[test]
fn pins_of_other_packages_stay_when_the_facts_are_made_again() {
    let toy = Toy::new();
    toy.replace("schemas/source.lock", "facts - package", "descriptions npm other 1 - 00\nfacts - older");
    toy.schemas().unwrap();
    let pins = lock::read(&toy.at("schemas")).unwrap();
    let packages: Vec<&str> = pins.iter().map(|it| it.package.as_str()).collect();
    assert_eq!(packages, ["package", "other"]);
}

#[test]
fn the_facts_of_a_package_hold_against_it() {
    Toy::new().verify().unwrap();
}

#[test]
fn anything_that_the_package_says_otherwise_is_found() {
    let changes = [
        ("a", "\"readableScopes\": 8", "\"readableScopes\": 24"),
        ("a", "\"writableScopes\": 0", "\"writableScopes\": 8"),
        ("a", "\"flags\": 1}", "\"flags\": 0}"),
        ("a", "\"value\": \"Blue\"", "\"value\": \"Red\""),
        ("a", "\"minLength\": 2", "\"minLength\": 3"),
        ("a", "\"minLength\": 2, ", ""),
        ("a", "\"minLength\": 2", "\"minLength\": 2, \"maxLength\": 9"),
        ("a", "^[a-z]+$", "^[a-z]*$"),
        ("a", "\"minLength\": 2", "\"minLength\": 2, \"sensitive\": true"),
        ("a", "\"minLength\": 2", "\"minLength\": 2, \"novelty\": 1"),
        ("a", "{\"$ref\": \"#/4\"}, {\"$ref\": \"#/5\"}", "{\"$ref\": \"#/5\"}, {\"$ref\": \"#/4\"}"),
        ("a", "{\"$ref\": \"#/4\"}, ", ""),
        ("a", "\"colour\"", "\"color\""),
        ("a", "\"input\": {\"$ref\": \"#/3\"},", ""),
        ("a", "\"output\": {\"$ref\": \"#/7\"}", "\"output\": {\"$ref\": \"#/3\"}"),
        ("a", "\"name\": \"paint\"", "\"name\": \"draw\""),
        ("a", ", \"additionalProperties\": {\"$ref\": \"#/7\"}", ""),
        ("a", "\"value\": \"Test.Rp/widgets\"", "\"value\": \"Test.Rp/gadgets\""),
        ("b", "BooleanType", "AnyType"),
    ];
    for (file, from, to) in changes {
        let toy = Toy::new();
        toy.replace(&format!("package/{file}/types.json"), from, to);
        assert!(toy.verify().is_err(), "{from} → {to}");
    }
}

#[test]
fn facts_beyond_the_package_are_found() {
    let toy = Toy::new();
    toy.replace("schemas/facts/test.rp.txt", "\n 2024-01-01", "\n 2023-01-01 g any\n 2024-01-01");
    assert!(toy.verify().is_err());
}

#[test]
fn a_manifest_that_counts_otherwise_is_found() {
    let toy = Toy::new();
    toy.replace("schemas/manifest.txt", "\nfunctions 1\n", "\nfunctions 2\n");
    assert!(toy.verify().is_err());
}
