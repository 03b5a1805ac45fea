//! `syntax-error`: what the parser could not make sense of.

use super::Findings;
use super::codes::SYNTAX_ERROR;
use crate::syntax::Parse;

pub(super) fn check(findings: &mut Findings<'_>, parse: &Parse) {
    for error in parse.errors() {
        findings.add(&SYNTAX_ERROR, error.range, error.message);
    }
}
