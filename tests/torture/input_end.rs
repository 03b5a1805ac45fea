//! The end of the input, behind any byte of a session: what came whole is answered, and the program ends by itself.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::client::{Server, frame, initialize, notification, opening, request};
use crate::model::{self, Change, Encoding};
use crate::questions::Question;
use crate::rounds::{Subject, play};
use crate::texts;

/// A session as bytes, with the end of each message, and the request that it is.
struct Session {
    bytes: Vec<u8>,
    ends: Vec<(usize, Option<Value>)>,
    shutdown: usize,
}

impl Session {
    fn new(rng: &mut Rng) -> Self {
        let mut session = Self { bytes: Vec::new(), ends: Vec::new(), shutdown: 0 };
        session.ask(json!(0), "initialize", initialize(Encoding::Utf16));
        session.say(notification("initialized", json!({})), None);
        let mut text = texts::configuration(rng, 4);
        let uri = "file:///no/such/folder/main.tf";
        session.say(notification("textDocument/didOpen", opening(uri, 1, &text)), None);
        for number in 1..rng.i32(2..12) {
            let question = Question::any(rng, uri, &text, Encoding::Utf16);
            session.ask(json!(number), question.method, question.params);
            let change = texts::change(rng, &text, Encoding::Utf16);
            text = model::changed(&text, &change, Encoding::Utf16);
            let document = json!({ "uri": uri, "version": number + 1 });
            let params = json!({ "textDocument": document, "contentChanges": [Change::to_json(&change)] });
            session.say(notification("textDocument/didChange", params), None);
        }
        session.ask(json!("last"), "shutdown", Value::Null);
        session.shutdown = session.bytes.len();
        session.say(notification("exit", Value::Null), None);
        session
    }

    fn ask(&mut self, id: Value, method: &str, params: Value) {
        self.say(request(&id, method, params), Some(id));
    }

    fn say(&mut self, message: Value, id: Option<Value>) {
        self.bytes.extend(frame(&message));
        self.ends.push((self.bytes.len(), id));
    }

    /// Plays it up to a byte.
    fn cut(&self, at: usize) {
        let mut server = Server::spawn();
        let whole = self.ends.iter().filter(|(end, _)| *end <= at);
        let asked = whole.filter_map(|(_, id)| id.as_ref()).inspect(|id| server.expect(id)).count();
        server.send_raw(self.bytes[..at].to_vec());
        server.close_input();
        let ended = server.ended();
        let what = || format!("cut at {at}: {:?}", String::from_utf8_lossy(&self.bytes[..at]));
        let code = if at >= self.shutdown { 0 } else { 1 };
        assert_eq!(ended.code, Some(code), "{}\n{}", ended.errors, what());
        // `exit` waits for nothing, so that what is under way may be left.
        if at < self.bytes.len() {
            assert_eq!((ended.answered, &ended.unanswered[..]), (asked, &[][..]), "{}", what());
        }
        assert_eq!(ended.refusals, 0, "{}", what());
    }
}

#[test]
fn behind_any_byte_the_end_of_the_input_is_the_end_of_the_program() {
    play(Subject::InputEnd, 3, |seed, rng| {
        let session = Session::new(rng);
        // The whole, what the last messages are, and the beginning, byte by byte over the seeds.
        let mut places: Vec<usize> = session.ends.iter().map(|(end, _)| *end).collect();
        places.push(seed as usize % 200);
        places.extend((0..12).map(|_| rng.usize(..session.bytes.len())));
        places.iter().for_each(|&at| session.cut(at));
        places.len()
    });
}
