//! What all frozen formats share.

/// An enum of the wire with the same names as one of the domain, and both ways between.
macro_rules! frozen_enum {
    ($wire:ident, $domain:ident: $($name:ident),+) => {
        #[derive(Serialize, Deserialize)]
        enum $wire { $($name),+ }

        impl From<$domain> for $wire {
            fn from(value: $domain) -> Self {
                match value { $($domain::$name => Self::$name),+ }
            }
        }

        impl From<$wire> for $domain {
            fn from(value: $wire) -> Self {
                match value { $($wire::$name => Self::$name),+ }
            }
        }
    };
}

/// A value that is exactly these bytes, with nothing after it.
pub(crate) fn whole<'a, T: serde::Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Some(value),
        _ => None,
    }
}
