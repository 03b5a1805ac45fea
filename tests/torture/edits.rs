//! Edits: documents that lead to one another, changed in every way and asked about meanwhile. What the server then says is
//! what one says that is given the model's texts.

use std::panic::{AssertUnwindSafe, catch_unwind};

use fastrand::Rng;
use serde_json::Value;

use crate::client::Server;
use crate::model::{self, Change, Encoding};
use crate::questions::{Question, compare};
use crate::rounds::{Subject, play};
use crate::texts;

/// One folder's two files, and one of the folder that its calls lead to.
pub(crate) const URIS: [&str; 3] = [
    "file:///no/such/folder/main.tf",
    "file:///no/such/folder/other.tf",
    "file:///no/such/folder/child/main.tf",
];

/// What happens to the documents, one after another.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    /// One notification.
    Change(usize, Vec<Change>),
    /// Closed, and opened with the text that it had.
    Reopen(usize),
    /// Asked, and not compared: what it made the server remember may be wrong later on.
    Ask(Question),
    /// Asked and compared, with questions of this seed.
    Compare(u64),
}

#[derive(Debug, Clone, PartialEq)]
struct Case {
    encoding: Encoding,
    texts: [String; 3],
    steps: Vec<Step>,
}

impl Case {
    fn new(rng: &mut Rng) -> Self {
        let encoding = Encoding::ALL[rng.usize(..3)];
        let texts = [6, 4, 3].map(|most| texts::configuration(rng, most));
        let mut now = texts.clone();
        let mut steps = Vec::new();
        for _ in 0..rng.u8(10..50) {
            let document = rng.usize(..3);
            match rng.u8(..12) {
                0 => steps.push(Step::Reopen(document)),
                1 | 2 => {
                    steps.push(Step::Ask(Question::any(rng, URIS[document], &now[document], encoding)));
                }
                3 if rng.bool() => steps.push(Step::Compare(rng.u64(..))),
                _ => {
                    let mut changes = Vec::new();
                    for _ in 0..*rng.choice([1, 1, 1, 2, 3, 8].as_slice()).expect("counts") {
                        let change = texts::change(rng, &now[document], encoding);
                        now[document] = model::changed(&now[document], &change, encoding);
                        changes.push(change);
                    }
                    steps.push(Step::Change(document, changes));
                }
            }
        }
        steps.push(Step::Compare(rng.u64(..)));
        Self { encoding, texts, steps }
    }

    /// Plays it; what went wrong, if anything did.
    fn outcome(&self) -> Result<(), String> {
        let outcome = catch_unwind(AssertUnwindSafe(|| self.play()));
        outcome.unwrap_or_else(|_| Err("the server broke off, see above".to_owned()))
    }

    fn play(&self) -> Result<(), String> {
        let mut server = Server::start(self.encoding);
        let mut texts = self.texts.clone();
        let mut version = 1;
        for (uri, text) in URIS.iter().zip(&texts) {
            server.open(uri, version, text);
        }
        for step in &self.steps {
            match step {
                Step::Change(document, changes) => {
                    version += 1;
                    for change in changes {
                        texts[*document] = model::changed(&texts[*document], change, self.encoding);
                    }
                    let changes = changes.iter().map(Change::to_json).collect();
                    server.change(URIS[*document], version, changes);
                }
                Step::Reopen(document) => {
                    server.close(URIS[*document]);
                    server.open(URIS[*document], version, &texts[*document]);
                }
                Step::Ask(question) => {
                    // Right or not: it is asked again where it is compared.
                    question.answer(&mut server).ok();
                }
                Step::Compare(seed) => self.compare(&mut server, &texts, *seed)?,
            }
        }
        let refused: Vec<&Value> = server.calls.iter().collect();
        if !refused.is_empty() {
            return Err(format!("the server complains: {refused:?}"));
        }
        server.finish();
        Ok(())
    }

    fn compare(&self, server: &mut Server, texts: &[String; 3], seed: u64) -> Result<(), String> {
        let mut rng = Rng::with_seed(seed);
        let mut fresh = Server::start(self.encoding);
        for (uri, text) in URIS.iter().zip(texts) {
            fresh.open(uri, 1, text);
        }
        for (uri, text) in URIS.iter().zip(texts) {
            for question in Question::many(&mut rng, uri, text, self.encoding) {
                let (one, other) = (question.answer(server), question.answer(&mut fresh));
                let (one, other) = (without_versions(one), without_versions(other));
                compare(&format!("edited and fresh differ on {text:?}"), &question, &one, &other)?;
            }
        }
        fresh.finish();
        Ok(())
    }

    /// The smallest case found that fails still.
    fn smallest(mut self) -> Self {
        let mut left = 400;
        let mut fails = |case: &Self| {
            left -= 1;
            left > 0 && case.outcome().is_err()
        };
        loop {
            let before = self.clone();
            let steps = self.steps.clone();
            self.steps = fewer(steps, |steps| fails(&Self { steps: steps.to_vec(), ..self.clone() }));
            for document in 0..3 {
                let lines: Vec<String> =
                    self.texts[document].split_inclusive(['\n', '\r']).map(str::to_owned).collect();
                let with = |lines: &[String]| {
                    let mut case = self.clone();
                    case.texts[document] = lines.concat();
                    case
                };
                self = with(&fewer(lines, |lines| fails(&with(lines))));
            }
            for at in 0..self.steps.len() {
                let Step::Change(document, changes) = self.steps[at].clone() else { continue };
                let with = |changes: &[Change]| {
                    let mut case = self.clone();
                    case.steps[at] = Step::Change(document, changes.to_vec());
                    case
                };
                self = with(&fewer(changes, |changes| fails(&with(changes))));
            }
            if self == before {
                return self;
            }
        }
    }
}

/// As few of these as still fail: halves are left out, then quarters, down to one.
fn fewer<T: Clone>(mut all: Vec<T>, mut fails: impl FnMut(&[T]) -> bool) -> Vec<T> {
    let mut size = all.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < all.len() {
            let mut without = all.clone();
            without.drain(at..(at + size).min(all.len()));
            if fails(&without) {
                all = without;
            } else {
                at += size;
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    all
}

/// The edits of code actions name the version of the document, which counts the changes that there were.
fn without_versions(answer: crate::client::Answer) -> crate::client::Answer {
    fn strip(value: &mut Value) {
        match value {
            Value::Array(all) => all.iter_mut().for_each(strip),
            Value::Object(members) => {
                if members.contains_key("uri") {
                    members.remove("version");
                }
                members.values_mut().for_each(strip);
            }
            _ => {}
        }
    }
    answer.map(|mut value| {
        strip(&mut value);
        value
    })
}

#[test]
fn edited_documents_are_what_a_fresh_server_makes_of_their_texts() {
    play(Subject::Edits, 12, |_, rng| {
        let case = Case::new(rng);
        if let Err(problem) = case.outcome() {
            let smallest = case.smallest();
            let problem = smallest.outcome().err().unwrap_or(problem);
            panic!("{problem}\nthe smallest case: {smallest:#?}");
        }
        case.steps.len()
    });
}
