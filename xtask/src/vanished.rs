//! `schemas/vanished.txt`: what an earlier package had and the one that the facts are made from has no more.

use std::collections::BTreeMap;
use std::path::Path;

use schemas::facts::Facts;
use schemas::text::read::read_folder;

pub(crate) const FILE: &str = "vanished.txt";

/// Each `TYPE@VERSION` under its letters in lower case.
type References = BTreeMap<String, String>;

/// The list after the facts in `schemas` give way to `new`: what they alone had comes in, what came back goes.
/// `None` where there is nothing to list and no list. Facts there that cannot be read add nothing.
pub(crate) fn after(schemas: &Path, new: &Facts) -> Result<Option<String>, String> {
    let path = schemas.join(FILE);
    let listed = match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(format!("{}: {error}", path.display())),
    };
    let old = read_folder(&schemas.join("facts")).map(|facts| of(&facts)).unwrap_or_default();
    let new = of(new);
    let mut gone: References = listed.iter().flat_map(|text| text.lines()).map(keyed).collect();
    gone.extend(old);
    gone.retain(|key, _| !new.contains_key(key));
    let text: String = gone.into_values().map(|reference| format!("{reference}\n")).collect();
    Ok((listed.is_some() || !text.is_empty()).then_some(text))
}

fn of(facts: &Facts) -> References {
    let references = facts.resources.iter().map(|it| format!("{}@{}", it.type_name, it.api_version));
    references.map(|reference| keyed(&reference)).collect()
}

fn keyed(reference: &str) -> (String, String) {
    (reference.to_ascii_lowercase(), reference.to_owned())
}
