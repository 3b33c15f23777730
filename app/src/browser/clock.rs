//! The clock of the device, and dates in the words of the platform.

#[cfg(not(target_family = "wasm"))]
#[cfg_attr(not(test), allow(unused_imports, reason = "only tests set the clock"))]
pub use outside::{day_of, now, set};
#[cfg(target_family = "wasm")]
pub use platform::{day_of, now};

use naast_core::time::Day;

/// Today, in the time zone of the device.
#[must_use]
pub fn today() -> Day {
    day_of(now())
}

/// A day in words: “zaterdag 21 november 2026”.
#[must_use]
pub fn day_in_words(day: Day) -> String {
    format(day, &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")])
}

/// A day in short: “21 nov 2026”.
#[must_use]
pub fn day_short(day: Day) -> String {
    format(day, &[("day", "numeric"), ("month", "short"), ("year", "numeric")])
}

#[cfg(target_family = "wasm")]
use platform::format;

#[cfg(not(target_family = "wasm"))]
fn format(day: Day, _: &[(&str, &str)]) -> String {
    day.iso()
}

#[cfg(target_family = "wasm")]
mod platform {
    use js_sys::{Array, Date, Intl, Object, Reflect};
    use naast_core::time::{Day, Moment};
    use wasm_bindgen::JsValue;

    /// The present moment.
    #[must_use]
    pub fn now() -> Moment {
        #[allow(clippy::cast_possible_truncation, reason = "Date.now() is a whole number of milliseconds")]
        Moment(Date::now() as i64)
    }

    /// The day of a moment in the time zone of the device.
    #[must_use]
    pub fn day_of(moment: Moment) -> Day {
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "offsets are whole minutes")]
        let offset = -Date::new(&JsValue::from_f64(moment.0 as f64)).get_timezone_offset() as i32;
        moment.day(offset)
    }

    pub(super) fn format(day: Day, parts: &[(&str, &str)]) -> String {
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
}

/// The clock outside a browser: it stands still, at the moment that it is set to.
#[cfg(not(target_family = "wasm"))]
mod outside {
    use std::cell::Cell;

    use naast_core::time::{Day, Moment};

    thread_local! {
        static NOW: Cell<Moment> = const { Cell::new(Moment(0)) };
    }

    /// Sets the clock of this thread.
    #[cfg_attr(not(test), allow(dead_code, reason = "only tests set the clock"))]
    pub fn set(now: Moment) {
        NOW.set(now);
    }

    /// The moment that the clock was set to.
    #[must_use]
    pub fn now() -> Moment {
        NOW.get()
    }

    /// The day of a moment, in UTC.
    #[must_use]
    pub fn day_of(moment: Moment) -> Day {
        moment.day(0)
    }
}
