//! `location`, `tags` and `identity` stand for properties of a body: written in the one place in place of the other.

use super::body_fix::{starts_line, whole};
use super::{braces, checker::Checker};
use crate::azapi::provider::BodyOf;
use crate::azapi::{AzapiBlock, Resource, emit};
use crate::schema::path::{BodyPath, Step};
use crate::schema::{Property, TypeKind};
use crate::syntax::ast::{self, AstNode, Expression};
use crate::syntax::{SyntaxKind, SyntaxNode};
use crate::terraform::Located;
use crate::text::{TextEdit, TextRange};

/// The names that stand for a property of the body.
const NAMES: [&str; 3] = ["location", "tags", "identity"];
/// The one that is a nested block.
const IDENTITY: &str = "identity";
/// What the property has in place of the block's list of ids: an object with the ids as keys.
const IDS: &str = "userAssignedIdentities";
/// What `jsonencode` makes a text of counts as the body itself.
const ENCODING: &str = "jsonencode";

/// The edits that write the argument, whose name stands there, as a property of the object at `path` of the body.
/// `None` where it is no such argument, where the type takes no such property there, where the body is not written
/// out or has it already, and where something would be lost.
pub(super) fn into_body(
    checker: &Checker<'_>,
    at: &Located<TextRange>,
    name: &str,
    path: &[&str],
) -> Option<Vec<TextEdit>> {
    if !NAMES.contains(&name) {
        return None;
    }
    let block = checker.node(at)?.ancestors().filter_map(ast::Block::cast).last()?;
    let resource = Resource::of(&checker.evaluator, checker.schema, at.with(block))?;
    let block = &resource.block;
    // What a function takes is not what the type has, and one edit changes one file.
    if block.is_overridden()
        || block.definition.means.body != BodyOf::Resource
        || !is_taken(&resource, path, name)
    {
        return None;
    }
    let (part, text) = argument(&resource, at.node, name, path)?;
    if let Some(sensitive) = block.argument("sensitive_body")
        && !lacks(&object_of(sensitive.node.value()?)?, name)
    {
        return None;
    }
    let item = |indent: &str| format!("{name} = {}", set_in(&text, indent));
    let Some(body) = block.argument("body") else {
        if !block.definition.arguments.contains_key("body") || !path.is_empty() {
            return None;
        }
        // At the end of the block, so that two that are moved at once are not given a body each.
        let end = braces::line_start(&block.syntax.node.close_brace()?)?;
        let indent = braces::indent_of(&part);
        let body = format!("{indent}body = {{\n{indent}  {}\n{indent}}}\n", item(&format!("{indent}  ")));
        return Some(vec![TextEdit::replace(whole(&part), ""), TextEdit::insert(end, body)]);
    };
    let mut object = object_of(body.node.value()?)?;
    for step in path {
        let Expression::Object(inner) = object.item(step)?.value()? else { return None };
        object = inner;
    }
    if !lacks(&object, name) {
        return None;
    }
    Some(vec![TextEdit::replace(whole(&part), ""), braces::insert(&object, &item)?])
}

/// Whether an object surely has no such key.
fn lacks(object: &ast::Object, name: &str) -> bool {
    object.items().all(|item| item.key_text().is_some_and(|key| key != name))
}

/// Whether the type has such a property, which may be set.
fn is_taken(resource: &Resource<'_>, path: &[&str], name: &str) -> bool {
    let steps = path.iter().copied().chain([name]);
    property(resource, steps).is_some_and(|property| !property.flags().read_only())
}

/// The property of the type's body under these names.
fn property<'s, 'n>(
    resource: &Resource<'s>,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<Property<'s>> {
    let path: BodyPath = names.into_iter().map(|name| Step::Key(name.to_owned())).collect();
    path.resolve(resource.version()?.body()).ok()?.property
}

/// The argument or the nested block whose name stands there, and its value as a property of the object at `path`.
fn argument(
    resource: &Resource<'_>,
    at: TextRange,
    name: &str,
    path: &[&str],
) -> Option<(SyntaxNode, String)> {
    let arguments = resource.block.arguments()?;
    if let Some(attribute) = arguments.attribute(name) {
        let is_it = attribute.name_token().is_some_and(|token| token.text_range() == at);
        let text = attribute.value()?.syntax().text().to_string();
        return is_it.then(|| (attribute.syntax().clone(), set_out(&text, attribute.syntax())));
    }
    let mut blocks = arguments.blocks_named(name);
    let (nested, None) = (blocks.next()?, blocks.next()) else { return None };
    let is_it = nested.keyword_token().is_some_and(|token| token.text_range() == at);
    if !is_it || name != IDENTITY || has_note(nested.syntax()) {
        return None;
    }
    let text = identity_property(resource, path, &nested)?;
    Some((nested.syntax().clone(), text))
}

/// The property for what the nested block says.
fn identity_property(resource: &Resource<'_>, path: &[&str], nested: &ast::Block) -> Option<String> {
    let body = nested.body()?;
    if body.blocks().next().is_some() {
        return None;
    }
    let of_identity = |name| property(resource, path.iter().copied().chain([IDENTITY, name]));
    let (mut ty, mut ids) = (None, None);
    for attribute in body.attributes() {
        let text = set_out(&attribute.value()?.syntax().text().to_string(), attribute.syntax());
        match &*attribute.name() {
            "type" => ty = Some(kind_of_identity(&text, of_identity("type")?)?),
            "identity_ids" => {
                of_identity(IDS)?;
                ids = Some(set_in(&text, "  "));
            }
            _ => return None,
        }
    }
    let ids = ids.map(|ids| format!("\n  {IDS} = {{ for id in {ids} : id => {{}} }}"));
    Some(format!("{{\n  type = {}{}\n}}", ty?, ids.unwrap_or_default()))
}

/// A kind of identity as the type writes it: some have no blank behind the comma. `None` for one that it does not have.
fn kind_of_identity(written: &str, property: Property<'_>) -> Option<String> {
    let kinds = property.ty().alternatives();
    let literals = kinds.iter().filter_map(|ty| match ty.kind() {
        TypeKind::Literal(value) => Some(value),
        _ => None,
    });
    let literals: Vec<&str> = literals.collect();
    let found = written.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let (Some(found), true) = (found, literals.len() == kinds.len()) else { return Some(written.to_owned()) };
    let without_blanks = |text: &str| text.replace(' ', "");
    let same = literals.into_iter().find(|one| without_blanks(one) == without_blanks(found));
    same.map(emit::string).or_else(|| found.contains("${").then(|| written.to_owned()))
}

/// The edits that write a property at the root of a block's body as the argument that stands for it. `None` where the
/// item is no such property, where the block has the argument already or takes none, and where something would be
/// lost.
pub(in crate::ide) fn out_of_body(block: &AzapiBlock, item: &ast::ObjectItem) -> Option<Vec<TextEdit>> {
    let key = item.key()?.text()?;
    let name = NAMES.into_iter().find(|name| *name == key)?;
    let takes = block.definition.arguments.contains_key(name) || block.definition.blocks.contains_key(name);
    let arguments = block.arguments()?;
    if block.is_overridden()
        || !takes
        || arguments.attribute(name).is_some()
        || arguments.blocks_named(name).next().is_some()
    {
        return None;
    }
    if arguments.blocks_named("dynamic").any(|one| one.labels().next().is_some_and(|it| it.text() == name)) {
        return None;
    }
    let body = arguments.attribute("body")?;
    let root = object_of(body.value()?)?;
    // Of two of the name the other would be left.
    let is_only = || root.items().filter(|one| one.key_text().as_deref() == Some(name)).count() == 1;
    if item.syntax().parent().as_ref() != Some(root.syntax()) || !is_only() || !starts_line(body.syntax()) {
        return None;
    }
    let indent = braces::indent_of(body.syntax());
    let text = match name {
        IDENTITY if has_note(item.syntax()) => return None,
        IDENTITY => set_in(&identity_block(&item.value()?)?, &indent),
        _ => {
            let text = item.value()?.syntax().text().to_string();
            format!("{name} = {}", set_in(&set_out(&text, item.syntax()), &indent))
        }
    };
    let written = TextEdit::insert(body.syntax().text_range().start(), format!("{text}\n{indent}"));
    Some(vec![written, TextEdit::replace(whole(item.syntax()), "")])
}

/// The nested block that says what the property does.
fn identity_block(value: &Expression) -> Option<String> {
    let Expression::Object(object) = value else { return None };
    let (mut ty, mut ids) = (None, None);
    for item in object.items() {
        let value = item.value()?;
        match &*item.key()?.text()? {
            "type" if ty.is_none() => ty = Some(one_line(&value)?),
            IDS if ids.is_none() => ids = Some(keys(&value)?),
            _ => return None,
        }
    }
    let ids = ids.map(|ids| format!("\n  identity_ids = {ids}"));
    Some(format!("identity {{\n  type = {}{}\n}}", ty?, ids.unwrap_or_default()))
}

/// The keys of an object as a list, whose values say nothing.
fn keys(value: &Expression) -> Option<String> {
    let Expression::Object(object) = value else { return Some(format!("keys({})", one_line(value)?)) };
    let key = |item: ast::ObjectItem| {
        let Expression::Object(value) = item.value()? else { return None };
        if value.items().next().is_some() {
            return None;
        }
        match item.key_text() {
            Some(name) => Some(emit::string(&name)),
            None => {
                let key = one_line(&item.key()?.expression()?)?;
                let inner = key.strip_prefix('(').and_then(|key| key.strip_suffix(')'));
                Some(inner.map_or(key.clone(), |inner| inner.trim().to_owned()))
            }
        }
    };
    let keys: Option<Vec<String>> = object.items().map(key).collect();
    Some(format!("[{}]", keys?.join(", ")))
}

/// What is written on one line.
fn one_line(value: &Expression) -> Option<String> {
    Some(value.syntax().text().to_string()).filter(|text| !text.contains('\n'))
}

/// Whether there is a comment in it, which what is written anew would not have.
fn has_note(part: &SyntaxNode) -> bool {
    part.descendants_with_tokens().any(|part| part.kind() == SyntaxKind::COMMENT)
}

/// Whether a node stands in an item of the very braces of an argument, and in the only one of its name.
pub(super) fn is_at_root(node: &SyntaxNode) -> bool {
    let is_it = || {
        let item = node.ancestors().find_map(ast::ObjectItem::cast)?;
        let object = ast::Object::cast(item.syntax().parent()?)?;
        let attribute = ast::Attribute::cast(object.syntax().parent()?)?;
        let name = item.key_text()?;
        let is_only = object.items().filter(|one| one.key_text().as_deref() == Some(&*name)).count() == 1;
        Some(is_only && attribute.value()?.syntax() == object.syntax())
    };
    is_it().unwrap_or(false)
}

/// The object that a body is written as.
fn object_of(value: Expression) -> Option<ast::Object> {
    match value {
        Expression::Object(object) => Some(object),
        Expression::Call(call) if call.function() == ENCODING => {
            let mut arguments = call.args();
            match (arguments.next()?, arguments.next()) {
                (Expression::Object(object), None) => Some(object),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The lines behind the first without what `part` is set in by; those of a heredoc stay, which blanks belong to.
fn set_out(text: &str, part: &SyntaxNode) -> String {
    if text.contains("<<") {
        return text.to_owned();
    }
    let indent = format!("\n{}", braces::indent_of(part));
    text.replace(&indent, "\n")
}

fn set_in(text: &str, indent: &str) -> String {
    if text.contains("<<") { text.to_owned() } else { text.replace('\n', &format!("\n{indent}")) }
}

#[cfg(test)]
mod tests;
