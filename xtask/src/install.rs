//! `cargo xtask install`: the program built, put where the shell finds it, and shown at work.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::progress::{print_line, report};
use crate::{descriptions, fetch, places, run};

/// From the project's root.
const EXAMPLE: &str = "tests/data/modules/token";

/// The parent that the example's token has, and a wrong one: a token lives in a registry.
const RIGHT: &str = "parent_id = azapi_resource.registry.id";
const WRONG: &str = "parent_id = azapi_resource.resourceGroup.id";

const PROGRAM: &str = "azapi-ls";

/// Installs into `root`, else where cargo installs.
pub(crate) fn run(package: Option<&Path>, root: Option<&Path>) -> Result<ExitCode, String> {
    print_line("== Descriptions of properties");
    descriptions::make(package)?;
    print_line("\n== Building and installing");
    let root = match root {
        Some(root) => std::path::absolute(root).map_err(|error| format!("{}: {error}", root.display()))?,
        None => run::install_root().ok_or("no home folder to install into; name one with --root")?,
    };
    build(&root)?;
    let program = root.join("bin").join(format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX));
    show(&program)?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = run::on_path(&root.join("bin"), &path);
    let called = if found { PROGRAM.to_owned() } else { program.display().to_string() };
    print_line("\n== In your editor\n");
    print_line(&editors(&called, &places::root()));
    if !found {
        let bin = root.join("bin");
        print_line(&format!(
            "Note: {} is not on your PATH; add it to call `{PROGRAM}` by its name.",
            bin.display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// With the project's own target folder, where the descriptions are.
fn build(root: &Path) -> Result<(), String> {
    let mut cargo = run::cargo();
    cargo.args(["install", "--locked", "--force", "--path"]).arg(places::root());
    cargo.arg("--target-dir").arg(places::target()).arg("--root").arg(root);
    run::must(&mut cargo, "the build")
}

/// The program's main job: nothing found in a good module, the mistake found in a bad one.
fn show(program: &Path) -> Result<(), String> {
    print_line(&format!("\n== {PROGRAM} at work\n"));
    print_line(&format!("$ {PROGRAM} check {EXAMPLE}"));
    check(program, &places::root(), EXAMPLE, 0)?;
    let folder = Folder::new()?;
    folder.write("main.tf", &broken(&places::root().join(EXAMPLE).join("main.tf"))?)?;
    print_line("\nThe same with a resource group as the token's parent:\n");
    print_line(&format!("$ {PROGRAM} check main.tf"));
    check(program, &folder.0, "main.tf", 2)
}

fn check(program: &Path, folder: &Path, what: &str, expected: i32) -> Result<(), String> {
    let mut command = Command::new(program);
    let status = run::shown(command.current_dir(folder).args(["check", what]))?;
    if status.code() == Some(expected) {
        return Ok(());
    }
    Err(format!("{} check {what}: ended with {status}, expected exit code {expected}", program.display()))
}

/// The example with the wrong parent in its last resource.
fn broken(example: &Path) -> Result<String, String> {
    let text = fs::read_to_string(example).map_err(|error| format!("{}: {error}", example.display()))?;
    let at = text.rfind(RIGHT).ok_or_else(|| format!("{}: no `{RIGHT}` in it", example.display()))?;
    Ok(format!("{}{WRONG}{}", &text[..at], &text[at + RIGHT.len()..]))
}

/// A folder that is gone when this is.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, String> {
        let path = std::env::temp_dir().join(format!("{PROGRAM}-example-{}", std::process::id()));
        fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self(path))
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.0.join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fetch::remove(&self.0) {
            report(&format!("note: {} could not be removed: {error}", self.0.display()));
        }
    }
}

/// What to paste, for a program that is called so and a checkout in `root`.
fn editors(called: &str, root: &Path) -> String {
    let called = quoted(called);
    let folder = |editor: &str| quoted(&root.join("editors").join(editor).display().to_string());
    format!(
        r#"Neovim 0.11 or later, in init.lua (more in editors/neovim/README.md):

    vim.opt.runtimepath:append({neovim})
    vim.lsp.config("azapi_ls", {{ cmd = {{ {called}, "serve" }} }})
    vim.lsp.enable("azapi_ls")

Helix, in languages.toml (more in editors/helix/README.md):

    [language-server.azapi-ls]
    command = {called}
    args = ["serve"]

    [[language]]
    name = "hcl"
    language-servers = ["azapi-ls", "terraform-ls"]
    file-types = ["hcl", "tf", "tofu", "nomad"]

VS Code, with the extension of editors/vscode/README.md, in settings.json:

    "azapi.server.path": {called}

Emacs 29 or later, in init.el (more in editors/emacs/README.md):

    (setq azapi-ls-program {called})
    (load {emacs})
"#,
        neovim = folder("neovim"),
        emacs = folder("emacs/azapi-ls.el"),
    )
}

/// As a string of Lua, TOML, JSON and Emacs Lisp alike.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{EXAMPLE, RIGHT, WRONG, broken, editors, quoted};
    use crate::places;

    #[test]
    fn the_broken_example_has_one_wrong_parent_in_its_token() {
        let example = places::root().join(EXAMPLE).join("main.tf");
        let (good, bad) =
            (std::fs::read_to_string(&example).expect("an example"), broken(&example).expect("text"));
        let changed: Vec<_> = good.lines().zip(bad.lines()).filter(|(good, bad)| good != bad).collect();
        assert_eq!(changed, [(format!("  {RIGHT}").as_str(), format!("  {WRONG}").as_str())]);
        let before = bad.rsplit(WRONG).nth(1).expect("text");
        assert!(before.trim_end().lines().last().is_some_and(|line| line.contains("registries/tokens@")));
    }

    #[test]
    fn a_path_with_backslashes_can_be_pasted() {
        let printed = editors(r"C:\bin\azapi-ls.exe", Path::new("/checkout"));
        assert!(printed.contains(r#""azapi.server.path": "C:\\bin\\azapi-ls.exe""#), "{printed}");
    }

    #[test]
    fn the_files_to_load_are_those_of_the_checkout() {
        let root = places::root();
        let printed = editors("azapi-ls", &root);
        for file in ["neovim", "emacs/azapi-ls.el"] {
            let path = root.join("editors").join(file);
            assert!(path.exists() && printed.contains(&quoted(&path.display().to_string())), "{printed}");
        }
    }
}
