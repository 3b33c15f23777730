//! Reading aloud with a voice of the device itself. Other voices send the text to a server.

use std::cell::RefCell;

use naast_core::parent::speaks;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

/// The speech of this browser, if it has any.
fn synthesis() -> Option<SpeechSynthesis> {
    let window = super::window()?;
    // Where it is missing, the binding would hand out `undefined`.
    js_sys::Reflect::has(&window, &JsValue::from_str("speechSynthesis")).ok().filter(|there| *there)?;
    window.speech_synthesis().ok().filter(|found| found.is_truthy())
}

/// A voice of the device that speaks a language.
fn voice(tag: &str) -> Option<SpeechSynthesisVoice> {
    let voices = synthesis()?.get_voices().into_iter().map(JsCast::unchecked_into::<SpeechSynthesisVoice>);
    voices.into_iter().find(|voice| voice.local_service() && speaks(&voice.lang(), tag))
}

thread_local! {
    /// What is called when the voices are loaded.
    static LOADED: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Reports whether a voice of the device speaks a language: now, and when the voices are loaded. It replaces the
/// report before.
pub fn watch(tag: &'static str, found: impl Fn(bool) + 'static) {
    found(voice(tag).is_some());
    let report: Box<dyn Fn()> = Box::new(move || found(voice(tag).is_some()));
    if LOADED.replace(Some(report)).is_none()
        && let Some(synthesis) = synthesis()
    {
        super::listen(&synthesis, "voiceschanged", |_| {
            LOADED.with_borrow(|report| report.iter().for_each(|report| report()));
        });
    }
}

/// Reads a text aloud in a language, in place of what is being read. It must begin with a touch.
pub fn speak(text: &str, tag: &str) {
    let (Some(synthesis), Some(voice)) = (synthesis(), voice(tag)) else { return };
    if let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(text) {
        utterance.set_lang(&voice.lang());
        utterance.set_voice(Some(&voice));
        synthesis.cancel();
        synthesis.speak(&utterance);
    }
}

/// Stops reading.
pub fn stop() {
    if let Some(synthesis) = synthesis() {
        synthesis.cancel();
    }
}
