//! Vragen: search, filters, favourites, cards, own questions.

use leptos::prelude::untrack;
use naast_core::bank::OWN_PREFIX;
use naast_core::content::{About, Audience, Phase, Question, Tone};
use naast_core::records::OwnQuestionId;
use naast_core::route::Route;

use super::cards::{follow_ups, in_large};
use crate::labels::Label;
use crate::messages::questions as t;
use crate::parts::{
    Icon, br, button, chip, chip_group, chips_of, div, favourite, h2, hidden_h1, icon, icon_button, labelled_chips,
    link, long_list, p, p_of, question_row, section, sheet, shown_when, span, status, strong,
};
use crate::state::{App, Looking};
use naast_view::nodes;
use naast_view::{Element, Node, collect_nodes, el, live};
use naast_view::{GlobalSignal, LocalSignal, memo};

/// The ids of all questions that a search and its filters let through.
pub(super) fn found(app: App, looking: GlobalSignal<Looking>) -> Vec<String> {
    let (looking, settings) = (looking.read(), app.settings.read());
    app.bank()
        .search(&looking.query, looking.filter, &settings.favourites)
        .iter()
        .map(|q| q.id.clone())
        .collect::<Vec<_>>()
}

/// Those of them that are ordinary cards for this worker; the others follow after a talk with the coordinator.
pub(super) fn ordinary(app: App, ids: &[String]) -> Vec<String> {
    let bank = app.bank();
    ids.iter().filter(|id| bank.get(id).is_some_and(|q| app.may_see(q))).cloned().collect::<Vec<_>>()
}

/// How many questions are shown before the user asks for all.
const AT_FIRST: usize = 24;

/// `#/vragen`
pub fn questions(app: App) -> Node {
    let filter_open = LocalSignal::new(false);
    let all = memo(move || found(app, app.looking));
    let seen = memo(move || ordinary(app, &all.read()));
    let count = move || t::count(seen.read().len());
    let found = move || if seen.read().is_empty() { t::nothing_found().to_owned() } else { count() };
    let first = memo(move || seen.read().first().cloned());
    let as_cards = move || {
        let first = first.get()?;
        Some(link("button plain", &Route::Cards(Some(first)), nodes![icon(Icon::Cards), t::as_cards()]))
    };
    // Equal lists do not notify: typing another letter may change nothing.
    let shown = memo(move || {
        let most = if app.looking.read().whole { usize::MAX } else { AT_FIRST };
        seen.read().iter().take(most).cloned().collect::<Vec<_>>()
    });
    let list = move || {
        let bank = app.bank();
        // All at once, so that going back to a list finds it where it was left.
        long_list(true, move || shown.get(), move |id| bank.get(id).map(|question| question_row(app, question)))
    };
    let rest = move || button("button wide", nodes![t::show_all()], move || app.looking.write().whole = true).into();
    let show = button("button main", nodes![live(move || t::show(&count()))], move || {
        filter_open.set(false);
    });
    div(
        "stack",
        nodes![
            hidden_h1(t::title()),
            search_field(app.looking),
            moments(app.looking, filter_button(app, filter_open)),
            div("row apart", nodes![status("soft small", nodes![live(found)]), live(as_cards)]),
            shown_when(move || seen.read().is_empty(), move || nothing_found(app).into()),
            live(list),
            shown_when(move || shown.read().len() < seen.read().len(), rest),
            shown_when(move || all.read().len() > seen.read().len(), worry_card),
            link("button wide", &Route::NewQuestion, nodes![icon(Icon::Plus), t::write_own()]),
            sheet(app, t::which(), filter_open, nodes![filters(app), show]),
        ],
    )
    .into()
}

fn worry_card() -> Node {
    let line = span("soft", t::worry_hint());
    link("card", &Route::Worried, nodes![strong(t::worry()), br(), line]).into()
}

/// The button that opens the other filters.
fn filter_button(app: App, filter_open: LocalSignal<bool>) -> Node {
    let filter = memo(move || app.looking.read().filter);
    let label = move || {
        let filter = filter.get();
        match usize::from(filter.about.is_some()) + usize::from(filter.tone.is_some()) {
            0 => t::filter().to_owned(),
            n => t::filters(&n),
        }
    };
    button("chip", nodes![icon(Icon::Filter), live(label)], move || filter_open.set(true)).into()
}

/// The row that scrolls sideways: a first chip, favourites, the phases.
pub(super) fn moments(looking: GlobalSignal<Looking>, first: Node) -> Element {
    // Shared by all chips, which do not depend on the query.
    let filter = memo(move || looking.read().filter);
    let favourites = chip(
        t::favourites(),
        move || filter.get().favourites_only,
        move || {
            let filter = &mut looking.write().filter;
            filter.favourites_only = !filter.favourites_only;
        },
    );
    let phases = chips_of(&Phase::ALL, move || filter.get().phase, move |phase| looking.write().filter.phase = phase);
    chip_group(t::moment(), nodes![first, favourites, phases]).class("chips scroll")
}

/// The search field.
pub(super) fn search_field(looking: GlobalSignal<Looking>) -> Element {
    search_line(
        t::find(),
        t::find_example(),
        move || looking.read().query.clone(),
        move |text| {
            let mut looking = looking.write();
            looking.query = text;
            looking.whole = false;
        },
    )
}

/// A search field with a button that clears it.
pub(super) fn search_line(
    label: &'static str,
    example: &'static str,
    query: impl Fn() -> String + Copy + 'static,
    set: impl Fn(String) + Copy + 'static,
) -> Element {
    let input = el("input")
        .class("input")
        .attr("type", "search")
        .attr("enterkeyhint", "search")
        .attr("autocomplete", "off")
        .attr("aria-label", label)
        .attr("placeholder", example)
        .live_value(query)
        .on_input(set);
    let clear = move || icon_button(t::clear_query(), Icon::Close, move || set(String::new())).into();
    let typed = move || !query().is_empty();
    div("search", nodes![icon(Icon::Search), input, shown_when(typed, clear)]).attr("role", "search")
}

fn filters(app: App) -> Element {
    let filter = memo(move || app.looking.read().filter);
    let abouts =
        chips_of(&About::ALL, move || filter.get().about, move |about| app.looking.write().filter.about = about);
    let tones = chips_of(&Tone::ALL, move || filter.get().tone, move |tone| app.looking.write().filter.tone = tone);
    div("stack", nodes![labelled_chips(t::about(), abouts), labelled_chips(t::tone(), tones)])
}

fn nothing_found(app: App) -> Element {
    let why = move || {
        let looking = app.looking.read();
        if looking.filter.favourites_only && looking.query.is_empty() { t::no_favourites() } else { t::try_other() }
    };
    let all = button("button", nodes![t::show_every()], move || app.looking.set(Looking::default()));
    div("card example stack-s", nodes![p(live(why)), all])
}

/// `#/vragen/<id>`
pub fn question_page(app: App, id: String) -> Node {
    live(move || {
        let bank = app.bank();
        let Some(question) = bank.get(&id) else { return super::not_found() };
        // The settings do not render the page anew, so that a touched heart stays where it is.
        let body = untrack(|| {
            if app.may_see(question) {
                question_body(app, question)
            } else {
                super::help::coordinator_first(app, Some(question.clone()))
            }
        });
        let own = OwnQuestionId::from_question_id(&id);
        let change =
            own.map(|own| link("button", &Route::EditQuestion(own), nodes![icon(Icon::Pencil), t::edit_own()]));
        el("article").class("stack-l").children(nodes![hidden_h1(t::question()), body, change]).into()
    })
}

/// The question in large type, when it helps, its follow-ups, and what it belongs to.
pub fn question_body(app: App, question: &Question) -> Node {
    let address = app.settings.read_untracked().address;
    let own = question.id.starts_with(OWN_PREFIX);
    let tags = nodes![question.phase.label(), " · ", question.about.label(), own.then(|| nodes![" · ", t::own()])];
    let more = follow_ups(&question.follow_ups, address);
    let more = (!more.is_empty()).then(|| section("stack-s", nodes![h2(t::follow_ups()), Node::from(more)]));
    let principles = app.content.principles.iter().filter(|p| question.principles.contains(&p.id));
    let chip = |p: &'static naast_core::content::Principle| {
        Node::from(link("chip", &Route::Principle(p.id.clone()), nodes![&p.title]))
    };
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
            guarded.then(|| super::help::meldcode_with(app)),
            link("button wide", &as_card, nodes![icon(Icon::Cards), t::as_card()]),
        ],
    )
    .into()
}
