//! Hulp: one touch away from every screen, also when the vault is locked.

use leptos::prelude::untrack;
use naast_core::content::{Certainty, Fact, HelpLine};
use naast_core::route::Route;
use naast_core::time::Day;

use crate::browser::clock;
use crate::messages::help as t;
use crate::parts::{
    call, coordinator, danger, div, folded, h1, h2, li, link_row, note_concern, numbered, p, p_of, paragraphs,
    question_row, section, ul,
};
use crate::state::App;
use naast_view::{Element, Node, nodes};

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
            note_concern(app),
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
