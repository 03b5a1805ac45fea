//! Which blocks are azapi's, and their arguments.

use crate::schema::provider::{self, Provider};
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
}

impl AzapiBlock {
    /// `None` for blocks of other providers and of Terraform itself.
    pub fn of(syntax: Located<ast::Block>) -> Option<Self> {
        let kind = BlockKind::from_keyword(&syntax.node.keyword())?;
        let mut labels = syntax.node.labels().map(|label| label.text());
        let type_name = labels.next()?;
        let provider_kind = provider::BlockKind::from_keyword(kind.keyword())?;
        let definition = Provider::get().block(provider_kind, &type_name)?;
        let name = labels.next().unwrap_or_default();
        Some(Self { kind, type_name, name, definition, syntax })
    }

    /// Its name is empty while none is written.
    pub fn address(&self) -> BlockAddress {
        BlockAddress::new(self.kind, &self.type_name, &self.name)
    }

    /// Where the provider's arguments stand: the block's own body, or that of its `config` block for the kinds
    /// that have one.
    pub fn arguments(&self) -> Option<ast::Body> {
        let body = self.syntax.node.body()?;
        match self.kind {
            BlockKind::Resource | BlockKind::Data | BlockKind::Ephemeral => Some(body),
            BlockKind::List | BlockKind::Action => body.blocks_named("config").next()?.body(),
        }
    }

    /// An argument, the first of the name.
    pub fn argument(&self, name: &str) -> Option<ast::Attribute> {
        self.arguments()?.attribute(name)
    }

    /// The expression of an argument; `None` when it is not written, or has no value yet.
    pub fn value(&self, name: &str) -> Option<Located<Expression>> {
        Some(self.syntax.with(self.argument(name)?.value()?))
    }
}
