//! Key derivation from a passphrase. It is slow on purpose, and meant for a worker thread.

use crate::entropy::{Entropy, random};
use crate::passphrase::Passphrase;
use naast_seal::{Costs, KEY_LEN, Key, SALT_LEN};
use zeroize::Zeroizing;

/// Argon2id, version 0x13 (RFC 9106); the only one so far.
const ARGON2ID: u8 = 1;

/// The length of [`KdfSetup::to_bytes`].
pub(crate) const SETUP_LEN: usize = 1 + 4 + 1 + 1 + SALT_LEN;

/// How a passphrase becomes a key: algorithm, parameters and salt. Not secret.
///
/// The parameters are always within bounds: 19 to 256 MiB, 2 to 10 passes, 1 to 4 lanes. Less is guessed too fast,
/// more freezes a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KdfSetup {
    m_kib: u32,
    t: u8,
    p: u8,
    salt: [u8; SALT_LEN],
}

/// The memory of a new vault while the speed of the device is not known, in KiB.
const DEFAULT_KIB: u32 = 32 * 1024;
/// And its passes.
const DEFAULT_T: u8 = 3;

/// How long a derivation may take on a device, in milliseconds; parameters are chosen by it. Rounding down leaves
/// more than half a second.
const AIM_MS: u32 = 750;

/// How long an optional derivation may take on a device, in milliseconds.
const MOST_MS: u64 = 2 * AIM_MS as u64;

/// The most memory that is chosen for a device, in KiB. Older phones refuse more.
const MOST_CHOSEN_KIB: u32 = 64 * 1024;

impl KdfSetup {
    /// Today's parameters (32 MiB, 3 passes, 1 lane) with a fresh salt.
    #[must_use]
    pub fn new(entropy: &mut impl Entropy) -> Self {
        Self { m_kib: DEFAULT_KIB, t: DEFAULT_T, p: 1, salt: random(entropy) }
    }

    /// Parameters that suit a device on which deriving with `self` took `took_ms` milliseconds, with a fresh salt:
    /// about 560 to 750 ms, as far as that stays between the default and 64 MiB with 10 passes. Memory grows first,
    /// because it is what an attacker pays most for.
    ///
    /// It is a guess: the clock of a busy phone runs long, and memory that was available today may be refused
    /// tomorrow. Derive with it before anything depends on it.
    #[must_use]
    pub fn suited(&self, took_ms: u32, entropy: &mut impl Entropy) -> Self {
        let work = self.work() * AIM_MS / took_ms.max(1);
        let least = u32::from(DEFAULT_T);
        let m_kib = if work >= MOST_CHOSEN_KIB * least { MOST_CHOSEN_KIB } else { DEFAULT_KIB };
        #[allow(clippy::cast_possible_truncation, reason = "3 to 10")]
        let t = (work / m_kib).clamp(least, 10) as u8;
        Self { m_kib, t, p: 1, salt: random(entropy) }
    }

    /// Parameters for a second derivation after one with `self` took `took_ms` milliseconds: those that
    /// [suit](Self::suited) the device, if a key under `self` is guessed more than twice as fast. `None` if it is
    /// not, or if they would take this device more than 1.5 seconds.
    #[must_use]
    pub fn stronger(&self, took_ms: u32, entropy: &mut impl Entropy) -> Option<Self> {
        let suited = self.suited(took_ms, entropy);
        let takes = u64::from(took_ms) * u64::from(suited.work()) / u64::from(self.work());
        (self.work() * 2 < suited.work() && takes <= MOST_MS).then_some(suited)
    }

    /// Memory times passes, which is the work of a derivation. At most 2,621,440.
    fn work(&self) -> u32 {
        self.m_kib * u32::from(self.t)
    }

    /// Algorithm, parameters and salt, as in the header.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 23] {
        let mut bytes = [0; SETUP_LEN];
        bytes[0] = ARGON2ID;
        bytes[1..5].copy_from_slice(&self.m_kib.to_le_bytes());
        bytes[5] = self.t;
        bytes[6] = self.p;
        bytes[7..].copy_from_slice(&self.salt);
        bytes
    }

    /// Reads [`Self::to_bytes`]; `None` for another algorithm or length, or parameters out of bounds.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [ARGON2ID, m0, m1, m2, m3, t, p, salt @ ..] = bytes else {
            return None;
        };
        let setup = Self { m_kib: u32::from_le_bytes([*m0, *m1, *m2, *m3]), t: *t, p: *p, salt: salt.try_into().ok()? };
        let in_bounds = (19 * 1024..=256 * 1024).contains(&setup.m_kib)
            && (2..=10).contains(&setup.t)
            && (1..=4).contains(&setup.p);
        in_bounds.then_some(setup)
    }
}

/// The key of a passphrase under one [`KdfSetup`]; it opens or creates a vault.
///
/// Wiped when dropped. It carries its setup, so that a key never appears with parameters it was not derived with.
pub struct PassphraseKey {
    pub(crate) setup: KdfSetup,
    pub(crate) key: Key,
}

impl PassphraseKey {
    /// The key as bytes, to return from a worker. The caller wipes the copy.
    #[must_use]
    pub fn to_worker_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(SETUP_LEN + KEY_LEN));
        bytes.extend_from_slice(&self.setup.to_bytes());
        bytes.extend_from_slice(self.key.bytes());
        bytes
    }

    /// Reads [`Self::to_worker_bytes`]; `None` for anything else.
    #[must_use]
    pub fn from_worker_bytes(bytes: &[u8]) -> Option<Self> {
        let (setup, rest) = bytes.split_at_checked(SETUP_LEN)?;
        let key = rest.try_into().ok().map(Key::new)?;
        Some(Self { setup: KdfSetup::from_bytes(setup)?, key })
    }
}

impl core::fmt::Debug for PassphraseKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("PassphraseKey(..)")
    }
}

/// Why no key was derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeriveError {
    /// The device does not give the memory that the setup needs.
    OutOfMemory,
}

/// Derives the key: 100 ms on a desktop, up to a second on a phone. Run it in a worker and end the worker
/// afterwards, because WebAssembly memory never shrinks.
///
/// # Errors
/// [`DeriveError::OutOfMemory`] if the working memory (32 MiB by default) is refused.
pub fn derive(passphrase: &Passphrase, setup: &KdfSetup) -> Result<PassphraseKey, DeriveError> {
    let costs = Costs { m_kib: setup.m_kib, t: setup.t, p: setup.p };
    let key = Key::derive(passphrase.as_bytes(), &setup.salt, costs).map_err(|_| DeriveError::OutOfMemory)?;
    Ok(PassphraseKey { setup: setup.clone(), key })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Seeded;
    use proptest::prelude::*;

    #[test]
    fn a_new_setup_asks_for_32_mib_and_three_passes() {
        let setup = KdfSetup::new(&mut Seeded::new(1));
        assert_eq!((setup.m_kib, setup.t, setup.p), (32 * 1024, 3, 1));
        assert_eq!(KdfSetup::from_bytes(&setup.to_bytes()), Some(setup));
    }

    #[test]
    fn costs_out_of_bounds_are_refused_before_any_memory_is_asked() {
        let with = |m_kib: u32, t, p| KdfSetup::from_bytes(&KdfSetup { m_kib, t, p, salt: [7; 16] }.to_bytes());
        assert!(with(19 * 1024, 2, 1).is_some());
        assert!(with(256 * 1024, 10, 4).is_some());
        for (m_kib, t, p) in [
            (19 * 1024 - 1, 3, 1),
            (256 * 1024 + 1, 3, 1),
            (u32::MAX, 3, 1),
            (0, 3, 1),
            (32 * 1024, 1, 1),
            (32 * 1024, 11, 1),
            (32 * 1024, 3, 0),
            (32 * 1024, 3, 5),
        ] {
            assert_eq!(with(m_kib, t, p), None, "{m_kib} KiB, t={t}, p={p}");
        }
    }

    #[test]
    fn a_slow_phone_keeps_the_default_and_a_quick_one_works_longer() {
        let suited = |took| {
            let setup = KdfSetup::new(&mut Seeded::new(1)).suited(took, &mut Seeded::new(2));
            (setup.m_kib / 1024, setup.t)
        };
        for (took, costs) in [
            (u32::MAX, (32, 3)),
            (2_000, (32, 3)),
            (750, (32, 3)),
            (500, (32, 4)),
            (375, (64, 3)),
            (200, (64, 5)),
            (100, (64, 10)),
            (1, (64, 10)),
            (0, (64, 10)),
        ] {
            assert_eq!(suited(took), costs, "{took} ms");
        }
    }

    #[test]
    fn what_suits_a_device_does_not_depend_on_what_was_measured() {
        let fresh = KdfSetup::new(&mut Seeded::new(1));
        let suited = fresh.suited(160, &mut Seeded::new(2));
        // Six and two thirds units of 160 ms at the default; twice that work takes twice as long.
        let double = KdfSetup { m_kib: 64 * 1024, ..fresh.clone() };
        assert_eq!(double.suited(320, &mut Seeded::new(2)), suited);
        assert_ne!(suited.salt, fresh.salt);
    }

    #[test]
    fn costs_far_below_what_suits_the_device_are_raised() {
        let fresh = KdfSetup::new(&mut Seeded::new(1));
        let stronger = |setup: &KdfSetup, took| setup.stronger(took, &mut Seeded::new(2));
        let suited = |took| fresh.suited(took, &mut Seeded::new(2));
        assert_eq!(stronger(&fresh, 750), None);
        // Twice as much work is not worth a second wait.
        assert_eq!(stronger(&fresh, 375), None);
        assert_eq!(stronger(&fresh, 200), Some(suited(200)));
        // The same phone, after: what it has suits it.
        assert_eq!(stronger(&suited(200), 670), None);
    }

    #[test]
    fn the_least_costs_are_raised_unless_the_phone_is_slow() {
        let least = KdfSetup { m_kib: 19 * 1024, t: 2, p: 1, salt: [7; 16] };
        let stronger = |took| least.stronger(took, &mut Seeded::new(2)).map(|setup| (setup.m_kib / 1024, setup.t));
        assert_eq!(stronger(0), Some((64, 10)));
        assert_eq!(stronger(40), Some((64, 10)));
        assert_eq!(stronger(300), Some((32, 3)));
        assert_eq!(stronger(593), Some((32, 3)));
        assert_eq!(stronger(600), None);
        assert_eq!(stronger(u32::MAX), None);
    }

    proptest! {
        /// Whatever was measured: within bounds, never below the default, and about as long as
        /// meant wherever the bounds leave room.
        #[test]
        fn suited_costs_stay_within_bounds(m in 19_u32..=256, t in 2_u8..=10, took in any::<u32>()) {
            let measured = KdfSetup { m_kib: m * 1024, t, p: 1, salt: [7; 16] };
            let suited = measured.suited(took, &mut Seeded::new(2));
            prop_assert_eq!(KdfSetup::from_bytes(&suited.to_bytes()), Some(suited.clone()));
            prop_assert!((32 * 1024..=64 * 1024).contains(&suited.m_kib) && (3..=10).contains(&suited.t));
            let takes = u64::from(took) * u64::from(suited.work()) / u64::from(measured.work());
            prop_assert!(suited.work() == 32 * 1024 * 3 || takes <= 750);
            prop_assert!(suited.work() == 64 * 1024 * 10 || takes >= 500);
            if let Some(stronger) = measured.stronger(took, &mut Seeded::new(2)) {
                prop_assert!(stronger.work() > 2 * measured.work() && takes <= 1_500);
                prop_assert_eq!(stronger, suited);
            }
        }
    }

    #[test]
    fn another_algorithm_or_length_is_not_a_setup() {
        let mut bytes = KdfSetup::new(&mut Seeded::new(1)).to_bytes();
        assert_eq!(KdfSetup::from_bytes(&bytes[..22]), None);
        bytes[0] = 2;
        assert_eq!(KdfSetup::from_bytes(&bytes), None);
    }

    #[test]
    fn a_key_goes_to_the_worker_and_back_whole() {
        let key = crate::testing::cheap_key("vijf woorden bij elkaar gezet");
        let bytes = key.to_worker_bytes();
        let back = PassphraseKey::from_worker_bytes(&bytes).unwrap();
        assert_eq!((back.setup, back.key.bytes()), (key.setup, key.key.bytes()));
        assert!(PassphraseKey::from_worker_bytes(&bytes[1..]).is_none());
        assert!(PassphraseKey::from_worker_bytes(&[]).is_none());
    }
}
