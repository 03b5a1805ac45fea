//! Cancelling: requests cancelled before, while and after they are answered, again and again, under ids of every form.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::client::{Answer, Server, opening};
use crate::model::Encoding;
use crate::questions::{Question, comparable, compare};
use crate::rounds::{Subject, play};
use crate::texts;

const URI: &str = "file:///no/such/folder/main.tf";
const ELSEWHERE: &str = "file:///no/such/elsewhere/main.tf";
const CANCELLED: i64 = -32800;

/// An id that no other number gives.
fn id(number: i64) -> Value {
    match number % 4 {
        0 => json!(format!("request {number} 😀\u{2028}\"")),
        1 => json!(-number - 1_000_000),
        2 => json!(number + (1 << 53)),
        // Not the same as the number.
        _ => json!(number.to_string()),
    }
}

fn storm(rng: &mut Rng) -> Result<usize, String> {
    let mut server = Server::start(Encoding::Utf16);
    let text: String = (0..60).map(|_| texts::item(rng)).collect();
    server.open(URI, 1, &text);
    let questions: Vec<Question> = (0..12).map(|_| Question::any(rng, URI, &text, Encoding::Utf16)).collect();
    let expected: Vec<Answer> = questions.iter().map(|question| question.answer(&mut server)).collect();
    let cancel = |server: &mut Server, id: &Value| server.notify("$/cancelRequest", json!({ "id": id }));
    let mut asked = Vec::new();
    for number in 0..400 {
        let which = rng.usize(..questions.len());
        let Question { method, params } = questions[which].clone();
        match rng.u8(..8) {
            // Of nothing yet, of nothing ever, and of no form.
            0 => cancel(&mut server, &id(number)),
            1 => cancel(&mut server, &json!("never")),
            2 => server.notify(
                "$/cancelRequest",
                rng.choice([json!({}), json!({ "id": [1] }), json!({ "id": 1.5 }), json!([])]).expect("some"),
            ),
            // What changes makes answers be computed anew.
            3 => server
                .notify("textDocument/didOpen", opening(ELSEWHERE, 1, &text[..texts::boundary(rng, &text)])),
            _ => {}
        }
        server.ask_as(id(number), method, params);
        asked.push((id(number), which));
        for _ in 0..rng.u8(..3) {
            cancel(&mut server, &id(number));
        }
        if rng.u8(..4) == 0 {
            let earlier = rng.i64(..=number);
            cancel(&mut server, &id(earlier));
        }
        if rng.u8(..100) == 0 {
            asked.iter().rev().take(50).for_each(|(id, _)| cancel(&mut server, id));
        }
    }
    let cases = asked.len();
    for (id, which) in asked {
        let answer = comparable(server.answer(&id));
        if answer.as_ref().is_err_and(|error| error["code"] == CANCELLED) {
            continue;
        }
        compare(&format!("in a storm, on {text:?}"), &questions[which], &answer, &expected[which])?;
    }
    for (question, expected) in questions.iter().zip(&expected) {
        compare("behind a storm", question, &question.answer(&mut server), expected)?;
    }
    server.finish();
    Ok(cases)
}

#[test]
fn a_cancelled_request_is_answered_once_and_costs_no_other_its_answer() {
    play(Subject::Cancellation, 3, |_, rng| storm(rng).unwrap_or_else(|problem| panic!("{problem}")));
}
