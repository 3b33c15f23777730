//! Ways in for the fuzzer, past the seal. Compiled under `--cfg fuzzing` only.

use crate::ascii::{self, What};
use crate::backup::{FRONT_MAX, Front, Items, Writer};
use crate::device::DeviceKey;
use crate::header::{Header, UnlockError};
use crate::keys::RecordKey;
use crate::vault::Vault;
use crate::{Entries, Entropy, format, press, sealed, settings};
use naast_core::records::{Id, Kind};
use naast_core::time::Moment;
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

/// A backup: the file, and the bytes inside as if they had opened, in one piece and in two. What
/// can be read is written again as the same records.
pub fn backup(data: &[u8]) {
    let Ok(header) = Header::parse(LEAST) else {
        return;
    };
    let vault = Vault::new(Key::new(Zeroizing::new([1; 32])), header);
    if let Ok(front) = Front::read(&data[..data.len().min(FRONT_MAX)]) {
        assert!(front.open(&vault).is_err());
    }
    let Some((&at, plain)) = data.split_first() else {
        return;
    };
    let opened = |pieces: &[&[u8]]| {
        let mut items = Items::new(Moment(0));
        pieces.iter().try_for_each(|piece| items.take(piece)).ok()?;
        items.ended.then_some(items.whole)
    };
    let (one, two) = plain.split_at(plain.len().min(at.into()));
    let (whole, again) = (opened(&[plain]), opened(&[one, two]));
    assert_eq!(format!("{whole:?}"), format!("{again:?}"));
    let Some(whole) = whole else { return };

    let mut now = Entries::default();
    whole.clone().merge(&now, &[]).put.into_iter().for_each(|record| now.put(record));
    let mut writer = Writer::new(&vault, Moment(0), &mut Still);
    let mut file = Vec::new();
    while let Some(piece) = writer.piece(&now).ok().flatten() {
        file.extend(piece);
    }
    let front = Front::read(&file[..file.len().min(FRONT_MAX)]).ok();
    let reader = front.and_then(|front| front.open(&vault).ok()?.feed(&file[front.size()..]).ok());
    let read = reader.and_then(|reader| reader.finish().ok()).map(|read| read.merge(&Entries::default(), &[]).put);
    assert_eq!(read, Some(whole.merge(&Entries::default(), &[]).put));
}

/// A header, so that what is written has one.
const LEAST: &str = include_str!("../tests/vectors/header_v1_least_costs.txt").trim_ascii();

/// No randomness at all.
struct Still;

impl Entropy for Still {
    fn fill(&mut self, buf: &mut [u8]) {
        buf.fill(7);
    }
}
