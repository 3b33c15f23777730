//! The primitives behind the vault: Argon2id, XChaCha20-Poly1305 and base64url, with keys that wipe themselves.
//!
//! **Architecture invariant:** only `naast-vault` depends on this crate (a test checks that). Nothing else in
//! Naast calls a primitive.
//!
//! It is a crate and not a module of the vault for the sake of speed: the libraries are generic, so their loops
//! are compiled with the crate that calls them. This crate is optimised for speed and everything else for size,
//! which halves the time to open a full vault and adds no bytes.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64ct::{Base64UrlUnpadded, Encoding};
use blake2::{Blake2b512, Digest};
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize, Zeroizing};

/// Length of a key in bytes.
pub const KEY_LEN: usize = 32;
/// Length of a salt in bytes.
pub const SALT_LEN: usize = 16;
/// Length of a nonce in bytes.
pub const NONCE_LEN: usize = 24;
/// Number of bytes that sealing adds.
pub const TAG_LEN: usize = 16;

/// A random value that is used for one sealing and never again.
pub type Nonce = [u8; NONCE_LEN];

/// A key that wipes itself when dropped, and cannot be copied or printed. Its bytes stay where they were written:
/// moving the key moves only a pointer, and leaves no copy behind.
pub struct Key(Box<Zeroizing<[u8; KEY_LEN]>>);

/// The device could not provide the memory for the derivation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfMemory;

/// The costs of a derivation (RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Costs {
    /// Memory in KiB, at least 8 for each lane.
    pub m_kib: u32,
    /// Passes over the memory, at least 1.
    pub t: u8,
    /// Lanes, at least 1.
    pub p: u8,
}

impl Key {
    /// A key with these bytes. The caller wipes their source.
    #[must_use]
    pub fn new(bytes: &[u8; KEY_LEN]) -> Self {
        Self::written(|key| key.copy_from_slice(bytes))
    }

    /// A key with the bytes that `write` writes over zeros.
    #[must_use]
    pub fn written(write: impl FnOnce(&mut [u8; KEY_LEN])) -> Self {
        let mut key = Self(Box::new(Zeroizing::new([0; KEY_LEN])));
        write(&mut key.0);
        key
    }

    /// The bytes, to hand over to a worker thread.
    #[must_use]
    pub fn bytes(&self) -> &[u8; KEY_LEN] {
        &self.0
    }

    /// Argon2id, version 0x13, to 32 bytes. The working memory is allocated fallibly, because a phone may
    /// refuse it, and is wiped afterwards.
    ///
    /// # Errors
    /// [`OutOfMemory`] if the memory is refused, or if no memory could be enough for these costs.
    pub fn derive(passphrase: &[u8], salt: &[u8; SALT_LEN], costs: Costs) -> Result<Self, OutOfMemory> {
        let (t, p) = (costs.t.into(), costs.p.into());
        let params = Params::new(costs.m_kib, t, p, Some(KEY_LEN)).map_err(|_| OutOfMemory)?;
        let mut memory = Zeroizing::new(Vec::new());
        memory.try_reserve_exact(params.block_count()).map_err(|_| OutOfMemory)?;
        memory.resize(params.block_count(), Block::new());
        let mut key = Self::new(&[0; KEY_LEN]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(passphrase, salt, &mut **key.0, &mut memory[..])
            .map_err(|_| OutOfMemory)?;
        Ok(key)
    }

    /// A key from a secret that is already random, such as the output of a security chip: the first 32 bytes
    /// of BLAKE2b-512 over the domain, a zero byte and the secret. It is fast, so it must not be used for a
    /// secret that a person made up.
    ///
    /// The domain states the purpose of the key, so that the same secret gives another key elsewhere. It must
    /// not contain a zero byte.
    #[must_use]
    pub fn from_secret(domain: &str, secret: &[u8]) -> Self {
        let mut hash = Blake2b512::new();
        for part in [domain.as_bytes(), &[0], secret] {
            hash.update(part);
        }
        let mut whole = hash.finalize();
        let key = Self::written(|key| key.copy_from_slice(&whole[..KEY_LEN]));
        whole.as_mut_slice().zeroize();
        key
    }

    /// Encrypts in place and appends the tag.
    ///
    /// # Panics
    /// Above 256 GiB, which no supported device can hold.
    #[must_use]
    pub fn seal(&self, nonce: &Nonce, associated: &[u8], mut plaintext: Vec<u8>) -> Vec<u8> {
        // Reallocates now, so that growing by the tag leaves no copy of the plaintext behind.
        plaintext.reserve_exact(TAG_LEN);
        let sealed = self.cipher().encrypt_in_place(&XNonce::from(*nonce), associated, &mut plaintext);
        if sealed.is_err() {
            unreachable!("the cipher refuses nothing under 256 GiB");
        }
        plaintext
    }

    /// Decrypts the output of [`Self::seal`] under the same key, nonce and associated data; `None` for
    /// anything else.
    #[must_use]
    pub fn open(&self, nonce: &Nonce, associated: &[u8], sealed: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
        let mut bytes = Zeroizing::new(sealed);
        self.cipher().decrypt_in_place(&XNonce::from(*nonce), associated, &mut *bytes).ok()?;
        Some(bytes)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&**self.0).into())
    }
}

impl core::fmt::Debug for Key {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Key(..)")
    }
}

/// Eight bytes that detect accidental changes. The input must not be secret, and someone who alters it on purpose
/// can make the bytes fit.
#[must_use]
pub fn checksum(bytes: &[u8]) -> [u8; 8] {
    let hash = Blake2b512::digest(bytes);
    let mut sum = [0; 8];
    sum.copy_from_slice(&hash[..8]);
    sum
}

/// Base64url without padding.
#[must_use]
pub fn to_base64(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Decodes the output of [`to_base64`]; `None` for anything else, including another encoding of the same bytes.
#[must_use]
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn the_derivation_is_argon2id_as_others_compute_it() {
        // OpenSSL 3: Argon2id, 19456 KiB, 2 passes, 1 lane, 32 bytes.
        let costs = Costs { m_kib: 19 * 1024, t: 2, p: 1 };
        let key = Key::derive(b"een twee drie", b"0123456789abcdef", costs).unwrap();
        assert_eq!(key.bytes()[..], bytes("3ac323127c895ef7f5ce696c9c6d5fc5b9df1e669ed92f70d7c80e64d0b6d0b8"));
    }

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn the_seal_is_xchacha20_poly1305_as_others_compute_it() {
        let key: Vec<u8> = (0x80..=0x9f).collect();
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&(0x40..=0x57).collect::<Vec<u8>>());
        let associated = bytes("50515253c0c1c2c3c4c5c6c7");
        let plaintext = b"Ladies and Gentlemen of the class of '99: If I could offer you \
            only one tip for the future, sunscreen would be it.";
        let sealed = Key::new(key[..].try_into().unwrap()).seal(&nonce, &associated, plaintext.to_vec());
        assert_eq!(sealed[..16], bytes("bd6d179d3e83d43b9576579493c0e939"));
        assert_eq!(sealed[sealed.len() - TAG_LEN..], bytes("c0875924c1c7987947deafd8780acf49"));
    }

    #[test]
    fn costs_that_no_memory_serves_are_refused() {
        for costs in [Costs { m_kib: 0, t: 1, p: 1 }, Costs { m_kib: 64, t: 0, p: 1 }, Costs { m_kib: 64, t: 1, p: 0 }]
        {
            assert_eq!(Key::derive(b"x", &[0; SALT_LEN], costs).unwrap_err(), OutOfMemory);
        }
    }

    #[test]
    fn a_key_of_a_secret_is_blake2b_as_others_compute_it_and_differs_by_domain() {
        // Python: hashlib.blake2b(b"naast-device.1.\0" + bytes(range(32))).digest()[:32]
        let secret: Vec<u8> = (0..32).collect();
        let key = Key::from_secret("naast-device.1.", &secret);
        assert_eq!(key.bytes()[..], bytes("a5e431c7c141886e5fb1738c06f055e6fa48d1bb91d14849f94d41d5e6af89d1"));
        assert_ne!(Key::from_secret("naast-else.1.", &secret).bytes(), key.bytes());
        assert_ne!(Key::from_secret("naast-device.1.", &secret[1..]).bytes(), key.bytes());
    }

    #[test]
    fn a_key_does_not_show_itself_in_a_log() {
        assert_eq!(format!("{:?}", Key::new(&[7; KEY_LEN])), "Key(..)");
    }

    /// Nothing wipes what a move leaves on the stack.
    #[test]
    fn moving_a_key_moves_none_of_its_bytes() {
        assert_eq!(size_of::<Key>(), size_of::<usize>());
    }

    #[test]
    fn one_value_has_one_text() {
        assert_eq!(to_base64(&[0, 255, 7]), "AP8H");
        assert_eq!(from_base64("AP8H"), Some(vec![0, 255, 7]));
        for other in ["AP8H=", "AP9", "AP8 H", "AP8h\n", "AP/H"] {
            assert_eq!(from_base64(other), None, "{other}");
        }
    }
}
