//! Damages a text by its words, and bytes by themselves.

use crate::choices::Choices;

/// Damaged inputs grow no longer than this: long ones are slow and find nothing more.
const LONGEST: usize = 6_000;

/// The words of a text: names and numbers, runs of spaces, and every other character by itself.
fn words(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' => 1,
        ' ' | '\t' => 2,
        _ => 0,
    };
    let mut found = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| before == 0 || before != class(c)) {
            found.push(&text[start..at]);
            start = at;
        }
        before = Some(class(c));
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Characters and numbers that are read wrongly more often than others.
const ODD: [&str; 24] = [
    "\u{feff}",
    "\0",
    "\r",
    "\r\n",
    "\u{2028}",
    "\u{85}",
    "ü",
    "😀",
    "e\u{301}",
    "\\u{d83d}",
    "\\",
    "\"",
    "'",
    "$",
    "%",
    "{",
    "}",
    "[",
    "]",
    "-1",
    "9223372036854775808",
    "1e400",
    "0.1",
    "null",
];

/// A few changes to one of the samples: pieces taken out, doubled, swapped, put in from the dictionary or from another
/// sample.
pub fn text(choices: &mut Choices, samples: &[Vec<u8>], dictionary: &[&str]) -> Vec<u8> {
    let sample = |choices: &mut Choices| String::from_utf8_lossy(&choices.one_of(samples)).into_owned();
    let mut text = sample(choices);
    for _ in 0..=choices.below(6) {
        let other = sample(choices);
        let by_lines = choices.once_in(4);
        let split = if by_lines { lines } else { words };
        text = changed(choices, &split(&text), &split(&other), dictionary);
        if text.len() > LONGEST {
            let mut end = LONGEST;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
    }
    text.into_bytes()
}

/// The pieces with one change.
fn changed(choices: &mut Choices, pieces: &[&str], other: &[&str], dictionary: &[&str]) -> String {
    let mut pieces: Vec<&str> = pieces.to_vec();
    let at = choices.below(pieces.len() + 1);
    let most = if choices.once_in(4) { 40 } else { 4 };
    let end = (at + 1 + choices.below(most)).min(pieces.len());
    let from = choices.below(other.len());
    let to = (from + 1 + choices.below(12)).min(other.len());
    match choices.below(10) {
        0 | 1 => drop(pieces.drain(at..end)),
        2 => {
            let doubled = pieces[at..end].to_vec();
            pieces.splice(at..at, doubled);
        }
        3 if !pieces.is_empty() => {
            let (one, two) = (choices.below(pieces.len()), choices.below(pieces.len()));
            pieces.swap(one, two);
        }
        4 => drop(pieces.splice(at..at, other[from..to].iter().copied())),
        5 => drop(pieces.splice(at..end, other[from..to].iter().copied())),
        6 => drop(pieces.splice(at..end.min(at + 1), [choices.one_of(dictionary)])),
        7 => pieces.insert(at, choices.one_of(&ODD)),
        8 if choices.once_in(3) => pieces.truncate(at),
        _ => pieces.insert(at, choices.one_of(dictionary)),
    }
    pieces.concat()
}

/// A few changes to the bytes of one of the samples.
pub fn bytes(choices: &mut Choices, samples: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = choices.one_of(samples);
    for _ in 0..=choices.below(4) {
        let at = choices.below(bytes.len());
        let end = (at + 1 + choices.below(64)).min(bytes.len());
        match choices.below(9) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at.min(end)..end)),
            2 => {
                let doubled = bytes[at.min(end)..end].to_vec();
                bytes.splice(at..at, doubled);
            }
            3 => {
                let other = choices.one_of(samples);
                let from = choices.below(other.len());
                let to = (from + choices.below(64)).min(other.len());
                bytes.splice(at.min(end)..end, other[from..to].iter().copied());
            }
            4 => {
                let number =
                    choices.one_of(&[0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX, u32::MAX - 3, 0xffff]);
                for (byte, new) in bytes.iter_mut().skip(at).zip(number.to_le_bytes()) {
                    *byte = new;
                }
            }
            5 => {
                let new = choices.byte();
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = new);
            }
            // Small steps keep lengths and offsets plausible.
            6 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = byte.wrapping_add(1)),
            7 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = byte.wrapping_sub(1)),
            _ => {
                let flip = 1 << choices.below(8);
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= flip);
            }
        }
    }
    bytes
}

/// The smallest input found that fails still: pieces are left out, large ones first. O(n log n) checks, at most
/// `most`.
pub fn minimised(input: &[u8], most: usize, mut fails: impl FnMut(&[u8]) -> bool) -> Vec<u8> {
    let mut smallest = input.to_vec();
    let mut left = most;
    let mut size = smallest.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        let mut shrunk = false;
        while at < smallest.len() {
            if left == 0 {
                return smallest;
            }
            left -= 1;
            let end = (at + size).min(smallest.len());
            let shorter = [&smallest[..at], &smallest[end..]].concat();
            if fails(&shorter) {
                smallest = shorter;
                shrunk = true;
            } else {
                at = end;
            }
        }
        if !shrunk || size > 1 {
            size /= 2;
        }
    }
    smallest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_make_up_their_text() {
        assert_eq!(words("ab = \"ü\"\n"), ["ab", " ", "=", " ", "\"", "ü", "\"", "\n"]);
        assert!(words("").is_empty());
    }

    #[test]
    fn the_smallest_failing_input_is_found() {
        let fails = |input: &[u8]| input.windows(2).any(|pair| pair == b"xy");
        assert_eq!(minimised(b"some xy and another xy there", 1_000, fails), b"xy");
        assert_eq!(minimised(b"", 1_000, |_| true), b"");
    }

    #[test]
    fn a_seed_damages_alike_every_time() {
        let samples = [b"a = 1\n".to_vec(), b"b {}\n".to_vec()];
        for seed in 0..200 {
            let damage = || text(&mut Choices::new(seed), &samples, &["x"]);
            assert_eq!(damage(), damage());
            let damage = || bytes(&mut Choices::new(seed), &samples);
            assert_eq!(damage(), damage());
        }
        assert!(bytes(&mut Choices::new(1), &[Vec::new()]).len() < 100);
        assert!(text(&mut Choices::new(1), &[Vec::new()], &["x"]).len() < 100);
    }
}
