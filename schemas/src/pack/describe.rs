//! Joins facts with the descriptions of a package, which may be of another date.
//!
//! A description belongs to (type, path, api-version), but structure is shared between types, paths and
//! versions. So each body is walked together with the same type's body in the described package; what
//! comes out is a graph in which nodes of equal structure stand apart when their words differ.

use std::collections::HashMap;

use crate::facts::{Facts, Node, NodeId, Property, TextId};
use crate::share::share_mapped;

/// Facts with descriptions, and which of their nodes are equal but for those.
pub(crate) struct Described {
    /// The graph; one node here is one class of the bundle.
    pub(crate) facts: Facts,
    /// Structure of each node, numbered without gaps.
    pub(crate) node_of: Vec<u32>,
    /// For each structure the node that stands for it: the one that is referred to most.
    pub(crate) defaults: Vec<NodeId>,
    /// All other nodes.
    pub(crate) alternates: Vec<NodeId>,
    class_of: Vec<u32>,
}

/// A place where a node leads on.
pub(crate) struct Edge {
    /// What it leads to.
    pub(crate) ty: NodeId,
    /// What is said of it there.
    pub(crate) text: Option<TextId>,
}

/// The slots of a node, in the order that `layout.rs` states.
pub(crate) fn edges(node: &Node) -> impl Iterator<Item = Edge> + '_ {
    let (properties, more): (&[Property], Vec<NodeId>) = match node {
        Node::Object { properties, additional, .. } => (properties, additional.iter().copied().collect()),
        Node::Discriminated { base, variants, .. } => (base, variants.iter().map(|&(_, id)| id).collect()),
        Node::Array { items, .. } => (&[], vec![*items]),
        Node::Union(elements) => (&[], elements.clone()),
        _ => (&[], Vec::new()),
    };
    let named = properties.iter().map(|p| Edge { ty: p.ty, text: p.description });
    named.chain(more.into_iter().map(|ty| Edge { ty, text: None }))
}

impl Described {
    /// No descriptions: each node is a class.
    pub(crate) fn bare(facts: &Facts) -> Self {
        let mut facts = facts.clone();
        for node in &mut facts.nodes {
            if let Node::Object { properties, .. } | Node::Discriminated { base: properties, .. } = node {
                properties.iter_mut().for_each(|property| property.description = None);
            }
        }
        facts.texts.clear();
        let node_of = (0..facts.nodes.len() as u32).collect();
        Described::new(facts, node_of)
    }

    /// The class of a node of `facts`, as the bundle numbers it.
    pub(crate) fn class(&self, node: NodeId) -> u32 {
        self.class_of[node as usize]
    }

    fn new(facts: Facts, node_of: Vec<u32>) -> Self {
        let mut uses = vec![0u32; facts.nodes.len()];
        for edge in facts.nodes.iter().flat_map(edges) {
            uses[edge.ty as usize] += 1;
        }
        facts.resources.iter().for_each(|resource| uses[resource.body as usize] += 1);
        let nodes = node_of.iter().max().map_or(0, |&most| most as usize + 1);
        let mut defaults: Vec<Option<NodeId>> = vec![None; nodes];
        for (class, &node) in node_of.iter().enumerate() {
            let best = &mut defaults[node as usize];
            if best.is_none_or(|best| uses[class] > uses[best as usize]) {
                *best = Some(class as NodeId);
            }
        }
        let defaults: Vec<NodeId> = defaults.into_iter().flatten().collect();
        let mut class_of = vec![u32::MAX; facts.nodes.len()];
        for (node, &class) in defaults.iter().enumerate() {
            class_of[class as usize] = node as u32;
        }
        let alternates: Vec<NodeId> =
            (0..facts.nodes.len() as u32).filter(|&class| class_of[class as usize] == u32::MAX).collect();
        for (offset, &class) in alternates.iter().enumerate() {
            class_of[class as usize] = (nodes + offset) as u32;
        }
        Described { facts, node_of, defaults, alternates, class_of }
    }
}

/// What a node of `facts` is walked together with: nodes of the described package, nearest first.
type Sources = Vec<NodeId>;

/// The walk.
struct Join<'a> {
    facts: &'a Facts,
    source: &'a Facts,
    known: HashMap<(NodeId, Sources), NodeId>,
    nodes: Vec<Node>,
    node_of: Vec<u32>,
    waiting: Vec<(NodeId, NodeId, Sources)>,
}

impl Described {
    /// Each body of `facts` takes the words of the same type@version of `source`; where that version is
    /// not in `source`, those of the nearest version that has the path.
    pub(crate) fn join(facts: &Facts, source: &Facts) -> Self {
        let mut join = Join {
            facts,
            source,
            known: HashMap::new(),
            nodes: Vec::new(),
            node_of: Vec::new(),
            waiting: Vec::new(),
        };
        let bodies = Versions::new(
            source.resources.iter().map(|r| ((r.type_name.as_str(), ""), r.api_version.as_str(), r.body)),
        );
        let inputs = Versions::new(source.functions.iter().filter_map(|f| {
            Some(((f.type_name.as_str(), f.name.as_str()), f.api_version.as_str(), f.input?))
        }));
        let outputs = Versions::new(
            source
                .functions
                .iter()
                .map(|f| ((f.type_name.as_str(), f.name.as_str()), f.api_version.as_str(), f.output)),
        );
        let mut resources = facts.resources.clone();
        for resource in &mut resources {
            let sources = bodies.nearest((&resource.type_name, ""), &resource.api_version);
            resource.body = join.visit(resource.body, sources);
        }
        let mut functions = facts.functions.clone();
        for function in &mut functions {
            let key = (function.type_name.as_str(), function.name.as_str());
            let input = inputs.nearest(key, &function.api_version);
            let output = outputs.nearest(key, &function.api_version);
            function.input = function.input.map(|id| join.visit(id, input));
            function.output = join.visit(function.output, output);
        }
        join.run();
        let joined = Facts { nodes: join.nodes, resources, functions, texts: source.texts.clone() };
        Described::shared(joined, &join.node_of)
    }

    /// Nodes that differ neither in structure nor in any words below them become one.
    fn shared(joined: Facts, node_of: &[u32]) -> Self {
        let (facts, new_id) = share_mapped(joined);
        let mut of_class = vec![u32::MAX; facts.nodes.len()];
        for (old, new) in new_id.into_iter().enumerate() {
            if let Some(new) = new {
                of_class[new as usize] = node_of[old];
            }
        }
        // Structures that no root leads to are gone, so the others are numbered anew.
        let mut known = of_class.clone();
        known.sort_unstable();
        known.dedup();
        let dense = |node: &u32| known.binary_search(node).unwrap_or(0) as u32;
        Described::new(facts, of_class.iter().map(dense).collect())
    }
}

/// The roots of the described package, by lower-cased (type, function).
struct Versions<'a>(HashMap<(String, String), Vec<(&'a str, NodeId)>>);

impl<'a> Versions<'a> {
    fn new(roots: impl Iterator<Item = ((&'a str, &'a str), &'a str, NodeId)>) -> Self {
        let mut by_key: HashMap<_, Vec<_>> = HashMap::new();
        for ((name, function), version, root) in roots {
            let key = (name.to_ascii_lowercase(), function.to_ascii_lowercase());
            by_key.entry(key).or_default().push((version, root));
        }
        Versions(by_key)
    }

    /// The root at exactly this version, else those of all versions, nearest first.
    fn nearest(&self, (name, function): (&str, &str), version: &str) -> Sources {
        let key = (name.to_ascii_lowercase(), function.to_ascii_lowercase());
        let Some(known) = self.0.get(&key) else { return Vec::new() };
        if let Some(&(_, root)) = known.iter().find(|(known, _)| *known == version) {
            return vec![root];
        }
        let days = |version| crate::ApiVersion::new(version).days().unwrap_or(0);
        let mut known = known.clone();
        // Of two equally near, the newer says more of what is true today.
        known.sort_by_key(|&(known, _)| ((days(known) - days(version)).abs(), -days(known), known));
        without_repeats(known.into_iter().map(|(_, root)| root))
    }
}

fn without_repeats(ids: impl Iterator<Item = NodeId>) -> Sources {
    let mut unique = Vec::new();
    for id in ids {
        if !unique.contains(&id) {
            unique.push(id);
        }
    }
    unique
}

impl Join<'_> {
    /// The node of the result for this pair; its contents come later, so recursion ends.
    fn visit(&mut self, node: NodeId, sources: Sources) -> NodeId {
        let mut sources = sources;
        let kind = kind_of(&self.facts.nodes[node as usize]);
        sources.retain(|&id| kind.is_some() && kind_of(&self.source.nodes[id as usize]) == kind);
        if let Some(&known) = self.known.get(&(node, sources.clone())) {
            return known;
        }
        let id = self.nodes.len() as NodeId;
        self.nodes.push(Node::Any);
        self.node_of.push(node);
        self.known.insert((node, sources.clone()), id);
        self.waiting.push((id, node, sources));
        id
    }

    fn run(&mut self) {
        while let Some((id, node, sources)) = self.waiting.pop() {
            self.nodes[id as usize] = self.contents(node, &sources);
        }
    }

    fn contents(&mut self, node: NodeId, sources: &Sources) -> Node {
        let mut node = self.facts.nodes[node as usize].clone();
        match &mut node {
            Node::Object { properties, additional, .. } => {
                self.properties(properties, sources);
                if let Some(id) = additional {
                    *id = self.visit(*id, self.follow(sources, additional_of));
                }
            }
            Node::Discriminated { base, variants, .. } => {
                self.properties(base, sources);
                for (value, id) in variants {
                    *id = self.visit(*id, self.follow(sources, |node| variant_of(node, value)));
                }
            }
            Node::Array { items, .. } => {
                *items = self.visit(*items, self.follow(sources, items_of));
            }
            Node::Union(elements) => {
                let count = elements.len();
                for (index, id) in elements.iter_mut().enumerate() {
                    let kind = kind_of(&self.facts.nodes[*id as usize]);
                    let found =
                        self.follow(sources, |node| element_of(self.source, node, index, count, kind));
                    *id = self.visit(*id, found);
                }
            }
            _ => {}
        }
        node
    }

    fn properties(&mut self, properties: &mut [Property], sources: &Sources) {
        for property in properties {
            let found = |&id: &NodeId| property_of(&self.source.nodes[id as usize], &property.name);
            property.description = sources.iter().find_map(found).and_then(|p| p.description);
            let follow = without_repeats(sources.iter().filter_map(found).map(|p| p.ty));
            property.ty = self.visit(property.ty, follow);
        }
    }

    fn follow(&self, sources: &Sources, step: impl Fn(&Node) -> Option<NodeId>) -> Sources {
        without_repeats(sources.iter().filter_map(|&id| step(&self.source.nodes[id as usize])))
    }
}

/// Nodes are walked together only when of one kind; `None` for those that lead nowhere.
fn kind_of(node: &Node) -> Option<u8> {
    match node {
        Node::Object { .. } | Node::Discriminated { .. } => Some(0),
        Node::Array { .. } => Some(1),
        Node::Union(_) => Some(2),
        _ => None,
    }
}

fn property_of<'a>(node: &'a Node, name: &str) -> Option<&'a Property> {
    let (Node::Object { properties, .. } | Node::Discriminated { base: properties, .. }) = node else {
        return None;
    };
    let at = properties.binary_search_by(|p| p.name.as_str().cmp(name)).ok()?;
    properties.get(at)
}

fn additional_of(node: &Node) -> Option<NodeId> {
    match node {
        Node::Object { additional, .. } => *additional,
        _ => None,
    }
}

fn items_of(node: &Node) -> Option<NodeId> {
    match node {
        Node::Array { items, .. } => Some(*items),
        _ => None,
    }
}

fn variant_of(node: &Node, wanted: &str) -> Option<NodeId> {
    match node {
        Node::Discriminated { variants, .. } => {
            variants.iter().find(|(value, _)| value == wanted).map(|&(_, id)| id)
        }
        _ => None,
    }
}

/// The element at the same place of an equally long union, else the first of its kind.
fn element_of(source: &Facts, node: &Node, index: usize, count: usize, kind: Option<u8>) -> Option<NodeId> {
    let Node::Union(elements) = node else { return None };
    if elements.len() == count {
        return elements.get(index).copied();
    }
    elements.iter().copied().find(|&id| kind_of(&source.nodes[id as usize]) == kind)
}
