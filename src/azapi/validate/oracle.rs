//! The verdicts of the real provider on generated bodies, recorded with `terraform validate`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Certainty, FaultKind, judge_block};
use crate::azapi::AzapiBlock;
use crate::azapi::body::block_arguments;
use crate::schema::Schema;
use crate::syntax;
use crate::terraform::declaration::FileIndex;
use crate::terraform::eval::{Assume, Evaluator};
use crate::terraform::module::ModuleFile;
use crate::terraform::{FileId, Located, Module};

#[derive(serde::Deserialize)]
struct Case {
    id: String,
    mutation: String,
    shape: String,
    hcl: String,
    faults: BTreeSet<(String, String)>,
}

/// The provider's message names a value with "Range" in it, so the record of this case took it for one of a range.
const MISREAD: &str = "c02156";

/// The bodies of these types are others in the bundled data than they were in the data of that provider.
const CHANGED: [&str; 3] = ["c01073", "c01691", "c02365"];

fn cases() -> Vec<Case> {
    let text = include_str!("../../../tests/data/oracle/validate-cases.jsonl");
    text.lines().map(|line| serde_json::from_str(line).expect("a case")).collect()
}

/// What is wrong at severity error, as the records name it. `None` where the data lacks the type or version.
fn verdict(schema: &Schema, hcl: &str) -> Option<BTreeSet<(String, String)>> {
    // Not by functions, which have tests of their own.
    let hcl = hcl.replace("length(\"ab\") == 2", "\"ab\" == \"ab\"").replace("jsondecode(jsonencode(", "((");
    let parse = syntax::parse(&format!("variable \"unknown\" {{}}\n{hcl}"));
    let root = parse.root();
    let index = Arc::new(FileIndex::new(&root));
    let module = Module::new(vec![ModuleFile::new(FileId(0), parse, index)]);
    let evaluator = Evaluator::new(&module, Assume::Nothing);
    let mut blocks = root.body().blocks().map(|block| Located::new(FileId(0), block));
    let block = blocks.find_map(AzapiBlock::of).expect("an azapi block");
    let arguments = block_arguments(&evaluator, &block, &evaluator.any_scope(&block.syntax));
    let faults = judge_block(schema, &block, &arguments)?.faults;
    let sure = faults.iter().filter(|it| it.certainty == Certainty::Sure && !it.kind.is_lenient());
    Some(sure.map(|fault| (kind(&fault.kind).to_owned(), fault.path.dotted())).collect())
}

fn kind(kind: &FaultKind<'_>) -> &'static str {
    match kind {
        FaultKind::Missing { .. } => "required",
        FaultKind::Unexpected { .. } => "unexpected",
        FaultKind::ReadOnly { .. } => "read-only",
        FaultKind::Type { .. } | FaultKind::StringBody { .. } => "type",
        FaultKind::Value { .. } => "value",
        FaultKind::NoVariant { .. } => "no variant",
        FaultKind::Length { .. } => "length",
        FaultKind::Range { .. } => "range",
        FaultKind::Pattern { .. } => "pattern",
        FaultKind::Secret { .. } => "secret",
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "a run of the tests says how many cases were skipped")]
fn every_verdict_on_a_body_is_that_of_the_provider() {
    let schema = crate::schema::Schema::bundled();
    let (mut wrong, mut skipped, mut shapes) = (Vec::new(), 0, BTreeMap::<String, u32>::new());
    for mut case in cases() {
        let known = verdict(schema, &case.hcl).filter(|_| !CHANGED.contains(&case.id.as_str()));
        let Some(found) = known else {
            skipped += 1;
            continue;
        };
        *shapes.entry(case.shape.clone()).or_default() += 1;
        if case.id == MISREAD {
            case.faults = case.faults.into_iter().map(|(_, path)| ("value".to_owned(), path)).collect();
        }
        if found != case.faults {
            let (provider, ours) = (case.faults.difference(&found), found.difference(&case.faults));
            wrong.push(format!(
                "{} {} {}\n    the provider alone: {:?}\n    found alone: {:?}",
                case.id,
                case.shape,
                case.mutation,
                provider.collect::<Vec<_>>(),
                ours.collect::<Vec<_>>()
            ));
        }
    }
    println!(
        "{skipped} cases skipped: their type or version is not in the data; judged by shape: {shapes:?}"
    );
    assert!(
        shapes.len() == 6 && shapes.values().sum::<u32>() > 10 * skipped,
        "{shapes:?}, {skipped} skipped"
    );
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}
