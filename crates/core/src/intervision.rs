//! Removes names from a text, for a card that a worker brings to intervision, a talk with peers.
//!
//! No list of names is complete, so this relies on how Dutch is written: within a sentence only names have a
//! capital. If in doubt, a word is removed. It cannot see everything: a name stays if it only occurs at the start
//! of sentences and was not written down elsewhere. The worker reads the text before using it.

use core::ops::Range;

use crate::fold::{self, is_capital};
use crate::hints;

/// Words that are not names, with or without a capital. People write “de Tante van boven”, and a phone
/// capitalises the first word of every line.
const NO_NAMES: &str = "ik u uw je jij jou jouw jullie hij hem zij ze haar hun hen wij we ons onze mijn zijn \
    de het een en of maar want dus ja nee dat die dit deze er nu niet wat wie waar hoe als in met bij uit voor naar \
    mama mam papa pap moeder vader ouder ouders oma opa oom tante zus zusje broer broertje nicht neef baby peuter kind \
    kinderen buurkind vriend vrienden vriendin vriendinnen buurvrouw buurman buren buur familie gezin mevrouw meneer \
    mevr mw dhr juf meester school kerk moskee huisarts dokter collega leerkracht oppas werk \
    sport voetbal buurt niemand iemand andere";

/// Words that join the parts of a name.
const JOINTS: &str = "van de der den ten ter het t op";

/// Those that hardly ever occur without a name after them.
const ONLY_IN_NAMES: &str = "der den ten ter";

/// Names that are mostly everyday words when they have no capital.
const EVERYDAY: &str =
    "ben dan wil door al roos lot mees beer mei storm bloem groot klein jong wit bos berg bakker kok";

/// A dot does not end the sentence after these, nor after a single letter.
const SHORT: &str = "dhr mw mevr mej dr drs prof ds st bijv bv resp incl";

/// The texts without names: `nickname` becomes “het gezin”, any other name “\[naam\]”, and numbers, addresses and
/// dates that identify people “\[…\]”. Everything else stays as it is.
///
/// `people` are lines that describe people, such as “tante Roos van boven”: their words with a capital are names,
/// and are removed without a capital too. A name found in one text is removed from all, also at the start of a
/// sentence.
#[must_use]
pub fn without_names(texts: &[&str], nickname: &str, people: &[&str], replacements: &Replacements) -> Vec<String> {
    let mut all: Vec<Vec<Word>> = texts.iter().map(|text| read(text, &hints::places(text))).collect::<Vec<_>>();
    let nickname = read(nickname, &[]);
    let mut names = Names::default();
    for line in people {
        let words = read(line, &[]);
        let several = words.len() > 1;
        for (nth, word) in words.into_iter().enumerate() {
            if (word.capital || word.caseless) && may_be_name(&word.folded) {
                // Before other words the capital may come from the phone: “Alleen oma”.
                let sure = nth > 0 || !several || word.caseless;
                if sure { &mut names.known } else { &mut names.found }.push(word.folded);
            }
        }
    }
    for words in &mut all {
        put_family(words, &nickname);
    }
    for word in all.iter().flatten() {
        if word.unexpected && word.becomes == Becomes::Itself && may_be_name(&word.folded) {
            names.found.push(word.folded.clone());
        }
    }
    texts
        .iter()
        .zip(all)
        .map(|(text, mut words)| {
            put_names(&mut words, &names);
            written(text, &words, replacements)
        })
        .collect::<Vec<_>>()
}

/// The replacements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replacements {
    /// The family, within a sentence: `het gezin`.
    pub family: &'static str,
    /// The family, at the start of a sentence: `Het gezin`.
    pub family_at_start: &'static str,
    /// A name: `[naam]`.
    pub name: &'static str,
    /// Something that identifies people by its form, such as a number: `[…]`.
    pub left_out: &'static str,
}

/// What a word becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Becomes {
    Itself,
    Family,
    Name,
    /// It is removed because of its form.
    Hidden,
    /// Nothing: the replacement of the word before stands for both.
    Nothing,
}

/// A word of a text, or an emoji.
#[derive(Debug)]
struct Word<'t> {
    at: Range<usize>,
    /// The characters between the word before and this one.
    gap: &'t str,
    folded: String,
    capital: bool,
    /// It is in a script without capitals.
    caseless: bool,
    symbol: bool,
    /// It is the first word of a sentence.
    begins: bool,
    /// It has a capital, although it is not the first word of a sentence.
    unexpected: bool,
    becomes: Becomes,
}

#[derive(Default)]
struct Names {
    /// Names that were written down: they are removed without a capital too.
    known: Vec<String>,
    /// Names found by their capital.
    found: Vec<String>,
}

impl Names {
    fn has(&self, word: &Word) -> bool {
        // “Karims jas” is the jacket of Karim.
        let bare = word.folded.strip_suffix('s').filter(|bare| word.capital && bare.len() > 2);
        let among = |names: &[String]| names.iter().any(|name| *name == word.folded || Some(name.as_str()) == bare);
        word.becomes == Becomes::Itself
            && may_be_name(&word.folded)
            && (among(&self.known) && (word.capital || !is_in(EVERYDAY, &word.folded))
                || word.capital && among(&self.found))
    }
}

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

fn may_be_name(folded: &str) -> bool {
    !is_in(NO_NAMES, folded) && !is_in(JOINTS, folded)
}

/// Replaces every nickname by the family.
fn put_family(words: &mut [Word], nickname: &[Word]) {
    if nickname.is_empty() {
        return;
    }
    for from in 0..words.len() {
        let here = words.get(from..).unwrap_or_default();
        let same = here.iter().zip(nickname).enumerate().filter(|(nth, (word, own))| {
            word.becomes == Becomes::Itself
                && word.folded == own.folded
                && (*nth == 0 || word.gap == own.gap || !ends_sentence(word.gap))
        });
        if same.count() == nickname.len() {
            put(words, from..from + nickname.len(), Becomes::Family);
        }
    }
}

/// Replaces every name; the words of one name become one replacement.
fn put_names(words: &mut [Word], names: &Names) {
    let mut from = 0;
    while let Some(word) = words.get(from) {
        if !names.has(word) {
            from += 1;
            continue;
        }
        let mut end = from + 1;
        let mut next = end;
        while words.get(next).is_some_and(|word| joins(words, next) && word.becomes == Becomes::Itself) {
            let is_name = words.get(next).is_some_and(|word| names.has(word));
            if !is_name && !words.get(next).is_some_and(|word| is_in(JOINTS, &word.folded)) {
                break;
            }
            next += 1;
            if is_name {
                end = next;
            }
        }
        put(words, first_of_name(words, from)..end, Becomes::Name);
        from = end;
    }
}

/// Where a name starts, if its first certain word is at `from`: “Van der Berg”, “Den Haag”.
fn first_of_name(words: &[Word], from: usize) -> usize {
    let joint = |at: usize| words.get(at).filter(|word| is_in(JOINTS, &word.folded) && word.becomes == Becomes::Itself);
    let mut first = from;
    while first > 0 && joins(words, first) && joint(first - 1).is_some() {
        first -= 1;
    }
    let sure = |at: usize| joint(at).is_some_and(|word| word.unexpected);
    match (first..from).find(|&at| sure(at)) {
        Some(at) => at,
        None if (first..from).any(|at| joint(at).is_some_and(|word| is_in(ONLY_IN_NAMES, &word.folded))) => first,
        None => from,
    }
}

/// Whether the word at `at` may belong to the same name as the word before.
fn joins(words: &[Word], at: usize) -> bool {
    let (Some(word), Some(before)) = (words.get(at), at.checked_sub(1).and_then(|at| words.get(at))) else {
        return false;
    };
    let gap = if before.folded.len() == 1 { word.gap.strip_prefix('.').unwrap_or(word.gap) } else { word.gap };
    let bare = gap.trim_matches([' ', '\u{a0}']);
    bare.is_empty() || matches!(gap, "-" | "'" | "’") || word.folded == "t" && matches!(bare, "'" | "’" | "‘")
}

fn put(words: &mut [Word], at: Range<usize>, becomes: Becomes) {
    let Some([first, rest @ ..]) = words.get_mut(at) else { return };
    first.becomes = becomes;
    for word in rest {
        word.becomes = Becomes::Nothing;
        first.at.end = word.at.end;
    }
}

fn written(text: &str, words: &[Word], replacements: &Replacements) -> String {
    let mut out = String::new();
    let mut done = 0;
    let part = |at: Range<usize>| text.get(at).unwrap_or_default();
    for word in words {
        let instead = match (word.becomes, word.begins) {
            (Becomes::Itself | Becomes::Nothing, _) => continue,
            (Becomes::Family, true) => replacements.family_at_start,
            (Becomes::Family, false) => replacements.family,
            (Becomes::Name, _) => replacements.name,
            (Becomes::Hidden, _) => replacements.left_out,
        };
        out.push_str(part(done..word.at.start));
        out.push_str(instead);
        done = word.at.end;
    }
    out.push_str(part(done..text.len()));
    out
}

/// The words of a text, in order; each of the `hidden` positions is one word.
fn read<'t>(text: &'t str, hidden: &[Range<usize>]) -> Vec<Word<'t>> {
    let mut words = cut(text, hidden);
    let (mut end, mut begun, mut lasts, mut before) = (0, true, true, "");
    for word in &mut words {
        let part = |at: Range<usize>| text.get(at).unwrap_or_default();
        let own = part(word.at.clone());
        word.gap = part(end..word.at.start);
        word.folded = fold::text(own);
        word.folded.truncate(word.folded.trim_end().len());
        let first = own.chars().next().unwrap_or(' ');
        word.capital = is_capital(first);
        // From Hebrew on, except for extended Latin and Greek. A table of lower-case letters would be a
        // kilobyte.
        word.caseless = first >= '\u{5d0}' && !('\u{1c80}'..='\u{1fff}').contains(&first) && !word.symbol;

        // “’s Avonds”: the mark is not a quote, and the next word is still the first of the sentence.
        let clitic = matches!(own, "s" | "t" | "k" | "n" | "m" | "r") && word.gap.ends_with(['\'', '’', '‘', '`']);
        let mut gap = word.gap;
        if clitic {
            gap = gap.get(..gap.len() - gap.chars().next_back().map_or(0, char::len_utf8)).unwrap_or_default();
        }
        let abbreviated =
            before.chars().count() == 1 && !before.starts_with(|c: char| c.is_ascii_digit()) || is_in(SHORT, before);
        let after = if abbreviated { gap.strip_prefix('.').unwrap_or(gap) } else { gap };
        word.begins = end == 0 || begun && (lasts || gap.starts_with(')')) || begins_sentence(after);

        let rest = part(word.at.end..text.len());
        let inner_capital = rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(is_capital));
        let all_capitals = own.chars().all(|c| is_capital(c) || c.is_ascii_digit());
        let acronym = all_capitals && (2..=4).contains(&own.chars().count());
        word.unexpected = word.capital && !acronym && (!word.begins || inner_capital);

        (end, begun, before) = (word.at.end, word.begins, own);
        lasts = word.symbol || clitic && rest.starts_with(' ');
    }
    words
}

/// Whether the characters between two words start a new sentence.
fn begins_sentence(gap: &str) -> bool {
    let quoted = gap.ends_with(['‘', '“', '„', '«', '‚', '"', '\'']) && gap.chars().nth(1).is_some();
    quoted || ends_sentence(gap)
}

fn ends_sentence(gap: &str) -> bool {
    gap.contains(['\n', '\r', ':'])
        || gap
            .find(['.', '!', '?', '…'])
            .and_then(|at| gap.get(at..))
            .is_some_and(|rest| rest.contains(char::is_whitespace))
}

/// The positions of the words.
fn cut<'t>(text: &'t str, hidden: &[Range<usize>]) -> Vec<Word<'t>> {
    let mut words: Vec<Word> = Vec::new();
    let mut hidden = hidden.iter().peekable();
    let mut glued = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if let Some(place) = hidden.next_if(|place| place.start <= start) {
            words.push(word(place.clone(), false, Becomes::Hidden));
        }
        let open = words.last_mut();
        if open.as_ref().is_some_and(|open| start < open.at.end) {
            continue; // hidden
        }
        let sort = sort(c);
        let open = open.filter(|open| open.at.end == start && open.becomes == Becomes::Itself);
        match (sort, open) {
            (Sort::Apart, _) | (Sort::Mark, None) => {}
            (Sort::Mark, Some(open)) => open.at.end = end,
            (Sort::Letter, Some(open)) if !open.symbol => open.at.end = end,
            (Sort::Symbol, Some(open)) if open.symbol && glued => open.at.end = end,
            (Sort::Letter | Sort::Symbol, _) => words.push(word(start..end, sort == Sort::Symbol, Becomes::Itself)),
        }
        glued = c == '\u{200d}';
    }
    words
}

fn word<'t>(at: Range<usize>, symbol: bool, becomes: Becomes) -> Word<'t> {
    let (gap, folded) = ("", String::new());
    Word { at, gap, folded, capital: false, caseless: false, symbol, begins: false, unexpected: false, becomes }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letter,
    /// It belongs to the character before it.
    Mark,
    /// An emoji: a word of its own.
    Symbol,
    Apart,
}

fn sort(c: char) -> Sort {
    match c {
        '0'..='9' | 'A'..='Z' | 'a'..='z' => Sort::Letter,
        // Accents, characters without width, variants of an emoji.
        '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{64b}'..='\u{65f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0000}'..='\u{e007f}' => Sort::Mark,
        '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => Sort::Symbol,
        '\0'..='\u{bf}'
        | '×'
        | '÷'
        | 'ʼ'
        | '\u{37e}'
        | '\u{387}'
        | '\u{60c}'
        | '\u{61b}'
        | '\u{61f}'
        | '\u{1680}'
        | '\u{2000}'..='\u{205f}'
        | '\u{3000}'..='\u{3020}' => Sort::Apart,
        _ => Sort::Letter,
    }
}

#[cfg(test)]
#[path = "intervision_tests.rs"]
mod tests;
