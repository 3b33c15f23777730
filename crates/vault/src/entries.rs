//! What an open vault holds in memory: every record as on the screen, and as last seen in the store.
//!
//! It never touches a store. The app asks it what is [unsaved](Entries::unsaved), saves that, and reports the
//! outcome.

use naast_core::records::{Concern, Family, Kind, OwnQuestion, Record, Visit};

use crate::{Generation, RecordKey, SaveError, Saved, Stamped};

/// All records, on the screen and in the store.
#[derive(Debug, Clone, Default)]
pub struct Entries {
    /// By place, each once. A sorted vector, because a map's tree is 4 kB more to download.
    all: Vec<(RecordKey, Entry)>,
}

#[derive(Debug, Clone)]
struct Entry {
    /// As on the screen; `None` if removed.
    current: Option<Record>,
    /// As last seen in the store; `None` if absent.
    stored: Option<Stamped<Record>>,
}

impl Entry {
    fn is_unsaved(&self) -> bool {
        self.current.as_ref() != self.stored.as_ref().map(|stored| &stored.value)
    }
}

/// A record that differs from the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// Its place.
    pub place: RecordKey,
    /// What to store there; `None` to remove it.
    pub record: Option<Record>,
    /// The generation it is based on; `None` for a new record.
    pub based_on: Option<Generation>,
}

impl Entries {
    /// Creates it from what was read from the store.
    #[must_use]
    pub fn of(records: Vec<Stamped<Record>>) -> Self {
        let entry = |stored: Stamped<Record>| {
            let current = Some(stored.value.clone());
            (RecordKey::of(&stored.value), Entry { current, stored: Some(stored) })
        };
        let mut all = records.into_iter().map(entry).collect::<Vec<_>>();
        all.sort_unstable_by_key(|(key, _)| *key);
        Self { all }
    }

    fn find(&self, place: &RecordKey) -> Result<usize, usize> {
        self.all.binary_search_by(|(known, _)| known.cmp(place))
    }

    fn entry(&self, place: &RecordKey) -> Option<&Entry> {
        self.find(place).ok().and_then(|at| self.all.get(at)).map(|(_, entry)| entry)
    }

    fn entry_mut(&mut self, place: &RecordKey) -> Option<&mut Entry> {
        self.find(place).ok().and_then(|at| self.all.get_mut(at)).map(|(_, entry)| entry)
    }

    /// The entry of a place, created if absent.
    fn entry_or_empty(&mut self, place: RecordKey) -> &mut Entry {
        let at = self.find(&place).unwrap_or_else(|at| {
            self.all.insert(at, (place, Entry { current: None, stored: None }));
            at
        });
        &mut self.all[at].1
    }

    fn records(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.all.iter().filter(move |(place, _)| place.kind == kind).filter_map(|(_, entry)| entry.current.as_ref())
    }

    /// The number of records.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.all.iter().map(|(_, entry)| u32::from(entry.current.is_some())).sum()
    }

    /// All families.
    pub fn families(&self) -> impl Iterator<Item = &Family> {
        self.records(Kind::Family).filter_map(|record| match record {
            Record::Family(family) => Some(family),
            _ => None,
        })
    }

    /// All visits.
    pub fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.records(Kind::Visit).filter_map(|record| match record {
            Record::Visit(visit) => Some(visit),
            _ => None,
        })
    }

    /// All own questions.
    pub fn own_questions(&self) -> impl Iterator<Item = &OwnQuestion> {
        self.records(Kind::OwnQuestion).filter_map(|record| match record {
            Record::OwnQuestion(question) => Some(question),
            _ => None,
        })
    }

    /// All concerns.
    pub fn concerns(&self) -> impl Iterator<Item = &Concern> {
        self.records(Kind::Concern).filter_map(|record| match record {
            Record::Concern(concern) => Some(concern),
            _ => None,
        })
    }

    /// One record.
    #[must_use]
    pub fn get(&self, place: &RecordKey) -> Option<&Record> {
        self.entry(place)?.current.as_ref()
    }

    /// The record at the first place after this one, in the order of places; the first of all for `None`.
    pub(crate) fn following(&self, after: Option<&RecordKey>) -> Option<&Record> {
        let from = after.map_or(0, |place| self.find(place).map_or_else(|at| at, |at| at + 1));
        self.all.get(from..)?.iter().find_map(|(_, entry)| entry.current.as_ref())
    }

    /// Adds or replaces a record on the screen.
    pub fn put(&mut self, record: Record) {
        let place = RecordKey::of(&record);
        self.entry_or_empty(place).current = Some(record);
    }

    /// Edits a record, if it exists.
    pub fn edit(&mut self, place: &RecordKey, change: impl FnOnce(&mut Record)) {
        if let Some(record) = self.entry_mut(place).and_then(|entry| entry.current.as_mut()) {
            change(record);
        }
    }

    /// Removes a record from the screen.
    pub fn remove(&mut self, place: &RecordKey) {
        if let Some(entry) = self.entry_mut(place) {
            entry.current = None;
            self.tidy(place);
        }
    }

    /// Whether the store differs from the screen.
    #[must_use]
    pub fn has_unsaved(&self) -> bool {
        self.all.iter().any(|(_, entry)| entry.is_unsaved())
    }

    /// The generation last seen at a place.
    #[must_use]
    pub fn known(&self, place: &RecordKey) -> Option<Generation> {
        self.entry(place)?.stored.as_ref().map(|stored| stored.generation)
    }

    /// Everything that differs from the store.
    #[must_use]
    pub fn unsaved(&self) -> Vec<Unsaved> {
        let unsaved = self.all.iter().filter(|(_, entry)| entry.is_unsaved());
        unsaved
            .map(|(place, entry)| Unsaved {
                place: *place,
                record: entry.current.clone(),
                based_on: entry.stored.as_ref().map(|stored| stored.generation),
            })
            .collect::<Vec<_>>()
    }

    /// Applies the outcome of saving these changes; the screen may have changed meanwhile. Returns why something is
    /// not saved, unless another tab had written it: then both versions are merged, and can be saved.
    pub fn after(&mut self, changes: Vec<Unsaved>, saved: &mut Saved) -> Option<SaveError> {
        for change in changes {
            let Some(written) = saved.written.iter().find(|written| written.place == change.place) else { continue };
            if let Some(entry) = self.entry_mut(&change.place) {
                entry.stored = change.record.map(|value| Stamped { value, generation: written.generation });
                self.tidy(&change.place);
            }
        }
        let mut why = None;
        for (place, error) in core::mem::take(&mut saved.refused) {
            match error {
                SaveError::Conflict { theirs } => self.meet(&place, theirs.map(|theirs| *theirs)),
                error => why = Some(error),
            }
        }
        why
    }

    /// Merges another version of a record into the present one, to be saved.
    pub fn keep_beside(&mut self, other: &Record) {
        let Some(entry) = self.entry_mut(&RecordKey::of(other)) else { return };
        let Some(both) = entry.current.as_ref().and_then(|record| Record::unite(record, other)) else { return };
        entry.current = Some(both);
        // The two stores have different versions. Even if one contains the other, both must get the result.
        if let Some(stored) = entry.stored.as_mut().filter(|stored| Some(&stored.value) == entry.current.as_ref()) {
            stored.value = other.clone();
        }
    }

    /// Applies what another tab wrote at a place (`None`: removed) without losing text of either.
    ///
    /// What this tab removed and another changed stays. What another removed is removed here too, unless text was
    /// added here that is nowhere else.
    pub fn meet(&mut self, place: &RecordKey, theirs: Option<Stamped<Record>>) {
        let entry = self.entry_or_empty(*place);
        let unsaved = entry.is_unsaved();
        let known = entry.stored.as_ref().map(|stored| stored.generation);
        // A late notification: this version was seen already, and what was changed since stays.
        if known == theirs.as_ref().map(|theirs| theirs.generation) {
            return self.tidy(place);
        }
        // A version that is not newer than the known one has another ancestor.
        let crossed = known
            .is_some_and(|known| theirs.as_ref().is_some_and(|theirs| theirs.generation.number() <= known.number()));
        entry.current = match (entry.current.take(), &theirs) {
            (current, _) if !unsaved && !crossed && current.is_some() => {
                theirs.as_ref().map(|theirs| theirs.value.clone())
            }
            (Some(mine), Some(theirs)) => {
                let both = match &entry.stored {
                    Some(stored) if !crossed => Record::merge(&stored.value, &mine, &theirs.value),
                    // There is no known common ancestor.
                    _ => Record::unite(&mine, &theirs.value),
                };
                Some(both.unwrap_or(mine))
            }
            (Some(mine), None) => Some(mine),
            (None, theirs) => theirs.as_ref().map(|theirs| theirs.value.clone()),
        };
        entry.stored = theirs;
        self.tidy(place);
    }

    /// Forgets a place that is empty on the screen and in the store.
    fn tidy(&mut self, place: &RecordKey) {
        if let Ok(at) = self.find(place)
            && self.all[at].1.current.is_none()
            && self.all[at].1.stored.is_none()
        {
            self.all.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryStore;
    use crate::testing::{Seeded, cheap_key};
    use crate::{Vault, create};
    use naast_core::records::{FamilyId, Id, VisitId};
    use naast_core::time::{Day, Moment};

    fn open_vault() -> (MemoryStore, Vault, Seeded) {
        let (store, mut entropy) = (MemoryStore::new(), Seeded::new(1));
        let vault = create(&store, &cheap_key("vijf gewone woorden"), &mut entropy).unwrap();
        (store, vault, entropy)
    }

    fn visit(seen_heard: &str) -> Visit {
        let made = Moment(0);
        let mut visit = Visit::new(VisitId(Id([1; 12])), FamilyId(Id([2; 12])), Day(20_000), made);
        seen_heard.clone_into(&mut visit.seen_heard);
        visit
    }

    fn place() -> RecordKey {
        RecordKey::of(&Record::Visit(visit("")))
    }

    fn type_more(entries: &mut Entries, more: &str) {
        entries.edit(&place(), |record| {
            if let Record::Visit(visit) = record {
                visit.seen_heard.push_str(more);
            }
        });
    }

    fn text(entries: &Entries) -> String {
        entries.visits().next().map_or_else(String::new, |visit| visit.seen_heard.clone())
    }

    /// What the app does with what is unsaved.
    fn flush(entries: &mut Entries, vault: &Vault, store: &MemoryStore, entropy: &mut Seeded) {
        for _ in 0..4 {
            let changes = entries.unsaved();
            let mut saved = vault.save_all(store, &changes, entropy);
            assert_eq!(entries.after(changes, &mut saved), None);
        }
        assert!(!entries.has_unsaved());
    }

    #[test]
    fn what_is_typed_while_a_save_is_under_way_is_saved_next() {
        let (store, vault, mut entropy) = open_vault();
        let mut entries = Entries::default();
        entries.put(Record::Visit(visit("een")));
        let under_way = entries.unsaved();
        type_more(&mut entries, " twee");
        let mut saved = vault.save_all(&store, &under_way, &mut entropy);
        assert_eq!(entries.after(under_way, &mut saved), None);
        assert!(entries.has_unsaved());
        flush(&mut entries, &vault, &store, &mut entropy);
        let again = Entries::of(vault.load(&store, Vec::new()).unwrap().records);
        assert_eq!(text(&again), "een twee");
    }

    #[test]
    fn two_tabs_that_type_in_one_note_keep_both_texts() {
        let (store, vault, mut entropy) = open_vault();
        let mut first = Entries::default();
        first.put(Record::Visit(visit("begin")));
        flush(&mut first, &vault, &store, &mut entropy);
        let mut second = Entries::of(vault.load(&store, Vec::new()).unwrap().records);

        type_more(&mut first, ", van de een");
        type_more(&mut second, ", van de ander");
        flush(&mut first, &vault, &store, &mut entropy);
        flush(&mut second, &vault, &store, &mut entropy);
        assert!(text(&second).contains("van de een") && text(&second).contains("van de ander"));
    }

    #[test]
    fn what_another_tab_took_away_goes_here_too_unless_words_were_added() {
        let (store, vault, mut entropy) = open_vault();
        let mut here = Entries::default();
        here.put(Record::Visit(visit("begin")));
        flush(&mut here, &vault, &store, &mut entropy);

        let mut untouched = here.clone();
        untouched.meet(&place(), None);
        assert_eq!(untouched.visits().count(), 0);

        type_more(&mut here, " en meer");
        here.meet(&place(), None);
        assert_eq!(text(&here), "begin en meer");
        assert!(here.has_unsaved());
    }

    #[test]
    fn what_was_taken_away_here_and_changed_elsewhere_stays() {
        let (store, vault, mut entropy) = open_vault();
        let mut here = Entries::default();
        here.put(Record::Visit(visit("begin")));
        flush(&mut here, &vault, &store, &mut entropy);
        let mut elsewhere = here.clone();
        type_more(&mut elsewhere, " en een zin van een ander");
        flush(&mut elsewhere, &vault, &store, &mut entropy);

        here.remove(&place());
        flush(&mut here, &vault, &store, &mut entropy);
        assert_eq!(text(&here), "begin en een zin van een ander");
    }

    #[test]
    fn late_word_of_what_was_seen_brings_nothing_back() {
        let (store, vault, mut entropy) = open_vault();
        let mut here = Entries::default();
        here.put(Record::Visit(visit("begin")));
        flush(&mut here, &vault, &store, &mut entropy);
        let known = vault.load(&store, Vec::new()).unwrap().records.pop();
        here.remove(&place());
        here.meet(&place(), known);
        assert_eq!(text(&here), "");
        flush(&mut here, &vault, &store, &mut entropy);
        here.meet(&place(), None);
        assert!(here.all.is_empty());
    }

    /// Both wrote the second one, and the other was put over it.
    #[test]
    fn what_did_not_begin_with_what_was_kept_here_does_not_take_its_place() {
        let (store, vault, mut entropy) = open_vault();
        let mut here = Entries::default();
        here.put(Record::Visit(visit("begin")));
        flush(&mut here, &vault, &store, &mut entropy);
        let (mut elsewhere, before) = (here.clone(), store.snapshot());
        type_more(&mut here, ", van mij");
        flush(&mut here, &vault, &store, &mut entropy);
        before.into_iter().for_each(|(key, value)| store.plant(key, value));
        type_more(&mut elsewhere, ", van de ander");
        flush(&mut elsewhere, &vault, &store, &mut entropy);
        here.meet(&place(), vault.load(&store, Vec::new()).unwrap().records.pop());
        assert!(text(&here).contains("van mij") && text(&here).contains("van de ander") && here.has_unsaved());
    }

    #[test]
    fn a_record_made_and_taken_away_before_a_save_leaves_nothing() {
        let mut entries = Entries::default();
        entries.put(Record::Visit(visit("")));
        entries.remove(&place());
        assert!(!entries.has_unsaved());
        assert!(entries.unsaved().is_empty());
    }
}
