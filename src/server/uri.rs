//! Document names: every way an editor writes a file's URI gives one path.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use tower_lsp::lsp_types::Url;

use crate::project::disk;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DocumentPath {
    /// The file's path; for a document that is no file a made-up one, in a folder of its own.
    pub(super) path: PathBuf,
    /// Whether the disk may have it.
    pub(super) on_disk: bool,
}

impl DocumentPath {
    pub(super) fn of(uri: &Url) -> Self {
        match file_path(uri) {
            Some(path) => Self { path, on_disk: true },
            None => {
                let name = uri.path().rsplit(['/', '\\']).next().unwrap_or_default();
                Self { path: Path::new(uri.as_str()).join(decoded(name)), on_disk: false }
            }
        }
    }

    /// Whether the document is a Terraform or OpenTofu file: by its extension, and where the name has none and
    /// there is no file, by the editor's language.
    pub(super) fn is_terraform(&self, language: &str) -> bool {
        match self.path.extension() {
            Some(_) => disk::is_read(&self.path),
            None => !self.on_disk && matches!(language, "terraform" | "opentofu"),
        }
    }
}

/// The path of a `file:` URI of this machine.
fn file_path(uri: &Url) -> Option<PathBuf> {
    if uri.scheme() != "file" {
        return None;
    }
    let path = decoded(uri.path());
    match uri.host_str() {
        None | Some("" | "localhost") => Some(PathBuf::from(local_path(&path))),
        Some(host) if cfg!(windows) => Some(PathBuf::from(format!(r"\\{host}{}", path.replace('/', r"\")))),
        Some(_) => None,
    }
}

/// A path as this machine writes it. `/c:/x` is `C:\x` on Windows and `/C:/x` elsewhere: the drive's letter
/// has one case, whichever the editor uses.
fn local_path(path: &str) -> String {
    match path.as_bytes() {
        [b'/', drive, b':', ..] if drive.is_ascii_alphabetic() => {
            let (drive, rest) = (drive.to_ascii_uppercase() as char, &path[3..]);
            if cfg!(windows) {
                format!("{drive}:{}", rest.replace('/', r"\"))
            } else {
                format!("/{drive}:{rest}")
            }
        }
        _ => path.to_owned(),
    }
}

/// Percent escapes resolved; bytes that are then no UTF-8 become U+FFFD, and a `%` that escapes nothing stays.
fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The URI of a path, for documents whose own URI is not known. `None` for a path that is not absolute.
pub(super) fn uri_of(path: &Path) -> Option<Url> {
    Url::from_file_path(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(uri: &str) -> PathBuf {
        DocumentPath::of(&Url::parse(uri).unwrap()).path
    }

    #[cfg(unix)]
    #[test]
    fn brackets_spaces_and_accents_may_be_raw_or_escaped() {
        for (raw, escaped, expected) in [
            ("file:///tmp/[id]/main.tf", "file:///tmp/%5Bid%5D/main.tf", "/tmp/[id]/main.tf"),
            ("file:///tmp/a b/main.tf", "file:///tmp/a%20b/main.tf", "/tmp/a b/main.tf"),
            ("file:///tmp/é/main.tf", "file:///tmp/%C3%A9/main.tf", "/tmp/é/main.tf"),
            ("file:///tmp/main.tf", "file://localhost/tmp/main.tf", "/tmp/main.tf"),
            ("file:///tmp/100%/main.tf", "file:///tmp/100%25/main.tf", "/tmp/100%/main.tf"),
        ] {
            assert_eq!(path(raw), Path::new(expected));
            assert_eq!(path(escaped), Path::new(expected));
        }
    }

    #[test]
    fn an_escape_that_is_none_stays_and_bytes_that_are_no_text_are_replaced() {
        for (escaped, expected) in [
            ("%", "%"),
            ("%4", "%4"),
            ("%zz", "%zz"),
            ("%+1", "%+1"),
            ("%41%zz", "A%zz"),
            ("a%ffb", "a\u{fffd}b"),
        ] {
            assert_eq!(decoded(escaped), expected);
        }
    }

    #[test]
    fn a_drive_is_one_whatever_its_case_and_colon() {
        let forms = [
            "file:///c%3A/x/main.tf",
            "file:///C:/x/main.tf",
            "file:///C%3a/x/main.tf",
            "file:///c:/x/main.tf",
        ];
        for form in forms {
            assert_eq!(path(form), path(forms[0]), "{form}");
        }
        assert!(path(forms[0]).to_str().unwrap().contains("C:"));
    }

    #[test]
    fn documents_that_are_no_files_live_in_folders_of_their_own() {
        let one = DocumentPath::of(&Url::parse("untitled:Untitled-1").unwrap());
        let other = DocumentPath::of(&Url::parse("untitled:Untitled-2").unwrap());
        assert!(!one.on_disk);
        assert_ne!(one.path.parent(), other.path.parent());
    }

    #[test]
    fn the_extension_decides_and_the_language_only_where_there_is_none() {
        let is = |uri: &str, language| DocumentPath::of(&Url::parse(uri).unwrap()).is_terraform(language);
        assert!(is("file:///m/a.tf", "hcl") && is("file:///m/a.tofu", "x"));
        for name in ["a.tfvars", "a.hcl", "a.nomad", "a.tf.json", "a"] {
            assert!(!is(&format!("file:///m/{name}"), "terraform"), "{name}");
        }
        assert!(is("untitled:Untitled-1", "terraform") && is("untitled:Untitled-1", "opentofu"));
        assert!(!is("untitled:Untitled-1", "terraform-vars"));
        assert!(!is("untitled:/m/a.nomad", "terraform") && is("untitled:/m/a.tf", "plaintext"));
    }
}
