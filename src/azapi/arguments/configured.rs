//! What the module's own configuration of the provider says of all its blocks.

use crate::azapi::provider::required::is_before_2;
use crate::syntax::ast::AstNode;
use crate::terraform::module::ModuleFile;
use crate::terraform::{FileId, Module};
use crate::text::TextRange;

/// Read once for all blocks of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Configured {
    /// The module asks for a version of azapi that has other arguments.
    pub(crate) is_before_2: bool,
    /// Where the module configures azapi, if it does so once, and gives resources no name.
    pub(crate) without_name: Option<(FileId, TextRange)>,
}

impl Configured {
    pub(crate) fn of(module: &Module) -> Self {
        Self { is_before_2: is_before_2(module), without_name: provider_without(module, "default_name") }
    }

    /// Whether the provider, as the module configures it, surely gives nothing for this argument of its own.
    pub(super) fn lacks(self, argument: &str) -> bool {
        argument == "default_name" && self.without_name.is_some()
    }
}

/// The header of the `provider "azapi"` block that lacks an argument. `None` where the module configures no azapi, or
/// several: who calls the module decides.
fn provider_without(module: &Module, argument: &str) -> Option<(FileId, TextRange)> {
    let of_file = |file: &ModuleFile| {
        let blocks = file.root().body().blocks_named("provider");
        let azapi = blocks.filter(|block| block.labels().next().is_some_and(|label| label.text() == "azapi"));
        azapi.map(|block| (file.id(), block)).collect::<Vec<_>>()
    };
    let mut azapi = module.files().iter().flat_map(of_file);
    let ((file, only), None) = (azapi.next()?, azapi.next()) else { return None };
    let header = TextRange::new(only.range().start(), only.labels().next()?.range().end());
    only.body()?.attribute(argument).is_none().then_some((file, header))
}
