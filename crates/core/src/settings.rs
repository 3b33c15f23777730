//! The settings of the worker. They are not secret, and can be read while Naast is locked.

use serde::{Deserialize, Serialize};

pub use crate::content::Address;
use crate::time::Day;

/// The role of the worker; it decides who may see safety questions without preparation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Role {
    /// A volunteer, coached by a coordinator.
    #[default]
    Volunteer,
    /// A professional, bound by the meldcode.
    Professional,
    /// A student, who talks with the supervisor first, as a volunteer talks with the coordinator.
    Student,
}

impl Role {
    /// All roles, in the order of the screen.
    pub const ALL: [Self; 3] = [Self::Volunteer, Self::Professional, Self::Student];

    /// Whether a concern about safety goes to the coordinator first.
    #[must_use]
    pub fn coordinator_first(self) -> bool {
        !matches!(self, Self::Professional)
    }
}

/// Light, dark, or the setting of the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Theme {
    /// The setting of the phone.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Who the worker is.
    pub role: Role,
    /// How the parent is addressed.
    pub address: Address,
    /// Light or dark.
    pub theme: Theme,
    /// Minutes without a touch after which Naast locks: 1 to 60.
    pub lock_idle_minutes: u16,
    /// Minutes in the background after which Naast locks: 0 to 60; 0 locks at once.
    pub lock_hidden_minutes: u16,
    /// The coordinator's name, as the worker writes it; empty if not set.
    pub coordinator_name: String,
    /// The coordinator's number as typed; empty if not set.
    pub coordinator_number: String,
    /// The ids of favourite questions, in the order in which they were chosen.
    pub favourites: Vec<String>,
    /// Whether the welcome was closed.
    pub welcomed: bool,
    /// Weeks after handing over before Naast proposes to clear the notes: 0 to 52.
    pub keep_weeks: u8,
    /// The day of the last backup on this phone.
    pub backed_up: Option<Day>,
    /// The day on which a reminder of a backup was last postponed.
    pub backup_put_off: Option<Day>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            role: Role::default(),
            address: Address::default(),
            theme: Theme::default(),
            lock_idle_minutes: 10,
            lock_hidden_minutes: 2,
            coordinator_name: String::new(),
            coordinator_number: String::new(),
            favourites: Vec::new(),
            welcomed: false,
            keep_weeks: crate::retention::WEEKS,
            backed_up: None,
            backup_put_off: None,
        }
    }
}

impl Settings {
    /// Adds or removes a favourite; returns whether it is one now.
    pub fn toggle_favourite(&mut self, question: &str) -> bool {
        let before = self.favourites.len();
        self.favourites.retain(|id| id != question);
        if self.favourites.len() < before {
            return false;
        }
        self.favourites.push(question.to_owned());
        true
    }

    /// Whether the question is a favourite.
    #[must_use]
    pub fn is_favourite(&self, question: &str) -> bool {
        self.favourites.iter().any(|id| id == question)
    }
}
