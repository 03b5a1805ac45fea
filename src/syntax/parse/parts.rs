//! A large text read in parts on several threads. Where a part begins is a guess: what was read from there counts only
//! if a chunk before it ends right there, as chunks depend on nothing but their own text.

use super::{Parse, Reader};
use crate::parallel;

/// A part of fewer bytes is read sooner than a thread is there for it.
const LEAST: usize = 32 << 10;

/// In parts where that pays.
pub(super) fn parse(text: &str) -> Parse {
    let most = text.len() / LEAST;
    let count = if most < 2 { 1 } else { parallel::threads().min(most) };
    from(text, &starts(text, count))
}

/// Where so many parts may begin: behind lines that look like the last of a block.
fn starts(text: &str, count: usize) -> Vec<usize> {
    let mut starts = vec![0];
    for part in 1..count {
        let near = (text.len() / count * part).max(starts[starts.len() - 1]);
        let Some(rest) = (near..text.len()).find_map(|at| text.get(at..)) else { break };
        let behind = |(at, line): (usize, &str)| {
            let after = &rest[at + line.len()..];
            let line_break = ["\n", "\r\n"].into_iter().find(|it| after.starts_with(it))?;
            Some(text.len() - after.len() + line_break.len())
        };
        let Some(start) = rest.match_indices("\n}").find_map(behind) else { break };
        starts.extend((start < text.len()).then_some(start));
    }
    starts
}

/// With parts that begin there, the first at 0; ascending, none within a character.
fn from(text: &str, starts: &[usize]) -> Parse {
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let read = parallel::in_order(&parts, parts.len(), |&(start, end)| {
        let mut reader = Reader::new(text, start);
        while reader.lexer_pos() < end && reader.next() {}
        reader
    });
    let mut all = read.into_iter();
    let mut whole = all.next().unwrap_or_else(|| Reader::new(text, 0));
    for (part, &(start, end)) in all.zip(&parts[1..]) {
        if whole.lexer_pos() == start && whole.is_neutral() {
            whole.append(part);
        } else {
            while whole.lexer_pos() < end && whole.next() {}
        }
    }
    whole.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What it is without parts.
    fn alone(text: &str) -> Parse {
        from(text, &[0])
    }

    #[test]
    fn parts_begin_behind_blocks() {
        let text = "a {\n}\nb {\n  c {\n  }\n}\nd {\r\n}\r\ne = 1\n";
        let found: Vec<&str> = starts(text, 4).into_iter().map(|at| &text[at..]).collect();
        assert_eq!(found, [text, "d {\r\n}\r\ne = 1\n", "e = 1\n"]);
        assert_eq!(starts("a = 1\nb = 2\n", 3), [0]);
    }

    #[test]
    fn parts_that_begin_anywhere_give_the_tree_of_the_whole_text() {
        let texts = [
            "a {\n  b = 1\n}\n\n# c\nd = [\n  1,\n]\ne {\n}\n",
            "\u{feff}a = <<X\nb {\n}\nX\nc {\n}\n",
            "a {\n  b = \"${\n}\nc {\n}\n/* d\n}\n*/\ne = 1",
            "a = {\n}\n}\nb {\nc {\n}\n\"\nd = \"\n}\n",
            "a = ((\nb {\n  c = <<-X\n  X\n}\nd = 1 @\ne {\n}\n",
        ];
        for text in texts {
            let whole = alone(text);
            let places: Vec<usize> = (1..text.len()).filter(|at| text.is_char_boundary(*at)).collect();
            for (at, &first) in places.iter().enumerate() {
                assert_eq!(from(text, &[0, first]), whole, "{text:?} in parts from {first}");
                for &second in places[at + 1..].iter().step_by(3) {
                    assert_eq!(from(text, &[0, first, second]), whole, "{text:?} from {first} and {second}");
                }
            }
        }
    }

    #[test]
    fn a_large_text_is_read_in_parts_to_the_same_tree() {
        let text = "resource \"a\" \"b\" {\n  c = \"d\"\n}\n".repeat(4_000);
        assert!(text.len() > 2 * LEAST);
        assert_eq!(parse(&text), alone(&text));
        let parts = starts(&text, 3);
        assert_eq!(parts.len(), 3);
        assert_eq!(from(&text, &parts), alone(&text));
    }
}
