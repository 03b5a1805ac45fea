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
        Lookup::UnknownVersion { resource_type, close } => {
            let newest = [resource_type.newest().api_version().as_str()];
            let near = nearest(if close.is_empty() { &newest } else { &close });
            let name = resource_type.name();
            Err(QueryError::Unknown(format!("{name} has no api-version `{version}`{near}")))
        }
        Lookup::UnknownType { .. } => Err(unknown_type(schema, name)),
    }
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
