//! Writing and editing the worker's own questions.

use naast_core::content::{About, Phase};
use naast_core::fold::is_blank;
use naast_core::records::{OwnQuestion, OwnQuestionId, Record};
use naast_core::route::Route;

use crate::browser::history;
use crate::messages::own_question as t;
use crate::parts::{
    Icon, action, button, choice, form, h1, icon, not_found, p, save_line, shown_when, submit, text_area,
};
use crate::state::App;
use naast_view::{LocalSignal, Node, nodes};

/// `#/vragen/eigen/nieuw`
pub fn new_question(app: App) -> Node {
    let fresh = OwnQuestion {
        id: OwnQuestionId(app.session.fresh_id()),
        text: String::new(),
        follow_up: String::new(),
        phase: app.looking.read_untracked().filter.phase.unwrap_or(Phase::EveryVisit),
        about: About::Child,
    };
    question_form(app, fresh, true)
}

/// `#/vragen/eigen/<id>`
pub fn edit_question(app: App, id: OwnQuestionId) -> Node {
    match app.session.own_question(id) {
        Some(question) => question_form(app, question, false),
        None => not_found(),
    }
}

/// Every change is saved at once, as in a visit; “Klaar” only leads back.
fn question_form(app: App, question: OwnQuestion, new: bool) -> Node {
    let OwnQuestion { id, text, follow_up, phase, about } = question.clone();
    let tried = LocalSignal::new(false);
    let draft = LocalSignal::new(Some(question));
    let empty = |draft: &Option<OwnQuestion>| draft.as_ref().is_none_or(|question| is_blank(&question.text));
    let known = LocalSignal::new((!new).then(|| text.clone()));
    let change = move |edit: &dyn Fn(&mut OwnQuestion)| {
        // The draft, until it has a text. From then on the record is edited: another tab may change it too.
        let mut changed = draft.get_untracked();
        changed.as_mut().map(edit);
        draft.set(changed.clone());
        let Some(fresh) = changed else { return };
        let kept = app.session.own_question(id);
        match (is_blank(&fresh.text), &*known.read_untracked()) {
            // A question without a text is not created.
            (true, None) => kept.into_iter().for_each(|question| app.session.remove(&Record::OwnQuestion(question))),
            (blank, known) => {
                let mut question = kept.unwrap_or(fresh);
                edit(&mut question);
                // The text was deleted: the question keeps the text it had.
                if let Some(known) = known.as_ref().filter(|_| blank) {
                    question.text.clone_from(known);
                }
                app.session.put(Record::OwnQuestion(question));
            }
        }
    };
    let ready = move || {
        tried.set(true);
        if !empty(&draft.read_untracked()) {
            history::replace(&Route::Question(id.question_id()));
        }
    };
    let remove = move || {
        let gone = app.session.own_question(id).map(Record::OwnQuestion);
        app.remove_with_undo(t::deleted(), gone.into_iter().collect::<Vec<_>>());
        history::replace(&Route::Questions);
    };
    let title = if new { t::new_title() } else { t::edit_title() };
    let hint = t::hint();
    let remove = (!new).then(|| button("button care", nodes![icon(Icon::Bin), t::delete()], remove));
    form(
        "stack",
        nodes![
            h1(title),
            text_area(
                t::question(),
                hint,
                "",
                move || text.clone(),
                move |text| {
                    change(&|q| q.text.clone_from(&text));
                }
            ),
            shown_when(
                move || tried.get() && empty(&draft.read()),
                || p(t::question_first()).attr("role", "alert").into()
            ),
            text_area(
                t::follow_ups(),
                t::optional(),
                "",
                move || follow_up.clone(),
                move |text| {
                    change(&|q| q.follow_up.clone_from(&text));
                }
            ),
            choice(t::moment(), &Phase::ALL, move || phase, move |phase| change(&|q| q.phase = phase),),
            choice(t::about(), &About::ALL, move || about, move |about| change(&|q| q.about = about),),
            shown_when(move || !empty(&draft.read()), move || save_line(app.session).into()),
            remove,
            action(nodes![submit("button main", nodes![t::done()])]),
        ],
        ready,
    )
    .into()
}
