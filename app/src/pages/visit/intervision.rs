//! A story without names, of chosen parts of a visit, to tell among peers.

use std::rc::Rc;

use naast_core::course::{self, Gathered};
use naast_core::intervision::{self, Replacements};
use naast_core::records::{Visit, answer};

use super::Here;
use crate::browser::download;
use crate::messages::intervision as t;
use crate::parts::{action, button, div, h1, h2, p, p_of, section, tick_unless};
use naast_view::{LocalSignal, Node, collect_nodes, el, live, nodes};

/// `…/intervisie`
pub(super) fn view(here: Here) -> Node {
    let app = here.app;
    let pieces = leptos::prelude::untrack(|| pieces(here));
    if pieces.is_empty() {
        let empty = t::empty();
        return div("stack", nodes![h1(t::title()), p_of("card example", empty)]).into();
    }
    let pieces = Rc::new(pieces);
    let left_out = LocalSignal::new(Vec::<usize>::new());
    let ticks = pieces.iter().enumerate().map(|(nth, (title, _))| tick_unless(title.clone(), left_out, nth));
    let ticks = collect_nodes(ticks);
    let chosen = {
        let pieces = pieces.clone();
        move || {
            let out = left_out.read();
            pieces
                .iter()
                .enumerate()
                .filter(|(nth, _)| !out.contains(nth))
                .map(|(_, piece)| piece.clone())
                .collect::<Vec<_>>()
        }
    };
    let shown = chosen.clone();
    let story = live(move || {
        let parts = shown()
            .into_iter()
            .map(|(title, text)| nodes![el("h3").child(title), p_of("pre", text).attr("dir", "auto")]);
        collect_nodes(parts)
    });
    let save = move || {
        let parts: Vec<String> = leptos::prelude::untrack(&chosen)
            .iter()
            .map(|(title, text)| format!("{title}\n{text}\n"))
            .collect::<Vec<_>>();
        if download::save_text(t::file_name(), "text/plain", &parts.join("\n")).is_err() {
            app.say(t::not_made());
        }
    };
    div(
        "stack-l",
        nodes![
            h1(t::title()),
            p(t::hint()),
            section("card", nodes![h2(t::own_question_heading()), ticks]),
            section("card sun stack-s", nodes![story]),
            p_of("soft small", t::own_question()),
            action(nodes![button("button main", nodes![t::save()], save)]),
        ],
    )
    .into()
}

/// Title and text of every part that is there, without names.
fn pieces(here: Here) -> Vec<(String, String)> {
    let family = here.app.session.family_untracked(here.family);
    let nickname = family.map(|family| family.nickname).unwrap_or_default();
    let mut titles = Vec::new();
    let mut stripped = Vec::new();
    here.app.session.with_visits(|all| {
        let visits = naast_core::visits::of_family(all, here.family);
        let known: Vec<&str> = course::gathered(&visits, Gathered::Network);
        let Some(visit) = visits.iter().find(|visit| visit.id == here.id) else { return };
        let texts: Vec<&str> = of_visit(here, visit)
            .into_iter()
            .map(|(title, text)| {
                titles.push(title.to_owned());
                text
            })
            .collect::<Vec<_>>();
        stripped = intervision::without_names(&texts, &nickname, &known, &replacements());
    });
    titles.into_iter().zip(stripped).collect::<Vec<_>>()
}

fn of_visit(here: Here, visit: &Visit) -> Vec<(&'static str, &str)> {
    let mut pieces = vec![
        (t::intended(), visit.intention.as_str()),
        (t::seen(), &visit.seen_heard),
        (t::said(), &visit.said),
        (t::thought(), &visit.thoughts),
        (t::differently(), &visit.differently),
    ];
    for asks in &here.app.content.reflections {
        pieces.push((&asks.text, answer(&visit.answers, &asks.id)));
    }
    pieces.retain(|(_, text)| !text.trim().is_empty());
    pieces
}

fn replacements() -> Replacements {
    Replacements {
        family: t::family(),
        family_at_start: t::family_at_start(),
        name: t::name(),
        left_out: t::left_out(),
    }
}
