//! A visit: preparing, being there, looking back. Three places side by side, in any order; every keystroke is
//! saved.

mod choose;
mod copy;
mod hold;
mod intervision;
mod look_back;
mod prepare;
mod together;

use leptos::prelude::untrack;
use naast_core::content::{AroundVisit, Question, Reflection, Tool, VisitKind};
use naast_core::records::{FamilyId, Record, ToolUse, ToolUseId, Visit, VisitId, answer, set_answer};
use naast_core::route::{Route, VisitScreen};
use naast_core::visits;

use crate::browser::{clock, history};
use crate::messages::visit as t;
use crate::parts::{
    Icon, button, div, h1, hidden_h1, icon, icon_button, link, not_found, p, save_line, sheet, span, text_area, trouble,
};
use crate::session::Saving;
use crate::state::{App, what_to_do};
use naast_view::{Element, LocalSignal, Memo, Node, collect_nodes, el, live, memo, nodes};

/// One text of a visit: how to read and how to write it.
#[derive(Clone, Copy)]
struct Part {
    get: fn(&Visit) -> &String,
    get_mut: fn(&mut Visit) -> &mut String,
}

/// The [`Part`] of this name.
macro_rules! part {
    ($name:ident) => {
        super::Part { get: |visit| &visit.$name, get_mut: |visit| &mut visit.$name }
    };
}
use part;

/// Reads something of a visit.
trait Reads<T> {
    fn of(&self, visit: &Visit) -> T;
}

impl<T, F: Fn(&Visit) -> T> Reads<T> for F {
    fn of(&self, visit: &Visit) -> T {
        self(visit)
    }
}

/// Changes a visit.
trait Changes {
    fn to(&mut self, visit: &mut Visit);
}

impl<F: FnMut(&mut Visit)> Changes for F {
    fn to(&mut self, visit: &mut Visit) {
        self(visit);
    }
}

/// The kind of a visit if none was chosen (`content::VisitKind::id`).
const ORDINARY: &str = "ordinary";

#[inline(never)]
fn edit_by(app: App, id: VisitId, change: &mut dyn Changes) {
    app.session.edit_visit(id, |visit| change.to(visit));
}

/// A visit, as its pages see it.
#[derive(Clone, Copy)]
struct Here {
    app: App,
    family: FamilyId,
    id: VisitId,
}

impl Here {
    /// The route of a page of this visit.
    fn to(self, screen: VisitScreen) -> Route {
        Route::Visit(self.family, self.id, screen)
    }

    /// What `get` reads of the visit; it notifies only when that changed.
    fn read<T: PartialEq + Default + 'static>(self, get: impl Fn(&Visit) -> T + 'static) -> Memo<T> {
        self.read_by(Box::new(get))
    }

    /// Compiled once for all types.
    #[inline(never)]
    fn read_by<T: PartialEq + Default + 'static>(self, get: Box<dyn Reads<T>>) -> Memo<T> {
        memo(move || self.app.session.with_visit(self.id, |visit| get.of(visit)).unwrap_or_default())
    }

    /// The ids of the questions taken along, in order.
    fn cards(self) -> Memo<Vec<String>> {
        self.read(|visit| visit.cards.iter().map(|card| card.question.clone()).collect::<Vec<_>>())
    }

    /// The questions with these ids, without those that no longer exist.
    fn questions(self, ids: &[String]) -> Vec<Question> {
        let bank = self.app.bank();
        ids.iter().filter_map(|id| bank.get(id).cloned()).collect::<Vec<_>>()
    }

    /// Calls `run` with this visit and the earlier ones of the family, the newest first; does not subscribe.
    fn with_earlier<T>(self, run: impl FnOnce(&Visit, &[&Visit]) -> T) -> Option<T> {
        self.app.session.with_visits_untracked(|all| {
            let this = all.iter().find(|visit| visit.id == self.id)?;
            Some(run(this, &visits::earlier(all, this)))
        })
    }

    /// The heading of a page of its own, with the quick note in reach.
    fn heading(self, title: impl Into<Node>) -> Element {
        div("row apart", nodes![h1(title).class("grow"), self.quick_note()])
    }

    /// The field of the quick note.
    fn note(self) -> Element {
        let part = Part { get: |visit| &visit.quick_note, get_mut: |visit| &mut visit.quick_note };
        self.text_area(t::quick_note(), "", t::quick_note_hint(), part)
    }

    /// The quick note, one touch away on pages that do not show it.
    fn quick_note(self) -> Vec<Node> {
        let open = LocalSignal::new(false);
        nodes![
            icon_button(t::quick_note(), Icon::Pencil, move || open.set(true)),
            sheet(self.app, t::note(), open, nodes![self.note(), save_line(self.app.session)]),
        ]
    }

    /// The use of a tool in this visit, created if there is none.
    fn use_of<'v>(self, visit: &'v mut Visit, tool: &Tool) -> &'v mut ToolUse {
        let at = visit.tools.iter().position(|used| used.tool == tool.id).unwrap_or_else(|| {
            let id = ToolUseId(self.app.session.fresh_id());
            visit.tools.push(ToolUse { id, tool: tool.id.clone(), answers: Vec::new(), marks: Vec::new() });
            visit.tools.len() - 1
        });
        &mut visit.tools[at]
    }

    /// Edits the visit.
    fn edit<F: FnMut(&mut Visit)>(self, change: &mut F) {
        edit_by(self.app, self.id, change);
    }

    /// The kind of the visit; the ordinary one if none was chosen.
    fn kind(self, chosen: &str) -> Option<&'static VisitKind> {
        let chosen = if chosen.is_empty() { ORDINARY } else { chosen };
        self.app.content.visits.iter().find(|kind| kind.id == chosen)
    }

    /// A field for an answer of the worker.
    fn reflection(self, asks: &'static Reflection) -> Element {
        let value = self.read(|visit| answer(&visit.answers, &asks.id).to_owned());
        let input = move |text: String| self.edit(&mut |visit| set_answer(&mut visit.answers, &asks.id, &text));
        text_area(&asks.text, &asks.hint, "", move || value.get(), input)
    }

    /// The fields for the worker's questions before or after.
    fn reflections(self, moment: AroundVisit) -> Vec<Node> {
        let all = self.app.content.reflections.iter().filter(|asks| asks.moment == moment);
        collect_nodes(all.map(|asks| self.reflection(asks)))
    }

    /// A field for one of its texts.
    fn text_area(self, label: &'static str, hint: &'static str, example: &'static str, part: Part) -> Element {
        let value = self.read(move |visit| (part.get)(visit).clone());
        let input = move |text| self.edit(&mut |visit| (part.get_mut)(visit).clone_from(&text));
        text_area(label, hint, example, move || value.get(), input)
    }
}

/// `#/gezinnen/<family>/<visit>/…`
pub fn visit_page(app: App, family: FamilyId, id: VisitId, screen: VisitScreen) -> Node {
    let here = Here { app, family, id };
    app.beside.set(Some((family, id)));
    // A visit of another family is treated as absent.
    let exists = memo(move || app.session.with_visit(id, |visit| visit.family == family).unwrap_or(false));
    live(move || if exists.get() { untrack(|| page(here, &screen)) } else { not_found() })
}

fn page(here: Here, screen: &VisitScreen) -> Node {
    match screen {
        VisitScreen::Prepare => framed(here, screen, prepare::view(here)),
        VisitScreen::Hold => framed(here, screen, hold::view(here)),
        VisitScreen::LookBack => framed(here, screen, look_back::view(here)),
        VisitScreen::Choose => choose::view(here),
        VisitScreen::Card(question) => hold::card(here, question),
        VisitScreen::Tool(tool) => together::tool(here, tool),
        VisitScreen::Leaflet => together::leaflet(here),
        VisitScreen::Intervision => intervision::view(here),
        VisitScreen::Delete => delete(here),
    }
}

/// The use of a tool in a visit, if there is one.
fn used<'v>(visit: &'v Visit, tool: &Tool) -> Option<&'v ToolUse> {
    visit.tools.iter().find(|used| used.tool == tool.id)
}

/// The three places around a page, and whether everything is saved.
fn framed(here: Here, at: &VisitScreen, inside: impl Into<Node>) -> Node {
    let inside = inside.into();
    let family = here.app.session.family_untracked(here.family).map(|family| {
        let route = Route::Family(family.id);
        link("chip", &route, nodes![icon(family.symbol.into()), family.nickname]).attr("dir", "auto")
    });
    let day = here.read(|visit| clock::day_in_words(visit.day));
    // Where the note itself is shown, the button for it is not.
    let note = (*at != VisitScreen::Hold).then(|| here.quick_note());
    let mut title = "";
    let mut places = Vec::new();
    for (screen, words) in
        [(VisitScreen::Prepare, t::prepare()), (VisitScreen::Hold, t::hold()), (VisitScreen::LookBack, t::look_back())]
    {
        let current = screen == *at;
        if current {
            title = words;
        }
        let place =
            el("a").attr("href", here.to(screen).to_string()).attr_opt("aria-current", current.then_some("page"));
        places.push(place.child(words).into());
    }
    div(
        "stack",
        nodes![
            el("header").class("row").children(nodes![family, span("soft small grow", live(move || day.get())), note]),
            hidden_h1(title),
            el("nav").class("places").attr("aria-label", t::parts()).children(places),
            save_line(here.app.session),
            live(move || not_kept(here.app)),
            inside,
        ],
    )
    .into()
}

/// Closes the visit; a closed one only leads on.
fn put_away(here: Here, words: &'static str) -> Node {
    let closed = here.read(|visit| visit.closed.is_some());
    let family = Route::Family(here.family);
    live(move || {
        let family = family.clone();
        if closed.get() {
            return link("button main", &family, nodes![t::to_family()]);
        }
        button("button main", nodes![words], move || {
            here.edit(&mut |visit| visit.closed = Some(clock::now()));
            history::go(&family);
        })
    })
}

/// What to do when saving failed.
fn not_kept(app: App) -> Vec<Node> {
    let Saving::Failed(error) = &*app.session.saving.read() else { return Vec::new() };
    nodes![
        trouble(t::not_saved(), t::not_saved_safe(), what_to_do(error),),
        button("button wide", nodes![t::try_again()], move || app.session.flush_now()),
    ]
}

/// `…/verwijderen`
fn delete(here: Here) -> Node {
    let visit = here.app.session.with_visit(here.id, Clone::clone);
    let day = visit.as_ref().map(|visit| clock::day_in_words(visit.day)).unwrap_or_default();
    let remove = move || {
        history::replace(&Route::Family(here.family));
        let records = visit.iter().cloned().map(Record::Visit).collect::<Vec<_>>();
        here.app.remove_with_undo(t::deleted(), records);
    };
    let what = t::delete_what(&day);
    div(
        "stack",
        nodes![
            h1(t::delete_title()),
            p(what),
            p(t::delete_undo()),
            button("button care main", nodes![icon(Icon::Bin), t::delete()], remove),
            link("button wide", &here.to(VisitScreen::LookBack), nodes![t::cancel()]),
        ],
    )
    .into()
}
