//! Where values stand and belong: behind a `=`, in brackets, in a template.

use super::body::Sought;
use super::name::left_of;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::syntax::walk::{Bias, token_at};
use crate::syntax::{SyntaxKind, SyntaxNode, SyntaxToken};
use crate::terraform::span::Span;
use crate::text::{TextRange, TextSize};

/// A value as it is written, or the place for one.
pub(super) struct ValueSpot {
    /// The attribute, object item, list or `for` that it stands in.
    pub(super) holder: SyntaxNode,
    /// The expressions around the cursor that give the same value or one of its outcomes, innermost first: a reference
    /// in a template, the template. None where nothing is written.
    pub(super) expressions: Vec<Expression>,
    gap: Option<Gap>,
}

/// Where a value is missing.
enum Gap {
    Attribute(ast::Attribute),
    Item(ast::ObjectItem),
    Element(ast::Tuple, usize),
    For(ast::For),
    Side(ast::Conditional),
}

impl ValueSpot {
    /// The whole of what gives the value in the case that the cursor is in.
    pub(super) fn one_outcome(&self) -> Option<Expression> {
        let is_choice = |one: &&Expression| matches!(one, Expression::Conditional(_) | Expression::Paren(_));
        let until_choice = self.expressions.iter().take_while(|one| !is_choice(one));
        until_choice.last().or(self.expressions.first()).cloned()
    }

    /// The whole value of the attribute or the object item.
    pub(super) fn of_holder(&self) -> Option<Expression> {
        let attribute = || ast::Attribute::cast(self.holder.clone())?.value();
        let item = || ast::ObjectItem::cast(self.holder.clone())?.value();
        attribute().or_else(item)
    }

    /// What to look for in bodies. `attribute` is the argument of a block that it lies in.
    pub(super) fn sought(
        &self,
        attribute: Option<&ast::Attribute>,
        span: &dyn Fn(TextRange) -> Option<Span>,
    ) -> Option<Sought> {
        let argument = attribute.map(ast::Attribute::name);
        match &self.gap {
            Some(Gap::Attribute(own)) if attribute == Some(own) => Some(Sought::Body(own.name())),
            Some(Gap::Attribute(own)) => {
                Some(Sought::Values { spans: vec![span(own.syntax().text_range())?], argument: None })
            }
            Some(Gap::Item(item)) => Some(Sought::ValueOf(span(item.key()?.range())?)),
            Some(Gap::Element(tuple, at)) => Some(Sought::Element { list: span(tuple.range())?, at: *at }),
            Some(Gap::For(each)) => Some(Sought::Round {
                whole: span(each.range())?,
                key: each.key().and_then(|key| span(key.range())),
            }),
            Some(Gap::Side(_)) | None => {
                let whole = attribute.and_then(ast::Attribute::value).map(|value| value.range());
                let at = self.expressions.iter().position(|one| Some(one.range()) == whole);
                let spans = self.expressions.iter().map(|one| span(one.range())).collect::<Option<_>>()?;
                Some(Sought::Values { spans, argument: argument.zip(at) })
            }
        }
    }
}

/// The value at an offset, or the place for one.
pub(super) fn value_at(root: &SyntaxNode, offset: TextSize) -> Option<ValueSpot> {
    if let Some(gap) = gap_at(root, offset) {
        let holder = match &gap {
            Gap::Attribute(it) => it.syntax(),
            Gap::Item(it) => it.syntax(),
            Gap::Element(it, _) => it.syntax(),
            Gap::For(it) => it.syntax(),
            Gap::Side(it) => {
                let holder = it.syntax().ancestors().find(is_holder)?;
                // What the conditional is, its sides are.
                let expressions = carriers(Expression::Conditional(it.clone()));
                return Some(ValueSpot { holder, expressions, gap: Some(gap) });
            }
        };
        return Some(ValueSpot { holder: holder.clone(), expressions: Vec::new(), gap: Some(gap) });
    }
    let inner = innermost(root, offset)?.ancestors().find_map(Expression::cast)?;
    let range = inner.range();
    let is_inside = range.start() < offset && offset < range.end();
    let is_braces = matches!(inner, Expression::Object(_) | Expression::Tuple(_) | Expression::For(_));
    if !range.contains_inclusive(offset) || (is_braces && is_inside) {
        return None;
    }
    let holder = inner.syntax().ancestors().find(is_holder)?;
    Some(ValueSpot { holder, expressions: carriers(inner), gap: None })
}

fn is_holder(node: &SyntaxNode) -> bool {
    matches!(node.kind(), SyntaxKind::ATTRIBUTE | SyntaxKind::OBJECT_ITEM)
}

/// The expression and those around it that have its value, or have it as an outcome or as a part of their text.
fn carriers(innermost: Expression) -> Vec<Expression> {
    let mut all = vec![innermost];
    while let Some((around, is_step)) = all.last().and_then(carrier) {
        if is_step {
            all.pop();
        }
        all.push(around);
    }
    all
}

/// The next one around an expression, and whether that is a step from it.
fn carrier(inner: &Expression) -> Option<(Expression, bool)> {
    let is_inner = |part: Option<Expression>| part.as_ref() == Some(inner);
    let mut in_template = false;
    let mut above = inner.syntax().ancestors().skip(1);
    let around = above.find_map(|node| {
        in_template |= node.kind() == SyntaxKind::INTERPOLATION;
        if is_holder(&node) { Some(None) } else { Expression::cast(node).map(Some) }
    })??;
    let (has_it, is_step) = match &around {
        Expression::GetAttr(get) => (true, is_inner(get.base())),
        Expression::Splat(splat) => (true, is_inner(splat.base())),
        Expression::Index(index) => (is_inner(index.base()), true),
        Expression::Paren(_) => (true, false),
        Expression::Template(_) | Expression::Heredoc(_) => (in_template, false),
        Expression::Conditional(it) => (is_inner(it.if_true()) || is_inner(it.if_false()), false),
        _ => (false, false),
    };
    has_it.then_some((around, is_step))
}

/// Where a value is missing at an offset.
fn gap_at(root: &SyntaxNode, offset: TextSize) -> Option<Gap> {
    let (before, lines) = significant_before(left_of(root, offset)?, offset)?;
    let parent = before.parent()?;
    let missing = |value: Option<Expression>| value.is_none_or(|value| value.range().is_empty());
    match before.kind() {
        SyntaxKind::QUESTION | SyntaxKind::COLON if ast::Conditional::shows(parent.kind()) => {
            side_gap(&parent, &before)
        }
        SyntaxKind::EQ | SyntaxKind::COLON if lines == 0 => {
            if let Some(attribute) = ast::Attribute::cast(parent.clone()) {
                return missing(attribute.value()).then_some(Gap::Attribute(attribute));
            }
            if let Some(item) = ast::ObjectItem::cast(parent.clone()) {
                return missing(item.value()).then_some(Gap::Item(item));
            }
            for_gap(&parent)
        }
        SyntaxKind::FAT_ARROW | SyntaxKind::COLON => for_gap(&parent),
        SyntaxKind::L_BRACKET | SyntaxKind::COMMA => {
            let tuple = ast::Tuple::cast(parent)?;
            let is_at = |element: &Expression| element.range().contains_inclusive(offset);
            let elements: Vec<Expression> = tuple.elements().collect();
            if elements.iter().any(|element| !element.range().is_empty() && is_at(element)) {
                return None;
            }
            let at = elements.iter().filter(|element| element.range().end() < offset).count();
            Some(Gap::Element(tuple, at))
        }
        _ => None,
    }
}

fn side_gap(node: &SyntaxNode, before: &SyntaxToken) -> Option<Gap> {
    let choice = ast::Conditional::cast(node.clone())?;
    let side = if before.kind() == SyntaxKind::QUESTION { choice.if_true() } else { choice.if_false() };
    side.is_none_or(|side| side.range().is_empty()).then_some(Gap::Side(choice))
}

fn for_gap(node: &SyntaxNode) -> Option<Gap> {
    let each = node.ancestors().take(2).find_map(ast::For::cast)?;
    each.value().is_none_or(|value| value.range().is_empty()).then_some(Gap::For(each))
}

/// The last token before an offset that is no white space, and how many line breaks are between.
fn significant_before(mut token: SyntaxToken, offset: TextSize) -> Option<(SyntaxToken, usize)> {
    let mut lines = 0;
    loop {
        let is_space = token.kind() == SyntaxKind::WHITESPACE || token.kind() == SyntaxKind::NEWLINE;
        if !is_space && !token.text_range().is_empty() {
            return (token.text_range().end() <= offset).then_some((token, lines));
        }
        // Only what is before the cursor is between.
        lines += usize::from(token.kind() == SyntaxKind::NEWLINE && token.text_range().end() <= offset);
        token = token.prev_token()?;
    }
}

/// The innermost node at an offset; between two tokens, that of a word rather than that of white space.
fn innermost(root: &SyntaxNode, offset: TextSize) -> Option<SyntaxNode> {
    let token = |bias| token_at(root, offset, bias);
    let token = match (token(Bias::Left), token(Bias::Right)) {
        (Some(left), Some(right)) if left != right && !is_word(&right) => left,
        (_, Some(right)) => right,
        (left, None) => left?,
    };
    token.parent()
}

fn is_word(token: &SyntaxToken) -> bool {
    let is_space = token.kind().is_trivia() || token.kind() == SyntaxKind::NEWLINE;
    let is_end = matches!(
        token.kind(),
        SyntaxKind::COMMA | SyntaxKind::R_BRACE | SyntaxKind::R_BRACKET | SyntaxKind::R_PAREN
    );
    !is_space && !is_end
}

/// The attribute `type` when the place is behind its `=`, on its line: also where half a value, such as a type
/// without quotes, is nothing that the language knows.
pub(super) fn type_on_line(body: &ast::Body, offset: TextSize) -> Option<ast::Attribute> {
    let attribute = body.attribute("type")?;
    let equals = attribute.eq_token()?;
    if offset < equals.text_range().end() {
        return None;
    }
    let mut between = std::iter::successors(equals.next_token(), |token| token.next_token())
        .take_while(|token| token.text_range().start() < offset);
    let on_line = between.all(|token| match token.text().find('\n') {
        Some(at) => offset <= token.text_range().start() + TextSize::new(at as u32),
        None => true,
    });
    on_line.then_some(attribute)
}
