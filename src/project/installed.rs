//! The modules that `terraform init` installed for a folder.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::disk;
use crate::ide::{Installed, InstalledModule, normal_path};

/// Where Terraform writes them down.
pub(crate) const MANIFEST: &str = ".terraform/modules/modules.json";
/// More are not followed.
const MOST: usize = 1_000;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Manifest {
    modules: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    key: String,
    #[serde(default)]
    source: String,
    dir: String,
}

/// None where nothing is installed, or what says so cannot be read.
pub(super) fn read(dir: &Path) -> Installed {
    let path = dir.join(MANIFEST);
    let text = disk::read_text(&path).unwrap_or_else(|problem| {
        tracing::warn!("left out: {problem}");
        None
    });
    let manifest: Option<Manifest> = text.and_then(|text| serde_json::from_str(&text).ok());
    let entries = manifest.into_iter().flat_map(|manifest| manifest.modules).take(MOST);
    let modules = entries.filter(|entry| !entry.key.is_empty()).filter_map(|entry| {
        let folder = normal_path(&dir.join(&entry.dir))?;
        Some((entry.key, InstalledModule { source: entry.source, dir: folder }))
    });
    Installed(modules.collect::<BTreeMap<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(manifest: &str) -> Vec<(String, String)> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(MANIFEST);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, manifest).unwrap();
        let found = read(dir.path()).0.into_iter();
        let shown = |path: &Path| path.strip_prefix(dir.path()).unwrap().display().to_string();
        found.map(|(key, module)| (key, shown(&module.dir).replace('\\', "/"))).collect()
    }

    #[test]
    fn modules_are_known_by_the_calls_that_lead_to_them() {
        let manifest = r#"{"Modules":[
            {"Key":"","Source":"","Dir":"."},
            {"Key":"a","Source":"registry.terraform.io/x/y/z","Version":"1.0.0","Dir":".terraform/modules/a"},
            {"Key":"a.b","Source":"./b","Dir":".terraform/modules/a/b"}]}"#;
        let of = |key: &str, dir: &str| (key.to_owned(), dir.to_owned());
        assert_eq!(
            installed(manifest),
            [of("a", ".terraform/modules/a"), of("a.b", ".terraform/modules/a/b")]
        );
    }

    #[test]
    fn what_is_no_list_of_modules_gives_none() {
        for text in ["", "{", "[]", "{\"Modules\":3}", "{\"Modules\":[{\"Key\":\"a\"}]}"] {
            assert_eq!(installed(text), [], "{text}");
        }
        assert_eq!(read(Path::new("/no/such/folder")), Installed::default());
    }
}
