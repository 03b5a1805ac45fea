//! What a traversal such as `data.azapi_resource.x[0].id` refers to.

use super::address::{Address, BlockAddress, BlockKind};
use crate::syntax::ast::{IndexKey, Step, StepKind, Traversal};

/// A reference taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it names. `None` for `each`, `count`, `self`, `path`, `terraform`: known only where it stands.
    pub target: Option<Address>,
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
        let name = || attribute(0).map(str::to_owned);
        let (target, taken) = match traversal.root.as_str() {
            "var" => (Address::Variable(name()?), 1),
            "local" => (Address::Local(name()?), 1),
            "module" => (Address::Module(name()?), 1),
            root if LOCAL_NAMES.contains(&root) => return Some(Self { target: None, taken: 0 }),
            root => match BlockKind::from_keyword(root) {
                // `resource.TYPE.NAME` is another way to write `TYPE.NAME`.
                Some(kind) => (BlockAddress::new(kind, attribute(0)?, attribute(1)?).into(), 2),
                None => (BlockAddress::new(BlockKind::Resource, root, attribute(0)?).into(), 1),
            },
        };
        Some(Self { target: Some(target), taken })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax;
    use crate::syntax::ast;

    /// What an expression refers to, and how many steps are left behind its name.
    fn target(expression: &str) -> Option<(String, usize)> {
        let body = syntax::parse(&format!("it = {expression}\n")).root().body();
        let traversal = ast::traversal(&body.attribute("it")?.value()?)?;
        let found = Reference::of(&traversal)?;
        let target = found.target.map_or("where it stands".to_owned(), |target| target.to_string());
        Some((target, traversal.steps.len() - found.taken))
    }

    #[test]
    fn a_reference_is_an_address_and_what_follows_it() {
        for (expression, expected, rest) in [
            ("var.x.y", "var.x", 1),
            ("local.x", "local.x", 0),
            ("module.m[0].out", "module.m", 2),
            ("azapi_resource.x[0].id", "azapi_resource.x", 2),
            ("resource.azapi_resource.x.id", "azapi_resource.x", 1),
            ("data.azapi_resource.x.id", "data.azapi_resource.x", 1),
            ("ephemeral.azapi_resource.x.output", "ephemeral.azapi_resource.x", 1),
            ("each.value.a", "where it stands", 2),
        ] {
            assert_eq!(target(expression), Some((expected.to_owned(), rest)), "{expression}");
        }
    }

    #[test]
    fn half_a_name_refers_to_nothing() {
        for expression in ["azapi_resource", "azapi_resource.", "data.azapi_resource", "var", "var[0]"] {
            assert_eq!(target(expression), None, "{expression}");
        }
    }
}
