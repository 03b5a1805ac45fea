//! Import: a command line as a comment, or an `import` block above the resource or in `imports.tf`.

use std::path::PathBuf;

use ropey::Rope;

use crate::azapi::AzapiBlock;
use crate::azapi::emit::{self, EmitError};
use crate::azapi::import::{self, Import, Imports, NoImport};
use crate::ide::request::Request;
use crate::ide::{Analysis, CodeAction, CodeActionKind, FileId, SourceChange};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::{Located, Module};
use crate::text::{TextEdit, TextSize};

/// Where `import` blocks are gathered.
const IMPORTS_FILE: &str = "imports.tf";

/// What is offered on an azapi block that can be imported and is not imported yet.
pub(super) fn actions(request: &Request<'_>) -> Vec<CodeAction> {
    let Some(block) = block_at(request) else { return Vec::new() };
    let Some(found) = import::import(request.module(), request.schema(), &block) else { return Vec::new() };
    if import::is_imported(request.module(), &found) {
        return Vec::new();
    }
    let above = block.node.syntax().text_range().start();
    let mut actions = vec![comment(request, &found, above, "Insert the import command as a comment")];
    actions.extend(block_above(request, &found, above, "Insert an import block above"));
    actions.extend(in_imports_file(request, &found, "Add an import block to imports.tf"));
    if let Some(version) = found.api_version.as_ref().filter(|_| !found.is_pinned) {
        let pinned = found.with_api_version();
        actions.push(comment(
            request,
            &pinned,
            above,
            &format!("Insert the import command as a comment, with api-version {version}"),
        ));
        actions.extend(block_above(
            request,
            &pinned,
            above,
            &format!("Insert an import block above, with api-version {version}"),
        ));
    }
    actions
}

/// The command line for the block at the place.
pub(in crate::ide) fn command_at(request: &Request<'_>) -> Option<String> {
    Some(import::import(request.module(), request.schema(), &block_at(request)?)?.command())
}

/// The imports of all blocks of a file, or of the instance that an address names: of a block whole the first one.
pub(in crate::ide) fn of_file(
    analysis: &Analysis,
    module: &Module,
    file: FileId,
    address: Option<&str>,
) -> Vec<Result<Import, NoImport>> {
    let blocks = module.file(file).into_iter().flat_map(|file| file.root().body().blocks());
    let imports = Imports::new(module, analysis.schema_of(file));
    let import = |block: ast::Block| {
        let block = Located::new(file, block);
        let index = match address {
            None => None,
            Some(address) => {
                let of_block = AzapiBlock::of(block.clone())?.address().to_string();
                Some(address.strip_prefix(&of_block)?).filter(|index| !index.is_empty())
            }
        };
        if index.is_some_and(|index| !index.starts_with('[')) {
            return None;
        }
        imports.of(&block, index)
    };
    blocks.filter_map(import).collect()
}

/// The azapi block that the place is in.
fn block_at(request: &Request<'_>) -> Option<Located<ast::Block>> {
    let root = request.module().file(request.file())?.root();
    let at = request.offset();
    let mut blocks = root.body().blocks();
    let block = blocks.find(|block| block.syntax().text_range().contains_inclusive(at))?;
    let block = Located::new(request.file(), block);
    AzapiBlock::of(block.clone()).map(|_| block)
}

fn comment(request: &Request<'_>, found: &Import, above: TextSize, title: &str) -> CodeAction {
    let text = format!("# {}\n", found.command());
    action(title, SourceChange::edit(request.file(), TextEdit::insert(above, text)))
}

fn block_above(request: &Request<'_>, found: &Import, above: TextSize, title: &str) -> Option<CodeAction> {
    let text = format!("{}\n", block_text(found).ok()?);
    Some(action(title, SourceChange::edit(request.file(), TextEdit::insert(above, text))))
}

/// `None` where there is no folder to put the file in, and in that file itself.
fn in_imports_file(request: &Request<'_>, found: &Import, title: &str) -> Option<CodeAction> {
    let path = imports_path(request)?;
    let text = block_text(found).ok()?;
    if let Some(file) = request.analysis().file_id(&path) {
        if file == request.file() {
            return None;
        }
        let rope = &request.analysis().source(file)?.rope;
        let edit = append(rope, &text)?;
        return Some(action(title, SourceChange::edit(file, edit)));
    }
    Some(action(title, SourceChange::new_file(path, text)))
}

/// A block put behind a file's text with an empty line between. It goes before the last line break, if there is
/// one: behind it, Neovim would leave an empty line at the file's end.
fn append(rope: &Rope, block: &str) -> Option<TextEdit> {
    let break_bytes = match rope.chars_at(rope.len_chars()).reversed().take(2).collect::<Vec<_>>()[..] {
        [] => return Some(TextEdit::insert(TextSize::new(0), block.to_owned())),
        ['\n', '\r'] => 2,
        ['\n', ..] => 1,
        _ => return Some(TextEdit::insert(end_of(rope, 0)?, format!("\n\n{block}"))),
    };
    Some(TextEdit::insert(end_of(rope, break_bytes)?, format!("\n\n{}", block.trim_end())))
}

/// The offset this many bytes before the end.
fn end_of(rope: &Rope, before: usize) -> Option<TextSize> {
    Some(TextSize::new(u32::try_from(rope.len_bytes() - before).ok()?))
}

fn imports_path(request: &Request<'_>) -> Option<PathBuf> {
    let path = &request.source()?.path;
    path.is_absolute().then(|| path.with_file_name(IMPORTS_FILE))
}

fn action(title: &str, edit: SourceChange) -> CodeAction {
    CodeAction {
        title: title.to_owned(),
        kind: CodeActionKind::RefactorRewrite,
        edit,
        diagnostic: None,
        preferred: false,
    }
}

/// An `import` block as `terraform fmt` leaves it, with a line break at its end.
pub(crate) fn block_text(found: &Import) -> Result<String, EmitError> {
    emit::import_block(&found.address, &found.id)
}
