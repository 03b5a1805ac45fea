//! Calls of the provider's functions. Terraform makes them at validate where their arguments are known.

use super::fault::{ArgumentFault, ArgumentFaultKind, Certainty, Form, Found};
use super::judge::found;
use crate::azapi::parent;
use crate::azapi::provider::{ArgumentType, Parameter, Provider};
use crate::schema::arm_id::ArmId;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::eval::Evaluator;
use crate::terraform::span::Span;
use crate::terraform::value::{Value, ValueKind};
use crate::terraform::{Located, convert};
use crate::text::closest;

/// In front of the name of each of them.
pub(crate) const PREFIX: &str = "provider::azapi::";
/// So many near names are proposed.
const NEAR: usize = 3;

/// What is wrong with one call; nothing for calls of other functions.
pub(crate) fn judge_call(evaluator: &Evaluator<'_>, call: &Located<ast::Call>) -> Vec<ArgumentFault> {
    let mut faults = Vec::new();
    let name = call.node.function();
    let Some(name) = name.strip_prefix(PREFIX) else { return faults };
    let module = evaluator.module();
    let header = call.node.name_node().and_then(|node| module.span(call.file, node.text_range()));
    let functions = &Provider::get().functions;
    let Some(function) = functions.get(name) else {
        let near = closest(name, functions.keys().map(String::as_str), NEAR);
        let near = near.into_iter().map(str::to_owned).collect();
        let at = call.node.name_token().and_then(|token| module.span(call.file, token.text_range()));
        let kind = ArgumentFaultKind::UnknownFunction {
            name: name.to_owned(),
            of: "azapi".to_owned(),
            near,
            is_action: false,
        };
        faults.push(sure(kind, at));
        return faults;
    };
    if call.node.expand_final() {
        return faults;
    }
    let arguments: Vec<Expression> = call.node.args().collect();
    if arguments.len() != function.parameters.len() {
        let (expected, found) = (function.parameters.len(), arguments.len());
        let kind = ArgumentFaultKind::Count { function: name.to_owned(), expected, found };
        faults.push(sure(kind, header));
        return faults;
    }
    let mut values = Vec::new();
    for (argument, parameter) in arguments.iter().zip(&function.parameters) {
        let at = call.with(argument.clone());
        let value = evaluator.value(&at);
        let site = module.span(call.file, argument.range());
        if let Some(fault) = of_parameter(&value, parameter, site) {
            faults.push(fault);
        }
        values.push((value, site));
    }
    if faults.is_empty() {
        faults.extend(of_meaning(name, &values));
    }
    faults
}

fn sure(kind: ArgumentFaultKind, at: Option<Span>) -> ArgumentFault {
    ArgumentFault { kind, at, certainty: Certainty::Sure }
}

/// Of a value that is one of several, each must be wrong.
fn of_parameter(value: &Value, parameter: &'static Parameter, site: Option<Span>) -> Option<ArgumentFault> {
    let found: Option<Vec<Found>> = value.outcomes().map(|one| misfit(one, parameter)).collect();
    let found = found?.into_iter().next()?;
    let kind = ArgumentFaultKind::Type { name: parameter.name.clone(), expected: &parameter.ty, found };
    Some(sure(kind, site))
}

fn misfit(value: &Value, parameter: &Parameter) -> Option<Found> {
    let is_text = |value: &Value| {
        !matches!(
            value.kind,
            ValueKind::Sequence(_) | ValueKind::Object(_) | ValueKind::Block(_) | ValueKind::Null
        ) && !convert::to_string(value).is_failure()
    };
    let fits = match (&parameter.ty, &value.kind) {
        (_, ValueKind::Fails) | (ArgumentType::Dynamic, _) => true,
        (_, ValueKind::Null) => parameter.allow_null,
        (ArgumentType::String, ValueKind::Unknown { .. }) => true,
        (ArgumentType::String, _) => is_text(value),
        (ArgumentType::List(_), ValueKind::Sequence(list)) => list.elements.iter().all(|element| {
            element
                .value
                .outcomes()
                .any(|one| matches!(one.kind, ValueKind::Unknown { .. } | ValueKind::Fails) || is_text(one))
        }),
        (ArgumentType::List(_), ValueKind::String(_) | ValueKind::Number(_) | ValueKind::Bool(_)) => false,
        (ArgumentType::List(_), ValueKind::Object(_)) => false,
        _ => true,
    };
    (!fits).then(|| found(value))
}

/// What the functions themselves refuse, where all that it depends on is known.
fn of_meaning(name: &str, values: &[(Value, Option<Span>)]) -> Option<ArgumentFault> {
    let text = |at: usize| values.get(at)?.0.as_str().map(|text| text.to_string());
    let bare = |ty: String| ty.split_once('@').map_or(ty.clone(), |(name, _)| name.to_owned());
    match name {
        "parse_resource_id" => {
            let (ty, id) = (bare(text(0)?), text(1)?);
            let Ok(parsed) = ArmId::parse(&id) else {
                let reason = ArmId::parse(&id).err()?.to_string();
                let form = Form::ArmId(reason);
                let kind = ArgumentFaultKind::Form { name: "resource_id".into(), found: id, form };
                return Some(sure(kind, values[1].1));
            };
            let found = parsed.resource_type().map(str::to_owned);
            let fits = parsed.may_be_of_type(&ty);
            (!fits).then(|| sure(ArgumentFaultKind::OtherType { ty, found, declared: None }, values[1].1))
        }
        "build_resource_id" => {
            let (above, ty, name) = (text(0)?, bare(text(1)?), text(2)?);
            parent::resource_id(&ty, None, &name, &above).err()?;
            let found = ArmId::parse(&above).ok().and_then(|id| id.resource_type().map(str::to_owned));
            let ty = crate::schema::arm_id::parent_type(&ty).map(str::to_owned);
            let kind = match ty {
                Some(ty) => ArgumentFaultKind::OtherType { ty, found, declared: None },
                None => ArgumentFaultKind::Form {
                    name: "parent_id".into(),
                    form: Form::ArmId(ArmId::parse(&above).err()?.to_string()),
                    found: above,
                },
            };
            Some(sure(kind, values[0].1))
        }
        "tenant_resource_id"
        | "management_group_resource_id"
        | "subscription_resource_id"
        | "resource_group_resource_id"
        | "extension_resource_id" => {
            let (names, site) = values.last()?;
            let list = names.as_sequence().filter(|list| list.is_complete())?;
            let ty = bare(text(values.len() - 2)?);
            let (expected, found) = (ty.split('/').count().checked_sub(1)?, list.elements.len());
            (expected > 0 && expected != found)
                .then(|| sure(ArgumentFaultKind::Names { ty, expected, found }, *site))
        }
        _ => None,
    }
}
