//! An argument: its type, whether it may be set, what its value must fulfil.

use std::collections::BTreeMap;

use serde::Deserialize;

/// An argument, or a member of an argument that is an object.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// Its type.
    #[serde(rename = "type")]
    pub ty: ArgumentType,
    is: Setting,
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
    /// Must be given.
    pub fn is_required(&self) -> bool {
        self.is == Setting::Required
    }

    /// May be given or left out.
    pub fn is_optional(&self) -> bool {
        matches!(self.is, Setting::Optional | Setting::OptionalComputed)
    }

    /// The provider fills it in where it is not given.
    pub fn is_computed(&self) -> bool {
        matches!(self.is, Setting::Computed | Setting::OptionalComputed)
    }

    /// Whether a configuration may set it at all.
    pub fn can_be_set(&self) -> bool {
        self.is_required() || self.is_optional()
    }
}

/// Who gives an argument its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Setting {
    #[serde(rename = "required")]
    Required,
    #[serde(rename = "optional")]
    Optional,
    #[serde(rename = "optional computed")]
    OptionalComputed,
    #[serde(rename = "computed")]
    Computed,
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

impl ArgumentType {
    /// `list(object)`
    pub(crate) fn is_list_of_objects(&self) -> bool {
        matches!(self, Self::List(items) if **items == Self::Object)
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
    /// It holds paths.
    Paths(Paths),
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

/// Which paths an argument holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paths {
    /// Into the response: a list of dotted ones, or a map of JMESPath.
    Export,
    /// JMESPath into the body.
    Jmespath,
    /// Dotted ones into the body, past no list.
    Dotted,
    /// Keys into the sensitive body, with indexes.
    Sensitive,
    /// Lists of the body.
    Lists,
    /// Keys that are lists of the body, with names of members of their items.
    UniqueIds,
}
