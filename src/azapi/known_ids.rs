//! Which attributes of other blocks hold an ARM id of a type that is known (`schemas/known-ids.txt`).

use crate::terraform::{BlockAddress, ComputedAttribute};

/// Rows `[KIND.]TYPE[.ATTRIBUTE] TYPES…`, sorted by their bytes up to the first space; the attribute is `id`
/// where none is named. The form is described in `schemas/README.md`.
const TABLE: &str = include_str!("../../schemas/known-ids.txt");

/// The resource types whose id the attribute can hold, as Azure spells them; empty when that is not known, and
/// when it holds no ARM id. A row that names the kind of block (`data.`, `resource.`) holds for that kind alone.
/// O(log rows): the table is read in place.
pub(crate) fn types_of(attribute: &ComputedAttribute) -> Vec<&'static str> {
    let [name] = attribute.path.as_slice() else { return Vec::new() };
    let BlockAddress { kind, type_name, .. } = &attribute.block.address;
    let kind = kind.keyword();
    let of_any = if &**name == "id" { type_name.clone() } else { format!("{type_name}.{name}") };
    let row = row(&format!("{kind}.{of_any}")).or_else(|| row(&of_any));
    row.into_iter().flat_map(types).collect()
}

/// The resource types whose id the attribute `id` of a block can hold. Of none where that is no ARM id.
pub(crate) fn types_of_block(address: &BlockAddress) -> Vec<&'static str> {
    let row = row(&format!("{}.{}", address.kind.keyword(), address.type_name));
    row.or_else(|| self::row(&address.type_name)).into_iter().flat_map(types).collect()
}

/// What stands behind the key of a row. The table is cut in halves, each cut moved to the start of its line.
fn row(key: &str) -> Option<&'static str> {
    let mut rest = TABLE;
    while !rest.is_empty() {
        // Every byte of the table is a character.
        let start = rest[..rest.len() / 2].rfind('\n').map_or(0, |at| at + 1);
        let (line, after) = rest[start..].split_once('\n').unwrap_or((&rest[start..], ""));
        let (found, types) = line.split_once(' ').unwrap_or((line, ""));
        match found.cmp(key) {
            std::cmp::Ordering::Equal => return Some(types),
            std::cmp::Ordering::Less => rest = after,
            std::cmp::Ordering::Greater => rest = &rest[..start],
        }
    }
    None
}

/// `-` is no ARM id, and `~` stands in front of a type that the type data does not have.
fn types(row: &str) -> impl Iterator<Item = &str> {
    row.split(' ').filter(|&word| word != "-").map(|word| word.trim_start_matches('~'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Schema, arm_id};
    use crate::terraform::declaration::FileIndex;
    use crate::terraform::module::ModuleFile;
    use crate::terraform::{Address, Assume, Evaluator, FileId, Module, ValueKind};
    use std::sync::Arc;

    fn of(address: &str, name: &str) -> Vec<&'static str> {
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

    fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
        TABLE.lines().map(|line| line.split_once(' ').expect("a key and types"))
    }

    #[test]
    fn the_table_is_sorted_and_each_row_is_found() {
        assert!(TABLE.is_ascii() && TABLE.ends_with('\n'));
        let keys: Vec<&str> = rows().map(|(key, _)| key).collect();
        assert!(keys.len() > 1_100 && keys.is_sorted_by(|one, next| one < next));
        for (key, types) in rows() {
            assert_eq!(row(key), Some(types), "{key}");
        }
        for missing in ["", "a", "azurerm_zzz", "azurerm_subnet.x", "zzz"] {
            assert_eq!(row(missing), None, "{missing}");
        }
    }

    #[test]
    fn a_type_is_marked_where_the_type_data_does_not_have_it() {
        let schema = Schema::bundled();
        // Made elsewhere, or special to the provider: the data has no types for them.
        let special = [arm_id::SUBSCRIPTIONS, "Microsoft.Resources/providers"];
        for (key, types) in rows() {
            for word in types.split(' ').filter(|&word| word != "-") {
                let name = word.trim_start_matches('~');
                let known = special.contains(&name) || schema.resource_type(name).is_some();
                assert_eq!(known, !word.starts_with('~'), "{key}: {word}");
            }
        }
    }

    #[test]
    fn a_kind_of_block_may_differ_from_the_others() {
        assert_eq!(of("azurerm_resource_group.x", "id"), ["Microsoft.Resources/resourceGroups"]);
        assert_eq!(of("data.azurerm_resource_group.x", "id"), ["Microsoft.Resources/resourceGroups"]);
        assert_eq!(of("data.azurerm_subscription.x", "id"), ["Microsoft.Resources/subscriptions"]);
        assert_eq!(of("azurerm_subscription.x", "id").len(), 2);
        assert!(of("azurerm_resource_group.x", "location").is_empty());
        assert!(of("null_resource.x", "id").is_empty());
    }

    #[test]
    fn an_id_that_is_none_of_azures_has_no_type() {
        assert_eq!(row("azurerm_key_vault_secret"), Some("-"));
        assert!(of("azurerm_key_vault_secret.x", "id").is_empty());
        let pool = of("azurerm_lb_nat_pool.x", "id");
        assert_eq!(pool, ["Microsoft.Network/loadBalancers/inboundNatPools"]);
    }
}
