//! The fields of the settings, in every version. **Frozen**: phones hold these bytes. A new version may add a
//! field (`field @ 3`), but never moves or removes one or changes its type.

use naast_core::settings::{Address, Role, Settings, Theme};

use crate::wire::{Wire, whole};

pub(super) fn encode(settings: &Settings) -> Vec<u8> {
    let mut bytes = Vec::new();
    settings.put(&mut bytes);
    bytes
}

/// Decodes what this version encoded; `None` unless the bytes are exactly one set of settings.
pub(super) fn decode(version: u16, bytes: &[u8]) -> Option<Settings> {
    let mut settings = whole(u8::try_from(version).ok()?, bytes, Settings::take)?;
    if version < 2 {
        settings.keep_weeks = Settings::default().keep_weeks;
    }
    settings.keep_weeks = settings.keep_weeks.min(52);
    settings.lock_idle_minutes = settings.lock_idle_minutes.clamp(1, 60);
    settings.lock_hidden_minutes = settings.lock_hidden_minutes.min(60);
    Some(settings)
}

wire!(Settings {
    role,
    address,
    theme,
    lock_idle_minutes,
    lock_hidden_minutes,
    coordinator_name,
    coordinator_number,
    favourites,
    welcomed,
    keep_weeks @ 2,
    backed_up @ 3,
    backup_put_off @ 3
});
wire_choice!(Role: Volunteer, Professional, Student);
wire_choice!(Address: Je, U);
wire_choice!(Theme: System, Light, Dark);
