//! A described thing, as plain data.

use super::type_line::type_line;
use crate::azapi::provider::{DataPlaneVersions, NameRule};
use crate::schema::path::BodyPath;
use crate::schema::{ApiVersion, SchemaType};

/// All that is known of one thing. What is empty is not known or not there.
#[derive(Debug, Clone)]
pub(crate) struct Described<'s> {
    /// How it is called where it stands: `Test.Rp/widgets`, `properties.status`, `identity.type`.
    pub(crate) name: String,
    pub(crate) subject: Subject<'s>,
    /// What is unusual about it.
    pub(crate) note: Option<Note>,
    /// When it is so: all conditions of one of these; none: always.
    pub(crate) when: Vec<Vec<Condition>>,
    /// Words such as `required`, in a fixed order.
    pub(crate) flags: Vec<&'static str>,
    pub(crate) since: Option<Since<'s>>,
    /// What holds when it is not given, as JSON.
    pub(crate) default: Option<String>,
    pub(crate) constraints: Vec<Constraint<'s>>,
    /// The publisher's own words.
    pub(crate) description: Option<String>,
    /// Other things of the same name or value, in short.
    pub(crate) related: Vec<Described<'s>>,
    pub(crate) lists: Vec<List>,
}

/// What sort of thing it is, with what only this sort has.
#[derive(Debug, Clone)]
pub(crate) enum Subject<'s> {
    /// A resource type, of its own or at one version.
    ResourceType(Box<TypeFacts<'s>>),
    /// A resource type among many.
    TypeInShort {
        /// The newest stable api-version, or the newest preview where there is no other.
        newest: &'s str,
    },
    /// A type of the provider's own table.
    DataPlaneType {
        /// As it is written.
        api_version: Option<String>,
        /// The form of its address.
        url: &'static str,
        /// What `name` must be.
        name: NameRule<'static>,
        /// The api-versions of its service, where they are known.
        versions: Option<DataPlaneVersions>,
    },
    /// A part of a body, or the body itself.
    Property {
        /// Its key; `None` for the body, for items and for values of undeclared keys.
        key: Option<&'s str>,
        ty: SchemaType<'s>,
        /// Where it stands; `None` for a member that is listed with others.
        at: Option<At<'s>>,
    },
    /// An argument of a provider block, or a block in it.
    Argument { ty: String },
    /// A function of a resource type.
    Function { type_name: &'s str, input: Option<SchemaType<'s>>, output: SchemaType<'s> },
}

/// A place in the body of a resource type.
#[derive(Debug, Clone)]
pub(crate) struct At<'s> {
    pub(crate) version: VersionFacts<'s>,
    pub(crate) path: BodyPath,
    /// Other types and versions of which the same holds, as `TYPE@VERSION`.
    pub(crate) also: Vec<String>,
}

/// A value that something must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    /// An argument, or a property beside the described one or around it.
    pub(crate) name: String,
    pub(crate) value: String,
}

/// A type at one version.
#[derive(Debug, Clone)]
pub(crate) struct VersionFacts<'s> {
    pub(crate) type_name: &'s str,
    pub(crate) api_version: &'s str,
    pub(crate) readable_scopes: Vec<&'static str>,
    /// Empty when it cannot be created.
    pub(crate) writable_scopes: Vec<&'static str>,
}

impl VersionFacts<'_> {
    /// `TYPE@VERSION`
    pub(crate) fn reference(&self) -> String {
        format!("{}@{}", self.type_name, self.api_version)
    }
}

/// What only a resource type has.
#[derive(Debug, Clone)]
pub(crate) struct TypeFacts<'s> {
    /// The version that was asked about, as it was written; it need not exist.
    pub(crate) api_version: Option<String>,
    /// That version, where it exists.
    pub(crate) version: Option<VersionFacts<'s>>,
    /// Newest first.
    pub(crate) api_versions: Vec<&'s str>,
    /// The versions newer than `version`, newest first, and whether their bodies equal its own.
    pub(crate) newer: Vec<(&'s str, bool)>,
    /// The newest stable api-version, or the newest preview where there is no other.
    pub(crate) newest: &'s str,
    pub(crate) parents: Vec<String>,
    pub(crate) import_id: String,
    pub(crate) functions: Vec<&'s str>,
    /// The last segments of the types directly below it.
    pub(crate) children: Vec<&'s str>,
    /// What a resource of the type is, in Markdown: `A widget.`, and where it is created.
    pub(crate) deploys_to: String,
    /// What it is for, in the publisher's words.
    pub(crate) purpose: Option<String>,
    /// Whether `newest` is no preview.
    pub(crate) has_stable: bool,
    /// Address of the publisher's page.
    pub(crate) documentation: String,
    /// Which type data says so.
    pub(crate) data: String,
}

/// From when on something is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Since<'s> {
    ApiVersion(ApiVersion<'s>),
    /// A release of the provider.
    Provider(String),
}

impl std::fmt::Display for Since<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Since::ApiVersion(version) => write!(f, "{version}"),
            Since::Provider(release) => write!(f, "azapi {release}"),
        }
    }
}

/// Something unusual about a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Note {
    /// The type has no such version.
    NoSuchVersion(String),
    /// A key that no property is declared for.
    Undeclared,
    /// The value that is written is among the allowed ones.
    Allowed(String),
    /// The value that is written is not among the known ones.
    NotKnown(String),
    /// The duration that is written, in words.
    Lasts(String),
    /// A name that Azure takes a GUID for.
    Guid,
}

impl Note {
    /// One sentence; `code` marks what is no word of it.
    pub(crate) fn sentence(&self, code: impl Fn(&str) -> String) -> String {
        match self {
            Note::NoSuchVersion(version) => {
                format!("There is no api-version {} of this type in the type data.", code(version))
            }
            Note::Undeclared => "Not declared by the type, which allows further keys here.".to_owned(),
            Note::Allowed(value) => format!("{} is one of the allowed values.", code(value)),
            Note::Lasts(duration) => format!("That is {duration}."),
            Note::Guid => "Azure takes a GUID for it.".to_owned(),
            Note::NotKnown(value) => format!("{} is not one of the known values.", code(value)),
        }
    }
}

/// What a value must fulfil beyond its type. Of a bound one end at least is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Constraint<'s> {
    OneOf {
        values: Vec<&'s str>,
        /// Whether other values may be accepted too.
        open: bool,
    },
    /// In characters.
    Length(Option<u64>, Option<u64>),
    Range(Option<i64>, Option<i64>),
    Items(Option<u64>, Option<u64>),
    /// An unanchored regular expression, in Go's dialect.
    Pattern(&'s str),
    Secret,
}

/// Some things of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) kind: ListKind,
    /// Never empty.
    pub(crate) items: Vec<String>,
}

/// What the items of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListKind {
    /// The forms that a parent's id may have.
    Parents,
    /// The forms that this value may have.
    AllowedIds,
    /// The values of a discriminator.
    Shapes,
    /// The names that select what the body is.
    NamedShapes,
}

impl ListKind {
    pub(crate) fn title(self) -> &'static str {
        match self {
            ListKind::Parents => "Parents",
            ListKind::AllowedIds => "Allowed",
            ListKind::Shapes => "Selects the shape of this object",
            ListKind::NamedShapes => "Selects the shape of the body",
        }
    }
}

impl<'s> Described<'s> {
    /// With nothing known but its name.
    pub(super) fn new(name: String, subject: Subject<'s>) -> Self {
        Described {
            name,
            subject,
            note: None,
            when: Vec::new(),
            flags: Vec::new(),
            since: None,
            default: None,
            constraints: Vec::new(),
            description: None,
            related: Vec::new(),
            lists: Vec::new(),
        }
    }

    /// Adds a list unless it is empty.
    pub(crate) fn list(&mut self, kind: ListKind, items: impl IntoIterator<Item = impl Into<String>>) {
        let items: Vec<String> = items.into_iter().map(Into::into).collect();
        if !items.is_empty() {
            self.lists.push(List { kind, items });
        }
    }

    /// Its name and type alone.
    pub(crate) fn without_facts(self) -> Self {
        Described::new(self.name, self.subject)
    }

    /// What stands behind its name: its type, of a resource type the api-version. Of a union at most `most`
    /// elements are named.
    pub(crate) fn type_line(&self, most: usize) -> String {
        match &self.subject {
            Subject::ResourceType(facts) => facts.api_version.clone().unwrap_or_default(),
            Subject::TypeInShort { newest } => (*newest).to_owned(),
            Subject::DataPlaneType { api_version, .. } => api_version.clone().unwrap_or_default(),
            Subject::Property { ty, .. } => type_line(*ty, most),
            Subject::Argument { ty } => ty.clone(),
            Subject::Function { input, output, .. } => {
                let input = input.map(|ty| type_line(ty, most)).unwrap_or_default();
                format!("({input}) → {}", type_line(*output, most))
            }
        }
    }
}
