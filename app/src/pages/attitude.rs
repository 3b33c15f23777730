//! Houding: all principles on one screen, and each on its own page.

use leptos::prelude::untrack;
use naast_core::content::{Group, Principle};
use naast_core::route::{MorePage, Route};

use crate::messages::attitude as t;
use crate::parts::{
    Icon, div, eyebrow_h2, h1, h2, icon, li, link, link_row, not_found, p_of, paragraphs, question_row, section,
    strong, ul,
};
use crate::state::App;
use naast_view::{Element, Node, collect_nodes, el, nodes};

fn drawing(group: &Group) -> Icon {
    match group.id.as_str() {
        "strengths" => Icon::Sun,
        "parents-first" => Icon::Note,
        "their-way" => Icon::Signpost,
        "power" => Icon::Scales,
        "long-breath" => Icon::Wind,
        _ => Icon::Beside,
    }
}

/// `#/houding`
pub fn attitude(app: App) -> Node {
    let tile = |group: &'static Group| {
        let words = nodes![icon(drawing(group)), strong(&group.title)];
        Node::from(link("card tile", &Route::Principle(group.id.clone()), words))
    };
    let tiles = collect_nodes(app.content.groups.iter().map(tile));
    div(
        "stack",
        nodes![
            h1(t::title()),
            div("soft stack-s", nodes![paragraphs(&app.content.texts.attitude)]),
            el("nav").class("tiles").attr("aria-label", t::groups()).children(tiles),
        ],
    )
    .into()
}

/// `#/houding/<id>`: a principle, or a group of them.
pub fn attitude_part(app: App, id: &str) -> Node {
    if let Some(principle) = app.content.principles.iter().find(|p| p.id == id) {
        principle_page(app, principle).into()
    } else if let Some(group) = app.content.groups.iter().find(|g| g.id == id) {
        group_page(app, group).into()
    } else {
        not_found()
    }
}

fn group_page(app: App, group: &'static Group) -> Element {
    let principles = app.content.principles.iter().filter(|p| p.group == group.id);
    let rows = principles.map(|p| link_row(&Route::Principle(p.id.clone()), None, &p.title, &p.essence));
    div("stack", nodes![h1(&group.title), p_of("soft", &group.essence), ul("list", rows)])
}

fn principle_page(app: App, principle: &'static Principle) -> Element {
    let content = app.content;
    let group = content.groups.iter().find(|g| g.id == principle.group);
    let group = group.map(|g| p_of("eyebrow", link("", &Route::Principle(g.id.clone()), nodes![&g.title])));
    let sources = content.sources.iter().filter(|s| principle.sources.contains(&s.id));
    let sources =
        sources.map(|s| li(nodes![link("", &Route::MorePage(MorePage::Sources), nodes![&s.author, ", ", &s.title])]));
    let mut after = content.principles.iter().skip_while(|p| p.id != principle.id).skip(1);
    let next = after.find(|p| p.group == principle.group).map(|p| {
        let words = nodes![t::next(&p.title), icon(Icon::Forward)];
        link("button wide", &Route::Principle(p.id.clone()), words)
    });
    // Rendered once: if a touched heart rendered the list anew, the focus would be lost.
    let questions = untrack(|| {
        let of_it = content.questions.iter().filter(|q| q.principles.contains(&principle.id) && app.may_see(q));
        ul("list", of_it.map(|q| question_row(app, q)))
    });
    let part = |class, title, texts| section(class, nodes![h2(title), paragraphs(texts)]);
    let head = nodes![group, h1(&principle.title), p_of("says", &principle.essence)];
    el("article").class("stack-l").children(nodes![
        el("header").class("stack-s").children(head),
        section("stack-s", nodes![paragraphs(&principle.meaning)]),
        part("stack-s", t::why(), &principle.why),
        part("card sun stack-s", t::example(), &principle.example),
        part("stack-s", t::obstacle(), &principle.obstacle),
        section("card wash stack-s", nodes![h2(t::self_question()), p_of("says", &principle.self_question)]),
        section("stack-s", nodes![h2(t::questions()), questions]),
        section("stack-s small soft", nodes![eyebrow_h2(t::sources()), ul("stack-s", sources)]),
        next,
    ])
}
