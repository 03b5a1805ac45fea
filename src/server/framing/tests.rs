use std::io::BufReader;

use super::{Frame, Frames};

/// What an input holds that comes in pieces of this size; what is none is told behind a `!`.
fn read(input: &[u8], piece: usize) -> Vec<String> {
    let mut frames = Frames::new(BufReader::with_capacity(piece, input));
    let mut all = Vec::new();
    loop {
        match frames.next().unwrap() {
            Frame::Message(message) => all.push(message.to_string()),
            Frame::Bad(what) => all.push(format!("! {what}")),
            Frame::End => return all,
        }
    }
}

fn headed(length: impl std::fmt::Display, body: &str) -> Vec<u8> {
    format!("Content-Length: {length}\r\n\r\n{body}").into_bytes()
}

fn frame(body: &str) -> Vec<u8> {
    headed(body.len(), body)
}

/// A damaged frame stands between sound ones, all of which are read, in pieces of any size.
#[track_caller]
fn check(damaged: &[u8], expected: &[&str]) {
    let sound = [r#"{"id":1}"#, r#"{"id":"2"}"#, r#"{"id":3}"#];
    let headers = [
        "Content-Length: 10\r\n\r\n",
        "content-type: x\r\nContent-Length: 10\r\n\r\n",
        "CONTENT-LENGTH:10\nX-Odd: Content-Length: 5\n\n",
        "X-Odd: Content-Length: 5\r\nContent-Length : 10\r\n\r\n",
        "Content-Length-Of-Another: 7\nX-Odd:\nContent-Length: 10\n\n",
    ];
    for second in headers {
        let mut input = frame(sound[0]);
        input.extend(damaged);
        input.extend(format!("{second}{}", sound[1]).into_bytes());
        input.extend(frame(sound[2]));
        let all = [&sound[..1], expected, &sound[1..]].concat();
        for piece in [1, 2, 7, 64, 100_000] {
            assert_eq!(read(&input, piece), all, "{second:?} in pieces of {piece}");
        }
    }
}

const BODY: &str = r#"{"a":["é}",{"Content-Length: 5\r\n":"\""}]}"#;
const NO_JSON: &str = "! the message is no JSON";
const NO_HEADER: &str = "! there is no header where one should be";

fn value(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text).unwrap().to_string()
}

#[test]
fn a_message_is_taken_whole_whatever_length_its_header_says() {
    let taken = value(BODY);
    for length in (0..BODY.len() + 40).chain([1_000, 1_000_000, 256 << 20]) {
        check(&headed(length, BODY), &[&taken]);
    }
    // Counted in characters, and in lines.
    let lines = "{\n\"a\":\n[\"\u{1f600}\"]}\n\n";
    for length in 0..lines.len() + 40 {
        check(&headed(length, lines), &[&value(lines)]);
    }
}

#[test]
fn a_length_that_is_none_costs_one_message() {
    for length in ["", "-1", "+5", "seven", "0x10", "4.5", "50, 50", "50 bytes", "99999999999999999999999999"]
    {
        check(&headed(length, BODY), &[NO_HEADER]);
        check(&headed(length, ""), &[NO_HEADER]);
    }
    check(&headed(300 << 20, BODY), &["! the message is too large"]);
}

#[test]
fn headers_that_are_missing_or_doubled_cost_one_message_at_most() {
    let (len, taken) = (BODY.len(), value(BODY));
    check(BODY.as_bytes(), &[NO_HEADER]);
    check(format!("\r\n\r\n{BODY}").as_bytes(), &[NO_HEADER]);
    check(
        format!("Content-Type: x\r\n\r\n{BODY}").as_bytes(),
        &["! a header without a usable Content-Length"],
    );
    // No line that ends the headers, or no line break at all.
    check(format!("Content-Length: {len}\r\n{BODY}").as_bytes(), &[NO_HEADER]);
    check(format!("Content-Length: {len}{BODY}").as_bytes(), &[NO_HEADER]);
    check(format!("Content-Length: {len}\r\r{BODY}").as_bytes(), &[NO_HEADER]);
    check(format!("Content-Length: {len}\n\r\r\n{BODY}").as_bytes(), &[&taken]);
    for other in [0, 1, len, 4_000, 300 << 20] {
        // Said twice; and headers twice.
        let twice = format!("Content-Length: {other}\r\nContent-Length: {len}\r\n\r\n{BODY}");
        check(twice.as_bytes(), &[&taken]);
        let headers = format!("Content-Length: {other}\r\n\r\nContent-Length: {len}\r\n\r\n{BODY}");
        let told = if other > 256 << 20 { "! the message is too large" } else { NO_JSON };
        check(headers.as_bytes(), &[told, &taken]);
    }
}

#[test]
fn what_stands_between_messages_is_told_once() {
    let junk: [&[u8]; 11] = [
        b"}",
        b"hello, world: 5\r\nmore\r\n\r\n\r\nand more\r\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe\x00\x80",
        b"{\"a\":1}\n",
        b"\"}}\r\n\r\n{",
        b"Content-Length\r\n",
        b"Content-Length 5\r\n\r\n",
        b"C\r\no\r\nn: 1",
        b"\r\x00\r",
        &[b'['; 20_000],
    ];
    for junk in junk {
        check(junk, &[NO_HEADER]);
    }
    check(b"\r\n\n\r\n \t", &[]);
    // Before another header it is that header's name.
    assert_eq!(read(&[b"x", &*frame("{}")].concat(), 5), [NO_HEADER, "{}"]);
    let other = "X-Content-Length: 7\r\n";
    let input = format!("Content-Length: 2\r\n{other}\r\n{{}}{other}Content-Length: 2\r\n\r\n{{}}");
    assert_eq!(read(input.as_bytes(), 5), ["{}", NO_HEADER, "{}"]);
}

#[test]
fn a_body_that_is_no_json_costs_itself() {
    for body in ["", "{", "[[", "\"", "{\"a\":\"", "{\"a\":\"\\", "tru", "-"] {
        check(&frame(body), &[NO_JSON]);
    }
    for body in ["]", "{}}", "{\"a\":}", "\u{feff}{}", "{\"a\":\"\n\"}", "Content-Length: 5", "x\r\n\r\ny"] {
        check(&frame(body), &[NO_JSON]);
    }
    // What stands at the end may look like part of a header, up to where the next message has its own.
    for behind in ["f:", "\nf:", " \nf: x", "\r\nf:\r\ng: x"] {
        check(&frame(&format!("{{}}{behind}")), &["{}"]);
        check(&frame(&format!("]{behind}")), &[NO_JSON]);
    }
    for behind in ["f", "null", "\nnull"] {
        let input = [frame(&format!("{{}}{behind}")), frame("[]")].concat();
        assert_eq!(read(&input, 5), ["{}", NO_HEADER, "[]"]);
    }
    for behind in [",", "\"f", "\n: x", "f g: x"] {
        check(&frame(&format!("{{}}{behind}")), &[NO_JSON]);
    }
    let mut bytes = headed(4, "");
    bytes.extend(b"\"\xff\xfe\"");
    check(&bytes, &[NO_JSON]);
    // Cut, and its length is that of the whole.
    for cut in 1..BODY.len() {
        if BODY.is_char_boundary(cut) {
            check(&headed(BODY.len(), &BODY[..cut]), &[NO_JSON]);
        }
    }
}

#[test]
fn at_the_end_what_is_whole_is_taken() {
    for (input, expected) in [
        (headed(500, BODY), vec![value(BODY)]),
        (headed(2, BODY), vec![value(BODY)]),
        (headed(500, "{\"a\""), vec![]),
        (headed(2, "{\"a\""), vec![NO_JSON.to_owned()]),
        (b"Content-Length: 5\r\n".to_vec(), vec![]),
        (b"hello".to_vec(), vec![]),
    ] {
        assert_eq!(read(&input, 5), expected);
    }
}

#[test]
fn damage_without_end_is_read_in_linear_time_and_told_once_for_each_header() {
    const TIMES: usize = 40_000;
    let headers: [&[u8]; 5] = [
        b"Content-Length: 1000000\r\n\r\n",
        b"Content-Length: 1\r\n\r\n[",
        b"Content-Length: 3\r\n\r\n{\"a",
        b"Content-Length: 900000\r\n\r\n{\"a\":[\n",
        b"Content-Length: 999999999\r\n\r\n{\"a\":[\n",
    ];
    for header in headers {
        let mut input = header.repeat(TIMES);
        input.extend(frame("{}"));
        let all = read(&input, 64 << 10);
        assert_eq!(all.len(), TIMES + 1);
        assert!(all[..TIMES].iter().all(|told| told.starts_with('!')));
        assert_eq!(all[TIMES], "{}");
    }
    for junk in ["x", "\n", "Content-Length", "Content-Length: \n", "{\"a\":", "\"\\ud83d", "x:"] {
        let mut input = headed(1, "");
        input.extend(junk.repeat(4 << 20 >> 3).into_bytes());
        let all = read(&input, 64 << 10);
        assert!(all.len() <= 2, "{junk:?}: {all:?}");
    }
}
