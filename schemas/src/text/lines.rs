//! The lines of one file, each added to what the heading above it is about.

use std::collections::HashMap;

use super::shape::USUAL;
use super::token::{Cursor, Expected, FLAG_LETTERS, SCOPE_LETTERS, read_bits};
use super::write::{FORMAT, MAGIC};
use crate::facts::{Facts, Function, Node, NodeId, Property, Resource, TextId};
use crate::graph::index;

/// Adds what one file states, unshared; `Err` has the line, from 1, and what is wrong there.
pub(super) fn read_text(text: &str, facts: &mut Facts) -> Result<(), (usize, String)> {
    let mut reader = Reader {
        texts: index(facts.texts.len()),
        facts,
        shapes: HashMap::new(),
        inline: HashMap::new(),
        line: 0,
        place: Place::Start,
        last_property: String::new(),
    };
    for line in text.split_terminator('\n') {
        reader.line += 1;
        let at = reader.line;
        reader.line(line).map_err(|wanted| (at, format!("expected {wanted}")))?;
    }
    if reader.line == 0 {
        return Err((1, format!("expected `{MAGIC} {FORMAT}`")));
    }
    reader.finish()
}

/// A type defined apart: its id, the line that first names it, whether its definition was met.
pub(super) struct Shape {
    pub(super) id: NodeId,
    pub(super) named: usize,
    pub(super) defined: bool,
}

/// What the next line adds to.
enum Place {
    Start,
    Top,
    Type(String),
    Signature {
        type_name: String,
        name: String,
        input: Option<NodeId>,
        output: NodeId,
    },
    Definition(NodeId),
    /// A definition of which the one line is to come.
    Single(NodeId),
    /// A definition of which the discriminator is to come.
    Variants(NodeId),
}

pub(super) struct Reader<'f, 't> {
    pub(super) facts: &'f mut Facts,
    /// Count of descriptions that a property may refer to.
    texts: u32,
    pub(super) shapes: HashMap<&'t str, Shape>,
    /// Types met, by their text.
    pub(super) inline: HashMap<&'t str, NodeId>,
    pub(super) line: usize,
    place: Place,
    /// Name of the property on the line before, in the same definition.
    last_property: String,
}

impl<'t> Reader<'_, 't> {
    fn line(&mut self, line: &'t str) -> Result<(), Expected> {
        let mut at = Cursor { rest: line };
        if matches!(self.place, Place::Start) {
            self.place = Place::Top;
            return magic(at);
        }
        if at.eat("  ") {
            return self.function_version(at);
        }
        if at.eat(" ") {
            return self.member(at);
        }
        if matches!(self.place, Place::Variants(_) | Place::Single(_)) {
            return Err("the content of the definition above");
        }
        if at.eat("resource ") {
            let type_name = at.word()?;
            self.place = Place::Type(type_name);
            return at.end();
        }
        self.definition(at)
    }

    fn definition(&mut self, mut at: Cursor<'t>) -> Result<(), Expected> {
        if at.eat(": ") {
            at.word()?;
            self.place = Place::Top;
            return at.end();
        }
        let keyword = at.take_while(|it| it != b'#');
        at.expect("#", "`resource` or a definition")?;
        let name = at.take_while(|it| it.is_ascii_alphanumeric());
        let id = self.named(name)?;
        let shape = self.shapes.get_mut(name).ok_or("a name")?;
        if std::mem::replace(&mut shape.defined, true) {
            return Err("a name that is not defined above");
        }
        let (node, place) = match keyword {
            "" | "secret " | "body " => (
                Node::Object {
                    properties: if keyword == "body " { self.usual() } else { Vec::new() },
                    additional: None,
                    sensitive: keyword == "secret ",
                },
                Place::Definition(id),
            ),
            "union " => (Node::Union(Vec::new()), Place::Definition(id)),
            "variants " => (Node::Any, Place::Variants(id)),
            "type " => (Node::Any, Place::Single(id)),
            _ => return Err("`secret`, `body`, `variants`, `union` or `type`"),
        };
        self.facts.nodes[id as usize] = node;
        self.last_property.clear();
        self.place = place;
        at.end()
    }

    /// The properties that `body` stands for.
    fn usual(&mut self) -> Vec<Property> {
        let usual = USUAL.into_iter().map(|(name, flags, node)| Property {
            name: name.to_owned(),
            flags,
            ty: self.add(node),
            description: None,
        });
        usual.collect()
    }

    /// A line below a heading.
    fn member(&mut self, mut at: Cursor<'t>) -> Result<(), Expected> {
        match std::mem::replace(&mut self.place, Place::Top) {
            Place::Type(type_name) | Place::Signature { type_name, .. } => self.of_type(type_name, at),
            Place::Definition(id) => {
                self.place = Place::Definition(id);
                self.of_definition(id, at)
            }
            Place::Variants(id) => {
                at.expect("on ", "`on` and the discriminator")?;
                self.facts.nodes[id as usize] =
                    Node::Discriminated { discriminator: at.word()?, base: Vec::new(), variants: Vec::new() };
                self.place = Place::Definition(id);
                at.end()
            }
            Place::Single(id) => {
                let (node, _) = self.node(&mut at, 0)?;
                self.facts.nodes[id as usize] = node;
                at.end()
            }
            Place::Start | Place::Top => Err("`resource` or a definition"),
        }
    }

    fn of_type(&mut self, type_name: String, mut at: Cursor<'t>) -> Result<(), Expected> {
        if at.eat("fn ") {
            let name = at.word()?;
            at.expect("(", "`(`")?;
            let input = if at.rest.starts_with(')') { None } else { Some(self.ty(&mut at, 0)?) };
            at.expect("): ", "`): `")?;
            let output = self.ty_to_end(at)?;
            self.place = Place::Signature { type_name, name, input, output };
            return Ok(());
        }
        let api_version = at.word()?;
        at.expect(" ", "scopes")?;
        let readable_scopes = scopes(&mut at)?;
        let writable_scopes = if at.eat("/") { scopes(&mut at)? } else { readable_scopes };
        at.expect(" ", "a body")?;
        let body = self.ty_to_end(at)?;
        self.facts.resources.push(Resource {
            type_name: type_name.clone(),
            api_version,
            body,
            readable_scopes,
            writable_scopes,
        });
        self.place = Place::Type(type_name);
        Ok(())
    }

    fn function_version(&mut self, mut at: Cursor<'t>) -> Result<(), Expected> {
        let Place::Signature { type_name, name, input, output } = &self.place else {
            return Err("a function above its versions");
        };
        self.facts.functions.push(Function {
            type_name: type_name.clone(),
            api_version: at.word()?,
            name: name.clone(),
            input: *input,
            output: *output,
        });
        at.end()
    }

    fn of_definition(&mut self, id: NodeId, mut at: Cursor<'t>) -> Result<(), Expected> {
        if matches!(self.facts.nodes[id as usize], Node::Union(_)) {
            let element = self.ty_to_end(at)?;
            if let Node::Union(elements) = &mut self.facts.nodes[id as usize] {
                elements.push(element);
            }
            return Ok(());
        }
        if at.eat("*: ") {
            let ty = self.ty_to_end(at)?;
            return match &mut self.facts.nodes[id as usize] {
                Node::Object { additional, .. } if additional.is_none() => {
                    *additional = Some(ty);
                    Ok(())
                }
                _ => Err("at most one `*`, in an object"),
            };
        }
        if at.eat("=") {
            let value = at.quoted()?;
            at.expect(" ", "a type")?;
            let ty = self.ty_to_end(at)?;
            return match &mut self.facts.nodes[id as usize] {
                Node::Discriminated { variants, .. } if variants.last().is_none_or(|it| it.0 < value) => {
                    variants.push((value, ty));
                    Ok(())
                }
                _ => Err("variants in order, below `variants`"),
            };
        }
        let property = self.property(at)?;
        let last = std::mem::replace(&mut self.last_property, property.name.clone());
        let (Node::Object { properties: list, .. } | Node::Discriminated { base: list, .. }) =
            &mut self.facts.nodes[id as usize]
        else {
            return Err("a property in an object");
        };
        match list.binary_search_by(|it| it.name.cmp(&property.name)) {
            Err(at) if last < property.name || last.is_empty() => {
                list.insert(at, property);
                Ok(())
            }
            _ => Err("properties in order, each once"),
        }
    }

    fn property(&mut self, mut at: Cursor<'t>) -> Result<Property, Expected> {
        let name = at.word()?;
        at.expect(":", "`:`")?;
        let flags = read_bits(at.take_while(|it| it != b' '), FLAG_LETTERS, "")
            .and_then(|it| u8::try_from(it).ok())
            .ok_or("flags")?;
        at.expect(" ", "a type")?;
        let mut description = None;
        if let Some((ty, text)) = at.rest.split_once('\t') {
            let text: TextId = text.parse().map_err(|_| "a description's number")?;
            if text >= self.texts {
                return Err("the number of a description");
            }
            description = Some(text);
            at.rest = ty;
        }
        Ok(Property { name, flags, ty: self.ty_to_end(at)?, description })
    }

    fn finish(self) -> Result<(), (usize, String)> {
        if matches!(self.place, Place::Variants(_) | Place::Single(_)) {
            return Err((self.line, "the last definition has no content".to_owned()));
        }
        let missing =
            self.shapes.iter().filter(|(_, it)| !it.defined).min_by_key(|(name, it)| (it.named, **name));
        match missing {
            Some((name, shape)) => Err((shape.named, format!("#{name} is not defined in this file"))),
            None => Ok(()),
        }
    }
}

fn magic(mut at: Cursor<'_>) -> Result<(), Expected> {
    const WANTED: Expected = "`azapi-facts 1` and the namespace";
    at.expect(MAGIC, WANTED)?;
    at.expect(" ", WANTED)?;
    if at.number()? != Some(FORMAT) {
        return Err(WANTED);
    }
    at.expect(" ", WANTED)?;
    at.word()?;
    at.end()
}

fn scopes(at: &mut Cursor<'_>) -> Result<u32, Expected> {
    read_bits(at.take_while(|it| it != b' ' && it != b'/'), SCOPE_LETTERS, "-").ok_or("scopes")
}
