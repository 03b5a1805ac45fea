//! Durations as Go writes them: `1h30m`, `-1.5s`, `100ms`.

/// Nanoseconds; `None` for a text that is none, and beyond 292 years.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let (is_negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if unsigned == "0" {
        return Some(0);
    }
    if unsigned.is_empty() {
        return None;
    }
    let mut total: i128 = 0;
    let mut rest = unsigned;
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, behind) = rest.split_at(number_end);
        let unit_end = behind.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(behind.len());
        let (unit, behind) = behind.split_at(unit_end);
        total = total.checked_add(nanoseconds(number, unit_of(unit)?)?)?;
        rest = behind;
    }
    i64::try_from(if is_negative { -total } else { total }).ok()
}

fn unit_of(name: &str) -> Option<i64> {
    Some(match name {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

fn nanoseconds(number: &str, unit: i64) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') || fraction.len() > 18 {
        return None;
    }
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let numerator: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let part = numerator * i128::from(unit) / 10_i128.pow(fraction.len() as u32);
    whole.checked_mul(i128::from(unit))?.checked_add(part)
}
