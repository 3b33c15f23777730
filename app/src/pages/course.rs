//! The course of a contact over time: what was found, who helps, how steps went. Charts and words, no score.

use naast_core::course::{self, Gathered};
use naast_core::records::{FamilyId, Step, Visit, Went, answer, mark};
use naast_core::route::Route;
use naast_core::visits;

use crate::browser::clock;
use crate::labels::Label;
use crate::messages::course as t;
use crate::parts::{
    br, compass, div, dotted, folded, h1, h2, li, link, listed, not_found, numbers, p_of, section, span, ul,
};
use crate::state::App;
use naast_view::{Element, Node, el, live, nodes};

/// `#/gezinnen/<family>/verloop`
pub fn course(app: App, id: FamilyId) -> Node {
    let Some(family) = app.session.family_untracked(id) else { return not_found() };
    let name = family.nickname;
    live(move || app.session.with_visits(|all| whole(app, id, &name, &visits::of_family(all, id))))
}

fn whole(app: App, id: FamilyId, name: &str, all: &[&Visit]) -> Element {
    let mut parts = Vec::new();
    for (title, what) in
        [(t::horizon(), Gathered::Horizon), (t::strengths(), Gathered::Strengths), (t::network(), Gathered::Network)]
    {
        parts.push(listed(title, &course::gathered(all, what)).into());
    }
    parts.push(numbers(app, all).into());
    parts.push(steps(all).into());
    parts.push(helped(all).into());
    parts.push(compass(app, all).into());
    parts.push(together(app, all).into());
    let nothing = parts.iter().all(|part| matches!(part, Node::Nothing));
    let teaching = || p_of("card example", t::empty());
    div(
        "stack-l",
        nodes![
            h1(t::title()),
            link("soft", &Route::Family(id), nodes![name.to_owned()]).attr("dir", "auto"),
            nothing.then(teaching),
            parts,
        ],
    )
}

/// What was done together, the newest first, in the words of the parent.
fn together(app: App, visits: &[&Visit]) -> Option<Element> {
    let address = app.settings.read_untracked().address;
    let mut cards = Vec::new();
    for visit in visits {
        for used in &visit.tools {
            let Some(tool) = app.content.tools.iter().find(|tool| tool.id == used.tool) else { continue };
            let mut lines = Vec::new();
            for ask in &tool.asks {
                let said = answer(&used.answers, &ask.id).trim();
                let said = match mark(&used.marks, &ask.id) {
                    Some(mark) => t::mark(&mark),
                    None => said.to_owned(),
                };
                if !said.is_empty() {
                    lines.push(p_of("soft small", ask.text.in_form(address).to_owned()).into());
                    lines.push(p_of("pre", said).attr("dir", "auto").into());
                }
            }
            if !lines.is_empty() {
                let title = el("h3").child(&tool.title);
                let day = p_of("soft small", clock::day_in_words(visit.day));
                cards.push(li(nodes![title, day, Node::from(lines)]).class("card stack-s"));
            }
        }
    }
    (!cards.is_empty()).then(|| folded(t::together(), nodes![ul("stack-s", cards)]))
}

/// How a step went, as a symbol that needs no colour.
fn shape(went: Went) -> &'static str {
    match went {
        Went::Done => "●",
        Went::Partly => "◐",
        Went::NotYet | Went::Open => "○",
        Went::NotNeeded => "–",
    }
}

fn steps(visits: &[&Visit]) -> Option<Element> {
    let row = |(step, visit): (&Step, &Visit)| {
        let how = format!("{} · {}", step.went.label(), clock::day_short(visit.day));
        li(nodes![
            span("shape", shape(step.went)).attr("aria-hidden", "true"),
            span(
                "grow",
                nodes![el("span").attr("dir", "auto").child(step.what.clone()), br(), span("soft small", how)]
            )
        ])
        .class("row")
    };
    let all: Vec<Element> =
        visits.iter().flat_map(|visit| visit.written_steps().map(move |step| row((step, visit)))).collect::<Vec<_>>();
    (!all.is_empty()).then(|| section("stack-s", nodes![h2(t::steps()), ul("stack-s", all)]))
}

/// Who helped, from near to far, and whose ideas the steps were.
fn helped(visits: &[&Visit]) -> Option<Element> {
    let (ladder, ideas) = (course::ladder(visits), course::ideas(visits));
    let any = |counts: &[usize]| counts.iter().any(|&count| count > 0);
    let helpers = any(&ladder.map(|(_, count)| count)).then(|| {
        let rungs = dotted(ladder.map(|(helper, count)| (helper.label().into(), count))).class("ladder");
        section("stack-s", nodes![h2(t::helped()), p_of("soft small", t::helped_hint()), rungs])
    });
    let whose = any(&ideas.map(|(_, count)| count)).then(|| {
        let rows = dotted(ideas.map(|(idea, count)| (idea.label().into(), count)));
        section("stack-s", nodes![h2(t::whose_idea()), rows])
    });
    (helpers.is_some() || whose.is_some()).then(|| div("stack-l", nodes![helpers, whose]))
}
