//! What names mean where an expression stands.

use std::rc::Rc;

use super::Evaluator;
use super::instances::Instance;
use super::modules::ContextId;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::address::{BlockAddress, BlockKind};
use crate::terraform::file::FileId;
use crate::terraform::module::Located;
use crate::terraform::span::{ItemId, Span};
use crate::terraform::value::{Object, Value};
use crate::text::{TextRange, TextSize};

/// The inside of one instance of a block, in one call of its module.
#[derive(Debug, Clone)]
pub(crate) struct NameScope {
    pub(super) context: ContextId,
    pub(super) instance: Rc<Instance>,
    pub(super) owner: Option<BlockAddress>,
}

impl NameScope {
    pub(super) fn new(
        context: ContextId,
        instance: impl Into<Rc<Instance>>,
        owner: Option<BlockAddress>,
    ) -> Self {
        Self { context, instance: instance.into(), owner }
    }
}

/// The address of a block of a provider's type.
pub(super) fn address_of(block: &ast::Block) -> Option<BlockAddress> {
    let kind = BlockKind::from_keyword(&block.keyword())?;
    let mut labels = block.labels().map(|label| label.text());
    Some(BlockAddress::new(kind, labels.next()?, labels.next()?))
}

/// Everything that the evaluation of an expression depends on besides its text.
#[derive(Clone, Copy)]
pub(super) struct Env<'e> {
    pub(super) context: ContextId,
    /// `None` in a template that is no part of the module's files.
    pub(super) site: Option<Site>,
    pub(super) instance: &'e Instance,
    /// What `self` is.
    pub(super) owner: Option<&'e BlockAddress>,
    pub(super) variables: Option<&'e Variables<'e>>,
}

/// The item that ranges are counted from.
#[derive(Clone, Copy)]
pub(super) struct Site {
    file: FileId,
    item: ItemId,
    start: TextSize,
}

/// Names that stand in an expression itself, innermost first.
pub(super) enum Variables<'e> {
    /// Of a `for`, or of a `dynamic` block.
    One { name: &'e str, value: &'e Value, outer: Option<&'e Variables<'e>> },
    /// Of a template with variables of its own: nothing else is known there.
    Only(&'e Object),
}

/// What a name means among [`Variables`].
pub(super) enum Named<'e> {
    Value(&'e Value),
    /// It is none of them, and nothing outside counts.
    Nothing,
    /// It is none of them.
    Outside,
}

impl<'e> Env<'e> {
    pub(super) fn span(&self, range: TextRange) -> Option<Span> {
        let site = self.site?;
        let range = range.checked_sub(site.start)?;
        Some(Span { file: site.file, item: site.item, range })
    }

    pub(super) fn named(&self, name: &str) -> Named<'e> {
        let mut at = self.variables;
        while let Some(variables) = at {
            match variables {
                Variables::One { name: one, value, .. } if *one == name => return Named::Value(value),
                Variables::One { outer, .. } => at = *outer,
                Variables::Only(object) => {
                    return object.items.get(name).map_or(Named::Nothing, |item| Named::Value(&item.value));
                }
            }
        }
        Named::Outside
    }
}

impl Evaluator<'_> {
    pub(super) fn env<'e>(&self, scope: &'e NameScope, file: FileId, start: TextSize) -> Env<'e> {
        let site = self.site(scope.context, file, start);
        let (instance, owner) = (&*scope.instance, scope.owner.as_ref());
        Env { context: scope.context, site, instance, owner, variables: None }
    }

    pub(super) fn site(&self, context: ContextId, file: FileId, start: TextSize) -> Option<Site> {
        let (item, start) = self.context(context).module.any_file(file)?.index().item_at(start)?;
        Some(Site { file, item, start })
    }

    /// The scope of an expression of the module itself, by the block that it stands in.
    pub(super) fn scope_around(&self, at: &Located<Expression>) -> NameScope {
        let block = at.node.syntax().ancestors().filter_map(ast::Block::cast).last();
        match block.filter(|block| block.keyword() != "locals") {
            Some(block) => self.any_scope(&at.with(block)),
            None => NameScope::new(self.home.get(), Instance::single(), None),
        }
    }
}
