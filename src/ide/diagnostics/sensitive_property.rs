//! `sensitive-property`: a secret in `body`. Fixed by moving it to `sensitive_body`.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::SENSITIVE_PROPERTY;
use super::fix::Applicability;
use super::{Fix, body_fix, braces};
use crate::azapi::emit;
use crate::azapi::validate::FaultKind;
use crate::ide::SourceChange;
use crate::schema::path::Step;
use crate::syntax::SyntaxNode;
use crate::syntax::ast::{self, AstNode};
use crate::text::TextEdit;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::Secret { name } = found.fault.kind else { return };
    let fix = moved(checker, found);
    let message = format!("`{name}` is a secret: write it in `sensitive_body`");
    found.report(checker, &SENSITIVE_PROPERTY, &message).fixes(fix);
}

/// `None` where it does not stand in the braces of `body`, or in a list: those are replaced as a whole.
fn moved(checker: &Checker<'_>, found: &BodyFault<'_>) -> Option<Fix> {
    let steps: Option<Vec<&str>> = found
        .fault
        .path
        .steps()
        .iter()
        .map(|step| match step {
            Step::Key(key) | Step::FreeKey(key) => Some(key.as_str()),
            _ => None,
        })
        .collect();
    let steps = steps?;
    let node = checker.node(&found.at)?;
    let item = node.ancestors().take(3).find_map(ast::ObjectItem::cast)?;
    let body = attribute_around(&item, &steps)?;
    let block = &found.resource.block;
    // One edit changes one file.
    if block.is_overridden()
        || body.name() != "body"
        || block.argument("body")?.node.syntax() != body.syntax()
    {
        return None;
    }
    let value = item.value()?.syntax().text().to_string();
    let into = match block.argument("sensitive_body") {
        Some(existing) => {
            let ast::Expression::Object(object) = existing.node.value()? else { return None };
            add(object, &steps, &value)?
        }
        None => {
            let indent = braces::indent_of(body.syntax());
            let at = body.syntax().text_range().end();
            TextEdit::insert(at, format!("\n{indent}sensitive_body = {}", nested(&steps, &value, &indent)))
        }
    };
    let out = body_fix::remove_edit(item.syntax());
    Some(Fix {
        title: "Move to `sensitive_body`".to_owned(),
        change: SourceChange { edits: vec![(found.at.file, vec![out, into])], new_files: Vec::new() },
        applicability: Applicability::Confirm,
        preferred: true,
    })
}

/// The attribute whose braces hold the item at just this path.
fn attribute_around(item: &ast::ObjectItem, steps: &[&str]) -> Option<ast::Attribute> {
    let mut item = item.clone();
    let mut steps = steps.iter().rev();
    loop {
        if item.key()?.text().as_deref() != Some(*steps.next()?) {
            return None;
        }
        let object: SyntaxNode = item.syntax().parent()?;
        ast::Object::cast(object.clone())?;
        let around = object.parent()?;
        if let Some(attribute) = ast::Attribute::cast(around.clone()) {
            return steps.next().is_none().then_some(attribute);
        }
        item = ast::ObjectItem::cast(around)?;
    }
}

/// Goes as deep as there are braces already.
fn add(object: ast::Object, steps: &[&str], value: &str) -> Option<TextEdit> {
    let (mut object, mut steps) = (object, steps);
    loop {
        let (first, rest) = steps.split_first()?;
        let item =
            object.items().find(|item| item.key().and_then(|key| key.text()).as_deref() == Some(*first));
        match item.and_then(|item| item.value()) {
            Some(ast::Expression::Object(inner)) if !rest.is_empty() => (object, steps) = (inner, rest),
            // It is there already, or something that nothing can be added to.
            Some(_) => return None,
            None => {
                let write = |indent: &str| {
                    let value = if rest.is_empty() { value.to_owned() } else { nested(rest, value, indent) };
                    format!("{} = {value}", emit::key(first))
                };
                return braces::insert(&object, &write);
            }
        }
    }
}

/// Braces in braces, the outermost on the line that is set in by `indent`.
fn nested(steps: &[&str], value: &str, indent: &str) -> String {
    let Some((first, rest)) = steps.split_first() else { return value.to_owned() };
    let inner = format!("{indent}  ");
    format!("{{\n{inner}{} = {}\n{indent}}}", emit::key(first), nested(rest, value, &inner))
}

#[cfg(test)]
mod tests;
