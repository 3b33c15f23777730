//! The part of HTTP/1.1 that a browser needs from a local server: one GET or HEAD per connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// Longer request heads are refused.
const MAX_HEAD: u64 = 64 * 1024;

/// The request line and the relevant headers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) method: String,
    /// As sent: percent-encoded, with the query.
    pub(crate) target: String,
    pub(crate) host: String,
    /// `Accept-Encoding`; empty if there was none.
    pub(crate) accept_encoding: String,
}

impl Head {
    /// Whether the client accepts a content coding, by its name in `Accept-Encoding` (RFC 9110, 12.5.3).
    pub(crate) fn accepts(&self, coding: &str) -> bool {
        self.accept_encoding.split(',').any(|item| {
            let mut parts = item.split(';').map(str::trim);
            let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
            named && weight.is_ok_and(|weight| weight > 0.0)
        })
    }
}

/// Reads a request up to the empty line.
pub(crate) fn read_head(stream: impl Read) -> io::Result<Head> {
    let malformed = || io::Error::new(io::ErrorKind::InvalidData, "malformed request");
    let mut reader = BufReader::new(stream.take(MAX_HEAD));
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Err(malformed());
    };
    let (method, target) = (method.to_owned(), target.to_owned());
    let mut head = Head { method, target, host: String::new(), accept_encoding: String::new() };
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(malformed());
        }
        let line = line.trim_end();
        if line.is_empty() {
            return Ok(head);
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        match name.to_ascii_lowercase().as_str() {
            "host" => head.host = value.trim().to_owned(),
            "accept-encoding" => head.accept_encoding = value.trim().to_owned(),
            _ => {}
        }
    }
}

/// A response: status, headers, body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A short plain response, for errors.
    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", "text/plain; charset=utf-8".to_owned())],
            body: text.as_bytes().to_vec(),
        }
    }

    /// Writes the response, with at most `limit` bytes of the body. The announced length is that of the whole
    /// body, as when a connection breaks.
    pub(crate) fn write(&self, mut to: impl Write, with_body: bool, limit: usize) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", self.body.len()));
        to.write_all(head.as_bytes())?;
        if with_body {
            to.write_all(self.body.get(..limit).unwrap_or(&self.body))?;
        }
        to.flush()
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Unknown",
    }
}

/// The decoded path of a request target, without the query; `None` if it is malformed.
pub(crate) fn decode_path(target: &str) -> Option<String> {
    let path = target.split(['?', '#']).next()?;
    let mut bytes = path.bytes();
    let mut decoded = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            u8::try_from(high * 16 + low).ok()?
        } else {
            byte
        });
    }
    let path = String::from_utf8(decoded).ok()?;
    path.starts_with('/').then_some(path)
}

/// The file that `relative` (without a leading slash) names in `folder`; `None` for anything that does not exist,
/// is not a regular file, or is outside the folder.
pub(crate) fn resolve(folder: &Path, relative: &str) -> Option<PathBuf> {
    let relative = if relative.is_empty() { "index.html" } else { relative };
    let harmless = |part: &str| !part.is_empty() && part != "." && part != "..";
    if relative.contains(['\\', ':', '\0']) || !relative.split('/').all(harmless) {
        return None;
    }
    // Symbolic links are resolved first.
    let folder = folder.canonicalize().ok()?;
    let file = folder.join(relative).canonicalize().ok()?;
    (file.starts_with(&folder) && file.is_file()).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_first_line_and_the_host() {
        let head = read_head(&b"GET /a?b HTTP/1.1\r\nhost: 127.0.0.1:1\r\nX: y\r\n\r\n"[..]).unwrap();
        assert_eq!((&*head.method, &*head.target, &*head.host), ("GET", "/a?b", "127.0.0.1:1"));
    }

    #[test]
    fn a_request_cut_in_half_is_an_error() {
        for bytes in [&b""[..], b"GET", b"GET / HTTP/1.1\r\nHost: x", b"\r\n\r\n"] {
            assert!(read_head(bytes).is_err());
        }
    }

    #[test]
    fn an_endless_head_is_an_error() {
        let head = io::repeat(b'a');
        assert!(read_head(head).is_err());
    }

    #[test]
    fn paths_are_decoded_and_lose_their_query() {
        assert_eq!(decode_path("/a%20b?c#d").as_deref(), Some("/a b"));
        assert_eq!(decode_path("/%C3%A9").as_deref(), Some("/é"));
        for bad in ["a", "", "/%", "/%4", "/%zz", "/%ff", "http://x/"] {
            assert_eq!(decode_path(bad), None, "{bad}");
        }
    }

    #[test]
    fn nothing_outside_the_folder_is_given_out() {
        let folder = std::env::temp_dir().join(format!("naast-devserver-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("site/sub")).unwrap();
        std::fs::write(folder.join("secret.txt"), "secret").unwrap();
        std::fs::write(folder.join("site/index.html"), "page").unwrap();
        std::fs::write(folder.join("site/sub/a.txt"), "a").unwrap();
        let site = folder.join("site");
        assert!(resolve(&site, "").is_some());
        assert!(resolve(&site, "sub/a.txt").is_some());
        for bad in [
            "../secret.txt",
            "sub/../../secret.txt",
            "..",
            ".",
            "sub",
            "sub/",
            "/etc/passwd",
            "sub//a.txt",
            "..\\secret.txt",
            "absent",
        ] {
            assert!(resolve(&site, bad).is_none(), "{bad}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.join("secret.txt"), site.join("link.txt")).unwrap();
            assert!(resolve(&site, "link.txt").is_none());
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_cut_answer_still_promises_its_whole_length() {
        let mut out = Vec::new();
        Answer::text(200, "hello").write(&mut out, true, 2).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("Content-Length: 5\r\n"));
        assert!(out.ends_with("\r\n\r\nhe"));
    }
}
