//! Numbers, exact: Terraform's have 512 bits, so `f64` would show `0.1 + 0.2` and large ids wrongly.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, ToPrimitive, Zero};

/// A number as Terraform computes with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Number(BigDecimal);

/// Significant decimal digits that are kept, as 512 bits hold them.
const DIGITS: u64 = 154;
/// An exponent beyond this makes texts and products that nobody writes by hand.
const LARGEST_EXPONENT: i64 = 4_096;

impl Number {
    /// Reads decimal notation, with an exponent maybe; `None` for anything else and beyond all use.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.len() > 4_096 || text.contains('_') {
            return None;
        }
        let number = BigDecimal::from_str(text).ok()?;
        Self::bounded(number)
    }

    /// `None` for NaN and the infinities.
    pub(crate) fn from_f64(value: f64) -> Option<Self> {
        Self::parse(&format!("{value}")).filter(|_| value.is_finite())
    }

    fn bounded(number: BigDecimal) -> Option<Self> {
        let (_, scale) = number.as_bigint_and_exponent();
        let fits = scale.abs() <= LARGEST_EXPONENT;
        fits.then(|| {
            Self(if number.digits() > DIGITS { number.with_prec(DIGITS) } else { number }.normalized())
        })
    }

    pub(crate) fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// `None` when it has a fraction or does not fit.
    pub(crate) fn as_i64(&self) -> Option<i64> {
        self.is_integer().then(|| self.0.to_i64()).flatten()
    }

    /// `None` when it is negative, has a fraction or does not fit.
    pub(crate) fn as_usize(&self) -> Option<usize> {
        self.is_integer().then(|| self.0.to_usize()).flatten()
    }

    /// The nearest one; infinite beyond its range.
    pub(crate) fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.0.sign() == bigdecimal::num_bigint::Sign::Minus
    }

    pub(crate) fn add(&self, other: &Self) -> Option<Self> {
        Self::bounded(&self.0 + &other.0)
    }

    pub(crate) fn subtract(&self, other: &Self) -> Option<Self> {
        Self::bounded(&self.0 - &other.0)
    }

    pub(crate) fn multiply(&self, other: &Self) -> Option<Self> {
        Self::bounded(&self.0 * &other.0)
    }

    /// `None` for a division by zero.
    pub(crate) fn divide(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        Self::bounded(&self.0 / &other.0)
    }

    /// The remainder with the sign of the dividend; `None` for a division by zero.
    pub(crate) fn remainder(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        Self::bounded(&self.0 % &other.0)
    }

    pub(crate) fn negate(&self) -> Self {
        Self(-self.0.clone())
    }

    /// Without its fraction, towards minus infinity.
    pub(crate) fn floor(&self) -> Self {
        Self(self.0.with_scale_round(0, bigdecimal::RoundingMode::Floor).normalized())
    }

    /// Without its fraction, towards plus infinity.
    pub(crate) fn ceil(&self) -> Self {
        Self(self.0.with_scale_round(0, bigdecimal::RoundingMode::Ceiling).normalized())
    }

    /// Without its sign: the digits of an integer, and the power of ten that it is multiplied with.
    pub(crate) fn digits(&self) -> (String, i64) {
        let (integer, scale) = self.0.as_bigint_and_exponent();
        (integer.magnitude().to_string(), -scale)
    }

    /// How the nearest number of 512 binary digits, which is what Terraform has, compares with this one, both without
    /// their signs.
    pub(crate) fn binary_error(&self) -> Ordering {
        let (integer, scale) = self.0.as_bigint_and_exponent();
        let Ok(scale) = u32::try_from(scale) else { return Ordering::Equal };
        let numerator = BigInt::from(integer.magnitude().clone());
        let denominator = BigInt::from(10).pow(scale);
        // Shifted so that the quotient has 512 digits; the numerator has no more than that.
        let shift = (513 + denominator.bits()).saturating_sub(numerator.bits());
        let excess = ((&numerator << shift) / &denominator).bits().saturating_sub(512);
        let above = numerator << shift.saturating_sub(excess);
        let quotient = &above / &denominator;
        let twice_rest: BigInt = (&above - &quotient * &denominator) * 2;
        let is_odd = (&quotient % 2) != BigInt::ZERO;
        match twice_rest.cmp(&denominator) {
            Ordering::Greater => Ordering::Greater,
            Ordering::Equal if is_odd => Ordering::Greater,
            _ if twice_rest == BigInt::ZERO => Ordering::Equal,
            _ => Ordering::Less,
        }
    }

    /// `None` for a text that is no whole number in that base (2 to 62; digits, small letters, capitals).
    pub(crate) fn parse_radix(text: &str, base: u32) -> Option<Self> {
        let (is_negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        if digits.is_empty() || digits.len() > 512 {
            return None;
        }
        let mut value = BigInt::ZERO;
        for c in digits.chars() {
            let digit = match c {
                '0'..='9' => c as u32 - '0' as u32,
                'a'..='z' => c as u32 - 'a' as u32 + 10,
                'A'..='Z' if base <= 36 => c as u32 - 'A' as u32 + 10,
                'A'..='Z' => c as u32 - 'A' as u32 + 36,
                _ => return None,
            };
            if digit >= base {
                return None;
            }
            value = value * base + digit;
        }
        Some(Self::from(if is_negative { -value } else { value }))
    }

    /// `None` when it has a fraction.
    pub(crate) fn as_integer(&self) -> Option<BigInt> {
        self.is_integer().then(|| self.0.with_scale(0).into_bigint_and_exponent().0)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(BigDecimal::from(value))
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Self {
        Self(BigDecimal::from(value as u64))
    }
}

impl From<BigInt> for Number {
    fn from(value: BigInt) -> Self {
        Self(BigDecimal::from(value).normalized())
    }
}

/// As a template writes it: never with an exponent.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_plain_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn what_512_binary_digits_cannot_hold_is_rounded_to_the_nearest() {
        let error = |text: &str| number(text).binary_error();
        let less = ["0.7"];
        let greater = ["0.1", "0.3", "1e-40", "1234.05"];
        assert!(less.into_iter().all(|text| error(text) == Ordering::Less));
        assert!(greater.into_iter().all(|text| error(text) == Ordering::Greater));
        assert_eq!(error("0.5"), Ordering::Equal);
    }

    #[test]
    fn sums_of_fractions_are_exact() {
        assert_eq!(number("0.1").add(&number("0.2")).unwrap().to_string(), "0.3");
        let large = number("9007199254740993");
        assert_eq!(large.to_string(), "9007199254740993");
    }

    #[test]
    fn a_number_is_written_without_exponent_or_empty_fraction() {
        for (written, shown) in
            [("1.50", "1.5"), ("2.0", "2"), ("1e3", "1000"), ("1e-3", "0.001"), ("-0.0", "0")]
        {
            assert_eq!(number(written).to_string(), shown);
        }
    }

    #[test]
    fn rounding_goes_down_and_up() {
        for (written, down, up) in [("1.5", "1", "2"), ("-1.5", "-2", "-1"), ("3", "3", "3")] {
            assert_eq!(number(written).floor().to_string(), down);
            assert_eq!(number(written).ceil().to_string(), up);
        }
    }

    #[test]
    fn what_nobody_computes_is_refused() {
        assert_eq!(Number::parse("1e999999999"), None);
        assert_eq!(number("1").divide(&number("0")), None);
        assert_eq!(number("-5").remainder(&number("3")).unwrap().to_string(), "-2");
    }
}
