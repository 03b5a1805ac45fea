//! Changes that correct a part of a body: another name, another value, or the part removed.

use super::Fix;
use super::checker::Checker;
use super::fix::Applicability;
use crate::azapi::emit;
use crate::ide::SourceChange;
use crate::syntax::ast::{self, AstNode};
use crate::syntax::{SyntaxKind, SyntaxNode};
use crate::terraform::{FileId, Located, ValueKind};
use crate::text::{TextEdit, TextRange, typing_errors};

/// `Change to NAME` for a key that is written as it is, wherever it is in its braces; none for one that an expression
/// gives.
pub(super) fn rename_key(
    checker: &Checker<'_>,
    at: &Located<TextRange>,
    name: &str,
    near: &[&str],
) -> Vec<Fix> {
    let text = checker.text(at);
    let again: Vec<TextRange> = alike(checker, at).iter().filter_map(name_range).collect();
    let is_alike = |range: &TextRange| checker.text(&at.with(*range)) == text;
    let places = if again.is_empty() { vec![at.node] } else { again };
    let written = match &*text {
        text if text == name => emit::key,
        text if text == emit::string(name) => emit::string,
        _ => return Vec::new(),
    };
    if places.iter().all(is_alike) { changes(at.file, &places, name, near, written) } else { Vec::new() }
}

/// `Change to VALUE` for a string that is written out.
pub(super) fn change_string(
    checker: &Checker<'_>,
    at: &Located<TextRange>,
    found: &str,
    near: &[&str],
) -> Vec<Fix> {
    if checker.text(at) != emit::string(found) {
        return Vec::new();
    }
    changes(at.file, &[at.node], found, near, emit::string)
}

fn changes(
    file: FileId,
    places: &[TextRange],
    found: &str,
    near: &[&str],
    written: impl Fn(&str) -> String,
) -> Vec<Fix> {
    let fix = |near: &&str| Fix {
        title: format!("Change to `{near}`"),
        change: SourceChange {
            edits: vec![(file, places.iter().map(|at| TextEdit::replace(*at, written(near))).collect())],
            new_files: Vec::new(),
        },
        applicability: match near.eq_ignore_ascii_case(found) {
            true => Applicability::Safe,
            false => Applicability::Confirm,
        },
        preferred: false,
    };
    let mut fixes: Vec<Fix> = near.iter().map(fix).collect();
    // Where two are as near as each other, nobody can tell which is meant.
    let is_clear = match near {
        [first, second, ..] => typing_errors(found, first) < typing_errors(found, second),
        _ => true,
    };
    if let Some(first) = fixes.first_mut() {
        first.preferred = is_clear;
    }
    fixes
}

/// The value in another notation, where it is written as `from`.
pub(super) fn rewrite(checker: &Checker<'_>, at: &Located<TextRange>, from: &str, to: &str) -> Vec<Fix> {
    if checker.text(at) != from {
        return Vec::new();
    }
    vec![Fix {
        title: format!("Change to `{to}`"),
        change: SourceChange::edit(at.file, TextEdit::replace(at.node, to)),
        applicability: Applicability::Safe,
        preferred: true,
    }]
}

/// `Change to VALUE`, which means what the author meant.
pub(super) fn instead(at: Located<TextRange>, to: String) -> Vec<Fix> {
    vec![Fix {
        title: format!("Change to `{to}`"),
        change: SourceChange::edit(at.file, TextEdit::replace(at.node, to)),
        applicability: Applicability::Confirm,
        preferred: true,
    }]
}

/// `Remove NAME` for a key that is several times in its braces: of two the last counts, and each is wrong.
pub(super) fn remove_alike(
    checker: &Checker<'_>,
    key: &Located<TextRange>,
    name: &str,
    preferred: bool,
) -> Option<Fix> {
    let items = alike(checker, key);
    if items.len() < 2 {
        return None;
    }
    let mut ranges: Vec<TextRange> = Vec::new();
    let mut first = &items[0];
    for item in &items {
        let range = whole(item);
        match ranges.last_mut() {
            // Neighbours on a line share the comma between them, and the last ones the one in front of both.
            Some(last) if range.start() <= last.end() => {
                let is_last = range.start() < item.text_range().start() && !starts_line(item);
                *last =
                    if is_last { before(first, last.cover(range)).cover(range) } else { last.cover(range) };
            }
            _ => {
                first = item;
                ranges.push(range);
            }
        }
    }
    let edits = ranges.into_iter().map(|range| TextEdit::replace(range, "")).collect();
    Some(Fix {
        title: format!("Remove `{name}`"),
        change: SourceChange { edits: vec![(key.file, edits)], new_files: Vec::new() },
        applicability: Applicability::Confirm,
        preferred,
    })
}

/// The items, or the arguments, of the same name in the same braces, in their order.
fn alike(checker: &Checker<'_>, key: &Located<TextRange>) -> Vec<SyntaxNode> {
    let Some(part) = part_of(checker, key) else { return Vec::new() };
    let name = name_of(&part);
    let parts = part.parent().into_iter().flat_map(|braces| braces.children().collect::<Vec<_>>());
    parts.filter(|it| it.kind() == part.kind() && name.is_some() && name_of(it) == name).collect()
}

/// The name that an item or an argument gives a value to.
fn name_of(part: &SyntaxNode) -> Option<String> {
    match ast::ObjectItem::cast(part.clone()) {
        Some(item) => item.key_text(),
        None => Some(ast::Attribute::cast(part.clone())?.name_token()?.text().to_owned()),
    }
}

/// Where that name stands.
fn name_range(part: &SyntaxNode) -> Option<TextRange> {
    match ast::ObjectItem::cast(part.clone()) {
        Some(item) => Some(item.key()?.range()),
        None => Some(ast::Attribute::cast(part.clone())?.name_token()?.text_range()),
    }
}

/// `Remove NAME` for the item or the argument of a key.
pub(super) fn remove(
    checker: &Checker<'_>,
    key: &Located<TextRange>,
    name: &str,
    preferred: bool,
) -> Option<Fix> {
    let part = part_of(checker, key)?;
    Some(Fix {
        title: format!("Remove `{name}`"),
        change: SourceChange::edit(key.file, remove_edit(&part)),
        applicability: Applicability::Confirm,
        preferred,
    })
}

/// The item or the argument of a key.
fn part_of(checker: &Checker<'_>, key: &Located<TextRange>) -> Option<SyntaxNode> {
    checker.node(key)?.ancestors().take(3).find(|node| name_range(node) == Some(key.node))
}

/// How the value of a key is written.
pub(super) fn value_text(checker: &Checker<'_>, key: &Located<TextRange>) -> Option<String> {
    let part = part_of(checker, key)?;
    let item = ast::ObjectItem::cast(part.clone()).and_then(|item| item.value());
    let value = item.or_else(|| ast::Attribute::cast(part)?.value())?;
    Some(value.syntax().text().to_string())
}

/// Removes an item or an argument, with its line or the comma that sets it off.
pub(super) fn remove_edit(part: &SyntaxNode) -> TextEdit {
    TextEdit::replace(whole(part), "")
}

/// The part with its line break, or with the comma that sets it off from its neighbour.
pub(super) fn whole(part: &SyntaxNode) -> TextRange {
    let mut range = part.text_range();
    let Some(last) = part.last_token() else { return range };
    let (mut at, mut comma) = (last.next_token(), false);
    while let Some(token) = at {
        match token.kind() {
            SyntaxKind::WHITESPACE => {}
            SyntaxKind::COMMA if !comma => comma = true,
            SyntaxKind::NEWLINE if starts_line(part) => {
                return TextRange::new(line_start(part), token.text_range().end());
            }
            // A note on the part goes with it.
            kind if kind.is_trivia() && starts_line(part) && !token.text().contains('\n') => {
                at = token.next_token();
                continue;
            }
            _ => break,
        }
        if comma {
            range = range.cover(token.text_range());
        }
        at = token.next_token();
    }
    if comma { range } else { before(part, range) }
}

/// Of the last item on a line, the comma in front goes.
fn before(part: &SyntaxNode, mut range: TextRange) -> TextRange {
    let tokens =
        std::iter::successors(part.first_token().and_then(|it| it.prev_token()), |it| it.prev_token());
    for token in tokens {
        match token.kind() {
            SyntaxKind::WHITESPACE => {}
            SyntaxKind::COMMA => return range.cover(token.text_range()),
            _ => break,
        }
        range = range.cover(token.text_range());
    }
    part.text_range()
}

/// Whether only blanks stand before it on its line.
pub(super) fn starts_line(part: &SyntaxNode) -> bool {
    let mut before =
        std::iter::successors(part.first_token().and_then(|it| it.prev_token()), |it| it.prev_token());
    before
        .find(|token| token.kind() != SyntaxKind::WHITESPACE)
        .is_none_or(|token| token.kind() == SyntaxKind::NEWLINE)
}

fn line_start(part: &SyntaxNode) -> crate::text::TextSize {
    let blank = part.first_token().and_then(|token| token.prev_token());
    let blank = blank.filter(|token| token.kind() == SyntaxKind::WHITESPACE);
    blank.map_or(part.text_range().start(), |token| token.text_range().start())
}

/// The argument of a `jsonencode` call in the call's place, where that may be an object.
pub(super) fn without_jsonencode(checker: &Checker<'_>, at: &Located<TextRange>) -> Option<Fix> {
    let calls = checker.node(at)?;
    let call = calls.ancestors().filter_map(ast::Call::cast).find(|call| call.function() == "jsonencode")?;
    let mut argument = only_argument(&call)?;
    // One may be written within another.
    while let ast::Expression::Call(inner) = argument.without_parens()
        && inner.function() == "jsonencode"
    {
        argument = only_argument(&inner)?;
    }
    let value = checker.evaluator.value(&at.with(argument.clone()));
    let may_be_object = matches!(
        value.kind,
        ValueKind::Object(_) | ValueKind::Unknown { .. } | ValueKind::OneOf(_) | ValueKind::Computed(_)
    );
    if !may_be_object {
        return None;
    }
    let text = argument.syntax().text().to_string();
    Some(Fix {
        title: "Write the object itself".to_owned(),
        change: SourceChange::edit(at.file, TextEdit::replace(call.syntax().text_range(), text)),
        applicability: Applicability::Confirm,
        preferred: true,
    })
}

fn only_argument(call: &ast::Call) -> Option<ast::Expression> {
    let mut arguments = call.args();
    let (argument, None) = (arguments.next()?, arguments.next()) else { return None };
    Some(argument)
}
