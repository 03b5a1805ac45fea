//! Described things as Markdown, for hovers and the documentation of completion items.

use super::model::{Condition, Constraint, Described, Subject, TypeFacts};
use crate::azapi::provider::NameRule;

/// The most elements of a union that are named in one line.
const NAMED: usize = 12;
/// How many cases are listed in which something is so.
const WHEN_LISTED: usize = 8;
/// How many newer versions are listed by name.
const NEWER_LISTED: usize = 5;

/// Everything, under the thing's name.
pub(crate) fn page(described: &Described<'_>) -> String {
    let mut page = Page::default();
    let name = if described.name.is_empty() { "body" } else { &described.name };
    page.title(name, &described.type_line(NAMED));
    page.described(described);
    page.finish()
}

/// Everything below the name, which a list of completions shows by itself; `None` when there is nothing.
pub(crate) fn documentation(described: &Described<'_>) -> Option<String> {
    let mut page = Page::default();
    page.described(described);
    (!page.paragraphs.is_empty()).then(|| page.finish())
}

/// In one line: name, type, what holds of it, the publisher's words.
pub(crate) fn in_line(described: &Described<'_>) -> String {
    let mut line = format!("{} {}", code(&described.name), code(&described.type_line(NAMED)));
    let facts = facts(described);
    if !facts.is_empty() {
        line.push_str(&format!(" ({facts})"));
    }
    let limits = limits(described);
    let description = described.description.as_deref().unwrap_or_default();
    let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
    for more in [limits, escape(&description)].iter().filter(|more| !more.is_empty()) {
        line.push_str(". ");
        line.push_str(more.trim_end_matches('.'));
    }
    line
}

/// What a value must fulfil, in one line. Allowed values that its type names are not told again.
pub(crate) fn limits(described: &Described<'_>) -> String {
    let told =
        |it: &&Constraint<'_>| !matches!(it, Constraint::OneOf { values, .. } if values.len() <= NAMED);
    let limits = described.constraints.iter().filter(told).map(constraint);
    limits.map(|it| it.trim_end_matches('.').to_owned()).collect::<Vec<_>>().join("; ")
}

/// Where a type at a version is made, or read where it cannot be, and the address of the publisher's page. `None` for
/// what is no type at a version.
pub(crate) fn deploys_to<'d>(described: &'d Described<'_>) -> Option<(String, &'d str)> {
    let Subject::ResourceType(facts) = &described.subject else { return None };
    let version = facts.version.as_ref()?;
    let scopes =
        if version.writable_scopes.is_empty() { &version.readable_scopes } else { &version.writable_scopes };
    let scopes: Vec<String> = scopes.iter().map(|scope| scope.replace('-', " ")).collect();
    let scopes = if scopes.is_empty() { "unknown".to_owned() } else { scopes.join(", ") };
    Some((format!("Scope: {scopes}"), &facts.documentation))
}

/// A page under construction; empty lines are left out.
#[derive(Debug, Default)]
struct Page {
    paragraphs: Vec<String>,
}

impl Page {
    fn title(&mut self, name: &str, behind: &str) {
        let behind = if behind.is_empty() { String::new() } else { format!(" {}", code(behind)) };
        self.paragraphs.push(format!("**{}**{behind}", escape(name)));
    }

    /// One line of Markdown, in a paragraph of its own.
    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.paragraphs.push(line.to_owned());
        }
    }

    fn described(&mut self, described: &Described<'_>) {
        self.line(&when(&described.when));
        if let Some(note) = &described.note {
            self.line(&note.sentence(code));
        }
        self.line(&facts(described));
        described.constraints.iter().for_each(|it| self.line(&constraint(it)));
        self.line(&escape(described.description.as_deref().unwrap_or_default()));
        described.related.iter().for_each(|it| self.related(it));
        for list in &described.lists {
            let items: Vec<String> = list.items.iter().map(|item| format!("- {}", code(item))).collect();
            self.line(&format!("{}:\n{}", list.kind.title(), items.join("\n")));
        }
        match &described.subject {
            Subject::ResourceType(facts) => self.resource_type(facts),
            Subject::DataPlaneType { url, name, .. } => {
                self.line(&format!("Address: {}", code(url)));
                self.line(&match name {
                    NameRule::Given => format!("{} must be set", code("name")),
                    NameRule::Exactly(only) => format!("{} must be {}", code("name"), code(only)),
                    NameRule::Absent => format!("{} must not be set", code("name")),
                });
            }
            Subject::Property { at: Some(at), .. } => {
                let versions = std::iter::once(at.version.reference()).chain(at.also.iter().cloned());
                self.line(&versions.map(|version| code(&version)).collect::<Vec<_>>().join(", "));
            }
            Subject::TypeInShort { .. }
            | Subject::Property { at: None, .. }
            | Subject::Argument { .. }
            | Subject::Function { .. } => {}
        }
    }

    /// In a line, and its constraints.
    fn related(&mut self, described: &Described<'_>) {
        let of = match &described.subject {
            Subject::Property { at: Some(at), .. } => format!(" of {}", code(&at.version.reference())),
            Subject::Function { type_name, .. } => format!(" of {}", code(type_name)),
            _ => String::new(),
        };
        let (name, behind) = (code(&described.name), code(&described.type_line(NAMED)));
        self.line(&format!("{name}{of}: {behind}"));
        described.constraints.iter().for_each(|it| self.line(&constraint(it)));
    }

    fn resource_type(&mut self, facts: &TypeFacts<'_>) {
        if let Some(version) = &facts.version {
            let names =
                |scopes: &[&str]| if scopes.is_empty() { "none".to_owned() } else { scopes.join(", ") };
            self.line(&format!("Readable at: {}", names(&version.readable_scopes)));
            self.line(&format!("Writable at: {}", names(&version.writable_scopes)));
        }
        self.line(&newer_versions(facts));
        self.line(&format!("Import id: {}", code(&facts.import_id)));
        if !facts.functions.is_empty() {
            let functions: Vec<_> = facts.functions.iter().map(|name| code(name)).collect();
            self.line(&format!("Functions: {}", functions.join(", ")));
        }
        self.line(&format!("[Documentation]({})", facts.documentation));
        self.line(&facts.data);
    }

    fn finish(self) -> String {
        self.paragraphs.join("\n\n")
    }
}

/// ``required · since 2021-06-01 · default `10` ``
fn facts(described: &Described<'_>) -> String {
    let mut facts: Vec<String> = described.flags.iter().map(|&flag| flag.to_owned()).collect();
    facts.extend(described.since.as_ref().map(|since| format!("since {since}")));
    facts.extend(described.default.as_ref().map(|default| format!("default {}", code(default))));
    facts.join(" · ")
}

/// ``Only if `kind` is `Circle` or `Square`.``
fn when(alternatives: &[Vec<Condition>]) -> String {
    let Some(first) = alternatives.first() else { return String::new() };
    let and = |conditions: &[Condition]| {
        let conditions = conditions.iter().map(|it| format!("{} is {}", code(&it.name), code(&it.value)));
        conditions.collect::<Vec<_>>().join(" and ")
    };
    let of_one = |conditions: &Vec<Condition>| match conditions.as_slice() {
        [one] if first.len() == 1 && one.name == first[0].name => Some(code(&one.value)),
        _ => None,
    };
    let values: Option<Vec<String>> = alternatives.iter().map(of_one).collect();
    let (before, mut all) = match values {
        Some(values) => (format!("{} is ", code(&first[0].name)), values),
        None => (String::new(), alternatives.iter().map(|it| and(it)).collect()),
    };
    if all.len() > WHEN_LISTED {
        let more = all.len() - WHEN_LISTED;
        all.truncate(WHEN_LISTED);
        all.push(format!("one of {more} more"));
    }
    let last = all.pop().unwrap_or_default();
    let all = if all.is_empty() { last } else { format!("{} or {last}", all.join(", ")) };
    format!("Only if {before}{all}.")
}

fn newer_versions(facts: &TypeFacts<'_>) -> String {
    if facts.version.is_none() {
        return format!("Newest api-version: {}", code(facts.newest));
    }
    if facts.newer.is_empty() {
        return "This is the newest api-version.".to_owned();
    }
    let name = |&(version, same): &(&str, bool)| {
        let same = if same { " (same body)" } else { "" };
        format!("{}{same}", code(version))
    };
    let mut names: Vec<_> = facts.newer.iter().take(NEWER_LISTED).map(name).collect();
    if facts.newer.len() > NEWER_LISTED {
        names.push(format!("and {} more", facts.newer.len() - NEWER_LISTED));
    }
    format!("Newer api-versions: {}", names.join(", "))
}

fn constraint(constraint: &Constraint<'_>) -> String {
    match constraint {
        Constraint::OneOf { values, open } => {
            let codes: Vec<String> = values.iter().map(|value| code(value)).collect();
            match (&*codes, open) {
                ([one], false) => format!("Allowed value: {one}"),
                (_, false) => format!("Allowed values: {}", codes.join(", ")),
                (_, true) => format!("Allowed values: {} (others may be accepted)", codes.join(", ")),
            }
        }
        Constraint::Length(least, greatest) => format!("Length: {}", range(*least, *greatest)),
        Constraint::Range(least, greatest) => format!("Range: {}", range(*least, *greatest)),
        Constraint::Items(least, greatest) => format!("Items: {}", range(*least, *greatest)),
        Constraint::Pattern(pattern) => format!("Pattern: {}", code(pattern)),
        Constraint::Secret => "Sensitive.".to_owned(),
    }
}

fn range<T: std::fmt::Display>(least: Option<T>, greatest: Option<T>) -> String {
    match (least, greatest) {
        (None, None) => String::new(),
        (Some(least), None) => format!("{least} or more"),
        (None, Some(greatest)) => format!("up to {greatest}"),
        (Some(least), Some(greatest)) => format!("{least}–{greatest}"),
    }
}

/// A code span, fenced by more backticks than the text has in a row.
pub(crate) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let at_tick = text.starts_with('`') || text.ends_with('`');
    let space = if at_tick || is_padded(&text) { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Whether Markdown takes a space from both ends of a code span with this between its ticks.
pub(super) fn is_padded(text: &str) -> bool {
    text.len() > 2 && text.starts_with(' ') && text.ends_with(' ') && text.contains(|c| c != ' ')
}

/// Text with everything that Markdown would read as markup taken as it is.
pub(crate) fn escape(text: &str) -> String {
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
}
