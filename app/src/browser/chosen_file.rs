//! A file that the user chose, read in pieces.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

use super::objects::part;

#[wasm_bindgen]
extern "C" {
    /// A file on the device. It is not read until it is asked for.
    #[derive(Clone)]
    pub type ChosenFile;
    #[wasm_bindgen(method, getter)]
    fn size(this: &ChosenFile) -> f64;
    #[wasm_bindgen(method)]
    fn slice(this: &ChosenFile, from: f64, to: f64) -> ChosenFile;
    #[wasm_bindgen(method, js_name = arrayBuffer)]
    fn bytes(this: &ChosenFile) -> Promise;
}

/// The file chosen in the field that this event came from.
#[must_use]
pub fn chosen(event: &Event) -> Option<ChosenFile> {
    let field = event.target()?;
    let first = part(&part(&field, "files"), "0");
    first.is_object().then(|| first.unchecked_into())
}

impl ChosenFile {
    /// Its size in bytes; more than 4 GB count as that.
    #[must_use]
    pub fn length(&self) -> u32 {
        self.size() as u32
    }

    /// At most `most` bytes from an offset; empty at the end; `None` if the file cannot be read (any more).
    pub async fn read(&self, from: usize, most: usize) -> Option<Vec<u8>> {
        let [from, to] = [from, from + most].map(|at| (at as f64).min(self.size()));
        let buffer = JsFuture::from(self.slice(from, to).bytes()).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}
