//! Builds the release app into `dist/`, unless nothing changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::files::{hash_files, list};
use crate::shell::{cargo, output, root, run, say, target};
use crate::split;
use crate::tools::Toolbox;

/// Everything that the built app depends on.
const INPUTS: [&str; 7] = ["app", "crates", "public", ".cargo/config.toml", "Cargo.toml", "Cargo.lock", "Trunk.toml"];

/// The folder with the built app.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds the release app, and fetches missing tools.
///
/// # Errors
/// If a tool is missing and cannot be fetched, or the build fails.
pub(crate) fn build() -> Result<()> {
    if is_fresh() {
        say("dist/ is up to date");
        return Ok(());
    }
    let before = inputs()?;
    let tools = Toolbox::for_build()?;
    say("Building the release app into dist/ (2 to 5 minutes the first time, then less)");
    run(tools
        .command("trunk")
        // Trunk warns because its minifier does not know the syntax of wasm-bindgen's script, and leaves
        // it as it is.
        .args(["build", "--release", "--skip-version-check", "--log", "error"])
        .env(split::VARIABLE, "1")
        // It comes after the flags of .cargo/config.toml.
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", without_home()?)
        // Other tools accept NO_COLOR=1; Trunk only true or false. A stack trace of Trunk helps nobody.
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE"))?;
    if tools.wasm_opt {
        let stamp = stamp(&before)?;
        std::fs::create_dir_all(target())?;
        std::fs::write(stamp_file(), stamp).context("cannot write the build stamp")?;
    }
    Ok(())
}

/// Makes a development build in a folder of its own, with plain Trunk; returns the folder.
///
/// # Errors
/// As [`build`].
pub(crate) fn development() -> Result<PathBuf> {
    let tools = Toolbox::for_build()?;
    let folder = target().join("plain");
    run(tools
        .command("trunk")
        .args(["build", "--skip-version-check", "--log", "error", "--dist"])
        .arg(&folder)
        .env_remove("NO_COLOR"))?;
    Ok(folder)
}

/// Whether a build would give what is in `dist/`.
pub(crate) fn is_fresh() -> bool {
    let Ok(kept) = std::fs::read_to_string(stamp_file()) else {
        return false;
    };
    inputs().and_then(|inputs| stamp(&inputs)).is_ok_and(|now| now == kept)
}

/// Flags that remove the folders of dependencies from panic messages, so that a build is the same on every
/// machine and does not contain its paths.
fn without_home() -> Result<String> {
    let mut metadata = cargo();
    metadata.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", "wasm32-unknown-unknown"]);
    let metadata = output(&mut metadata).context("cargo metadata does not say where the crates lie")?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    let (flags, left) = remap(&metadata);
    for folder in left {
        say(&format!("A folder with a space in its name cannot be left out: {folder}"));
        say("The app works; its bytes are not those that others get");
    }
    Ok(flags)
}

/// The flags for every folder with crates from elsewhere; and the folders that flags cannot name, because flags
/// are separated by spaces.
fn remap(metadata: &Value) -> (String, Vec<String>) {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let folders: BTreeSet<&Path> = packages
        .filter(|package| !package["source"].is_null())
        .filter_map(|package| Path::new(package["manifest_path"].as_str()?).parent()?.parent())
        .collect();
    let folders = folders.into_iter().map(|folder| folder.to_string_lossy().into_owned());
    let (left, named): (Vec<String>, _) = folders.partition(|folder| folder.contains(char::is_whitespace));
    let flags: Vec<String> = named.iter().map(|folder| format!("--remap-path-prefix={folder}=crates")).collect();
    (flags.join(" "), left)
}

fn stamp_file() -> PathBuf {
    target().join("naast-dist.stamp")
}

/// One hash over all inputs.
fn inputs() -> Result<String> {
    let mut files = BTreeMap::new();
    for input in INPUTS {
        let path = root().join(input);
        if path.is_dir() {
            let found = list(&path)?.into_iter();
            files.extend(found.map(|(name, path)| (format!("{input}/{name}"), path)));
        } else {
            files.insert(input.to_owned(), path);
        }
    }
    hash_files(&files)
}

/// Inputs and outputs: a `dist/` that was changed by hand is not up to date either.
fn stamp(inputs: &str) -> Result<String> {
    Ok(format!("{inputs} {}\n", hash_files(&list(&dist())?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_with_crates_of_others_are_left_out_of_the_app() {
        let package = |path: &str, source: Value| serde_json::json!({ "manifest_path": path, "source": source });
        let metadata = serde_json::json!({ "packages": [
            package("/home/a/registry/one-1.0.0/Cargo.toml", "registry".into()),
            package("/home/a/registry/two-1.0.0/Cargo.toml", "registry".into()),
            package("/home/a b/registry/two-1.0.0/Cargo.toml", "registry".into()),
            package("/home/a/naast/app/Cargo.toml", Value::Null),
        ] });
        let (flags, left) = remap(&metadata);
        assert_eq!(flags, "--remap-path-prefix=/home/a/registry=crates");
        assert_eq!(left, ["/home/a b/registry"]);
    }

    #[test]
    fn every_input_is_there() {
        for input in INPUTS {
            assert!(root().join(input).exists(), "{input}");
        }
    }
}
