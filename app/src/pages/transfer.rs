//! Meer: a transfer from phone to phone, from the screen of one to the camera of the other.

use js_sys::{Array, Uint8Array};
use naast_core::route::{MorePage, Route};
use naast_transfer::{BLOCK, MAX_LEN};
use wasm_bindgen::JsCast;

use crate::browser::relay::{self, Told};
use crate::browser::{history, task, timer};
use crate::messages::transfer as t;
use crate::parts::{action, button, div, h2, link, p, p_of, section, status};
use crate::state::App;
use naast_view::{Element, LocalSignal, Node, el, live, memo, nodes};

/// How far the transfer has come.
#[derive(Default)]
enum Step {
    /// Choosing whether this phone sends or receives.
    #[default]
    Choose,
    /// Ready to send these pieces of a file, of so many bytes in all.
    Ready(Array, usize),
    /// The codes are on the screen.
    Giving(Array),
    /// Before the camera is turned on.
    Ask,
    /// The camera is on.
    Taking,
    /// It ended with this message.
    Ended(&'static str),
}

/// `#/meer/overzetten`. It needs the open vault, except for receiving on a phone without a vault or with a lost
/// header.
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
                p(t::with_file()),
                to_file(),
                again(step, t::start_over()),
            ],
        ),
    })
}

fn go_to(step: LocalSignal<Step>, to: Step) {
    step.set(to);
    // Moves the focus: the button that was touched is gone.
    timer::after(0, crate::browser::focus::focus_heading);
}

fn again(step: LocalSignal<Step>, words: &'static str) -> Element {
    button("button wide", nodes![words], move || go_to(step, Step::Choose))
}

fn to_file() -> Element {
    link("button wide", &Route::MorePage(MorePage::Backup), nodes![t::to_backup()])
}

fn choose(app: App, step: LocalSignal<Step>) -> Element {
    let give = move || {
        task::spawn(async move {
            // The page may have been left in the meantime.
            go_to(
                step,
                match app.session.backup(None, &|_, _| true).await {
                    Ok(pieces) => {
                        let lengths = pieces.iter().map(|piece| piece.unchecked_into::<Uint8Array>().length() as usize);
                        Step::Ready(pieces.clone(), lengths.sum())
                    }
                    Err(_) => Step::Ended(t::not_made()),
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
            p(t::intro()),
            app.session.is_open().then(|| role(
                t::from_here(),
                t::from_here_hint(),
                button("button main", nodes![t::send()], give),
            )),
            role(
                t::to_here(),
                t::to_here_hint(),
                button("button main", nodes![t::receive()], move || go_to(step, Step::Ask)),
            ),
        ],
    )
}

/// What is sent, and how long it takes.
fn ready(step: LocalSignal<Step>, pieces: &Array, bytes: usize) -> Element {
    if bytes > MAX_LEN {
        return div("stack", nodes![p_of("card", t::too_much()), to_file(), again(step, t::back()),]);
    }
    let (parts, rate) = (bytes.div_ceil(BLOCK), relay::rate() as usize);
    let pieces = pieces.clone();
    div(
        "stack",
        nodes![
            p(t::how_long(parts, &how_long(parts / rate))),
            p(t::send_how()),
            p_of("soft", t::flicker(&rate)),
            p_of("soft", t::sealed()),
            action(nodes![button("button main", nodes![t::show_codes()], move || {
                go_to(step, Step::Giving(pieces.clone()));
            })]),
            again(step, t::cancel()),
        ],
    )
}

/// The duration in words; the camera always misses some codes.
fn how_long(seconds: usize) -> &'static str {
    match seconds * 3 / 2 {
        0..=20 => t::moments(),
        21..=45 => t::half_minute(),
        46..=80 => t::a_minute(),
        81..=150 => t::two_minutes(),
        _ => t::some_minutes(),
    }
}

fn giving(step: LocalSignal<Step>, pieces: Array) -> Element {
    let tell = move |told| {
        if let Told::Broken = told {
            go_to(step, ended(&told));
        }
    };
    let canvas = el("canvas")
        .attr("role", "img")
        .attr("aria-label", t::code())
        .on_mount(move |canvas| relay::give(&canvas, &pieces, tell));
    div(
        "stack",
        nodes![
            div("codes", nodes![canvas]),
            p(t::code_hint()),
            p_of("soft", t::code_trouble()),
            again(step, t::done()),
        ],
    )
}

fn ask(step: LocalSignal<Step>) -> Element {
    div(
        "stack",
        nodes![
            p(t::receive_how()),
            p(t::camera_why()),
            action(nodes![button("button main", nodes![t::camera_on()], move || go_to(step, Step::Taking))]),
            again(step, t::cancel()),
        ],
    )
}

/// The progress of receiving.
#[derive(Clone, Copy, Default)]
struct Seen {
    got: u32,
    all: u32,
    /// A problem with the codes.
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
            Told::Other => seen.set(Seen { but: t::other_codes(), ..now }),
            Told::Newer => seen.set(Seen { but: t::newer(), ..now }),
            told => go_to(step, ended(&told)),
        }
    };
    let video = el("video")
        .attr("playsinline", "")
        .attr("aria-label", t::camera_view())
        .on_mount(move |video| relay::take(&video, tell));
    let bar = el("progress")
        .class("measure")
        .attr("aria-label", t::progress())
        .live_attr("max", move || Some(seen.read().all.max(1).to_string().into()))
        .live_attr("value", move || Some(seen.read().got.to_string().into()));
    let line = move || match *seen.read() {
        Seen { all: 0, .. } => t::no_code_yet().to_owned(),
        Seen { got, all, .. } => t::parts(&got, &all),
    };
    // Not every part: screen readers announce each quarter.
    let quarter = memo(move || {
        let Seen { got, all, but } = *seen.read();
        if but.is_empty() {
            (["", t::first_parts(), t::quarter(), t::half(), t::three_quarters()])
                [(got * 4).checked_div(all).map_or(0, |quarters| quarters as usize + 1).min(4)]
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
            p_of("soft", t::hold_still()),
            again(step, t::stop()),
        ],
    )
}

/// What went wrong.
fn ended(told: &Told) -> Step {
    Step::Ended(match told {
        Told::Refused => t::camera_refused(),
        Told::Busy => t::camera_busy(),
        Told::NoCamera => t::no_camera(),
        _ => t::no_codes(),
    })
}
