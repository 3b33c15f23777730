//! Replays the corpus. The tests of the fuzzed crates include this file by `#[path]`, which needs folders of the
//! same depth.

use std::path::PathBuf;

/// Runs every input in the corpus of this target.
///
/// # Panics
/// If there is none, or it cannot be read.
pub(crate) fn replay(target: &str, run: impl Fn(&[u8])) {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "fuzz", "corpus", target].iter().collect();
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let found = files.map(|file| run(&std::fs::read(file.unwrap().path()).unwrap())).count();
    assert!(found > 0, "{target}");
}
