//! Resources made of offered items alone.

use std::collections::BTreeSet;

use super::{CompletionItem, plain_text};
use crate::ide::fixture::Fixture;
use crate::schema::Schema;

/// A file under construction, with the cursor as an editor leaves it.
struct Typing {
    text: String,
    at: usize,
}

impl Typing {
    fn offered(&self) -> Vec<CompletionItem> {
        let mut text = self.text.clone();
        text.insert_str(self.at, "$0");
        let fixture = {
            let mut fixture = Fixture::shipped(&text);
            fixture.set_config(crate::ide::Config {
                profile: crate::ide::Profile::Standalone,
                ..crate::ide::Config::default()
            });
            fixture
        };
        fixture.analysis().completion(fixture.at()).items
    }

    fn take(&mut self, item: &CompletionItem) {
        let range = usize::from(item.edit.range.start())..usize::from(item.edit.range.end());
        let line = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let indent: String = self.text[line..].chars().take_while(|c| *c == ' ').collect();
        let new = &item.edit.new_text;
        let (before, _) =
            if item.is_snippet { new.split_once("$0").unwrap_or((new, "")) } else { (new.as_str(), "") };
        let plain = |text: &str| if item.is_snippet { plain_text(text, &indent) } else { text.to_owned() };
        self.at = range.start + plain(before).len();
        self.text.replace_range(range, &plain(new));
    }

    /// Takes the first item that fits; `false` where there is none.
    fn take_if(&mut self, fits: impl Fn(&CompletionItem) -> bool) -> bool {
        let found = self.offered().into_iter().find(|item| fits(item));
        found.inspect(|item| self.take(item)).is_some()
    }

    fn write(&mut self, text: &str) {
        self.text.insert_str(self.at, text);
        self.at += text.len();
    }

    fn new_line(&mut self) {
        // In front of the block's last brace.
        self.at = self.text.len() - "}\n".len();
        self.write("  \n");
        self.at -= 1;
    }
}

/// One type of each namespace: the one with the most api-versions.
fn chosen(schema: &Schema) -> Vec<String> {
    let mut seen: std::collections::BTreeMap<String, (usize, String)> = std::collections::BTreeMap::new();
    for ty in schema.resource_types() {
        let namespace = ty.name().split('/').next().unwrap_or_default().to_ascii_lowercase();
        let can_be_made = !ty.preferred().writable_scopes().is_empty();
        let entry = seen.entry(namespace).or_default();
        if can_be_made && ty.versions().len() > entry.0 {
            *entry = (ty.versions().len(), ty.name().to_owned());
        }
    }
    seen.into_values().map(|(_, name)| name).filter(|name| !name.is_empty()).collect()
}

/// What is wrong with a resource of a type that is made of offered items; empty where nothing is in one at least of the
/// ways to fill in its body.
fn made(name: &str) -> String {
    let ways = (0..8).map(|way| made_in_way(name, way));
    let mut first = String::new();
    for wrong in ways {
        if wrong.is_empty() {
            return wrong;
        }
        if first.is_empty() {
            first = wrong;
        }
    }
    first
}

/// The same with one way to fill in the body.
fn made_in_way(name: &str, way: usize) -> String {
    let mut typing = Typing { text: "resource \"azapi_resource\" \"x\" {\n}\n".to_owned(), at: 0 };
    typing.new_line();
    let mut missing = BTreeSet::new();
    if !typing.take_if(|item| item.label == "type") {
        missing.insert("type");
    }
    typing.write(name);
    if !typing.take_if(|item| item.whole_label.as_deref() == Some(name)) {
        missing.insert("the type itself");
    }
    if !typing.take_if(|_| true) {
        missing.insert("a version");
    }
    for argument in ["parent_id", "name", "location", "identity", "body"] {
        typing.new_line();
        let offered = typing.offered();
        let end = offered.iter().position(|item| item.label == "response_export_values").unwrap_or(0);
        let Some(at) = offered[..end].iter().position(|item| item.label == argument) else { continue };
        let filled: Vec<_> =
            offered[at + 1..].iter().take_while(|next| next.label.starts_with("body, ")).collect();
        let filled =
            if argument == "body" { filled.get(way.min(filled.len().saturating_sub(1))) } else { None };
        typing.take(filled.copied().unwrap_or(&offered[at]));
        let is_done = match argument {
            "body" | "identity" => true,
            "location" => typing.take_if(|item| item.label == "westeurope"),
            "name" => {
                typing.take_if(|_| true) || {
                    typing.write("example");
                    true
                }
            }
            _ => typing.take_if(|_| true),
        };
        if !is_done {
            missing.insert(argument);
        }
    }
    let text = typing.text.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\n"));
    let text: String = text.collect();
    let fixture = Fixture::shipped(&text);
    let diagnostics = fixture.analysis().diagnostics(fixture.file);
    if diagnostics.is_empty() && missing.is_empty() {
        return String::new();
    }
    format!("{name}: {missing:?}\n{text}{}\n", fixture.draw(&diagnostics))
}

#[test]
fn a_resource_of_every_namespace_is_made_of_offered_items_and_nothing_is_found() {
    let schema = Schema::bundled();
    let names = chosen(schema);
    assert!(names.len() > 200, "{}", names.len());
    let wrong: Vec<String> = names.iter().map(|name| made(name)).filter(|wrong| !wrong.is_empty()).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), names.len(), wrong.join("\n"));
}
