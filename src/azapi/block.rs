//! Which blocks are azapi's, and their arguments.

use super::provider::{self, Provider};
use crate::syntax::ast::{self, Expression};
use crate::terraform::{BlockAddress, BlockKind, Located};

/// A block of one of azapi's types, as far as it is written.
#[derive(Debug, Clone)]
pub struct AzapiBlock {
    /// `resource`, `data`, …
    pub kind: BlockKind,
    /// `azapi_resource`, …
    pub type_name: String,
    /// Its name; empty while it is not written yet.
    pub name: String,
    /// What the provider says of such blocks.
    pub definition: &'static provider::Block,
    /// Where it stands.
    pub syntax: Located<ast::Block>,
    /// Where the provider's arguments stand in it.
    own_arguments: Option<ast::Body>,
    /// What Terraform makes one block of, in the order in which it counts; none where that is this one alone.
    parts: Vec<Located<ast::Block>>,
}

impl AzapiBlock {
    /// The block by itself. `None` for blocks of other providers and of Terraform itself.
    pub fn of(syntax: Located<ast::Block>) -> Option<Self> {
        let kind = BlockKind::from_keyword(&syntax.node.keyword())?;
        let mut labels = syntax.node.labels().map(|label| label.text());
        let type_name = labels.next()?;
        let definition = Provider::get().block(kind, &type_name)?;
        let name = labels.next().unwrap_or_default();
        let own_arguments = arguments_of(kind, &syntax.node);
        Some(Self { kind, type_name, name, definition, syntax, own_arguments, parts: Vec::new() })
    }

    /// The same with all that Terraform makes one block of.
    pub(crate) fn with_parts(self, parts: Vec<Located<ast::Block>>) -> Self {
        if parts.len() > 1 { Self { parts, ..self } } else { self }
    }

    /// What Terraform makes one block of, in the order in which it counts.
    pub(crate) fn parts(&self) -> &[Located<ast::Block>] {
        if self.parts.is_empty() { std::slice::from_ref(&self.syntax) } else { &self.parts }
    }

    /// Whether there is more of it in files of overrides.
    pub(crate) fn is_overridden(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Its name is empty while none is written.
    pub fn address(&self) -> BlockAddress {
        BlockAddress::new(self.kind, &self.type_name, &self.name)
    }

    /// Where the provider's arguments stand: the block's own body, or that of its `config` block for the kinds
    /// that have one.
    pub fn arguments(&self) -> Option<ast::Body> {
        self.own_arguments.clone()
    }

    /// The same in each of its parts, in the order in which they count.
    pub(crate) fn all_arguments(&self) -> Vec<Located<ast::Body>> {
        let of_part = |part: &Located<ast::Block>| Some(part.with(arguments_of(self.kind, &part.node)?));
        let mut all: Vec<Located<ast::Body>> = self.parts().iter().filter_map(of_part).collect();
        if has_config(self.kind) && all.len() > 1 {
            all.drain(..all.len() - 1);
        }
        all
    }

    /// An argument, the first of the name in the part that counts.
    pub(crate) fn argument(&self, name: &str) -> Option<Located<ast::Attribute>> {
        if !self.is_overridden() {
            return Some(self.syntax.with(self.own_arguments.as_ref()?.attribute(name)?));
        }
        self.all_arguments().iter().rev().find_map(|body| Some(body.with(body.node.attribute(name)?)))
    }

    /// The expression of an argument; `None` when it is not written, or has no value yet.
    pub fn value(&self, name: &str) -> Option<Located<Expression>> {
        let argument = self.argument(name)?;
        Some(argument.with(argument.node.value()?))
    }
}

fn arguments_of(kind: BlockKind, block: &ast::Block) -> Option<ast::Body> {
    let body = block.body()?;
    if has_config(kind) { body.blocks_named("config").next()?.body() } else { Some(body) }
}

/// Whether the provider's arguments stand in a block of their own, which one of an override replaces as a whole.
fn has_config(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::List | BlockKind::Action)
}
