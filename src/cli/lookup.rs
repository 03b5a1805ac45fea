//! Finds what a command's argument names in the type data.

use super::query_error::{QueryError, nearest};
use crate::ide::type_search::meant;
use crate::schema::{Lookup, ResourceVersion, Schema};

/// A type at a version. `Err` names the nearest ones.
pub(crate) fn version<'s>(
    schema: &'s Schema,
    name: &str,
    version: &str,
) -> Result<ResourceVersion<'s>, QueryError> {
    match schema.lookup(name, version) {
        Lookup::Found(found) => Ok(found),
        _ => Err(missing(schema, name, Some(version))),
    }
}

/// Why there is no such type, or no such version of it.
pub(crate) fn missing(schema: &Schema, name: &str, version: Option<&str>) -> QueryError {
    let version = version.unwrap_or_default();
    let Lookup::UnknownVersion { resource_type, close } = schema.lookup(name, version) else {
        return unknown_type(schema, name);
    };
    let newest = [resource_type.newest().api_version().as_str()];
    let near = nearest(if close.is_empty() { &newest } else { &close });
    QueryError::Unknown(format!("{} has no api-version `{version}`{near}", resource_type.name()))
}

/// Why there is no such type: the functions that are known of it, the types that are called so, or near names.
pub(crate) fn unknown_type(schema: &Schema, name: &str) -> QueryError {
    if let Some(functions) = schema.functions(name) {
        let names = functions.names().join(", ");
        return QueryError::Unknown(format!("`{name}` is no resource type, it has functions only: {names}"));
    }
    let near = nearest(&meant(schema, name));
    QueryError::Unknown(format!("there is no resource type `{name}`{near}"))
}
