//! Keeping the settings.

use naast_core::settings::Settings;
use naast_vault::StoreError;
use naast_vault::settings::{self, Found, SaveError};

use crate::browser::device_store::DeviceStore;
use crate::messages::settings as t;

/// Where settings are kept, or why they cannot be.
#[derive(Debug, Clone, Copy)]
pub struct SettingsStore {
    store: Option<DeviceStore>,
}

/// Why settings were not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKept(SaveError);

impl NotKept {
    /// What the screen says.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self.0 {
            SaveError::Newer => t::newer(),
            SaveError::Store(StoreError::Full) => t::full(),
            SaveError::Store(_) => t::blocked(),
        }
    }
}

impl SettingsStore {
    /// Reads the settings. What cannot be read is left as it lies; the settings
    /// are then those of a first visit.
    #[must_use]
    pub fn read(store: Option<DeviceStore>) -> (Self, Settings) {
        let this = Self { store };
        (this, this.again().unwrap_or_default())
    }

    /// Reads them again, as after a change in another tab.
    #[must_use]
    pub fn again(self) -> Option<Settings> {
        match settings::load(&self.store?) {
            Ok(Found::Settings(settings)) => Some(settings),
            Ok(Found::Absent) => Some(Settings::default()),
            _ => None,
        }
    }

    /// Keeps the settings.
    ///
    /// # Errors
    /// [`NotKept`]; what lay in storage still does.
    pub fn keep(self, settings: &Settings) -> Result<(), NotKept> {
        let store = self.store.ok_or(NotKept(SaveError::Store(StoreError::Blocked)))?;
        settings::save(&store, settings).map_err(NotKept)
    }
}
