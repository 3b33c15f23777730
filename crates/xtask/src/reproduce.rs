//! Checks that what is published can be reproduced from what is committed: two clean builds, in two folders, with
//! two target folders and two locations of Cargo's home, must be identical.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::files::{list, sha256};
use crate::shell::{command, output, root, run, say};
use crate::size::without_hash;
use crate::tools::Toolbox;

/// The names of the folders also differ in length, because a path can shift the layout of the data.
const FOLDERS: [&str; 2] = ["one/naast", "another-place/with-a-longer-name/naast"];

/// Builds twice and compares.
///
/// # Errors
/// If a build fails, or if the two differ; then the folders are kept.
pub(crate) fn reproduce() -> Result<()> {
    let base = std::env::temp_dir().join(format!("naast-reproduce-{}", std::process::id()));
    if output(command("git").args(["status", "--porcelain"])).is_none_or(|changes| !changes.is_empty()) {
        say("What is not committed is left out");
    }
    let tools = Toolbox::for_build()?;
    let mut built = Vec::new();
    for folder in FOLDERS {
        let clone = base.join(folder);
        say(&format!("Building in {} (5 minutes or more: nothing is kept between the two)", clone.display()));
        run(command("git").args(["clone", "--quiet"]).arg(root()).arg(&clone))?;
        run(tools
            .cargo()
            .args(["xtask", "build"])
            .current_dir(&clone)
            .env("CARGO_TARGET_DIR", clone.with_file_name("target"))
            .env("CARGO_HOME", home_of(&clone)?))?;
        built.push(hashes(&clone.join("dist"))?);
    }
    let differ = differences(&built[0], &built[1]);
    for (name, hash) in &built[0] {
        println!("{hash}  {name}");
    }
    if !differ.is_empty() {
        bail!("not the same twice, see {}:\n{}", base.display(), differ.join("\n"));
    }
    std::fs::remove_dir_all(&base).with_context(|| format!("cannot remove {}", base.display()))?;
    say(&format!("All {} files are the same twice", built[0].len()));
    Ok(())
}

/// Another name for Cargo's home, beside the clone: the sources of crates are in it, and their paths must not
/// occur in the app. Nothing is fetched again.
fn home_of(clone: &Path) -> Result<PathBuf> {
    let real = match std::env::var_os("CARGO_HOME") {
        Some(home) => home.into(),
        None => std::env::home_dir().context("no home folder is known; set HOME")?.join(".cargo"),
    };
    #[cfg(unix)]
    {
        let name = clone.with_file_name("cargo-home");
        std::os::unix::fs::symlink(&real, &name).context("cannot give Cargo's home another name")?;
        Ok(name)
    }
    #[cfg(not(unix))]
    {
        let _ = clone;
        Ok(real)
    }
}

type Hashes = BTreeMap<String, String>;

fn hashes(dist: &Path) -> Result<Hashes> {
    list(dist)?
        .into_iter()
        .map(|(name, path)| {
            let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            Ok((name, sha256(&bytes)))
        })
        .collect()
}

/// One line for every file that differs. Files with a hash in their name are compared by the rest of the name.
fn differences(one: &Hashes, other: &Hashes) -> Vec<String> {
    let by_name = |all: &Hashes| -> BTreeMap<String, String> {
        all.iter().map(|(name, hash)| (without_hash(name), hash.clone())).collect()
    };
    let (one, other) = (by_name(one), by_name(other));
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let side = |hash: Option<&String>| hash.map_or("absent", String::as_str).to_owned();
    names
        .into_iter()
        .filter(|name| one.get(*name) != other.get(*name))
        .map(|name| format!("{name}\n  {}\n  {}", side(one.get(name)), side(other.get(name))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(files: &[(&str, &str)]) -> Hashes {
        files.iter().map(|(name, hash)| ((*name).to_owned(), (*hash).to_owned())).collect()
    }

    #[test]
    fn equal_files_give_no_line_and_others_stand_side_by_side() {
        let one = some(&[("a-0123456789ab.js", "1"), ("index.html", "2"), ("sw.js", "3")]);
        assert!(differences(&one, &one).is_empty());
        let other = some(&[("a-0123456789ac.js", "4"), ("index.html", "2")]);
        assert_eq!(differences(&one, &other), ["a-*.js\n  1\n  4", "sw.js\n  3\n  absent"]);
    }
}
