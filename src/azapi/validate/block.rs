//! The bodies of a block, judged.

use super::fault::{Certainty, Fault, FaultKind};
use super::judge::{Rules, judge};
use super::secret::secrets;
use crate::azapi::AzapiBlock;
use crate::azapi::body::{Root, RootSource, block_arguments, judged_roots};
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
    let roots = judged_roots(schema, block, arguments);
    let source = roots.first()?.source;
    let mut faults: Vec<Fault<'s>> = Vec::new();
    for root in &roots {
        for fault in of_root(root, by_defaults) {
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
    Some(Judged { faults, source })
}

fn of_root<'s>(root: &Root<'s>, by_defaults: bool) -> Vec<Fault<'s>> {
    let required = !root.may_have_more && root.source != RootSource::Part;
    let types: Vec<_> = root.readings.iter().map(|reading| reading.ty).collect();
    let strings = root.strings.iter().map(|string| Fault {
        kind: FaultKind::StringBody,
        path: BodyPath::default(),
        at: string.spans.first(),
        certainty: string.when.map_or(Certainty::Sure, Certainty::When),
        object: None,
    });
    let secrets = root.readable.iter().flat_map(|body| secrets(body, &types));
    strings.chain(judge(&root.value, &types, Rules { required, by_defaults })).chain(secrets).collect()
}
