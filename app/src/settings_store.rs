//! Storing the settings.

use naast_core::settings::Settings;
use naast_vault::StoreError;
use naast_vault::settings::{self, Found, SaveError};

use crate::browser::device_store::DeviceStore;
use crate::messages::settings as t;

/// Where the settings are stored, if the browser stores anything.
#[derive(Debug, Clone, Copy)]
pub struct SettingsStore {
    store: Option<DeviceStore>,
}

/// Why the settings were not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKept(SaveError);

impl NotKept {
    /// The message for the user.
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
    /// Reads the settings. Settings that cannot be read are left where they are, and the defaults are used.
    #[must_use]
    pub fn read(store: Option<DeviceStore>) -> (Self, Settings) {
        let this = Self { store };
        (this, this.again().unwrap_or_default())
    }

    /// Reads the settings again, such as after a change in another tab.
    #[must_use]
    pub fn again(self) -> Option<Settings> {
        match settings::load(&self.store?) {
            Ok(Found::Settings(settings)) => Some(settings),
            Ok(Found::Absent) => Some(Settings::default()),
            _ => None,
        }
    }

    /// Saves the settings.
    ///
    /// # Errors
    /// [`NotKept`]; what was stored is unchanged.
    pub fn keep(self, settings: &Settings) -> Result<(), NotKept> {
        let store = self.store.ok_or(NotKept(SaveError::Store(StoreError::Blocked)))?;
        settings::save(&store, settings).map_err(NotKept)
    }
}
