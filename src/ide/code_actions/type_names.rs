//! Fixes of `unknown-resource-type` and `unknown-api-version`: takes one of the nearest names.

use crate::azapi::place::Place;
use crate::azapi::{Resource, TypeReference};
use crate::ide::diagnostics::codes::{UNKNOWN_API_VERSION, UNKNOWN_RESOURCE_TYPE};
use crate::ide::request::Request;
use crate::ide::{CodeAction, CodeActionKind, SourceChange};
use crate::schema::Lookup;
use crate::syntax::ast::{AstNode, Expression};
use crate::text::{TextEdit, TextRange, TextSize};

/// So many names are offered.
const MOST: usize = 3;

pub(super) fn fixes(request: &Request<'_>, range: TextRange) -> Vec<CodeAction> {
    let Some(Place::Type { resource, attribute }) = request.place() else { return Vec::new() };
    let Some(value) = attribute.value() else { return Vec::new() };
    let here = value.syntax().text_range();
    if here.intersect(range).is_none() || !here.contains_inclusive(request.offset()) {
        return Vec::new();
    }
    match value {
        Expression::Template(template) => template
            .literal()
            .map_or(Vec::new(), |_| renamings(request, &resource, here, template.content_range())),
        _ => Vec::new(),
    }
}

fn renamings(
    request: &Request<'_>,
    resource: &Resource<'_>,
    finding: TextRange,
    content: TextRange,
) -> Vec<CodeAction> {
    let TypeReference::Named { resource_type, api_version: Some(version) } = &resource.type_reference else {
        return Vec::new();
    };
    let at_sign = content.start() + TextSize::of(resource_type.as_str());
    let (code, range, mut close) = match request.schema().lookup(resource_type, version) {
        Lookup::Found(_) => return Vec::new(),
        Lookup::UnknownType { close } => {
            (UNKNOWN_RESOURCE_TYPE.name, TextRange::new(content.start(), at_sign), close)
        }
        Lookup::UnknownVersion { resource_type: found, close } => {
            let newest = found.newest_stable().unwrap_or(found.newest()).api_version().as_str();
            let mut close = close;
            if !close.contains(&newest) {
                close.push(newest);
            }
            let range = TextRange::new(at_sign + TextSize::of("@"), content.end());
            (UNKNOWN_API_VERSION.name, range, close)
        }
    };
    close.truncate(MOST);
    let only = close.len() == 1;
    let actions = close.into_iter().map(|name| CodeAction {
        title: format!("Change to `{name}`"),
        kind: CodeActionKind::QuickFix,
        edit: SourceChange {
            edits: vec![(request.file(), vec![TextEdit::replace(range, name)])],
            new_files: Vec::new(),
        },
        fixes: Some((code, finding)),
        preferred: only,
    });
    actions.collect()
}
