//! The type data in memory, as the package states it: what reading a package gives, the files of facts hold
//! and the packer packs.

/// Index into [`Facts::nodes`].
pub type NodeId = u32;

/// Index into [`Facts::texts`].
pub type TextId = u32;

/// A graph of types with everything that refers into it. Types may be recursive: ids point both ways.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Every type. After sharing, no two of them have equal structure.
    pub nodes: Vec<Node>,
    /// One entry a type@version, sorted by lower-cased type name, then api-version.
    pub resources: Vec<Resource>,
    /// One entry a function of a type@version, sorted by lower-cased type name, api-version, name.
    pub functions: Vec<Function>,
    /// Descriptions, each once. Empty in facts that are committed.
    pub texts: Vec<String>,
}

/// One type at one api-version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// `Microsoft.X/a/b`, as spelled at this version.
    pub type_name: String,
    /// `YYYY-MM-DD[-preview]`.
    pub api_version: String,
    /// The body's type.
    pub body: NodeId,
    /// Scope bits: 1 tenant, 2 management group, 4 subscription, 8 resource group, 16 extension.
    pub readable_scopes: u32,
    /// The same bits for where it can be written.
    pub writable_scopes: u32,
}

/// A function (`listKeys`, …) of one type at one api-version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The type it belongs to, in the casing of the function's own record.
    pub type_name: String,
    /// `YYYY-MM-DD[-preview]`.
    pub api_version: String,
    /// `listKeys`.
    pub name: String,
    /// `None` when it takes no body.
    pub input: Option<NodeId>,
    /// The type of what it returns.
    pub output: NodeId,
}

/// One type. Object names of the package are not kept here: equal structure is one node.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// Any text; lengths as the package counts them.
    String {
        /// Least length.
        min_length: Option<u64>,
        /// Greatest length.
        max_length: Option<u64>,
        /// Regular expression, unanchored.
        pattern: Option<String>,
        /// A secret.
        sensitive: bool,
    },
    /// A number (the package types fractions as integers too).
    Integer {
        /// Least value.
        min_value: Option<i64>,
        /// Greatest value.
        max_value: Option<i64>,
    },
    /// `true` or `false`.
    Boolean,
    /// Anything.
    Any,
    /// One text exactly.
    Literal(String),
    /// The literal that is the name of the type whose body this is part of.
    OwnType,
    /// The literal that is the api-version of the body this is part of.
    OwnVersion,
    /// Any of these.
    Union(Vec<NodeId>),
    /// A list.
    Array {
        /// Type of each item.
        items: NodeId,
        /// Least count.
        min_length: Option<u64>,
        /// Greatest count.
        max_length: Option<u64>,
    },
    /// Named properties.
    Object {
        /// Sorted by name (bytes).
        properties: Vec<Property>,
        /// Type of the values of undeclared keys; `None` when there may be none.
        additional: Option<NodeId>,
        /// A secret.
        sensitive: bool,
    },
    /// An object whose further properties depend on the value of one.
    Discriminated {
        /// The property that decides.
        discriminator: String,
        /// Properties of every variant, sorted by name (bytes).
        base: Vec<Property>,
        /// Value of the discriminator and the object it selects, sorted by value (bytes).
        variants: Vec<(String, NodeId)>,
    },
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Property {
    /// Its key.
    pub name: String,
    /// Bits: 1 required, 2 read-only, 4 write-only, 8 deploy-time constant, 16 identifier.
    pub flags: u8,
    /// Its type.
    pub ty: NodeId,
    /// What the publisher says of it; `None` in facts that are committed.
    pub description: Option<TextId>,
}

impl Node {
    /// Calls `visit` with every type this one refers to, in the order it states them; a type named twice
    /// is visited twice.
    pub fn for_each_child(&self, mut visit: impl FnMut(NodeId)) {
        match self {
            Self::String { .. }
            | Self::Integer { .. }
            | Self::Boolean
            | Self::Any
            | Self::Literal(_)
            | Self::OwnType
            | Self::OwnVersion => {}
            Self::Union(elements) => elements.iter().copied().for_each(visit),
            Self::Array { items, .. } => visit(*items),
            Self::Object { properties, additional, .. } => {
                properties.iter().for_each(|it| visit(it.ty));
                additional.iter().copied().for_each(visit);
            }
            Self::Discriminated { base, variants, .. } => {
                base.iter().for_each(|it| visit(it.ty));
                variants.iter().for_each(|(_, ty)| visit(*ty));
            }
        }
    }

    /// Replaces every type this one refers to, in the order of [`Node::for_each_child`].
    pub fn map_children(&mut self, mut new: impl FnMut(NodeId) -> NodeId) {
        match self {
            Self::String { .. }
            | Self::Integer { .. }
            | Self::Boolean
            | Self::Any
            | Self::Literal(_)
            | Self::OwnType
            | Self::OwnVersion => {}
            Self::Union(elements) => elements.iter_mut().for_each(|it| *it = new(*it)),
            Self::Array { items, .. } => *items = new(*items),
            Self::Object { properties, additional, .. } => {
                properties.iter_mut().for_each(|it| it.ty = new(it.ty));
                additional.iter_mut().for_each(|it| *it = new(*it));
            }
            Self::Discriminated { base, variants, .. } => {
                base.iter_mut().for_each(|it| it.ty = new(it.ty));
                variants.iter_mut().for_each(|(_, ty)| *ty = new(*ty));
            }
        }
    }

    /// The properties stated by this type itself: an object's, or those of every variant. Empty for others.
    pub fn properties(&self) -> &[Property] {
        match self {
            Self::Object { properties, .. } => properties,
            Self::Discriminated { base, .. } => base,
            _ => &[],
        }
    }

    /// As [`Node::properties`], to change them.
    pub fn properties_mut(&mut self) -> &mut [Property] {
        match self {
            Self::Object { properties, .. } => properties,
            Self::Discriminated { base, .. } => base,
            _ => &mut [],
        }
    }
}
