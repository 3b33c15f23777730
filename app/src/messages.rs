//! The messages of the app: every text on the screen that is not content.
//!
//! `crates/content/nl/messages.toml` holds them. The build makes a function for each: a module for a
//! section, a function for a key, with what is filled in as arguments. A page imports its section:
//!
//! ```ignore
//! use crate::messages::today as t;
//! h1(t::title())
//! ```
//!
//! The texts themselves come from a file of their own, one for each language, which `public/boot.js`
//! fetches beside the module and hands to `start`. A message without a use is an error of the build.

use std::fmt::{Display, Write};
use std::sync::OnceLock;

use crate::browser::plural;

#[cfg_attr(target_family = "wasm", deny(dead_code))]
#[cfg_attr(not(target_family = "wasm"), allow(dead_code))]
#[allow(clippy::doc_markdown, reason = "the comments are the texts themselves")]
mod generated {
    use super::{fill, plural, text};

    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

pub(crate) use generated::*;

/// The texts in the order that the generated functions count in.
static TEXTS: OnceLock<Vec<&'static str>> = OnceLock::new();

/// Takes the texts of a language; those that came first stay. Says whether they fit this build.
pub fn load(lines: &'static str) -> bool {
    TEXTS.get_or_init(|| lines.split('\n').collect()).len() == COUNT
}

/// The texts that the build was made with, for what runs outside a browser.
#[cfg(not(target_family = "wasm"))]
pub fn load_own() {
    load(include_str!(concat!(env!("OUT_DIR"), "/nl.messages")));
}

fn text(line: usize) -> &'static str {
    TEXTS.get().and_then(|texts| texts.get(line)).copied().unwrap_or_default()
}

/// A text with its parameters in their places, each marked by its number as a control character.
fn fill(line: usize, parameters: &[&dyn Display]) -> String {
    let mut filled = String::new();
    for c in text(line).chars() {
        match (c as usize).checked_sub(1).and_then(|number| parameters.get(number)) {
            // Writing to a String does not fail.
            Some(parameter) => drop(write!(filled, "{parameter}")),
            None => filled.push(c),
        }
    }
    filled
}

/// The form of a text for `n` things; its forms have lines of their own.
fn plural(line: usize, n: usize, parameters: &[&dyn Display]) -> String {
    fill(line + plural::form(n), parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_the_build_fit() {
        load_own();
        assert!(load(""), "those that came first stay");
        assert_eq!(place::today(), "Vandaag");
    }
}
