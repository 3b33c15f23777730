//! Meer: exporting everything readable, and what is stored on this device.

use leptos::prelude::untrack;
use naast_core::export::{Readable, Words, json, markdown};
use naast_core::records::{Kind, Step};
use naast_vault::{Reason, SetAside};

use crate::browser::device_store::DeviceStore;
use crate::browser::{clock, download, task, updates};
use crate::labels::{Label, time_in_words};
use crate::messages::data as t;
use crate::parts::{button, div, h2, kept, li, p, p_of, room_left, section, strong, trouble, ul};
use crate::session::{Access, Second};
use crate::state::App;
use naast_view::{Element, LocalSignal, Node, live, nodes};

/// `#/meer/export`; it needs the open vault.
pub fn export(app: App) -> Node {
    let failed = LocalSignal::new(false);
    let save = move |ending: &str, media_type: &str, text: Option<String>| {
        let name = format!("naast-{}.{ending}", clock::today().iso());
        let saved = text.is_some_and(|text| download::save_text(&name, media_type, &text).is_ok());
        failed.set(!saved);
    };
    let warning = div("card sun stack-s", nodes![p(strong(t::unsealed())), p(t::unsealed_hint()),]);
    let trouble = move || failed.get().then(|| trouble(t::not_made(), t::not_made_safe(), t::not_made_todo()));
    div(
        "stack",
        nodes![
            p(t::intro()),
            warning,
            button("button main", nodes![t::as_text()], move || {
                save("md", "text/markdown;charset=utf-8", Some(with_all(app, as_markdown)));
            }),
            button("button wide", nodes![t::as_json()], move || {
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
    let visits = session.with_visits_untracked(|all| all.iter().copied().cloned().collect::<Vec<_>>());
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
    let parts = [
        Some(step.went.label().to_owned()),
        step.idea.map(|idea| t::step_idea(&idea.label())),
        step.helper.map(|helper| t::step_helper(&helper.label())),
        step.sure.map(|sure| t::step_sure(&sure)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn as_markdown(all: &Readable<'_>) -> String {
    markdown(all, words())
}

/// The messages of the Markdown export.
fn words() -> Words<'static> {
    use crate::messages::markdown as t;
    Words {
        day: &clock::day_in_words,
        time: &time_in_words,
        step: &told,
        between: t::between,
        made: t::made,
        since: t::since,
        archived: t::archived,
        farewell: t::farewell,
        handed_over: t::handed_over,
        visit: t::visit,
        at: t::at,
        mark: t::mark,
        face: |face| face.label(),
        who: t::who,
        when: t::when,
        title: t::title(),
        unsealed: t::unsealed(),
        families: t::families(),
        visits_without_family: t::visits_without_family(),
        favourites: t::favourites(),
        please_do: t::please_do(),
        please_never: t::please_never(),
        concern_open: t::concern_open(),
        concern_closed: t::concern_closed(),
        seen: t::seen(),
        said: t::said(),
        thought: t::thought(),
        carried: t::carried(),
        unfinished: t::unfinished(),
        intention: t::intention(),
        questions: t::questions(),
        quick_note: t::quick_note(),
        outcomes: t::outcomes(),
        checks: t::checks(),
        differently: t::differently(),
        opener: t::opener(),
        steps: t::steps(),
        signs: t::signs(),
        asked: t::asked(),
        not_asked: t::not_asked(),
        own_questions: t::own_questions(),
        no_name: t::no_name(),
    }
}

/// `#/meer/opslag`
pub fn storage(app: App) -> Node {
    let Some(store) = DeviceStore::open() else {
        return trouble(t::blocked(), t::blocked_safe(), t::blocked_todo()).into();
    };
    let used = store.in_use();
    let room = match used {
        0 => t::nothing_used().to_owned(),
        used => t::used(&used.div_ceil(1000)),
    };
    let left = move || matches!(*app.session.access.read(), Access::Open).then(|| p(room_left(app, used).1));
    let second = move || {
        p(match *app.session.second.read() {
            Second::Asked => "",
            Second::Whole => t::twice(),
            Second::Lacking => t::once(),
        })
    };
    let promised = LocalSignal::new(false);
    task::spawn(async move { promised.set(updates::promised().await) });
    let promise = move || promised.get().then(|| p(t::persisted()));
    div(
        "stack",
        nodes![
            p(room),
            live(left),
            live(second),
            live(promise),
            live(move || kept(app)),
            live(move || unreadable(app)),
            p_of("soft small", t::in_browser(),),
        ],
    )
    .into()
}

/// What could not be read.
fn unreadable(app: App) -> Option<Element> {
    let aside = app.session.set_aside.read();
    (!aside.is_empty()).then(|| {
        section(
            "card stack-s",
            nodes![
                h2(t::unreadable()),
                p(t::unreadable_hint()),
                ul("bullets", aside.iter().map(|one| li(nodes![in_words(one)])).collect::<Vec<_>>()),
            ],
        )
    })
}

fn in_words(aside: &SetAside) -> String {
    let what = match aside.kind {
        Some(Kind::Family) => t::a_family(),
        Some(Kind::Visit) => t::a_visit(),
        Some(Kind::OwnQuestion) => t::a_question(),
        Some(Kind::Concern) => t::a_concern(),
        None => t::something(),
    };
    let why = match aside.reason {
        Reason::Corrupt | Reason::Foreign => t::damaged(),
        Reason::Newer => t::newer(),
    };
    // The last characters of the key tell values apart, and nothing about a person.
    let tail: String = aside.key.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    format!("{what}, {why} ({tail})")
}
