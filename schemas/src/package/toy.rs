//! Small packages in every form.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// `index.json` and two type files: a resource type at two versions, one of them with a function and a
/// recursive type, and a type whose body has variants.
pub(super) const FILES: [(&str, &str); 3] = [
    (
        "index.json",
        r#"{"resources": {
            "Test.Rp/widgets@2024-01-01": {"$ref": "a_0/test.rp/2024-01-01/types.json#/0"},
            "Test.Rp/widgets@2025-01-01": {"$ref": "b/types.json#/0"},
            "Test.Rp/widgets/parts@2025-01-01": {"$ref": "b/types.json#/9"}},
          "resourceFunctions": {"test.rp/widgets": {"2025-01-01": [{"$ref": "b/types.json#/8"}]}},
          "namespaceFunctions": [], "settings": {"name": "Toy"}}"#,
    ),
    (
        "a_0/test.rp/2024-01-01/types.json",
        r##"[{"$type": "ResourceType", "name": "Test.Rp/widgets@2024-01-01", "body": {"$ref": "#/1"}, "readableScopes": 8, "writableScopes": 8},
          {"$type": "ObjectType", "name": "Test.Rp/widgets", "properties": {
             "id": {"type": {"$ref": "#/2"}, "flags": 10, "description": "The id."},
             "name": {"type": {"$ref": "#/2"}, "flags": 9},
             "type": {"type": {"$ref": "#/3"}, "flags": 10},
             "apiVersion": {"type": {"$ref": "#/4"}, "flags": 10}}},
          {"$type": "StringType"},
          {"$type": "StringLiteralType", "value": "Test.Rp/widgets"},
          {"$type": "StringLiteralType", "value": "2024-01-01"},
          {"$type": "StringLiteralType", "value": "nothing refers to this"}]"##,
    ),
    (
        "b/types.json",
        r##"[{"$type": "ResourceType", "name": "Test.Rp/widgets@2025-01-01", "body": {"$ref": "#/1"}, "readableScopes": 31, "writableScopes": 0},
          {"$type": "ObjectType", "name": "Test.Rp/widgets", "properties": {
             "id": {"type": {"$ref": "#/2"}, "flags": 10},
             "type": {"type": {"$ref": "#/3"}, "flags": 10},
             "apiVersion": {"type": {"$ref": "#/4"}, "flags": 10},
             "part": {"type": {"$ref": "#/5"}, "flags": 0, "description": "A \"part\"\nof it."}}},
          {"$type": "StringType"},
          {"$type": "StringLiteralType", "value": "Test.Rp/widgets"},
          {"$type": "StringLiteralType", "value": "2025-01-01"},
          {"$type": "ObjectType", "name": "Part", "properties": {
             "inner": {"type": {"$ref": "#/6"}, "flags": 1},
             "size": {"type": {"$ref": "#/7"}, "flags": 4}}, "additionalProperties": {"$ref": "#/2"}, "sensitive": true},
          {"$type": "ArrayType", "itemType": {"$ref": "#/5"}, "minLength": 1, "maxLength": 3},
          {"$type": "IntegerType", "minValue": -1, "maxValue": 9223372036854000000},
          {"$type": "ResourceFunctionType", "name": "listKeys", "resourceType": "Test.Rp/widgets", "apiVersion": "2025-01-01", "input": {"$ref": "#/13"}, "output": {"$ref": "#/5"}},
          {"$type": "ResourceType", "name": "Test.Rp/widgets/parts@2025-01-01", "body": {"$ref": "#/10"}, "readableScopes": 8, "writableScopes": 24},
          {"$type": "DiscriminatedObjectType", "name": "Test.Rp/widgets/parts", "discriminator": "kind",
             "baseProperties": {"on": {"type": {"$ref": "#/11"}, "flags": 0}}, "elements": {"Big": {"$ref": "#/5"}, "Any": {"$ref": "#/12"}}},
          {"$type": "BooleanType"},
          {"$type": "ObjectType", "name": "AnyPart", "properties": {"it": {"type": {"$ref": "#/14"}, "flags": 0}}},
          {"$type": "UnionType", "elements": [{"$ref": "#/15"}, {"$ref": "#/16"}]},
          {"$type": "AnyType"},
          {"$type": "StringLiteralType", "value": "Blue"},
          {"$type": "StringType", "minLength": 1, "maxLength": 5, "pattern": "^a\"$", "sensitive": true}]"##,
    ),
];

pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn words(out: &mut Vec<u8>, words: &[u32]) {
    words.iter().for_each(|it| out.extend(it.to_le_bytes()));
}

fn halves(out: &mut Vec<u8>, halves: &[u16]) {
    halves.iter().for_each(|it| out.extend(it.to_le_bytes()));
}

fn len(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

/// An assembly named `Toy` of version 1.2.3.4 with these files, deflated, as its resources.
pub(super) fn assembly(files: &[(&str, &str)]) -> Vec<u8> {
    const ADDRESS: u32 = 0x2000;
    const START: u32 = 0x200;
    let mut strings = b"\0Toy\0".to_vec();
    let mut resources = Vec::new();
    let mut rows = Vec::new();
    for (name, content) in files {
        words(&mut rows, &[len(&resources), 1]);
        halves(&mut rows, &[u16::try_from(strings.len()).unwrap(), 0]);
        strings.extend(format!("{name}.deflated\0").bytes());
        let deflated = deflate(content.as_bytes());
        words(&mut resources, &[len(&deflated)]);
        resources.extend(deflated);
    }
    let mut tables = vec![0, 0, 0, 0, 2, 0, 0, 1];
    tables.extend((1_u64 | 1 << 0x20 | 1 << 0x28).to_le_bytes());
    tables.extend(0_u64.to_le_bytes());
    words(&mut tables, &[1, 1, u32::try_from(files.len()).unwrap()]);
    halves(&mut tables, &[0, 1, 0, 0, 0]);
    words(&mut tables, &[0x8004]);
    halves(&mut tables, &[1, 2, 3, 4]);
    words(&mut tables, &[0]);
    halves(&mut tables, &[0, 1, 0]);
    tables.extend(rows);
    let mut metadata = b"BSJB\x01\0\x01\0\0\0\0\0\x04\0\0\0v4\0\0\0\0\x02\0".to_vec();
    let heads = len(&metadata) + 12 + 20;
    words(&mut metadata, &[heads, len(&tables)]);
    metadata.extend(b"#~\0\0");
    words(&mut metadata, &[heads + len(&tables), len(&strings)]);
    metadata.extend(b"#Strings\0\0\0\0");
    metadata.extend(tables);
    metadata.extend(strings);

    let mut section = Vec::new();
    words(&mut section, &[72, 0x0005_0002, ADDRESS + 72, len(&metadata), 1, 0]);
    words(&mut section, &[ADDRESS + 72 + len(&metadata), len(&resources)]);
    section.resize(72, 0);
    section.extend(metadata);
    section.extend(resources);

    let mut image = b"MZ".to_vec();
    image.resize(0x3c, 0);
    words(&mut image, &[0x40]);
    image.extend(b"PE\0\0");
    halves(&mut image, &[0x14c, 1]);
    words(&mut image, &[0, 0, 0]);
    halves(&mut image, &[224, 0x2102]);
    let optional = image.len();
    halves(&mut image, &[0x10b]);
    image.resize(optional + 92, 0);
    words(&mut image, &[16]);
    image.resize(optional + 96 + 14 * 8, 0);
    words(&mut image, &[ADDRESS, 72]);
    image.resize(optional + 224, 0);
    image.extend(b".text\0\0\0");
    words(&mut image, &[len(&section), ADDRESS, len(&section), START, 0, 0, 0, 0]);
    image.resize(START as usize, 0);
    image.extend(section);
    image
}

/// A zip archive; the first file is stored, the others deflated.
pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let date = zip::DateTime::from_date_and_time(2026, 11, 2, 0, 0, 0).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, content)) in files.iter().enumerate() {
        let method = if at == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(date);
        out.start_file(*name, options).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A gzipped tar archive.
pub(super) fn tgz(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, content) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        out.append_data(&mut header, name, *content).unwrap();
    }
    out.into_inner().unwrap().finish().unwrap()
}

/// A .NET single-file program that holds these files, the second of them compressed.
pub(super) fn program(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = b"\x7fELF and code".to_vec();
    let place = out.len();
    out.extend([0; 8]);
    out.extend(super::single_file::MARK);
    let mut manifest = Vec::new();
    words(&mut manifest, &[6, 0, u32::try_from(files.len()).unwrap()]);
    manifest.extend(b"\x02id");
    manifest.extend([0; 40]);
    for (at, (name, content)) in files.iter().enumerate() {
        let deflated = if at == 1 { deflate(content) } else { Vec::new() };
        for number in [out.len(), content.len(), deflated.len()] {
            manifest.extend((number as u64).to_le_bytes());
        }
        manifest.push(1);
        manifest.push(u8::try_from(name.len()).unwrap());
        manifest.extend(name.bytes());
        out.extend(if at == 1 { &deflated[..] } else { content });
    }
    let start = (out.len() as u64).to_le_bytes();
    out[place..place + 8].copy_from_slice(&start);
    out.extend(manifest);
    out
}
