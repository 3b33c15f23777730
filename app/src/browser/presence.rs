//! Whether the user is present: touches, keys, and the visibility of the page.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Date;

/// A change of presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The page is about to end: save now.
    Leaving,
    /// The page was hidden: save, and cover it.
    Hidden,
    /// The page is visible again, after it was checked whether to lock.
    Back,
    /// The page became visible, or time passed: check whether to lock.
    Look(Away),
}

/// How long the user was absent, in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Away {
    /// Since the last touch or key.
    pub idle: u32,
    /// Since the page was hidden; `None` while it is visible.
    pub hidden: Option<u32>,
}

/// A point in time by two clocks: one that stops while the device sleeps, and one that a user can set back. The
/// larger difference counts.
#[derive(Clone, Copy)]
struct Since {
    wall: f64,
    steady: f64,
}

impl Since {
    fn now() -> Self {
        let steady = super::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now());
        Self { wall: Date::now(), steady }
    }

    fn seconds(self) -> u32 {
        let now = Self::now();
        let passed = (now.wall - self.wall).max(now.steady - self.steady).max(0.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        {
            (passed / 1000.0) as u32
        }
    }
}

/// Reports presence for as long as the page lives.
pub fn watch(report: impl Fn(Presence) + Clone + 'static) {
    let Some(window) = super::window() else { return };
    let Some(document) = window.document() else { return };
    let touched = Rc::new(Cell::new(Since::now()));
    let hidden = Rc::new(Cell::new(None::<Since>));

    let look = {
        let (touched, hidden, report) = (touched.clone(), hidden.clone(), report.clone());
        move || {
            report(Presence::Look(Away { idle: touched.get().seconds(), hidden: hidden.get().map(Since::seconds) }));
        }
    };
    for event in ["pointerdown", "keydown", "input", "wheel"] {
        let (touched, look) = (touched.clone(), look.clone());
        super::listen(&window, event, move |_| {
            // First check whether the absence was too long, and only then count the touch.
            look();
            touched.set(Since::now());
        });
    }
    super::listen(&document.clone(), "visibilitychange", {
        let (hidden, look, report) = (hidden.clone(), look.clone(), report.clone());
        move |_| {
            if document.hidden() {
                hidden.set(Some(Since::now()));
                report(Presence::Hidden);
            }
            look();
            if !document.hidden() {
                hidden.set(None);
                report(Presence::Back);
            }
        }
    });
    super::listen(&window, "pagehide", move |_| report(Presence::Leaving));
    super::timer::every(5_000, look);
}
