//! Dates and times in RFC 3339.

use std::cmp::Ordering;

use super::duration;
use super::read::{self, Answer, Stop};
use super::signature::Call;
use crate::terraform::value::Value;

const DAY: i64 = 86_400;

/// A time, with the zone that it is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    /// Seconds since 1970, in UTC.
    seconds: i64,
    nanoseconds: i64,
    /// Minutes east.
    zone: i64,
}

/// The parts of a time as its zone shows them.
struct Shown {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    /// From Sunday.
    weekday: usize,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Days since 1970 of a date in the Gregorian calendar, counted in eras of 400 years from March.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The reverse: year, month and day.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn days_in(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days_of(next_year, next, 1) - days_of(year, month, 1)
}

/// Takes digits and separators from the start.
struct Cursor<'t>(&'t str);

impl Cursor<'_> {
    fn digits(&mut self, count: usize) -> Option<i64> {
        let digits = self.0.get(..count).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        self.0 = &self.0[count..];
        digits.parse().ok()
    }

    fn eat(&mut self, separator: char) -> Option<()> {
        self.0 = self.0.strip_prefix(separator)?;
        Some(())
    }

    fn upto(&mut self, count: usize, least: i64, most: i64) -> Option<i64> {
        self.digits(count).filter(|value| (least..=most).contains(value))
    }
}

impl Time {
    fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor(text);
        let year = cursor.digits(4)?;
        cursor.eat('-')?;
        let month = cursor.upto(2, 1, 12)?;
        cursor.eat('-')?;
        let day = cursor.upto(2, 1, days_in(year, month))?;
        cursor.eat('T')?;
        let hour = cursor.upto(2, 0, 23)?;
        cursor.eat(':')?;
        let minute = cursor.upto(2, 0, 59)?;
        cursor.eat(':')?;
        let second = cursor.upto(2, 0, 59)?;
        let nanoseconds = fraction(&mut cursor)?;
        let zone = zone(&mut cursor)?;
        if !cursor.0.is_empty() {
            return None;
        }
        let seconds = days_of(year, month, day) * DAY + hour * 3_600 + minute * 60 + second - zone * 60;
        Some(Self { seconds, nanoseconds, zone })
    }

    fn shown(&self) -> Shown {
        let local = self.seconds + self.zone * 60;
        let days = local.div_euclid(DAY);
        let of_day = local.rem_euclid(DAY);
        let (year, month, day) = date_of(days);
        let weekday = (days + 4).rem_euclid(7) as usize;
        Shown {
            year,
            month,
            day,
            hour: of_day / 3_600,
            minute: of_day / 60 % 60,
            second: of_day % 60,
            weekday,
        }
    }

    /// `+05:30`, with that separator.
    fn offset(&self, separator: &str) -> String {
        let sign = if self.zone < 0 { '-' } else { '+' };
        let minutes = self.zone.abs();
        format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
    }

    fn zone_or_z(&self) -> String {
        if self.zone == 0 { "Z".to_owned() } else { self.offset(":") }
    }
}

fn fraction(cursor: &mut Cursor<'_>) -> Option<i64> {
    if cursor.eat('.').is_none() {
        return Some(0);
    }
    let length = cursor.0.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(cursor.0.len());
    let digits = cursor.0.get(..length).filter(|digits| !digits.is_empty())?;
    let nanoseconds = format!("{digits:0<9}").get(..9)?.parse().ok();
    cursor.0 = &cursor.0[length..];
    nanoseconds
}

fn zone(cursor: &mut Cursor<'_>) -> Option<i64> {
    if cursor.eat('Z').is_some() {
        return Some(0);
    }
    let sign = if cursor.eat('+').is_some() { 1 } else { cursor.eat('-').map(|()| -1)? };
    let hours = cursor.upto(2, 0, 23)?;
    cursor.eat(':')?;
    Some(sign * (hours * 60 + cursor.upto(2, 0, 59)?))
}

fn time(value: &Value) -> Result<Time, Stop> {
    Time::parse(&read::text(value)?).ok_or(Stop::Fails)
}

pub(super) fn timeadd(call: &Call<'_>) -> Answer {
    let time = time(&call.arguments[0])?;
    let duration = duration::parse(&read::text(&call.arguments[1])?).ok_or(Stop::Fails)?;
    let nanoseconds = i128::from(time.nanoseconds) + i128::from(duration);
    let seconds = time.seconds + nanoseconds.div_euclid(1_000_000_000) as i64;
    let shown_time = Time { seconds, ..time };
    let Shown { year, month, day, hour, minute, second, .. } = shown_time.shown();
    let year = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
    let zone = shown_time.zone_or_z();
    Ok(Value::string(format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")))
}

pub(super) fn timecmp(call: &Call<'_>) -> Answer {
    let (one, two) = (time(&call.arguments[0])?, time(&call.arguments[1])?);
    Ok(Value::number(match (one.seconds, one.nanoseconds).cmp(&(two.seconds, two.nanoseconds)) {
        Ordering::Less => -1_i64,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }))
}

pub(super) fn formatdate(call: &Call<'_>) -> Answer {
    let format = read::text(&call.arguments[0])?;
    let time = time(&call.arguments[1])?;
    let shown = time.shown();
    let mut result = String::new();
    let mut rest = &*format;
    while let Some(c) = rest.chars().next() {
        let length = if c == '\'' {
            let (text, length) = quoted(rest).ok_or(Stop::Fails)?;
            result.push_str(&text);
            length
        } else if c.is_ascii_alphabetic() {
            let length = rest.find(|other| other != c).unwrap_or(rest.len());
            result.push_str(&verb(c, length, &time, &shown).ok_or(Stop::Fails)?);
            length
        } else {
            result.push(c);
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    Ok(Value::string(result))
}

/// Text in quotes at the start, in which two quotes are one, and its length as written. Two quotes alone are one too.
fn quoted(text: &str) -> Option<(String, usize)> {
    if text.starts_with("''") {
        return Some(("'".to_owned(), 2));
    }
    let mut value = String::new();
    let mut at = 1;
    loop {
        let end = at + text[at..].find('\'')?;
        value.push_str(&text[at..end]);
        if !text[end + 1..].starts_with('\'') {
            return Some((value, end + 1));
        }
        value.push('\'');
        at = end + 2;
    }
}

/// A run of one letter; `None` where it means nothing.
fn verb(letter: char, count: usize, time: &Time, shown: &Shown) -> Option<String> {
    let number = |value: i64| match count {
        1 => Some(value.to_string()),
        2 => Some(format!("{value:02}")),
        _ => None,
    };
    let month = MONTHS[(shown.month - 1) as usize];
    let twelve = (shown.hour + 11) % 12 + 1;
    match (letter, count) {
        ('Y', 2) => Some(format!("{:02}", shown.year.rem_euclid(100))),
        ('Y', 4) => Some(format!("{:04}", shown.year)),
        ('M', 3) => Some(month[..3].to_owned()),
        ('M', 4) => Some(month.to_owned()),
        ('M', _) => number(shown.month),
        ('D', _) => number(shown.day),
        ('E', 3) => Some(WEEKDAYS[shown.weekday][..3].to_owned()),
        ('E', 4) => Some(WEEKDAYS[shown.weekday].to_owned()),
        ('h', _) => number(shown.hour),
        ('H', _) => number(twelve),
        ('A', 2) => Some(if shown.hour < 12 { "AM" } else { "PM" }.to_owned()),
        ('a', 2) => Some(if shown.hour < 12 { "am" } else { "pm" }.to_owned()),
        ('m', _) => number(shown.minute),
        ('s', _) => number(shown.second),
        ('Z', 1) => Some(time.zone_or_z()),
        ('Z', 3) if time.zone == 0 => Some("UTC".to_owned()),
        ('Z', 3 | 4) => Some(time.offset("")),
        ('Z', 5) => Some(time.offset(":")),
        _ => None,
    }
}
