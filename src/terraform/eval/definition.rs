//! Where what a reference names is written, for a walk over expressions.

use super::{Assume, Evaluator};
use crate::syntax::ast::{self, Expression, IndexKey, StepKind};
use crate::terraform::address::Address;
use crate::terraform::module::Located;
use crate::terraform::reference::Reference;

impl Evaluator<'_> {
    /// The expression that defines what a reference names, as far as it stands in the module: the value of a
    /// local, or what a key of it leads to. `None` for everything that is not decided there.
    pub(crate) fn definition(&self, at: &Located<Expression>) -> Option<Located<Expression>> {
        let traversal = ast::traversal(&at.node)?;
        let found = Reference::of(&traversal)?;
        let mut definition = match found.target {
            Some(Address::Local(name)) => self.module().local(&name)?,
            Some(Address::Variable(name)) if self.assume == Assume::Defaults => {
                self.module().variable_default(&name)?
            }
            _ => return None,
        };
        for step in &traversal.steps[found.taken..] {
            let inner = match (&step.kind, definition.node.without_parens()) {
                (StepKind::Attr(key) | StepKind::Index(IndexKey::Str(key)), Expression::Object(object)) => {
                    // Of a key written twice the last counts.
                    let items = object.items().filter(|item| item.key_text().as_deref() == Some(key));
                    items.last()?.value()?
                }
                (StepKind::Index(IndexKey::Int(place)), Expression::Tuple(tuple)) => {
                    tuple.elements().nth(usize::try_from(*place).ok()?)?
                }
                _ => return None,
            };
            definition = definition.with(inner);
        }
        Some(definition)
    }
}
