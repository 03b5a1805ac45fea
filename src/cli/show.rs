//! `azapi-ls show`: one type, one version of it or one property, as a hover would say it.

use std::io::Write;

use serde::Serialize;

use super::format::Format;
use super::query_error::{QueryError, nearest};
use super::type_json::PropertyJson;
use crate::schema::path::{BodyPath, Resolved};
use crate::schema::render::{limits, type_line};
use crate::schema::{
    Lookup, Property, ResourceType, ResourceVersion, Schema, SchemaType, Scope, Scopes, TypeKind,
};

/// Elements of a union that a line of a list names.
const ELEMENTS_IN_LIST: usize = 8;

/// Shows a resource type, one of its versions, or what stands at a path of its body.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// `TYPE` or `TYPE@VERSION`, such as `Microsoft.Storage/storageAccounts@2023-01-01`
    #[arg(value_name = "TYPE[@VERSION]")]
    pub type_reference: String,
    /// Where in the body, such as `properties.rules.*.action`; `[kind=VALUE]` picks a variant. Without
    /// a version, in the newest stable one
    #[arg(value_name = "BODY.PATH")]
    pub path: Option<String>,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Prints the answer. `Err` when there is no such type, version or path.
pub fn run(args: &ShowArgs, schema: &Schema, out: &mut dyn Write) -> Result<(), QueryError> {
    let (name, version) = match args.type_reference.split_once('@') {
        Some((name, version)) => (name, Some(version)),
        None => (args.type_reference.as_str(), None),
    };
    let Some(version) = version else {
        let ty = schema.resource_type(name).ok_or_else(|| unknown_type(schema, name))?;
        return match &args.path {
            None => show_type(ty, args.format, out),
            Some(path) => show_version(ty.newest_stable().unwrap_or(ty.newest()), path, args.format, out),
        };
    };
    let path = args.path.as_deref().unwrap_or_default();
    match schema.lookup(name, version) {
        Lookup::Found(version) => show_version(version, path, args.format, out),
        Lookup::UnknownVersion { resource_type, close } => {
            let newest = [resource_type.newest().api_version().as_str()];
            let near = nearest(if close.is_empty() { &newest } else { &close });
            let name = resource_type.name();
            Err(QueryError::Unknown(format!("{name} has no api-version `{version}`{near}")))
        }
        Lookup::UnknownType { .. } => Err(unknown_type(schema, name)),
    }
}

fn unknown_type(schema: &Schema, name: &str) -> QueryError {
    if let Some(functions) = schema.functions(name) {
        let names = functions.names().join(", ");
        return QueryError::Unknown(format!("`{name}` is no resource type, it has functions only: {names}"));
    }
    let near = nearest(&schema.close_types(name));
    QueryError::Unknown(format!("there is no resource type `{name}`{near}"))
}

#[derive(Serialize)]
struct TypeAnswer<'s> {
    #[serde(rename = "type")]
    name: &'s str,
    api_versions: Vec<&'s str>,
    parent_id_patterns: Vec<String>,
    import_id: String,
    functions: Vec<&'s str>,
}

fn show_type(ty: ResourceType<'_>, format: Format, out: &mut dyn Write) -> Result<(), QueryError> {
    let answer = TypeAnswer {
        name: ty.name(),
        api_versions: ty.versions().map(|version| version.api_version().as_str()).collect(),
        parent_id_patterns: ty.parent_patterns(),
        import_id: ty.import_id(),
        functions: ty.function_names(),
    };
    if format == Format::Json {
        serde_json::to_writer_pretty(&mut *out, &answer)?;
        return Ok(writeln!(out)?);
    }
    writeln!(out, "{}", answer.name)?;
    let mut list = |title: &str, items: &[&str]| -> std::io::Result<()> {
        for (index, item) in items.iter().enumerate() {
            writeln!(out, "  {:12}  {item}", if index == 0 { title } else { "" })?;
        }
        Ok(())
    };
    let parents: Vec<&str> = answer.parent_id_patterns.iter().map(String::as_str).collect();
    list("parent_id", &parents)?;
    list("import id", &[&answer.import_id])?;
    list("functions", &answer.functions)?;
    list("api-versions", &answer.api_versions)?;
    Ok(())
}

#[derive(Serialize)]
struct VersionAnswer<'s> {
    #[serde(rename = "type")]
    name: &'s str,
    api_version: &'s str,
    readable_scopes: Vec<&'static str>,
    writable_scopes: Vec<&'static str>,
    path: String,
    property: PropertyJson<'s>,
}

fn scope_names(scopes: Scopes) -> Vec<&'static str> {
    scopes.iter().map(Scope::name).collect()
}

fn show_version(
    version: ResourceVersion<'_>,
    path: &str,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), QueryError> {
    let (name, api_version) = (version.type_name(), version.api_version().as_str());
    let unknown = |error| QueryError::Unknown(format!("{name}@{api_version}: {error}"));
    let path: BodyPath = path.parse().map_err(unknown)?;
    let found = path.resolve(version.body()).map_err(unknown)?;
    let answer = VersionAnswer {
        name,
        api_version,
        readable_scopes: scope_names(version.readable_scopes()),
        writable_scopes: scope_names(version.writable_scopes()),
        path: path.to_string(),
        property: PropertyJson::new(found),
    };
    if format == Format::Json {
        serde_json::to_writer_pretty(&mut *out, &answer)?;
        return Ok(writeln!(out)?);
    }
    writeln!(out, "{name}@{api_version}")?;
    if path.steps().is_empty() {
        for (title, scopes) in
            [("readable at", &answer.readable_scopes), ("writable at", &answer.writable_scopes)]
        {
            let scopes = if scopes.is_empty() { "no scope".to_owned() } else { scopes.join(", ") };
            writeln!(out, "  {title}  {scopes}")?;
        }
    }
    let since = version.resource_type().since(&path).filter(|_| !path.steps().is_empty());
    write_found(&answer.path, found, since.map(|since| since.as_str()), out)
}

fn write_found(
    path: &str,
    found: Resolved<'_>,
    since: Option<&str>,
    out: &mut dyn Write,
) -> Result<(), QueryError> {
    let facts = facts(found.property, found.ty);
    let title = [path, &type_line(found.ty, usize::MAX), &facts.join(", ")]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("  ");
    writeln!(out, "{title}")?;
    if let Some(description) = found.property.and_then(Property::description) {
        writeln!(out, "  {description}")?;
    }
    if let Some(since) = since {
        writeln!(out, "  since {since}")?;
    }
    write_members(found.ty, out)
}

/// Flags, then limits.
fn facts(property: Option<Property<'_>>, ty: SchemaType<'_>) -> Vec<String> {
    let flags = property.into_iter().flat_map(|p| p.flags().names()).map(str::to_owned);
    flags.chain(limits(ty)).collect()
}

fn write_members(ty: SchemaType<'_>, out: &mut dyn Write) -> Result<(), QueryError> {
    let mut rows: Vec<(String, String, String)> = Vec::new();
    let member = |name: String, property: Option<Property<'_>>, ty: SchemaType<'_>| {
        (name, type_line(ty, ELEMENTS_IN_LIST), facts(property, ty).join(", "))
    };
    let named = |p: Property<'_>| member(p.name().to_owned(), Some(p), p.ty());
    match ty.kind() {
        TypeKind::Object(object) => {
            rows.extend(object.properties().map(named));
            rows.extend(object.additional_properties().map(|ty| member("*".to_owned(), None, ty)));
        }
        TypeKind::Discriminated(object) => {
            rows.extend(object.base_properties().map(named));
            let variant = |value: &str| format!("[{}={value}]", object.discriminator());
            rows.extend(object.variants().map(|(value, ty)| member(variant(value), None, ty)));
        }
        TypeKind::Array { items, .. } => rows.push(member("*".to_owned(), None, items)),
        TypeKind::Union(elements) => {
            for element in elements {
                write_members(element, out)?;
            }
        }
        _ => {}
    }
    let width = |part: fn(&(String, String, String)) -> &String| {
        rows.iter().map(|row| part(row).chars().count()).filter(|&w| w <= 40).max().unwrap_or(0)
    };
    let (names, types) = (width(|row| &row.0), width(|row| &row.1));
    for (name, ty, facts) in &rows {
        let line = format!("  {name:names$}  {ty:types$}  {facts}");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
