//! Messages in and out of two byte streams.
//!
//! tower-lsp's own transport stops for good at the first message it cannot decode, and editors do send such
//! ones (half of a surrogate pair in a string, when the other half is typed next).

use std::io::{self, BufRead, BufWriter, Write};

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

use super::framing::{Frame, Frames};
use super::lenient;
use super::outbox::{Next, Unwritten};

/// What comes from the client, or from the streams themselves.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A request or a notification.
    Call(Request),
    /// The response to a request of ours.
    Response { id: Id, result: Result<Value, Value> },
    /// No message of the protocol; to be answered with this.
    Malformed(Response),
    /// The input has ended.
    End,
    /// Nobody reads the output any more.
    OutputClosed,
}

/// Delivers every message until the input ends or `deliver` breaks.
pub(super) fn read_messages(input: impl BufRead, mut deliver: impl FnMut(Incoming) -> bool) {
    let mut frames = Frames::new(input);
    loop {
        let message = match frames.next() {
            Ok(Frame::Message(message)) => parse(message),
            Ok(Frame::Bad(what)) => malformed(Id::Null, Error::parse_error(), what),
            Ok(Frame::End) => Incoming::End,
            Err(error) => {
                tracing::error!("cannot read the input: {error}");
                Incoming::End
            }
        };
        let last = matches!(message, Incoming::End);
        if !deliver(message) || last {
            return;
        }
    }
}

fn parse(mut value: Value) -> Incoming {
    let id = value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
    if let Some(method) = value.get("method").cloned() {
        // Some clients write `null` for no parameters, which the service takes for parameters.
        let takes_none = ["shutdown", "exit"].iter().any(|name| method == *name);
        if let Some(call) =
            value.as_object_mut().filter(|call| takes_none || call.get("params").is_some_and(Value::is_null))
        {
            call.remove("params");
        }
        if let Some(params) = value.get_mut("params") {
            lenient::mend(method.as_str().unwrap_or_default(), params);
        }
        return match serde_json::from_value(value) {
            Ok(request) => Incoming::Call(request),
            Err(_) => malformed(id.unwrap_or(Id::Null), Error::invalid_request(), "no request"),
        };
    }
    let outcome = match (value.get_mut("error").map(Value::take), value.get_mut("result").map(Value::take)) {
        (Some(error), _) if !error.is_null() => Some(Err(error)),
        (_, Some(result)) => Some(Ok(result)),
        _ => None,
    };
    match (id, outcome) {
        (Some(id), Some(result)) => Incoming::Response { id, result },
        _ => malformed(Id::Null, Error::invalid_request(), "neither a request nor a response"),
    }
}

fn malformed(id: Id, mut error: Error, what: &'static str) -> Incoming {
    error.message = what.into();
    Incoming::Malformed(Response::from_error(id, error))
}

/// Writes messages as they come, until the last one.
pub(super) fn write_messages(output: impl Write, messages: &Unwritten) -> io::Result<()> {
    let mut output = BufWriter::new(output);
    loop {
        let next = match messages.next(false) {
            Next::Nothing => {
                output.flush()?;
                messages.next(true)
            }
            next => next,
        };
        let Next::Body(body) = next else { return output.flush() };
        write!(output, "Content-Length: {}\r\n\r\n", body.len())?;
        output.write_all(&body)?;
    }
}

#[cfg(test)]
mod tests {
    use super::super::outbox::{Outbox, Outgoing};
    use super::*;

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    fn read(input: &str) -> Vec<String> {
        let mut all = Vec::new();
        read_messages(input.as_bytes(), |message| {
            all.push(match message {
                Incoming::Call(request) => request.to_string(),
                Incoming::Response { id, result } => format!("response {id} {result:?}"),
                Incoming::Malformed(response) => serde_json::to_string(&response).unwrap(),
                Incoming::End => "end".to_owned(),
                Incoming::OutputClosed => unreachable!("a reader has no output"),
            });
            true
        });
        all
    }

    const CALL: &str = r#"{"jsonrpc":"2.0","method":"m"}"#;

    #[test]
    fn header_names_in_any_case_and_other_headers_are_accepted() {
        let input = format!("content-type: x\ncontent-LENGTH:{}\n\n{CALL}{}", CALL.len(), frame(CALL));
        assert_eq!(read(&input), [CALL, CALL, "end"]);
    }

    #[test]
    fn a_header_of_any_length_is_one_line_whatever_its_pieces_look_like() {
        for len in 4060..4110 {
            for rest in ["", "Content-Length: 1"] {
                let odd = format!("X-Odd: {}{rest}", " ".repeat(len));
                let input = format!("Content-Length: {}\r\n{odd}\r\n\r\n{CALL}{}", CALL.len(), frame(CALL));
                assert_eq!(read(&input), [CALL, CALL, "end"], "{len} {rest}");
            }
        }
    }

    #[test]
    fn a_message_that_is_no_json_is_refused_and_the_next_one_read() {
        let input = frame("{") + &frame(CALL);
        let refused =
            r#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"the message is no JSON"},"id":null}"#;
        assert_eq!(read(&input), [refused, CALL, "end"]);
    }

    #[test]
    fn a_request_of_the_wrong_form_is_refused_under_its_id() {
        let input = frame(r#"{"jsonrpc":"2.0","id":7,"method":5}"#);
        let refused = r#"{"jsonrpc":"2.0","error":{"code":-32600,"message":"no request"},"id":7}"#;
        assert_eq!(read(&input), [refused, "end"]);
    }

    #[test]
    fn garbage_between_messages_is_refused_and_the_next_one_read() {
        let input = format!("hello\r\n\r\n{}", frame(CALL));
        let all = read(&input);
        assert!(all[0].contains("-32700"), "{all:?}");
        assert_eq!(all[1..], [CALL, "end"]);
    }

    #[test]
    fn half_of_a_surrogate_pair_becomes_a_replacement_character() {
        let body = r#"{"jsonrpc":"2.0","method":"m","params":["\ud83d","\udE00x","\ud83d\ude00","\\ud83d"]}"#;
        let params = r#"["\ufffd","\ufffdx","😀","\\ud83d"]"#.replace(r"\ufffd", "\u{fffd}");
        assert!(read(&frame(body))[0].contains(&params), "{:?}", read(&frame(body)));
    }

    #[test]
    fn a_length_beyond_the_input_ends_it_without_taking_memory() {
        assert_eq!(read("Content-Length: 200000000\r\n\r\n{"), ["end"]);
        assert_eq!(read("Content-Length: 99999999999999\r\n\r\n{}").last().unwrap(), "end");
        assert!(read("Content-Length: -1\r\n\r\n")[0].contains("-32700"));
    }

    #[test]
    fn a_response_of_null_is_a_response() {
        let input = frame(r#"{"jsonrpc":"2.0","id":3,"result":null}"#)
            + &frame(r#"{"jsonrpc":"2.0","id":"4","error":{"code":1,"message":""}}"#);
        let all = read(&input);
        assert_eq!(all[0], "response 3 Ok(Null)");
        assert!(all[1].starts_with("response \"4\" Err"), "{all:?}");
    }

    #[test]
    fn messages_are_written_in_order_up_to_the_close() {
        let (outbox, messages) = Outbox::new();
        outbox.send(Outgoing::Call(Request::build("a").finish()));
        outbox.send(Outgoing::Response(Response::from_ok(1.into(), Value::Null)));
        outbox.send(Outgoing::Close);
        outbox.send(Outgoing::Call(Request::build("late").finish()));
        let mut output = Vec::new();
        write_messages(&mut output, &messages).unwrap();
        let expected =
            frame(r#"{"jsonrpc":"2.0","method":"a"}"#) + &frame(r#"{"jsonrpc":"2.0","result":null,"id":1}"#);
        assert_eq!(String::from_utf8(output).unwrap(), expected);
    }
}
