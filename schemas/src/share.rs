//! Equal structure stored once, recursive types included.
//!
//! Types from which no cycle can be reached are merged bottom-up, each compared with its parts already
//! merged. The others are distinguished in rounds (partition refinement): first by what they state themselves,
//! then by the classes of what they refer to, until a round tells no more of them apart.

use std::collections::HashMap;

use crate::facts::{Facts, Node, NodeId, TextId};
use crate::graph::{Graph, index};

/// The same facts with every distinct structure once: types nothing refers to are dropped, the others
/// numbered in the order they are met from the sorted resources and functions. Equal facts in any
/// numbering therefore give equal results. Descriptions count as structure.
pub fn share(facts: Facts) -> Facts {
    share_mapped(facts).0
}

/// As [`share`]; the second part gives each old type's new id, `None` where nothing refers to it.
pub fn share_mapped(mut facts: Facts) -> (Facts, Vec<Option<NodeId>>) {
    share_texts(&mut facts);
    let (mut classes, class_of) = classes(std::mem::take(&mut facts.nodes));
    for resource in &mut facts.resources {
        resource.body = class_of[resource.body as usize];
    }
    for function in &mut facts.functions {
        function.output = class_of[function.output as usize];
        function.input = function.input.map(|it| class_of[it as usize]);
    }
    sort_roots(&mut facts);
    let (order, new_id) = order_met(&classes, &roots(&facts));
    let at = |class: NodeId| new_id[class as usize].expect("reached from a root");
    facts.nodes = order
        .iter()
        .map(|class| {
            let mut node = std::mem::replace(&mut classes[*class as usize], Node::Any);
            node.map_children(at);
            node
        })
        .collect();
    for resource in &mut facts.resources {
        resource.body = at(resource.body);
    }
    for function in &mut facts.functions {
        function.output = at(function.output);
        function.input = function.input.map(at);
    }
    number_texts(&mut facts);
    let mapped = class_of.iter().map(|it| new_id[*it as usize]).collect();
    (facts, mapped)
}

fn sort_roots(facts: &mut Facts) {
    let folded = |name: &str| name.to_ascii_lowercase();
    facts
        .resources
        .sort_by_cached_key(|it| (folded(&it.type_name), it.api_version.clone(), it.type_name.clone()));
    facts.functions.sort_by_cached_key(|it| {
        let place = (folded(&it.type_name), it.api_version.clone(), it.name.clone());
        (place, it.type_name.clone(), it.input, it.output)
    });
    facts.resources.dedup();
    facts.functions.dedup();
}

fn roots(facts: &Facts) -> Vec<NodeId> {
    let bodies = facts.resources.iter().map(|it| it.body);
    let signatures = facts.functions.iter().flat_map(|it| it.input.into_iter().chain([it.output]));
    bodies.chain(signatures).collect()
}

/// Classes in the order a walk from the roots meets them, and the place of each in it.
fn order_met(classes: &[Node], roots: &[NodeId]) -> (Vec<NodeId>, Vec<Option<NodeId>>) {
    let mut new_id = vec![None; classes.len()];
    let mut order = Vec::new();
    let mut ahead = Vec::new();
    for root in roots {
        ahead.push(*root);
        while let Some(class) = ahead.pop() {
            let slot = &mut new_id[class as usize];
            if slot.is_some() {
                continue;
            }
            *slot = Some(index(order.len()));
            order.push(class);
            let from = ahead.len();
            classes[class as usize].for_each_child(|it| ahead.push(it));
            ahead[from..].reverse();
        }
    }
    (order, new_id)
}

/// One node a class, its references being classes, and the class of each node.
fn classes(mut nodes: Vec<Node>) -> (Vec<Node>, Vec<u32>) {
    let graph = Graph::new(nodes.len(), |it, out| {
        nodes[it as usize].for_each_child(|child| out.push(child));
    });
    let (acyclic, cyclic) = graph.leaves_first();
    let mut class_of = vec![u32::MAX; nodes.len()];
    let mut merged: HashMap<Node, u32> = HashMap::new();
    for id in acyclic {
        let mut node = std::mem::replace(&mut nodes[id as usize], Node::Any);
        node.map_children(|it| class_of[it as usize]);
        let next = index(merged.len());
        class_of[id as usize] = *merged.entry(node).or_insert(next);
    }
    let mut merged: Vec<(Node, u32)> = merged.into_iter().collect();
    merged.sort_unstable_by_key(|it| it.1);
    let mut classes: Vec<Node> = merged.into_iter().map(|it| it.0).collect();
    let first = refine(&nodes, &graph, &cyclic, &mut class_of, classes.len());
    for id in first {
        let mut node = std::mem::replace(&mut nodes[id as usize], Node::Any);
        node.map_children(|it| class_of[it as usize]);
        classes.push(node);
    }
    (classes, class_of)
}

/// Fills in the classes of `cyclic`, from `base` on; gives one member of each.
fn refine(nodes: &[Node], graph: &Graph, cyclic: &[u32], class_of: &mut [u32], base: usize) -> Vec<u32> {
    let mut count = 0;
    let mut first = by_own_statement(nodes, cyclic, class_of, base);
    while first.len() > count {
        count = first.len();
        first.clear();
        let mut seen: HashMap<Vec<u32>, u32> = HashMap::with_capacity(count);
        let mut next = Vec::with_capacity(cyclic.len());
        for id in cyclic {
            let targets = graph.targets(*id);
            let mut signature = Vec::with_capacity(targets.len() + 1);
            signature.push(class_of[*id as usize]);
            signature.extend(targets.iter().map(|it| class_of[*it as usize]));
            let fresh = index(base + seen.len());
            let class = *seen.entry(signature).or_insert(fresh);
            if class == fresh {
                first.push(*id);
            }
            next.push(class);
        }
        for (id, class) in cyclic.iter().zip(next) {
            class_of[*id as usize] = class;
        }
    }
    first
}

/// The first round: what a node states itself, with the classes known so far.
fn by_own_statement(nodes: &[Node], cyclic: &[u32], class_of: &mut [u32], base: usize) -> Vec<u32> {
    let mut first = Vec::new();
    let mut seen: HashMap<Node, u32> = HashMap::new();
    let mut found = Vec::with_capacity(cyclic.len());
    for id in cyclic {
        let mut node = nodes[*id as usize].clone();
        node.map_children(|it| class_of[it as usize]);
        let fresh = index(base + seen.len());
        let class = *seen.entry(node).or_insert(fresh);
        if class == fresh {
            first.push(*id);
        }
        found.push(class);
    }
    for (id, class) in cyclic.iter().zip(found) {
        class_of[*id as usize] = class;
    }
    first
}

/// Every text once, so that equal ids mean equal texts.
fn share_texts(facts: &mut Facts) {
    let mut known: HashMap<String, TextId> = HashMap::new();
    let mut kept = Vec::new();
    let new_id: Vec<TextId> = std::mem::take(&mut facts.texts)
        .into_iter()
        .map(|text| {
            if let Some(id) = known.get(&text) {
                return *id;
            }
            let id = index(kept.len());
            kept.push(text.clone());
            known.insert(text, id);
            id
        })
        .collect();
    for node in &mut facts.nodes {
        for property in node.properties_mut() {
            property.description = property.description.map(|it| new_id[it as usize]);
        }
    }
    facts.texts = kept;
}

/// Texts in the order the types use them; those not used go.
fn number_texts(facts: &mut Facts) {
    let mut new_id: Vec<Option<TextId>> = vec![None; facts.texts.len()];
    let mut kept = Vec::new();
    for node in &mut facts.nodes {
        for property in node.properties_mut() {
            let Some(old) = property.description else {
                continue;
            };
            let slot = &mut new_id[old as usize];
            property.description = Some(*slot.get_or_insert_with(|| {
                kept.push(std::mem::take(&mut facts.texts[old as usize]));
                index(kept.len() - 1)
            }));
        }
    }
    facts.texts = kept;
}
