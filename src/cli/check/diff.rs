//! The difference of two texts, as `patch` reads it.

use std::io::{self, Write};
use std::ops::Range;

/// Lines shown around a change.
const AROUND: usize = 3;
/// More differing lines than this are shown as one change.
const MOST: usize = 2_000;

/// Lines of the old text, and those of the new one in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    old: Range<usize>,
    new: Range<usize>,
}

pub(super) fn write(name: &str, old: &str, new: &str, out: &mut dyn Write) -> io::Result<()> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let changes = changes(&old, &new);
    writeln!(out, "--- a/{name}\n+++ b/{name}")?;
    let mut rest = changes.as_slice();
    while let Some(first) = rest.first() {
        let near = |two: &[Change]| two[1].old.start - two[0].old.end <= 2 * AROUND;
        let count = 1 + rest.windows(2).take_while(|two| near(two)).count();
        let (hunk, behind) = rest.split_at(count);
        let last = &hunk[count - 1];
        let before = first.old.start.min(AROUND);
        let after = (old.len() - last.old.end).min(AROUND);
        let olds = first.old.start - before..last.old.end + after;
        let news = first.new.start - before..last.new.end + after;
        writeln!(out, "@@ -{} +{} @@", place(&olds), place(&news))?;
        let mut at = olds.start;
        for change in hunk {
            lines(' ', &old[at..change.old.start], out)?;
            lines('-', &old[change.old.clone()], out)?;
            lines('+', &new[change.new.clone()], out)?;
            at = change.old.end;
        }
        lines(' ', &old[at..olds.end], out)?;
        rest = behind;
    }
    Ok(())
}

/// The first line and the count; of no lines the one before.
fn place(lines: &Range<usize>) -> String {
    if lines.is_empty() {
        format!("{},0", lines.start)
    } else {
        format!("{},{}", lines.start + 1, lines.len())
    }
}

fn lines(mark: char, lines: &[&str], out: &mut dyn Write) -> io::Result<()> {
    for line in lines {
        write!(out, "{mark}{line}")?;
        if !line.ends_with('\n') {
            writeln!(out, "\n\\ No newline at end of file")?;
        }
    }
    Ok(())
}

/// In order, with at least one equal line between two. Quadratic in the lines that differ, of which there are at most
/// [`MOST`].
fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let start = old.iter().zip(new).take_while(same).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(same).count();
    let (old, new) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    if old.len().max(new.len()) > MOST {
        return vec![Change { old: start..start + old.len(), new: start..start + new.len() }];
    }
    // The longest common rest of each pair of rests.
    let width = new.len() + 1;
    let mut longest = vec![0_u16; (old.len() + 1) * width];
    for one in (0..old.len()).rev() {
        for two in (0..new.len()).rev() {
            longest[one * width + two] = if old[one] == new[two] {
                longest[(one + 1) * width + two + 1] + 1
            } else {
                longest[(one + 1) * width + two].max(longest[one * width + two + 1])
            };
        }
    }
    let (mut one, mut two) = (0, 0);
    let mut all: Vec<Change> = Vec::new();
    while one < old.len() || two < new.len() {
        if one < old.len() && two < new.len() && old[one] == new[two] {
            (one, two) = (one + 1, two + 1);
            continue;
        }
        let removes = two == new.len()
            || one < old.len() && longest[(one + 1) * width + two] >= longest[one * width + two + 1];
        let (from_one, from_two) = (one, two);
        if removes {
            one += 1
        } else {
            two += 1
        }
        match all.last_mut() {
            Some(last) if last.old.end == start + from_one && last.new.end == start + from_two => {
                last.old.end = start + one;
                last.new.end = start + two;
            }
            _ => all.push(Change { old: start + from_one..start + one, new: start + from_two..start + two }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(old: &str, new: &str) -> String {
        let mut out = Vec::new();
        write("f", old, new, &mut out).unwrap();
        String::from_utf8(out).unwrap().replacen("--- a/f\n+++ b/f\n", "", 1)
    }

    #[test]
    fn lines_around_a_change_are_shown() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        assert_eq!(
            drawn(old, &old.replace('5', "five")),
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
        assert_eq!(drawn("a\n", "a\nb\n"), "@@ -1,1 +1,2 @@\n a\n+b\n");
        assert_eq!(drawn("a\nb", "b"), "@@ -1,2 +1,1 @@\n-a\n b\n\\ No newline at end of file\n");
    }

    #[test]
    fn changes_far_from_each_other_are_apart_and_near_ones_are_not() {
        let old: String = (0..30).map(|line| format!("{line}\n")).collect();
        let far = drawn(&old, &old.replace("3\n4\n", "x\n4\n").replace("25\n", ""));
        assert_eq!(far.matches("@@ -").count(), 2, "{far}");
        let near = drawn(&old, &old.replace("\n8\n", "\nx\n").replace("\n12\n", "\ny\n"));
        assert_eq!(near.matches("@@ -").count(), 1, "{near}");
    }

    #[test]
    fn a_text_that_is_wholly_another_is_one_change() {
        let (old, new) = ("a\n".repeat(3_000), "b\n".repeat(3_000));
        assert!(drawn(&old, &new).starts_with("@@ -1,3000 +1,3000 @@\n-a\n"));
    }
}
