//! Settings as version 1 writes them. **Frozen**: phones hold these bytes.

use naast_core::settings::{Address, Role, Settings, Theme};

use crate::wire::{Wire, whole};

pub(super) fn encode(settings: &Settings) -> Vec<u8> {
    let mut bytes = Vec::new();
    settings.put(&mut bytes);
    bytes
}

/// `None` when the bytes are not exactly one set of settings.
pub(super) fn decode(bytes: &[u8]) -> Option<Settings> {
    let mut settings = whole(1, bytes, Settings::take)?;
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
    welcomed
});
wire_choice!(Role: Volunteer, Professional, Student);
wire_choice!(Address: Je, U);
wire_choice!(Theme: System, Light, Dark);
