//! The types whose resources Azure names by a GUID (`schemas/guid-names.txt`). The type data has their names as any text.

/// A type a row, sorted by its bytes.
const TABLE: &str = include_str!("../../schemas/guid-names.txt");

/// Whether the name of a resource of this type must be a GUID.
pub(crate) fn is_named_by_guid(type_name: &str) -> bool {
    TABLE.lines().any(|row| row.eq_ignore_ascii_case(type_name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    #[test]
    fn each_row_is_a_type_in_its_own_spelling_and_found_in_any() {
        assert!(TABLE.ends_with('\n') && TABLE.lines().is_sorted_by(|one, next| one < next));
        for row in TABLE.lines() {
            assert_eq!(Schema::bundled().resource_type(row).map(|ty| ty.name()), Some(row));
            assert!(is_named_by_guid(&row.to_uppercase()));
        }
        assert!(!is_named_by_guid("Microsoft.Authorization/locks"));
    }
}
