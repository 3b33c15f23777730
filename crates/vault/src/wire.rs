//! Encoding and decoding of frozen formats, in the wire format of [postcard](https://postcard.jamesmunns.com/wire-
//! format).
//!
//! Integers of more than a byte are varints, signed ones zigzag. A text is its length and its UTF-8, a list its
//! length and its items, an option 0 or 1 and the value.
//!
//! It is written by hand because of versions: a version only ever adds fields, each at its own place, so one
//! description serves all versions. `field @ 2` exists since version 2 and is the default before. With serde every
//! version would be a copy of all types. The frozen vectors hold what postcard itself once wrote.

use naast_core::records::Id;
use naast_core::time::{Day, Moment};

/// A type with a frozen form.
pub(crate) trait Wire: Sized {
    /// Appends the form.
    fn put(&self, to: &mut Vec<u8>);
    /// Reads the form from the front; if it is not there, any value, and `from` is broken.
    fn take(from: &mut Reader<'_>) -> Self;
}

/// Bytes of a version, to be read from the front.
///
/// After a fault it reads on, and [`whole`] rejects the value in the end. Returning early at every field, with
/// everything read so far to drop, is 1 kB more to download.
pub(crate) struct Reader<'b> {
    rest: &'b [u8],
    version: u8,
    broken: bool,
}

impl Reader<'_> {
    /// The value; the default if it is missing, and the reader is broken.
    fn found<T: Default>(&mut self, found: Option<T>) -> T {
        self.broken |= found.is_none();
        found.unwrap_or_default()
    }

    /// A field that exists since a version; the default before.
    pub(crate) fn since<T: Wire + Default>(&mut self, version: u8) -> T {
        if self.version < version { T::default() } else { T::take(self) }
    }
}

/// The value, if the bytes of this version are exactly one, with nothing after it.
pub(crate) fn whole<T>(version: u8, bytes: &[u8], take: impl FnOnce(&mut Reader<'_>) -> T) -> Option<T> {
    let mut from = Reader { rest: bytes, version, broken: false };
    let value = take(&mut from);
    (from.rest.is_empty() && !from.broken).then_some(value)
}

fn put_varint(mut number: u64, to: &mut Vec<u8>) {
    while number > 0x7f {
        to.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    to.push(number.to_le_bytes()[0]);
}

/// A varint of at most `bits` bits.
fn take_varint(from: &mut Reader<'_>, bits: u32) -> u64 {
    let number = varint(from, bits);
    from.found(number)
}

fn varint(from: &mut Reader<'_>, bits: u32) -> Option<u64> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let (&byte, rest) = from.rest.split_first()?;
        from.rest = rest;
        let part = u64::from(byte & 0x7f);
        if shift >= bits || (bits - shift < 7 && part >> (bits - shift) != 0) {
            return None;
        }
        number |= part << shift;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

fn put_zigzag(number: i64, to: &mut Vec<u8>) {
    put_varint(((number << 1) ^ (number >> 63)).cast_unsigned(), to);
}

fn take_zigzag(from: &mut Reader<'_>, bits: u32) -> i64 {
    let number = take_varint(from, bits);
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// Writes an enum as the index of its value.
pub(crate) fn put_choice<T: PartialEq>(all: &[T], value: &T, to: &mut Vec<u8>) {
    let at = all.iter().position(|known| known == value).unwrap_or(all.len());
    put_varint(at as u64, to);
}

/// Reads what [`put_choice`] wrote; an index without a value breaks the reader.
pub(crate) fn take_choice<T: Copy, const N: usize>(all: [T; N], from: &mut Reader<'_>) -> T {
    let at = take_varint(from, 32);
    let found = usize::try_from(at).ok().and_then(|at| all.get(at).copied());
    from.broken |= found.is_none();
    found.unwrap_or(all[0])
}

impl Wire for bool {
    fn put(&self, to: &mut Vec<u8>) {
        to.push((*self).into());
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let byte = u8::take(from);
        from.broken |= byte > 1;
        byte == 1
    }
}

impl Wire for u8 {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(*self);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let byte = from.rest.split_off_first().copied();
        from.found(byte)
    }
}

impl Wire for u16 {
    fn put(&self, to: &mut Vec<u8>) {
        put_varint((*self).into(), to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let number = take_varint(from, 16).try_into().ok();
        from.found(number)
    }
}

impl Wire for u32 {
    fn put(&self, to: &mut Vec<u8>) {
        put_varint((*self).into(), to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let number = take_varint(from, 32).try_into().ok();
        from.found(number)
    }
}

impl Wire for Day {
    fn put(&self, to: &mut Vec<u8>) {
        put_zigzag(self.0.into(), to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let number = take_zigzag(from, 32).try_into().ok();
        Self(from.found(number))
    }
}

impl Wire for Moment {
    fn put(&self, to: &mut Vec<u8>) {
        put_zigzag(self.0, to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        Self(take_zigzag(from, 64))
    }
}

impl Wire for Id {
    fn put(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&self.0);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let id = from.rest.split_first_chunk().map(|(id, rest)| {
            from.rest = rest;
            Self(*id)
        });
        from.found(id)
    }
}

impl Wire for String {
    fn put(&self, to: &mut Vec<u8>) {
        put_varint(self.len() as u64, to);
        to.extend_from_slice(self.as_bytes());
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let length = usize::try_from(take_varint(from, 32)).ok();
        let text = length.and_then(|length| from.rest.split_off(..length));
        let text = text.and_then(|text| core::str::from_utf8(text).ok()).map(Self::from);
        from.found(text)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.is_some().put(to);
        if let Some(value) = self {
            value.put(to);
        }
    }

    fn take(from: &mut Reader<'_>) -> Self {
        bool::take(from).then(|| T::take(from))
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        put_varint(self.len() as u64, to);
        self.iter().for_each(|item| item.put(to));
    }

    fn take(from: &mut Reader<'_>) -> Self {
        // Without capacity: the length may promise gigabytes that are not there.
        let mut items = Self::new();
        for _ in 0..take_varint(from, 32) {
            if from.broken {
                break;
            }
            items.push(T::take(from));
        }
        items
    }
}

/// A struct as its fields, in this order; `field @ 2` exists since version 2.
macro_rules! wire {
    ($name:ident { $($field:ident $(@ $since:literal)?),* $(,)? }) => {
        impl $crate::wire::Wire for $name {
            fn put(&self, to: &mut Vec<u8>) {
                $($crate::wire::Wire::put(&self.$field, to);)*
            }

            fn take(from: &mut $crate::wire::Reader<'_>) -> Self {
                Self { $($field: wire!(@take from $($since)?)),* }
            }
        }
    };
    (@take $from:ident) => { $crate::wire::Wire::take($from) };
    (@take $from:ident $since:literal) => { $from.since($since) };
}

/// An enum as the index in this list.
macro_rules! wire_choice {
    ($name:ident: $($value:ident),*) => {
        impl $crate::wire::Wire for $name {
            fn put(&self, to: &mut Vec<u8>) {
                $crate::wire::put_choice(&[$(Self::$value),*], self, to);
            }

            fn take(from: &mut $crate::wire::Reader<'_>) -> Self {
                $crate::wire::take_choice([$(Self::$value),*], from)
            }
        }
    };
}
