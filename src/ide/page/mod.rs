//! The page of a resource type at a version: what one would look up of it, in one text.
//!
//! `example.rs` writes a configuration that holds, with all that stands above the resource; `value.rs` the values in
//! it, `plausible.rs` those that are no more than a text; `body.rs` lists the body; `html.rs` makes a document of the
//! Markdown.

mod body;
mod example;
mod html;
mod plausible;
#[cfg(test)]
mod tests;
mod value;

use std::fmt::Write;

use super::reference::{self, markdown};
use super::request::Request;
use crate::azapi::Resource;
use crate::azapi::emit;
use crate::azapi::guid_names::is_named_by_guid;
use crate::azapi::place;
use crate::azapi::provider::{Argument, DataPlaneType, DataPlaneVersions, NameRule, Provider};
use crate::schema::{Property, ResourceVersion, Schema, TypeFunctions};
use crate::terraform::BlockKind;
use example::Example;

pub(crate) use html::document;

/// A page with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypePage {
    /// `TYPE@VERSION`, or the type alone.
    pub(crate) title: String,
    /// The text, in Markdown.
    pub(crate) markdown: String,
}

/// The page of a type by its name, at a version or the newest stable one: a resource type, one that has functions alone,
/// or one of the provider's own table. `None` where there is no such type or version.
pub(crate) fn find(schema: &Schema, name: &str, version: Option<&str>) -> Option<TypePage> {
    let of_service = || DataPlaneVersions::of(Provider::get().data_plane_type(name)?.name.as_str());
    let is_of_service =
        |version: &str| of_service().is_some_and(|it| it.newest_first().any(|one| one == version));
    if let Some(ty) = schema.resource_type(name) {
        let found = match version.map(|version| (version, ty.version(version))) {
            Some((_, Some(found))) => found,
            // The service's own type of the same name has it.
            Some((version, None)) if is_of_service(version) => {
                let ty = Provider::get().data_plane_type(name)?;
                return Some(TypePage { title: ty.name.clone(), markdown: of_data_plane(ty) });
            }
            Some((_, None)) => return None,
            None => ty.preferred(),
        };
        let title = format!("{}@{}", found.type_name(), found.api_version());
        return Some(TypePage { title, markdown: markdown(schema, found) });
    }
    if let Some(functions) = schema.functions(name) {
        let title = functions.type_name().to_owned();
        return Some(TypePage { title, markdown: of_functions(schema, functions) });
    }
    let ty = Provider::get().data_plane_type(name)?;
    Some(TypePage { title: ty.name.clone(), markdown: of_data_plane(ty) })
}

/// The page of the type of the block at a place; of a version that is not in the data, that of the newest.
pub(super) fn of_block(request: &Request<'_>) -> Option<TypePage> {
    let block = place::block_at(request.module(), request.file(), request.offset())?;
    let resource = Resource::of(request.evaluator(), request.schema(), block)?;
    if let Some(ty) = resource.data_plane_type() {
        return Some(TypePage { title: ty.name.clone(), markdown: of_data_plane(ty) });
    }
    let name = resource.written_type()?;
    let version = resource.version();
    let version = version.as_ref().map(|version| version.api_version().as_str());
    find(request.schema(), name, version)
}

/// The page as Markdown.
fn markdown(schema: &Schema, version: ResourceVersion<'_>) -> String {
    let example = Example::new(schema, version);
    let mut page = Page::default();
    let reference = format!("{}@{}", version.type_name(), version.api_version());
    page.heading(1, &reference);
    let link = reference::documentation(version.type_name(), version.api_version().as_str());
    page.paragraph(&format!("{} [Documentation]({link})", reference::deploys_to(version)));
    page.heading(2, "Example");
    page.fenced("hcl", &example.text);
    page.arguments(version, &example);
    page.heading(2, "Body");
    let arguments = if example.is_read { Vec::new() } else { set_beside_the_body(version) };
    let told: Vec<&str> = arguments.iter().map(|property| property.name()).collect();
    page.lines(&body::members(version, &told));
    page.functions(version);
    page.versions(version);
    page.children(version);
    page.import(version, &example);
    page.paragraph(&reference::data_line(schema));
    page.text
}

/// The page of a type of which there are functions alone.
fn of_functions(schema: &Schema, functions: TypeFunctions<'_>) -> String {
    let mut page = Page::default();
    page.heading(1, functions.type_name());
    page.paragraph("Nothing of this type is created: it has functions, which `azapi_resource_action` calls.");
    let newest = functions.versions().next();
    let Some(newest) = newest else { return page.text };
    let all: Vec<_> = functions.at(newest.as_str()).collect();
    if let Some(first) = all.first() {
        page.heading(2, "Example");
        let name = format!("{}@{newest}", functions.type_name());
        let id = example::sample_id(schema, functions.type_name());
        page.fenced("hcl", &example::action(&name, &id, first.name()));
    }
    page.heading(2, "Functions");
    page.lines(&body::functions(all.into_iter()));
    page.heading(2, "Api-versions");
    let versions: Vec<String> =
        functions.versions().map(|version| markdown::code(version.as_str())).collect();
    page.paragraph(&versions.join(", "));
    page.paragraph(&reference::data_line(schema));
    page.text
}

/// The page of a type of the provider's own table.
fn of_data_plane(ty: &'static DataPlaneType) -> String {
    let mut page = Page::default();
    page.heading(1, &ty.name);
    page.paragraph(&format!(
        "A type of `azapi_data_plane_resource`, at {}. Its body is not described by the type data.",
        markdown::code(&ty.url_format)
    ));
    page.heading(2, "Example");
    page.fenced("hcl", &example::data_plane(ty));
    page.heading(2, "Arguments");
    page.item(&format!("`type` (required): {} and an api-version", markdown::code(&format!("{}@", ty.name))));
    page.item(&format!("`parent_id` (required): {}", markdown::code(&ty.parent_id_example)));
    match ty.name_rule() {
        NameRule::Given => page.item("`name` (required)"),
        NameRule::Exactly(only) => page.item(&format!("`name` (required): {}", markdown::code(only))),
        NameRule::Absent => page.item("`name`: none, the service needs none"),
        NameRule::Varies => {
            page.item("`name`: by the version of the provider required, or made by the service")
        }
    }
    page.item("`body`: what the service takes");
    page.end_list();
    if let Some(versions) = DataPlaneVersions::of(&ty.name) {
        page.heading(2, "Api-versions");
        let versions: Vec<String> = versions.newest_first().map(markdown::code).collect();
        page.paragraph(&versions.join(", "));
    }
    page.text
}

/// A page under construction; writing to a string cannot fail.
#[derive(Debug, Default)]
struct Page {
    text: String,
}

impl Page {
    fn heading(&mut self, level: usize, text: &str) {
        while self.text.ends_with("\n\n") {
            self.text.pop();
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let _ = writeln!(self.text, "{} {}\n", "#".repeat(level), markdown::escape(text));
    }

    fn paragraph(&mut self, text: &str) {
        let _ = writeln!(self.text, "{text}\n");
    }

    fn fenced(&mut self, language: &str, text: &str) {
        let _ = writeln!(self.text, "```{language}\n{}\n```", text.trim_end());
    }

    fn lines(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    fn item(&mut self, text: &str) {
        let _ = writeln!(self.text, "- {text}");
    }

    fn end_list(&mut self) {
        self.text.push('\n');
    }

    fn arguments(&mut self, version: ResourceVersion<'_>, example: &Example) {
        self.heading(2, "Arguments");
        self.item(&format!("`type` (required): `{}@` and an api-version", version.type_name()));
        let parents = version.parent_patterns();
        match parents.as_slice() {
            [one] => self.item(&format!("`parent_id` (required): {}", markdown::code(one))),
            several => {
                self.item("`parent_id` (required), one of:");
                for one in several {
                    let _ = writeln!(self.text, "  - {}", markdown::code(one));
                }
            }
        }
        let name = match version.root_property("name") {
            _ if is_named_by_guid(version.type_name()) => "a GUID".to_owned(),
            Some(name) => markdown::limits(&reference::member(name)),
            None => String::new(),
        };
        let names: Vec<String> = reference::names(version).into_iter().map(markdown::code).collect();
        match (names.as_slice(), name.as_str()) {
            ([], "") => self.item("`name` (required)"),
            ([], limits) => self.item(&format!("`name` (required): {limits}")),
            ([one], _) => self.item(&format!("`name` (required): {one}")),
            (several, _) => self.item(&format!("`name` (required), one of: {}", several.join(", "))),
        }
        if !example.is_read {
            for property in set_beside_the_body(version) {
                self.argument(property, &markdown::sentences(&reference::member(property)));
            }
            if let Some(identity) = version.root_property("identity").filter(|it| !it.flags().read_only()) {
                self.argument(identity, "a block with `type` and `identity_ids`");
            }
            self.item("`body`: what is listed below; `sensitive_body` for its secrets");
        }
        let (kind, name) = example.block();
        let Some(block) = Provider::get().block(kind, name) else { return self.end_list() };
        let told = ["type", "parent_id", "name", "location", "tags", "identity", "body", "sensitive_body"];
        let more = block.arguments.iter().filter(|(name, argument)| {
            argument.can_be_set() && !argument.deprecated && !told.contains(&name.as_str())
        });
        let mut more: Vec<(&String, &Argument)> = more.collect();
        more.sort_by_key(|(name, _)| Provider::get().place_of(name));
        self.end_list();
        let header = format!("{} \"{name}\"", kind.keyword());
        self.paragraph(&format!("Of every {}:", markdown::code(&header)));
        for (name, argument) in more {
            let about = first_sentence(&argument.description);
            self.item(&format!("{}: {}", markdown::code(name), markdown::escape(about)));
        }
        self.end_list();
    }

    /// A property that is set by an argument, or a block, of its name.
    fn argument(&mut self, property: Property<'_>, about: &str) {
        let required = if property.flags().required() { " (required)" } else { "" };
        let about = if about.is_empty() { String::new() } else { format!(": {about}") };
        self.item(&format!("{}{required}{about}", markdown::code(property.name())));
    }

    fn functions(&mut self, version: ResourceVersion<'_>) {
        if version.functions().len() == 0 {
            return;
        }
        self.heading(2, "Functions");
        self.paragraph("For `action` of `azapi_resource_action`:");
        self.lines(&body::functions(version.functions()));
    }

    fn versions(&mut self, version: ResourceVersion<'_>) {
        self.heading(2, "Api-versions");
        let (previews, stable): (Vec<_>, Vec<_>) =
            version.resource_type().versions().partition(|it| it.api_version().is_preview());
        for (title, versions) in [("Stable", stable), ("Preview", previews)] {
            if !versions.is_empty() {
                self.paragraph(&format!("{title}: {}", named(&versions)));
            }
        }
        let others = version.resource_type().versions().filter(|it| *it != version);
        let (same, other): (Vec<_>, Vec<_>) = others.partition(|it| it.same_body(version));
        match (same.len(), other.len()) {
            (0, _) => {}
            (_, 0) => self.paragraph("All of them have this body."),
            (same, other_count) if other_count < same => {
                self.paragraph(&format!("All of them have this body but {}.", named(&other)));
            }
            _ => self.paragraph(&format!("The same body: {}", named(&same))),
        }
    }

    fn children(&mut self, version: ResourceVersion<'_>) {
        let names: Vec<String> =
            version.resource_type().child_types().map(|child| markdown::code(child.name())).collect();
        if names.is_empty() {
            return;
        }
        self.heading(2, "Child types");
        names.iter().for_each(|name| self.item(name));
        self.end_list();
    }

    fn import(&mut self, version: ResourceVersion<'_>, example: &Example) {
        if example.is_read {
            return;
        }
        self.heading(2, "Import");
        let id = example::import_id(version);
        let address = &example.address;
        let version = version.api_version();
        self.fenced("shell", &format!("terraform import {address} '{id}'\n"));
        self.paragraph("\nor, with an api-version of your choice and in the configuration:");
        if let Ok(block) = emit::import_block(address, &format!("{id}?api-version={version}")) {
            self.fenced("hcl", &block);
        }
        self.end_list();
    }
}

/// `location` and `tags` where the resource has them: arguments of their own, which the body need not repeat.
fn set_beside_the_body(version: ResourceVersion<'_>) -> Vec<Property<'_>> {
    let properties = ["location", "tags"].into_iter().filter_map(|name| version.root_property(name));
    properties.filter(|property| !property.flags().read_only()).collect()
}

fn named(versions: &[ResourceVersion<'_>]) -> String {
    let names = versions.iter().map(|it| markdown::code(it.api_version().as_str()));
    names.collect::<Vec<_>>().join(", ")
}

fn first_sentence(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    line.find(". ").map_or(line, |end| &line[..=end])
}

/// What kind of block an example has.
fn block_of(is_read: bool) -> (BlockKind, &'static str) {
    (if is_read { BlockKind::Data } else { BlockKind::Resource }, "azapi_resource")
}
