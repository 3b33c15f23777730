//! The unlock screen, in each state of the vault.

use leptos::prelude::untrack;
use naast_core::route::{MorePage, Route};
use naast_vault::{Header, Passphrase, RECOVERY_WORDS};

use crate::browser::device_lock::{self};
use crate::browser::focus::focus_heading;
use crate::browser::{history, task, timer};
use crate::messages::unlock as t;
use crate::parts::{
    Icon, action, button, div, form, h1, icon, link, p, progress, secret_area, secret_line, show_typed, submit,
    trouble, two_chairs, unlock_problem,
};
use crate::session::{Access, UnlockError};
use crate::state::App;
use naast_view::{Element, LocalSignal, Node, live, memo, nodes};

/// The page of a route if the vault is open, or the screen for its state.
pub fn behind_the_door(app: App, route: Route, screen: fn(App, Route) -> Node) -> Node {
    // A backup creates a vault where there is none, and restores a lost header.
    let brings = matches!(route, Route::MorePage(MorePage::Backup | MorePage::Transfer));
    // Rendered anew only when the vault opens or closes, not when its state is read again.
    let open = memo(move || match *app.session.access.read() {
        Access::Open => true,
        Access::Absent | Access::Corrupt | Access::HeaderMissing(_) => brings,
        Access::Locked(_) => brings && app.session.altered.get(),
        _ => false,
    });
    live(move || if open.get() { untrack(|| screen(app, route.clone())) } else { door(app) })
}

fn door(app: App) -> Node {
    // A new unlock method does not render the form anew: the user may be typing.
    let locked = memo(move || matches!(*app.session.access.read(), Access::Locked(_)));
    live(move || if locked.get() { untrack(|| unlock(app)) } else { door_of(app, &app.session.access.read()) })
}

fn door_of(app: App, access: &Access) -> Node {
    match access {
        Access::Open | Access::Locked(_) => Node::Nothing,
        Access::Looking => nodes![h1(t::looking()), div("spinner", vec![])].into(),
        Access::Absent => untrack(|| super::new::new_vault(app)),
        Access::Blocked => closed(t::blocked(), t::blocked_why(), t::blocked_safe(), t::blocked_todo()),
        Access::Corrupt => lost(t::corrupt(), t::corrupt_why(), t::corrupt_safe(), t::corrupt_todo()),
        Access::Newer => closed(t::newer(), t::newer_why(), t::newer_safe(), t::newer_todo()),
        Access::HeaderMissing(records) => lost(
            t::header_missing(),
            t::header_missing_why(&records),
            t::header_missing_safe(),
            t::header_missing_todo(),
        ),
    }
}

fn closed(title: &'static str, happened: impl Into<Node>, safe: &'static str, todo: &'static str) -> Node {
    closed_but(title, happened, safe, todo, None)
}

/// The same, with a way to restore a backup.
fn lost(title: &'static str, happened: impl Into<Node>, safe: &'static str, todo: &'static str) -> Node {
    closed_but(title, happened, safe, todo, Some(back_link()))
}

fn back_link() -> Element {
    link("button main", &Route::MorePage(MorePage::Backup), nodes![t::restore()])
}

fn closed_but(
    title: &'static str,
    happened: impl Into<Node>,
    safe: &'static str,
    todo: &'static str,
    first: Option<Element>,
) -> Node {
    div(
        "stack",
        nodes![
            h1(title),
            trouble(happened, safe, todo),
            first,
            link("button wide", &Route::Questions, nodes![t::to_questions()]),
            link("button wide", &Route::MorePage(MorePage::Storage), nodes![t::what_is_here()]),
            erase_link(),
        ],
    )
    .into()
}

/// For users who cannot open the vault any more, or need not.
fn erase_link() -> Element {
    link("button plain small", &Route::MorePage(MorePage::Erase), nodes![t::erase()])
}

/// An attempt to unlock.
#[derive(Clone, Copy)]
struct Attempt {
    app: App,
    busy: LocalSignal<bool>,
    wrong: LocalSignal<String>,
    waiting: LocalSignal<bool>,
}

/// What to unlock with.
enum Key {
    Passphrase(Passphrase),
    Words(Passphrase),
    Device,
}

impl Attempt {
    /// Asks something of the header; subscribes.
    fn header(self, ask: fn(&Header) -> bool) -> bool {
        matches!(&*self.app.session.access.read(), Access::Locked(header) if ask(header))
    }

    fn may_not(self) -> bool {
        self.busy.get() || self.waiting.get()
    }

    /// Tries to unlock; shows the page, or why not.
    fn open(self, key: Key) {
        if untrack(move || self.may_not()) {
            return;
        }
        let Self { app, busy, wrong, .. } = self;
        busy.set(true);
        wrong.set(String::new());
        task::spawn(async move {
            let outcome = match &key {
                Key::Passphrase(passphrase) => app.session.unlock(passphrase).await,
                Key::Words(words) => app.session.unlock_with_words(words).await,
                Key::Device => app.session.unlock_with_device().await,
            };
            // The page may be gone: opened, or left.
            busy.set(false);
            match (outcome, key) {
                // The passphrase was forgotten, so another one is set.
                (Ok(()), Key::Words(_)) => history::go(&Route::MorePage(MorePage::Vault)),
                (Ok(()), _) if app.back_when_open.get_untracked() => history::back(),
                (Ok(()), _) => {}
                (Err(UnlockError::Altered), _) => app.session.altered.set(true),
                (Err(UnlockError::WrongPassphrase), Key::Words(_)) => {
                    wrong.set(t::wrong_words().to_owned());
                    self.slow_down(t::wrong_words_short());
                }
                (Err(error), _) => {
                    wrong.set(unlock_problem(error).to_owned());
                    if error == UnlockError::WrongPassphrase {
                        self.slow_down(t::wrong_passphrase_short());
                    }
                }
            }
        });
    }

    /// After some wrong attempts in a row the next one has to wait.
    fn slow_down(self, what: &'static str) {
        let Self { app, waiting, wrong, .. } = self;
        let retry_delay = app.session.retry_delay.read_untracked().after_wrong_attempt();
        app.session.retry_delay.set(retry_delay);
        let seconds = retry_delay.wait_seconds();
        if seconds > 0 {
            waiting.set(true);
            wrong.set(t::slow_down(&what, &seconds));
            timer::after(i32::try_from(seconds * 1000).unwrap_or(0), move || {
                waiting.set(false);
                wrong.set(t::try_again().to_owned());
            });
        }
    }
}

/// The form to unlock with.
fn unlock(app: App) -> Node {
    let attempt = Attempt {
        app,
        busy: LocalSignal::new(false),
        wrong: LocalSignal::new(String::new()),
        waiting: LocalSignal::new(false),
    };
    let forgotten = LocalSignal::new(false);
    let turn = move || {
        attempt.wrong.set(String::new());
        forgotten.set(!forgotten.get_untracked());
        timer::after(0, focus_heading);
    };
    let way = live(move || if forgotten.get() { by_words(attempt) } else { by_passphrase(attempt) });
    let altered = live(move || {
        app.session.altered.get().then(|| {
            let card = trouble(t::altered(), t::altered_why(), t::altered_todo());
            div("stack", nodes![card, back_link()])
        })
    });
    let other = live(move || if forgotten.get() { t::with_passphrase() } else { t::forgotten() });
    let erase = live(move || forgotten.get().then(erase_link));
    div("stack", nodes![way, altered, button("button plain", nodes![other], turn), erase]).into()
}

/// By passphrase, or by device lock where that is set up.
fn by_passphrase(attempt: Attempt) -> Node {
    let typed = LocalSignal::new(String::new());
    let shown = LocalSignal::new(false);
    let open = move || {
        let passphrase = Passphrase::from_typed(&typed.read_untracked());
        if !passphrase.reveal().is_empty() {
            attempt.open(Key::Passphrase(passphrase));
        }
    };
    let device = live(move || {
        let any = attempt.header(|header| header.devices().next().is_some());
        (any && device_lock::known()).then(|| {
            button("button wide", nodes![icon(Icon::Unlocked), t::with_device()], move || {
                attempt.open(Key::Device);
            })
        })
    });
    form(
        "stack",
        nodes![
            h1(t::title()),
            two_chairs(),
            p(t::intro()),
            device,
            secret_line(t::passphrase(), "", "current-password", move || shown.get(), typed),
            show_typed(shown),
            progress(attempt.busy, t::opening(), attempt.wrong),
            open_button(attempt),
        ],
        open,
    )
    .into()
}

/// By recovery words, where there are any.
fn by_words(attempt: Attempt) -> Node {
    let sheet = memo(move || attempt.header(|header| header.recovery().is_some()));
    let typed = LocalSignal::new(String::new());
    let open = move || {
        let words = Passphrase::from_recovery_words(&typed.read_untracked());
        let count = words.reveal().split(' ').filter(|word| !word.is_empty()).count();
        if count == RECOVERY_WORDS {
            attempt.open(Key::Words(words));
        } else {
            attempt.wrong.set(t::word_count(&RECOVERY_WORDS, &count));
        }
    };
    let ask = move || {
        if !sheet.get() {
            return nodes![p(t::no_sheet()), p(t::no_sheet_hint()),];
        }
        nodes![
            p(t::words_intro()),
            secret_area(t::words(), t::words_hint(), typed),
            progress(attempt.busy, t::opening(), attempt.wrong),
            open_button(attempt),
        ]
    };
    form("stack", nodes![h1(t::forgotten_title()), live(ask)], open).into()
}

fn open_button(attempt: Attempt) -> Element {
    let act = submit("button main", nodes![icon(Icon::Unlocked), t::open()]);
    action(nodes![act.live_flag("aria-disabled", move || attempt.may_not())])
}
