//! What can be wrong with the arguments of a block.

use crate::azapi::paths::PathFaultKind;
use crate::azapi::provider::ArgumentType;
use crate::terraform::number::Number;
use crate::terraform::span::Span;
use crate::terraform::value::When;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ArgumentFault {
    pub(crate) kind: ArgumentFaultKind,
    /// A name, a value, or the header of a nested block or a call. `None`: the header of the block.
    pub(crate) at: Option<Span>,
    pub(crate) certainty: Certainty,
}

/// Whether the provider refuses it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Certainty {
    /// In every run.
    Sure,
    /// Where that decides so; `None` where several decisions lead there.
    When(Option<When>),
    /// Never: it does nothing, or only Azure refuses it.
    Lenient,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ArgumentFaultKind {
    /// No such argument or nested block.
    UnknownName {
        name: String,
        is_block: bool,
        /// The type of the block it stands in, or the name of the argument or the nested block.
        inside: String,
        /// Names that are written nearly so, nearest first.
        near: Vec<&'static str>,
        /// Version 1 had it.
        is_removed: bool,
    },
    /// A name written as an argument that is one of a nested block, or the other way round.
    WrongForm { name: String, is_block: bool },
    /// The provider sets it.
    Computed { name: String },
    /// Written before, there.
    Twice { name: String, is_block: bool, first: Option<Span> },
    /// A nested block of which the provider reads the first alone.
    OnlyFirstCounts { name: String, first: Option<Span> },
    /// Something that must be given is not; `by` is what asks for it.
    Missing { name: String, by: Option<String> },
    /// Something is not given, and the module's configuration of the provider has no default for it.
    NoDefault { name: String, default: String },
    /// None of several is given.
    NoneOf { names: Vec<String> },
    /// Two that exclude each other.
    Conflict { name: String, other: String, other_at: Option<Span> },
    /// Given as an argument, and as a property of a body.
    AlsoInBody { name: String, body: String, other_at: Option<Span> },
    /// It has no place beside this value of another.
    NotBeside { name: String, other: String, value: String },
    /// No value of its type.
    Type { name: String, expected: &'static ArgumentType, found: Found },
    /// A text that is none of those allowed.
    Value { name: String, found: String, allowed: Vec<&'static str>, near: Vec<&'static str> },
    /// A limit of its number, its length or its items is broken.
    Limit { name: String, limit: Limit },
    /// A text without the form that it must have.
    Form { name: String, found: String, form: Form },
    /// A text twice in a list.
    Repeated { name: String, found: String },
    /// A function that the provider, or the resource type, does not have.
    UnknownFunction { name: String, of: String, near: Vec<String>, is_action: bool },
    /// A call with another number of arguments than the function has parameters.
    Count { function: String, expected: usize, found: usize },
    /// As many names as the type has segments must be given.
    Names { ty: String, expected: usize, found: usize },
    /// An id that is not of the type beside it.
    /// Of a block, it is declared there.
    OtherType { ty: String, found: Option<String>, declared: Option<Span> },
    /// Something where paths belong.
    NoPaths { name: String },
    /// A path that is none, or leads to nothing.
    Path { name: String, path: String, kind: PathFaultKind },
    /// What is read of an output, which no response has.
    NoOutput { name: String, near: Vec<String> },
    /// What is read of an output, which does not hold it.
    NotExported { name: String },
}

/// A kind of value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Found {
    Object,
    List,
    Text(String),
    Number(Number),
    Bool(bool),
    /// All attributes of a block.
    Block(String),
    Null,
    /// A value whose type is known.
    Of(&'static str),
}

/// What is too much or too little.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Limit {
    AtLeast(i64, Number),
    AtMost(i64, Number),
    Empty,
    Items { least: Option<u64>, greatest: Option<u64>, found: u64 },
    Tags { greatest: u64, found: u64 },
    TagKey { greatest: u64, found: u64 },
    TagValue { greatest: u64, found: u64 },
}

/// What a text must be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Form {
    Duration,
    Uuid,
    Pattern,
    ArmId(String),
    IdentityId,
    WholeNumber,
    /// Where a provider comes from.
    ProviderSource,
    VersionConstraint,
    /// A configuration of the provider that has this name.
    Alias(String),
}

/// What a value is where it is not allowed; it depends on the outcome.
pub(super) fn make_unsure(faults: &mut [ArgumentFault]) {
    for fault in faults {
        if fault.certainty == Certainty::Sure {
            fault.certainty = Certainty::When(None);
        }
    }
}

/// Adds faults, each once and as sure as it is anywhere.
pub(super) fn merge(all: &mut Vec<ArgumentFault>, more: Vec<ArgumentFault>) {
    for fault in more {
        let twin = all.iter_mut().find(|one| one.at == fault.at && one.kind == fault.kind);
        match twin {
            Some(twin) if fault.certainty == Certainty::Sure => twin.certainty = Certainty::Sure,
            Some(_) => {}
            None => all.push(fault),
        }
    }
}
