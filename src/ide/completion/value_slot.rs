//! What is written of a value under the cursor, and what taking another one replaces.

use super::type_slot::text;
use super::{CompletionItem, CompletionKind};
use crate::azapi::emit;
use crate::azapi::skeleton::{self, Style, Writer};
use crate::ide::request::Request;
use crate::schema::{SchemaType, TypeKind};
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::syntax::walk::{Bias, token_at};
use crate::text::{TextEdit, TextRange, TextSize};

/// A value with a cursor in it, or the place for one.
#[derive(Debug)]
pub(super) struct ValueSlot {
    /// All of it, its quotes included; empty at the cursor where nothing is written.
    whole: TextRange,
    /// What is between the quotes, where it is a string.
    string: Option<Content>,
    /// From the start of it to the cursor, without its quote.
    pub(super) typed: String,
    /// No white space stands between the `=` and the place.
    touches_equals: bool,
}

/// What is between quotes.
#[derive(Debug)]
struct Content {
    range: TextRange,
    is_closed: bool,
}

impl ValueSlot {
    /// `None` in a template with parts, and in what is no value that another one could replace.
    pub(super) fn of(request: &Request<'_>) -> Option<Self> {
        let root = request.module().file(request.file())?.root();
        let at = request.offset();
        let inner = [Bias::Left, Bias::Right].into_iter().find_map(|bias| {
            let token = token_at(root.syntax(), at, bias)?;
            let found = token.parent_ancestors().find_map(Expression::cast)?;
            let is_short = matches!(
                found,
                Expression::Template(_)
                    | Expression::Literal(_)
                    | Expression::Variable(_)
                    | Expression::GetAttr(_)
                    | Expression::Index(_)
            );
            let here = found.range().contains_inclusive(at) && !found.range().is_empty();
            (is_short && here).then_some(found)
        });
        let Some(inner) = inner else {
            let before = token_at(root.syntax(), at, Bias::Left)?;
            let touches_equals = before.kind() == SyntaxKind::EQ;
            return Some(Self {
                whole: TextRange::empty(at),
                string: None,
                typed: String::new(),
                touches_equals,
            });
        };
        let inner = ast::outermost_step(inner);
        let Expression::Template(template) = &inner else {
            let whole = inner.range();
            let typed = text(request, TextRange::new(whole.start(), at))?;
            let one_line = !text(request, whole)?.contains('\n');
            return one_line.then_some(Self { whole, string: None, typed, touches_equals: false });
        };
        let content = template.content_range();
        let is_plain = template.parts().all(|part| matches!(part, ast::TemplatePart::Text(_)));
        if !content.contains_inclusive(at) || !is_plain {
            return None;
        }
        let typed = text(request, TextRange::new(content.start(), at))?;
        let is_closed = template.is_closed();
        // What stands behind a string that is still open is not part of it.
        let end = if is_closed { content.end() } else { at + word_behind(request, at)? };
        let range = TextRange::new(content.start(), end);
        let after = if is_closed { TextSize::of('"') } else { TextSize::new(0) };
        let start = content.start().checked_sub(TextSize::of('"')).unwrap_or(content.start());
        let whole = TextRange::new(start, end + after);
        let string = Some(Content { range, is_closed });
        Some(Self { whole, string, typed, touches_equals: false })
    }

    /// Whether nothing is written yet, not even a quote.
    pub(super) fn is_gap(&self) -> bool {
        self.whole.is_empty()
    }

    /// Whether it is a string.
    pub(super) fn is_string(&self) -> bool {
        self.string.is_some()
    }

    /// A text in quotes.
    pub(super) fn text(&self, value: &str) -> CompletionItem {
        let quoted = emit::string(value);
        let inside = &quoted[1..quoted.len() - 1];
        let edit = match &self.string {
            Some(Content { range, is_closed: true }) => TextEdit::replace(*range, inside),
            Some(Content { range, is_closed: false }) => TextEdit::replace(*range, format!("{inside}\"")),
            None => TextEdit::replace(self.whole, format!("{}{quoted}", self.lead())),
        };
        CompletionItem::new(CompletionKind::Value, value, edit)
    }

    /// A text in quotes that is yet to be filled in: `snippet` in the place of what is between them.
    pub(super) fn text_snippet(&self, label: &str, snippet: &str) -> CompletionItem {
        let edit = match &self.string {
            Some(Content { range, is_closed: true }) => TextEdit::replace(*range, snippet),
            Some(Content { range, is_closed: false }) => TextEdit::replace(*range, format!("{snippet}\"")),
            None => TextEdit::replace(self.whole, format!("{}\"{snippet}\"", self.lead())),
        };
        CompletionItem::new(CompletionKind::Snippet, label, edit)
    }

    /// A text that a string type takes, to be written over; `None` where any text will do.
    pub(super) fn sample(&self, ty: SchemaType<'_>) -> Option<CompletionItem> {
        let TypeKind::String { pattern, sensitive: false, .. } = ty.kind() else { return None };
        let skeleton::Draft::Text(sample) = skeleton::draft(ty) else { return None };
        if sample.is_empty() || !self.typed.is_empty() {
            return None;
        }
        let mut writer = Writer::new(Style::Snippet, "");
        let quoted = emit::string(&sample);
        writer.placeholder(&quoted[1..quoted.len() - 1]);
        let detail = pattern.map(|pattern| format!("like {pattern}"));
        Some(CompletionItem { detail, ..self.text_snippet(&sample, &writer.finish()) })
    }

    /// Any expression, in the place of a string too.
    pub(super) fn expression(&self, kind: CompletionKind, hcl: &str) -> CompletionItem {
        let edit = TextEdit::replace(self.whole, format!("{}{hcl}", self.lead()));
        // The client matches with what is written from the quote on.
        let filter_text = self.is_string().then(|| format!("\"{hcl}"));
        CompletionItem { filter_text, ..CompletionItem::new(kind, hcl, edit) }
    }

    /// What is yet to be filled in.
    pub(super) fn snippet(&self, label: &str, snippet: &str) -> CompletionItem {
        let edit = TextEdit::replace(self.whole, format!("{}{snippet}", self.lead()));
        CompletionItem::new(CompletionKind::Snippet, label, edit)
    }

    fn lead(&self) -> &'static str {
        if self.touches_equals { " " } else { "" }
    }
}

/// The length of the word that begins at an offset.
fn word_behind(request: &Request<'_>, at: TextSize) -> Option<TextSize> {
    let rope = &request.source()?.rope;
    let rest = rope.get_byte_slice(usize::from(at)..)?;
    let is_word = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    Some(rest.chars().take_while(is_word).map(TextSize::of).sum())
}
