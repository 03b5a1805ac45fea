//! What Terraform refuses in `required_providers`. An expression in it is not looked into: OpenTofu evaluates some.

use super::fault::{ArgumentFault, ArgumentFaultKind, Certainty, Form, Found};
use super::names;
use crate::azapi::provider::ArgumentType;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::number::Number;
use crate::terraform::{Located, Module};
use crate::text::{TextRange, closest};

/// The name of the block.
pub(crate) const REQUIRED_PROVIDERS: &str = "required_providers";
/// What an entry may hold.
const MEMBERS: [&str; 3] = ["source", "version", "configuration_aliases"];
/// What a provider's type must not begin with: Terraform puts it there itself.
const REDUNDANT: &str = "terraform-provider-";
/// Longest first, where one begins as another.
const OPERATORS: [&str; 7] = ["~>", "!=", ">=", "<=", "=", ">", "<"];

/// What is wrong in one block of that name.
pub(crate) fn judge_required_providers(module: &Module, block: &Located<ast::Block>) -> Vec<ArgumentFault> {
    let mut faults = Vec::new();
    let Some(body) = block.node.body().map(|body| block.with(body)) else { return faults };
    names::written_twice(module, &body, &mut faults);
    let mut judge = Judge { module, block, faults };
    for nested in body.node.blocks() {
        let Some(keyword) = nested.keyword_token() else { continue };
        let kind = ArgumentFaultKind::WrongForm { name: keyword.text().to_owned(), is_block: true };
        judge.report(kind, keyword.text_range());
    }
    for entry in body.node.attributes() {
        judge.entry(&entry);
    }
    judge.faults
}

struct Judge<'j> {
    module: &'j Module,
    block: &'j Located<ast::Block>,
    faults: Vec<ArgumentFault>,
}

impl Judge<'_> {
    fn report(&mut self, kind: ArgumentFaultKind, at: TextRange) {
        let at = self.module.span(self.block.file, at);
        self.faults.push(ArgumentFault { kind, at, certainty: Certainty::Sure });
    }

    fn entry(&mut self, entry: &ast::Attribute) {
        let name = entry.name();
        match entry.value() {
            Some(Expression::Object(object)) => {
                for item in object.items() {
                    self.member(&name, &item);
                }
            }
            Some(Expression::Tuple(list)) => {
                let kind = wrong(&name, &ArgumentType::Object, Found::List);
                self.report(kind, list.range());
            }
            _ => {}
        }
    }

    fn member(&mut self, entry: &str, item: &ast::ObjectItem) {
        let (Some(key), Some(value)) = (item.key(), item.value()) else { return };
        let Some(name) = key.text() else { return };
        match &*name {
            "source" => self.text(&name, &value, is_source, Form::ProviderSource),
            "version" => self.text(&name, &value, is_constraint, Form::VersionConstraint),
            "configuration_aliases" => self.aliases(&name, entry, &value),
            _ => {
                let kind = ArgumentFaultKind::UnknownName {
                    near: closest(&name, MEMBERS, 1),
                    name,
                    is_block: false,
                    inside: REQUIRED_PROVIDERS.to_owned(),
                    is_removed: false,
                };
                self.report(kind, key.range());
            }
        }
    }

    fn text(&mut self, name: &str, value: &Expression, is_right: fn(&str) -> bool, form: Form) {
        if let Some(text) = value.literal_string() {
            if !is_right(&text) {
                let kind = ArgumentFaultKind::Form { name: name.to_owned(), found: text, form };
                self.report(kind, value.range());
            }
        } else if let Some(found) = literal(value) {
            self.report(wrong(name, &ArgumentType::String, found), value.range());
        }
    }

    fn aliases(&mut self, name: &str, entry: &str, value: &Expression) {
        let Expression::Tuple(list) = value else {
            let found = literal(value).or_else(|| value.literal_string().map(Found::Text));
            if let Some(found) = found {
                let kind = wrong(name, &ALIASES, found);
                self.report(kind, value.range());
            }
            return;
        };
        for alias in list.elements() {
            let text = alias.syntax().text().to_string();
            let is_right = match &alias {
                Expression::GetAttr(get) => match get.base() {
                    Some(Expression::Variable(root)) => root.name() == entry,
                    _ => false,
                },
                Expression::Variable(root) => root.name() == entry,
                _ => false,
            };
            if !is_right {
                let form = Form::Alias(entry.to_owned());
                let kind = ArgumentFaultKind::Form { name: name.to_owned(), found: text, form };
                self.report(kind, alias.range());
            }
        }
    }
}

static ALIASES: std::sync::LazyLock<ArgumentType> =
    std::sync::LazyLock::new(|| ArgumentType::List(Box::new(ArgumentType::Dynamic)));

fn wrong(name: &str, expected: &'static ArgumentType, found: Found) -> ArgumentFaultKind {
    ArgumentFaultKind::Type { name: name.to_owned(), expected, found }
}

/// What a value is that is written out and no text.
fn literal(value: &Expression) -> Option<Found> {
    match value {
        Expression::Object(_) => Some(Found::Object),
        Expression::Tuple(_) => Some(Found::List),
        Expression::Literal(literal) => match literal.token()?.text() {
            "true" => Some(Found::Bool(true)),
            "false" => Some(Found::Bool(false)),
            "null" => Some(Found::Null),
            number => Number::parse(number).map(Found::Number),
        },
        _ => None,
    }
}

/// `[HOST/][NAMESPACE/]TYPE`.
fn is_source(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    let (host, names) = match parts.as_slice() {
        [host, namespace, ty] => (Some(host), &[*namespace, *ty][..]),
        _ => (None, &parts[..]),
    };
    names.len() <= 2
        && names.iter().all(|name| is_name(name))
        && host.is_none_or(|host| is_host(host))
        && names.last().is_some_and(|ty| !ty.starts_with(REDUNDANT))
}

/// Other than in ASCII, what is a letter is not ours to say.
fn is_name(text: &str) -> bool {
    let is_right = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_framed = |text: &str| text.starts_with('-') || text.ends_with('-');
    !text.is_empty() && text.chars().all(is_right) && (text == "-" || !is_framed(text))
}

fn is_host(text: &str) -> bool {
    let is_right = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    !text.is_empty() && text.chars().all(is_right)
}

/// Conditions with a comma between them; none at all is somebody's who has not begun.
fn is_constraint(text: &str) -> bool {
    text.trim().is_empty() || text.split(',').all(|condition| is_condition(condition.trim()))
}

/// `>= 1.2.3-beta+build`
fn is_condition(text: &str) -> bool {
    let version = OPERATORS.iter().find_map(|operator| text.strip_prefix(operator)).unwrap_or(text);
    let version = version.trim_start();
    let version = version.strip_prefix('v').unwrap_or(version);
    let end = version.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.len());
    let (numbers, behind) = version.split_at(end);
    let is_number = |part: &str| !part.is_empty();
    let is_rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '~' | '.' | '+');
    numbers.split('.').all(is_number) && !behind.starts_with('.') && behind.chars().all(is_rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_a_type_with_a_namespace_and_a_host_before_it() {
        for right in [
            "azapi",
            "Azure/azapi",
            "registry.example/Azure/azapi",
            "localhost:8080/a_b/c-d",
            "-/azapi",
            "é/azapi",
        ] {
            assert!(is_source(right), "{right}");
        }
        for wrong in [
            "",
            "/",
            "Azure/",
            "a/b/c/d",
            "https://registry.example/Azure/azapi",
            "Azure.azapi",
            "az api",
            "Azure/-azapi",
            "Azure/terraform-provider-azapi",
            "a b/Azure/azapi",
            "@Azure/azapi",
        ] {
            assert!(!is_source(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_constraint_is_a_list_of_conditions() {
        for right in [
            "2",
            "2.0",
            "v2.0.1",
            "~> 2.0",
            "~>2.0",
            " >= 1.9 , < 3.0.0 ",
            "= 1.2.3-beta.1+build",
            "!= 2.0",
            "1.0beta",
            "",
        ] {
            assert!(is_constraint(right), "{right}");
        }
        for wrong in [
            "latest",
            "2.x",
            "2.*",
            "^2.0",
            "=> 2.0",
            "~> ",
            "> 1.0 < 2.0",
            ">= 1.0,",
            ".5",
            "2.",
            "2..0",
            "== 2.0",
            "é",
        ] {
            assert!(!is_constraint(wrong), "{wrong}");
        }
    }
}
