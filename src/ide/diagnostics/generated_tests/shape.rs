//! The ways to write a body.

use std::ops::Range;

use super::tree::{Body, MARK, Tree};
use crate::schema::ResourceVersion;

pub(super) const SHAPES: [&str; 6] = ["literal", "local", "merge", "conditional", "for", "jsonencode"];

/// A configuration with a body in one shape.
pub(super) struct Written {
    pub(super) text: String,
    /// Where the marks were.
    pub(super) marked: Option<Range<usize>>,
}

impl Written {
    pub(super) fn new(version: ResourceVersion<'_>, body: &Body<'_>, shape: &str) -> Self {
        let (value, beside) = shaped(body, shape);
        let location = if body.has_location { "  location = \"westeurope\"\n" } else { "" };
        let text = format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"{}@{}\"\n  parent_id = var.parent\n  name = {}\n{location}  body = {value}\n}}\n{beside}",
            version.type_name(),
            version.api_version().as_str(),
            body.name,
        );
        let mut parts = text.split(MARK);
        let (before, inside) = (parts.next().unwrap_or_default(), parts.next());
        let marked = inside.map(|inside| before.len()..before.len() + inside.len());
        Self { text: text.replace(MARK, ""), marked }
    }

    /// The text with something else in the marked place.
    pub(super) fn with_mark(&self, text: &str) -> String {
        let mut whole = self.text.clone();
        if let Some(marked) = &self.marked {
            whole.replace_range(marked.clone(), text);
        }
        whole
    }
}

/// The value of `body`, and what stands beside the block.
fn shaped(body: &Body<'_>, shape: &str) -> (String, String) {
    let text = body.tree.text("  ");
    match shape {
        "local" => ("local.body".to_owned(), format!("locals {{\n  body = {text}\n}}\n")),
        "merge" => {
            let Tree::Object { items, form } = &body.tree else { return (text, String::new()) };
            let (one, two) = items.split_at(items.len() / 2);
            let part = |items: &[(String, Tree<'_>)]| Tree::Object { items: items.to_vec(), form: *form }.text("  ");
            (format!("merge({}, {})", part(one), part(two)), String::new())
        }
        "conditional" => (format!("1 == 1 ? {text} : null"), String::new()),
        "for" => (format!("{{ for k, v in {text} : k => v }}"), String::new()),
        "jsonencode" => (
            format!("jsonencode({text})"),
            "terraform {\n  required_providers {\n    azapi = {\n      source  = \"Azure/azapi\"\n      version = \"~> 1.13\"\n    }\n  }\n}\n".to_owned(),
        ),
        _ => (text, String::new()),
    }
}
