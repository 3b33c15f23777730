//! A family's nickname and drawing; and taking a family away.

use leptos::prelude::*;
use naast_core::records::{Family, FamilyId, Record, Symbol};
use naast_core::route::Route;
use naast_core::visits;

use crate::browser::{clock, history};
use crate::parts::{Icon, TextLine, icon, paragraphs, save_line, to};
use crate::state::use_app;
use crate::words::Words;

/// Longer than any nickname that is one.
const LONGEST_NICKNAME: u32 = 60;

/// `#/gezinnen/nieuw`
#[component]
pub fn NewFamily() -> impl IntoView {
    let session = use_app().session;
    let used = session.families().len();
    let fresh = Family {
        id: FamilyId(session.fresh_id()),
        nickname: String::new(),
        symbol: Symbol::ALL[used % Symbol::ALL.len()],
        since: clock::today(),
        archived: None,
    };
    view! { <Form family=fresh new=true/> }
}

/// `#/gezinnen/<family>/wijzigen`
#[component]
pub fn EditFamily(
    /// The family.
    id: FamilyId,
) -> impl IntoView {
    match use_app().session.family_untracked(id) {
        Some(family) => view! { <Form family=family new=false/> }.into_any(),
        None => super::not_found(),
    }
}

/// Every change is kept at once, as in a visit; “Klaar” only leads on.
#[component]
fn Form(family: Family, new: bool) -> impl IntoView {
    let app = use_app();
    let id = family.id;
    let draft = RwSignal::new(family);
    let empty = Signal::derive(move || draft.with(|f| f.nickname.trim().is_empty()));
    let tried = RwSignal::new(false);
    let change = move |edit: &dyn Fn(&mut Family)| {
        draft.update(edit);
        if !empty.get_untracked() {
            app.session.put(Record::Family(draft.get_untracked()));
        }
    };
    let ready = move || {
        tried.set(true);
        if !empty.get_untracked() {
            if new {
                history::replace(&Route::Family(id));
            } else {
                history::back();
            }
        }
    };
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                ready();
            }
        >
            <h1 tabindex="-1">{if new { "Gezin toevoegen" } else { "Gezin wijzigen" }}</h1>
            <TextLine
                label="Bijnaam"
                value=Signal::derive(move || draft.with(|f| f.nickname.clone()))
                input=Callback::new(move |text: String| change(&|f| f.nickname.clone_from(&text)))
                most=LONGEST_NICKNAME
            />
            {move || {
                (tried.get() && empty.get())
                    .then(|| view! { <p role="alert">"Geef eerst een bijnaam."</p> })
            }}
            <div class="card wash stack-s small">{paragraphs(&app.content.texts.nickname)}</div>
            <fieldset class="field">
                <legend>"Tekening"</legend>
                <div class="symbols">
                    {Symbol::ALL
                        .map(|symbol| {
                            view! {
                                <label title=symbol.words()>
                                    <input
                                        type="radio"
                                        name="symbol"
                                        aria-label=symbol.words()
                                        prop:checked=move || draft.with(|f| f.symbol == symbol)
                                        on:change=move |_| change(&|f| f.symbol = symbol)
                                    />
                                    {icon(symbol.into())}
                                </label>
                            }
                        })
                        .collect_view()}
                </div>
            </fieldset>
            <TextLine
                label="Sinds"
                hint="Wanneer je hier voor het eerst kwam."
                kind=Signal::stored("date")
                value=Signal::derive(move || draft.with(|f| f.since.iso()))
                input=Callback::new(move |text: String| {
                    if let Some(day) = naast_core::time::Day::from_iso(&text) {
                        change(&|f| f.since = day);
                    }
                })
            />
            {move || (!empty.get()).then(|| save_line(app.session))}
            <div class="action">
                <button type="submit" class="button main">"Klaar"</button>
            </div>
        </form>
    }
    .into_any()
}

/// `#/gezinnen/<family>/verwijderen`
#[component]
pub fn DeleteFamily(
    /// The family.
    id: FamilyId,
) -> impl IntoView {
    let app = use_app();
    let session = app.session;
    let Some(family) = session.family_untracked(id) else { return super::not_found() };
    let its_visits = session.with_visits_untracked(|all| {
        visits::of_family(all, id).into_iter().cloned().collect::<Vec<_>>()
    });
    let what = match its_visits.len() {
        0 => "Er zijn nog geen bezoeken bij.".to_owned(),
        1 => "Ook het ene bezoek verdwijnt, met alle notities en afspraken.".to_owned(),
        n => format!("Ook de {n} bezoeken verdwijnen, met alle notities en afspraken."),
    };
    let name = family.nickname.clone();
    let remove = move |_| {
        let mut records: Vec<_> = its_visits.iter().cloned().map(Record::Visit).collect();
        records.push(Record::Family(family.clone()));
        history::replace(&Route::Families);
        app.remove_with_undo("Het gezin is verwijderd.", records);
    };
    view! {
        <div class="stack">
            <h1 tabindex="-1">"Gezin verwijderen?"</h1>
            <p dir="auto">{name} " verdwijnt van dit toestel."</p>
            <p>{what}</p>
            <p>"Meteen daarna kun je het nog ongedaan maken, tot je naar een ander scherm gaat."</p>
            <p class="soft">"Wil je het gezin alleen uit het zicht? Leg het dan in het archief."</p>
            <button type="button" class="button care main" on:click=remove>
                {icon(Icon::Bin)}
                "Verwijderen"
            </button>
            <a class="button wide" href=to(Route::Family(id))>"Toch niet"</a>
        </div>
    }
    .into_any()
}
