//! The one way into the service: keeps the order of messages, survives panics, and knows when to stop.
//!
//! tower-lsp runs handlers side by side. Whatever a handler does before its first await is done here, in the
//! order of arrival, because each call is polled once before the next message is looked at; the rest of it
//! runs as a task of its own, so that nothing a handler waits for keeps a message from being read.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tower::Service;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tracing::Instrument;

use super::memory;
use super::outbox::{Outbox, Outgoing};
use super::trace::Trace;
use super::transport::Incoming;

/// How long responses under way may take once the input has ended.
const LAST_RESPONSES: Duration = Duration::from_secs(2);

/// How long nothing must have come and nothing be under way until memory is given back.
const REST: Duration = Duration::from_secs(3);

/// What the gate tells apart from calling the service.
pub(super) trait Listener {
    /// A call is about to be made; its parameters are still as they came.
    fn calling(&self, request: &Request);
    /// The client responded to a request of ours.
    fn responded(&self, id: &Id, result: Result<Value, Value>);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The client sent `shutdown` first.
    Orderly,
    /// It did not.
    Abrupt,
}

pub(super) struct Gate<S, L> {
    service: S,
    listener: L,
    outbox: Outbox,
    running: JoinSet<()>,
    shut_down: bool,
}

impl<S, L> Gate<S, L>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + Unpin + 'static,
    L: Listener,
{
    pub(super) fn new(service: S, listener: L, outbox: Outbox) -> Self {
        Self { service, listener, outbox, running: JoinSet::new(), shut_down: false }
    }

    /// Serves until `exit`, the end of the input, or an output nobody reads.
    pub(super) async fn serve(mut self, incoming: &mut mpsc::Receiver<Incoming>) -> Ending {
        while let Some(message) = self.next(incoming).await {
            match message {
                Incoming::Call(request) if request.method() == "exit" => break,
                Incoming::Call(request) => self.call(request).await,
                Incoming::Response { id, result } => self.responded(&id, result),
                Incoming::Malformed(refusal) => self.outbox.send(Outgoing::Response(refusal)),
                Incoming::End => {
                    self.finish().await;
                    break;
                }
                Incoming::OutputClosed => break,
            }
            while self.running.try_join_next().is_some() {}
        }
        if self.shut_down { Ending::Orderly } else { Ending::Abrupt }
    }

    /// The next message; while none comes, what the last ones took of memory is given back.
    async fn next(&mut self, incoming: &mut mpsc::Receiver<Incoming>) -> Option<Incoming> {
        loop {
            if let Ok(message) = tokio::time::timeout(REST, incoming.recv()).await {
                return message;
            }
            while self.running.try_join_next().is_some() {}
            if self.running.is_empty() {
                break;
            }
        }
        memory::give_back();
        incoming.recv().await
    }

    async fn call(&mut self, request: Request) {
        if poll_fn(|cx| self.service.poll_ready(cx)).await.is_err() {
            return;
        }
        let id = request.id().cloned();
        let asked = id.clone().map(|id| (id, request.method().to_owned()));
        let is_shutdown = request.method() == "shutdown";
        let trace = Trace::of(&request);
        let first_poll = catch_unwind(AssertUnwindSafe(|| {
            let _inside = trace.span().enter();
            self.listener.calling(&request);
            let mut future = self.service.call(request);
            let polled = Pin::new(&mut future).poll(&mut Context::from_waker(Waker::noop()));
            (future, polled)
        }));
        match first_poll {
            Ok((_, Poll::Ready(result))) => {
                let response = result.unwrap_or_default().or_else(|| asked.map(not_known));
                self.shut_down |= is_shutdown && response.as_ref().is_some_and(Response::is_ok);
                trace.ended(response.as_ref());
                self.respond(response);
            }
            Ok((future, Poll::Pending)) => {
                let outbox = self.outbox.clone();
                self.running.spawn(async move {
                    let response = guarded(future, id).instrument(trace.span().clone()).await;
                    trace.ended(response.as_ref());
                    if let Some(response) = response {
                        outbox.send(Outgoing::Response(response));
                    }
                });
            }
            Err(_) => {
                let response = id.map(panicked);
                trace.ended(response.as_ref());
                self.respond(response);
            }
        }
    }

    fn responded(&self, id: &Id, result: Result<Value, Value>) {
        if catch_unwind(AssertUnwindSafe(|| self.listener.responded(id, result))).is_err() {
            tracing::error!("the client's response {id} made a handler panic");
        }
    }

    fn respond(&self, response: Option<Response>) {
        if let Some(response) = response {
            self.outbox.send(Outgoing::Response(response));
        }
    }

    /// Lets responses under way go out: input that was piped in is answered in full.
    async fn finish(&mut self) {
        let all = async { while self.running.join_next().await.is_some() {} };
        if tokio::time::timeout(LAST_RESPONSES, all).await.is_err() {
            tracing::warn!("the input ended with responses under way that take too long");
        }
    }
}

/// The call's response, or an internal error when it panics.
async fn guarded<E>(
    mut future: impl Future<Output = Result<Option<Response>, E>> + Unpin,
    id: Option<Id>,
) -> Option<Response> {
    poll_fn(move |cx| match catch_unwind(AssertUnwindSafe(|| Pin::new(&mut future).poll(cx))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(result)) => Poll::Ready(result.unwrap_or_default()),
        Err(_) => Poll::Ready(id.clone().map(panicked)),
    })
    .await
}

/// The refusal of a request that the service has no word for: of those that begin with `$/` it says nothing, as of
/// notifications.
fn not_known((id, method): (Id, String)) -> Response {
    let mut error = Error::method_not_found();
    error.data = Some(method.into());
    Response::from_error(id, error)
}

fn panicked(id: Id) -> Response {
    tracing::error!("request {id} panicked");
    Response::from_error(id, Error::internal_error())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::sync::{Arc, Mutex};

    /// Responds with the method's name; `wait` never does.
    struct Fake(Arc<Mutex<Vec<String>>>);

    impl Service<Request> for Fake {
        type Response = Option<Response>;
        type Error = std::convert::Infallible;
        type Future = Pin<Box<dyn Future<Output = Result<Option<Response>, Self::Error>> + Send>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            let log = Arc::clone(&self.0);
            Box::pin(async move {
                let (method, id, _) = request.into_parts();
                log.lock().unwrap().push(method.to_string());
                assert_ne!(method, "panic at once");
                if !matches!(&*method, "at once" | "shutdown" | "$/at once") {
                    tokio::task::yield_now().await;
                }
                assert_ne!(method, "panic later");
                if method.starts_with("$/") {
                    return Ok(None);
                }
                if method == "wait" {
                    std::future::pending::<()>().await;
                }
                Ok(id.map(|id| Response::from_ok(id, json!(method))))
            })
        }
    }

    struct Deaf;

    impl Listener for Deaf {
        fn calling(&self, _: &Request) {}

        fn responded(&self, _: &Id, _: Result<Value, Value>) {
            panic!("a response that makes its handler panic");
        }
    }

    fn call(method: &'static str, id: i64) -> Incoming {
        Incoming::Call(Request::build(method).id(id).finish())
    }

    fn exit() -> Incoming {
        Incoming::Call(Request::build("exit").finish())
    }

    /// Serves these messages; gives how it ended, the responses sorted, and what the service saw in order. The
    /// input stays open behind them.
    fn serve(messages: Vec<Incoming>) -> (Ending, Vec<String>, Vec<String>) {
        let (sender, mut incoming) = mpsc::channel(messages.len());
        for message in messages {
            sender.try_send(message).unwrap();
        }
        let (outbox, outgoing) = Outbox::new();
        let seen = Arc::default();
        let gate = Gate::new(Fake(Arc::clone(&seen)), Deaf, outbox);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let ending = runtime.block_on(gate.serve(&mut incoming));
        drop(runtime);
        let mut responses: Vec<String> = outgoing
            .all()
            .into_iter()
            .map(|message| match message {
                Outgoing::Response(response) => match response.error() {
                    Some(error) => format!("{} {}", response.id(), error.code.code()),
                    None => format!("{} {}", response.id(), response.result().unwrap()),
                },
                other => format!("{other:?}"),
            })
            .collect();
        responses.sort();
        let seen = seen.lock().unwrap().clone();
        (ending, responses, seen)
    }

    #[test]
    fn calls_reach_the_service_in_order_even_while_others_wait() {
        let mut messages: Vec<_> = (0..500).map(|id| call("wait", id)).collect();
        messages.extend([call("at once", 1000), call("later", 1001), exit()]);
        let (_, responses, seen) = serve(messages);
        assert!(responses.contains(&"1000 \"at once\"".to_owned()), "{responses:?}");
        assert_eq!(seen.len(), 502);
        assert_eq!(seen[500..], ["at once", "later"]);
    }

    #[test]
    fn a_panic_is_an_internal_error_for_its_request_alone() {
        let messages = vec![
            call("panic at once", 1),
            call("panic later", 2),
            Incoming::Call(Request::build("panic at once").finish()),
            Incoming::Response { id: Id::Number(9), result: Ok(Value::Null) },
            call("later", 3),
            Incoming::End,
        ];
        let (ending, responses, _) = serve(messages);
        assert_eq!(responses, ["1 -32603", "2 -32603", "3 \"later\""]);
        assert_eq!(ending, Ending::Abrupt);
    }

    #[test]
    fn a_request_that_the_service_says_nothing_to_is_refused_and_a_notification_is_not() {
        let notification = Incoming::Call(Request::build("$/at once").finish());
        let (_, responses, _) = serve(vec![call("$/at once", 1), notification, Incoming::End]);
        assert_eq!(responses, ["1 -32601"]);
    }

    #[test]
    fn exit_ends_it_while_the_input_is_open_and_requests_wait() {
        let messages = vec![call("wait", 1), call("shutdown", 2), exit(), call("at once", 3)];
        let (ending, responses, _) = serve(messages);
        assert_eq!(ending, Ending::Orderly);
        assert_eq!(responses, ["2 \"shutdown\""]);
    }

    #[test]
    fn exit_without_shutdown_is_abrupt() {
        assert_eq!(serve(vec![exit()]).0, Ending::Abrupt);
    }

    #[test]
    fn an_exit_with_an_id_ends_it_like_one_without() {
        let (ending, responses, seen) = serve(vec![call("shutdown", 1), call("exit", 2), call("at once", 3)]);
        assert_eq!((ending, responses.len(), seen.len()), (Ending::Orderly, 1, 1));
    }

    #[test]
    fn the_end_of_the_input_still_lets_responses_out() {
        let (ending, responses, _) = serve(vec![call("shutdown", 1), call("later", 2), Incoming::End]);
        assert_eq!((ending, responses.len()), (Ending::Orderly, 2));
    }

    #[test]
    fn a_closed_output_ends_it() {
        assert_eq!(serve(vec![Incoming::OutputClosed, call("at once", 1)]).1, [""; 0]);
    }
}
