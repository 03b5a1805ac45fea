//! What the response of a block says of its own id and name.

use std::sync::Arc;

use super::IdReader;
use crate::azapi::Resource;
use crate::azapi::arguments::OUTPUT;
use crate::terraform::value::{Value, ValueKind};

/// What each resource has, whatever its type; Azure sets both, so that they are exported where nothing else is asked for.
const OWN: [&str; 2] = ["id", "name"];

impl IdReader<'_, '_> {
    /// The attribute of a block that a path behind it gives, by itself or by way of the response: `output.id` gives `id`
    /// where that is exported. `None` for what else the response has, and where it is not known what is exported.
    pub(super) fn own_word<'p>(&self, resource: &Resource<'_>, path: &'p [Arc<str>]) -> Option<&'p str> {
        let key = match path {
            [name] => return Some(name),
            [output, key] if &**output == OUTPUT => key,
            _ => return None,
        };
        let own = |word: &str| OWN.into_iter().find(|own| *own == word);
        let Some(exported) = self.argument(resource, "response_export_values") else { return own(key) };
        match &exported.kind {
            ValueKind::Sequence(list) => {
                let mut paths = list.elements.iter().filter_map(|one| one.value.as_str());
                own(key).filter(|_| paths.any(|path| *path == *"*" || *path == **key))
            }
            ValueKind::Object(object) => {
                let expression = object.items.get(&**key).map(|item| &item.value).and_then(Value::as_str)?;
                own(&expression)
            }
            _ => None,
        }
    }
}
