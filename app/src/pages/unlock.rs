//! The door: what stands before everything private, in each state of the vault.

use leptos::prelude::untrack;
use naast_core::route::{MorePage, Route};
use naast_vault::{Header, Passphrase, RECOVERY_WORDS, StoreError};

use crate::browser::device_lock::{self, NoSecret};
use crate::browser::{history, task, timer};
use crate::parts::{
    Icon, action, button, div, form, h1, icon, link, p, p_of, secret_area, secret_line, status, submit, tick, trouble,
    two_chairs,
};
use crate::session::{Access, UnlockError};
use crate::state::App;
use naast_view::nodes;
use naast_view::{Element, Node, live};
use naast_view::{LocalSignal, memo};

/// Shows the door that fits; or, with the vault open, the screen behind it.
pub fn behind_the_door(app: App, route: Route) -> Node {
    // A backup brings a vault where there is none, or where the way into it was lost.
    let brings = matches!(route, Route::MorePage(MorePage::Backup | MorePage::Transfer));
    // Only opening and closing may build the page anew, not a second look at a locked vault.
    let open = memo(move || match *app.session.access.read() {
        Access::Open => true,
        Access::Absent | Access::Corrupt | Access::HeaderMissing(_) => brings,
        Access::Locked(_) => brings && app.session.altered.get(),
        _ => false,
    });
    live(move || if open.get() { untrack(|| crate::app::screen(app, route.clone())) } else { door(app) })
}

fn door(app: App) -> Node {
    // Another way in does not build the form anew: somebody may be typing in it.
    let locked = memo(move || matches!(*app.session.access.read(), Access::Locked(_)));
    live(move || if locked.get() { untrack(|| unlock(app)) } else { door_of(app, &app.session.access.read()) })
}

fn door_of(app: App, access: &Access) -> Node {
    match access {
        Access::Open | Access::Locked(_) => Node::Nothing,
        Access::Looking => nodes![h1("Even kijken…"), div("spinner", vec![])].into(),
        Access::Absent => untrack(|| super::vault_new::new_vault(app)),
        Access::Blocked => closed(
            "Hier kan niets bewaard worden",
            "Deze browser laat Naast niets bewaren. Misschien staat privésurfen aan, of zijn cookies en sitegegevens uit.",
            "Vragen, houding en hulp werken gewoon.",
            "Open Naast in een gewoon venster, of zet sitegegevens aan. Laad daarna opnieuw.",
        ),
        Access::Corrupt => lost(
            "De kluis gaat niet open",
            "Het begin van je kluis is beschadigd. Daardoor past geen enkele wachtzin.",
            "Er is niets gewist. Alles ligt nog zoals het lag, en Naast schrijft er niets overheen.",
            "Heb je een reservekopie van deze telefoon? Zet die terug, dan gaat je kluis weer open.",
        ),
        Access::Newer => closed(
            "Deze kluis is van een nieuwere Naast",
            "Een nieuwere versie van Naast schreef deze kluis. Deze versie kan hem niet lezen.",
            "Er is niets veranderd. Je notities liggen er nog.",
            "Werk Naast bij: maak verbinding, sluit alle vensters van Naast en open het opnieuw.",
        ),
        Access::HeaderMissing(records) => lost(
            "Er lag hier een kluis",
            format!(
                "Het begin van je kluis is weg, maar er liggen nog {records} gesloten notities. Misschien ruimde de browser op."
            ),
            "Naast begint niet opnieuw, zodat er niets overheen gaat.",
            "Heb je een reservekopie van deze telefoon? Zet die terug, dan passen ze weer bij elkaar.",
        ),
    }
}

fn closed(title: &'static str, happened: impl Into<Node>, safe: &'static str, todo: &'static str) -> Node {
    closed_but(title, happened, safe, todo, None)
}

/// The same, where a backup gives the way back in.
fn lost(title: &'static str, happened: impl Into<Node>, safe: &'static str, todo: &'static str) -> Node {
    closed_but(title, happened, safe, todo, Some(back_link()))
}

fn back_link() -> Element {
    link("button main", &Route::MorePage(MorePage::Backup), nodes!["Reservekopie terugzetten"])
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
            link("button wide", &Route::Questions, nodes!["Naar de vragen"]),
            link("button wide", &Route::MorePage(MorePage::Storage), nodes!["Wat ligt er op dit toestel?"]),
            erase_link(),
        ],
    )
    .into()
}

/// For who cannot open the vault any more, or need not.
fn erase_link() -> Element {
    link("button plain small", &Route::MorePage(MorePage::Erase), nodes!["Alles wissen en opnieuw beginnen"])
}

/// What unlocking says when it fails.
pub fn in_words(error: UnlockError) -> &'static str {
    match error {
        UnlockError::WrongPassphrase => {
            "Deze wachtzin past niet. Kijk rustig nog eens, ook naar spaties en hoofdletters."
        }
        UnlockError::Device(NoSecret::Refused) => "Dat ging niet door. Probeer het nog eens, of typ je wachtzin.",
        UnlockError::Device(NoSecret::Unable) => {
            "Je telefoon gaf niet de goede sleutel. Typ je wachtzin; die past. Bij ‘Je kluis’ kun je dit opnieuw aanzetten."
        }
        UnlockError::Altered => "Je kluis is veranderd, buiten Naast om. Er is niets gewist.",
        UnlockError::NotDerived => {
            "Je telefoon kwam geheugen tekort. Sluit andere apps en probeer het opnieuw. Er is niets kwijt."
        }
        UnlockError::Changed => "De kluis is net veranderd, misschien in een ander tabblad. Laad Naast opnieuw.",
        UnlockError::Store(StoreError::Full) => {
            "Er is geen ruimte meer op dit toestel. Maak ruimte en probeer het opnieuw."
        }
        UnlockError::Store(_) => "De browser laat Naast niets bewaren. Kijk of privésurfen aan staat.",
    }
}

/// How an attempt to open stands.
#[derive(Clone, Copy)]
struct Attempt {
    app: App,
    busy: LocalSignal<bool>,
    wrong: LocalSignal<String>,
    waiting: LocalSignal<bool>,
}

/// A way to try.
enum Key {
    Passphrase(Passphrase),
    Words(Passphrase),
    Device,
}

impl Attempt {
    /// Asks something of the ways in; follows them.
    fn header(self, ask: fn(&Header) -> bool) -> bool {
        matches!(&*self.app.session.access.read(), Access::Locked(header) if ask(header))
    }

    fn may_not(self) -> bool {
        self.busy.get() || self.waiting.get()
    }

    /// Tries to open; goes on to the page, or says why not.
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
            // The page may be gone by now: opened, or walked away from.
            busy.set(false);
            match (outcome, key) {
                // The passphrase was forgotten: on to another one.
                (Ok(()), Key::Words(_)) => history::go(&Route::MorePage(MorePage::Vault)),
                (Ok(()), _) if app.back_when_open.get_untracked() => history::back(),
                (Ok(()), _) => {}
                (Err(UnlockError::Altered), _) => app.session.altered.set(true),
                (Err(UnlockError::WrongPassphrase), Key::Words(_)) => {
                    wrong.set(WRONG_WORDS.to_owned());
                    self.slow_down("Deze woorden passen niet.");
                }
                (Err(error), _) => {
                    wrong.set(in_words(error).to_owned());
                    if error == UnlockError::WrongPassphrase {
                        self.slow_down("Deze wachtzin past niet.");
                    }
                }
            }
        });
    }

    /// After some wrong ones in a row the next has to wait a little.
    fn slow_down(self, what: &'static str) {
        let Self { app, waiting, wrong, .. } = self;
        let attempts = app.session.attempts.read_untracked().and_a_wrong_one();
        app.session.attempts.set(attempts);
        let seconds = attempts.wait_seconds();
        if seconds > 0 {
            waiting.set(true);
            wrong.set(format!("{what} Over {seconds} seconden kun je het weer proberen."));
            timer::after(i32::try_from(seconds * 1000).unwrap_or(0), move || {
                waiting.set(false);
                wrong.set("Je kunt het weer proberen.".to_owned());
            });
        }
    }
}

const WRONG_WORDS: &str =
    "Deze woorden passen niet. Staan ze in dezelfde volgorde als op je papier? Een vorig blad past niet meer.";

/// Asks for a way in.
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
        timer::after(0, crate::app::focus_heading);
    };
    let way = live(move || if forgotten.get() { by_words(attempt) } else { by_passphrase(attempt) });
    let altered = live(move || {
        app.session.altered.get().then(|| {
            let card = trouble(
                "Je sleutel past, maar je kluis is veranderd",
                "Iets of iemand schreef in het begin van je kluis, buiten Naast om. Daarom gaat hij niet open. Er is niets gewist.",
                "Heb je een reservekopie? Zet die terug, dan gaat je kluis weer open. Ook met wat je daarna schreef.",
            );
            div("stack", nodes![card, back_link()])
        })
    });
    let other = live(move || if forgotten.get() { "Toch met je wachtzin" } else { "Wachtzin vergeten?" });
    let erase = live(move || forgotten.get().then(erase_link));
    div("stack", nodes![way, altered, button("button plain", nodes![other], turn), erase]).into()
}

/// By passphrase, or by the lock of the phone where that was turned on.
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
            button(
                "button wide",
                nodes![icon(Icon::Unlocked), "Open met je vingerafdruk, gezicht of code"],
                move || {
                    attempt.open(Key::Device);
                },
            )
        })
    });
    form(
        "stack",
        nodes![
            h1("Op slot"),
            two_chairs(),
            p("Je notities liggen veilig. Typ je wachtzin om verder te gaan."),
            device,
            secret_line("Wachtzin", "", "current-password", move || shown.get(), typed),
            show_typed(shown),
            progress(attempt.busy, "De kluis gaat open…", attempt.wrong),
            open_button(attempt),
        ],
        open,
    )
    .into()
}

/// By the words on paper, where there are any.
fn by_words(attempt: Attempt) -> Node {
    let sheet = memo(move || attempt.header(|header| header.recovery().is_some()));
    let typed = LocalSignal::new(String::new());
    let open = move || {
        let words = Passphrase::from_recovery_words(&typed.read_untracked());
        let count = words.reveal().split(' ').filter(|word| !word.is_empty()).count();
        if count == RECOVERY_WORDS {
            attempt.open(Key::Words(words));
        } else {
            attempt.wrong.set(format!("Op je herstelblad staan {RECOVERY_WORDS} woorden. Hier staan er {count}."));
        }
    };
    let ask = move || {
        if !sheet.get() {
            return nodes![
                p("Voor deze kluis werkt geen herstelblad. Zonder wachtzin kan niemand hem openen, ook wij niet."),
                p("Er wordt niets gewist. Misschien schiet de zin je later te binnen, of ligt hij thuis op papier."),
            ];
        }
        nodes![
            p("Typ de woorden van je herstelblad, in dezelfde volgorde. Daarna kies je een nieuwe wachtzin."),
            secret_area("De twaalf woorden", "Nummers, hoofdletters en komma’s maken niet uit.", typed),
            progress(attempt.busy, "De kluis gaat open…", attempt.wrong),
            open_button(attempt),
        ]
    };
    form("stack", nodes![h1("Wachtzin vergeten"), live(ask)], open).into()
}

fn open_button(attempt: Attempt) -> Element {
    let act = submit("button main", nodes![icon(Icon::Unlocked), "Openen"]);
    action(nodes![act.live_flag("aria-disabled", move || attempt.may_not())])
}

/// Lets a passphrase be seen.
pub fn show_typed(shown: LocalSignal<bool>) -> Node {
    tick("Laat zien wat ik typ", move || shown.get(), move || shown.set(!shown.get_untracked())).into()
}

/// Says what is going on while a key is derived, and what went wrong after.
pub fn progress(busy: LocalSignal<bool>, doing: &'static str, wrong: LocalSignal<String>) -> Node {
    let under_way = live(move || busy.get().then(|| nodes![p(doing), div("spinner", vec![])]));
    let message = live(move || Some(wrong.get()).filter(|text| !text.is_empty()).map(|text| p_of("card", text)));
    status("stack-s", nodes![under_way, message]).into()
}
