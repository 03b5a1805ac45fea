//! The types that a body may have, by the values that the arguments of its block may have.

use std::sync::Arc;

use super::root::RootSource;
use crate::azapi::AzapiBlock;
use crate::azapi::provider::BodyOf;
use crate::schema::{Function, ResourceType, ResourceVersion, Schema, SchemaType};
use crate::terraform::value::{Object, Value};

/// A type that a body may have.
#[derive(Debug, Clone)]
pub(crate) struct Reading<'s> {
    pub(crate) ty: SchemaType<'s>,
    /// The resource type at its version; where that is not known, at its newest.
    pub(crate) version: ResourceVersion<'s>,
    /// What `type` is then, where it may be something else.
    pub(crate) when_type: Option<Arc<str>>,
}

/// How sure a reading must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Every type is known at its version, else there is no reading.
    Verdict,
    /// Types that are not known are left out, and where a version is not, the newest counts.
    Shown,
}

/// What the body of a block is the whole of, and its types. `None` where none is known.
pub(crate) fn readings<'s>(
    schema: &'s Schema,
    block: &AzapiBlock,
    arguments: &Object,
    purpose: Purpose,
) -> Option<(RootSource, Vec<Reading<'s>>)> {
    let means = &block.definition.means;
    let argument =
        |name: &str| arguments.items.get(name).map(|item| &item.value).filter(|value| !value.is_null());
    let action = argument("action");
    let of_function = means.body == BodyOf::Function && action.is_some();
    let source = match means.body {
        BodyOf::Nothing => return None,
        BodyOf::Resource if means.checks.contains(&crate::azapi::provider::Check::Body) => {
            RootSource::Resource
        }
        BodyOf::Resource => RootSource::Part,
        BodyOf::Function if of_function => RootSource::Function,
        BodyOf::Function => match argument("method")?.as_str()?.as_ref() {
            "PUT" => RootSource::Sent,
            "PATCH" => RootSource::Part,
            _ => return None,
        },
    };
    let mut found: Vec<Reading<'s>> = Vec::new();
    let outcomes: Vec<&Value> = argument("type")?.outcomes().collect();
    for outcome in &outcomes {
        let ty = named(outcome).and_then(|(name, written)| {
            let resource_type = schema.resource_type(&name)?;
            let when_type = || (outcomes.len() > 1).then(|| format!("{name}@{written}").into());
            let reading = |version, ty| Reading { ty, version, when_type: when_type() };
            if of_function {
                let at = resource_type.version(&written).unwrap_or_else(|| resource_type.newest());
                return Some(reading(at, input(schema, resource_type, &written, action?)?));
            }
            let at = at_version(resource_type, &written, purpose)?;
            Some(reading(at, at.body()))
        });
        match (ty, purpose) {
            (Some(ty), _) => found.push(ty),
            (None, Purpose::Verdict) => return None,
            (None, Purpose::Shown) => {}
        }
    }
    (!found.is_empty()).then_some((source, found))
}

/// The parts of `TYPE@VERSION`; the version is empty where it is not known.
fn named(value: &Value) -> Option<(String, String)> {
    if let Some(text) = value.as_str() {
        let (name, version) = text.split_once('@')?;
        return Some((name.to_owned(), version.to_owned()));
    }
    let crate::terraform::value::ValueKind::String(text) = &value.kind else { return None };
    let prefix = text.known_prefix();
    let (name, _) = prefix.split_once('@')?;
    Some((name.to_owned(), String::new()))
}

fn at_version<'s>(of: ResourceType<'s>, version: &str, purpose: Purpose) -> Option<ResourceVersion<'s>> {
    of.version(version).or_else(|| (purpose == Purpose::Shown).then(|| of.newest()))
}

/// The input of a function at a version, or where that has no such function at the newest that has any.
fn input<'s>(
    schema: &'s Schema,
    of: ResourceType<'s>,
    version: &str,
    action: &Value,
) -> Option<SchemaType<'s>> {
    let name = action.as_str()?;
    let functions = schema.functions(of.name())?;
    let named = |version: &str| functions.at(version).find(|function| function.name() == &*name);
    let function = named(version).or_else(|| named(functions.versions().next()?.as_str()));
    function.and_then(Function::input)
}
