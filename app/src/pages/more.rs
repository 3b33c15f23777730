//! Meer: settings, the coordinator, the vault, what Naast is and where it comes from.

use naast_core::content::Source;
use naast_core::route::{MorePage, Place, Route};
use naast_core::settings::{Address, Role, Theme};

use super::more_data;
use crate::browser::updates;
use crate::labels::Label;
use crate::messages::more as t;
use crate::parts::{
    Icon, Line, button, choice, div, h1, h2, icon, link_row, p, p_of, paragraphs, section, slider, span, status,
    strong, text_line, ul, update_card,
};
use crate::session::Access;
use crate::state::App;
use naast_view::LocalSignal;
use naast_view::nodes;
use naast_view::{Element, Node, live};

/// `#/meer`
pub fn more(app: App) -> Node {
    let row = |page: &MorePage| link_row(&Route::MorePage(*page), None, page.label(), "");
    let group = |pages: &[MorePage]| ul("list", pages.iter().map(row).collect::<Vec<_>>());
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
            0 => t::lock_at_once().to_owned(),
            n => t::minutes(n.into()),
        }
    }
    fn weeks(n: u16) -> String {
        match n {
            0 => t::lock_at_once().to_owned(),
            n => t::weeks(n.into()),
        }
    }
    let settings = app.settings;
    div(
        "stack-l",
        nodes![
            choice(
                t::role(),
                &Role::ALL,
                move || settings.read().role,
                move |role| app.change_settings(|s| s.role = role),
            ),
            choice(
                t::address(),
                &[Address::Je, Address::U],
                move || settings.read().address,
                move |address| app.change_settings(|s| s.address = address),
            ),
            choice(
                t::theme(),
                &[Theme::System, Theme::Light, Theme::Dark],
                move || settings.read().theme,
                move |theme| app.change_settings(|s| s.theme = theme),
            ),
            section(
                "stack",
                nodes![
                    h2(t::locking()),
                    slider(
                        t::lock_hidden(),
                        (0, 30),
                        move || settings.read().lock_hidden_minutes,
                        minutes,
                        move |n| app.change_settings(|s| s.lock_hidden_minutes = n),
                    ),
                    slider(
                        t::lock_idle(),
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
                    h2(t::clearing()),
                    slider(
                        t::clear_after(),
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
            p(t::coordinator_hint()),
            text_line(
                t::name(),
                "",
                Line::Text,
                move || settings.read().coordinator_name.clone(),
                move |text| app.change_settings(|s| s.coordinator_name = text),
            ),
            text_line(
                t::number(),
                "",
                Line::Phone,
                move || settings.read().coordinator_number.clone(),
                move |text| app.change_settings(|s| s.coordinator_number = text),
            ),
            p_of("soft small", t::coordinator_unsealed()),
        ],
    )
}

fn vault(app: App) -> Element {
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
        Access::Open if changing.get() => super::vault_new::new_passphrase(app, changed),
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
            live(move || app.session.access.read().is_open().then(|| super::unlock_methods::ways(app.session))),
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
            h2(t::whose()),
            paragraphs(&texts.independence),
            h2(t::version()),
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
    div("stack-l", nodes![p(t::sources_hint()), cards])
}

fn licences() -> Element {
    div(
        "stack",
        nodes![
            h2(t::licence_app()),
            p(t::licence_app_text()),
            h2(t::licence_texts()),
            p(t::licence_texts_text()),
            h2(t::built_on()),
            p(t::built_on_text()),
        ],
    )
}
