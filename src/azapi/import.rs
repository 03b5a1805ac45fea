//! How a block is imported: its address, and its id as far as the module knows it.

use super::id::IdReader;
use super::id::pieces::Pieces;
use super::parent;
use super::provider::TypesOf;
use super::resource::{Resource, TypeReference};
use crate::schema::Schema;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::syntax::is_identifier;
use crate::terraform::{Evaluator, Instance, InstanceKey, Located, Module, NameScope, Repeats};

/// The import of one instance of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The block without an instance.
    pub block: String,
    /// Terraform's address, with an example key where the block has `count` or `for_each`.
    pub address: String,
    /// The id. What is not known stands in braces: `{subscriptionId}`.
    pub id: String,
    /// The block's api-version where it is known.
    pub api_version: Option<String>,
    /// Whether the id names the api-version: always where the provider would not find one by itself.
    pub is_pinned: bool,
}

/// Why a block that could be imported is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoImport {
    /// The block, with the instance that was asked for.
    pub address: String,
    /// A sentence.
    pub reason: String,
}

impl Import {
    /// `terraform import ADDRESS ID`, quoted for a POSIX shell.
    pub fn command(&self) -> String {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let address =
            if self.address.chars().all(plain) { self.address.clone() } else { quoted(&self.address) };
        format!("terraform import {address} {}", quoted(&self.id))
    }

    /// The same, with the api-version pinned; itself when that is not known.
    pub fn with_api_version(&self) -> Self {
        let mut pinned = self.clone();
        if let Some(version) = self.api_version.as_ref().filter(|_| !self.is_pinned) {
            pinned.id = format!("{}?api-version={version}", self.id);
            pinned.is_pinned = true;
        }
        pinned
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The first instance of a block of the module at hand. `None` for blocks that are not imported, and while their
/// `type` is not known. The evaluator must be one that takes defaults.
#[cfg(test)]
pub(crate) fn import(
    evaluator: &Evaluator<'_>,
    schema: &Schema,
    block: &Located<ast::Block>,
) -> Option<Import> {
    Imports::new(evaluator, schema).of(block, None).into_iter().next()?.ok()
}

/// How the blocks of a module are imported.
pub(crate) struct Imports<'i, 'm> {
    schema: &'i Schema,
    evaluator: &'i Evaluator<'m>,
}

/// Azure has no id with a line break or its like, and a command with one is none.
fn in_a_line(import: Result<Import, NoImport>) -> Result<Import, NoImport> {
    let import = import?;
    if import.id.contains(char::is_control) {
        let reason = "its id would hold a control character".to_owned();
        return Err(NoImport { address: import.address, reason });
    }
    Ok(import)
}

/// In place of a key that is not known.
const KEY: &str = "{key}";

/// An instance of a block, and its index in an address.
struct Chosen {
    instance: Instance,
    index: String,
    /// That of all instances, where the key is made up: what holds for it holds for all.
    any: Option<Instance>,
}

impl<'i, 'm> Imports<'i, 'm> {
    /// The evaluator must be one that takes defaults.
    pub(crate) fn new(evaluator: &'i Evaluator<'m>, schema: &'i Schema) -> Self {
        Self { schema, evaluator }
    }

    /// Each instance of a block that is known, or that one of it: `["b"]`, `[1]`. None for blocks that are not imported
    /// by an id, and while their `type` is not known.
    pub(crate) fn of(
        &self,
        block: &Located<ast::Block>,
        index: Option<&str>,
    ) -> Vec<Result<Import, NoImport>> {
        let Some(general) = Resource::of(self.evaluator, self.schema, block.clone()) else {
            return Vec::new();
        };
        // Terraform refuses another name, and an address with it cannot be written.
        if !general.block.definition.means.importable || !is_identifier(&general.block.name) {
            return Vec::new();
        }
        match self.choose(block, index) {
            Ok(chosen) => {
                chosen.iter().filter_map(|chosen| self.of_instance(&general, chosen)).map(in_a_line).collect()
            }
            Err(reason) => {
                let address = format!("{}{}", general.block.address(), index.unwrap_or_default());
                vec![Err(NoImport { address, reason })]
            }
        }
    }

    fn of_instance(&self, general: &Resource<'_>, chosen: &Chosen) -> Option<Result<Import, NoImport>> {
        let (block, definition) = (&general.block.syntax, general.block.definition);
        let address = general.block.address();
        let scope = self.evaluator.scope(block, &chosen.instance);
        let resource = Resource::in_scope(self.evaluator, self.schema, block.clone(), scope)?;
        let TypeReference::Named { resource_type, api_version } = &resource.type_reference else {
            return None;
        };
        if definition.means.types == TypesOf::DataPlane {
            let id = self.data_plane_id(&resource, api_version.as_deref())?;
            let address = format!("{address}{}", chosen.index);
            return Some(Ok(Import {
                block: general.block.address().to_string(),
                address,
                id: format!("{id}|{resource_type}@{}", api_version.as_deref().unwrap_or("{apiVersion}")),
                api_version: api_version.clone(),
                is_pinned: true,
            }));
        }
        if let Some(reason) = self.wrong_parent(&resource) {
            return Some(Err(NoImport { address: format!("{address}{}", chosen.index), reason }));
        }
        let id = self.id(&resource, block, chosen.any.as_ref()).shown();
        let import = Import {
            block: general.block.address().to_string(),
            address: format!("{address}{}", chosen.index),
            id,
            api_version: api_version.clone(),
            is_pinned: false,
        };
        // Of what its data does not have the provider takes some version by itself, or none.
        let is_known = resource.version().is_some() || api_version.is_none();
        Some(Ok(if is_known { import } else { import.with_api_version() }))
    }

    /// Why the provider refuses the parent whatever is not known, as a sentence.
    fn wrong_parent(&self, resource: &Resource<'_>) -> Option<String> {
        let value = resource.argument(self.evaluator, "parent_id").filter(|value| !value.is_null())?;
        let reader = IdReader::new(self.evaluator, self.schema);
        let faults = parent::judge(&reader, resource, value.assumed());
        let refused = faults.iter().find(|fault| fault.is_sure() && fault.is_refused())?;
        Some(parent::sentence(resource, refused))
    }

    fn id(&self, resource: &Resource<'_>, block: &Located<ast::Block>, any: Option<&Instance>) -> Pieces {
        let reader = IdReader::new(self.evaluator, self.schema);
        let id = reader.resource(resource, 0);
        let of_any = any.and_then(|any| {
            let scope: NameScope = self.evaluator.scope(block, any);
            let resource = Resource::in_scope(self.evaluator, self.schema, block.clone(), scope)?;
            Some(reader.resource(&resource, 0))
        });
        let Some(of_any) = of_any else { return id };
        // What the made-up key decides is not known; where it stands itself it says what belongs there.
        let (with_key, general) = (id.cut(), of_any.cut());
        if with_key.len() != general.len() {
            return of_any;
        }
        let has_key = |stretch: &Pieces| stretch.known_stretches().any(|text| text.contains(KEY));
        let both = with_key.into_iter().zip(general);
        let chosen = both.map(|(with_key, general)| if has_key(&with_key) { with_key } else { general });
        Pieces::joined(&chosen.collect::<Vec<_>>())
    }

    /// What the provider makes of the URL of the type. `None` for types that it does not have.
    fn data_plane_id(&self, resource: &Resource<'_>, api_version: Option<&str>) -> Option<String> {
        let ty = resource.data_plane_type()?;
        let reader = IdReader::new(self.evaluator, self.schema);
        let given = |name: &str| {
            let value = resource.argument(self.evaluator, name)?;
            let text = reader.text(&value, 0);
            (!text.is_unknown() && text.as_known() != Some("")).then_some(text)
        };
        // The form names what is not known as the provider does.
        let parent = given("parent_id").map_or_else(
            || ty.parent_id_example.clone(),
            |parent| {
                let stretches: Vec<Pieces> = parent.cut().into_iter().map(Pieces::into_name).collect();
                Pieces::joined(&stretches).shown()
            },
        );
        let name = given("name").map_or_else(|| "{name}".to_owned(), |name| name.into_name().shown());
        let parts = ty.url_format.split('/').map(|part| match part {
            "{parentId}" => parent.clone(),
            "{apiVersion}" => api_version.unwrap_or(part).to_owned(),
            part => match part.strip_prefix("{name=").and_then(|rest| rest.strip_suffix('}')) {
                Some(fixed) => fixed.to_owned(),
                None => part.replace("{name}", &name),
            },
        });
        Some(parts.collect::<Vec<_>>().join("/"))
    }

    /// The instance of an index, or those that are known; why there is none.
    fn choose(&self, block: &Located<ast::Block>, index: Option<&str>) -> Result<Vec<Chosen>, String> {
        let instances = self.evaluator.instances(block);
        let known = |instance: &Instance| Chosen {
            index: index_of(&instance.key).unwrap_or_default(),
            instance: instance.clone(),
            any: None,
        };
        if let Some(index) = index {
            let key = key_of(index).ok_or_else(|| format!("`{index}` is no index of an instance"))?;
            let fits = match instances.repeats {
                Repeats::Once => false,
                Repeats::Count => matches!(key, InstanceKey::Index(_)),
                Repeats::ForEach => matches!(key, InstanceKey::Key(_)),
            };
            if !fits || instances.presence(&key).is_none() {
                return Err("there is no such instance".to_owned());
            }
            return Ok(vec![known(&instances.get(&key))]);
        }
        let all = instances.known.iter().map(|(instance, _)| instance);
        let all: Vec<Chosen> = all.filter(|one| index_of(&one.key).is_some()).map(known).collect();
        if !all.is_empty() {
            return Ok(all);
        }
        if instances.rest.is_none() {
            return Err("it has no instance".to_owned());
        }
        let key = match instances.repeats {
            Repeats::Count => InstanceKey::Index(0),
            _ => InstanceKey::Key(KEY.into()),
        };
        let any = (instances.repeats == Repeats::ForEach).then(|| instances.any());
        Ok(vec![Chosen { any, ..known(&instances.get(&key)) }])
    }
}

/// `None` for a key that HCL cannot write.
fn index_of(key: &InstanceKey) -> Option<String> {
    match key {
        InstanceKey::Key(key) => Some(format!("[{}]", super::emit::string(key))),
        InstanceKey::Index(at) => Some(format!("[{at}]")),
        InstanceKey::Whole | InstanceKey::Unknown => Some(String::new()),
    }
}

/// The key that an index such as `["b"]` or `[1]` names.
fn key_of(index: &str) -> Option<InstanceKey> {
    let inner = index.strip_prefix('[')?.strip_suffix(']')?.trim();
    if let Ok(at) = inner.parse() {
        return Some(InstanceKey::Index(at));
    }
    let parsed = crate::syntax::parse(&format!("key = {inner}\n"));
    let key = parsed.root().body().attribute("key")?.value()?.literal_string();
    key.filter(|_| parsed.errors().is_empty()).map(|key| InstanceKey::Key(key.into()))
}

/// Whether an `import` block of the module already imports to an address: this instance, or all of the block.
pub fn is_imported(module: &Module, import: &Import) -> bool {
    let blocks =
        module.files().iter().flat_map(|file| file.root().body().blocks_named("import").collect::<Vec<_>>());
    let targets = blocks.into_iter().filter_map(|block| block.body()?.attribute("to")?.value());
    let text =
        |node: &Expression| -> String { node.syntax().text().to_string().split_whitespace().collect() };
    targets.into_iter().any(|to| {
        if text(&to) == import.address {
            return true;
        }
        let Expression::Index(index) = &to else { return false };
        // `x[each.key]`, with the `for_each` of the `import` block.
        let is_open = index
            .key()
            .is_some_and(|key| key.literal_string().is_none() && !matches!(key, Expression::Literal(_)));
        is_open && index.base().is_some_and(|base| text(&base) == import.block)
    })
}
