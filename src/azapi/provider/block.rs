//! What a block of the provider takes, and what its arguments are about.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::argument::{Argument, ArgumentRule};

/// A block and what it takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// One sentence on what it is for.
    #[serde(default)]
    pub summary: Option<String>,
    /// The first release that has it; `None` for the first of version 2, `unreleased` for none yet.
    #[serde(default)]
    pub since: Option<String>,
    /// Arguments that version 1 had and version 2 has no more.
    #[serde(default)]
    pub removed: Vec<String>,
    /// What its `type`, `body` and `id` are about.
    #[serde(default)]
    pub means: Meaning,
    /// What its arguments must fulfil together.
    #[serde(default)]
    pub rules: Vec<BlockRule>,
    /// By name.
    pub arguments: BTreeMap<String, Argument>,
    /// Nested blocks by name.
    #[serde(default)]
    pub blocks: BTreeMap<String, NestedBlock>,
}

impl Block {
    /// Whether an argument that may be anything must not be a string.
    pub(crate) fn refuses_string(&self, argument: &str) -> bool {
        self.arguments.get(argument).is_some_and(|it| it.rules.contains(&ArgumentRule::NotAString))
    }
}

/// What a block's `type`, `body` and `id` are about.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Meaning {
    /// Which types its `type` may name.
    pub types: TypesOf,
    /// What its `body` is.
    pub body: BodyOf,
    /// What its `output` is made of.
    pub response: ResponseOf,
    /// Whether its `id` is the ARM id of a resource of the type that it names.
    pub id_of_type: bool,
    /// What the provider checks of it against its type data.
    pub checks: Vec<Check>,
    /// It asks Azure nothing, so that any type passes.
    pub local: bool,
    /// Whether `terraform import` takes it by an ARM id.
    pub importable: bool,
}

/// Which types a block's `type` may name.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TypesOf {
    /// It has no `type`.
    #[default]
    Nothing,
    /// The resource types of the type data.
    Resource,
    /// The provider's own list of data-plane types.
    DataPlane,
}

/// What a block's `body` is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyOf {
    /// It has none, or none that the type data knows.
    #[default]
    Nothing,
    /// The resource's body.
    Resource,
    /// The input of the function that `action` names.
    Function,
}

/// What a block's `output` is made of.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResponseOf {
    /// It has none, or none that the type data knows.
    #[default]
    Nothing,
    /// The resource.
    Resource,
    /// What the function that `action` names gives.
    Function,
    /// A list of resources.
    List,
}

/// What the provider checks against its type data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// That the type and its api-version exist, unless `schema_validation_enabled` is false.
    Type,
    /// What `body` holds with the arguments that stand for parts of it, unless `schema_validation_enabled` is false.
    Body,
    /// That a resource of the type can live under `parent_id`.
    Parent,
    /// That `parent_id` is of the type above that of what is listed; the provider leaves that to Azure.
    ParentOfList,
    /// That `resource_id` is of the type that the block names.
    ResourceId,
}

/// A block inside a block.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NestedBlock {
    /// How often it may stand.
    pub nesting: Nesting,
    /// One sentence.
    pub description: String,
    /// What its arguments must fulfil together.
    #[serde(default)]
    pub rules: Vec<BlockRule>,
    /// By name.
    pub arguments: BTreeMap<String, Argument>,
}

/// How often a nested block may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nesting {
    /// Once at most.
    Single,
    /// Any number of times, as far as the provider's schema says.
    List,
}

/// What the arguments of a block must fulfil together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BlockRule {
    /// One of them and no other.
    ExactlyOneOf {
        /// Their names.
        arguments: Vec<String>,
        /// Resource types that need none.
        #[serde(default)]
        none_for_types: Vec<String>,
    },
    /// One asks for another.
    Requires {
        /// Where this is given,
        argument: String,
        /// this must be too,
        other: String,
        /// unless the resource type is one of these.
        #[serde(default)]
        unless_types: Vec<String>,
    },
    /// Required, but for some resource types.
    RequiredUnlessType {
        /// Its name.
        argument: String,
        /// The types that do without.
        types: Vec<String>,
    },
    /// Required, unless the `provider` block says what holds where it is not given.
    RequiredUnlessProviderHas {
        /// Its name.
        argument: String,
        /// The provider's argument.
        default: String,
    },
    /// They stand for properties of the same names, which must not be in the bodies too.
    NotAlsoInBody {
        /// Their names.
        arguments: Vec<String>,
        /// The arguments that are bodies.
        bodies: Vec<String>,
    },
    /// One has no place unless another has one of these values.
    OnlyIf {
        /// What has no place.
        argument: String,
        /// What decides.
        other: String,
        /// The values that allow it.
        values: Vec<String>,
    },
    /// One has no place where another has one of these values.
    NotIf {
        /// What has no place.
        argument: String,
        /// What decides.
        other: String,
        /// The values that forbid it.
        values: Vec<String>,
    },
}
