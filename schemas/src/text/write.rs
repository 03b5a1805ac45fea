//! Facts as text: one file a provider namespace, one fact a line (the grammar stands in `schemas/README.md`).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::fingerprint;
use super::shape::{Shapes, defined_apart};
use super::token::{SCOPE_LETTERS, write_bits, write_word};
use crate::facts::{Facts, Function, NodeId, Resource};

/// First word of a file; a reader of another format's file stops there.
pub(super) const MAGIC: &str = "azapi-facts";

/// Version of the text form.
pub(super) const FORMAT: u32 = 1;

/// What the package calls an object, by lower-case namespace and type: shown beside the definition, no part
/// of any name.
pub type Labels = HashMap<String, HashMap<NodeId, String>>;

/// Why facts have no text form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteError {
    /// A namespace that cannot be a file's name.
    Namespace(String),
    /// Two different types came to the same name.
    SameName(String),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Namespace(name) => write!(f, "the provider namespace {name:?} cannot be a file's name"),
            Self::SameName(name) => write!(f, "two different types come to the name #{name}"),
        }
    }
}

impl std::error::Error for WriteError {}

/// The text of each provider namespace, by its lower-case name. `facts` must be shared
/// ([`crate::share::share`]); descriptions are left out.
pub fn namespace_texts(facts: &Facts, labels: &Labels) -> Result<BTreeMap<String, String>, WriteError> {
    let apart = defined_apart(&facts.nodes);
    let shapes = Shapes { nodes: &facts.nodes, apart: &apart };
    let names = fingerprint::names(&shapes).map_err(|(one, _)| WriteError::SameName(one.to_string()))?;
    let none = HashMap::new();
    let mut texts = BTreeMap::new();
    for (namespace, blocks) in by_namespace(facts) {
        check_file_name(namespace.as_str())?;
        let labels = labels.get(&namespace).unwrap_or(&none);
        let mut text = format!("{MAGIC} {FORMAT} {namespace}\n");
        let mut writer = Writer {
            shapes: &shapes,
            refer: &mut |id, out| {
                out.push('#');
                out.push_str(&names[id as usize]);
            },
        };
        for ((_, type_name), block) in &blocks {
            writer.block(type_name, block, &mut text);
        }
        let mut order: Vec<(&str, &str, NodeId)> = reached(&shapes, &blocks)
            .into_iter()
            .map(|id| (labels.get(&id).map_or("", String::as_str), names[id as usize].as_str(), id))
            .collect();
        order.sort_unstable();
        let mut heading = "";
        for (label, _, id) in order {
            if label != heading {
                text.push_str(": ");
                write_word(&mut text, label);
                text.push('\n');
                heading = label;
            }
            writer.definition(id, &mut text);
        }
        texts.insert(namespace, text);
    }
    Ok(texts)
}

/// All facts in one text, types numbered instead of named: larger units, quicker to read, not for people.
pub(super) fn whole_text(facts: &Facts) -> String {
    let apart = defined_apart(&facts.nodes);
    let shapes = Shapes { nodes: &facts.nodes, apart: &apart };
    let mut text = format!("{MAGIC} {FORMAT} all\n");
    let mut writer = Writer {
        shapes: &shapes,
        refer: &mut |id, out| {
            out.push('#');
            out.push_str(&id.to_string());
        },
    };
    for blocks in by_namespace(facts).values() {
        for ((_, type_name), block) in blocks {
            writer.block(type_name, block, &mut text);
        }
    }
    for (id, apart) in (0..).zip(&apart) {
        if *apart {
            writer.definition(id, &mut text);
        }
    }
    text
}

/// Lower-case provider namespace of a type name: what stands before the first `/`.
pub fn namespace_of(type_name: &str) -> String {
    let end = type_name.find('/').unwrap_or(type_name.len());
    type_name[..end].to_ascii_lowercase()
}

fn check_file_name(namespace: &str) -> Result<(), WriteError> {
    let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'_' | b'-');
    if namespace.bytes().all(plain) && namespace.starts_with(|it: char| it.is_ascii_alphanumeric()) {
        Ok(())
    } else {
        Err(WriteError::Namespace(namespace.to_owned()))
    }
}

/// What is said of one spelling of a type.
#[derive(Default)]
struct Block<'f> {
    versions: Vec<&'f Resource>,
    functions: BTreeMap<&'f str, Vec<&'f Function>>,
}

/// By lower-case and exact spelling.
type Blocks<'f> = BTreeMap<(String, &'f str), Block<'f>>;

fn by_namespace(facts: &Facts) -> BTreeMap<String, Blocks<'_>> {
    let mut all: BTreeMap<String, Blocks<'_>> = BTreeMap::new();
    for resource in &facts.resources {
        block(&mut all, &resource.type_name).versions.push(resource);
    }
    for function in &facts.functions {
        let functions = &mut block(&mut all, &function.type_name).functions;
        functions.entry(&function.name).or_default().push(function);
    }
    all
}

fn block<'a, 'f>(all: &'a mut BTreeMap<String, Blocks<'f>>, type_name: &'f str) -> &'a mut Block<'f> {
    let blocks = all.entry(namespace_of(type_name)).or_default();
    blocks.entry((type_name.to_ascii_lowercase(), type_name)).or_default()
}

fn reached(shapes: &Shapes<'_>, blocks: &Blocks<'_>) -> BTreeSet<NodeId> {
    let mut ahead = Vec::new();
    for block in blocks.values() {
        for resource in &block.versions {
            shapes.for_each_in(resource.body, &mut |it| ahead.push(it));
        }
        for function in block.functions.values().flatten() {
            for id in function.input.into_iter().chain([function.output]) {
                shapes.for_each_in(id, &mut |it| ahead.push(it));
            }
        }
    }
    let mut reached = BTreeSet::new();
    while let Some(id) = ahead.pop() {
        if reached.insert(id) {
            shapes.for_each_reference(id, &mut |it| ahead.push(it));
        }
    }
    reached
}

struct Writer<'w> {
    shapes: &'w Shapes<'w>,
    refer: &'w mut dyn FnMut(NodeId, &mut String),
}

impl Writer<'_> {
    fn block(&mut self, type_name: &str, block: &Block<'_>, out: &mut String) {
        out.push_str("resource ");
        write_word(out, type_name);
        out.push('\n');
        for resource in &block.versions {
            out.push(' ');
            write_version(out, &resource.api_version);
            out.push(' ');
            write_bits(out, resource.readable_scopes, SCOPE_LETTERS, "-");
            if resource.writable_scopes != resource.readable_scopes {
                out.push('/');
                write_bits(out, resource.writable_scopes, SCOPE_LETTERS, "-");
            }
            out.push(' ');
            self.shapes.reference(resource.body, out, self.refer);
            out.push('\n');
        }
        for (name, functions) in &block.functions {
            self.functions(name, functions, out);
        }
    }

    /// Each signature with the versions that have it below, the oldest first.
    fn functions(&mut self, name: &str, functions: &[&Function], out: &mut String) {
        let mut signatures: Vec<(Option<NodeId>, NodeId)> = Vec::new();
        for function in functions {
            let signature = (function.input, function.output);
            if !signatures.contains(&signature) {
                signatures.push(signature);
            }
        }
        for (input, output) in signatures {
            out.push_str(" fn ");
            write_word(out, name);
            out.push('(');
            if let Some(input) = input {
                self.shapes.reference(input, out, self.refer);
            }
            out.push_str("): ");
            self.shapes.reference(output, out, self.refer);
            out.push('\n');
            for function in functions {
                if (function.input, function.output) == (input, output) {
                    out.push_str("  ");
                    write_word(out, &function.api_version);
                    out.push('\n');
                }
            }
        }
    }

    fn definition(&mut self, id: NodeId, out: &mut String) {
        out.push_str(self.shapes.keyword(id));
        (self.refer)(id, out);
        out.push('\n');
        self.shapes.definition(id, out, self.refer);
    }
}

/// `fn` begins a function's line, so a version of that name is quoted.
fn write_version(out: &mut String, version: &str) {
    if version == "fn" {
        out.push_str("\"fn\"");
    } else {
        write_word(out, version);
    }
}
