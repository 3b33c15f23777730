//! Voorbereiden: what was agreed, an intention, the questions to take along.

use std::rc::Rc;

use leptos::prelude::untrack;
use naast_core::content::{AroundVisit, Principle, Question, VisitKind};
use naast_core::course::{self, Gathered};
use naast_core::records::{Card, Visit, answer, set_answer};
use naast_core::route::{Route, VisitScreen};
use naast_core::suggest::{self, CARRIES, WAVED_AWAY, Why};
use naast_core::time::{Day, minutes_of_day, time_of_day};
use naast_core::{calendar, propose, visits};

use super::choose::take_or_leave;
use super::{Here, part};
use crate::browser::{clock, download};
use crate::messages::prepare as t;
use crate::parts::{
    Icon, Line, action, button, chip, chip_group, div, folded, h2, icon, li, link, p, p_of, please_card, section,
    shown_when, span, step_card, strong, text_line, ul,
};
use naast_view::{Element, LocalSignal, Memo, Node, collect_nodes, el, live, nodes};

pub(super) fn view(here: Here) -> Element {
    let day = here.read(|visit| visit.day);
    let last_time = live(move || {
        // The day decides which visit was the previous one; text typed into this one does not.
        drop(day.read());
        untrack(|| last_time(here))
    });
    let choose = link("button wide", &here.to(VisitScreen::Choose), nodes![icon(Icon::Speech), t::choose()]);
    div(
        "stack-l",
        nodes![
            please(here),
            last_time,
            suggestion(here),
            kinds(here),
            here.text_area(t::intention(), t::intention_hint(), t::intention_example(), part!(intention),),
            section("stack-s", nodes![h2(t::questions()), taken_along(here), propose(here), choose]),
            folded(t::for_yourself(), nodes![div("stack", here.reflections(AroundVisit::Before))]),
            when(here, day),
            action(nodes![link("button main", &here.to(VisitScreen::Hold), nodes![t::hold()])]),
        ],
    )
}

/// Day and time, and a calendar reminder that names nobody.
fn when(here: Here, day: Memo<Day>) -> Element {
    let at = here.read(|visit| visit.at);
    let day_line = text_line(
        t::day(),
        "",
        Line::Date,
        move || day.get().iso(),
        move |text| {
            if let Some(day) = Day::from_iso(&text) {
                here.edit(&mut |visit| visit.day = day);
            }
        },
    );
    let time_line = text_line(
        t::time(),
        t::optional(),
        Line::Time,
        move || at.get().map(time_of_day).unwrap_or_default(),
        move |text| here.edit(&mut |visit| visit.at = minutes_of_day(&text)),
    );
    let remind = move || {
        let Some((day, at)) = here.app.session.with_visit(here.id, |visit| (visit.day, visit.at)) else { return };
        let file = calendar::reminder(here.id, day, at, clock::now(), t::calendar_title());
        if download::save_text(t::calendar_file(), calendar::MEDIA_TYPE, &file).is_err() {
            here.app.say(t::calendar_not_made());
        }
    };
    let reminder = shown_when(
        move || day.get() >= clock::today(),
        move || {
            nodes![
                button("button wide", nodes![icon(Icon::Sun), t::calendar()], remind),
                p_of("soft small", t::calendar_hint()),
            ]
            .into()
        },
    );
    section("stack", nodes![day_line, time_line, reminder])
}

/// A principle to carry along, and why this one; it can be accepted or dismissed.
fn suggestion(here: Here) -> Node {
    let asked = here.read(|visit| [CARRIES, WAVED_AWAY].map(|asks| answer(&visit.answers, asks).to_owned()));
    live(move || {
        let asked = asked.read();
        let content = here.app.content;
        if let Some(carried) = content.principles.iter().find(|principle| principle.id == asked[0]) {
            let away = button("button plain", nodes![t::not_this()], move || {
                here.edit(&mut |visit| set_answer(&mut visit.answers, CARRIES, ""));
            });
            return Some(div("card wash stack-s", nodes![p_of("eyebrow", t::carried()), titled(carried), away]));
        }
        // Depends on the answers above only, not on every text that is typed.
        let turn = clock::today().0.unsigned_abs();
        let found = here.with_earlier(|this, earlier| suggest::suggest(content, this, earlier, turn)).flatten()?;
        let principle = found.principle;
        let why = match found.why {
            Why::Check(check) => t::not_ticked(&check.text),
            Why::Group(group) => t::least_touched(&group.title),
        };
        let take = button("chip", nodes![icon(Icon::Check), t::carry()], move || {
            here.edit(&mut |visit| suggest::carry(visit, principle));
        });
        let other = button("chip", nodes![t::another()], move || {
            here.edit(&mut |visit| suggest::wave_away(visit, principle));
        });
        Some(div(
            "card stack-s",
            nodes![
                p_of("eyebrow", t::suggestion()),
                titled(principle),
                p_of("soft small", why),
                div("chips", nodes![take, other]),
            ],
        ))
    })
}

fn titled(principle: &'static Principle) -> Vec<Node> {
    let title = link("", &Route::Principle(principle.id.clone()), nodes![strong(&principle.title)]);
    nodes![p(title), p(&principle.essence)]
}

/// The questions to take along; each unfolds to its actions.
fn taken_along(here: Here) -> Node {
    let ids = here.cards();
    let address = here.app.settings.read_untracked().address;
    live(move || {
        let chosen = here.questions(&ids.read());
        if chosen.is_empty() {
            return p_of("card example", t::no_questions());
        }
        let row = |(at, question): (usize, &Question)| {
            let words = span("says grow", question.text.in_form(address).to_owned());
            let id = Rc::new(question.id.clone());
            let (of_earlier, of_other, of_away) = (id.clone(), id.clone(), id);
            let earlier = (at > 0).then(|| button("chip", nodes![t::earlier()], move || earlier(here, &of_earlier)));
            let other = button("chip", nodes![t::other_question()], move || swap(here, &of_other));
            let away = button("chip", nodes![t::leave_home()], move || {
                take_or_leave(here, &of_away);
            });
            let chips = div("chips pad", nodes![earlier, other, away]);
            li(nodes![el("details").child(el("summary").class("list-row").child(words)).child(chips)])
        };
        ul("list", chosen.iter().enumerate().map(row))
    })
}

/// Moves a card up by one.
fn earlier(here: Here, id: &str) {
    here.edit(&mut |visit| {
        if let Some(at) = visit.cards.iter().position(|card| card.question == *id).filter(|&at| at > 0) {
            visit.cards.swap(at - 1, at);
        }
    });
}

/// Replaces a question by another of the same moment; a card with a note is kept.
fn swap(here: Here, id: &str) {
    let Some(of) = here.app.bank().get(id).cloned() else { return };
    let other = propose::another(&here.app.content.questions, &of, &lately(here));
    let mut done = false;
    here.edit(&mut |visit| {
        if let (Some(other), Some(card)) = (other, visit.card_mut(id))
            && card.note.trim().is_empty()
        {
            *card = Card::new(&other.id);
            done = true;
        }
    });
    if !done {
        here.app.say(t::stays());
    }
}

/// What the parent asks to do and never to do, first of all.
fn please(here: Here) -> Option<Element> {
    let family = here.app.session.family_untracked(here.family)?;
    please_card(&family)
}

/// The kind of the visit, its line to hold on to, and what belongs to it.
fn kinds(here: Here) -> Element {
    let chosen = here.read(|visit| visit.kind.clone());
    let chip_of = |kind: &'static VisitKind| {
        let choose = move || {
            here.edit(&mut |visit| {
                visit.kind = if visit.kind == kind.id { String::new() } else { kind.id.clone() };
            });
        };
        Node::from(chip(&kind.title, move || *chosen.read() == kind.id, choose))
    };
    let chips = collect_nodes(here.app.content.visits.iter().map(chip_of));
    let about = live(move || {
        let chosen = chosen.read();
        if chosen.is_empty() {
            return Node::Nothing;
        }
        let Some(kind) = here.kind(&chosen) else { return Node::Nothing };
        let leaflet = (kind.id == "acquaintance").then(|| {
            let route = here.to(VisitScreen::Leaflet);
            link("button wide", &route, nodes![t::leaflet()])
        });
        nodes![p_of("soft small", &kind.about), p_of("card sun", &kind.line), leaflet].into()
    });
    section("stack-s", nodes![h2(t::kind()), chip_group(t::kind(), chips), about,])
}

/// How many questions are proposed.
const PROPOSED: usize = 5;

/// Proposes questions while none were chosen by hand; another touch proposes others.
fn propose(here: Here) -> Node {
    let proposal = LocalSignal::new(Vec::<String>::new());
    let ids = here.cards();
    let kind = here.read(|visit| visit.kind.clone());
    let phases = move || here.kind(&kind.read()).map_or(&[][..], |kind| &kind.phases);
    let touched = here.read(|visit| visit.cards.iter().any(|card| card.asked || !card.note.is_empty()));
    let take = move || {
        let before = lately(here);
        let questions = &here.app.content.questions;
        let phases = untrack(phases);
        let mut chosen = propose::questions(questions, phases, &before, PROPOSED);
        if chosen.is_empty() {
            // All of them were there lately: start again.
            chosen = propose::questions(questions, phases, &[], PROPOSED);
        }
        let ids: Vec<String> = chosen.into_iter().map(|question| question.id.clone()).collect::<Vec<_>>();
        here.edit(&mut |visit| {
            visit.cards = ids.iter().map(|id| Card::new(id)).collect::<Vec<_>>();
        });
        proposal.set(ids);
    };
    live(move || {
        let words = match (ids.read().is_empty(), phases().is_empty()) {
            (_, true) => return Node::Nothing,
            (true, _) => t::propose(),
            (false, _) if !touched.get() && *ids.read() == *proposal.read() => t::propose_others(),
            _ => return Node::Nothing,
        };
        button("button wide", nodes![words], take).into()
    })
}

/// The questions of this visit and of the few before, so that no proposal comes twice in a row.
fn lately(here: Here) -> Vec<String> {
    let lately = here.with_earlier(|this, earlier| {
        let visits = earlier.iter().copied().take(3).chain([this]);
        visits.flat_map(|visit| &visit.cards).map(|card| card.question.clone()).collect::<Vec<_>>()
    });
    lately.unwrap_or_default()
}

/// From the last visit: what was agreed, the first sentence, what went well, what to do differently, and what the
/// parent aims for.
fn last_time(here: Here) -> Option<Element> {
    here.with_earlier(|_, earlier| {
        let last = earlier.first();
        let text = |label: &'static str, class: &'static str, words: &'static str, get: fn(&Visit) -> &String| {
            last.map(|visit| get(visit).trim()).filter(|text| !text.is_empty()).map(|text| {
                let text = p_of(words, text.to_owned()).attr("dir", "auto");
                div(class, nodes![p_of("eyebrow", label), text])
            })
        };
        let opener = text(t::opener(), "card sun stack-s", "says pre", |visit| &visit.opener);
        let differently = text(t::differently(), "card stack-s", "pre", |visit| &visit.differently);
        let said = |label: &'static str, lines: &[&str]| {
            (!lines.is_empty()).then(|| {
                let text = lines.iter().take(SHOWN).copied().collect::<Vec<_>>().join("\n");
                div("card wash stack-s", nodes![p_of("eyebrow", label), p_of("pre", text).attr("dir", "auto")])
            })
        };
        let well = said(t::well(), &course::gathered(earlier.get(..1).unwrap_or_default(), Gathered::Strengths));
        let horizon = said(t::horizon(), &course::gathered(earlier, Gathered::Horizon));
        let cards: Vec<Element> = visits::agreed_before(earlier)
            .into_iter()
            .map(|agreed| step_card(here.app, agreed.visit.id, agreed.visit.day, agreed.step))
            .collect::<Vec<_>>();
        let nothing = [&opener, &differently, &well, &horizon].iter().all(|part| part.is_none()) && cards.is_empty();
        if nothing {
            return None;
        }
        let title = (!cards.is_empty()).then(|| p_of("eyebrow", t::steps()));
        let steps = (!cards.is_empty()).then(|| ul("stack-s", cards));
        Some(section("stack-s", nodes![h2(t::last_time()), opener, title, steps, well, differently, horizon]))
    })
    .flatten()
}

/// How many lines of each are shown.
const SHOWN: usize = 3;
