//! The device lock as an unlock method: a passkey that gives the same secret at each use (WebAuthn, extension
//! `prf`).

use naast_core::time::Moment;
use naast_seal::{KEY_LEN, Key, to_base64};

/// The longest credential id, in bytes (WebAuthn level 3, 4.1.4).
const LONGEST_ID: usize = 1_023;

/// The length of the PRF salt, in bytes.
pub(crate) const SALT_LEN: usize = 32;

/// A device whose lock opens the vault, and how to ask it. Not secret.
///
/// The credential id always has 1 to 1,023 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    credential: Vec<u8>,
    salt: [u8; SALT_LEN],
    made: Moment,
}

impl Device {
    /// A device with this credential and PRF salt (32 random bytes), added at this moment. `None` if the credential
    /// id is empty or longer than 1,023 bytes.
    #[must_use]
    pub fn new(credential: Vec<u8>, salt: [u8; 32], made: Moment) -> Option<Self> {
        (1..=LONGEST_ID).contains(&credential.len()).then_some(Self { credential, salt, made })
    }

    /// The credential id, as the browser gave it.
    #[must_use]
    pub fn credential(&self) -> &[u8] {
        &self.credential
    }

    /// The credential id in base64url, as browsers name it in text.
    #[must_use]
    pub fn credential_text(&self) -> String {
        to_base64(&self.credential)
    }

    /// The input of the PRF.
    #[must_use]
    pub fn salt(&self) -> &[u8; 32] {
        &self.salt
    }

    /// When it was added, by the clock of the device, for a list to choose from.
    #[must_use]
    pub fn made(&self) -> Moment {
        self.made
    }

    /// Its form in the header: length of the id (u16), id, salt, moment.
    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        #[allow(clippy::cast_possible_truncation, reason = "at most 1,023")]
        let len = self.credential.len() as u16;
        bytes.extend_from_slice(&len.to_le_bytes());
        bytes.extend_from_slice(&self.credential);
        bytes.extend_from_slice(&self.salt);
        bytes.extend_from_slice(&self.made.0.to_le_bytes());
    }
}

/// The key that a [`Device`] gives. Wiped when dropped.
pub struct DeviceKey(pub(crate) Key);

impl DeviceKey {
    /// A key from a PRF result; `None` for less than 32 bytes. The caller wipes the input.
    #[must_use]
    pub fn from_prf(output: &[u8]) -> Option<Self> {
        (output.len() >= KEY_LEN).then(|| Self(Key::from_secret("naast-device.1.", output)))
    }
}

impl core::fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("DeviceKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_without_bytes_or_with_too_many_is_refused() {
        let with = |len| Device::new(vec![1; len], [2; 32], Moment(3));
        assert!(with(1).is_some() && with(LONGEST_ID).is_some());
        assert_eq!(with(2).map(|device| device.credential_text()).as_deref(), Some("AQE"));
        assert!(with(0).is_none() && with(LONGEST_ID + 1).is_none());
    }

    #[test]
    fn a_key_comes_of_32_bytes_or_more() {
        assert!(DeviceKey::from_prf(&[1; 31]).is_none());
        let (short, long) = (DeviceKey::from_prf(&[1; 32]).unwrap(), DeviceKey::from_prf(&[1; 64]).unwrap());
        assert_ne!(short.0.bytes(), long.0.bytes());
        assert_eq!(format!("{short:?}"), "DeviceKey(..)");
    }
}
