//! Import: a command line, or an `import` block, as each root module has it. `import/offered.rs` is what is offered of it
//! at a place.

mod offered;

use std::path::PathBuf;

use crate::azapi::AzapiBlock;
use crate::azapi::emit::{self, EmitError};
use crate::azapi::import::{self, Import, Imports, NoImport};
use crate::azapi::place;
use crate::ide::program::ModuleTree;
use crate::ide::request::Request;
use crate::ide::{Analysis, FileId};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::{Assume, Located};
use crate::text::TextSize;

pub(super) use offered::actions;
pub(in crate::ide) use offered::choices_at;
pub(crate) use offered::{ImportChoice, ImportDeed};

/// So many ways in which a module is called are looked at for its imports.
const MOST_CALLS: usize = 64;
/// The import of a block as a root module has it.
pub(in crate::ide) struct InRoot {
    pub(in crate::ide) import: Import,
    /// The root's folder; only there Terraform takes `import` blocks.
    dir: PathBuf,
    is_imported: bool,
    /// Calls lead to the block.
    is_called: bool,
}

/// The command line for the block at the place, or one for each instance that is known.
pub(in crate::ide) fn command_at(request: &Request<'_>) -> Option<String> {
    let found = of_block(request.analysis(), request.tree(), &block_at(request)?, 1);
    let commands = found.iter().flatten().map(|one| one.import.command()).collect::<Vec<_>>();
    (!commands.is_empty()).then(|| commands.join("\n"))
}

/// The imports of all blocks of some files of a module, or why one has none, each as every root module has it. With an
/// address only those of the instance that it names, of a block whole all that are known.
pub(in crate::ide) fn of_files(
    analysis: &Analysis,
    tree: &ModuleTree<'_>,
    files: &[FileId],
    address: Option<&str>,
) -> Vec<Vec<Result<Import, NoImport>>> {
    let (mut blocks, mut counts) = (Vec::new(), Vec::new());
    for &file in files {
        // What overrides a block is no other one.
        let of_file = tree.root().file(file).filter(|file| !file.is_override());
        let of_file = of_file.into_iter().flat_map(|file| file.root().body().blocks());
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

/// The imports of a block in the module at hand, which is called by that address; none where another address is asked
/// for, and for blocks that are not imported.
fn imports_in(
    imports: &Imports<'_, '_>,
    module: &str,
    block: &Located<ast::Block>,
    asked: Option<&str>,
) -> Vec<Result<Import, NoImport>> {
    let prefix = if module.is_empty() { String::new() } else { format!("{module}.") };
    let Some(named) = AzapiBlock::of(block.clone()) else { return Vec::new() };
    let address = format!("{prefix}{}", named.address());
    let index = match asked.map(|asked| asked.strip_prefix(&address)) {
        Some(None) => return Vec::new(),
        Some(Some("")) => None,
        Some(Some(index)) if !index.starts_with('[') => return Vec::new(),
        Some(index) => index,
        None => None,
    };
    let in_module = |one: Result<Import, NoImport>| match one {
        Ok(found) => Ok(Import {
            block: format!("{prefix}{}", found.block),
            address: format!("{prefix}{}", found.address),
            ..found
        }),
        Err(refused) => Err(NoImport { address: format!("{prefix}{}", refused.address), ..refused }),
    };
    imports.of(block, index).into_iter().map(in_module).collect()
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
            let of_block = imports_in(&imports, "", block, asked);
            found.extend(of_block.into_iter().map(|import| {
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
                    let of_block = imports_in(&imports, &called.address.to_string(), block, asked);
                    found.extend(of_block.into_iter().map(|import| {
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

/// An `import` block as `terraform fmt` leaves it, with a line break at its end.
pub(crate) fn block_text(found: &Import) -> Result<String, EmitError> {
    emit::import_block(&found.address, &found.id)
}
