//! The names in a block: which do not belong there, which stand twice, which are not there.

use std::collections::{HashMap, HashSet};

use super::Accepted;
use super::fault::{ArgumentFault, ArgumentFaultKind, Certainty};
use crate::azapi::provider::Nesting;
use crate::syntax::SyntaxToken;
use crate::syntax::ast;
use crate::terraform::span::Span;
use crate::terraform::{Located, Module};
use crate::text::{TextRange, closest};

/// So many near names are proposed.
const NEAR: usize = 3;

/// What Terraform itself reads in a block, whatever the provider.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meta {
    arguments: &'static [&'static str],
    blocks: &'static [&'static str],
}

impl Meta {
    pub(super) const RESOURCE: Self = Self {
        arguments: &["count", "for_each", "depends_on", "provider"],
        blocks: &["lifecycle", "provisioner", "connection", "_"],
    };
    pub(super) const DATA: Self =
        Self { arguments: &["count", "for_each", "depends_on", "provider"], blocks: &["lifecycle", "_"] };
    pub(super) const PROVIDER: Self = Self { arguments: &["alias", "version", "for_each"], blocks: &["_"] };
    pub(super) const NOTHING: Self = Self { arguments: &[], blocks: &[] };
}

/// Looks at the names of one block.
pub(super) struct Names<'n> {
    pub(super) module: &'n Module,
    /// What messages call the block.
    type_name: &'n str,
    /// What a part that counts more has in place of what is written.
    replaced: HashSet<String>,
    /// Whether what is missing may stand in another part.
    is_part: bool,
}

impl<'n> Names<'n> {
    pub(super) fn new(module: &'n Module, type_name: &'n str) -> Self {
        Self { module, type_name, replaced: HashSet::new(), is_part: false }
    }

    /// The names in all parts of a block, in the order in which they count.
    pub(super) fn check_parts(
        &self,
        bodies: &[Located<ast::Body>],
        accepted: Accepted,
        faults: &mut Vec<ArgumentFault>,
    ) {
        let [body] = bodies else {
            let mut all: HashSet<String> = HashSet::new();
            for body in bodies.iter().rev() {
                let of_part =
                    Self { replaced: all.clone(), is_part: true, ..Self::new(self.module, self.type_name) };
                of_part.check(body, accepted, None, faults);
                all.extend(body.node.attributes().map(|attribute| attribute.name()));
                all.extend(body.node.blocks().filter_map(|block| Some(nested_name(&block)?.0)));
            }
            return missing(accepted, None, |name| all.contains(name), faults);
        };
        self.check(body, accepted, None, faults);
    }

    /// `header` is that of a nested block.
    fn check(
        &self,
        body: &Located<ast::Body>,
        accepted: Accepted,
        header: Option<Span>,
        faults: &mut Vec<ArgumentFault>,
    ) {
        let names = names_of(body);
        twice(self.module, body, &names, faults);
        for name in names.iter().filter(|name| !self.replaced.contains(name.text())) {
            if let Some(kind) = self.attribute(name.text(), accepted) {
                faults.push(sure(kind, self.module.span(body.file, name.text_range())));
            }
        }
        let mut first_blocks: HashMap<String, TextRange> = HashMap::new();
        for block in body.node.blocks() {
            self.block(&body.with(block), accepted, &mut first_blocks, faults);
        }
        if !self.is_part {
            missing(accepted, header, |name| names.iter().any(|it| it.text() == name), faults);
        }
    }

    fn attribute(&self, name: &str, accepted: Accepted) -> Option<ArgumentFaultKind> {
        if let Some(argument) = accepted.arguments.get(name) {
            return (!argument.can_be_set()).then(|| ArgumentFaultKind::Computed { name: name.to_owned() });
        }
        if accepted.meta.arguments.contains(&name) {
            return None;
        }
        if accepted.blocks.contains_key(name) {
            return Some(ArgumentFaultKind::WrongForm { name: name.to_owned(), is_block: false });
        }
        Some(self.unknown(name, false, accepted))
    }

    fn unknown(&self, name: &str, is_block: bool, accepted: Accepted) -> ArgumentFaultKind {
        let arguments = accepted.arguments.iter().filter(|(_, argument)| argument.can_be_set());
        let settable =
            arguments.map(|(name, _)| name.as_str()).chain(accepted.meta.arguments.iter().copied());
        let blocks = accepted.blocks.keys().map(String::as_str).chain(accepted.meta.blocks.iter().copied());
        let near = if is_block {
            closest(name, blocks.filter(|name| *name != "_"), NEAR)
        } else {
            closest(name, settable, NEAR)
        };
        ArgumentFaultKind::UnknownName {
            name: name.to_owned(),
            is_block,
            inside: self.type_name.to_owned(),
            near,
            is_removed: accepted.removed.iter().any(|removed| removed == name),
        }
    }

    fn block(
        &self,
        block: &Located<ast::Block>,
        accepted: Accepted,
        first: &mut HashMap<String, TextRange>,
        faults: &mut Vec<ArgumentFault>,
    ) {
        let Some((name, range, dynamic)) = nested_name(&block.node) else { return };
        if self.replaced.contains(&name) {
            return;
        }
        let content = match dynamic {
            true => block.node.body().and_then(|body| body.blocks_named("content").next()),
            false => Some(block.node.clone()),
        };
        let at = self.module.span(block.file, range);
        let Some(nested) = accepted.blocks.get(&name) else {
            // A list of objects may be written as blocks.
            let as_blocks =
                accepted.arguments.get(&name).is_some_and(|argument| !argument.ty.is_list_of_objects());
            if as_blocks {
                faults.push(sure(ArgumentFaultKind::WrongForm { name, is_block: true }, at));
            } else if !accepted.arguments.contains_key(&name)
                && !accepted.meta.blocks.contains(&name.as_str())
            {
                faults.push(sure(self.unknown(&name, true, accepted), at));
            }
            return;
        };
        if let Some(&earlier) = first.get(&name) {
            let first = self.module.span(block.file, earlier);
            match nested.nesting {
                Nesting::Single if !dynamic => {
                    faults.push(sure(
                        ArgumentFaultKind::Twice { name: name.clone(), is_block: true, first },
                        at,
                    ));
                }
                Nesting::List if !dynamic => {
                    let kind = ArgumentFaultKind::OnlyFirstCounts { name: name.clone(), first };
                    faults.push(ArgumentFault { kind, at, certainty: Certainty::Lenient });
                }
                _ => {}
            }
        }
        first.entry(name.clone()).or_insert(range);
        let Some(body) = content.as_ref().and_then(ast::Block::body) else { return };
        let names = Names::new(self.module, &name);
        names.check(&block.with(body), Accepted::of_nested(nested), at, faults);
    }
}

/// The type of a nested block, where that stands, and whether the block is a `dynamic` one.
fn nested_name(block: &ast::Block) -> Option<(String, TextRange, bool)> {
    let keyword = block.keyword_token()?;
    if keyword.text() == "dynamic" {
        let label = block.labels().next()?;
        return Some((label.text(), label.text_range(), true));
    }
    Some((keyword.text().to_owned(), keyword.text_range(), false))
}

fn missing(
    accepted: Accepted,
    header: Option<Span>,
    is_there: impl Fn(&str) -> bool,
    faults: &mut Vec<ArgumentFault>,
) {
    for (name, argument) in accepted.arguments {
        if argument.is_required() && !is_there(name) {
            faults.push(sure(ArgumentFaultKind::Missing { name: name.clone(), by: None }, header));
        }
    }
}

/// The attributes that a body has twice, which no provider is asked about.
pub(super) fn written_twice(module: &Module, body: &Located<ast::Body>, faults: &mut Vec<ArgumentFault>) {
    twice(module, body, &names_of(body), faults);
}

fn names_of(body: &Located<ast::Body>) -> Vec<SyntaxToken> {
    body.node.attributes().filter_map(|it| it.name_token()).collect()
}

fn twice(module: &Module, body: &Located<ast::Body>, names: &[SyntaxToken], faults: &mut Vec<ArgumentFault>) {
    let mut in_order: Vec<&SyntaxToken> = names.iter().collect();
    in_order.sort_by(|a, b| a.text().cmp(b.text()));
    for same in in_order.chunk_by(|a, b| a.text() == b.text()) {
        let [first, others @ ..] = same else { continue };
        for name in others {
            let first = module.span(body.file, first.text_range());
            let kind = ArgumentFaultKind::Twice { name: name.text().to_owned(), is_block: false, first };
            faults.push(sure(kind, module.span(body.file, name.text_range())));
        }
    }
}

fn sure(kind: ArgumentFaultKind, at: Option<Span>) -> ArgumentFault {
    ArgumentFault { kind, at, certainty: Certainty::Sure }
}
