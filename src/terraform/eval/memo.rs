//! What is looked for once, and of what leads back to itself, which is not known.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;

use super::Evaluator;
use super::dependencies::NodeId;

pub(super) type Memo<K, V> = RefCell<HashMap<K, Entry<V>>>;

#[derive(Debug)]
pub(super) enum Entry<V> {
    Running(NodeId),
    /// With what it depends on; `None` where nothing decides over it but the text that it stands in.
    Done(V, Option<NodeId>),
}

impl Evaluator<'_> {
    /// What was found before, or `unknown` for what is being looked for; `None` where it is neither.
    pub(super) fn remembered<K: Eq + Hash, V: Clone>(
        &self,
        memo: &Memo<K, V>,
        key: &K,
        unknown: impl FnOnce() -> V,
    ) -> Option<V> {
        let (found, node) = match memo.borrow().get(key)? {
            Entry::Running(node) => (None, Some(*node)),
            Entry::Done(found, node) => (Some(found.clone()), *node),
        };
        node.into_iter().for_each(|node| self.tracker.borrow_mut().uses(node));
        Some(found.unwrap_or_else(unknown))
    }

    /// Looks for something, and remembers it: `unknown` where that leads back to itself.
    pub(super) fn remember<K: Clone + Eq + Hash, V: Clone>(
        &self,
        memo: &Memo<K, V>,
        key: K,
        unknown: impl FnOnce() -> V,
        find: impl FnOnce() -> V,
    ) -> V {
        let node = self.tracker.borrow_mut().enter();
        memo.borrow_mut().insert(key.clone(), Entry::Running(node));
        let cuts = self.budget.cuts();
        let found = find();
        let is_circular = self.tracker.borrow_mut().leave();
        let found = if is_circular { unknown() } else { found };
        if self.budget.cuts() == cuts {
            memo.borrow_mut().insert(key, Entry::Done(found.clone(), Some(node)));
        } else {
            memo.borrow_mut().remove(&key);
        }
        found
    }
}
