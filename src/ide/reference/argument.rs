//! Describes what the provider's own blocks take.

use super::model::{Described, Since, Subject};
use crate::azapi::provider::{Argument, Block, NestedBlock};

/// An argument under its dotted name.
pub(crate) fn argument(name: String, argument: &Argument) -> Described<'static> {
    let mut described = told(name, &argument.ty.to_string(), Some(&argument.description));
    described.flags.push(match (argument.is_required(), argument.is_optional()) {
        (true, _) => "required",
        (false, true) => "optional",
        (false, false) => "set by the provider",
    });
    if argument.deprecated {
        described.flags.push("deprecated");
    }
    described.since = argument.since.clone().map(Since::Provider);
    described.default = argument.default.as_ref().map(ToString::to_string);
    described
}

/// A block inside a block.
pub(crate) fn nested_block(name: &str, block: &NestedBlock) -> Described<'static> {
    told(name.to_owned(), "block", Some(&block.description))
}

/// A block of the provider.
pub(crate) fn block(name: &str, block: &Block) -> Described<'static> {
    told(name.to_owned(), "block", block.summary.as_deref())
}

/// Something with a name and a type, of which the type data says no more than a few words.
pub(crate) fn told(name: String, ty: &str, description: Option<&str>) -> Described<'static> {
    let mut described = Described::new(name, Subject::Argument { ty: ty.to_owned() });
    described.description = description.map(str::to_owned);
    described
}
