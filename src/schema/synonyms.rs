//! What people call resource types (`schemas/synonyms.txt`): abbreviations, plain words, names in other tools.

use std::sync::LazyLock;

use crate::text::closest;

/// Rows `TYPE: NAME, NAME…`.
const TABLE: &str = include_str!("../../schemas/synonyms.txt");

/// Each name less what is no letter or digit, with its type; sorted by name.
static NAMES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter_map(|row| row.split_once(": "));
    let mut names: Vec<(String, &'static str)> =
        rows.flat_map(|(ty, names)| names.split(", ").map(move |name| (plain(name), ty))).collect();
    names.sort_unstable();
    names
});

/// The types that are called so, whatever the case, the spaces and the hyphens.
pub(crate) fn types_called(name: &str) -> impl Iterator<Item = &'static str> {
    let name = plain(name);
    beginning_with(&name).take_while(move |(known, _)| *known == name).map(|(_, ty)| *ty)
}

/// The types with a name that begins so; the same type may come again.
pub(crate) fn types_called_like(beginning: &str) -> impl Iterator<Item = &'static str> {
    let beginning = plain(beginning);
    let rows = if beginning.is_empty() { &[] } else { beginning_with(&beginning).as_slice() };
    let rows = rows.iter().take_while(move |(known, _)| known.starts_with(&beginning));
    rows.map(|(_, ty)| *ty)
}

/// The types with a name that is written nearly so, nearest first, each once.
pub(crate) fn types_called_nearly(name: &str, most: usize) -> Vec<&'static str> {
    let near = closest(&plain(name), NAMES.iter().map(|(known, _)| known.as_str()), most);
    let mut types: Vec<&'static str> = Vec::new();
    for ty in near.into_iter().flat_map(types_called) {
        if types.len() < most && !types.contains(&ty) {
            types.push(ty);
        }
    }
    types
}

/// The letters and digits of a name, in lower case.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

fn beginning_with(name: &str) -> std::slice::Iter<'static, (String, &'static str)> {
    let start = NAMES.partition_point(|(known, _)| known.as_str() < name);
    NAMES[start..].iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for name in ["load balancer", "LoadBalancer", "load-balancer", "lb"] {
            let types: Vec<&str> = types_called(name).collect();
            assert_eq!(types, ["Microsoft.Network/loadBalancers"], "{name}");
        }
        assert_eq!(types_called("lb").count(), 1);
        assert_eq!(types_called_nearly("load balancr", 3)[0], "Microsoft.Network/loadBalancers");
        assert!(types_called_nearly("", 3).is_empty() && types_called_nearly("qqqqqqqq", 3).is_empty());
        assert_eq!(types_called("").count() + types_called("nothing at all").count(), 0);
        assert!(types_called_like("load bal").any(|ty| ty == "Microsoft.Network/loadBalancers"));
        assert_eq!(types_called_like(" ").count(), 0);
    }

    #[test]
    fn every_type_of_the_table_exists_and_every_name_is_written_plainly() {
        let schema = Schema::bundled();
        let mut count = 0;
        for row in TABLE.lines() {
            let (ty, names) = row.split_once(": ").expect("a type and names");
            assert_eq!(schema.resource_type(ty).map(|found| found.name()), Some(ty), "{row}");
            for name in names.split(", ") {
                assert!(
                    !plain(name).is_empty() && name == name.to_lowercase() && name == name.trim(),
                    "{row}"
                );
                count += 1;
            }
        }
        assert!(count >= 1_000, "{count}");
        let types: Vec<String> =
            TABLE.lines().map(|row| row.split(':').next().unwrap().to_lowercase()).collect();
        assert!(types.is_sorted_by(|one, next| one < next), "one row for each type, sorted");
    }

    #[test]
    fn no_name_means_more_than_three_types() {
        for names in NAMES.chunk_by(|one, next| one.0 == next.0) {
            assert!(names.len() <= 3, "{names:?}");
        }
    }
}
