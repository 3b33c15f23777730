//! The primitives, fenced off: Argon2id and XChaCha20-Poly1305 over keys that wipe
//! themselves. Nothing outside this module calls a primitive.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use blake2::{Blake2b512, Digest};
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

pub(crate) const KEY_LEN: usize = 32;
pub(crate) const SALT_LEN: usize = 16;
pub(crate) const NONCE_LEN: usize = 24;
pub(crate) const TAG_LEN: usize = 16;

/// A random value that is used for one sealing and never again.
pub(crate) type Nonce = [u8; NONCE_LEN];

/// A key that wipes itself when dropped and cannot be copied or printed.
pub(crate) struct Key(Zeroizing<[u8; KEY_LEN]>);

/// The device could not give the memory the derivation asks for.
pub(crate) struct OutOfMemory;

impl Key {
    pub(crate) fn new(bytes: Zeroizing<[u8; KEY_LEN]>) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_LEN] {
        &self.0
    }

    /// Argon2id, version 0x13, to 32 bytes. The working memory is asked for politely
    /// (a phone may refuse) and wiped after.
    pub(crate) fn derive(
        passphrase: &[u8],
        salt: &[u8; SALT_LEN],
        (m_kib, t, p): (u32, u32, u32),
    ) -> Result<Self, OutOfMemory> {
        let params = Params::new(m_kib, t, p, Some(KEY_LEN)).map_err(|_| OutOfMemory)?;
        let mut memory = Zeroizing::new(Vec::new());
        memory.try_reserve_exact(params.block_count()).map_err(|_| OutOfMemory)?;
        memory.resize(params.block_count(), Block::new());
        let mut key = Zeroizing::new([0; KEY_LEN]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(passphrase, salt, &mut *key, &mut memory[..])
            .map_err(|_| OutOfMemory)?;
        Ok(Self(key))
    }

    /// Encrypts in place and appends the tag. `plaintext` must stay far below 256 GiB.
    pub(crate) fn seal(&self, nonce: &Nonce, associated: &[u8], mut plaintext: Vec<u8>) -> Vec<u8> {
        // One move now, so that growing by the tag leaves no copy of the plaintext behind.
        plaintext.reserve_exact(TAG_LEN);
        let sealed = self.cipher().encrypt_in_place(&XNonce::from(*nonce), associated, &mut plaintext);
        if sealed.is_err() {
            unreachable!("the cipher refuses nothing under 256 GiB");
        }
        plaintext
    }

    /// Decrypts what [`Self::seal`] made under the same nonce and associated data.
    pub(crate) fn open(&self, nonce: &Nonce, associated: &[u8], sealed: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
        let mut bytes = Zeroizing::new(sealed);
        self.cipher().decrypt_in_place(&XNonce::from(*nonce), associated, &mut *bytes).ok()?;
        Some(bytes)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

/// Eight bytes that change when the input changes by accident. No secret goes in, and
/// whoever alters the input on purpose can make them fit.
pub(crate) fn checksum(bytes: &[u8]) -> [u8; 8] {
    let hash = Blake2b512::digest(bytes);
    let mut sum = [0; 8];
    sum.copy_from_slice(&hash[..8]);
    sum
}
