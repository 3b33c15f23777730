//! Tests the server from outside, over a real socket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;

use naast_devserver::{Config, Fault, Request, Server, headers};

/// A temporary folder for each test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("naast-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (file, text) in files {
            std::fs::write(folder.join(file), text).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn get(server: &Server, path: &str) -> String {
    ask(server, &format!("GET {path} HTTP/1.1\r\nHost: here\r\n\r\n"))
}

fn ask(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn gives_files_with_the_headers_of_production() {
    let folder = Folder::new("headers", &[("index.html", "<p>page"), ("a-0123456789ab.wasm", "w"), ("_headers", "x")]);
    let server = Server::start(Config::new(&folder.0)).unwrap();
    let page = get(&server, "/?x=1");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(page.contains("Content-Type: text/html; charset=utf-8\r\n"));
    assert!(page.contains("Cache-Control: no-cache\r\n"));
    for (name, value) in headers::SECURITY {
        assert!(page.contains(&format!("{name}: {value}\r\n")), "{name}");
    }
    assert!(page.ends_with("\r\n\r\n<p>page"));

    let wasm = get(&server, "/a-0123456789ab.wasm");
    assert!(wasm.contains("Content-Type: application/wasm\r\n"));
    assert!(wasm.contains("immutable\r\n"));
    assert!(get(&server, "/_headers").starts_with("HTTP/1.1 404"));
    assert!(get(&server, "/../headers").starts_with("HTTP/1.1 404"));
    assert!(ask(&server, "POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405"));
    let head = ask(&server, "HEAD / HTTP/1.1\r\n\r\n");
    assert!(head.contains("Content-Length: 7\r\n") && head.ends_with("\r\n\r\n"));
}

#[test]
fn serves_under_any_path_and_two_sites_side_by_side() {
    let (one, two) = (Folder::new("one", &[("index.html", "one")]), Folder::new("two", &[("index.html", "two")]));
    let server = Server::start(Config::at("/a/b", &one.0).and("/a/", &two.0)).unwrap();
    assert!(server.url().ends_with("/a/b/"));
    assert!(get(&server, "/a/b/").ends_with("one"));
    assert!(get(&server, "/a/").ends_with("two"));
    assert!(get(&server, "/a/b").contains("Location: /a/b/\r\n"));
    assert!(get(&server, "/").starts_with("HTTP/1.1 404"));
    server.swap("/a/b/", &two.0);
    assert!(get(&server, "/a/b/").ends_with("two"));
}

#[test]
fn stopped_means_that_nothing_listens_and_it_can_start_again() {
    let folder = Folder::new("stop", &[("index.html", "page")]);
    let mut server = Server::start(Config::new(&folder.0)).unwrap();
    let port = server.port();
    for _ in 0..3 {
        assert!(get(&server, "/").ends_with("page"));
        server.stop();
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        server.restart().unwrap();
        assert_eq!(server.port(), port);
    }
}

#[test]
fn a_chosen_file_fails_until_healed_and_requests_are_kept() {
    let folder = Folder::new("fault", &[("index.html", "page"), ("a.js", "0123456789")]);
    let server = Server::start(Config::new(&folder.0)).unwrap();
    server.fail("/a.js", Fault::Unavailable);
    assert!(get(&server, "/a.js?v=1").starts_with("HTTP/1.1 503"));
    server.fail("/a.js", Fault::Missing);
    assert!(get(&server, "/a.js").starts_with("HTTP/1.1 404"));
    server.fail("/a.js", Fault::CutOff);
    let cut = get(&server, "/a.js");
    assert!(cut.contains("Content-Length: 10\r\n") && cut.ends_with("\r\n\r\n01234"));
    assert!(get(&server, "/").ends_with("page"));
    server.heal();
    server.forget_requests();
    assert!(get(&server, "/a.js?v=2").ends_with("0123456789"));
    assert_eq!(server.requests(), [Request { method: "GET".into(), host: "here".into(), path: "/a.js?v=2".into() }]);
}

#[test]
fn gives_the_smallest_form_that_the_client_takes() {
    let files = [("a.js", "plain"), ("a.js.br", "brotli"), ("a.js.gz", "gzip"), ("b.js", "b"), ("b.js.gz", "gz")];
    let folder = Folder::new("codings", &files);
    let server = Server::start(Config::new(&folder.0)).unwrap();
    let body = |path: &str, accept: &str| {
        let answer = ask(&server, &format!("GET {path} HTTP/1.1\r\nAccept-Encoding: {accept}\r\n\r\n"));
        assert!(answer.contains("Content-Type: text/javascript; charset=utf-8\r\n"), "{answer}");
        assert!(answer.contains("Vary: Accept-Encoding\r\n"), "{answer}");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let coding = head.lines().find_map(|line| line.strip_prefix("Content-Encoding: ")).unwrap_or("none");
        format!("{coding} {body}")
    };
    assert_eq!(body("/a.js", "gzip, deflate, br, zstd"), "br brotli");
    assert_eq!(body("/a.js", "gzip, BR;q=0"), "gzip gzip");
    assert_eq!(body("/a.js", "identity"), "none plain");
    assert_eq!(body("/b.js", "br;q=1.0, gzip;q=0.5"), "gzip gz");
    assert_eq!(body("/b.js", "br"), "none b");
}
