//! One file of types to facts of its own, before they are joined and shared.

use std::borrow::Cow;
use std::collections::HashMap;

use super::json::{Elements, Entries, RawProperty, RawType, Ref};
use crate::facts::{Function, Node, NodeId, Property, Resource, TextId};

/// What a file states, ids counted from 0 in it.
#[derive(Default)]
pub(super) struct FileFacts {
    pub(super) nodes: Vec<Node>,
    /// What the package calls an object, by its node.
    pub(super) names: Vec<(NodeId, String)>,
    pub(super) resources: Vec<Resource>,
    pub(super) functions: Vec<Function>,
    pub(super) texts: Vec<String>,
    /// Types of the file that were reached.
    pub(super) types: usize,
}

/// A type, or a function, that something outside of the file refers to.
pub(super) enum Root {
    /// With `type@version`.
    Resource(String, usize),
    Function(usize),
}

/// Converts what the roots reach.
pub(super) fn convert(
    types: &[RawType<'_>],
    roots: &[Root],
    descriptions: bool,
) -> Result<FileFacts, String> {
    let mut converter = Converter {
        types,
        descriptions,
        facts: FileFacts::default(),
        node_of: vec![None; types.len()],
        text_of: HashMap::new(),
        bodies: vec![false; types.len()],
        ahead: Vec::new(),
    };
    for root in roots {
        match root {
            Root::Resource(name, number) => converter.resource(name, *number)?,
            Root::Function(number) => converter.function(*number)?,
        }
        converter.finish()?;
    }
    let reached = converter.node_of.iter().zip(&converter.bodies);
    converter.facts.types = reached.filter(|(node, body)| node.is_some() || **body).count();
    Ok(converter.facts)
}

struct Converter<'t> {
    types: &'t [RawType<'t>],
    descriptions: bool,
    facts: FileFacts,
    node_of: Vec<Option<NodeId>>,
    text_of: HashMap<&'t str, TextId>,
    /// Which types are bodies.
    bodies: Vec<bool>,
    /// Types that have an id, but no content yet.
    ahead: Vec<usize>,
}

/// The version whose body is being converted.
struct Own<'r> {
    type_name: &'r str,
    api_version: &'r str,
}

impl<'t> Converter<'t> {
    fn get(&self, number: usize) -> Result<&'t RawType<'t>, String> {
        self.types.get(number).ok_or_else(|| format!("refers to #/{number}, which is not in it"))
    }

    fn resource(&mut self, name: &str, number: usize) -> Result<(), String> {
        let raw = self.get(number)?;
        let (type_name, api_version) =
            split_name(name).ok_or_else(|| format!("{name:?} is not of the form type@version"))?;
        let body = raw.body.filter(|_| raw.tag == "ResourceType");
        let body = body.ok_or_else(|| format!("#/{number} is not the resource type {name}"))?;
        let own = Own { type_name, api_version };
        let (readable_scopes, writable_scopes) = scopes(raw);
        let body = self.body(body.0, &own)?;
        self.facts.resources.push(Resource {
            type_name: type_name.to_owned(),
            api_version: api_version.to_owned(),
            body,
            readable_scopes,
            writable_scopes,
        });
        Ok(())
    }

    fn function(&mut self, number: usize) -> Result<(), String> {
        let raw = self.get(number)?;
        let wrong = || format!("#/{number} is not a function of a resource type");
        let text = |it: &Option<Cow<'_, str>>| it.as_ref().map(|it| it.to_string()).ok_or_else(wrong);
        let function = Function {
            type_name: text(&raw.resource_type)?,
            api_version: text(&raw.api_version)?,
            name: text(&raw.name)?,
            input: raw.input.map(|it| self.id(it)).transpose()?,
            output: self.id(raw.output.ok_or_else(wrong)?)?,
        };
        self.facts.functions.push(function);
        Ok(())
    }

    /// A body has a node of its own: in it the literals that are the version's own name stand for that name.
    fn body(&mut self, number: usize, own: &Own<'_>) -> Result<NodeId, String> {
        let raw = self.get(number)?;
        self.bodies[number] = true;
        let mut node = self.node(raw)?;
        for property in node.properties_mut() {
            let (implied, text) = match property.name.as_str() {
                "type" => (Node::OwnType, own.type_name),
                "apiVersion" => (Node::OwnVersion, own.api_version),
                _ => continue,
            };
            let stated = raw_property(raw, &property.name).map(|it| self.get(it.ty.0)).transpose()?;
            let is_own =
                stated.is_some_and(|it| it.tag == "StringLiteralType" && it.value.as_deref() == Some(text));
            if is_own {
                property.ty = self.add(implied);
            }
        }
        let id = self.add(node);
        self.name(raw, id);
        Ok(id)
    }

    fn add(&mut self, node: Node) -> NodeId {
        self.facts.nodes.push(node);
        NodeId::try_from(self.facts.nodes.len() - 1).unwrap_or(NodeId::MAX)
    }

    fn name(&mut self, raw: &RawType<'_>, id: NodeId) {
        if let (Some(name), "ObjectType" | "DiscriminatedObjectType") = (&raw.name, raw.tag.as_ref()) {
            self.facts.names.push((id, name.to_string()));
        }
    }

    fn id(&mut self, reference: Ref) -> Result<NodeId, String> {
        self.get(reference.0)?;
        if let Some(id) = self.node_of[reference.0] {
            return Ok(id);
        }
        let id = self.add(Node::Any);
        self.node_of[reference.0] = Some(id);
        self.ahead.push(reference.0);
        Ok(id)
    }

    fn ids(&mut self, references: &[Ref]) -> Result<Vec<NodeId>, String> {
        references.iter().map(|it| self.id(*it)).collect()
    }

    /// Gives every type met its content.
    fn finish(&mut self) -> Result<(), String> {
        while let Some(number) = self.ahead.pop() {
            let raw = self.get(number)?;
            let node = self.node(raw).map_err(|problem| format!("#/{number}: {problem}"))?;
            if let Some(id) = self.node_of[number] {
                self.facts.nodes[id as usize] = node;
                self.name(raw, id);
            }
        }
        Ok(())
    }

    fn node(&mut self, raw: &'t RawType<'t>) -> Result<Node, String> {
        Ok(match raw.tag.as_ref() {
            "StringType" => string(raw),
            "IntegerType" => Node::Integer {
                min_value: raw.min_value.map(|it| it.0),
                max_value: raw.max_value.map(|it| it.0),
            },
            "BooleanType" => Node::Boolean,
            "AnyType" | "NullType" => Node::Any,
            "BuiltInType" => built_in(raw)?,
            "StringLiteralType" => {
                Node::Literal(raw.value.as_deref().ok_or("a literal without a value")?.to_owned())
            }
            "UnionType" => match &raw.elements {
                Some(Elements::List(elements)) => Node::Union(self.ids(elements)?),
                _ => return Err("a union without its elements".to_owned()),
            },
            "ArrayType" => Node::Array {
                items: self.id(raw.item_type.ok_or("an array without the type of its items")?)?,
                min_length: raw.min_length,
                max_length: raw.max_length,
            },
            "ObjectType" => Node::Object {
                properties: self.properties(raw.properties.as_ref())?,
                additional: raw.additional_properties.map(|it| self.id(it)).transpose()?,
                sensitive: raw.sensitive.unwrap_or_default(),
            },
            "DiscriminatedObjectType" => self.discriminated(raw)?,
            other => return Err(format!("a type of kind {other:?}, which is not known here")),
        })
    }

    fn discriminated(&mut self, raw: &'t RawType<'t>) -> Result<Node, String> {
        let Some(Elements::Named(elements)) = &raw.elements else {
            return Err("a discriminated object without its elements".to_owned());
        };
        let mut variants = Vec::with_capacity(elements.0.len());
        for (value, ty) in &elements.0 {
            variants.push((value.to_string(), self.id(*ty)?));
        }
        sort_unique(&mut variants, |it| &it.0)?;
        Ok(Node::Discriminated {
            discriminator: raw.discriminator.as_deref().ok_or("no discriminator")?.to_owned(),
            base: self.properties(raw.base_properties.as_ref())?,
            variants,
        })
    }

    fn properties(
        &mut self,
        stated: Option<&'t Entries<'t, RawProperty<'t>>>,
    ) -> Result<Vec<Property>, String> {
        let stated = stated.map_or(&[][..], |it| &it.0);
        let mut properties = Vec::with_capacity(stated.len());
        for (name, property) in stated {
            let description =
                property.description.as_deref().filter(|it| self.descriptions && !it.is_empty());
            properties.push(Property {
                name: name.to_string(),
                flags: u8::try_from(property.flags)
                    .map_err(|_| format!("flags {} of {name:?}", property.flags))?,
                ty: self.id(property.ty)?,
                description: description.map(|it| self.text(it)),
            });
        }
        sort_unique(&mut properties, |it| &it.name)?;
        Ok(properties)
    }

    fn text(&mut self, text: &'t str) -> TextId {
        let texts = &mut self.facts.texts;
        *self.text_of.entry(text).or_insert_with(|| {
            texts.push(text.to_owned());
            TextId::try_from(texts.len() - 1).unwrap_or(TextId::MAX)
        })
    }
}

/// `type@version` in its two parts.
pub(super) fn split_name(name: &str) -> Option<(&str, &str)> {
    let (type_name, version) = name.split_once('@')?;
    (!type_name.is_empty() && !version.is_empty() && !version.contains('@')).then_some((type_name, version))
}

fn raw_property<'t>(raw: &'t RawType<'t>, name: &str) -> Option<&'t RawProperty<'t>> {
    let entries = raw.properties.as_ref().or(raw.base_properties.as_ref())?;
    entries.0.iter().find(|it| it.0 == name).map(|it| &it.1)
}

fn sort_unique<T>(list: &mut [T], name: impl Fn(&T) -> &String) -> Result<(), String> {
    list.sort_by(|one, other| name(one).cmp(name(other)));
    match list.windows(2).find(|it| name(&it[0]) == name(&it[1])) {
        Some(pair) => Err(format!("{:?} stands twice in one object", name(&pair[0]))),
        None => Ok(()),
    }
}

fn string(raw: &RawType<'_>) -> Node {
    Node::String {
        min_length: raw.min_length,
        max_length: raw.max_length,
        pattern: raw.pattern.as_deref().map(str::to_owned),
        sensitive: raw.sensitive.unwrap_or_default(),
    }
}

/// Kinds of older data: any, null, boolean, integer, string, object, array, resource reference.
fn built_in(raw: &RawType<'_>) -> Result<Node, String> {
    match raw.kind {
        Some(3) => Ok(Node::Boolean),
        Some(4) => Ok(Node::Integer { min_value: None, max_value: None }),
        Some(5) => Ok(string(raw)),
        Some(1 | 2 | 6 | 7 | 8) => Ok(Node::Any),
        _ => Err("a built-in type of a kind that is not known here".to_owned()),
    }
}

/// Readable and writable scopes. Data before 2025 has one set of scopes, those of them that are read-only,
/// and a flag for the whole.
fn scopes(raw: &RawType<'_>) -> (u32, u32) {
    const READ_ONLY: u32 = 1;
    let Some(scopes) = raw.scope_type else {
        return (raw.readable_scopes.unwrap_or_default(), raw.writable_scopes.unwrap_or_default());
    };
    let read_only = raw.read_only_scopes.unwrap_or_default();
    let writable = if raw.flags.unwrap_or_default() & READ_ONLY == 0 { scopes & !read_only } else { 0 };
    (scopes | read_only, writable)
}
