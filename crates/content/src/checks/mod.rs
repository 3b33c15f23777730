//! The rules for content: one function per rule, which returns what breaks it.

mod counts;
mod facts;
mod ids;
mod inventory;
mod language;
mod passphrase;

use crate::Problem;
use crate::read::Language;
use crate::texts::texts;

/// Everything that breaks a rule.
pub(crate) fn all(language: &Language) -> Vec<Problem> {
    let Language { content, ideas, jargon, passphrase_words, messages, name } = language;
    let mut texts = texts(content, name);
    texts.extend(crate::texts::of_messages(messages, name));
    [
        ids::shaped_and_unique(content, name),
        ids::references_resolve(content, ideas, name),
        inventory::numbers(ideas),
        inventory::carried(content, ideas, name),
        inventory::gists(ideas),
        counts::enough(content, name),
        counts::sentences(content, name),
        facts::checked_on_a_real_day(content, name),
        facts::phone_numbers(content, name),
        facts::numbers_in_texts(content, &texts),
        passphrase::words(passphrase_words, name),
        language::jargon(&texts, jargon, name),
        texts.iter().flat_map(language::empty).collect(),
        texts.iter().flat_map(language::sentence_length).collect(),
        texts.iter().flat_map(language::form_of_address).collect(),
        texts.iter().flat_map(language::typography).collect(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
