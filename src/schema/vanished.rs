//! Types and api-versions that earlier type data had and newer data lost (`schemas/vanished.txt`).

/// `TYPE@VERSION` a line, sorted.
const TABLE: &str = include_str!("../../schemas/vanished.txt");

/// Whether some earlier data had this type, at this version where one is named. The type's case does not matter.
/// O(rows), of which there are few.
pub(crate) fn was_known(type_name: &str, version: Option<&str>) -> bool {
    is_listed(TABLE, type_name, version)
}

fn is_listed(table: &str, type_name: &str, version: Option<&str>) -> bool {
    table.lines().filter_map(|row| row.split_once('@')).any(|(name, of_row)| {
        name.eq_ignore_ascii_case(type_name) && version.is_none_or(|version| version == of_row)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Lookup, Schema};

    #[test]
    fn a_type_or_one_of_its_versions_was_known() {
        let table = "Test.Rp/gone@2024-01-01\nTest.Rp/gone@2024-06-01-preview\n";
        assert!(is_listed(table, "test.rp/GONE", Some("2024-06-01-preview")));
        assert!(is_listed(table, "Test.Rp/gone", None));
        assert!(!is_listed(table, "Test.Rp/gone", Some("2024-06-01")));
        assert!(!is_listed(table, "Test.Rp/gon", None));
    }

    #[test]
    fn what_vanished_is_not_in_the_type_data() {
        assert!(TABLE.lines().count() > 50);
        for row in TABLE.lines() {
            let (name, version) = row.split_once('@').expect("TYPE@VERSION");
            let found = Schema::bundled().lookup(name, version);
            assert!(!matches!(found, Lookup::Found(_)), "{row}");
        }
    }
}
