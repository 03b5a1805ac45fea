//! What the module's own configuration of the provider says of all its blocks.

use crate::azapi::provider::required::is_before_2;
use crate::terraform::Module;

/// Read once for all blocks of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Configured {
    /// The module asks for a version of azapi that has other arguments.
    pub(crate) is_before_2: bool,
    /// The module configures azapi, and gives resources no name.
    pub(crate) gives_no_name: bool,
}

impl Configured {
    pub(crate) fn of(module: &Module) -> Self {
        Self {
            is_before_2: is_before_2(module),
            gives_no_name: argument_is_given(module, "default_name") == Some(false),
        }
    }

    /// Whether the provider, as the module configures it, surely gives nothing for this argument of its own.
    pub(super) fn lacks(self, argument: &str) -> bool {
        argument == "default_name" && self.gives_no_name
    }
}

/// Whether the `provider "azapi"` block has an argument. `None` where the module configures no azapi, or several:
/// who calls the module decides.
fn argument_is_given(module: &Module, argument: &str) -> Option<bool> {
    let files = module.files().iter().map(|file| file.root().body());
    let providers = files.flat_map(|body| body.blocks_named("provider").collect::<Vec<_>>());
    let mut azapi =
        providers.filter(|block| block.labels().next().is_some_and(|label| label.text() == "azapi"));
    let (only, None) = (azapi.next()?, azapi.next()) else { return None };
    Some(only.body()?.attribute(argument).is_some())
}
