//! The device's clock and the platform's way of writing dates.

use js_sys::{Array, Date, Intl, Object, Reflect};
use naast_core::time::{Day, Moment};
use wasm_bindgen::JsValue;

/// Now, as the device tells it.
#[must_use]
pub fn now() -> Moment {
    #[allow(clippy::cast_possible_truncation, reason = "Date.now() is a whole number of milliseconds")]
    Moment(Date::now() as i64)
}

/// Today, at the place of the device.
#[must_use]
pub fn today() -> Day {
    day_of(now())
}

/// The local day of a moment.
#[must_use]
pub fn day_of(moment: Moment) -> Day {
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "offsets are whole minutes")]
    let offset = -Date::new(&JsValue::from_f64(moment.0 as f64)).get_timezone_offset() as i32;
    moment.day(offset)
}

/// A day as a person writes it: “zaterdag 21 november 2026”.
#[must_use]
pub fn day_in_words(day: Day) -> String {
    format(day, &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")])
}

/// A day, shorter: “21 nov 2026”.
#[must_use]
pub fn day_short(day: Day) -> String {
    format(day, &[("day", "numeric"), ("month", "short"), ("year", "numeric")])
}

fn format(day: Day, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (key, value) in parts.iter().chain([&("timeZone", "UTC")]) {
        // Setting a property of a fresh object does not fail.
        let _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    #[allow(clippy::cast_precision_loss, reason = "within the range of JavaScript dates")]
    let noon = Date::new(&JsValue::from_f64(day.noon_utc().0 as f64));
    Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str("nl-NL")), &options)
        .format()
        .call1(&JsValue::UNDEFINED, &noon)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| day.iso())
}
