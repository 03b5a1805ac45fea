//! The ways to import the block at a place. An editor that lets its user choose has them in a list, one action for all;
//! the others have an action for each.

use ropey::Rope;

use super::{InRoot, MOST_CALLS, block_at, block_text, is_named_at, of_block};
use crate::azapi::import::Import;
use crate::ide::request::Request;
use crate::ide::{CodeAction, CodeActionKind, SourceChange};
use crate::syntax::ast::AstNode;
use crate::text::{TextEdit, TextSize};

/// Where `import` blocks are gathered.
const IMPORTS_FILE: &str = "imports.tf";
/// So many imports of a block are offered, where calls of its module are many; so many instances in all.
const MOST_OFFERED: usize = 8;
const MOST_INSTANCES: usize = 256;

const BLOCK: &str = "Terraform takes the resource up with the next apply; the block may go then.";
const COMMAND: &str = "To be run once, with Terraform at hand; Terraform takes the resource up at once.";

/// A way to import a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportChoice {
    /// What it does, to be read behind "Import:".
    pub(crate) title: String,
    /// What comes of it, and when it is needed: a sentence or two.
    pub(crate) about: String,
    pub(crate) deed: ImportDeed,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ImportDeed {
    /// Text is written.
    Write {
        change: SourceChange,
        /// Into another file, which should be seen then.
        is_elsewhere: bool,
    },
    /// A text goes to the clipboard, which the editor alone can reach.
    Copy(String),
}

/// An action for each way that writes something.
pub(in crate::ide::code_actions) fn actions(request: &Request<'_>) -> Vec<CodeAction> {
    let actions = choices_at(request).into_iter().filter_map(|choice| match choice.deed {
        ImportDeed::Write { change, is_elsewhere } => Some(CodeAction {
            is_import: true,
            is_shown: is_elsewhere,
            ..CodeAction::new(format!("Import: {}", choice.title), CodeActionKind::RefactorRewrite, change)
        }),
        ImportDeed::Copy(_) => None,
    });
    actions.collect()
}

/// Every way, on the header and the `name` of an azapi block that can be imported and is not imported yet.
pub(in crate::ide) fn choices_at(request: &Request<'_>) -> Vec<ImportChoice> {
    let block = block_at(request).filter(|block| is_named_at(&block.node, request.offset()));
    let Some(block) = block else { return Vec::new() };
    let above = block.node.syntax().text_range().start();
    let found = of_block(request.analysis(), request.tree(), &block, MOST_CALLS);
    let mut found: Vec<&InRoot> = found.iter().flatten().filter(|one| !one.is_imported).collect();
    found.truncate(MOST_INSTANCES);
    // The instances of a block in one module are imported together.
    let together =
        found.chunk_by(|one, other| one.dir == other.dir && one.import.block == other.import.block);
    together
        .take(MOST_OFFERED)
        .flat_map(|all| if all[0].is_called { of_called(request, all) } else { of_own(request, all, above) })
        .collect()
}

/// For a block of a module that is called: `import` blocks stand in root modules alone.
fn of_called(request: &Request<'_>, all: &[&InRoot]) -> Vec<ImportChoice> {
    let found: Vec<Import> = all.iter().map(|one| one.import.clone()).collect();
    let (block, command, of) = match found.as_slice() {
        [one] => ("an import block", "the command", one.address.clone()),
        all => ("import blocks", "the commands", format!("{}{}", all[0].block, instances(all))),
    };
    let added = format!("add {block} for {of} to imports.tf of the root module");
    let copied = format!("copy {command} for {of}");
    in_imports_file(request, all[0], &found, &added)
        .into_iter()
        .chain([copy(&found, &copied, COMMAND)])
        .collect()
}

/// How many they are, where a reader cannot tell.
fn instances(all: &[Import]) -> String {
    if all.len() > 1 { format!(" ({} instances)", all.len()) } else { String::new() }
}

fn of_own(request: &Request<'_>, all: &[&InRoot], above: TextSize) -> Vec<ImportChoice> {
    let found: Vec<Import> = all.iter().map(|one| one.import.clone()).collect();
    let (block, command, comments) = match found.as_slice() {
        [_] => ("an import block", "the command", "as a comment"),
        _ => ("import blocks", "the commands", "as comments"),
    };
    let count = instances(&found);
    let mut choices: Vec<ImportChoice> =
        in_imports_file(request, all[0], &found, &format!("add {block} to imports.tf{count}"))
            .into_iter()
            .collect();
    let titles = [
        format!("insert {block} above{count}"),
        format!("insert {command} {comments} above{count}"),
        format!("copy {command}{count}"),
    ];
    let [inserted, commented, copied] = &titles;
    choices.extend(blocks_above(request, &found, above, inserted, BLOCK));
    choices.push(comment(request, &found, above, commented, COMMAND));
    choices.push(copy(&found, copied, COMMAND));
    let version = found[0].api_version.clone();
    let is_common = found.iter().all(|one| one.api_version == version && !one.is_pinned);
    if let Some(version) = version.filter(|_| is_common) {
        let pinned: Vec<Import> = found.iter().map(Import::with_api_version).collect();
        let read = format!("with api-version {version} (else azapi takes the newest)");
        let about = format!(
            "Without a version, azapi reads the resource at the newest one that it knows, then at two older ones. Needed where those do not have the resource, or where the first plan has changes that come of another version than {version} alone."
        );
        let titled = |what: &str| format!("{what}, {read}");
        choices.extend(blocks_above(request, &pinned, above, &titled(inserted), &about));
        choices.push(comment(request, &pinned, above, &titled(commented), &about));
        choices.push(copy(&pinned, &titled(copied), &about));
    }
    choices
}

fn copy(found: &[Import], title: &str, about: &str) -> ImportChoice {
    let commands: Vec<String> = found.iter().map(Import::command).collect();
    choice(title, about, ImportDeed::Copy(commands.join("\n")))
}

fn comment(
    request: &Request<'_>,
    found: &[Import],
    above: TextSize,
    title: &str,
    about: &str,
) -> ImportChoice {
    let text = found.iter().map(|one| format!("# {}\n", one.command())).collect::<String>();
    let change = SourceChange::edit(request.file(), TextEdit::insert(above, text));
    choice(title, about, ImportDeed::Write { change, is_elsewhere: false })
}

/// The blocks with an empty line between each two.
fn blocks_text(found: &[Import]) -> Option<String> {
    let blocks: Option<Vec<String>> = found.iter().map(|one| block_text(one).ok()).collect();
    Some(blocks?.join("\n"))
}

fn blocks_above(
    request: &Request<'_>,
    found: &[Import],
    above: TextSize,
    title: &str,
    about: &str,
) -> Option<ImportChoice> {
    let text = format!("{}\n", blocks_text(found)?);
    let change = SourceChange::edit(request.file(), TextEdit::insert(above, text));
    Some(choice(title, about, ImportDeed::Write { change, is_elsewhere: false }))
}

/// `None` where there is no folder to put the file in, and in that file itself.
fn in_imports_file(
    request: &Request<'_>,
    root: &InRoot,
    found: &[Import],
    title: &str,
) -> Option<ImportChoice> {
    let path = root.dir.is_absolute().then(|| root.dir.join(IMPORTS_FILE))?;
    let text = blocks_text(found)?;
    let change = match request.analysis().file_id(&path) {
        Some(file) if file == request.file() => return None,
        Some(file) => {
            let rope = &request.analysis().source(file)?.rope;
            SourceChange::edit(file, append(rope, &text)?)
        }
        None => SourceChange::new_file(path, text),
    };
    Some(choice(title, BLOCK, ImportDeed::Write { change, is_elsewhere: true }))
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

fn choice(title: &str, about: &str, deed: ImportDeed) -> ImportChoice {
    ImportChoice { title: title.to_owned(), about: about.to_owned(), deed }
}
