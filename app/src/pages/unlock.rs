//! The door: what stands before everything private, in each state of the vault.

use std::rc::Rc;

use leptos::prelude::untrack;
use naast_core::route::{MorePage, Route};
use naast_vault::{Header, Passphrase, StoreError};

use crate::browser::{history, task, timer};
use crate::node::{Element, Node, live};
use crate::nodes;
use crate::parts::{
    Icon, action, div, form, h1, icon, link, p, p_of, secret_line, status, submit, tick, trouble, two_chairs,
};
use crate::session::{Access, UnlockError};
use crate::state::App;
use crate::watched::{Local, derived};

/// Shows the door that fits; or, with the vault open, the screen behind it.
pub fn behind_the_door(app: App, route: Route) -> Node {
    // Only opening and closing may build the page anew, not a second look at a locked vault.
    let open = derived(move || matches!(*app.session.access.read(), Access::Open));
    live(move || if open.get() { untrack(|| crate::app::screen(app, route.clone())) } else { door(app) })
}

fn door(app: App) -> Node {
    live(move || match app.session.access.get() {
        Access::Open => Node::Nothing,
        Access::Looking => nodes![h1("Even kijken…"), div("spinner", vec![])].into(),
        Access::Absent => untrack(|| super::vault_new::new_vault(app)),
        Access::Locked(header) => untrack(|| unlock(app, header)),
        Access::Blocked => closed(
            "Hier kan niets bewaard worden",
            "Deze browser laat Naast niets bewaren. Misschien staat privé-surfen aan, of zijn cookies en sitegegevens uit.",
            "Vragen, houding en hulp werken gewoon.",
            "Open Naast in een gewoon venster, of zet sitegegevens aan. Laad daarna opnieuw.",
        ),
        Access::Corrupt => closed(
            "De kluis gaat niet open",
            "Het begin van je kluis is beschadigd. Daardoor past geen enkele wachtzin.",
            "Er is niets gewist. Alles ligt nog zoals het lag, en Naast schrijft er niets overheen.",
            "Heb je een reservekopie van deze telefoon? Zet die terug. Vraag anders hulp aan iemand die je vertrouwt.",
        ),
        Access::Newer => closed(
            "Deze kluis is van een nieuwere Naast",
            "Een nieuwere versie van Naast schreef deze kluis. Deze versie kan hem niet lezen.",
            "Er is niets veranderd. Je notities liggen er nog.",
            "Werk Naast bij: maak verbinding, sluit alle vensters van Naast en open het opnieuw.",
        ),
        Access::HeaderMissing(records) => closed(
            "Er lag hier een kluis",
            format!(
                "Het begin van je kluis is weg, maar er liggen nog {records} gesloten notities. Misschien ruimde de browser op."
            ),
            "Naast begint niet opnieuw, zodat er niets overheen gaat.",
            "Heb je een reservekopie van deze telefoon? Zet die terug, dan passen ze weer bij elkaar.",
        ),
    })
}

fn closed(title: &'static str, happened: impl Into<Node>, safe: &'static str, todo: &'static str) -> Node {
    div(
        "stack",
        nodes![
            h1(title),
            trouble(happened, safe, todo),
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
        UnlockError::NotDerived => {
            "Je telefoon kwam geheugen tekort. Sluit andere apps en probeer het opnieuw. Er is niets kwijt."
        }
        UnlockError::Changed => "De kluis is net veranderd, misschien in een ander tabblad. Laad Naast opnieuw.",
        UnlockError::Store(StoreError::Full) => {
            "Er is geen ruimte meer op dit toestel. Maak ruimte en probeer het opnieuw."
        }
        UnlockError::Store(_) => "De browser laat Naast niets bewaren. Kijk of privé-surfen aan staat.",
    }
}

/// Asks for the passphrase.
fn unlock(app: App, header: Header) -> Node {
    let typed = Local::new(String::new());
    let shown = Local::new(false);
    let busy = Local::new(false);
    let wrong = Local::new(String::new());
    let waiting = Local::new(false);
    let header = Rc::new(header);
    let open = move || {
        let passphrase = Passphrase::from_typed(&typed.read_untracked());
        if busy.get_untracked() || waiting.get_untracked() || passphrase.reveal().is_empty() {
            return;
        }
        busy.set(true);
        wrong.set(String::new());
        let header = header.clone();
        task::spawn(async move {
            let outcome = app.session.unlock(&header, &passphrase).await;
            // The page may be gone by now: opened, or walked away from.
            busy.set(false);
            match outcome {
                Ok(()) if app.back_when_open.get_untracked() => history::back(),
                Ok(()) => {}
                Err(error) => {
                    wrong.set(in_words(error).to_owned());
                    if error == UnlockError::WrongPassphrase {
                        slow_down(app, waiting, wrong);
                    }
                }
            }
        });
    };
    form(
        "stack",
        nodes![
            h1("Op slot"),
            two_chairs(),
            p("Je notities liggen veilig. Typ je wachtzin om verder te gaan."),
            secret_line("Wachtzin", "", "current-password", move || shown.get(), typed),
            show_typed(shown),
            progress(busy, "De kluis gaat open…", wrong),
            action(nodes![
                submit("button main", nodes![icon(Icon::Unlocked), "Openen"])
                    .flag("aria-disabled", move || busy.get() || waiting.get())
            ]),
            erase_link(),
        ],
        open,
    )
    .into()
}

/// After some wrong ones in a row the next has to wait a little.
fn slow_down(app: App, waiting: Local<bool>, wrong: Local<String>) {
    let attempts = app.session.attempts.read_untracked().and_a_wrong_one();
    app.session.attempts.set(attempts);
    let seconds = attempts.wait_seconds();
    if seconds > 0 {
        waiting.set(true);
        wrong.set(format!("Deze wachtzin past niet. Over {seconds} seconden kun je het weer proberen."));
        timer::after(i32::try_from(seconds * 1000).unwrap_or(0), move || {
            waiting.set(false);
            wrong.set("Je kunt het weer proberen.".to_owned());
        });
    }
}

/// Lets a passphrase be seen.
pub fn show_typed(shown: Local<bool>) -> Node {
    tick("Laat zien wat ik typ", move || shown.get(), move || shown.set(!shown.get_untracked())).into()
}

/// Says what is going on while a key is derived, and what went wrong after.
pub fn progress(busy: Local<bool>, doing: &'static str, wrong: Local<String>) -> Node {
    let under_way = live(move || busy.get().then(|| nodes![p(doing), div("spinner", vec![])]));
    let message = live(move || Some(wrong.get()).filter(|text| !text.is_empty()).map(|text| p_of("card", text)));
    status("stack-s", nodes![under_way, message]).into()
}
