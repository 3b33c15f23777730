//! More ways into the vault than its passphrase: the lock of the phone, and words on paper.

use naast_core::order::Listed;
use naast_core::route::{MorePage, Route};
use naast_vault::Device;

use super::unlock::{in_words, progress};
use crate::browser::{clock, device_lock, task};
use crate::parts::{Icon, button, div, h2, icon, li, link, p, section, ul};
use crate::session::{Session, UnlockError};
use naast_view::LocalSignal;
use naast_view::nodes;
use naast_view::{Node, live};

/// The part about it on the page of the open vault.
pub fn ways(session: Session) -> Node {
    let has = move || {
        if session.has_recovery() {
            "Je hebt een herstelblad. Met de woorden op dat papier gaat je kluis open als je je wachtzin vergeet."
        } else {
            "Bang dat je je wachtzin vergeet? Met een herstelblad gaat je kluis dan toch open."
        }
    };
    let paper = section(
        "stack",
        nodes![
            h2("Herstelblad"),
            p(live(has)),
            link("button wide", &Route::MorePage(MorePage::Recovery), nodes!["Naar het herstelblad"]),
        ],
    );
    nodes![device_part(session), paper].into()
}

/// The lock of the phone; nothing where this browser cannot open a vault with it.
fn device_part(session: Session) -> Node {
    let offered = LocalSignal::new(false);
    task::spawn(async move { offered.set(device_lock::offered().await) });
    let busy = LocalSignal::new(false);
    let said = LocalSignal::new(String::new());
    let run = move |device: Option<Device>| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set(String::new());
        task::spawn(async move {
            let outcome = match &device {
                None => session.add_device().await,
                Some(device) => session.remove_device(device).await,
            };
            busy.set(false);
            said.set(
                match (outcome, device) {
                    (Ok(()), None) => "Het staat aan. Op het slot van Naast zie je nu een knop ervoor.",
                    (Ok(()), Some(_)) => {
                        "Het staat uit. Staat er in de lijst met wachtwoorden van je telefoon nog een regel van Naast? Die mag weg."
                    }
                    (Err(UnlockError::Device(_)), _) => NOT_MADE,
                    (Err(error), _) => in_words(error),
                }
                .to_owned(),
            );
        });
    };
    let row = move |device: Device| {
        let since = format!("Aangezet op {}", clock::day_in_words(clock::day_of(device.made())));
        let off = button("button wide", nodes!["Zet dit uit"], move || run(Some(device.clone())));
        li(nodes![div("stack-s", nodes![p(since), off])])
    };
    let inside = live(move || {
        let devices = session.devices();
        if !offered.get() && devices.is_empty() {
            return Node::Nothing;
        }
        let act: Node = if devices.is_empty() {
            button("button wide", nodes![icon(Icon::Unlocked), "Zet dit aan"], move || run(None)).into()
        } else {
            ul("stack", devices.into_iter().map(row).listed()).into()
        };
        section(
            "stack",
            nodes![
                h2("Openen zoals je telefoon"),
                p("Je kluis gaat dan ook open met je vingerafdruk, je gezicht of de code van je telefoon."),
                p("Wie je telefoon open krijgt, kan dan ook je notities lezen. Je wachtzin blijft altijd passen."),
                act,
            ],
        )
        .into()
    });
    nodes![inside, progress(busy, "Je telefoon vraagt nu om je vinger, gezicht of code…", said)].into()
}

/// Why turning it on did not work; browsers do not say more.
const NOT_MADE: &str = "Het staat nog niet aan. Misschien is het afgebroken, of kan deze telefoon dit niet. \
     Er is niets veranderd en je wachtzin past gewoon.";
