//! Completion of the paths that some arguments hold: JMESPath expressions over a response or a body, and paths of lists.

use super::type_slot::text;
use super::value_slot::ValueSlot;
use super::{CompletionItem, CompletionKind};
use crate::azapi::Resource;
use crate::azapi::emit;
use crate::azapi::place::Name;
use crate::azapi::provider::BodyOf;
use crate::ide::reference;
use crate::ide::request::Request;
use crate::schema::{Property, SchemaType, TypeKind};
use crate::syntax::ast::{AstNode, Expression};
use crate::syntax::walk::{Bias, token_at};
use crate::terraform::{Value, ValueKind};
use crate::text::TextEdit;

/// What a path of an argument may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    /// What Azure returns.
    Response,
    /// What the configuration can set.
    Body,
    /// Lists that it can set.
    Lists,
    /// What `sensitive_body` sets.
    Sensitive,
}

fn over(argument: &str) -> Option<Over> {
    Some(match argument {
        "response_export_values" | "sensitive_response_export_values" => Over::Response,
        "replace_triggers_refs" | "ignore_body_changes" => Over::Body,
        "ignore_other_items_in_list" | "list_unique_id_property" => Over::Lists,
        "sensitive_body_version" => Over::Sensitive,
        _ => return None,
    })
}

/// Whether an argument holds such paths.
pub(super) fn is_path(argument: &str) -> bool {
    over(argument).is_some()
}

/// Paths that go one key beyond what is written; of an empty one, those of `properties` too.
pub(super) fn complete(
    request: &Request<'_>,
    resource: &Resource<'_>,
    slot: &ValueSlot,
    argument: &str,
) -> Vec<CompletionItem> {
    paths(request, resource, &slot.typed, argument)
        .into_iter()
        .map(|(path, detail)| CompletionItem {
            detail,
            kind: CompletionKind::Property,
            ..if slot.is_gap() && argument.ends_with("export_values") && !is_in_list(request) {
                slot.expression(CompletionKind::Property, &format!("[{}]", emit::string(&path)))
            } else {
                slot.text(&path)
            }
        })
        .collect()
}

/// Paths as the keys of an argument that is a map of them.
pub(super) fn names(
    request: &Request<'_>,
    name: &Name<'_>,
    resource: &Resource<'_>,
    path: &[String],
) -> Vec<CompletionItem> {
    let [argument] = path else { return Vec::new() };
    if !matches!(argument.as_str(), "sensitive_body_version" | "list_unique_id_property") {
        return Vec::new();
    }
    let written = text(request, name.range).unwrap_or_default();
    let typed = written.trim_matches('"');
    let behind = if name.has_value { "" } else { " = \"$0\"" };
    let item = |(path, detail): (String, Option<String>)| {
        let key = emit::string(&path);
        CompletionItem {
            detail,
            filter_text: Some(if written.starts_with('"') { key.clone() } else { path.clone() }),
            is_snippet: !name.has_value,
            ..CompletionItem::new(
                CompletionKind::Property,
                path,
                TextEdit::replace(name.range, format!("{key}{behind}")),
            )
        }
    };
    let present = |path: &(String, Option<String>)| !name.present.contains(&path.0);
    paths(request, resource, typed, argument).into_iter().filter(present).map(item).collect()
}

/// Whether the cursor stands in brackets or braces of the argument: then a path alone belongs there.
fn is_in_list(request: &Request<'_>) -> bool {
    let Some(root) = request.module().file(request.file()).map(|file| file.root().syntax().clone()) else {
        return false;
    };
    let token = token_at(&root, request.offset(), Bias::Left);
    let around = token.into_iter().flat_map(|token| token.parent_ancestors().collect::<Vec<_>>());
    around.filter_map(Expression::cast).any(|one| matches!(one, Expression::Tuple(_) | Expression::Object(_)))
}

/// The paths that exist for an argument, each with its type.
pub(super) fn paths(
    request: &Request<'_>,
    resource: &Resource<'_>,
    typed: &str,
    argument: &str,
) -> Vec<(String, Option<String>)> {
    let Some(over) = over(argument) else { return Vec::new() };
    if over == Over::Sensitive {
        let value = resource.argument(request.evaluator(), "sensitive_body");
        let mut found = Vec::new();
        if let Some(value) = value {
            leaves(&value, "", &mut found);
        }
        return found.into_iter().map(|path| (path, None)).collect();
    }
    let Some(root) = root(request, resource, over) else { return Vec::new() };
    let (before, _) = typed.rsplit_once('.').unwrap_or(("", typed));
    let mut all = Vec::new();
    if before.is_empty() {
        if over == Over::Response {
            all.push(("*".to_owned(), Some("all of it".to_owned())));
        }
        collect(root, "", over, &mut all);
        for property in properties(root).into_iter().filter(|property| property.name() == "properties") {
            collect(property.ty(), "properties.", over, &mut all);
        }
    } else if let Some(ty) = step(root, before) {
        collect(ty, &format!("{before}."), over, &mut all);
    }
    all
}

/// What the paths begin at.
fn root<'s>(request: &Request<'_>, resource: &Resource<'s>, over: Over) -> Option<SchemaType<'s>> {
    if resource.block.definition.means.body == BodyOf::Function {
        let function = resource.called_function(request.evaluator())?;
        return if over == Over::Response { Some(function.output()) } else { function.input() };
    }
    Some(resource.version_or_newest()?.body())
}

fn collect(ty: SchemaType<'_>, before: &str, over: Over, all: &mut Vec<(String, Option<String>)>) {
    for property in properties(ty) {
        let is_list = matches!(property.ty().kind(), TypeKind::Array { .. });
        let leads_on = !properties(property.ty()).is_empty();
        let fits = match over {
            Over::Response => !property.flags().write_only(),
            Over::Body => !property.flags().read_only(),
            Over::Lists => !property.flags().read_only() && (is_list || leads_on),
            Over::Sensitive => false,
        };
        if fits {
            all.push((format!("{before}{}", property.name()), Some(reference::type_line(property.ty(), 4))));
        }
    }
}

/// The properties of the objects that a type allows, of every variant.
pub(super) fn properties(ty: SchemaType<'_>) -> Vec<Property<'_>> {
    let mut all: Vec<Property<'_>> = Vec::new();
    for one in ty.alternatives() {
        match one.kind() {
            TypeKind::Object(object) => all.extend(object.properties()),
            TypeKind::Discriminated(base) => {
                all.extend(base.base_properties());
                for (_, variant) in base.variants() {
                    if let TypeKind::Object(object) = variant.kind() {
                        all.extend(object.properties());
                    }
                }
            }
            _ => {}
        }
    }
    all.sort_by_key(|property| property.name());
    all.dedup_by_key(|property| property.name());
    all
}

/// What a dotted path leads to; an index or `[*]` behind a name goes into a list.
pub(super) fn step<'s>(root: SchemaType<'s>, path: &str) -> Option<SchemaType<'s>> {
    let mut at = root;
    for part in path.split('.').take(64) {
        let (name, indexes) =
            part.split_once('[').map_or((part, 0), |(name, rest)| (name, 1 + rest.matches('[').count()));
        if !name.is_empty() {
            at = properties(at).into_iter().find(|property| property.name() == name)?.ty();
        }
        for _ in 0..indexes {
            at = at.alternatives().into_iter().find_map(|one| match one.kind() {
                TypeKind::Array { items, .. } => Some(items),
                TypeKind::Object(object) => object.additional_properties(),
                _ => None,
            })?;
        }
    }
    Some(at)
}

/// The paths of all that is set, but for objects.
fn leaves(value: &Value, before: &str, found: &mut Vec<String>) {
    if found.len() >= 100 {
        return;
    }
    let ValueKind::Object(object) = &value.kind else {
        if !before.is_empty() {
            found.push(before.to_owned());
        }
        return;
    };
    for (key, item) in &*object.items {
        let path = if before.is_empty() { key.to_string() } else { format!("{before}.{key}") };
        leaves(&item.value, &path, found);
    }
}
