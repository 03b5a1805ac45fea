//! How well a resource type matches what is typed: any part of its name may be meant, or what people call it.

use std::collections::HashSet;

use crate::azapi::known_ids;
use crate::schema::synonyms;
use crate::terraform::{BlockAddress, BlockKind};

/// How a type matches, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
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
pub(super) struct Query {
    lower: String,
    /// Letters and digits alone.
    plain: String,
    called: HashSet<&'static str>,
    called_like: HashSet<&'static str>,
}

impl Query {
    pub(super) fn new(typed: &str) -> Self {
        let lower = typed.trim().to_ascii_lowercase();
        let plain = synonyms::plain(&lower);
        let singular = plain.strip_suffix('s').filter(|it| it.len() > 1).unwrap_or(&plain);
        let called = synonyms::types_called(&plain).chain(synonyms::types_called(singular));
        let called = called.chain(called_elsewhere(&lower)).collect();
        let like = if plain.len() > 1 { plain.as_str() } else { "" };
        let called_like = synonyms::types_called_like(like).collect();
        Self { called, called_like, plain, lower }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lower.is_empty()
    }

    /// `None` when the name does not match.
    pub(super) fn rank(&self, name: &str) -> Option<Match> {
        if self.is_empty() {
            return Some(Match::Beginning);
        }
        let last = name.rsplit('/').next().unwrap_or(name);
        if name.eq_ignore_ascii_case(&self.lower) {
            Some(Match::Whole)
        } else if self.called.contains(name) {
            Some(Match::Called)
        } else if self.is_last(last) {
            Some(Match::Last)
        } else if begins(name, &self.lower) || begins(last, &self.lower) || self.called_like.contains(name) {
            Some(Match::Beginning)
        } else if name.split(['/', '.']).any(|part| begins(part, &self.lower)) {
            Some(Match::Segment)
        } else if find(name, &self.lower).is_some() {
            Some(Match::Inside)
        } else {
            self.has_words(name).then_some(Match::Words)
        }
    }

    /// Whether it is the last segment, in the singular or the plural.
    fn is_last(&self, last: &str) -> bool {
        let typed = self.plain.strip_suffix('s').unwrap_or(&self.plain);
        let rest =
            if begins(last, typed) && !typed.is_empty() { &last[typed.len()..] } else { return false };
        rest.is_empty() || rest.eq_ignore_ascii_case("s") || rest.eq_ignore_ascii_case("es")
    }

    fn has_words(&self, name: &str) -> bool {
        in_order(name, self.lower.split('/'))
            || self.lower.split_whitespace().all(|word| find(name, word).is_some())
            || (self.plain.len() > 2 && find(&synonyms::plain(name), &self.plain).is_some())
    }
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
    let Some(first) = part.first() else { return Some(0) };
    let last = text.len().checked_sub(part.len())?;
    (0..=last).find(|&at| {
        text[at].eq_ignore_ascii_case(first) && text[at..at + part.len()].eq_ignore_ascii_case(part)
    })
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
    fn characters_of_several_bytes_break_nothing() {
        for typed in ["é", "日本", "ı", "/", ".", " / "] {
            Query::new(typed).rank("Test.Rp/wïdgets/日本");
        }
    }
}
