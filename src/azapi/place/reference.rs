//! References and what they refer to.

use crate::syntax::ast::{self, AstNode, Expression};
use crate::syntax::walk::{Bias, token_at};
use crate::syntax::{SyntaxKind, SyntaxNode};
use crate::terraform::reference::Reference as Named;
use crate::terraform::{Address, FileId, Module};
use crate::text::{TextRange, TextSize};

/// A reference under the cursor, or the name in a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// What it refers to, or declares.
    pub(crate) address: Address,
    /// From the first word to the end of the name, without the steps behind it; of a declaration its name.
    pub(crate) range: TextRange,
    pub(crate) is_declaration: bool,
}

/// The reference at an offset. `None` on steps behind the name, and for what no module declares (`each`, `path`).
pub(super) fn reference_at(module: &Module, file: FileId, offset: TextSize) -> Option<Reference> {
    let declared = module.file(file)?.index().declared_at(offset);
    if let Some(declared) = declared.filter(|it| it.name_range.contains_inclusive(offset))
        && let Some(address) = declared.address.cloned()
    {
        return Some(Reference { address, range: declared.name_range, is_declaration: true });
    }
    let root = module.file(file)?.root().syntax();
    let found = [Bias::Right, Bias::Left].into_iter().find_map(|bias| {
        let token = token_at(root, offset, bias)?;
        let inner = token.parent_ancestors().find_map(Expression::cast)?;
        named(&ast::outermost_step(inner))
    });
    let (address, range) = found?;
    range.contains_inclusive(offset).then_some(Reference { address, range, is_declaration: false })
}

/// What a traversal refers to, and where its name stands.
fn named(expression: &Expression) -> Option<(Address, TextRange)> {
    let traversal = ast::traversal(expression)?;
    let found = Named::of(&traversal)?;
    let last = traversal.steps.get(found.taken.checked_sub(1)?)?;
    Some((found.target?, TextRange::new(expression.range().start(), last.range.end())))
}

#[cfg_attr(not(test), expect(dead_code, reason = "definition, references and rename come on it"))]
impl Reference {
    /// Where it is declared: each file with the range of the name.
    pub(crate) fn declarations(&self, module: &Module) -> Vec<(FileId, TextRange)> {
        module.declarations(&self.address).map(|(file, found)| (file.id(), found.name_range)).collect()
    }

    /// Every reference to it in the module, in the order of files and places.
    pub(crate) fn origins(&self, module: &Module) -> Vec<(FileId, TextRange)> {
        let mut found = Vec::new();
        for (file, range) in module.referring(&self.address) {
            let Some(item) = module.node::<AnyNode>(file, range) else { continue };
            let expressions = item.node.0.descendants().filter_map(Expression::cast);
            let names = expressions.filter_map(|one| match ast::outermost_step(one.clone()) {
                whole if whole == one => named(&whole),
                _ => None,
            });
            let own = names.filter(|(address, _)| *address == self.address);
            found.extend(own.map(|(_, range)| (file, range)));
        }
        found
    }
}

/// Whichever node has a range.
struct AnyNode(SyntaxNode);

impl AstNode for AnyNode {
    fn shows(_: SyntaxKind) -> bool {
        true
    }

    fn cast(node: SyntaxNode) -> Option<Self> {
        Some(Self(node))
    }

    fn syntax(&self) -> &SyntaxNode {
        &self.0
    }
}
