//! API versions: a date, and `-preview` where the version may still change.

use std::cmp::Ordering;
use std::fmt;

/// `YYYY-MM-DD[-preview]`. Newer is greater; of one date, the stable version is greater than the preview.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ApiVersion<'s>(&'s str);

impl<'s> ApiVersion<'s> {
    /// Any text counts as a version; one that is no date sorts by its bytes.
    pub fn new(text: &'s str) -> Self {
        ApiVersion(text)
    }

    /// As Azure writes it.
    pub fn as_str(self) -> &'s str {
        self.0
    }

    /// `YYYY-MM-DD`, without what follows it.
    pub fn date(self) -> &'s str {
        self.0.get(..10).unwrap_or(self.0)
    }

    /// Whether anything follows the date (`-preview`, `-beta`, …).
    pub fn is_preview(self) -> bool {
        self.0.len() > self.date().len()
    }

    /// Days since 1970-01-01 (proleptic Gregorian); `None` when it does not begin with a date.
    pub fn days(self) -> Option<i64> {
        let date = self.date();
        let bytes = date.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| {
            let digits = date.get(range)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i64>().ok())?
        };
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        // Years that begin in March put the leap day last, which makes the month's offset a formula.
        let year = if month <= 2 { year - 1 } else { year };
        let shifted = (month + 9) % 12;
        let day_of_year = (153 * shifted + 2) / 5 + day - 1;
        Some(
            365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
                - 719_468,
        )
    }
}

impl Ord for ApiVersion<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.date(), !self.is_preview(), self.0).cmp(&(other.date(), !other.is_preview(), other.0))
    }
}

impl PartialOrd for ApiVersion<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for ApiVersion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for ApiVersion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::ApiVersion;

    #[test]
    fn newer_dates_are_greater_and_a_preview_is_less_than_its_stable_version() {
        let mut versions =
            ["2021-01-01-preview", "2020-01-01", "2021-01-01", "2020-06-01-preview"].map(ApiVersion::new);
        versions.sort_by(|a, b| b.cmp(a));
        assert_eq!(
            versions.map(ApiVersion::as_str),
            ["2021-01-01", "2021-01-01-preview", "2020-06-01-preview", "2020-01-01"]
        );
    }

    #[test]
    fn date_and_preview_are_read_from_the_text() {
        let preview = ApiVersion::new("2021-08-01-preview");
        assert_eq!((preview.date(), preview.is_preview()), ("2021-08-01", true));
        let stable = ApiVersion::new("2021-08-01");
        assert_eq!((stable.date(), stable.is_preview()), ("2021-08-01", false));
        let short = ApiVersion::new("latest");
        assert_eq!((short.date(), short.is_preview(), short.days()), ("latest", false, None));
    }

    #[test]
    fn days_count_from_1970_over_leap_years() {
        let days = |text| ApiVersion::new(text).days();
        assert_eq!(days("1970-01-01"), Some(0));
        assert_eq!(days("2000-03-01"), Some(11_017));
        assert_eq!(days("2024-02-29-preview"), Some(19_782));
        assert_eq!(days("2024-13-01"), None);
        assert_eq!(days("é024-01-01"), None);
    }
}
