//! The Naast app.
