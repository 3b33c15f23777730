//! Storage, as the vault sees it.

use core::pin::pin;
use core::task::{Context, Poll, Waker};

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
/// nothing. Other tabs may use the same store at the same time. A store that answers
/// synchronously must be ready at the first poll, so that a page that is being hidden
/// can still save (see [`finish_now`]).
#[allow(async_fn_in_trait, reason = "everything runs on the one thread of a page; no future needs to be Send")]
pub trait Store {
    /// The value under this key, or `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] when storage cannot be asked.
    async fn get(&self, key: &str) -> Result<Option<String>, StoreError>;

    /// Puts a value under a key, in place of what lay there.
    ///
    /// # Errors
    /// [`StoreError`]; what lay there before still does.
    async fn put(&self, key: &str, value: &str) -> Result<(), StoreError>;

    /// Takes a key and its value away; fine where there is none.
    ///
    /// # Errors
    /// [`StoreError`]; what lay there before still does.
    async fn remove(&self, key: &str) -> Result<(), StoreError>;

    /// All keys, in any order, also those of others.
    ///
    /// # Errors
    /// [`StoreError`] when storage cannot be asked.
    async fn keys(&self) -> Result<Vec<String>, StoreError>;
}

/// Polls a future once: its outcome when nothing in it had to wait, else `None` (and
/// what it had begun is dropped). For the moment in which a page is being hidden.
pub fn finish_now<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => Some(outcome),
        Poll::Pending => None,
    }
}
