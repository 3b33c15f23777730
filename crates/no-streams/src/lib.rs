//! In place of `wasm-streams`, which Leptos brings along to stream to and from its server.
//!
//! Naast has no server, and nothing of that is ever called. But the real crate exports classes to
//! JavaScript, which no build can leave out: with all that they need they are 4.7 kB of what a first
//! visit downloads. This has the few names that `server_fn` compiles against; every stream is empty.

use futures_util::stream::{Empty, Stream, empty};
use wasm_bindgen::JsValue;

/// A stream with nothing in it.
#[derive(Debug)]
pub struct ReadableStream(Option<web_sys::ReadableStream>);

impl ReadableStream {
    /// Forgets the stream it is given.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>>) -> Self {
        Self(None)
    }

    /// Keeps the browser's stream.
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(Some(raw))
    }

    /// The browser's stream, or none at all.
    #[must_use]
    pub fn into_raw(self) -> JsValue {
        self.0.map_or(JsValue::NULL, JsValue::from)
    }

    /// Nothing, at once.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}
