//! What checks read from and report to.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::argument_fault::ArgumentCheck;
use super::body_fault::BodyCheck;
use super::codes::Code;
use super::most::{Counts, FileDiagnostics};
use super::possible_type::ByDefault;
use super::{Diagnostic, Fix, Related, Severity};
use crate::azapi::Resource;
use crate::azapi::parent_candidates::ParentCandidates;
use crate::azapi::provider::required::{is_before_2, is_beyond_known};
use crate::ide::{Analysis, SourceFile};
use crate::schema::Schema;
use crate::terraform::eval::Dependency;
use crate::terraform::{Assume, Evaluator, FileId, Located};
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
    #[cfg_attr(not(test), expect(dead_code, reason = "codes reported away from their block look at bodies"))]
    Values(fn(&mut Checker<'_>, &Resource<'_>)),
    /// Once for each fault of a block's body, which is judged once for all codes. Reports where its values are
    /// written, as [`Check::Values`] does.
    Body(BodyCheck),
    /// Once for each fault in the arguments of an azapi block, of a `provider` block or of a call of a function,
    /// which are judged once for all codes. Reports where its values are written, as [`Check::Values`] does.
    Argument(ArgumentCheck),
}

/// One run of checks over a module.
pub(super) struct Checker<'a> {
    analysis: &'a Analysis,
    /// One of the module's.
    pub(super) file: FileId,
    is_before_2: OnceCell<bool>,
    is_beyond_known: OnceCell<bool>,
    pub(super) schema: &'a Schema,
    /// Where the module configures azapi without a name for resources that have none.
    pub(super) without_name: Option<(FileId, TextRange)>,
    /// Another Terraform server reports what that language alone refuses.
    pub(super) is_companion: bool,
    /// For verdicts: a variable may have any value.
    pub(super) evaluator: Rc<Evaluator<'a>>,
    /// What the file at hand has of syntax errors, sorted.
    pub(super) broken: Vec<TextRange>,
    pub(super) found: Vec<Diagnostic>,
    counts: Counts,
    /// The last one reported, where it is counted only.
    unlisted: Option<Diagnostic>,
    reports: usize,
    /// Whether the block at hand was judged by something that the evaluator does not track.
    pub(super) is_untracked: bool,
    /// The block at hand with the type that a default gives, once some check has asked for it.
    pub(super) by_default: Option<Option<Rc<ByDefault<'a>>>>,
    /// Those of the module at hand, known by where it is.
    parents: RefCell<Option<(usize, ParentCandidates)>>,
    /// What it was judged by besides what `evaluator` looked up.
    pub(super) more_needs: Vec<Arc<Dependency>>,
    /// Whether faults of the defaults of variables are looked for.
    pub(super) judges_defaults: bool,
    defaults: OnceCell<Rc<Evaluator<'a>>>,
}

/// What a checker reported.
pub(super) struct Reported {
    found: Vec<Diagnostic>,
    counts: Counts,
}

/// So many parents are proposed.
const MOST_PARENTS: usize = 5;

impl<'a> Checker<'a> {
    /// `file` is one of the module's; the evaluator must be one for verdicts.
    pub(super) fn new(analysis: &'a Analysis, evaluator: Rc<Evaluator<'a>>, file: FileId) -> Self {
        let schema = analysis.schema_of(file);
        let without_name = crate::azapi::arguments::provider_without_name(evaluator.module());
        let is_companion = analysis.config_of(file).profile == crate::ide::Profile::Companion;
        Self {
            analysis,
            file,
            is_before_2: OnceCell::new(),
            is_beyond_known: OnceCell::new(),
            schema,
            without_name,
            is_companion,
            evaluator,
            broken: Vec::new(),
            found: Vec::new(),
            counts: Counts::default(),
            unlisted: None,
            reports: 0,
            is_untracked: false,
            by_default: None,
            parents: RefCell::default(),
            more_needs: Vec::new(),
            judges_defaults: true,
            defaults: OnceCell::new(),
        }
    }

    /// What a block can live under in the module, best first; `written` is what stands for that now.
    pub(super) fn legal_parents(&self, resource: &Resource<'_>, written: &str) -> Vec<String> {
        // Which module is at hand changes while calls are followed.
        let module = std::ptr::from_ref(self.evaluator.module()).addr();
        let mut kept = self.parents.borrow_mut();
        if kept.as_ref().is_none_or(|(of, _)| *of != module) {
            *kept = Some((module, ParentCandidates::of(&self.evaluator, self.schema)));
        }
        kept.as_ref().map_or_else(Vec::new, |(_, all)| {
            all.legal(&self.evaluator, self.schema, resource, written, MOST_PARENTS)
        })
    }

    /// For what a run sends that is given no value for any variable. Never for an error.
    pub(super) fn with_defaults(&self) -> Rc<Evaluator<'a>> {
        let new = || Rc::new(Evaluator::new(self.evaluator.module(), Assume::Defaults));
        Rc::clone(self.defaults.get_or_init(new))
    }

    /// Whether the module, or one that it is run with, admits no version of azapi but those before 2: a run has one
    /// version for all.
    pub(super) fn is_before_2(&self) -> bool {
        *self.is_before_2.get_or_init(|| self.analysis.modules_around(self.file).iter().any(is_before_2))
    }

    /// Whether the module, or one that it is run with, asks for a later azapi than the one that is known.
    pub(super) fn is_beyond_known(&self) -> bool {
        let around = || self.analysis.modules_around(self.file).iter().any(is_beyond_known);
        *self.is_beyond_known.get_or_init(around)
    }

    /// What the module's configuration of the provider says of its blocks.
    pub(super) fn configured(&self) -> crate::azapi::arguments::Configured {
        let gives_no_name = self.without_name.is_some();
        crate::azapi::arguments::Configured { is_before_2: self.is_before_2(), gives_no_name }
    }

    /// What every verdict on a block depends on, besides what the evaluator looks up.
    pub(super) fn premises(&self) -> usize {
        self.schema.serial() << 2
            | usize::from(self.without_name.is_some())
            | usize::from(self.is_companion) << 1
    }

    /// Whether a part of the file at hand has a syntax error: what is half typed there is not judged.
    pub(super) fn is_broken(&self, part: TextRange) -> bool {
        let behind = self.broken.partition_point(|error| error.end() < part.start());
        self.broken.get(behind).is_some_and(|error| error.start() <= part.end())
    }

    /// Adds a diagnostic with its code's own severity; [`Draft`] has the rest.
    pub(super) fn report(
        &mut self,
        code: &'static Code,
        at: Located<TextRange>,
        message: String,
    ) -> Draft<'_> {
        self.reports += 1;
        self.settle();
        let diagnostic = Diagnostic {
            file: at.file,
            range: at.node,
            code: code.name,
            severity: code.severity,
            message,
            related: Vec::new(),
            address: None,
            path: None,
            fixes: Vec::new(),
        };
        let is_listed = self.counts.lists(&diagnostic);
        let diagnostic = if is_listed {
            self.found.push(diagnostic);
            let last = self.found.len() - 1;
            &mut self.found[last]
        } else {
            self.unlisted.insert(diagnostic)
        };
        Draft { code, diagnostic, takes_fixes: is_listed }
    }

    /// Takes what another one reported, of other blocks of the module, as if it had been reported here.
    pub(super) fn join(&mut self, other: Reported) {
        self.settle();
        for one in other.found {
            match self.counts.lists(&one) {
                true => self.found.push(one),
                false => self.counts.count(self.analysis, self.evaluator.module(), &one),
            }
        }
        self.counts.join(other.counts);
    }

    /// All that was reported since the last time, for another one to join.
    pub(super) fn take_reported(&mut self) -> Reported {
        self.settle();
        Reported { found: std::mem::take(&mut self.found), counts: std::mem::take(&mut self.counts) }
    }

    /// How many were reported so far, whether or not they are listed.
    pub(super) fn reports(&self) -> usize {
        self.reports
    }

    /// Counts the last one that is not listed, now that its severity is known.
    fn settle(&mut self) {
        if let Some(one) = self.unlisted.take() {
            let module = self.evaluator.module();
            self.counts.count(self.analysis, module, &one);
        }
    }

    /// All that was reported.
    pub(super) fn by_file(mut self) -> BTreeMap<FileId, FileDiagnostics> {
        self.settle();
        let mut by_file: BTreeMap<FileId, FileDiagnostics> = BTreeMap::new();
        for one in self.found {
            by_file.entry(one.file).or_default().list.push(one);
        }
        for (file, more) in self.counts.more() {
            by_file.entry(file).or_default().more = more;
        }
        by_file
    }
}

/// A diagnostic just reported.
pub(super) struct Draft<'f> {
    code: &'static Code,
    diagnostic: &'f mut Diagnostic,
    takes_fixes: bool,
}

impl Draft<'_> {
    pub(super) fn severity(self, severity: Severity) -> Self {
        self.diagnostic.severity = severity;
        self
    }

    pub(super) fn address(self, address: Option<String>) -> Self {
        self.diagnostic.address = address;
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

    /// Those that come are left out.
    pub(super) fn without_fixes(self) -> Self {
        Self { takes_fixes: false, ..self }
    }

    /// The likeliest first. The code must be registered as one that has fixes.
    pub(super) fn fixes(self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        self.diagnostic.fixes.extend(fixes.into_iter().filter(|_| self.takes_fixes));
        debug_assert!(self.code.has_fix || self.diagnostic.fixes.is_empty(), "{}", self.code.name);
        self
    }
}
