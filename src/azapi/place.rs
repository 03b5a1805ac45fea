//! What the caret is on: answered once, for every feature.

use super::body_expressions::{BodyNode, BodyWalk};
use super::members::{Member, Members};
use super::resource::Resource;
use crate::azapi::provider::BodyOf;
use crate::schema::path::{BodyPath, Step};
use crate::schema::{Schema, SchemaType};
use crate::syntax::ast::{self, AstNode, Expression};
use crate::syntax::{SyntaxKind, SyntaxNode, SyntaxToken};
use crate::terraform::{Evaluator, FileId, Located, Module};
use crate::text::{TextRange, TextSize};

/// What stands at a place.
#[derive(Debug)]
pub enum Place<'s> {
    /// The value of a block's `type`, or where that value belongs.
    Type {
        /// The block.
        resource: Resource<'s>,
        /// The attribute `type`.
        attribute: ast::Attribute,
    },
    /// An argument of an azapi block.
    Argument(ArgumentPlace<'s>),
    /// Inside a body.
    Body(Box<BodyPlace<'s>>),
    /// In an azapi block, on none of its arguments: a label, an empty line, a comment.
    Block(Resource<'s>),
}

/// An argument of an azapi block, or an argument inside it.
#[derive(Debug)]
pub struct ArgumentPlace<'s> {
    /// The block.
    pub resource: Resource<'s>,
    /// Names from the block inward: `["identity", "type"]`.
    pub path: Vec<String>,
    /// Where the innermost name stands.
    pub name_range: TextRange,
    /// The innermost value, when the place is on it and not on the name.
    pub value: Option<Located<Expression>>,
}

/// A place in a body, with its schema.
#[derive(Debug)]
pub struct BodyPlace<'s> {
    /// The block whose body it is; the place itself may stand in a local that the body refers to.
    pub resource: Resource<'s>,
    /// From the body's root.
    pub path: BodyPath,
    /// What is there.
    pub on: BodyPart<'s>,
}

/// What of a body stands at a place.
#[derive(Debug)]
pub enum BodyPart<'s> {
    /// A key.
    Key {
        /// The key and its value.
        item: Located<ast::ObjectItem>,
        /// What the key means; `None` when the schema does not know it.
        member: Option<Member<'s>>,
        /// What the object may have.
        members: Members<'s>,
    },
    /// A value.
    Value {
        /// Its expression.
        expression: Located<Expression>,
        /// What the schema allows there.
        ty: SchemaType<'s>,
        /// What an object may have here; `None` where it may be no object.
        members: Option<Members<'s>>,
        /// All values that are possible here, when this one selects the shape of its object.
        selects: Vec<&'s str>,
    },
}

/// What the place at `offset` is; `None` when it has nothing to do with azapi.
pub fn place_at<'s>(
    evaluator: &Evaluator<'_>,
    schema: &'s Schema,
    file: FileId,
    offset: TextSize,
) -> Option<Place<'s>> {
    let module = evaluator.module();
    let root = module.file(file)?.root();
    let inner = innermost(root.syntax(), offset)?;
    let block = inner.ancestors().filter_map(ast::Block::cast).last();
    let resource = |block| Resource::of(evaluator, schema, Located::new(file, block));
    if let Some(resource) = block.clone().and_then(resource) {
        return Some(in_block(evaluator, resource, &inner, offset));
    }
    let in_locals = block.is_some_and(|block| block.keyword() == "locals");
    in_locals.then(|| in_referred(evaluator, schema, module, file, offset)).flatten()
}

/// The innermost node at an offset; between two tokens, that of a word rather than that of white space.
fn innermost(root: &SyntaxNode, offset: TextSize) -> Option<SyntaxNode> {
    let at = root.token_at_offset(offset);
    let (left, right) = (at.clone().left_biased(), at.right_biased());
    let token = match (left, right) {
        (Some(left), Some(right)) if left != right && is_space(&right) => left,
        (_, Some(right)) => right,
        (left, None) => left?,
    };
    token.parent()
}

fn is_space(token: &SyntaxToken) -> bool {
    token.kind().is_trivia() || token.kind() == SyntaxKind::NEWLINE
}

fn in_block<'s>(
    evaluator: &Evaluator<'_>,
    resource: Resource<'s>,
    inner: &SyntaxNode,
    offset: TextSize,
) -> Place<'s> {
    let own_body = resource.block.arguments();
    if let Some(attribute) = own_body.as_ref().and_then(|body| type_on_line(body, offset)) {
        return Place::Type { resource, attribute };
    }
    let attribute = inner.ancestors().filter_map(ast::Attribute::cast).last();
    let attribute = attribute.or_else(|| own_body.and_then(|body| before_value(&body, offset)));
    let Some(attribute) = attribute else {
        let argument = block_argument(&resource, inner, offset);
        return match argument {
            Some((path, name_range)) => {
                Place::Argument(ArgumentPlace { resource, path, name_range, value: None })
            }
            None => Place::Block(resource),
        };
    };
    let own = attribute.syntax().parent() == resource.block.arguments().map(|it| it.syntax().clone());
    let name = attribute.name();
    let on_name = attribute.name_token().is_some_and(|token| token.text_range().contains_inclusive(offset));
    if own
        && !on_name
        && let Some((path, on)) = body_part(evaluator, &resource, &name, resource.block.syntax.file, offset)
    {
        return Place::Body(Box::new(BodyPlace { resource, path, on }));
    }
    Place::Argument(argument_place(resource, &attribute, inner, offset))
}

/// The attribute `type` when the place is behind its `=`, on its line: also where half a value, such as a type
/// without quotes, is nothing that the language knows.
fn type_on_line(body: &ast::Body, offset: TextSize) -> Option<ast::Attribute> {
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

/// The attribute whose value belongs at `offset` but is not there yet: `type = |`, on the attribute's line.
fn before_value(body: &ast::Body, offset: TextSize) -> Option<ast::Attribute> {
    body.attributes().find(|attribute| {
        let Some(equals) = attribute.eq_token() else { return false };
        let end = attribute.syntax().text_range().end();
        if attribute.value().is_some() || offset < equals.text_range().end() {
            return false;
        }
        let mut next = attribute.syntax().last_token().and_then(|token| token.next_token());
        let mut at = end;
        while let Some(token) = next.filter(|token| token.kind().is_trivia() && !token.text().contains('\n'))
        {
            at = token.text_range().end();
            next = token.next_token();
        }
        offset <= at
    })
}

/// The keyword of a nested block (`identity {`) as an argument.
fn block_argument(
    resource: &Resource<'_>,
    inner: &SyntaxNode,
    offset: TextSize,
) -> Option<(Vec<String>, TextRange)> {
    let block = inner.ancestors().find_map(ast::Block::cast)?;
    if block.syntax() == resource.block.syntax.node.syntax() {
        return None;
    }
    let keyword = block.keyword_token()?;
    let path = argument_path(resource, block.syntax());
    keyword.text_range().contains_inclusive(offset).then(|| (path, keyword.text_range()))
}

fn argument_place<'s>(
    resource: Resource<'s>,
    attribute: &ast::Attribute,
    inner: &SyntaxNode,
    offset: TextSize,
) -> ArgumentPlace<'s> {
    let item = inner.ancestors().find_map(ast::ObjectItem::cast);
    let (path, name_range, value) = match item {
        Some(item) => {
            let name_range = item.key().map_or(item.syntax().text_range(), |key| key.syntax().text_range());
            (argument_path(&resource, item.syntax()), name_range, item.value())
        }
        None => {
            let name = attribute.name_token();
            let name_range = name.map_or(attribute.syntax().text_range(), |token| token.text_range());
            (argument_path(&resource, attribute.syntax()), name_range, attribute.value())
        }
    };
    let value = value.filter(|value| value.syntax().text_range().contains_inclusive(offset));
    let value = value.filter(|_| !name_range.contains_inclusive(offset));
    let value = value.map(|value| resource.block.syntax.with(value));
    ArgumentPlace { resource, path, name_range, value }
}

/// The names of the arguments from the azapi block down to `node`.
pub(super) fn argument_path(resource: &Resource<'_>, node: &SyntaxNode) -> Vec<String> {
    let arguments = resource.block.arguments();
    let Some(top) = arguments.as_ref().map(AstNode::syntax) else { return Vec::new() };
    let mut path: Vec<String> = node
        .ancestors()
        .take_while(|at| at != top)
        .filter_map(|at| {
            if let Some(item) = ast::ObjectItem::cast(at.clone()) {
                return item.key_text();
            }
            if let Some(attribute) = ast::Attribute::cast(at.clone()) {
                return Some(attribute.name());
            }
            ast::Block::cast(at).map(|block| block.keyword())
        })
        .collect();
    path.reverse();
    path
}

/// The type of the body that an argument holds; `None` for arguments that hold none, or while it is not known.
pub fn body_type<'s>(
    evaluator: &Evaluator<'_>,
    resource: &Resource<'s>,
    argument: &str,
) -> Option<SchemaType<'s>> {
    if !matches!(argument, "body" | "sensitive_body") {
        return None;
    }
    match resource.block.definition.means.body {
        BodyOf::Resource => Some(resource.version_or_newest()?.body()),
        BodyOf::Function => {
            let action = resource.argument(evaluator, "action")?.assumed().as_str()?;
            resource.functions().into_iter().find(|function| function.name() == &*action)?.input()
        }
        BodyOf::Nothing => None,
    }
}

/// The innermost part of a block's body at a place of a file.
fn body_part<'s>(
    evaluator: &Evaluator<'_>,
    resource: &Resource<'s>,
    argument: &str,
    file: FileId,
    offset: TextSize,
) -> Option<(BodyPath, BodyPart<'s>)> {
    let ty = body_type(evaluator, resource, argument)?;
    let expression = resource.block.value(argument)?;
    let mut found = None;
    let mut discriminator = (BodyPath::default(), Vec::new());
    let mut visit = |node: BodyNode<'_, 's>| {
        if let BodyNode::Item { path, members, .. } = node
            && let Some(Step::Key(key)) = path.steps().last()
        {
            discriminator = (path.clone(), members.discriminator_values(key));
        }
        if let Some(mut part) = part_at(&node, file, offset) {
            if let (path, BodyPart::Value { selects, .. }) = &mut part
                && *path == discriminator.0
            {
                selects.clone_from(&discriminator.1);
            }
            found = Some(part);
        }
    };
    BodyWalk::new(evaluator, resource.name(evaluator), &mut visit).body(&expression, ty);
    found
}

/// The node's part at the place; as outer nodes are visited first, the last one found is the innermost.
fn part_at<'s>(node: &BodyNode<'_, 's>, file: FileId, offset: TextSize) -> Option<(BodyPath, BodyPart<'s>)> {
    match *node {
        BodyNode::Value { expression, path, ty, members } => {
            let here =
                expression.file == file && expression.node.syntax().text_range().contains_inclusive(offset);
            here.then(|| {
                let (expression, members) = (expression.clone(), members.cloned());
                (path.clone(), BodyPart::Value { expression, ty, members, selects: Vec::new() })
            })
        }
        BodyNode::Item { item, path, member, members } => {
            let key = item.node.key()?;
            let here = item.file == file && key.syntax().text_range().contains_inclusive(offset);
            here.then(|| {
                let (member, members) = (member.cloned(), members.clone());
                (path.clone(), BodyPart::Key { item: item.clone(), member, members })
            })
        }
    }
}

/// A place in a local that some block's body refers to.
fn in_referred<'s>(
    evaluator: &Evaluator<'_>,
    schema: &'s Schema,
    module: &Module,
    file: FileId,
    offset: TextSize,
) -> Option<Place<'s>> {
    for (syntax, _) in module.provider_blocks() {
        let Some(resource) = Resource::of(evaluator, schema, syntax) else { continue };
        for argument in ["body", "sensitive_body"] {
            if let Some((path, on)) = body_part(evaluator, &resource, argument, file, offset) {
                return Some(Place::Body(Box::new(BodyPlace { resource, path, on })));
            }
        }
    }
    None
}
