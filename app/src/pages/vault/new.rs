//! Creating a vault, and changing its passphrase.

use naast_core::route::{MorePage, Route};
use naast_vault::Passphrase;

use crate::browser::{task, updates};
use crate::messages::new_vault as t;
use crate::parts::{
    Busy, h1, h2, link, p_of, paragraphs, passphrase_form, secret_line, show_typed, two_chairs, unlock_problem,
};
use crate::session::UnlockError;
use crate::state::App;
use naast_view::{LocalSignal, Node, nodes};

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
                Err(error) => form.problem.set(unlock_problem(error).to_owned()),
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
                Err(error) => form.problem.set(unlock_problem(error).to_owned()),
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
