//! The bundle's byte layout, shared by its writer and its reader.
//!
//! All numbers are little-endian. A bundle is a header and a run of sections; a section is a table of
//! rows of one width, so that a row is found by multiplication and nothing is parsed when it is opened.
//!
//! ```text
//! 0   magic, 8 bytes          16  length of the file, u32      28  newest api-version, string
//! 8   format, u32             20  package, string              32  count of structural nodes, u32
//! 12  CRC-32 of bytes 16..    24  package version, string      36  first text that says deprecated, u32
//!                                                              40  section table: (offset, length) each
//! ```
//!
//! A *node* is a structure that differs from every other. A *class* is a node together with the
//! descriptions of everything under it: class `i` below the count of nodes is node `i` with its default
//! descriptions, and the classes above it say in which *slots* they differ from that default. Slots count
//! the places of a node that lead on: properties, then additional properties; elements; items; base
//! properties, then variants.

/// First bytes of every bundle.
pub const MAGIC: [u8; 8] = *b"azapityp";
/// Raised whenever the layout changes.
pub const FORMAT: u32 = 3;
/// Where the checked part begins.
pub const CHECKED_FROM: usize = 16;
/// Where the section table begins.
pub const SECTION_TABLE: usize = 40;
/// Bytes before the first section.
pub const HEADER_LENGTH: usize = SECTION_TABLE + SECTION_COUNT * 8;
/// How many sections there are.
pub const SECTION_COUNT: usize = 14;
/// "None" where a 24-bit number stands.
pub const NONE: u32 = 0xFF_FFFF;
/// Descriptions are deflated in runs of about this many bytes; one run is inflated for a look-up.
pub const TEXT_BLOCK: usize = 48 * 1024;

/// A table of the bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// u32: end of each string in `StringBytes`; strings are unique and sorted by bytes.
    StringEnds,
    /// UTF-8.
    StringBytes,
    /// tag u8 (see [`tag`]), a u24, b u32.
    Nodes,
    /// name u24, flags u8, class u24, text u24.
    Properties,
    /// u24: each list is its length and that many numbers.
    Lists,
    /// given u8 (see [`given`]), pattern u24, least u64, greatest u64. Row 0 says nothing.
    Constraints,
    /// name u32, list of spellings u32, first version u32, count of versions u32; by lower-cased name.
    Types,
    /// api-version u24, type name u24, body class u24, readable u8, writable u8; newest first in a type.
    Versions,
    /// name u32, first version u32, count of versions u32; by lower-cased name.
    FunctionTypes,
    /// api-version u32, list u32 of (name, type name, input, output); newest first in a type.
    FunctionVersions,
    /// node u24, end of its rows in `Overrides` u32.
    Alternates,
    /// slot u16, class u24, text u24; by slot in each class.
    Overrides,
    /// first text u32, end of the deflated bytes in `TextBytes` u32.
    TextBlocks,
    /// Deflated runs of texts, each followed by a zero byte.
    TextBytes,
}

impl Section {
    /// All of them, in the order of the section table.
    pub const ALL: [Section; SECTION_COUNT] = [
        Section::StringEnds,
        Section::StringBytes,
        Section::Nodes,
        Section::Properties,
        Section::Lists,
        Section::Constraints,
        Section::Types,
        Section::Versions,
        Section::FunctionTypes,
        Section::FunctionVersions,
        Section::Alternates,
        Section::Overrides,
        Section::TextBlocks,
        Section::TextBytes,
    ];

    /// Bytes in a row.
    pub const fn width(self) -> usize {
        match self {
            Section::StringBytes | Section::TextBytes => 1,
            Section::Lists => 3,
            Section::StringEnds => 4,
            Section::Alternates => 7,
            Section::Nodes | Section::FunctionVersions | Section::Overrides | Section::TextBlocks => 8,
            Section::Properties => 10,
            Section::Versions => 11,
            Section::FunctionTypes => 12,
            Section::Types => 16,
            Section::Constraints => 20,
        }
    }
}

/// What a node is; the comment names what its two numbers mean.
pub mod tag {
    /// b: constraint.
    pub const STRING: u8 = 0;
    /// b: constraint.
    pub const INTEGER: u8 = 1;
    /// Nothing more.
    pub const BOOLEAN: u8 = 2;
    /// Nothing more.
    pub const ANY: u8 = 3;
    /// a: string.
    pub const LITERAL: u8 = 4;
    /// The name of the type whose body it is in.
    pub const OWN_TYPE: u8 = 5;
    /// The api-version of the body it is in.
    pub const OWN_VERSION: u8 = 6;
    /// b: list of classes.
    pub const UNION: u8 = 7;
    /// a: class of the items, b: constraint.
    pub const ARRAY: u8 = 8;
    /// a: class of additional properties or none, b: list of properties.
    pub const OBJECT: u8 = 9;
    /// The same, and a secret.
    pub const SECRET_OBJECT: u8 = 10;
    /// a: discriminator, b: list of base properties, followed by a list of (value, class) pairs.
    pub const DISCRIMINATED: u8 = 11;
    /// Added to any of them: it is a secret, or one lies below it.
    pub const HOLDS_SECRETS: u8 = 0x80;
}

/// Which facts a constraint states.
pub mod given {
    /// `least` counts.
    pub const LEAST: u8 = 1;
    /// `greatest` counts.
    pub const GREATEST: u8 = 2;
    /// `pattern` counts.
    pub const PATTERN: u8 = 4;
    /// A secret.
    pub const SENSITIVE: u8 = 8;
}
