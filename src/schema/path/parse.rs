//! Reads a path as `show` writes it.

use super::{BodyPath, PathError, Step};

/// The index that a word without quotes stands for; `None` where it is a key.
pub(super) fn index(word: &str) -> Option<usize> {
    word.parse::<usize>().ok().filter(|index| index.to_string() == word)
}

impl std::str::FromStr for BodyPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let mut reader = Reader { text, at: 0 };
        let mut path = BodyPath::default();
        while !reader.rest().is_empty() {
            if reader.take("[") {
                path.push(reader.variant()?);
                continue;
            }
            if !path.is_root() && !reader.take(".") {
                return Err(reader.error("`.` or `[`"));
            }
            let quoted = reader.rest().starts_with('"');
            let name = reader.word(&['.', '[', ']', '"'], "the name of a property")?;
            path.push(match (quoted, name.as_str()) {
                (false, "*") => Step::Any,
                (false, word) => index(word).map_or(Step::Key(name), Step::Index),
                (true, _) => Step::Key(name),
            });
        }
        Ok(path)
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn error(&self, expected: &'static str) -> PathError {
        PathError::Syntax { expected, at: self.at }
    }

    /// Quoted, or up to one of `ends`.
    fn word(&mut self, ends: &[char], expected: &'static str) -> Result<String, PathError> {
        if self.take("\"") {
            return self.quoted();
        }
        let rest = self.rest();
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        if word.is_empty() {
            return Err(self.error(expected));
        }
        self.at += word.len();
        Ok(word.to_owned())
    }

    fn quoted(&mut self) -> Result<String, PathError> {
        let mut word = String::new();
        let mut chars = self.rest().chars();
        while let Some(c) = chars.next() {
            self.at += c.len_utf8();
            match c {
                '"' => return Ok(word),
                '\\' => {
                    let escaped = chars.next().ok_or_else(|| self.error("a character"))?;
                    self.at += escaped.len_utf8();
                    word.push(escaped);
                }
                c => word.push(c),
            }
        }
        Err(self.error("a closing quote"))
    }

    fn variant(&mut self) -> Result<Step, PathError> {
        let discriminator = self.word(&['=', '[', ']', '"'], "the name of a discriminator")?;
        if !self.take("=") {
            return Err(self.error("`=`"));
        }
        let value = self.word(&['[', ']', '"'], "a value of the discriminator")?;
        if !self.take("]") {
            return Err(self.error("`]`"));
        }
        Ok(Step::Variant { discriminator, value })
    }
}
