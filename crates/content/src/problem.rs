use std::fmt;

/// A mistake in a content file, reported to the person who edits it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to `crates/content/`.
    pub file: String,
    /// The id of the item, or its kind and number if it has no id; empty for the whole file.
    pub item: String,
    /// The field; empty for the whole item.
    pub field: String,
    /// What is wrong, and what to do if that is not obvious.
    pub message: String,
}

impl fmt::Display for Problem {
    /// `file: item: field: message`, on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [&self.file, &self.item, &self.field] {
            if !part.is_empty() {
                write!(f, "{part}: ")?;
            }
        }
        f.write_str(&self.message)
    }
}

/// A position in a content file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) file: String,
    pub(crate) item: String,
    pub(crate) field: String,
}

impl At {
    pub(crate) fn new(file: &str, item: &str, field: &str) -> Self {
        Self { file: file.to_owned(), item: item.to_owned(), field: field.to_owned() }
    }

    pub(crate) fn says(&self, message: impl Into<String>) -> Problem {
        let Self { file, item, field } = self.clone();
        Problem { file, item, field, message: message.into() }
    }
}
