//! `type-mismatch`: a value of another kind than its property has. Fixed where only its notation is wrong.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::TYPE_MISMATCH;
use super::{Fix, body_fix};
use crate::azapi::emit;
use crate::azapi::validate::{Expected, FaultKind, Found};

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    match &found.fault.kind {
        FaultKind::Type { expected, found: value } => {
            let message = format!(
                "{} must be {}, not {}",
                found.subject(),
                expected_text(*expected),
                found_text(value)
            );
            let fixes = rewritten(checker, found, *expected, value);
            found.report(checker, &TYPE_MISMATCH, &message).fixes(fixes);
        }
        FaultKind::StringBody { argument } => {
            let fix = body_fix::without_jsonencode(checker, &found.at);
            let message = format!("`{argument}` must be an object, not a string");
            found.report(checker, &TYPE_MISMATCH, &message).fixes(fix);
        }
        _ => {}
    }
}

pub(super) fn expected_text(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "an object",
        Expected::List => "a list",
        Expected::String => "a string",
        Expected::Integer => "a number",
        Expected::Boolean => "`true` or `false`",
    }
}

pub(super) fn found_text(found: &Found) -> String {
    match found {
        Found::Object => "an object".to_owned(),
        Found::List => "a list".to_owned(),
        Found::String(Some(text)) => format!("the string `\"{text}\"`"),
        Found::String(None) => "a string".to_owned(),
        Found::Number(number) => format!("the number `{number}`"),
        Found::Bool(bool) => format!("`{bool}`"),
    }
}

fn rewritten(checker: &Checker<'_>, found: &BodyFault<'_>, expected: Expected, value: &Found) -> Vec<Fix> {
    let (from, to) = match (expected, value) {
        (Expected::Integer, Found::String(Some(text)))
            if text.parse::<i64>().is_ok_and(|it| it.to_string() == *text) =>
        {
            (emit::string(text), text.clone())
        }
        (Expected::Boolean, Found::String(Some(text))) if text == "true" || text == "false" => {
            (emit::string(text), text.clone())
        }
        (Expected::String, Found::Number(number)) => (number.to_string(), emit::string(&number.to_string())),
        (Expected::String, Found::Bool(bool)) => (bool.to_string(), emit::string(&bool.to_string())),
        _ => return Vec::new(),
    };
    body_fix::rewrite(checker, &found.at, &from, &to)
}
