//! The registry of diagnostic codes: the one place that says what codes exist, how severe each is by default, what
//! it means in a line, whether it comes with a fix, and which check looks for it. `docs/diagnostics.md` has a
//! section for each.

use super::checker::Check;
use super::{
    conflicting_arguments, duplicate_key, invalid_argument, invalid_length, invalid_parent_id, invalid_path,
    invalid_resource_id, invalid_type_format, invalid_value, missing_argument, missing_parent_id,
    missing_property, no_matching_variant, not_creatable, out_of_range, pattern_mismatch, read_only_property,
    sensitive_property, syntax_error, type_mismatch, unknown_api_version, unknown_argument, unknown_function,
    unknown_property, unknown_resource_type,
};
use crate::ide::Severity;
use crate::text::closest;

const DOCUMENT: &str = include_str!("../../../docs/diagnostics.md");

#[derive(Debug)]
pub(crate) struct Code {
    /// Stable, lower case with hyphens; what suppressions and settings name.
    pub name: &'static str,
    /// What it counts as unless the case or a setting says otherwise.
    pub severity: Severity,
    /// One line for lists of rules.
    pub(crate) summary: &'static str,
    /// Some of its diagnostics, not always all, carry a fix.
    pub(crate) has_fix: bool,
}

impl Code {
    /// Its section in `docs/diagnostics.md`, without the heading.
    pub(crate) fn explanation(&self) -> &'static str {
        let mut sections = DOCUMENT.split("\n## ").skip(1).filter_map(|section| section.split_once('\n'));
        sections.find(|(title, _)| *title == self.name).map_or("", |(_, text)| text.trim())
    }
    /// What it means, in its section's own words: the first paragraph.
    pub(crate) fn meaning(&self) -> String {
        let lines = self.explanation().lines().take_while(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join(" ")
    }
}

macro_rules! codes {
    ($($constant:ident = $name:literal, $severity:ident, fix: $has_fix:literal, $check:expr, $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub(crate) static $constant: Code = Code {
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
                has_fix: $has_fix,
            };
        )*
        /// All codes, sorted by name.
        pub(crate) static ALL: &[&Code] = &[$(&$constant),*];
        /// The checks of all codes. Its one address tells a run of all of them; a constant may have several.
        pub(super) static CHECKS: &[Check] = &[$($check),*];
    };
}

codes! {
    CONFLICTING_ARGUMENTS = "conflicting-arguments", Error, fix: true, Check::Argument(conflicting_arguments::check),
        "two arguments exclude each other";
    DUPLICATE_KEY = "duplicate-key", Error, fix: true, Check::Argument(duplicate_key::check),
        "a name stands twice in a block";
    INVALID_ARGUMENT = "invalid-argument", Error, fix: true, Check::Argument(invalid_argument::check),
        "an argument of a block or of a function has a value that it does not take";
    INVALID_LENGTH = "invalid-length", Error, fix: false, Check::Body(invalid_length::check),
        "a string or a list is too short or too long";
    INVALID_PARENT_ID = "invalid-parent-id", Error, fix: true, Check::Block(invalid_parent_id::check),
        "`parent_id` is not the id of something this resource type can live under";
    INVALID_PATH = "invalid-path", Warning, fix: true, Check::Argument(invalid_path::check),
        "a path into a body or a response is malformed, or leads to nothing";
    INVALID_RESOURCE_ID = "invalid-resource-id", Error, fix: true, Check::Block(invalid_resource_id::check),
        "`resource_id` is the id of another type than `type` names";
    INVALID_TYPE_FORMAT = "invalid-type-format", Error, fix: false, Check::Block(invalid_type_format::check),
        "`type` is not of the form `<resource-type>@<api-version>`";
    INVALID_VALUE = "invalid-value", Error, fix: true, Check::Body(invalid_value::check),
        "a string is none of the values that its property allows";
    MISSING_ARGUMENT = "missing-argument", Error, fix: false, Check::Argument(missing_argument::check),
        "a block lacks an argument that it needs";
    MISSING_PARENT_ID = "missing-parent-id", Error, fix: true, Check::Block(missing_parent_id::check),
        "the block has no `parent_id`, and its resource type needs one";
    MISSING_PROPERTY = "missing-property", Error, fix: true, Check::Body(missing_property::check),
        "an object lacks a property that its type needs";
    NO_MATCHING_VARIANT = "no-matching-variant", Error, fix: false, Check::Body(no_matching_variant::check),
        "a value is of none of the types that its property allows";
    NOT_CREATABLE = "not-creatable", Warning, fix: false, Check::Block(not_creatable::check),
        "Azure has resources of this type, but takes none";
    OUT_OF_RANGE = "out-of-range", Warning, fix: false, Check::Body(out_of_range::check),
        "a number is too small or too large";
    PATTERN_MISMATCH = "pattern-mismatch", Error, fix: false, Check::Body(pattern_mismatch::check),
        "a string does not match the pattern of its property";
    READ_ONLY_PROPERTY = "read-only-property", Error, fix: true, Check::Body(read_only_property::check),
        "a property that Azure sets is given";
    SENSITIVE_PROPERTY = "sensitive-property", Warning, fix: true, Check::Body(sensitive_property::check),
        "a secret stands in `body`, which Terraform keeps and shows";
    SYNTAX_ERROR = "syntax-error", Error, fix: false, Check::File(syntax_error::check),
        "the text is not valid in the Terraform language";
    TYPE_MISMATCH = "type-mismatch", Error, fix: true, Check::Body(type_mismatch::check),
        "a value is of another kind than its property";
    UNKNOWN_API_VERSION = "unknown-api-version", Error, fix: true, Check::Block(unknown_api_version::check),
        "the resource type has no such api-version";
    UNKNOWN_ARGUMENT = "unknown-argument", Error, fix: true, Check::Argument(unknown_argument::check),
        "a block takes no argument and no nested block of this name";
    UNKNOWN_FUNCTION = "unknown-function", Error, fix: true, Check::Argument(unknown_function::check),
        "the provider, or the resource type, has no such function";
    UNKNOWN_PROPERTY = "unknown-property", Error, fix: true, Check::Body(unknown_property::check),
        "a key that the type does not have";
    UNKNOWN_RESOURCE_TYPE = "unknown-resource-type", Error, fix: true, Check::Block(unknown_resource_type::check),
        "there is no such resource type";
}

/// The code of a name; `None` when there is no such code.
pub(crate) fn find(name: &str) -> Option<&'static Code> {
    ALL.binary_search_by_key(&name, |code| code.name).ok().map(|at| ALL[at])
}

/// The names of all, sorted.
pub(crate) fn names() -> Vec<&'static str> {
    ALL.iter().map(|code| code.name).collect()
}

/// The names nearest to one that is not known, best first, at most `most`.
pub(crate) fn nearest(name: &str, most: usize) -> Vec<&'static str> {
    closest(name, ALL.iter().map(|code| code.name), most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::Fixture;
    use crate::ide::{Config, Profile};

    #[test]
    fn codes_are_sorted_and_kebab_case() {
        assert!(ALL.is_sorted_by_key(|code| code.name));
        for code in ALL {
            let kebab = code
                .name
                .split('-')
                .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
            assert!(kebab, "{}", code.name);
            assert!(find(code.name).is_some_and(|found| std::ptr::eq(found, *code)));
        }
        assert!(find("no-such-code").is_none());
    }

    #[test]
    fn every_code_has_a_section_and_every_section_a_code() {
        for code in ALL {
            assert_eq!(examples(code).len(), 2, "{}: one that fails, one that is fixed", code.name);
        }
        assert_eq!(DOCUMENT.matches("\n## ").count(), ALL.len());
    }

    #[test]
    fn every_section_says_whether_there_is_a_quick_fix() {
        for code in ALL {
            let said = code.explanation().lines().find_map(|line| line.strip_prefix("Quick fix: "));
            let said = said.unwrap_or_else(|| panic!("{}: no line `Quick fix: …`", code.name));
            assert_eq!(said != "none.", code.has_fix, "{}", code.name);
        }
    }

    #[test]
    fn the_examples_of_every_section_fail_and_are_fixed() {
        for code in ALL {
            let [fails, fixed] = examples(code)[..] else { panic!("{}", code.name) };
            let found = diagnosed(fails);
            assert_eq!(found.iter().map(|(name, _)| *name).collect::<Vec<_>>(), [code.name], "{fails}");
            assert_eq!(diagnosed(fixed), [], "{fixed}");
        }
    }

    #[test]
    fn codes_that_are_said_to_have_a_fix_have_one_and_no_others() {
        for code in ALL {
            let fixes: Vec<String> =
                diagnosed(examples(code)[0]).into_iter().flat_map(|(_, fixes)| fixes).collect();
            assert_eq!(!fixes.is_empty(), code.has_fix, "{}", code.name);
            for after in fixes {
                assert!(diagnosed(&after).iter().all(|(name, _)| *name != code.name), "{after}");
            }
        }
    }

    /// The configurations in a code's section.
    fn examples(code: &Code) -> Vec<&'static str> {
        let fenced = code.explanation().split("```hcl\n").skip(1);
        fenced.filter_map(|rest| Some(rest.split_once("```")?.0)).collect()
    }

    /// The codes found in a configuration with the shipped data, each with what its fixes leave. With the toy data
    /// where it is of a toy type, for what the shipped types do not have.
    fn diagnosed(text: &str) -> Vec<(&'static str, Vec<String>)> {
        let mut fixture = if text.contains("Test.Rp/") { Fixture::new(text) } else { Fixture::shipped(text) };
        fixture.set_config(Config { profile: Profile::Standalone, ..Config::default() });
        let found = fixture.analysis().diagnostics(fixture.file).into_iter();
        found
            .map(|one| {
                let changed =
                    |fix: &crate::ide::Fix| fixture.changed(&fix.change).replacen("#- main.tf\n", "", 1);
                (one.code, one.fixes.iter().map(changed).collect())
            })
            .collect()
    }
}
