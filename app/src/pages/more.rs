//! Meer: settings, the coordinator, the vault, what Naast is and where it comes from.

use leptos::prelude::*;
use naast_core::route::{MorePage, Place, Route};
use naast_core::settings::{Address, Role, Theme};

use crate::browser::updates;
use crate::parts::{Choice, Icon, LinkRow, Slider, TextLine, icon, paragraphs};
use crate::session::Access;
use crate::state::{App, use_app};
use crate::words::Words;

/// `#/meer`
#[component]
pub fn More() -> impl IntoView {
    let app = use_app();
    let row = |page: MorePage| view! { <LinkRow route=Route::MorePage(page) title=page.words()/> };
    let group = |pages: &[MorePage]| {
        view! { <ul class="list">{pages.iter().copied().map(row).collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="stack-l">
            <h1 tabindex="-1">{Place::More.words()}</h1>
            {move || update_card(app)}
            {group(&[MorePage::Settings, MorePage::Coordinator])}
            {group(&[MorePage::Vault, MorePage::Export, MorePage::Storage])}
            {group(&[MorePage::Privacy, MorePage::About, MorePage::Sources, MorePage::Licences])}
        </div>
    }
    .into_any()
}

/// A newer version lies ready: it comes when the user says so.
pub fn update_card(app: App) -> AnyView {
    if !app.update_ready.get() {
        return ().into_any();
    }
    view! {
        <section class="card wash stack-s" role="status">
            <p>
                <strong>"Er ligt een nieuwe versie klaar."</strong>
            </p>
            <p>"Wat je typte, wordt eerst bewaard. Daarna opent Naast opnieuw."</p>
            <button type="button" class="button wide" on:click=move |_| app.apply_update()>
                "Nu bijwerken"
            </button>
        </section>
    }
    .into_any()
}

/// A page of Meer.
#[component]
pub fn MorePageView(
    /// Which.
    page: MorePage,
) -> impl IntoView {
    let app = use_app();
    let inside = match page {
        MorePage::Settings => settings(app),
        MorePage::Coordinator => coordinator(app),
        MorePage::Vault => vault(app),
        MorePage::Export => super::more_data::export(app),
        MorePage::Storage => super::more_data::storage(app),
        MorePage::Privacy => view! { <div class="stack">{paragraphs(&app.content.texts.privacy)}</div> }.into_any(),
        MorePage::About => about(app),
        MorePage::Sources => sources(app),
        MorePage::Licences => licences(),
    };
    view! {
        <div class="stack-l">
            <h1 tabindex="-1">{page.words()}</h1>
            {inside}
        </div>
    }
    .into_any()
}

fn settings(app: App) -> AnyView {
    let minutes = |n: u16| match n {
        0 => "meteen".to_owned(),
        1 => "na 1 minuut".to_owned(),
        n => format!("na {n} minuten"),
    };
    view! {
        <div class="stack-l">
            <Choice
                legend="Wie ben je?"
                options=Role::ALL.map(|role| (role, role.words())).to_vec()
                chosen=Signal::derive(move || app.settings.with(|s| s.role))
                choose=Callback::new(move |role| app.change_settings(|s| s.role = role))
            />
            <Choice
                legend="Hoe spreek je ouders aan?"
                options=vec![(Address::Je, "Met je"), (Address::U, "Met u")]
                chosen=Signal::derive(move || app.settings.with(|s| s.address))
                choose=Callback::new(move |address| app.change_settings(|s| s.address = address))
            />
            <Choice
                legend="Licht of donker?"
                options=[Theme::System, Theme::Light, Theme::Dark].map(|theme| (theme, theme.words())).to_vec()
                chosen=Signal::derive(move || app.settings.with(|s| s.theme))
                choose=Callback::new(move |theme| app.change_settings(|s| s.theme = theme))
            />
            <section class="stack">
                <h2>"Op slot gaan"</h2>
                <Slider
                    label="Als Naast uit beeld is"
                    least=0
                    most=30
                    value=Signal::derive(move || app.settings.with(|s| s.lock_hidden_minutes))
                    words=minutes
                    input=Callback::new(move |n| app.change_settings(|s| s.lock_hidden_minutes = n))
                />
                <Slider
                    label="Als je niets doet"
                    least=1
                    most=60
                    value=Signal::derive(move || app.settings.with(|s| s.lock_idle_minutes))
                    words=minutes
                    input=Callback::new(move |n| app.change_settings(|s| s.lock_idle_minutes = n))
                />
            </section>
        </div>
    }
    .into_any()
}

fn coordinator(app: App) -> AnyView {
    view! {
        <div class="stack">
            <p>"Dit nummer staat onder Hulp, op elk scherm één tik ver. Ook als Naast op slot is."</p>
            <TextLine
                label="Naam"
                value=Signal::derive(move || app.settings.with(|s| s.coordinator_name.clone()))
                input=Callback::new(move |text| app.change_settings(|s| s.coordinator_name = text))
                most=80
            />
            <TextLine
                label="Telefoonnummer"
                kind=Signal::stored("tel")
                value=Signal::derive(move || app.settings.with(|s| s.coordinator_number.clone()))
                input=Callback::new(move |text| app.change_settings(|s| s.coordinator_number = text))
                most=30
            />
            <p class="soft small">"Naam en nummer liggen niet op slot: je moet erbij kunnen als het nodig is."</p>
        </div>
    }
    .into_any()
}

fn vault(app: App) -> AnyView {
    let state = move || match app.session.access.get() {
        Access::Open => "Je kluis is open.",
        Access::Locked(_) => "Je kluis is op slot.",
        Access::Absent => "Je hebt nog geen kluis. Die maak je bij Gezinnen.",
        Access::Blocked => "Deze browser laat Naast niets bewaren.",
        Access::Corrupt | Access::Newer | Access::HeaderMissing(_) => "Je kluis gaat hier niet open. Bij Gezinnen lees je waarom.",
    };
    view! {
        <div class="stack">
            <p role="status">{state}</p>
            {move || match app.session.access.get() {
                Access::Open => {
                    view! {
                        <button type="button" class="button wide" on:click=move |_| app.lock()>
                            {icon(Icon::Locked)}
                            "Nu op slot"
                        </button>
                    }
                        .into_any()
                }
                _ => {
                    view! { <ul class="list"><LinkRow route=Route::Families title="Naar je kluis"/></ul> }.into_any()
                }
            }}
            {paragraphs(&app.content.texts.vault)}
            <div class="card sun stack-s">{paragraphs(&app.content.texts.no_recovery)}</div>
        </div>
    }
    .into_any()
}

fn about(app: App) -> AnyView {
    let texts = &app.content.texts;
    view! {
        <div class="stack">
            {paragraphs(&texts.about)}
            <h2>"Van wie is Naast?"</h2>
            {paragraphs(&texts.independence)}
            <h2>"Versie"</h2>
            <p>
                {env!("CARGO_PKG_VERSION")}
                {updates::version().map(|hash| view! { <span class="soft small">" · " {hash}</span> })}
            </p>
        </div>
    }
    .into_any()
}

fn sources(app: App) -> AnyView {
    let sources = &app.content.sources;
    view! {
        <div class="stack-l">
            <p>"De ideeën zijn van hen. De woorden hier zijn van ons."</p>
            {sources
                .iter()
                .map(|source| {
                    view! {
                        <section class="card stack-s">
                            <h2>{source.author.as_str()}</h2>
                            <p class="soft small">{source.organisation.as_str()}</p>
                            <p>
                                <strong>{source.title.as_str()}</strong>
                                {source.year.map(|year| format!(", {year}"))}
                            </p>
                            <p>{source.taken.as_str()}</p>
                            <p class="small soft">"Zoek op: " {source.look_for.as_str()}</p>
                        </section>
                    }
                })
                .collect_view()}
        </div>
    }
    .into_any()
}

fn licences() -> AnyView {
    view! {
        <div class="stack">
            <h2>"De app"</h2>
            <p>"De code is vrij onder de EUPL, versie 1.2. Je mag hem gebruiken, bekijken, veranderen en delen onder dezelfde voorwaarden."</p>
            <h2>"De teksten"</h2>
            <p>"Vragen, houding en andere teksten mag je delen en bewerken onder CC BY-SA 4.0: noem Naast en deel onder dezelfde voorwaarden."</p>
            <h2>"Waar Naast op bouwt"</h2>
            <p>
                "Naast staat op vrije software van anderen: Leptos, wasm-bindgen, serde, postcard en gloo onder MIT of Apache 2.0, en de versleuteling van RustCrypto onder dezelfde licenties. De hele lijst ligt bij de broncode."
            </p>
        </div>
    }
    .into_any()
}
