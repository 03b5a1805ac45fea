//! Numbers as Go's `fmt` writes them.

use std::cmp::Ordering;

use crate::terraform::number::Number;

/// Significant decimal digits and where the point stands: `0.d1d2d3… × 10^point`.
struct Digits {
    digits: Vec<u8>,
    point: i64,
}

impl Digits {
    fn of(number: &Number) -> Self {
        let (digits, exponent) = number.digits();
        let kept = digits.trim_end_matches('0');
        if kept.is_empty() {
            return Self { digits: Vec::new(), point: 0 };
        }
        let point = digits.len() as i64 + exponent;
        Self { digits: kept.bytes().map(|byte| byte - b'0').collect(), point }
    }

    /// Keeps so many digits. A tie goes to where the number's binary form lies, then to the even digit.
    fn round(mut self, keep: i64, number: &Number) -> Self {
        let length = self.digits.len() as i64;
        if keep >= length {
            return self;
        }
        if keep < 0 {
            return Self { digits: Vec::new(), point: 0 };
        }
        let keep = keep as usize;
        let up = match self.digits[keep].cmp(&5) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal if self.digits.len() > keep + 1 => true,
            Ordering::Equal => match number.binary_error() {
                Ordering::Greater => true,
                Ordering::Less => false,
                Ordering::Equal => keep > 0 && self.digits[keep - 1] % 2 == 1,
            },
        };
        self.digits.truncate(keep);
        if up {
            self.increment();
        }
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        self
    }

    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    fn digit(&self, at: i64) -> char {
        let digit = usize::try_from(at).ok().and_then(|at| self.digits.get(at)).copied().unwrap_or(0);
        char::from(b'0' + digit)
    }
}

/// `%f`: `precision` digits behind the point.
pub(super) fn fixed(number: &Number, precision: usize) -> String {
    let digits = Digits::of(number);
    let keep = digits.point + precision as i64;
    write_fixed(&digits.round(keep, number), number, precision)
}

fn write_fixed(digits: &Digits, number: &Number, precision: usize) -> String {
    let mut text = sign(number);
    if digits.point <= 0 {
        text.push('0');
    }
    text.extend((0..digits.point.max(0)).map(|at| digits.digit(at)));
    if precision > 0 {
        text.push('.');
        text.extend((0..precision as i64).map(|at| digits.digit(digits.point + at)));
    }
    text
}

/// `%e`: one digit, `precision` digits behind the point, and an exponent.
pub(super) fn exponential(number: &Number, precision: usize, is_upper: bool) -> String {
    let digits = Digits::of(number).round(precision as i64 + 1, number);
    write_exponential(&digits, number, precision, is_upper)
}

fn write_exponential(digits: &Digits, number: &Number, precision: usize, is_upper: bool) -> String {
    let mut text = sign(number);
    text.push(digits.digit(0));
    if precision > 0 {
        text.push('.');
        text.extend((1..=precision as i64).map(|at| digits.digit(at)));
    }
    let exponent = if digits.digits.is_empty() { 0 } else { digits.point - 1 };
    text.push(if is_upper { 'E' } else { 'e' });
    text.push(if exponent < 0 { '-' } else { '+' });
    text.push_str(&format!("{:02}", exponent.abs()));
    text
}

/// `%g`: the shorter of both; `None` for all digits.
pub(super) fn general(number: &Number, precision: Option<usize>, is_upper: bool) -> String {
    let precision = precision.map(|precision| precision.max(1));
    let mut digits = Digits::of(number);
    if let Some(precision) = precision {
        digits = digits.round(precision as i64, number);
    }
    let length = digits.digits.len() as i64;
    let limit = match precision {
        None => 6,
        Some(precision) if precision as i64 > length && length >= digits.point => length,
        Some(precision) => precision as i64,
    };
    let exponent = digits.point - 1;
    if !digits.digits.is_empty() && (exponent < -4 || exponent >= limit) {
        return write_exponential(&digits, number, (length - 1).max(0) as usize, is_upper);
    }
    let behind = (length - digits.point).max(0) as usize;
    write_fixed(&digits, number, behind)
}

fn sign(number: &Number) -> String {
    if number.is_negative() { "-".to_owned() } else { String::new() }
}

/// A whole number in base 2, 8, 10 or 16; `None` when it has a fraction.
pub(super) fn integer(number: &Number, base: u32) -> Option<String> {
    number.as_integer().map(|integer| integer.to_str_radix(base))
}
