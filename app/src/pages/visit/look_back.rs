//! Terugkijken: how the parents left the talk, the worker's own part, a first sentence for next time, small steps,
//! notes.

use naast_core::content::{AroundVisit, Check, Outcome, Sign};
use naast_core::fold::holds;
use naast_core::hints::hints;
use naast_core::records::{Helper, Id, Idea, Step, StepId, mark, set_mark};
use naast_core::route::{Route, VisitScreen};
use naast_core::suggest;

use super::{Here, part};
use crate::labels::Label;
use crate::messages::look_back as t;
use crate::parts::{
    Icon, Line, action, button, chip, chip_group, chips_of, div, folded, h2, icon, labelled_chips, li, link, marks,
    meanings, p, p_of, scale_between, section, shown_when, span, status, text_line, tick, ul,
};
use naast_view::{Element, Memo, Node, collect_nodes, el, live, nodes};

pub(super) fn view(here: Here) -> Element {
    let (mut chips, mut parts) = (Vec::new(), Vec::new());
    let checks = here.read(|visit| visit.checks.clone());
    for outcome in &here.app.content.outcomes {
        let chosen = here.read(|visit| visit.outcomes.contains(&outcome.id));
        let choose = move || here.edit(&mut |visit| toggle(&mut visit.outcomes, &outcome.id));
        chips.push(chip(&outcome.title, move || chosen.get(), choose).into());
        parts.push(shown_when(move || chosen.get(), move || part_of(here, outcome, checks).into()));
    }
    let question = t::outcomes();
    let how = nodes![h2(question), p_of("soft small", t::outcomes_hint()), chip_group(question, chips),];
    let delete = nodes![icon(Icon::Bin), t::delete()];
    div(
        "stack-l",
        nodes![
            section("stack-s", how),
            Node::from(parts),
            here.text_area(t::differently(), "", t::differently_example(), part!(differently),),
            here.text_area(t::opener(), t::opener_hint(), t::opener_example(), part!(opener),),
            openers(here),
            steps(here),
            notes(here),
            folded(t::signs(), nodes![continuum(here)]),
            folded(t::for_yourself(), nodes![div("stack", here.reflections(AroundVisit::After))]),
            link("button wide", &here.to(VisitScreen::Intervision), nodes![icon(Icon::Beside), t::intervision()]),
            link("button wide care", &here.to(VisitScreen::Delete), delete),
            action(nodes![super::put_away(here, t::done())]),
        ],
    )
}

fn notes(here: Here) -> Element {
    let how = nodes![t::as_if_read(), " ", el("a").attr("href", Route::Facts.to_string()).child(t::what_to_note()),];
    section(
        "stack",
        nodes![
            h2(t::notes()),
            p_of("soft small", how),
            here.text_area(t::seen(), t::seen_hint(), t::seen_example(), part!(seen_heard),),
            here.text_area(t::said(), t::said_hint(), t::said_example(), part!(said),),
            here.text_area(t::thought(), t::thought_hint(), t::thought_example(), part!(thoughts),),
            belongs_elsewhere(here),
        ],
    )
}

/// A gentle hint where a note seems to hold something that identifies people. It forbids nothing.
fn belongs_elsewhere(here: Here) -> Element {
    let found = here.read(|visit| {
        let texts = [&visit.seen_heard, &visit.said, &visit.thoughts, &visit.quick_note];
        texts.into_iter().flat_map(|text| hints(text)).map(|hint| hint.label()).collect::<Vec<_>>()
    });
    let hint = live(move || {
        let found = found.read();
        let (first, rest) = found.split_first()?;
        let more = rest.iter().any(|word| word != first);
        Some(p_of("card sun small", if more { t::identifying_more(first) } else { t::identifying(first) }))
    });
    status("", nodes![hint])
}

/// Seven signs, with both ends in words, without sum or mark.
fn continuum(here: Here) -> Element {
    let line = |sign: &'static Sign| {
        let value = here.read(|visit| mark(&visit.signs, &sign.id));
        let choose = move |value| here.edit(&mut |visit| set_mark(&mut visit.signs, &sign.id, value));
        Node::from(scale_between(&sign.reductionist, &sign.democratic, move || value.get(), choose))
    };
    let lines: Vec<Node> = collect_nodes(here.app.content.signs.iter().map(line));
    let about = p_of("soft small", t::signs_hint());
    div("stack-l", nodes![about, Node::from(lines)])
}

/// Adds an id to a list, or removes it.
fn toggle(list: &mut Vec<String>, id: &str) {
    match list.iter().position(|known| known == id) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(id.to_owned()),
    }
}

/// What belongs to a chosen outcome: its signals, for a no what it may mean, and the worker's own part.
fn part_of(here: Here, outcome: &'static Outcome, ticked: Memo<Vec<String>>) -> Element {
    let row = |check: &'static Check| {
        let change = move || here.edit(&mut |visit| toggle(&mut visit.checks, &check.id));
        li(nodes![tick(&check.text, move || ticked.read().contains(&check.id), change)])
    };
    let a_no = matches!(outcome.id.as_str(), "not-taking-part" | "no-trust");
    section(
        "card stack",
        nodes![
            h2(&outcome.title),
            p_of("soft", &outcome.signals),
            a_no.then(|| folded(t::meanings(), nodes![meanings(here.app)])),
            p(&outcome.invitation),
            ul("", here.app.content.checks.iter().filter(|check| check.outcome == outcome.id).map(row)),
        ],
    )
}

/// First sentences that fit what was and was not ticked; a touch adds one to the text.
fn openers(here: Here) -> Node {
    let content = here.app.content;
    let fitting =
        here.read(|visit| suggest::telling_checks(content, visit).map(|check| check.id.clone()).collect::<Vec<_>>());
    let address = here.app.settings.read_untracked().address;
    let row = move |text: &'static str| {
        let words = nodes![t::take_opener(), span("visually-hidden", nodes![": ", text])];
        let take = move || here.edit(&mut |visit| add_line(&mut visit.opener, text));
        li(nodes![p_of("says", text), button("button", words, take)]).class("card stack-s")
    };
    live(move || {
        let fitting = fitting.read();
        let checks = content.checks.iter().filter(|check| fitting.contains(&check.id));
        let rows: Vec<Element> = checks.map(|check| row(check.opener.in_form(address))).collect::<Vec<_>>();
        (!rows.is_empty()).then(|| folded(t::openers(), nodes![ul("stack-s", rows)]))
    })
}

/// Adds a line to a text, once.
fn add_line(text: &mut String, line: &str) {
    if holds(text, line) {
        return;
    }
    if !text.trim().is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// Small steps that were agreed: what, who, when.
fn steps(here: Here) -> Element {
    // Typing in a step does not render the list anew, so the field keeps the focus.
    let ids = here.read(|visit| visit.steps.iter().map(|step| step.id.to_string()).collect::<Vec<_>>());
    let fields = live(move || {
        let ids = ids.read();
        ids.iter().filter_map(|id| Id::parse(id)).map(|id| step_fields(here, StepId(id))).collect::<Node>()
    });
    let add = move || {
        let id = StepId(here.app.session.fresh_id());
        here.edit(&mut |visit| {
            // An empty step that is there already is enough.
            if visit.steps.last().is_none_or(|step| !step.what.trim().is_empty()) {
                visit.steps.push(Step::new(id));
            }
        });
    };
    section(
        "stack",
        nodes![
            h2(t::steps()),
            p_of("soft small", t::steps_hint()),
            fields,
            button("button wide", nodes![icon(Icon::Plus), t::add_step()], add),
        ],
    )
}

/// More about a step: whose idea, who helps, how sure the parent is.
fn around_step(here: Here, id: StepId) -> Element {
    let edit =
        move |change: &dyn Fn(&mut Step)| here.edit(&mut |visit| visit.step_mut(id).into_iter().for_each(change));
    let idea = here.read(move |visit| visit.step(id).and_then(|step| step.idea));
    let helper = here.read(move |visit| visit.step(id).and_then(|step| step.helper));
    let sure = here.read(move |visit| visit.step(id).and_then(|step| step.sure));
    let ideas = chips_of(&Idea::ALL, move || idea.get(), move |value| edit(&|s| s.idea = value));
    let helpers = chips_of(&Helper::ALL, move || helper.get(), move |value| edit(&|s| s.helper = value));
    let sures = marks(move || sure.get(), move |value| edit(&|s| s.sure = value));
    let smaller = || p_of("card sun small", t::not_sure()).into();
    folded(
        t::step_details(),
        nodes![div(
            "stack",
            nodes![
                labelled_chips(t::whose_idea(), ideas),
                labelled_chips(t::who_helps(), helpers),
                labelled_chips(t::how_sure(), sures),
                shown_when(move || sure.get().is_some_and(|sure| sure < SURE_ENOUGH), smaller),
            ],
        )],
    )
}

/// From this mark on a parent is sure enough to begin.
const SURE_ENOUGH: u8 = 7;

fn step_fields(here: Here, id: StepId) -> Element {
    let line = |label: &'static str, get: fn(&Step) -> &String, get_mut: fn(&mut Step) -> &mut String| {
        let value = here.read(move |visit| visit.step(id).map(|step| get(step).clone()).unwrap_or_default());
        let input = move |text: String| {
            here.edit(&mut |visit| {
                if let Some(step) = visit.step_mut(id) {
                    get_mut(step).clone_from(&text);
                }
            });
        };
        text_line(label, "", Line::Text, move || value.get(), input)
    };
    let remove = move || here.edit(&mut |visit| visit.steps.retain(|step| step.id != id));
    div(
        "card stack-s",
        nodes![
            line(t::what(), |step| &step.what, |step| &mut step.what),
            line(t::who(), |step| &step.who, |step| &mut step.who),
            line(t::when(), |step| &step.when, |step| &mut step.when),
            around_step(here, id),
            button("button plain", nodes![t::delete_step()], remove),
        ],
    )
}
