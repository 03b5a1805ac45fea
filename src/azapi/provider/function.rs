//! The provider's functions.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::argument::ArgumentType;

/// A function of the provider.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderFunction {
    /// The first release that has it.
    pub since: String,
    /// One sentence.
    pub description: String,
    /// In order.
    pub parameters: Vec<Parameter>,
    /// What it gives.
    pub returns: Returns,
}

/// A parameter of a function.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: ArgumentType,
    /// Whether it takes null.
    #[serde(default)]
    pub allow_null: bool,
    /// Whether it takes a value that is not known yet.
    #[serde(default)]
    pub allow_unknown: bool,
}

/// What a function gives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returns {
    /// Its type.
    #[serde(rename = "type")]
    pub ty: ArgumentType,
    /// The attributes of an object.
    #[serde(default)]
    pub attributes: BTreeMap<String, ArgumentType>,
}
