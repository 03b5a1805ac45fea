//! Order: changes and requests sent at once, without waiting. Each request is answered once, for the text at its place.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::client::Server;
use crate::edits::URIS;
use crate::model::{self, Change, Encoding, Place};
use crate::questions::{Question, comparable, compare};
use crate::rounds::{Subject, play};
use crate::texts;

/// The text was changed meanwhile: an answer that the protocol allows at any time.
const CONTENT_MODIFIED: i64 = -32801;

/// A first line that names how many changes there were.
fn marker(number: usize) -> String {
    format!("output \"mark_{number}\" {{}}")
}

/// A question, with the texts it was asked of.
struct Asked {
    id: Value,
    question: Question,
    texts: [String; 3],
    /// Which document, and its marker.
    about: (usize, String),
}

fn round(rng: &mut Rng) -> Result<usize, String> {
    let encoding = Encoding::ALL[rng.usize(..3)];
    let mut server = Server::start(encoding);
    let mut texts = [5, 4, 3].map(|most| format!("{}\n{}", marker(0), texts::configuration(rng, most)));
    let mut marks = [0; 3];
    for (uri, text) in URIS.iter().zip(&texts) {
        server.open(uri, 1, text);
    }
    let mut asked = Vec::new();
    for number in 1..=120 {
        let document = rng.usize(..3);
        if rng.u8(..3) > 0 {
            let first = Change {
                range: Some([Place { line: 0, column: 0 }, Place { line: 0, column: 1000 }]),
                text: marker(number),
            };
            let mut changes = vec![first];
            texts[document] = model::changed(&texts[document], &changes[0], encoding);
            let change = texts::change(rng, &texts[document], encoding);
            // The marker stays on the first line.
            if change.range.is_some_and(|range| range.iter().all(|place| place.line > 0)) {
                texts[document] = model::changed(&texts[document], &change, encoding);
                changes.push(change);
            }
            marks[document] = number;
            server.change(URIS[document], number as i32 + 1, changes.iter().map(Change::to_json).collect());
        }
        for _ in 0..rng.u8(..3) {
            let document = rng.usize(..3);
            let question = Question::any(rng, URIS[document], &texts[document], encoding);
            let about = (document, format!("mark_{}", marks[document]));
            asked.push(Asked { id: question.ask(&mut server), question, texts: texts.clone(), about });
        }
    }
    // One more server, which is told the texts whole and waits for each answer.
    let mut patient = Server::start(encoding);
    for uri in URIS {
        patient.open(uri, 1, "");
    }
    let cases = asked.len();
    for (number, asked) in asked.into_iter().enumerate() {
        let answer = comparable(server.answer(&asked.id));
        if answer.as_ref().is_err_and(|error| error["code"] == CONTENT_MODIFIED) {
            continue;
        }
        if asked.question.method == "textDocument/documentSymbol" {
            let names = answer.as_ref().map(Value::to_string).unwrap_or_default();
            if !names.contains(&format!("{}\"", asked.about.1)) {
                let text = &asked.texts[asked.about.0];
                return Err(format!("the outline lacks {}: {names}\n{text:?}", asked.about.1));
            }
        }
        if number % 3 > 0 && asked.question.method != "textDocument/codeAction" {
            for (uri, text) in URIS.iter().zip(&asked.texts) {
                patient.change(uri, 2, json!([{ "text": text }]));
            }
            let expected = asked.question.answer(&mut patient);
            compare("of the text it was asked of", &asked.question, &answer, &expected)?;
        }
    }
    server.finish();
    patient.finish();
    Ok(cases)
}

#[test]
fn each_request_is_answered_once_and_for_the_text_at_its_place() {
    play(Subject::Order, 6, |_, rng| round(rng).unwrap_or_else(|problem| panic!("{problem}")));
}
