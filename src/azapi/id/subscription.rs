//! The subscription that a `provider` block names, for what stands in the provider's own.

use std::collections::HashMap;

use super::IdReader;
use super::pieces::{Piece, Pieces};
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::Located;

/// By the local name of the provider and its alias.
pub(super) type Subscriptions = HashMap<(String, Option<String>), Pieces>;

impl IdReader<'_, '_> {
    /// The name of the subscription in which the provider of a block of the module itself works; called modules are
    /// given theirs by the caller.
    pub(super) fn subscription_of(&self, block: &Located<ast::Block>, type_name: &str) -> Pieces {
        let unknown = Pieces::of(Piece::Name);
        if self
            .evaluator
            .module()
            .file(block.file)
            .is_none_or(|file| !contains(file.root().syntax(), &block.node))
        {
            return unknown;
        }
        let module = self.evaluator.module();
        let key = match module.value(block, "provider") {
            Some(written) => provider_name(&written.node),
            None => (type_name.split('_').next().unwrap_or_default().to_owned(), None),
        };
        if self.subscriptions.borrow().is_none() {
            // None is known while they are being found: what a provider is configured with may stand in its own
            // subscription, or in another's that leads back.
            self.subscriptions.replace(Some(Subscriptions::new()));
            let found = self.find_subscriptions();
            self.subscriptions.replace(Some(found));
        }
        self.subscriptions.borrow().as_ref().and_then(|all| all.get(&key)).cloned().unwrap_or(unknown)
    }

    fn find_subscriptions(&self) -> Subscriptions {
        let mut found = Subscriptions::new();
        let module = self.evaluator.module();
        for file in module.files().iter().filter(|file| !file.is_override()) {
            for block in file.root().body().blocks_named("provider") {
                let Some(name) = block.labels().next() else { continue };
                let block = Located::new(file.id(), block);
                let value = |name| module.value(&block, name);
                let alias = value("alias").and_then(|alias| alias.node.literal_string());
                if let Some(subscription) = value("subscription_id") {
                    let value = self.evaluator.value(&subscription);
                    found.insert((name.text(), alias), self.text(&value, 1).into_name());
                }
            }
        }
        found
    }
}

fn contains(root: &crate::syntax::SyntaxNode, block: &ast::Block) -> bool {
    block.syntax().ancestors().last().is_some_and(|top| top == *root)
}

/// `azapi.other`, `azapi`, or either in quotes as older versions wrote it.
fn provider_name(written: &Expression) -> (String, Option<String>) {
    let text = written.literal_string().unwrap_or_else(|| written.syntax().text().to_string());
    let text: String = text.split_whitespace().collect();
    match text.split_once('.') {
        Some((name, alias)) => (name.to_owned(), Some(alias.to_owned())),
        None => (text, None),
    }
}
