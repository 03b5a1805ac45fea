//! The place of a `type` value under the cursor: what is written there, and what accepting a proposal replaces.

use crate::azapi::Resource;
use crate::azapi::provider::TypesOf;
use crate::ide::request::Request;
use crate::schema::{ApiVersion, Schema};
use crate::syntax::ast::{self, Expression};
use crate::terraform::Located;
use crate::text::{TextEdit, TextRange, TextSize};

/// A `type` value with a cursor in it.
pub(super) struct TypeSlot<'r> {
    pub(super) schema: &'r Schema,
    /// Which types may stand here.
    pub(super) types: TypesOf,
    /// The text from the opening quote to the cursor.
    pub(super) before: String,
    /// The text from the cursor on, up to the closing quote or the end of what is written.
    after: String,
    /// Where `before` begins and `after` ends.
    content: TextRange,
    /// What must be put around an accepted value.
    quotes: Quotes,
    /// The type, where references give it.
    referred: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// Both.
    Closed,
    /// The opening one.
    Open,
    /// None.
    None,
}

impl<'r> TypeSlot<'r> {
    /// `None` where the value is something else than text: a reference, a template with parts. `attribute` is that
    /// of the line, where the value stands on it.
    pub(super) fn of(
        request: &Request<'r>,
        resource: &Resource<'_>,
        attribute: Option<&ast::Attribute>,
        value: Option<&Expression>,
    ) -> Option<Self> {
        let cursor = request.offset();
        let (content, quotes) = match value {
            Some(Expression::Template(template)) => {
                let quotes = if template.is_closed() { Quotes::Closed } else { Quotes::Open };
                (template.content_range(), quotes)
            }
            _ => (bare(request, attribute?)?, Quotes::None),
        };
        if !content.contains_inclusive(cursor) {
            return None;
        }
        let before = text(request, TextRange::new(content.start(), cursor))?;
        let after = text(request, TextRange::new(cursor, content.end()))?;
        let is_value = |text: &str| text.chars().all(|c| is_type_character(c) || c == ' ');
        if quotes == Quotes::Closed && !is_value(&after) {
            return None;
        }
        let referred = match is_value(&before) {
            true => None,
            false => Some(referred_type(request, value?, &before)?),
        };
        // What stands behind a value that is still open is not part of it.
        let after = if quotes == Quotes::Closed { after } else { word(&after).to_owned() };
        let content = TextRange::new(content.start(), cursor + TextSize::of(after.as_str()));
        let types = resource.block.definition.means.types;
        Some(Self { schema: request.schema(), types, before, after, content, quotes, referred })
    }

    /// Whether the cursor is behind the `@`.
    pub(super) fn on_version(&self) -> bool {
        self.before.contains('@')
    }

    /// The type in front of the `@`.
    pub(super) fn type_name(&self) -> &str {
        self.referred.as_deref().unwrap_or_else(|| self.before_version().trim())
    }

    /// What is written in front of the `@`.
    fn before_version(&self) -> &str {
        self.before.rsplit_once('@').map_or(self.before.as_str(), |(ty, _)| ty)
    }

    /// What is written of the version up to the cursor.
    pub(super) fn typed_version(&self) -> &str {
        self.before.rsplit_once('@').map_or("", |(_, version)| version)
    }

    /// The version that is written, all of it.
    pub(super) fn version(&self) -> String {
        format!("{}{}", self.typed_version(), self.after)
    }

    /// Whether the version written is a preview, or begins to be one.
    pub(super) fn has_preview(&self) -> bool {
        self.on_version() && ApiVersion::new(&self.version()).is_preview()
    }

    /// Whether a version is to be written behind a type that is put here: none is there yet.
    pub(super) fn brings_version(&self) -> bool {
        !self.after.contains('@')
    }

    /// Puts a type in the place of the one written, in front of an `@` that is there or that it brings. Whether
    /// the text is a snippet, which it is when the cursor must end inside quotes that it brings.
    pub(super) fn type_edit(&self, type_name: &str) -> (TextEdit, bool) {
        let end = match self.after.find('@') {
            Some(at) => self.cursor() + TextSize::new(at as u32),
            None => self.content.end(),
        };
        let range = TextRange::new(self.content.start(), end);
        let at = if self.brings_version() { "@" } else { "" };
        match self.quotes {
            Quotes::None => (TextEdit::replace(range, format!("\"{type_name}{at}$0\"")), true),
            Quotes::Open | Quotes::Closed => (TextEdit::replace(range, format!("{type_name}{at}")), false),
        }
    }

    /// Puts a version in the place of the one written, and closes quotes that are open.
    pub(super) fn version_edit(&self, version: &str) -> TextEdit {
        let type_length = TextSize::of(self.before_version()) + TextSize::of("@");
        let start = self.content.start() + type_length;
        match self.quotes {
            Quotes::Closed => TextEdit::replace(TextRange::new(start, self.content.end()), version),
            Quotes::Open => {
                TextEdit::replace(TextRange::new(start, self.content.end()), format!("{version}\""))
            }
            Quotes::None => {
                let whole = format!("\"{}@{version}\"", self.type_name());
                TextEdit::replace(self.content, whole)
            }
        }
    }

    /// What a client should match with what is typed, for a proposal that replaces `content` from its start.
    pub(super) fn filter_text(&self, value: &str) -> String {
        match self.quotes {
            Quotes::None => format!("{}@{value}", self.type_name()),
            Quotes::Open | Quotes::Closed => value.to_owned(),
        }
    }

    fn cursor(&self) -> TextSize {
        self.content.start() + TextSize::of(self.before.as_str())
    }
}

/// The type that a template gives in front of the `@` at the end of which the cursor is: `"${local.type}@`.
fn referred_type(request: &Request<'_>, value: &Expression, before: &str) -> Option<String> {
    let (_, version) = before.rsplit_once('@')?;
    if !version.chars().all(is_type_character) {
        return None;
    }
    let value = request.evaluator().value(&Located::new(request.file(), value.clone()));
    let text = value.assumed().as_str()?;
    Some(text.split('@').next().unwrap_or_default().to_owned())
}

/// The text of a range of the request's file.
pub(super) fn text(request: &Request<'_>, range: TextRange) -> Option<String> {
    let bytes = usize::from(range.start())..usize::from(range.end());
    Some(request.source()?.rope.get_byte_slice(bytes)?.to_string())
}

/// Where a value without quotes stands, from the first character behind white space and `=`, or what begins a side of
/// a conditional: such a value is nothing that the language knows, so this looks at the line's text.
fn bare(request: &Request<'_>, attribute: &ast::Attribute) -> Option<TextRange> {
    let behind_equals = attribute.eq_token()?.text_range().end();
    let cursor = request.offset();
    let rope = &request.source()?.rope;
    let line = rope.byte_to_line(usize::from(cursor));
    let line_end = TextSize::new(rope.line_to_byte(line + 1) as u32);
    let before = text(request, TextRange::new(behind_equals, cursor))?;
    let word_start = before.len()
        - before.chars().rev().take_while(|c| is_type_character(*c)).map(char::len_utf8).sum::<usize>();
    let spaces = match before[..word_start].trim_end().ends_with(['?', ':', '(']) {
        true => word_start,
        false => before.len() - before.trim_start().len(),
    };
    let rest = text(request, TextRange::new(cursor, line_end))?;
    let end = cursor + TextSize::of(word(&rest));
    Some(TextRange::new(behind_equals + TextSize::new(spaces as u32), end))
}

/// The characters of a type or version that `text` begins with.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !is_type_character(c));
    &text[..end.unwrap_or(text.len())]
}

fn is_type_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '/' | '@' | '-' | '_')
}
