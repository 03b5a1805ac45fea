//! "Did you mean": the names nearest to one that is not known.

use std::collections::BinaryHeap;

/// Names longer than this are not compared: nobody mistypes them, and the work grows with the length.
const LONGEST: usize = 200;

/// The candidates nearest to `wanted`, best first, at most `most` of them; empty when nothing is near.
///
/// Near means few typing errors (a letter more, less, other, or two swapped), whatever the case: one for each
/// three letters, at least one and at most five. Equally near ones keep the order of `candidates`.
pub(crate) fn closest<'a>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let wanted = Word::new(wanted);
    if wanted.length == 0 || wanted.length > LONGEST || most == 0 {
        return Vec::new();
    }
    let limit = (wanted.length / 3).clamp(1, 5);
    let mut best: BinaryHeap<(usize, usize, &'a str)> = BinaryHeap::with_capacity(most + 1);
    for (order, candidate) in candidates.into_iter().enumerate() {
        let limit = match best.peek() {
            Some(&(worst, ..)) if best.len() == most => worst.saturating_sub(1),
            _ => limit,
        };
        if cannot_be_near(&wanted, candidate, limit) {
            continue;
        }
        if let Some(distance) = wanted.distance(&Word::new(candidate), limit) {
            best.push((distance, order, candidate));
            if best.len() > most {
                best.pop();
            }
        }
    }
    best.into_sorted_vec().into_iter().map(|(_, _, candidate)| candidate).collect()
}

/// How many typing errors lie between two names, whatever their case.
pub(crate) fn typing_errors(one: &str, other: &str) -> usize {
    let (one, other) = (Word::new(one), Word::new(other));
    let most = one.length.max(other.length).min(LONGEST);
    one.distance(&other, most).unwrap_or(most)
}

/// Whether the length and the letters of a candidate alone rule it out; costs no allocation, and most candidates
/// end here.
fn cannot_be_near(wanted: &Word, candidate: &str, limit: usize) -> bool {
    if !candidate.is_ascii() {
        return candidate.len() > 4 * (wanted.length + limit);
    }
    if candidate.len().abs_diff(wanted.length) > limit {
        return true;
    }
    let set = candidate.bytes().fold(0, |set, byte| set | letter_bit(char::from(byte.to_ascii_lowercase())));
    distance_at_least(wanted.set, set) > limit
}

/// One of 64 bits for a letter; different letters may share one.
fn letter_bit(letter: char) -> u64 {
    1 << (letter as u32 % 64)
}

/// So many letters of one set are not in the other: each is at least one typing error.
fn distance_at_least(one: u64, other: u64) -> usize {
    (one & !other).count_ones().max((other & !one).count_ones()) as usize
}

/// A name folded to lower case, with what its letters tell at once.
struct Word {
    folded: String,
    length: usize,
    set: u64,
}

impl Word {
    fn new(text: &str) -> Self {
        let folded: String = text.chars().flat_map(char::to_lowercase).collect();
        let set = folded.chars().fold(0, |set, letter| set | letter_bit(letter));
        Self { length: folded.chars().count(), folded, set }
    }

    /// Number of typing errors between two words (optimal string alignment), or `None` when over `limit`.
    fn distance(&self, other: &Word, limit: usize) -> Option<usize> {
        if self.length.abs_diff(other.length) > limit || distance_at_least(self.set, other.set) > limit {
            return None;
        }
        Some(strsim::osa_distance(&self.folded, &other.folded)).filter(|&distance| distance <= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [&str; 6] = ["status", "scopeMapId", "credentials", "state", "description", "id"];

    #[test]
    fn the_nearest_name_comes_first() {
        assert_eq!(closest("statsu", NAMES, 1), ["status"]);
        assert_eq!(closest("stats", NAMES, 3), ["status", "state"]);
    }

    #[test]
    fn case_does_not_count() {
        assert_eq!(closest("SCOPEMAPID", NAMES, 3), ["scopeMapId"]);
    }

    #[test]
    fn swapped_letters_are_one_typing_error() {
        assert_eq!(closest("nmae", ["name", "mane"], 2), ["name"]);
    }

    #[test]
    fn nothing_near_gives_nothing() {
        assert!(closest("location", NAMES, 3).is_empty());
        assert!(closest("", NAMES, 3).is_empty());
        assert!(closest("status", NAMES, 0).is_empty());
        assert!(closest("status", [], 3).is_empty());
    }

    #[test]
    fn at_most_so_many_are_given_and_equals_keep_their_order() {
        assert_eq!(closest("abcd", ["abcx", "abcy", "abcd", "abcz"], 3), ["abcd", "abcx", "abcy"]);
    }

    #[test]
    fn a_huge_name_is_not_compared() {
        let huge = "x".repeat(100_000);
        assert!(closest(&huge, [huge.as_str()], 3).is_empty());
        assert!(closest("status", [huge.as_str()], 3).is_empty());
    }

    /// Optimal string alignment by its definition, over the whole table.
    fn distance(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let other = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let best = other.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    let swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swap { best.min(table[i - 2][j - 2] + 1) } else { best }
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn what_is_ruled_out_early_is_not_near(a in "[abc]{0,9}", b in "[abc]{0,9}", limit in 1usize..6) {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let whole = distance(&letters(&a), &letters(&b));
            let found = Word::new(&a).distance(&Word::new(&b), limit);
            prop_assert_eq!(found, Some(whole).filter(|&distance| distance <= limit));
        }
    }
}
