//! A file of variables in JSON, read as the same in HCL.

/// The text as attributes, each part where it was: nothing moves but what stands behind a `${` or an escape that HCL
/// does not have. Empty for what is no JSON object.
pub(crate) fn as_attributes(json: &str) -> String {
    let is_object = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(json).is_ok();
    if !is_object {
        return String::new();
    }
    let mut reader = Reader { text: json, depth: 0, in_key: true, out: String::with_capacity(json.len()) };
    reader.read();
    reader.out
}

struct Reader<'t> {
    text: &'t str,
    depth: u32,
    /// A string at depth 1 is a key.
    in_key: bool,
    out: String,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut rest = self.text.chars();
        while let Some(c) = rest.next() {
            match c {
                '{' | '[' => {
                    self.depth += 1;
                    self.out.push(if self.depth == 1 { ' ' } else { c });
                }
                '}' | ']' => {
                    self.out.push(if self.depth == 1 { '\n' } else { c });
                    self.depth -= 1;
                }
                '"' => {
                    let inner = rest.as_str();
                    let length = string_length(inner);
                    self.string(&inner[..length]);
                    rest = inner.get(length + 1..).unwrap_or_default().chars();
                }
                ':' if self.depth == 1 => {
                    self.in_key = false;
                    self.out.push('=');
                }
                ',' if self.depth == 1 => {
                    self.in_key = true;
                    self.out.push('\n');
                }
                // A line break would end an attribute.
                '\n' | '\r' | '\t' => self.out.push(' '),
                c => self.out.push(c),
            }
        }
    }

    /// `inner` without its quotes.
    fn string(&mut self, inner: &str) {
        if self.depth == 1 && self.in_key {
            self.out.push_str(&format!(" {inner} "));
            return;
        }
        self.out.push('"');
        let mut rest = inner.chars().peekable();
        while let Some(c) = rest.next() {
            match (c, rest.peek()) {
                ('\\', Some('/')) => {}
                ('\\', Some('b')) => {
                    rest.next();
                    self.out.push_str("\\u0008");
                }
                ('\\', Some('f')) => {
                    rest.next();
                    self.out.push_str("\\u000c");
                }
                ('\\', Some(_)) => {
                    self.out.push('\\');
                    self.out.extend(rest.next());
                }
                // Strings are no templates here.
                ('$' | '%', Some('{')) => {
                    self.out.push(c);
                    self.out.push(c);
                }
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
    }
}

/// The bytes before the closing quote.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax;
    use crate::syntax::ast::AstNode;

    #[test]
    fn an_object_becomes_attributes_in_their_places() {
        let json =
            "{\n  \"a\": \"x\",\n  \"b\": {\n    \"k\": [1, null, true]\n  },\n  \"c\":\n    1.5e3\n}\n";
        let text = as_attributes(json);
        let parse = syntax::parse(&text);
        assert!(parse.errors().is_empty(), "{text:?} {:?}", parse.errors());
        let body = parse.root().body();
        for (name, value) in [("a", "\"x\""), ("b", "{     \"k\": [1, null, true]   }"), ("c", "1.5e3")] {
            let node = body.attribute(name).unwrap().value().unwrap();
            assert_eq!(node.syntax().text().to_string(), value);
            let start = usize::from(node.syntax().text_range().start());
            assert_eq!(json[start..].chars().next(), value.chars().next(), "{name} stands where it stood");
        }
    }

    #[test]
    fn a_string_is_no_template() {
        let text = as_attributes(r#"{"a": "${x} %{y} \/ \b \" \\ é"}"#);
        assert_eq!(text.trim(), r#"a = "$${x} %%{y} / \u0008 \" \\ é""#);
    }

    #[test]
    fn what_is_no_object_gives_nothing() {
        for text in ["", "[]", "{\"a\": ", "{\"a\" = 1}", "a = 1"] {
            assert_eq!(as_attributes(text), "", "{text}");
        }
    }
}
