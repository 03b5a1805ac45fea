//! The body of a type, and what its functions take and give, as nested lists.

use std::collections::{HashMap, VecDeque};

use crate::ide::reference::{self, markdown};
use crate::schema::path::{BodyPath, Step};
use crate::schema::{Function, Property, ResourceVersion, SchemaType, TypeId, TypeKind};

/// What arguments give, or the provider sets.
const TOLD: [&str; 4] = ["apiVersion", "id", "name", "type"];
/// Lists in lists that a reader can follow. What a deeper one would hold is listed behind all others under its path.
const DEEPEST: usize = 6;
/// An object with so many plain members is listed again wherever it occurs.
const SMALL: usize = 2;
/// Of functions no more is listed: what they give is often whole resources.
const DEEPEST_OF_FUNCTIONS: usize = 3;

/// All members at any depth, a line each. A type that occurs again is listed once. `told` are told elsewhere.
pub(super) fn members(version: ResourceVersion<'_>, told: &[&str]) -> String {
    let told = TOLD.iter().chain(told).map(|&name| name.to_owned()).collect();
    let mut list = List { told, ..List::default() };
    list.members(version.body(), 0);
    if list.out.is_empty() {
        list.out.push_str("Nothing can be set.\n");
    }
    list.finish()
}

/// Functions, each with the members of what it takes and gives, not all the way down.
pub(super) fn functions<'s>(all: impl Iterator<Item = Function<'s>>) -> String {
    let mut list = List { is_short: true, ..List::default() };
    for function in all {
        list.line(0, &markdown::in_line(&reference::function(function)));
        for (what, ty) in [("input", function.input()), ("output", Some(function.output()))] {
            if let Some(ty) = ty.filter(|ty| !objects_in(*ty).is_empty()) {
                list.path = vec![Step::Key(function.name().to_owned()), Step::Key(what.to_owned())];
                list.with_members(&markdown::code(what), ty, 1);
            }
        }
    }
    list.finish()
}

#[derive(Default)]
struct List<'s> {
    out: String,
    /// Members of the body itself that are not listed.
    told: Vec<String>,
    /// Where the members of a type stand.
    listed: HashMap<TypeId, String>,
    path: Vec<Step>,
    /// What is deep is left out.
    is_short: bool,
    /// What is too deep where it occurs.
    later: VecDeque<(Vec<Step>, Vec<SchemaType<'s>>)>,
}

impl<'s> List<'s> {
    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str("- ");
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn finish(mut self) -> String {
        if !self.later.is_empty() {
            self.out.push_str("\nDeeper inside:\n\n");
        }
        while let Some((path, objects)) = self.later.pop_front() {
            self.path = path;
            let place = self.place();
            self.line(0, &markdown::code(&place));
            objects.into_iter().for_each(|object| self.members(object, 1));
        }
        self.out.push('\n');
        self.out
    }

    /// The path at hand, as a user writes it for `show`, without signs for the items of lists.
    fn place(&self) -> String {
        self.path.iter().cloned().collect::<BodyPath>().to_string()
    }

    fn property(&mut self, property: Property<'s>, depth: usize) {
        self.path.push(Step::Key(property.name().to_owned()));
        let line = markdown::in_line(&reference::member(property));
        self.with_members(&line, property.ty(), depth);
        self.path.pop();
    }

    fn with_members(&mut self, line: &str, ty: SchemaType<'s>, depth: usize) {
        let mut objects: Vec<SchemaType<'s>> = objects_in(ty);
        if self.is_short && depth >= DEEPEST_OF_FUNCTIONS {
            objects.clear();
        }
        let again = objects.iter().find_map(|object| self.listed.get(&object.id()));
        if let Some(place) = again {
            let line = format!("{line} (as {})", markdown::code(place));
            return self.line(depth, &line);
        }
        let place = self.place();
        objects.iter().filter(|object| !is_small(**object)).for_each(|object| {
            self.listed.insert(object.id(), place.clone());
        });
        if depth >= DEEPEST && !objects.is_empty() {
            self.line(depth, &format!("{line} (below as {})", markdown::code(&place)));
            return self.later.push_back((self.path.clone(), objects));
        }
        self.line(depth, line);
        objects.into_iter().for_each(|object| self.members(object, depth + 1));
    }

    fn members(&mut self, ty: SchemaType<'s>, depth: usize) {
        match ty.kind() {
            TypeKind::Object(object) => {
                self.properties(object.properties().collect(), depth);
                if let Some(values) = object.additional_properties().filter(|_| object.properties().len() > 0)
                {
                    self.path.push(Step::Any);
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
                    let own: Vec<Property<'s>> =
                        object.properties().filter(|it| it.name() != discriminator).collect();
                    let more = if own.is_empty() { "nothing more" } else { "" };
                    let value_code = markdown::code(&format!("\"{value}\""));
                    let line = format!("with {} {value_code}: {more}", markdown::code(discriminator));
                    self.line(depth, line.trim_end());
                    let (discriminator, value) = (discriminator.to_owned(), value.to_owned());
                    self.path.push(Step::Variant { discriminator, value });
                    self.properties(own, depth + 1);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }

    /// Required ones first, those that only Azure sets last.
    fn properties(&mut self, mut properties: Vec<Property<'s>>, depth: usize) {
        // Variants of the body have what the body has.
        if self.path.iter().all(|step| matches!(step, Step::Variant { .. })) {
            properties.retain(|property| !self.told.iter().any(|told| told == property.name()));
        }
        properties.sort_by_key(|it| (it.flags().read_only(), !it.flags().required(), it.name()));
        properties.into_iter().for_each(|property| self.property(property, depth));
    }
}

/// Whether it is quicker to read once more than to look up, such as an object with an id.
fn is_small(ty: SchemaType<'_>) -> bool {
    match ty.kind() {
        TypeKind::Object(object) => {
            let holds_none = |property: Property<'_>| objects_in(property.ty()).is_empty();
            object.properties().len() <= SMALL
                && object.additional_properties().is_none()
                && object.properties().all(holds_none)
        }
        _ => false,
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
