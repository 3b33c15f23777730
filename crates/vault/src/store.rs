//! Storage, as the vault sees it.

/// Why storage did not do what was asked. Nothing was changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreError {
    /// There is no room for this value.
    Full,
    /// The browser does not let us at storage at all.
    Blocked,
    /// Anything else.
    Other,
}

/// A store of ASCII texts under ASCII keys.
///
/// One `put` or `remove` happens wholly or not at all; several together promise
/// nothing. Other tabs may use the same store at the same time. It answers at once, so that a
/// page that is being hidden can still save; what does not is a journal
/// (see [`crate::Vault::load`]).
pub trait Store {
    /// The value under this key, or `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] when storage cannot be asked.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;

    /// Puts a value under a key, in place of what lay there.
    ///
    /// # Errors
    /// [`StoreError`]; what lay there before still does.
    fn put(&self, key: &str, value: &str) -> Result<(), StoreError>;

    /// Takes a key and its value away; fine where there is none.
    ///
    /// # Errors
    /// [`StoreError`]; what lay there before still does.
    fn remove(&self, key: &str) -> Result<(), StoreError>;

    /// All keys, in any order, also those of others.
    ///
    /// # Errors
    /// [`StoreError`] when storage cannot be asked.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}
