//! Which versions of azapi a module asks for.

use crate::syntax::ast::{self, Expression};
use crate::terraform::Module;
use crate::terraform::module::ModuleFile;

/// Whether `required_providers` admits no version of azapi but those before 2, whose `body` is a string.
pub(crate) fn is_before_2(module: &Module) -> bool {
    holds(module, excludes_2)
}

/// Whether `required_providers` admits no version of azapi but later ones than the one that is known
/// ([`Provider::provider_version`](super::Provider::provider_version)), which may take more.
pub(crate) fn is_beyond_known(module: &Module) -> bool {
    let known = numbers(&super::Provider::get().provider_version).unwrap_or_default();
    holds(module, |constraint| begins_behind(constraint, &known))
}

/// Whether a constraint of a module is such a one.
fn holds(module: &Module, is_such: impl Fn(&str) -> bool) -> bool {
    // What a file of overrides says of a provider counts in place of what others say.
    let of_overrides = of_files(module.files().iter().filter(|file| file.is_override()), &is_such);
    of_overrides
        .or_else(|| of_files(module.files().iter().filter(|file| !file.is_override()), &is_such))
        .unwrap_or_default()
}

/// `None` where none of the files names azapi.
fn of_files<'m>(
    files: impl Iterator<Item = &'m ModuleFile>,
    is_such: &impl Fn(&str) -> bool,
) -> Option<bool> {
    let files = files.map(|file| file.root().body());
    let terraform = files.flat_map(|body| body.blocks_named("terraform").collect::<Vec<_>>());
    let providers =
        terraform.filter_map(|block| block.body()?.blocks_named("required_providers").next()?.body());
    let azapi = providers.filter_map(|body| body.attribute("azapi")?.value());
    let such = azapi.map(|azapi| constraint(&azapi).is_some_and(|constraint| is_such(&constraint)));
    such.reduce(|one, other| one || other)
}

/// `{ source = …, version = "~> 1.13" }`, or the version alone.
fn constraint(azapi: &Expression) -> Option<String> {
    match azapi {
        Expression::Object(object) => object.item("version")?.value()?.literal_string(),
        other => ast::Expression::literal_string(other),
    }
}

/// Of several conditions all hold, so one that ends below 2 is enough.
fn excludes_2(constraint: &str) -> bool {
    conditions(constraint).any(|(operator, parts)| {
        let is_below_2 = parts[0] < 2;
        match operator {
            "" | "=" | "<=" => is_below_2,
            // With one number alone it has no upper end.
            "~>" => is_below_2 && parts.len() > 1,
            "<" => is_below_2 || (parts[0] == 2 && parts[1..].iter().all(|part| *part == 0)),
            _ => false,
        }
    })
}

/// The same for one that begins behind a version.
fn begins_behind(constraint: &str, known: &[u32]) -> bool {
    conditions(constraint).any(|(operator, parts)| match operator {
        "" | "=" | ">=" | "~>" => parts.as_slice() > known,
        ">" => parts.as_slice() >= known,
        _ => false,
    })
}

/// Each with its operator and the numbers of its version, of which there is one at least.
fn conditions(constraint: &str) -> impl Iterator<Item = (&str, Vec<u32>)> {
    constraint.split(',').filter_map(|condition| {
        let condition = condition.trim();
        let version = condition.trim_start_matches(['~', '>', '<', '=', '!']);
        let operator = &condition[..condition.len() - version.len()];
        Some((operator, numbers(version)?))
    })
}

/// `None` for what has other parts than numbers.
fn numbers(version: &str) -> Option<Vec<u32>> {
    version.trim().split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constraint_ends_below_2_or_does_not() {
        for below in
            ["~> 1.13", "~>1.13.0", "1.15.0", "= 1.0", "< 2.0.0", ">= 1.9, < 2.0", "<= 1.15", "~> 0.4"]
        {
            assert!(excludes_2(below), "{below}");
        }
        for open in ["~> 2.0", ">= 1.9", "~> 1", "< 3.0", "!= 1.0", "> 1.0", "2.1.0", "< 2.1", "", "nonsense"]
        {
            assert!(!excludes_2(open), "{open}");
        }
    }

    #[test]
    fn a_constraint_begins_behind_a_version_or_does_not() {
        for behind in
            [">= 2.13", "~> 2.13", "~> 2.12.1", "2.12.1", "= 3.0", "> 2.12.0", "~> 3", ">= 2.13, < 3.0"]
        {
            assert!(begins_behind(behind, &[2, 12, 0]), "{behind}");
        }
        for open in
            ["~> 2.0", ">= 2.12", "~> 2.12", "2.12.0", "< 3.0", "!= 2.13", "> 2.11", "~> 1.13", "", "x"]
        {
            assert!(!begins_behind(open, &[2, 12, 0]), "{open}");
        }
    }
}
