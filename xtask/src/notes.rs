//! `cargo xtask notes VERSION`: what a release says of itself, from the changelog.

use std::fs;
use std::process::ExitCode;

use crate::places;
use crate::progress::print_line;

const CHANGELOG: &str = "CHANGELOG.md";

/// Writes the section of `version`, without its heading.
pub(crate) fn run(version: &str) -> Result<ExitCode, String> {
    let path = places::root().join(CHANGELOG);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    print_line(section(&text, version)?);
    Ok(ExitCode::SUCCESS)
}

/// The lines under `## VERSION`, where a date may follow the version.
fn section<'t>(text: &'t str, version: &str) -> Result<&'t str, String> {
    let Some((_, notes)) = sections(text).find(|(title, _)| *title == version) else {
        let titles: Vec<_> = sections(text).map(|(title, _)| title).collect();
        let titles = titles.join(", ");
        return Err(format!("{CHANGELOG} has no section `## {version}`; its sections are: {titles}"));
    };
    match notes.trim() {
        "" => Err(format!("{CHANGELOG} says nothing under `## {version}`")),
        notes => Ok(notes),
    }
}

/// The first word of every second-level heading, and what stands below it.
fn sections(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("\n## ").skip(1).map(|section| {
        let (heading, below) = section.split_once('\n').unwrap_or((section, ""));
        (heading.split_whitespace().next().unwrap_or_default(), below)
    })
}

#[cfg(test)]
mod tests {
    use super::{CHANGELOG, section};
    use crate::places;

    const TEXT: &str =
        "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n### Added\n\n- Two\n\n## 0.1.0\n\n- One\n";

    #[test]
    fn a_version_s_section_ends_where_the_next_begins() {
        assert_eq!(section(TEXT, "0.2.0"), Ok("### Added\n\n- Two"));
        assert_eq!(section(TEXT, "0.1.0"), Ok("- One"));
    }

    #[test]
    fn a_version_without_a_section_is_told_with_those_that_have_one() {
        let why = "CHANGELOG.md has no section `## 0.3.0`; its sections are: Unreleased, 0.2.0, 0.1.0";
        assert_eq!(section(TEXT, "0.3.0"), Err(why.to_owned()));
        assert!(section(TEXT, "0.2").is_err());
    }

    #[test]
    fn a_section_that_is_empty_is_no_notes() {
        let why = "CHANGELOG.md says nothing under `## Unreleased`";
        assert_eq!(section(TEXT, "Unreleased"), Err(why.to_owned()));
        assert!(section("# Changelog\n## 0.1.0", "0.1.0").is_err());
    }

    #[test]
    fn the_changelog_is_read_so() {
        let text = std::fs::read_to_string(places::root().join(CHANGELOG)).expect("a changelog");
        let notes = section(&text, "Unreleased").expect("a section");
        assert!(notes.contains("- ") && !notes.contains("\n## "), "{notes}");
    }
}
