//! Which attributes of other blocks hold an ARM id of a type that is known (`schemas/known-ids.txt`).

use crate::terraform::{BlockAddress, BlockKind, ComputedAttribute};

/// Rows `[KIND.]TYPE[.ATTRIBUTE] TYPES…`, sorted by their bytes up to the first space; the attribute is `id`
/// where none is named. The form is described in `schemas/README.md`.
const TABLE: &str = include_str!("../../schemas/known-ids.txt");

/// What an attribute holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Holds {
    /// The ARM id of a resource of one of these types, spelled as Azure does; at least one.
    Ids(Vec<&'static str>),
    /// A name, a GUID: never an id.
    Word,
    /// Nothing is known of it, or it is an id of another kind.
    Other,
}

/// What an attribute of a block holds. A row that names the kind of block (`data.`, `resource.`) holds for that kind
/// alone, and one of `PROVIDER_*` for each block of the provider. O(log rows): the table is read in place.
pub(crate) fn holds(attribute: &ComputedAttribute) -> Holds {
    let [name] = attribute.path.as_slice() else { return Holds::Other };
    let BlockAddress { kind, type_name, .. } = &attribute.block.address;
    attribute_of(*kind, type_name, name)
}

/// The same by the names of the block's type and of the attribute.
pub(crate) fn attribute_of(kind: BlockKind, type_name: &str, name: &str) -> Holds {
    let of_any = if name == "id" { type_name.to_owned() } else { format!("{type_name}.{name}") };
    let found = row(&format!("{}.{of_any}", kind.keyword())).or_else(|| row(&of_any));
    let provider =
        || type_name.split_once('_').and_then(|(provider, _)| row(&format!("{provider}_*.{name}")));
    match found.or_else(provider) {
        None => Holds::Other,
        Some(WORD) => Holds::Word,
        Some(row) => match types(row).collect::<Vec<_>>() {
            none if none.is_empty() => Holds::Other,
            types => Holds::Ids(types),
        },
    }
}

/// The attributes of a block's type that hold ids of a single type, each with that. O(log rows).
pub(crate) fn ids_of(kind: BlockKind, type_name: &str) -> Vec<(&'static str, &'static str)> {
    let of_kind = format!("{}.{type_name}", kind.keyword());
    let mut held = Vec::new();
    for of_type in [type_name, &of_kind] {
        let keys = rows_from(of_type).map(|(key, _)| key);
        // The rows of a type's attributes stand right behind its own.
        for rest in keys.map_while(|key| key.strip_prefix(of_type)) {
            let name = if rest.is_empty() { Some("id") } else { rest.strip_prefix('.') };
            let Some(name) = name else { break };
            match attribute_of(kind, type_name, name) {
                Holds::Ids(types) if types.len() == 1 => held.push((name, types[0])),
                _ => {}
            }
        }
    }
    held
}

/// Stands behind the key of an attribute that is no id at all.
const WORD: &str = "!";

/// The resource types whose id the attribute `id` of a block can hold. Of none where that is no ARM id.
pub(crate) fn types_of_block(address: &BlockAddress) -> Vec<&'static str> {
    match attribute_of(address.kind, &address.type_name, "id") {
        Holds::Ids(types) => types,
        Holds::Word | Holds::Other => Vec::new(),
    }
}

/// What stands behind the key of a row.
fn row(key: &str) -> Option<&'static str> {
    rows_from(key).next().filter(|(found, _)| *found == key).map(|(_, types)| types)
}

/// The rows from a key on, each cut behind its key. The table is cut in halves, each cut moved to the start of its
/// line.
fn rows_from(key: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let cut = |line: &'static str| line.split_once(' ').unwrap_or((line, ""));
    let (mut first, mut end) = (0, TABLE.len());
    while first < end {
        // Every byte of the table is a character.
        let start = TABLE[first..first + (end - first) / 2].rfind('\n').map_or(first, |at| first + at + 1);
        let line = TABLE[start..].split('\n').next().unwrap_or_default();
        if cut(line).0 < key { first = (start + line.len() + 1).min(end) } else { end = start }
    }
    TABLE[first..].lines().map(cut)
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
        match held(address, name) {
            Holds::Ids(types) => types,
            Holds::Word | Holds::Other => Vec::new(),
        }
    }

    fn held(address: &str, name: &str) -> Holds {
        let block = Address::parse(address).and_then(|address| address.as_block().cloned()).unwrap();
        let (kind, type_name, label) = (block.kind.keyword(), block.type_name, block.name);
        let text =
            format!("{kind} \"{type_name}\" \"{label}\" {{}}\nlocals {{\n  it = {address}.{name}\n}}\n");
        let parse = crate::syntax::parse(&text);
        let index = Arc::new(FileIndex::new(&parse.root()));
        let module = Module::new(vec![ModuleFile::new(FileId(0), parse, index)]);
        match &Evaluator::new(&module, Assume::Nothing).value(&module.local("it").unwrap()).kind {
            ValueKind::Computed(attribute) => holds(attribute),
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
            for word in types.split(' ').filter(|&word| word != "-" && word != WORD) {
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
    fn names_and_guids_are_no_ids_in_any_block_of_the_provider() {
        assert_eq!(held("azurerm_linux_web_app.x", "name"), Holds::Word);
        assert_eq!(held("data.azurerm_subscription.x", "subscription_id"), Holds::Word);
        assert_eq!(held("data.azapi_client_config.x", "tenant_id"), Holds::Word);
        assert_eq!(held("null_resource.x", "name"), Holds::Other);
        assert_eq!(held("azurerm_linux_web_app.x", "outbound_ip_addresses"), Holds::Other);
    }

    #[test]
    fn attributes_with_ids_are_listed_by_block() {
        assert_eq!(
            ids_of(BlockKind::Data, "azurerm_subscription"),
            [("id", "Microsoft.Resources/subscriptions")]
        );
        let config = ids_of(BlockKind::Data, "azapi_client_config");
        assert_eq!(config, [("subscription_resource_id", "Microsoft.Resources/subscriptions")]);
        assert_eq!(ids_of(BlockKind::Resource, "azurerm_subscription"), []);
    }

    #[test]
    fn an_id_that_is_none_of_azures_has_no_type() {
        assert_eq!(row("azurerm_key_vault_secret"), Some("-"));
        assert!(of("azurerm_key_vault_secret.x", "id").is_empty());
        let pool = of("azurerm_lb_nat_pool.x", "id");
        assert_eq!(pool, ["Microsoft.Network/loadBalancers/inboundNatPools"]);
    }
}
