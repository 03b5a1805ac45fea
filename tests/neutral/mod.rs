//! One form for both trees: structure and values, no blanks, comments or ways of writing.

use azapi_ls::syntax::ast::{self, Expression, LiteralValue, Strip, TemplatePart};
use hcl_edit::expr as their;
use hcl_edit::structure::{Body, Structure};
use hcl_edit::template::{Directive, Element, Strip as TheirStrip, Template};

// Ours.

pub(crate) fn our_body(body: &ast::Body) -> String {
    let item = |item: ast::Item| match item {
        ast::Item::Attribute(it) => format!("{} = {}\n", it.name(), our_option(it.value())),
        ast::Item::Block(it) => {
            let labels: Vec<String> = it.labels().map(|label| format!("{:?}", label.text())).collect();
            let body = it.body().map_or_else(String::new, |body| our_body(&body));
            format!("{} {} {{\n{body}}}\n", it.keyword(), labels.join(" "))
        }
    };
    body.items().map(item).collect()
}

fn our_option(expression: Option<Expression>) -> String {
    expression.map_or_else(|| "<nothing>".to_owned(), |it| our(&it))
}

fn our_all(expressions: impl Iterator<Item = Expression>) -> String {
    expressions.map(|it| our(&it)).collect::<Vec<_>>().join(", ")
}

fn our(expression: &Expression) -> String {
    match expression {
        Expression::Literal(it) => match it.value() {
            Some(LiteralValue::Number(number)) => number_text(number.parse().unwrap_or(f64::NAN)),
            Some(LiteralValue::Bool(value)) => value.to_string(),
            Some(LiteralValue::Null) => "null".to_owned(),
            None => "<nothing>".to_owned(),
        },
        Expression::Template(it) => template_text(it.literal(), || our_parts(it.parts())),
        Expression::Heredoc(it) => {
            format!("heredoc({} {})", it.name(), without_blanks(&our_parts(it.parts())))
        }
        Expression::Variable(it) => it.name(),
        Expression::GetAttr(it) => {
            let name = it.name_token().map_or_else(String::new, |token| token.text().to_owned());
            format!("{}.{name}", our_option(it.base()))
        }
        Expression::Index(it) => format!("{}[{}]", our_option(it.base()), our_option(it.key())),
        Expression::Splat(it) => {
            format!("{}{}", our_option(it.base()), if it.is_full() { "[*]" } else { ".*" })
        }
        Expression::Call(it) => {
            format!("{}({}{})", it.function(), our_all(it.args()), if it.expand_final() { "..." } else { "" })
        }
        Expression::Object(it) => {
            let items = it.items().map(|item| format!("{} = {}", our_key(&item), our_option(item.value())));
            format!("{{{}}}", items.collect::<Vec<_>>().join(", "))
        }
        Expression::Tuple(it) => format!("[{}]", our_all(it.elements())),
        Expression::For(it) => {
            let name = |token: Option<azapi_ls::syntax::SyntaxToken>| {
                token.map_or_else(String::new, |it| it.text().to_owned())
            };
            for_text(
                [name(it.key_var()), name(it.value_var())],
                &our_option(it.collection()),
                it.is_object().then(|| our_option(it.key())),
                &our_option(it.value()),
                it.grouping(),
                it.condition().map(|it| our(&it)),
            )
        }
        Expression::Conditional(it) => {
            format!(
                "({} ? {} : {})",
                our_option(it.condition()),
                our_option(it.if_true()),
                our_option(it.if_false())
            )
        }
        Expression::Binary(it) => {
            let operator = it.operator_token().map_or_else(String::new, |token| token.text().to_owned());
            format!("({} {operator} {})", our_option(it.left()), our_option(it.right()))
        }
        Expression::Unary(it) => {
            let operator = it.operator_token().map_or_else(String::new, |token| token.text().to_owned());
            format!("{operator}{}", our_option(it.operand()))
        }
        Expression::Paren(it) => format!("paren({})", our_option(it.expression())),
    }
}

fn our_key(item: &ast::ObjectItem) -> String {
    match item.key().and_then(|key| key.expression()) {
        Some(Expression::Variable(it)) => format!("key {}", it.name()),
        other => our_option(other),
    }
}

fn our_parts(parts: impl Iterator<Item = TemplatePart>) -> String {
    let part = |part: TemplatePart| match part {
        TemplatePart::Text(it) => format!("{:?}", it.text()),
        TemplatePart::Interpolation(it) => {
            format!("{}{}", our_strip(it.strip()), our_option(it.expression()))
        }
        TemplatePart::If(it) => {
            let otherwise = if it.has_else() { our_parts(it.if_false()) } else { "none".to_owned() };
            let strips: Vec<String> = it.strips().into_iter().map(our_strip).collect();
            format!("if{strips:?}({})({})({otherwise})", our_option(it.condition()), our_parts(it.if_true()))
        }
        TemplatePart::For(it) => {
            let strips: Vec<String> = it.strips().into_iter().map(our_strip).collect();
            let key = it.key_var().map_or_else(String::new, |it| it.text().to_owned());
            let value = it.value_var().map_or_else(String::new, |it| it.text().to_owned());
            format!("for{strips:?}({key},{value} {})({})", our_option(it.collection()), our_parts(it.body()))
        }
        TemplatePart::Error(it) => format!("<error {it}>"),
    };
    parts.map(part).collect::<Vec<_>>().join("|")
}

fn our_strip(strip: Strip) -> String {
    strip_text(strip.before, strip.after)
}

// Theirs.

pub(crate) fn their_body(body: &Body) -> String {
    let item = |item: &Structure| match item {
        Structure::Attribute(it) => format!("{} = {}\n", it.key.as_str(), their(&it.value)),
        Structure::Block(it) => {
            let labels: Vec<String> = it.labels.iter().map(|label| format!("{:?}", label.as_str())).collect();
            format!("{} {} {{\n{}}}\n", it.ident.as_str(), labels.join(" "), their_body(&it.body))
        }
    };
    body.iter().map(item).collect()
}

fn their_all<'a>(expressions: impl Iterator<Item = &'a their::Expression>) -> String {
    expressions.map(their).collect::<Vec<_>>().join(", ")
}

fn their(expression: &their::Expression) -> String {
    use their::Expression as E;
    match expression {
        E::Null(_) => "null".to_owned(),
        E::Bool(it) => it.value().to_string(),
        E::Number(it) => number_text(it.value().as_f64().unwrap_or(f64::NAN)),
        E::String(it) => format!("{:?}", it.as_str()),
        E::Array(it) => format!("[{}]", their_all(it.iter())),
        E::Object(it) => {
            let key = |key: &their::ObjectKey| match key {
                their::ObjectKey::Ident(it) => match it.as_str() {
                    word @ ("true" | "false" | "null") => word.to_owned(),
                    name => format!("key {name}"),
                },
                their::ObjectKey::Expression(it) => their(it),
            };
            let items = it.iter().map(|(k, value)| format!("{} = {}", key(k), their(value.expr())));
            format!("{{{}}}", items.collect::<Vec<_>>().join(", "))
        }
        E::StringTemplate(it) => their_elements(it.iter()),
        E::HeredocTemplate(it) => {
            let text = without_blanks(&their_elements(it.template.iter()));
            format!("heredoc({} {text})", it.delimiter.as_str())
        }
        E::Parenthesis(it) => format!("paren({})", their(it.inner())),
        E::Variable(it) => it.as_str().to_owned(),
        E::Conditional(it) => {
            format!("({} ? {} : {})", their(&it.cond_expr), their(&it.true_expr), their(&it.false_expr))
        }
        E::FuncCall(it) => {
            let name: String = it.name.namespace.iter().map(|part| format!("{}::", part.as_str())).collect();
            let expand = if it.args.expand_final() { "..." } else { "" };
            format!("{name}{}({}{expand})", it.name.name.as_str(), their_all(it.args.iter()))
        }
        E::Traversal(it) => {
            let mut text = their(&it.expr);
            for operator in &it.operators {
                text += &match operator.value() {
                    their::TraversalOperator::AttrSplat(_) => ".*".to_owned(),
                    their::TraversalOperator::FullSplat(_) => "[*]".to_owned(),
                    their::TraversalOperator::GetAttr(name) => format!(".{}", name.as_str()),
                    their::TraversalOperator::Index(key) => format!("[{}]", their(key)),
                    their::TraversalOperator::LegacyIndex(index) => format!(".{}", index.value()),
                };
            }
            text
        }
        E::UnaryOp(it) => format!("{}{}", it.operator.as_str(), their(&it.expr)),
        E::BinaryOp(it) => {
            format!("({} {} {})", their(&it.lhs_expr), it.operator.as_str(), their(&it.rhs_expr))
        }
        E::ForExpr(it) => {
            let key_var = it.intro.key_var.as_ref().map_or_else(String::new, |it| it.as_str().to_owned());
            for_text(
                [key_var, it.intro.value_var.as_str().to_owned()],
                &their(&it.intro.collection_expr),
                it.key_expr.as_ref().map(their),
                &their(&it.value_expr),
                it.grouping,
                it.cond.as_ref().map(|it| their(&it.expr)),
            )
        }
    }
}

fn their_template(template: &Template) -> String {
    their_elements(template.iter())
}

fn their_elements<'a>(elements: impl Iterator<Item = &'a Element>) -> String {
    let element = |element: &Element| match element {
        Element::Literal(it) => format!("{:?}", it.as_str()),
        Element::Interpolation(it) => format!("{}{}", their_strip(it.strip), their(&it.expr)),
        Element::Directive(it) => match &**it {
            Directive::If(it) => {
                let mut strips = vec![their_strip(it.if_expr.strip)];
                strips.extend(it.else_expr.as_ref().map(|it| their_strip(it.strip)));
                strips.push(their_strip(it.endif_expr.strip));
                let otherwise = it
                    .else_expr
                    .as_ref()
                    .map_or_else(|| "none".to_owned(), |it| their_template(&it.template));
                format!(
                    "if{strips:?}({})({})({otherwise})",
                    their(&it.if_expr.cond_expr),
                    their_template(&it.if_expr.template)
                )
            }
            Directive::For(it) => {
                let strips = vec![their_strip(it.for_expr.strip), their_strip(it.endfor_expr.strip)];
                let key = it.for_expr.key_var.as_ref().map_or("", |it| it.as_str());
                let head = format!(
                    "{key},{} {}",
                    it.for_expr.value_var.as_str(),
                    their(&it.for_expr.collection_expr)
                );
                format!("for{strips:?}({head})({})", their_template(&it.for_expr.template))
            }
        },
    };
    elements.map(element).collect::<Vec<_>>().join("|")
}

fn their_strip(strip: TheirStrip) -> String {
    strip_text(strip.strip_start(), strip.strip_end())
}

// Both.

/// A quoted template without parts is a string to them.
fn template_text(literal: Option<String>, parts: impl FnOnce() -> String) -> String {
    literal.map_or_else(parts, |text| format!("{text:?}"))
}

fn number_text(number: f64) -> String {
    format!("{number:e}")
}

fn strip_text(before: bool, after: bool) -> String {
    format!("{}{}", if before { "~" } else { "" }, if after { "~" } else { "" })
}

/// The two take different blanks off `<<-` heredocs; ours are tested in `tests/literals.rs`.
fn without_blanks(text: &str) -> String {
    text.replace(' ', "")
}

fn for_text(
    names: [String; 2],
    collection: &str,
    key: Option<String>,
    value: &str,
    grouping: bool,
    condition: Option<String>,
) -> String {
    let [key_var, value_var] = names;
    format!("for({key_var},{value_var} in {collection}: {key:?} => {value} {grouping} if {condition:?})")
}
