//! Signature help: what a function of the provider takes, and which of it is being written.

use super::request::Request;
use crate::azapi::arguments::FUNCTION_PREFIX;
use crate::azapi::provider::{Provider, ProviderFunction};
use crate::syntax::SyntaxKind::{COMMA, L_PAREN, R_PAREN};
use crate::syntax::SyntaxToken;
use crate::syntax::ast::{AstNode, Call};
use crate::syntax::walk::{Bias, token_at};
use crate::text::TextSize;

/// A function that is being called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `provider::azapi::unique_string(base_string list(string)) string`
    pub label: String,
    /// What it does, and since when the provider has it.
    pub documentation: String,
    /// The bytes of the label, which is ASCII, that each parameter takes: from, up to.
    pub parameters: Vec<(u32, u32)>,
    /// Among them, the one of the argument under the cursor; `None` where there is none, or none is taken there.
    pub active: Option<usize>,
}

/// `None` where the cursor is in no call of one of the provider's functions. Of nested calls the innermost counts.
pub(super) fn signature_help(request: &Request<'_>) -> Option<Signature> {
    let root = request.module().file(request.file())?.root();
    let at = request.offset();
    let before = token_at(root.syntax(), at, Bias::Left)?;
    // The text of an open call ends with its last argument: blanks behind that are in no call.
    let mut candidates = vec![before.clone()];
    candidates.extend(last_written(before));
    let mut calls = candidates.iter().flat_map(|token| token.parent_ancestors().filter_map(Call::cast));
    calls.find_map(|call| {
        let name = call.function();
        let (name, function) =
            Provider::get().functions.get_key_value(name.strip_prefix(FUNCTION_PREFIX)?)?;
        let argument = argument_at(&call, at)?;
        let (label, parameters) = label(name, function);
        let documentation = format!("{} Since {} of the provider.", function.description, function.since);
        let active = (argument < parameters.len()).then_some(argument);
        Some(Signature { label, documentation, parameters, active })
    })
}

/// The token before blanks and comments.
fn last_written(token: SyntaxToken) -> Option<SyntaxToken> {
    std::iter::successors(Some(token), SyntaxToken::prev_token).find(|token| !token.kind().is_trivia())
}

/// Of which argument of a call the place is; `None` where it is not between its parentheses.
fn argument_at(call: &Call, at: TextSize) -> Option<usize> {
    let arguments = call.arguments_node()?;
    let tokens = || arguments.children_with_tokens().filter_map(|it| it.into_token());
    let open = tokens().find(|token| token.kind() == L_PAREN)?;
    let close = tokens().filter(|token| token.kind() == R_PAREN).last();
    let is_inside = open.text_range().end() <= at && close.is_none_or(|it| at <= it.text_range().start());
    is_inside.then(|| tokens().filter(|it| it.kind() == COMMA && it.text_range().end() <= at).count())
}

fn label(name: &str, function: &ProviderFunction) -> (String, Vec<(u32, u32)>) {
    let mut label = format!("{FUNCTION_PREFIX}{name}(");
    let mut parameters = Vec::new();
    for (number, parameter) in function.parameters.iter().enumerate() {
        if number > 0 {
            label.push_str(", ");
        }
        let start = label.len() as u32;
        label.push_str(&format!("{} {}", parameter.name, parameter.ty));
        parameters.push((start, label.len() as u32));
    }
    label.push_str(&format!(") {}", function.returns.ty));
    (label, parameters)
}

#[cfg(test)]
mod tests;
