//! The paths that arguments hold, into the body and into the response.

use super::fault::{ArgumentFault, ArgumentFaultKind, Certainty};
use super::{Accepted, Context};
use crate::azapi::paths::{self, Notation, PathFault, Reach};
use crate::azapi::provider::{ArgumentRule, Paths, ResponseOf};
use crate::azapi::{Resource, TypeReference};
use crate::schema::{Function, Schema};
use crate::terraform::span::Span;
use crate::terraform::value::{Item, Object, Value, ValueKind};
use crate::text::{TextRange, TextSize};

/// More of them in one argument tell nothing new.
const MOST: usize = 500;

/// What a path in an argument leads into.
struct Roots<'s> {
    body: Reach<'s>,
    response: Reach<'s>,
}

pub(super) fn check(
    context: &Context<'_, '_>,
    resource: &Resource<'_>,
    accepted: Accepted,
    arguments: &Object,
    faults: &mut Vec<ArgumentFault>,
) {
    let mut roots = None;
    for (name, item) in &*arguments.items {
        let Some(argument) = accepted.arguments.get(&**name) else { continue };
        for rule in &argument.rules {
            let ArgumentRule::Paths(form) = rule else { continue };
            let roots = roots.get_or_insert_with(|| roots_of(context.schema, resource, arguments));
            of_argument(name, *form, item, roots, faults);
        }
    }
}

fn roots_of<'s>(schema: &'s Schema, resource: &Resource<'_>, arguments: &Object) -> Roots<'s> {
    let value = |name: &str| arguments.items.get(name).map(|item| &item.value);
    let ty = value("type").map_or(TypeReference::Missing, TypeReference::of);
    let action = value("action").and_then(Value::as_str);
    let of = resource.block.definition.means.response;
    let response = response(schema, of, &ty, action.as_deref());
    let body = if of == ResponseOf::Resource { response.clone() } else { Reach::anything() };
    Roots { body, response }
}

/// What the response of a block may hold. Anything where that is not known.
pub(super) fn response<'s>(
    schema: &'s Schema,
    of: ResponseOf,
    ty: &TypeReference,
    action: Option<&str>,
) -> Reach<'s> {
    let TypeReference::Named { resource_type, api_version: Some(version) } = ty else {
        return Reach::anything();
    };
    let found = match of {
        ResponseOf::Nothing => None,
        ResponseOf::Resource | ResponseOf::List => {
            let found = schema.resource_type(resource_type).and_then(|found| found.version(version));
            found.map(|version| version.body())
        }
        ResponseOf::Function => {
            let functions = action.and_then(|_| schema.functions(resource_type));
            let named =
                functions.and_then(|functions| functions.at(version).find(|one| Some(one.name()) == action));
            named.map(Function::output)
        }
    };
    let found = found.map_or_else(Reach::anything, Reach::of);
    if of == ResponseOf::List { found.listed() } else { found }
}

fn of_argument(name: &str, form: Paths, item: &Item, roots: &Roots<'_>, faults: &mut Vec<ArgumentFault>) {
    let mut judge = Judge { name, faults };
    for value in item.value.outcomes() {
        match (form, &value.kind) {
            (Paths::Export, ValueKind::Sequence(_)) => judge.list(value, Notation::Dotted, &roots.response),
            (Paths::Export, ValueKind::Object(_)) => judge.map(value, &roots.response),
            (Paths::Export, ValueKind::String(_) | ValueKind::Number(_) | ValueKind::Bool(_)) => {
                let at = value.spans.first().or(item.site);
                judge.report(at, ArgumentFaultKind::NoPaths { name: name.to_owned() });
            }
            (Paths::Jmespath, _) => judge.list(value, Notation::JmesPath, &roots.body),
            (Paths::Dotted, _) => judge.list(value, Notation::Dotted, &roots.body),
            (Paths::Lists, _) => judge.list(value, Notation::ToList, &roots.body),
            (Paths::Sensitive, _) => judge.keys(value, Notation::Indexed, &roots.body),
            (Paths::UniqueIds, _) => {
                judge.keys(value, Notation::ToList, &roots.body);
                judge.members(value, &roots.body);
            }
            _ => {}
        }
    }
}

struct Judge<'j> {
    name: &'j str,
    faults: &'j mut Vec<ArgumentFault>,
}

impl Judge<'_> {
    fn list(&mut self, value: &Value, notation: Notation, root: &Reach<'_>) {
        let Some(list) = value.as_sequence() else { return };
        for element in list.elements.iter().take(MOST) {
            for one in element.value.outcomes() {
                self.text(one, element.site, notation, root);
            }
        }
    }

    fn map(&mut self, value: &Value, root: &Reach<'_>) {
        let Some(object) = value.as_object() else { return };
        for item in object.items.values().take(MOST) {
            for one in item.value.outcomes() {
                self.text(one, item.site, Notation::JmesPath, root);
            }
        }
    }

    fn keys(&mut self, value: &Value, notation: Notation, root: &Reach<'_>) {
        let Some(object) = value.as_object() else { return };
        for (key, item) in object.items.iter().take(MOST) {
            self.path(key, item.keys.first(), notation, root);
        }
    }

    /// Names, with commas between, of members of the items in the lists that the keys lead to.
    fn members(&mut self, value: &Value, root: &Reach<'_>) {
        let Some(object) = value.as_object() else { return };
        for (key, item) in object.items.iter().take(MOST) {
            let items = paths::items(key, root);
            for one in item.value.outcomes() {
                let at = one.spans.first().or(item.site);
                let Some(names) = one.as_str() else { continue };
                let mut start = 0;
                for name in names.split(',').take(MOST) {
                    let trimmed = name.trim();
                    let from = start + (name.len() - name.trim_start().len());
                    start += name.len() + 1;
                    for PathFault { at: within, kind } in paths::judge(trimmed, Notation::Dotted, &items) {
                        let within = from + within.start..from + within.end;
                        let at = at.map(|at| part(at, &names, &within));
                        let (name, path) = (self.name.to_owned(), trimmed.to_owned());
                        self.report(at, ArgumentFaultKind::Path { name, path, kind });
                    }
                }
            }
        }
    }

    fn text(&mut self, value: &Value, site: Option<Span>, notation: Notation, root: &Reach<'_>) {
        let at = value.spans.first().or(site);
        match value.as_str() {
            // All of it.
            Some(text) if &*text == "*" => {}
            Some(text) => self.path(&text, at, notation, root),
            None if matches!(value.kind, ValueKind::Number(_) | ValueKind::Bool(_)) => {
                self.report(at, ArgumentFaultKind::NoPaths { name: self.name.to_owned() });
            }
            None => {}
        }
    }

    fn path(&mut self, path: &str, at: Option<Span>, notation: Notation, root: &Reach<'_>) {
        for PathFault { at: within, kind } in paths::judge(path, notation, root) {
            let at = at.map(|at| part(at, path, &within));
            let path = path.to_owned();
            self.report(at, ArgumentFaultKind::Path { name: self.name.to_owned(), path, kind });
        }
    }

    /// The provider leaves out what it cannot follow.
    fn report(&mut self, at: Option<Span>, kind: ArgumentFaultKind) {
        self.faults.push(ArgumentFault { kind, at, certainty: Certainty::Lenient });
    }
}

/// The part of a text in quotes, where it is written as it is; all of it where the part is empty or not to be told.
fn part(at: Span, text: &str, within: &std::ops::Range<usize>) -> Span {
    let quotes = TextSize::of("\"\"");
    if at.range.len() != TextSize::of(text) + quotes || within.is_empty() {
        return at;
    }
    let start = at.range.start() + TextSize::of("\"") + TextSize::new(within.start as u32);
    Span { range: TextRange::at(start, TextSize::new(within.len() as u32)), ..at }
}
