//! Ids of other providers' blocks: of the type that the block has, with the names that it states.

use super::pieces::{Piece, Pieces};
use super::{Id, IdReader, id_of};
use crate::schema::{Scope, arm_id};
use crate::syntax::ast;
use crate::terraform::{Located, NameScope};

impl IdReader<'_, '_> {
    /// The id of a block, which is of this type.
    pub(super) fn of_block(
        &self,
        resource_type: &str,
        block: &Located<ast::Block>,
        scope: &NameScope,
        depth: u32,
    ) -> Pieces {
        let block = Stated { reader: self, block, scope, depth };
        let is_subscription = resource_type.eq_ignore_ascii_case(arm_id::SUBSCRIPTIONS);
        let name = if is_subscription { block.subscription() } else { block.name("name") };
        let parent = block.parent(resource_type);
        self.below(parent, resource_type, name.unwrap_or_else(|| Pieces::of(Piece::Name)))
    }
}

/// A block and what is read of it.
struct Stated<'s, 'r, 'm> {
    reader: &'s IdReader<'r, 'm>,
    block: &'s Located<ast::Block>,
    scope: &'s NameScope,
    depth: u32,
}

impl Stated<'_, '_, '_> {
    fn argument(&self, name: &str) -> Option<Pieces> {
        let value = self.reader.evaluator.argument(self.block, name, self.scope)?;
        if value.is_null() {
            return None;
        }
        // The reference that led to the block is counted already.
        Some(self.reader.text(&value, self.depth))
    }

    /// An argument that is a name.
    fn name(&self, name: &str) -> Option<Pieces> {
        self.argument(name).map(Pieces::into_name)
    }

    fn subscription(&self) -> Option<Pieces> {
        self.name("subscription_id").or_else(|| {
            let type_name = self.block.node.labels().next()?.text();
            Some(self.reader.subscription_of(self.block, &type_name))
        })
    }

    /// The parent of a resource of this type: what an argument says that is called like it, such as
    /// `virtual_network_name` or `server_id`, or what the type alone says.
    fn parent(&self, resource_type: &str) -> Pieces {
        let Some(parent) = arm_id::parent_type(resource_type) else { return self.group(resource_type) };
        let word = snake_case(&super::super::noun::singular(arm_id::last_segment(parent)));
        if let Some(id) = self.argument(&format!("{word}_id"))
            && let Id::Known(known) = id_of(&id)
            && known.resource_type().is_some_and(|name| name.eq_ignore_ascii_case(parent))
        {
            return id;
        }
        let name = self.name(&format!("{word}_name")).unwrap_or_else(|| Pieces::of(Piece::Name));
        self.reader.below(self.parent(parent), parent, name)
    }

    /// Where a top-level type begins.
    fn group(&self, resource_type: &str) -> Pieces {
        let is_group = resource_type.eq_ignore_ascii_case(arm_id::RESOURCE_GROUPS);
        let group = self.name("resource_group_name").filter(|_| !is_group);
        let begin = if group.is_some() {
            Pieces::of_pattern(Scope::ResourceGroup.parent_pattern())
        } else {
            self.reader.scope_of_type(resource_type)
        };
        let mut stretches = begin.cut();
        let is = |at: usize, word: &str, stretches: &[Pieces]| {
            stretches.get(at).and_then(Pieces::as_known) == Some(word) && stretches.len() > at + 1
        };
        if is(1, "subscriptions", &stretches) {
            stretches[2] = self.subscription().unwrap_or_else(|| Pieces::of(Piece::Name));
        }
        if let Some(group) = group.filter(|_| is(3, "resourceGroups", &stretches)) {
            stretches[4] = group;
        }
        Pieces::joined(&stretches)
    }
}

/// `virtualNetwork` as arguments spell it: `virtual_network`.
fn snake_case(word: &str) -> String {
    let mut snake = String::new();
    for c in word.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}
