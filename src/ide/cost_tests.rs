//! What things cost, as the number of allocations that they make: the same on every machine, and in proportion to the
//! time. `tests/data/costs/costs.txt` has the numbers; more than a tenth over one of them fails. Lines are rewritten with
//! `UPDATE_EXPECT=1`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use expect_test::expect_file;

use super::{Analysis, Config, FileId, FilePos, Workspace};
use crate::parallel;
use crate::text::{EditedText, TextEdit, TextRange, TextSize};

const REGISTRY: &str = include_str!("../../tests/data/costs/registry.txt");
const LINES: [usize; 3] = [200, 5_000, 50_000];

/// Allocations of the work on this thread alone, which does all of it.
fn cost<R>(work: impl FnOnce() -> R) -> (u64, R) {
    let mut result = None;
    let info = allocation_counter::measure(|| result = Some(parallel::unshared(work)));
    (info.count_total, result.expect("the work was done"))
}

/// An open document of a module.
struct Document {
    workspace: Workspace,
    path: PathBuf,
    file: FileId,
    /// The end of a value in its middle.
    cursor: TextSize,
}

impl Document {
    fn open(text: &str) -> Self {
        let mut workspace = Workspace::new(Config::default());
        let path = PathBuf::from("/module/main.tf");
        let file = workspace.open_file(&path, text, 1);
        let half = text.len() / 2;
        let cursor = half + text[half..].find("Enabled\"").expect("a value") + "Enabled\"".len();
        Self { workspace, path, file, cursor: TextSize::new(cursor as u32) }
    }

    fn type_a_blank(&mut self, version: i32) {
        let source = self.workspace.source(&self.path).expect("it is open");
        let mut edited = EditedText::new(&source.rope);
        let edit = TextEdit { range: TextRange::empty(self.cursor), new_text: " ".to_owned() };
        edited.apply(edit).expect("a place of the text");
        self.workspace.edit_file(&self.path, &edited, version).expect("it is open");
    }

    fn diagnose(&self) -> Analysis {
        let analysis = self.workspace.analysis();
        assert_eq!(analysis.diagnostics(self.file), []);
        analysis
    }
}

fn costs() -> BTreeMap<String, u64> {
    let mut all = BTreeMap::new();
    for lines in LINES {
        let count = lines.div_ceil(REGISTRY.lines().count());
        let text: String =
            (1..=count).map(|number| REGISTRY.replace("NUMBER", &number.to_string())).collect();
        let mut row = |what: &str, count: u64| all.insert(format!("{what}, {lines} lines"), count);
        let (count, mut document) = cost(|| Document::open(&text));
        row("open", count);
        row("first diagnostics", cost(|| document.diagnose()).0);
        // What is kept from the first time is there from now on.
        document.type_a_blank(2);
        document.diagnose();
        let (count, ()) = cost(|| {
            document.type_a_blank(3);
            document.diagnose();
        });
        row("keystroke to diagnostics", count);
        let at = |back: u32| FilePos { file: document.file, offset: document.cursor - TextSize::new(back) };
        let analysis = document.workspace.analysis();
        let (count, list) = cost(|| analysis.completion(at(1)));
        assert!(!list.items.is_empty());
        row("completion of a value", count);
        let (count, hover) = cost(|| analysis.hover(at(20)));
        assert!(hover.is_some());
        row("hover on a key", count);
    }
    all
}

#[test]
fn nothing_costs_a_tenth_more_than_it_did_and_no_keystroke_more_than_the_length_of_its_file() {
    let costs = costs();
    let keystroke = |lines: usize| costs[&format!("keystroke to diagnostics, {lines} lines")];
    assert!(keystroke(LINES[2]) <= 11 * keystroke(LINES[1]), "{costs:#?}");
    let kept = expect_file!["../../tests/data/costs/costs.txt"];
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let lines = costs.iter().map(|(what, count)| format!("{count:>9} {what}\n"));
        kept.assert_eq(&lines.collect::<String>());
    }
    let kept = kept.data();
    let kept: BTreeMap<&str, u64> = kept
        .lines()
        .filter_map(|line| {
            let (count, what) = line.trim_start().split_once(' ')?;
            Some((what, count.parse().ok()?))
        })
        .collect();
    assert_eq!(
        kept.keys().copied().collect::<Vec<_>>(),
        costs.keys().map(String::as_str).collect::<Vec<_>>()
    );
    let over: Vec<String> = costs
        .iter()
        .filter(|(what, count)| **count > kept[what.as_str()] + kept[what.as_str()] / 10 + 5)
        .map(|(what, count)| format!("{what}: {count}, it was {}", kept[what.as_str()]))
        .collect();
    assert_eq!(over, [""; 0]);
}
