//! Templates: quoted strings, heredocs, and texts that stand elsewhere.

mod strip;

use strip::Stripped;

use super::Evaluator;
use super::conditional::{Decision, choose};
use super::for_expression::Rounds;
use super::scope::{Env, Variables};
use crate::syntax;
use crate::syntax::ast::{self, AstNode, TemplatePart};
use crate::terraform::span::Span;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Decisions, MOST_OUTCOMES, Marks, Object, Outcome, Part, PartKind, Text, Value, ValueKind, When,
};

impl Evaluator<'_> {
    pub(super) fn quoted(&self, template: &ast::Template, env: Env<'_>) -> Value {
        if let Some(text) = template.only_text(|text, range| self.only_text(text, env.span(range))) {
            return text.at(env.span(template.range()));
        }
        let parts: Vec<TemplatePart> = template.parts().collect();
        // A template that is one interpolation and nothing else has that expression's value, whatever its type.
        if let [TemplatePart::Interpolation(only)] = parts.as_slice() {
            return self.eval_some(only.expression(), env);
        }
        let stripped = Stripped::of_quoted(&parts);
        self.parts(&parts, &stripped, env).at(env.span(template.range()))
    }

    pub(super) fn heredoc(&self, heredoc: &ast::Heredoc, env: Env<'_>) -> Value {
        let parts: Vec<TemplatePart> = heredoc.parts().collect();
        let stripped = Stripped::of_heredoc(&parts, heredoc.is_indented());
        self.parts(&parts, &stripped, env).at(env.span(heredoc.range()))
    }

    /// A template that is no part of the module's files, with nothing but these variables.
    pub(super) fn render_text(&self, text: &str, variables: &Object, env: Env<'_>) -> Value {
        // Inside a heredoc, whose escapes it has, under a name that it does not contain.
        let mut name = "EOT".to_owned();
        while text.contains(&name) {
            name.push('_');
        }
        let parse = syntax::parse(&format!("it = <<{name}\n{text}\n{name}\n"));
        if !parse.errors().is_empty() {
            return Value::fails();
        }
        let value = parse.root().body().attribute("it").and_then(|it| it.value());
        let Some(ast::Expression::Heredoc(heredoc)) = value else { return Value::unknown() };
        let variables = Variables::Only(variables);
        let env = Env { site: None, variables: Some(&variables), ..env };
        if !self.budget.step() {
            return Value::unknown();
        }
        let parts: Vec<TemplatePart> = heredoc.parts().collect();
        // The line break before the closing name is not the text's.
        if let [TemplatePart::Interpolation(only), TemplatePart::Text(end)] = parts.as_slice()
            && end.text() == "\n"
        {
            return self.eval_some(only.expression(), env);
        }
        let mut stripped = Stripped::of_heredoc(&parts, false);
        stripped.without_last_line_break(&parts);
        self.parts(&parts, &stripped, env)
    }

    /// Of what most templates are.
    fn only_text(&self, text: &str, span: Option<Span>) -> Value {
        let known = Text::written(text, span).filter(|_| self.budget.step());
        known.map_or_else(|| Value::some(Type::String), |text| ValueKind::String(text).into())
    }

    fn parts(&self, parts: &[TemplatePart], stripped: &Stripped, env: Env<'_>) -> Value {
        let mut builder = TextBuilder::default();
        self.add_parts(&mut builder, parts, stripped, env);
        builder.finish()
    }

    fn add_parts(&self, to: &mut TextBuilder, parts: &[TemplatePart], stripped: &Stripped, env: Env<'_>) {
        for part in parts {
            if !self.budget.step() {
                return to.push_unknown(None);
            }
            match part {
                TemplatePart::Text(text) => {
                    to.push_known(&stripped.text(text), env.span(text.token().text_range()));
                }
                TemplatePart::Interpolation(inner) => {
                    let value = self.eval_some(inner.expression(), env);
                    to.push_value(&value, env.span(inner.range()));
                }
                TemplatePart::If(_) | TemplatePart::For(_) => {
                    if self.budget.within(|| self.add_directive(to, part, stripped, env)).is_none() {
                        return to.push_unknown(None);
                    }
                }
                TemplatePart::Error(_) => to.push_unknown(None),
            }
        }
    }

    fn add_directive(&self, to: &mut TextBuilder, part: &TemplatePart, stripped: &Stripped, env: Env<'_>) {
        match part {
            TemplatePart::If(directive) => self.add_if(to, directive, stripped, env),
            TemplatePart::For(directive) => self.add_for(to, directive, stripped, env),
            _ => {}
        }
    }

    fn add_if(&self, to: &mut TextBuilder, node: &ast::TemplateIf, stripped: &Stripped, env: Env<'_>) {
        let (condition, decision) = self.decision(node.condition(), env);
        let yes: Vec<TemplatePart> = node.if_true().collect();
        let no: Vec<TemplatePart> = node.if_false().collect();
        let span = node.condition().and_then(|condition| env.span(condition.range()));
        match decision {
            Decision::Certain(holds) => {
                to.marks = to.marks.with(condition.marks);
                self.add_parts(to, if holds { &yes } else { &no }, stripped, env);
            }
            _ => {
                let (yes, no) = (self.parts(&yes, stripped, env), self.parts(&no, stripped, env));
                let same = node.condition().and_then(|node| self.same_condition(&node, env));
                to.push_value(&choose(&condition, span, same, yes, no), span);
            }
        }
    }

    fn add_for(&self, to: &mut TextBuilder, node: &ast::TemplateFor, stripped: &Stripped, env: Env<'_>) {
        let collection = self.eval_some(node.collection(), env);
        let span = node.collection().and_then(|it| env.span(it.range()));
        let rounds = match self.rounds(&collection) {
            Rounds::Fails => return to.fail(),
            Rounds::Of { known, rest: None } => known,
            _ => return to.push_unknown(span),
        };
        to.marks = to.marks.with(collection.marks);
        let body: Vec<TemplatePart> = node.body().collect();
        let key_name = node.key_var().map(|token| token.text().to_owned());
        let value_name = node.value_var().map(|token| token.text().to_owned()).unwrap_or_default();
        for round in rounds {
            if !round.is_certain() {
                return to.push_unknown(span);
            }
            let key = key_name.as_deref().map(|name| (name, &round.key));
            self.with_names(key, (&value_name, &round.value), env, |env| {
                self.add_parts(to, &body, stripped, env);
            });
        }
    }
}

/// Puts a string together, in each of the cases that its parts have.
struct TextBuilder {
    cases: Vec<Case>,
    marks: Marks,
}

#[derive(Clone, Default)]
struct Case {
    parts: Vec<Part>,
    when: Option<When>,
    decisions: Decisions,
    fails: bool,
}

impl Default for TextBuilder {
    fn default() -> Self {
        Self { cases: vec![Case::default()], marks: Marks::NONE }
    }
}

impl TextBuilder {
    fn push_all(&mut self, parts: &[Part]) {
        for case in &mut self.cases {
            case.parts.extend_from_slice(parts);
        }
    }

    fn push_known(&mut self, text: &str, span: Option<Span>) {
        self.push_all(&[Part { kind: PartKind::Known(text.into()), span }]);
    }

    fn push_unknown(&mut self, span: Option<Span>) {
        self.push_all(&[Part { kind: PartKind::Unknown, span }]);
    }

    fn fail(&mut self) {
        self.cases.iter_mut().for_each(|case| case.fails = true);
    }

    fn push_value(&mut self, value: &Value, span: Option<Span>) {
        self.marks = self.marks.with(value.marks);
        let ValueKind::OneOf(outcomes) = &value.kind else {
            match parts_of(value, span) {
                Some(parts) => self.push_all(&parts),
                None => self.fail(),
            }
            return;
        };
        if self.cases.len() * outcomes.len() > MOST_OUTCOMES {
            return self.push_unknown(span);
        }
        let with = |case: &Case, outcome: &Outcome| {
            let decisions = case.decisions.and(&outcome.decisions)?;
            let mut case = Case { when: outcome.when.or(case.when), decisions, ..case.clone() };
            match parts_of(&outcome.value, span) {
                Some(parts) => case.parts.extend(parts),
                None => case.fails = true,
            }
            Some(case)
        };
        let cases =
            self.cases.iter().flat_map(|case| outcomes.iter().filter_map(move |outcome| with(case, outcome)));
        self.cases = cases.collect();
    }

    fn finish(self) -> Value {
        let marks = self.marks;
        let outcome = |case: Case| {
            let text = || Text::of(case.parts).map(ValueKind::String);
            let value = match case.fails {
                true => Value::fails(),
                false => text().map_or_else(|| Value::some(Type::String), Value::from),
            };
            Outcome { value: value.marked(marks), when: case.when, decisions: case.decisions }
        };
        match <[Case; 1]>::try_from(self.cases) {
            Ok([only]) => outcome(only).value,
            Err(cases) => Value::one_of(cases.into_iter().map(outcome)).marked(marks),
        }
    }
}

/// What a value becomes inside a template; `None` where it cannot stand in one.
fn parts_of(value: &Value, span: Option<Span>) -> Option<Vec<Part>> {
    let one = |kind| Some(vec![Part { kind, span: value.spans.first().or(span) }]);
    match &value.kind {
        ValueKind::String(text) => {
            let spanned =
                |part: &Part| Part { span: part.span.or(value.spans.first()).or(span), ..part.clone() };
            Some(text.parts.iter().map(spanned).collect())
        }
        ValueKind::Bool(value) => one(PartKind::Known(if *value { "true" } else { "false" }.into())),
        ValueKind::Number(number) => one(PartKind::Known(number.to_string().into())),
        ValueKind::Computed(attribute) => {
            Some(vec![Part { kind: PartKind::Computed(attribute.clone()), span }])
        }
        ValueKind::ProviderCall(call) => Some(vec![Part { kind: PartKind::Called(call.clone()), span }]),
        ValueKind::Unknown { ty: Type::Any | Type::String | Type::Number | Type::Bool, .. }
        | ValueKind::OneOf(_) => Some(vec![Part { kind: PartKind::Unknown, span }]),
        _ => None,
    }
}
