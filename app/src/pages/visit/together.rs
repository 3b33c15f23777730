//! Tools to use together at the table, turning the phone to the parent, and the words to introduce oneself with.

use naast_core::content::{Ask, AskKind, Face, Tool};
use naast_core::parent::{COPY, PLEASE, READ, STEP, Word, readable};
use naast_core::records::{ToolUse, answer, mark, set_answer, set_mark};
use naast_core::route::{Route, VisitScreen};

use super::{Here, used};
use crate::browser::{parent_texts, task};
use crate::messages::together as t;
use crate::parts::{
    Icon, Line, action, br, button, chip, chip_group, chips_of, div, folded, h1, h2, icon, labelled_chips, link,
    link_row, marks, not_found, p, p_of, save_line, section, shown_when, span, strong, text_area, text_line,
    tick_unless, ul,
};
use crate::state::{LANGUAGES, ToTurn, Together};
use naast_view::{Element, LocalSignal, Node, collect_nodes, el, nodes};

/// From two options on there is something to choose.
const CHOICES: &str = "choices-all";

/// The tools; those used in this visit are marked.
pub(super) fn tools(here: Here) -> Element {
    let row = |tool: &'static Tool| {
        let used = here.read(|visit| used(visit, tool).is_some_and(|used| !is_empty(used)));
        let mark = shown_when(move || used.get(), || p_of("tag", t::filled_in()).into());
        link_row(&here.to(VisitScreen::Tool(tool.id.clone())), None, &tool.title, "").child(mark)
    };
    folded(t::title(), nodes![ul("list", here.app.content.tools.iter().map(row).collect::<Vec<_>>())])
}

/// `…/samen/<tool>`
pub(super) fn tool(here: Here, id: &str) -> Node {
    let Some(tool) = here.app.content.tools.iter().find(|tool| tool.id == id) else {
        return not_found();
    };
    div(
        "stack-l",
        nodes![
            here.heading(&tool.title),
            p_of("soft", &tool.why),
            tool.turn.then(|| turn(here, Together::Tool(tool))),
            form(here, tool),
            action(nodes![link("button main", &here.to(VisitScreen::Hold), nodes![t::to_visit()])]),
        ],
    )
    .into()
}

/// Turning the phone to the parent, in a language of their choice.
fn turn(here: Here, together: Together) -> Element {
    let app = here.app;
    let language = app.language;
    let names = LANGUAGES.iter().enumerate().map(|(at, known)| {
        chip(known.name, move || language.get() == at, move || language.set(at)).attr("lang", known.tag)
    });
    let unread = move || LANGUAGES.get(language.get()).is_some_and(|known| !known.reviewed);
    let hidden = LocalSignal::new(vec![Word::Seen]);
    let reads = matches!(together, Together::Tool(tool) if tool.id == READ);
    let parts = reads.then(|| parts_to_read(here, hidden));
    let press = move || {
        let shown = if reads { chosen_parts(here, hidden) } else { Vec::new() };
        if reads && shown.is_empty() {
            return app.say(t::choose_to_read());
        }
        let tag = LANGUAGES.get(language.get_untracked()).map_or(LANGUAGES[0].tag, |known| known.tag);
        task::spawn(async move {
            match (parent_texts::fetch(tag).await, parent_texts::fetch(LANGUAGES[0].tag).await) {
                (Some(texts), Some(dutch)) => {
                    let back = here.to(match together {
                        Together::Tool(tool) => VisitScreen::Tool(tool.id.clone()),
                        Together::Introduction => VisitScreen::Leaflet,
                    });
                    app.turn(ToTurn { together, visit: here.id, back, shown }, texts, dutch);
                }
                _ => app.say(t::no_texts()),
            }
        });
    };
    section(
        "card stack-s",
        nodes![
            h2(t::turn_title()),
            p(t::turn_hint()),
            parts,
            labelled_chips(t::language(), collect_nodes(names)),
            shown_when(unread, || p_of("soft small", t::not_reviewed()).into()),
            button("button wide", nodes![icon(Icon::Beside), t::turn()], press),
        ],
    )
}

/// Which parts of the notes the parent reads along; `hidden` are those that are not ticked.
fn parts_to_read(here: Here, hidden: LocalSignal<Vec<Word>>) -> Node {
    let all = here.app.session.with_visit_untracked(here.id, readable).unwrap_or_default();
    if all.is_empty() {
        return p_of("soft", t::nothing_to_read()).into();
    }
    let part = |(word, text): (Word, String)| {
        let label = match word {
            Word::Said => t::read_said(),
            Word::Seen => t::read_seen(),
            _ => t::read_agreed(),
        };
        let words = nodes![strong(label), br(), span("soft small pre", text).attr("dir", "auto")];
        tick_unless(words, hidden, word)
    };
    div("stack-s", collect_nodes(all.into_iter().map(part))).into()
}

/// The parts that are ticked.
fn chosen_parts(here: Here, hidden: LocalSignal<Vec<Word>>) -> Vec<(Word, String)> {
    let mut all = here.app.session.with_visit_untracked(here.id, readable).unwrap_or_default();
    all.retain(|(word, _)| !hidden.read_untracked().contains(word));
    all
}

/// What the worker writes; where the answers belong elsewhere, the way to that place.
fn form(here: Here, tool: &'static Tool) -> Node {
    let (route, title) = match tool.id.as_str() {
        STEP => (here.to(VisitScreen::LookBack), t::write_step()),
        PLEASE => (Route::EditFamily(here.family), t::write_please()),
        COPY => return super::copy::view(here, tool),
        _ => {
            let asks = tool.asks.iter().map(|asked| ask(here, tool, asked)).collect::<Node>();
            return nodes![asks, save_line(here.app.session)].into();
        }
    };
    ul("list", [link_row(&route, Some(Icon::Pencil), title, "")]).into()
}

fn ask(here: Here, tool: &'static Tool, ask: &'static Ask) -> Node {
    let text = ask.text.in_form(here.app.settings.read_untracked().address);
    if ask.kind.is_pointed_at() {
        return pointed_at(here, tool, ask, text).into();
    }
    let value =
        here.read(|visit| used(visit, tool).map(|used| answer(&used.answers, &ask.id).to_owned()).unwrap_or_default());
    let input = move |text: String| {
        here.edit(&mut |visit| set_answer(&mut here.use_of(visit, tool).answers, &ask.id, &text));
    };
    if ask.kind == AskKind::Line {
        return text_line(text, &ask.hint, Line::Text, move || value.get(), input).into();
    }
    let one = move || value.read().split('\n').filter(|line| !line.trim().is_empty()).count() == 1;
    let nudge = (ask.id == CHOICES).then(|| {
        let more = || p_of("card sun small", t::one_choice()).into();
        shown_when(one, more)
    });
    div("stack-s", nodes![text_area(text, &ask.hint, t::one_a_line(), move || value.get(), input), nudge]).into()
}

/// Numbers, or faces as words.
fn pointed_at(here: Here, tool: &'static Tool, ask: &'static Ask, text: &'static str) -> Element {
    let chosen = here.read(|visit| used(visit, tool).and_then(|used| mark(&used.marks, &ask.id)));
    let choose = move |value| {
        here.edit(&mut |visit| set_mark(&mut here.use_of(visit, tool).marks, &ask.id, value));
    };
    let chips = if ask.kind == AskKind::Faces {
        let face = move || chosen.get().map(Face::of);
        chips_of(&Face::ALL, face, move |face: Option<Face>| choose(face.map(Face::mark)))
    } else {
        marks(move || chosen.get(), choose)
    };
    let hint = (!ask.hint.is_empty()).then(|| p_of("hint", &ask.hint));
    section("stack-s", nodes![p_of("label", text), hint, chip_group(text, chips)])
}

fn is_empty(used: &ToolUse) -> bool {
    used.answers.is_empty() && used.marks.is_empty()
}

/// `…/voorstellen`
pub(super) fn leaflet(here: Here) -> Node {
    let address = here.app.settings.read_untracked().address;
    let parts = here.app.content.leaflet.iter().map(|part| {
        let text = part.text.in_form(address).to_owned();
        Node::from(section("stack-s", nodes![h2(&part.title), p(text).attr("dir", "auto")]))
    });
    div(
        "stack-l at-table",
        nodes![
            h1(t::leaflet()),
            p_of("soft", t::leaflet_hint()),
            el("div").class("stack-l speech").children(collect_nodes(parts)),
            turn(here, Together::Introduction),
            action(nodes![link("button main", &here.to(VisitScreen::Prepare), nodes![t::back()])]),
        ],
    )
    .into()
}
