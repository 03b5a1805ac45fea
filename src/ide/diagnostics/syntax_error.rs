//! `syntax-error`: what the parser could not make sense of.

use super::checker::Checker;
use super::codes::SYNTAX_ERROR;
use crate::ide::SourceFile;
use crate::terraform::{FileId, Located};

pub(super) fn check(checker: &mut Checker<'_>, file: FileId, source: &SourceFile) {
    for (range, message) in source.parse.each_error() {
        checker.report(&SYNTAX_ERROR, Located::new(file, range), message.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::tests::check;

    #[test]
    fn each_mistake_is_reported_at_its_place() {
        check(
            "a = [1\nb = \nlocals {}\n",
            expect![[r#"
            | a = [1
            |       ^ Error syntax-error
            `]` is missing: the list is not closed
            | b = 
            |    ^ Error syntax-error
            `b` has no value: expected an expression after `=`
        "#]],
        );
    }
}
