//! The bodies of a block, judged.

use super::fault::{Certainty, Fault, FaultKind};
use super::judge::{Rules, judge, judge_one};
use super::outcomes::{Case, in_cases_of_type};
use super::secret::secrets;
use crate::azapi::AzapiBlock;
use crate::azapi::body::{Root, RootSource, block_arguments, cases_of_type, judged_root};
use crate::schema::Schema;
use crate::schema::path::BodyPath;
use crate::terraform::eval::Evaluator;
use crate::terraform::value::Object;

/// What is wrong with the body of a block.
#[derive(Debug)]
pub(crate) struct Judged<'s> {
    /// What is wrong in any of its instances, each thing once.
    pub(crate) faults: Vec<Fault<'s>>,
    pub(crate) source: RootSource,
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
    judged(schema, block, &block_arguments(evaluator, block), true)
}

fn judged<'s>(
    schema: &'s Schema,
    block: &AzapiBlock,
    arguments: &[Object],
    by_defaults: bool,
) -> Option<Judged<'s>> {
    let mut source = None;
    let mut faults: Vec<Fault<'s>> = Vec::new();
    for arguments in arguments {
        let Some(root) = judged_root(schema, block, arguments) else { continue };
        source.get_or_insert(root.source);
        let of_types = by_type(schema, block, arguments, by_defaults);
        for fault in of_root(&root, of_types, by_defaults) {
            let twin = faults
                .iter_mut()
                .find(|one| one.at == fault.at && one.path == fault.path && one.kind == fault.kind);
            match twin {
                Some(twin) if fault.certainty == Certainty::Sure => twin.certainty = Certainty::Sure,
                Some(_) => {}
                None => faults.push(fault),
            }
        }
    }
    Some(Judged { faults, source: source? })
}

fn rules(root: &Root<'_>, by_defaults: bool) -> Rules {
    Rules { required: !root.may_have_more && root.source != RootSource::Part, by_defaults }
}

/// What is wrong in each case of the type, where what decides the type decides the body too.
fn by_type<'s>(
    schema: &'s Schema,
    block: &AzapiBlock,
    arguments: &Object,
    by_defaults: bool,
) -> Option<Vec<Fault<'s>>> {
    let cases = cases_of_type(arguments)?;
    let roots: Option<Vec<Root<'s>>> =
        cases.iter().map(|case| judged_root(schema, block, &case.arguments)).collect();
    let roots = roots?;
    let judged = roots.iter().zip(&cases).map(|(root, case)| {
        let reading = root.readings.first()?;
        let (faults, refused) = judge_one(&root.value, reading.ty, rules(root, by_defaults));
        Some(Case { value: &root.value, when: case.when, refused, faults })
    });
    Some(in_cases_of_type(judged.collect::<Option<Vec<_>>>()?))
}

/// `of_types` are the faults of the cases of the type, if it has cases.
fn of_root<'s>(root: &Root<'s>, of_types: Option<Vec<Fault<'s>>>, by_defaults: bool) -> Vec<Fault<'s>> {
    let types: Vec<_> = root.readings.iter().map(|reading| reading.ty).collect();
    let strings = root.strings.iter().map(|string| Fault {
        kind: FaultKind::StringBody,
        path: BodyPath::default(),
        at: string.spans.first(),
        certainty: string.when.map_or(Certainty::Sure, Certainty::When),
        object: None,
    });
    let secrets = root.readable.iter().flat_map(|body| secrets(body, &types));
    let of_body = of_types.unwrap_or_else(|| judge(&root.value, &types, rules(root, by_defaults)));
    strings.chain(of_body).chain(secrets).collect()
}
