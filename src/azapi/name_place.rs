//! Where the name of an argument or of a nested block belongs: at the start of a line, or behind a brace.

use super::place::argument_path;
use super::resource::Resource;
use crate::schema::Schema;
use crate::syntax::ast::{self, AstNode};
use crate::syntax::{SyntaxKind, SyntaxNode, SyntaxToken};
use crate::terraform::{Evaluator, FileId, Located};
use crate::text::{TextRange, TextSize};

/// A place for a name in an azapi block.
#[derive(Debug)]
pub struct NamePlace<'s> {
    /// The block.
    pub resource: Resource<'s>,
    /// The arguments and nested blocks around the place, from the block inward; empty in the block itself.
    pub path: Vec<String>,
    /// The names that stand there already, but for the one at the place.
    pub present: Vec<String>,
    /// What is written of the name; empty where nothing is.
    pub word: TextRange,
    /// Whether a `=` or a brace follows already.
    pub has_value: bool,
}

/// The place for a name at `offset`; `None` where none belongs, or where the block is none of azapi's.
pub fn name_place_at<'s>(
    evaluator: &Evaluator<'_>,
    schema: &'s Schema,
    file: FileId,
    offset: TextSize,
) -> Option<NamePlace<'s>> {
    let root = evaluator.module().file(file)?.root();
    let left = left_of(root.syntax(), offset)?;
    let typed = left.kind() == SyntaxKind::IDENT;
    let word = if typed { left.text_range() } else { TextRange::empty(offset) };
    let before = if typed { left.prev_token() } else { Some(left.clone()) };
    if !begins_item(before) {
        return None;
    }
    let next = following(if typed || left.text_range().end() == offset {
        left.next_token()
    } else {
        Some(left.clone())
    });
    let has_value = match next {
        None => false,
        Some(SyntaxKind::NEWLINE | SyntaxKind::COMMENT | SyntaxKind::R_BRACE | SyntaxKind::COMMA) => false,
        Some(SyntaxKind::EQ | SyntaxKind::COLON | SyntaxKind::L_BRACE) if typed => true,
        Some(_) => return None,
    };
    let container = container(&left, offset)?;
    let outermost = left.parent_ancestors().filter_map(ast::Block::cast).last()?;
    let resource = Resource::of(evaluator, schema, Located::new(file, outermost))?;
    let path = path_to(&resource, &container)?;
    let present = names_in(&container, word);
    Some(NamePlace { resource, path, present, word, has_value })
}

/// Whether an item may begin behind this token and white space.
fn begins_item(mut before: Option<SyntaxToken>) -> bool {
    while let Some(token) = before {
        match token.kind() {
            SyntaxKind::WHITESPACE => before = token.prev_token(),
            SyntaxKind::NEWLINE | SyntaxKind::L_BRACE | SyntaxKind::COMMA => return true,
            _ => return false,
        }
    }
    false
}

/// The token with text that ends at or around the offset: what the text lacks is in the tree without any.
fn left_of(root: &SyntaxNode, offset: TextSize) -> Option<SyntaxToken> {
    let mut token = root.token_at_offset(offset).left_biased()?;
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

/// `None` outside of what the provider defines, such as beside the `config` block of a list.
fn path_to(resource: &Resource<'_>, container: &SyntaxNode) -> Option<Vec<String>> {
    let own = resource.block.arguments()?;
    if own.syntax().parent().as_ref() == Some(container) {
        return Some(Vec::new());
    }
    container.ancestors().any(|at| at == *own.syntax()).then(|| argument_path(resource, container))
}

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
