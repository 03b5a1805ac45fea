//! What an answer depends on: every name that was looked up, and what it led to.

use std::collections::HashMap;
use std::sync::Arc;

use super::Evaluator;
use super::modules::ContextId;
use crate::terraform::address::Address;
use crate::terraform::declaration::address_hash;
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
    Name { address: Address, hash: u64, items: Vec<ItemId> },
    /// The module that a call leads to, by its first file.
    Call { name: Arc<str>, leads_to: Option<FileId> },
    /// All outputs that the module declares, by their names in its order.
    Outputs(Vec<Box<str>>),
    /// A file of the module's folder, or whether there is one.
    File { path: Arc<str>, text: Option<Arc<str>>, is_there: bool },
    /// The files of a folder that match a pattern.
    Files { folder: Arc<str>, pattern: Arc<str>, found: Option<Vec<String>> },
    /// Whether another module calls it.
    Called(bool),
    /// Whether it has a file of overrides.
    Overrides(bool),
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
            LookedUp::Outputs(_) => write!(f, "which outputs there are"),
            LookedUp::File { path, .. } => write!(f, "file {path}"),
            LookedUp::Files { folder, pattern, .. } => write!(f, "files {folder}/{pattern}"),
            LookedUp::Called(_) => write!(f, "whether it is called"),
            LookedUp::Overrides(_) => write!(f, "whether it has overrides"),
        }
    }
}

/// A definition among [`Tracker::nodes`].
pub(super) type NodeId = u32;

/// One of [`Tracker::dependencies`].
type DependencyId = u32;

/// An answer that depends on more is not kept.
const MOST: usize = 2_000;

/// Which definition looked up what, and used which others. What many look up is kept once.
#[derive(Debug, Default)]
pub(super) struct Tracker {
    nodes: Vec<Node>,
    /// Those that are open, each within the one before.
    open: Vec<Open>,
    dependencies: Vec<Arc<Dependency>>,
    ids: HashMap<Arc<Dependency>, DependencyId>,
    /// By the place of the context, then by the name.
    names: Vec<HashMap<Address, DependencyId>>,
    calls: Vec<HashMap<Arc<str>, DependencyId>>,
    overrides: Vec<Option<DependencyId>>,
    /// The last question that came by each node, and by each dependency; questions count from one.
    seen: (Vec<u32>, Vec<u32>),
    questions: u32,
}

#[derive(Debug)]
struct Node {
    uses: Ids,
    found: Ids,
    state: State,
}

/// Whether a definition may lead back to one that is open. All that lead back to each other are one circle, wherever it
/// is entered: what is in it must not depend on where that was.
#[derive(Debug, Clone, Copy)]
enum State {
    /// It is open itself, at this place.
    Open(usize),
    /// It led back to this one, which was open then.
    LedTo(NodeId),
    Closed,
}

#[derive(Debug)]
struct Open {
    id: NodeId,
    uses: Ids,
    found: Ids,
    /// The outermost of the open ones that it led back to, by its place.
    back: Option<usize>,
}

/// Numbers, each of which counts once however often it is added.
#[derive(Debug, Default)]
struct Ids {
    all: Vec<u32>,
    /// So many at the front are sorted and stand there once.
    clean: usize,
}

impl Ids {
    /// Takes amortised time that does not depend on how many there are but by its logarithm.
    fn add(&mut self, id: u32) {
        if self.all.last() == Some(&id) {
            return;
        }
        self.all.push(id);
        if self.all.len() >= 2 * self.clean + 16 {
            self.tidy();
        }
    }

    fn tidy(&mut self) {
        self.all.sort_unstable();
        self.all.dedup();
        self.clean = self.all.len();
    }
}

impl Tracker {
    /// Opens a definition within the innermost open one.
    pub(super) fn enter(&mut self) -> NodeId {
        let id = self.nodes.len() as NodeId;
        let state = State::Open(self.open.len());
        self.nodes.push(Node { uses: Ids::default(), found: Ids::default(), state });
        self.open.push(Open { id, uses: Ids::default(), found: Ids::default(), back: None });
        id
    }

    /// Closes the innermost definition, which the one around it uses. Whether it is part of a circle.
    pub(super) fn leave(&mut self) -> bool {
        let Some(mut open) = self.open.pop() else { return false };
        for ids in [&mut open.uses, &mut open.found] {
            ids.tidy();
            ids.all.shrink_to_fit();
        }
        let outer = open.back.and_then(|back| self.open.get(back));
        let state = outer.map_or(State::Closed, |outer| State::LedTo(outer.id));
        self.nodes[open.id as usize] = Node { uses: open.uses, found: open.found, state };
        self.uses(open.id);
        open.back.is_some()
    }

    /// Notes that the innermost open definition uses another one, which may be open.
    pub(super) fn uses(&mut self, node: NodeId) {
        let back = self.leads_back(node);
        if let Some(open) = self.open.last_mut() {
            open.uses.add(node);
            open.back = [open.back, back].into_iter().flatten().min();
        }
    }

    /// The place of the open definition that this one leads back to.
    fn leads_back(&mut self, node: NodeId) -> Option<usize> {
        let mut last = node;
        while let State::LedTo(next) = self.nodes[last as usize].state {
            last = next;
        }
        let (state, place) = match self.nodes[last as usize].state {
            State::Open(at) => (State::LedTo(last), Some(at)),
            _ => (State::Closed, None),
        };
        if last != node {
            self.nodes[node as usize].state = state;
        }
        place
    }

    pub(super) fn begin(&mut self) -> usize {
        self.enter();
        self.open.len()
    }

    /// Everything looked up since `begin`, directly or by what was used; `None` where that is too much.
    pub(super) fn end_question(&mut self, at: usize) -> Option<Vec<Arc<Dependency>>> {
        self.open.truncate(at);
        let first = self.open.last().map(|open| open.id)?;
        self.leave();
        self.questions += 1;
        let (nodes, dependencies) = &mut self.seen;
        nodes.resize(self.nodes.len(), 0);
        dependencies.resize(self.dependencies.len(), 0);
        let is_new = |seen: &mut [u32], id: u32| {
            std::mem::replace(&mut seen[id as usize], self.questions) != self.questions
        };
        let mut pending = vec![first];
        let mut all = Vec::new();
        while let Some(id) = pending.pop() {
            let node = &self.nodes[id as usize];
            all.extend(node.found.all.iter().copied().filter(|id| is_new(dependencies, *id)));
            if all.len() > MOST {
                return None;
            }
            pending.extend(node.uses.all.iter().copied().filter(|id| is_new(nodes, *id)));
        }
        Some(all.into_iter().map(|id| Arc::clone(&self.dependencies[id as usize])).collect())
    }

    /// Notes something that was looked up before, by whichever definition. Whether it was.
    fn found_again(&mut self, known: impl FnOnce(&Self) -> Option<DependencyId>) -> bool {
        // Only what is asked for within a question is noted at all.
        if self.open.is_empty() {
            return true;
        }
        let known = known(self);
        known.inspect(|id| self.add(*id)).is_some()
    }

    fn found(&mut self, dependency: Dependency) -> DependencyId {
        let dependency = Arc::new(dependency);
        let id = *self.ids.entry(Arc::clone(&dependency)).or_insert_with(|| {
            self.dependencies.push(dependency);
            self.dependencies.len() as DependencyId - 1
        });
        self.add(id);
        id
    }

    fn add(&mut self, id: DependencyId) {
        if let Some(open) = self.open.last_mut() {
            open.found.add(id);
        }
    }
}

impl Evaluator<'_> {
    /// Notes that a name is looked up.
    pub(super) fn look_up(&self, context: ContextId, address: &Address) {
        let known = |tracker: &Tracker| tracker.names.get(context.index())?.get(address).copied();
        if self.tracker.borrow_mut().found_again(known) {
            return;
        }
        let (id, context) = (context, self.context(context));
        let hash = address_hash(address);
        let items = items_of(context.module, address, hash, context.is_root()).collect();
        let what = LookedUp::Name { address: address.clone(), hash, items };
        let mut tracker = self.tracker.borrow_mut();
        let dependency = tracker.found(Dependency { module: context.path.clone(), what });
        of_context(&mut tracker.names, id).insert(address.clone(), dependency);
    }

    /// Notes that it counts whether the module that is asked about has overrides, and says so.
    pub(super) fn look_up_overrides(&self) -> bool {
        let home = self.home.get();
        let context = self.context(home);
        let has = context.module.has_overrides();
        let known = |tracker: &Tracker| tracker.overrides.get(home.index()).copied().flatten();
        if !self.tracker.borrow_mut().found_again(known) {
            let mut tracker = self.tracker.borrow_mut();
            let what = LookedUp::Overrides(has);
            let dependency = tracker.found(Dependency { module: context.path.clone(), what });
            *of_context(&mut tracker.overrides, home) = Some(dependency);
        }
        has
    }

    /// Notes where a call leads.
    pub(super) fn look_up_call(&self, caller: ContextId, name: &str) {
        let known = |tracker: &Tracker| tracker.calls.get(caller.index())?.get(name).copied();
        if self.tracker.borrow_mut().found_again(known) {
            return;
        }
        let context = self.context(caller);
        let name: Arc<str> = name.into();
        let what = LookedUp::Call { name: Arc::clone(&name), leads_to: self.leads_to(&context, &name) };
        let mut tracker = self.tracker.borrow_mut();
        let dependency = tracker.found(Dependency { module: context.path.clone(), what });
        of_context(&mut tracker.calls, caller).insert(name, dependency);
    }

    /// Notes what else is looked up.
    pub(super) fn depend(&self, module: &ModulePath, what: LookedUp) {
        self.tracker.borrow_mut().found(Dependency { module: module.clone(), what });
    }

    /// Looks at a dependency that many answers share once.
    pub(super) fn still_held(&self, dependency: &Arc<Dependency>) -> bool {
        // One answer's own is looked at once anyway.
        if Arc::strong_count(dependency) == 1 {
            return self.still(dependency);
        }
        let place = Arc::as_ptr(dependency).addr();
        let known = self.held.borrow().get(&place).map(|(_, holds)| *holds);
        known.unwrap_or_else(|| {
            let holds = self.still(dependency);
            self.held.borrow_mut().insert(place, (Arc::clone(dependency), holds));
            holds
        })
    }

    fn still(&self, dependency: &Dependency) -> bool {
        let known = self.resolved.borrow().get(&dependency.module).copied();
        let id = known.unwrap_or_else(|| {
            let id = self.context_of(&dependency.module);
            self.resolved.borrow_mut().insert(dependency.module.clone(), id);
            id
        });
        let Some(context) = id.map(|id| self.context(id)) else { return false };
        let module = context.module;
        match &dependency.what {
            LookedUp::Name { address, hash, items } => {
                items_of(module, address, *hash, context.is_root()).eq(items.iter().copied())
            }
            LookedUp::Call { name, leads_to } => self.leads_to(&context, name) == *leads_to,
            LookedUp::Outputs(names) => module.outputs().eq(names.iter().map(|name| &**name)),
            LookedUp::File { path, text, is_there } => {
                let files = module.side_files();
                files.text(path) == text.as_ref() && files.has(path) == *is_there
            }
            LookedUp::Files { folder, pattern, found } => {
                module.side_files().matching(folder, pattern) == *found
            }
            LookedUp::Called(is_called) => module.is_called() == *is_called,
            LookedUp::Overrides(has) => module.has_overrides() == *has,
        }
    }
}

fn of_context<T: Default>(all: &mut Vec<T>, context: ContextId) -> &mut T {
    if all.len() <= context.index() {
        all.resize_with(context.index() + 1, T::default);
    }
    &mut all[context.index()]
}

fn items_of<'m>(
    module: &'m Module,
    address: &'m Address,
    hash: u64,
    is_root: bool,
) -> impl Iterator<Item = ItemId> + 'm {
    let declared = module.declarations_of_hash(hash, address);
    let declared = declared.filter_map(|(file, found)| file.index().item_at(found.range.start()));
    let assigned = match address {
        Address::Variable(name) if is_root => module.assigned_item(name),
        _ => None,
    };
    declared.map(|(id, _)| id).chain(assigned)
}
