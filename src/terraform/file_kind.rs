//! What a file of a folder is to Terraform and OpenTofu, by its name.

use std::path::Path;

/// The files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Part of the folder's module: `.tf`, `.tofu`, and `.tfquery.hcl`, whose names are those of the module.
    Configuration,
    /// Gives variables their values where the module is the root: `terraform.tfvars`, `*.auto.tfvars`, and both as
    /// JSON.
    Variables,
    /// Tests the folder's module: `.tftest.hcl`, `.tofutest.hcl`. What it declares is for itself alone.
    Test,
}

impl FileKind {
    /// `None` for a file that is none of these.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        if name.starts_with('.') || name.ends_with('~') || name.starts_with('#') {
            return None;
        }
        let is = |ending: &str| name.len() > ending.len() && name.ends_with(ending);
        if is(".tf") || is(".tofu") || is(".tfquery.hcl") {
            return Some(Self::Configuration);
        }
        if is(".tftest.hcl") || is(".tofutest.hcl") {
            return Some(Self::Test);
        }
        let automatic = is(".auto.tfvars") || is(".auto.tfvars.json");
        (automatic || is_default(name)).then_some(Self::Variables)
    }
}

fn is_default(name: &str) -> bool {
    matches!(name, "terraform.tfvars" | "terraform.tfvars.json")
}

/// Whether the blocks of a file change those of others: `override.tf`, `x_override.tf`.
pub(crate) fn is_override(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.strip_suffix(".tf").or_else(|| name.strip_suffix(".tofu"));
    stem.is_some_and(|stem| stem == "override" || stem.ends_with("_override"))
}

/// Who reads a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    /// Reads `x.tofu` in place of `x.tf`.
    OpenTofu,
    /// Reads no `.tofu` file.
    Terraform,
}

/// Whether a file of variables is written in JSON.
pub(crate) fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "json")
}

/// Sorts files of variables in the order in which Terraform reads them; of two values the later one counts.
pub(crate) fn reading_order(path: &Path) -> (bool, String) {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    (!is_default(&name), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_file_is() {
        for (name, kind) in [
            ("main.tf", Some(FileKind::Configuration)),
            ("main.tofu", Some(FileKind::Configuration)),
            ("all.tfquery.hcl", Some(FileKind::Configuration)),
            ("terraform.tfvars", Some(FileKind::Variables)),
            ("terraform.tfvars.json", Some(FileKind::Variables)),
            ("x.auto.tfvars", Some(FileKind::Variables)),
            ("x.auto.tfvars.json", Some(FileKind::Variables)),
            ("other.tfvars", None),
            ("main.tf.json", None),
            ("all.tftest.hcl", Some(FileKind::Test)),
            ("all.tofutest.hcl", Some(FileKind::Test)),
            ("tftest.hcl", None),
            (".tf", None),
            (".hidden.tf", None),
            ("main.tf~", None),
        ] {
            assert_eq!(FileKind::of(Path::new(name)), kind, "{name}");
        }
    }

    #[test]
    fn overrides_are_known_by_their_names() {
        let all = ["override.tf", "a_override.tf", "a_override.tofu", "overrides.tf", "a.tf", "override"];
        let found: Vec<&str> = all.into_iter().filter(|name| is_override(Path::new(name))).collect();
        assert_eq!(found, ["override.tf", "a_override.tf", "a_override.tofu"]);
    }

    #[test]
    fn files_of_variables_are_read_in_terraforms_order() {
        let mut names = [
            "b.auto.tfvars",
            "terraform.tfvars.json",
            "a.auto.tfvars.json",
            "terraform.tfvars",
            "a.auto.tfvars",
        ];
        names.sort_by_key(|name| reading_order(Path::new(name)));
        assert_eq!(
            names,
            [
                "terraform.tfvars",
                "terraform.tfvars.json",
                "a.auto.tfvars",
                "a.auto.tfvars.json",
                "b.auto.tfvars"
            ]
        );
    }
}
