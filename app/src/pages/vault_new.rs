//! Creating a vault, and changing its passphrase.

use naast_core::route::{MorePage, Route};
use naast_vault::{Passphrase, Verdict, propose, strength, words_needed};

use super::unlock::{in_words, progress, show_typed};
use crate::browser::{random, task, updates};
use crate::messages::new_vault as t;
use crate::parts::{
    Icon, action, button, div, form, h1, h2, icon, link, p_of, paragraphs, secret_line, section, status, submit,
    two_chairs,
};
use crate::session::UnlockError;
use crate::state::App;
use naast_view::LocalSignal;
use naast_view::nodes;
use naast_view::{Element, Node, el, live};

/// The words for proposed passphrases, one a line.
const WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/nl-words.txt"));

/// The words for proposed passphrases and recovery sheets.
pub fn words() -> Vec<&'static str> {
    WORDS.split('\n').collect::<Vec<_>>()
}

/// A new proposal; nothing if the list is too short, which the build prevents.
fn proposal() -> String {
    let words = words();
    let count = words_needed(words.len()).unwrap_or(0).max(5);
    propose(&words, count, &mut random::Platform).map(|p| p.reveal().to_owned()).unwrap_or_default()
}

fn judge(typed: &str) -> Verdict {
    strength(typed, &words()).verdict
}

/// The first page of Gezinnen, before there is a vault.
pub fn new_vault(app: App) -> Node {
    let texts = &app.content.texts;
    let why = nodes![h1(t::title()), two_chairs(), paragraphs(&texts.vault)];
    let make = move |passphrase: Passphrase, form: Busy| {
        task::spawn(async move {
            let outcome = app.session.create(&passphrase).await;
            form.busy.set(false);
            match outcome {
                // Now there is something to lose; the browser may ask the user.
                Ok(()) => updates::ask_to_persist(),
                Err(UnlockError::Changed) => app.session.look(),
                Err(error) => form.problem.set(in_words(error).to_owned()),
            }
        });
    };
    let back = link("button plain", &Route::MorePage(MorePage::Backup), nodes![t::have_backup()]);
    nodes![passphrase_form(app, why, t::create(), t::creating(), make), back].into()
}

/// Another passphrase for the open vault; `done` is set when it has one.
pub fn new_passphrase(app: App, done: LocalSignal<bool>) -> Node {
    let (now, shown) = (LocalSignal::new(String::new()), LocalSignal::new(false));
    let change = move |passphrase: Passphrase, form: Busy| {
        task::spawn(async move {
            let known = Passphrase::from_typed(&now.read_untracked());
            let outcome = app.session.change_passphrase(&known, &passphrase).await;
            form.busy.set(false);
            match outcome {
                Ok(()) => done.set(true),
                Err(UnlockError::Changed) => app.session.look(),
                Err(error) => form.problem.set(in_words(error).to_owned()),
            }
        });
    };
    // The user unlocked with the recovery words, so the passphrase is forgotten.
    let known: Node = if *app.session.by_words.read_untracked() {
        let forgotten = t::forgot_passphrase();
        p_of("card", forgotten).into()
    } else {
        let line = secret_line(t::present_passphrase(), "", "current-password", move || shown.get(), now);
        nodes![line, show_typed(shown)].into()
    };
    let why = nodes![h2(t::change_title()), known];
    passphrase_form(app, why, t::change(), t::changing(), change)
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
