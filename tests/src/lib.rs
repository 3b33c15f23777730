//! End-to-end tests of Naast in real browsers.
