//! End-to-end tests of Naast in real browsers.
//!
//! A scenario drives the built app as a person does: it finds buttons, links and fields by their role and name,
//! clicks them and types, and looks at what is on the screen. It runs in Chromium, Firefox and WebKitGTK, each
//! time in a fresh browser against its own server; to be offline, that server is stopped.
//!
//! Invariants: nothing waits a fixed time, and every wait ends as soon as the page shows what was waited for
//! (only the kill test waits for a random moment); a failure says what was on the page instead; every process
//! started here is ended here.

pub mod authenticator;
pub mod axe;
pub mod browser;
pub mod case;
mod console;
pub mod engine;
pub mod fixtures;
pub mod input;
pub mod kill_test;
pub mod locator;
pub mod page;
mod process;
pub mod runner;
pub mod scenarios;
pub mod seed_states;
pub mod site;
pub mod steps;
pub mod storage;
