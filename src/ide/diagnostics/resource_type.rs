//! `invalid-type-format`, `unknown-resource-type`, `unknown-api-version`: what a block's `type` names.

use super::Findings;
use super::codes::{INVALID_TYPE_FORMAT, UNKNOWN_API_VERSION, UNKNOWN_RESOURCE_TYPE};
use crate::azapi::{Resource, TypeReference};
use crate::ide::Severity;
use crate::schema::provider::{Check, Provider, TypesOf};
use crate::schema::{ApiVersion, Lookup, Schema};
use crate::syntax::ast::AstNode;
use crate::terraform::{Evaluator, ValueKind};
use crate::text::{TextRange, closest};

/// So many near names are told.
const NEAREST: usize = 3;
/// A version older than the data by so many days is surely not just newer than the data.
const DAYS_OF_DOUBT: i64 = 365;

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
        TypeReference::Named { resource_type, api_version } => match resource.block.definition.means.types {
            TypesOf::Nothing => {}
            TypesOf::DataPlane => check_data_plane(findings, resource, range, resource_type),
            TypesOf::Resource => {
                check_named(findings, resource, range, resource_type, api_version.as_deref());
            }
        },
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

/// The provider's list of data-plane types may have grown since it was written down: never an error.
fn check_data_plane(findings: &mut Findings<'_>, resource: &Resource<'_>, range: TextRange, name: &str) {
    let provider = Provider::get();
    if provider.data_plane_type(name).is_some() {
        return;
    }
    let close = closest(name, provider.data_plane_types().iter().map(|known| known.name.as_str()), NEAREST);
    let message = format!(
        "`{name}` is not one of the data-plane types of azapi {}{}",
        provider.provider_version,
        nearest(&close)
    );
    findings.add(&UNKNOWN_RESOURCE_TYPE, range, message).severity(Severity::Warning).of(resource);
}

fn check_named(
    findings: &mut Findings<'_>,
    resource: &Resource<'_>,
    range: TextRange,
    name: &str,
    version: Option<&str>,
) {
    let known =
        if version.is_some() { resource.version().is_some() } else { resource.resource_type().is_some() };
    if known {
        return;
    }
    let schema = findings.schema();
    match schema.lookup(name, version.unwrap_or_default()) {
        Lookup::Found(_) => {}
        Lookup::UnknownType { close } => {
            let severity = severity(findings, resource, version);
            let mut message = format!("There is no resource type `{name}`{}", nearest(&close));
            message.push_str(&doubt(schema, severity));
            findings.add(&UNKNOWN_RESOURCE_TYPE, range, message).severity(severity).of(resource);
        }
        Lookup::UnknownVersion { resource_type, close } => {
            let Some(version) = version else { return };
            let severity = severity(findings, resource, Some(version));
            let newest = resource_type.newest_stable().unwrap_or(resource_type.newest());
            let mut message = format!(
                "`{}` has no api-version `{version}`{}; the newest is `{}`",
                resource_type.name(),
                nearest(&close),
                newest.api_version()
            );
            message.push_str(&doubt(schema, severity));
            findings.add(&UNKNOWN_API_VERSION, range, message).severity(severity).of(resource);
        }
    }
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

/// How sure it is that the provider refuses what the data does not have.
fn severity(findings: &Findings<'_>, resource: &Resource<'_>, version: Option<&str>) -> Severity {
    if !resource.block.definition.means.checks.contains(&Check::Type) {
        return Severity::Warning;
    }
    match validation(&findings.evaluator, resource) {
        Validation::On => {}
        Validation::Off => return Severity::Information,
    }
    let newest = ApiVersion::new(findings.schema().source().newest_api_version).days();
    match (version.map(|version| ApiVersion::new(version).days()), newest) {
        // What is no date is no version of any data to come.
        (Some(None), _) => Severity::Error,
        (Some(Some(day)), Some(newest)) if newest - day > DAYS_OF_DOUBT => Severity::Error,
        _ => Severity::Warning,
    }
}

/// Whether the provider checks the block against its type data.
enum Validation {
    On,
    /// Off, or not known to be on.
    Off,
}

fn validation(evaluator: &Evaluator<'_>, resource: &Resource<'_>) -> Validation {
    match resource.argument(evaluator, "schema_validation_enabled") {
        None => Validation::On,
        Some(value) if matches!(value.kind, ValueKind::Null | ValueKind::Bool(true)) => Validation::On,
        Some(value) if value.as_str().as_deref() == Some("true") => Validation::On,
        Some(_) => Validation::Off,
    }
}

/// Says of which date the data is, where a newer provider may know better.
fn doubt(schema: &Schema, severity: Severity) -> String {
    match severity {
        Severity::Warning => {
            format!(" (type data up to {})", schema.source().newest_api_version)
        }
        _ => String::new(),
    }
}
