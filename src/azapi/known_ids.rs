//! Which attributes of other blocks hold an ARM id of a type that is known (`schemas/known-ids.json`).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::terraform::{BlockAddress, ComputedAttribute};

const TABLE: &str = include_str!("../../schemas/known-ids.json");

static KNOWN: LazyLock<HashMap<String, Vec<String>>> =
    LazyLock::new(|| serde_json::from_str(TABLE).unwrap_or_default());

/// The resource types whose id the attribute can hold, as Azure spells them; empty when that is not known.
/// An entry `data.TYPE.ATTRIBUTE` or `resource.TYPE.ATTRIBUTE` holds for that kind of block alone.
pub fn types_of(attribute: &ComputedAttribute) -> &'static [String] {
    let [name] = attribute.path.as_slice() else { return &[] };
    let BlockAddress { kind, type_name, .. } = &attribute.address;
    let kind = kind.keyword();
    let of_kind = KNOWN.get(&format!("{kind}.{type_name}.{name}"));
    of_kind.or_else(|| KNOWN.get(&format!("{type_name}.{name}"))).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Schema, arm_id};
    use crate::terraform::{Address, FileId};
    use crate::text::TextRange;

    fn types(address: &str, name: &str) -> &'static [String] {
        let address = Address::parse(address).and_then(|address| address.as_block().cloned());
        types_of(&ComputedAttribute {
            address: address.expect("a block's address"),
            path: vec![name.to_owned()],
            file: FileId(0),
            name_range: TextRange::default(),
        })
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
