//! Which plural form a number takes, by the platform's `Intl.PluralRules`.

/// The plural categories of CLDR. Their numbers are the order of the forms in a compiled message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are CLDR's")]
pub enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// The category of `n` things in the language of the page.
#[cfg(target_family = "wasm")]
pub fn category(n: usize) -> Category {
    use js_sys::{Array, Intl::PluralRules, Object};
    use wasm_bindgen::JsValue;

    let language = super::document().and_then(|document| document.document_element()?.get_attribute("lang"));
    let language = Array::of1(&JsValue::from_str(&language.unwrap_or_default()));
    #[allow(clippy::cast_precision_loss, reason = "no count comes near 2^52")]
    let category = PluralRules::new(&language, &Object::new()).select(n as f64);
    match String::from(category).as_str() {
        "zero" => Category::Zero,
        "one" => Category::One,
        "two" => Category::Two,
        "few" => Category::Few,
        "many" => Category::Many,
        _ => Category::Other,
    }
}

/// Outside a browser there is only Dutch.
#[cfg(not(target_family = "wasm"))]
pub fn category(n: usize) -> Category {
    if n == 1 { Category::One } else { Category::Other }
}
