//! The end of a contact: celebrating, handing over, clearing the notes.

use leptos::prelude::untrack;
use naast_core::content::{AroundVisit, Reflection};
use naast_core::records::{Concern, Family, FamilyId, Record, Visit, answer, set_answer};
use naast_core::retention::{self, Clearing};
use naast_core::route::{MorePage, Route};
use naast_core::time::Day;
use naast_core::visits;

use super::course::changed;
use super::families::visits_of;
use crate::browser::{clock, history};
use crate::parts::{Icon, action, button, div, h1, h2, icon, link, p, p_of, save_line, section, text_area, two_chairs};
use crate::state::App;
use naast_view::memo;
use naast_view::nodes;
use naast_view::{Element, Node, collect_nodes, live};

/// `#/gezinnen/<family>/afscheid`
pub fn farewell(app: App, id: FamilyId) -> Node {
    if app.session.family_untracked(id).is_none() {
        return super::not_found();
    }
    let together = app.session.with_visits_untracked(|all| changed(app, &visits::of_family(all, id)));
    let asks = app.content.reflections.iter().filter(|asks| asks.moment == AroundVisit::Farewell);
    let field = |asks: &'static Reflection| {
        let value = memo(move || {
            app.session.family(id).map(|family| answer(&family.answers, &asks.id).to_owned()).unwrap_or_default()
        });
        let input =
            move |text: String| app.session.edit_family(id, |family| set_answer(&mut family.answers, &asks.id, &text));
        text_area(&asks.text, &asks.hint, "", move || value.get(), input)
    };
    div(
        "stack-l",
        nodes![
            h1("Afscheid"),
            two_chairs(),
            p("Kijk samen terug. Wat lukte, is van het gezin. Wat niet lukte, mag er ook zijn."),
            together,
            div("stack", collect_nodes(asks.map(field))),
            save_line(app.session),
            marked(
                app,
                id,
                "Afscheid genomen",
                "Afscheid genomen op",
                "Neem de tijd: een afscheid mag een paar bezoeken duren.",
                |family| &mut family.farewell,
            ),
            marked(
                app,
                id,
                "Notities overgedragen",
                "Overgedragen op",
                "Aan de ouder zelf, of aan iemand van wie de ouder dat goed vindt. Na een paar weken stelt Naast voor om op te ruimen.",
                |family| &mut family.handed_over,
            ),
            link("button wide", &Route::MorePage(MorePage::Export), nodes!["Notities meenemen"]),
            action(nodes![link("button main", &Route::Family(id), nodes!["Naar het gezin"])]),
        ],
    )
    .into()
}

/// A day that something was done on; can be taken back.
fn marked(
    app: App,
    id: FamilyId,
    act: &'static str,
    done: &'static str,
    about: &'static str,
    day_of: fn(&mut Family) -> &mut Option<Day>,
) -> Node {
    let day = memo(move || app.session.family(id).and_then(|mut family| *day_of(&mut family)));
    live(move || match day.get() {
        None => section(
            "stack-s",
            nodes![
                p_of("soft small", about),
                button("button wide", nodes![act], move || {
                    app.session.edit_family(id, |family| *day_of(family) = Some(clock::today()));
                }),
            ],
        ),
        Some(day) => section(
            "card wash row apart",
            nodes![
                p(format!("{done} {}.", clock::day_in_words(day))),
                button("button plain", nodes!["Toch niet"], move || {
                    app.session.edit_family(id, |family| *day_of(family) = None);
                }),
            ],
        ),
    })
}

/// Whether the notes about a family may go now.
fn clearing(app: App, family: &Family, visits: &[Visit]) -> Clearing {
    let weeks = app.settings.read_untracked().keep_weeks;
    let concerns = app.session.concerns_of(family.id);
    retention::due(family, visits, &concerns, clock::today(), weeks)
}

/// On the page of the family: that clearing is proposed, or why not yet.
pub fn proposal(app: App, family: &Family, visits: &[Visit]) -> Option<Element> {
    match clearing(app, family, visits) {
        Clearing::Due { since } => Some(div(
            "card wash stack-s",
            nodes![
                p(format!("De notities zijn overgedragen op {}. Ze mogen nu weg.", clock::day_in_words(since))),
                link("button wide", &Route::Clear(family.id), nodes!["Bekijk wat er weggaat"]),
            ],
        )),
        Clearing::HeldBack => Some(p_of(
            "card soft small",
            "Er is nog een zorg open. Daarom stelt Naast niet voor om notities op te ruimen.",
        )),
        Clearing::NotYet => None,
    }
}

/// `#/gezinnen/<family>/opruimen`
pub fn clear(app: App, id: FamilyId) -> Node {
    let Some(family) = app.session.family_untracked(id) else { return super::not_found() };
    let visits = untrack(|| visits_of(app, id));
    // Whenever one comes here: an open concern always holds the notes.
    let held = untrack(|| app.session.concerns_of(id)).iter().any(Concern::holds_notes);
    let goes = retention::all_that_goes(&family, &visits);
    let nothing = goes.is_nothing();
    let title = h1("Notities opruimen?");
    if held || nothing {
        let why = if held {
            "Er is nog een zorg open over dit gezin. Zolang die open is, blijven de notities staan."
        } else {
            "Er staan geen notities meer over dit gezin."
        };
        return div("stack", nodes![title, p(why), link("button wide", &Route::Family(id), nodes!["Naar het gezin"])])
            .into();
    }
    let before = retention::changes(&family, &visits);
    let wipe = move || {
        let now = clock::now();
        for record in &before {
            match record {
                Record::Visit(visit) => app.session.edit_visit(visit.id, |visit| visit.clear(now)),
                _ => app.session.edit_family(id, Family::clear),
            }
        }
        history::replace(&Route::Family(id));
        app.say_with_undo("De notities zijn opgeruimd.", before.clone());
    };
    let count = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(p(format!("1 {one}"))),
        n => Some(p(format!("{n} {more}"))),
    };
    div(
        "stack",
        nodes![
            title,
            section(
                "card stack-s",
                nodes![
                    h2("Dit gaat weg"),
                    count(goes.notes, "notitie", "notities"),
                    count(goes.steps, "afspraak of stapje", "afspraken en stapjes"),
                    count(goes.tools, "keer samen iets gedaan", "keer samen iets gedaan"),
                ],
            ),
            section(
                "card wash stack-s",
                nodes![
                    h2("Dit blijft"),
                    p("De bijnaam, de dagen van je bezoeken, welke vragen je stelde en waar je zelf stond."),
                ],
            ),
            p("Meteen daarna kun je het nog ongedaan maken, tot je naar een ander scherm gaat."),
            link("button wide", &Route::MorePage(MorePage::Export), nodes!["Eerst meenemen"]),
            button("button care main", nodes![icon(Icon::Bin), "Opruimen"], wipe),
            link("button wide", &Route::Family(id), nodes!["Nog niet"]),
        ],
    )
    .into()
}
