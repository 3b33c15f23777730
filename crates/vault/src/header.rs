//! The header of a vault: the unlock methods. Each is a slot that holds the data key sealed under a key of its own.
//! A binding under the data key authenticates them together.

use crate::ascii::{self, Unreadable, What};
use crate::device::{self, Device, DeviceKey};
use crate::entropy::{Entropy, random};
use crate::kdf::{KdfSetup, PassphraseKey, SETUP_LEN};
use naast_core::time::Moment;
use naast_seal::{KEY_LEN, Key, NONCE_LEN, TAG_LEN, checksum};
use zeroize::Zeroizing;

const V1: u16 = 1;
const VERSION: u16 = 2;
const WRAPPED_LEN: usize = KEY_LEN + TAG_LEN;
const SUM_LEN: usize = 8;

// The kinds of slots. Any other is corrupt, because a new kind comes with a new version.
/// The passphrase slot as version 1 sealed it. It cannot be sealed anew without the passphrase.
const PASSPHRASE_V1: u8 = 0;
const PASSPHRASE: u8 = 1;
const RECOVERY: u8 = 2;
const DEVICE: u8 = 3;

/// The most devices in a header.
const MOST_DEVICES: usize = 7;

/// A valid header. It holds no secret in the clear.
#[derive(Clone)]
pub struct Header {
    /// The stored text.
    text: String,
    number: u32,
    passphrase: Words,
    recovery: Option<Words>,
    devices: Vec<(Device, Sealed)>,
    /// An empty message, sealed under the data key with all of the above as associated data. Version 1 had none.
    binding: Option<Sealed>,
}

/// Why a key does not open the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlockError {
    /// The passphrase, words or device are not those of this header.
    ///
    /// Accidental damage never looks like this, because the header has a checksum.
    WrongKey,
    /// The key fits, but the header is not as Naast wrote it: somebody changed it on purpose. The notes are
    /// unchanged; another copy of the header can be trusted.
    Altered,
}

impl Header {
    /// The number of this version of the header: 0 for version 1, 1 for a new vault, one more at each change. Of
    /// two copies the higher one is newer.
    ///
    /// It is not authenticated before unlocking. If the newer of two copies does not open, or opens as
    /// [`UnlockError::Altered`], try the other one.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The stored text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How to derive the key of the passphrase.
    #[must_use]
    pub fn setup(&self) -> &KdfSetup {
        &self.passphrase.setup
    }

    /// How to derive the key of the recovery words; `None` if there are none.
    #[must_use]
    pub fn recovery(&self) -> Option<&KdfSetup> {
        self.recovery.as_ref().map(|words| &words.setup)
    }

    /// The devices whose lock opens the vault, at most seven, the oldest first.
    pub fn devices(&self) -> impl Iterator<Item = &Device> {
        self.devices.iter().map(|(device, _)| device)
    }

    /// The data key, opened with a key derived under [`Self::setup`] or [`Self::recovery`]. The key itself says
    /// which of them it fits.
    pub(crate) fn open(&self, key: &PassphraseKey) -> Result<Key, UnlockError> {
        self.checked(self.passphrase.open(key).or_else(|| self.recovery.as_ref()?.open(key)))
    }

    /// The data key, opened with the key of any of the [`Self::devices`].
    pub(crate) fn open_with_device(&self, key: &DeviceKey) -> Result<Key, UnlockError> {
        let open = |(device, sealed): &(Device, Sealed)| sealed.open(&key.0, &slot_of(device));
        self.checked(self.devices.iter().find_map(open).and_then(|bytes| data_key(&bytes)))
    }

    fn checked(&self, data_key: Option<Key>) -> Result<Key, UnlockError> {
        let data_key = data_key.ok_or(UnlockError::WrongKey)?;
        if self.binding.is_some() && !self.is_bound_by(&data_key) {
            return Err(UnlockError::Altered);
        }
        Ok(data_key)
    }

    /// Whether the header was written by someone with this data key. Version 1 cannot tell.
    pub(crate) fn is_bound_by(&self, data_key: &Key) -> bool {
        self.binding
            .as_ref()
            .is_some_and(|binding| binding.open(data_key, &with_front(VERSION, &self.bound())).is_some())
    }

    /// The header of a new vault, and its random data key.
    pub(crate) fn generate(key: &PassphraseKey, entropy: &mut impl Entropy) -> (Self, Key) {
        let data_key = Key::written(|key| entropy.fill(key));
        let passphrase = Words::new(PASSPHRASE, key, &data_key, entropy);
        let (text, devices) = (String::new(), Vec::new());
        let mut header = Self { text, number: 0, passphrase, recovery: None, devices, binding: None };
        header.bind(&data_key, entropy);
        (header, data_key)
    }

    /// Replaces the passphrase. Call [`Self::bind`] afterwards.
    pub(crate) fn set_passphrase(&mut self, key: &PassphraseKey, data_key: &Key, entropy: &mut impl Entropy) {
        self.passphrase = Words::new(PASSPHRASE, key, data_key, entropy);
    }

    /// Sets or removes the recovery words. Call [`Self::bind`] afterwards.
    pub(crate) fn set_recovery(&mut self, key: Option<&PassphraseKey>, data_key: &Key, entropy: &mut impl Entropy) {
        self.recovery = key.map(|key| Words::new(RECOVERY, key, data_key, entropy));
    }

    /// Adds a device, replacing one with the same credential; `false` if there are seven others. Call
    /// [`Self::bind`] afterwards.
    pub(crate) fn add_device(
        &mut self,
        device: Device,
        key: &DeviceKey,
        data_key: &Key,
        entropy: &mut impl Entropy,
    ) -> bool {
        self.remove_device(device.credential());
        let room = self.devices.len() < MOST_DEVICES;
        if room {
            let sealed = Sealed::new(&key.0, &slot_of(&device), data_key.bytes(), entropy);
            self.devices.push((device, sealed));
        }
        room
    }

    /// Removes a device. Call [`Self::bind`] afterwards.
    pub(crate) fn remove_device(&mut self, credential: &[u8]) {
        self.devices.retain(|(device, _)| device.credential() != credential);
    }

    /// Makes this the next version of the header.
    pub(crate) fn bind(&mut self, data_key: &Key, entropy: &mut impl Entropy) {
        self.number = self.number.saturating_add(1);
        self.binding = Some(Sealed::new(data_key, &with_front(VERSION, &self.bound()), &[], entropy));
        self.text = self.written();
    }

    /// What the binding authenticates: the number and the slots, as stored.
    fn bound(&self) -> Vec<u8> {
        let mut bytes = self.number.to_le_bytes().to_vec();
        #[allow(clippy::cast_possible_truncation, reason = "at most nine")]
        bytes.push((1 + usize::from(self.recovery.is_some()) + self.devices.len()) as u8);
        self.passphrase.write(&mut bytes);
        if let Some(words) = &self.recovery {
            words.write(&mut bytes);
        }
        for (device, sealed) in &self.devices {
            bytes.push(DEVICE);
            device.write(&mut bytes);
            bytes.extend_from_slice(&sealed.0);
        }
        bytes
    }

    /// The stored text, in the newest version.
    fn written(&self) -> String {
        let mut bytes = self.bound();
        if let Some(binding) = &self.binding {
            bytes.extend_from_slice(&binding.0);
        }
        bytes.extend_from_slice(&checksum(&bytes));
        ascii::encode(What::Header, VERSION, &bytes)
    }

    /// Parses the stored text. It allocates no more than a few times the length of the text.
    pub(crate) fn parse(text: &str) -> Result<Self, Unreadable> {
        let (version, bytes) = ascii::decode(What::Header, VERSION, text)?;
        let mut header = match (version, whole(&bytes)) {
            (V1, Some(bytes)) => Self::parse_v1(bytes),
            (VERSION, Some(bytes)) => Self::parse_v2(bytes),
            _ => None,
        }
        .ok_or(Unreadable::Corrupt)?;
        text.clone_into(&mut header.text);
        Ok(header)
    }

    fn parse_v1(mut rest: &[u8]) -> Option<Self> {
        let passphrase = Words::read(PASSPHRASE_V1, &mut rest)?;
        let (text, devices) = (String::new(), Vec::new());
        rest.is_empty().then_some(Self { text, number: 0, passphrase, recovery: None, devices, binding: None })
    }

    fn parse_v2(mut rest: &[u8]) -> Option<Self> {
        let number = u32::from_le_bytes(take(&mut rest)?);
        let [slots, kind] = take(&mut rest)?;
        // Zero is for version 1.
        if number == 0 || slots == 0 || !matches!(kind, PASSPHRASE_V1 | PASSPHRASE) {
            return None;
        }
        let passphrase = Words::read(kind, &mut rest)?;
        let (mut recovery, mut devices) = (None, Vec::new());
        for _ in 1..slots {
            match take(&mut rest)? {
                [RECOVERY] if recovery.is_none() && devices.is_empty() => {
                    recovery = Some(Words::read(RECOVERY, &mut rest)?);
                }
                [DEVICE] if devices.len() < MOST_DEVICES => {
                    devices.push((read_device(&mut rest)?, Sealed::read(&mut rest, WRAPPED_LEN)?));
                }
                _ => return None,
            }
        }
        let binding = Some(Sealed::read(&mut rest, TAG_LEN)?);
        rest.is_empty().then_some(Self { text: String::new(), number, passphrase, recovery, devices, binding })
    }

    /// The parsed header, written again, to check that nothing is lost.
    #[cfg(any(test, fuzzing))]
    pub(crate) fn rewritten(&self) -> String {
        if self.binding.is_some() {
            return self.written();
        }
        let mut bytes = Vec::new();
        self.passphrase.write(&mut bytes);
        bytes.remove(0);
        bytes.extend_from_slice(&checksum(&bytes));
        ascii::encode(What::Header, V1, &bytes)
    }
}

impl core::fmt::Debug for Header {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Header").field("setup", self.setup()).finish_non_exhaustive()
    }
}

/// A slot that words open: the passphrase or the recovery words.
#[derive(Clone)]
struct Words {
    kind: u8,
    setup: KdfSetup,
    sealed: Sealed,
}

impl Words {
    fn new(kind: u8, key: &PassphraseKey, data_key: &Key, entropy: &mut impl Entropy) -> Self {
        let sealed = Sealed::new(&key.key, &slot_of_words(kind, &key.setup), data_key.bytes(), entropy);
        Self { kind, setup: key.setup.clone(), sealed }
    }

    /// The data key, if this key was derived for this slot and fits.
    fn open(&self, key: &PassphraseKey) -> Option<Key> {
        if key.setup != self.setup {
            return None;
        }
        data_key(&self.sealed.open(&key.key, &slot_of_words(self.kind, &self.setup))?)
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(self.kind);
        bytes.extend_from_slice(&self.setup.to_bytes());
        bytes.extend_from_slice(&self.sealed.0);
    }

    fn read(kind: u8, rest: &mut &[u8]) -> Option<Self> {
        let setup = KdfSetup::from_bytes(&take::<SETUP_LEN>(rest)?)?;
        Some(Self { kind, setup, sealed: Sealed::read(rest, WRAPPED_LEN)? })
    }
}

/// A nonce and a ciphertext.
#[derive(Clone)]
struct Sealed(Vec<u8>);

impl Sealed {
    fn new(key: &Key, associated: &[u8], plaintext: &[u8], entropy: &mut impl Entropy) -> Self {
        let nonce = random::<NONCE_LEN>(entropy);
        // With capacity for the tag, so that no copy of a key is left behind.
        let mut bytes = Vec::with_capacity(plaintext.len() + TAG_LEN);
        bytes.extend_from_slice(plaintext);
        let sealed = key.seal(&nonce, associated, bytes);
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&sealed);
        Self(bytes)
    }

    fn open(&self, key: &Key, associated: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = self.0.split_first_chunk::<NONCE_LEN>()?;
        key.open(nonce, associated, sealed.to_vec())
    }

    /// Reads a nonce and `len` bytes of ciphertext.
    fn read(rest: &mut &[u8], len: usize) -> Option<Self> {
        Some(Self(take_slice(rest, NONCE_LEN + len)?.to_vec()))
    }
}

fn data_key(bytes: &[u8]) -> Option<Key> {
    bytes.try_into().ok().map(Key::new)
}

/// The associated data of a slot: its kind and its own public fields, so that no slot can replace another. The
/// binding covers the number and the other slots.
fn slot_of_words(kind: u8, setup: &KdfSetup) -> Vec<u8> {
    // Version 1 had one kind of slot, without a name.
    if kind == PASSPHRASE_V1 {
        return with_front(V1, &setup.to_bytes());
    }
    let mut bytes = with_front(VERSION, &[kind]);
    bytes.extend_from_slice(&setup.to_bytes());
    bytes
}

/// The same for a device.
fn slot_of(device: &Device) -> Vec<u8> {
    let mut bytes = with_front(VERSION, &[DEVICE]);
    device.write(&mut bytes);
    bytes
}

fn with_front(version: u16, rest: &[u8]) -> Vec<u8> {
    let mut bytes = What::Header.front(version).into_bytes();
    bytes.extend_from_slice(rest);
    bytes
}

/// What precedes the checksum, if that is right.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let (whole, sum) = bytes.split_last_chunk::<SUM_LEN>()?;
    (*sum == checksum(whole)).then_some(whole)
}

fn read_device(rest: &mut &[u8]) -> Option<Device> {
    let len = u16::from_le_bytes(take(rest)?);
    let credential = take_slice(rest, len.into())?.to_vec();
    let salt = take::<{ device::SALT_LEN }>(rest)?;
    Device::new(credential, salt, Moment(i64::from_le_bytes(take(rest)?)))
}

fn take_slice<'a>(rest: &mut &'a [u8], len: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(len)?;
    *rest = after;
    Some(taken)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    take_slice(rest, N)?.try_into().ok()
}

#[cfg(test)]
mod tests;
