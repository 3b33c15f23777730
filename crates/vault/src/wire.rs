//! Values to bytes and back, for every frozen format: the wire format of
//! [postcard](https://postcard.jamesmunns.com/wire-format), by hand.
//!
//! Numbers of more than a byte are varints, signed ones zigzag; a text is its length and its
//! UTF-8; a list its length and its items; something optional a 0, or a 1 and the value. Written
//! by hand because serde needs some kB of code for every type, and there are a dozen a version;
//! the frozen vectors hold what postcard itself once wrote.

use naast_core::records::Id;
use naast_core::time::{Day, Moment};

/// Something with a frozen form.
pub(crate) trait Wire: Sized {
    /// Appends the form.
    fn put(&self, to: &mut Vec<u8>);
    /// Takes the form off the front; `None` when it is not there.
    fn take(from: &mut &[u8]) -> Option<Self>;
}

/// A value that is exactly these bytes, with nothing after it.
pub(crate) fn whole<T>(bytes: &[u8], take: impl FnOnce(&mut &[u8]) -> Option<T>) -> Option<T> {
    let mut rest = bytes;
    let value = take(&mut rest)?;
    rest.is_empty().then_some(value)
}

fn put_varint(mut number: u64, to: &mut Vec<u8>) {
    while number > 0x7f {
        to.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    to.push(number.to_le_bytes()[0]);
}

/// A varint of at most `bits` bits.
fn take_varint(from: &mut &[u8], bits: u32) -> Option<u64> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
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

fn take_zigzag(from: &mut &[u8], bits: u32) -> Option<i64> {
    let number = take_varint(from, bits)?;
    Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
}

/// How many items follow.
pub(crate) fn take_length(from: &mut &[u8]) -> Option<u64> {
    take_varint(from, 32)
}

/// The place of a value among all: how an enum is written.
pub(crate) fn put_choice<T: PartialEq>(all: &[T], value: &T, to: &mut Vec<u8>) {
    let at = all.iter().position(|known| known == value).unwrap_or(all.len());
    put_varint(at as u64, to);
}

/// Reads what [`put_choice`] wrote; `None` for a place that nothing has.
pub(crate) fn take_choice<T: Copy>(all: &[T], from: &mut &[u8]) -> Option<T> {
    all.get(usize::try_from(take_varint(from, 32)?).ok()?).copied()
}

impl Wire for bool {
    fn put(&self, to: &mut Vec<u8>) {
        to.push((*self).into());
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        match u8::take(from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Wire for u8 {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(*self);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
        Some(byte)
    }
}

impl Wire for u16 {
    fn put(&self, to: &mut Vec<u8>) {
        put_varint((*self).into(), to);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        take_varint(from, 16)?.try_into().ok()
    }
}

impl Wire for Day {
    fn put(&self, to: &mut Vec<u8>) {
        put_zigzag(self.0.into(), to);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        take_zigzag(from, 32)?.try_into().ok().map(Self)
    }
}

impl Wire for Moment {
    fn put(&self, to: &mut Vec<u8>) {
        put_zigzag(self.0, to);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        take_zigzag(from, 64).map(Self)
    }
}

impl Wire for Id {
    fn put(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&self.0);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let (id, rest) = from.split_first_chunk()?;
        *from = rest;
        Some(Self(*id))
    }
}

impl Wire for String {
    fn put(&self, to: &mut Vec<u8>) {
        put_varint(self.len() as u64, to);
        to.extend_from_slice(self.as_bytes());
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = usize::try_from(take_varint(from, 32)?).ok()?;
        let (text, rest) = from.split_at_checked(length)?;
        *from = rest;
        core::str::from_utf8(text).ok().map(Self::from)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.is_some().put(to);
        if let Some(value) = self {
            value.put(to);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        if bool::take(from)? { T::take(from).map(Some) } else { Some(None) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        put_varint(self.len() as u64, to);
        self.iter().for_each(|item| item.put(to));
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        // No room is made beforehand: the length may promise gigabytes that are not there.
        let mut items = Self::new();
        for _ in 0..take_length(from)? {
            items.push(T::take(from)?);
        }
        Some(items)
    }
}

/// A struct that is its fields, in this order.
macro_rules! wire {
    ($name:ident { $($field:ident),* }) => {
        impl $crate::wire::Wire for $name {
            fn put(&self, to: &mut Vec<u8>) {
                $($crate::wire::Wire::put(&self.$field, to);)*
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: $crate::wire::Wire::take(from)?),* })
            }
        }
    };
}

/// An enum that is its place in this row.
macro_rules! wire_choice {
    ($name:ident: $($value:ident),*) => {
        impl $crate::wire::Wire for $name {
            fn put(&self, to: &mut Vec<u8>) {
                $crate::wire::put_choice(&[$(Self::$value),*], self, to);
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                $crate::wire::take_choice(&[$(Self::$value),*], from)
            }
        }
    };
}
