//! What an answer depends on: every name that was looked up, and what it led to.

use std::collections::HashSet;

use super::Evaluator;
use super::modules::ContextId;
use crate::terraform::address::Address;
use crate::terraform::module::Module;
use crate::terraform::span::ItemId;
use crate::terraform::value::ModulePath;

/// A name that was looked up.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Dependency {
    /// In which module.
    pub(crate) module: ModulePath,
    pub(crate) address: Address,
    /// The items that declare it, and those that give a variable its value; none where nothing does.
    pub(crate) items: Vec<ItemId>,
}

/// A definition among [`Tracker::nodes`].
pub(super) type NodeId = usize;

/// Which definition looked up what, and used which others.
#[derive(Debug, Default)]
pub(super) struct Tracker {
    nodes: Vec<Node>,
    /// Those that are open, each within the one before.
    open: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    looked_up: HashSet<(ContextId, Address)>,
    uses: HashSet<NodeId>,
    found: Vec<Dependency>,
}

impl Tracker {
    pub(super) fn enter(&mut self) {
        self.open.push(Node::default());
    }

    /// Closes the innermost definition, which the one around it uses.
    pub(super) fn leave(&mut self) -> NodeId {
        let id = self.nodes.len();
        self.nodes.extend(self.open.pop());
        self.uses(id);
        id
    }

    pub(super) fn uses(&mut self, node: NodeId) {
        if let Some(open) = self.open.last_mut() {
            open.uses.insert(node);
        }
    }

    pub(super) fn begin(&mut self) -> usize {
        self.enter();
        self.open.len()
    }

    /// Everything looked up since `begin`, directly or by what was used.
    pub(super) fn end_question(&mut self, at: usize) -> Vec<Dependency> {
        self.open.truncate(at);
        let id = self.leave();
        let (mut seen, mut pending) = (HashSet::from([id]), vec![id]);
        let mut all: Vec<Dependency> = Vec::new();
        let mut known = HashSet::new();
        while let Some(node) = pending.pop().and_then(|id| self.nodes.get(id)) {
            all.extend(node.found.iter().filter(|found| known.insert(*found)).cloned());
            let mut uses: Vec<NodeId> = node.uses.iter().copied().filter(|id| seen.insert(*id)).collect();
            uses.sort_unstable();
            pending.extend(uses);
        }
        all
    }

    fn is_new(&mut self, context: ContextId, address: &Address) -> bool {
        self.open.last_mut().is_some_and(|open| open.looked_up.insert((context, address.clone())))
    }

    fn found(&mut self, dependency: Dependency) {
        if let Some(open) = self.open.last_mut() {
            open.found.push(dependency);
        }
    }
}

impl Evaluator<'_> {
    /// Notes that a name is looked up.
    pub(super) fn look_up(&self, context: ContextId, address: &Address) {
        if !self.tracker.borrow_mut().is_new(context, address) {
            return;
        }
        let context = self.context(context);
        let items = items_of(context.module, address, context.is_root());
        let dependency = Dependency { module: context.path.clone(), address: address.clone(), items };
        self.tracker.borrow_mut().found(dependency);
    }

    pub(super) fn still(&self, dependency: &Dependency) -> bool {
        let Some(context) = self.context_of(&dependency.module).map(|id| self.context(id)) else {
            return false;
        };
        items_of(context.module, &dependency.address, context.is_root()) == dependency.items
    }
}

fn items_of(module: &Module, address: &Address, is_root: bool) -> Vec<ItemId> {
    let declared =
        module.declarations(address).filter_map(|(file, found)| file.index().item_at(found.range.start()));
    let mut items: Vec<ItemId> = declared.map(|(id, _)| id).collect();
    if let Address::Variable(name) = address
        && is_root
    {
        items.extend(module.assigned_item(name));
    }
    items
}
