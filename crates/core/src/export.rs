//! Everything the worker can read, to take along: as Markdown for people and
//! as JSON for programs. Nothing of the vault's keys ever comes here.

mod markdown;
mod v2;

pub use markdown::{Fill, Words, markdown};
pub use v2::json;

use crate::bank::Bank;
use crate::content::Content;
use crate::records::{Concern, Family, OwnQuestion, Visit};
use crate::settings::Address;
use crate::time::Day;

/// What there is to export.
#[derive(Debug, Clone, Copy)]
pub struct Readable<'a> {
    /// The day of the export.
    pub made: Day,
    /// Names of outcomes and checks.
    pub content: &'a Content,
    /// Texts of questions.
    pub bank: &'a Bank<'a>,
    /// The form in which questions are written out.
    pub address: Address,
    /// Families, in the order in which they shall stand.
    pub families: &'a [Family],
    /// Visits, in any order; also those whose family is not there.
    pub visits: &'a [Visit],
    /// Questions the worker wrote.
    pub own: &'a [OwnQuestion],
    /// Worries about a child.
    pub concerns: &'a [Concern],
    /// Ids of favourite questions.
    pub favourites: &'a [String],
}

impl<'a> Readable<'a> {
    /// A question as it is said; its id where the question is gone, so that nothing is lost in silence.
    fn question(&self, id: &'a str) -> &'a str {
        self.bank.get(id).map_or(id, |question| question.text.in_form(self.address))
    }
}

#[cfg(test)]
#[path = "export/tests.rs"]
mod tests;
