//! Completion of the resource type in `type`: any part of a name matches.

use super::type_slot::TypeSlot;
use crate::azapi::provider::{Provider, TypesOf};
use crate::ide::reference::{self, markdown};
use crate::ide::{CompletionItem, CompletionKind, Completions};

/// The most types that are listed at once.
const MOST: usize = 100;

/// Types that match what is written, the likeliest first.
pub(super) fn complete(slot: &TypeSlot<'_>) -> Completions {
    let typed = slot.before.trim();
    let mut found: Vec<(Rank, &str)> =
        candidates(slot).into_iter().filter_map(|name| rank(name, typed).map(|rank| (rank, name))).collect();
    found.sort_unstable();
    let items = found.iter().take(MOST).enumerate().map(|(at, (_, name))| item(slot, at, name, typed));
    // The client must request again after every key: it may know only of prefixes, while any part of a name matches.
    Completions { items: items.collect(), incomplete: true }
}

fn candidates<'r>(slot: &TypeSlot<'r>) -> Vec<&'r str> {
    match slot.types {
        TypesOf::Resource => slot.schema.resource_types().map(|found| found.name()).collect(),
        TypesOf::DataPlane => {
            Provider::get().data_plane_types().iter().map(|found| found.name.as_str()).collect()
        }
        TypesOf::Nothing => Vec::new(),
    }
}

fn item(slot: &TypeSlot<'_>, at: usize, name: &str, typed: &str) -> CompletionItem {
    let (edit, is_snippet) = slot.type_edit(name);
    let (detail, documentation) = described(slot, name);
    CompletionItem {
        label: name.to_owned(),
        kind: CompletionKind::ResourceType,
        detail,
        documentation,
        sort_text: format!("{at:04}"),
        filter_text: Some(if typed.is_empty() { name.to_owned() } else { typed.to_owned() }),
        edit,
        preselect: false,
        is_snippet,
        deprecated: false,
    }
}

/// The newest version, and where such resources live.
fn described(slot: &TypeSlot<'_>, name: &str) -> (Option<String>, Option<String>) {
    if slot.types == TypesOf::DataPlane {
        let found =
            Provider::get().data_plane_type(name).map(|found| reference::data_plane_type(found, None));
        return (None, found.as_ref().and_then(markdown::documentation));
    }
    let Some(found) = slot.schema.resource_type(name).map(reference::in_short) else { return (None, None) };
    (Some(format!("newest {}", found.type_line(1))), markdown::documentation(&found))
}

/// Smaller is better: how the name matches, then how deep it is, then how long.
type Rank = (u8, usize, usize);

/// `None` when the name does not match. Several words must all occur.
fn rank(name: &str, typed: &str) -> Option<Rank> {
    let lower = name.to_ascii_lowercase();
    let typed = typed.to_ascii_lowercase();
    let class = if lower == typed {
        0
    } else if lower.starts_with(&typed) {
        1
    } else if lower.rsplit(['/', '.']).next().is_some_and(|last| last.starts_with(&typed)) {
        2
    } else if lower.split(['/', '.']).any(|part| part.starts_with(&typed)) {
        3
    } else if lower.contains(&typed) {
        4
    } else if in_order(&lower, &typed) || typed.split_whitespace().all(|word| lower.contains(word)) {
        5
    } else {
        return None;
    };
    Some((class, name.matches('/').count(), name.len()))
}

/// Whether the pieces between slashes occur one behind the other: `network/subnets`.
fn in_order(name: &str, typed: &str) -> bool {
    let mut rest = name;
    typed.split('/').all(|piece| match rest.find(piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn any_part_of_a_name_matches_and_better_ones_come_first() {
        let name = "Test.Rp/widgets/gears";
        let class = |typed: &str| rank(name, typed).map(|rank| rank.0);
        assert_eq!(class("test.rp/WIDGETS/gears"), Some(0));
        assert_eq!(class("test"), Some(1));
        assert_eq!(class("gear"), Some(2));
        assert_eq!(class("widg"), Some(3));
        assert_eq!(class("idget"), Some(4));
        assert_eq!(class("ear idg"), Some(5));
        assert_eq!(class("test/gears"), Some(5));
        assert_eq!(class("wheel"), None);
    }
}
