//! The bodies of a block, judged.

use super::fault::{Certainty, Fault, FaultKind};
use super::judge::{Rules, judge, judge_one};
use super::outcomes::{Case, in_cases_of_type};
use super::secret::secrets;
use crate::azapi::AzapiBlock;
use crate::azapi::body::{Root, RootSource, TypeCase, block_arguments, cases_of_type, judged_root};
use crate::schema::Schema;
use crate::schema::path::BodyPath;
use crate::terraform::eval::Evaluator;
use crate::terraform::value::{Object, Value, ValueKind};

/// What is wrong with the body of a block.
#[derive(Debug)]
pub(crate) struct Judged<'s> {
    /// What is wrong in any of its instances, each thing once.
    pub(crate) faults: Vec<Fault<'s>>,
    pub(crate) source: RootSource,
    /// Not only in some of the cases of its type.
    pub(crate) is_whole: bool,
}

/// `None` for a block of whose body nothing is known. `arguments` has what [`block_arguments`] gives by an evaluator
/// for verdicts.
pub(crate) fn judge_block<'s>(
    schema: &'s Schema,
    block: &AzapiBlock,
    arguments: &[Object],
) -> Option<Judged<'s>> {
    judged(schema, block, arguments, false)
}

/// The same of what a run without any value for a variable sends; the evaluator must be one with defaults.
pub(crate) fn judge_by_defaults<'s>(
    evaluator: &Evaluator<'_>,
    schema: &'s Schema,
    block: &AzapiBlock,
) -> Option<Judged<'s>> {
    let scope = evaluator.any_scope(&block.syntax);
    judged(schema, block, &block_arguments(evaluator, block, &scope), true)
}

fn judged<'s>(
    schema: &'s Schema,
    block: &AzapiBlock,
    arguments: &[Object],
    by_defaults: bool,
) -> Option<Judged<'s>> {
    let (mut source, mut is_whole) = (None, true);
    let mut faults: Vec<Fault<'s>> = Vec::new();
    for arguments in arguments {
        let root = judged_root(schema, block, arguments);
        let of_types = by_type(schema, block, arguments, by_defaults);
        let found = match (root, of_types) {
            (Some(root), of_types) => {
                source.get_or_insert(root.source);
                of_root(&root, of_types.map(|(_, faults)| faults), by_defaults)
            }
            (None, Some((of_case, faults))) => {
                source.get_or_insert(of_case);
                is_whole = false;
                faults
            }
            (None, None) => continue,
        };
        for fault in found {
            let twin = faults
                .iter_mut()
                .find(|one| one.at == fault.at && one.path == fault.path && one.kind == fault.kind);
            match twin {
                Some(twin) => {
                    if fault.certainty == Certainty::Sure {
                        twin.certainty = Certainty::Sure;
                    }
                    twin.forget_other_type(&fault);
                }
                None => faults.push(fault),
            }
        }
    }
    Some(Judged { faults, source: source?, is_whole })
}

fn rules(root: &Root<'_>, by_defaults: bool) -> Rules {
    Rules { required: !root.may_have_more && root.source != RootSource::Part, by_defaults }
}

/// What is wrong in each case of the type, where what decides the type decides the body too. In a case whose type is not
/// known all is right; `None` where none is known.
fn by_type<'s>(
    schema: &'s Schema,
    block: &AzapiBlock,
    arguments: &Object,
    by_defaults: bool,
) -> Option<(RootSource, Vec<Fault<'s>>)> {
    let cases = cases_of_type(arguments)?;
    let root = |case: &TypeCase| judged_root(schema, block, &case.arguments);
    let roots: Vec<Option<Root<'s>>> = cases.iter().map(root).collect();
    let source = roots.iter().flatten().next()?.source;
    let given: Vec<Value> =
        cases.iter().map(|case| ValueKind::Object(case.arguments.clone()).into()).collect();
    let judged = cases.iter().zip(&roots).zip(&given).map(|((case, root), given)| {
        let Some((root, reading)) = root.as_ref().and_then(|root| Some((root, root.readings.first()?)))
        else {
            return Case { value: given, when: case.when, refused: false, faults: Vec::new() };
        };
        let (mut faults, refused) = judge_one(&root.value, reading.ty, rules(root, by_defaults));
        let of_type = case.arguments.items.get("type").and_then(|ty| ty.value.as_str());
        faults.iter_mut().for_each(|fault| fault.of_type.clone_from(&of_type));
        Case { value: &root.value, when: case.when, refused, faults }
    });
    Some((source, in_cases_of_type(judged.collect())))
}

/// `of_types` are the faults of the cases of the type, if it has cases.
fn of_root<'s>(root: &Root<'s>, of_types: Option<Vec<Fault<'s>>>, by_defaults: bool) -> Vec<Fault<'s>> {
    let types: Vec<_> = root.readings.iter().map(|reading| reading.ty).collect();
    let strings = root.strings.iter().map(|string| Fault {
        certainty: string.when.map_or(Certainty::Sure, Certainty::When),
        ..Fault::sure(
            FaultKind::StringBody { argument: string.argument },
            BodyPath::default(),
            string.spans.first(),
        )
    });
    let secrets = root.readable.iter().flat_map(|body| secrets(body, &types));
    let of_body = of_types.unwrap_or_else(|| judge(&root.value, &types, rules(root, by_defaults)));
    strings.chain(of_body).chain(secrets).collect()
}
