//! `index.json` and `types.json` as they are written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

/// `index.json`. Folder names in it are unstable: only the references say what is where.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Index {
    /// By `type@version`.
    pub(super) resources: BTreeMap<String, FileRef>,
    /// By lower-case type and version.
    #[serde(default, alias = "functions")]
    pub(super) resource_functions: BTreeMap<String, BTreeMap<String, Vec<FileRef>>>,
}

/// `{"$ref": "folder/types.json#/12"}`
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawFileRef")]
pub(super) struct FileRef {
    pub(super) file: String,
    pub(super) number: usize,
}

#[derive(Deserialize)]
struct RawFileRef {
    #[serde(rename = "$ref")]
    reference: String,
}

impl TryFrom<RawFileRef> for FileRef {
    type Error = String;

    fn try_from(raw: RawFileRef) -> Result<Self, String> {
        let parts = raw.reference.split_once("#/");
        let parsed = parts
            .and_then(|(file, number)| Some(Self { file: file.to_owned(), number: number.parse().ok()? }));
        parsed.ok_or_else(|| format!("{:?} is no reference to a type in a file", raw.reference))
    }
}

/// Number of a type in its own file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ref(pub(super) usize);

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw<'a> {
            #[serde(rename = "$ref", borrow)]
            reference: Cow<'a, str>,
        }
        let raw = Raw::deserialize(from)?;
        let number = raw.reference.strip_prefix("#/").and_then(|it| it.parse().ok());
        number.map(Self).ok_or_else(|| {
            de::Error::custom(format!("{:?} is no reference to a type in this file", raw.reference))
        })
    }
}

/// One entry of `types.json`, of whatever kind: the fields of all kinds together.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct RawType<'a> {
    #[serde(rename = "$type", borrow)]
    pub(super) tag: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) name: Option<Cow<'a, str>>,
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    #[serde(borrow)]
    pub(super) pattern: Option<Cow<'a, str>>,
    pub(super) sensitive: Option<bool>,
    pub(super) min_value: Option<Whole>,
    pub(super) max_value: Option<Whole>,
    #[serde(borrow)]
    pub(super) value: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) elements: Option<Elements<'a>>,
    pub(super) item_type: Option<Ref>,
    #[serde(borrow)]
    pub(super) properties: Option<Entries<'a, RawProperty<'a>>>,
    pub(super) additional_properties: Option<Ref>,
    #[serde(borrow)]
    pub(super) discriminator: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) base_properties: Option<Entries<'a, RawProperty<'a>>>,
    pub(super) body: Option<Ref>,
    pub(super) readable_scopes: Option<u32>,
    pub(super) writable_scopes: Option<u32>,
    /// Data before 2025, as are the next two.
    pub(super) scope_type: Option<u32>,
    pub(super) read_only_scopes: Option<u32>,
    pub(super) flags: Option<u32>,
    #[serde(borrow)]
    pub(super) resource_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) api_version: Option<Cow<'a, str>>,
    pub(super) input: Option<Ref>,
    pub(super) output: Option<Ref>,
    /// Of a `BuiltInType`, in older data.
    pub(super) kind: Option<u32>,
}

/// A property of an object.
#[derive(Debug, Deserialize)]
pub(super) struct RawProperty<'a> {
    #[serde(rename = "type")]
    pub(super) ty: Ref,
    #[serde(default)]
    pub(super) flags: u32,
    #[serde(borrow, default)]
    pub(super) description: Option<Cow<'a, str>>,
}

/// A whole number; fractions and what no 64 bits hold are brought to the nearest that they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Whole(pub(super) i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(from)?;
        #[expect(clippy::cast_possible_truncation, reason = "the cast goes to the nearest")]
        let nearest = || number.as_f64().unwrap_or_default() as i64;
        Ok(Self(number.as_i64().unwrap_or_else(nearest)))
    }
}

/// A JSON object as a list, in the order written.
#[derive(Debug)]
pub(super) struct Entries<'a, T>(pub(super) Vec<(Cow<'a, str>, T)>);

/// A key, borrowed where it holds no escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Entries<'a, T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<'a, T>(PhantomData<(&'a (), T)>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<'a, T> {
    type Value = Entries<'a, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(8).min(64));
        while let Some((Key(key), value)) = map.next_entry::<Key<'a>, T>()? {
            entries.push((key, value));
        }
        Ok(Entries(entries))
    }
}

/// A union's elements are a list, those of a discriminated object have names.
#[derive(Debug)]
pub(super) enum Elements<'a> {
    List(Vec<Ref>),
    Named(Entries<'a, Ref>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Elements<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct ElementsVisitor<'a>(PhantomData<&'a ()>);

        impl<'de: 'a, 'a> Visitor<'de> for ElementsVisitor<'a> {
            type Value = Elements<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list or an object")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = list.next_element()? {
                    elements.push(element);
                }
                Ok(Elements::List(elements))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                EntriesVisitor(PhantomData).visit_map(map).map(Elements::Named)
            }
        }

        from.deserialize_any(ElementsVisitor(PhantomData))
    }
}

/// Some files begin with a byte order mark.
pub(super) fn without_mark(json: &[u8]) -> &[u8] {
    json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json)
}
