//! Findings: runs the checks over a file, sorts what they found, applies suppressions and settings.

mod block;
pub mod codes;
mod parent_id;
mod resource_type;
mod suppress;
mod syntax;

use codes::Code;
use suppress::Suppressions;

use super::{Analysis, Diagnostic, FileId, Related, Severity, SeveritySetting};
use crate::azapi::Resource;
use crate::schema::Schema;
use crate::syntax::ast::AstNode;
use crate::terraform::{Assume, Evaluator, Located, Module};
use crate::text::TextRange;

/// What the checks of one file work on and add to.
struct Findings<'a> {
    analysis: &'a Analysis,
    file: FileId,
    evaluator: Evaluator<'a>,
    found: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    fn schema(&self) -> &'a Schema {
        self.analysis.schema_of(self.file)
    }

    /// Adds a finding with its code's own severity; [`Draft`] has the rest.
    fn add(&mut self, code: &'static Code, range: TextRange, message: String) -> Draft<'_> {
        self.found.push(Diagnostic {
            range,
            code: code.name,
            severity: code.severity,
            message,
            related: Vec::new(),
            address: None,
            path: None,
        });
        let at = self.found.len() - 1;
        Draft { finding: &mut self.found[at] }
    }
}

/// A finding just added.
struct Draft<'f> {
    finding: &'f mut Diagnostic,
}

impl Draft<'_> {
    fn severity(self, severity: Severity) -> Self {
        self.finding.severity = severity;
        self
    }

    fn of(self, resource: &Resource<'_>) -> Self {
        self.finding.address = Some(resource.block.address().to_string());
        self
    }

    fn related(self, related: Option<Related>) -> Self {
        self.finding.related.extend(related);
        self
    }
}

/// All findings of a file, by range. Empty for a file that is not in the module, and when nobody waits any more.
pub(super) fn diagnostics(analysis: &Analysis, module: &Module, file: FileId) -> Vec<Diagnostic> {
    let (Some(in_module), Some(source)) = (module.file(file), analysis.source(file)) else {
        return Vec::new();
    };
    let mut findings =
        Findings { analysis, file, evaluator: Evaluator::new(module, Assume::Nothing), found: Vec::new() };
    syntax::check(&mut findings, &source.parse);
    for block in in_module.root().body().blocks() {
        if analysis.check_cancelled().is_err() {
            return Vec::new();
        }
        let schema = findings.schema();
        if let Some(resource) = Resource::of(&findings.evaluator, schema, Located::new(file, block)) {
            block::check(&mut findings, &resource);
            resource_type::check(&mut findings, &resource);
            parent_id::check(&mut findings, &resource);
        }
    }
    let suppressions = Suppressions::of(in_module.root().syntax(), &source.rope);
    finish(analysis, file, findings.found, &suppressions)
}

fn finish(
    analysis: &Analysis,
    file: FileId,
    mut found: Vec<Diagnostic>,
    suppressions: &Suppressions,
) -> Vec<Diagnostic> {
    let settings = &analysis.config_of(file).severities;
    found.retain_mut(|finding| {
        match settings.get(finding.code) {
            Some(SeveritySetting::Off) => return false,
            Some(SeveritySetting::As(severity)) => finding.severity = *severity,
            None => {}
        }
        !suppressions.covers(finding.code, finding.range)
    });
    found.sort_by(|a, b| {
        (a.range.start(), a.range.end(), a.code).cmp(&(b.range.start(), b.range.end(), b.code))
    });
    found
}

#[cfg(test)]
mod tests;
