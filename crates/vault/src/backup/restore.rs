//! From a complete backup to the changes it makes here. It applies nothing.

use crate::Entries;
use crate::keys::RecordKey;
use crate::vault::SetAside;
use naast_core::records::{Kind, Record};
use naast_core::time::{Day, Moment};

/// The content of a file that was read completely and verified.
#[derive(Debug, Clone)]
pub struct Whole {
    made: Moment,
    /// By place, each once.
    pub(super) records: Vec<Record>,
    /// Places of records that this version cannot read, in order.
    pub(super) unread: Vec<RecordKey>,
    pub(super) newer: usize,
    pub(super) broken: usize,
}

/// What is in a file, compared with what is here, to show before anything changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// When the file was created.
    pub made: Moment,
    /// The number of records of each kind, in the order of [`Kind::ALL`].
    pub counts: [usize; Kind::ALL.len()],
    /// The nicknames of its families.
    pub families: Vec<String>,
    /// The days of its first and last visit.
    pub days: Option<(Day, Day)>,
    /// Records that are not here.
    pub added: usize,
    /// Records that a merge leaves as they are.
    pub same: usize,
    /// Records that a merge changes.
    pub changed: usize,
    /// Records here that are not in the file, which replacing removes.
    pub only_here: usize,
    /// Records of a later version: they are not restored.
    pub newer: usize,
    /// Records that cannot be read: they are not restored.
    pub broken: usize,
    /// Records at whose place something unreadable is stored. That is never overwritten, so they are not restored.
    pub blocked: usize,
}

/// The changes to apply, as any other change. Applying half of them and starting again from the same file gives the
/// same result.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Records to put.
    pub put: Vec<Record>,
    /// Places to remove.
    pub remove: Vec<RecordKey>,
}

impl Whole {
    pub(super) fn new(made: Moment) -> Self {
        Self { made, records: Vec::new(), unread: Vec::new(), newer: 0, broken: 0 }
    }

    /// Compares the file with the records `now` and what is `set_aside`.
    #[must_use]
    pub fn contents(&self, now: &Entries, set_aside: &[SetAside]) -> Contents {
        let mut contents = Contents {
            made: self.made,
            counts: [0; Kind::ALL.len()],
            families: Vec::new(),
            days: None,
            added: 0,
            same: 0,
            changed: 0,
            only_here: self.only_here(now).len(),
            newer: self.newer,
            broken: self.broken,
            blocked: 0,
        };
        let blocked = blocked(set_aside);
        for record in &self.records {
            contents.counts[record.kind() as usize] += 1;
            match record {
                Record::Family(family) => contents.families.push(family.nickname.clone()),
                Record::Visit(visit) => {
                    let (first, last) = contents.days.unwrap_or((visit.day, visit.day));
                    contents.days = Some((first.min(visit.day), last.max(visit.day)));
                }
                _ => {}
            }
            let place = RecordKey::of(record);
            if blocked.contains(&place) {
                contents.blocked += 1;
                continue;
            }
            match now.get(&place) {
                None => contents.added += 1,
                Some(here) if united(here, record).is_none() => contents.same += 1,
                Some(_) => contents.changed += 1,
            }
        }
        contents
    }

    /// Merges the file with what is here: where records differ, the texts of both are kept, those here first
    /// ([`Record::unite`]). Nothing here is removed.
    ///
    /// What was deleted or cleared here after the file was created comes back. The screen says so before.
    #[must_use]
    pub fn merge(self, now: &Entries, set_aside: &[SetAside]) -> Changes {
        let blocked = blocked(set_aside);
        let mut put = Vec::new();
        for record in self.records {
            let place = RecordKey::of(&record);
            if blocked.contains(&place) {
                continue;
            }
            put.extend(match now.get(&place) {
                None => Some(record),
                Some(here) => united(here, &record),
            });
        }
        Changes { put, remove: Vec::new() }
    }

    /// Replaces what is here by the file. Only what this version cannot read, in the file or here, stays as it is.
    #[must_use]
    pub fn replace(self, now: &Entries, set_aside: &[SetAside]) -> Changes {
        let blocked = blocked(set_aside);
        let remove = self.only_here(now);
        let differs = |record: &Record| {
            let place = RecordKey::of(record);
            now.get(&place) != Some(record) && !blocked.contains(&place)
        };
        Changes { put: self.records.into_iter().filter(differs).collect::<Vec<_>>(), remove }
    }

    /// The places of records here that are not in the file, in any version.
    fn only_here(&self, now: &Entries) -> Vec<RecordKey> {
        let mut places = Vec::new();
        let mut last = None;
        while let Some(record) = now.following(last.as_ref()) {
            let place = RecordKey::of(record);
            let held = self.records.binary_search_by(|record| RecordKey::of(record).cmp(&place)).is_ok()
                || self.unread.binary_search(&place).is_ok();
            if !held {
                places.push(place);
            }
            last = Some(place);
        }
        places
    }
}

/// The record here merged with that of the file; `None` if nothing changes.
fn united(here: &Record, there: &Record) -> Option<Record> {
    if here == there { None } else { Record::unite(here, there).filter(|united| united != here) }
}

/// The places where something unreadable is stored.
fn blocked(set_aside: &[SetAside]) -> Vec<RecordKey> {
    set_aside.iter().filter_map(|aside| RecordKey::parse(&aside.key)).collect::<Vec<_>>()
}
