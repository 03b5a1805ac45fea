//! The documentation of an item, found again by what it is about.

use super::Topic;
use crate::azapi::body::TypedAs;
use crate::azapi::provider::Provider;
use crate::ide::reference::{self, markdown};
use crate::schema::path::BodyPath;
use crate::schema::{Lookup, ResourceVersion, Schema};

/// Markdown; `None` when nothing is known of it.
pub(in crate::ide) fn documentation(schema: &Schema, topic: &Topic) -> Option<String> {
    match topic {
        Topic::ResourceType(name) => {
            markdown::documentation(&reference::in_short(schema.resource_type(name)?))
        }
        Topic::DataPlaneType(name) => {
            let found = Provider::get().data_plane_type(name)?;
            markdown::documentation(&reference::data_plane_type(found, None))
        }
        Topic::Property { resource_type, version, function, path } => {
            let version = find(schema, resource_type, version)?;
            property(version, function.as_deref(), &path.parse().ok()?)
        }
        Topic::Function { resource_type, version, name } => {
            let functions = schema.functions(resource_type)?.at(version);
            let found = functions.into_iter().find(|function| function.name() == name)?;
            markdown::documentation(&reference::function(found))
        }
    }
}

fn find<'s>(schema: &'s Schema, resource_type: &str, version: &str) -> Option<ResourceVersion<'s>> {
    match schema.lookup(resource_type, version) {
        Lookup::Found(found) => Some(found),
        _ => None,
    }
}

fn property(version: ResourceVersion<'_>, function: Option<&str>, path: &BodyPath) -> Option<String> {
    let root = match function {
        None => version.body(),
        Some(name) => version.functions().find(|function| function.name() == name)?.input()?,
    };
    let found = path.resolve(root).ok()?;
    let typed = TypedAs {
        ty: found.ty,
        property: found.property,
        selects: None,
        when: Vec::new(),
        path: path.clone(),
        versions: vec![version],
    };
    markdown::documentation(&reference::key(&typed, function.is_some()))
}
