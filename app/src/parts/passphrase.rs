//! Asking for a passphrase: the form for a new one, showing what is typed, progress, and what went wrong.

use naast_vault::{Passphrase, StoreError, Verdict, propose, strength, words_needed};

use super::*;
use crate::browser::device_lock::NoSecret;
use crate::browser::random;
use crate::messages::{new_vault as t, unlock};
use crate::session::UnlockError;
use crate::state::App;
use naast_view::{LocalSignal, el};

/// The words for proposed passphrases, one a line.
const WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/nl-words.txt"));

/// The words for proposed passphrases and recovery sheets.
pub fn word_list() -> Vec<&'static str> {
    WORDS.split('\n').collect::<Vec<_>>()
}

/// A new proposal; nothing if the list is too short, which the build prevents.
fn proposal() -> String {
    let words = word_list();
    let count = words_needed(words.len()).unwrap_or(0).max(5);
    propose(&words, count, &mut random::Platform).map(|p| p.reveal().to_owned()).unwrap_or_default()
}

fn judge(typed: &str) -> Verdict {
    strength(typed, &word_list()).verdict
}

/// The state of a form whose action is slow.
#[derive(Clone, Copy)]
pub struct Busy {
    /// The action is running.
    pub busy: LocalSignal<bool>,
    /// What went wrong.
    pub problem: LocalSignal<String>,
}

/// Asks for a new passphrase, proposed or the user's own, twice; then `act` uses it and reports when it is done.
pub fn passphrase_form(
    app: App,
    why: Vec<Node>,
    act: &'static str,
    doing: &'static str,
    with: impl Fn(Passphrase, Busy) + 'static,
) -> Node {
    let texts = &app.content.texts;
    let proposed = LocalSignal::new(proposal());
    let own = LocalSignal::new(false);
    let typed = LocalSignal::new(String::new());
    let repeated = LocalSignal::new(String::new());
    let shown = LocalSignal::new(false);
    let busy = LocalSignal::new(false);
    let problem = LocalSignal::new(String::new());
    let visible = move || shown.get() || !own.get();

    let make = move || {
        if busy.get_untracked() {
            return;
        }
        let chosen = if own.get_untracked() { typed } else { proposed }.get_untracked();
        let passphrase = Passphrase::from_typed(&chosen);
        if own.get_untracked() && judge(&chosen) == Verdict::TooWeak {
            problem.set(t::too_weak().to_owned());
            return;
        }
        if passphrase.reveal() != Passphrase::from_typed(&repeated.read_untracked()).reveal() {
            problem.set(t::not_equal().to_owned());
            return;
        }
        problem.set(String::new());
        busy.set(true);
        with(passphrase, Busy { busy, problem });
    };
    let phrase = live(move || {
        if own.get() {
            let hint = t::passphrase_hint();
            let field = secret_line(t::own_passphrase(), hint, "new-password", visible, typed);
            return nodes![div("stack", nodes![field, meter(typed)])];
        }
        nodes![section(
            "card stack",
            nodes![
                h2(t::passphrase()),
                p_of("passphrase", live(move || proposed.get())),
                button("button wide", nodes![t::other_words()], move || proposed.set(proposal())),
            ],
        )]
    });
    let other_way = live(move || if own.get() { t::proposed_words() } else { t::own_instead() });
    let turn = move || {
        own.set(!own.get_untracked());
        repeated.set(String::new());
        problem.set(String::new());
    };
    form(
        "stack",
        nodes![
            why,
            phrase,
            button("button plain", nodes![other_way], turn),
            div("card sun stack-s", nodes![paragraphs(&texts.no_recovery)]),
            secret_line(t::repeat(), "", "off", visible, repeated),
            live(move || own.get().then(|| show_typed(shown))),
            progress(busy, doing, problem),
            action(nodes![
                submit("button main", nodes![icon(Icon::Locked), act]).live_flag("aria-disabled", move || busy.get())
            ]),
        ],
        make,
    )
    .into()
}

/// How well a passphrase resists guessing, in words and as a bar.
fn meter(typed: LocalSignal<String>) -> Element {
    let shown = live(move || {
        let typed = typed.read();
        let (steps, words) = match judge(&typed) {
            _ if typed.is_empty() => (0, ""),
            Verdict::TooWeak => (1, t::weak()),
            Verdict::Enough => (2, t::fair()),
            Verdict::Good => (3, t::strong()),
        };
        let bar = [1, 2, 3].map(|n| el("i").class(if steps >= n { "on" } else { "" }).into());
        nodes![div("meter", bar.into()).attr("aria-hidden", "true"), p_of("small", words)]
    });
    status("stack-s", nodes![shown])
}

/// The checkbox that shows what is typed.
pub fn show_typed(shown: LocalSignal<bool>) -> Node {
    tick(unlock::show_typed(), move || shown.get(), move || shown.set(!shown.get_untracked())).into()
}

/// Shows that a key is being derived, and what went wrong afterwards.
pub fn progress(busy: LocalSignal<bool>, doing: &'static str, wrong: LocalSignal<String>) -> Node {
    let under_way = live(move || busy.get().then(|| nodes![p(doing), div("spinner", vec![])]));
    let message = live(move || Some(wrong.get()).filter(|text| !text.is_empty()).map(|text| p_of("card", text)));
    status("stack-s", nodes![under_way, message]).into()
}

/// The message for an error of unlocking.
pub fn unlock_problem(error: UnlockError) -> &'static str {
    match error {
        UnlockError::WrongPassphrase => unlock::wrong_passphrase(),
        UnlockError::Device(NoSecret::Refused) => unlock::device_refused(),
        UnlockError::Device(NoSecret::Unable) => unlock::device_unable(),
        UnlockError::Altered => unlock::altered_short(),
        UnlockError::NotDerived => unlock::out_of_memory(),
        UnlockError::Changed => unlock::changed(),
        UnlockError::Store(StoreError::Full) => unlock::full(),
        UnlockError::Store(_) => unlock::storage_blocked(),
    }
}
