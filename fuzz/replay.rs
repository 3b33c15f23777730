//! Replays what the fuzzer found worth keeping. The tests of the crates that are fuzzed take it in by
//! `#[path]`: they lie in folders of the same depth.

use std::path::PathBuf;

/// Runs every input that is kept for this target.
///
/// # Panics
/// When there is none, or it cannot be read.
pub(crate) fn replay(target: &str, run: impl Fn(&[u8])) {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "fuzz", "corpus", target].iter().collect();
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let found = files.map(|file| run(&std::fs::read(file.unwrap().path()).unwrap())).count();
    assert!(found > 0, "{target}");
}
