//! Writes the bundle (`layout.rs`) from facts: equal lists, properties and strings are stored once.

mod describe;
mod descriptions;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use self::describe::{Described, edges};
use self::descriptions::{deflate_texts, says_deprecated};
use crate::facts::{Facts, Node, Property};
use crate::graph::Graph;
use crate::layout::{CHECKED_FROM, FORMAT, HEADER_LENGTH, MAGIC, NONE, SECTION_COUNT, Section, given, tag};

/// Where facts came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Name of the package.
    pub package: String,
    /// The package's own version.
    pub version: String,
}

/// Why facts cannot be packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError(String);

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the type data cannot be packed: {}", self.0)
    }
}

impl std::error::Error for PackError {}

/// The bundle of `facts`, in which equal structure must be one node already. With `described` (the facts
/// of a package that has descriptions, perhaps an older or partial one) each property takes its words.
pub fn pack(facts: &Facts, described: Option<&Facts>, origin: &Origin) -> Result<Vec<u8>, PackError> {
    let described = match described {
        Some(source) => Described::join(facts, source),
        None => Described::bare(facts),
    };
    let mut packer = Packer::new(&described, origin);
    packer.nodes()?;
    packer.alternates()?;
    packer.types()?;
    packer.functions()?;
    packer.texts()?;
    packer.finish(origin)
}

struct Packer<'a> {
    described: &'a Described,
    strings: Vec<&'a str>,
    string_ids: HashMap<&'a str, u32>,
    sections: [Vec<u8>; SECTION_COUNT],
    lists: HashMap<Vec<u32>, u32>,
    properties: HashMap<[u32; 4], u32>,
    constraints: HashMap<Vec<u8>, u32>,
    texts: Vec<u32>,
    first_deprecated: u32,
    text_ids: HashMap<u32, u32>,
}

impl<'a> Packer<'a> {
    fn new(described: &'a Described, origin: &'a Origin) -> Self {
        let strings: Vec<&str> = strings_of(&described.facts, origin).into_iter().collect();
        let string_ids = strings.iter().zip(0..).map(|(&text, id)| (text, id)).collect();
        let (texts, text_ids) = texts_of(&described.facts);
        let says_deprecated = |text: &u32| says_deprecated(&described.facts.texts[*text as usize]);
        let first_deprecated = texts.partition_point(|text| !says_deprecated(text)) as u32;
        let mut packer = Packer {
            described,
            strings,
            string_ids,
            sections: Default::default(),
            lists: HashMap::new(),
            properties: HashMap::new(),
            constraints: HashMap::new(),
            texts,
            first_deprecated,
            text_ids,
        };
        packer.constraint(0, None, 0, 0);
        packer
    }

    fn section(&mut self, section: Section) -> &mut Vec<u8> {
        &mut self.sections[section as usize]
    }

    fn rows(&self, section: Section) -> u32 {
        (self.sections[section as usize].len() / section.width()) as u32
    }

    fn string(&self, text: &str) -> u32 {
        self.string_ids[text]
    }

    /// Number of a list, the same for an equal one.
    fn list(&mut self, items: Vec<u32>) -> Result<u32, PackError> {
        if let Some(&at) = self.lists.get(&items) {
            return Ok(at);
        }
        let at = self.append_list(&items)?;
        self.lists.insert(items, at);
        Ok(at)
    }

    fn append_list(&mut self, items: &[u32]) -> Result<u32, PackError> {
        let at = self.rows(Section::Lists);
        let length = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let bytes = self.section(Section::Lists);
        for &item in std::iter::once(&length).chain(items) {
            push_u24(bytes, item)?;
        }
        Ok(at)
    }

    fn property(&mut self, property: &Property) -> Result<u32, PackError> {
        let row = [
            self.string(&property.name),
            u32::from(property.flags),
            self.described.class(property.ty),
            self.text(property.description),
        ];
        let next = self.properties.len() as u32;
        let id = *self.properties.entry(row).or_insert(next);
        if id == next {
            let bytes = self.section(Section::Properties);
            push_u24(bytes, row[0])?;
            bytes.push(property.flags);
            push_u24(bytes, row[2])?;
            push_u24(bytes, row[3])?;
        }
        Ok(id)
    }

    fn property_ids(&mut self, properties: &[Property]) -> Result<Vec<u32>, PackError> {
        properties.iter().map(|property| self.property(property)).collect()
    }

    fn text(&self, text: Option<u32>) -> u32 {
        text.and_then(|text| self.text_ids.get(&text).copied()).unwrap_or(NONE)
    }

    fn constraint(&mut self, flags: u8, pattern: Option<&str>, least: u64, greatest: u64) -> u32 {
        let mut row = vec![flags];
        let pattern = pattern.map_or(0, |pattern| self.string(pattern));
        row.extend(&pattern.to_le_bytes()[..3]);
        row.extend(least.to_le_bytes());
        row.extend(greatest.to_le_bytes());
        let next = self.constraints.len() as u32;
        let id = *self.constraints.entry(row.clone()).or_insert(next);
        if id == next {
            self.section(Section::Constraints).extend(row);
        }
        id
    }

    fn length_constraint(&mut self, least: Option<u64>, greatest: Option<u64>, flags: u8) -> u32 {
        let flags = flags | bounds(least.is_some(), greatest.is_some());
        self.constraint(flags, None, least.unwrap_or(0), greatest.unwrap_or(0))
    }

    fn nodes(&mut self) -> Result<(), PackError> {
        let described = self.described;
        let holds_secrets = holding_secrets(&described.facts.nodes);
        for &class in &described.defaults {
            let (tag, a, b) = self.node(&described.facts.nodes[class as usize])?;
            let more = if holds_secrets[class as usize] { tag::HOLDS_SECRETS } else { 0 };
            let bytes = self.section(Section::Nodes);
            bytes.push(tag | more);
            push_u24(bytes, a)?;
            bytes.extend(b.to_le_bytes());
        }
        Ok(())
    }

    fn node(&mut self, node: &'a Node) -> Result<(u8, u32, u32), PackError> {
        Ok(match node {
            Node::String { min_length, max_length, pattern, sensitive } => {
                let mut flags = bounds(min_length.is_some(), max_length.is_some());
                flags |= if pattern.is_some() { given::PATTERN } else { 0 };
                flags |= if *sensitive { given::SENSITIVE } else { 0 };
                let (least, greatest) = (min_length.unwrap_or(0), max_length.unwrap_or(0));
                (tag::STRING, 0, self.constraint(flags, pattern.as_deref(), least, greatest))
            }
            Node::Integer { min_value, max_value } => {
                let (least, greatest) =
                    (min_value.map(i64::cast_unsigned), max_value.map(i64::cast_unsigned));
                (tag::INTEGER, 0, self.length_constraint(least, greatest, 0))
            }
            Node::Boolean => (tag::BOOLEAN, 0, 0),
            Node::Any => (tag::ANY, 0, 0),
            Node::Literal(value) => (tag::LITERAL, self.string(value), 0),
            Node::OwnType => (tag::OWN_TYPE, 0, 0),
            Node::OwnVersion => (tag::OWN_VERSION, 0, 0),
            Node::Union(elements) => {
                let classes = elements.iter().map(|&id| self.described.class(id)).collect();
                (tag::UNION, 0, self.list(classes)?)
            }
            Node::Array { items, min_length, max_length } => {
                let constraint = self.length_constraint(*min_length, *max_length, 0);
                (tag::ARRAY, self.described.class(*items), constraint)
            }
            Node::Object { properties, additional, sensitive } => {
                let ids = self.property_ids(properties)?;
                let additional = additional.map_or(NONE, |id| self.described.class(id));
                let tag = if *sensitive { tag::SECRET_OBJECT } else { tag::OBJECT };
                (tag, additional, self.list(ids)?)
            }
            Node::Discriminated { discriminator, base, variants } => {
                let base = self.property_ids(base)?;
                let at = self.append_list(&base)?;
                let pairs: Vec<u32> = variants
                    .iter()
                    .flat_map(|(value, id)| [self.string(value), self.described.class(*id)])
                    .collect();
                self.append_list(&pairs)?;
                (tag::DISCRIMINATED, self.string(discriminator), at)
            }
        })
    }

    /// In which slots each class differs from its node's default.
    fn alternates(&mut self) -> Result<(), PackError> {
        let described = self.described;
        for &class in &described.alternates {
            let node = described.node_of[class as usize];
            let default = described.defaults[node as usize];
            let own = edges(&described.facts.nodes[class as usize]);
            let usual = edges(&described.facts.nodes[default as usize]);
            for (slot, (edge, usual)) in own.zip(usual).enumerate() {
                let row = (described.class(edge.ty), self.text(edge.text));
                if row != (described.class(usual.ty), self.text(usual.text)) {
                    let slot = u16::try_from(slot)
                        .map_err(|_| PackError("a type has over 65,536 properties".into()))?;
                    let bytes = self.section(Section::Overrides);
                    bytes.extend(slot.to_le_bytes());
                    push_u24(bytes, row.0)?;
                    push_u24(bytes, row.1)?;
                }
            }
            let end = self.rows(Section::Overrides);
            let bytes = self.section(Section::Alternates);
            push_u24(bytes, node)?;
            bytes.extend(end.to_le_bytes());
        }
        Ok(())
    }

    fn types(&mut self) -> Result<(), PackError> {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let described = self.described;
        let resources = &described.facts.resources;
        for (index, resource) in resources.iter().enumerate() {
            by_name.entry(resource.type_name.to_ascii_lowercase()).or_default().push(index);
        }
        for mut indexes in by_name.into_values() {
            indexes.sort_by(|&a, &b| newest_first(&resources[a].api_version, &resources[b].api_version));
            let first = self.rows(Section::Versions);
            let mut spellings: Vec<u32> = Vec::new();
            for &index in &indexes {
                let resource = &resources[index];
                let spelling = self.string(&resource.type_name);
                if !spellings.contains(&spelling) {
                    spellings.push(spelling);
                }
                let version = self.string(&resource.api_version);
                let body = described.class(resource.body);
                let scopes = [resource.readable_scopes, resource.writable_scopes].map(u8::try_from);
                let [Ok(readable), Ok(writable)] = scopes else {
                    let name = &resource.type_name;
                    return Err(PackError(format!("{name} has scopes that are not known")));
                };
                let bytes = self.section(Section::Versions);
                push_u24(bytes, version)?;
                push_u24(bytes, spelling)?;
                push_u24(bytes, body)?;
                bytes.extend([readable, writable]);
            }
            let name = spellings[0];
            let spellings = self.list(spellings)?;
            let count = indexes.len() as u32;
            let row = [name, spellings, first, count];
            self.section(Section::Types).extend(row.iter().flat_map(|n| n.to_le_bytes()));
        }
        Ok(())
    }

    fn functions(&mut self) -> Result<(), PackError> {
        type ByVersion<'a> = BTreeMap<&'a str, Vec<u32>>;
        let described = self.described;
        let mut by_name: BTreeMap<String, ByVersion<'a>> = BTreeMap::new();
        for function in &described.facts.functions {
            let row = [
                self.string(&function.name),
                self.string(&function.type_name),
                function.input.map_or(NONE, |id| described.class(id)),
                described.class(function.output),
            ];
            let versions = by_name.entry(function.type_name.to_ascii_lowercase()).or_default();
            versions.entry(&function.api_version).or_default().extend(row);
        }
        for (_, versions) in by_name {
            let mut versions: Vec<_> = versions.into_iter().collect();
            versions.sort_by(|a, b| newest_first(a.0, b.0));
            let first = self.rows(Section::FunctionVersions);
            let name = versions[0].1[1];
            let count = versions.len() as u32;
            for (version, rows) in versions {
                let row = [self.string(version), self.list(rows)?];
                self.section(Section::FunctionVersions).extend(row.iter().flat_map(|n| n.to_le_bytes()));
            }
            self.section(Section::FunctionTypes)
                .extend([name, first, count].iter().flat_map(|n| n.to_le_bytes()));
        }
        Ok(())
    }

    fn texts(&mut self) -> Result<(), PackError> {
        let described = self.described;
        let texts = self.texts.iter().map(|&id| described.facts.texts[id as usize].as_str());
        let (table, bytes) = deflate_texts(texts);
        *self.section(Section::TextBlocks) = table;
        *self.section(Section::TextBytes) = bytes;
        Ok(())
    }

    fn finish(mut self, origin: &Origin) -> Result<Vec<u8>, PackError> {
        let strings = std::mem::take(&mut self.strings);
        for text in &strings {
            self.section(Section::StringBytes).extend(text.as_bytes());
            let end = self.sections[Section::StringBytes as usize].len() as u32;
            self.section(Section::StringEnds).extend(end.to_le_bytes());
        }
        let newest = self.described.facts.resources.iter().map(|r| r.api_version.as_str());
        let newest = newest.max_by(|a, b| newest_first(b, a)).unwrap_or("");
        let mut bytes = Vec::from(MAGIC);
        let mut put = |number: u32| bytes.extend(number.to_le_bytes());
        put(FORMAT);
        put(0);
        put(0);
        put(self.string_ids[origin.package.as_str()]);
        put(self.string_ids[origin.version.as_str()]);
        put(self.string_ids[newest]);
        put(self.described.defaults.len() as u32);
        put(self.first_deprecated);
        let mut at = HEADER_LENGTH;
        for section in &self.sections {
            put(at as u32);
            put(section.len() as u32);
            at = (at + section.len()).next_multiple_of(8);
        }
        let whole = u32::try_from(at).map_err(|_| PackError("there is over 4 GB of it".into()))?;
        for section in &self.sections {
            bytes.extend(section);
            bytes.resize(bytes.len().next_multiple_of(8), 0);
        }
        bytes[16..20].copy_from_slice(&whole.to_le_bytes());
        let mut crc = flate2::Crc::new();
        crc.update(&bytes[CHECKED_FROM..]);
        bytes[12..16].copy_from_slice(&crc.sum().to_le_bytes());
        Ok(bytes)
    }
}

/// For each node whether it is a secret, or one lies below it.
fn holding_secrets(nodes: &[Node]) -> Vec<bool> {
    let graph =
        Graph::new(nodes.len(), |node, out| out.extend(edges(&nodes[node as usize]).map(|edge| edge.ty)));
    graph.leading_to(|node| {
        matches!(
            nodes[node as usize],
            Node::String { sensitive: true, .. } | Node::Object { sensitive: true, .. }
        )
    })
}

fn bounds(least: bool, greatest: bool) -> u8 {
    (if least { given::LEAST } else { 0 }) | (if greatest { given::GREATEST } else { 0 })
}

fn newest_first(a: &str, b: &str) -> std::cmp::Ordering {
    use crate::ApiVersion;
    ApiVersion::new(b).cmp(&ApiVersion::new(a))
}

fn push_u24(bytes: &mut Vec<u8>, number: u32) -> Result<(), PackError> {
    if number > NONE {
        return Err(PackError("a table has over 16,777,214 rows".into()));
    }
    bytes.extend(&number.to_le_bytes()[..3]);
    Ok(())
}

/// Every string but the descriptions, sorted.
fn strings_of<'a>(facts: &'a Facts, origin: &'a Origin) -> BTreeSet<&'a str> {
    let mut strings = BTreeSet::from(["", &origin.package, &origin.version]);
    for node in &facts.nodes {
        match node {
            Node::String { pattern: Some(pattern), .. } => drop(strings.insert(pattern)),
            Node::Literal(value) => drop(strings.insert(value)),
            Node::Object { properties, .. } => {
                strings.extend(properties.iter().map(|p| p.name.as_str()));
            }
            Node::Discriminated { discriminator, base, variants } => {
                strings.insert(discriminator);
                strings.extend(base.iter().map(|p| p.name.as_str()));
                strings.extend(variants.iter().map(|(value, _)| value.as_str()));
            }
            _ => {}
        }
    }
    for resource in &facts.resources {
        strings.extend([resource.type_name.as_str(), &resource.api_version]);
    }
    for function in &facts.functions {
        strings.extend([function.type_name.as_str(), &function.api_version, &function.name]);
    }
    strings
}

/// Texts that some property has, and the number of each, in the order of their words: texts that begin alike then lie
/// together, which deflates best. Those that say that something is deprecated come last.
fn texts_of(facts: &Facts) -> (Vec<u32>, HashMap<u32, u32>) {
    let used: BTreeSet<u32> = facts.nodes.iter().flat_map(edges).filter_map(|edge| edge.text).collect();
    let mut texts: Vec<u32> = used.into_iter().collect();
    texts.retain(|&text| (text as usize) < facts.texts.len());
    texts.sort_by_cached_key(|&text| {
        let words = &facts.texts[text as usize];
        (says_deprecated(words), words)
    });
    let ids = texts.iter().zip(0..).map(|(&text, id)| (text, id)).collect();
    (texts, ids)
}
