//! The bodies of a block, judged.

use super::fault::{Certainty, Fault, FaultKind};
use super::judge::{Rules, judge};
use crate::azapi::AzapiBlock;
use crate::azapi::body::{Purpose, Root, RootSource, roots_of};
use crate::schema::Schema;
use crate::schema::path::BodyPath;
use crate::terraform::value::Object;

/// What is wrong with the body of a block.
#[derive(Debug)]
pub(crate) struct Judged<'s> {
    /// What is wrong in any of its instances, each thing once.
    pub(crate) faults: Vec<Fault<'s>>,
    pub(crate) source: RootSource,
}

/// `None` for a block of whose body nothing is known. The arguments are those for verdicts.
pub(crate) fn judge_arguments<'s>(
    schema: &'s Schema,
    block: &AzapiBlock,
    arguments: &[Object],
) -> Option<Judged<'s>> {
    let roots = roots_of(schema, block, arguments, Purpose::Verdict);
    let source = roots.first()?.source;
    let mut faults: Vec<Fault<'s>> = Vec::new();
    for root in &roots {
        for fault in of_root(root) {
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

/// The same of a block by itself. The evaluator must be one for verdicts.
#[cfg(test)]
pub(crate) fn judge_block<'s>(
    evaluator: &crate::terraform::Evaluator<'_>,
    schema: &'s Schema,
    block: &AzapiBlock,
) -> Option<Judged<'s>> {
    let arguments = crate::azapi::body::block_arguments(evaluator, block, Purpose::Verdict);
    judge_arguments(schema, block, &arguments)
}

fn of_root<'s>(root: &Root<'s>) -> Vec<Fault<'s>> {
    let required = !root.may_have_more && root.source != RootSource::Part;
    let types: Vec<_> = root.readings.iter().map(|reading| reading.ty).collect();
    let strings = root.strings.iter().map(|string| Fault {
        kind: FaultKind::StringBody,
        path: BodyPath::default(),
        at: string.spans.first(),
        certainty: string.when.map_or(Certainty::Sure, Certainty::When),
    });
    strings.chain(judge(&root.value, &types, Rules { required })).collect()
}
