//! What one file declares: resources, data sources, variables, locals, … with their addresses.

use std::collections::HashMap;

use crate::syntax::ast::{self, AstNode};
use crate::text::TextRange;

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

    /// The block's keyword.
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

    /// `data.TYPE.NAME` for a data source, `TYPE.NAME` for a resource.
    pub fn address(self, type_name: &str, name: &str) -> String {
        match self {
            Self::Resource => format!("{type_name}.{name}"),
            _ => format!("{}.{type_name}.{name}", self.keyword()),
        }
    }
}

/// What is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeclarationKind {
    /// A block of a provider's type.
    Block(BlockKind),
    /// `variable "NAME"`
    Variable,
    /// One attribute of a `locals` block.
    Local,
    /// `module "NAME"`
    ModuleCall,
    /// `output "NAME"`
    Output,
    /// `provider "NAME"`
    Provider,
    /// `import`: it has no name, and so no address.
    Import,
}

/// One declaration of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// What it is.
    pub kind: DeclarationKind,
    /// As expressions refer to it: `azapi_resource.x`, `data.azapi_resource.x`, `var.x`, `local.x`, `module.x`;
    /// `output.x`, `provider.x` where nothing can refer to it; empty for `import`.
    pub address: String,
    /// The whole block, or the whole attribute of a local.
    pub range: TextRange,
    /// The name as written, without quotes.
    pub name_range: TextRange,
}

/// All declarations of one file, in its order.
#[derive(Debug, Default)]
pub struct FileIndex {
    declarations: Vec<Declaration>,
    by_address: HashMap<String, Vec<u32>>,
}

impl FileIndex {
    /// Reads the top level of a file. Blocks without the labels they need are left out: they declare nothing.
    pub fn new(file: &ast::File) -> Self {
        let mut index = Self::default();
        for block in file.body().blocks() {
            index.add_block(&block);
        }
        index
    }

    /// In the order of the file.
    pub fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    /// The declarations of an address in this file; more than one where it is declared twice.
    pub fn named(&self, address: &str) -> impl Iterator<Item = &Declaration> {
        self.by_address.get(address).into_iter().flatten().map(|&at| &self.declarations[at as usize])
    }

    fn add_block(&mut self, block: &ast::Block) {
        let keyword = block.keyword();
        let labels: Vec<_> = block.labels().take(3).map(|label| (label.text(), label.text_range())).collect();
        let range = block.syntax().text_range();
        if let Some(kind) = BlockKind::from_keyword(&keyword) {
            if let [(type_name, _), (name, name_range)] = labels.as_slice() {
                self.add(DeclarationKind::Block(kind), kind.address(type_name, name), range, *name_range);
            }
            return;
        }
        let (kind, prefix) = match keyword.as_str() {
            "variable" => (DeclarationKind::Variable, "var"),
            "module" => (DeclarationKind::ModuleCall, "module"),
            "output" => (DeclarationKind::Output, "output"),
            "provider" => (DeclarationKind::Provider, "provider"),
            "import" => {
                self.add(DeclarationKind::Import, String::new(), range, range);
                return;
            }
            "locals" => {
                self.add_locals(block);
                return;
            }
            _ => return,
        };
        if let [(name, name_range)] = labels.as_slice() {
            self.add(kind, format!("{prefix}.{name}"), range, *name_range);
        }
    }

    fn add_locals(&mut self, block: &ast::Block) {
        for attribute in block.body().into_iter().flat_map(|body| body.attributes()) {
            if let Some(token) = attribute.name_token() {
                let (name, range) = (attribute.name(), attribute.syntax().text_range());
                self.add(DeclarationKind::Local, format!("local.{name}"), range, token.text_range());
            }
        }
    }

    fn add(&mut self, kind: DeclarationKind, address: String, range: TextRange, name_range: TextRange) {
        let at = self.declarations.len() as u32;
        if !address.is_empty() {
            self.by_address.entry(address.clone()).or_default().push(at);
        }
        self.declarations.push(Declaration { kind, address, range, name_range });
    }
}
