//! What references and commands name: a block of a provider's type, a variable, a local, …, taken apart.

use std::fmt;

use crate::syntax::is_identifier;

/// The kinds of blocks whose first label is a type of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// `resource "TYPE" "NAME"`
    Resource,
    /// `data "TYPE" "NAME"`
    Data,
    /// `ephemeral "TYPE" "NAME"`
    Ephemeral,
    /// `list "TYPE" "NAME"` (query files)
    List,
    /// `action "TYPE" "NAME"`
    Action,
}

impl BlockKind {
    /// Every kind, in the order of the declaration above.
    pub const ALL: [Self; 5] = [Self::Resource, Self::Data, Self::Ephemeral, Self::List, Self::Action];

    /// The word that a block of this kind begins with.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Resource => "resource",
            Self::Data => "data",
            Self::Ephemeral => "ephemeral",
            Self::List => "list",
            Self::Action => "action",
        }
    }

    /// The kind a keyword opens; `None` for blocks of other kinds.
    pub fn from_keyword(keyword: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.keyword() == keyword)
    }
}

/// A block of a provider's type. Shown as expressions refer to it: `TYPE.NAME` for a resource,
/// `data.TYPE.NAME` and its like for the other kinds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockAddress {
    /// `resource`, `data`, …
    pub kind: BlockKind,
    /// `azapi_resource`, …
    pub type_name: String,
    /// The second label.
    pub name: String,
}

impl BlockAddress {
    /// Neither label is checked: what is half typed has an address too.
    pub fn new(kind: BlockKind, type_name: impl Into<String>, name: impl Into<String>) -> Self {
        Self { kind, type_name: type_name.into(), name: name.into() }
    }

    /// Whether an expression can name it: both labels are identifiers.
    pub fn can_be_referred_to(&self) -> bool {
        is_identifier(&self.type_name) && is_identifier(&self.name)
    }
}

impl fmt::Display for BlockAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, type_name, name } = self;
        match kind {
            BlockKind::Resource => write!(f, "{type_name}.{name}"),
            kind => write!(f, "{}.{type_name}.{name}", kind.keyword()),
        }
    }
}

/// Something of a module that has a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Address {
    /// A block of a provider's type.
    Block(BlockAddress),
    /// `var.NAME`, declared by `variable "NAME"`
    Variable(String),
    /// `local.NAME`, an attribute of a `locals` block
    Local(String),
    /// `module.NAME`, the call of a module
    Module(String),
    /// `output.NAME`; no expression of its own module can refer to it.
    Output(String),
    /// `provider.NAME`; no expression can refer to it.
    Provider(String),
}

impl Address {
    /// Reads what `Display` writes. `None` when a part is missing, empty or one too many; an instance
    /// (`x[0]`) is no part of an address.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        let is_name = |part: &&str| !part.is_empty() && !part.contains(['[', ']', '*', '"']);
        if !parts.iter().all(is_name) {
            return None;
        }
        match parts.as_slice() {
            ["var", name] => Some(Self::Variable((*name).to_owned())),
            ["local", name] => Some(Self::Local((*name).to_owned())),
            ["module", name] => Some(Self::Module((*name).to_owned())),
            ["output", name] => Some(Self::Output((*name).to_owned())),
            ["provider", name] => Some(Self::Provider((*name).to_owned())),
            [type_name, name] if BlockKind::from_keyword(type_name).is_none() => {
                Some(Self::Block(BlockAddress::new(BlockKind::Resource, *type_name, *name)))
            }
            [keyword, type_name, name] => {
                let kind = BlockKind::from_keyword(keyword).filter(|kind| *kind != BlockKind::Resource)?;
                Some(Self::Block(BlockAddress::new(kind, *type_name, *name)))
            }
            _ => None,
        }
    }

    /// The block of a provider's type; `None` for everything else.
    pub fn as_block(&self) -> Option<&BlockAddress> {
        if let Self::Block(block) = self { Some(block) } else { None }
    }
}

impl From<BlockAddress> for Address {
    fn from(block: BlockAddress) -> Self {
        Self::Block(block)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Block(block) => write!(f, "{block}"),
            Self::Variable(name) => write!(f, "var.{name}"),
            Self::Local(name) => write!(f, "local.{name}"),
            Self::Module(name) => write!(f, "module.{name}"),
            Self::Output(name) => write!(f, "output.{name}"),
            Self::Provider(name) => write!(f, "provider.{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let block = |kind, type_name: &str| Address::from(BlockAddress::new(kind, type_name, "x"));
        for (text, address) in [
            ("azapi_resource.x", block(BlockKind::Resource, "azapi_resource")),
            ("data.azapi_resource.x", block(BlockKind::Data, "azapi_resource")),
            ("ephemeral.azapi_resource_action.x", block(BlockKind::Ephemeral, "azapi_resource_action")),
            ("list.azapi_resource.x", block(BlockKind::List, "azapi_resource")),
            ("action.azapi_resource_action.x", block(BlockKind::Action, "azapi_resource_action")),
            ("var.x", Address::Variable("x".to_owned())),
            ("local.x", Address::Local("x".to_owned())),
            ("module.x", Address::Module("x".to_owned())),
            ("output.x", Address::Output("x".to_owned())),
            ("provider.x", Address::Provider("x".to_owned())),
        ] {
            assert_eq!(address.to_string(), text);
            assert_eq!(Address::parse(text), Some(address), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_not_read() {
        for text in [
            "",
            "azapi_resource",
            "azapi_resource.",
            ".x",
            "data.azapi_resource",
            "resource.azapi_resource.x",
            "other.azapi_resource.x",
            "var.x.y",
            "module.m.azapi_resource.x",
            "azapi_resource.x[0]",
            "azapi_resource.x[\"a.b\"]",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    #[test]
    fn equal_names_of_different_kinds_are_different() {
        let of = |kind| BlockAddress::new(kind, "azapi_resource", "x");
        assert_ne!(of(BlockKind::Resource), of(BlockKind::Data));
        assert_ne!(Address::Variable("x".to_owned()), Address::Local("x".to_owned()));
    }
}
