//! Ways in for the fuzzer, past the seal. Compiled under `--cfg fuzzing` only.

use crate::ascii::{self, What};
use crate::device::DeviceKey;
use crate::header::{Header, UnlockError};
use crate::keys::RecordKey;
use crate::{format, press, sealed, settings};
use naast_core::records::{Id, Kind};
use naast_seal::{Key, checksum, from_base64};
use zeroize::Zeroizing;

/// A stored header: read or refused; what is read is written again as the same text. The text
/// also stands for what lies in a header of each version, behind a checksum that fits.
pub fn header(text: &str) {
    header_text(text);
    let mut bytes = from_base64(text).unwrap_or_else(|| text.as_bytes().to_vec());
    bytes.extend_from_slice(&checksum(&bytes));
    for version in 1..=2 {
        header_text(&ascii::encode(What::Header, version, &bytes));
    }
}

fn header_text(text: &str) {
    let Ok(header) = Header::parse(text) else {
        return;
    };
    assert_eq!(header.rewritten(), text);
    let key = Key::new(Zeroizing::new([1; 32]));
    assert!(!header.is_bound_by(&key));
    assert_eq!(header.unlock_with_device(&DeviceKey(key)).err(), Some(UnlockError::WrongKey));
}

/// A stored record: the envelope around it, and the bytes inside as if they had opened.
pub fn record(data: &[u8]) {
    let Some((&selector, bytes)) = data.split_first() else {
        return;
    };
    let kind = Kind::ALL[usize::from(selector % 4)];
    let place = RecordKey { kind, id: Id([selector; 12]) };
    if let Ok(text) = core::str::from_utf8(bytes) {
        assert!(sealed::open(&Key::new(Zeroizing::new([1; 32])), &place, text).is_err());
    }
    if let Ok(record) = format::decode(&place, bytes) {
        assert_eq!(RecordKey::of(&record), place);
        let again = format::decode(&place, &format::encode(&record)).ok();
        assert_eq!(again, Some(record));
    }
}

/// Something pressed, and something to press: what is read is the one form of its text.
pub fn press(data: &[u8]) {
    let pressed = |plain: &[u8]| {
        let mut bytes = Vec::new();
        press::press(plain, &mut bytes).then_some(bytes)
    };
    if let Some(plain) = press::unpress(data, sealed::MAX_PLAINTEXT) {
        assert!(plain.len() <= sealed::MAX_PLAINTEXT);
        assert_eq!(pressed(&plain).as_deref(), Some(data));
    }
    if let Some(bytes) = pressed(data) {
        assert!(bytes.len() < data.len());
        assert_eq!(press::unpress(&bytes, data.len()).as_deref().map(Vec::as_slice), Some(data));
    }
}

/// Stored settings: the text, and the bytes inside.
pub fn settings(data: &[u8]) {
    if let Ok(text) = core::str::from_utf8(data) {
        let _ = settings::decode(Some(text));
    }
    settings::decode_inside(data);
}
