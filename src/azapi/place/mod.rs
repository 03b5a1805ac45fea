//! What the cursor is on: answered once, for every feature. A *name* that is written or belongs there, a *value*, or
//! a *reference*.
//!
//! `name.rs` and `value.rs` read the syntax around the cursor; `body.rs` says what that is in the bodies of blocks, by
//! the walk of their values. What stands in a local, a variable or a call of a module is looked up by what refers to it
//! (`referrers.rs`). `step.rs` reads the step of a reference that is being written, which is a name of what stands in
//! front of it and a part of whatever value is around it.

mod argument;
mod body;
mod name;
mod reference;
mod referrers;
mod step;
mod value;

pub(crate) use body::BodyTarget;
pub(crate) use reference::Reference;
pub(crate) use step::Step;

use super::provider::{BodyOf, Provider};
use super::resource::Resource;
use crate::schema::Schema;
use crate::syntax::SyntaxNode;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::span::Span;
use crate::terraform::{BlockKind, Evaluator, FileId, Located, Module};
use crate::text::{TextRange, TextSize};
use body::Sought;
use name::NameSpot;
use value::ValueSpot;

/// What the cursor is on.
#[derive(Debug)]
pub(crate) enum Place<'s> {
    /// A name, whole or in part, or where one belongs.
    Name(Name<'s>),
    /// A value, whole or in part, or where one belongs.
    Value(ValuePlace<'s>),
    /// A reference or a declaration, where no block of azapi's has a say.
    Reference(Reference),
    /// In a block of azapi's, on nothing of these: white space, a comment, its second label.
    Block,
}

/// A name under the cursor.
#[derive(Debug)]
pub(crate) struct Name<'s> {
    pub(crate) of: NameOf<'s>,
    /// What is written of it, with its quotes where it has some: what another name replaces. Empty where nothing is
    /// written.
    pub(crate) range: TextRange,
    /// The other names in the same braces.
    pub(crate) present: Vec<String>,
    /// A `=`, a `:` or a brace follows, or for a block type more of the header.
    pub(crate) has_value: bool,
}

/// What a name is the name of.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "a request makes one")]
pub(crate) enum NameOf<'s> {
    /// The first label of a block of a provider's type.
    BlockType {
        kind: BlockKind,
        /// Whether `range` lies in quotes.
        is_quoted: bool,
    },
    /// An argument or a nested block of azapi's, or a key in an argument.
    Argument {
        resource: Resource<'s>,
        /// The arguments and nested blocks around it, from the block inward; empty in the block itself.
        path: Vec<String>,
        /// As it is written; empty where nothing is.
        name: String,
    },
    /// The same in `provider "azapi"`.
    Configuration { path: Vec<String>, name: String },
    /// A key in a body.
    BodyKey {
        /// As it is written; empty where nothing is.
        #[cfg_attr(not(test), expect(dead_code, reason = "completion of keys comes on it"))]
        name: String,
        /// What it is in each body that the object is part of; at least one.
        targets: Vec<BodyTarget<'s>>,
    },
}

/// A value under the cursor.
#[derive(Debug)]
pub(crate) struct ValuePlace<'s> {
    pub(crate) of: ValueOf<'s>,
    /// The expression that gives it, the innermost one around the cursor; `None` where none is written yet.
    pub(crate) expression: Option<Located<Expression>>,
    /// The reference that the cursor is on.
    #[cfg_attr(not(test), expect(dead_code, reason = "definition, references and rename come on it"))]
    pub(crate) reference: Option<Reference>,
}

/// What a value is the value of.
#[derive(Debug)]
pub(crate) enum ValueOf<'s> {
    /// The `type` of a block.
    Type {
        resource: Resource<'s>,
        /// The attribute where the cursor is on its line, wherever; `None` for a value that stands elsewhere.
        attribute: Option<ast::Attribute>,
    },
    /// An argument of azapi's, or a key in an argument.
    Argument {
        resource: Resource<'s>,
        /// From the block inward, the innermost name last: `["identity", "type"]`.
        path: Vec<String>,
    },
    /// A part of a body.
    Body {
        /// What it is in each body that it is part of; at least one.
        targets: Vec<BodyTarget<'s>>,
    },
}

/// What is asked, and of what.
pub(crate) struct Asked<'a, 'm, 's> {
    /// Variables should have their defaults.
    pub(crate) evaluator: &'a Evaluator<'m>,
    pub(crate) schema: &'s Schema,
    pub(crate) file: FileId,
    pub(crate) offset: TextSize,
    /// Whether nobody waits for the answer any more: then it may be short of what is known.
    pub(crate) is_cancelled: &'a dyn Fn() -> bool,
}

/// What the place is; `None` when it has nothing to do with azapi and is no reference.
pub(crate) fn place_at<'s>(asked: &Asked<'_, '_, 's>) -> Option<Place<'s>> {
    let root = asked.evaluator.module().any_file(asked.file)?.root();
    if let Some(label) = name::block_type_at(root.syntax(), asked.offset) {
        return Some(Place::Name(label));
    }
    let spot = Spot::of(root.syntax(), asked.offset);
    let around = block_at(asked.evaluator.module(), asked.file, asked.offset);
    let resource = around.clone().and_then(|block| Resource::of(asked.evaluator, asked.schema, block));
    let found = match resource {
        Some(resource) => Some(asked.in_block(resource, &spot)),
        None => {
            around.and_then(|block| in_configuration(&block.node, &spot)).or_else(|| asked.in_item(&spot))
        }
    };
    found.or_else(|| asked.reference().map(Place::Reference))
}

/// A name in the provider's own configuration.
fn in_configuration<'s>(block: &ast::Block, spot: &Spot) -> Option<Place<'s>> {
    let Spot::Name(name) = spot else { return None };
    let is_own = block.keyword() == "provider" && block.labels().next()?.text() == "azapi";
    let path = argument::path_around(block.body()?.syntax(), &name.container).filter(|_| is_own)?;
    Some(Place::Name(name.of(NameOf::Configuration { path, name: name.text.clone() })))
}

/// The block at the top of a file that an offset lies in, its white space included.
pub(crate) fn block_at(module: &Module, file: FileId, offset: TextSize) -> Option<Located<ast::Block>> {
    let block = name::outermost_block(module.file(file)?.root().syntax(), offset)?;
    Some(Located::new(file, block))
}

/// What is written around the cursor.
enum Spot {
    Name(NameSpot),
    Value(ValueSpot),
    Other,
}

impl Spot {
    fn of(root: &SyntaxNode, offset: TextSize) -> Self {
        if let Some(name) = name::name_at(root, offset) {
            return Self::Name(name);
        }
        value::value_at(root, offset).map_or(Self::Other, Self::Value)
    }

    /// The outermost attribute below `top` that it lies in, and whether it is on the name of that.
    fn attribute(&self, top: &SyntaxNode) -> Option<(ast::Attribute, bool)> {
        let (node, own) = match self {
            Self::Name(spot) => (spot.item.as_ref().unwrap_or(&spot.container), spot.item.as_ref()),
            Self::Value(spot) => (&spot.holder, None),
            Self::Other => return None,
        };
        let below = node.ancestors().take_while(|at| at != top);
        let attribute = below.filter_map(ast::Attribute::cast).last()?;
        let on_name = own.is_some_and(|item| item == attribute.syntax());
        Some((attribute, on_name))
    }
}

impl<'m> Asked<'_, 'm, '_> {
    /// An evaluator whose values tell where these expressions ended up, as it is seen from the cursor.
    fn marking(&self, marks: Vec<Span>) -> Evaluator<'m> {
        let cursor = self.evaluator.module().span(self.file, TextRange::empty(self.offset));
        self.evaluator.marking(marks, cursor)
    }
}

impl<'s> Asked<'_, '_, 's> {
    fn in_block(&self, resource: Resource<'s>, spot: &Spot) -> Place<'s> {
        let Some(arguments) = resource.block.arguments() else { return Place::Block };
        let top = arguments.syntax().clone();
        if let Some(attribute) = value::type_on_line(&arguments, self.offset) {
            let expression = match spot {
                Spot::Value(value) => value.one_outcome(),
                _ => attribute.value(),
            };
            let of = ValueOf::Type { resource, attribute: Some(attribute) };
            return Place::Value(self.value_place(of, expression));
        }
        let attribute = spot.attribute(&top);
        if let Some((attribute, false)) = &attribute {
            let own = attribute.syntax().parent().as_ref() == Some(&top);
            let in_body = own && may_give_body(&resource, &attribute.name());
            if in_body && let Some(sought) = self.sought(spot, Some(attribute)) {
                let marking = self.marking(sought.marks());
                let targets = body::targets(self, &marking, &resource.block, &sought);
                if let Some(place) = self.in_body(spot, targets) {
                    return place;
                }
                if matches!(attribute.name().as_str(), "body" | "sensitive_body") && has_body(&resource) {
                    return self.reference().map_or(Place::Block, Place::Reference);
                }
            }
        }
        match spot {
            Spot::Name(name) => match argument::path_around(&top, &name.container) {
                Some(path) => {
                    Place::Name(name.of(NameOf::Argument { resource, path, name: name.text.clone() }))
                }
                None => Place::Block,
            },
            Spot::Value(value) => match argument::path_to(&top, &value.holder) {
                Some(path) if !path.is_empty() => {
                    let of = ValueOf::Argument { resource, path };
                    Place::Value(self.value_place(of, value.of_holder()))
                }
                _ => Place::Block,
            },
            Spot::Other => Place::Block,
        }
    }

    /// In what is no block of azapi's.
    fn in_item(&self, spot: &Spot) -> Option<Place<'s>> {
        let sought = self.sought(spot, None)?;
        let targets = referrers::targets(self, &sought);
        self.in_body(spot, targets).or_else(|| self.type_elsewhere(spot))
    }

    /// In a value that the `type` of a block refers to.
    fn type_elsewhere(&self, spot: &Spot) -> Option<Place<'s>> {
        let Spot::Value(value) = spot else { return None };
        let spans = value.expressions.iter().map(|one| self.span(one.range())).collect::<Option<Vec<_>>>()?;
        let resource = referrers::typed(self, spans)?;
        let of = ValueOf::Type { resource, attribute: None };
        Some(Place::Value(self.value_place(of, value.one_outcome())))
    }

    fn in_body(&self, spot: &Spot, targets: Vec<BodyTarget<'s>>) -> Option<Place<'s>> {
        if targets.is_empty() {
            return None;
        }
        match spot {
            Spot::Name(name) => {
                Some(Place::Name(name.of(NameOf::BodyKey { name: name.text.clone(), targets })))
            }
            Spot::Value(value) => {
                let rank = targets.iter().map(|target| target.rank).min().unwrap_or_default();
                let expression = value.expressions.get(rank).cloned();
                let targets = targets.into_iter().filter(|target| target.rank == rank).collect();
                Some(Place::Value(self.value_place(ValueOf::Body { targets }, expression)))
            }
            Spot::Other => None,
        }
    }

    fn value_place(&self, of: ValueOf<'s>, expression: Option<Expression>) -> ValuePlace<'s> {
        let expression = expression.map(|node| Located::new(self.file, node));
        ValuePlace { of, expression, reference: self.reference() }
    }

    fn reference(&self) -> Option<Reference> {
        reference::reference_at(self.evaluator.module(), self.file, self.offset)
    }

    /// What to look for in bodies; `attribute` is the argument of the block that the spot lies in.
    fn sought(&self, spot: &Spot, attribute: Option<&ast::Attribute>) -> Option<Sought> {
        match spot {
            Spot::Name(name) => match (&name.item, ast::Object::cast(name.container.clone())) {
                (Some(_), Some(object)) => {
                    Some(Sought::Key { key: self.span(name.range)?, object: self.span(object.range())? })
                }
                (None, Some(object)) => Some(Sought::Inside(self.span(object.range())?)),
                (_, None) => None,
            },
            Spot::Value(value) => value.sought(attribute, &|range| self.span(range)),
            Spot::Other => None,
        }
    }

    fn span(&self, range: TextRange) -> Option<Span> {
        self.evaluator.module().span(self.file, range)
    }
}

/// Whether what stands in an argument of a block can be a part of its body: where it is one, and where it is none of
/// the provider's, as `for_each` is.
fn may_give_body(resource: &Resource<'_>, argument: &str) -> bool {
    let definition = resource.block.definition;
    matches!(argument, "body" | "sensitive_body")
        || Provider::argument_at(definition, &[argument.to_owned()]).is_none()
}

fn has_body(resource: &Resource<'_>) -> bool {
    resource.block.definition.means.body != BodyOf::Nothing
}
