//! `invalid-type-format`, `unknown-resource-type`, `unknown-api-version`: what a block's `type` names.

use super::Findings;
use super::codes::{INVALID_TYPE_FORMAT, UNKNOWN_API_VERSION, UNKNOWN_RESOURCE_TYPE};
use crate::azapi::provider::Provider;
use crate::azapi::type_verdict::{self, Certainty, TypeVerdict};
use crate::azapi::{Resource, TypeReference};
use crate::ide::Severity;
use crate::schema::Schema;
use crate::syntax::ast::AstNode;
use crate::terraform::{Evaluator, Value};
use crate::text::TextRange;

pub(super) fn check(findings: &mut Findings<'_>, resource: &Resource<'_>) {
    let Some(value) = resource.block.value("type") else { return };
    let range = value.node.syntax().text_range();
    match &resource.type_reference {
        TypeReference::Missing | TypeReference::Unknown => {}
        TypeReference::Malformed(text) => {
            let example = example(findings.schema(), text);
            let message = format!(
                "`type` is `{text}`; it must be `<resource-type>@<api-version>`, such as `{example}`"
            );
            findings.add(&INVALID_TYPE_FORMAT, range, message).of(resource);
        }
        TypeReference::Named { resource_type, api_version } => {
            check_named(findings, resource, range, resource_type, api_version.as_deref());
        }
    }
}

/// A well-formed value near to a malformed one.
fn example(schema: &Schema, text: &str) -> String {
    let name = text.split('@').find(|part| !part.is_empty()).unwrap_or_default();
    let found =
        schema.resource_type(name).or_else(|| schema.resource_type("Microsoft.Resources/resourceGroups"));
    let version = found.map(|found| found.newest_stable().unwrap_or(found.newest()));
    version.map_or_else(
        || "Microsoft.Resources/resourceGroups@2024-03-01".to_owned(),
        |version| format!("{}@{}", version.type_name(), version.api_version()),
    )
}

fn check_named(
    findings: &mut Findings<'_>,
    resource: &Resource<'_>,
    range: TextRange,
    name: &str,
    version: Option<&str>,
) {
    let schema = findings.schema();
    let validated = is_validated(&findings.evaluator, resource);
    let (code, severity, message) =
        match type_verdict::judge(name, version, resource.block.definition, schema, validated) {
            TypeVerdict::Fine => return,
            TypeVerdict::UnknownDataPlaneType { close } => {
                let release = &Provider::get().provider_version;
                let message = format!(
                    "`{name}` is not one of the data-plane types of azapi {release}{}",
                    nearest(&close)
                );
                (&UNKNOWN_RESOURCE_TYPE, Severity::Warning, message)
            }
            TypeVerdict::UnknownType { close, certainty } => {
                let message = match certainty {
                    Certainty::Vanished => gone(&format!("the resource type `{name}`")),
                    _ => format!("There is no resource type `{name}`{}", nearest(&close)),
                };
                (&UNKNOWN_RESOURCE_TYPE, severity(certainty), message + &doubt(schema, certainty))
            }
            TypeVerdict::UnknownVersion { resource_type, close, certainty } => {
                let newest = resource_type.newest_stable().unwrap_or(resource_type.newest()).api_version();
                let (name, version) = (resource_type.name(), version.unwrap_or_default());
                let message = match certainty {
                    Certainty::Vanished => gone(&format!("api-version `{version}` of `{name}`")),
                    _ => format!("`{name}` has no api-version `{version}`{}", nearest(&close)),
                };
                let message = format!("{message}; the newest is `{newest}`{}", doubt(schema, certainty));
                (&UNKNOWN_API_VERSION, severity(certainty), message)
            }
        };
    findings.add(code, range, message).severity(severity).of(resource);
}

fn gone(what: &str) -> String {
    format!("Earlier type data had {what}, and it is gone from newer data: a newer provider may refuse it")
}

fn nearest(close: &[&str]) -> String {
    match close {
        [] => String::new(),
        names => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("; nearest: {}", names.join(", "))
        }
    }
}

fn severity(certainty: Certainty) -> Severity {
    match certainty {
        Certainty::Refused => Severity::Error,
        Certainty::SwitchedOff => Severity::Information,
        Certainty::Unsure | Certainty::Vanished => Severity::Warning,
    }
}

/// Whether the provider surely checks the block against its type data.
fn is_validated(evaluator: &Evaluator<'_>, resource: &Resource<'_>) -> bool {
    match resource.block.value("schema_validation_enabled").map(|value| evaluator.value(&value)) {
        None | Some(Value::Null | Value::Bool(true)) => true,
        Some(value) => value.as_text().as_deref() == Some("true"),
    }
}

/// Says of which date the data is, where a newer provider may know better.
fn doubt(schema: &Schema, certainty: Certainty) -> String {
    match certainty {
        Certainty::Unsure => format!(" (type data up to {})", schema.source().newest_api_version),
        _ => String::new(),
    }
}
