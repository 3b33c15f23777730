//! Gezinnen: the families, and the visits and agreements of each.

use naast_core::records::{Concern, Family, FamilyId, Record, Step, Visit, VisitId, Went};
use naast_core::route::{Route, VisitScreen};
use naast_core::time::Day;
use naast_core::visits;

use crate::browser::{clock, history};
use crate::messages::families as t;
use crate::parts::{
    Icon, action, br, button, chip_group, chips_of, div, folded, h1, h2, icon, li, link, link_row, p, p_of, section,
    shown_when, span, strong, two_chairs, ul,
};
use crate::state::App;
use naast_view::LocalSignal;
use naast_view::nodes;
use naast_view::{Element, Node, el, live};

/// `#/gezinnen` and, with `archived`, `#/gezinnen/archief`
pub fn families(app: App, archived: bool) -> Node {
    let add = link("button main", &Route::NewFamily, nodes![icon(Icon::Plus), t::add()]);
    div(
        "stack",
        nodes![
            h1(if archived { t::archive() } else { t::title() }),
            live(move || super::more_data::room_notice(app)),
            live(move || super::more_data::unreadable_notice(app)),
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
        None => super::not_found(),
        Some(family) => {
            let visits = visits_of(app, id);
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
                    super::farewell::proposal(app, &please, &visits),
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

/// What the parent asks to do, and never to do.
pub fn please_card(family: &Family) -> Option<Element> {
    let (please, never) = (family.please_do.trim(), family.please_never.trim());
    if please.is_empty() && never.is_empty() {
        return None;
    }
    let line = |label: &'static str, text: &str| {
        (!text.is_empty()).then(|| nodes![p_of("eyebrow", label), p_of("pre", text.to_owned()).attr("dir", "auto")])
    };
    let (please, never) = (line(t::please_do(), please), line(t::please_never(), never));
    Some(div("card wash stack-s", nodes![h2(t::asks()), please, never]))
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

/// The visits of a family, newest first.
pub(super) fn visits_of(app: App, id: FamilyId) -> Vec<Visit> {
    app.session.with_visits(|all| visits::of_family(all, id).into_iter().cloned().collect::<Vec<_>>())
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

/// A step that was agreed in `visit`, on `day`, and how it went, as a choice.
pub fn step_card(app: App, visit: VisitId, day: Day, step: &Step) -> Element {
    let id = step.id;
    let who_when = match (step.who.trim(), step.when.trim()) {
        (who, "") => who.to_owned(),
        ("", when) => when.to_owned(),
        (who, when) => format!("{who} · {when}"),
    };
    let went = move || app.session.with_visit(visit, |visit| visit.step(id).map(|step| step.went)).flatten();
    let answer = move |went: Option<Went>| {
        super::visit::edit(app, visit, &mut |visit| {
            if let Some(step) = visit.step_mut(id) {
                step.went = went.unwrap_or_default();
            }
        });
    };
    let not_yet = move || went() == Some(Went::NotYet);
    let answers = chips_of(&Went::ANSWERS, went, answer);
    li(nodes![
        p(strong(step.what.clone())).attr("dir", "auto"),
        (!who_when.is_empty()).then(|| p_of("soft small", who_when).attr("dir", "auto")),
        p_of("soft small", t::agreed_on(&clock::day_in_words(day))),
        chip_group(t::how_did_it_go(), answers),
        shown_when(not_yet, move || folded(t::meanings(), nodes![super::visit::meanings(app)]).into()),
    ])
    .class("card stack-s")
}
