//! Single damages to a body, each with what is to be reported of it.

use super::tree::{Body, MARK, Tree};
use crate::azapi::validate::allows;
use crate::schema::TypeKind;
use crate::text::closest;

/// A body with one damage.
pub(super) struct Damage<'s> {
    pub(super) kind: &'static str,
    pub(super) code: &'static str,
    pub(super) body: Body<'s>,
    /// Whether the marks are just what is to be reported.
    pub(super) is_placed: bool,
    pub(super) must_be_fixed: bool,
    /// What the fix has to put in the marked place.
    pub(super) restores: Option<String>,
}

/// Every damage that is surely one.
pub(super) fn damages<'s>(body: &Body<'s>) -> Vec<Damage<'s>> {
    let mut found = Vec::new();
    walk(&body.tree, true, &mut |damage, tree| {
        let Change { kind, code, is_placed, must_be_fixed, restores } = damage;
        let body = Body { tree, ..body.clone() };
        found.push(Damage { kind, code, body, is_placed, must_be_fixed, restores });
    });
    found
}

struct Change {
    kind: &'static str,
    code: &'static str,
    is_placed: bool,
    must_be_fixed: bool,
    restores: Option<String>,
}

type Found<'s, 'f> = &'f mut dyn FnMut(Change, Tree<'s>);

fn walk<'s>(tree: &Tree<'s>, is_root: bool, found: Found<'s, '_>) {
    match tree {
        Tree::Object { items, form } => {
            of_object(tree, is_root, found);
            for (at, (name, value)) in items.iter().enumerate() {
                walk(value, false, &mut |change, damaged| {
                    let mut items = items.clone();
                    items[at] = (name.clone(), damaged);
                    found(change, Tree::Object { items, form: *form });
                });
            }
        }
        Tree::List { items, most } => {
            if let (Some(most), Some(first)) = (most.filter(|&most| most < 6), items.first()) {
                let items = vec![first.clone(); most as usize + 1];
                let list = Tree::List { items, most: Some(most) };
                let text = format!("{MARK}{}{MARK}", list.text(""));
                found(change("too many items", "invalid-length"), Tree::Leaf { text, ty: None });
            }
            for (at, value) in items.iter().enumerate() {
                walk(value, false, &mut |change, damaged| {
                    let mut items = items.clone();
                    items[at] = damaged;
                    found(change, Tree::List { items, most: *most });
                });
            }
        }
        Tree::Leaf { text, ty: Some(ty) } => of_leaf(text, &ty.kind(), found),
        Tree::Leaf { .. } => {}
    }
}

fn change(kind: &'static str, code: &'static str) -> Change {
    Change { kind, code, is_placed: true, must_be_fixed: false, restores: None }
}

fn of_object<'s>(tree: &Tree<'s>, is_root: bool, found: Found<'s, '_>) {
    let Tree::Object { items, form } = tree else { return };
    let names: Vec<&str> = form.properties().map(|(property, _)| property.name()).collect();
    let is_open = form.object.is_some_and(|object| object.additional_properties().is_some());
    let selects = form.selection().map(|(discriminator, _)| discriminator);
    for (at, (name, _)) in items.iter().enumerate() {
        let property = form.properties().find(|(property, _)| property.name() == name);
        let is_required = property.is_some_and(|(property, _)| property.flags().required());
        if selects == Some(name.as_str()) || property.is_none() {
            continue;
        }
        if is_required && !(is_root && matches!(name.as_str(), "name" | "location" | "tags")) {
            let mut items = items.clone();
            items.remove(at);
            let missing =
                Change { is_placed: false, must_be_fixed: true, ..change("left out", "missing-property") };
            // A lone item is the only text between the braces; a merge of nothing is nothing.
            found(missing, Tree::Object { items, form: *form });
            continue;
        }
        let misspelt = misspelt(name);
        if is_open || names.contains(&misspelt.as_str()) {
            continue;
        }
        for (kind, other) in [("misspelt key", misspelt), ("other case", other_case(name))] {
            let is_certain = closest(&other, names.iter().copied(), 2).len() == 1;
            if other == *name || names.contains(&other.as_str()) {
                continue;
            }
            let mut items = items.clone();
            items[at].0 = format!("{MARK}{other}{MARK}");
            let restores = is_certain.then(|| crate::azapi::emit::key(name));
            let misspelt = Change { must_be_fixed: is_certain, restores, ..change(kind, "unknown-property") };
            found(misspelt, Tree::Object { items, form: *form });
        }
    }
    let read_only = form.properties().find(|(property, _)| {
        let flags = property.flags();
        flags.read_only() && !flags.required() && items.iter().all(|(name, _)| name != property.name())
    });
    if let Some((property, _)) = read_only.filter(|(property, _)| !is_root || property.name() != "name") {
        let mut items = items.clone();
        let text = "\"set\"".to_owned();
        items.push((format!("{MARK}{}{MARK}", property.name()), Tree::Leaf { text, ty: None }));
        let set = Change { must_be_fixed: true, ..change("read-only", "read-only-property") };
        found(set, Tree::Object { items, form: *form });
    }
}

fn of_leaf<'s>(text: &str, ty: &TypeKind<'_>, found: Found<'s, '_>) {
    let mut put = |kind, code, other: String, restores: Option<String>| {
        let must_be_fixed = restores.is_some();
        let text = format!("{MARK}{other}{MARK}");
        found(Change { must_be_fixed, restores, ..change(kind, code) }, Tree::Leaf { text, ty: None });
    };
    match ty {
        TypeKind::Integer { max_value, .. } => {
            put("string for a number", "type-mismatch", format!("\"{text}\""), Some(text.to_owned()));
            put("object for a number", "type-mismatch", "{}".to_owned(), None);
            if let Some(most) = max_value.filter(|&most| most < 1_000_000_000) {
                put("out of range", "out-of-range", (most + 1).to_string(), None);
            }
        }
        TypeKind::Boolean => {
            put("string for a boolean", "type-mismatch", format!("\"{text}\""), Some(text.to_owned()));
        }
        TypeKind::Literal(_) | TypeKind::Union(_) => {
            let value = text.trim_matches('"');
            let allowed: Vec<&str> = match ty {
                TypeKind::Literal(value) => vec![value],
                TypeKind::Union(elements) => elements
                    .filter_map(
                        |it| if let TypeKind::Literal(value) = it.kind() { Some(value) } else { None },
                    )
                    .collect(),
                _ => Vec::new(),
            };
            for (kind, other) in
                [("misspelt value", misspelt(value)), ("other case of a value", other_case(value))]
            {
                let is_certain = closest(&other, allowed.iter().copied(), 2).len() == 1;
                if !allowed.contains(&other.as_str()) && !value.contains(['$', '%', '\\']) {
                    let other = format!("\"{other}\"");
                    put(kind, "invalid-value", other, is_certain.then(|| text.to_owned()));
                }
            }
        }
        TypeKind::String { max_length, pattern, .. } => {
            put("list for a string", "type-mismatch", "[]".to_owned(), None);
            if let Some(most) = max_length.filter(|&most| most < 200) {
                put("too long", "invalid-length", format!("\"{}\"", "a".repeat(most as usize + 1)), None);
            }
            if let Some(pattern) = pattern.filter(|pattern| max_length.is_none() && !allows(pattern, " ?")) {
                put("no match", "pattern-mismatch", "\" ?\"".to_owned(), None);
                assert!(!pattern.is_empty());
            }
        }
        _ => {}
    }
}

/// With one letter twice.
fn misspelt(name: &str) -> String {
    let middle = name.char_indices().nth(name.chars().count() / 2);
    middle.map_or_else(
        || format!("{name}x"),
        |(at, letter)| {
            let (before, behind) = name.split_at(at);
            format!("{before}{letter}{behind}")
        },
    )
}

/// With the first letter in the other case.
fn other_case(name: &str) -> String {
    let mut letters = name.chars();
    let Some(first) = letters.next() else { return String::new() };
    let first = if first.is_uppercase() { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() };
    format!("{first}{}", letters.as_str())
}
