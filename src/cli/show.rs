//! `azapi-ls show`: one type, one version of it or one property, as a hover would.

use std::io::Write;

use super::format::{Format, write_json};
use super::lookup;
use super::query_error::QueryError;
use crate::ide::reference::{self, Body, Described, NamedVersion, json, text};
use crate::schema::path::BodyPath;
use crate::schema::{ResourceVersion, Schema};

/// Shows a resource type, one of its versions, or what stands at a path of its body.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// `TYPE` or `TYPE@VERSION`, such as `Microsoft.Storage/storageAccounts@2023-01-01`
    #[arg(value_name = "TYPE[@VERSION]")]
    pub(crate) type_reference: String,
    /// Where in the body, such as `properties.rules.*.action`; `[kind=VALUE]` picks a variant. Without
    /// a version, in the newest stable one
    #[arg(value_name = "BODY.PATH")]
    pub path: Option<String>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Prints what is found. `Err` when there is no such type, version or path.
pub(crate) fn run(args: &ShowArgs, schema: &Schema, out: &mut dyn Write) -> Result<(), QueryError> {
    let described = described(args, schema)?;
    match args.format {
        Format::Json => Ok(write_json(out, &json::Output(&described))?),
        Format::Text => Ok(out.write_all(text::page(&described).as_bytes())?),
    }
}

fn described<'s>(args: &ShowArgs, schema: &'s Schema) -> Result<Described<'s>, QueryError> {
    let Some((name, version)) = args.type_reference.split_once('@') else {
        let name = args.type_reference.as_str();
        let ty = schema.resource_type(name).ok_or_else(|| lookup::unknown_type(schema, name))?;
        return match &args.path {
            None => Ok(reference::resource_type(schema, ty, NamedVersion::None)),
            Some(path) => property(ty.preferred(), path),
        };
    };
    property(lookup::version(schema, name, version)?, args.path.as_deref().unwrap_or_default())
}

fn property<'s>(version: ResourceVersion<'s>, path: &str) -> Result<Described<'s>, QueryError> {
    let unknown =
        |error| QueryError::Unknown(format!("{}@{}: {error}", version.type_name(), version.api_version()));
    let path: BodyPath = path.parse().map_err(unknown)?;
    let found = path.resolve(version.body()).map_err(unknown)?;
    Ok(reference::property(Body::Resource(version), &path, found))
}

#[cfg(test)]
mod same_facts_tests;
#[cfg(test)]
mod tests;
