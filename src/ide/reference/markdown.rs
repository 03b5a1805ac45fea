//! Described things as Markdown, for hovers and the documentation of completion items.

use super::constraint::literals;
use super::describe::members;
use super::model::{Condition, Constraint, Described, Subject, TypeFacts};
use super::prose::prose;
use crate::azapi::provider::{DataPlaneVersions, NameRule};
use crate::schema::{SchemaType, TypeKind};

/// The most elements of a union that are named in one line.
const NAMED: usize = 12;
/// How many cases are listed in which something is so.
const WHEN_LISTED: usize = 8;
/// How many newer versions are listed by name.
const NEWER_LISTED: usize = 5;
/// A type that takes more characters to write out is cut, and its values are listed.
const SIGNATURE: usize = 90;
/// How many values are in a signature that is cut.
const NAMED_OF_MANY: usize = 3;
/// How many items of a list are shown.
const LISTED: usize = 12;

/// Everything, under the thing's name.
pub(crate) fn page(described: &Described<'_>) -> String {
    let mut page = Page::default();
    let name = if described.name.is_empty() { "body" } else { &described.name };
    page.title(name, &signature(described), described);
    page.described(described);
    page.finish()
}

/// Everything below the name, which a list of completions shows by itself; `None` when there is nothing.
pub(crate) fn documentation(described: &Described<'_>) -> Option<String> {
    let mut page = Page::default();
    page.described(described);
    (!page.paragraphs.is_empty()).then(|| page.finish())
}

/// In one line: name, type, what holds of it, the publisher's words, what it must fulfil. Values that are too many for
/// the type are named at the end alone.
pub(crate) fn in_line(described: &Described<'_>) -> String {
    let has_many = described.constraints.iter().any(is_long);
    let named = if has_many { NAMED_OF_MANY } else { NAMED };
    let mut line = format!("{} {}", code(&described.name), code(&described.type_line(named)));
    let is_secret = described.constraints.contains(&Constraint::Secret);
    let facts = [facts(described), if is_secret { "sensitive".to_owned() } else { String::new() }];
    let facts: Vec<&str> = facts.iter().map(String::as_str).filter(|fact| !fact.is_empty()).collect();
    if !facts.is_empty() {
        line.push_str(&format!(" ({})", facts.join(" · ")));
    }
    let said = sentences(described);
    if !said.is_empty() {
        line.push_str(&format!(". {said}"));
    }
    line
}

/// The publisher's words and what a value must fulfil, in one line without its last full stop.
pub(crate) fn sentences(described: &Described<'_>) -> String {
    let description = prose(described.description.as_deref().unwrap_or_default());
    let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = [description.trim_end_matches('.'), &limits(described)];
    said.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(". ")
}

/// Whether it names more values than a type in one line does.
fn is_long(constraint: &Constraint<'_>) -> bool {
    matches!(constraint, Constraint::OneOf { values, .. } if values.len() > NAMED)
}

/// What a value must fulfil, in one line. Allowed values that its type names are not told again.
pub(crate) fn limits(described: &Described<'_>) -> String {
    let told = |it: &&Constraint<'_>| match it {
        Constraint::OneOf { .. } => is_long(it),
        Constraint::Secret => false,
        _ => true,
    };
    let limits = described.constraints.iter().filter(told).map(constraint);
    limits.map(|it| it.trim_end_matches('.').to_owned()).collect::<Vec<_>>().join("; ")
}

/// A page under construction; empty lines are left out.
#[derive(Debug, Default)]
struct Page {
    paragraphs: Vec<String>,
}

impl Page {
    fn title(&mut self, name: &str, behind: &str, described: &Described<'_>) {
        let behind = if behind.is_empty() { String::new() } else { format!(" {}", code(behind)) };
        let link = match &described.subject {
            Subject::ResourceType(facts) => format!(" · [Documentation]({})", facts.documentation),
            _ => String::new(),
        };
        self.paragraphs.push(format!("**{}**{behind}{link}", escape(name)));
    }

    /// One line of Markdown, in a paragraph of its own.
    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.paragraphs.push(line.to_owned());
        }
    }

    fn described(&mut self, described: &Described<'_>) {
        self.line(&prose(described.description.as_deref().unwrap_or_default()));
        if let Some(note) = &described.note {
            self.line(&note.sentence(code));
        }
        self.line(&when(&described.when));
        self.line(&facts(described));
        self.line(&values(described));
        let limits = described.constraints.iter().filter(|it| !matches!(it, Constraint::OneOf { .. }));
        limits.for_each(|it| self.line(&constraint(it)));
        if let Subject::Property { ty, at: Some(_), .. } = &described.subject {
            self.line(&member_names(*ty));
        }
        described.related.iter().for_each(|it| self.related(it));
        for list in &described.lists {
            self.line(&listed(list.kind.title(), &list.items));
        }
        match &described.subject {
            Subject::ResourceType(facts) => self.resource_type(facts),
            Subject::DataPlaneType { api_version, url, name, versions } => {
                if let Some(versions) = versions {
                    self.line(&newer_versions(&Versions::of_service(api_version.as_deref(), *versions)));
                }
                self.line(&format!("Address: {}", code(url)));
                self.line(&match name {
                    NameRule::Given => format!("{} must be set", code("name")),
                    NameRule::Exactly(only) => format!("{} must be {}", code("name"), code(only)),
                    NameRule::Absent => format!("{} must not be set", code("name")),
                    NameRule::Varies => {
                        format!("{} must be set, or must not, by the version of the provider", code("name"))
                    }
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
        let (name, behind) = (code(&described.name), code(&signature(described)));
        let tells = |flag: &&&str| ["required", "read-only", "write-only"].contains(*flag);
        let flags = described.flags.iter().filter(tells).copied().collect::<Vec<_>>().join(" · ");
        let flags = if flags.is_empty() { flags } else { format!(" ({flags})") };
        self.line(&format!("{name}{of}: {behind}{flags}"));
        self.line(&prose(described.description.as_deref().unwrap_or_default()));
        self.line(&values(described));
        let limits = described.constraints.iter().filter(|it| !matches!(it, Constraint::OneOf { .. }));
        limits.for_each(|it| self.line(&constraint(it)));
    }

    fn resource_type(&mut self, facts: &TypeFacts<'_>) {
        self.line(&prose(facts.purpose.as_deref().unwrap_or_default()));
        self.line(&facts.deploys_to);
        self.line(&newer_versions(&Versions {
            written: facts.version.as_ref().map(|version| version.api_version),
            newest: facts.newest,
            has_stable: facts.has_stable,
            newer: facts.newer.clone(),
        }));
        self.line(&format!("Import id: {}", code(&facts.import_id)));
        self.line(&in_a_row("Child types", &facts.children));
        self.line(&in_a_row("Functions", &facts.functions));
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

/// The api-versions of a type, as seen from one.
struct Versions<'a> {
    /// It; `None` where none is written, or none that is known.
    written: Option<&'a str>,
    newest: &'a str,
    /// Whether `newest` is no preview.
    has_stable: bool,
    /// Those newer than it, newest first, and whether their bodies equal its own.
    newer: Vec<(&'a str, bool)>,
}

impl<'a> Versions<'a> {
    fn of_service(written: Option<&'a str>, known: DataPlaneVersions) -> Self {
        let written = written.filter(|written| known.newest_first().any(|version| version == *written));
        let newer = known.newest_first().take_while(|version| written.is_some_and(|it| it != *version));
        Versions {
            written,
            newest: known.preferred(),
            has_stable: known.newest_stable().is_some(),
            newer: newer.map(|version| (version, false)).collect(),
        }
    }
}

/// The newest stable one first: previews that are newer come behind it.
fn newer_versions(versions: &Versions<'_>) -> String {
    let Versions { written, newest, has_stable, newer } = versions;
    let newest_line = match has_stable {
        true => format!("Newest stable api-version: {}", code(newest)),
        false => format!("Newest api-version: {} (none is stable)", code(newest)),
    };
    let Some(written) = written else { return newest_line };
    let name = |(version, same): &(&str, bool)| {
        let is_newest = *has_stable && version == newest;
        let about = [(is_newest, "newest stable"), (*same, "same body")];
        let about: Vec<&str> = about.iter().filter(|(holds, _)| *holds).map(|(_, words)| *words).collect();
        let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
        format!("{}{about}", code(version))
    };
    let is_newest = |it: &&(&str, bool)| it.0 == *newest;
    let (first, others) = (newer.iter().filter(is_newest), newer.iter().filter(|it| !is_newest(it)));
    let mut names: Vec<_> = first.chain(others).take(NEWER_LISTED).map(name).collect();
    if newer.len() > NEWER_LISTED {
        names.push(format!("and {} more", newer.len() - NEWER_LISTED));
    }
    let names = names.join(", ");
    if written == newest {
        let what = if *has_stable { "newest stable api-version" } else { "newest api-version" };
        let previews = if names.is_empty() { names } else { format!(" Newer previews: {names}") };
        return format!("This is the {what}.{previews}");
    }
    match names.is_empty() {
        true => newest_line,
        false => format!("Newer api-versions: {names}"),
    }
}

/// Its type, of which long lists of values are cut.
fn signature(described: &Described<'_>) -> String {
    let whole = described.type_line(usize::MAX);
    if whole.chars().count() <= SIGNATURE { whole } else { described.type_line(NAMED_OF_MANY) }
}

/// The allowed values, where the signature has no room for them.
fn values(described: &Described<'_>) -> String {
    let Subject::Property { ty, .. } = &described.subject else { return String::new() };
    if described.type_line(usize::MAX).chars().count() <= SIGNATURE {
        return String::new();
    }
    let (inner, _) = held(*ty);
    let open = inner.alternatives().iter().any(|one| matches!(one.kind(), TypeKind::String { .. }));
    let others = if open { " (others may be accepted)" } else { "" };
    listed(&format!("Allowed values{others}"), &literals(inner))
}

/// What lists and maps around a type hold in the end, and whether there are any.
fn held(ty: SchemaType<'_>) -> (SchemaType<'_>, bool) {
    let mut inner = ty;
    for depth in 0..NAMED {
        inner = match inner.kind() {
            TypeKind::Array { items, .. } => items,
            TypeKind::Object(object) if object.properties().len() == 0 => {
                match object.additional_properties() {
                    Some(values) => values,
                    None => return (inner, depth > 0),
                }
            }
            _ => return (inner, depth > 0),
        };
    }
    (inner, true)
}

/// What an object has, required ones first, those that Azure sets last.
fn member_names(ty: SchemaType<'_>) -> String {
    let (inner, is_in_list) = held(ty);
    let objects = inner.alternatives();
    let Some(object) = objects
        .into_iter()
        .find(|one| matches!(one.kind(), TypeKind::Object(_) | TypeKind::Discriminated(_)))
    else {
        return String::new();
    };
    let members = members(object);
    let keys = members.iter().filter_map(|member| match &member.subject {
        Subject::Property { key, .. } => Some((member, (*key)?)),
        _ => None,
    });
    let mut keys: Vec<_> = keys.collect();
    let rank =
        |member: &Described<'_>| (member.flags.contains(&"read-only"), !member.flags.contains(&"required"));
    keys.sort_by_key(|(member, _)| rank(member));
    let named = keys.iter().take(LISTED).map(|(member, key)| {
        let flag = ["required", "read-only"].into_iter().find(|flag| member.flags.contains(flag));
        format!("{}{}", code(key), flag.map(|flag| format!(" ({flag})")).unwrap_or_default())
    });
    let mut named: Vec<String> = named.collect();
    if keys.len() > LISTED {
        named.push(format!("and {} more", keys.len() - LISTED));
    }
    let title = if is_in_list { "Each has" } else { "Has" };
    let mut said = if named.is_empty() { String::new() } else { format!("{title} {}", named.join(", ")) };
    if let TypeKind::Discriminated(base) = object.kind() {
        let shapes: Vec<&str> = base.variants().map(|(value, _)| value).collect();
        let of = format!("Shapes by {}", code(base.discriminator()));
        let between = if said.is_empty() { "" } else { "\n\n" };
        said.push_str(&format!("{between}{}", in_a_row(&of, &shapes)));
    }
    said
}

/// In one line, cut with a count; nothing where there is none.
fn in_a_row(title: &str, items: &[&str]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut names: Vec<String> = items.iter().take(LISTED).map(|item| code(item)).collect();
    if items.len() > LISTED {
        names.push(format!("and {} more", items.len() - LISTED));
    }
    format!("{title}: {}", names.join(", "))
}

/// A line each, cut with a count; nothing where there is none.
pub(crate) fn listed(title: &str, items: &[impl AsRef<str>]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut lines: Vec<String> =
        items.iter().take(LISTED).map(|item| format!("- {}", code(item.as_ref()))).collect();
    if items.len() > LISTED {
        lines.push(format!("- and {} more", items.len() - LISTED));
    }
    format!("{title}:\n{}", lines.join("\n"))
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

fn range<T: std::fmt::Display + PartialEq>(least: Option<T>, greatest: Option<T>) -> String {
    match (least, greatest) {
        (Some(least), Some(greatest)) if least == greatest => format!("exactly {least}"),
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

/// Text with everything that Markdown would read as markup taken as it is; nothing else gets a backslash, which some
/// editors show.
pub(crate) fn escape(text: &str) -> String {
    let has_lines = text.contains('\n');
    let may_link = ["](", "][", "]:"].iter().any(|piece| text.contains(piece));
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut is_start = true;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let markup = match c {
            '\\' | '`' | '*' => true,
            '[' | ']' => may_link,
            // Nothing else begins a tag or an address in brackets.
            '<' => rest.peek().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '>' => is_start,
            // A table has several lines.
            '|' => has_lines,
            // A heading, where its line begins with it; elsewhere a part of an address, as often as not.
            '#' => is_start,
            // Inside a word it is no markup.
            '_' => !(before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric())),
            _ => false,
        };
        if markup {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
        is_start = c == '\n' || (is_start && c.is_whitespace());
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
        assert_eq!(escape("a_b _c_ <d>"), "a_b \\_c\\_ \\<d>");
        assert_eq!(escape("> a >= b < c\n> d"), "\\> a >= b < c\n\\> d");
        assert_eq!(escape("[0, 1] or a|b"), "[0, 1] or a|b");
        assert_eq!(escape("[a](b) or [c]"), "\\[a\\](b) or \\[c\\]");
        assert_eq!(escape("a|b\n-|-"), "a\\|b\n-\\|-");
        assert_eq!(escape("# a\n ## b"), "\\# a\n \\## b");
        assert_eq!(escape("https://a.example/b#c or # d"), "https://a.example/b#c or # d");
    }

    #[test]
    fn five_newer_versions_are_named_and_those_beyond_are_counted() {
        let versions = ["6", "5", "4", "3", "2", "1"];
        let line = |newer: &[&str]| {
            let newer = newer.iter().map(|version| (*version, false)).collect();
            newer_versions(&Versions { written: Some("0"), newest: "x", has_stable: false, newer })
        };
        assert_eq!(line(&versions[1..]), "Newer api-versions: `5`, `4`, `3`, `2`, `1`");
        assert_eq!(line(&versions), "Newer api-versions: `6`, `5`, `4`, `3`, `2`, and 1 more");
    }
}
