//! Where names stand and belong: at the start of a line, or behind a brace.

use super::{Name, NameOf};
use crate::syntax::ast::{self, AstNode};
use crate::syntax::walk::{Bias, ancestor, token_at};
use crate::syntax::{SyntaxKind, SyntaxNode, SyntaxToken};
use crate::terraform::BlockKind;
use crate::text::{TextRange, TextSize};

/// A name as it is written, or the place for one.
pub(super) struct NameSpot {
    /// The block or the object that it belongs in.
    pub(super) container: SyntaxNode,
    /// The attribute, block or object item that it names; `None` where nothing is written.
    pub(super) item: Option<SyntaxNode>,
    pub(super) range: TextRange,
    /// As far as it is known without evaluating.
    pub(super) text: String,
    pub(super) present: Vec<String>,
    pub(super) has_value: bool,
}

/// The name at an offset, or the place for one.
pub(super) fn name_at(root: &SyntaxNode, offset: TextSize) -> Option<NameSpot> {
    let written = [Bias::Right, Bias::Left].into_iter().find_map(|bias| {
        let token = token_at(root, offset, bias)?;
        written(&token, offset)
    });
    written.or_else(|| wanted(root, offset))
}

/// The type of a block under the cursor.
pub(super) fn block_type_at<'s>(root: &SyntaxNode, offset: TextSize) -> Option<Name<'s>> {
    let label = [Bias::Left, Bias::Right]
        .into_iter()
        .find_map(|bias| ancestor::<ast::Label>(&token_at(root, offset, bias)?))?;
    let range = label.text_range();
    let block = label.syntax().parent().and_then(ast::Block::cast)?;
    let is_first = block.labels().next().as_ref() == Some(&label);
    if !range.contains_inclusive(offset) || !is_first {
        return None;
    }
    let kind = BlockKind::from_keyword(&block.keyword())?;
    let of = NameOf::BlockType { kind, is_quoted: label.is_quoted() };
    let has_value = block.labels().nth(1).is_some() || block.open_brace().is_some();
    Some(Name { of, range, present: Vec::new(), has_value })
}

/// The block at the top of the file that an offset lies in, its white space included.
pub(super) fn outermost_block(root: &SyntaxNode, offset: TextSize) -> Option<ast::Block> {
    let of = |token: SyntaxToken| token.parent_ancestors().filter_map(ast::Block::cast).last();
    let right = token_at(root, offset, Bias::Right).and_then(of);
    right.or_else(|| left_of(root, offset).and_then(of))
}

fn written(token: &SyntaxToken, offset: TextSize) -> Option<NameSpot> {
    let is_at = |name: Option<SyntaxToken>| {
        name.map(|name| name.text_range()).filter(|range| range.contains_inclusive(offset))
    };
    for node in token.parent_ancestors() {
        match node.kind() {
            SyntaxKind::OBJECT_KEY => {
                let item = node.parent().and_then(ast::ObjectItem::cast)?;
                let container = item.syntax().ancestors().find(|at| at.kind() == SyntaxKind::OBJECT_EXPR)?;
                let text = item.key_text().unwrap_or_default();
                let has_value = item.separator_token().is_some_and(|it| !it.text_range().is_empty());
                let range = node.text_range();
                return Some(NameSpot::new(container, item.syntax(), range, text, has_value));
            }
            SyntaxKind::ATTRIBUTE => {
                let attribute = ast::Attribute::cast(node.clone())?;
                let range = is_at(attribute.name_token())?;
                let container = node.ancestors().find(|at| at.kind() == SyntaxKind::BLOCK)?;
                let has_value = attribute.eq_token().is_some_and(|it| !it.text_range().is_empty());
                return Some(NameSpot::new(container, &node, range, attribute.name(), has_value));
            }
            SyntaxKind::BLOCK => {
                let block = ast::Block::cast(node.clone())?;
                let range = is_at(block.keyword_token())?;
                let container = node.ancestors().skip(1).find(|at| at.kind() == SyntaxKind::BLOCK)?;
                return Some(NameSpot::new(container, &node, range, block.keyword(), true));
            }
            SyntaxKind::OBJECT_ITEM | SyntaxKind::OBJECT_EXPR | SyntaxKind::BODY => return None,
            _ => {}
        }
    }
    None
}

impl NameSpot {
    fn new(
        container: SyntaxNode,
        item: &SyntaxNode,
        range: TextRange,
        text: String,
        has_value: bool,
    ) -> Self {
        let present = names_in(&container, range);
        Self { container, item: Some(item.clone()), range, text, present, has_value }
    }

    /// The name, once it is known what of.
    pub(super) fn of<'s>(&self, of: NameOf<'s>) -> Name<'s> {
        Name { of, range: self.range, present: self.present.clone(), has_value: self.has_value }
    }
}

/// The place for a name of which nothing, or nothing that makes an item, is written.
fn wanted(root: &SyntaxNode, offset: TextSize) -> Option<NameSpot> {
    let left = left_of(root, offset)?;
    let is_typed = left.kind() == SyntaxKind::IDENT;
    let range = if is_typed { left.text_range() } else { TextRange::empty(offset) };
    let before = if is_typed { left.prev_token() } else { Some(left.clone()) };
    if !begins_item(before) {
        return None;
    }
    let next = following(if is_typed || left.text_range().end() == offset {
        left.next_token()
    } else {
        Some(left.clone())
    });
    let has_value = match next {
        None => false,
        Some(SyntaxKind::NEWLINE | SyntaxKind::COMMENT | SyntaxKind::R_BRACE | SyntaxKind::COMMA) => false,
        Some(SyntaxKind::EQ | SyntaxKind::COLON | SyntaxKind::L_BRACE) if is_typed => true,
        Some(_) => return None,
    };
    let container = container(&left, offset)?;
    let present = names_in(&container, range);
    let text = if is_typed { left.text().to_owned() } else { String::new() };
    Some(NameSpot { container, item: None, range, text, present, has_value })
}

/// Whether an item may begin behind this token and white space.
fn begins_item(mut before: Option<SyntaxToken>) -> bool {
    while let Some(token) = before {
        match token.kind() {
            SyntaxKind::WHITESPACE => before = token.prev_token(),
            SyntaxKind::NEWLINE | SyntaxKind::L_BRACE | SyntaxKind::COMMA => return true,
            _ if token.text_range().is_empty() => before = token.prev_token(),
            _ => return false,
        }
    }
    false
}

/// The token with text that ends at or around the offset: what the text lacks is in the tree without any.
pub(super) fn left_of(root: &SyntaxNode, offset: TextSize) -> Option<SyntaxToken> {
    let mut token = token_at(root, offset, Bias::Left)?;
    while token.text_range().is_empty() {
        token = token.prev_token()?;
    }
    Some(token)
}

/// The kind of what follows on the line.
fn following(mut token: Option<SyntaxToken>) -> Option<SyntaxKind> {
    while let Some(at) = token {
        if at.kind() != SyntaxKind::WHITESPACE && !at.text_range().is_empty() {
            return Some(at.kind());
        }
        token = at.next_token();
    }
    None
}

/// The innermost braces around the place, when it is where an item of theirs begins.
fn container(token: &SyntaxToken, offset: TextSize) -> Option<SyntaxNode> {
    let behind = |token: Option<SyntaxToken>| token.is_some_and(|it| it.text_range().end() <= offset);
    for node in token.parent_ancestors() {
        match node.kind() {
            SyntaxKind::BLOCK if behind(ast::Block::cast(node.clone())?.open_brace()) => return Some(node),
            SyntaxKind::OBJECT_EXPR if behind(ast::Object::cast(node.clone())?.open_brace()) => {
                return Some(node);
            }
            SyntaxKind::ATTRIBUTE if behind(ast::Attribute::cast(node.clone())?.eq_token()) => return None,
            SyntaxKind::OBJECT_ITEM if behind(ast::ObjectItem::cast(node.clone())?.separator_token()) => {
                return None;
            }
            SyntaxKind::BODY | SyntaxKind::BLOCK | SyntaxKind::ATTRIBUTE | SyntaxKind::ERROR => {}
            SyntaxKind::OBJECT_ITEM | SyntaxKind::OBJECT_KEY | SyntaxKind::VARIABLE_EXPR => {}
            _ => return None,
        }
    }
    None
}

/// The names that stand in a block or an object, but for the one at a range.
fn names_in(container: &SyntaxNode, word: TextRange) -> Vec<String> {
    let elsewhere = |node: &SyntaxNode| word.is_empty() || !node.text_range().contains_range(word);
    if let Some(object) = ast::Object::cast(container.clone()) {
        let others = object.items().filter(|item| elsewhere(item.syntax()));
        return others.filter_map(|item| item.key_text()).collect();
    }
    let Some(body) = ast::Block::cast(container.clone()).and_then(|block| block.body()) else {
        return Vec::new();
    };
    let attributes = body.attributes().filter(|it| elsewhere(it.syntax())).map(|it| it.name());
    let blocks = body.blocks().filter(|it| elsewhere(it.syntax())).map(|it| it.keyword());
    attributes.chain(blocks).collect()
}
