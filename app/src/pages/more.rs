//! Meer: settings, the coordinator, the vault, what Naast is and where it comes from.

use naast_core::content::Source;
use naast_core::order::Listed;
use naast_core::route::{MorePage, Place, Route};
use naast_core::settings::{Address, Role, Theme};

use super::more_data;
use crate::browser::updates;
use crate::labels::Label;
use crate::parts::{
    Icon, Line, button, choice, div, h1, h2, icon, link_row, p, p_of, paragraphs, section, slider, span, status,
    strong, text_line, ul,
};
use crate::session::Access;
use crate::state::App;
use naast_view::LocalSignal;
use naast_view::nodes;
use naast_view::{Element, Node, live};

/// `#/meer`
pub fn more(app: App) -> Node {
    let row = |page: &MorePage| link_row(&Route::MorePage(*page), None, page.label(), "");
    let group = |pages: &[MorePage]| ul("list", pages.iter().map(row).listed());
    div(
        "stack-l",
        nodes![
            h1(Place::More.label()),
            live(move || update_card(app)),
            group(&[MorePage::Practice]),
            group(&[MorePage::Settings, MorePage::Coordinator]),
            group(&[MorePage::Vault, MorePage::Backup, MorePage::Transfer, MorePage::Export, MorePage::Storage]),
            group(&[MorePage::Privacy, MorePage::About, MorePage::Sources, MorePage::Licences]),
            group(&[MorePage::Erase]),
        ],
    )
    .into()
}

/// A newer version lies ready: it comes when the user says so.
pub fn update_card(app: App) -> Option<Element> {
    app.update_ready.get().then(|| {
        let card = div(
            "card wash stack-s",
            nodes![
                p(strong("Er ligt een nieuwe versie klaar.")),
                p("Wat je typte, wordt eerst bewaard. Daarna opent Naast opnieuw."),
                button("button wide", nodes!["Nu bijwerken"], move || app.apply_update()),
            ],
        );
        status("", nodes![card])
    })
}

/// A page of Meer.
pub fn more_page(app: App, page: MorePage) -> Node {
    let texts = &app.content.texts;
    let inside: Node = match page {
        MorePage::Settings => settings(app).into(),
        MorePage::Coordinator => coordinator(app).into(),
        MorePage::Privacy => div("stack", nodes![paragraphs(&texts.privacy)]).into(),
        MorePage::About => about(app).into(),
        MorePage::Sources => sources(app).into(),
        MorePage::Licences => licences().into(),
        _ => return super::not_found(),
    };
    div("stack-l", nodes![h1(page.label()), inside]).into()
}

/// A page of Meer about the vault.
pub fn more_page_inside(app: App, page: MorePage) -> Node {
    let inside: Node = match page {
        MorePage::Practice => super::practice::practice(app),
        MorePage::Vault => vault(app).into(),
        MorePage::Recovery => super::recovery::recovery(app),
        MorePage::Export => more_data::export(app),
        MorePage::Backup => super::backup::backup(app),
        MorePage::Transfer => super::transfer::transfer(app),
        MorePage::Storage => more_data::storage(app),
        MorePage::Erase => return super::erase::erase(app),
        _ => return super::not_found(),
    };
    div("stack-l", nodes![h1(page.label()), inside]).into()
}

fn settings(app: App) -> Element {
    fn minutes(n: u16) -> String {
        match n {
            0 => "meteen".to_owned(),
            1 => "na 1 minuut".to_owned(),
            n => format!("na {n} minuten"),
        }
    }
    fn weeks(n: u16) -> String {
        match n {
            0 => "meteen".to_owned(),
            1 => "na 1 week".to_owned(),
            n => format!("na {n} weken"),
        }
    }
    let settings = app.settings;
    div(
        "stack-l",
        nodes![
            choice(
                "Wie ben je?",
                &Role::ALL,
                move || settings.read().role,
                move |role| app.change_settings(|s| s.role = role),
            ),
            choice(
                "Hoe spreek je ouders aan?",
                &[Address::Je, Address::U],
                move || settings.read().address,
                move |address| app.change_settings(|s| s.address = address),
            ),
            choice(
                "Licht of donker?",
                &[Theme::System, Theme::Light, Theme::Dark],
                move || settings.read().theme,
                move |theme| app.change_settings(|s| s.theme = theme),
            ),
            section(
                "stack",
                nodes![
                    h2("Op slot gaan"),
                    slider(
                        "Als Naast uit beeld is",
                        (0, 30),
                        move || settings.read().lock_hidden_minutes,
                        minutes,
                        move |n| app.change_settings(|s| s.lock_hidden_minutes = n),
                    ),
                    slider(
                        "Als je niets doet",
                        (1, 60),
                        move || settings.read().lock_idle_minutes,
                        minutes,
                        move |n| app.change_settings(|s| s.lock_idle_minutes = n),
                    ),
                ],
            ),
            section(
                "stack",
                nodes![
                    h2("Notities opruimen"),
                    slider(
                        "Na het overdragen stelt Naast het voor",
                        (0, 12),
                        move || settings.read().keep_weeks.into(),
                        weeks,
                        move |n| app.change_settings(|s| s.keep_weeks = u8::try_from(n).unwrap_or_default()),
                    ),
                ],
            ),
        ],
    )
}

fn coordinator(app: App) -> Element {
    let settings = app.settings;
    div(
        "stack",
        nodes![
            p("Dit nummer staat onder Hulp, op elk scherm één tik ver. Ook als Naast op slot is."),
            text_line(
                "Naam",
                "",
                Line::Text,
                move || settings.read().coordinator_name.clone(),
                move |text| app.change_settings(|s| s.coordinator_name = text),
            ),
            text_line(
                "Telefoonnummer",
                "",
                Line::Phone,
                move || settings.read().coordinator_number.clone(),
                move |text| app.change_settings(|s| s.coordinator_number = text),
            ),
            p_of("soft small", "Naam en nummer liggen niet op slot: je moet erbij kunnen als het nodig is."),
        ],
    )
}

fn vault(app: App) -> Element {
    let state = move || match *app.session.access.read() {
        Access::Open => "Je kluis is open.",
        Access::Locked(_) => "Je kluis is op slot.",
        Access::Absent => "Je hebt nog geen kluis. Die maak je bij Gezinnen.",
        Access::Blocked => "Deze browser laat Naast niets bewaren.",
        Access::Looking => "Even kijken…",
        Access::Corrupt | Access::Newer | Access::HeaderMissing(_) => {
            "Je kluis gaat hier niet open. Bij Gezinnen lees je waarom."
        }
    };
    let door = move || match *app.session.access.read() {
        Access::Open => button("button wide", nodes![icon(Icon::Locked), "Nu op slot"], move || app.lock()),
        _ => ul("list", [link_row(&Route::Families, None, "Naar je kluis", "")]),
    };
    // Who came in with the words on paper needs another passphrase.
    let (changing, changed) = (LocalSignal::new(*app.session.by_words.read_untracked()), LocalSignal::new(false));
    let other = move || match *app.session.access.read() {
        Access::Open if changed.get() => p_of("card", "Je wachtzin is gewijzigd. De oude past niet meer.").into(),
        Access::Open if changing.get() => super::vault_new::new_passphrase(app, changed),
        Access::Open => button("button wide", nodes!["Andere wachtzin"], move || changing.set(true)).into(),
        _ => Node::Nothing,
    };
    let texts = &app.content.texts;
    div(
        "stack",
        nodes![
            status("", nodes![p(live(state))]),
            live(door),
            live(other),
            live(move || app.session.access.read().is_open().then(|| super::ways::ways(app.session))),
            paragraphs(&texts.vault),
            div("card sun stack-s", nodes![paragraphs(&texts.no_recovery)]),
        ],
    )
}

fn about(app: App) -> Element {
    let texts = &app.content.texts;
    let hash = updates::version().map(|hash| span("soft small", format!(" · {hash}")));
    div(
        "stack",
        nodes![
            paragraphs(&texts.about),
            h2("Van wie is Naast?"),
            paragraphs(&texts.independence),
            h2("Versie"),
            p(nodes![env!("CARGO_PKG_VERSION"), hash]),
        ],
    )
}

fn sources(app: App) -> Element {
    let card = |source: &'static Source| {
        let year = source.year.map(|year| format!(", {year}"));
        section(
            "card stack-s",
            nodes![
                h2(&source.author),
                p_of("soft small", &source.organisation),
                p(nodes![strong(&source.title), year]),
                p(&source.taken),
                p_of("small soft", nodes![&source.look_for]),
            ],
        )
    };
    let cards: Node = app.content.sources.iter().map(card).collect();
    div("stack-l", nodes![p("De ideeën zijn van hen. De woorden hier zijn van ons."), cards])
}

fn licences() -> Element {
    div(
        "stack",
        nodes![
            h2("De app"),
            p(
                "De code is vrij onder de EUPL, versie 1.2. Je mag hem gebruiken, bekijken, veranderen en delen onder dezelfde voorwaarden."
            ),
            h2("De teksten"),
            p(
                "Vragen, houding en andere teksten mag je delen en bewerken onder CC BY-SA 4.0: noem Naast en deel onder dezelfde voorwaarden."
            ),
            h2("Waar Naast op bouwt"),
            p(
                "Naast staat op vrije software van anderen: Leptos, wasm-bindgen, serde, postcard, gloo, quircs en qrcodegen onder MIT of Apache 2.0, en de versleuteling van RustCrypto onder dezelfde licenties. De hele lijst ligt bij de broncode."
            ),
        ],
    )
}
