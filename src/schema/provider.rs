//! azapi's own blocks: their arguments, functions and data-plane types, as `schemas/provider.json` states
//! them. Read once, when first asked for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// What the provider takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// The release that this describes.
    pub provider_version: String,
    /// The `provider "azapi"` block.
    pub provider: Block,
    blocks: BTreeMap<BlockKind, BTreeMap<String, Block>>,
    /// By name, without `provider::azapi::`.
    pub functions: BTreeMap<String, ProviderFunction>,
    data_plane_types: Vec<DataPlaneType>,
}

/// The first word of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// `resource`
    Resource,
    /// `data`
    Data,
    /// `ephemeral`
    Ephemeral,
    /// `list`, whose arguments stand in its `config` block
    List,
    /// `action`, whose arguments stand in its `config` block
    Action,
}

impl BlockKind {
    /// All of them.
    pub const ALL: [BlockKind; 5] =
        [BlockKind::Resource, BlockKind::Data, BlockKind::Ephemeral, BlockKind::List, BlockKind::Action];

    /// As it is written.
    pub fn keyword(self) -> &'static str {
        match self {
            BlockKind::Resource => "resource",
            BlockKind::Data => "data",
            BlockKind::Ephemeral => "ephemeral",
            BlockKind::List => "list",
            BlockKind::Action => "action",
        }
    }

    /// The kind written so.
    pub fn from_keyword(keyword: &str) -> Option<Self> {
        BlockKind::ALL.into_iter().find(|kind| kind.keyword() == keyword)
    }
}

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

/// What a block's `type`, `body` and `id` are about.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Meaning {
    /// Which types its `type` may name.
    pub types: TypesOf,
    /// What its `body` is.
    pub body: BodyOf,
    /// Whether its `id` is the ARM id of a resource of the type that it names.
    pub id_of_type: bool,
    /// What the provider checks of it against its type data.
    pub checks: Vec<Check>,
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

/// What the provider checks against its type data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// That the type and its api-version exist, unless `schema_validation_enabled` is false.
    Type,
    /// That a resource of the type can live under `parent_id`.
    Parent,
}

/// A block inside a block.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NestedBlock {
    /// How often it may stand.
    pub nesting: Nesting,
    /// One sentence.
    pub description: String,
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
}

/// An argument, or a member of an argument that is an object.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// Its type.
    #[serde(rename = "type")]
    pub ty: ArgumentType,
    is: String,
    /// A change makes a new resource.
    #[serde(default)]
    pub force_new: bool,
    /// Kept in no state.
    #[serde(default)]
    pub write_only: bool,
    /// A secret.
    #[serde(default)]
    pub sensitive: bool,
    /// Not to be used any more.
    #[serde(default)]
    pub deprecated: bool,
    /// What holds when it is not given.
    #[serde(default)]
    pub default: Option<serde_json::Value>,
    /// Variables of the environment that stand in for it, the first that is set.
    #[serde(default)]
    pub env: Vec<String>,
    /// What its value must fulfil.
    #[serde(default)]
    pub rules: Vec<ArgumentRule>,
    /// The first release of version 2 that has it, where it is not the first one or its block's.
    #[serde(default)]
    pub since: Option<String>,
    /// One sentence.
    pub description: String,
    /// The members of an object, or of each object of a list; none for other types.
    #[serde(default)]
    pub arguments: BTreeMap<String, Argument>,
}

impl Argument {
    fn is(&self, word: &str) -> bool {
        self.is.split(' ').any(|is| is == word)
    }

    /// Must be given.
    pub fn is_required(&self) -> bool {
        self.is("required")
    }

    /// May be given or left out.
    pub fn is_optional(&self) -> bool {
        self.is("optional")
    }

    /// The provider fills it in where it is not given.
    pub fn is_computed(&self) -> bool {
        self.is("computed")
    }

    /// Whether a configuration may set it at all.
    pub fn can_be_set(&self) -> bool {
        self.is_required() || self.is_optional()
    }
}

/// The type of an argument.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum ArgumentType {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// Anything.
    Dynamic,
    /// Named members, see [`Argument::arguments`].
    Object,
    /// A list of one type.
    List(Box<ArgumentType>),
    /// Any keys, with values of one type.
    Map(Box<ArgumentType>),
}

impl TryFrom<String> for ArgumentType {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let inner = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix(')');
        Ok(match text.as_str() {
            "string" => ArgumentType::String,
            "bool" => ArgumentType::Bool,
            "int32" | "int64" => ArgumentType::Integer,
            "float64" => ArgumentType::Number,
            "dynamic" => ArgumentType::Dynamic,
            "object" => ArgumentType::Object,
            _ => match (inner("list("), inner("map(")) {
                (Some(items), _) => ArgumentType::List(Box::new(items.to_owned().try_into()?)),
                (_, Some(values)) => ArgumentType::Map(Box::new(values.to_owned().try_into()?)),
                _ => return Err(format!("no type of argument: {text}")),
            },
        })
    }
}

impl std::fmt::Display for ArgumentType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ArgumentType::String => f.write_str("string"),
            ArgumentType::Bool => f.write_str("bool"),
            ArgumentType::Integer | ArgumentType::Number => f.write_str("number"),
            ArgumentType::Dynamic => f.write_str("any"),
            ArgumentType::Object => f.write_str("object"),
            ArgumentType::List(items) => write!(f, "list({items})"),
            ArgumentType::Map(values) => write!(f, "map({values})"),
        }
    }
}

/// What an argument's value must fulfil.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArgumentRule {
    /// One of these texts.
    OneOf {
        /// The texts.
        values: Vec<String>,
        /// Whether case counts.
        case_sensitive: bool,
    },
    /// `TYPE@VERSION`.
    TypeAtVersion,
    /// An ARM id.
    ArmResourceId,
    /// A duration as Go writes it, such as `30m`.
    GoDuration,
    /// A UUID or the empty text.
    UuidOrEmpty,
    /// Anything but text.
    NotAString,
    /// At least this number.
    MinValue(i64),
    /// At most this number.
    MaxValue(i64),
    /// At least this many bytes.
    MinLength(u64),
    /// At least this many items.
    MinItems(u64),
    /// At most this many items.
    MaxItems(u64),
    /// No item twice.
    UniqueItems,
    /// Each item is a regular expression in Go's dialect.
    ItemsGoRegex,
    /// Each item has at least this many bytes.
    ItemsMinLength(u64),
    /// Each item is the id of a user-assigned identity.
    ItemsUserAssignedIdentityId,
    /// Tags.
    Tags {
        /// At most this many.
        max_items: u64,
        /// Bytes of a key at most.
        max_key_bytes: u64,
        /// Bytes of a value at most.
        max_value_bytes: u64,
    },
}

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

/// A type that `azapi_data_plane_resource` takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataPlaneType {
    /// `Microsoft.X/a/b`.
    #[serde(rename = "type")]
    pub name: String,
    /// `{parentId}/kv/{name}`.
    pub url_format: String,
    /// What a parent id looks like.
    pub parent_id_example: String,
    /// The path of the service's own interface.
    pub api_url: String,
    /// Whether its URL holds a name.
    pub has_name: bool,
    /// Whether the service makes the name, so that none may be given.
    #[serde(default)]
    pub name_generated_by_service: bool,
}

impl Provider {
    /// The provider as the program knows it.
    pub fn get() -> &'static Provider {
        static PROVIDER: LazyLock<Provider> = LazyLock::new(|| {
            let text = include_str!("../../schemas/provider.json");
            serde_json::from_str(text).expect("a test reads this very text")
        });
        &PROVIDER
    }

    /// The block `kind "name" …`; names are matched exactly.
    pub fn block(&self, kind: BlockKind, name: &str) -> Option<&Block> {
        self.blocks.get(&kind)?.get(name)
    }

    /// All blocks of a kind, by name.
    pub fn blocks(&self, kind: BlockKind) -> impl Iterator<Item = (&str, &Block)> {
        self.blocks.get(&kind).into_iter().flatten().map(|(name, block)| (name.as_str(), block))
    }

    /// All data-plane types, by name.
    pub fn data_plane_types(&self) -> &[DataPlaneType] {
        &self.data_plane_types
    }

    /// The argument of a block at a path of names, the first the block's own: `["retry", "interval_seconds"]`.
    pub fn argument_at<'p>(block: &'p Block, path: &[String]) -> Option<&'p Argument> {
        let (first, rest) = path.split_first()?;
        let (mut argument, rest) = match (block.arguments.get(first), block.blocks.get(first)) {
            (Some(argument), _) => (argument, rest),
            (None, Some(nested)) => {
                let (second, rest) = rest.split_first()?;
                (nested.arguments.get(second)?, rest)
            }
            (None, None) => return None,
        };
        for name in rest {
            argument = argument.arguments.get(name)?;
        }
        Some(argument)
    }

    /// The data-plane type of this name, whatever the case of its letters.
    pub fn data_plane_type(&self, name: &str) -> Option<&DataPlaneType> {
        self.data_plane_types.iter().find(|ty| ty.name.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argument(kind: BlockKind, block: &str, name: &str) -> &'static Argument {
        &Provider::get().block(kind, block).expect("a block").arguments[name]
    }

    #[test]
    fn every_block_has_a_type_and_words_for_each_argument() {
        let provider = Provider::get();
        let mut count = 0;
        for kind in BlockKind::ALL {
            for (name, block) in provider.blocks(kind) {
                assert!(block.summary.is_some(), "{name}");
                for (argument, facts) in &block.arguments {
                    assert!(!facts.description.is_empty(), "{name}.{argument}");
                    let known = facts.can_be_set() || facts.is_computed();
                    assert!(known, "{name}.{argument} is neither set nor computed");
                }
                count += 1;
            }
        }
        assert_eq!(count, 14);
    }

    #[test]
    fn arguments_of_a_resource_are_typed() {
        let ty = argument(BlockKind::Resource, "azapi_resource", "type");
        assert!(ty.is_required() && ty.rules == [ArgumentRule::TypeAtVersion]);
        let body = argument(BlockKind::Resource, "azapi_resource", "body");
        assert_eq!((&body.ty, body.is_optional()), (&ArgumentType::Dynamic, true));
        let output = argument(BlockKind::Resource, "azapi_resource", "output");
        assert!(output.is_computed() && !output.can_be_set());
        let retry = argument(BlockKind::Resource, "azapi_resource", "retry");
        assert!(retry.arguments["error_message_regex"].is_required());
        let query = argument(BlockKind::Resource, "azapi_resource", "read_query_parameters");
        assert_eq!(query.ty.to_string(), "map(list(string))");
        let ignored = argument(BlockKind::Resource, "azapi_resource", "ignore_body_changes");
        assert_eq!((ignored.since.as_deref(), ignored.write_only), (Some("2.12"), true));
    }

    #[test]
    fn identity_takes_four_values_and_says_what_it_is() {
        let block = Provider::get().block(BlockKind::Resource, "azapi_resource").expect("a block");
        let ty = &block.blocks["identity"].arguments["type"];
        let [ArgumentRule::OneOf { values, case_sensitive: true }] = &ty.rules[..] else {
            panic!("{:?}", ty.rules)
        };
        assert_eq!(values.len(), 4);
        assert!(ty.description.contains("managed identity"));
    }

    #[test]
    fn rules_name_arguments_that_exist() {
        for kind in BlockKind::ALL {
            for (name, block) in Provider::get().blocks(kind) {
                for rule in &block.rules {
                    let names: Vec<&String> = match rule {
                        BlockRule::ExactlyOneOf { arguments, .. } => arguments.iter().collect(),
                        BlockRule::Requires { argument, other, .. } => vec![argument, other],
                        BlockRule::RequiredUnlessType { argument, .. } => vec![argument],
                    };
                    let known = names.iter().all(|n| block.arguments.contains_key(*n));
                    assert!(known, "{name}: {rule:?}");
                }
            }
        }
    }

    #[test]
    fn functions_and_data_plane_types_are_there() {
        let provider = Provider::get();
        assert_eq!(provider.functions.len(), 9);
        assert_eq!(provider.functions["build_resource_id"].parameters.len(), 3);
        assert!(provider.functions["parse_resource_id"].returns.attributes.contains_key("parts"));
        assert_eq!(provider.data_plane_types().len(), 65);
        let ty = provider.data_plane_type("microsoft.appconfiguration/CONFIGURATIONSTORES/keyvalues");
        assert!(ty.is_some_and(|ty| ty.has_name && ty.url_format == "{parentId}/kv/{name}"));
    }

    #[test]
    fn kinds_are_read_from_their_keywords() {
        assert_eq!(BlockKind::from_keyword("data"), Some(BlockKind::Data));
        assert_eq!(BlockKind::from_keyword("module"), None);
    }
}
