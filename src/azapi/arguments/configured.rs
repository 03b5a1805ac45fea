//! What the module's own configuration of the provider says of all its blocks.

use crate::syntax::ast::AstNode;
use crate::terraform::module::ModuleFile;
use crate::terraform::{FileId, Located, Module};
use crate::text::TextRange;

/// Read once for all blocks of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Configured {
    /// The module asks for a version of azapi that has other arguments.
    pub(crate) is_before_2: bool,
    /// The module configures azapi, and gives resources no name: [`provider_without_name`].
    pub(crate) gives_no_name: bool,
}

/// Of the provider's arguments, what names resources that have no name.
const DEFAULT_NAME: &str = "default_name";

impl Configured {
    /// Whether the provider, as the module configures it, surely gives nothing for this argument of its own.
    pub(super) fn lacks(self, argument: &str) -> bool {
        argument == DEFAULT_NAME && self.gives_no_name
    }
}

/// The header of the `provider "azapi"` block that has no default for names. `None` where the module configures no
/// azapi, or several: who calls the module decides.
pub(crate) fn provider_without_name(module: &Module) -> Option<(FileId, TextRange)> {
    let of_file = |file: &ModuleFile| {
        let blocks = file.root().body().blocks_named("provider");
        let azapi = blocks.filter(|block| block.labels().next().is_some_and(|label| label.text() == "azapi"));
        azapi.map(|block| Located::new(file.id(), block)).collect::<Vec<_>>()
    };
    let mut azapi = module.files().iter().filter(|file| !file.is_override()).flat_map(of_file);
    let (only, None) = (azapi.next()?, azapi.next()) else { return None };
    let header = TextRange::new(only.node.range().start(), only.node.labels().next()?.range().end());
    only.node.body()?;
    module.argument(&only, DEFAULT_NAME).is_none().then_some((only.file, header))
}
