//! `#/meer/kluis`: what the vault is, locking it, its passphrase and its other unlock methods.

use naast_core::route::Route;

use super::{new, unlock_methods};
use crate::messages::more as t;
use crate::parts::{Icon, button, div, icon, link_row, p, p_of, paragraphs, status, ul};
use crate::session::Access;
use crate::state::App;
use naast_view::{Element, LocalSignal, Node, live, nodes};

/// `#/meer/kluis`
pub fn vault(app: App) -> Element {
    let state = move || match *app.session.access.read() {
        Access::Open => t::vault_open(),
        Access::Locked(_) => t::vault_locked(),
        Access::Absent => t::vault_absent(),
        Access::Blocked => t::vault_blocked(),
        Access::Looking => t::vault_looking(),
        Access::Corrupt | Access::Newer | Access::HeaderMissing(_) => t::vault_broken(),
    };
    let door = move || match *app.session.access.read() {
        Access::Open => button("button wide", nodes![icon(Icon::Locked), t::lock_now()], move || app.lock()),
        _ => ul("list", [link_row(&Route::Families, None, t::to_vault(), "")]),
    };
    // After unlocking with the recovery words the user needs another passphrase.
    let (changing, changed) = (LocalSignal::new(*app.session.by_words.read_untracked()), LocalSignal::new(false));
    let other = move || match *app.session.access.read() {
        Access::Open if changed.get() => p_of("card", t::passphrase_changed()).into(),
        Access::Open if changing.get() => new::new_passphrase(app, changed),
        Access::Open => button("button wide", nodes![t::change_passphrase()], move || changing.set(true)).into(),
        _ => Node::Nothing,
    };
    let texts = &app.content.texts;
    div(
        "stack",
        nodes![
            status("", nodes![p(live(state))]),
            live(door),
            live(other),
            live(move || app.session.access.read().is_open().then(|| unlock_methods::unlock_methods(app.session))),
            paragraphs(&texts.vault),
            div("card sun stack-s", nodes![paragraphs(&texts.no_recovery)]),
        ],
    )
}
