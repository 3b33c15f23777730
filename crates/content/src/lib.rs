//! Reads, checks and compiles the content of Naast, when the app is built.
//!
//! Whoever edits content writes no Rust, so every fault is a [`Problem`] that
//! names the file, the item and the field, in plain words. All faults of a run
//! are told at once.
//!
//! **Architecture invariant:** nothing of this crate goes into the app but the
//! bytes of [`compile`] and the list of [`passphrase_words`].

mod build_script;
mod checks;
mod files;
pub mod messages;
mod problem;
mod read;
mod source;
mod texts;

use std::path::{Path, PathBuf};

use naast_core::content::Content;

pub use build_script::build_script;
pub use files::Files;
pub use problem::Problem;

/// The folder of a language in this project (`nl`).
#[must_use]
pub fn language_dir(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(language)
}

/// Reads and checks the content of a language.
///
/// # Errors
/// All problems found, ordered by file. Where files could not be read as what
/// they should be, only those problems: the rest would be noise.
pub fn load(language_dir: &Path) -> Result<Content, Vec<Problem>> {
    check(&Files::read(language_dir)?)
}

/// [`load`], from texts at hand instead of a folder.
///
/// # Errors
/// As [`load`].
pub fn check(files: &Files) -> Result<Content, Vec<Problem>> {
    let language = read::language(files)?;
    let mut problems = checks::all(&language);
    if problems.is_empty() {
        return Ok(language.content);
    }
    problems.sort();
    Err(problems)
}

/// The messages of the app in a language; whether they are good is for [`load`] to say.
///
/// # Errors
/// What is not a message.
pub fn messages(language_dir: &Path) -> Result<Vec<messages::Message>, Vec<Problem>> {
    messages::read(&Files::read(language_dir)?)
}

/// The words of which the app proposes a passphrase.
///
/// # Errors
/// The file cannot be read. Whether the words are good is for [`load`] to say.
pub fn passphrase_words(language_dir: &Path) -> Result<Vec<String>, Vec<Problem>> {
    Ok(read::passphrase_words(&Files::read(language_dir)?))
}

/// The compact form, which `Content::from_compact` reads back without parsing text; `None` where
/// that would not give the same content (without provenance). That cannot be for content that was [checked](check).
#[must_use]
pub fn compile(content: &Content) -> Option<Vec<u8>> {
    let bytes = content.to_compact();
    (Content::from_compact(&bytes) == Some(content.clone().without_provenance())).then_some(bytes)
}
