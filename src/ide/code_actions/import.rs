//! Import: a command line as a comment, or an `import` block above the resource or in `imports.tf`.

use std::path::PathBuf;

use ropey::Rope;

use crate::azapi::AzapiBlock;
use crate::azapi::emit::{self, EmitError};
use crate::azapi::import::{self, Import, Imports, NoImport};
use crate::azapi::place;
use crate::ide::program::ModuleTree;
use crate::ide::request::Request;
use crate::ide::{Analysis, CodeAction, CodeActionKind, FileId, SourceChange};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::{Assume, Located};
use crate::text::{TextEdit, TextSize};

/// Where `import` blocks are gathered.
const IMPORTS_FILE: &str = "imports.tf";

/// So many ways in which a module is called are looked at for its imports.
const MOST_CALLS: usize = 64;
/// So many of them are offered.
const MOST_OFFERED: usize = 8;

/// The import of a block as a root module has it.
pub(in crate::ide) struct InRoot {
    pub(in crate::ide) import: Import,
    /// The root's folder; only there Terraform takes `import` blocks.
    dir: PathBuf,
    is_imported: bool,
    /// Calls lead to the block.
    is_called: bool,
}

/// What is offered on the header and the `name` of an azapi block that can be imported and is not imported yet. For a
/// block of a module that is called: to add it to the root's file alone.
pub(super) fn actions(request: &Request<'_>) -> Vec<CodeAction> {
    let block = block_at(request).filter(|block| is_named_at(&block.node, request.offset()));
    let Some(block) = block else { return Vec::new() };
    let above = block.node.syntax().text_range().start();
    let found = of_block(request.analysis(), request.tree(), &block, MOST_CALLS);
    let found = found.iter().flatten().filter(|one| !one.is_imported).take(MOST_OFFERED);
    found
        .flat_map(|one| if one.is_called { of_called(request, one) } else { of_own(request, one, above) })
        .collect()
}

fn of_called(request: &Request<'_>, one: &InRoot) -> Vec<CodeAction> {
    let address = &one.import.address;
    let title = format!("Add an import block for {address} to imports.tf of the root module");
    in_imports_file(request, one, &title).into_iter().collect()
}

fn of_own(request: &Request<'_>, one: &InRoot, above: TextSize) -> Vec<CodeAction> {
    let found = &one.import;
    let mut actions = vec![comment(request, found, above, "Insert the import command as a comment")];
    actions.extend(block_above(request, found, above, "Insert an import block above"));
    actions.extend(in_imports_file(request, one, "Add an import block to imports.tf"));
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
    let found = of_block(request.analysis(), request.tree(), &block_at(request)?, 1);
    Some(found.first()?.as_ref().ok()?.import.command())
}

/// The imports of all blocks of some files of a module, or why one has none, each as every root module has it. With an
/// address only those of the instance that it names, of a block whole the first one.
pub(in crate::ide) fn of_files(
    analysis: &Analysis,
    tree: &ModuleTree<'_>,
    files: &[FileId],
    address: Option<&str>,
) -> Vec<Vec<Result<Import, NoImport>>> {
    let (mut blocks, mut counts) = (Vec::new(), Vec::new());
    for &file in files {
        let of_file = tree.root().file(file).into_iter().flat_map(|file| file.root().body().blocks());
        let of_file = of_file.map(|block| Located::new(file, block));
        let before = blocks.len();
        blocks.extend(of_file.filter(|block| AzapiBlock::of(block.clone()).is_some()));
        counts.push(blocks.len() - before);
    }
    let mut found = in_roots(analysis, tree, &blocks, MOST_CALLS, address).into_iter();
    let of_file = |count| {
        let of_file = found.by_ref().take(count).flatten();
        of_file.map(|one| one.map(|one| one.import)).collect()
    };
    counts.into_iter().map(of_file).collect()
}

fn of_block(
    analysis: &Analysis,
    tree: &ModuleTree<'_>,
    block: &Located<ast::Block>,
    most: usize,
) -> Vec<Result<InRoot, NoImport>> {
    in_roots(analysis, tree, std::slice::from_ref(block), most, None).pop().unwrap_or_default()
}

/// The import of a block in the module at hand, which is called by that address; `None` where another address is
/// asked for, and for blocks that are not imported.
fn import_in(
    imports: &Imports<'_, '_>,
    module: &str,
    block: &Located<ast::Block>,
    asked: Option<&str>,
) -> Option<Result<Import, NoImport>> {
    let prefix = if module.is_empty() { String::new() } else { format!("{module}.") };
    let address = format!("{prefix}{}", AzapiBlock::of(block.clone())?.address());
    let index = match asked {
        Some(asked) => Some(asked.strip_prefix(&address)?).filter(|index| !index.is_empty()),
        None => None,
    };
    if index.is_some_and(|index| !index.starts_with('[')) {
        return None;
    }
    Some(match imports.of(block, index)? {
        Ok(found) => Ok(Import {
            block: format!("{prefix}{}", found.block),
            address: format!("{prefix}{}", found.address),
            ..found
        }),
        Err(refused) => Err(NoImport { address: format!("{prefix}{}", refused.address), ..refused }),
    })
}

/// The imports of blocks of one module: by itself where it is a root, else for each call that leads to it.
fn in_roots(
    analysis: &Analysis,
    tree: &ModuleTree<'_>,
    blocks: &[Located<ast::Block>],
    most: usize,
    asked: Option<&str>,
) -> Vec<Vec<Result<InRoot, NoImport>>> {
    let mut all: Vec<Vec<Result<InRoot, NoImport>>> = blocks.iter().map(|_| Vec::new()).collect();
    let Some((dir, first)) = tree.dir().zip(tree.root().files().first()) else { return all };
    let schema = analysis.schema_of(first.id());
    let roots = analysis.calls().roots_of(dir);
    if roots.is_empty() {
        let evaluator = tree.evaluator(Assume::Defaults);
        let imports = Imports::new(&evaluator, schema);
        for (block, found) in blocks.iter().zip(&mut all) {
            let import = import_in(&imports, "", block, asked);
            found.extend(import.map(|import| {
                import.map(|import| InRoot {
                    is_imported: import::is_imported(tree.root(), &import),
                    import,
                    dir: dir.to_path_buf(),
                    is_called: false,
                })
            }));
        }
        return all;
    }
    let mut left = most;
    for root in roots {
        let tree = ModuleTree::of_folder(analysis, &root);
        let evaluator = tree.evaluator(Assume::Defaults);
        for called in evaluator.called_modules() {
            let of_calls = || {
                if left == 0 || evaluator.module().file(first.id()).is_none() {
                    return;
                }
                left -= 1;
                let imports = Imports::new(&evaluator, schema);
                for (block, found) in blocks.iter().zip(&mut all) {
                    let import = import_in(&imports, &called.address.to_string(), block, asked);
                    found.extend(import.map(|import| {
                        import.map(|import| InRoot {
                            is_imported: import::is_imported(tree.root(), &import),
                            import,
                            dir: root.clone(),
                            is_called: true,
                        })
                    }));
                }
            };
            evaluator.inside(&called.path, of_calls);
        }
    }
    all
}

/// The azapi block that the place is in.
fn block_at(request: &Request<'_>) -> Option<Located<ast::Block>> {
    let block = place::block_at(request.module(), request.file(), request.offset())?;
    AzapiBlock::of(block.clone()).map(|_| block)
}

/// Whether a place is where a block says which one it is: elsewhere in it, editors would mark every line.
fn is_named_at(block: &ast::Block, at: TextSize) -> bool {
    let Some(body) = block.body() else { return true };
    let name = body.attribute("name").map(|name| name.syntax().text_range());
    at <= body.syntax().text_range().start() || name.is_some_and(|name| name.contains_inclusive(at))
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
fn in_imports_file(request: &Request<'_>, found: &InRoot, title: &str) -> Option<CodeAction> {
    let path = found.dir.is_absolute().then(|| found.dir.join(IMPORTS_FILE))?;
    let text = block_text(&found.import).ok()?;
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
