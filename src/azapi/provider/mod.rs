//! azapi's own blocks: their arguments, functions and data-plane types, as `schemas/provider.json` states
//! them. Read once, when first asked for.

mod argument;
mod block;
mod data_plane;
mod function;
pub(crate) mod required;

pub use argument::{Argument, ArgumentRule, ArgumentType, Paths};
pub use block::{Block, BlockRule, BodyOf, Check, Meaning, NestedBlock, Nesting, ResponseOf, TypesOf};
pub(crate) use data_plane::versions::{self as data_plane_versions, DataPlaneVersions};
pub use data_plane::{DataPlaneType, NameRule};
pub use function::{Parameter, ProviderFunction, Returns};

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::de::{Deserialize, Deserializer, Error};

use crate::terraform::BlockKind;

/// What the provider takes.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// The release that this describes.
    pub provider_version: String,
    /// The arguments in the order in which people write them.
    argument_order: Vec<String>,
    /// The `provider "azapi"` block.
    pub provider: Block,
    #[serde(deserialize_with = "by_kind")]
    blocks: BTreeMap<BlockKind, BTreeMap<String, Block>>,
    /// By name, without `provider::azapi::`.
    pub functions: BTreeMap<String, ProviderFunction>,
    data_plane_types: Vec<DataPlaneType>,
}

/// Blocks under the keyword of their kind.
fn by_kind<'de, D, B>(deserializer: D) -> Result<BTreeMap<BlockKind, B>, D::Error>
where
    D: Deserializer<'de>,
    B: Deserialize<'de>,
{
    let written = BTreeMap::<String, B>::deserialize(deserializer)?;
    let kind = |keyword: &str| {
        BlockKind::from_keyword(keyword)
            .ok_or_else(|| D::Error::custom(format!("`{keyword}` is no kind of block")))
    };
    written.into_iter().map(|(keyword, blocks)| Ok((kind(&keyword)?, blocks))).collect()
}

impl Provider {
    /// The provider as the program knows it.
    pub fn get() -> &'static Provider {
        static PROVIDER: LazyLock<Provider> = LazyLock::new(|| {
            let text = include_str!("../../../schemas/provider.json");
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

    /// Where an argument stands among others that are written; those that are not listed come last.
    pub fn place_of(&self, argument: &str) -> usize {
        self.argument_order.iter().position(|known| known == argument).unwrap_or(usize::MAX)
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
                        BlockRule::RequiredUnlessType { argument, .. }
                        | BlockRule::RequiredUnlessProviderHas { argument, .. } => vec![argument],
                        BlockRule::OnlyIf { argument, other, .. }
                        | BlockRule::NotIf { argument, other, .. } => {
                            vec![argument, other]
                        }
                        // `identity` is a nested block.
                        BlockRule::NotAlsoInBody { bodies, .. } => bodies.iter().collect(),
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
    fn blocks_stand_under_the_keywords_of_terraforms_kinds() {
        let read = |text: &str| by_kind::<_, u8>(&mut serde_json::Deserializer::from_str(text));
        let blocks = read(r#"{"data": 1, "list": 2}"#).expect("two kinds");
        assert_eq!(blocks, BTreeMap::from([(BlockKind::Data, 1), (BlockKind::List, 2)]));
        let error = read(r#"{"data": 1, "module": 2}"#).expect_err("no kind").to_string();
        assert!(error.contains("`module` is no kind of block"), "{error}");
    }
}
