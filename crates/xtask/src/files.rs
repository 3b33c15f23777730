//! The files of a folder, and hashes of content.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use naast_devserver::headers::NAME_HASH_LEN;
use sha2::{Digest, Sha256};

/// All files under a folder, by their relative path with `/` between the parts.
///
/// # Errors
/// If a folder cannot be read.
pub(crate) fn list(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![(String::new(), folder.to_path_buf())];
    while let Some((prefix, folder)) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push((format!("{name}/"), entry.path()));
            } else {
                found.insert(name, entry.path());
            }
        }
    }
    Ok(found)
}

/// The first hexadecimal digits of a SHA-256 over the parts and their boundaries.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut digits = format!("{:x}", hasher.finalize());
    digits.truncate(NAME_HASH_LEN);
    digits
}

/// Reads a text file.
///
/// # Errors
/// If it cannot be read, with its name.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The SHA-256 of these bytes in hexadecimal, as `sha256sum` shows it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// The value of `integrity` for these bytes.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// One hash over the names and contents of files.
///
/// # Errors
/// If a file cannot be read.
pub(crate) fn hash_files(files: &BTreeMap<String, PathBuf>) -> Result<String> {
    let mut parts = Vec::new();
    for (name, path) in files {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        parts.push(name.clone().into_bytes());
        parts.push(bytes);
    }
    Ok(hash(parts.iter().map(Vec::as_slice)))
}

/// Whether the service worker caches a shipped file together with the others. The page is cached separately,
/// because its name never changes. Pictures are for home screens and installers; the app shows none of them.
pub(crate) fn is_precached(name: &str) -> bool {
    let special = ["index.html", "sw.js", "_headers"].contains(&name);
    !special && !name.ends_with(".png") && !is_compressed(name)
}

/// Whether a file is the compressed form of another one.
pub(crate) fn is_compressed(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

/// Whether a shipped file is what parents read in one language.
pub(crate) fn is_for_parents(name: &str) -> bool {
    name.starts_with("parent-")
}

/// Whether a shipped file is fetched after the app has started: the private module, and the transfer from phone
/// to phone.
pub(crate) fn is_for_later(name: &str) -> bool {
    ["relay-", "naast_relay", "naast_private"].iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_sees_where_one_part_ends() {
        let two = hash([&b"ab"[..], b"c"]);
        assert_ne!(two, hash([&b"a"[..], b"bc"]));
        assert_eq!(two.len(), NAME_HASH_LEN);
    }

    #[test]
    fn integrity_is_as_browsers_compute_it() {
        assert_eq!(integrity(b"alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn screenshots_and_notes_to_hosts_are_not_kept() {
        for kept in ["naast-0123456789ab.js", "icons/icon.svg", "manifest.webmanifest"] {
            assert!(is_precached(kept), "{kept}");
        }
        for not in
            ["index.html", "sw.js", "_headers", "screenshots/vandaag.png", "icons/icon-512.png", "a.js.br", "a.js.gz"]
        {
            assert!(!is_precached(not), "{not}");
        }
    }

    #[test]
    fn what_nobody_waits_for_is_for_later() {
        assert!(
            ["relay-0123456789ab.js", "naast_relay_bg-0123456789ab.wasm", "naast_private-0123456789ab.wasm"]
                .into_iter()
                .all(is_for_later)
        );
        assert!(!is_for_later("naast_bg-0123456789ab.wasm"));
    }

    #[test]
    fn lists_files_of_folders_in_folders() {
        let files = list(&crate::shell::root().join("public")).unwrap();
        assert!(files.contains_key("sw.js") && files.contains_key("icons/icon.svg"));
    }
}
