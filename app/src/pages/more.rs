//! Meer: settings, the coordinator, the vault, what Naast is and where it comes from.

use naast_core::content::Source;
use naast_core::route::{MorePage, Place, Route};
use naast_core::settings::{Address, Role, Theme};

use crate::browser::updates;
use crate::labels::Label;
use crate::messages::more as t;
use crate::parts::{
    Line, choice, div, h1, h2, link_row, p, p_of, paragraphs, section, slider, span, strong, text_line, ul, update_card,
};
use crate::state::App;
use naast_view::{Element, Node, live, nodes};

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

/// A page under its title.
pub fn titled(page: MorePage, inside: Node) -> Node {
    div("stack-l", nodes![h1(page.label()), inside]).into()
}

/// `#/meer/instellingen`
pub fn settings(app: App) -> Element {
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

/// `#/meer/coordinator`
pub fn coordinator(app: App) -> Element {
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

/// `#/meer/over`
pub fn about(app: App) -> Element {
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

/// `#/meer/bronnen`
pub fn sources(app: App) -> Element {
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

/// `#/meer/licenties`
pub fn licences() -> Element {
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
