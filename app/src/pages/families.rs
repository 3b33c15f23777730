//! Gezinnen: the families, and the visits and agreements of each.

use naast_core::records::{Concern, Family, FamilyId, Record, Visit, VisitId, Went};
use naast_core::route::{Route, VisitScreen};
use naast_core::visits;

use crate::browser::{clock, history};
use crate::messages::families as t;
use crate::parts::{
    Icon, action, br, button, clearing_card, div, folded, h1, h2, icon, link, link_row, not_found, p, p_of,
    please_card, room_notice, section, span, step_card, two_chairs, ul, unreadable_notice,
};
use crate::state::App;
use naast_view::{Element, LocalSignal, Node, el, live, nodes};

/// `#/gezinnen` and, with `archived`, `#/gezinnen/archief`
pub fn families(app: App, archived: bool) -> Node {
    let add = link("button main", &Route::NewFamily, nodes![icon(Icon::Plus), t::add()]);
    div(
        "stack",
        nodes![
            h1(if archived { t::archive() } else { t::title() }),
            live(move || room_notice(app)),
            live(move || unreadable_notice(app)),
            live(move || list(app, archived)),
            (!archived).then(|| action(nodes![add])),
        ],
    )
    .into()
}

/// The families of the list or of the archive, by name.
fn list(app: App, archived: bool) -> Vec<Node> {
    let (shown, others): (Vec<_>, Vec<_>) =
        app.session.families().into_iter().partition(|family| family.archived.is_some() == archived);
    let others = others.len();
    let today = clock::today();
    let row = |family: Family, all: &[&Visit]| {
        let held = all.iter().filter(|visit| visit.family == family.id && visit.day <= today);
        let last = held.map(|visit| visit.day).max();
        let line = last.map_or_else(String::new, |day| t::last_visit(&clock::day_short(day)));
        link_row(&Route::Family(family.id), Some(family.symbol.into()), family.nickname, line)
    };
    let find = || link("button wide", &Route::Find, nodes![icon(Icon::Search), t::find()]);
    let some = !shown.is_empty() && !archived;
    let list = match (shown.is_empty(), archived) {
        (false, _) => app.session.with_visits(|all| ul("list", shown.into_iter().map(|family| row(family, all)))),
        (true, true) => p_of("soft", t::archive_empty()),
        (true, false) => nobody_yet(),
    };
    let archive = || link("button wide", &Route::Archive, nodes![icon(Icon::Box), t::archive_count(&others)]);
    nodes![list, some.then(find), (others > 0 && !archived).then(archive)]
}

fn nobody_yet() -> Element {
    let example = nodes![
        span("badge", icon(Icon::Bird)),
        el("span").children(nodes![t::example_name(), br(), span("small", t::example_visit())]),
    ];
    div("stack", nodes![two_chairs(), p(t::empty()), div("card example row", example).attr("aria-hidden", "true"),])
}

/// `#/gezinnen/<family>`
pub fn family_page(app: App, id: FamilyId) -> Node {
    let begun = LocalSignal::new(false);
    let begin = move || {
        // A second tap before the page has changed creates no second visit.
        if !begun.get_untracked() {
            begun.set(true);
            let visit = Visit::new(VisitId(app.session.fresh_id()), id, clock::today(), clock::now());
            let route = Route::Visit(id, visit.id, VisitScreen::Prepare);
            app.session.put(Record::Visit(visit));
            history::go(&route);
        }
    };
    live(move || match app.session.family(id) {
        None => not_found(),
        Some(family) => {
            let visits = app.session.visits_of(id);
            let please = family.clone();
            let said = family.farewell.map_or_else(String::new, |day| t::farewell_on(&clock::day_short(day)));
            let over_time = [
                link_row(&Route::Course(id), Some(Icon::Signpost), t::course(), ""),
                link_row(&Route::Farewell(id), Some(Icon::Wind), t::farewell(), said),
            ];
            let header = nodes![
                span("badge", icon(family.symbol.into())),
                div(
                    "grow",
                    nodes![
                        h1(family.nickname).attr("dir", "auto"),
                        p_of("soft small", t::since(&clock::day_in_words(family.since))),
                    ],
                ),
            ];
            div(
                "stack-l",
                nodes![
                    el("header").class("row").children(header),
                    clearing_card(app, &please, &visits),
                    please_card(&please),
                    concerns(app, id),
                    agreements(app, &visits),
                    section("stack-s", nodes![h2(t::visits()), visit_list(id, &visits)]),
                    ul("list", over_time),
                    to_change(app, id, family.archived.is_some()),
                    action(nodes![button("button main", nodes![t::new_visit()], begin)]),
                ],
            )
            .into()
        }
    })
}

/// Concerns about this family, the open ones first.
fn concerns(app: App, id: FamilyId) -> Option<Element> {
    let mut all = app.session.concerns_of(id);
    all.retain(|concern| !concern.is_blank());
    let row = |concern: Concern| {
        let state = if concern.closed.is_some() { t::concern_closed() } else { t::concern_open() };
        let day = clock::day_in_words(clock::day_of(concern.created));
        link_row(&Route::Concern(id, concern.id), None, t::concern_of(&day), state)
    };
    (!all.is_empty()).then(|| section("stack-s", nodes![h2(t::concerns()), ul("list", all.into_iter().map(row))]))
}

/// Actions that change the family itself.
fn to_change(app: App, id: FamilyId, rests: bool) -> Element {
    let (words, after) = if rests { (t::unarchive(), t::unarchived()) } else { (t::to_archive(), t::archived()) };
    let archive = move || {
        app.session.edit_family(id, |family| family.archived = (!rests).then(clock::today));
        app.say(after);
    };
    div(
        "stack-s",
        nodes![
            link("button wide", &Route::EditFamily(id), nodes![icon(Icon::Pencil), t::edit()]),
            button("button wide", nodes![icon(Icon::Box), words], archive),
            link("button wide care", &Route::DeleteFamily(id), nodes![icon(Icon::Bin), t::delete()]),
        ],
    )
}

fn visit_list(id: FamilyId, visits: &[Visit]) -> Element {
    if visits.is_empty() {
        return p_of("card example", t::no_visits());
    }
    let today = clock::today();
    let row = |visit: &Visit| {
        let screen = visits::goes_on_at(visit, today);
        link_row(&Route::Visit(id, visit.id, screen), None, clock::day_in_words(visit.day), first_words(visit))
    };
    ul("list", visits.iter().map(row))
}

/// The first words of a visit, to recognise it by.
fn first_words(visit: &Visit) -> String {
    let texts = [&visit.intention, &visit.seen_heard, &visit.quick_note, &visit.thoughts];
    let text = texts.into_iter().map(|t| t.trim()).find(|t| !t.is_empty()).unwrap_or_default();
    let mut words: String = text.chars().take(60).collect();
    if words.len() < text.len() {
        words.push('…');
    }
    words
}

/// Steps that were agreed and how they went.
fn agreements(app: App, visits: &[Visit]) -> Option<Element> {
    let (mut open, mut talked) = (Vec::new(), Vec::new());
    for visit in visits {
        for step in visit.written_steps() {
            let card = step_card(app, visit.id, visit.day, step);
            if step.went == Went::Open { open.push(card) } else { talked.push(card) }
        }
    }
    if open.is_empty() && talked.is_empty() {
        return None;
    }
    let before = (!talked.is_empty()).then(|| folded(t::earlier_steps(), nodes![ul("stack-s", talked)]));
    Some(section("stack-s", nodes![h2(t::steps()), ul("stack-s", open), before]))
}
