//! Types in a few plain words, for one line.

use crate::schema::{SchemaType, TypeKind};

/// Unions and arrays inside one another are written out to this depth.
const DEEPEST: usize = 6;

/// What a type is: `string`, `"enabled" | "disabled" | string`, `array of object`, `map of string`. Of a
/// union at most `most` elements are named, and the rest counted.
pub fn type_line(ty: SchemaType<'_>, most: usize) -> String {
    line(ty, most, DEEPEST)
}

fn line(ty: SchemaType<'_>, most: usize, depth: usize) -> String {
    match ty.kind() {
        TypeKind::String { .. } => "string".to_owned(),
        TypeKind::Integer { .. } => "integer".to_owned(),
        TypeKind::Boolean => "boolean".to_owned(),
        TypeKind::Any => "any".to_owned(),
        TypeKind::Literal(value) => format!("{value:?}"),
        TypeKind::Union(_) if depth == 0 => "union".to_owned(),
        TypeKind::Union(elements) => {
            let count = elements.len();
            let mut parts: Vec<String> = Vec::new();
            for element in elements.take(most) {
                let part = line(element, most, depth - 1);
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
            if count > most {
                parts.push(format!("{} more", count - most));
            }
            parts.join(" | ")
        }
        TypeKind::Array { .. } if depth == 0 => "array".to_owned(),
        TypeKind::Array { items, .. } => match items.kind() {
            TypeKind::Union(_) => format!("array of ({})", line(items, most, depth - 1)),
            _ => format!("array of {}", line(items, most, depth - 1)),
        },
        TypeKind::Object(object) => match object.additional_properties() {
            Some(values) if object.properties().len() == 0 && depth > 0 => match values.kind() {
                TypeKind::Union(_) => format!("map of ({})", line(values, most, depth - 1)),
                _ => format!("map of {}", line(values, most, depth - 1)),
            },
            _ => "object".to_owned(),
        },
        TypeKind::Discriminated(object) => format!("object by {}", object.discriminator()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::toy;

    fn render(path: &str) -> String {
        let body = toy::schema().resource_type("Test.Rp/widgets").expect("a type").newest().body();
        let path: crate::schema::path::BodyPath = path.parse().expect("a path");
        let ty = path.resolve(body).expect("it leads somewhere").ty;
        let limits = super::super::text::limits(&super::super::constraint::constraints(ty)).join(", ");
        format!("{}; {limits}", type_line(ty, 2))
    }

    #[test]
    fn a_type_is_one_line_with_its_limits() {
        assert_eq!(render("location"), "string; ");
        assert_eq!(render("properties.colour"), "\"red\" | \"green\"; ");
        assert_eq!(render("properties.status"), "\"enabled\" | \"disabled\" | 1 more; ");
        assert_eq!(render("properties.count"), "integer; -1 to 100");
        assert_eq!(render("properties.rules"), "array of object; 1 to 5 items");
        assert_eq!(render("properties.password"), "string; 8 to 64 characters, secret");
        assert_eq!(render("properties.parts.*.label"), "string; 1 to 10 characters, matches ^[a-z]+$");
        assert_eq!(render("tags"), "map of string; ");
        assert_eq!(render("properties.vault"), "object; secret");
    }
}
