//! A question in a list.

use leptos::prelude::*;
use naast_core::content::{Audience, Question};
use naast_core::route::Route;

use super::{Icon, IconButton, to};
use crate::state::use_app;
use crate::words::Words;

/// A question that leads to its page, with the heart beside it.
#[component]
pub fn QuestionRow(
    /// The question.
    question: Question,
) -> impl IntoView {
    let app = use_app();
    let text = question.text.in_form(app.settings.with_untracked(|s| s.address)).to_owned();
    let first = app.content.principles.iter().find(|p| question.principles.first() == Some(&p.id));
    let guarded = question.audience == Audience::AfterCoordinator;
    let id = question.id.clone();
    view! {
        <li class="question-row">
            <a href=to(Route::Question(question.id))>
                <span class="says">{text}</span>
                <br/>
                <span class="tag">{question.phase.words()}</span>
                {first.map(|p| view! { <span class="tag">{p.title.as_str()}</span> })}
                {guarded.then(|| view! { <span class="tag">"bij zorgen over veiligheid"</span> })}
            </a>
            <Favourite id=id/>
        </li>
    }
    .into_any()
}

/// The heart: keeps a question at hand.
#[component]
pub fn Favourite(
    /// The question.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let on = {
        let id = id.clone();
        Signal::derive(move || app.settings.with(|s| s.is_favourite(&id)))
    };
    let label = Signal::derive(move || if on.get() { "Niet meer bij favorieten" } else { "Bij favorieten zetten" }.to_owned());
    let press = Callback::new(move |()| {
        app.change_settings(|settings| {
            settings.toggle_favourite(&id);
        });
    });
    view! { <IconButton label=label drawing=Icon::Heart pressed=on press=press/> }
}
