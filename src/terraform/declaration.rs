//! What one file declares: resources, data sources, variables, locals, … with their addresses.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::address::{Address, BlockAddress, BlockKind};
use crate::syntax::ast::{self, AstNode};
use crate::text::TextRange;

/// One declaration of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// `None` for an `import` block, which has no name.
    pub address: Option<Address>,
    /// The whole block, or the whole attribute of a local.
    pub range: TextRange,
    /// The name as written, without quotes.
    pub name_range: TextRange,
}

/// All declarations of one file, in its order.
#[derive(Debug, Default)]
pub struct FileIndex {
    declarations: Vec<Declaration>,
    by_address: HashMap<Address, Vec<u32>>,
    hashes: Vec<u64>,
}

/// The same for equal addresses, in one run of the program.
pub(super) fn address_hash(address: &Address) -> u64 {
    let mut hasher = DefaultHasher::new();
    address.hash(&mut hasher);
    hasher.finish()
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

    /// The hashes of all addresses declared here, each once: where one is missing, its address is not declared.
    pub(super) fn address_hashes(&self) -> impl Iterator<Item = u64> {
        self.hashes.iter().copied()
    }

    /// The declarations of an address in this file; more than one where it is declared twice.
    pub fn named(&self, address: &Address) -> impl Iterator<Item = &Declaration> {
        self.by_address.get(address).into_iter().flatten().map(|&at| &self.declarations[at as usize])
    }

    fn add_block(&mut self, block: &ast::Block) {
        let keyword = block.keyword();
        let labels: Vec<_> = block.labels().take(3).map(|label| (label.text(), label.text_range())).collect();
        let range = block.syntax().text_range();
        if let Some(kind) = BlockKind::from_keyword(&keyword) {
            if let [(type_name, _), (name, name_range)] = labels.as_slice() {
                self.add(Some(BlockAddress::new(kind, type_name, name).into()), range, *name_range);
            }
            return;
        }
        let address = match keyword.as_str() {
            "variable" => Address::Variable,
            "module" => Address::Module,
            "output" => Address::Output,
            "provider" => Address::Provider,
            "import" => return self.add(None, range, range),
            "locals" => return self.add_locals(block),
            _ => return,
        };
        if let [(name, name_range)] = labels.as_slice() {
            self.add(Some(address(name.clone())), range, *name_range);
        }
    }

    fn add_locals(&mut self, block: &ast::Block) {
        for attribute in block.body().into_iter().flat_map(|body| body.attributes()) {
            if let Some(token) = attribute.name_token() {
                let (name, range) = (attribute.name(), attribute.syntax().text_range());
                self.add(Some(Address::Local(name)), range, token.text_range());
            }
        }
    }

    fn add(&mut self, address: Option<Address>, range: TextRange, name_range: TextRange) {
        let at = self.declarations.len() as u32;
        if let Some(address) = &address {
            let declared = self.by_address.entry(address.clone()).or_default();
            if declared.is_empty() {
                self.hashes.push(address_hash(address));
            }
            declared.push(at);
        }
        self.declarations.push(Declaration { address, range, name_range });
    }
}
