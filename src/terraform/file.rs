//! Which files belong to a module, and how they are named inside the program.

use std::path::Path;

/// A file, by the order in which paths were first heard of. Never given to another path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// What a file's name says about its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `.tf`: read by Terraform and OpenTofu.
    Terraform,
    /// `.tofu`: read by OpenTofu only.
    OpenTofu,
}

impl FileKind {
    /// `None` for files that are no part of a module's configuration (`.tfvars`, `.tftest.hcl`, `.tf.json`, …)
    /// and for editors' backup and lock files.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        if name.starts_with('.') || name.starts_with('#') || name.ends_with('~') {
            return None;
        }
        match path.extension()?.to_str()? {
            "tf" => Some(Self::Terraform),
            "tofu" => Some(Self::OpenTofu),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_configuration_files_belong_to_a_module() {
        let kind = |name: &str| FileKind::of(Path::new(name));
        assert_eq!(kind("a/main.tf"), Some(FileKind::Terraform));
        assert_eq!(kind("a/main.tofu"), Some(FileKind::OpenTofu));
        for other in ["main.tf.json", "x.tfvars", "x.tftest.hcl", ".#main.tf", "#main.tf#", "main.tf~", "tf"]
        {
            assert_eq!(kind(other), None, "{other}");
        }
    }
}
