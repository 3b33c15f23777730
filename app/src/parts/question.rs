//! A question in a list.

use naast_core::content::{Audience, Question};
use naast_core::route::Route;

use super::{Icon, br, icon, li, link, span};
use crate::labels::Label;
use crate::messages::question as t;
use crate::state::App;
use naast_view::{Element, nodes};

/// Whether a question is set smaller, to fit on a card.
pub fn is_long(question: &Question) -> bool {
    question.text.je.chars().count() > 90
}

/// A question that leads to its page, with the heart beside it.
pub fn question_row(app: App, question: &Question) -> Element {
    let text = question.text.in_form(app.settings.read_untracked().address).to_owned();
    let first = app.content.principles.iter().find(|p| question.principles.first() == Some(&p.id));
    let guarded = question.audience == Audience::AfterCoordinator;
    li(nodes![
        link(
            "grow",
            &Route::Question(question.id.clone()),
            nodes![
                span("says", text),
                br(),
                span("tag", question.phase.label()),
                first.map(|p| span("tag", &p.title)),
                guarded.then(|| span("tag", t::safety())),
            ],
        ),
        favourite(app, question.id.clone()),
    ])
    .class("question-row")
}

/// The heart: keeps a question at hand.
pub fn favourite(app: App, id: String) -> Element {
    let also = id.clone();
    let on = move || app.settings.read().is_favourite(&also);
    let press = move || {
        app.change_settings(|settings| {
            settings.toggle_favourite(&id);
        });
    };
    super::button("icon-button", nodes![icon(Icon::Heart)], press)
        .live_flag("aria-pressed", on)
        .attr("aria-label", t::favourite())
        .attr("title", t::favourite())
}
