//! The outermost layer of every stored value: `naast-<what>.<version>.<base64url>`.
//!
//! It is ASCII, because WebKit halves its quota for text beyond Latin-1. Its readable front tells a person or a
//! later version what it is.

use naast_seal::{from_base64, to_base64};

/// The kind of a stored value.
#[derive(Clone, Copy)]
pub(crate) enum What {
    Header,
    Record,
    Settings,
    Parent,
}

impl What {
    fn name(self) -> &'static str {
        match self {
            Self::Header => "naast-vault.",
            Self::Record => "naast-record.",
            Self::Settings => "naast-settings.",
            Self::Parent => "naast-parent.",
        }
    }

    /// The front of a value, which is sealed in as associated data: `naast-record.1.`
    pub(crate) fn front(self, version: u16) -> String {
        format!("{}{version}.", self.name())
    }

    /// The longest value that is read, in characters. Headers: just above one with the most devices; records and
    /// answers of parents: just above what [`crate::sealed::MAX_PLAINTEXT`] gives; settings: far above anything real.
    fn longest(self) -> usize {
        match self {
            Self::Header => 11_000,
            Self::Record | Self::Parent => 2_800_000,
            Self::Settings => 400_000,
        }
    }
}

/// Why a value or its content cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Truncated, altered, moved from another place, or never written by Naast.
    Corrupt,
    /// Intact as far as can be seen, but of a later version.
    Newer(u16),
}

/// The stored text of these bytes.
pub(crate) fn encode(what: What, version: u16, bytes: &[u8]) -> String {
    let mut text = what.front(version);
    text.push_str(&to_base64(bytes));
    text
}

/// The version and the bytes in a stored text. Versions above `newest` are not decoded.
pub(crate) fn decode(what: What, newest: u16, text: &str) -> Result<(u16, Vec<u8>), Unreadable> {
    let (version, body) =
        text.strip_prefix(what.name()).and_then(|rest| rest.split_once('.')).ok_or(Unreadable::Corrupt)?;
    let canonical = !version.starts_with(['0', '+']);
    let version = version.parse().ok().filter(|_| canonical).ok_or(Unreadable::Corrupt)?;
    if version > newest {
        return Err(Unreadable::Newer(version));
    }
    if text.len() > what.longest() {
        return Err(Unreadable::Corrupt);
    }
    let bytes = from_base64(body).ok_or(Unreadable::Corrupt)?;
    Ok((version, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_says_what_it_is_and_of_which_version() {
        let text = encode(What::Settings, 1, &[0, 255, 7]);
        assert_eq!(text, "naast-settings.1.AP8H");
        assert_eq!(decode(What::Settings, 1, &text), Ok((1, vec![0, 255, 7])));
    }

    #[test]
    fn a_later_version_is_newer_and_anything_else_is_corrupt() {
        for (text, outcome) in [
            ("naast-record.2.whatever shape it may have", Unreadable::Newer(2)),
            ("naast-record.65535.", Unreadable::Newer(65535)),
            ("naast-record.65536.", Unreadable::Corrupt),
            ("naast-record.01.AP8H", Unreadable::Corrupt),
            ("naast-record.+1.AP8H", Unreadable::Corrupt),
            ("naast-record.1.AP9", Unreadable::Corrupt), // stray bits at the end
            ("naast-record.1.AP8H=", Unreadable::Corrupt),
            ("naast-record.1.AP8 H", Unreadable::Corrupt),
            ("naast-record.1", Unreadable::Corrupt),
            ("naast-vault.1.AP8H", Unreadable::Corrupt),
            ("NAAST-RECORD.1.AP8H", Unreadable::Corrupt),
            ("", Unreadable::Corrupt),
        ] {
            assert_eq!(decode(What::Record, 1, text), Err(outcome), "{text}");
        }
    }
}
