//! The process that started the server: when it is gone, so are the answers' readers, although the pipes may stay
//! open in its other children.

/// Calls `ended` when the process of this id ends. A process that is not there is not waited for: a client outside
/// of a container names one that cannot be seen from inside.
#[cfg(unix)]
pub(super) fn watch(process: u32, ended: impl FnOnce() + Send + 'static) {
    use rustix::process::{Pid, test_kill_process};

    let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) else { return };
    if test_kill_process(process).is_err() {
        return;
    }
    let watching = std::thread::Builder::new().name("parent".to_owned()).spawn(move || {
        wait(process);
        tracing::info!("the process that started this one has ended");
        ended();
    });
    if let Err(error) = watching {
        tracing::warn!("the process that started this one is not watched: {error}");
    }
}

/// Elsewhere the end of the input tells.
#[cfg(not(unix))]
pub(super) fn watch(_process: u32, _ended: impl FnOnce() + Send + 'static) {}

/// Waits for the end of a process, without waking up before it where the system can.
#[cfg(target_os = "linux")]
fn wait(process: rustix::process::Pid) {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::{PidfdFlags, pidfd_open};

    let Ok(handle) = pidfd_open(process, PidfdFlags::empty()) else { return ask(process) };
    while poll(&mut [PollFd::new(&handle, PollFlags::IN)], None) == Err(rustix::io::Errno::INTR) {}
}

#[cfg(all(unix, not(target_os = "linux")))]
fn wait(process: rustix::process::Pid) {
    ask(process);
}

#[cfg(unix)]
fn ask(process: rustix::process::Pid) {
    while rustix::process::test_kill_process(process).is_ok() {
        std::thread::sleep(std::time::Duration::from_secs(5));
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};
    use std::sync::mpsc;
    use std::time::Duration;

    #[test]
    fn the_end_of_the_process_is_told() {
        let mut process = Command::new("cat").stdin(Stdio::piped()).spawn().expect("a process");
        let (sender, receiver) = mpsc::channel();
        watch(process.id(), move || sender.send(()).unwrap());
        assert!(receiver.recv_timeout(Duration::from_millis(50)).is_err());
        drop(process.stdin.take());
        receiver.recv_timeout(Duration::from_secs(20)).expect("word of its end");
        process.wait().expect("its end");
    }

    #[test]
    fn a_process_that_is_not_there_ends_nothing() {
        let (sender, receiver) = mpsc::channel::<()>();
        watch(i32::MAX as u32, move || sender.send(()).unwrap());
        watch(0, || panic!("no process"));
        assert!(receiver.recv_timeout(Duration::from_millis(100)).is_err());
    }
}
