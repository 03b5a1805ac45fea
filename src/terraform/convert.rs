//! Terraform's conversions between strings, numbers and booleans. What it refuses fails; null and what is not known
//! stay so.

use super::functions;
use super::number::Number;
use super::type_constraint::Type;
use super::value::{Text, Value, ValueKind};

/// Numbers and booleans as Terraform writes them.
pub(crate) fn to_string(value: &Value) -> Value {
    convert(value, &Type::String, &|kind| match kind {
        ValueKind::String(_) => Some(kind.clone()),
        ValueKind::Bool(value) => Some(ValueKind::String(Text::known(if *value { "true" } else { "false" }))),
        ValueKind::Number(number) => Some(ValueKind::String(Text::known(&number.to_string()))),
        _ => None,
    })
}

/// Strings in decimal notation.
pub(crate) fn to_number(value: &Value) -> Value {
    convert(value, &Type::Number, &|kind| match kind {
        ValueKind::Number(_) => Some(kind.clone()),
        ValueKind::String(text) => match functions::rendered(text) {
            Some(known) if is_decimal(&known) => {
                Some(Number::parse(&known).map_or(unknown(&Type::Number), ValueKind::Number))
            }
            Some(known) if !has_binary_exponent(&known) => None,
            _ => Some(unknown(&Type::Number)),
        },
        _ => None,
    })
}

/// Nothing but the strings `true`, `false`, `1` and `0`.
pub(crate) fn to_bool(value: &Value) -> Value {
    convert(value, &Type::Bool, &|kind| match kind {
        ValueKind::Bool(_) => Some(kind.clone()),
        ValueKind::String(text) => match functions::rendered(text).as_deref() {
            Some("true" | "1") => Some(ValueKind::Bool(true)),
            Some("false" | "0") => Some(ValueKind::Bool(false)),
            Some(_) => None,
            None => Some(unknown(&Type::Bool)),
        },
        _ => None,
    })
}

fn unknown(ty: &Type) -> ValueKind {
    ValueKind::Unknown { ty: ty.clone(), not_null: true }
}

/// `change` gives the converted kind of a known value, `None` where Terraform refuses it.
fn convert(value: &Value, target: &Type, change: &dyn Fn(&ValueKind) -> Option<ValueKind>) -> Value {
    let kind = match &value.kind {
        ValueKind::OneOf(_) => {
            return value.map_outcomes(&mut |one| convert(one, target, change)).marked(value.marks);
        }
        ValueKind::Null | ValueKind::Computed(_) | ValueKind::Block(_) | ValueKind::ProviderCall(_) => {
            return value.clone();
        }
        ValueKind::Unknown { ty, not_null } => unknown_as(ty, *not_null, target),
        known => change(known),
    };
    match kind {
        Some(kind) => Value { kind, spans: value.spans.clone(), marks: value.marks },
        None => Value::fails(),
    }
}

fn unknown_as(ty: &Type, not_null: bool, target: &Type) -> Option<ValueKind> {
    let is_possible = match ty {
        Type::Any | Type::String => true,
        Type::Number => *target != Type::Bool,
        Type::Bool => *target != Type::Number,
        _ => false,
    };
    is_possible.then(|| ValueKind::Unknown { ty: target.clone(), not_null })
}

/// `1p3`, which Terraform reads too; here it stays unknown.
fn has_binary_exponent(text: &str) -> bool {
    let exponent = |text: &str| text.strip_prefix(['+', '-']).unwrap_or(text).parse::<u32>().is_ok();
    text.split_once(['p', 'P']).is_some_and(|(mantissa, power)| is_decimal(mantissa) && exponent(power))
}

/// `5`, `-5.`, `+.5e-3`: digits with one point at most, and an exponent.
pub(crate) fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) =
        unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && are_digits(digits)
    });
    !(whole.is_empty() && fraction.is_empty()) && are_digits(whole) && are_digits(fraction) && exponent_fits
}
