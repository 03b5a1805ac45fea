//! What checks read from and report to.

use super::body_fault::BodyCheck;
use super::codes::Code;
use super::{Diagnostic, Fix, Related, Severity};
use crate::azapi::Resource;
use crate::ide::{Analysis, SourceFile};
use crate::schema::Schema;
use crate::terraform::{Assume, Evaluator, FileId, Located, Module, eval};
use crate::text::TextRange;

/// How a code is looked for.
#[derive(Clone, Copy)]
pub(super) enum Check {
    /// Once a file. Reports in this file alone.
    File(fn(&mut Checker<'_>, FileId, &SourceFile)),
    /// Once an azapi block. Reports in the block's file alone, so that no other file's blocks are looked at when
    /// its diagnostics are asked for.
    Block(fn(&mut Checker<'_>, &Resource<'_>)),
    /// Once an azapi block. Reports where its values are written, in any file of the module: it looks at every
    /// block of the module when the diagnostics of one file are asked for.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the codes that are reported away from their block look at bodies")
    )]
    Values(fn(&mut Checker<'_>, &Resource<'_>)),
    /// Once for each fault of a block's body, which is judged once for all codes. Reports where its values are
    /// written, as [`Check::Values`] does.
    Body(BodyCheck),
}

/// One run of checks over a module.
pub(super) struct Checker<'a> {
    pub(super) schema: &'a Schema,
    /// For verdicts: a variable may have any value.
    pub(super) evaluator: Evaluator<'a>,
    /// The same with the places of all values.
    pub(super) values: eval::Evaluator<'a>,
    pub(super) found: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    /// `file` is one of the module's.
    pub(super) fn new(analysis: &'a Analysis, module: &'a Module, file: FileId) -> Self {
        let evaluator = Evaluator::new(module, Assume::Nothing);
        let values = eval::Evaluator::new(module, eval::Assume::Nothing);
        Self { schema: analysis.schema_of(file), evaluator, values, found: Vec::new() }
    }

    /// Adds a diagnostic with its code's own severity; [`Draft`] has the rest.
    pub(super) fn report(
        &mut self,
        code: &'static Code,
        at: Located<TextRange>,
        message: String,
    ) -> Draft<'_> {
        self.found.push(Diagnostic {
            file: at.file,
            range: at.node,
            code: code.name,
            severity: code.severity,
            message,
            related: Vec::new(),
            address: None,
            path: None,
            fixes: Vec::new(),
        });
        let last = self.found.len() - 1;
        Draft { code, diagnostic: &mut self.found[last] }
    }
}

/// A diagnostic just reported.
pub(super) struct Draft<'f> {
    code: &'static Code,
    diagnostic: &'f mut Diagnostic,
}

impl Draft<'_> {
    pub(super) fn severity(self, severity: Severity) -> Self {
        self.diagnostic.severity = severity;
        self
    }

    /// The block that has the fault.
    pub(super) fn of(self, resource: &Resource<'_>) -> Self {
        self.diagnostic.address = Some(resource.block.address().to_string());
        self
    }

    pub(super) fn related(self, related: Option<Related>) -> Self {
        self.diagnostic.related.extend(related);
        self
    }

    /// The dotted path inside `body`.
    pub(super) fn path(self, path: String) -> Self {
        self.diagnostic.path = Some(path);
        self
    }

    /// The likeliest first. The code must be registered as one that has fixes.
    pub(super) fn fixes(self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        self.diagnostic.fixes.extend(fixes);
        debug_assert!(self.code.has_fix || self.diagnostic.fixes.is_empty(), "{}", self.code.name);
        self
    }
}
