//! A pinned package through the client that knows its registry: `dotnet`, `npm` or `pip`, whichever the
//! machine has. No address stands here.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::lock::Pin;

/// A client that adds not one byte for this long is given up.
const SILENCE: Duration = Duration::from_secs(10);

/// The longest that a client may take in all.
const MOST: Duration = Duration::from_secs(300);

const ABSENT: &str = "is not on this machine";

const PAUSE: Duration = Duration::from_millis(100);

/// Has the pinned package fetched into `folder`, which is emptied first; gives the file. `Err` says in one
/// line why it cannot be had.
pub(crate) fn fetch(pin: &Pin, folder: &Path) -> Result<PathBuf, String> {
    let failed = |error: io::Error| format!("{}: {error}", folder.display());
    remove(folder).map_err(failed)?;
    fs::create_dir_all(folder).map_err(failed)?;
    let candidates = commands(pin, folder).map_err(failed)?;
    let mut problem = format!("no client for {} is known", pin.package);
    for mut command in candidates {
        let program = command.get_program().to_string_lossy().into_owned();
        match run(&mut command, folder, SILENCE, MOST) {
            Ok(()) => return find(folder, 0).ok_or_else(|| format!("{program} brought no package")),
            Err(error) => {
                problem = format!("{program} {error}");
                // Another name of the client would get the same response.
                if error != ABSENT {
                    break;
                }
            }
        }
    }
    Err(problem)
}

/// Removes a folder that may not be there.
pub(crate) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The client's command line; two where the client has two names. Everything it keeps goes into `folder`, so
/// that its progress can be seen.
fn commands(pin: &Pin, folder: &Path) -> io::Result<Vec<Command>> {
    let started = |program: &str| {
        let mut command = Command::new(program);
        command.current_dir(folder).env("TMPDIR", folder);
        command
    };
    Ok(match pin.client.as_str() {
        "nuget" => {
            fs::write(folder.join("fetch.csproj"), project(pin))?;
            let mut dotnet = started("dotnet");
            dotnet.env("DOTNET_NOLOGO", "1").env("DOTNET_CLI_TELEMETRY_OPTOUT", "1");
            dotnet.args(["restore", "fetch.csproj", "--disable-build-servers", "--packages"]).arg(folder);
            vec![dotnet]
        }
        "npm" => {
            let mut npm = started(if cfg!(windows) { "npm.cmd" } else { "npm" });
            npm.args(["pack", "--ignore-scripts", "--silent"])
                .arg(format!("{}@{}", pin.package, pin.version));
            npm.arg("--cache").arg(folder.join("cache"));
            vec![npm]
        }
        "pypi" => ["pip", "pip3"]
            .into_iter()
            .map(|program| {
                let mut pip = started(program);
                pip.args(["download", "--no-deps", "--no-cache-dir", "--only-binary", ":all:", "--quiet"]);
                pip.args(["--disable-pip-version-check", "--platform", "manylinux2014_x86_64"]);
                pip.arg(format!("{}=={}", pin.package, pin.version));
                pip
            })
            .collect(),
        _ => Vec::new(),
    })
}

/// A project whose restoring downloads one package and builds nothing.
fn project(pin: &Pin) -> String {
    format!(
        "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>netstandard2.0</TargetFramework>\
         <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences></PropertyGroup><ItemGroup>\
         <PackageDownload Include=\"{}\" Version=\"[{}]\" /></ItemGroup></Project>\n",
        pin.package, pin.version
    )
}

fn run(command: &mut Command, folder: &Path, silence: Duration, most: Duration) -> Result<(), String> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ABSENT.to_owned(),
        _ => format!("did not start: {error}"),
    })?;
    let start = Instant::now();
    let (mut size, mut last_change) = (0, start);
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) => return Err("could not get it".to_owned()),
            Ok(None) => {}
            Err(error) => return Err(format!("cannot be waited for: {error}")),
        }
        let now = size_of(folder, 0);
        if now != size {
            (size, last_change) = (now, Instant::now());
        }
        if last_change.elapsed() > silence || start.elapsed() > most {
            stop(&mut child);
            return Err("does not respond".to_owned());
        }
        std::thread::sleep(PAUSE);
    }
}

/// Ends the client with all that it started.
fn stop(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Deep enough for what the clients make.
const DEPTH: u32 = 8;

fn size_of(folder: &Path, depth: u32) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(about) if about.is_dir() && depth < DEPTH => 1 + size_of(&entry.path(), depth + 1),
            Ok(about) => 1 + about.len(),
            Err(_) => 0,
        })
        .sum()
}

fn find(folder: &Path, depth: u32) -> Option<PathBuf> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder).ok()?.flatten() {
        let path = entry.path();
        let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        if path.is_file() && matches!(ending, "nupkg" | "tgz" | "whl") {
            return Some(path);
        }
        if path.is_dir() && depth < DEPTH {
            folders.push(path);
        }
    }
    folders.sort();
    folders.iter().find_map(|it| find(it, depth + 1))
}

#[cfg(all(test, unix))]
mod tests {
    use super::{find, run};
    use std::process::Command;
    use std::time::{Duration, Instant};

    fn shell(script: &str) -> (Result<(), String>, tempfile::TempDir, Duration) {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", script]).current_dir(folder.path());
        let start = Instant::now();
        let result = run(&mut command, folder.path(), Duration::from_millis(700), Duration::from_secs(3));
        (result, folder, start.elapsed())
    }

    #[test]
    fn a_silent_client_is_ended_with_what_it_started() {
        let (result, folder, took) = shell("(sleep 2; touch late) & sleep 30");
        assert_eq!(result, Err("does not respond".to_owned()));
        assert!(took < Duration::from_secs(2));
        std::thread::sleep(Duration::from_millis(1600));
        assert!(!folder.path().join("late").exists());
    }

    #[test]
    fn a_client_that_makes_progress_is_waited_for() {
        let (result, folder, _) =
            shell("for i in 1 2 3 4; do echo $i >> part; sleep 0.4; done; mkdir -p a/b; mv part a/b/p.tgz");
        assert_eq!(result, Ok(()));
        assert_eq!(find(folder.path(), 0), Some(folder.path().join("a/b/p.tgz")));
    }

    #[test]
    fn a_client_that_is_not_there_or_fails_is_told() {
        let (result, folder, _) = shell("exit 3");
        assert_eq!(result, Err("could not get it".to_owned()));
        let absent = run(
            &mut Command::new("no-such-client"),
            folder.path(),
            Duration::from_secs(1),
            Duration::from_secs(1),
        );
        assert_eq!(absent, Err("is not on this machine".to_owned()));
    }
}
