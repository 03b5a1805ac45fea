//! Functions of numbers.

use std::cmp::Ordering;

use super::read::{self, Answer, Stop};
use super::signature::Call;
use crate::terraform::convert;
use crate::terraform::number::Number;
use crate::terraform::value::{Collection, Element, Value, ValueKind};

fn number_or_unknown(number: Option<Number>) -> Answer {
    number.map(Value::number).ok_or(Stop::Unknown)
}

pub(super) fn abs(call: &Call<'_>) -> Answer {
    let number = read::number(&call.arguments[0])?;
    Ok(Value::number(if number.is_negative() { number.negate() } else { number.clone() }))
}

pub(super) fn ceil(call: &Call<'_>) -> Answer {
    Ok(Value::number(read::number(&call.arguments[0])?.ceil()))
}

pub(super) fn floor(call: &Call<'_>) -> Answer {
    Ok(Value::number(read::number(&call.arguments[0])?.floor()))
}

/// As Terraform, by way of floating point; what is no number or infinite is refused.
fn from_float(value: f64) -> Answer {
    if !value.is_finite() {
        return Err(Stop::Fails);
    }
    number_or_unknown(Number::from_f64(value))
}

pub(super) fn log(call: &Call<'_>) -> Answer {
    let number = read::number(&call.arguments[0])?;
    let base = read::number(&call.arguments[1])?;
    from_float(number.to_f64().ln() / base.to_f64().ln())
}

pub(super) fn pow(call: &Call<'_>) -> Answer {
    let number = read::number(&call.arguments[0])?;
    let power = read::number(&call.arguments[1])?;
    from_float(power_of(number.to_f64(), power.to_f64()).ok_or(Stop::Unknown)?)
}

/// By squaring, as Go computes it: other ways round differently. `None` for fractions that are not a half, where the
/// last digit depends on the machine.
fn power_of(base: f64, power: f64) -> Option<f64> {
    if power == 0.5 {
        return Some(base.sqrt());
    }
    if power.fract() != 0.0 {
        return if base < 0.0 { Some(f64::NAN) } else { None };
    }
    let mut left = power.abs() as u64;
    let (mut result, mut square) = (1.0, base);
    while left > 0 {
        if left % 2 == 1 {
            result *= square;
        }
        square *= square;
        left /= 2;
    }
    Some(if power < 0.0 { 1.0 / result } else { result })
}

pub(super) fn signum(call: &Call<'_>) -> Answer {
    let number = read::number(&call.arguments[0])?;
    if !number.is_integer() {
        return Err(Stop::Fails);
    }
    Ok(Value::number(match number.cmp(&Number::from(0_i64)) {
        Ordering::Less => -1_i64,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }))
}

pub(super) fn max(call: &Call<'_>) -> Answer {
    furthest(call, Ordering::Greater)
}

pub(super) fn min(call: &Call<'_>) -> Answer {
    furthest(call, Ordering::Less)
}

fn furthest(call: &Call<'_>, wanted: Ordering) -> Answer {
    let mut best: Option<&Number> = None;
    for argument in call.arguments {
        let number = read::number(argument)?;
        if best.is_none_or(|best| number.cmp(best) == wanted) {
            best = Some(number);
        }
    }
    best.cloned().map(Value::number).ok_or(Stop::Fails)
}

pub(super) fn sum(call: &Call<'_>) -> Answer {
    let sequence = read::sequence(&call.arguments[0])?;
    if sequence.is_complete() && sequence.elements.is_empty() {
        return Err(Stop::Fails);
    }
    let mut total = Number::from(0_i64);
    for element in read::elements(&call.arguments[0])? {
        let value = convert::to_number(&element.value);
        total = total.add(read::number(&value)?).ok_or(Stop::Unknown)?;
    }
    Ok(Value::number(total))
}

pub(super) fn parseint(call: &Call<'_>) -> Answer {
    let base = read::integer(&call.arguments[1])?;
    let text = match &call.arguments[0].kind {
        // A number is no string here.
        ValueKind::Number(_) | ValueKind::Bool(_) => return Err(Stop::Fails),
        _ => read::text(&call.arguments[0])?,
    };
    let base = u32::try_from(base).ok().filter(|base| (2..=62).contains(base)).ok_or(Stop::Fails)?;
    if text.len() > 512 {
        return Err(Stop::Unknown);
    }
    Number::parse_radix(&text, base).map(Value::number).ok_or(Stop::Fails)
}

/// Terraform makes no longer list.
const LONGEST_RANGE: usize = 1_024;

pub(super) fn range(call: &Call<'_>) -> Answer {
    let numbers: Vec<&Number> = call.arguments.iter().map(read::number).collect::<Result<_, _>>()?;
    let (zero, one) = (Number::from(0_i64), Number::from(1_i64));
    let (start, limit, step) = match numbers.as_slice() {
        [limit] => (zero.clone(), (*limit).clone(), None),
        [start, limit] => ((*start).clone(), (*limit).clone(), None),
        [start, limit, step] => ((*start).clone(), (*limit).clone(), Some((*step).clone())),
        _ => return Err(Stop::Fails),
    };
    let is_down = limit < start;
    let step = step.unwrap_or_else(|| if is_down { one.negate() } else { one });
    if step.is_zero() || start != limit && step.is_negative() != is_down {
        return Err(Stop::Fails);
    }
    let mut elements = Vec::new();
    let mut at = start;
    while if is_down { at > limit } else { at < limit } {
        if elements.len() == LONGEST_RANGE {
            return Err(Stop::Fails);
        }
        call.charge(1)?;
        elements.push(Element::always(Value::number(at.clone())));
        at = at.add(&step).ok_or(Stop::Unknown)?;
    }
    Ok(read::list_of(elements, Collection::List))
}
