//! THE path into a body: what the walk of a body hands out, what `show` is asked for, what a diagnostic names.
//!
//! It has two written forms. `Display` and `FromStr` are that of `show`: `properties.rules.*.action`,
//! `[kind=Circle].properties.radius`, `"a.dotted".x`. [`BodyPath::dotted`] is the provider's own:
//! `properties.ipRules.0.foo`, without variants.

mod lookup;
mod parse;

use std::fmt;

pub use lookup::{PathError, Resolved};

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// The key of a property, known or not.
    Key(String),
    /// A key that no property is declared for, where the type allows further ones. `show` writes it `*`.
    FreeKey(String),
    /// The item of a list at this place, counted from 0.
    Index(usize),
    /// Any item of a list, or the value of any further key.
    Any,
    /// The variant that this value of this discriminator selects; no part of the written body.
    Variant {
        /// The property that decides.
        discriminator: String,
        /// Its value.
        value: String,
    },
}

/// Where something stands in a body; without steps it is the body itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct BodyPath {
    steps: Vec<Step>,
}

impl BodyPath {
    /// From the body inward.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether it is the body itself.
    pub(crate) fn is_root(&self) -> bool {
        self.steps.is_empty()
    }

    /// One step further.
    pub fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Back to its first `len` steps.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.steps.truncate(len);
    }

    /// The path of what lies these steps below.
    pub fn join(&self, steps: impl IntoIterator<Item = Step>) -> Self {
        self.steps.iter().cloned().chain(steps).collect()
    }

    /// As the provider writes it: keys and indexes with dots between, `*` for any, variants left out.
    pub(crate) fn dotted(&self) -> String {
        let steps = self.steps.iter().filter_map(|step| match step {
            Step::Key(key) | Step::FreeKey(key) => Some(key.clone()),
            Step::Index(index) => Some(index.to_string()),
            Step::Any => Some("*".to_owned()),
            Step::Variant { .. } => None,
        });
        steps.collect::<Vec<_>>().join(".")
    }
}

impl FromIterator<Step> for BodyPath {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        BodyPath { steps: steps.into_iter().collect() }
    }
}

impl fmt::Display for BodyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            if index > 0 && !matches!(step, Step::Variant { .. }) {
                f.write_str(".")?;
            }
            step.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Any | Step::FreeKey(_) => f.write_str("*"),
            Step::Index(index) => write!(f, "{index}"),
            Step::Key(key) if parse::index(key).is_some() => write_quoted(f, key),
            Step::Key(key) => write_word(f, key, &['.', '[', ']', '"', '*', '=']),
            Step::Variant { discriminator, value } => {
                f.write_str("[")?;
                write_word(f, discriminator, &['[', ']', '"', '='])?;
                f.write_str("=")?;
                write_word(f, value, &['[', ']', '"'])?;
                f.write_str("]")
            }
        }
    }
}

fn write_word(f: &mut fmt::Formatter<'_>, word: &str, special: &[char]) -> fmt::Result {
    if word.is_empty() || word.contains(special) { write_quoted(f, word) } else { f.write_str(word) }
}

fn write_quoted(f: &mut fmt::Formatter<'_>, word: &str) -> fmt::Result {
    write!(f, "\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_malformed_path_says_what_is_expected_where() {
        let error = |path: &str| path.parse::<BodyPath>().expect_err("malformed").to_string();
        let expected = |at: usize, what: &str| {
            format!("the path is cut short or malformed at byte {at}: expected {what}")
        };
        assert_eq!(error("a."), expected(2, "the name of a property"));
        assert_eq!(error(".a"), expected(0, "the name of a property"));
        assert_eq!(error("a..b"), expected(2, "the name of a property"));
        assert_eq!(error("a]"), expected(1, "`.` or `[`"));
        assert_eq!(error("a[kind]"), expected(6, "`=`"));
        assert_eq!(error("a[kind=x"), expected(8, "`]`"));
        assert_eq!(error("\"a"), expected(2, "a closing quote"));
    }

    #[test]
    fn the_provider_writes_keys_and_indexes_and_no_variants() {
        let dotted = |path: &str| path.parse::<BodyPath>().expect("a path").dotted();
        assert_eq!(dotted("[kind=Circle].properties.ipRules.0.\"a.b\""), "properties.ipRules.0.a.b");
        assert_eq!(dotted("rules.*[kind=A]"), "rules.*");
        assert_eq!(dotted(""), "");
        let free: BodyPath = [Step::Key("tags".into()), Step::FreeKey("env".into())].into_iter().collect();
        assert_eq!((free.dotted().as_str(), free.to_string().as_str()), ("tags.env", "tags.*"));
    }

    #[test]
    fn a_number_is_an_index_unless_it_is_quoted() {
        let steps = |path: &str| path.parse::<BodyPath>().expect("a path").steps().to_vec();
        assert_eq!(steps("0"), [Step::Index(0)]);
        for key in ["00", "+1", "99999999999999999999"] {
            assert_eq!(steps(key), [Step::Key(key.to_owned())]);
        }
        assert_eq!(steps("\"0\""), [Step::Key("0".to_owned())]);
    }

    proptest! {
        #[test]
        fn a_path_is_read_back_as_it_was_written(
            names in prop::collection::vec(("[a-z0-1.*\\[\\]\"\\\\=]{0,5}", "[a-z.\\]\"=]{0,4}", 0..4u8), 0..5),
        ) {
            let step = |(name, value, kind): (String, String, u8)| match kind {
                0 => Step::Any,
                1 => Step::Key(name),
                2 => Step::Index(name.len()),
                _ => Step::Variant { discriminator: name, value },
            };
            let path: BodyPath = names.into_iter().map(step).collect();
            prop_assert_eq!(path.to_string().parse::<BodyPath>(), Ok(path));
        }

        #[test]
        fn any_text_is_a_path_or_an_error(text in "\\PC{0,20}") {
            let _ = text.parse::<BodyPath>();
        }
    }
}
