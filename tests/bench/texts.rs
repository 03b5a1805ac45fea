//! What is opened.

const REGISTRY: &str = include_str!("../data/costs/registry.txt");

/// Registries one after another, each with a body, until there are so many lines.
pub(crate) fn registries(lines: usize) -> String {
    let count = lines.div_ceil(REGISTRY.lines().count());
    (1..=count).map(|number| REGISTRY.replace("NUMBER", &number.to_string())).collect()
}
