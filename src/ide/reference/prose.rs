//! The publisher's sentences as Markdown: their HTML and Markdown is rendered where it is well formed, and all else is
//! taken as it is.

use super::markdown::{code, escape};

/// A longer description is cut at a word.
const LONGEST: usize = 1_000;

/// Markdown that shows a description as its writer meant it.
pub(super) fn prose(description: &str) -> String {
    let mut prose = Prose::default();
    let cut = cut(description);
    let mut rest = cut.as_str();
    while !rest.is_empty() {
        rest = prose.piece(rest);
    }
    prose.text();
    tidied(&prose.out)
}

fn cut(description: &str) -> String {
    let Some((end, _)) = description.char_indices().nth(LONGEST) else { return description.to_owned() };
    let end = description[..end].rfind(char::is_whitespace).unwrap_or(end);
    // A link that is cut is none.
    let open = description[..end].rfind('[').filter(|at| !description[*at..end].contains(')'));
    let end = open
        .filter(|at| description[*at..].split_once(')').is_some_and(|(link, _)| link.contains("](")))
        .unwrap_or(end);
    format!("{} …", description[..end].trim_end())
}

#[derive(Default)]
struct Prose {
    out: String,
    /// Text that is no markup, not yet written.
    plain: String,
}

impl Prose {
    fn text(&mut self) {
        self.out.push_str(&escape(&std::mem::take(&mut self.plain)));
    }

    fn markup(&mut self, markup: &str) {
        self.text();
        self.out.push_str(markup);
    }

    /// Takes one piece off the front; what is left.
    fn piece<'t>(&mut self, rest: &'t str) -> &'t str {
        let found = match rest.as_bytes()[0] {
            b'<' => self.element(rest),
            b'&' => self.entity(rest),
            b'`' => self.code(rest),
            b'[' => self.link(rest),
            b'*' => self.bold(rest),
            b'\\' => self.escaped(rest),
            _ => None,
        };
        found.unwrap_or_else(|| {
            let mut all = rest.chars();
            self.plain.extend(all.next());
            all.as_str()
        })
    }

    fn element<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b'>')?;
        let (tag, behind) = (&rest[1..end], &rest[end + 1..]);
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        match name.trim_end_matches('/').to_ascii_lowercase().as_str() {
            "br" | "p" | "/p" | "div" | "/div" => self.markup("\n\n"),
            "li" => self.markup("\n- "),
            "ul" | "/ul" | "ol" | "/ol" => self.markup("\n\n"),
            "/li" | "span" | "/span" => {}
            "b" | "strong" => return self.between(behind, &format!("</{name}>"), "**"),
            "i" | "em" => return self.between(behind, &format!("</{name}>"), "*"),
            "code" => {
                let (inner, behind) = split_at(behind, "</code>")?;
                self.markup(&code(&unescaped(inner)));
                return Some(behind);
            }
            "a" => {
                let address = attribute(tag, "href")?;
                let (inner, behind) = split_at(behind, "</a>")?;
                self.linked(inner, address)?;
                return Some(behind);
            }
            _ => return None,
        }
        Some(behind)
    }

    /// Text between two marks, up to what closes it.
    fn between<'t>(&mut self, behind: &'t str, end: &str, mark: &str) -> Option<&'t str> {
        let (inner, behind) = split_at(behind, end)?;
        let inner = unescaped(inner.trim());
        if !inner.is_empty() {
            self.markup(&format!("{mark}{}{mark}", escape(&inner)));
        }
        Some(behind)
    }

    fn entity<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let (entity, text) = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity))?;
        self.plain.push_str(text);
        Some(&rest[entity.len()..])
    }

    fn code<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        if let Some(behind) = self.fenced(rest, ticks) {
            return Some(behind);
        }
        let (inner, behind) = split_at(&rest[ticks..], &rest[..ticks])?;
        let is_span = !inner.trim().is_empty() && !inner.contains("\n\n") && !behind.starts_with('`');
        is_span.then(|| {
            self.markup(&code(inner.trim()));
            behind
        })
    }

    /// Lines between fences, each as code of its own, so that they may stand in a list or in one line.
    fn fenced<'t>(&mut self, rest: &'t str, ticks: usize) -> Option<&'t str> {
        let (info, mut behind) = rest[ticks..].split_once('\n').filter(|_| ticks >= 3)?;
        if info.contains('`') {
            return None;
        }
        self.markup("\n\n");
        while !behind.is_empty() {
            let (line, next) = behind.split_once('\n').unwrap_or((behind, ""));
            behind = next;
            // As long as the fence that opens it, or longer.
            let line = line.trim();
            if line.len() >= ticks && line.bytes().all(|byte| byte == b'`') {
                break;
            }
            if !line.is_empty() {
                self.markup(&format!("{}\n\n", code(&unescaped(line))));
            }
        }
        Some(behind)
    }

    fn link<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let (text, behind) = split_at(&rest[1..], "](")?;
        let (address, behind) = split_at(behind, ")")?;
        let address = address.trim();
        if text.contains(['[', ']', '\n']) {
            return None;
        }
        self.linked(text, address)?;
        Some(behind)
    }

    fn linked(&mut self, text: &str, address: &str) -> Option<()> {
        let is_address = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme))
            && !address.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>'));
        let text = unescaped(text.trim());
        is_address.then(|| {
            let text = if text.is_empty() { address } else { &text };
            self.markup(&format!("[{}]({address})", escape(text)));
        })
    }

    fn bold<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let (inner, _) = split_at(rest.strip_prefix("**")?, "**")?;
        let is_bold = !inner.starts_with(char::is_whitespace)
            && !inner.ends_with(char::is_whitespace)
            && !inner.contains('\n')
            && !inner.is_empty();
        is_bold.then(|| self.between(&rest[2..], "**", "**")).flatten()
    }

    /// A backslash in front of what it takes as it is.
    fn escaped<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let literal = rest[1..]
            .chars()
            .next()
            .filter(|c| matches!(c, '_' | '*' | '<' | '>' | '[' | ']' | '`' | '"'))?;
        self.plain.push(literal);
        Some(&rest[2..])
    }
}

const ENTITIES: [(&str, &str); 7] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&apos;", "'"),
    ("&nbsp;", " "),
];

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    // An ampersand last, so that none is read twice.
    for (entity, plain) in ENTITIES.iter().filter(|(entity, _)| *entity != "&amp;") {
        text = text.replace(entity, plain);
    }
    text.replace("&amp;", "&")
}

/// What stands in front of `end`, which is not far, and what stands behind it.
fn split_at<'t>(text: &'t str, end: &str) -> Option<(&'t str, &'t str)> {
    let at = text.find(end)?;
    Some((&text[..at], &text[at + end.len()..]))
}

/// The value of an attribute in a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, behind) = tag.split_once(name)?;
    let value = behind.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value[1..].split_once(quote)?.0)
}

/// Without spaces at the ends of lines, without indentation that would make code of text, at most one empty line in a
/// row.
fn tidied(text: &str) -> String {
    let mut out = String::new();
    let mut empty = 0;
    for line in text.lines().map(str::trim) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_rendered_and_all_else_is_text() {
        for (description, shown) in [
            ("A <b>bold</b> word", "A **bold** word"),
            ("one<br/>two<br>three", "one\n\ntwo\n\nthree"),
            ("<p>one</p><ul><li>a</li><li>b_</li></ul>", "one\n\n- a\n- b\\_"),
            ("see <a href=\"https://a.b/c\">this page</a>.", "see [this page](https://a.b/c)."),
            ("see [this](https://a.b/c).", "see [this](https://a.b/c)."),
            ("see [this]( https://a.b/c ).", "see [this](https://a.b/c)."),
            (r#"a \"quoted\" word in [0, 1]"#, r#"a "quoted" word in [0, 1]"#),
            ("no [link] (a) [x](y)", "no \\[link\\] (a) \\[x\\](y)"),
            ("a `code_span` and a ` tick", "a `code_span` and a \\` tick"),
            ("**bold** and 2 ** 3 * 4", "**bold** and 2 \\*\\* 3 \\* 4"),
            ("2 ** 3 ** 4", "2 \\*\\* 3 \\*\\* 4"),
            ("<resource-name> &lt;x&gt; &amp;lt;", "\\<resource-name> \\<x> &lt;"),
            ("<code>a*b</code> a < b", "`a*b` a < b"),
            ("a\r\n    b\n\n\n\nc", "a\nb\n\nc"),
            ("<a href=\"javascript:x\">x", "\\<a href=\"javascript:x\">x"),
        ] {
            assert_eq!(prose(description), shown, "{description}");
        }
    }

    #[test]
    fn a_long_description_is_cut_at_a_word() {
        let long = "word ".repeat(LONGEST);
        let shown = prose(&long);
        assert!(shown.ends_with("word …"), "{shown}");
        assert!(shown.chars().count() <= LONGEST + 2);
        let long = format!("{}[a page of words](https://a.b/c) and more", "word ".repeat(LONGEST / 5 - 2));
        assert!(prose(&long).ends_with("word …"), "{}", prose(&long));
        let long = format!("{}a list[1] of words and more words", "word ".repeat(LONGEST / 5 - 3));
        assert!(prose(&long).ends_with("a list[1] of …"), "{}", prose(&long));
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_some_rendering(text in "[a-zé<>/`*\\[\\]()&;\\\\\" \n]{0,40}") {
            let _ = prose(&text);
        }
    }

    #[test]
    fn each_line_of_a_fenced_block_is_code() {
        let said = "One of:\r\n\r\n```azurecli\r\naz sql list -l <location>\r\n````\r\n\r\n```powershell\nGet-It\n  -All\n```\nIt is free.";
        assert_eq!(
            prose(said),
            "One of:\n\n`az sql list -l <location>`\n\n`Get-It`\n\n`-All`\n\nIt is free."
        );
        // Cut before its end, and none.
        assert_eq!(prose("```\na\nb"), "`a`\n\n`b`");
        assert_eq!(prose("```a``` b"), "`a` b");
        assert_eq!(prose("```"), "\\`\\`\\`");
    }
}
