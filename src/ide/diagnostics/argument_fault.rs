//! What the checks of faults in arguments share: one judgment for each block, each call of a function and each
//! configuration of the provider, where a fault is shown, how severe it is.

use super::body_fault::{brace_alone, header, when_text};
use super::checker::{Checker, Draft};
use super::codes::{self, Code};
use super::{Diagnostic, Related, Severity};
use crate::ide::tested;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::azapi::Resource;
use crate::azapi::arguments::{
    ArgumentFault, ArgumentFaultKind, Certainty, LIFECYCLE, OUTPUT, REQUIRED_PROVIDERS, judge_block,
    judge_call, judge_output, judge_provider, judge_required_providers,
};
use crate::azapi::provider::Provider;
use crate::syntax::SyntaxNode;
use crate::syntax::ast::{self, AstNode};
use crate::terraform::module::ModuleFile;
use crate::terraform::span::Span;
use crate::terraform::value::{Object, Value, ValueKind};
use crate::terraform::{Address, FileId, Located};
use crate::text::{TextRange, TextSize};

/// What looks at every fault.
pub(super) type ArgumentCheck = fn(&mut Checker<'_>, &FaultyArgument<'_>);

/// A fault, and where it is shown.
pub(super) struct FaultyArgument<'f> {
    pub(super) fault: &'f ArgumentFault,
    pub(super) at: Located<TextRange>,
    owner: &'f Owner,
    severity: Severity,
    when: String,
}

/// Whether a later provider may take what this one does not.
fn may_come(fault: &ArgumentFaultKind) -> bool {
    match fault {
        ArgumentFaultKind::UnknownName { inside, is_removed, .. } => {
            !is_removed && inside != REQUIRED_PROVIDERS && inside != LIFECYCLE
        }
        ArgumentFaultKind::UnknownFunction { is_action, .. } => !is_action,
        _ => false,
    }
}

/// What has the fault.
struct Owner {
    /// What Terraform calls the block; `None` for what has no address.
    address: Option<String>,
    header: Located<TextRange>,
    /// All of it.
    range: TextRange,
}

/// Judges the arguments of a block once, for all codes. `has_judged_body`: its body was judged with the type.
pub(super) fn check(
    checker: &mut Checker<'_>,
    resource: &Resource<'_>,
    arguments: &[Object],
    has_judged_body: bool,
    checks: &[ArgumentCheck],
) {
    let is_string = |value: &Value| matches!(value.kind, ValueKind::String(_));
    let has_string = arguments.iter().any(|arguments| {
        arguments.items.get("body").is_some_and(|body| body.value.outcomes().any(is_string))
    });
    let judges_body_elsewhere = !has_string || has_judged_body;
    // A run with another version has other arguments.
    checker.is_untracked |= checker.is_before_2();
    let found = judge_block(
        &checker.evaluator,
        checker.schema,
        checker.configured(),
        resource,
        arguments,
        judges_body_elsewhere,
    );
    if found.is_empty() {
        return;
    }
    let owner = Owner {
        address: Some(resource.block.address().to_string()),
        header: header(&resource.block.syntax),
        range: resource.block.syntax.node.range(),
    };
    report(checker, &owner, &found, checks);
}

/// The `provider "azapi"` blocks of a file, and its calls of the provider's functions.
pub(super) fn check_file(checker: &mut Checker<'_>, file: FileId, checks: &[ArgumentCheck]) {
    let evaluator = Rc::clone(&checker.evaluator);
    let module = evaluator.module();
    let Some(index) = module.file(file).map(|file| file.index()) else { return };
    let is_part = module.file(file).is_some_and(|file| file.is_override());
    let azapi = Address::Provider("azapi".to_owned());
    for declared in index.named(&azapi).filter(|_| !is_part) {
        let Some(block) = module.node::<ast::Block>(file, declared.range) else { continue };
        if checker.is_broken(block.node.range()) {
            continue;
        }
        let found = judge_provider(&checker.evaluator, checker.schema, checker.configured(), &block);
        let owner = Owner { address: None, header: header(&block), range: block.node.range() };
        report(checker, &owner, &found, checks);
    }
    if !checker.is_companion {
        check_required_providers(checker, file, checks);
    }
    let names: &[&str] = if checker.is_before_2() { &["provider"] } else { &["provider", OUTPUT] };
    for range in index.naming(names).filter(|range| !checker.is_broken(*range)).collect::<Vec<_>>() {
        let item = module.node::<ast::Item>(file, range);
        let is_of_other =
            |item: &ast::Item| matches!(item, ast::Item::Block(block) if tested::is_of_other_module(block));
        if let Some(item) = item.filter(|item| !is_of_other(&item.node)) {
            check_expressions(checker, &item.with(item.node.syntax().clone()), checks);
        }
    }
}

/// The `required_providers` of a file; of those of a module the first counts.
fn check_required_providers(checker: &mut Checker<'_>, file: FileId, checks: &[ArgumentCheck]) {
    let evaluator = Rc::clone(&checker.evaluator);
    let module = evaluator.module();
    let of_file = |file: &ModuleFile| {
        let items = file.index().naming(&[REQUIRED_PROVIDERS]).collect::<Vec<_>>().into_iter();
        let terraform = items.filter_map(|range| module.node::<ast::Block>(file.id(), range));
        let terraform = terraform.filter(|block| block.node.keyword() == "terraform");
        let inner = terraform.filter_map(|block| Some(block.with(block.node.body()?)));
        let blocks = inner.flat_map(|body| {
            let blocks: Vec<_> =
                body.node.blocks_named(REQUIRED_PROVIDERS).map(|one| body.with(one)).collect();
            blocks
        });
        blocks.collect::<Vec<_>>()
    };
    let Some(own) = module.file(file).map(of_file).filter(|own| !own.is_empty()) else { return };
    let is_overriding = module.file(file).is_some_and(|file| file.is_override());
    let first = module
        .files()
        .iter()
        .filter(|file| !file.is_override())
        .find_map(|file| of_file(file).into_iter().next());
    let keyword = |block: &Located<ast::Block>| block.node.keyword_token().map(|token| token.text_range());
    for block in own {
        if checker.is_broken(block.node.range()) {
            continue;
        }
        let mut found = judge_required_providers(module, &block);
        let twin = first
            .as_ref()
            .filter(|first| !is_overriding && (first.file, first.node.range()) != (file, block.node.range()));
        if let (Some(twin), Some(at)) = (twin, keyword(&block)) {
            let first = keyword(twin).and_then(|range| module.span(twin.file, range));
            let name = REQUIRED_PROVIDERS.to_owned();
            let kind = ArgumentFaultKind::Twice { name, is_block: true, first };
            found.push(ArgumentFault { kind, at: module.span(file, at), certainty: Certainty::Sure });
        }
        let range = block.node.range();
        let owner = Owner { address: None, header: block.with(range), range };
        report(checker, &owner, &found, checks);
    }
}

/// The calls of the provider's functions in a part of a file, and what it reads of outputs.
fn check_expressions(checker: &mut Checker<'_>, part: &Located<SyntaxNode>, checks: &[ArgumentCheck]) {
    for expression in part.node.descendants().filter_map(ast::Expression::cast) {
        let at = part.with(expression);
        let found: Vec<ArgumentFault> = match &at.node {
            ast::Expression::Call(call) => judge_call(&checker.evaluator, &at.with(call.clone())),
            ast::Expression::GetAttr(_) | ast::Expression::Index(_) | ast::Expression::Splat(_)
                if !checker.is_before_2() =>
            {
                judge_output(&checker.evaluator, checker.schema, &at).into_iter().collect()
            }
            _ => continue,
        };
        let range = at.node.range();
        let owner = Owner { address: None, header: at.with(range), range };
        report(checker, &owner, &found, checks);
    }
}

fn report(checker: &mut Checker<'_>, owner: &Owner, found: &[ArgumentFault], checks: &[ArgumentCheck]) {
    for fault in found {
        let severity = match fault.certainty {
            Certainty::Sure => Severity::Error,
            Certainty::When(_) | Certainty::Lenient => Severity::Warning,
        };
        let when = match fault.certainty {
            Certainty::When(when) => when_text(checker, when),
            Certainty::Sure | Certainty::Lenient => String::new(),
        };
        let at = fault.at.and_then(|span| checker.locate(span));
        let at = at.map_or_else(|| owner.header.clone(), |at| brace_alone(checker, at));
        let found = FaultyArgument { fault, at, owner, severity, when };
        for check in checks {
            check(checker, &found);
        }
    }
}

impl FaultyArgument<'_> {
    /// Reports it; `message` is about every outcome that has the fault.
    pub(super) fn report<'c>(
        &self,
        checker: &'c mut Checker<'_>,
        code: &'static Code,
        message: &str,
    ) -> Draft<'c> {
        let what = self.owner.address.as_ref().filter(|_| !self.is_own(&self.at));
        let related = what.map(|address| Related {
            file: self.owner.header.file,
            range: self.owner.header.node,
            message: format!("an argument of `{address}`"),
        });
        let is_open =
            self.severity == Severity::Error && may_come(&self.fault.kind) && checker.is_beyond_known();
        let severity = if is_open { Severity::Warning } else { self.severity };
        let known =
            if is_open { format!(" (in azapi {})", Provider::get().provider_version) } else { String::new() };
        let message = format!("{message}{}{known}", self.when);
        let draft = checker.report(code, self.at.clone(), message);
        draft.severity(severity).address(self.owner.address.clone()).related(related)
    }

    /// Whether a place is one of the block's own.
    pub(super) fn is_own(&self, at: &Located<TextRange>) -> bool {
        at.file == self.owner.header.file && self.owner.range.contains_range(at.node)
    }

    /// Another place of the fault, for [`Draft::related`].
    pub(super) fn place(&self, checker: &Checker<'_>, at: Option<Span>, message: &str) -> Option<Related> {
        let at = checker.locate(at?)?;
        Some(Related { file: at.file, range: at.node, message: message.to_owned() })
    }
}

/// A parent that is no id at all is reported as such alone; what would mend it stays where nothing better is known.
pub(super) fn leave_to_parents(found: &mut Vec<Diagnostic>) {
    let (argument, parent) = (codes::INVALID_ARGUMENT.name, codes::INVALID_PARENT_ID.name);
    let places = |code: &str, found: &[Diagnostic]| -> BTreeSet<(FileId, TextSize)> {
        found.iter().filter(|one| one.code == code).map(|one| (one.file, one.range.start())).collect()
    };
    let parents = places(parent, found);
    let both: BTreeSet<_> = places(argument, found).intersection(&parents).copied().collect();
    if both.is_empty() {
        return;
    }
    let is_both = |one: &Diagnostic| both.contains(&(one.file, one.range.start()));
    let (left, kept) = found.drain(..).partition::<Vec<_>, _>(|one| one.code == argument && is_both(one));
    *found = kept;
    for mut one in left {
        let same = |other: &&mut Diagnostic| {
            other.code == parent && (other.file, other.range.start()) == (one.file, one.range.start())
        };
        if let Some(other) = found.iter_mut().find(same).filter(|other| other.fixes.is_empty()) {
            other.fixes.append(&mut one.fixes);
        }
    }
}
