//! Signature help: what a function takes, the provider's or Terraform's own, and which of it is being written.

use super::request::Request;
use crate::azapi::arguments::FUNCTION_PREFIX;
use crate::azapi::provider::Provider;
use crate::syntax::SyntaxKind::{COMMA, L_PAREN, R_PAREN};
use crate::syntax::SyntaxToken;
use crate::syntax::ast::{AstNode, Call};
use crate::syntax::walk::{Bias, token_at};
use crate::terraform::functions::described::{Parameter, Takes, described};
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

/// `None` where the cursor is in no call of a function that is known. Of nested calls the innermost counts.
pub(super) fn signature_help(request: &Request<'_>) -> Option<Signature> {
    let root = request.module().file(request.file())?.root();
    let at = request.offset();
    let before = token_at(root.syntax(), at, Bias::Left)?;
    // The text of an open call ends with its last argument: blanks behind that are in no call.
    let mut candidates = vec![before.clone()];
    candidates.extend(last_written(before));
    let mut calls = candidates.iter().flat_map(|token| token.parent_ancestors().filter_map(Call::cast));
    calls.find_map(|call| {
        let argument = argument_at(&call, at)?;
        let name = call.function();
        match name.strip_prefix(FUNCTION_PREFIX) {
            Some(own) => of_provider(own, argument),
            None => of_terraform(&name, argument),
        }
    })
}

fn of_provider(name: &str, argument: usize) -> Option<Signature> {
    let (name, function) = Provider::get().functions.get_key_value(name)?;
    let parameters = function.parameters.iter().map(|it| format!("{} {}", it.name, it.ty));
    let (label, parameters) =
        label(&format!("{FUNCTION_PREFIX}{name}"), parameters, &function.returns.ty.to_string());
    let documentation = format!("{} Since {} of the provider.", function.description, function.since);
    let active = (argument < parameters.len()).then_some(argument);
    Some(Signature { label, documentation, parameters, active })
}

/// A last parameter that takes any number of arguments is active for all of them.
fn of_terraform(name: &str, argument: usize) -> Option<Signature> {
    let function = described(name)?;
    let written = |it: &Parameter| match it.takes {
        Takes::One => format!("{} {}", it.name, it.ty),
        Takes::OneOrNone => format!("[{} {}]", it.name, it.ty),
        Takes::Any => format!("{} {}...", it.name, it.ty),
    };
    let takes_more = function.parameters.last().is_some_and(|it| it.takes == Takes::Any);
    let (label, parameters) = label(function.name, function.parameters.iter().map(written), function.returns);
    let last = parameters.len().saturating_sub(1);
    let argument = if takes_more { argument.min(last) } else { argument };
    let active = (argument < parameters.len()).then_some(argument);
    Some(Signature { label, documentation: function.about.replace('`', ""), parameters, active })
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

/// `name(parameter, …) returns`, and where in it the parameters are.
fn label(name: &str, parameters: impl Iterator<Item = String>, returns: &str) -> (String, Vec<(u32, u32)>) {
    let mut label = format!("{name}(");
    let mut ranges = Vec::new();
    for (number, parameter) in parameters.enumerate() {
        if number > 0 {
            label.push_str(", ");
        }
        let start = label.len() as u32;
        label.push_str(&parameter);
        ranges.push((start, label.len() as u32));
    }
    label.push_str(&format!(") {returns}"));
    (label, ranges)
}

#[cfg(test)]
mod tests;
