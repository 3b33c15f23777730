use super::*;
use crate::testing::{Seeded, cheap_key};
use proptest::prelude::*;
use std::sync::OnceLock;

/// Derived once: the derivation is slow on purpose.
fn key() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| cheap_key("juist"))
}

/// Recovery words have a setup of their own.
fn words() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let mut setup = key().setup.to_bytes();
        setup[22] ^= 1;
        let words = crate::Passphrase::from_recovery_words("twaalf woorden op papier");
        crate::derive(&words, &KdfSetup::from_bytes(&setup).unwrap()).unwrap()
    })
}

fn phone(n: u8) -> (Device, DeviceKey) {
    let device = Device::new(vec![n; 20], [n; 32], Moment(1_794_990_000_000)).unwrap();
    (device, DeviceKey::from_prf(&[n; 32]).unwrap())
}

fn data_key(seed: u64) -> Key {
    Key::new(&random(&mut Seeded::new(seed)))
}

/// A header with a passphrase only. Its data key is the first that its seed gives.
fn bare(seed: u64) -> Header {
    Header::create(key(), &mut Seeded::new(seed)).header()
}

/// A header with a slot of every kind.
fn full(seed: u64) -> Header {
    let (mut header, data_key, entropy) = (bare(seed), data_key(seed), &mut Seeded::new(seed + 100));
    header.set_recovery(Some(words()), &data_key, entropy);
    let (device, device_key) = phone(1);
    assert!(header.add_device(device, &device_key, &data_key, entropy));
    header.bind(&data_key, entropy);
    header
}

fn v1() -> Header {
    let text = include_str!("../../tests/vectors/header_v1_least_costs.txt").trim_end();
    Header::parse(text).unwrap()
}

/// What the three ways into a header give.
fn ways(header: &Header) -> [Result<(), UnlockError>; 3] {
    [header.unlock(key()), header.unlock(words()), header.unlock_with_device(&phone(1).1)].map(|way| way.map(drop))
}

/// The header as somebody would store it who cannot bind it: with a checksum that fits.
fn forged(header: &Header) -> Header {
    Header::parse(&header.written()).unwrap()
}

#[test]
fn a_header_opens_with_its_own_key_only() {
    let read = Header::parse(bare(3).text()).unwrap();
    assert_eq!((read.number(), read.setup(), read.recovery(), read.devices().count()), (1, &key().setup, None, 0));
    assert!(read.unlock(key()).is_ok());
    assert_eq!(read.unlock(&cheap_key("fout")).unwrap_err(), UnlockError::WrongKey);
    assert_eq!(ways(&read), [Ok(()), Err(UnlockError::WrongKey), Err(UnlockError::WrongKey)]);
}

#[test]
fn every_way_opens_the_same_vault() {
    let read = Header::parse(full(3).text()).unwrap();
    assert_eq!((read.number(), read.recovery()), (2, Some(&words().setup)));
    assert_eq!(read.devices().collect::<Vec<_>>(), [&phone(1).0]);
    assert_eq!(ways(&read), [Ok(()); 3]);
    // Another phone, and the right words under the setup of the passphrase.
    assert_eq!(read.unlock_with_device(&phone(2).1).unwrap_err(), UnlockError::WrongKey);
    assert_eq!(read.unlock(&cheap_key("twaalf woorden op papier")).unwrap_err(), UnlockError::WrongKey);
}

#[test]
fn version_1_still_opens_and_carries_its_passphrase_into_version_2() {
    let old = v1();
    let key = cheap_key("boom fiets kaas maan lepel");
    assert_eq!((old.number(), old.recovery(), old.rewritten()), (0, None, old.text().to_owned()));
    assert!(old.unlock(&key).is_ok());

    // Nobody has the passphrase at hand when recovery words are added.
    let (mut new, data_key) = (old.clone(), data_key(2));
    new.set_recovery(Some(words()), &data_key, &mut Seeded::new(7));
    new.bind(&data_key, &mut Seeded::new(8));
    let read = Header::parse(new.text()).unwrap();
    assert!(read.text().starts_with("naast-vault.2.") && read.number() == 1);
    assert!(read.unlock(&key).is_ok() && read.unlock(words()).is_ok());
}

#[test]
fn a_passphrase_of_version_2_does_not_pass_for_one_of_version_1() {
    // Else whoever strips the binding off could take ways out unnoticed.
    let mut stripped = full(3);
    stripped.passphrase.kind = PASSPHRASE_V1;
    assert_eq!(forged(&stripped).unlock(key()).unwrap_err(), UnlockError::WrongKey);
    stripped.binding = None;
    let stripped = Header::parse(&stripped.rewritten()).unwrap();
    assert_eq!((stripped.number(), stripped.unlock(key()).unwrap_err()), (0, UnlockError::WrongKey));
}

#[test]
fn every_cut_and_every_altered_character_is_noticed_without_a_passphrase() {
    for text in [v1().text(), bare(3).text(), full(3).text()] {
        for cut in 0..text.len() {
            assert!(Header::parse(&text[..cut]).is_err(), "cut at {cut}");
        }
        for at in 0..text.len() {
            for other in ["A", "b", "_", "!"] {
                let mut altered = text.to_owned();
                altered.replace_range(at..=at, other);
                assert!(altered == text || Header::parse(&altered).is_err(), "{other} at {at}");
            }
        }
    }
}

#[test]
fn a_slot_of_another_writing_or_another_vault_is_noticed() {
    let (here, other) = (full(3), full(4));
    let mut later = here.clone();
    later.set_recovery(Some(words()), &data_key(3), &mut Seeded::new(9));
    later.bind(&data_key(3), &mut Seeded::new(10));

    // The way itself opens, for it is sealed as it should; the header as a whole is not ours.
    for from in [&later, &other] {
        let mut swapped = here.clone();
        swapped.recovery = from.recovery.clone();
        assert!(ways(&forged(&swapped)).iter().all(|way| *way == Err(UnlockError::Altered)));
    }
    let mut swapped = here.clone();
    (swapped.passphrase, swapped.number) = (other.passphrase.clone(), here.number);
    assert_eq!(ways(&forged(&swapped)), [Err(UnlockError::Altered); 3]);
    swapped = here.clone();
    swapped.binding = later.binding.clone();
    assert_eq!(ways(&forged(&swapped)), [Err(UnlockError::Altered); 3]);
}

#[test]
fn two_slots_of_one_header_do_not_change_places() {
    let mut header = full(3);
    let recovery = header.recovery.as_mut().unwrap();
    core::mem::swap(&mut header.passphrase.sealed, &mut recovery.sealed);
    core::mem::swap(&mut header.passphrase.setup, &mut recovery.setup);
    assert_eq!(ways(&forged(&header))[..2], [Err(UnlockError::WrongKey); 2]);
}

#[test]
fn a_way_taken_out_or_a_number_raised_is_noticed() {
    let header = full(3);
    let mut without = header.clone();
    without.recovery = None;
    assert_eq!(
        ways(&forged(&without)),
        [Err(UnlockError::Altered), Err(UnlockError::WrongKey), Err(UnlockError::Altered)]
    );
    without = header.clone();
    without.devices.clear();
    assert_eq!(ways(&forged(&without))[..2], [Err(UnlockError::Altered); 2]);
    for number in [1, 3, u32::MAX] {
        let header = Header { number, ..header.clone() };
        assert_eq!(ways(&forged(&header)), [Err(UnlockError::Altered); 3]);
    }
}

#[test]
fn cheaper_costs_with_a_fitting_checksum_do_not_open_it() {
    let mut header = bare(3);
    let mut setup = header.setup().to_bytes();
    setup[5] += 1;
    header.passphrase.setup = KdfSetup::from_bytes(&setup).unwrap();
    assert_eq!(forged(&header).unlock(key()).unwrap_err(), UnlockError::WrongKey);
    // Nor when the key was derived as the altered header says.
    let derived = crate::derive(&crate::Passphrase::from_typed("juist"), header.setup()).unwrap();
    assert_eq!(forged(&header).unlock(&derived).unwrap_err(), UnlockError::WrongKey);
}

#[test]
fn a_header_with_all_it_may_hold_is_read_again_and_no_more_fits() {
    let (mut header, data_key, entropy) = (full(3), data_key(3), &mut Seeded::new(5));
    header.remove_device(phone(1).0.credential());
    for n in 0..7 {
        let device = Device::new(vec![n; 1_023], [n; 32], Moment(i64::MAX)).unwrap();
        assert!(header.add_device(device, &phone(n).1, &data_key, entropy));
    }
    header.bind(&data_key, entropy);
    let mut read = Header::parse(header.text()).unwrap();
    assert_eq!((read.devices().count(), ways(&read)), (7, [Ok(()); 3]));
    assert_eq!(read.text().len(), 10_962);
    let (eighth, eighth_key) = phone(8);
    assert!(!read.add_device(eighth.clone(), &eighth_key, &data_key, entropy));
    // In place of one there is always room.
    let again = Device::new(vec![0; 1_023], [9; 32], Moment(0)).unwrap();
    assert!(read.add_device(again, &phone(9).1, &data_key, entropy));
    assert!(read.unlock_with_device(&phone(0).1).is_err() && read.devices().count() == 7);
    // Eight in a header that is bound all the same.
    let sealed = read.devices[0].1.clone();
    read.devices.push((eighth, sealed));
    read.bind(&data_key, entropy);
    assert_eq!(Header::parse(read.text()).unwrap_err(), Unreadable::Corrupt);
}

#[test]
fn the_number_stops_at_its_end() {
    let mut header = Header { number: u32::MAX, ..bare(3) };
    header.bind(&data_key(3), &mut Seeded::new(5));
    let read = Header::parse(header.text()).unwrap();
    assert_eq!((read.number(), ways(&read)[0]), (u32::MAX, Ok(())));
}

#[test]
fn it_does_not_show_itself_in_a_log() {
    let shown = format!("{:?}", full(3));
    assert!(!shown.contains("sealed") && !shown.contains("text"), "{shown}");
}

proptest! {
    /// Whoever can write to the store can make the checksum fit, and gets no further.
    #[test]
    fn no_byte_can_be_altered_on_purpose(at in any::<prop::sample::Index>(), by in 1_u8..) {
        let mut bytes = ascii::decode(What::Header, VERSION, full(3).text()).unwrap().1;
        let len = bytes.len() - SUM_LEN;
        bytes.truncate(len);
        bytes[at.index(len)] ^= by;
        bytes.extend_from_slice(&checksum(&bytes));
        let text = ascii::encode(What::Header, VERSION, &bytes);
        if let Ok(header) = Header::parse(&text) {
            prop_assert_eq!(&header.rewritten(), &text);
            for way in ways(&header) {
                prop_assert!(way.is_err());
            }
        }
    }

    #[test]
    fn nothing_that_lies_there_can_do_harm(
        bytes in prop::collection::vec(any::<u8>(), 0..300), version in 1_u16..=2, front in 0..6_usize,
    ) {
        // A plausible beginning, so that it gets somewhere.
        let mut bytes = [&[1, 0, 0, 0, 2, 1][..front], &key().setup.to_bytes()[..], &bytes[..]].concat();
        bytes.extend_from_slice(&checksum(&bytes));
        let text = ascii::encode(What::Header, version, &bytes);
        if let Ok(header) = Header::parse(&text) {
            prop_assert_eq!(header.rewritten(), text);
        }
    }
}
