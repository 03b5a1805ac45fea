//! What is open at a place of the text.

/// Which token opened a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opener {
    /// Nothing: the bottom of the stack.
    File,
    /// The `{` of a block.
    Block,
    /// The `{` of an object.
    Object,
    /// `(`
    Paren,
    /// `[`
    Bracket,
    /// `"`
    Quote,
    /// `<<NAME`; NAME lies at these offsets. `is_hopeless` if no line closes it.
    Heredoc { name: (usize, usize), is_hopeless: bool },
    /// `${`
    Interpolation,
    /// `%{`
    Directive,
}

/// How far an item of a body looks like a block's header without `{`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    Nothing,
    Word,
    Label,
    Other,
}

/// One open thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) opener: Opener,
    /// Where the line begins on which it was opened.
    pub(super) line_start: usize,
    /// Bytes of blanks at the start of that line.
    pub(super) indent: usize,
    /// Column of the first token that begins a line directly inside the braces.
    pub(super) first_item: Option<usize>,
    /// In a body: whether the current item has its `=`.
    pub(super) has_eq: bool,
    /// In a body: what the current item looks like.
    pub(super) header: Header,
    /// In a body: the current item is a header whose `{` comes on the next line.
    pub(super) awaits_brace: bool,
    /// Quotes that were open around a heredoc.
    pub(super) outer_quotes: usize,
}

impl Frame {
    pub(super) const FILE: Frame = Frame::new(Opener::File, 0, 0);

    pub(super) const fn new(opener: Opener, line_start: usize, indent: usize) -> Frame {
        Frame {
            opener,
            line_start,
            indent,
            first_item: None,
            has_eq: false,
            header: Header::Nothing,
            awaits_brace: false,
            outer_quotes: 0,
        }
    }

    pub(super) fn is_brace(&self) -> bool {
        matches!(self.opener, Opener::Block | Opener::Object)
    }

    /// Attributes and blocks stand directly in it.
    pub(super) fn is_body(&self) -> bool {
        matches!(self.opener, Opener::File | Opener::Block)
    }

    /// `(` and what is read like it: no item can begin inside.
    pub(super) fn is_expression_only(&self) -> bool {
        matches!(self.opener, Opener::Paren | Opener::Bracket | Opener::Interpolation | Opener::Directive)
    }
}
