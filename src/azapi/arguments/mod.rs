//! What the provider refuses in the arguments of its blocks: names, types, values, and what must stand together or
//! apart. All of it follows from `schemas/provider.json`; `body` and what stands for parts of it is judged by
//! `validate/`.

mod call;
mod configured;
mod fault;
mod judge;
mod meta;
mod names;
mod output;
mod paths;
mod required_providers;
mod rules;
mod together;

pub(crate) use call::{PREFIX as FUNCTION_PREFIX, judge_call};
pub(crate) use configured::{Configured, provider_without_name};
pub(crate) use fault::{ArgumentFault, ArgumentFaultKind, Certainty, Form, Found, Limit};
pub(crate) use meta::{LIFECYCLE, REPEATS};
pub(crate) use output::{ATTRIBUTE as OUTPUT, judge_output};
pub(crate) use required_providers::{REQUIRED_PROVIDERS, judge_required_providers};

use std::collections::BTreeMap;

use crate::azapi::Resource;
use crate::azapi::provider::{Argument, Block, BlockRule, Check, NestedBlock, Provider};
use crate::schema::Schema;
use crate::syntax::ast;
use crate::terraform::eval::Evaluator;
use crate::terraform::span::Span;
use crate::terraform::value::{Object, Presence};
use crate::terraform::{BlockKind, Located};
use judge::Judge;
use names::Names;

/// What a body of arguments may hold.
#[derive(Clone, Copy)]
struct Accepted {
    arguments: &'static BTreeMap<String, Argument>,
    blocks: &'static BTreeMap<String, NestedBlock>,
    rules: &'static [BlockRule],
    removed: &'static [String],
    meta: names::Meta,
}

static NO_BLOCKS: BTreeMap<String, NestedBlock> = BTreeMap::new();

impl Accepted {
    fn of_block(block: &'static Block, meta: names::Meta) -> Self {
        Self {
            arguments: &block.arguments,
            blocks: &block.blocks,
            rules: &block.rules,
            removed: &block.removed,
            meta,
        }
    }

    fn of_nested(block: &'static NestedBlock) -> Self {
        Self {
            arguments: &block.arguments,
            blocks: &NO_BLOCKS,
            rules: &block.rules,
            removed: &[],
            meta: names::Meta::NOTHING,
        }
    }
}

/// What the faults of one block are judged with.
struct Context<'c, 'm> {
    evaluator: &'c Evaluator<'m>,
    schema: &'c Schema,
    configured: Configured,
    /// What `parent_id` must be is judged with the type.
    judges_parent_elsewhere: bool,
    /// What bodies must be is judged with the type.
    judges_body_elsewhere: bool,
}

/// What is wrong with the arguments of a block: of any of its instances, each thing once. `arguments` has a set for
/// each of them; `judges_body_elsewhere` says that its body was judged with the type. The evaluator must be one for
/// verdicts.
pub(crate) fn judge_block(
    evaluator: &Evaluator<'_>,
    schema: &Schema,
    configured: Configured,
    resource: &Resource<'_>,
    arguments: &[Object],
    judges_body_elsewhere: bool,
) -> Vec<ArgumentFault> {
    let block = &resource.block;
    let judges_parent_elsewhere = block.definition.means.checks.contains(&Check::Parent);
    let context = Context { evaluator, schema, configured, judges_parent_elsewhere, judges_body_elsewhere };
    let mut faults = Vec::new();
    let module = evaluator.module();
    let meta = match block.kind {
        BlockKind::Resource => names::Meta::RESOURCE,
        BlockKind::Data | BlockKind::Ephemeral => names::Meta::DATA,
        BlockKind::List | BlockKind::Action => names::Meta::NOTHING,
    };
    let outer = block.syntax.node.body();
    if let Some(outer) = outer.filter(|_| matches!(block.kind, BlockKind::List | BlockKind::Action)) {
        names::written_twice(module, &block.syntax.with(outer), &mut faults);
    }
    let bodies = block.all_arguments();
    if bodies.is_empty() {
        return faults;
    }
    for body in &bodies {
        meta::check(module, block.kind, body, &mut faults);
    }
    let accepted = Accepted::of_block(block.definition, meta);
    if configured.is_before_2 {
        bodies.iter().for_each(|body| names::written_twice(module, body, &mut faults));
        return faults;
    }
    Names::new(module, &block.type_name).check_parts(&bodies, accepted, &mut faults);
    for arguments in arguments {
        let mut of_instance = Vec::new();
        values(&context, accepted, arguments, None, &mut of_instance);
        together::of_resource(&context, resource, arguments, &mut of_instance);
        paths::check(&context, resource, accepted, arguments, &mut of_instance);
        fault::merge(&mut faults, of_instance);
    }
    faults
}

/// What is wrong in a `provider "azapi"` block.
pub(crate) fn judge_provider(
    evaluator: &Evaluator<'_>,
    schema: &Schema,
    configured: Configured,
    block: &Located<ast::Block>,
) -> Vec<ArgumentFault> {
    let mut faults = Vec::new();
    let parts = evaluator.parts_of(block);
    let bodies: Vec<_> = parts.iter().filter_map(|part| Some(part.with(part.node.body()?))).collect();
    if bodies.is_empty() {
        return faults;
    }
    if configured.is_before_2 {
        bodies.iter().for_each(|body| names::written_twice(evaluator.module(), body, &mut faults));
        return faults;
    }
    let context = Context {
        evaluator,
        schema,
        configured,
        judges_parent_elsewhere: false,
        judges_body_elsewhere: false,
    };
    let accepted = Accepted::of_block(&Provider::get().provider, names::Meta::PROVIDER);
    Names::new(evaluator.module(), "azapi").check_parts(&bodies, accepted, &mut faults);
    let arguments = evaluator.arguments(&bodies, &evaluator.any_scope(block));
    values(&context, accepted, &arguments, None, &mut faults);
    faults
}

/// The values of a block's arguments and of those of its nested blocks. `header` is the nested block's own.
fn values(
    context: &Context<'_, '_>,
    accepted: Accepted,
    arguments: &Object,
    header: Option<Span>,
    faults: &mut Vec<ArgumentFault>,
) {
    for (name, item) in &*arguments.items {
        if let Some(argument) = accepted.arguments.get(&**name) {
            // Written as a block, it has no expression.
            let is_argument = item.site.is_some() || argument.ty.is_list_of_objects();
            if argument.can_be_set() && is_argument {
                Judge { context, faults }.argument(name, item, argument);
            }
            continue;
        }
        let Some(nested) = accepted.blocks.get(&**name) else { continue };
        let Some(list) = item.value.as_sequence() else { continue };
        let header = item.keys.first();
        for element in &*list.elements {
            let Some(inner) = element.value.as_object() else { continue };
            let mut of_nested = Vec::new();
            values(context, Accepted::of_nested(nested), inner, header, &mut of_nested);
            if element.presence != Presence::Always {
                // What decides whether it is there may decide the outcome as well.
                of_nested.retain(|fault| !matches!(fault.certainty, Certainty::When(_)));
                fault::make_unsure(&mut of_nested);
            }
            fault::merge(faults, of_nested);
        }
    }
    together::of_rules(context, accepted, arguments, header, faults);
}
