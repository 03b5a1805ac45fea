//! Framing: whatever pieces a stream comes in and however odd its headers are, its messages are read; what is no message is
//! refused with words, and costs nothing but itself where the next one can be found.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::client::{Server, frame, initialize, notification, opening, request};
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

/// What is no message, and whether the next one can be found behind it.
fn garbage(rng: &mut Rng) -> (Vec<u8>, bool) {
    let framed = |body: &[u8]| {
        let mut bytes = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        bytes.extend(body);
        bytes
    };
    let whole = frame(&notification("no/such/notification", json!(["x".repeat(rng.usize(..50))])));
    match rng.u8(..16) {
        0 => (framed(b""), true),
        1 => (framed(&b"[".repeat(rng.usize(1..200_000))), true),
        2 => (framed(format!("{{\"a\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000)).as_bytes()), true),
        3 => (framed(&(0..rng.usize(1..300)).map(|_| rng.u8(..)).collect::<Vec<u8>>()), true),
        4 => (framed(b"{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":7}"), true),
        5 => (framed(b"[{\"jsonrpc\":\"2.0\",\"id\":91,\"method\":\"shutdown\"}]"), true),
        6 => (framed(b"{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":[1e999999]}"), true),
        7 => (framed(b"\xef\xbb\xbf{}"), true),
        8 => (
            framed(rng.choice([b"7".as_slice(), b"null", b"\"x\"", b"{}", b"[]", b"true"]).expect("some")),
            true,
        ),
        9 => (b"Content-Length: seven\r\n\r\n".to_vec(), true),
        10 => (b"Content-Length: -1\r\n\r\n".to_vec(), true),
        11 => (b"Content-Length: 99999999999999999999999999\r\n\r\n".to_vec(), true),
        12 => (format!("{}\r\n\r\n", "hello ".repeat(rng.usize(1..100_000))).into_bytes(), true),
        // One byte, or many, too few.
        13 => {
            let text = String::from_utf8(whole).expect("a text");
            let (head, body) = text.split_once("\r\n\r\n").expect("a head");
            let length: usize = head["Content-Length: ".len()..].parse().expect("a length");
            (format!("Content-Length: {}\r\n\r\n{body}", length - rng.usize(1..length)).into_bytes(), false)
        }
        // And too many.
        14 => {
            let text = String::from_utf8(whole).expect("a text");
            let (head, body) = text.split_once("\r\n\r\n").expect("a head");
            let length: usize = head["Content-Length: ".len()..].parse().expect("a length");
            (format!("Content-Length: {}\r\n\r\n{body}", length + rng.usize(1..2000)).into_bytes(), false)
        }
        // No header, whatever comes behind.
        _ => {
            let bytes = (0..rng.usize(1..20_000)).map(|_| rng.u8(..)).filter(|byte| *byte != b':');
            (std::iter::once(b'?').chain(bytes).collect(), false)
        }
    }
}

fn damaged(rng: &mut Rng) -> usize {
    let mut server = Server::start(Encoding::Utf16);
    let mut refused = 0;
    let count = rng.usize(1..12);
    for number in 0..count {
        let (bytes, ends) = garbage(rng);
        send_in_pieces(rng, &mut server, &bytes);
        if !ends {
            // From here on messages may be lost, until the input ends.
            for _ in 0..rng.u8(..4) {
                server.notify("no/such/notification", json!({}));
            }
            server.close_input();
            let ended = server.ended();
            assert_eq!(ended.code, Some(1), "{}", ended.errors);
            assert!(
                ended.refusals > 0 || !ended.errors.is_empty(),
                "not a word about {:?}",
                String::from_utf8_lossy(&bytes)
            );
            return number + 1;
        }
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
        let params = json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 0 } });
        let answer = server.request("textDocument/hover", params);
        assert_eq!(answer, Ok(Value::Null), "behind {shown:?}");
        refused += 1;
        for refusal in &server.refusals {
            let words = refusal["message"].as_str().unwrap_or_default();
            assert!(
                words.contains(' ')
                    && [-32700, -32600].contains(&refusal["code"].as_i64().unwrap_or_default()),
                "{refusal}"
            );
        }
        // What has the form of a notification is none of a message's business.
        let notified = shown.contains("\"method\":\"x\"");
        assert!(server.refusals.len() >= refused || notified, "not a word about {shown:?}");
        refused = server.refusals.len();
    }
    server.finish();
    count
}

#[test]
fn odd_frames_in_any_pieces_are_read_and_what_is_none_is_refused_in_words() {
    play(Subject::Framing, 20, |_, rng| pieces(rng) + damaged(rng));
}
