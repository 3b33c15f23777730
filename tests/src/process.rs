//! Child processes that never outlive this process.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// The time limit for a driver to start listening.
const START: Duration = Duration::from_secs(20);

/// A child in its own process group. Dropping it ends the group and all descendants of the child, because
/// browsers leave the group of their driver.
#[derive(Debug)]
pub(crate) struct Process(Child);

impl Process {
    /// Starts a command. Its output is written to a file, for failures.
    pub(crate) fn start(mut command: Command, log: &Path) -> Result<Self> {
        let log = std::fs::File::create(log)?;
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        Ok(Self(child))
    }

    /// Starts a command and waits for its first line, which says where it listens.
    pub(crate) fn start_and_hear(mut command: Command) -> Result<(Self, String)> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let out = child.stdout.take();
        let process = Self(child);
        let mut line = String::new();
        BufReader::new(out.context("no output")?).read_line(&mut line)?;
        if line.trim().is_empty() {
            bail!("{name} ended before it said where to find it");
        }
        Ok((process, line.trim().to_owned()))
    }

    /// Waits until a process listens on the port.
    pub(crate) async fn listens(&mut self, port: u16) -> Result<()> {
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = self.0.try_wait()? {
                bail!("the driver ended at once: {status}");
            }
            if start.elapsed() > START {
                bail!("the driver does not listen on port {port}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Waits until the child has no descendants: a browser that has closed.
    pub(crate) async fn descendants_end(&self) {
        while !descendants(self.0.id()).is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Kills the descendants of the child, but not the child: a browser that crashes.
    pub(crate) fn kill_descendants(&self) {
        kill(&descendants(self.0.id()));
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let family = descendants(self.0.id());
        if let Ok(group) = i32::try_from(self.0.id())
            && let Some(group) = Pid::from_raw(group)
        {
            // It fails only if the process has ended.
            let _ = kill_process_group(group, Signal::KILL);
        }
        kill(&family);
        drop(self.0.wait());
    }
}

fn kill(pids: &[u32]) {
    for pid in pids.iter().filter_map(|pid| Pid::from_raw(i32::try_from(*pid).ok()?)) {
        // It fails only if the process has ended.
        let _ = kill_process(pid, Signal::KILL);
    }
}

/// All descendants of this process.
fn descendants(root: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
    for entry in processes.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        // `pid (name) state parent …`; the name may contain anything, so it is parsed from its end. A
        // zombie has ended and only waits to be reaped.
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| {
            let mut rest = rest.split_whitespace();
            (rest.next()? != "Z").then_some(())?;
            rest.next()?.parse().ok()
        });
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut found = Vec::new();
    let mut look = vec![root];
    while let Some(pid) = look.pop() {
        let below = children.remove(&pid).unwrap_or_default();
        found.extend(&below);
        look.extend(below);
    }
    found
}

/// A free port for a driver, a new one each time. It is below those that the system gives to servers and connections:
/// one of them could take a port of theirs before the driver listens on it.
pub(crate) fn free_port() -> Result<u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    const FIRST: u16 = 20_000;
    const COUNT: u32 = 12_000;
    // Two runs at the same time begin at different places.
    let begin = std::process::id().wrapping_mul(97);
    for _ in 0..COUNT {
        let nth = begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % COUNT;
        let port = FIRST + u16::try_from(nth)?;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port from {FIRST} on is free")
}
