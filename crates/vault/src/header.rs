//! The header of a vault: how to get from a passphrase to the data key.

use crate::ascii::{self, Unreadable, What};
use crate::entropy::{Entropy, random};
use crate::kdf::{KdfSetup, PassphraseKey, SETUP_LEN};
use crate::vault::Vault;
use naast_seal::{KEY_LEN, Key, NONCE_LEN, Nonce, TAG_LEN, checksum};
use zeroize::Zeroizing;

const VERSION: u16 = 1;
const WRAPPED_LEN: usize = KEY_LEN + TAG_LEN;
const SUM_LEN: usize = 8;

/// A header that was read and is whole. It holds no secret in the clear.
#[derive(Clone)]
pub struct Header {
    setup: KdfSetup,
    nonce: Nonce,
    wrapped: [u8; WRAPPED_LEN],
}

/// The passphrase is not the one this vault was made with.
///
/// Accidental damage never looks like this: the header carries a checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongPassphrase;

impl Header {
    /// How to derive the key that opens this vault.
    #[must_use]
    pub fn setup(&self) -> &KdfSetup {
        &self.setup
    }

    /// Which writing of this header it is.
    pub(crate) fn number(&self) -> u32 {
        0
    }

    /// Opens the vault.
    ///
    /// # Errors
    /// [`WrongPassphrase`] when the key does not fit.
    pub fn unlock(&self, key: &PassphraseKey) -> Result<Vault, WrongPassphrase> {
        let data_key = key
            .key
            .open(&self.nonce, &associated(&self.setup), self.wrapped.to_vec())
            .and_then(|bytes| Some(Zeroizing::new(<[u8; KEY_LEN]>::try_from(bytes.as_slice()).ok()?)))
            .ok_or(WrongPassphrase)?;
        Ok(Vault::new(Key::new(data_key), self.to_text()))
    }

    /// A new header around a new random data key, and the vault it opens.
    pub(crate) fn create(key: &PassphraseKey, entropy: &mut impl Entropy) -> (Self, Vault) {
        let data_key = Zeroizing::new(random::<KEY_LEN>(entropy));
        let nonce = random::<NONCE_LEN>(entropy);
        let sealed = key.key.seal(&nonce, &associated(&key.setup), data_key.to_vec());
        let mut wrapped = [0; WRAPPED_LEN];
        wrapped.copy_from_slice(&sealed);
        let header = Self { setup: key.setup.clone(), nonce, wrapped };
        let vault = Vault::new(Key::new(data_key), header.to_text());
        (header, vault)
    }

    /// The stored form.
    pub(crate) fn to_text(&self) -> String {
        let mut bytes = Vec::with_capacity(SETUP_LEN + NONCE_LEN + WRAPPED_LEN + SUM_LEN);
        bytes.extend_from_slice(&self.setup.to_bytes());
        bytes.extend_from_slice(&self.nonce);
        bytes.extend_from_slice(&self.wrapped);
        bytes.extend_from_slice(&checksum(&bytes));
        ascii::encode(What::Header, VERSION, &bytes)
    }

    /// Reads the stored form. Asks no memory beyond the text's own size.
    pub(crate) fn parse(text: &str) -> Result<Self, Unreadable> {
        let (version, bytes) = ascii::decode(What::Header, VERSION, text)?;
        match version {
            VERSION => Self::parse_v1(&bytes).ok_or(Unreadable::Corrupt),
            _ => Err(Unreadable::Corrupt),
        }
    }

    fn parse_v1(bytes: &[u8]) -> Option<Self> {
        let (whole, sum) = bytes.split_last_chunk::<SUM_LEN>()?;
        let (setup, rest) = whole.split_first_chunk::<SETUP_LEN>()?;
        let (nonce, wrapped) = rest.split_first_chunk::<NONCE_LEN>()?;
        if *sum != checksum(whole) {
            return None;
        }
        Some(Self { setup: KdfSetup::from_bytes(setup)?, nonce: *nonce, wrapped: wrapped.try_into().ok()? })
    }
}

impl core::fmt::Debug for Header {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Header").field("setup", &self.setup).finish_non_exhaustive()
    }
}

/// Everything before the wrapped key is authenticated along with it.
fn associated(setup: &KdfSetup) -> Vec<u8> {
    let mut bytes = What::Header.front(VERSION).into_bytes();
    bytes.extend_from_slice(&setup.to_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Seeded, cheap_key};

    fn made() -> (Header, PassphraseKey) {
        let key = cheap_key("juist");
        (Header::create(&key, &mut Seeded::new(3)).0, key)
    }

    #[test]
    fn a_header_opens_with_its_own_key_only() {
        let (header, key) = made();
        let read = Header::parse(&header.to_text()).unwrap();
        assert_eq!(read.setup(), &key.setup);
        assert!(read.unlock(&key).is_ok());
        assert_eq!(read.unlock(&cheap_key("fout")).unwrap_err(), WrongPassphrase);
    }

    #[test]
    fn every_cut_and_every_altered_character_is_noticed_without_a_passphrase() {
        let text = made().0.to_text();
        for cut in 0..text.len() {
            assert!(Header::parse(&text[..cut]).is_err(), "cut at {cut}");
        }
        for at in 0..text.len() {
            for other in ["A", "b", "_", "!"] {
                let mut altered = text.clone();
                altered.replace_range(at..=at, other);
                assert!(altered == text || Header::parse(&altered).is_err(), "{other} at {at}");
            }
        }
    }

    #[test]
    fn cheaper_costs_with_a_fitting_checksum_do_not_open_it() {
        let (mut header, key) = made();
        let mut setup = header.setup.to_bytes();
        setup[5] += 1;
        header.setup = KdfSetup::from_bytes(&setup).unwrap();
        let read = Header::parse(&header.to_text()).unwrap();
        assert_eq!(read.unlock(&key).unwrap_err(), WrongPassphrase);
    }

    #[test]
    fn it_does_not_show_itself_in_a_log() {
        assert!(!format!("{:?}", made().0).contains("wrapped"));
    }
}
