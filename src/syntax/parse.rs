//! From a text to its tree, and from an edited text to its tree by way of the old one.
//!
//! The file's body is kept as *chunks*: a top-level item, what stands before it since the last
//! one, and its line break. The lexer's state between two chunks is empty, so a chunk depends on
//! its own text and on what was looked at behind it (its reach) alone. An edit reads again from
//! the first chunk that reaches it, until a chunk ends where an old one did, behind the edit.
//! A byte order mark at the front is a chunk by itself, so that nothing else depends on being first.

mod parts;

use super::ast;
use super::error::{SyntaxError, size};
use super::kind::{Hcl, SyntaxKind::*, SyntaxNode};
use super::lexer::{self, Lexer};
use super::parser;
use crate::text::{TextRange, TextSize};
use rowan::{GreenNode, GreenToken, Language, NodeCache, NodeOrToken};
use std::sync::Arc;

type GreenElement = NodeOrToken<GreenNode, GreenToken>;

/// A text's tree and errors. Cheap to clone; both are shared.
#[derive(Debug, Clone)]
pub struct Parse {
    green: GreenNode,
    chunks: Arc<[Chunk]>,
    steps: u64,
}

/// What a chunk needs to be moved or kept; its nodes are in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Chunk {
    /// Bytes.
    len: usize,
    /// Bytes looked at behind its end; `usize::MAX` when the end of the text was seen.
    lookahead: usize,
    is_neutral: bool,
    /// Children of the file's body.
    children: usize,
    /// At offsets from the chunk's start.
    errors: Arc<[SyntaxError]>,
}

/// A change of one range of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// What is gone, in the old text.
    pub deleted: TextRange,
    /// Bytes that stand there in the new text.
    pub inserted: TextSize,
}

/// Equal when tree and errors are.
impl PartialEq for Parse {
    fn eq(&self, other: &Parse) -> bool {
        self.green == other.green && self.chunks == other.chunks
    }
}

impl Eq for Parse {}

/// Reads a whole text; linear in its length. Texts of 4 GiB and more are not supported.
pub fn parse(text: &str) -> Parse {
    parts::parse(text)
}

impl Parse {
    /// The root of the tree. It belongs to one thread: make it where it is used.
    pub fn root(&self) -> ast::File {
        ast::File::from_root(self.syntax())
    }

    /// The root without types.
    pub fn syntax(&self) -> SyntaxNode {
        SyntaxNode::new_root(self.green.clone())
    }

    /// The tree without offsets, which may be shared and compared.
    pub fn green(&self) -> &GreenNode {
        &self.green
    }

    /// Everything that is wrong, sorted by range.
    pub fn errors(&self) -> Vec<SyntaxError> {
        let error = |(range, message): (_, &str)| SyntaxError { range, message: message.to_owned() };
        self.each_error().map(error).collect()
    }

    /// The same one by one: where each is, and its message.
    pub(crate) fn each_error(&self) -> impl Iterator<Item = (TextRange, &str)> {
        let with_start = self.chunks.iter().scan(TextSize::new(0), |offset, chunk| {
            let start = *offset;
            *offset += size(chunk.len);
            Some((start, chunk))
        });
        with_start.flat_map(|(start, chunk)| {
            chunk.errors.iter().map(move |error| (error.range + start, error.message.as_str()))
        })
    }

    /// Bytes and tokens visited to make this, twice or more for those visited again: what the
    /// tests for linear time count.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// What `parse(new_text)` gives, where `edit` made `new_text` of this text. Nodes of
    /// top-level items that were not read again are the same in memory. An edit that does not
    /// fit the texts' lengths is taken as a new text.
    pub fn reparse(&self, new_text: &str, edit: &Edit) -> Parse {
        self.try_reparse(new_text, edit).unwrap_or_else(|| parse(new_text))
    }

    fn try_reparse(&self, new_text: &str, edit: &Edit) -> Option<Parse> {
        let edit_start = usize::from(edit.deleted.start());
        let old_end = usize::from(edit.deleted.end());
        let new_end = edit_start + usize::from(edit.inserted);
        let old_len = usize::from(self.green.text_len());
        let fits = old_end <= old_len && (old_len - old_end) + new_end == new_text.len();
        if !fits || !new_text.is_char_boundary(edit_start) || !new_text.is_char_boundary(new_end) {
            return None;
        }
        let first = self.first_chunk_reaching(edit_start);
        let kept: &[Chunk] = &self.chunks[..first];
        let start: usize = kept.iter().map(|chunk| chunk.len).sum();
        let mut old_children = self.body_children()?.peekable();
        let mut reader = Reader::new(new_text, start);
        reader.children.extend(old_children.by_ref().take(kept.iter().map(|chunk| chunk.children).sum()));
        reader.chunks.extend_from_slice(kept);
        // Old chunks from `first` on, dropped as the reader passes them.
        let (mut index, mut old_offset) = (first, start);
        if first == 0 && old_children.by_ref().peek().is_some_and(is_byte_order_mark) {
            old_children.next();
            (index, old_offset) = (1, BYTE_ORDER_MARK.len());
        }
        loop {
            let here = reader.lexer_pos();
            while here >= new_end && index < self.chunks.len() && old_offset + new_end < here + old_end {
                let passed = &self.chunks[index];
                old_offset += passed.len;
                old_children.by_ref().take(passed.children).for_each(drop);
                index += 1;
            }
            let meets = here >= new_end
                && old_offset >= old_end
                && old_offset + new_end == here + old_end
                && self.chunks.get(index).is_none_or(|chunk| chunk.is_neutral)
                && reader.is_neutral();
            if meets && index < self.chunks.len() {
                reader.children.extend(old_children);
                reader.chunks.extend_from_slice(&self.chunks[index..]);
                return Some(reader.finish());
            }
            if !reader.next() {
                return Some(reader.finish());
            }
        }
    }

    /// The first chunk for which the text from `offset` on was looked at, or one before it if
    /// that chunk was read with distrust.
    fn first_chunk_reaching(&self, offset: usize) -> usize {
        let mut end = 0;
        let mut first = self.chunks.len();
        for (index, chunk) in self.chunks.iter().enumerate() {
            end += chunk.len;
            if chunk.lookahead.saturating_add(end) > offset {
                first = index;
                break;
            }
        }
        while first > 0 && self.chunks.get(first).is_none_or(|chunk| !chunk.is_neutral) {
            first -= 1;
        }
        first
    }

    fn body_children(&self) -> Option<impl Iterator<Item = GreenElement> + '_> {
        let body = self.green.children().next()?.into_node()?;
        Some(body.children().map(|child| child.to_owned()))
    }
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

fn is_byte_order_mark(element: &GreenElement) -> bool {
    element.kind() == Hcl::kind_to_raw(BOM)
}

/// Reads chunks and collects them.
struct Reader<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    cache: NodeCache,
    children: Vec<GreenElement>,
    chunks: Vec<Chunk>,
    steps: u64,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, start: usize) -> Reader<'t> {
        let has_mark = start == 0 && text.starts_with(BYTE_ORDER_MARK);
        let mark = if has_mark { BYTE_ORDER_MARK.len() } else { 0 };
        let mut reader = Reader {
            text,
            lexer: Lexer::new(text, start + mark),
            cache: NodeCache::default(),
            children: Vec::new(),
            chunks: Vec::new(),
            steps: 0,
        };
        if has_mark {
            reader.children.push(GreenToken::new(Hcl::kind_to_raw(BOM), BYTE_ORDER_MARK).into());
            let errors = Arc::default();
            reader.chunks.push(Chunk { len: mark, lookahead: 0, is_neutral: true, children: 1, errors });
        }
        reader
    }

    fn lexer_pos(&self) -> usize {
        self.lexer.pos()
    }

    fn is_neutral(&self) -> bool {
        self.lexer.is_neutral()
    }

    /// Reads one chunk; false at the end of the text.
    fn next(&mut self) -> bool {
        let Some(chunk) = self.lexer.next_chunk() else { return false };
        let parsed = parser::parse_chunk(self.text, chunk.start, &self.lexer.tokens, &mut self.cache);
        self.steps += parsed.steps;
        let children = parsed.body.children();
        let count = children.len();
        self.children.extend(children.map(|child| child.to_owned()));
        let errors = self.errors_of(&chunk, parsed.errors);
        let sees_end = chunk.reach > self.text.len();
        self.chunks.push(Chunk {
            len: chunk.end - chunk.start,
            lookahead: if sees_end { usize::MAX } else { chunk.reach - chunk.end },
            is_neutral: chunk.is_neutral,
            children: count,
            errors,
        });
        true
    }

    /// Takes what another one read from where this one is, and goes on where that one stopped.
    fn append(&mut self, next: Self) {
        self.steps += next.steps + self.lexer.steps();
        self.children.extend(next.children);
        self.chunks.extend(next.chunks);
        (self.lexer, self.cache) = (next.lexer, next.cache);
    }

    fn errors_of(&mut self, chunk: &lexer::Chunk, mut errors: Vec<SyntaxError>) -> Arc<[SyntaxError]> {
        errors.append(&mut self.lexer.errors);
        errors.sort_by_key(|error| (error.range.start(), error.range.end()));
        errors.iter_mut().for_each(|error| error.range -= size(chunk.start));
        errors.into()
    }

    fn finish(self) -> Parse {
        let body = GreenNode::new(Hcl::kind_to_raw(BODY), self.children);
        let green = GreenNode::new(Hcl::kind_to_raw(FILE), [body.into()]);
        Parse { green, chunks: self.chunks.into(), steps: self.steps + self.lexer.steps() }
    }
}
