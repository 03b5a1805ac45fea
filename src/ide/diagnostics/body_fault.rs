//! What the checks of a body's faults share: one judgment for each block, where a fault is shown, how severe it is,
//! and how a message names the part.

use std::collections::HashMap;
use std::sync::Arc;

use super::checker::{Checker, Draft};
use super::codes::Code;
use super::{Diagnostic, Related, Severity, possible_type, type_reference};
use crate::azapi::Resource;
use crate::azapi::body::RootSource;
use crate::azapi::validate::{Certainty, Fault, FaultKind, Judged, judge_block, judge_by_defaults};
use crate::schema::path::Step;
use crate::syntax::SyntaxNode;
use crate::syntax::ast::{self, AstNode};
use crate::terraform::eval::Dependency;
use crate::terraform::span::Span;
use crate::terraform::value::{Object, When};
use crate::terraform::{FileId, Located};
use crate::text::TextRange;

/// A longer condition is not repeated in a message.
const LONGEST_CONDITION: usize = 60;

/// What looks at every fault.
pub(super) type BodyCheck = fn(&mut Checker<'_>, &BodyFault<'_>);

/// A fault of a block's body, and where it is shown.
pub(super) struct BodyFault<'b> {
    pub(super) fault: &'b Fault<'b>,
    /// All faults of the body; none where only a default is looked at.
    pub(super) all: &'b [Fault<'b>],
    pub(super) resource: &'b Resource<'b>,
    pub(super) at: Located<TextRange>,
    severity: Severity,
    when: String,
    /// Whether it is one of a variable's default: what to write instead is the author's to say.
    is_default: bool,
}

/// Judges the body of a block once, for all codes; false where nothing is known of it. `arguments` are the block's,
/// `needs` what they depend on.
pub(super) fn check(
    checker: &mut Checker<'_>,
    resource: &Resource<'_>,
    arguments: &[Object],
    needs: &[Arc<Dependency>],
    checks: &[BodyCheck],
) -> bool {
    check_by_default_type(checker, resource, arguments, checks);
    let Some(judged) = judge_block(checker.schema, &resource.block, arguments) else { return false };
    let of_defaults = default_faults(checker, resource, &judged, needs);
    if judged.faults.is_empty() && of_defaults.is_empty() {
        return judged.is_whole;
    }
    let is_checked = judged.source == RootSource::Resource;
    let is_validated = type_reference::is_validated(&checker.evaluator, resource);
    for fault in &judged.faults {
        if matches!(fault.kind, FaultKind::StringBody { .. }) && checker.is_before_2() {
            checker.is_untracked = true;
            continue;
        }
        let severity = match (fault.certainty, &fault.kind) {
            // The form of an argument is checked in every block, whatever else is not.
            (Certainty::Sure, FaultKind::StringBody { argument })
                if resource.block.definition.refuses_string(argument) =>
            {
                Severity::Error
            }
            _ if !is_validated => Severity::Information,
            (_, FaultKind::StringBody { .. }) => Severity::Warning,
            (Certainty::Sure, kind) if is_checked && !kind.is_lenient() => Severity::Error,
            _ => Severity::Warning,
        };
        let when = match fault.certainty {
            Certainty::Sure => String::new(),
            Certainty::When(when) => when_text(checker, when),
        };
        let when = with_type(when, fault.of_type.as_deref());
        let at = place_of(checker, resource, fault);
        let found = BodyFault { fault, all: &judged.faults, resource, at, severity, when, is_default: false };
        for check in checks {
            check(checker, &found);
        }
    }
    for (fault, at, variable) in &of_defaults {
        let severity = if is_validated { Severity::Warning } else { Severity::Information };
        let when = format!(" (the default of `var.{variable}`)");
        let at = shown_at(checker, fault, at.clone());
        let found = BodyFault { fault, all: &[], resource, at, severity, when, is_default: true };
        for check in checks {
            check(checker, &found);
        }
    }
    judged.is_whole
}

/// Judges the body by the type that a variable's default gives, where nothing else does: what a call of the module may
/// change is a warning that says so.
fn check_by_default_type(
    checker: &mut Checker<'_>,
    resource: &Resource<'_>,
    arguments: &[Object],
    checks: &[BodyCheck],
) {
    let is_open =
        |arguments: &Object| arguments.items.get("type").is_some_and(|ty| possible_type::is_open(&ty.value));
    if !arguments.iter().all(is_open) {
        return;
    }
    let Some(default) = possible_type::by_default(checker, resource) else { return };
    let by_default = |arguments: &Object| {
        let mut items = (*arguments.items).clone();
        if let Some(ty) = items.get_mut("type") {
            ty.value = default.ty.clone();
        }
        Object { items: Arc::new(items), ..arguments.clone() }
    };
    let arguments: Vec<Object> = arguments.iter().map(by_default).collect();
    let resource = &default.resource;
    let Some(judged) = judge_block(checker.schema, &resource.block, &arguments) else { return };
    let is_validated = type_reference::is_validated(&checker.evaluator, resource);
    let severity = if is_validated { Severity::Warning } else { Severity::Information };
    // What another variable decides may follow the type that is given.
    let is_sure = |fault: &Fault<'_>| fault.certainty == Certainty::Sure && hangs_on_values(fault);
    let faults: Vec<Fault<'_>> = judged.faults.into_iter().filter(is_sure).collect();
    for fault in &faults {
        let (when, at) = (default.when(), place_of(checker, resource, fault));
        let found = BodyFault { fault, all: &faults, resource, at, severity, when, is_default: false };
        for check in checks {
            check(checker, &found);
        }
    }
}

/// What is wrong with the defaults of variables that a body uses, where the default is written, and of which variable.
fn default_faults<'s>(
    checker: &mut Checker<'s>,
    resource: &Resource<'_>,
    judged: &Judged<'_>,
    needs: &[Arc<Dependency>],
) -> Vec<(Fault<'s>, Located<TextRange>, String)> {
    let module = checker.evaluator.module();
    let has_default = |need: &Arc<Dependency>| {
        let declared = need.own_variable().and_then(|address| module.block(address));
        declared.and_then(|block| block.node.body()?.attribute("default")).is_some()
    };
    // As a call gives them, the module's own defaults are judged already.
    if !checker.judges_defaults || !needs.iter().any(has_default) {
        return Vec::new();
    }
    let evaluator = checker.with_defaults();
    let (by_defaults, more) =
        evaluator.tracked(|| judge_by_defaults(&evaluator, checker.schema, &resource.block));
    match more {
        Some(more) => checker.more_needs.extend(more),
        None => checker.is_untracked = true,
    }
    let is_known = |fault: &Fault<'_>| judged.faults.iter().any(|one| one.at == fault.at);
    let faults = by_defaults.map(|judged| judged.faults).unwrap_or_default();
    let of_default = |fault: Fault<'s>| {
        if is_known(&fault) || !hangs_on_values(&fault) {
            return None;
        }
        let at = checker.locate(fault.at?)?;
        let variable = variable_around(&checker.node(&at)?)?;
        Some((fault, at, variable))
    };
    faults.into_iter().filter_map(of_default).collect()
}

/// Whether a fault is one of the values: a secret and a body as a string are none, whatever a variable gives.
fn hangs_on_values(fault: &Fault<'_>) -> bool {
    !matches!(fault.kind, FaultKind::Secret { .. } | FaultKind::StringBody { .. })
}

/// The variable whose default, or whose type's defaults, a node is part of.
fn variable_around(node: &SyntaxNode) -> Option<String> {
    let attribute = node.ancestors().find_map(|node| {
        let attribute = ast::Attribute::cast(node)?;
        matches!(&*attribute.name(), "default" | "type").then_some(attribute)
    })?;
    let block = attribute.syntax().ancestors().find_map(ast::Block::cast)?;
    let name = block.labels().next().filter(|_| block.keyword() == "variable")?;
    Some(name.text())
}

/// Where a fault is written; of what is written nowhere, the block's header.
fn place_of(checker: &Checker<'_>, resource: &Resource<'_>, fault: &Fault<'_>) -> Located<TextRange> {
    let at = fault.at.and_then(|span| checker.locate(span));
    at.map(|at| shown_at(checker, fault, at)).unwrap_or_else(|| header(&resource.block.syntax))
}

/// Of braces that lack something and that no key names, as in a list, the first alone.
fn shown_at(checker: &Checker<'_>, fault: &Fault<'_>, at: Located<TextRange>) -> Located<TextRange> {
    if fault.kind.is_missing() { brace_alone(checker, at) } else { at }
}

/// Of braces the first alone.
pub(super) fn brace_alone(checker: &Checker<'_>, at: Located<TextRange>) -> Located<TextRange> {
    match checker.text(&at).starts_with('{') {
        true => at.with(TextRange::at(at.node.start(), 1.into())),
        false => at,
    }
}

pub(super) fn when_text(checker: &Checker<'_>, when: Option<When>) -> String {
    match when {
        Some(When::Condition(span, holds)) => {
            let text = checker.locate(span).map(|at| checker.text(&at)).unwrap_or_default();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let short = !text.is_empty() && text.len() <= LONGEST_CONDITION;
            let condition = if short { format!("`{text}`") } else { "the condition".to_owned() };
            format!(" (when {condition} is {holds})")
        }
        Some(When::Allowed(_)) => " (for one of the values that the variable may have)".to_owned(),
        Some(When::Fallback(_)) => " (when the call gives this argument)".to_owned(),
        None => " (in some cases)".to_owned(),
    }
}

/// The same with the one of several types that is meant.
fn with_type(when: String, of_type: Option<&str>) -> String {
    let Some(of_type) = of_type else { return when };
    match when.strip_prefix(" (") {
        Some(when) => format!(" (as `{of_type}`, {when}"),
        None => format!(" (as `{of_type}`)"),
    }
}

/// From the keyword to the last label.
pub(super) fn header(block: &Located<ast::Block>) -> Located<TextRange> {
    let start = block.node.syntax().text_range().start();
    let end = block.node.labels().last().map_or(start, |label| label.syntax().text_range().end());
    block.with(TextRange::new(start, end))
}

impl BodyFault<'_> {
    /// The last name of the path in backticks; of an item of a list with the name of the list.
    pub(super) fn subject(&self) -> String {
        let steps = self.fault.path.steps();
        let key = |step: &Step| matches!(step, Step::Key(_) | Step::FreeKey(_));
        let from = steps.iter().rposition(key).unwrap_or(0);
        let name: crate::schema::path::BodyPath = steps[from..].iter().cloned().collect();
        match name.dotted() {
            name if name.is_empty() => "`body`".to_owned(),
            name => format!("`{name}`"),
        }
    }

    /// What holds the part: `` `properties` ``, or the resource type.
    pub(super) fn parent(&self) -> String {
        let path = self.fault.path.dotted();
        match path.rsplit_once('.') {
            Some((parent, _)) => format!("`{parent}`"),
            None => {
                let of_type = self.fault.of_type.as_deref().and_then(|of_type| of_type.split_once('@'));
                let name = of_type.map(|(name, _)| name.to_owned()).or_else(|| self.resource.type_name());
                format!("`{}`", name.unwrap_or_else(|| "body".to_owned()))
            }
        }
    }

    /// Reports it; `message` is about every outcome that has the fault.
    pub(super) fn report<'c>(
        &self,
        checker: &'c mut Checker<'_>,
        code: &'static Code,
        message: &str,
    ) -> Draft<'c> {
        let own = self.resource.block.syntax.node.syntax().text_range();
        let elsewhere = self.at.file != self.resource.block.syntax.file || !own.contains_range(self.at.node);
        let header = header(&self.resource.block.syntax);
        let related = elsewhere.then(|| Related {
            file: header.file,
            range: header.node,
            message: format!("part of the body of `{}`", self.resource.block.address()),
        });
        let message = format!("{message}{}", self.when);
        let draft = checker.report(code, self.at.clone(), message);
        let draft = draft.severity(self.severity).of(self.resource).related(related);
        let draft = draft.path(self.fault.path.dotted());
        if self.is_default { draft.without_fixes() } else { draft }
    }
}

/// What several blocks share is reported once, with the number of blocks.
pub(super) fn merge_equal(found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(FileId, TextRange, &'static str, String), usize> = HashMap::new();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(found.len());
    let mut counts: Vec<usize> = Vec::with_capacity(found.len());
    for one in found.drain(..) {
        let at = *first.entry((one.file, one.range, one.code, one.message.clone())).or_insert(kept.len());
        match kept.get_mut(at).filter(|twin| twin.path.is_some()) {
            Some(twin) => {
                counts[at] += usize::from(twin.address != one.address);
                twin.severity = twin.severity.max(one.severity);
            }
            None => {
                kept.push(one);
                counts.push(1);
            }
        }
    }
    for (one, count) in kept.iter_mut().zip(counts) {
        if count > 1 {
            one.message.push_str(&format!(" (in {count} blocks)"));
        }
    }
    *found = kept;
}

impl Checker<'_> {
    pub(super) fn locate(&self, span: Span) -> Option<Located<TextRange>> {
        self.evaluator.locate(span).map(|(file, range)| Located::new(file, range))
    }

    fn root(&self, file: FileId) -> Option<SyntaxNode> {
        Some(self.evaluator.file(file)?.root().syntax().clone())
    }

    /// What is written there; empty for a file that is not of the module or one that it calls.
    pub(super) fn text(&self, at: &Located<TextRange>) -> String {
        let root = self.root(at.file).filter(|root| root.text_range().contains_range(at.node));
        // A slice is looked for through all of a node.
        match root.map(|root| root.covering_element(at.node)) {
            Some(rowan::NodeOrToken::Node(node)) => {
                node.text().slice(at.node - node.text_range().start()).to_string()
            }
            Some(rowan::NodeOrToken::Token(token)) => {
                token.text()[at.node - token.text_range().start()].to_owned()
            }
            None => String::new(),
        }
    }

    /// The innermost node around a range.
    pub(super) fn node(&self, at: &Located<TextRange>) -> Option<SyntaxNode> {
        let root = self.root(at.file).filter(|root| root.text_range().contains_range(at.node))?;
        match root.covering_element(at.node) {
            rowan::NodeOrToken::Node(node) => Some(node),
            rowan::NodeOrToken::Token(token) => token.parent(),
        }
    }
}
