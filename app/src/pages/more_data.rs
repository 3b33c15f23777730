//! Meer: taking everything readable along, and what lies on this device.

use leptos::prelude::untrack;
use naast_core::export::{Readable, Say, json, markdown};
use naast_core::order::Listed;
use naast_core::records::{Kind, Step};
use naast_core::room;
use naast_core::route::{MorePage, Route};
use naast_vault::{Reason, SetAside};

use crate::browser::device_store::DeviceStore;
use crate::browser::{clock, download, task, updates};
use crate::labels::Label;
use crate::parts::{br, button, div, h2, li, link, p, p_of, section, strong, trouble, ul};
use crate::session::{Access, Second};
use crate::state::App;
use naast_view::LocalSignal;
use naast_view::nodes;
use naast_view::{Element, Node, live};

/// What localStorage holds at least in every browser, in characters of ours.
const ROOM: usize = 5_200_000;

/// `#/meer/export`, behind the door.
pub fn export(app: App) -> Node {
    let failed = LocalSignal::new(false);
    let save = move |ending: &str, media_type: &str, text: Option<String>| {
        let name = format!("naast-{}.{ending}", clock::today().iso());
        let saved = text.is_some_and(|text| download::save_text(&name, media_type, &text).is_ok());
        failed.set(!saved);
    };
    let warning = div(
        "card sun stack-s",
        nodes![
            p(strong("Let op: dit bestand is niet op slot.")),
            p(
                "Wie het bestand heeft, kan alles lezen. Bewaar het op een veilige plek en gooi het weg als je het niet meer nodig hebt."
            ),
        ],
    );
    let trouble = move || {
        failed.get().then(|| {
            trouble(
                "Het bestand kon niet worden gemaakt.",
                "Je notities staan er nog.",
                "Probeer het in een gewoon browservenster.",
            )
        })
    };
    div(
        "stack",
        nodes![
            p("Hier haal je alles wat leesbaar is uit Naast: gezinnen, bezoeken, afspraken, eigen vragen en favorieten."),
            warning,
            button("button main", nodes!["Als leesbare tekst (Markdown)"], move || {
                save("md", "text/markdown;charset=utf-8", Some(with_all(app, as_markdown)));
            }),
            button("button wide", nodes!["Voor een ander programma (JSON)"], move || {
                save("json", "application/json", Some(with_all(app, json)));
            }),
            live(trouble),
        ],
    )
    .into()
}

fn with_all<T>(app: App, run: impl FnOnce(&Readable<'_>) -> T) -> T {
    let session = app.session;
    let families = untrack(|| session.families());
    let visits = session.with_visits_untracked(|all| all.iter().copied().cloned().listed());
    let own = session.own_questions_untracked();
    let concerns = session.concerns_untracked();
    let (settings, bank) = (app.settings.read_untracked(), untrack(|| app.bank()));
    run(&Readable {
        made: clock::today(),
        content: app.content,
        bank: &bank,
        address: settings.address,
        families: &families,
        visits: &visits,
        own: &own,
        concerns: &concerns,
        favourites: &settings.favourites,
    })
}

/// How a step went, whose idea it was, who helps, and how sure the parent is.
fn told(step: &Step) -> String {
    let mut told = step.went.label().to_owned();
    if let Some(idea) = step.idea {
        told += ", idee ";
        told += idea.label();
    }
    if let Some(helper) = step.helper {
        told += ", hulp: ";
        told += helper.label();
    }
    if let Some(sure) = step.sure {
        told += &format!(", zo zeker: {sure}");
    }
    told
}

fn as_markdown(all: &Readable<'_>) -> String {
    markdown(all, Say { day: &clock::day_in_words, step: &told })
}

/// `#/meer/opslag`
pub fn storage(app: App) -> Node {
    let Some(store) = DeviceStore::open() else {
        return trouble(
            "Deze browser laat Naast niets bewaren.",
            "Vragen, houding en hulp werken gewoon.",
            "Open Naast in een gewoon venster, of zet sitegegevens aan.",
        )
        .into();
    };
    let used = store.in_use();
    let room = match used {
        0 => "Naast bewaart nog niets op dit toestel.".to_owned(),
        used => format!("Naast gebruikt {} kB.", used.div_ceil(1000)),
    };
    let left = move || matches!(*app.session.access.read(), Access::Open).then(|| p(left(app, used).1));
    let second = move || {
        p(match *app.session.second.read() {
            Second::Asked => "",
            Second::Whole => "Alles ligt hier dubbel. Ook als de browser ineens stopt, is er niets weg.",
            Second::Lacking => "Er is hier geen tweede plek. Stopt de browser ineens, dan kan het laatste weg zijn.",
        })
    };
    let promised = LocalSignal::new(false);
    task::spawn(async move { promised.set(updates::promised().await) });
    let promise = move || promised.get().then(|| p("De browser belooft dat hij dit niet zelf opruimt."));
    div(
        "stack",
        nodes![
            p(room),
            live(left),
            live(second),
            live(promise),
            live(move || kept(app)),
            live(move || unreadable(app)),
            p_of(
                "soft small",
                "Alles ligt in deze browser. Wis je browsergegevens van deze site, dan zijn ook je notities weg.",
            ),
        ],
    )
    .into()
}

/// How many visits fit yet, and that in words.
fn left(app: App, used: usize) -> (usize, String) {
    let left = room::visits_left(used, ROOM, app.session.with_visits(|all| all.len()));
    (left, format!("Plaats voor nog ongeveer {} bezoeken.", room::in_thousands(left)))
}

pub(super) fn kept(app: App) -> Option<Element> {
    if !matches!(*app.session.access.read(), Access::Open) {
        return None;
    }
    let counts = [
        counted(app.session.families().len(), "gezin", "gezinnen"),
        counted(app.session.with_visits(|all| all.len()), "bezoek", "bezoeken"),
        counted(app.session.own_questions_untracked().len(), "eigen vraag", "eigen vragen"),
    ];
    Some(ul("bullets", counts.map(|count| li(nodes![count]))))
}

pub(super) fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// What could not be read, by name.
fn unreadable(app: App) -> Option<Element> {
    let aside = app.session.set_aside.read();
    (!aside.is_empty()).then(|| {
        section(
            "card stack-s",
            nodes![
                h2("Niet te lezen"),
                p("Dit ligt er nog, precies zoals het was. Naast schrijft er niets overheen en wist het niet."),
                ul("bullets", aside.iter().map(|one| li(nodes![in_words(one)])).listed()),
            ],
        )
    })
}

fn in_words(aside: &SetAside) -> String {
    let what = match aside.kind {
        Some(Kind::Family) => "Een gezin",
        Some(Kind::Visit) => "Een bezoek",
        Some(Kind::OwnQuestion) => "Een eigen vraag",
        Some(Kind::Concern) => "Een zorg",
        None => "Iets wat deze Naast niet kent",
    };
    let why = match aside.reason {
        Reason::Corrupt | Reason::Foreign => "beschadigd",
        Reason::Newer => "geschreven door een nieuwere Naast",
    };
    // The last characters tell one from another, without saying anything about a person.
    let tail: String = aside.key.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    format!("{what}, {why} ({tail})")
}

/// A calm line where families stand, long before there is no room any more.
pub fn room_notice(app: App) -> Node {
    let (left, words) = left(app, *app.session.used.read());
    let todo = "Neem je notities mee, en ruim op wat is overgedragen.";
    (left < room::LITTLE)
        .then(|| link("card sun", &Route::MorePage(MorePage::Storage), nodes![strong(words), br(), todo]))
        .into()
}

/// One calm line where families stand: something could not be read.
pub fn unreadable_notice(app: App) -> Node {
    let count = app.session.set_aside.read().len();
    let notice = (count > 0).then(|| {
        let what = counted(count, "onderdeel", "onderdelen");
        let words =
            nodes![strong(format!("{what} kon Naast niet lezen.")), br(), "Het ligt er nog. De rest is gewoon open.",];
        link("card sun", &Route::MorePage(MorePage::Storage), words)
    });
    notice.into()
}
