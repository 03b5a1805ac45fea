//! The language server on stdin and stdout. The only place that knows LSP.
//!
//! Messages come through `transport` and `gate` to `backend`, which changes the `session` or takes a snapshot
//! of it for one of the `requests`.

mod backend;
mod capabilities;
mod change_order;
mod client;
mod commands;
mod diagnostics;
mod documents;
mod framing;
mod from_lsp;
mod gate;
mod json;
mod lenient;
mod memory;
mod outbox;
mod pace;
mod pages;
mod parent;
mod requests;
mod session;
mod to_lsp;
mod trace;
mod transport;
mod uri;
mod warm_up;

use std::convert::Infallible;
use std::io::{self, BufReader, Read, Write};
use std::panic::resume_unwind;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::mpsc;
use tower_lsp::LspService;

use backend::Backend;
use gate::{Ending, Gate};
use outbox::{Outbox, Outgoing};
use session::Session;
use transport::Incoming;

use crate::parallel;

/// Messages read ahead of the one being handled.
const READ_AHEAD: usize = 64;
/// Threads for requests under way; more wait for their turn.
const REQUEST_THREADS: usize = 8;
/// Bytes of stack for each, as the main thread has: trees are walked by recursion, to a set depth.
const REQUEST_STACK: usize = 8 << 20;
/// How long the last messages may take to be written.
const LAST_WRITES: Duration = Duration::from_secs(1);

/// How long requests that are being answered at the end may hold it up.
const LAST_REQUESTS: Duration = Duration::from_millis(100);

/// How long the reader may take to notice that nobody needs more.
const LAST_READ: Duration = Duration::from_millis(5);

/// Serves one client on stdin and stdout.
///
/// # Errors
///
/// As [`run`].
pub fn run_stdio() -> io::Result<ExitCode> {
    run(io::stdin(), io::stdout())
}

/// Serves one client until `exit`, the end of the input, or an output nobody reads. The code is the
/// protocol's: 0 after `shutdown`, else 1.
///
/// # Errors
///
/// When the system gives no thread or no timer to serve with.
pub fn run(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> io::Result<ExitCode> {
    let (sender, mut incoming) = mpsc::channel(READ_AHEAD);
    let (outbox, outgoing) = Outbox::new();
    let on_closed = sender.clone();
    let (writes, written) = std::sync::mpsc::channel();
    let (reads, read) = std::sync::mpsc::channel();
    let writer = thread::Builder::new().name("write".to_owned()).spawn(move || {
        if let Err(error) = transport::write_messages(output, &outgoing) {
            tracing::info!("nobody reads the output: {error}");
            // A closed channel means that serving has ended already.
            let _ = on_closed.blocking_send(Incoming::OutputClosed);
        }
        drop(writes);
    })?;
    let reader = thread::Builder::new().name("read".to_owned()).spawn(move || {
        let input = BufReader::with_capacity(1 << 16, input);
        transport::read_messages(input, |message| {
            if let Some(process) = parent_of(&message) {
                let on_end = sender.clone();
                // A closed channel means that serving has ended already.
                parent::watch(process, move || drop(on_end.blocking_send(Incoming::End)));
            }
            sender.blocking_send(message).is_ok()
        });
        drop(reads);
    })?;
    let runtime = runtime()?;
    let serving = outbox.clone();
    // Quick requests are answered where messages are taken, and need the stack for it.
    let server =
        thread::Builder::new().name("serve".to_owned()).stack_size(REQUEST_STACK).spawn(move || {
            let session = Arc::new(Session::new(serving.clone()));
            let ending = runtime.block_on(serve(session, &serving, &mut incoming));
            (ending, runtime)
        })?;
    let (ending, runtime) = server.join().unwrap_or_else(|panic| resume_unwind(panic));
    outbox.send(Outgoing::Close);
    if !has_ended(writer, &written, LAST_WRITES) {
        tracing::warn!("the last messages were not read");
    }
    runtime.shutdown_timeout(LAST_REQUESTS);
    // Reading cannot be interrupted, and `exit` may come while the input stays open.
    has_ended(reader, &read, LAST_READ);
    Ok(if ending == Ending::Orderly { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Waits so long for the end of a thread, which drops `running`; whether it came. A thread is let go only while it is
/// busy: with glibc one that is let go just as it ends may take the whole process with it.
fn has_ended(thread: JoinHandle<()>, running: &Receiver<Infallible>, wait: Duration) -> bool {
    let has_ended = running.recv_timeout(wait) != Err(RecvTimeoutError::Timeout);
    if has_ended {
        // What it panicked with was said when it did.
        let _ = thread.join();
    }
    has_ended
}

/// The process that the client is, or that it speaks for.
fn parent_of(message: &Incoming) -> Option<u32> {
    let Incoming::Call(request) = message else { return None };
    let params = request.params().filter(|_| request.method() == "initialize")?;
    params.get("processId")?.as_u64()?.try_into().ok()
}

/// One thread for messages and for what is answered quickly; other requests run on threads of their own, started when
/// first needed.
fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .max_blocking_threads(REQUEST_THREADS)
        .thread_stack_size(REQUEST_STACK)
        .on_thread_start(parallel::prepare_memory)
        .build()
}

async fn serve(session: Arc<Session>, outbox: &Outbox, incoming: &mut mpsc::Receiver<Incoming>) -> Ending {
    // The service's own way to the client is left unused: it waits until the client has read.
    let (service, _) = LspService::new(|_| Backend(Arc::clone(&session)));
    Gate::new(service, session, outbox.clone()).serve(incoming).await
}

#[cfg(test)]
mod tests;
