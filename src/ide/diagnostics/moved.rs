//! `location`, `tags` and `identity` stand for properties of a body: written in the one place in place of the other.

use super::body_fix::whole;
use super::{braces, checker::Checker};
use crate::azapi::{AzapiBlock, Resource};
use crate::schema::path::{BodyPath, Step};
use crate::syntax::SyntaxNode;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::Located;
use crate::text::{TextEdit, TextRange};

/// The names that stand for a property of the body.
const NAMES: [&str; 3] = ["location", "tags", "identity"];
/// The one that is a nested block.
const IDENTITY: &str = "identity";
/// What `jsonencode` makes a text of counts as the body itself.
const ENCODING: &str = "jsonencode";

/// The edits that write the argument, whose name stands there, as a property of the object at `path` of the body.
/// `None` where it is no such argument, where the type takes no such property there, and where the body is not
/// written out.
pub(super) fn into_body(
    checker: &Checker<'_>,
    at: &Located<TextRange>,
    name: &str,
    path: &[&str],
) -> Option<Vec<TextEdit>> {
    let block = checker.node(at)?.ancestors().filter_map(ast::Block::cast).last()?;
    let resource = Resource::of(&checker.evaluator, checker.schema, at.with(block))?;
    let (part, text) = argument(&resource.block, at.node, name)?;
    if !NAMES.contains(&name) || !is_taken(&resource, path, name) {
        return None;
    }
    let definition = resource.block.definition;
    let item = |indent: &str| format!("{name} = {}", set_in(&text, indent));
    let Some(body) = resource.block.argument("body") else {
        if !definition.arguments.contains_key("body") || !path.is_empty() {
            return None;
        }
        let indent = braces::indent_of(&part);
        let body = format!("body = {{\n{indent}  {}\n{indent}}}", item(&format!("{indent}  ")));
        return Some(vec![TextEdit::replace(part.text_range(), body)]);
    };
    let mut object = object_of(body.value()?)?;
    for step in path {
        let Expression::Object(inner) = object.item(step)?.value()? else { return None };
        object = inner;
    }
    if object.item(name).is_some() {
        return None;
    }
    Some(vec![TextEdit::replace(whole(&part), ""), braces::insert(&object, &item)?])
}

/// Whether the type has such a property, which may be set.
fn is_taken(resource: &Resource<'_>, path: &[&str], name: &str) -> bool {
    let steps = path.iter().chain([&name]).map(|step| Step::Key((*step).to_owned()));
    let path: BodyPath = steps.collect();
    let found = resource.version().and_then(|version| path.resolve(version.body()).ok()?.property);
    found.is_some_and(|property| !property.flags().read_only())
}

/// The argument or the nested block whose name stands there, and its value.
fn argument(block: &AzapiBlock, at: TextRange, name: &str) -> Option<(SyntaxNode, String)> {
    let arguments = block.arguments()?;
    if let Some(attribute) = arguments.attribute(name) {
        let is_it = attribute.name_token().is_some_and(|token| token.text_range() == at);
        let text = attribute.value()?.syntax().text().to_string();
        return is_it.then(|| (attribute.syntax().clone(), set_out(&text, attribute.syntax())));
    }
    let mut blocks = arguments.blocks_named(name);
    let (nested, None) = (blocks.next()?, blocks.next()) else { return None };
    let is_it = nested.keyword_token().is_some_and(|token| token.text_range() == at);
    let text = identity_property(&nested.body().filter(|_| is_it && name == IDENTITY)?)?;
    Some((nested.syntax().clone(), text))
}

/// The property for what the nested block says.
fn identity_property(body: &ast::Body) -> Option<String> {
    if body.blocks().next().is_some() {
        return None;
    }
    let (mut ty, mut ids) = (None, None);
    for attribute in body.attributes() {
        let text = one_line(&attribute.value()?)?;
        match &*attribute.name() {
            "type" => ty = Some(text),
            "identity_ids" => ids = Some(text),
            _ => return None,
        }
    }
    let ids = ids.map(|ids| format!("\n  userAssignedIdentities = {{ for id in {ids} : id => {{}} }}"));
    Some(format!("{{\n  type = {}{}\n}}", ty?, ids.unwrap_or_default()))
}

/// The edits that write a property at the root of a block's body as the argument that stands for it. `None` where the
/// item is no such property, and where the block has the argument already or takes none.
pub(in crate::ide) fn out_of_body(block: &AzapiBlock, item: &ast::ObjectItem) -> Option<Vec<TextEdit>> {
    let key = item.key()?.text()?;
    let name = NAMES.into_iter().find(|name| *name == key)?;
    let takes = block.definition.arguments.contains_key(name) || block.definition.blocks.contains_key(name);
    let arguments = block.arguments()?;
    if !takes || arguments.attribute(name).is_some() || arguments.blocks_named(name).next().is_some() {
        return None;
    }
    if arguments.blocks_named("dynamic").any(|one| one.labels().next().is_some_and(|it| it.text() == name)) {
        return None;
    }
    let body = arguments.attribute("body")?;
    let root = object_of(body.value()?)?;
    if item.syntax().parent().as_ref() != Some(root.syntax()) {
        return None;
    }
    let indent = braces::indent_of(body.syntax());
    let text = match name {
        IDENTITY => identity_block(&item.value()?, &indent)?,
        _ => {
            let text = item.value()?.syntax().text().to_string();
            format!("{name} = {}", set_in(&set_out(&text, item.syntax()), &indent))
        }
    };
    let written = TextEdit::insert(body.syntax().text_range().start(), format!("{text}\n{indent}"));
    Some(vec![written, TextEdit::replace(whole(item.syntax()), "")])
}

/// The nested block that says what the property does.
fn identity_block(value: &Expression, indent: &str) -> Option<String> {
    let Expression::Object(object) = value else { return None };
    let (mut ty, mut ids) = (None, None);
    for item in object.items() {
        let value = item.value()?;
        match &*item.key()?.text()? {
            "type" => ty = Some(one_line(&value)?),
            "userAssignedIdentities" => ids = Some(format!("keys({})", one_line(&value)?)),
            _ => return None,
        }
    }
    let ids = ids.map(|ids| format!("\n{indent}  identity_ids = {ids}"));
    Some(format!("identity {{\n{indent}  type = {}{}\n{indent}}}", ty?, ids.unwrap_or_default()))
}

/// What is written on one line.
fn one_line(value: &Expression) -> Option<String> {
    Some(value.syntax().text().to_string()).filter(|text| !text.contains('\n'))
}

/// The object that a body is written as.
fn object_of(value: Expression) -> Option<ast::Object> {
    match value {
        Expression::Object(object) => Some(object),
        Expression::Call(call) if call.function() == ENCODING => match call.args().next()? {
            Expression::Object(object) => Some(object),
            _ => None,
        },
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
