//! The pages of diagnostic codes as files, for editors that lead from a diagnostic to what it means.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use super::disk::{self, DiskError};
use crate::ide::diagnostics::codes;

/// Below the cache folder: the program, its version, what is in it.
const FOLDERS: [&str; 3] = [env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"), "diagnostics"];

/// Why there are no pages.
#[derive(Debug)]
pub(crate) enum NoPages {
    /// The environment does not say where.
    NoFolder,
    /// They cannot be written.
    Disk(DiskError),
}

impl fmt::Display for NoPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder => f.write_str("the environment names no cache folder"),
            Self::Disk(error) => error.fmt(f),
        }
    }
}

/// So many versions of the program are cleared away at once.
const MOST_VERSIONS: usize = 32;

/// Writes the pages that are not there yet, or have another text, and gives their folder. Pages of earlier versions go.
pub(crate) fn write() -> Result<PathBuf, NoPages> {
    write_in(&cache_folder(|name| std::env::var_os(name)).ok_or(NoPages::NoFolder)?)
}

fn write_in(cache: &Path) -> Result<PathBuf, NoPages> {
    for code in codes::ALL {
        let text = format!("# {}\n\n{}\n", code.name, code.explanation());
        disk::keep_text(cache, &FOLDERS, &file_name(code.name), &text).map_err(NoPages::Disk)?;
    }
    clear_earlier(cache);
    Ok(cache.join(FOLDERS.iter().collect::<PathBuf>()))
}

/// Removes what earlier versions of the program wrote, and nothing else. What cannot be removed stays.
fn clear_earlier(cache: &Path) {
    let [program, version, pages] = FOLDERS;
    let program = cache.join(program);
    let now = numbers(version);
    let is_earlier = |name: &String| numbers(name).is_some_and(|it| now.is_some_and(|now| it < now));
    for earlier in disk::folders_in(&program).into_iter().filter(is_earlier).take(MOST_VERSIONS) {
        disk::remove_texts(&program, &[&earlier, pages], &|name| name.ends_with(".md"));
    }
}

/// The numbers of a version, `1.2.3`.
fn numbers(version: &str) -> Option<[u32; 3]> {
    let numbers: Vec<u32> = version.split('.').map(|number| number.parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// The file of a code in the folder of the pages.
pub(crate) fn file_name(code: &str) -> String {
    format!("{code}.md")
}

/// Where the system has a user's programs keep what can be made again. A path that is not absolute counts as none.
fn cache_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return folder("LOCALAPPDATA");
    }
    let below_home = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(below_home)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_code_has_its_page_and_one_with_another_text_is_written_anew() {
        let cache = tempfile::tempdir().unwrap();
        let above = cache.path().join("not/there/yet");
        let folder = write_in(&above).unwrap();
        assert!(folder.ends_with(format!("{}/diagnostics", env!("CARGO_PKG_VERSION"))));
        let names = || fs::read_dir(&folder).unwrap().count();
        assert_eq!(names(), codes::ALL.len());
        let page = folder.join("unknown-property.md");
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.starts_with("# unknown-property\n\n") && text.contains("```hcl"), "{text}");
        for other in ["", &text.replace('a', "b")] {
            fs::write(&page, other).unwrap();
            write_in(&above).unwrap();
            assert_eq!(fs::read_to_string(&page).unwrap(), text);
        }
        assert_eq!(names(), codes::ALL.len());
    }

    #[test]
    fn a_page_that_has_its_text_is_left_alone() {
        let cache = tempfile::tempdir().unwrap();
        let folder = write_in(cache.path()).unwrap();
        let identity = || disk::identity(&folder.join("type-mismatch.md"));
        let before = identity();
        write_in(cache.path()).unwrap();
        assert_eq!(identity(), before);
    }

    /// The files and folders below a folder, sorted; links are not followed.
    fn below(folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_dir() {
                found.extend(below(&entry.path()).into_iter().map(|it| format!("{name}/{it}")));
            }
            found.push(name);
        }
        found.sort();
        found
    }

    #[test]
    fn pages_of_earlier_versions_go_and_nothing_else_does() {
        let cache = tempfile::tempdir().unwrap();
        let folder = write_in(cache.path()).unwrap();
        let program = folder.parent().unwrap().parent().unwrap().to_owned();
        let put = |path: &str| {
            fs::create_dir_all(program.join(path).parent().unwrap()).unwrap();
            fs::write(program.join(path), "x").unwrap();
        };
        let kept = [
            "0.0.2/diagnostics/mine.txt",
            "0.0.3/other/a.md",
            "0.0.4.md",
            "99.0.0/diagnostics/a.md",
            "v0.0.1/diagnostics/a.md",
            "0.0/diagnostics/a.md",
            "0.0.5/diagnostics/a.md/b.md",
            "0.0.6",
        ];
        kept.iter().for_each(|path| put(path));
        let before = below(&program);
        put("0.0.1/diagnostics/a.md");
        put("0.0.1/diagnostics/b-c.md");
        put("0.0.2/diagnostics/a.md");
        write_in(cache.path()).unwrap();
        assert_eq!(below(&program), before);
    }

    #[cfg(unix)]
    #[test]
    fn links_among_earlier_versions_are_not_followed() {
        use std::os::unix::fs::symlink;
        let cache = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::create_dir(elsewhere.path().join("diagnostics")).unwrap();
        fs::write(elsewhere.path().join("diagnostics/a.md"), "mine").unwrap();
        let folder = write_in(cache.path()).unwrap();
        let program = folder.parent().unwrap().parent().unwrap();
        symlink(elsewhere.path(), program.join("0.0.1")).unwrap();
        fs::create_dir_all(program.join("0.0.2")).unwrap();
        symlink(elsewhere.path().join("diagnostics"), program.join("0.0.2/diagnostics")).unwrap();
        fs::create_dir_all(program.join("0.0.3/diagnostics")).unwrap();
        symlink(elsewhere.path().join("diagnostics/a.md"), program.join("0.0.3/diagnostics/b.md")).unwrap();
        let before = below(program);
        write_in(cache.path()).unwrap();
        assert_eq!(below(program), before);
        assert_eq!(fs::read_to_string(elsewhere.path().join("diagnostics/a.md")).unwrap(), "mine");
    }

    #[cfg(unix)]
    #[test]
    fn what_stands_in_the_place_of_a_page_is_not_followed() {
        use std::os::unix::fs::{FileTypeExt, symlink};
        let cache = tempfile::tempdir().unwrap();
        let folder = write_in(cache.path()).unwrap();
        let page = folder.join("type-mismatch.md");
        let text = fs::read_to_string(&page).unwrap();
        let precious = cache.path().join("precious");
        for same in [true, false] {
            fs::write(&precious, if same { &text } else { "mine" }).unwrap();
            fs::remove_file(&page).unwrap();
            symlink(&precious, &page).unwrap();
            write_in(cache.path()).unwrap();
            assert!(fs::symlink_metadata(&page).unwrap().is_file());
            assert_eq!(fs::read_to_string(&precious).unwrap(), if same { &text } else { "mine" });
        }
        fs::remove_file(&page).unwrap();
        let pipe = std::process::Command::new("mkfifo").arg(&page).status().unwrap();
        assert!(pipe.success() && fs::symlink_metadata(&page).unwrap().file_type().is_fifo());
        write_in(cache.path()).unwrap();
        assert_eq!(fs::read_to_string(&page).unwrap(), text);
        // Where a folder is a link, nothing is written behind it.
        let elsewhere = cache.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        symlink(&elsewhere, &folder).unwrap();
        assert!(matches!(write_in(cache.path()), Err(NoPages::Disk(_))));
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_in_the_place_of_a_page_is_said_and_leaves_nothing_behind() {
        let cache = tempfile::tempdir().unwrap();
        let folder = write_in(cache.path()).unwrap();
        let page = folder.join("type-mismatch.md");
        fs::remove_file(&page).unwrap();
        fs::create_dir(&page).unwrap();
        fs::write(page.join("x"), "x").unwrap();
        let error = write_in(cache.path()).unwrap_err().to_string();
        assert!(error.contains("type-mismatch.md: "), "{error}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), codes::ALL.len());
    }

    #[cfg(unix)]
    #[test]
    fn the_cache_folder_is_the_users_and_never_one_beside_the_program() {
        let of = |cache: &str, home: &str| {
            cache_folder(|name| match name {
                "XDG_CACHE_HOME" if !cache.is_empty() => Some(cache.into()),
                "HOME" if !home.is_empty() => Some(home.into()),
                _ => None,
            })
        };
        assert_eq!(of("/cache", "/home/me"), Some("/cache".into()));
        let below = if cfg!(target_os = "macos") { "/home/me/Library/Caches" } else { "/home/me/.cache" };
        assert_eq!(of("", "/home/me"), Some(below.into()));
        assert_eq!(of("relative", "/home/me"), Some(below.into()));
        assert_eq!(of("relative", "relative"), None);
        assert_eq!(of("", ""), None);
    }
}
