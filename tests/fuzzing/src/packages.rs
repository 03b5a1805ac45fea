//! Damaged packages of types: each is refused in one line, or read as facts that make a sound bundle.
//!
//! An input is a package file, or a folder: the files under `#- NAME` lines.

use std::fs;

use azapi_ls::schema::Schema;
use schemas::facts::Facts;
use schemas::pack::{Origin, pack};
use schemas::package::{Options, Package, PackageError, ingest};

use crate::driver::Target;
use crate::{damage, samples};

const WORDS: [&str; 44] = [
    "\"$type\"",
    "\"ResourceType\"",
    "\"ObjectType\"",
    "\"DiscriminatedObjectType\"",
    "\"UnionType\"",
    "\"ArrayType\"",
    "\"StringType\"",
    "\"IntegerType\"",
    "\"AnyType\"",
    "\"BooleanType\"",
    "\"BuiltInType\"",
    "\"StringLiteralType\"",
    "\"ResourceFunctionType\"",
    "{\"$ref\": \"#/0\"}",
    "{\"$ref\": \"#/1\"}",
    "{\"$ref\": \"#/5\"}",
    "{\"$ref\": \"#/16\"}",
    "{\"$ref\": \"#/4294967296\"}",
    "{\"$ref\": \"b/types.json#/0\"}",
    "\"additionalProperties\": ",
    "\"elements\": ",
    "\"itemType\": ",
    "\"flags\": 31",
    "\"sensitive\": true",
    "\"minLength\": ",
    "\"maxValue\": ",
    "\"pattern\": \"(\"",
    "\"kind\": 9",
    "-1",
    "0",
    "4294967295",
    "18446744073709551615",
    "1e9",
    "null",
    "\"\"",
    "\"a/b@c\"",
    "@",
    "/",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\n#- c/types.json\n",
];

/// The reader of packages.
pub const TARGET: Target = Target {
    name: "packages",
    samples: Vec::new,
    damage: |choices, samples| {
        let (folders, files): (Vec<_>, Vec<_>) = samples.iter().cloned().partition(|it| is_folder(it));
        if choices.once_in(2) {
            damage::text(choices, &folders, &WORDS)
        } else {
            damage::bytes(choices, &files)
        }
    },
    check,
    cases: 120,
};

fn is_folder(input: &[u8]) -> bool {
    input.starts_with(b"#- ")
}

/// The facts of a package.
///
/// # Errors
///
/// Those of the reader.
///
/// # Panics
///
/// Where the machine has no place for temporary files.
pub fn read(input: &[u8]) -> Result<Facts, PackageError> {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("package");
    if is_folder(input) {
        fs::create_dir(&place).expect("a folder");
        samples::write_files(&place, &String::from_utf8_lossy(input));
    } else {
        fs::write(&place, input).expect("a file");
    }
    let package = Package::open(&place)?;
    ingest(&package, Options { descriptions: true, partial: false }, &|_| {}).map(|it| it.facts)
}

/// The bundle of facts.
pub fn packed(facts: &Facts) -> Option<Vec<u8>> {
    pack(facts, None, &Origin { package: "Toy".to_owned(), version: "1".to_owned() }).ok()
}

/// Reads a package.
///
/// # Panics
///
/// Where it is refused in more than a line, or gives facts that make no bundle.
pub fn check(input: &[u8]) {
    match read(input) {
        Err(error) => {
            let said = error.to_string();
            assert!(!said.is_empty() && !said.contains('\n'), "{said:?}");
        }
        Ok(facts) => {
            if let Some(bundle) = packed(&facts) {
                let schema = Schema::from_bytes(bundle).unwrap_or_else(|error| panic!("no bundle: {error}"));
                crate::bundles::ask_all(&schema);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn damaged_packages_are_refused_or_read() {
        crate::driver::run(super::TARGET);
    }
}
