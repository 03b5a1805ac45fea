//! The outline of a file: its blocks, with what stands in them.

use super::SourceFile;
use crate::syntax::ast::{self, AstNode, Expression, Item};
use crate::text::TextRange;

/// One entry of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// As Terraform names it where it can: `azapi_resource.x`, `var.x`, `properties`.
    pub name: String,
    /// The Azure type of a block that states one.
    pub(crate) detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub range: TextRange,
    /// Its name in the text; lies in `range`.
    pub name_range: TextRange,
    /// In the order of the text.
    pub children: Vec<Symbol>,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A block.
    Block,
    /// An argument or a key with an object for its value.
    Object,
    /// An argument or a key with a list for its value.
    List,
    /// Any other argument or key.
    Value,
}

/// The outline of a file, in the order of its text.
pub(super) fn outline(file: &SourceFile) -> Vec<Symbol> {
    body(&file.parse.root().body())
}

fn body(body: &ast::Body) -> Vec<Symbol> {
    body.items()
        .filter_map(|item| match item {
            Item::Attribute(attribute) => {
                let name_range = attribute.name_token()?.text_range();
                let value = attribute.value();
                Some(value_symbol(attribute.name(), name_range, attribute.syntax().text_range(), value))
            }
            Item::Block(block) => block_symbol(&block),
        })
        .collect()
}

fn block_symbol(block: &ast::Block) -> Option<Symbol> {
    let range = block.syntax().text_range();
    let labels: Vec<String> = block.labels().map(|label| label.text()).collect();
    let last = block.labels().last().map(|label| label.text_range());
    let name_range = last.or_else(|| Some(block.keyword_token()?.text_range()))?;
    let inside = block.body();
    let type_value = inside.as_ref().and_then(|body| body.attribute("type")?.value()?.literal_string());
    Some(Symbol {
        name: block_name(&block.keyword(), &labels),
        detail: type_value.filter(|text| !text.is_empty() && !labels.is_empty()),
        kind: SymbolKind::Block,
        range,
        name_range,
        children: inside.as_ref().map(body).unwrap_or_default(),
    })
}

/// As references to the block begin, where there are any; else the words of its head.
fn block_name(keyword: &str, labels: &[String]) -> String {
    let labels = labels.join(".");
    match keyword {
        "resource" if !labels.is_empty() => labels,
        "variable" if !labels.is_empty() => format!("var.{labels}"),
        _ if labels.is_empty() => keyword.to_owned(),
        _ => format!("{keyword}.{labels}"),
    }
}

fn value_symbol(name: String, name_range: TextRange, range: TextRange, value: Option<Expression>) -> Symbol {
    let (kind, children) = match value {
        Some(Expression::Object(object)) => (SymbolKind::Object, object_items(&object)),
        Some(Expression::Tuple(tuple)) => (SymbolKind::List, tuple_elements(&tuple)),
        _ => (SymbolKind::Value, Vec::new()),
    };
    Symbol { name, detail: None, kind, range, name_range, children }
}

fn object_items(object: &ast::Object) -> Vec<Symbol> {
    object
        .items()
        .filter_map(|item| {
            let name_range = item.key()?.syntax().text_range();
            // Editors refuse an outline with an empty name in it.
            let name = item.key_text().filter(|name| !name.is_empty())?;
            Some(value_symbol(name, name_range, item.syntax().text_range(), item.value()))
        })
        .collect()
}

/// Elements that have parts of their own, by their index.
fn tuple_elements(tuple: &ast::Tuple) -> Vec<Symbol> {
    let elements = tuple.elements().enumerate();
    elements
        .filter(|(_, element)| matches!(element, Expression::Object(_) | Expression::Tuple(_)))
        .map(|(at, element)| {
            let range = element.syntax().text_range();
            value_symbol(at.to_string(), range, range, Some(element))
        })
        .collect()
}

#[cfg(test)]
mod tests;
