//! Properties of a body that an argument of the block can give.

use crate::azapi::AzapiBlock;
use crate::ide::diagnostics::moved;
use crate::ide::request::Request;
use crate::ide::{CodeAction, CodeActionKind, SourceChange};
use crate::syntax::ast::{self, AstNode};
use crate::syntax::walk::{Bias, token_at};
use crate::terraform::Located;

/// To write the property whose key is at the place as the argument.
pub(super) fn actions(request: &Request<'_>) -> Option<CodeAction> {
    let root = request.module().file(request.file())?.root().syntax().clone();
    let item_at = |bias| {
        let token = token_at(&root, request.offset(), bias)?;
        let item = token.parent_ancestors().find_map(ast::ObjectItem::cast)?;
        let key = item.key()?.syntax().text_range();
        key.contains_inclusive(request.offset()).then_some(item)
    };
    let item = item_at(Bias::Right).or_else(|| item_at(Bias::Left))?;
    let block = item.syntax().ancestors().filter_map(ast::Block::cast).last()?;
    let block = AzapiBlock::of(Located::new(request.file(), block))?;
    let edits = moved::out_of_body(&block, &item)?;
    let title = format!("Write `{}` as the argument", item.key()?.text()?);
    let change = SourceChange { edits: vec![(request.file(), edits)], new_files: Vec::new() };
    Some(CodeAction::new(title, CodeActionKind::RefactorRewrite, change))
}
