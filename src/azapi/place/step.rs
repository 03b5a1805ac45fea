//! The step of a reference that is being written: `azapi_resource.x[0].output.pro`.

use crate::syntax::walk::{Bias, token_at};
use crate::syntax::{SyntaxKind, SyntaxNode, SyntaxToken};
use crate::text::{TextRange, TextSize};

/// A longer chain of steps is none that anyone writes.
const LONGEST: usize = 1_000;

/// A name behind a dot, whole or in part, or where one belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// The steps in front of the dot as they are written, each with its indexes; at least one.
    pub(crate) before: Vec<String>,
    /// What is written of it in front of the cursor.
    pub(crate) written: String,
    /// What another name replaces. Empty where nothing is written.
    pub(crate) range: TextRange,
}

impl Step {
    /// `None` where the cursor is behind no dot.
    pub(crate) fn at(root: &SyntaxNode, offset: TextSize) -> Option<Self> {
        let left = token_at(root, offset, Bias::Left)?;
        let (dot, written, range) = if left.kind() == SyntaxKind::DOT {
            let behind = token_at(root, offset, Bias::Right).filter(is_name);
            let range = behind.map_or_else(|| TextRange::empty(offset), |name| name.text_range());
            (left, String::new(), range)
        } else if is_name(&left) {
            let taken = usize::from(offset - left.text_range().start());
            (left.prev_token()?, left.text()[..taken].to_owned(), left.text_range())
        } else {
            return None;
        };
        let before = (dot.kind() == SyntaxKind::DOT).then(|| before(&dot))?;
        let begins_with_name = !before.first()?.starts_with(|c: char| c.is_ascii_digit());
        begins_with_name.then_some(Self { before, written, range })
    }
}

fn is_name(token: &SyntaxToken) -> bool {
    matches!(token.kind(), SyntaxKind::IDENT | SyntaxKind::NUMBER)
}

/// The steps in front of a dot.
fn before(dot: &SyntaxToken) -> Vec<String> {
    let (mut all, mut current): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut depth = 0_usize;
    let tokens = std::iter::successors(dot.prev_token(), SyntaxToken::prev_token).take(LONGEST);
    for token in tokens {
        match token.kind() {
            SyntaxKind::R_BRACKET => depth += 1,
            SyntaxKind::L_BRACKET if depth > 0 => depth -= 1,
            _ if depth > 0 || is_name(&token) => {}
            SyntaxKind::DOT => {
                all.push(joined(&mut current));
                continue;
            }
            _ => break,
        }
        current.push(token.text().to_owned());
    }
    all.push(joined(&mut current));
    all.reverse();
    let mut steps: Vec<String> = Vec::new();
    for step in all {
        match steps.last_mut() {
            // `x.0` is an old way to write `x[0]`.
            Some(last) if !step.is_empty() && step.chars().all(|c| c.is_ascii_digit()) => {
                last.push_str(&format!("[{step}]"));
            }
            _ => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps
}

/// What was gathered from behind.
fn joined(parts: &mut Vec<String>) -> String {
    parts.drain(..).rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The step at `|`: what is before it, what is written of it, and what another name replaces.
    fn step(text: &str) -> Option<(Vec<String>, String, String)> {
        let offset = text.find('|').unwrap();
        let text = text.replace('|', "");
        let root = crate::syntax::parse(&text).syntax();
        let step = Step::at(&root, TextSize::new(offset as u32))?;
        Some((step.before, step.written, text[step.range].to_owned()))
    }

    fn steps(before: &[&str], written: &str, replaced: &str) -> Option<(Vec<String>, String, String)> {
        let before = before.iter().map(|step| (*step).to_owned()).collect();
        Some((before, written.to_owned(), replaced.to_owned()))
    }

    #[test]
    fn a_step_is_what_is_written_behind_a_dot() {
        let output = ["azapi_resource", "a", "output"];
        assert_eq!(step("x = azapi_resource.a.output.|"), steps(&output, "", ""));
        assert_eq!(step("x = azapi_resource.a.output.|\ny = 1\n"), steps(&output, "", ""));
        assert_eq!(step("x = azapi_resource.a.output.pro|p"), steps(&output, "pro", "prop"));
        assert_eq!(step("x = azapi_resource.a.output.|prop.b"), steps(&output, "", "prop"));
        assert_eq!(step("x = \"${azapi_resource.a[0].i|d}\""), steps(&["azapi_resource", "a[0]"], "i", "id"));
        assert_eq!(step("x = [for y in data.a.b[\"c d\"].|"), steps(&["data", "a", "b[\"c d\"]"], "", ""));
        assert_eq!(step("x = f(a.b[\"x.y\"].c.0.d|)"), steps(&["a", "b[\"x.y\"]", "c[0]"], "d", "d"));
        assert_eq!(step("x = {\n  y = var.|\n}\n"), steps(&["var"], "", ""));
        assert_eq!(step("x = a.b[local.c[0]].d.|"), steps(&["a", "b[local.c[0]]", "d"], "", ""));
    }

    #[test]
    fn where_no_dot_is_no_step_is() {
        for text in ["x = azapi|", "|", "x = |.", "x = 1.|", "x = \"a.|\"", "x = a.b |", "x = [.|]", "# a.|"]
        {
            assert_eq!(step(text), None, "{text}");
        }
    }
}
