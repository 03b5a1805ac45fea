//! `syntax-error`: what the parser could not make sense of.

use super::checker::Checker;
use super::codes::SYNTAX_ERROR;
use crate::ide::SourceFile;
use crate::terraform::{FileId, Located};

pub(super) fn check(checker: &mut Checker<'_>, file: FileId, source: &SourceFile) {
    for error in source.parse.errors() {
        checker.report(&SYNTAX_ERROR, Located::new(file, error.range), error.message);
    }
}
