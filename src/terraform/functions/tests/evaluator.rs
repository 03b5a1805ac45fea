//! Evaluates what the tests write: literals, templates, collections, conditionals and calls.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::syntax::ast::{self, AstNode, Expression, LiteralValue, TemplatePart};
use crate::terraform::FileId;
use crate::terraform::functions::format::{from_parts, parts_of};
use crate::terraform::functions::read::Stop;
use crate::terraform::functions::{Context, FilePath, call};
use crate::terraform::number::Number;
use crate::terraform::span::{ItemId, Span, Spans};
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Decisions, Element, Item, Marks, Object, Outcome, Part, PartKind, Presence, Sequence, Value, ValueKind,
    When,
};
use crate::text::TextRange;

/// The files that the tests of both sides have.
pub(super) const FILES: [(&str, &str); 6] = [
    ("hello.txt", "Hello, World!\n"),
    ("data/a.json", "{\"a\":1}"),
    ("data/b.json", "[]"),
    ("data/sub/c.txt", "c"),
    ("t.tftpl", "Hi ${name}!"),
    ("empty.txt", ""),
];

/// Names that stand for values; a budget.
pub(super) struct World {
    pub(super) names: BTreeMap<String, Value>,
    pub(super) budget: Cell<usize>,
    /// What the expression in a place is taken to be.
    replaced: Option<(TextRange, Value)>,
}

impl Default for World {
    fn default() -> Self {
        let known: [(&str, Value); 5] = [
            ("unknown", Value::unknown()),
            ("text", unknown_of(Type::String)),
            ("number", unknown_of(Type::Number)),
            ("list", unknown_of(Type::List(Type::String.into()))),
            ("map", unknown_of(Type::Map(Type::String.into()))),
        ];
        let names = known.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { names, budget: Cell::new(1_000_000), replaced: None }
    }
}

fn unknown_of(ty: Type) -> Value {
    ValueKind::Unknown { ty, not_null: true }.into()
}

impl Context for World {
    fn read_file(&self, path: &FilePath) -> Option<Arc<str>> {
        let path = path.rest.trim_start_matches("./").replace("data/../", "");
        FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| Arc::from(*text))
    }

    fn has_file(&self, path: &FilePath) -> bool {
        self.read_file(path).is_some()
    }

    fn find_files(&self, _: &FilePath, _: &str) -> Option<Vec<String>> {
        None
    }

    fn render(&self, template: &str, variables: &Object) -> Value {
        let mut names = BTreeMap::new();
        for (name, item) in &*variables.items {
            names.insert(name.to_string(), item.value.clone());
        }
        let inner = World { names, budget: Cell::new(self.budget.get()), replaced: None };
        inner.evaluate(&format!("\"{template}\""))
    }

    fn charge(&self, nodes: usize) -> bool {
        let left = self.budget.get().checked_sub(nodes);
        self.budget.set(left.unwrap_or(0));
        left.is_some()
    }
}

const BEFORE: &str = "x = ";

fn span(range: TextRange) -> Span {
    Span { file: FileId(0), item: ItemId(0), range }
}

impl World {
    /// With another value for what stands there in the text behind `x = `.
    pub(super) fn replacing(range: TextRange, value: Value) -> Self {
        Self { replaced: Some((range, value)), ..Self::default() }
    }

    pub(super) fn evaluate(&self, text: &str) -> Value {
        let parse = crate::syntax::parse(&format!("{BEFORE}{text}\n"));
        let expression = parse.root().body().attribute("x").and_then(|attribute| attribute.value());
        self.value(&expression.unwrap_or_else(|| panic!("no expression: {text}")))
    }

    fn value(&self, expression: &Expression) -> Value {
        if let Some((range, value)) = &self.replaced
            && *range == expression.range()
        {
            return value.clone();
        }
        let spans = Spans::from(span(expression.range()));
        match expression {
            Expression::Literal(it) => match it.value() {
                Some(LiteralValue::Bool(value)) => Value::bool(value).at(spans),
                Some(LiteralValue::Number(text)) => {
                    Number::parse(&text).map_or(Value::unknown(), Value::number).at(spans)
                }
                _ => Value::null().at(spans),
            },
            Expression::Template(it) => self.template(it),
            Expression::Variable(it) => self.names.get(&it.name()).cloned().unwrap_or_else(Value::fails),
            Expression::Paren(it) => it.expression().map_or(Value::fails(), |inner| self.value(&inner)),
            Expression::Tuple(it) => {
                let element = |it: Expression| Element {
                    value: self.value(&it),
                    site: Some(span(it.range())),
                    presence: Presence::Always,
                };
                let elements = it.elements().map(element).collect();
                let kind = ValueKind::Sequence(Sequence { elements, ..Sequence::tuple([]) });
                Value::from(kind).at(spans)
            }
            Expression::Object(it) => self.object(it),
            Expression::Conditional(it) => self.conditional(it),
            Expression::Unary(it) => {
                let operand = it.operand().map_or(Value::fails(), |inner| self.value(&inner));
                operand.as_number().map_or(Value::unknown(), |number| Value::number(number.negate()))
            }
            Expression::Index(it) => {
                let key = it.key().map_or(Value::fails(), |key| self.value(&key));
                step(&it.base().map_or(Value::fails(), |base| self.value(&base)), &key)
            }
            Expression::GetAttr(it) => {
                let name = it.name_token().map_or(String::new(), |token| token.text().to_owned());
                step(&it.base().map_or(Value::fails(), |base| self.value(&base)), &Value::string(name))
            }
            Expression::Call(it) => self.call(it),
            other => panic!("the tests do not write {other:?}"),
        }
    }

    fn call(&self, it: &ast::Call) -> Value {
        let mut arguments: Vec<Value> = it.args().map(|argument| self.value(&argument)).collect();
        if it.expand_final() {
            let last = arguments.pop().unwrap();
            let Some(sequence) = last.as_sequence() else { return Value::unknown() };
            arguments.extend(sequence.elements.iter().map(|element| element.value.clone()));
        }
        call(&it.function(), &arguments, self)
    }

    fn template(&self, it: &ast::Template) -> Value {
        let parts: Vec<TemplatePart> = it.parts().collect();
        // `"${x}"` is x itself.
        if let [TemplatePart::Interpolation(only)] = parts.as_slice() {
            return self.value(&only.expression().unwrap());
        }
        let mut all = Vec::new();
        for part in parts {
            match part {
                TemplatePart::Text(text) => {
                    let at = span(text.token().text_range());
                    all.push(Part { kind: PartKind::Known(text.text().into()), span: Some(at) });
                }
                TemplatePart::Interpolation(inner) => {
                    match parts_of(&self.value(&inner.expression().unwrap())) {
                        Ok(parts) => all.extend(parts),
                        Err(Stop::Fails) => return Value::fails(),
                        Err(Stop::Unknown) => return Value::unknown(),
                    }
                }
                other => panic!("the tests do not write {other:?}"),
            }
        }
        from_parts(all).unwrap_or_else(|_| Value::unknown()).at(span(it.range()))
    }

    fn object(&self, it: &ast::Object) -> Value {
        let mut items = BTreeMap::new();
        for item in it.items() {
            let key = item.key().unwrap();
            let name = key.text().unwrap_or_else(|| {
                self.value(&key.expression().unwrap()).as_str().map_or(String::new(), |name| name.to_string())
            });
            let value = item.value().unwrap();
            let item = Item {
                value: self.value(&value),
                keys: span(key.range()).into(),
                site: Some(span(value.range())),
                presence: Presence::Always,
            };
            items.insert(Arc::from(name), item);
        }
        Value::from(ValueKind::Object(Object::new(items))).at(span(it.range()))
    }

    fn conditional(&self, it: &ast::Conditional) -> Value {
        let condition = it.condition().unwrap();
        let at = span(condition.range());
        let outcome = |side: Option<Expression>, holds: bool| Outcome {
            value: self.value(&side.unwrap()),
            when: Some(When::Condition(at, holds)),
            decisions: Decisions::NONE,
        };
        Value::one_of([outcome(it.if_true(), true), outcome(it.if_false(), false)])
    }
}

fn step(base: &Value, key: &Value) -> Value {
    let is_certain = match &base.kind {
        ValueKind::Object(object) => object.is_complete(),
        ValueKind::Sequence(sequence) => sequence.is_complete(),
        _ => false,
    };
    if !is_certain || !key.is_wholly_known() {
        return Value::unknown();
    }
    let found = match (&base.kind, &key.kind) {
        (ValueKind::Object(object), ValueKind::String(_)) => {
            object.items.get(&key.as_str().unwrap()).map(|item| item.value.clone())
        }
        (ValueKind::Sequence(sequence), ValueKind::Number(index)) => {
            sequence.elements.get(index.as_usize().unwrap()).map(|element| element.value.clone())
        }
        _ => None,
    };
    found.map_or(Value::fails(), |value| value.marked(base.marks))
}

/// The value in one line: `?` for what is not known, `|` between outcomes, `a?` for what may be absent, `...` for
/// what may follow.
pub(super) fn show(value: &Value) -> String {
    let shown = show_kind(&value.kind);
    let Marks { sensitive, ephemeral, assumed } = value.marks;
    let marks = [(sensitive, "sensitive "), (ephemeral, "ephemeral "), (assumed, "assumed ")];
    marks.iter().filter(|(is_set, _)| *is_set).map(|(_, name)| *name).collect::<String>() + &shown
}

fn show_kind(kind: &ValueKind) -> String {
    match kind {
        ValueKind::Unknown { ty, not_null } => {
            let ty = match ty {
                Type::Any => String::new(),
                Type::List(_) => "list".to_owned(),
                other => format!("{other:?}").to_lowercase(),
            };
            format!("?{ty}{}", if *not_null { "!" } else { "" })
        }
        ValueKind::Fails => "FAILS".to_owned(),
        ValueKind::Null => "null".to_owned(),
        ValueKind::Bool(value) => value.to_string(),
        ValueKind::Number(number) => number.to_string(),
        ValueKind::String(text) => {
            let part = |part: &Part| match &part.kind {
                PartKind::Known(text) => text.to_string(),
                PartKind::Unknown | PartKind::Folder(_) => "{?}".to_owned(),
                PartKind::Computed(attribute) => format!("{{{}}}", attribute.path.join(".")),
                PartKind::Called(call) => format!("{{{}()}}", call.name),
                PartKind::Json(value) => format!("{{json {}}}", show(value)),
            };
            format!("\"{}\"", text.parts.iter().map(part).collect::<String>())
        }
        ValueKind::Sequence(sequence) => {
            let element = |element: &Element| show(&element.value) + mark(element.presence);
            let mut all: Vec<String> = sequence.elements.iter().map(element).collect();
            all.extend(sequence.rest.as_deref().map(|rest| format!("...{}", show(rest))));
            format!("[{}]", all.join(", "))
        }
        ValueKind::Object(object) => {
            let item = |(key, item): (&Arc<str>, &Item)| {
                format!("{key}{}: {}", mark(item.presence), show(&item.value))
            };
            let mut all: Vec<String> = object.items.iter().map(item).collect();
            all.extend(object.rest.as_deref().map(|rest| format!("...{}", show(rest))));
            format!("{{{}}}", all.join(", "))
        }
        ValueKind::OneOf(outcomes) => {
            outcomes.iter().map(|outcome| show(&outcome.value)).collect::<Vec<_>>().join(" | ")
        }
        ValueKind::Computed(attribute) => format!("<{}>", attribute.path.join(".")),
        ValueKind::Block(_) | ValueKind::ProviderCall(_) => "<other>".to_owned(),
    }
}

fn mark(presence: Presence) -> &'static str {
    if presence == Presence::Maybe { "?" } else { "" }
}

/// Where an expression's value was written, as its text: `a=1` for the items of an object, in order.
pub(super) fn origins(text: &str, value: &Value) -> String {
    let source = format!("{BEFORE}{text}\n");
    let at = |spans: &Spans| {
        let texts: Vec<&str> = spans.as_slice().iter().map(|span| &source[span.range]).collect();
        texts.join("+")
    };
    let mut shown = String::new();
    match &value.kind {
        ValueKind::Object(object) => {
            for (key, item) in &*object.items {
                let _ = write!(shown, "{key}: {} = {}; ", at(&item.keys), origins(text, &item.value));
            }
            for (key, item) in &*object.replaced {
                let _ = write!(shown, "was {key}: {} = {}; ", at(&item.keys), origins(text, &item.value));
            }
        }
        ValueKind::Sequence(sequence) => {
            for element in &*sequence.elements {
                let _ = write!(shown, "{}; ", origins(text, &element.value));
            }
        }
        ValueKind::String(string) if string.parts.len() > 1 => {
            for part in &*string.parts {
                let _ = write!(shown, "{}; ", at(&part.span.into()));
            }
        }
        ValueKind::OneOf(outcomes) => {
            for outcome in &**outcomes {
                let _ = write!(shown, "{}; ", origins(text, &outcome.value));
            }
        }
        _ => return at(&value.spans),
    }
    shown.trim_end_matches([';', ' ']).to_owned()
}
