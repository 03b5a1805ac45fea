//! Pages of Markdown that hovers and completion documentation are made of.

mod plain;

use crate::schema::{Schema, SchemaType, TypeKind};
pub use plain::plain_text;

/// A page under construction; empty lines of text are left out.
#[derive(Debug, Default)]
pub(super) struct Page {
    paragraphs: Vec<String>,
}

impl Page {
    /// A bold name with a version or the like behind it.
    pub(super) fn title(&mut self, name: &str, behind: &str) {
        let behind = if behind.is_empty() { String::new() } else { format!(" {}", code(behind)) };
        self.paragraphs.push(format!("**{}**{behind}", escape(name)));
    }

    /// A bold name with its type behind it.
    pub(super) fn title_with_type(&mut self, name: &str, ty: &str) {
        self.title(if name.is_empty() { "body" } else { name }, ty);
    }

    /// One line of Markdown, in a paragraph of its own.
    pub(super) fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.paragraphs.push(line.to_owned());
        }
    }

    /// Text that is no Markdown.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.line(&escape(text));
    }

    /// A line, and a bullet for each item; nothing when there is no item.
    pub(super) fn list(&mut self, lead: &str, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.map(|item| format!("- {item}")).collect();
        if !items.is_empty() {
            self.paragraphs.push(format!("{lead}:\n{}", items.join("\n")));
        }
    }

    /// Allowed values, lengths, ranges and patterns, one line each.
    pub(super) fn constraints(&mut self, ty: SchemaType<'_>) {
        for line in constraints(ty) {
            self.line(&line);
        }
    }

    /// How many paragraphs there are.
    pub(super) fn len(&self) -> usize {
        self.paragraphs.len()
    }

    /// The Markdown.
    pub(super) fn finish(self) -> String {
        self.paragraphs.join("\n\n")
    }
}

/// What a type says beyond its kind.
fn constraints(ty: SchemaType<'_>) -> Vec<String> {
    match ty.kind() {
        TypeKind::String { min_length, max_length, pattern, sensitive } => {
            let mut lines = Vec::new();
            lines.extend(range("Length", min_length, max_length));
            lines.extend(pattern.map(|pattern| format!("Pattern: {}", code(pattern))));
            lines.extend(sensitive.then(|| "Sensitive.".to_owned()));
            lines
        }
        TypeKind::Integer { min_value, max_value } => {
            range("Range", min_value, max_value).into_iter().collect()
        }
        TypeKind::Array { min_length, max_length, .. } => {
            range("Items", min_length, max_length).into_iter().collect()
        }
        TypeKind::Union(elements) => {
            let open = elements.clone().any(|element| matches!(element.kind(), TypeKind::String { .. }));
            let values: Vec<String> = elements
                .filter_map(|element| match element.kind() {
                    TypeKind::Literal(value) => Some(code(value)),
                    _ => None,
                })
                .collect();
            let mut lines = Vec::new();
            if !values.is_empty() {
                let others = if open { " (others may be accepted)" } else { "" };
                lines.push(format!("Allowed values: {}{others}", values.join(", ")));
            }
            lines.extend(elements.flat_map(constraints_of_element));
            lines
        }
        TypeKind::Literal(value) => vec![format!("Allowed value: {}", code(value))],
        TypeKind::Boolean | TypeKind::Any | TypeKind::Object(_) | TypeKind::Discriminated(_) => Vec::new(),
    }
}

fn constraints_of_element(element: SchemaType<'_>) -> Vec<String> {
    match element.kind() {
        TypeKind::String { .. } | TypeKind::Integer { .. } => constraints(element),
        _ => Vec::new(),
    }
}

fn range<T: std::fmt::Display>(what: &str, min: Option<T>, max: Option<T>) -> Option<String> {
    match (min, max) {
        (None, None) => None,
        (Some(min), None) => Some(format!("{what}: {min} or more")),
        (None, Some(max)) => Some(format!("{what}: up to {max}")),
        (Some(min), Some(max)) => Some(format!("{what}: {min}–{max}")),
    }
}

/// A code span, fenced by more backticks than the text has in a row.
pub(super) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let at_tick = text.starts_with('`') || text.ends_with('`');
    let space = if at_tick || is_padded(&text) { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Whether Markdown takes a space from both ends of a code span with this between its ticks.
fn is_padded(text: &str) -> bool {
    text.len() > 2 && text.starts_with(' ') && text.ends_with(' ') && text.contains(|c| c != ' ')
}

/// Text with everything that Markdown would read as markup taken as it is.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let markup = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '#' | '|' => true,
            // Inside a word it is no markup, and some editors show the backslash.
            '_' => !(before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric())),
            _ => false,
        };
        if markup {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// A link to the publisher's page for the type at that very version.
pub(super) fn documentation_link(type_name: &str, version: &str) -> String {
    let lower = type_name.to_lowercase();
    let (namespace, rest) = lower.split_once('/').unwrap_or((&lower, ""));
    format!(
        "[Documentation](https://learn.microsoft.com/en-us/azure/templates/{namespace}/{version}/{rest}?pivots=deployment-language-terraform)"
    )
}

/// Which data an answer comes from.
pub(super) fn source_line(schema: &Schema) -> String {
    let source = schema.source();
    format!(
        "Type data: {} {} (newest api-version {})",
        source.package, source.version, source.newest_api_version
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_spans_hold_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code(" ` "), "``  `  ``");
        assert_eq!((code(" a"), code(" ")), ("` a`".to_owned(), "` `".to_owned()));
    }

    #[test]
    fn text_is_no_markup() {
        assert_eq!(escape("a_b _c_ <d>"), "a_b \\_c\\_ \\<d\\>");
    }

    #[test]
    fn documentation_is_pinned_to_the_version() {
        assert_eq!(
            documentation_link("Microsoft.ContainerRegistry/registries/tokens", "2025-04-01"),
            "[Documentation](https://learn.microsoft.com/en-us/azure/templates/microsoft.containerregistry/2025-04-01/registries/tokens?pivots=deployment-language-terraform)"
        );
    }
}
