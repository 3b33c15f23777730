//! The form of a family, and deleting one.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::untrack;
use naast_core::fold::is_blank;
use naast_core::records::{Family, FamilyId, Record, Symbol};
use naast_core::route::Route;
use naast_core::time::Day;

use crate::browser::{clock, history};
use crate::labels::Label;
use crate::messages::family_edit as t;
use crate::parts::{
    Icon, Line, action, button, div, folded, form, h1, icon, link, not_found, p, p_of, paragraphs, save_line,
    shown_when, submit, text_area, text_line,
};
use crate::state::App;
use naast_view::{LocalSignal, Node, collect_nodes, el, nodes};

/// `#/gezinnen/nieuw`
pub fn new_family(app: App) -> Node {
    let used = untrack(|| app.session.families()).len();
    let fresh = Family {
        id: FamilyId(app.session.fresh_id()),
        nickname: String::new(),
        symbol: Symbol::ALL[used % Symbol::ALL.len()],
        since: clock::today(),
        ..Family::default()
    };
    edit(app, fresh, true)
}

/// `#/gezinnen/<family>/wijzigen`
pub fn edit_family(app: App, id: FamilyId) -> Node {
    app.session.family_untracked(id).map_or_else(not_found, |family| edit(app, family, false))
}

/// Makes a change and saves it.
type Change = Rc<dyn Fn(&dyn Fn(&mut Family))>;

/// Every change is saved at once, as in a visit; “Klaar” only leads on.
fn edit(app: App, family: Family, new: bool) -> Node {
    let (id, symbol, since) = (family.id, family.symbol, family.since.iso());
    let (please_do, please_never) = (family.please_do.clone(), family.please_never.clone());
    let nickname = LocalSignal::new(family.nickname.clone());
    let empty = is_blank;
    let tried = LocalSignal::new(false);
    let known = (!new).then(|| family.nickname.clone());
    // The draft, until it has a name. From then on the record is edited: another tab may change it too.
    let draft = RefCell::new(family);
    let change: Change = Rc::new(move |change| {
        let mut draft = draft.borrow_mut();
        change(&mut draft);
        let kept = app.session.family_untracked(id);
        match (empty(&draft.nickname), &known) {
            // A family without a name is not created.
            (true, None) => kept.into_iter().for_each(|family| app.session.remove(&Record::Family(family))),
            (blank, known) => {
                let mut family = kept.unwrap_or_else(|| draft.clone());
                change(&mut family);
                // The name was deleted: the family keeps the name it had.
                if let Some(known) = known.as_ref().filter(|_| blank) {
                    family.nickname.clone_from(known);
                }
                app.session.put(Record::Family(family));
            }
        }
    });
    let write_name = change.clone();
    let name = text_line(
        t::nickname(),
        "",
        Line::Text,
        move || nickname.get(),
        move |text| {
            nickname.set(text.clone());
            write_name(&|family| family.nickname.clone_from(&text));
        },
    );
    let drawing = |choice: Symbol| {
        let change = change.clone();
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "symbol")
            .attr("aria-label", choice.label())
            .live_checked(move || choice == symbol)
            .on("change", move |_| change(&|family| family.symbol = choice));
        el("label").attr("title", choice.label()).child(input).child(icon(choice.into()))
    };
    let drawings = collect_nodes(Symbol::ALL.into_iter().map(drawing));
    let change_since = change.clone();
    let since = text_line(
        t::since(),
        t::since_hint(),
        Line::Date,
        move || since.clone(),
        move |text| {
            if let Some(day) = Day::from_iso(&text) {
                change_since(&|family| family.since = day);
            }
        },
    );
    let area = |label: &'static str, example: &'static str, text: String, get: fn(&mut Family) -> &mut String| {
        let change = change.clone();
        text_area(
            label,
            t::asks_hint(),
            example,
            move || text.clone(),
            move |text| {
                change(&|family| get(family).clone_from(&text));
            },
        )
    };
    let please = area(t::please_do(), t::please_do_example(), please_do, |family| &mut family.please_do);
    let never = area(t::please_never(), t::please_never_example(), please_never, |family| &mut family.please_never);
    let ready = move || {
        tried.set(true);
        match (empty(&nickname.read_untracked()), new) {
            (true, _) => {}
            (false, true) => history::replace(&Route::Family(id)),
            (false, false) => history::back(),
        }
    };
    form(
        "stack",
        nodes![
            h1(if new { t::new_title() } else { t::edit_title() }),
            name,
            shown_when(
                move || tried.get() && empty(&nickname.read()),
                || p(t::nickname_first()).attr("role", "alert").into()
            ),
            div("card wash stack-s small", nodes![paragraphs(&app.content.texts.nickname)]),
            el("fieldset").class("field").child(el("legend").child(t::symbol())).child(div("symbols", drawings)),
            since,
            folded(t::asks(), nodes![div("stack", nodes![please, never])]),
            shown_when(move || !empty(&nickname.read()), move || save_line(app.session).into()),
            action(nodes![submit("button main", nodes![t::done()])]),
        ],
        ready,
    )
    .into()
}

/// `#/gezinnen/<family>/verwijderen`
pub fn delete_family(app: App, id: FamilyId) -> Node {
    let Some(family) = app.session.family_untracked(id) else { return not_found() };
    let visits = untrack(|| app.session.visits_of(id));
    let what = match visits.len() {
        0 => t::no_visits().to_owned(),
        n => t::visits_too(n),
    };
    let name = family.nickname.clone();
    let mut records: Vec<_> = visits.into_iter().map(Record::Visit).collect::<Vec<_>>();
    records.extend(untrack(|| app.session.concerns_of(id)).into_iter().map(Record::Concern));
    records.push(Record::Family(family));
    let remove = move || {
        history::replace(&Route::Families);
        app.remove_with_undo(t::deleted(), records.clone());
    };
    div(
        "stack",
        nodes![
            h1(t::delete_title()),
            p(t::delete_what(&name)).attr("dir", "auto"),
            p(what),
            p(t::delete_undo()),
            p_of("soft", t::delete_archive()),
            button("button care main", nodes![icon(Icon::Bin), t::delete()], remove),
            link("button wide", &Route::Family(id), nodes![t::cancel()]),
        ],
    )
    .into()
}
