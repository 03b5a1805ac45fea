//! Which attributes of other blocks hold an ARM id of a type that is known (`schemas/known-ids.json`).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::terraform::{BlockAddress, ComputedAttribute};

const TABLE: &str = include_str!("../../schemas/known-ids.json");

static KNOWN: LazyLock<HashMap<String, Vec<String>>> =
    LazyLock::new(|| serde_json::from_str(TABLE).unwrap_or_default());

/// The resource types whose id the attribute can hold, as Azure spells them; empty when that is not known.
/// An entry `data.TYPE.ATTRIBUTE` or `resource.TYPE.ATTRIBUTE` holds for that kind of block alone.
pub(crate) fn types_of(attribute: &ComputedAttribute) -> &'static [String] {
    let [name] = attribute.path.as_slice() else { return &[] };
    let BlockAddress { kind, type_name, .. } = &attribute.block.address;
    let kind = kind.keyword();
    let of_kind = KNOWN.get(&format!("{kind}.{type_name}.{name}"));
    of_kind.or_else(|| KNOWN.get(&format!("{type_name}.{name}"))).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Schema, arm_id};
    use crate::terraform::declaration::FileIndex;
    use crate::terraform::module::ModuleFile;
    use crate::terraform::{Address, Assume, Evaluator, FileId, Module, ValueKind};
    use std::sync::Arc;

    fn types(address: &str, name: &str) -> &'static [String] {
        let block = Address::parse(address).and_then(|address| address.as_block().cloned()).unwrap();
        let (kind, type_name, label) = (block.kind.keyword(), block.type_name, block.name);
        let text =
            format!("{kind} \"{type_name}\" \"{label}\" {{}}\nlocals {{\n  it = {address}.{name}\n}}\n");
        let parse = crate::syntax::parse(&text);
        let index = Arc::new(FileIndex::new(&parse.root()));
        let module = Module::new(vec![ModuleFile::new(FileId(0), parse, index)]);
        match &Evaluator::new(&module, Assume::Nothing).value(&module.local("it").unwrap()).kind {
            ValueKind::Computed(attribute) => types_of(attribute),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_type_of_the_table_is_in_the_type_data() {
        assert!(KNOWN.len() > 100);
        let schema = Schema::bundled();
        let known: std::collections::BTreeMap<_, _> = KNOWN.iter().collect();
        for (attribute, types) in known {
            for name in types {
                // Subscriptions are made elsewhere: the data has no type for them.
                let known = name == arm_id::SUBSCRIPTIONS || schema.resource_type(name).is_some();
                assert!(known, "{attribute}: {name}");
            }
        }
    }

    #[test]
    fn a_kind_of_block_may_differ_from_the_others() {
        assert_eq!(types("azurerm_resource_group.x", "id"), ["Microsoft.Resources/resourceGroups"]);
        assert_eq!(types("data.azurerm_resource_group.x", "id"), ["Microsoft.Resources/resourceGroups"]);
        assert_eq!(types("data.azurerm_subscription.x", "id"), ["Microsoft.Resources/subscriptions"]);
        assert_eq!(types("azurerm_subscription.x", "id").len(), 2);
        assert!(types("azurerm_resource_group.x", "location").is_empty());
        assert!(types("null_resource.x", "id").is_empty());
    }
}
