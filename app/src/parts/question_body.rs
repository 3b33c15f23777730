//! A question on its page: in large type, when it helps, its follow-ups, and what it belongs to. A safety question
//! comes with the way to the coordinator or the reporting code.

use naast_core::bank::OWN_PREFIX;
use naast_core::content::{Audience, Principle, Question};
use naast_core::route::Route;

use super::*;
use crate::labels::Label;
use crate::messages::{help, questions as t};
use crate::state::App;

/// The question in large type, when it helps, its follow-ups, and what it belongs to.
pub fn question_body(app: App, question: &Question) -> Node {
    let address = app.settings.read_untracked().address;
    let own = question.id.starts_with(OWN_PREFIX);
    let tags = nodes![question.phase.label(), " · ", question.about.label(), own.then(|| nodes![" · ", t::own()])];
    let more = follow_ups(&question.follow_ups, address);
    let more = (!more.is_empty()).then(|| section("stack-s", nodes![h2(t::follow_ups()), Node::from(more)]));
    let principles = app.content.principles.iter().filter(|p| question.principles.contains(&p.id));
    let chip = |p: &'static Principle| Node::from(link("chip", &Route::Principle(p.id.clone()), nodes![&p.title]));
    let chips: Vec<Node> = collect_nodes(principles.map(chip));
    let belongs = (!chips.is_empty()).then(|| section("stack-s", nodes![h2(t::belongs_to()), div("chips", chips)]));
    let guarded = question.audience == Audience::AfterCoordinator;
    let as_card = Route::Cards(Some(question.id.clone()));
    div(
        "stack-l",
        nodes![
            div("row apart", nodes![p_of("eyebrow", tags), favourite(app, question.id.clone())]),
            in_large(question, address),
            (!question.when.is_empty()).then(|| p(question.when.clone())),
            more,
            belongs,
            guarded.then(|| meldcode_with(app)),
            link("button wide", &as_card, nodes![icon(Icon::Cards), t::as_card()]),
        ],
    )
    .into()
}

/// Shown before a safety question to workers who go to the coordinator first; the question follows after that talk.
pub fn coordinator_first(app: App, question: Option<Question>) -> Node {
    let first = nodes![h2(help::coordinator_first()), paragraphs(&app.content.texts.coordinator_first)];
    let body = question.map(|question| folded(help::coordinator_agreed(), nodes![question_body(app, &question)]));
    div(
        "stack-l",
        nodes![
            div("card wash stack-s", first),
            coordinator(app),
            link("button wide", &Route::Worried, nodes![help::what_with_concern()]),
            body,
        ],
    )
    .into()
}

/// Shown with a safety question to a professional.
pub fn meldcode_with(app: App) -> Node {
    section(
        "card wash stack-s",
        nodes![
            h2(help::meldcode_question()),
            paragraphs(&app.content.texts.meldcode_with),
            folded(help::meldcode_steps(), nodes![numbered(&app.content.help.meldcode_steps)]),
        ],
    )
    .into()
}
