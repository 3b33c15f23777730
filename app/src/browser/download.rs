//! Handing a file to the user.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

#[wasm_bindgen]
extern "C" {
    /// A file that was created here.
    #[wasm_bindgen(extends = Blob)]
    #[derive(Clone)]
    pub type File;
    #[wasm_bindgen(constructor, catch)]
    fn new(pieces: &Array, name: &str, options: &Object) -> Result<File, JsValue>;
    /// Its name.
    #[wasm_bindgen(method, getter)]
    pub fn name(this: &File) -> String;
}

/// A file of these pieces, each a `Uint8Array`.
///
/// # Errors
/// Where the browser refuses to create it.
pub fn made_of(name: &str, media_type: &str, pieces: &Array) -> Result<File, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &media_type.into())?;
    File::new(pieces, name, &options)
}

/// Offers `text` as a file to save.
///
/// # Errors
/// Where the browser refuses to create the file.
pub fn save_text(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    save(&made_of(name, media_type, &Array::of1(&Uint8Array::from(text.as_bytes())))?)
}

/// Offers a file to save.
///
/// # Errors
/// Where the browser refuses it.
pub fn save(file: &File) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(file)?;
    let document = super::document().ok_or("no document")?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into().map_err(|_| "no link")?;
    link.set_href(&url);
    link.set_download(&file.name());
    link.click();
    // The browser still reads from the address; a minute is ample.
    super::timer::after(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Ok(())
}
