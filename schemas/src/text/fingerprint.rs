//! Names for types that are defined apart, made from nothing but their content.

use std::collections::HashMap;

use super::shape::Shapes;
use crate::facts::NodeId;
use crate::graph::Graph;

/// Digits of a name: no letter that is mistaken for another.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Digits that a name has, 5 bits each, unless two names would be equal.
const SHORT: usize = 7;

/// Digits that hold all 64 bits.
const LONG: usize = 13;

/// A name for each type defined apart, empty for the others. A type's name depends on its own text and on
/// the names of what it refers to, on nothing else; two types with one name get longer ones, and `Err`
/// gives two that even then have the same.
pub(super) fn names(shapes: &Shapes<'_>) -> Result<Vec<String>, (NodeId, NodeId)> {
    let prints = fingerprints(shapes);
    let apart: Vec<NodeId> = (0..).zip(shapes.apart).filter_map(|(id, apart)| apart.then_some(id)).collect();
    let mut owner: HashMap<u64, NodeId> = HashMap::new();
    let mut short: HashMap<String, u32> = HashMap::new();
    for id in &apart {
        let print = prints[*id as usize];
        if let Some(other) = owner.insert(print, *id) {
            return Err((other, *id));
        }
        *short.entry(digits(print, SHORT)).or_default() += 1;
    }
    let mut names = vec![String::new(); shapes.nodes.len()];
    for id in apart {
        let print = prints[id as usize];
        let name = digits(print, SHORT);
        names[id as usize] = if short[&name] > 1 { digits(print, LONG) } else { name };
    }
    Ok(names)
}

fn digits(print: u64, count: usize) -> String {
    (0..count)
        .map(|at| {
            let five = (u128::from(print) << 1 >> (60 - 5 * at)) & 31;
            char::from(DIGITS[usize::try_from(five).expect("five bits")])
        })
        .collect()
}

/// 64 bits for each type defined apart, from its content alone.
fn fingerprints(shapes: &Shapes<'_>) -> Vec<u64> {
    let graph = Graph::new(shapes.nodes.len(), |id, out| {
        if shapes.apart[id as usize] {
            shapes.for_each_reference(id, &mut |it| out.push(it));
        }
    });
    let (acyclic, cyclic) = graph.leaves_first();
    let mut prints: Vec<Option<u64>> = vec![None; shapes.nodes.len()];
    for id in acyclic {
        if shapes.apart[id as usize] {
            prints[id as usize] = Some(own_print(shapes, id, &prints));
        }
    }
    // What refers to itself has no print yet while its own text is taken: a gap stands there.
    let own: HashMap<NodeId, u64> = cyclic.iter().map(|id| (*id, own_print(shapes, *id, &prints))).collect();
    for id in &cyclic {
        prints[*id as usize] = Some(unfolded_print(&graph, &own, *id));
    }
    prints.into_iter().map(Option::unwrap_or_default).collect()
}

/// The print of a type's text, its references being prints, or a gap where there is none yet.
fn own_print(shapes: &Shapes<'_>, id: NodeId, prints: &[Option<u64>]) -> u64 {
    let mut text = shapes.keyword(id).to_owned();
    shapes.definition(id, &mut text, &mut |it, out| match prints[it as usize] {
        Some(print) => out.push_str(&digits(print, LONG)),
        None => out.push('?'),
    });
    let mut hash = Hash::default();
    text.bytes().for_each(|it| hash.byte(it));
    hash.finish()
}

/// Everything reached from a recursive type, each numbered when first met, so that the same structure has
/// the same print wherever it stands.
fn unfolded_print(graph: &Graph, own: &HashMap<NodeId, u64>, from: NodeId) -> u64 {
    let mut number = HashMap::from([(from, 0_u32)]);
    let mut order = vec![from];
    let mut hash = Hash::default();
    let mut next = 0;
    while let Some(id) = order.get(next).copied() {
        next += 1;
        hash.word(own[&id]);
        for target in graph.targets(id) {
            // Prints of types that reach no cycle are in `own` already.
            if own.contains_key(target) {
                let fresh = crate::graph::index(order.len());
                let number = *number.entry(*target).or_insert(fresh);
                if number == fresh {
                    order.push(*target);
                }
                hash.word(u64::from(number));
            }
        }
    }
    hash.finish()
}

/// FNV-1a with a final mix: the same on every machine and for every build.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    fn word(&mut self, word: u64) {
        word.to_le_bytes().iter().for_each(|it| self.byte(*it));
    }

    fn finish(&self) -> u64 {
        let mut bits = self.0;
        for factor in [0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53] {
            bits = (bits ^ (bits >> 33)).wrapping_mul(factor);
        }
        bits ^ (bits >> 33)
    }
}
