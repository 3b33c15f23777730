//! Reading the compact form in which the content lies in the app.
//!
//! The build writes it with postcard. Reading it with serde as well would be 8 kB of brotli
//! for code that runs once; this is the part of postcard's format that the content uses, by
//! hand. A test of `naast-content` reads the real content back and compares.

use super::{
    About, Audience, Certainty, Check, Content, Fact, Group, Help, HelpLine, HelpStep, Meaning, Outcome, Phase,
    Principle, Question, Sign, Source, Spoken, Texts, Tone,
};

impl Content {
    /// Reads the compact form; `None` when it is cut, altered or of another build.
    #[must_use]
    pub fn from_compact(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let content = Self::read(&mut rest)?;
        rest.is_empty().then_some(content)
    }
}

/// Something with a compact form, read off the front of the bytes.
trait Compact: Sized {
    fn read(from: &mut &[u8]) -> Option<Self>;
}

/// Seven bits a byte, the lowest first, as long as the eighth is set.
fn number(from: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in [0, 7, 14, 21, 28] {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

impl Compact for u16 {
    fn read(from: &mut &[u8]) -> Option<Self> {
        number(from)?.try_into().ok()
    }
}

impl Compact for String {
    fn read(from: &mut &[u8]) -> Option<Self> {
        let length = number(from)? as usize;
        let (text, rest) = from.split_at_checked(length)?;
        *from = rest;
        core::str::from_utf8(text).ok().map(Self::from)
    }
}

impl<T: Compact> Compact for Vec<T> {
    fn read(from: &mut &[u8]) -> Option<Self> {
        let mut items = Self::new();
        for _ in 0..number(from)? {
            items.push(T::read(from)?);
        }
        Some(items)
    }
}

impl<T: Compact> Compact for Option<T> {
    fn read(from: &mut &[u8]) -> Option<Self> {
        match number(from)? {
            0 => Some(None),
            1 => T::read(from).map(Some),
            _ => None,
        }
    }
}

/// A struct, its fields in the order in which they stand; or an enum, its values by number.
macro_rules! compact {
    ($name:ident { $($field:ident),* }) => {
        impl Compact for $name {
            fn read(from: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Compact::read(from)?),* })
            }
        }
    };
    ($name:ident = $($number:literal => $value:ident),*) => {
        impl Compact for $name {
            fn read(from: &mut &[u8]) -> Option<Self> {
                match number(from)? {
                    $($number => Some(Self::$value),)*
                    _ => None,
                }
            }
        }
    };
}

compact!(Content { groups, principles, questions, outcomes, checks, meanings, signs, sources, help, texts });
compact!(Group { id, title, essence });
compact!(Principle { id, group, title, essence, meaning, why, example, obstacle, self_question, sources, inventory });
compact!(Spoken { je, u });
compact!(Question { id, text, when, follow_ups, principles, phase, about, tone, audience, inventory });
compact!(Outcome { id, title, signals, invitation, inventory });
compact!(Check { id, outcome, text, principle, opener, inventory });
compact!(Meaning { id, title, text, question, inventory });
compact!(Sign { id, reductionist, democratic, inventory });
compact!(Source { id, author, organisation, title, year, taken, look_for });
compact!(Help { checked, lines, volunteer_steps, meldcode_steps, facts, do_note, do_not_note });
compact!(HelpLine { id, name, number, when, expect });
compact!(HelpStep { title, text });
compact!(Fact { id, title, text, sure });
compact!(Texts {
    welcome,
    about,
    nickname,
    vault,
    no_recovery,
    independence,
    privacy,
    attitude,
    coordinator_first,
    meldcode_with
});
compact!(Phase = 0 => Acquaintance, 1 => EveryVisit, 2 => Strengths, 3 => Worries, 4 => Wishes, 5 => Choices, 6 => Closing, 7 => Farewell);
compact!(About = 0 => Child, 1 => Parent, 2 => Network, 3 => Cooperation);
compact!(Tone = 0 => Light, 1 => Confronting);
compact!(Audience = 0 => Everyone, 1 => AfterCoordinator);
compact!(Certainty = 0 => Zeker, 1 => Sterk, 2 => Advies);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_content_or_not_and_no_more_happens(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Content::from_compact(&bytes);
        }
    }
}
