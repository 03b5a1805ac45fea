//! Completion behind a reference: what the response or the body of a block has, and in `standalone` the names of the
//! module.

use std::collections::{BTreeSet, HashSet};

use super::body_path::{properties, step};
use super::{CompletionItem, CompletionKind, Completions};
use crate::azapi::Resource;
use crate::azapi::place::Step;
use crate::azapi::provider::{BodyOf, Provider};
use crate::ide::request::Request;
use crate::ide::{Profile, reference, tested};
use crate::schema::{SchemaType, TypeKind};
use crate::syntax::ast::AstNode;
use crate::syntax::is_identifier;
use crate::terraform::{Address, BlockAddress, BlockKind, Value, ValueKind};
use crate::text::TextEdit;

/// So many types are looked into for what Azure sets.
const MOST_TYPES: usize = 500;

/// What may follow; `None` where the cursor is behind no reference.
pub(super) fn complete(request: &Request<'_>) -> Option<Completions> {
    let root = request.module().file(request.file())?.root();
    let chain = Chain(Step::at(root.syntax(), request.offset())?);
    let is_alone = request.config().profile == Profile::Standalone;
    let offered = chain.behind_block(request).or_else(|| is_alone.then(|| chain.names(request)).flatten())?;
    let kind = CompletionKind::Reference;
    // What is behind a dot is an identifier.
    let offered = offered.into_iter().filter(|(name, _)| is_identifier(name));
    let items = offered.map(|(name, detail)| CompletionItem {
        detail,
        ..CompletionItem::new(kind, &name, TextEdit::replace(chain.0.range, &name))
    });
    Some(Completions::ordered(items.collect(), &chain.0.written))
}

/// Names and what they are.
type Offered = Vec<(String, Option<String>)>;

/// The steps in front of the cursor.
struct Chain(Step);

impl Chain {
    /// What the response or the body of a block of azapi's has.
    fn behind_block(&self, request: &Request<'_>) -> Option<Offered> {
        let (kind, words) = match BlockKind::from_keyword(&self.0.before[0]) {
            Some(kind) => (kind, &self.0.before[1..]),
            None => (BlockKind::Resource, &self.0.before[..]),
        };
        let [type_name, name, attribute, path @ ..] = words else { return None };
        let address = BlockAddress::new(kind, without_index(type_name), without_index(name));
        let block = request.module().block(&address.into())?;
        let resource = Resource::of(request.evaluator(), request.schema(), block)?;
        let path = path.join(".");
        match attribute.as_str() {
            "output" | "sensitive_output" => of_response(request, &resource, attribute, &path),
            "body" => of_body(request, &resource, &path),
            _ => None,
        }
    }

    /// The names that the module declares.
    fn names(&self, request: &Request<'_>) -> Option<Offered> {
        let words: Vec<&str> = self.0.before.iter().map(String::as_str).collect();
        let plain = |names: &[&str]| Some(names.iter().map(|name| ((*name).to_owned(), None)).collect());
        match words.as_slice() {
            ["var"] => Some(declared(request, |address| match address {
                Address::Variable(name) => Some(name),
                _ => None,
            })),
            ["local"] => Some(declared(request, |address| match address {
                Address::Local(name) => Some(name),
                _ => None,
            })),
            ["module"] => Some(declared(request, |address| match address {
                Address::Module(name) => Some(name),
                _ => None,
            })),
            ["run"] => {
                let runs = tested::runs_before(request.analysis(), request.file(), request.offset());
                Some(runs.into_iter().map(|name| (name, None)).collect())
            }
            ["run", name] => Some(tested::outputs_of(request.analysis(), request.file(), name)),
            ["each"] => plain(&["key", "value"]),
            ["count"] => plain(&["index"]),
            ["path"] => plain(&["module", "root", "cwd"]),
            ["terraform"] => plain(&["workspace"]),
            ["data" | "ephemeral"] => {
                let kind = BlockKind::from_keyword(words[0])?;
                let names = declared(request, |address| match address {
                    Address::Block(block) if block.kind == kind => Some(&block.type_name),
                    _ => None,
                });
                Some(names)
            }
            [keyword @ ("data" | "ephemeral"), type_name] => {
                Some(blocks(request, BlockKind::from_keyword(keyword)?, type_name))
            }
            [keyword @ ("data" | "ephemeral"), type_name, name] => {
                attributes(request, BlockKind::from_keyword(keyword)?, type_name, name)
            }
            [type_name] => {
                Some(blocks(request, BlockKind::Resource, type_name)).filter(|found| !found.is_empty())
            }
            [type_name, name] => attributes(request, BlockKind::Resource, type_name, name),
            _ => None,
        }
    }
}

fn declared(request: &Request<'_>, name: impl Fn(&Address) -> Option<&String>) -> Offered {
    let declarations = request.module().files().iter().flat_map(|file| file.index().declarations());
    let names: BTreeSet<&String> = declarations.filter_map(|found| name(found.address?)).collect();
    names.into_iter().map(|name| (name.clone(), None)).collect()
}

fn blocks(request: &Request<'_>, kind: BlockKind, type_name: &str) -> Offered {
    declared(request, |address| match address {
        Address::Block(block) if block.kind == kind && block.type_name == type_name => Some(&block.name),
        _ => None,
    })
}

/// The attributes of a block of azapi's.
fn attributes(request: &Request<'_>, kind: BlockKind, type_name: &str, name: &str) -> Option<Offered> {
    let address = BlockAddress::new(kind, type_name, without_index(name));
    request.module().declaration(&address.into())?;
    let definition = Provider::get().block(kind, type_name)?;
    let mut names: Vec<_> =
        definition.arguments.iter().filter(|(_, argument)| !argument.write_only).collect();
    // What the provider makes is what others refer to.
    names.sort_by_key(|(name, argument)| (argument.can_be_set(), Provider::get().place_of(name)));
    Some(names.into_iter().map(|(name, argument)| (name.clone(), Some(argument.ty.to_string()))).collect())
}

/// What is exported of a response.
fn of_response(
    request: &Request<'_>,
    resource: &Resource<'_>,
    attribute: &str,
    path: &str,
) -> Option<Offered> {
    let definition = resource.block.definition;
    let exports =
        if attribute == "output" { "response_export_values" } else { "sensitive_response_export_values" };
    let root = response(request, resource)?;
    let exported = resource.argument(request.evaluator(), exports);
    let Some(exported) = exported.filter(|value| !value.is_null()) else {
        if attribute != "output" {
            return None;
        }
        // Of a resource that it makes, the provider exports what Azure sets.
        let read_only = definition.means.importable;
        return step(root, path).map(|ty| listed(ty, |property| !read_only || has_read_only(property)));
    };
    match &exported.kind {
        // Names with expressions.
        ValueKind::Object(object) => {
            let (name, rest) = path.split_once('.').unwrap_or((path, ""));
            if name.is_empty() {
                return Some(object.items.keys().map(|key| (key.to_string(), None)).collect());
            }
            let expression = object.items.get(without_index(name))?.value.as_str()?.to_string();
            listed_at(step(root, &plain_path(&expression))?, rest)
        }
        ValueKind::Sequence(list) => {
            let paths: Option<Vec<String>> =
                list.elements.iter().map(|item| item.value.as_str().map(|text| text.to_string())).collect();
            let paths = paths.filter(|paths| list.is_complete() && !paths.iter().any(|path| path == "*"));
            match paths {
                Some(paths) => Some(of_exported(root, &paths, path)),
                None => listed_at(root, path),
            }
        }
        _ => listed_at(root, path),
    }
}

/// The keys under `path` that some exported path goes through, or that lie below one.
fn of_exported(root: SchemaType<'_>, exported: &[String], path: &str) -> Offered {
    let path = plain_path(path);
    let here: Vec<&str> = path.split('.').filter(|part| !part.is_empty()).map(without_index).collect();
    let mut names = BTreeSet::new();
    for one in exported {
        let parts: Vec<&str> = one.split('.').map(without_index).collect();
        let is_below = parts.len() <= here.len() && here.starts_with(&parts);
        if is_below {
            return listed_at(root, &path).unwrap_or_default();
        }
        if parts.starts_with(&here) {
            names.insert(parts[here.len()].to_owned());
        }
    }
    let ty = if path.is_empty() { Some(root) } else { step(root, &path) };
    let detail = |name: &str| {
        let property = properties(ty?).into_iter().find(|property| property.name() == name)?;
        Some(reference::type_line(property.ty(), 4))
    };
    names.into_iter().map(|name| (name.clone(), detail(&name))).collect()
}

/// The type of what Azure returns.
fn response<'s>(request: &Request<'_>, resource: &Resource<'s>) -> Option<SchemaType<'s>> {
    if resource.block.definition.means.body == BodyOf::Function {
        return Some(resource.called_function(request.evaluator())?.output());
    }
    Some(resource.version_or_newest()?.body())
}

/// What the body of a block has: what is written, as far as that is known.
fn of_body(request: &Request<'_>, resource: &Resource<'_>, path: &str) -> Option<Offered> {
    let value = resource.argument(request.evaluator(), "body")?;
    let mut at = &value;
    for part in plain_path(path).split('.').filter(|part| !part.is_empty()) {
        let ValueKind::Object(object) = &at.kind else { return None };
        let name = without_index(part);
        at = &object.items.get(name)?.value;
        if part.contains('[') {
            at = first_element(at)?;
        }
    }
    let ValueKind::Object(object) = &at.kind else { return None };
    Some(object.items.keys().map(|key| (key.to_string(), None)).collect())
}

fn first_element(value: &Value) -> Option<&Value> {
    value.as_sequence().and_then(|list| list.elements.first()).map(|item| &item.value)
}

fn listed_at(root: SchemaType<'_>, path: &str) -> Option<Offered> {
    let ty = if path.is_empty() { root } else { step(root, path)? };
    Some(listed(ty, |_| true))
}

fn listed<'s>(ty: SchemaType<'s>, keep: impl Fn(&crate::schema::Property<'s>) -> bool) -> Offered {
    let all =
        properties(ty).into_iter().filter(|property| !property.flags().write_only()).filter(|it| keep(it));
    all.map(|property| (property.name().to_owned(), Some(reference::type_line(property.ty(), 4)))).collect()
}

/// Whether Azure sets the property or something in it.
fn has_read_only(property: &crate::schema::Property<'_>) -> bool {
    let mut seen = HashSet::new();
    let mut waiting = vec![*property];
    while let Some(property) = waiting.pop() {
        if property.flags().read_only() {
            return true;
        }
        let ty = element(property.ty());
        // Types may hold themselves.
        if seen.len() < MOST_TYPES && seen.insert(ty.id()) {
            waiting.extend(properties(ty));
        }
    }
    false
}

/// What a list holds, or the type itself.
fn element(ty: SchemaType<'_>) -> SchemaType<'_> {
    match ty.kind() {
        TypeKind::Array { items, .. } => items,
        _ => ty,
    }
}

fn without_index(step: &str) -> &str {
    step.split('[').next().unwrap_or(step)
}

/// A JMESPath expression as far as it is a path: up to a pipe or a bracket that filters.
fn plain_path(expression: &str) -> String {
    let end = expression.find(['|', '?', '(', '{', '&']).unwrap_or(expression.len());
    expression[..end].trim().trim_end_matches(['.', '[']).to_owned()
}
