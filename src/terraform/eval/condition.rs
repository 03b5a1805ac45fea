//! Which conditions are one and the same, so that they hold together.

use rowan::NodeOrToken;

use super::Evaluator;
use super::scope::{Env, Named};
use super::traversal::start;
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::address::Address;
use crate::terraform::value::{DecisionId, Decisions};

/// A condition, up to a negation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decided {
    id: DecisionId,
    negated: bool,
}

impl Decided {
    pub(super) fn decisions(self, holds: bool) -> Decisions {
        Decisions::of(self.id, u32::from(holds != self.negated))
    }
}

/// A longer condition is taken to be another one each time.
const LONGEST: u32 = 400;
/// Locals that only name a local are followed so far.
const LOCALS: usize = 8;
/// Functions that give something else each time.
const UNSTEADY: [&str; 3] = ["timestamp", "uuid", "bcrypt"];

impl Evaluator<'_> {
    /// `None` where another condition of the same text may be decided otherwise.
    pub(super) fn same_condition(&self, node: &Expression, env: Env<'_>) -> Option<Decided> {
        self.condition_within(node, env, LOCALS)
    }

    fn condition_within(&self, node: &Expression, env: Env<'_>, locals: usize) -> Option<Decided> {
        if u32::from(node.range().len()) > LONGEST {
            return None;
        }
        let mut negated = false;
        let mut node = node.without_parens();
        while let Expression::Unary(unary) = &node {
            if unary.operator_token()?.kind() != SyntaxKind::BANG {
                break;
            }
            negated = !negated;
            node = unary.operand()?.without_parens();
        }
        if let Some(name) = local_name(&node)
            && let Named::Outside = env.named("local")
            && let Some(left) = locals.checked_sub(1)
            && let Some(at) = self.context(env.context).module.local(&name)
        {
            self.look_up(env.context, &Address::Local(name));
            let site = self.site(env.context, at.file, start(&at.node));
            let instance = super::Instance::single();
            let env = Env { context: env.context, site, instance: &instance, owner: None, variables: None };
            let same = self.condition_within(&at.node, env, left)?;
            return Some(Decided { negated: same.negated != negated, ..same });
        }
        let (text, differs, of_instance) = self.text_of_condition(&node, env)?;
        let instance = of_instance.then(|| (env.instance.key.clone(), env.owner.map(ToString::to_string)));
        let id = DecisionId::of(&(env.context, instance, text));
        Some(Decided { id, negated: negated != differs })
    }

    /// What is written, without what does not matter; whether `!=` is written as `==`, and whether it depends on the
    /// instance of a block.
    fn text_of_condition(&self, node: &Expression, env: Env<'_>) -> Option<(String, bool, bool)> {
        let differs = match node {
            Expression::Binary(binary) => {
                binary.operator_token().filter(|token| token.kind() == SyntaxKind::NOT_EQ)
            }
            _ => None,
        };
        let (mut text, mut of_instance) = (String::new(), false);
        for part in node.syntax().descendants_with_tokens() {
            match part {
                NodeOrToken::Node(node) => {
                    if let Some(root) = ast::Variable::cast(node.clone()) {
                        let name = root.name();
                        if !matches!(env.named(&name), Named::Outside) {
                            return None;
                        }
                        of_instance |= matches!(&*name, "each" | "count" | "self");
                    }
                    let is_unsteady = |call: ast::Call| UNSTEADY.contains(&&*call.function());
                    if ast::Call::cast(node).is_some_and(is_unsteady) {
                        return None;
                    }
                }
                NodeOrToken::Token(token) if token.kind().is_trivia() => {}
                NodeOrToken::Token(token) if Some(&token) == differs.as_ref() => text.push_str("== "),
                NodeOrToken::Token(token) => {
                    text.push_str(token.text());
                    text.push(' ');
                }
            }
        }
        Some((text, differs.is_some(), of_instance))
    }
}

/// `NAME` of `local.NAME`.
fn local_name(node: &Expression) -> Option<String> {
    let Expression::GetAttr(get) = node else { return None };
    match get.base() {
        Some(Expression::Variable(root)) if root.name() == "local" => {
            get.name_token().map(|token| token.text().to_owned())
        }
        _ => None,
    }
}
