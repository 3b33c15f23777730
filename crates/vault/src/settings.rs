//! Settings in the store: not secret, and readable while the vault is locked.

mod fields;

use crate::ascii::{self, Unreadable, What};
use crate::store::{Store, StoreError};
use naast_core::settings::Settings;

/// The key of the settings.
pub const KEY: &str = "naast.settings";

/// The key to which settings that cannot be read are moved when new ones are saved.
pub const SET_ASIDE_KEY: &str = "naast.settings.set-aside";

const VERSION: u16 = 3;

/// What is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Absent,
    /// These settings.
    Settings(Settings),
    /// A value that cannot be read.
    Corrupt,
    /// Settings of a later version of Naast.
    Newer {
        /// Their version.
        version: u16,
    },
}

/// Why settings were not saved. The stored ones are unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveError {
    /// A later version of Naast wrote the stored settings.
    Newer,
    /// Storage refused.
    Store(StoreError),
}

impl From<StoreError> for SaveError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Reads the settings.
///
/// # Errors
/// [`StoreError`] if the storage cannot be read.
pub fn load(store: &dyn Store) -> Result<Found, StoreError> {
    Ok(decode(store.get(KEY)?.as_deref()))
}

/// Saves the settings. A stored value that cannot be read is first copied to [`SET_ASIDE_KEY`].
///
/// # Errors
/// [`SaveError`]; the stored settings are unchanged.
pub fn save(store: &dyn Store, settings: &Settings) -> Result<(), SaveError> {
    let text = encode(settings);
    let stored = store.get(KEY)?;
    match (decode(stored.as_deref()), stored) {
        (Found::Newer { .. }, _) => return Err(SaveError::Newer),
        (Found::Corrupt, Some(damaged)) => store.put(SET_ASIDE_KEY, &damaged)?,
        _ => {}
    }
    Ok(store.put(KEY, &text)?)
}

fn encode(settings: &Settings) -> String {
    ascii::encode(What::Settings, VERSION, &fields::encode(settings))
}

/// Reads a stored value, from the store or from the event of another tab.
#[must_use]
pub fn decode(stored: Option<&str>) -> Found {
    let Some(text) = stored else {
        return Found::Absent;
    };
    match ascii::decode(What::Settings, VERSION, text) {
        Ok((version @ 1..=VERSION, bytes)) => fields::decode(version, &bytes).map_or(Found::Corrupt, Found::Settings),
        Ok(_) | Err(Unreadable::Corrupt) => Found::Corrupt,
        Err(Unreadable::Newer(version)) => Found::Newer { version },
    }
}

/// The bytes inside, past the base64.
#[cfg(any(test, fuzzing))]
pub(crate) fn decode_inside(bytes: &[u8]) {
    if let Some(settings) = fields::decode(VERSION, bytes) {
        assert_eq!(fields::decode(VERSION, &fields::encode(&settings)), Some(settings));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::{Fault, MemoryStore};
    use naast_core::settings::{Address, Role, Theme};
    use naast_core::time::Day;
    use proptest::prelude::*;

    fn some() -> Settings {
        Settings { role: Role::Student, coordinator_name: "Noor".into(), ..Settings::default() }
    }

    #[test]
    fn settings_are_kept() {
        let store = MemoryStore::new();
        assert_eq!(load(&store), Ok(Found::Absent));
        save(&store, &some()).unwrap();
        assert_eq!(load(&store), Ok(Found::Settings(some())));
    }

    #[test]
    fn damaged_settings_are_put_aside_before_new_ones_take_their_place() {
        let store = MemoryStore::new();
        store.plant(KEY, "naast-settings.1.AAA");
        assert_eq!(load(&store), Ok(Found::Corrupt));
        store.fail_write(0, Fault::Refuse(StoreError::Full));
        assert_eq!(save(&store, &some()), Err(SaveError::Store(StoreError::Full)));
        assert_eq!(store.snapshot()[KEY], "naast-settings.1.AAA");
        save(&store, &some()).unwrap();
        assert_eq!(store.snapshot()[SET_ASIDE_KEY], "naast-settings.1.AAA");
        assert_eq!(load(&store), Ok(Found::Settings(some())));
    }

    #[test]
    fn settings_of_a_later_version_are_left_alone() {
        let store = MemoryStore::new();
        store.plant(KEY, "naast-settings.4.what ever");
        assert_eq!(load(&store), Ok(Found::Newer { version: 4 }));
        assert_eq!(save(&store, &some()), Err(SaveError::Newer));
        assert_eq!(store.snapshot()[KEY], "naast-settings.4.what ever");
    }

    #[test]
    fn minutes_out_of_range_are_brought_back() {
        let wild = Settings { lock_idle_minutes: 0, lock_hidden_minutes: 9_000, ..Settings::default() };
        let Found::Settings(read) = decode(Some(&encode(&wild))) else { panic!() };
        assert_eq!((read.lock_idle_minutes, read.lock_hidden_minutes), (1, 60));
    }

    prop_compose! {
        fn any_settings()(
            role in prop::sample::select(&Role::ALL[..]),
            address in prop::sample::select(&[Address::Je, Address::U][..]),
            theme in prop::sample::select(&[Theme::System, Theme::Light, Theme::Dark][..]),
            lock_idle_minutes in 1..=60_u16,
            lock_hidden_minutes in 0..=60_u16,
            coordinator_name in any::<String>(),
            coordinator_number in any::<String>(),
            favourites in prop::collection::vec(any::<String>(), 0..5),
            welcomed in any::<bool>(),
            keep_weeks in 0..=52_u8,
            backed_up in any::<Option<i32>>(),
            backup_put_off in any::<Option<i32>>(),
        ) -> Settings {
            Settings {
                role, address, theme, lock_idle_minutes, lock_hidden_minutes,
                coordinator_name, coordinator_number, favourites, welcomed, keep_weeks,
                backed_up: backed_up.map(Day), backup_put_off: backup_put_off.map(Day),
            }
        }
    }

    proptest! {
        #[test]
        fn all_settings_come_back_as_they_were(settings in any_settings()) {
            prop_assert_eq!(decode(Some(&encode(&settings))), Found::Settings(settings));
        }

        #[test]
        fn a_cut_is_corrupt(settings in any_settings(), at in any::<prop::sample::Index>()) {
            let text = encode(&settings);
            prop_assert_eq!(decode(Some(&text[..at.index(text.len())])), Found::Corrupt);
        }

        #[test]
        fn any_text_is_settings_or_refused(text in "(naast-settings\\.1\\.)?[A-Za-z0-9_.-]{0,200}") {
            let _ = decode(Some(&text));
        }
    }
}
