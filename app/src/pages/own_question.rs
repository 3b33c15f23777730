//! Writing and changing a question of one's own.

use leptos::prelude::*;
use naast_core::content::{About, Phase};
use naast_core::records::{OwnQuestion, OwnQuestionId, Record};
use naast_core::route::Route;

use crate::browser::history;
use crate::parts::{Choice, Icon, TextArea, icon, save_line};
use crate::state::use_app;
use crate::words::Words;

/// `#/vragen/eigen/nieuw`
#[component]
pub fn NewQuestion() -> impl IntoView {
    let app = use_app();
    let fresh = OwnQuestion {
        id: OwnQuestionId(app.session.fresh_id()),
        text: String::new(),
        follow_up: String::new(),
        phase: app.looking.with_untracked(|l| l.filter.phase).unwrap_or(Phase::EveryVisit),
        about: About::Child,
    };
    view! { <Form question=fresh new=true/> }
}

/// `#/vragen/eigen/<id>`
#[component]
pub fn EditQuestion(
    /// The question.
    id: OwnQuestionId,
) -> impl IntoView {
    match use_app().session.own_question(id) {
        Some(question) => view! { <Form question=question new=false/> }.into_any(),
        None => super::not_found(),
    }
}

/// Every change is kept at once, as in a visit; “Klaar” only leads back.
#[component]
fn Form(question: OwnQuestion, new: bool) -> impl IntoView {
    let app = use_app();
    let id = question.id;
    let draft = RwSignal::new(question);
    let empty = Signal::derive(move || draft.with(|q| q.text.trim().is_empty()));
    let tried = RwSignal::new(false);
    let change = move |edit: &dyn Fn(&mut OwnQuestion)| {
        draft.update(edit);
        if !empty.get_untracked() {
            app.session.put(Record::OwnQuestion(draft.get_untracked()));
        }
    };
    let ready = move || {
        tried.set(true);
        if !empty.get_untracked() {
            history::replace(&Route::Question(id.question_id()));
        }
    };
    let remove = move |_| {
        app.remove_with_undo("Je vraag is weg.", vec![Record::OwnQuestion(draft.get_untracked())]);
        history::replace(&Route::Questions);
    };
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                ready();
            }
        >
            <h1 tabindex="-1">{if new { "Eigen vraag" } else { "Eigen vraag wijzigen" }}</h1>
            <TextArea
                label="Je vraag"
                hint="Schrijf hem zoals je hem aan tafel zegt. Zonder namen."
                short=true
                value=Signal::derive(move || draft.with(|q| q.text.clone()))
                input=Callback::new(move |text| change(&|q| q.text.clone_from(&text)))
            />
            {move || {
                (tried.get() && empty.get())
                    .then(|| view! { <p role="alert">"Schrijf eerst je vraag op."</p> })
            }}
            <TextArea
                label="Dóórvragen"
                hint="Mag leeg blijven."
                short=true
                value=Signal::derive(move || draft.with(|q| q.follow_up.clone()))
                input=Callback::new(move |text| change(&|q| q.follow_up.clone_from(&text)))
            />
            <Choice
                legend="Wanneer"
                options=Phase::ALL.map(|phase| (phase, phase.words())).to_vec()
                chosen=Signal::derive(move || draft.with(|q| q.phase))
                choose=Callback::new(move |phase| change(&|q| q.phase = phase))
            />
            <Choice
                legend="Waarover"
                options=About::ALL.map(|about| (about, about.words())).to_vec()
                chosen=Signal::derive(move || draft.with(|q| q.about))
                choose=Callback::new(move |about| change(&|q| q.about = about))
            />
            {save_line(app.session)}
            {(!new)
                .then(|| {
                    view! {
                        <button type="button" class="button care" on:click=remove>
                            {icon(Icon::Bin)}
                            "Vraag weghalen"
                        </button>
                    }
                })}
            <div class="action">
                <button type="submit" class="button main">"Klaar"</button>
            </div>
        </form>
    }
    .into_any()
}
