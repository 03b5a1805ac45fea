//! Encodings: the same documents served in UTF-8, UTF-16 and UTF-32. Every place in every answer is one of the text, and
//! the same one in all three.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::client::{Answer, Server};
use crate::edits::URIS;
use crate::model::{self, Encoding, Place};
use crate::questions::{Question, compare};
use crate::rounds::{Subject, play};
use crate::texts;

/// A value with every line and column as bytes from the start of its document's text.
fn in_bytes(value: &mut Value, texts: &[String; 3], here: usize, encoding: Encoding) -> Result<(), String> {
    let number = |value: &Value, name: &str| value.get(name).and_then(Value::as_u64).map(|it| it as u32);
    if let (Some(line), Some(column)) = (number(value, "line"), number(value, "character")) {
        let (text, at) = (&texts[here], Place { line, column });
        let offset = model::offset(text, at, encoding);
        if model::place(text, offset, encoding) != at {
            return Err(format!("{at:?} is no place in {encoding:?} of {text:?}"));
        }
        *value = json!(offset);
        return Ok(());
    }
    let named = |uri: &str| URIS.iter().position(|known| *known == uri);
    match value {
        Value::Array(all) => all.iter_mut().try_for_each(|it| in_bytes(it, texts, here, encoding)),
        Value::Object(members) => {
            let own = |name: &str| members.get(name).and_then(Value::as_str).and_then(named);
            let of_edit = members.get("textDocument").and_then(|it| it["uri"].as_str()).and_then(named);
            let inner = own("uri").or(of_edit).unwrap_or(here);
            members
                .iter_mut()
                .try_for_each(|(name, value)| in_bytes(value, texts, named(name).unwrap_or(inner), encoding))
        }
        _ => Ok(()),
    }
}

/// A question about bytes, in the places of an encoding.
fn in_places(question: &Question, text: &str, encoding: Encoding) -> Question {
    fn convert(value: &mut Value, text: &str, encoding: Encoding) {
        match value {
            Value::Object(members) if members.contains_key("character") => {
                let number = |name: &str| members[name].as_u64().expect("a number") as u32;
                let at = Place { line: number("line"), column: number("character") };
                let offset = model::offset(text, at, Encoding::Utf8);
                *value = model::place(text, offset, encoding).to_json();
            }
            Value::Object(members) => members.values_mut().for_each(|it| convert(it, text, encoding)),
            Value::Array(all) => all.iter_mut().for_each(|it| convert(it, text, encoding)),
            _ => {}
        }
    }
    let mut params = question.params.clone();
    convert(&mut params, text, encoding);
    Question { method: question.method, params }
}

fn round(rng: &mut Rng) -> Result<usize, String> {
    let texts = [8, 4, 3].map(|most| {
        let mut text = texts::configuration(rng, most);
        for _ in 0..rng.u8(1..12) {
            let at = texts::boundary(rng, &text);
            text.insert_str(
                at,
                rng.choice(["😀", "é", "\u{2028}", "\r", "𝒳", "\u{feff}", "/*中*/", "\0"]).expect("some"),
            );
        }
        text
    });
    let mut servers = Encoding::ALL.map(|encoding| {
        let mut server = Server::start(encoding);
        for (uri, text) in URIS.iter().zip(&texts) {
            server.open(uri, 1, text);
        }
        server
    });
    let mut cases = 0;
    for (here, text) in texts.iter().enumerate() {
        for question in Question::many(rng, URIS[here], text, Encoding::Utf8) {
            let mut answers: Vec<Answer> = Vec::new();
            for (server, encoding) in servers.iter_mut().zip(Encoding::ALL) {
                let answer = match in_places(&question, text, encoding).answer(server) {
                    Ok(mut value) => {
                        in_bytes(&mut value, &texts, here, encoding)?;
                        Ok(value)
                    }
                    Err(error) => Err(error),
                };
                answers.push(answer);
            }
            for other in &answers[1..] {
                compare(&format!("encodings differ on {text:?}"), &question, &answers[0], other)?;
            }
            cases += 1;
        }
    }
    servers.into_iter().for_each(Server::finish);
    Ok(cases)
}

#[test]
fn every_place_is_the_same_one_in_each_encoding() {
    play(Subject::Encodings, 12, |_, rng| round(rng).unwrap_or_else(|problem| panic!("{problem}")));
}
