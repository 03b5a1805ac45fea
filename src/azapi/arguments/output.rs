//! What is read of the `output` of a block: whether the response has it, and whether it is exported.

use super::fault::{ArgumentFault, ArgumentFaultKind, Certainty};
use super::paths::response;
use crate::azapi::Resource;
use crate::azapi::paths::{Member, Reach};
use crate::azapi::provider::ResponseOf;
use crate::schema::path::{BodyPath, Step};
use crate::schema::{Schema, SchemaType, TypeKind};
use crate::syntax::ast::{self, AstNode, Expression, IndexKey, StepKind};
use crate::terraform::eval::Evaluator;
use crate::terraform::value::{Presence, Value, ValueKind};
use crate::terraform::{Address, BlockAddress, BlockKind, Located};
use crate::text::{TextRange, TextSize, closest};

/// So many near names are proposed.
const NEAR: usize = 3;

/// The attribute that holds the response.
pub(crate) const ATTRIBUTE: &str = "output";

/// What a block exports of its response.
enum Exported {
    /// All of it.
    All,
    /// What only Azure sets.
    ReadOnly,
    Paths(Vec<String>),
    Names(Vec<String>),
}

/// What is wrong with a reference to something in an `output`; nothing for other expressions.
pub(crate) fn judge_output(
    evaluator: &Evaluator<'_>,
    schema: &Schema,
    at: &Located<Expression>,
) -> Option<ArgumentFault> {
    let (address, steps) = read(&at.node)?;
    if steps.is_empty() || is_guarded(&at.node) {
        return None;
    }
    let block = evaluator.module().block(&Address::Block(address))?;
    let resource = Resource::of(evaluator, schema, block)?;
    let of = resource.block.definition.means.response;
    if of == ResponseOf::Nothing {
        return None;
    }
    let action = resource.argument(evaluator, "action");
    let action = action.as_ref().and_then(Value::as_str);
    let root = response(schema, of, &resource.type_reference, action.as_deref());
    let exported = exported(evaluator, &resource, of)?;
    let (kind, range) = judge(&steps, root, &exported, &resource)?;
    let span = evaluator.module().span(at.file, range)?;
    Some(ArgumentFault { kind, at: Some(span), certainty: Certainty::Lenient })
}

/// The block, and the steps behind its `output`.
fn read(expression: &Expression) -> Option<(BlockAddress, Vec<ast::Step>)> {
    let traversal = ast::traversal(expression)?;
    let mut steps = traversal.steps.into_iter();
    let mut attribute = || match steps.next()?.kind {
        StepKind::Attr(name) => Some(name),
        _ => None,
    };
    let (kind, type_name) = match traversal.root.as_str() {
        "data" => (BlockKind::Data, attribute()?),
        "ephemeral" => (BlockKind::Ephemeral, attribute()?),
        _ => (BlockKind::Resource, traversal.root.clone()),
    };
    if !type_name.starts_with("azapi_") {
        return None;
    }
    let address = BlockAddress::new(kind, type_name, attribute()?);
    let mut rest: Vec<ast::Step> = steps.collect();
    if matches!(rest.first()?.kind, StepKind::Index(_) | StepKind::Splat) {
        rest.remove(0);
    }
    let is_output = matches!(&rest.first()?.kind, StepKind::Attr(name) if name == ATTRIBUTE);
    is_output.then(|| (address, rest.split_off(1)))
}

/// Whether a part of a longer reference, or the argument of a function that copes with what is not there.
fn is_guarded(expression: &Expression) -> bool {
    let mut parents = expression.syntax().ancestors().skip(1);
    let continues = parents.next().and_then(Expression::cast).is_some_and(|parent| {
        let base = match &parent {
            Expression::GetAttr(it) => it.base(),
            Expression::Index(it) => it.base(),
            Expression::Splat(it) => it.base(),
            _ => None,
        };
        base.is_some_and(|base| base.range() == expression.range())
    });
    let mut calls = expression.syntax().ancestors().filter_map(ast::Call::cast);
    continues || calls.any(|call| matches!(call.function().as_str(), "try" | "can" | "lookup"))
}

/// `None` where it is not known.
fn exported(evaluator: &Evaluator<'_>, resource: &Resource<'_>, of: ResponseOf) -> Option<Exported> {
    let value = resource.argument(evaluator, "response_export_values");
    let Some(value) = value.filter(|value| !value.is_null()) else {
        let defaults = resource.block.kind == BlockKind::Resource && of == ResponseOf::Resource;
        return Some(if defaults { Exported::ReadOnly } else { Exported::All });
    };
    match &value.kind {
        ValueKind::Sequence(list) if list.is_complete() => {
            let texts = list.elements.iter().map(|element| element.value.as_str());
            let texts: Option<Vec<_>> = texts.collect();
            let paths: Vec<String> = texts?.iter().map(|text| text.to_string()).collect();
            Some(if paths.iter().any(|path| path == "*") { Exported::All } else { Exported::Paths(paths) })
        }
        ValueKind::Object(object)
            if object.rest.is_none() && object.items.values().all(|it| it.presence == Presence::Always) =>
        {
            Some(Exported::Names(object.items.keys().map(|key| key.to_string()).collect()))
        }
        _ => None,
    }
}

fn judge(
    steps: &[ast::Step],
    root: Reach<'_>,
    exported: &Exported,
    resource: &Resource<'_>,
) -> Option<(ArgumentFaultKind, TextRange)> {
    if let Exported::Names(names) = exported {
        let (name, range) = named(steps.first()?)?;
        let near = || closest(&name, names.iter().map(String::as_str), NEAR);
        let kind = || ArgumentFaultKind::NoOutput {
            name: name.clone(),
            near: near().into_iter().map(str::to_owned).collect(),
        };
        return (!names.contains(&name)).then(|| (kind(), range));
    }
    let mut here = root;
    let mut path: Vec<String> = Vec::new();
    let mut is_plain = true;
    for step in steps {
        let Some((name, range)) = named(step) else {
            here = here.any_item();
            is_plain = false;
            continue;
        };
        here = match here.member(&name) {
            Member::To(found) => found,
            Member::Nowhere(near) => return Some((ArgumentFaultKind::NoOutput { name, near }, range)),
        };
        path.push(name);
        if !is_plain {
            continue;
        }
        let is_missing = match exported {
            Exported::Paths(paths) => !paths.iter().any(|one| overlaps(one, &path)),
            Exported::ReadOnly => is_only_written(&path, resource),
            Exported::All | Exported::Names(_) => false,
        };
        if is_missing {
            return Some((ArgumentFaultKind::NotExported { name: path.join(".") }, range));
        }
    }
    None
}

/// Whether one leads to what the other leads through.
fn overlaps(exported: &str, path: &[String]) -> bool {
    exported.split('.').zip(path).all(|(one, two)| one == two)
}

/// A scalar of which the author, not Azure, is the source, so that it is not exported by itself.
fn is_only_written(path: &[String], resource: &Resource<'_>) -> bool {
    let Some(body) = resource.version().map(|version| version.body()) else { return false };
    if path.first().map(String::as_str) != Some("properties") || path.len() < 2 {
        return false;
    }
    let mut so_far = BodyPath::default();
    for name in path {
        so_far.push(Step::Key(name.clone()));
        let Ok(found) = so_far.resolve(body) else { return false };
        let Some(property) = found.property else { return false };
        if property.flags().read_only() {
            return false;
        }
        if so_far.steps().len() == path.len() {
            return is_scalar(found.ty);
        }
    }
    false
}

fn is_scalar(ty: SchemaType<'_>) -> bool {
    ty.alternatives().iter().all(|one| {
        matches!(
            one.kind(),
            TypeKind::String { .. } | TypeKind::Integer { .. } | TypeKind::Boolean | TypeKind::Literal(_)
        )
    })
}

/// The name that a step takes, and where it is written; `None` for an index.
fn named(step: &ast::Step) -> Option<(String, TextRange)> {
    match &step.kind {
        StepKind::Attr(name) if !name.is_empty() => {
            let length = TextSize::of(name.as_str());
            let start = step.range.end().checked_sub(length)?;
            Some((name.clone(), TextRange::at(start, length)))
        }
        StepKind::Index(IndexKey::Str(name)) => {
            let (before, length) = (TextSize::of("[\""), TextSize::of(name.as_str()));
            let is_plain = step.range.len() == before + length + before;
            is_plain.then(|| (name.clone(), TextRange::at(step.range.start() + before, length)))
        }
        _ => None,
    }
}
