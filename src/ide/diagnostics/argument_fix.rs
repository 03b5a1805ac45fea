//! Changes that correct the arguments of a block: an argument or a nested block removed, or written as the other.

use super::Fix;
use super::body_fix;
use super::checker::Checker;
use super::fix::Applicability;
use crate::ide::SourceChange;
use crate::syntax::SyntaxNode;
use crate::syntax::ast::{self, AstNode};
use crate::terraform::Located;
use crate::text::{TextEdit, TextRange};

/// `Remove NAME` for what has its name there: an argument, a nested block, an item of an object.
pub(super) fn remove(
    checker: &Checker<'_>,
    at: &Located<TextRange>,
    name: &str,
    preferred: bool,
) -> Option<Fix> {
    let Some(block) = block_at(checker, at) else { return body_fix::remove(checker, at, name, preferred) };
    Some(Fix {
        title: format!("Remove `{name}`"),
        change: SourceChange::edit(at.file, TextEdit::replace(body_fix::whole(block.syntax()), "")),
        applicability: Applicability::Confirm,
        preferred,
    })
}

/// The same for what is wrong however often it is written: with those of the same name in the same braces.
pub(super) fn remove_all(
    checker: &Checker<'_>,
    at: &Located<TextRange>,
    name: &str,
    preferred: bool,
) -> Option<Fix> {
    let alike = body_fix::remove_alike(checker, at, name, preferred);
    alike.or_else(|| remove(checker, at, name, preferred))
}

/// The nested block whose keyword, or whose label behind `dynamic`, stands there.
fn block_at(checker: &Checker<'_>, at: &Located<TextRange>) -> Option<ast::Block> {
    let node = checker.node(at)?;
    let block = node.ancestors().find_map(ast::Block::cast)?;
    let of_keyword = block.keyword_token().is_some_and(|token| token.text_range() == at.node);
    let of_label = || {
        let label = block.labels().next().is_some_and(|label| label.text_range() == at.node);
        label && block.keyword() == "dynamic"
    };
    (of_keyword || of_label()).then_some(block)
}

/// `Write NAME { … }` for an argument that is a nested block, or the other way round.
pub(super) fn other_form(checker: &Checker<'_>, at: &Located<TextRange>, name: &str) -> Option<Fix> {
    let (title, edit) = match block_at(checker, at) {
        Some(block) if block.labels().next().is_none() => {
            let brace = block.open_brace()?.text_range().start();
            (format!("Write `{name} = {{ … }}`"), TextEdit::insert(brace, "= "))
        }
        Some(_) => return None,
        None => {
            let attribute = checker.node(at)?.ancestors().find_map(ast::Attribute::cast)?;
            let Some(ast::Expression::Object(object)) = attribute.value() else { return None };
            if !is_a_blocks_body(&object) {
                return None;
            }
            let between = TextRange::new(attribute.eq_token()?.text_range().start(), object.range().start());
            (format!("Write `{name} {{ … }}`"), TextEdit::replace(between, ""))
        }
    };
    Some(Fix {
        title,
        change: SourceChange::edit(at.file, edit),
        applicability: Applicability::Confirm,
        preferred: true,
    })
}

/// Names with `=`, each on a line of its own.
fn is_a_blocks_body(object: &ast::Object) -> bool {
    let text = |node: &SyntaxNode| node.text().to_string();
    object.items().all(|item| {
        item.separator_token().is_some_and(|token| token.text() == "=")
            && matches!(item.key().and_then(|key| key.expression()), Some(ast::Expression::Variable(_)))
            && item.syntax().next_sibling_or_token().is_none_or(|next| next.to_string() != ",")
    }) && (object.items().count() < 2 || text(object.syntax()).contains('\n'))
}
