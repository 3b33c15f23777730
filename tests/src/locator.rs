//! Identifies an element on the page by its role and its accessible name.

use serde::Serialize;

/// The name of an element: its text, or its accessible name.
#[derive(Debug, Clone, Serialize)]
pub enum Name {
    /// Exactly this text, apart from white space.
    #[serde(rename = "is")]
    Is(String),
    /// It contains this text.
    #[serde(rename = "part")]
    Part(String),
    /// Any name.
    #[serde(rename = "any")]
    Any(()),
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self::Is(name.to_owned())
    }
}

impl From<&String> for Name {
    fn from(name: &String) -> Self {
        Self::Is(name.clone())
    }
}

/// A name of which only a part is known.
#[must_use]
pub fn part(name: &str) -> Name {
    Name::Part(name.to_owned())
}

/// Any name at all.
#[must_use]
pub fn any() -> Name {
    Name::Any(())
}

/// An element on the page that is visible and reachable.
#[derive(Debug, Clone, Serialize)]
pub struct Locator {
    roles: &'static [&'static str],
    name: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nth: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<Box<Locator>>,
    said: String,
}

impl Locator {
    pub(crate) fn new(kind: &str, roles: &'static [&'static str], name: Name) -> Self {
        let said = match &name {
            Name::Is(name) => format!("{kind} “{name}”"),
            Name::Part(name) => format!("{kind} “…{name}…”"),
            Name::Any(()) => kind.to_owned(),
        };
        Self { roles, name, level: None, nth: None, holding: None, within: None, said }
    }

    pub(crate) fn level(mut self, level: u8) -> Self {
        self.level = Some(level);
        self
    }

    /// The one at this position among several, from 0; from -1 backwards.
    pub(crate) fn nth(mut self, nth: i32) -> Self {
        self.nth = Some(nth);
        self.said = format!("{} at place {nth}", self.said);
        self
    }

    /// Only if it contains this text.
    pub(crate) fn holding(mut self, text: &str) -> Self {
        self.holding = Some(text.to_owned());
        self.said = format!("{} with “{text}” in it", self.said);
        self
    }

    /// Only within that other element.
    pub(crate) fn within(mut self, outer: Locator) -> Self {
        self.said = format!("{} in {}", self.said, outer.said);
        self.within = Some(Box::new(outer));
        self
    }

    /// A description for errors, as a person would give it.
    #[must_use]
    pub fn said(&self) -> &str {
        &self.said
    }
}
