//! What a word of a JMESPath is: the part of the response that a name selects, or a function.

use std::rc::Rc;

use super::jmespath::{self, Expression};
use super::lexer::{Token, tokens};
use crate::schema::path::{BodyPath, Step};
use crate::schema::{SchemaType, TypeKind};

/// What stands at a place in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selected {
    /// A name, and where in the body what it selects stands; in lists, in each item.
    Part(BodyPath),
    /// The name of a function.
    Function(String),
}

/// What is at a byte of a path into a body; `lists`: into an answer that lists such bodies. `None` where nothing is known,
/// and in what is no path. Linear in the length of the path, but for the depth of what it leads to.
pub(crate) fn selected(path: &str, at: usize, body: SchemaType<'_>, lists: bool) -> Option<Selected> {
    if let Some(function) = function_at(path, at) {
        return Some(Selected::Function(function));
    }
    let expression = jmespath::parse(path).ok()?;
    let root = if lists { Shape::Answer } else { Shape::At(BodyPath::default()) };
    let mut walk = Walk { at, body, found: None };
    walk.shape(&expression, &root);
    match walk.found? {
        Shape::At(path) if !path.is_root() => Some(Selected::Part(path)),
        _ => None,
    }
}

/// The name in front of a parenthesis.
fn function_at(path: &str, at: usize) -> Option<String> {
    let tokens = tokens(path).ok()?;
    let call = tokens.windows(2).find(|pair| {
        let is_call = matches!((&pair[0].0, &pair[1].0), (Token::Name(_), Token::Sign("(")));
        is_call && pair[0].1.start <= at && at <= pair[0].1.end
    })?;
    let Token::Name(name) = &call[0].0 else { return None };
    Some(name.clone())
}

/// What an expression gives, as far as it is of the body.
#[derive(Debug, Clone)]
enum Shape {
    /// The part of the body there.
    At(BodyPath),
    List(Rc<Shape>),
    /// An object with bodies listed under `value`.
    Answer,
    Object(Rc<[(String, Shape)]>),
    Unknown,
}

impl Shape {
    fn member(&self, name: &str) -> Self {
        match self {
            Self::At(path) => Self::At(path.join([Step::Key(name.to_owned())])),
            Self::Answer if name == "value" => Self::List(Rc::new(Self::At(BodyPath::default()))),
            Self::Object(members) => {
                let found = members.iter().find(|(known, _)| known == name);
                found.map_or(Self::Unknown, |(_, shape)| shape.clone())
            }
            _ => Self::Unknown,
        }
    }

    fn item(&self) -> Self {
        match self {
            Self::At(path) => Self::At(path.join([Step::Any])),
            Self::List(item) => (**item).clone(),
            _ => Self::Unknown,
        }
    }
}

struct Walk<'s> {
    /// The place that is asked for.
    at: usize,
    body: SchemaType<'s>,
    /// What the name at the place selects.
    found: Option<Shape>,
}

impl Walk<'_> {
    fn shape(&mut self, expression: &Expression, input: &Shape) -> Shape {
        match expression {
            Expression::Input => input.clone(),
            Expression::Field(name, range) => {
                let member = input.member(name);
                if range.start <= self.at && self.at <= range.end {
                    self.found = Some(member.clone());
                }
                member
            }
            Expression::Then(first, second) => {
                let between = self.shape(first, input);
                self.shape(second, &between)
            }
            Expression::Item(list) => self.shape(list, input).item(),
            Expression::Items { list, condition, each, flattens } => {
                let mut item = self.shape(list, input).item();
                if *flattens && self.is_list(&item) {
                    item = item.item();
                }
                if let Some(condition) = condition {
                    self.shape(condition, &item);
                }
                Shape::List(Rc::new(self.shape(each, &item)))
            }
            Expression::Values(object, each) => {
                let value = self.shape(object, input).item();
                Shape::List(Rc::new(self.shape(each, &value)))
            }
            Expression::Members(members) => {
                let members = members.iter().map(|(name, part)| (name.clone(), self.shape(part, input)));
                Shape::Object(members.collect())
            }
            Expression::Call(name, arguments) => self.call(name, arguments, input),
            Expression::Made(parts) => {
                for part in parts {
                    self.shape(part, input);
                }
                Shape::Unknown
            }
            Expression::OfEach(_) | Expression::Other => Shape::Unknown,
        }
    }

    /// What comes back where it is of the arguments. What is taken of each item is taken of the items of the list among
    /// them.
    fn call(&mut self, name: &str, arguments: &[Expression], input: &Shape) -> Shape {
        let given: Vec<Shape> = arguments.iter().map(|argument| self.shape(argument, input)).collect();
        let is_list = |argument: &&(&Expression, &Shape)| !matches!(argument.0, Expression::OfEach(_));
        let pairs: Vec<(&Expression, &Shape)> = arguments.iter().zip(&given).collect();
        let list = pairs.iter().find(is_list).map_or(Shape::Unknown, |(_, shape)| (*shape).clone());
        let mut of_each = Shape::Unknown;
        for argument in arguments {
            if let Expression::OfEach(each) = argument {
                of_each = self.shape(each, &list.item());
            }
        }
        match name {
            "sort" | "sort_by" | "reverse" | "not_null" | "to_array" => list,
            "max" | "min" | "max_by" | "min_by" => list.item(),
            "values" => Shape::List(Rc::new(list.item())),
            "map" => Shape::List(Rc::new(of_each)),
            _ => Shape::Unknown,
        }
    }

    fn is_list(&self, shape: &Shape) -> bool {
        match shape {
            Shape::At(path) => {
                let found = path.resolve(self.body).ok();
                found.is_some_and(|found| matches!(found.ty.kind(), TypeKind::Array { .. }))
            }
            Shape::List(_) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::toy;

    /// What the word in front of `$0` is.
    fn check(path: &str, expected: &str) {
        let body = toy::schema().resource_type("Test.Rp/widgets").unwrap().newest_stable().unwrap().body();
        for lists in [false, true] {
            let path = if lists { format!("value[0] | {path}") } else { path.to_owned() };
            let at = path.find('$').unwrap();
            let found = match selected(&path.replace("$0", ""), at, body, lists) {
                Some(Selected::Part(path)) => path.to_string(),
                Some(Selected::Function(name)) => format!("{name}()"),
                None => "-".to_owned(),
            };
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn a_name_selects_what_it_stands_for_behind_every_operator() {
        check("properties$0.status", "properties");
        check("properties.status$0", "properties.status");
        check("properties.rules[0].action$0", "properties.rules.*.action");
        check("properties.rules[*].action$0", "properties.rules.*.action");
        check("properties.rules[].action$0", "properties.rules.*.action");
        check("properties.rules[1:2].action$0", "properties.rules.*.action");
        check("properties.rules[?priority$0 > `1`].action", "properties.rules.*.priority");
        check("properties.rules[?priority > `1`].action$0", "properties.rules.*.action");
        check("properties.rules[?priority > `1`] | [0].action$0", "properties.rules.*.action");
        check("properties.rules[*].[priority, action$0]", "properties.rules.*.action");
        check("properties.rules[*].{p: priority, a: action$0}", "properties.rules.*.action");
        check("properties.{a: status, b: colour$0}", "properties.colour");
        check("properties.{a: rules} | a$0", "properties.rules");
        check("properties.{a: rules} | a[0].action$0", "properties.rules.*.action");
        check("properties.parts[*].parts[*].label$0", "properties.parts.*.parts.*.label");
        check("properties.parts[].parts[].label$0", "properties.parts.*.parts.*.label");
        check("(properties.status$0 == 'x' || !properties.enabled) && `true`", "properties.status");
        check("tags.*.x$0", "tags.*.x");
        check("@.properties.status$0", "properties.status");
        check("\"properties\".\"a.dotted\"$0", "properties.\"a.dotted\"");
    }

    #[test]
    fn functions_give_back_what_they_take() {
        check("leng$0th(properties.rules)", "length()");
        check("length(properties.rules$0)", "properties.rules");
        check("sort_by(properties.rules, &priority$0)", "properties.rules.*.priority");
        check("sort_by(properties.rules, &priority)[0].action$0", "properties.rules.*.action");
        check("max_by(properties.rules, &priority).action$0", "properties.rules.*.action");
        check("map(&action$0, properties.rules)", "properties.rules.*.action");
        check("not_null(properties.rules, properties.spares)[0].action$0", "properties.rules.*.action");
        check("join(',', properties.rules[*].action$0)", "properties.rules.*.action");
        check("keys(tags) | [0].x$0", "-");
    }

    #[test]
    fn what_is_no_path_and_what_is_none_of_the_body_is_nothing() {
        for path in [
            "$0",
            "properties.$0",
            "properties.[$0",
            "'raw$0'",
            "`1$0`",
            "length($0",
            "properties.{a$0: status}",
        ] {
            check(path, "-");
        }
    }

    #[test]
    fn what_doubles_at_every_pipe_takes_no_time() {
        let body = toy::schema().resource_type("Test.Rp/widgets").unwrap().newest_stable().unwrap().body();
        let path = format!("{}a.name", "{a:@,b:@}|".repeat(60));
        assert_eq!(selected(&path, path.len(), body, false), None);
        let path = format!("{}name", "{a:@,b:@}|a|".repeat(50));
        let found = selected(&path, path.len(), body, false);
        assert_eq!(found, Some(Selected::Part("name".parse().unwrap())));
    }
}
