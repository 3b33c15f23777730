//! A built app in its own folder, so that a scenario can change it without affecting others.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

/// A copy of a built app.
#[derive(Debug)]
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// Copies a built app.
    ///
    /// # Errors
    /// If the folder has none.
    pub fn copy(dist: &Path) -> Result<Self> {
        ensure!(dist.join("index.html").is_file(), "{} holds no built app", dist.display());
        let folder = tempfile::Builder::new().prefix("naast-site-").tempdir()?;
        copy(dist, folder.path())?;
        Ok(Self { folder })
    }

    /// Its folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Inserts a script before the one that starts the app. The content security policy allows it there, and
    /// no engine has another way to run something before the page.
    ///
    /// # Errors
    /// If there is no such script.
    pub fn before_boot(&self, script: &str) -> Result<()> {
        let boot = self.find("boot", ".js")?;
        let text = std::fs::read_to_string(&boot)?;
        std::fs::write(&boot, format!("if (typeof document === 'object') {{\n{script}\n}}\n{text}"))?;
        let name = boot.file_name().context("a name")?.to_string_lossy().into_owned();
        self.forget_hash(&name)
    }

    /// Makes the service worker accept this file as it is.
    fn forget_hash(&self, name: &str) -> Result<()> {
        let worker = self.path().join("sw.js");
        let Ok(text) = std::fs::read_to_string(&worker) else { return Ok(()) };
        let entry = format!("\"./{name}\":\"");
        let at = text.find(&entry).with_context(|| format!("sw.js does not know {name}"))? + entry.len();
        let end = text[at..].find('"').context("sw.js ends in the middle")? + at;
        std::fs::write(worker, [&text[..at], &text[end..]].concat())?;
        Ok(())
    }

    /// Makes it another version, with this name in page and worker, as the build would from changed sources.
    ///
    /// # Errors
    /// If it does not state its version.
    pub fn become_version(&self, new: &str) -> Result<()> {
        let page = std::fs::read_to_string(self.path().join("index.html"))?;
        let (_, rest) = page.split_once("name=\"naast-version\" content=\"").context("index.html tells no version")?;
        let (old, _) = rest.split_once('"').context("index.html ends in the middle")?;
        for name in ["index.html", "sw.js"] {
            let path = self.path().join(name);
            let text = std::fs::read_to_string(&path)?;
            ensure!(text.contains(old), "{name} does not tell its version");
            std::fs::write(path, text.replace(old, new))?;
        }
        Ok(())
    }

    /// All its files.
    ///
    /// # Errors
    /// If they cannot be listed.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        Ok(files)
    }

    /// The only file with this start and end of its name.
    ///
    /// # Errors
    /// If there is none.
    pub fn find(&self, start: &str, end: &str) -> Result<PathBuf> {
        std::fs::read_dir(self.path())?
            .flatten()
            .find(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.starts_with(start) && name.ends_with(end)
            })
            .map(|entry| entry.path())
            .with_context(|| format!("no {start}…{end} in the built app"))
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        // Scenarios change files; a compressed file with the old contents would be served instead.
        if target.extension().is_some_and(|extension| extension == "br" || extension == "gz") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            std::fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
