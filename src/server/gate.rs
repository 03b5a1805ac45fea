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

use super::transport::{Incoming, Outbox, Outgoing};

/// How long answers under way may take once the input has ended.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

/// What the gate tells apart from calling the service.
pub(super) trait Listener {
    /// A call is about to be made; its parameters are still as they came.
    fn calling(&self, request: &Request);
    /// The client answered a request of ours.
    fn answered(&self, id: &Id, result: Result<Value, Value>);
}

/// How serving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The client said `shutdown` first.
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
        while let Some(message) = incoming.recv().await {
            match message {
                Incoming::Call(request) if request.method() == "exit" && request.id().is_none() => break,
                Incoming::Call(request) => self.call(request).await,
                Incoming::Answer { id, result } => self.answered(&id, result),
                Incoming::Malformed(refusal) => self.outbox.send(Outgoing::Answer(refusal)),
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

    async fn call(&mut self, request: Request) {
        if poll_fn(|cx| self.service.poll_ready(cx)).await.is_err() {
            return;
        }
        let id = request.id().cloned();
        let is_shutdown = request.method() == "shutdown";
        let first_poll = catch_unwind(AssertUnwindSafe(|| {
            self.listener.calling(&request);
            let mut future = self.service.call(request);
            let polled = Pin::new(&mut future).poll(&mut Context::from_waker(Waker::noop()));
            (future, polled)
        }));
        match first_poll {
            Ok((_, Poll::Ready(result))) => {
                let response = result.unwrap_or_default();
                self.shut_down |= is_shutdown && response.as_ref().is_some_and(Response::is_ok);
                self.answer(response);
            }
            Ok((future, Poll::Pending)) => {
                let outbox = self.outbox.clone();
                self.running.spawn(async move {
                    if let Some(response) = guarded(future, id).await {
                        outbox.send(Outgoing::Answer(response));
                    }
                });
            }
            Err(_) => self.answer(id.map(panicked)),
        }
    }

    fn answered(&self, id: &Id, result: Result<Value, Value>) {
        if catch_unwind(AssertUnwindSafe(|| self.listener.answered(id, result))).is_err() {
            tracing::error!("the client's answer {id} made a handler panic");
        }
    }

    fn answer(&self, response: Option<Response>) {
        if let Some(response) = response {
            self.outbox.send(Outgoing::Answer(response));
        }
    }

    /// Lets answers under way go out: what was piped in whole is answered whole.
    async fn finish(&mut self) {
        let all = async { while self.running.join_next().await.is_some() {} };
        if tokio::time::timeout(LAST_ANSWERS, all).await.is_err() {
            tracing::warn!("the input ended with answers under way that take too long");
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

fn panicked(id: Id) -> Response {
    tracing::error!("request {id} panicked");
    Response::from_error(id, Error::internal_error())
}
