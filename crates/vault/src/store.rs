//! Storage, as the vault sees it.

/// Why an operation failed. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreError {
    /// There is no room for this value.
    Full,
    /// The browser does not allow storage.
    Blocked,
    /// Any other reason.
    Other,
}

/// A store of ASCII values under ASCII keys.
///
/// A single `put` or `remove` is atomic; several are not. Other tabs may use the same store at the same time. It
/// answers synchronously, so that a page that is being hidden can still save; a slower store is a journal (see
/// [`crate::Vault::load`]).
pub trait Store {
    /// The value of a key, or `None`.
    ///
    /// # Errors
    /// [`StoreError`] if the storage cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;

    /// Stores a value under a key, replacing the one before.
    ///
    /// # Errors
    /// [`StoreError`]; the value before is unchanged.
    fn put(&self, key: &str, value: &str) -> Result<(), StoreError>;

    /// Removes a key and its value, if it exists.
    ///
    /// # Errors
    /// [`StoreError`]; the value before is unchanged.
    fn remove(&self, key: &str) -> Result<(), StoreError>;

    /// All keys in any order, including those of others.
    ///
    /// # Errors
    /// [`StoreError`] if the storage cannot be read.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}
