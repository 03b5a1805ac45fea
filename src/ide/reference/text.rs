//! Described things for a terminal.

use std::fmt::Write;

use super::describe::{documentation, members};
use super::model::{At, Constraint, Described, Subject, TypeFacts};
use super::plain::plain_text;
use super::prose::prose;
use crate::schema::{SchemaType, TypeKind};

/// Elements of a union that a line of a list names.
const ELEMENTS_IN_LIST: usize = 8;
/// Cells wider than this do not widen their column.
const WIDEST: usize = 40;

/// Everything, in lines.
pub(crate) fn page(described: &Described<'_>) -> String {
    let mut out = String::new();
    match &described.subject {
        Subject::ResourceType(facts) => resource_type(&mut out, &described.name, facts),
        Subject::Property { ty, at, .. } => {
            if let Some(at) = at {
                place(&mut out, at);
            }
            let path = at.as_ref().map_or_else(|| described.name.clone(), |at| at.path.to_string());
            thing(&mut out, &path, described);
            table(&mut out, *ty);
        }
        Subject::TypeInShort { .. }
        | Subject::DataPlaneType { .. }
        | Subject::Argument { .. }
        | Subject::Function { .. } => {
            thing(&mut out, &described.name, described);
        }
    }
    out
}

/// A line for each, what stands behind the names in one column.
pub(crate) fn list(all: &[Described<'_>]) -> String {
    let rows = all.iter().map(|it| [it.name.clone(), it.type_line(ELEMENTS_IN_LIST)]).collect::<Vec<_>>();
    let width = rows.iter().map(|[name, _]| name.chars().count()).max().unwrap_or(0);
    rows.iter().map(|[name, behind]| format!("{name:width$}  {behind}\n")).collect()
}

/// Writing to a string cannot fail.
fn line(out: &mut String, line: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{line}");
}

fn resource_type(out: &mut String, name: &str, facts: &TypeFacts<'_>) {
    line(out, format_args!("{name}"));
    let mut list = |title: &str, items: &[&str]| {
        for (index, item) in items.iter().enumerate() {
            line(out, format_args!("  {:13}  {item}", if index == 0 { title } else { "" }));
        }
    };
    let parents: Vec<&str> = facts.parents.iter().map(String::as_str).collect();
    list("parent_id", &parents);
    list("import id", &[&facts.import_id]);
    list("functions", &facts.functions);
    list("child types", &facts.children);
    list("api-versions", &facts.api_versions);
    list("documentation", &[&facts.documentation]);
}

/// Which type at which version; of a whole body also where it lives.
fn place(out: &mut String, at: &At<'_>) {
    line(out, format_args!("{}", at.version.reference()));
    if !at.path.is_root() {
        return;
    }
    for (title, scopes) in
        [("readable at", &at.version.readable_scopes), ("writable at", &at.version.writable_scopes)]
    {
        let scopes = if scopes.is_empty() { "no scope".to_owned() } else { scopes.join(", ") };
        line(out, format_args!("  {title}    {scopes}"));
    }
    let page = documentation(at.version.type_name, at.version.api_version);
    line(out, format_args!("  documentation  {page}"));
}

fn thing(out: &mut String, name: &str, described: &Described<'_>) {
    let title = [name, &described.type_line(usize::MAX), &facts(described)];
    let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
    line(out, format_args!("{}", title.join("  ")));
    if let Some(note) = &described.note {
        line(out, format_args!("  {}", note.sentence(|code| format!("`{code}`"))));
    }
    if let Some(description) = &described.description {
        for said in plain_text(&prose(description)).lines().filter(|said| !said.is_empty()) {
            line(out, format_args!("  {said}"));
        }
    }
    if let Some(since) = &described.since {
        line(out, format_args!("  since {since}"));
    }
    for related in &described.related {
        line(out, format_args!("  {}  {}", related.name, related.type_line(usize::MAX)));
    }
    for list in &described.lists {
        line(out, format_args!("  {}: {}", list.kind.title(), list.items.join(", ")));
    }
}

/// Flags, then what a value must fulfil.
fn facts(described: &Described<'_>) -> String {
    let flags = described.flags.iter().map(|&flag| flag.to_owned());
    let default = described.default.as_ref().map(|default| format!("default {default}"));
    flags.chain(default).chain(limits(&described.constraints)).collect::<Vec<_>>().join(", ")
}

/// `1 to 10 characters`, `at most 5 items`, `-1 to 100`, `matches ^[a-z]+$`, `secret`. Allowed values are in the
/// type's line.
pub(super) fn limits(constraints: &[Constraint<'_>]) -> Vec<String> {
    let limit = |constraint: &Constraint<'_>| match constraint {
        Constraint::OneOf { .. } => None,
        Constraint::Length(least, greatest) => range(*least, *greatest, " characters"),
        Constraint::Range(least, greatest) => range(*least, *greatest, ""),
        Constraint::Items(least, greatest) => range(*least, *greatest, " items"),
        Constraint::Pattern(pattern) => Some(format!("matches {pattern}")),
        Constraint::Secret => Some("secret".to_owned()),
    };
    constraints.iter().filter_map(limit).collect()
}

fn range<N: std::fmt::Display + PartialEq>(
    least: Option<N>,
    greatest: Option<N>,
    unit: &str,
) -> Option<String> {
    match (least, greatest) {
        (Some(least), Some(greatest)) if least == greatest => Some(format!("exactly {least}{unit}")),
        (Some(least), Some(greatest)) => Some(format!("{least} to {greatest}{unit}")),
        (Some(least), None) => Some(format!("at least {least}{unit}")),
        (None, Some(greatest)) => Some(format!("at most {greatest}{unit}")),
        (None, None) => None,
    }
}

/// What a type is made of, a line each; of a union the tables of its elements.
fn table(out: &mut String, ty: SchemaType<'_>) {
    if matches!(ty.kind(), TypeKind::Union(_)) {
        return ty.alternatives().into_iter().for_each(|element| table(out, element));
    }
    let cells = |it: &Described<'_>| [it.name.clone(), it.type_line(ELEMENTS_IN_LIST), facts(it)];
    let rows: Vec<[String; 3]> = members(ty).iter().map(cells).collect();
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).filter(|&width| width <= WIDEST).max().unwrap_or(0)
    };
    let (names, types) = (width(0), width(1));
    for [name, ty, facts] in &rows {
        let row = format!("  {name:names$}  {ty:types$}  {facts}");
        line(out, format_args!("{}", row.trim_end()));
    }
}
