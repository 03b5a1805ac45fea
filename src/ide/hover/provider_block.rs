//! Hover on the names of arguments and blocks in `provider "azapi"`.

use super::Hover;
use crate::azapi::provider::Provider;
use crate::ide::Profile;
use crate::ide::reference::{self, markdown};
use crate::ide::request::Request;
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{self, AstNode};
use crate::syntax::walk::{Bias, token_at};

/// What the provider says of it; `None` elsewhere, and in a companion, where the other server knows that block.
pub(super) fn hover(request: &Request<'_>) -> Option<Hover> {
    if request.config().profile == Profile::Companion {
        return None;
    }
    let root = request.module().file(request.file())?.root();
    [Bias::Right, Bias::Left].into_iter().find_map(|bias| {
        let token = token_at(root.syntax(), request.offset(), bias)?;
        let parent = token.parent().filter(|_| token.kind() == SyntaxKind::IDENT)?;
        let is_name = match ast::Block::cast(parent.clone()) {
            Some(block) => block.keyword_token()? == token,
            None => ast::Attribute::cast(parent.clone())?.name_token()? == token,
        };
        let around: Vec<ast::Block> =
            parent.ancestors().skip(1).filter_map(ast::Block::cast).filter(|_| is_name).collect();
        let (provider, nested) = around.split_last()?;
        let is_azapi = provider.labels().next().is_some_and(|label| label.text() == "azapi");
        if provider.keyword() != "provider" || !is_azapi {
            return None;
        }
        let mut path: Vec<String> = nested.iter().rev().map(ast::Block::keyword).collect();
        path.push(token.text().to_owned());
        let definition = &Provider::get().provider;
        let described = match (Provider::argument_at(definition, &path), path.as_slice()) {
            (Some(argument), _) => reference::argument(path.join("."), argument),
            (None, [name]) => reference::nested_block(name, definition.blocks.get(name)?),
            (None, _) => return None,
        };
        Some(Hover { range: token.text_range(), markdown: markdown::page(&described) })
    })
}
