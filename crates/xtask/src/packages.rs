//! The crates that are linked into the app.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use crate::files::read;
use crate::shell::{cargo, output, root};

/// One version of a crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// As stated in its manifest; empty if it states none.
    pub(crate) licence: String,
    /// SHA-256 of the crate file on crates.io, from Cargo.lock; `None` for a crate of this repository.
    pub(crate) checksum: Option<String>,
}

/// The crates that are linked into the app, by name and version, without macros and without those that only build
/// or test. The linker removes much of many of them.
///
/// It uses `cargo tree` and not `cargo metadata`, which unites the features of all members of the workspace and
/// so includes crates that the app is built without.
///
/// # Errors
/// If Cargo fails, or if `Cargo.lock` lacks one.
pub(crate) fn in_the_app() -> Result<Vec<Package>> {
    let mut tree = cargo();
    tree.args(["tree", "--locked", "--package", "naast", "--target", "wasm32-unknown-unknown"]).args([
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--no-dedupe",
        "--format",
        "{p}|{l}",
    ]);
    let tree = output(&mut tree).context("cargo tree does not say what the app is made of")?;
    packages(&tree, &checksums(&read(&root().join("Cargo.lock"))?))
}

type Checksums = BTreeMap<(String, String), Option<String>>;

fn packages(tree: &str, checksums: &Checksums) -> Result<Vec<Package>> {
    let mut found = BTreeMap::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let read = || {
            let (package, licence) = line.split_once('|')?;
            let mut words = package.split(' ');
            let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
            Some((name.to_owned(), version.to_owned(), licence.to_owned()))
        };
        let (name, version, licence) = read().with_context(|| format!("not a line of cargo tree: {line}"))?;
        let key = (name, version);
        let checksum = checksums.get(&key).with_context(|| format!("Cargo.lock lacks {} {}", key.0, key.1))?.clone();
        let (name, version) = key.clone();
        found.insert(key, Package { name, version, licence, checksum });
    }
    ensure!(!found.is_empty(), "cargo tree names no crate");
    Ok(found.into_values().collect())
}

/// The checksum of every package in `Cargo.lock`.
fn checksums(lock: &str) -> Checksums {
    lock.split("[[package]]")
        .skip(1)
        .filter_map(|package| {
            let value = |key: &str| {
                let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))?;
                line.strip_suffix('"').map(str::to_owned)
            };
            Some(((value("name")?, value("version")?), value("checksum")))
        })
        .collect()
}

/// The licence in present SPDX syntax; older manifests say `MIT/Apache-2.0`.
pub(crate) fn spdx(licence: &str) -> String {
    licence.replace('/', " OR ")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"naast\"\nversion = \"0.1.0\"\ndependencies = [\n \"one\",\n]\n\n\
        [[package]]\nname = \"one\"\nversion = \"1.0.0\"\nsource = \"somewhere\"\nchecksum = \"aa11\"\n\n\
        [[package]]\nname = \"one\"\nversion = \"2.0.0\"\nchecksum = \"bb22\"\n";

    pub(crate) fn some() -> Vec<Package> {
        let tree = "naast v0.1.0 (/a folder/app)|EUPL-1.2\none v2.0.0|MIT\none v1.0.0|MIT/Apache-2.0\none v2.0.0|MIT\n";
        packages(tree, &checksums(LOCK)).unwrap()
    }

    #[test]
    fn crates_are_listed_once_by_name_and_version_with_what_the_lock_file_says() {
        let told: Vec<_> = some().iter().map(|p| format!("{} {} {:?}", p.name, p.version, p.checksum)).collect();
        assert_eq!(told, ["naast 0.1.0 None", "one 1.0.0 Some(\"aa11\")", "one 2.0.0 Some(\"bb22\")"]);
        assert_eq!(some()[1].licence, "MIT/Apache-2.0");
    }

    #[test]
    fn what_the_lock_file_lacks_is_an_error() {
        assert!(packages("two v1.0.0|MIT", &checksums(LOCK)).is_err());
        assert!(packages("no tree", &checksums(LOCK)).is_err());
        assert!(packages("", &checksums(LOCK)).is_err());
    }

    #[test]
    fn the_app_is_made_of_what_one_expects() {
        let all = in_the_app().unwrap();
        let has = |name: &str| all.iter().any(|package| package.name == name);
        assert!(has("naast") && has("naast-vault") && has("leptos") && has("argon2"));
        // Only for building, and only for testing.
        assert!(!has("naast-content") && !has("proptest") && !has("serde_derive"));
    }
}
