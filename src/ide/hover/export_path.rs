//! Hover on paths in arguments: what a dotted one leads to, and what a word of a JMESPath selects or does.

use crate::azapi::Resource;
use crate::azapi::paths::{Selected, selected};
use crate::azapi::provider::{Paths, ResponseOf};
use crate::ide::reference::{self, Body, Described};
use crate::ide::request::Request;
use crate::schema::path::BodyPath;
use crate::schema::{ResourceVersion, SchemaType};
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{AstNode, Expression};
use crate::syntax::walk::{Bias, token_at};
use crate::terraform::functions::described::described_in_jmespath;

/// What the path under the cursor, or the word of it, is; `None` where nothing is known of it.
pub(super) fn explained<'r>(
    request: &Request<'r>,
    resource: &Resource<'r>,
    form: Paths,
) -> Option<Described<'r>> {
    let written = Written::at(request)?;
    let is_jmespath = match form {
        Paths::Jmespath => true,
        Paths::Export => written.is_in_object,
        _ => false,
    };
    let root = Root::of(request, resource)?;
    if !is_jmespath {
        return root.described(&written.text.parse().ok()?);
    }
    let lists = form == Paths::Export && resource.block.definition.means.response == ResponseOf::List;
    match selected(&written.text, written.at?, root.ty(), lists)? {
        Selected::Part(path) => root.described(&path),
        Selected::Function(name) => {
            let function = described_in_jmespath(&name)?;
            let signature = function.signature();
            Some(reference::told(name, &signature, Some(function.about)))
        }
    }
}

/// A string without interpolations.
struct Written {
    text: String,
    /// Which byte of the text the cursor is at; `None` where that is not to be told.
    at: Option<usize>,
    /// It is the value of an object's item, not of a list's.
    is_in_object: bool,
}

impl Written {
    fn at(request: &Request<'_>) -> Option<Self> {
        let root = request.module().file(request.file())?.root();
        [Bias::Left, Bias::Right].into_iter().find_map(|bias| {
            let token = token_at(root.syntax(), request.offset(), bias)?;
            let string = token.parent_ancestors().find_map(Expression::cast)?;
            let text = string.literal_string()?;
            let around = string.syntax().ancestors().skip(1).find(|node| {
                matches!(
                    node.kind(),
                    SyntaxKind::OBJECT_ITEM | SyntaxKind::TUPLE_EXPR | SyntaxKind::ATTRIBUTE
                )
            });
            let is_in_object = around.is_some_and(|node| node.kind() == SyntaxKind::OBJECT_ITEM);
            let Expression::Template(template) = &string else { return None };
            let start = template.content_range().start();
            let before = request.offset().checked_sub(start).map(usize::from);
            let raw = string.syntax().text().to_string();
            let content = raw.get(usize::from(start.checked_sub(string.range().start())?)..)?;
            let at = before.and_then(|before| decoded_length(content.get(..before)?));
            Some(Self { at: at.filter(|at| *at <= text.len()), text, is_in_object })
        })
    }
}

/// How many bytes of the string a beginning of its source stands for; `None` in the middle of an escape.
fn decoded_length(source: &str) -> Option<usize> {
    let mut length = 0;
    let mut rest = source.chars().peekable();
    while let Some(c) = rest.next() {
        length += match c {
            '\\' => match rest.next()? {
                'u' => escaped(rest.by_ref().take(4))?,
                'U' => escaped(rest.by_ref().take(8))?,
                _ => 1,
            },
            '$' | '%' if rest.next_if_eq(&c).is_some() => {
                // `$${` is `${`; two of them alone are two.
                if rest.peek() == Some(&'{') { 1 } else { 2 }
            }
            c => c.len_utf8(),
        };
    }
    Some(length)
}

fn escaped(digits: impl Iterator<Item = char>) -> Option<usize> {
    let code = u32::from_str_radix(&digits.collect::<String>(), 16).ok()?;
    Some(char::from_u32(code)?.len_utf8())
}

/// What paths lead into.
enum Root<'s> {
    Body(ResourceVersion<'s>),
    /// What a function gives.
    Output(SchemaType<'s>),
}

impl<'s> Root<'s> {
    fn of(request: &Request<'_>, resource: &Resource<'s>) -> Option<Self> {
        if resource.block.definition.means.response != ResponseOf::Function {
            return resource.version_or_newest().map(Self::Body);
        }
        Some(Self::Output(resource.called_function(request.evaluator())?.output()))
    }

    fn ty(&self) -> SchemaType<'s> {
        match self {
            Self::Body(version) => version.body(),
            Self::Output(ty) => *ty,
        }
    }

    fn described(&self, path: &BodyPath) -> Option<Described<'s>> {
        let found = path.resolve(self.ty()).ok().filter(|_| !path.is_root())?;
        match self {
            Self::Body(version) => Some(reference::property(Body::Resource(*version), path, found)),
            Self::Output(_) => {
                let description = found.property.and_then(|property| property.description());
                let line = reference::type_line(found.ty, usize::MAX);
                Some(reference::told(path.to_string(), &line, description.as_deref()))
            }
        }
    }
}
