//! What an answer depends on: every name that was looked up, and what it led to.

use std::collections::HashSet;
use std::sync::Arc;

use super::Evaluator;
use super::modules::ContextId;
use crate::terraform::address::Address;
use crate::terraform::file::FileId;
use crate::terraform::module::Module;
use crate::terraform::span::ItemId;
use crate::terraform::value::ModulePath;

/// Something that was looked up, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Dependency {
    /// In which module.
    pub(super) module: ModulePath,
    pub(super) what: LookedUp,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum LookedUp {
    /// A name, with the items that declare it, and those that give a variable its value; none where nothing does.
    Name { address: Address, items: Vec<ItemId> },
    /// The module that a call leads to, by its first file.
    Call { name: Arc<str>, leads_to: Option<FileId> },
    /// A file of the module's folder, or whether there is one.
    File { path: Arc<str>, text: Option<Arc<str>>, is_there: bool },
    /// The files of a folder that match a pattern.
    Files { folder: Arc<str>, pattern: Arc<str>, found: Option<Vec<String>> },
    /// Whether another module calls it.
    Called(bool),
}

impl Dependency {
    /// The variable of the module itself that was looked up, where it is one.
    pub(crate) fn own_variable(&self) -> Option<&Address> {
        match &self.what {
            LookedUp::Name { address: address @ Address::Variable(_), .. } if self.module.0.is_empty() => {
                Some(address)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
impl std::fmt::Display for Dependency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.what {
            LookedUp::Name { address, .. } => write!(f, "{address}"),
            LookedUp::Call { name, .. } => write!(f, "call of {name}"),
            LookedUp::File { path, .. } => write!(f, "file {path}"),
            LookedUp::Files { folder, pattern, .. } => write!(f, "files {folder}/{pattern}"),
            LookedUp::Called(_) => write!(f, "whether it is called"),
        }
    }
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
    /// Whether it was not yet, for this definition.
    pub(super) fn look_up(&self, context: ContextId, address: &Address) -> bool {
        if !self.tracker.borrow_mut().is_new(context, address) {
            return false;
        }
        let context = self.context(context);
        let items = items_of(context.module, address, context.is_root());
        let what = LookedUp::Name { address: address.clone(), items };
        self.tracker.borrow_mut().found(Dependency { module: context.path.clone(), what });
        true
    }

    /// Notes what else is looked up.
    pub(super) fn depend(&self, module: &ModulePath, what: LookedUp) {
        self.tracker.borrow_mut().found(Dependency { module: module.clone(), what });
    }

    pub(super) fn still(&self, dependency: &Dependency) -> bool {
        let known = self.resolved.borrow().get(&dependency.module).copied();
        let id = known.unwrap_or_else(|| {
            let id = self.context_of(&dependency.module);
            self.resolved.borrow_mut().insert(dependency.module.clone(), id);
            id
        });
        let Some(context) = id.map(|id| self.context(id)) else { return false };
        let module = context.module;
        match &dependency.what {
            LookedUp::Name { address, items } => items_of(module, address, context.is_root()) == *items,
            LookedUp::Call { name, leads_to } => self.leads_to(&context, name) == *leads_to,
            LookedUp::File { path, text, is_there } => {
                let files = module.side_files();
                files.text(path) == text.as_ref() && files.has(path) == *is_there
            }
            LookedUp::Files { folder, pattern, found } => {
                module.side_files().matching(folder, pattern) == *found
            }
            LookedUp::Called(is_called) => module.is_called() == *is_called,
        }
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
