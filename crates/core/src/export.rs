//! Export of everything that the worker can read: as Markdown for people and as JSON for programs. It never
//! contains any of the vault's keys.

mod markdown;
mod v2;

pub use markdown::{Fill, Words, markdown};
pub use v2::json;

use crate::bank::Bank;
use crate::content::Content;
use crate::records::{Concern, Family, OwnQuestion, Visit};
use crate::settings::Address;
use crate::time::Day;

/// The data to export.
#[derive(Debug, Clone, Copy)]
pub struct Readable<'a> {
    /// The day of the export.
    pub made: Day,
    /// For the names of outcomes and checks.
    pub content: &'a Content,
    /// For the texts of questions.
    pub bank: &'a Bank<'a>,
    /// The form of address in which questions are written.
    pub address: Address,
    /// The families, in the order of the export.
    pub families: &'a [Family],
    /// The visits, in any order; also those whose family no longer exists.
    pub visits: &'a [Visit],
    /// The worker's own questions.
    pub own: &'a [OwnQuestion],
    /// The concerns.
    pub concerns: &'a [Concern],
    /// The ids of favourite questions.
    pub favourites: &'a [String],
}

impl<'a> Readable<'a> {
    /// A question as one says it; its id if the question no longer exists, so that nothing is lost silently.
    fn question(&self, id: &'a str) -> &'a str {
        self.bank.get(id).map_or(id, |question| question.text.in_form(self.address))
    }
}

#[cfg(test)]
#[path = "export/tests.rs"]
mod tests;
