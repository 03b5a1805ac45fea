//! Which argument of a block something stands in.

use crate::syntax::SyntaxNode;
use crate::syntax::ast::{self, AstNode};

/// The names of the arguments and nested blocks from `top`, a body of azapi's, down to a node in it, the node's own
/// included. `None` for what the provider does not define: beside the `config` block of a list, or in a `dynamic` block
/// around its content.
pub(super) fn path_to(top: &SyntaxNode, node: &SyntaxNode) -> Option<Vec<String>> {
    let mut path = Vec::new();
    let mut is_inside = false;
    for at in node.ancestors() {
        if at == *top {
            is_inside = true;
            break;
        }
        if let Some(item) = ast::ObjectItem::cast(at.clone()) {
            path.push(item.key_text()?);
        } else if let Some(attribute) = ast::Attribute::cast(at.clone()) {
            path.push(attribute.name());
        } else if let Some(block) = ast::Block::cast(at) {
            if is_content(&block) {
                continue;
            }
            if block.keyword() != "dynamic" {
                path.push(block.keyword());
                continue;
            }
            // Of a dynamic block only the content is the provider's.
            let through_content = node
                .ancestors()
                .filter_map(ast::Block::cast)
                .any(|inner| is_content(&inner) && dynamic_around(&inner).as_ref() == Some(&block));
            if !through_content {
                return None;
            }
            path.push(block.labels().next()?.text());
        }
    }
    path.reverse();
    is_inside.then_some(path)
}

/// The same for what stands directly in a container: a block or an object.
pub(super) fn path_around(top: &SyntaxNode, container: &SyntaxNode) -> Option<Vec<String>> {
    if top.parent().as_ref() == Some(container) {
        return Some(Vec::new());
    }
    path_to(top, container)
}

fn is_content(block: &ast::Block) -> bool {
    block.keyword() == "content" && dynamic_around(block).is_some()
}

fn dynamic_around(content: &ast::Block) -> Option<ast::Block> {
    let around = content.syntax().ancestors().skip(1).find_map(ast::Block::cast)?;
    (around.keyword() == "dynamic").then_some(around)
}
