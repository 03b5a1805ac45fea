//! What waits to be written to the client: bounded, whether or not anybody reads it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tower_lsp::jsonrpc::{Error, ErrorCode, Request, Response};

/// Bytes that may wait. Past them a response is replaced by a short refusal.
const MOST_WAITING: usize = 32 << 20;
/// Bytes at which nobody can be reading any more.
const HOPELESS: usize = 2 * MOST_WAITING;
/// The protocol's code for a request that was valid and failed.
const REQUEST_FAILED: i64 = -32803;
/// A queue that once held more than this gives its memory back when it is empty.
const KEPT: usize = 64;

/// What goes to the client.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// A request or a notification of ours.
    Call(Request),
    /// The response to a request.
    Response(Response),
    /// The last message: write out what came before, then stop.
    Close,
}

/// The way out, for any thread.
#[derive(Debug, Clone)]
pub(super) struct Outbox(Arc<Queue>);

/// The other end of an [`Outbox`].
#[derive(Debug)]
pub(super) struct Unwritten(Arc<Queue>);

#[derive(Debug, Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    arrived: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    /// Bodies of messages; empty where a later one took its place.
    bodies: VecDeque<Vec<u8>>,
    bytes: usize,
    /// How many messages have left from the front.
    left: usize,
    /// By document, which message has its newest diagnostics, counted from the first message of all.
    diagnostics: BTreeMap<String, usize>,
    is_closed: bool,
}

/// What is to be written next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Body(Vec<u8>),
    /// Nothing, for now.
    Nothing,
    Closed,
}

impl Outbox {
    pub(super) fn new() -> (Self, Unwritten) {
        let queue = Arc::<Queue>::default();
        (Self(Arc::clone(&queue)), Unwritten(queue))
    }

    /// Queues a message; never waits. Diagnostics of a document take the place of older ones that wait still.
    pub(super) fn send(&self, message: Outgoing) {
        let (body, document, refusal) = match message {
            Outgoing::Call(call) => (serde_json::to_vec(&call), document_of(&call), None),
            Outgoing::Response(response) => {
                let body = serde_json::to_vec(&response);
                let mut error = Error::new(ErrorCode::ServerError(REQUEST_FAILED));
                error.message = "the responses before this one are not being read".into();
                (body, None, Some(Response::from_error(response.id().clone(), error)))
            }
            Outgoing::Close => {
                self.0.lock().is_closed = true;
                return self.0.arrived.notify_all();
            }
        };
        let Ok(mut body) = body else { return tracing::error!("a message cannot be written as JSON") };
        let mut waiting = self.0.lock();
        if waiting.is_closed {
            return;
        }
        if waiting.bytes + body.len() > MOST_WAITING
            && let Some(refusal) = refusal
        {
            tracing::warn!("{} bytes wait to be read; a response is refused", waiting.bytes);
            body = serde_json::to_vec(&refusal).unwrap_or_default();
        }
        waiting.push(body, document);
        if waiting.bytes > HOPELESS {
            tracing::error!("nobody reads the output");
            *waiting = Waiting { is_closed: true, ..Waiting::default() };
        }
        drop(waiting);
        self.0.arrived.notify_all();
    }
}

impl Unwritten {
    /// What was sent first and not taken yet; waits for it if `waits`.
    pub(super) fn next(&self, waits: bool) -> Next {
        let mut waiting = self.0.lock();
        loop {
            match waiting.pop() {
                Some(body) => return Next::Body(body),
                None if waiting.is_closed => return Next::Closed,
                None if !waits => return Next::Nothing,
                None => waiting = self.0.arrived.wait(waiting).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn push(&mut self, body: Vec<u8>, document: Option<String>) {
        let number = self.left + self.bodies.len();
        if let Some(older) = document.and_then(|document| self.diagnostics.insert(document, number)) {
            let older = older.checked_sub(self.left).and_then(|index| self.bodies.get_mut(index));
            self.bytes -= older.map_or(0, |older| std::mem::take(older).len());
        }
        self.bytes += body.len();
        self.bodies.push_back(body);
    }

    fn pop(&mut self) -> Option<Vec<u8>> {
        loop {
            let Some(body) = self.bodies.pop_front() else {
                self.diagnostics.clear();
                if self.bodies.capacity() > KEPT {
                    self.bodies.shrink_to(KEPT);
                }
                return None;
            };
            self.left += 1;
            self.bytes -= body.len();
            if !body.is_empty() {
                return Some(body);
            }
        }
    }
}

/// Whose diagnostics a message has.
fn document_of(call: &Request) -> Option<String> {
    let params = call.params().filter(|_| call.method() == "textDocument/publishDiagnostics")?;
    params.get("uri")?.as_str().map(str::to_owned)
}

#[cfg(test)]
impl Outgoing {
    /// What was sent as this body.
    pub(super) fn of(body: &[u8]) -> Self {
        let message: serde_json::Value = serde_json::from_slice(body).unwrap();
        if message.get("method").is_some() {
            Self::Call(serde_json::from_slice(body).unwrap())
        } else {
            Self::Response(serde_json::from_slice(body).unwrap())
        }
    }
}

#[cfg(test)]
impl Unwritten {
    /// The next message; `None` once it is closed, or where nothing came for a while.
    pub(super) fn receive(&self, patience: std::time::Duration) -> Option<Outgoing> {
        let until = std::time::Instant::now() + patience;
        loop {
            match self.next(false) {
                Next::Body(body) => return Some(Outgoing::of(&body)),
                Next::Closed => return None,
                Next::Nothing if std::time::Instant::now() > until => return None,
                Next::Nothing => std::thread::sleep(std::time::Duration::from_millis(1)),
            }
        }
    }

    /// All that waits.
    pub(super) fn all(&self) -> Vec<Outgoing> {
        std::iter::from_fn(|| self.receive(std::time::Duration::ZERO)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn diagnostics(document: &str, text: &str) -> Outgoing {
        let params = json!({ "uri": document, "diagnostics": [text] });
        Outgoing::Call(Request::build("textDocument/publishDiagnostics").params(params).finish())
    }

    fn response(id: i64, len: usize) -> Outgoing {
        Outgoing::Response(Response::from_ok(id.into(), Value::String("x".repeat(len))))
    }

    fn texts(unwritten: &Unwritten) -> Vec<String> {
        let body = |message| match message {
            Outgoing::Call(call) => call.params().unwrap()["diagnostics"][0].as_str().unwrap().to_owned(),
            Outgoing::Response(response) => format!("{} {}", response.id(), response.is_ok()),
            Outgoing::Close => "close".to_owned(),
        };
        unwritten.all().into_iter().map(body).collect()
    }

    #[test]
    fn diagnostics_take_the_place_of_older_ones_of_their_document_that_wait() {
        let (outbox, unwritten) = Outbox::new();
        for (document, text) in [("a", "1"), ("b", "2"), ("a", "3")] {
            outbox.send(diagnostics(document, text));
        }
        outbox.send(response(1, 1));
        assert_eq!(texts(&unwritten), ["2", "3", "1 true"]);
        outbox.send(diagnostics("a", "4"));
        outbox.send(diagnostics("a", "5"));
        assert_eq!(texts(&unwritten), ["5"]);
    }

    #[test]
    fn responses_that_nobody_reads_are_refused_past_the_bound_and_answered_again_below_it() {
        let (outbox, unwritten) = Outbox::new();
        for id in 0..100 {
            outbox.send(response(id, 1 << 20));
        }
        assert!(outbox.0.lock().bytes <= MOST_WAITING + 100 * 200);
        let all = texts(&unwritten);
        assert_eq!(all.len(), 100);
        assert!(all[0] == "0 true" && all[99] == "99 false", "{all:?}");
        outbox.send(response(100, 1 << 20));
        assert_eq!(texts(&unwritten), ["100 true"]);
    }

    #[test]
    fn an_output_that_is_never_read_is_given_up() {
        let (outbox, unwritten) = Outbox::new();
        for id in 0..100 {
            outbox.send(diagnostics(&id.to_string(), &"x".repeat(1 << 20)));
        }
        assert_eq!(outbox.0.lock().bytes, 0);
        assert_eq!(unwritten.next(true), Next::Closed);
    }

    #[test]
    fn nothing_is_sent_behind_the_last_message() {
        let (outbox, unwritten) = Outbox::new();
        outbox.send(response(1, 1));
        outbox.send(Outgoing::Close);
        outbox.send(response(2, 1));
        assert_eq!(texts(&unwritten), ["1 true"]);
        assert_eq!(unwritten.next(true), Next::Closed);
    }
}
