//! Keys of the store.

use naast_core::records::{Id, Kind, Record};

/// The key of the vault's header.
pub const HEADER_KEY: &str = "naast.vault";

/// The place of one record: `naast.visit.<24 hexadecimal characters>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// The kind of the record.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
}

impl RecordKey {
    /// The place of a record.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        Self { kind: record.kind(), id: record.id() }
    }

    /// The place that a key of the store names; `None` if it names no record.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        match Place::of(key) {
            Place::Record(found) => Some(found),
            _ => None,
        }
    }
}

impl core::fmt::Display for RecordKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "naast.{}.{}", kind_name(self.kind), self.id)
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Family => "family",
        Kind::Visit => "visit",
        Kind::OwnQuestion => "question",
        Kind::Concern => "concern",
    }
}

fn kind_of(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|&kind| kind_name(kind) == name)
}

/// The number of a kind in frozen formats.
pub(crate) fn kind_number(kind: Kind) -> u8 {
    match kind {
        Kind::Family => 1,
        Kind::Visit => 2,
        Kind::OwnQuestion => 3,
        Kind::Concern => 4,
    }
}

/// The kind of a number; `None` for one that a later version added.
pub(crate) fn kind_numbered(number: u8) -> Option<Kind> {
    Kind::ALL.into_iter().find(|&kind| kind_number(kind) == number)
}

/// What a key of the store names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A record of a known kind.
    Record(RecordKey),
    /// A record of a known kind with an id that Naast never gives.
    Foreign(Kind),
    /// What a parent answered, until it is added to the records.
    Parent(Id),
    /// A record of a kind that a later version must have added.
    LaterKind,
    /// Something else.
    Elsewhere,
}

impl Place {
    pub(crate) fn of(key: &str) -> Self {
        let Some((name, id)) = key.strip_prefix("naast.").and_then(|rest| rest.split_once('.')) else {
            return Self::Elsewhere;
        };
        match (kind_of(name), Id::parse(id)) {
            (None, Some(id)) if name == "parent" => Self::Parent(id),
            (Some(kind), Some(id)) => Self::Record(RecordKey { kind, id }),
            (Some(kind), None) => Self::Foreign(kind),
            (None, Some(_)) => Self::LaterKind,
            (None, None) => Self::Elsewhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_named_and_found_again() {
        for kind in Kind::ALL {
            let place = RecordKey { kind, id: Id([0xa7; 12]) };
            assert_eq!(RecordKey::parse(&place.to_string()), Some(place));
        }
        let visit = RecordKey { kind: Kind::Visit, id: Id([1; 12]) };
        assert_eq!(visit.to_string(), "naast.visit.010101010101010101010101");
    }

    #[test]
    fn keys_are_told_apart() {
        let id = "010101010101010101010101";
        assert_eq!(Place::of("naast.family.somebody"), Place::Foreign(Kind::Family));
        assert_eq!(Place::of(&format!("naast.visit.{id}0")), Place::Foreign(Kind::Visit));
        assert_eq!(Place::of(&format!("naast.goal.{id}")), Place::LaterKind);
        assert_eq!(Place::of(&format!("naast.parent.{id}")), Place::Parent(Id([1; 12])));
        for key in
            ["naast.vault", "naast.settings", "naast.settings.set-aside", "naast", "", &format!("other.visit.{id}")]
        {
            assert_eq!(Place::of(key), Place::Elsewhere, "{key}");
        }
    }
}
