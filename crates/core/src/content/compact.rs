//! The compact form of the content that is compiled into the app.
//!
//! It groups similar data, so that it compresses well: first all ids, then all texts, one per line, then all
//! numbers. A reference to an id is the index of that id. Compared with the same content in postcard this saves 5
//! kB of download, and 8 kB of code for serde that would run once.

use super::{
    About, AroundVisit, Ask, AskKind, Audience, Certainty, Check, Content, Fact, Group, Help, HelpLine, HelpStep,
    Leaflet, Meaning, Outcome, Phase, Principle, Question, Reflection, Sign, Source, Spoken, Texts, Tone, Tool,
    VisitKind,
};

impl Content {
    /// The content without provenance, which the phone does not need.
    #[must_use]
    pub fn without_provenance(mut self) -> Self {
        let Self { principles, questions, outcomes, checks, meanings, signs, visits, tools, reflections, .. } =
            &mut self;
        principles.iter_mut().for_each(|item| item.inventory.clear());
        questions.iter_mut().for_each(|item| item.inventory.clear());
        outcomes.iter_mut().for_each(|item| item.inventory.clear());
        checks.iter_mut().for_each(|item| item.inventory.clear());
        meanings.iter_mut().for_each(|item| item.inventory.clear());
        signs.iter_mut().for_each(|item| item.inventory.clear());
        visits.iter_mut().for_each(|item| item.inventory.clear());
        tools.iter_mut().for_each(|item| item.inventory.clear());
        reflections.iter_mut().for_each(|item| item.inventory.clear());
        self
    }

    /// Encodes the content. [`from_compact`](Self::from_compact) reads it back, without provenance. No text
    /// may contain a line break, and every id must precede the references to it.
    #[must_use]
    pub fn to_compact(&self) -> Vec<u8> {
        let mut to = Writer::default();
        self.write(&mut to);
        let mut bytes = Vec::new();
        write_number(&mut bytes, to.ids.len());
        write_number(&mut bytes, to.texts.len());
        bytes.extend(to.ids);
        bytes.extend(to.texts);
        bytes.extend(to.numbers);
        bytes
    }

    /// Decodes the content; `None` if it is truncated, altered or from another build.
    #[must_use]
    pub fn from_compact(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let (ids, texts) = (read_number(&mut rest)?, read_number(&mut rest)?);
        let (ids, rest) = rest.split_at_checked(ids)?;
        let (texts, numbers) = rest.split_at_checked(texts)?;
        let mut from = Reader { ids, texts, numbers, known: Vec::new(), broken: false };
        let content = Self::read(&mut from);
        let all = from.ids.is_empty() && from.texts.is_empty() && from.numbers.is_empty();
        (all && !from.broken).then_some(content)
    }
}

#[derive(Default)]
struct Writer {
    ids: Vec<u8>,
    texts: Vec<u8>,
    numbers: Vec<u8>,
    /// The ids so far, in order.
    known: Vec<String>,
}

/// Reads on after an error, and reports at the end that something was missing. An early return for each field,
/// each of which drops what was read before, would be 2 kB more to download.
struct Reader<'a> {
    ids: &'a [u8],
    texts: &'a [u8],
    numbers: &'a [u8],
    known: Vec<String>,
    broken: bool,
}

impl Reader<'_> {
    /// The value; a default if it was missing.
    fn found<T: Default>(&mut self, found: Option<T>) -> T {
        self.broken |= found.is_none();
        found.unwrap_or_default()
    }

    fn number(&mut self) -> usize {
        let number = read_number(&mut self.numbers);
        self.found(number)
    }
}

/// LEB128: seven bits per byte, the lowest first; the eighth bit is set if more follow.
fn write_number(to: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        to.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    to.push(number.to_le_bytes()[0]);
}

fn read_number(from: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in [0, 7, 14, 21] {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn write_line(to: &mut Vec<u8>, text: &str) {
    to.extend(text.as_bytes());
    to.push(b'\n');
}

fn read_line(from: &mut &[u8]) -> Option<String> {
    let end = from.iter().position(|&byte| byte == b'\n')?;
    let (line, rest) = (&from[..end], &from[end + 1..]);
    *from = rest;
    core::str::from_utf8(line).ok().map(String::from)
}

/// A type with a compact form.
trait Compact: Sized {
    fn write(&self, to: &mut Writer);
    fn read(from: &mut Reader<'_>) -> Self;
}

impl Compact for u16 {
    fn write(&self, to: &mut Writer) {
        write_number(&mut to.numbers, (*self).into());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let number = from.number().try_into().ok();
        from.found(number)
    }
}

impl Compact for bool {
    fn write(&self, to: &mut Writer) {
        write_number(&mut to.numbers, usize::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.number() != 0
    }
}

impl Compact for String {
    fn write(&self, to: &mut Writer) {
        write_line(&mut to.texts, self);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let line = read_line(&mut from.texts);
        from.found(line)
    }
}

impl<T: Compact> Compact for Vec<T> {
    fn write(&self, to: &mut Writer) {
        write_number(&mut to.numbers, self.len());
        self.iter().for_each(|item| item.write(to));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let mut items = Self::new();
        for _ in 0..from.number() {
            // A count that is too large stops where the data ends.
            if from.broken {
                break;
            }
            items.push(T::read(from));
        }
        items
    }
}

impl Compact for Option<u16> {
    fn write(&self, to: &mut Writer) {
        write_number(&mut to.numbers, self.map_or(0, |number| usize::from(number) + 1));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.number().checked_sub(1).and_then(|number| number.try_into().ok())
    }
}

impl Compact for Spoken {
    fn write(&self, to: &mut Writer) {
        self.je.write(to);
        if self.u == self.je { String::new().write(to) } else { self.u.write(to) }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let (je, u) = (String::read(from), String::read(from));
        Self { u: if u.is_empty() { je.clone() } else { u }, je }
    }
}

/// The id of an item, to which others may refer.
struct Id(String);

impl Id {
    fn write(id: &str, to: &mut Writer) {
        write_line(&mut to.ids, id);
        to.known.push(id.to_owned());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let id = read_line(&mut from.ids);
        let id = from.found(id);
        from.known.push(id.clone());
        Self(id)
    }

    fn point(id: &str, to: &mut Writer) {
        // An unknown id becomes an index that no id has, which decoding rejects.
        let at = to.known.iter().position(|known| known == id);
        write_number(&mut to.numbers, at.unwrap_or(to.known.len()));
    }

    fn follow(from: &mut Reader<'_>) -> String {
        let at = from.number();
        let id = from.known.get(at).cloned();
        from.found(id)
    }

    fn follow_some(from: &mut Reader<'_>) -> Vec<String> {
        let mut some = Vec::new();
        for _ in 0..from.number() {
            if from.broken {
                break;
            }
            some.push(Self::follow(from));
        }
        some
    }
}

/// A struct: its own id if it has one; the fields that refer to one id; those that refer to several; all other
/// fields; the fields that are left out. Or an enum: its values by number.
macro_rules! compact {
    ($name:ident: [$($id:ident)?] [$($one:ident),*] [$($some:ident),*] [$($field:ident),*] $(without $left:ident)?) => {
        impl Compact for $name {
            fn write(&self, to: &mut Writer) {
                $(Id::write(&self.$id, to);)?
                $(Id::point(&self.$one, to);)*
                $(write_number(&mut to.numbers, self.$some.len());
                self.$some.iter().for_each(|id| Id::point(id, to));)*
                $(self.$field.write(to);)*
            }

            fn read(from: &mut Reader<'_>) -> Self {
                $(let Id($id) = Id::read(from);)?
                $(let $one = Id::follow(from);)*
                $(let $some = Id::follow_some(from);)*
                $(let $field = Compact::read(from);)*
                Self { $($id,)? $($one,)* $($some,)* $($field,)* $($left: Vec::new())? }
            }
        }
    };
    ($name:ident = $($value:ident),*) => {
        impl Compact for $name {
            fn write(&self, to: &mut Writer) {
                let all = [$(Self::$value),*];
                write_number(&mut to.numbers, all.iter().position(|value| value == self).unwrap_or(all.len()));
            }

            fn read(from: &mut Reader<'_>) -> Self {
                let all = [$(Self::$value),*];
                let value = all.get(from.number()).copied();
                from.broken |= value.is_none();
                value.unwrap_or(all[0])
            }
        }
    };
}

// An item precedes whatever refers to it.
compact!(Content: [] [] [] [sources, groups, principles, outcomes, checks, meanings, signs, questions, visits, tools, reflections, leaflet, help, texts]);
compact!(Source: [id] [] [] [author, organisation, title, year, taken, look_for]);
compact!(Group: [id] [] [] [title, essence]);
compact!(Principle: [id] [group] [sources] [title, essence, meaning, why, example, obstacle, self_question] without inventory);
compact!(Outcome: [id] [] [] [title, signals, invitation] without inventory);
compact!(Check: [id] [outcome, principle] [] [text, opener] without inventory);
compact!(Meaning: [id] [] [] [title, text, question] without inventory);
compact!(Sign: [id] [] [] [reductionist, democratic] without inventory);
compact!(Question: [id] [] [principles] [text, when, follow_ups, phase, about, tone, audience] without inventory);
compact!(VisitKind: [id] [] [] [title, line, about, phases] without inventory);
compact!(Tool: [id] [] [] [title, why, turn, asks] without inventory);
compact!(Ask: [id] [] [] [kind, text, hint, options]);
compact!(Reflection: [id] [] [] [moment, text, hint] without inventory);
compact!(Leaflet: [id] [] [] [title, text]);
compact!(Help: [] [] [] [checked, lines, volunteer_steps, meldcode_steps, facts, do_note, do_not_note]);
compact!(HelpLine: [id] [] [] [name, number, when, expect]);
compact!(HelpStep: [] [] [] [title, text]);
compact!(Fact: [id] [] [] [title, text, sure]);
compact!(Texts: [] [] [] [welcome, about, nickname, vault, no_recovery, independence, privacy, attitude, coordinator_first, meldcode_with]);
compact!(Phase = Acquaintance, EveryVisit, Strengths, Worries, Wishes, Choices, Closing, Farewell);
compact!(About = Child, Parent, Network, Cooperation);
compact!(Tone = Light, Confronting);
compact!(Audience = Everyone, AfterCoordinator);
compact!(AskKind = Line, List, Scale, Faces);
compact!(AroundVisit = Before, After, Farewell);
compact!(Certainty = Zeker, Sterk, Advies);

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
