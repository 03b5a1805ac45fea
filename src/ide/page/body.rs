//! The body of a type as a nested list.

use std::collections::HashMap;

use crate::ide::reference::{self, markdown};
use crate::schema::{Property, ResourceVersion, SchemaType, TypeId, TypeKind};

/// What arguments give, or the provider sets.
const TOLD: [&str; 4] = ["apiVersion", "id", "name", "type"];
/// Lists in lists that a reader can follow; a deeper one names its path anew.
const DEEPEST: usize = 14;

/// All members at any depth, a line each. A type that occurs again is listed once.
pub(super) fn members(version: ResourceVersion<'_>) -> String {
    let mut list = List { out: String::new(), listed: HashMap::new(), path: Vec::new() };
    list.members(version.body(), 0);
    if list.out.is_empty() {
        list.out.push_str("Nothing can be set.\n");
    }
    list.out.push('\n');
    list.out
}

struct List {
    out: String,
    /// Where the members of a type stand.
    listed: HashMap<TypeId, String>,
    path: Vec<String>,
}

impl List {
    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str("- ");
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn property(&mut self, property: Property<'_>, depth: usize) {
        self.path.push(property.name().to_owned());
        let line = markdown::in_line(&reference::member(property));
        self.with_members(&line, property.ty(), depth);
        self.path.pop();
    }

    fn with_members(&mut self, line: &str, ty: SchemaType<'_>, depth: usize) {
        let objects: Vec<SchemaType<'_>> = objects_in(ty);
        let again = objects.iter().find_map(|object| self.listed.get(&object.id()));
        if let Some(place) = again {
            let line = format!("{line} (as {})", markdown::code(place));
            return self.line(depth, &line);
        }
        self.line(depth, line);
        if depth >= DEEPEST {
            return;
        }
        for object in objects {
            self.listed.insert(object.id(), self.path.join("."));
            self.members(object, depth + 1);
        }
    }

    fn members(&mut self, ty: SchemaType<'_>, depth: usize) {
        match ty.kind() {
            TypeKind::Object(object) => {
                self.properties(object.properties().collect(), depth);
                if let Some(values) = object.additional_properties().filter(|_| object.properties().len() > 0)
                {
                    self.path.push("*".to_owned());
                    let line = format!("any other key: {}", markdown::code(&reference::type_line(values, 8)));
                    self.with_members(&line, values, depth);
                    self.path.pop();
                }
            }
            TypeKind::Discriminated(base) => {
                self.properties(base.base_properties().collect(), depth);
                for (value, variant) in base.variants() {
                    let TypeKind::Object(object) = variant.kind() else { continue };
                    let discriminator = base.discriminator();
                    let line = format!(
                        "with {} {}:",
                        markdown::code(discriminator),
                        markdown::code(&format!("\"{value}\""))
                    );
                    self.line(depth, &line);
                    let own = object.properties().filter(|it| it.name() != discriminator);
                    self.properties(own.collect(), depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Required ones first, those that only Azure sets last.
    fn properties(&mut self, mut properties: Vec<Property<'_>>, depth: usize) {
        if depth == 0 {
            properties.retain(|property| !TOLD.contains(&property.name()));
        }
        properties.sort_by_key(|it| (it.flags().read_only(), !it.flags().required(), it.name()));
        properties.into_iter().for_each(|property| self.property(property, depth));
    }
}

/// The objects that a value of the type is or holds, through lists, maps and unions.
fn objects_in(ty: SchemaType<'_>) -> Vec<SchemaType<'_>> {
    let mut found = Vec::new();
    let mut left = vec![(ty, 0)];
    while let Some((ty, depth)) = left.pop() {
        if depth > 8 {
            continue;
        }
        for one in ty.alternatives() {
            match one.kind() {
                TypeKind::Object(object) if object.properties().len() > 0 => found.push(one),
                TypeKind::Object(object) => {
                    left.extend(object.additional_properties().map(|values| (values, depth + 1)));
                }
                TypeKind::Discriminated(_) => found.push(one),
                TypeKind::Array { items, .. } => left.push((items, depth + 1)),
                _ => {}
            }
        }
    }
    found
}
