//! Handing a file to the user.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `text` as a file to keep.
///
/// # Errors
/// Where the browser refuses to make the file.
pub fn save_text(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    save(name, media_type, &Array::of1(&Uint8Array::from(text.as_bytes())))
}

/// Offers these pieces, each a `Uint8Array`, as one file to keep.
///
/// # Errors
/// Where the browser refuses to make the file.
pub fn save(name: &str, media_type: &str, pieces: &Array) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(pieces, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = super::document().ok_or("no document")?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into().map_err(|_| "no link")?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser still reads from it; a minute is ample.
    super::timer::after(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Ok(())
}
