//! Which plural form a number takes, by the platform's `Intl.PluralRules`.

/// The plural categories of CLDR, in the order in which a compiled message has its forms.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The place among the forms of a message of the one for `n` things, in the language of the page.
pub fn form(n: usize) -> usize {
    let category = category(n);
    CATEGORIES.iter().position(|known| *known == category).unwrap_or(CATEGORIES.len() - 1)
}

#[cfg(target_family = "wasm")]
fn category(n: usize) -> String {
    use js_sys::{Array, Intl::PluralRules, Object};
    use wasm_bindgen::JsValue;

    let language = super::document().and_then(|document| document.document_element()?.get_attribute("lang"));
    let language = Array::of1(&JsValue::from_str(&language.unwrap_or_default()));
    #[allow(clippy::cast_precision_loss, reason = "no count comes near 2^52")]
    PluralRules::new(&language, &Object::new()).select(n as f64).into()
}

/// Outside a browser there is only Dutch.
#[cfg(not(target_family = "wasm"))]
fn category(n: usize) -> &'static str {
    if n == 1 { "one" } else { "other" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_has_one_and_other() {
        assert_eq!([0, 1, 2, 11].map(form), [5, 1, 5, 5]);
    }
}
