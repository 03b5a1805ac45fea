//! Finds what a command's argument names in the type data.

use super::query_error::{QueryError, nearest};
use crate::azapi::provider::Provider;
use crate::ide::type_search::meant;
use crate::schema::{Lookup, ResourceVersion, Schema};

/// So many versions are told that begin like what is written.
const NEAREST: usize = 3;

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
    let name = resource_type.name();
    let newest = resource_type.preferred().api_version();
    if version.is_empty() {
        return QueryError::Unknown(format!(
            "no api-version of {name} stands behind the `@`; newest: {newest}"
        ));
    }
    // Of half a date, those that begin so.
    let known = resource_type.versions().map(|known| known.api_version().as_str());
    let like: Vec<&str> = known.filter(|known| known.starts_with(version)).take(NEAREST).collect();
    let near = nearest(if like.is_empty() { &close } else { &like });
    QueryError::Unknown(format!("{name} has no api-version `{version}`{near}; newest: {newest}"))
}

/// Why there is no such type: the functions that are known of it, the types that are called so, or near names.
pub(crate) fn unknown_type(schema: &Schema, name: &str) -> QueryError {
    if let Some(functions) = schema.functions(name) {
        let names = functions.names().join(", ");
        return QueryError::Unknown(format!("`{name}` is no resource type, it has functions only: {names}"));
    }
    if let Some(known) = Provider::get().data_plane_type(name) {
        let name = &known.name;
        return QueryError::Unknown(format!(
            "`{name}` is a type of `azapi_data_plane_resource`, whose body the type data does not have; `azapi-ls docs {name}` prints its page"
        ));
    }
    if name.is_empty() {
        return QueryError::Unknown("no resource type is written".to_owned());
    }
    let near = meant(schema, name);
    let near = match near.is_empty() {
        true => "; `azapi-ls types WORD` finds some".to_owned(),
        false => nearest(&near),
    };
    QueryError::Unknown(format!("there is no resource type `{name}`{near}"))
}
