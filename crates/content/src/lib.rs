//! Reads, checks and compiles the content of Naast, when the app is built.
//!
//! People who edit content write no Rust, so every mistake is a [`Problem`] that names the file, the item and the
//! field, in plain words. All problems are reported at once.
//!
//! **Architecture invariant:** of this crate only the bytes of [`compile`], the list of [`passphrase_words`] and
//! the generated messages become part of the app.

mod build_script;
mod checks;
mod files;
pub mod messages;
pub mod parent;
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
/// All problems, ordered by file. If files could not be parsed, only those problems: the others would only
/// confuse.
pub fn load(language_dir: &Path) -> Result<Content, Vec<Problem>> {
    check(&Files::read(language_dir)?)
}

/// [`load`], from texts in memory instead of a folder.
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

/// The messages of the app in a language; [`load`] checks them.
///
/// # Errors
/// Everything that is not a message.
pub fn messages(language_dir: &Path) -> Result<Vec<messages::Message>, Vec<Problem>> {
    messages::read(&Files::read(language_dir)?)
}

/// The words from which the app proposes a passphrase.
///
/// # Errors
/// The file cannot be read. [`load`] checks the words.
pub fn passphrase_words(language_dir: &Path) -> Result<Vec<String>, Vec<Problem>> {
    Ok(read::passphrase_words(&Files::read(language_dir)?))
}

/// The compact form, which `Content::from_compact` decodes without parsing text; `None` if decoding would not
/// give the same content (without provenance). That cannot happen for [checked](check) content.
#[must_use]
pub fn compile(content: &Content) -> Option<Vec<u8>> {
    let bytes = content.to_compact();
    (Content::from_compact(&bytes) == Some(content.clone().without_provenance())).then_some(bytes)
}
