//! Settings as version 1 writes them. **Frozen**: phones hold these bytes.

use crate::wire::whole;
use naast_core::settings::{Address, Role, Settings, Theme};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct SettingsV1<'a> {
    role: RoleV1,
    address: AddressV1,
    theme: ThemeV1,
    lock_idle_minutes: u16,
    lock_hidden_minutes: u16,
    coordinator_name: &'a str,
    coordinator_number: &'a str,
    #[serde(borrow)]
    favourites: Vec<&'a str>,
    welcomed: bool,
}

frozen_enum!(RoleV1, Role: Volunteer, Professional, Student);
frozen_enum!(AddressV1, Address: Je, U);
frozen_enum!(ThemeV1, Theme: System, Light, Dark);

/// Fails never in practice: nothing in the type can, and memory only grows.
pub(super) fn encode(settings: &Settings) -> Option<Vec<u8>> {
    let wire = SettingsV1 {
        role: settings.role.into(),
        address: settings.address.into(),
        theme: settings.theme.into(),
        lock_idle_minutes: settings.lock_idle_minutes,
        lock_hidden_minutes: settings.lock_hidden_minutes,
        coordinator_name: &settings.coordinator_name,
        coordinator_number: &settings.coordinator_number,
        favourites: settings.favourites.iter().map(String::as_str).collect(),
        welcomed: settings.welcomed,
    };
    postcard::to_allocvec(&wire).ok()
}

/// `None` when the bytes are not exactly one set of settings.
pub(super) fn decode(bytes: &[u8]) -> Option<Settings> {
    let wire: SettingsV1<'_> = whole(bytes)?;
    Some(Settings {
        role: wire.role.into(),
        address: wire.address.into(),
        theme: wire.theme.into(),
        lock_idle_minutes: wire.lock_idle_minutes.clamp(1, 60),
        lock_hidden_minutes: wire.lock_hidden_minutes.min(60),
        coordinator_name: wire.coordinator_name.to_owned(),
        coordinator_number: wire.coordinator_number.to_owned(),
        favourites: wire.favourites.into_iter().map(str::to_owned).collect(),
        welcomed: wire.welcomed,
    })
}
