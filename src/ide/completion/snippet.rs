//! Snippets as plain text, for clients that know none.

/// The text with what its stops hold, the first of a choice; the lines behind the first begin with `indent`.
pub(crate) fn plain_text(snippet: &str, indent: &str) -> String {
    let mut out = String::with_capacity(snippet.len());
    let mut rest = snippet.chars().peekable();
    // Inside of placeholders, each ended by a brace.
    let mut depth = 0_usize;
    while let Some(c) = rest.next() {
        match c {
            '\\' => out.extend(rest.next()),
            '\n' => {
                out.push('\n');
                out.push_str(indent);
            }
            '$' if rest.peek().is_some_and(char::is_ascii_digit) => {
                while rest.next_if(char::is_ascii_digit).is_some() {}
            }
            '$' if rest.next_if_eq(&'{').is_some() => {
                while rest.next_if(char::is_ascii_digit).is_some() {}
                match rest.next() {
                    Some(':') => depth += 1,
                    Some('|') => choice(&mut rest, &mut out),
                    _ => {}
                }
            }
            '}' if depth > 0 => depth -= 1,
            c => out.push(c),
        }
    }
    out
}

/// Takes a choice to its end and writes the first of it.
fn choice(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    let mut is_first = true;
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                let escaped = rest.next();
                out.extend(escaped.filter(|_| is_first));
            }
            ',' => is_first = false,
            '|' => {
                rest.next_if_eq(&'}');
                return;
            }
            c if is_first => out.push(c),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn stops_go_and_what_they_hold_stays() {
        for (snippet, text) in [
            ("a", "a"),
            ("a = \"$0\"", "a = \"\""),
            ("a = ${1:b} $12", "a = b "),
            ("a = ${1|b,c|}d", "a = bd"),
            ("a = ${1|b\\,c,d|}", "a = b,c"),
            ("a {\n  $0\n}", "a {\n    \n  }"),
            ("\\$\\{x\\} ${1:y\\}}", "${x} y}"),
            ("${1:$2}", ""),
            ("$", "$"),
            ("${", ""),
            ("\\", ""),
        ] {
            assert_eq!(plain_text(snippet, "  "), text, "{snippet}");
        }
    }
}
