//! Meer: from phone to phone, through the screen of the one and the camera of the other.

use js_sys::{Array, Uint8Array};
use naast_core::route::{MorePage, Route};
use naast_transfer::{BLOCK, MAX_LEN};
use wasm_bindgen::JsCast;

use super::more_data::counted;
use crate::browser::relay::{self, Told};
use crate::browser::{history, task, timer};
use crate::parts::{action, button, div, h2, link, p, p_of, section, status};
use crate::state::App;
use naast_view::nodes;
use naast_view::{Element, Node, el, live};
use naast_view::{LocalSignal, memo};

/// How far it has come.
#[derive(Default)]
enum Step {
    /// Which of the two phones this is.
    #[default]
    Choose,
    /// This is what goes: the pieces of a file, and how many bytes they are.
    Ready(Array, usize),
    /// The codes are on the screen.
    Giving(Array),
    /// Before the camera is asked for.
    Ask,
    /// The camera looks.
    Taking,
    /// It ended with these words.
    Ended(&'static str),
}

/// `#/meer/overzetten`, behind the door; where there is no vault, or no way into it, for taking alone.
pub fn transfer(app: App) -> Node {
    let step = LocalSignal::new(Step::Choose);
    live(move || match &*step.read() {
        Step::Choose => choose(app, step),
        Step::Ready(pieces, bytes) => ready(step, pieces, *bytes),
        Step::Giving(pieces) => giving(step, pieces.clone()),
        Step::Ask => ask(step),
        Step::Taking => taking(app, step),
        Step::Ended(words) => div(
            "stack",
            nodes![
                p_of("card", *words).attr("role", "alert"),
                p(
                    "Met een bestand lukt het ook. Maak op de ene telefoon een reservekopie, en zet die op de andere terug."
                ),
                to_file(),
                again(step, "Opnieuw beginnen"),
            ],
        ),
    })
}

fn turn(step: LocalSignal<Step>, to: Step) {
    step.set(to);
    // What was touched is gone.
    timer::after(0, crate::app::focus_heading);
}

fn again(step: LocalSignal<Step>, words: &'static str) -> Element {
    button("button wide", nodes![words], move || turn(step, Step::Choose))
}

fn to_file() -> Element {
    link("button wide", &Route::MorePage(MorePage::Backup), nodes!["Naar de reservekopie"])
}

fn choose(app: App, step: LocalSignal<Step>) -> Element {
    let give = move || {
        task::spawn(async move {
            // Who walked away meanwhile sees nothing of it.
            turn(
                step,
                match app.session.backup(None, &|_, _| true).await {
                    Ok(pieces) => {
                        let lengths = pieces.iter().map(|piece| piece.unchecked_into::<Uint8Array>().length() as usize);
                        Step::Ready(pieces.clone(), lengths.sum())
                    }
                    Err(_) => Step::Ended("De kopie kon niet worden gemaakt. Je notities staan er nog."),
                },
            );
        });
    };
    let role = |title: &'static str, line: &'static str, button: Element| {
        section("card stack-s", nodes![h2(title), p_of("soft", line), button])
    };
    div(
        "stack",
        nodes![
            p(
                "Zet je notities over zonder internet en zonder kabel. De ene telefoon laat codes zien, de andere kijkt ernaar met de camera."
            ),
            app.session.is_open().then(|| role(
                "Hier staan je notities",
                "Ze blijven hier ook staan.",
                button("button main", nodes!["Deze telefoon geeft"], give),
            )),
            role(
                "Hier moeten ze komen",
                "Je ziet eerst wat er binnenkomt.",
                button("button main", nodes!["Deze telefoon ontvangt"], move || turn(step, Step::Ask)),
            ),
        ],
    )
}

/// What goes, and how long it takes.
fn ready(step: LocalSignal<Step>, pieces: &Array, bytes: usize) -> Element {
    if bytes > MAX_LEN {
        return div(
            "stack",
            nodes![
                p_of("card", "Je hebt te veel notities voor codes: het zou te lang duren. Neem een bestand."),
                to_file(),
                again(step, "Terug"),
            ],
        );
    }
    let (parts, rate) = (bytes.div_ceil(BLOCK), relay::rate() as usize);
    let pieces = pieces.clone();
    div(
        "stack",
        nodes![
            p(format!(
                "De kopie komt over in {}. Dat duurt {}.",
                counted(parts, "deel", "delen"),
                how_long(parts / rate)
            )),
            p(
                "Zet de andere telefoon op ‘Deze telefoon ontvangt’. Houd de telefoons recht tegenover elkaar, een handbreedte uit elkaar."
            ),
            p_of(
                "soft",
                format!(
                    "De code verandert {rate} keer per seconde, ook als je beweging hebt uitgezet. Kijk er zelf liever niet lang naar."
                )
            ),
            p_of("soft", "De kopie zit op slot. Wie meefilmt, kan er zonder je wachtzin niet in."),
            action(nodes![button("button main", nodes!["Laat de codes zien"], move || {
                turn(step, Step::Giving(pieces.clone()));
            })]),
            again(step, "Toch niet"),
        ],
    )
}

/// In words; some codes are always missed.
fn how_long(seconds: usize) -> &'static str {
    match seconds * 3 / 2 {
        0..=20 => "een paar tellen",
        21..=45 => "ongeveer een halve minuut",
        46..=80 => "ongeveer een minuut",
        81..=150 => "ongeveer twee minuten",
        _ => "een paar minuten",
    }
}

fn giving(step: LocalSignal<Step>, pieces: Array) -> Element {
    let tell = move |told| {
        if let Told::Broken = told {
            turn(step, ended(&told));
        }
    };
    let canvas = el("canvas")
        .attr("role", "img")
        .attr("aria-label", "Een code die steeds verandert, voor de camera van de andere telefoon")
        .on_mount(move |canvas| relay::give(&canvas, &pieces, tell));
    div(
        "stack",
        nodes![
            div("codes", nodes![canvas]),
            p("Op de andere telefoon zie je hoe ver het is. Een code die hij mist, komt vanzelf terug."),
            p_of("soft", "Lukt het niet? Zet je scherm lichter en houd de telefoons stil."),
            again(step, "Klaar"),
        ],
    )
}

fn ask(step: LocalSignal<Step>) -> Element {
    div(
        "stack",
        nodes![
            p("Kies op de andere telefoon ‘Deze telefoon geeft’. Kijk daarna met deze telefoon naar de codes."),
            p(
                "Daarvoor is de camera nodig. Je browser vraagt of dat mag. Het beeld blijft op deze telefoon en wordt niet bewaard."
            ),
            action(nodes![button("button main", nodes!["Zet de camera aan"], move || turn(step, Step::Taking))]),
            again(step, "Toch niet"),
        ],
    )
}

/// What the camera brought so far.
#[derive(Clone, Copy, Default)]
struct Seen {
    got: u32,
    all: u32,
    /// Something that is not right.
    but: &'static str,
}

fn taking(app: App, step: LocalSignal<Step>) -> Element {
    let seen = LocalSignal::new(Seen::default());
    let tell = move |told| {
        let now = seen.get_untracked();
        match told {
            Told::Part(got, all) => seen.set(Seen { got, all, but: "" }),
            // From here on it is a file like any other.
            Told::Whole(file) => {
                app.given.set(Some(file));
                history::replace(&Route::MorePage(MorePage::Backup));
            }
            Told::Other => {
                seen.set(Seen { but: "Deze codes zijn van een andere keer. Stop hier, en begin opnieuw.", ..now })
            }
            Told::Newer => {
                seen.set(Seen { but: "De andere telefoon heeft een nieuwere Naast. Werk Naast hier eerst bij.", ..now })
            }
            told => turn(step, ended(&told)),
        }
    };
    let video = el("video")
        .attr("playsinline", "")
        .attr("aria-label", "Wat de camera ziet")
        .on_mount(move |video| relay::take(&video, tell));
    let bar = el("progress")
        .class("measure")
        .attr("aria-label", "Hoe ver het is")
        .live_attr("max", move || Some(seen.read().all.max(1).to_string().into()))
        .live_attr("value", move || Some(seen.read().got.to_string().into()));
    let line = move || match *seen.read() {
        Seen { all: 0, .. } => "Nog geen code gezien.".to_owned(),
        Seen { got, all, .. } => format!("{got} van {all} delen"),
    };
    // Not every part: whoever listens hears of every quarter.
    let quarter = memo(move || {
        let Seen { got, all, but } = *seen.read();
        if but.is_empty() {
            ([
                "",
                "De eerste codes zijn binnen.",
                "Een kwart is binnen.",
                "De helft is binnen.",
                "Driekwart is binnen.",
            ])[(got * 4).checked_div(all).map_or(0, |quarters| quarters as usize + 1).min(4)]
        } else {
            but
        }
    });
    div(
        "stack",
        nodes![
            div("camera", nodes![video]),
            div("stack-s", nodes![bar, p_of("label", live(line))]),
            status("saved", nodes![live(move || p(quarter.get()))]),
            p_of("soft", "Houd de hele code in beeld, zo groot als het past. Wat hij mist, komt terug."),
            again(step, "Stoppen"),
        ],
    )
}

/// What went wrong, in words.
fn ended(told: &Told) -> Step {
    Step::Ended(match told {
        Told::Refused => {
            "Naast mag de camera niet gebruiken. Je kunt dat veranderen bij de instellingen van je browser."
        }
        Told::Busy => "Een andere app gebruikt de camera. Sluit die app en probeer het opnieuw.",
        Told::NoCamera => "Naast vindt hier geen camera.",
        _ => "Het lezen of maken van codes lukt hier niet.",
    })
}
