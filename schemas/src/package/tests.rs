use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::toy::{FILES, assembly, program, tgz, zip};
use super::{Ingested, Options, Package, PackageError, ingest};
use crate::facts::Facts;
use crate::text::write::namespace_texts;

const NUSPEC: &[u8] = b"<package><metadata><id>Toy.Types</id>\n<version>0.1.2</version></metadata></package>";

fn read(bytes: Vec<u8>) -> Result<(Package, Ingested), PackageError> {
    let package = Package::from_bytes("toy", bytes)?;
    let ingested = ingest(&package, Options::default(), &|_| {})?;
    Ok((package, ingested))
}

fn toy_facts() -> Facts {
    read(assembly(&FILES)).unwrap().1.facts
}

fn write_folder(folder: &Path, files: &[(&str, &str)]) {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

fn read_folder(files: &[(&str, &str)]) -> Result<Ingested, PackageError> {
    let folder = tempfile::tempdir().unwrap();
    write_folder(folder.path(), files);
    ingest(&Package::open(folder.path())?, Options::default(), &|_| {})
}

fn check_refused(result: Result<Ingested, PackageError>, expected: Expect) {
    expected.assert_eq(&result.unwrap_err().to_string());
}

/// The toy's `b/types.json` with a text in it replaced.
fn with_change(from: &str, to: &str) -> Result<Ingested, PackageError> {
    let changed = FILES[2].1.replacen(from, to, 1);
    assert_ne!(changed, FILES[2].1);
    let mut files = FILES;
    files[2].1 = &changed;
    read(assembly(&files)).map(|it| it.1)
}

#[test]
fn the_facts_of_a_package_are_all_that_its_references_reach() {
    let (_, read) = read(assembly(&FILES)).unwrap();
    assert_eq!((read.totals.files, read.totals.types), (2, 18));
    let texts = namespace_texts(&read.facts, &read.labels).unwrap();
    expect![[r#"
        azapi-facts 1 test.rp
        resource Test.Rp/widgets
         2024-01-01 g #xsq331b
         2025-01-01 tmsgx/- #s51n36x
         fn listKeys(("Blue"|str(secret 1..5 "^a\"$"))): #3q6wzas
          2025-01-01
        resource Test.Rp/widgets/parts
         2025-01-01 g/gx #2xn4bav
        : AnyPart
        #sse7csv
         it: any
        : Part
        secret #3q6wzas
         inner:r [#3q6wzas](1..3)
         size:w int(-1..9223372036854000000)
         *: str
        : widgets
        body #s51n36x
         part: #3q6wzas
        body #xsq331b
         name:rd str
        : widgets/parts
        variants #2xn4bav
         on kind
         on: bool
         ="Any" #sse7csv
         ="Big" #3q6wzas
    "#]]
    .assert_eq(&texts["test.rp"]);
}

#[test]
fn a_package_gives_the_same_facts_in_every_form() {
    let toy = assembly(&FILES);
    let archives = [
        (zip(&[("Toy.nuspec", NUSPEC), ("lib/Toy.dll", &toy)]), "Toy.Types", "0.1.2", Some("2026-11-02")),
        (
            zip(&[
                ("toy/app", &program(&[("x.dll", b"MZ"), ("Toy.dll", &toy)])),
                ("toy.dist-info/METADATA", b"Metadata-Version: 2.1\nName: toy\nVersion: 3\n"),
            ]),
            "toy",
            "3",
            Some("2026-11-02"),
        ),
        (
            tgz(&[
                ("package/app", &program(&[("Toy.dll", &toy)])),
                ("package/package.json", br#"{"name": "@t/toy", "version": "2"}"#),
            ]),
            "@t/toy",
            "2",
            None,
        ),
        (program(&[("y.json", b"{}"), ("Toy.dll", &toy)]), "Toy", "1.2.3.4", None),
        (toy, "Toy", "1.2.3.4", None),
    ];
    for (bytes, name, version, date) in archives {
        let (package, read) = read(bytes).unwrap();
        assert_eq!((package.name.as_str(), package.version.as_str()), (name, version));
        assert_eq!(package.date.as_deref(), date);
        assert_eq!(read.facts, toy_facts());
    }
    assert_eq!(read_folder(&FILES).unwrap().facts, toy_facts());
    let checkout: Vec<(String, &str)> =
        FILES.iter().map(|(name, text)| (format!("generated/{name}"), *text)).collect();
    let checkout: Vec<(&str, &str)> = checkout.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    assert_eq!(read_folder(&checkout).unwrap().facts, toy_facts());
}

#[test]
fn types_are_found_in_a_file_of_any_name() {
    let long = format!("package/{}/app", "folder/".repeat(60));
    let (_, read) = read(tgz(&[(long.as_str(), &assembly(&FILES))])).unwrap();
    assert_eq!(read.facts, toy_facts());
}

#[test]
fn without_an_index_the_first_file_that_states_a_version_counts() {
    let again = FILES[2].1.replace("\"Blue\"", "\"Green\"").replace("Test.Rp/widgets", "TEST.Rp/widgets");
    let files = [FILES[1], FILES[2], ("c/types.json", again.as_str())];
    assert_eq!(read(assembly(&files)).unwrap().1.facts, toy_facts());
    assert_eq!(read_folder(&files).unwrap().facts, toy_facts());
}

#[test]
fn a_package_cut_short_anywhere_is_refused() {
    let toy = assembly(&FILES);
    let forms = [
        toy.clone(),
        zip(&[("Toy.nuspec", NUSPEC), ("lib/Toy.dll", &toy)]),
        tgz(&[("package/Toy.dll", &toy)]),
        program(&[("y.json", b"{}"), ("Toy.dll", &toy)]),
    ];
    for whole in forms {
        assert!(read(whole.clone()).is_ok());
        for len in 0..whole.len() {
            let error = read(whole[..len].to_vec()).map(|_| len).unwrap_err().to_string();
            assert!(error.starts_with("toy: ") && !error.contains('\n'), "{error}");
        }
    }
}

#[test]
fn descriptions_are_read_where_they_are_wanted() {
    let package = Package::from_bytes("toy", assembly(&FILES)).unwrap();
    let options = Options { descriptions: true, partial: false };
    let facts = ingest(&package, options, &|_| {}).unwrap().facts;
    assert_eq!(facts.texts, ["The id.", "A \"part\"\nof it."]);
    assert_eq!(toy_facts().texts, [""; 0]);
}

#[test]
fn files_that_are_lacking_are_passed_over_only_where_a_part_will_do() {
    let files = [FILES[0], FILES[1]];
    let package = Package::from_bytes("toy", assembly(&files)).unwrap();
    let partial = ingest(&package, Options { descriptions: false, partial: true }, &|_| {}).unwrap();
    assert_eq!(partial.facts.resources.len(), 1);
    check_refused(
        ingest(&package, Options::default(), &|_| {}),
        expect![
            "b/types.json: is named by the index but not in the package: it holds a part of the types only"
        ],
    );
}

#[test]
fn what_holds_no_types_is_refused() {
    let refused = |bytes: &[u8]| read(bytes.to_vec()).map(|it| it.1);
    let none = "toy: holds no Azure types; give a .nupkg, .tgz or .whl package, an assembly, or a folder of index.json and types.json files";
    let foreign = [
        b"resource \"azapi_resource\" \"a\" {}\n".to_vec(),
        Vec::new(),
        assembly(&[("other.json", "{}")]),
        zip(&[("a.txt", b"text"), ("b.dll", b"\x7fELF")]),
    ];
    for bytes in foreign {
        assert_eq!(refused(&bytes).unwrap_err().to_string(), none);
    }
    check_refused(
        read_folder(&[("a.txt", "")])
            .map_err(|error| PackageError::new("folder", error.to_string().split_once(": ").unwrap().1)),
        expect![
            "folder: a folder without types.json files; give one that holds index.json, or a checkout of the types"
        ],
    );
}

#[test]
fn a_damaged_type_file_is_named_with_what_is_wrong() {
    check_refused(
        with_change("{\"$ref\": \"#/13\"}", "{\"$ref\": \"#/99\"}"),
        expect!["b/types.json: refers to #/99, which is not in it"],
    );
    check_refused(
        with_change("\"AnyType\"", "\"NewType\""),
        expect![[r#"b/types.json: #/14: a type of kind "NewType", which is not known here"#]],
    );
    check_refused(
        with_change("\"#/10\"", "\"other.json#/10\""),
        expect![[
            r#"b/types.json: "other.json#/10" is no reference to a type in this file at line 16 column 114"#
        ]],
    );
    check_refused(
        with_change("\"flags\": 4", "\"flags\": 400"),
        expect![[r#"b/types.json: #/5: flags 400 of "size""#]],
    );
    check_refused(
        with_change("\"size\"", "\"inner\""),
        expect![[r#"b/types.json: #/5: "inner" stands twice in one object"#]],
    );
}

#[test]
fn a_reference_out_of_the_folder_is_refused() {
    let index = r#"{"resources": {"A.B/c@1": {"$ref": "../../etc/types.json#/0"}}}"#;
    check_refused(
        read_folder(&[("index.json", index), FILES[1]]),
        expect!["../../etc/types.json: is no path inside of the folder"],
    );
}

#[test]
fn scopes_of_older_data_are_understood() {
    let scopes = |fields: &str| {
        let read = with_change("\"readableScopes\": 8, \"writableScopes\": 24", fields).unwrap();
        let resource = &read.facts.resources[2];
        (resource.type_name.clone(), resource.readable_scopes, resource.writable_scopes)
    };
    let name = "Test.Rp/widgets/parts".to_owned();
    assert_eq!(scopes("\"scopeType\": 8, \"flags\": 0"), (name.clone(), 8, 8));
    assert_eq!(scopes("\"scopeType\": 8, \"flags\": 1"), (name.clone(), 8, 0));
    assert_eq!(scopes("\"scopeType\": 24, \"readOnlyScopes\": 20, \"flags\": 0"), (name, 28, 8));
}

#[test]
fn built_in_types_of_older_data_are_understood() {
    let kind = |kind| {
        with_change("\"BooleanType\"", &format!("\"BuiltInType\", \"kind\": {kind}")).map(|it| it.facts)
    };
    assert_eq!(kind(3).unwrap(), toy_facts());
    assert!(kind(5).is_ok());
    check_refused(
        with_change("\"BooleanType\"", "\"BuiltInType\", \"kind\": 77"),
        expect!["b/types.json: #/11: a built-in type of a kind that is not known here"],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_damaged_package_never_panics(form in 0..4_usize, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let toy = assembly(&FILES);
        let mut bytes = match form {
            0 => toy,
            1 => zip(&[("Toy.nuspec", NUSPEC), ("lib/Toy.dll", &toy)]),
            2 => tgz(&[("package/Toy.dll", &toy)]),
            _ => program(&[("y.json", b"{}"), ("Toy.dll", &toy)]),
        };
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read(bytes);
    }
}
