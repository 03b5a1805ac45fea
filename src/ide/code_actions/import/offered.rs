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
/// So many imports of a block are offered, where calls of its module are many.
const MOST_OFFERED: usize = 8;

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
    let found = found.iter().flatten().filter(|one| !one.is_imported).take(MOST_OFFERED);
    found
        .flat_map(|one| if one.is_called { of_called(request, one) } else { of_own(request, one, above) })
        .collect()
}

/// For a block of a module that is called: `import` blocks stand in root modules alone.
fn of_called(request: &Request<'_>, one: &InRoot) -> Vec<ImportChoice> {
    let address = &one.import.address;
    let added = format!("add an import block for {address} to imports.tf of the root module");
    let copied = format!("copy the command for {address}");
    in_imports_file(request, one, &added).into_iter().chain([copy(&one.import, &copied, COMMAND)]).collect()
}

fn of_own(request: &Request<'_>, one: &InRoot, above: TextSize) -> Vec<ImportChoice> {
    let found = &one.import;
    let mut choices: Vec<ImportChoice> =
        in_imports_file(request, one, "add an import block to imports.tf").into_iter().collect();
    choices.extend(block_above(request, found, above, "insert an import block above", BLOCK));
    choices.push(comment(request, found, above, "insert the command as a comment above", COMMAND));
    choices.push(copy(found, "copy the command", COMMAND));
    if let Some(version) = found.api_version.as_ref().filter(|_| !found.is_pinned) {
        let pinned = found.with_api_version();
        let read = format!("with api-version {version} (else azapi takes the newest)");
        let about = format!(
            "Without a version, azapi reads the resource at the newest one that it knows, then at two older ones. Needed where those do not have the resource, or where the first plan has changes that come of another version than {version} alone."
        );
        let titled = |what: &str| format!("{what}, {read}");
        choices.extend(block_above(request, &pinned, above, &titled("insert an import block above"), &about));
        choices.push(comment(
            request,
            &pinned,
            above,
            &titled("insert the command as a comment above"),
            &about,
        ));
        choices.push(copy(&pinned, &titled("copy the command"), &about));
    }
    choices
}

fn copy(found: &Import, title: &str, about: &str) -> ImportChoice {
    choice(title, about, ImportDeed::Copy(found.command()))
}

fn comment(request: &Request<'_>, found: &Import, above: TextSize, title: &str, about: &str) -> ImportChoice {
    let text = format!("# {}\n", found.command());
    let change = SourceChange::edit(request.file(), TextEdit::insert(above, text));
    choice(title, about, ImportDeed::Write { change, is_elsewhere: false })
}

fn block_above(
    request: &Request<'_>,
    found: &Import,
    above: TextSize,
    title: &str,
    about: &str,
) -> Option<ImportChoice> {
    let text = format!("{}\n", block_text(found).ok()?);
    let change = SourceChange::edit(request.file(), TextEdit::insert(above, text));
    Some(choice(title, about, ImportDeed::Write { change, is_elsewhere: false }))
}

/// `None` where there is no folder to put the file in, and in that file itself.
fn in_imports_file(request: &Request<'_>, found: &InRoot, title: &str) -> Option<ImportChoice> {
    let path = found.dir.is_absolute().then(|| found.dir.join(IMPORTS_FILE))?;
    let text = block_text(&found.import).ok()?;
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
