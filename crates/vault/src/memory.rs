//! A store in memory for tests, with fault injection.

use crate::store::{Store, StoreError};
use core::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// A fault of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The write is refused, and nothing changes.
    Refuse(StoreError),
    /// Half of the value is written, and the write reports an error: a [`Store`] must not do this, but hardware
    /// may.
    Tear,
    /// The same, and then the power fails.
    TearAndDie,
    /// The power fails: neither this write nor any later one happens, until [`MemoryStore::revive`].
    Die,
    /// The write appears done; the disk gets it with the next write of the same key only.
    Lose,
    /// The same, for this write and all later ones.
    LoseAll,
    /// The same for this write, and the disk returns to the value before the last one.
    Older,
    /// The disk gets this write once more, after the next one.
    Repeat,
}

/// A store in memory, as it is seen and as the disk has it.
#[derive(Debug, Default)]
pub struct MemoryStore {
    values: RefCell<BTreeMap<String, String>>,
    /// All values that the disk ever had for a key, the latest last; `None` for none.
    disk: RefCell<BTreeMap<String, Vec<Option<String>>>>,
    again: RefCell<Option<(String, Option<String>)>>,
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

    /// Injects a fault at write number `n`, counted from now and from 0; later writes work.
    pub fn fail_write(&self, n: usize, fault: Fault) {
        self.fault.set(Some((self.writes.get() + n, fault)));
    }

    /// Restores the power. Only what is on the disk is left.
    pub fn revive(&self) {
        self.fault.set(None);
        *self.values.borrow_mut() =
            self.disk.borrow().iter().filter_map(|(key, all)| Some((key.clone(), all.last()?.clone()?))).collect();
    }

    /// Lets every operation fail, as a browser that blocks storage does.
    pub fn set_blocked(&self, blocked: bool) {
        self.blocked.set(blocked);
    }

    /// The number of writes and removals so far.
    #[must_use]
    pub fn writes(&self) -> usize {
        self.writes.get()
    }

    /// Whether the injected fault has happened.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.fault.get().is_some_and(|(at, _)| self.writes.get() > at)
    }

    /// Whether the power has failed.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.has_failed() && matches!(self.fault.get(), Some((_, Fault::Die | Fault::TearAndDie)))
    }

    /// All values in the store, to inspect or compare.
    #[must_use]
    pub fn snapshot(&self) -> BTreeMap<String, String> {
        self.values.borrow().clone()
    }

    /// Writes a value without faults, as another program might.
    pub fn plant(&self, key: impl Into<String>, value: impl Into<String>) {
        let (key, value) = (key.into(), value.into());
        self.see(&key, Some(&value));
        self.sink(&key, Some(&value));
    }

    /// Removes a value without faults, as another program might.
    pub fn uproot(&self, key: &str) {
        self.see(key, None);
        self.sink(key, None);
    }

    fn see(&self, key: &str, value: Option<&str>) {
        let mut values = self.values.borrow_mut();
        match value {
            Some(value) => drop(values.insert(key.to_owned(), value.to_owned())),
            None => drop(values.remove(key)),
        }
    }

    /// Writes to the disk.
    fn sink(&self, key: &str, value: Option<&str>) {
        self.disk.borrow_mut().entry(key.to_owned()).or_default().push(value.map(ToOwned::to_owned));
    }

    fn arrive(&self) -> Result<(), StoreError> {
        if self.blocked.get() { Err(StoreError::Blocked) } else { Ok(()) }
    }

    fn write(&self, key: &str, value: Option<&str>) -> Result<(), StoreError> {
        self.arrive()?;
        let n = self.writes.get();
        self.writes.set(n + 1);
        let lasts = |fault| matches!(fault, Fault::Die | Fault::TearAndDie | Fault::LoseAll);
        let fault = self.fault.get().filter(|&(at, fault)| at == n || at < n && lasts(fault));
        match fault {
            None => {
                self.see(key, value);
                self.sink(key, value);
            }
            Some((_, Fault::Refuse(error))) => return Err(error),
            Some((at, Fault::Tear | Fault::TearAndDie)) if at == n => {
                if let Some(value) = value {
                    self.plant(key, &value[..value.len() / 2]);
                }
                return Err(StoreError::Other);
            }
            Some((_, Fault::Die | Fault::Tear | Fault::TearAndDie)) => return Err(StoreError::Other),
            Some((_, Fault::Lose | Fault::LoseAll)) => self.see(key, value),
            Some((_, Fault::Older)) => {
                self.see(key, value);
                let disk = self.disk.borrow();
                let before = disk.get(key).and_then(|all| all.iter().nth_back(1).cloned());
                drop(disk);
                self.sink(key, before.flatten().as_deref());
            }
            Some((_, Fault::Repeat)) => {
                self.see(key, value);
                self.sink(key, value);
                *self.again.borrow_mut() = Some((key.to_owned(), value.map(ToOwned::to_owned)));
                return Ok(());
            }
        }
        if let Some((key, value)) = self.again.take() {
            self.sink(&key, value.as_deref());
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
