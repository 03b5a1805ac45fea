//! How well a resource type matches what is typed: any part of its name may be meant, or what people call it.

use std::cmp::Reverse;

use crate::azapi::known_ids;
use crate::schema::{ResourceType, Schema, synonyms};
use crate::terraform::{BlockAddress, BlockKind};

/// How a type matches, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ide) enum Match {
    /// It is the type.
    Whole,
    /// It is called so.
    Called,
    /// Its last segment is that.
    Last,
    /// Its name, its last segment or what it is called begins so.
    Beginning,
    /// A segment of it begins so.
    Segment,
    /// It is somewhere in the name.
    Inside,
    /// All words of it are, or all segments in this order.
    Words,
}

/// What is typed, ready to be matched with many types.
pub(in crate::ide) struct Query {
    lower: String,
    /// Letters and digits alone.
    plain: String,
    /// Types that are called so, in lower case.
    called: Vec<String>,
    /// Types that have a name which begins so; sorted, in lower case.
    called_like: Vec<String>,
}

impl Query {
    pub(in crate::ide) fn new(typed: &str) -> Self {
        let lower = typed.trim().to_ascii_lowercase();
        let plain = synonyms::plain(&lower);
        let mut called = types_called(&plain, &lower);
        if called.is_empty() {
            let bare = bare(&lower);
            called = types_called(&synonyms::plain(bare), bare);
        }
        let called = called.into_iter().map(str::to_ascii_lowercase).collect();
        let like = if plain.len() > 1 { plain.as_str() } else { "" };
        let mut called_like: Vec<String> =
            synonyms::types_called_like(like).map(str::to_ascii_lowercase).collect();
        called_like.sort_unstable();
        called_like.dedup();
        Self { called, called_like, plain, lower }
    }

    pub(in crate::ide) fn is_empty(&self) -> bool {
        self.lower.is_empty()
    }

    /// `None` when the name does not match.
    pub(in crate::ide) fn rank(&self, name: &str) -> Option<Match> {
        if self.is_empty() {
            return Some(Match::Beginning);
        }
        let last = name.rsplit('/').next().unwrap_or(name);
        if name.eq_ignore_ascii_case(&self.lower) {
            Some(Match::Whole)
        } else if self.called.iter().any(|called| called.eq_ignore_ascii_case(name)) {
            Some(Match::Called)
        } else if self.is_last(last) {
            Some(Match::Last)
        } else if begins(name, &self.lower) || begins(last, &self.lower) || self.is_called_like(name) {
            Some(Match::Beginning)
        } else if let Some(at) = find(name, &self.lower) {
            let is_start = |at: usize| at == 0 || matches!(name.as_bytes()[at - 1], b'/' | b'.');
            let is_segment = is_start(at) || name.split(['/', '.']).any(|part| begins(part, &self.lower));
            Some(if is_segment { Match::Segment } else { Match::Inside })
        } else {
            self.has_words(name).then_some(Match::Words)
        }
    }

    fn is_called_like(&self, name: &str) -> bool {
        let compare = |known: &String| {
            let lower = name.bytes().map(|byte| byte.to_ascii_lowercase());
            known.bytes().cmp(lower)
        };
        self.called_like.binary_search_by(compare).is_ok()
    }

    /// Whether it is the last segment, in the singular or the plural.
    fn is_last(&self, last: &str) -> bool {
        let typed = self.plain.strip_suffix('s').unwrap_or(&self.plain);
        if typed.is_empty() || !begins(last, typed) {
            return false;
        }
        let rest = &last[typed.len()..];
        rest.is_empty() || rest.eq_ignore_ascii_case("s") || rest.eq_ignore_ascii_case("es")
    }

    fn has_words(&self, name: &str) -> bool {
        if self.plain == self.lower {
            return false;
        }
        (self.lower.contains('/') && in_order(name, self.lower.split('/')))
            || (self.lower.contains(' ')
                && self.lower.split_whitespace().all(|word| find(name, word).is_some()))
            || (self.plain.len() > 2 && has_plainly(name, &self.plain))
    }
}

/// The types that match what somebody types, the likeliest first: by how they match, then by how much they are used
/// at large, of which the number of api-versions is the measure.
pub(crate) fn search<'s>(schema: &'s Schema, typed: &str) -> Vec<ResourceType<'s>> {
    let query = Query::new(typed);
    let ranked = schema.resource_types().filter_map(|ty| {
        let matched = query.rank(ty.name())?;
        let versions = Reverse(ty.versions().len());
        Some(((matched, versions, ty.name().matches('/').count(), ty.name()), ty))
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    ranked.into_iter().map(|(_, ty)| ty).collect()
}

/// So many types are named that are called nearly so.
const NEAR: usize = 3;

/// The types that people call so; else those whose names are near, or what people call them.
pub(crate) fn meant<'s>(schema: &'s Schema, name: &str) -> Vec<&'s str> {
    let query = Query::new(name);
    let is_called = |ty: &ResourceType<'_>| query.rank(ty.name()) == Some(Match::Called);
    let called: Vec<&str> = schema.resource_types().filter(is_called).map(|ty| ty.name()).collect();
    if !called.is_empty() {
        return called;
    }
    let close = schema.close_types(name);
    if !close.is_empty() {
        return close;
    }
    let nearly = synonyms::types_called_nearly(name, NEAR).into_iter();
    nearly.filter_map(|ty| Some(schema.resource_type(ty)?.name())).collect()
}

/// Whether letters and digits stand in a name one behind the other, whatever is between them.
fn has_plainly(name: &str, plain: &str) -> bool {
    let letters =
        |start: usize| name[start..].chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    let Some(first) = plain.chars().next() else { return true };
    name.char_indices().filter(|(_, c)| c.to_ascii_lowercase() == first).any(|(at, _)| {
        let mut letters = letters(at);
        plain.chars().all(|c| letters.next() == Some(c))
    })
}

/// The types that are called so, in the singular or the plural, here or in another provider.
fn types_called(plain: &str, typed: &str) -> Vec<&'static str> {
    let singular = plain.strip_suffix('s').filter(|it| it.len() > 1).unwrap_or(plain);
    let called = synonyms::types_called(plain).chain(synonyms::types_called(singular));
    called.chain(called_elsewhere(typed)).collect()
}

/// Without the words that tell nothing: whose it is in front, and what kind of thing it is behind.
fn bare(typed: &str) -> &str {
    const OWNERS: [&str; 4] = ["azure ", "microsoft azure ", "microsoft ", "ms "];
    const KINDS: [&str; 5] = [" cluster", " instance", " account", " service", " resource"];
    let typed = OWNERS.iter().find_map(|owner| typed.strip_prefix(owner)).unwrap_or(typed);
    KINDS.iter().find_map(|kind| typed.strip_suffix(kind)).unwrap_or(typed)
}

/// The types that another provider's resource of this name is about, with or without the provider's prefix.
fn called_elsewhere(typed: &str) -> Vec<&'static str> {
    let name = typed.split([' ', '-', '_']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    let name = name.strip_prefix("azurerm_").unwrap_or(&name);
    let types = |kind| known_ids::types_of_block(&BlockAddress::new(kind, format!("azurerm_{name}"), ""));
    if name.is_empty() { Vec::new() } else { types(BlockKind::Resource) }
}

/// Whether the pieces occur one behind the other: `network/subnets`.
fn in_order<'p>(name: &str, mut pieces: impl Iterator<Item = &'p str>) -> bool {
    let mut rest = name;
    pieces.all(|piece| match find(rest, piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    })
}

fn begins(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
}

/// Where `part` stands in `text`, whatever the case of ASCII letters. Allocates nothing: thousands of names are
/// looked at for every key.
fn find(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let Some(&first) = part.first() else { return Some(0) };
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let last = text.len().checked_sub(part.len())?;
    let is_here = |at: usize| text[at..at + part.len()].eq_ignore_ascii_case(part);
    let starts = text[..=last].iter().enumerate().filter(|(_, byte)| **byte == lower || **byte == upper);
    starts.map(|(at, _)| at).find(|&at| is_here(at))
}

#[cfg(test)]
mod tests {
    use super::{Match, Query};

    #[test]
    fn any_part_of_a_name_matches_and_better_ones_come_first() {
        let name = "Test.Rp/widgets/bigGears";
        let rank = |typed: &str| Query::new(typed).rank(name);
        assert_eq!(rank("test.rp/WIDGETS/biggears"), Some(Match::Whole));
        assert_eq!(rank("biggear"), Some(Match::Last));
        assert_eq!(rank("Big Gears"), Some(Match::Last));
        assert_eq!(rank("test"), Some(Match::Beginning));
        assert_eq!(rank("bigg"), Some(Match::Beginning));
        assert_eq!(rank("widg"), Some(Match::Segment));
        assert_eq!(rank("idget"), Some(Match::Inside));
        assert_eq!(rank("ear idg"), Some(Match::Words));
        assert_eq!(rank("test/gears"), Some(Match::Words));
        assert_eq!(rank("wheel"), None);
        assert_eq!(rank(""), Some(Match::Beginning));
    }

    #[test]
    fn what_people_call_a_type_is_as_good_as_its_name() {
        let rank = |typed: &str, name: &str| Query::new(typed).rank(name);
        assert_eq!(rank("aks", "Microsoft.ContainerService/managedClusters"), Some(Match::Called));
        assert_eq!(rank("load balancers", "Microsoft.Network/loadBalancers"), Some(Match::Called));
        for typed in ["azurerm_linux_web_app", "linux_web_app", "linux web app"] {
            assert_eq!(rank(typed, "Microsoft.Web/sites"), Some(Match::Called), "{typed}");
        }
        assert_eq!(rank("log anal", "Microsoft.OperationalInsights/workspaces"), Some(Match::Beginning));
    }

    #[test]
    fn words_that_tell_nothing_are_left_out_where_nothing_is_called_so_with_them() {
        let rank = |typed: &str, name: &str| Query::new(typed).rank(name);
        for typed in ["azure kubernetes service", "Microsoft AKS", "aks cluster", "azure aks instance"] {
            assert_eq!(
                rank(typed, "Microsoft.ContainerService/managedClusters"),
                Some(Match::Called),
                "{typed}"
            );
        }
        assert_eq!(rank("storage account", "Microsoft.Storage/storageAccounts"), Some(Match::Called));
        assert_ne!(rank("azure", "Microsoft.Storage/storageAccounts"), Some(Match::Called));
    }

    #[test]
    fn characters_of_several_bytes_break_nothing() {
        for typed in ["é", "日本", "ı", "/", ".", " / "] {
            Query::new(typed).rank("Test.Rp/wïdgets/日本");
        }
    }
}
