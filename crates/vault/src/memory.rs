//! A store in memory, for tests: it can refuse, tear and die on demand.

use crate::store::{Store, StoreError};
use core::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// What goes wrong at a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The write is refused and nothing changes.
    Refuse(StoreError),
    /// Half of the value is written and the write still reports an error: what a
    /// [`Store`] promises not to do, and hardware sometimes does.
    Tear,
    /// The power goes: neither this write nor any later one happens, until
    /// [`MemoryStore::revive`].
    Die,
}

/// A store in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    values: RefCell<BTreeMap<String, String>>,
    fault: Cell<Option<(usize, Fault)>>,
    writes: Cell<usize>,
    blocked: Cell<bool>,
}

impl MemoryStore {
    /// An empty store without faults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets the write number `n`, counted from now and from 0, go wrong; later ones work.
    pub fn fail_write(&self, n: usize, fault: Fault) {
        self.fault.set(Some((self.writes.get() + n, fault)));
    }

    /// The power is back; what lay there still does.
    pub fn revive(&self) {
        self.fault.set(None);
    }

    /// Lets every operation fail, as a browser that blocks storage does.
    pub fn set_blocked(&self, blocked: bool) {
        self.blocked.set(blocked);
    }

    /// How many writes and removals were asked for.
    #[must_use]
    pub fn writes(&self) -> usize {
        self.writes.get()
    }

    /// All that lies in the store, to look at or to compare.
    #[must_use]
    pub fn snapshot(&self) -> BTreeMap<String, String> {
        self.values.borrow().clone()
    }

    /// Puts a value in without faults, as another program might.
    pub fn plant(&self, key: impl Into<String>, value: impl Into<String>) {
        self.values.borrow_mut().insert(key.into(), value.into());
    }

    /// Takes a value away without faults, as another program might.
    pub fn uproot(&self, key: &str) {
        self.values.borrow_mut().remove(key);
    }

    fn arrive(&self) -> Result<(), StoreError> {
        if self.blocked.get() { Err(StoreError::Blocked) } else { Ok(()) }
    }

    fn write(&self, key: &str, value: Option<&str>) -> Result<(), StoreError> {
        self.arrive()?;
        let n = self.writes.get();
        self.writes.set(n + 1);
        let now = |&(at, fault): &(usize, Fault)| at == n || at < n && fault == Fault::Die;
        let fault = self.fault.get().filter(now).map(|(_, fault)| fault);
        match (fault, value) {
            (None, Some(value)) => self.plant(key, value),
            (None, None) => self.uproot(key),
            (Some(Fault::Refuse(error)), _) => return Err(error),
            (Some(Fault::Die), _) => return Err(StoreError::Other),
            (Some(Fault::Tear), value) => {
                if let Some(value) = value {
                    self.plant(key, &value[..value.len() / 2]);
                }
                return Err(StoreError::Other);
            }
        }
        Ok(())
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.arrive()?;
        Ok(self.values.borrow().get(key).cloned())
    }

    fn put(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write(key, Some(value))
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.write(key, None)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.arrive()?;
        Ok(self.values.borrow().keys().cloned().collect())
    }
}
