//! Terugkijken: how the parents left the talk, my own part, a first sentence for next
//! time, small steps, notes.

use naast_core::content::{Check, Outcome};
use naast_core::records::{Id, Step, StepId};
use naast_core::route::{Route, VisitScreen};

use super::{Here, part};
use crate::browser::{clock, history};
use crate::node::{Element, Node, el, live};
use crate::nodes;
use crate::parts::{
    Icon, Line, action, button, chip, div, folded, h2, icon, li, link, p, p_of, section, shown_when, span, text_line,
    tick, ul,
};
use crate::watched::Derived;

/// The outcome whose checks, ticked, say what to go on with; of the others the
/// unticked say what to begin with.
const WENT_WELL: &str = "relieved";

pub(super) fn view(here: Here) -> Element {
    let (mut chips, mut parts) = (Vec::new(), Vec::new());
    let checks = here.read(Box::new(|visit| visit.checks.clone()));
    for outcome in &here.app.content.outcomes {
        let chosen = here.read(Box::new(|visit| visit.outcomes.contains(&outcome.id)));
        let choose = move || here.edit(&mut |visit| toggle(&mut visit.outcomes, &outcome.id));
        chips.push(chip(&outcome.title, move || chosen.get(), choose).into());
        parts.push(shown_when(move || chosen.get(), move || part_of(here, outcome, checks).into()));
    }
    let question = "Hoe gingen de ouders het gesprek uit?";
    let how = nodes![
        h2(question),
        p_of("soft small", "Het mag allebei waar zijn. Overslaan mag ook."),
        div("chips", chips).attr("role", "group").attr("aria-label", question),
    ];
    let delete = nodes![icon(Icon::Bin), "Bezoek verwijderen"];
    div(
        "stack-l",
        nodes![
            section("stack-s", how),
            Node::from(parts),
            here.text_area(
                "Wat doe ik een volgende keer anders?",
                "",
                "Langer wachten op een antwoord.",
                part!(differently),
            ),
            here.text_area(
                "Mijn eerste zin voor de volgende keer",
                "Staat straks bovenaan bij het voorbereiden.",
                "Vorige keer ging ik te snel. Vertel nog eens…",
                part!(opener),
            ),
            openers(here),
            steps(here),
            notes(here),
            link("button wide care", &here.to(VisitScreen::Delete), delete),
            action(nodes![ready(here)]),
        ],
    )
}

fn notes(here: Here) -> Element {
    let how = nodes![
        "Schrijf alsof de ouder meeleest. Zonder achternaam, adres of diagnose. ",
        el("a").attr("href", Route::Facts.to_string()).child("Wat schrijf je op?"),
    ];
    section(
        "stack",
        nodes![
            h2("Notities"),
            p_of("soft small", how),
            here.text_area(
                "Gezien en gehoord",
                "Wat een camera ook had gezien. Een uitspraak zet je tussen ‘…’.",
                "Yara kwam erbij zitten. Moeder zei: ‘Zo gaat het elke avond.’",
                part!(seen_heard),
            ),
            here.text_area(
                "Wat ik ervan denk",
                "Apart, zodat je het uit elkaar houdt.",
                "Ze lijkt moe. Ik vraag het de volgende keer.",
                part!(thoughts),
            ),
        ],
    )
}

/// Puts the visit away as ready; once it is, only leads on.
fn ready(here: Here) -> Node {
    let closed = here.read(Box::new(|visit| visit.closed.is_some()));
    let family = Route::Family(here.family);
    live(move || {
        let family = family.clone();
        if closed.get() {
            return link("button main", &family, nodes!["Naar het gezin"]);
        }
        button("button main", nodes!["Klaar met dit bezoek"], move || {
            here.edit(&mut |visit| visit.closed = Some(clock::now()));
            history::go(&family);
        })
    })
}

/// Puts an id in a list, or takes it out.
fn toggle(list: &mut Vec<String>, id: &str) {
    match list.iter().position(|known| known == id) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(id.to_owned()),
    }
}

/// What belongs to an outcome that was chosen: what one may have seen, for a no what
/// it may mean, and then one's own part.
fn part_of(here: Here, outcome: &'static Outcome, ticked: Derived<Vec<String>>) -> Element {
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
            a_no.then(|| folded("Wat kan een nee betekenen?", nodes![meanings(here)])),
            p(&outcome.invitation),
            ul("", here.app.content.checks.iter().filter(|check| check.outcome == outcome.id).map(row)),
        ],
    )
}

fn meanings(here: Here) -> Element {
    let address = here.app.settings.read_untracked().address;
    let items = here.app.content.meanings.iter().map(|meaning| {
        li(nodes![
            el("h3").child(&meaning.title),
            p(&meaning.text),
            p_of("says speech", meaning.question.in_form(address)),
        ])
        .class("stack-s")
    });
    ul("stack", items)
}

/// First sentences that fit what was and was not ticked; a touch takes one over.
fn openers(here: Here) -> Node {
    let all = &here.app.content.checks;
    let fitting = here.read(Box::new(|visit| {
        let fits = |check: &&Check| {
            let ticked = visit.checks.contains(&check.id);
            visit.outcomes.contains(&check.outcome) && ticked == (check.outcome == WENT_WELL)
        };
        all.iter().filter(fits).map(|check| check.id.clone()).collect::<Vec<_>>()
    }));
    let address = here.app.settings.read_untracked().address;
    let row = move |text: &'static str| {
        let words = nodes!["Neem deze zin", span("visually-hidden", nodes![": ", text])];
        let take = move || here.edit(&mut |visit| add_line(&mut visit.opener, text));
        li(nodes![p_of("says", text), button("button", words, take)]).class("card stack-s")
    };
    live(move || {
        let fitting = fitting.read();
        let checks = all.iter().filter(|check| fitting.contains(&check.id));
        let rows: Vec<Element> = checks.map(|check| row(check.opener.in_form(address))).collect();
        (!rows.is_empty()).then(|| folded("Zinnen om mee te beginnen", nodes![ul("stack-s", rows)]))
    })
}

/// Adds a line to what stands there, once.
fn add_line(text: &mut String, line: &str) {
    if text.contains(line) {
        return;
    }
    if !text.trim().is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// Small steps that were agreed: what, who, when.
fn steps(here: Here) -> Element {
    // Words typed in a step leave this list as it is, and so the field they are typed in.
    let ids = here.read(Box::new(|visit| visit.steps.iter().map(|step| step.id.to_string()).collect::<Vec<_>>()));
    let fields = live(move || {
        let ids = ids.read();
        ids.iter().filter_map(|id| Id::parse(id)).map(|id| step_fields(here, StepId(id))).collect::<Node>()
    });
    let add = move || {
        let id = StepId(here.app.session.fresh_id());
        here.edit(&mut |visit| {
            // An empty one that waits already is enough.
            if visit.steps.last().is_none_or(|step| !step.what.trim().is_empty()) {
                visit.steps.push(Step::new(id));
            }
        });
    };
    section(
        "stack",
        nodes![
            h2("Kleine stappen"),
            p_of("soft small", "Wat spraken jullie af? Eén klein ding is genoeg, en geen enkel ook."),
            fields,
            button("button wide", nodes![icon(Icon::Plus), "Stap toevoegen"], add),
        ],
    )
}

fn step_fields(here: Here, id: StepId) -> Element {
    let line = |label: &'static str, get: fn(&Step) -> &String, get_mut: fn(&mut Step) -> &mut String| {
        let value = here.read(Box::new(move |visit| {
            visit.steps.iter().find(|step| step.id == id).map(|step| get(step).clone()).unwrap_or_default()
        }));
        let input = move |text: String| {
            here.edit(&mut |visit| {
                if let Some(step) = visit.steps.iter_mut().find(|step| step.id == id) {
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
            line("Wat precies?", |step| &step.what, |step| &mut step.what),
            line("Wie doet het?", |step| &step.who, |step| &mut step.who),
            line("Wanneer?", |step| &step.when, |step| &mut step.when),
            button("button plain", nodes!["Deze stap weghalen"], remove),
        ],
    )
}
