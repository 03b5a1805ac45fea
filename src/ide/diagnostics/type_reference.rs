//! What the checks of `type` share: its parts as they are written, and how sure it is that the provider refuses
//! what the data does not have.

use super::Severity;
use super::checker::Checker;
use crate::azapi::type_verdict::{self, Certainty, TypeVerdict};
use crate::azapi::{Resource, TypeReference};
use crate::schema::Schema;
use crate::syntax::ast::Expression;
use crate::terraform::{Evaluator, Located, ValueKind};
use crate::text::{TextRange, TextSize};

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

/// What is to be said of the type and the api-version that the block names.
pub(super) fn verdict<'s>(checker: &Checker<'s>, resource: &Resource<'_>) -> TypeVerdict<'s> {
    let TypeReference::Named { resource_type, api_version } = &resource.type_reference else {
        return TypeVerdict::Fine;
    };
    // What the data has is right wherever it stands.
    if resource.version().is_some() {
        return TypeVerdict::Fine;
    }
    let validated = is_validated(&checker.evaluator, resource);
    let definition = resource.block.definition;
    type_verdict::judge(resource_type, api_version.as_deref(), definition, checker.schema, validated)
}

/// How bad it is that the data does not have a type or a version.
pub(super) fn severity(certainty: Certainty) -> Severity {
    match certainty {
        Certainty::Refused => Severity::Error,
        Certainty::SwitchedOff => Severity::Information,
        Certainty::Unsure | Certainty::Vanished => Severity::Warning,
    }
}

/// Says that newer data lost something.
pub(super) fn gone(what: &str) -> String {
    format!("Earlier type data had {what}, and it is gone from newer data: a newer provider may refuse it")
}

/// Whether the provider surely checks the block against its type data.
pub(super) fn is_validated(evaluator: &Evaluator<'_>, resource: &Resource<'_>) -> bool {
    match resource.argument(evaluator, "schema_validation_enabled") {
        None => true,
        Some(value) if matches!(value.kind, ValueKind::Null | ValueKind::Bool(true)) => true,
        Some(value) => value.as_str().as_deref() == Some("true"),
    }
}

/// Says of which date the data is, where a newer provider may know better.
pub(super) fn doubt(schema: &Schema, certainty: Certainty) -> String {
    match certainty {
        Certainty::Unsure => format!(" (type data up to {})", schema.source().newest_api_version),
        _ => String::new(),
    }
}
