//! Framing: whatever pieces a stream comes in and however odd its headers are, its messages are read; what is no message is
//! refused with words, and costs nothing but itself where the next one can be found.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::client::{Server, initialize, notification, opening, request};
use crate::model::Encoding;
use crate::questions::Question;
use crate::rounds::{Subject, play};
use crate::texts;

const URI: &str = "file:///no/such/folder/main.tf";
/// Longer than any header line that the program looks at.
const LONG: usize = 9000;

/// A message under headers as odd as they may be.
fn odd_frame(rng: &mut Rng, message: &Value) -> Vec<u8> {
    // Characters beyond ASCII as themselves or as escapes, with blanks around.
    let mut body = if rng.bool() { message.to_string() } else { format!("{message:#}") };
    if rng.u8(..3) == 0 {
        let mut units = [0; 2];
        let escaped = |character: char| {
            let units = character.encode_utf16(&mut units).iter();
            units.map(|unit| format!("\\u{unit:04x}")).collect::<String>()
        };
        body = body
            .chars()
            .map({
                let mut escaped = escaped;
                move |it| if it.is_ascii() { it.to_string() } else { escaped(it) }
            })
            .collect();
    }
    let end = rng.choice(["\r\n", "\r\n", "\n"]).expect("some");
    let blank = rng.choice([" ", "", "  ", "\t", " \t "]).expect("some");
    let name = rng.choice([
        "Content-Length",
        "content-length",
        "CONTENT-LENGTH",
        "Content-length",
        "Content-Length ",
    ]);
    let zeros = rng.choice(["", "", "0", "000000"]).expect("some");
    let length = format!(
        "{}:{blank}{zeros}{}{}",
        name.expect("some"),
        body.len(),
        rng.choice(["", " "]).expect("some")
    );
    let mut lines = vec![length];
    for _ in 0..rng.u8(..4) {
        let more = match rng.u8(..7) {
            0 => "Content-Type: application/vscode-jsonrpc; charset=utf-8".to_owned(),
            1 => "content-type:application/vscode-jsonrpc; charset=utf8".to_owned(),
            2 => format!("X-Long: {}", "x".repeat(rng.usize(..LONG))),
            // Blanks that a reader in pieces could take for the line that ends the headers, or for a length.
            3 => format!("X-Blank: {}", " ".repeat(rng.usize(4060..4110))),
            4 => format!("X-Length: {}Content-Length: 1", " ".repeat(rng.usize(4060..4110))),
            5 => "Content-Length-Of-Another: 7".to_owned(),
            _ => "X-Odd: Content-Length: 5".to_owned(),
        };
        lines.insert(rng.usize(..=lines.len()), more);
    }
    let mut bytes = format!("{}{end}{end}", lines.join(end)).into_bytes();
    bytes.extend(body.into_bytes());
    bytes
}

/// Sends bytes in pieces; each is written by itself.
fn send_in_pieces(rng: &mut Rng, server: &mut Server, mut bytes: &[u8]) {
    let most = *rng.choice([1, 3, 20, 5000, 1_000_000].as_slice()).expect("some");
    // A stream in single bytes takes long.
    let mut singles = 3000;
    while !bytes.is_empty() {
        let most = if singles == 0 { 5000 } else { most };
        singles -= usize::from(singles > 0);
        let (piece, rest) = bytes.split_at(rng.usize(1..=most).min(bytes.len()));
        server.send_raw(piece.to_vec());
        bytes = rest;
    }
}

fn pieces(rng: &mut Rng) -> usize {
    let text = texts::configuration(rng, 6);
    let questions: Vec<Question> = (0..8).map(|_| Question::any(rng, URI, &text, Encoding::Utf16)).collect();
    let mut plain = Server::start(Encoding::Utf16);
    plain.open(URI, 1, &text);
    let expected: Vec<_> = questions.iter().map(|question| question.answer(&mut plain)).collect();
    plain.finish();

    let mut server = Server::spawn();
    let mut stream = Vec::new();
    let mut say = |message: Value| stream.extend(odd_frame(rng, &message));
    say(request(&json!("first"), "initialize", initialize(Encoding::Utf16)));
    say(notification("initialized", json!({})));
    say(notification("textDocument/didOpen", opening(URI, 1, &text)));
    for (id, question) in questions.iter().enumerate() {
        say(request(&json!(id), question.method, question.params.clone()));
    }
    server.expect(&json!("first"));
    (0..questions.len()).for_each(|id| server.expect(&json!(id)));
    send_in_pieces(rng, &mut server, &stream);
    server.answer(&json!("first")).expect("it is initialized");
    for (id, expected) in expected.iter().enumerate() {
        let answer = crate::questions::comparable(server.answer(&json!(id)));
        assert_eq!(&answer, expected, "{:?} of {text:?}", questions[id]);
    }
    assert!(server.refusals.is_empty(), "{:?}", server.refusals);
    server.finish();
    questions.len()
}

/// What becomes of a message that is damaged.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// It is refused.
    Refused,
    /// It is read all the same.
    Read,
    /// It has the form of a notification, which is not answered.
    Silent,
}

/// Bytes that hold no message of the protocol.
fn garbage(rng: &mut Rng) -> (Vec<u8>, Fate) {
    let framed = |body: &[u8]| {
        let mut bytes = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        bytes.extend(body);
        bytes
    };
    let bytes = match rng.u8(..13) {
        0 => framed(b""),
        1 => framed(&b"[".repeat(rng.usize(1..200_000))),
        2 => framed(format!("{{\"a\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000)).as_bytes()),
        // No scalar, which would be read: a message of another form is refused, too, but with other words.
        3 => framed(&[&b"?"[..], &(0..rng.usize(1..300)).map(|_| rng.u8(..)).collect::<Vec<u8>>()].concat()),
        4 => framed(b"{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":7}"),
        5 => framed(b"[{\"jsonrpc\":\"2.0\",\"id\":91,\"method\":\"shutdown\"}]"),
        6 => return (framed(b"{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":[1e999999]}"), Fate::Silent),
        7 => framed(b"\xef\xbb\xbf{}"),
        8 => framed(rng.choice([b"7".as_slice(), b"null", b"\"x\"", b"{}", b"[]", b"true"]).expect("some")),
        9 => format!("{}\r\n\r\n", "hello ".repeat(rng.usize(1..100_000))).into_bytes(),
        10 => b"?\r\nContent-Length:\r\n\r\n\r\nContent-Length\r\n".to_vec(),
        // No header, with line breaks or without.
        11 => {
            let bytes = (0..rng.usize(1..20_000)).map(|_| rng.u8(..)).filter(|byte| *byte != b':');
            std::iter::once(b'?').chain(bytes).collect()
        }
        _ => {
            let bytes = (0..rng.usize(1..20_000)).map(|_| rng.u8(..)).filter(|byte| !b":\n".contains(byte));
            std::iter::once(b'"').chain(bytes).collect()
        }
    };
    (bytes, Fate::Refused)
}

/// A message whose headers are damaged, and whether it can be read.
fn misframed(rng: &mut Rng, message: &Value) -> (Vec<u8>, Fate) {
    let body = message.to_string();
    let right = body.len();
    let wrong = match rng.u8(..6) {
        // A client that counts characters, or anything else.
        0 => body.chars().count(),
        1 | 2 => rng.usize(..right),
        3 => right + rng.usize(1..100),
        4 => right + rng.usize(1..5_000),
        _ => rng.usize(..256 << 20),
    };
    let (head, fate) = match rng.u8(..9) {
        0..=3 => (format!("Content-Length: {wrong}\r\n\r\n"), Fate::Read),
        4 => {
            let odd = ["-1", "seven", "", "+5", "1e3", "99999999999999999999999999", "400000000", "7 bytes"];
            (format!("Content-Length: {}\r\n\r\n", rng.choice(odd).expect("some")), Fate::Refused)
        }
        5 => (format!("Content-Length: {wrong}\r\nContent-Length: {right}\r\n\r\n"), Fate::Read),
        6 => (
            format!("Content-Type: x\r\n{}\r\n", rng.choice(["", "\u{e9}: x\r\n"]).expect("some")),
            Fate::Refused,
        ),
        7 => {
            let ends = ["\r\r", "", "\r\n", "\n", "\r", "\0\r\n\r\n", ";\r\n\r\n"];
            (format!("Content-Length: {right}{}", rng.choice(ends).expect("some")), Fate::Refused)
        }
        _ => (String::new(), Fate::Refused),
    };
    ([head.into_bytes(), body.into_bytes()].concat(), fate)
}

fn damaged(rng: &mut Rng) -> usize {
    let mut server = Server::start(Encoding::Utf16);
    let params = json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 0 } });
    let count = rng.usize(1..12);
    for number in 0..count {
        let refused = server.refusals.len();
        let damaged_id = json!(format!("damaged \u{1f600} {number}"));
        let (bytes, fate) = match rng.bool() {
            true => garbage(rng),
            false => misframed(rng, &request(&damaged_id, "textDocument/hover", params.clone())),
        };
        if fate == Fate::Read {
            server.expect(&damaged_id);
        }
        let sound_id = json!(format!("sound {number}"));
        server.expect(&sound_id);
        let sound = odd_frame(rng, &request(&sound_id, "textDocument/hover", params.clone()));
        send_in_pieces(rng, &mut server, &[&bytes[..], &sound].concat());
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
        assert_eq!(server.answer(&sound_id), Ok(Value::Null), "behind {shown:?}");
        match fate {
            Fate::Read => assert_eq!(server.answer(&damaged_id), Ok(Value::Null), "{shown:?}"),
            Fate::Silent => {}
            Fate::Refused => assert!(server.refusals.len() > refused, "not a word about {shown:?}"),
        }
        for refusal in &server.refusals[refused..] {
            let words = refusal["message"].as_str().unwrap_or_default();
            let code = refusal["code"].as_i64().unwrap_or_default();
            assert!(words.contains(' ') && [-32700, -32600].contains(&code), "{refusal}");
        }
    }
    // The input ends in the midst of it.
    let (mut bytes, fate) = match rng.bool() {
        true => garbage(rng),
        false => misframed(rng, &notification("no/such/notification", params)),
    };
    bytes.truncate(rng.usize(1..=bytes.len()));
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
    send_in_pieces(rng, &mut server, &bytes);
    server.close_input();
    let refused = server.refusals.len();
    let ended = server.ended();
    assert_eq!((ended.code, &ended.unanswered[..]), (Some(1), &[][..]), "{}", ended.errors);
    let told = ended.refusals > refused || !ended.errors.is_empty();
    assert!(told || fate != Fate::Refused, "not a word about {shown:?}");
    count + 1
}

#[test]
fn odd_frames_in_any_pieces_are_read_and_what_is_none_is_refused_in_words() {
    play(Subject::Framing, 20, |_, rng| pieces(rng) + damaged(rng));
}
