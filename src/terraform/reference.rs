//! What a traversal such as `data.azapi_resource.x[0].id` refers to.

use super::declaration::BlockKind;
use crate::syntax::ast::{IndexKey, Step, StepKind, Traversal};

/// The thing a reference names, without what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `var.NAME`
    Variable(String),
    /// `local.NAME`
    Local(String),
    /// A block of a provider's type, by its address.
    Block(String),
    /// `module.NAME`
    ModuleCall(String),
    /// `each`, `count`, `self`, `path`, `terraform`, a variable of a `for`: known only where it stands.
    Other,
}

/// A reference taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it names.
    pub target: Target,
    /// How many of the traversal's steps the name took.
    pub taken: usize,
}

const LOCAL_NAMES: [&str; 5] = ["each", "count", "self", "path", "terraform"];

impl Reference {
    /// `None` when a name is missing yet (`azapi_resource.`).
    pub fn of(traversal: &Traversal) -> Option<Self> {
        let attribute = |at: usize| match traversal.steps.get(at).map(|step| &step.kind) {
            Some(StepKind::Attr(name)) if !name.is_empty() => Some(name.as_str()),
            _ => None,
        };
        let (target, taken) = match traversal.root.as_str() {
            "var" => (Target::Variable(attribute(0)?.to_owned()), 1),
            "local" => (Target::Local(attribute(0)?.to_owned()), 1),
            "module" => (Target::ModuleCall(attribute(0)?.to_owned()), 1),
            root if LOCAL_NAMES.contains(&root) => (Target::Other, 0),
            root => match BlockKind::from_keyword(root) {
                Some(BlockKind::Resource) | None => {
                    (Target::Block(BlockKind::Resource.address(root, attribute(0)?)), 1)
                }
                Some(kind) => (Target::Block(kind.address(attribute(0)?, attribute(1)?)), 2),
            },
        };
        Some(Self { target, taken })
    }
}

/// The steps behind a block's address with a first `[0]` or `["key"]` (an instance of `count` or `for_each`)
/// taken off. `None` when a splat makes a list of all instances.
pub fn behind_instance(steps: &[Step]) -> Option<&[Step]> {
    match steps.first().map(|step| &step.kind) {
        Some(StepKind::Index(IndexKey::Int(_) | IndexKey::Str(_) | IndexKey::Other)) => Some(&steps[1..]),
        Some(StepKind::Splat) => None,
        _ => Some(steps),
    }
}
