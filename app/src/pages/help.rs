//! Hulp: one touch away from every screen, also when the vault is locked.

use leptos::prelude::untrack;
use naast_core::content::{Certainty, Fact, HelpLine, HelpStep, Question};
use naast_core::route::{MorePage, Route};
use naast_core::time::Day;

use crate::browser::clock;
use crate::messages::help as t;
use crate::parts::{
    Icon, br, div, folded, h1, h2, icon, li, link, link_row, p, p_of, paragraphs, question_row, section, span, strong,
    ul,
};
use crate::state::App;
use naast_view::nodes;
use naast_view::{Element, Node, collect_nodes, el};

/// `#/hulp`
pub fn help(app: App) -> Node {
    let help = &app.content.help;
    let (urgent, rest) = help.lines.split_at(help.lines.len().min(2));
    let ways = [
        link_row(&Route::Worried, None, t::worried(), t::worried_hint()),
        link_row(&Route::Facts, None, t::law(), t::law_hint()),
    ];
    div(
        "stack-l",
        nodes![
            h1(t::title()),
            ul("stack-s", urgent.iter().map(line)),
            coordinator(app),
            ul("list", ways),
            section("stack-s", nodes![h2(t::more()), ul("stack-s", rest.iter().map(line))]),
            checked(app),
        ],
    )
    .into()
}

fn line(line: &'static HelpLine) -> Element {
    let class = if line.number == "112" { "card care" } else { "card" };
    li(nodes![call(
        class,
        &line.dial(),
        (&line.name).into(),
        (&line.number).into(),
        nodes![&line.when, " ", &line.expect]
    )])
}

/// A link that calls a number.
fn call(class: &'static str, dial: &str, name: Node, number: Node, line: Vec<Node>) -> Element {
    let words = nodes![span("visually-hidden", nodes![t::call(), " "]), strong(name), " ", span("number", number)];
    let link = el("a").attr("href", format!("tel:{dial}")).child(icon(Icon::Phone)).child(span("grow", words));
    div(class, nodes![link.class("dial"), p_of("small", line)])
}

/// The number of the coordinator, or a way to enter it.
pub fn coordinator(app: App) -> Element {
    let settings = app.settings.read_untracked();
    let number = settings.coordinator_number.clone();
    let dial: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if dial.is_empty() {
        let line = span("small", t::coordinator_missing());
        let words = span("grow", nodes![strong(t::coordinator_add()), br(), line]);
        return link("card call", &Route::MorePage(MorePage::Coordinator), nodes![icon(Icon::Plus), words]);
    }
    let name = settings.coordinator_name.clone();
    let name = if name.trim().is_empty() { t::coordinator().to_owned() } else { name };
    let line = nodes![t::coordinator_hint()];
    call("card wash", &dial, name.into(), number.into(), line)
}

/// What to do in danger, before anything else.
pub fn danger() -> Element {
    let words = nodes![strong(t::danger()), br(), span("small", t::danger_hint())];
    el("a").class("card care call").attr("href", "tel:112").children(nodes![icon(Icon::Phone), span("grow", words)])
}

fn checked(app: App) -> Element {
    let checked = &app.content.help.checked;
    let day = Day::from_iso(checked).map_or_else(|| checked.clone(), clock::day_short);
    p_of("small soft", t::checked(&day))
}

/// `#/hulp/zorgen`
pub fn worried(app: App) -> Node {
    let help = &app.content.help;
    let role = app.settings.read_untracked().role;
    let (title, steps, also) = if role.coordinator_first() {
        (t::steps_yours(), &help.volunteer_steps, safety_questions(app))
    } else {
        let volunteer = folded(t::steps_volunteer(), nodes![numbered(&help.volunteer_steps)]);
        (t::steps_professional(), &help.meldcode_steps, volunteer)
    };
    let ways = [link_row(&Route::Facts, None, t::law(), ""), link_row(&Route::Help, None, t::all_numbers(), "")];
    div(
        "stack-l",
        nodes![
            h1(t::worried()),
            danger(),
            section("stack", nodes![h2(title), numbered(steps)]),
            coordinator(app),
            super::concern::put_down(app),
            also,
            ul("list", ways),
        ],
    )
    .into()
}

/// The safety questions, for workers who have talked with the coordinator.
fn safety_questions(app: App) -> Element {
    let rows = untrack(|| {
        let guarded = app.content.questions.iter().filter(|q| !app.may_see(q));
        ul("list", guarded.map(|q| question_row(app, q)))
    });
    let first = div("stack-s", nodes![paragraphs(&app.content.texts.coordinator_first)]);
    folded(t::safety_questions(), nodes![div("stack", nodes![first, rows])])
}

fn numbered(steps: &'static [HelpStep]) -> Element {
    let step = |step: &'static HelpStep| {
        Node::from(li(nodes![el("div").child(el("h3").child(&step.title)).child(p(&step.text))]))
    };
    el("ol").class("steps-numbered stack").children(collect_nodes(steps.iter().map(step)))
}

/// Shown before a safety question to workers who go to the coordinator first; the question follows after that talk.
pub fn coordinator_first(app: App, question: Option<Question>) -> Node {
    let first = nodes![h2(t::coordinator_first()), paragraphs(&app.content.texts.coordinator_first)];
    let body = question
        .map(|question| folded(t::coordinator_agreed(), nodes![super::questions::question_body(app, &question)]));
    div(
        "stack-l",
        nodes![
            div("card wash stack-s", first),
            coordinator(app),
            link("button wide", &Route::Worried, nodes![t::what_with_concern()]),
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
            h2(t::meldcode_question()),
            paragraphs(&app.content.texts.meldcode_with),
            folded(t::meldcode_steps(), nodes![numbered(&app.content.help.meldcode_steps)]),
        ],
    )
    .into()
}

/// `#/hulp/feiten`
pub fn facts(app: App) -> Node {
    let help = &app.content.help;
    let notes = |notes: &'static [String]| ul("bullets stack-s", notes.iter().map(|note| li(nodes![note])));
    let fact = |fact: &'static Fact| {
        let advice = (fact.sure == Certainty::Advies).then(|| p_of("small soft", t::our_advice()));
        section("stack-s", nodes![h2(&fact.title), p(&fact.text), advice])
    };
    div(
        "stack-l",
        nodes![
            h1(t::law()),
            p_of("soft", t::own_rules()),
            help.facts.iter().map(fact).collect::<Node>(),
            section("card sun stack-s", nodes![h2(t::do_note()), notes(&help.do_note)]),
            section("card stack-s", nodes![h2(t::do_not_note()), notes(&help.do_not_note)]),
            checked(app),
        ],
    )
    .into()
}
