//! What the checks of `type` share: its parts as they are written, and how sure it is that the provider refuses
//! what the data does not have.

use super::Severity;
use super::checker::Checker;
use crate::azapi::Resource;
use crate::azapi::provider::Check;
use crate::schema::{ApiVersion, Schema};
use crate::syntax::ast::Expression;
use crate::terraform::{Evaluator, Located, Value};
use crate::text::{TextRange, TextSize};

/// A version older than the data by so many days is surely not just newer than the data.
const DAYS_OF_DOUBT: i64 = 365;

/// Where the two parts of a `type` are written.
pub(super) struct WrittenType {
    /// Before the `@`.
    pub(super) name: TextRange,
    /// Behind it.
    pub(super) version: TextRange,
}

impl WrittenType {
    /// `None` where the value is anything but a string in quotes that means what it says: a reference, a template
    /// with parts, an escape sequence.
    pub(super) fn of(value: &Located<Expression>) -> Option<Self> {
        let Expression::Template(template) = &value.node else { return None };
        let (content, literal) = (template.content_range(), template.literal()?);
        if content.len() != TextSize::of(literal.as_str()) {
            return None;
        }
        let (name, version) = literal.split_once('@')?;
        let at_sign = content.start() + TextSize::of(name);
        let version = TextRange::at(at_sign + TextSize::of("@"), TextSize::of(version));
        Some(Self { name: TextRange::new(content.start(), at_sign), version })
    }
}

/// `; nearest: A, B`, or nothing when nothing is near.
pub(super) fn nearest(close: &[&str]) -> String {
    if close.is_empty() {
        return String::new();
    }
    let names: Vec<String> = close.iter().map(|name| format!("`{name}`")).collect();
    format!("; nearest: {}", names.join(", "))
}

/// How sure it is that the provider refuses what the data does not have.
pub(super) fn severity(checker: &Checker<'_>, resource: &Resource<'_>, version: Option<&str>) -> Severity {
    if !resource.block.definition.means.checks.contains(&Check::Type) {
        return Severity::Warning;
    }
    if !is_validated(&checker.evaluator, resource) {
        return Severity::Information;
    }
    let newest = ApiVersion::new(checker.schema.source().newest_api_version).days();
    match (version.map(|version| ApiVersion::new(version).days()), newest) {
        // What is no date is no version of any data to come.
        (Some(None), _) => Severity::Error,
        (Some(Some(day)), Some(newest)) if newest - day > DAYS_OF_DOUBT => Severity::Error,
        _ => Severity::Warning,
    }
}

/// Whether the provider surely checks the block against its type data.
pub(super) fn is_validated(evaluator: &Evaluator<'_>, resource: &Resource<'_>) -> bool {
    match resource.block.value("schema_validation_enabled").map(|value| evaluator.value(&value)) {
        None | Some(Value::Null | Value::Bool(true)) => true,
        Some(value) => value.as_text().as_deref() == Some("true"),
    }
}

/// Says of which date the data is, where a newer provider may know better.
pub(super) fn doubt(schema: &Schema, severity: Severity) -> String {
    match severity {
        Severity::Warning => format!(" (type data up to {})", schema.source().newest_api_version),
        _ => String::new(),
    }
}
