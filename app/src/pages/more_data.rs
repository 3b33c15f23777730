//! Meer: taking everything readable along, and what lies on this device.

use leptos::prelude::*;
use naast_core::export::{ExportV1, Readable, Say, markdown};
use naast_core::records::Kind;
use naast_core::route::{MorePage, Route};
use naast_vault::{Reason, SetAside};

use crate::browser::device_store::DeviceStore;
use crate::browser::{clock, download};
use crate::parts::{Trouble, to};
use crate::session::Access;
use crate::state::App;
use crate::words::Words;

/// What localStorage holds at least in every browser, in characters of ours.
const ROOM: usize = 5_200_000;

/// `#/meer/export`, behind the door.
pub fn export(app: App) -> AnyView {
    let problem = RwSignal::new(false);
    let save = move |name: &str, media_type: &str, text: Option<String>| {
        let saved = text.is_some_and(|text| download::save_text(name, media_type, &text).is_ok());
        problem.set(!saved);
    };
    let day = clock::today().iso();
    let (md, json) = (format!("naast-{day}.md"), format!("naast-{day}.json"));
    view! {
        <div class="stack">
            <p>"Hier haal je alles wat leesbaar is uit Naast: gezinnen, bezoeken, afspraken, eigen vragen en favorieten."</p>
            <div class="card sun stack-s">
                <p>
                    <strong>"Let op: dit bestand is niet op slot."</strong>
                </p>
                <p>"Wie het bestand heeft, kan alles lezen. Bewaar het op een veilige plek en gooi het weg als je het niet meer nodig hebt."</p>
            </div>
            <button
                type="button"
                class="button main"
                on:click=move |_| save(&md, "text/markdown;charset=utf-8", Some(with_all(app, as_markdown)))
            >
                "Als leesbare tekst (Markdown)"
            </button>
            <button
                type="button"
                class="button wide"
                on:click=move |_| save(&json, "application/json", with_all(app, as_json))
            >
                "Voor een ander programma (JSON)"
            </button>
            {move || {
                problem
                    .get()
                    .then(|| {
                        view! {
                            <Trouble
                                happened="Het bestand kon niet worden gemaakt."
                                safe="Je notities staan er nog."
                                todo="Probeer het in een gewoon browservenster."
                            />
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

fn with_all<T>(app: App, run: impl FnOnce(&Readable<'_>) -> T) -> T {
    let session = app.session;
    let mut families = session.families();
    families.sort_by_key(|f| f.nickname.to_lowercase());
    let visits = session.with_visits_untracked(|all| all.cloned().collect::<Vec<_>>());
    let own = session.own_questions();
    app.settings.with_untracked(|settings| {
        app.bank.with_untracked(|bank| {
            run(&Readable {
                made: clock::today(),
                content: app.content,
                bank,
                address: settings.address,
                families: &families,
                visits: &visits,
                own: &own,
                favourites: &settings.favourites,
            })
        })
    })
}

fn as_markdown(all: &Readable<'_>) -> String {
    markdown(all, Say { day: &clock::day_in_words, went: &|went| went.words() })
}

fn as_json(all: &Readable<'_>) -> Option<String> {
    serde_json::to_string_pretty(&ExportV1::new(all)).ok()
}

/// `#/meer/opslag`
pub fn storage(app: App) -> AnyView {
    let Some(store) = DeviceStore::open() else {
        return view! {
            <Trouble
                happened="Deze browser laat Naast niets bewaren."
                safe="Vragen, houding en hulp werken gewoon."
                todo="Open Naast in een gewoon venster, of zet sitegegevens aan."
            />
        }
        .into_any();
    };
    let used = store.in_use();
    let percent = (used * 100).div_ceil(ROOM).min(100);
    view! {
        <div class="stack">
            <p>
                {match used {
                    0 => "Naast bewaart nog niets op dit toestel.".to_owned(),
                    used => format!("Naast gebruikt {} kB. Dat is ongeveer {percent} procent van de ruimte.", used.div_ceil(1000)),
                }}
            </p>
            {move || kept(app)}
            {move || unreadable(app)}
            <p class="soft small">
                "Alles ligt in deze browser. Wis je browsergegevens van deze site, dan zijn ook je notities weg."
            </p>
        </div>
    }
    .into_any()
}

fn kept(app: App) -> AnyView {
    if !matches!(app.session.access.get(), Access::Open) {
        return ().into_any();
    }
    let families = app.session.families().len();
    let visits = app.session.with_visits(|all| all.count());
    let own = app.session.own_questions().len();
    view! {
        <ul class="bullets">
            <li>{counted(families, "gezin", "gezinnen")}</li>
            <li>{counted(visits, "bezoek", "bezoeken")}</li>
            <li>{counted(own, "eigen vraag", "eigen vragen")}</li>
        </ul>
    }
    .into_any()
}

fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// What could not be read, by name.
fn unreadable(app: App) -> AnyView {
    let aside = app.session.set_aside.get();
    if aside.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card stack-s">
            <h2>"Niet te lezen"</h2>
            <p>"Dit ligt er nog, precies zoals het was. Naast schrijft er niets overheen en wist het niet."</p>
            <ul class="bullets">
                {aside.iter().map(|one| view! { <li>{in_words(one)}</li> }).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

fn in_words(aside: &SetAside) -> String {
    let what = match aside.kind {
        Some(Kind::Family) => "Een gezin",
        Some(Kind::Visit) => "Een bezoek",
        Some(Kind::OwnQuestion) => "Een eigen vraag",
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

/// One calm line where families stand: something could not be read.
pub fn unreadable_notice(app: App) -> AnyView {
    match app.session.set_aside.with(Vec::len) {
        0 => ().into_any(),
        n => view! {
            <a class="card sun" href=to(Route::MorePage(MorePage::Storage))>
                <strong>{counted(n, "onderdeel", "onderdelen")} " kon Naast niet lezen."</strong>
                <br/>
                "Het ligt er nog. De rest is gewoon open."
            </a>
        }
        .into_any(),
    }
}
