//! The registry of diagnostic codes: the one place that says what codes exist, how severe each is by default and
//! what it means in a line. `docs/diagnostics.md` has a section for each.

use crate::ide::Severity;
use crate::text::closest;

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable, lower case with hyphens; what suppressions and settings name.
    pub name: &'static str,
    /// What it counts as unless the finding or a setting says otherwise.
    pub severity: Severity,
    /// One line for lists of rules.
    pub summary: &'static str,
}

macro_rules! codes {
    ($($constant:ident = $name:literal, $severity:ident, $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub static $constant: Code =
                Code { name: $name, severity: Severity::$severity, summary: $summary };
        )*
        /// All codes, sorted by name.
        pub static ALL: &[&Code] = &[$(&$constant),*];
    };
}

codes! {
    INVALID_PARENT_ID = "invalid-parent-id", Error,
        "`parent_id` is not the id of something this resource type can live under";
    INVALID_TYPE_FORMAT = "invalid-type-format", Error,
        "`type` is not of the form `<resource-type>@<api-version>`";
    MISSING_PARENT_ID = "missing-parent-id", Error,
        "the block has no `parent_id`, and its resource type needs one";
    SYNTAX_ERROR = "syntax-error", Error,
        "the text is not valid in the Terraform language";
    UNKNOWN_API_VERSION = "unknown-api-version", Error,
        "the resource type has no such api-version";
    UNKNOWN_RESOURCE_TYPE = "unknown-resource-type", Error,
        "there is no such resource type";
}

/// The code of a name; `None` when there is no such code.
pub fn find(name: &str) -> Option<&'static Code> {
    ALL.binary_search_by_key(&name, |code| code.name).ok().map(|at| ALL[at])
}

/// The names nearest to one that is not known, best first, at most `most`.
pub fn nearest(name: &str, most: usize) -> Vec<&'static str> {
    closest(name, ALL.iter().map(|code| code.name), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_kebab_case() {
        assert!(ALL.is_sorted_by_key(|code| code.name));
        for code in ALL {
            let kebab = code
                .name
                .split('-')
                .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
            assert!(kebab, "{}", code.name);
            assert_eq!(find(code.name), Some(*code));
        }
        assert_eq!(find("no-such-code"), None);
    }
}
