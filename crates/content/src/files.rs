use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Problem;
use crate::problem::At;

/// The texts of all content files of one language.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// By path relative to `crates/content/`: `nl/groups.toml`, `inventory.toml`.
    texts: BTreeMap<String, String>,
    /// The name of the folder: `nl`.
    language: String,
    /// The path of each file and folder.
    paths: Vec<PathBuf>,
}

impl Files {
    /// From texts in memory, by path relative to `crates/content/`.
    #[must_use]
    pub fn new(language: &str, texts: BTreeMap<String, String>) -> Self {
        Self { texts, language: language.to_owned(), paths: Vec::new() }
    }

    /// Reads the folder of a language and the inventory.
    ///
    /// # Errors
    /// A file or folder that cannot be read, or that is not text.
    pub fn read(language_dir: &Path) -> Result<Self, Vec<Problem>> {
        let language = language_dir.file_name().unwrap_or_default().to_string_lossy();
        let mut files = Self::new(&language, BTreeMap::new());
        let inventory = language_dir.with_file_name("inventory.toml");
        files.read_one(&inventory, "inventory.toml").map_err(|problem| vec![problem])?;
        files.read_folder(language_dir, &language).map_err(|problem| vec![problem])?;
        Ok(files)
    }

    fn read_folder(&mut self, folder: &Path, name: &str) -> Result<(), Problem> {
        let failed = |error| At::new(name, "", "").says(format!("cannot be read: {error}"));
        self.paths.push(folder.to_owned());
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let file_name = entry.file_name().to_string_lossy().into_owned();
            // Files that editors and file managers leave behind are not content.
            if file_name.starts_with('.') || file_name.ends_with('~') {
                continue;
            }
            let name = format!("{name}/{file_name}");
            if entry.path().is_dir() {
                self.read_folder(&entry.path(), &name)?;
            } else {
                self.read_one(&entry.path(), &name)?;
            }
        }
        Ok(())
    }

    fn read_one(&mut self, path: &Path, name: &str) -> Result<(), Problem> {
        let text =
            fs::read_to_string(path).map_err(|error| At::new(name, "", "").says(format!("cannot be read: {error}")))?;
        self.paths.push(path.to_owned());
        self.texts.insert(name.to_owned(), text);
        Ok(())
    }

    /// The path of a file of this language, as in [`Problem::file`].
    pub(crate) fn in_language(&self, name: &str) -> String {
        format!("{}/{name}", self.language)
    }

    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// The paths of the files and folders, which a build watches.
    pub(crate) fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    pub(crate) fn language(&self) -> &str {
        &self.language
    }
}
