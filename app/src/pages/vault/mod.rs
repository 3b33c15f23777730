//! The vault: the unlock screen, creating it, its passphrase and its other unlock methods.

mod new;
mod page;
mod recovery;
mod unlock;
mod unlock_methods;

pub use page::vault;
pub use recovery::recovery;
pub use unlock::behind_the_door;
