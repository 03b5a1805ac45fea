//! How many tests passed, failed and were skipped, added up over programs that each say it in words.

use std::fmt;
use std::ops::AddAssign;

/// Counts of tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Tally {
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };
    pub(crate) const SKIPPED: Self = Self { passed: 0, failed: 0, skipped: 1 };

    /// The counts of one binary of Rust's tests: `test result: ok. 3 passed; 0 failed; 1 ignored; …`. `None` for
    /// any other line.
    pub(crate) fn of_rust(line: &str) -> Option<Self> {
        let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
        let mut words = counts.split("; ");
        Some(Self {
            passed: count(words.next()?, "passed")?,
            failed: count(words.next()?, "failed")?,
            skipped: count(words.next()?, "ignored")?,
        })
    }

    /// The counts of a line as this type is written: `3 passed, 0 failed, 1 skipped`. `None` for any other line.
    pub(crate) fn of_words(line: &str) -> Option<Self> {
        let mut words = line.trim().split(", ");
        let (passed, failed) = (count(words.next()?, "passed")?, count(words.next()?, "failed")?);
        let skipped = words.next().map_or(Some(0), |it| count(it, "skipped"))?;
        words.next().is_none().then_some(Self { passed, failed, skipped })
    }

    /// What a program of tests amounts to: what it said, and one failure more when its end contradicts that.
    pub(crate) fn of_program(said: Option<Self>, succeeded: bool) -> Self {
        match said {
            Some(said) if succeeded || said.failed > 0 => said,
            Some(said) => Self { failed: 1, ..said },
            None => Self::FAILED,
        }
    }
}

fn count(words: &str, of: &str) -> Option<usize> {
    words.strip_suffix(of)?.strip_suffix(' ')?.parse().ok()
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// `3 passed, 0 failed`, and `, 1 skipped` when there is any.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn tally(passed: usize, failed: usize, skipped: usize) -> Tally {
        Tally { passed, failed, skipped }
    }

    #[test]
    fn the_results_of_rust_tests_are_read() {
        let ok =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(Tally::of_rust(ok), Some(tally(12, 0, 1)));
        let failed = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(Tally::of_rust(failed), Some(tally(1, 2, 0)));
    }

    #[test]
    fn a_line_of_counts_alone_is_read_back_as_it_is_written() {
        for it in [tally(0, 0, 0), tally(3, 1, 0), tally(100, 20, 7)] {
            assert_eq!(Tally::of_words(&it.to_string()), Some(it));
        }
    }

    #[test]
    fn other_lines_state_no_counts() {
        for line in [
            "",
            "test a ... ok",
            "running 3 tests",
            "3 passed",
            "3 passed, 1 broken",
            "3 passed, 0 failed, soon",
        ] {
            assert_eq!((Tally::of_rust(line), Tally::of_words(line)), (None, None), "{line:?}");
        }
    }

    #[test]
    fn what_a_test_prints_is_not_counted_as_its_program_s_result() {
        assert_eq!(Tally::of_rust("3 passed, 0 failed"), None);
        assert_eq!(Tally::of_words("test result: ok. 3 passed; 0 failed; 0 ignored"), None);
    }

    #[test]
    fn skipped_tests_are_told_only_where_there_are_any() {
        assert_eq!(tally(3, 0, 0).to_string(), "3 passed, 0 failed");
        assert_eq!(tally(3, 1, 2).to_string(), "3 passed, 1 failed, 2 skipped");
    }

    #[test]
    fn counts_add_up() {
        let mut all = tally(1, 2, 3);
        all += tally(10, 20, 30);
        assert_eq!(all, tally(11, 22, 33));
    }

    #[test]
    fn a_program_that_fails_without_a_failed_test_is_one_failure() {
        assert_eq!(Tally::of_program(Some(tally(3, 0, 0)), true), tally(3, 0, 0));
        assert_eq!(Tally::of_program(Some(tally(3, 0, 0)), false), tally(3, 1, 0));
        assert_eq!(Tally::of_program(Some(tally(3, 2, 0)), false), tally(3, 2, 0));
        assert_eq!(Tally::of_program(None, false), Tally::FAILED);
    }

    #[test]
    fn a_program_that_says_no_count_is_one_failure() {
        assert_eq!(Tally::of_program(None, true), Tally::FAILED);
    }
}
