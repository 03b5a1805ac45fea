//! Modules in which everything may refer to everything: blocks that repeat for one another, locals, variables, calls of
//! modules, in circles more often than not. Each question ends, and soon.
//!
//! An input is a configuration, or a folder: the files under `#- NAME` lines.

use crate::choices::Choices;
use crate::driver::Target;
use crate::grammar::{Grammar, NAMES};
use crate::{answers, damage, folders};

/// The evaluator upon circles.
pub const TARGET: Target = Target { name: "circles", samples: Vec::new, damage: made, check, cases: 150 };

fn made(choices: &mut Choices, samples: &[Vec<u8>]) -> Vec<u8> {
    if choices.once_in(16) {
        return damage::text(choices, samples, &NAMES);
    }
    let is_folder = choices.once_in(4);
    let mut text = String::new();
    for folder in ["", "a/", "b/"] {
        let is_first = folder.is_empty();
        if is_first || (is_folder && choices.once_in(2)) {
            if is_folder {
                text.push_str(&format!("#- {folder}main.tf\n"));
            }
            let constants = choices.one_of(&[0, 3]);
            let items = Grammar { choices, constants }.items(is_folder);
            text.extend(items.into_iter().map(|item| item.text));
        }
    }
    text.into_bytes()
}

/// Asks all of a module.
///
/// # Panics
///
/// Where an answer does not fit it.
pub fn check(input: &[u8]) {
    if input.starts_with(b"#- ") { folders::check(input) } else { answers::check(input) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_refers_in_circles_is_answered() {
        crate::driver::run(super::TARGET);
    }
}
