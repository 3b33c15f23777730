//! The server itself: one thread that accepts, one short-lived thread per request.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::headers::{SECURITY, cache_control, media_type};
use crate::http::{Answer, Head, decode_path, read_head, resolve};

/// The time after which a silent client is disconnected.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a server serves, and where.
#[derive(Debug, Clone)]
pub struct Config {
    port: u16,
    sites: Vec<(String, PathBuf)>,
}

impl Config {
    /// Serves `folder` at `/`, on any free port.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self::at("/", folder)
    }

    /// Serves `folder` under a path such as `/some/path/` (the outer slashes are optional), on any free port.
    #[must_use]
    pub fn at(path: &str, folder: impl Into<PathBuf>) -> Self {
        Self { port: 0, sites: vec![(prefix(path), folder.into())] }
    }

    /// Serves another folder under another path of the same origin.
    #[must_use]
    pub fn and(mut self, path: &str, folder: impl Into<PathBuf>) -> Self {
        self.sites.push((prefix(path), folder.into()));
        self
    }

    /// Uses this port; 0 is any free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }
}

/// How a file fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The server answers 503.
    Unavailable,
    /// The server answers 404.
    Missing,
    /// The connection breaks in the middle of the body.
    CutOff,
}

/// A request as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `HEAD`, or any other method.
    pub method: String,
    /// The `Host` header; empty if there was none.
    pub host: String,
    /// The path from the root of the origin, as sent, with the query.
    pub path: String,
}

#[derive(Debug)]
struct State {
    sites: Vec<(String, PathBuf)>,
    faults: BTreeMap<String, Fault>,
    requests: Vec<Request>,
}

/// A running or stopped server on 127.0.0.1. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    first_path: String,
    state: Arc<Mutex<State>>,
    running: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl Server {
    /// Starts listening.
    ///
    /// # Errors
    /// If the port is in use, or the system refuses a socket.
    pub fn start(config: Config) -> io::Result<Self> {
        let mut sites = config.sites;
        let first_path = sites.first().map_or_else(|| "/".into(), |(p, _)| p.clone());
        // The longest path first, so that `/a/b/` is not taken for a file in `/a/`.
        sites.sort_by_key(|(path, _)| std::cmp::Reverse(path.len()));
        let mut server = Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, config.port)),
            first_path,
            state: Arc::new(Mutex::new(State { sites, faults: BTreeMap::new(), requests: Vec::new() })),
            running: None,
        };
        server.restart()?;
        Ok(server)
    }

    /// The address of the first site, with a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.first_path)
    }

    /// The address of any path of this origin, such as that of a second site.
    #[must_use]
    pub fn url_of(&self, path: &str) -> String {
        format!("http://{}/{}", self.address, path.trim_start_matches('/'))
    }

    /// The port it listens on, or listened on before it was stopped.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Closes the listening socket: for a browser this is being offline.
    pub fn stop(&mut self) {
        if let Some((stopping, thread)) = self.running.take() {
            stopping.store(true, Ordering::SeqCst);
            // Wakes the thread from `accept`; if that fails, the thread is not waiting.
            drop(TcpStream::connect_timeout(&self.address, PATIENCE));
            drop(thread.join());
        }
    }

    /// Listens again on the same port, unless it already does.
    ///
    /// # Errors
    /// If the port is in use by now.
    pub fn restart(&mut self) -> io::Result<()> {
        if self.running.is_some() {
            return Ok(());
        }
        let listener = TcpListener::bind(self.address)?;
        self.address = listener.local_addr()?;
        let stopping = Arc::new(AtomicBool::new(false));
        let (state, flag) = (Arc::clone(&self.state), Arc::clone(&stopping));
        let thread = thread::spawn(move || accept(&listener, &state, &flag));
        self.running = Some((stopping, thread));
        Ok(())
    }

    /// Serves another folder at `path` from now on: an update was published.
    pub fn swap(&self, path: &str, folder: impl Into<PathBuf>) {
        let path = prefix(path);
        let folder = folder.into();
        for site in &mut lock(&self.state).sites {
            if site.0 == path {
                site.1.clone_from(&folder);
            }
        }
    }

    /// Makes requests for `path` (from the root of the origin, without query) fail from now on.
    pub fn fail(&self, path: &str, fault: Fault) {
        lock(&self.state).faults.insert(path.to_owned(), fault);
    }

    /// Ends all faults.
    pub fn heal(&self) {
        lock(&self.state).faults.clear();
    }

    /// All requests since the start, or since [`Server::forget_requests`], in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.state).requests.clone()
    }

    /// Empties the list of requests.
    pub fn forget_requests(&self) {
        lock(&self.state).requests.clear();
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some((_, thread)) = self.running.take() {
            drop(thread.join());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// `a/b` → `/a/b/`; an empty path is `/`.
fn prefix(path: &str) -> String {
    match path.trim_matches('/') {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    }
}

/// A request that panics must not stop the server.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn accept(listener: &TcpListener, state: &Arc<Mutex<State>>, stopping: &AtomicBool) {
    for stream in listener.incoming() {
        if stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let state = Arc::clone(state);
        // A client that disconnects early does not matter.
        thread::spawn(move || drop(converse(&stream, &state)));
    }
}

fn converse(stream: &TcpStream, state: &Mutex<State>) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let head = match read_head(stream) {
        Ok(head) => head,
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return Answer::text(400, "bad request").write(stream, true, usize::MAX);
        }
        Err(error) => return Err(error),
    };
    let (answer, limit) = answer(&head, state);
    answer.write(stream, head.method != "HEAD", limit)
}

/// The response, and how many bytes of its body are sent.
fn answer(head: &Head, state: &Mutex<State>) -> (Answer, usize) {
    let path = decode_path(&head.target);
    let (found, fault) = {
        let mut state = lock(state);
        state.requests.push(Request {
            method: head.method.clone(),
            host: head.host.clone(),
            path: head.target.clone(),
        });
        let Some(path) = &path else {
            return (Answer::text(400, "bad request"), usize::MAX);
        };
        (find(&state.sites, path), state.faults.get(path).copied())
    };
    if head.method != "GET" && head.method != "HEAD" {
        return (Answer::text(405, "only GET and HEAD"), usize::MAX);
    }
    let answer = match (fault, found) {
        (Some(Fault::Unavailable), _) => Answer::text(503, "unavailable, as asked for"),
        (Some(Fault::Missing), _) | (_, Found::Nothing) => Answer::text(404, "not found"),
        (_, Found::NeedsSlash(to)) => {
            let mut answer = Answer::text(308, "with a slash");
            answer.headers.push(("Location", to));
            answer
        }
        (_, Found::File(file)) => give(&file, head),
    };
    let limit = match fault {
        Some(Fault::CutOff) => answer.body.len() / 2,
        _ => usize::MAX,
    };
    (answer, limit)
}

enum Found {
    File(PathBuf),
    /// The path of a site without its last slash, where relative links would break.
    NeedsSlash(String),
    Nothing,
}

fn find(sites: &[(String, PathBuf)], path: &str) -> Found {
    for (prefix, folder) in sites {
        if let Some(relative) = path.strip_prefix(prefix.as_str()) {
            return match resolve(folder, relative) {
                // A file for static hosts, not part of the site.
                Some(file) if !file.ends_with("_headers") => Found::File(file),
                _ => Found::Nothing,
            };
        }
        if prefix.trim_end_matches('/') == path {
            return Found::NeedsSlash(prefix.clone());
        }
    }
    Found::Nothing
}

/// The content codings in which the build writes files, the smallest first: name and extension.
const CODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

fn give(file: &Path, head: &Head) -> Answer {
    let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let compressed = |extension: &str| std::fs::read(file.with_file_name(format!("{name}.{extension}"))).ok();
    let coded = CODINGS
        .into_iter()
        .filter(|(coding, _)| head.accepts(coding))
        .find_map(|(coding, extension)| Some((compressed(extension)?, Some(coding))));
    let Some((body, coding)) = coded.or_else(|| Some((std::fs::read(file).ok()?, None))) else {
        return Answer::text(500, "cannot read the file");
    };
    let mut headers = vec![
        ("Content-Type", media_type(&name).to_owned()),
        ("Cache-Control", cache_control(&name).to_owned()),
        ("Vary", "Accept-Encoding".to_owned()),
    ];
    headers.extend(coding.map(|coding| ("Content-Encoding", coding.to_owned())));
    headers.extend(SECURITY.map(|(name, value)| (name, value.to_owned())));
    Answer { status: 200, headers, body }
}
