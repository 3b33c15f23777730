//! Every text of the content, with its position and its limits.

use naast_core::content::{Content, Spoken};
use naast_core::settings::Address;

use crate::messages::{FILE, Message};
use crate::problem::At;
use crate::read::question_file;

/// A text on the screen.
pub(crate) struct Text<'c> {
    pub(crate) at: At,
    pub(crate) text: &'c str,
    /// The largest number of words in a sentence.
    pub(crate) longest: usize,
    /// The form of address to a parent; `None` if it addresses the worker.
    pub(crate) form: Option<Address>,
}

/// The largest number of words in a sentence of a question.
const QUESTION: usize = 20;
/// The largest number of words in any other sentence.
pub(crate) const PROSE: usize = 25;

/// All of them, in the order of the files. `language` is the name of the folder.
pub(crate) fn texts<'c>(content: &'c Content, language: &str) -> Vec<Text<'c>> {
    let mut all = Vec::new();
    for group in &content.groups {
        let mut item = Item::new(&mut all, language, "groups.toml", &group.id);
        item.prose("title", &group.title);
        item.prose("essence", &group.essence);
    }
    principles(content, language, &mut all);
    for question in &content.questions {
        let mut item = Item::new(&mut all, language, &question_file(question.phase), &question.id);
        item.spoken("", &question.text, QUESTION);
        item.prose("when", &question.when);
        for (number, follow_up) in (1..).zip(&question.follow_ups) {
            item.spoken(&format!("follow-ups {number}, "), follow_up, QUESTION);
        }
    }
    outcomes(content, language, &mut all);
    for sign in &content.signs {
        let mut item = Item::new(&mut all, language, "signs.toml", &sign.id);
        item.prose("reductionist", &sign.reductionist);
        item.prose("democratic", &sign.democratic);
    }
    around_visits(content, language, &mut all);
    for source in &content.sources {
        let mut item = Item::new(&mut all, language, "sources.toml", &source.id);
        item.prose("author", &source.author);
        item.prose("organisation", &source.organisation);
        item.prose("title", &source.title);
        item.prose("taken", &source.taken);
        item.prose("look-for", &source.look_for);
    }
    help(content, language, &mut all);
    app_texts(content, language, &mut all);
    all
}

/// The texts of the messages, for the checks of language.
pub(crate) fn of_messages<'m>(messages: &'m [Message], language: &str) -> Vec<Text<'m>> {
    let file = format!("{language}/{FILE}");
    let mut all = Vec::new();
    for message in messages {
        for (category, text) in message.texts() {
            let field = if category.is_empty() { message.key.clone() } else { format!("{}, {category}", message.key) };
            all.push(Text { at: At::new(&file, &message.section, &field), text, longest: PROSE, form: None });
        }
    }
    all
}

fn principles<'c>(content: &'c Content, language: &str, all: &mut Vec<Text<'c>>) {
    for principle in &content.principles {
        let file = format!("principles/{}.toml", principle.group);
        let mut item = Item::new(all, language, &file, &principle.id);
        item.prose("title", &principle.title);
        item.prose("essence", &principle.essence);
        item.paragraphs("meaning", &principle.meaning);
        item.paragraphs("why", &principle.why);
        item.paragraphs("example", &principle.example);
        item.paragraphs("obstacle", &principle.obstacle);
        item.add("self-question", &principle.self_question, QUESTION, None);
    }
}

fn outcomes<'c>(content: &'c Content, language: &str, all: &mut Vec<Text<'c>>) {
    const FILE: &str = "outcomes.toml";
    for outcome in &content.outcomes {
        let mut item = Item::new(all, language, FILE, &outcome.id);
        item.prose("title", &outcome.title);
        item.prose("signals", &outcome.signals);
        item.prose("invitation", &outcome.invitation);
    }
    for check in &content.checks {
        let mut item = Item::new(all, language, FILE, &check.id);
        item.prose("text", &check.text);
        item.spoken("opener, ", &check.opener, PROSE);
    }
    for meaning in &content.meanings {
        let mut item = Item::new(all, language, FILE, &meaning.id);
        item.prose("title", &meaning.title);
        item.prose("text", &meaning.text);
        item.spoken("question, ", &meaning.question, QUESTION);
    }
}

fn around_visits<'c>(content: &'c Content, language: &str, all: &mut Vec<Text<'c>>) {
    for visit in &content.visits {
        let mut item = Item::new(all, language, "visits.toml", &visit.id);
        item.prose("title", &visit.title);
        item.prose("line", &visit.line);
        item.prose("about", &visit.about);
    }
    for tool in &content.tools {
        let mut item = Item::new(all, language, "tools.toml", &tool.id);
        item.prose("title", &tool.title);
        item.prose("why", &tool.why);
        for ask in &tool.asks {
            let mut item = Item::new(all, language, "tools.toml", &ask.id);
            item.spoken("", &ask.text, QUESTION);
            item.optional("hint", &ask.hint);
        }
    }
    for reflection in &content.reflections {
        let mut item = Item::new(all, language, "reflections.toml", &reflection.id);
        item.prose("text", &reflection.text);
        item.optional("hint", &reflection.hint);
    }
    for part in &content.leaflet {
        let mut item = Item::new(all, language, "leaflet.toml", &part.id);
        item.prose("title", &part.title);
        item.spoken("", &part.text, QUESTION);
    }
}

fn help<'c>(content: &'c Content, language: &str, all: &mut Vec<Text<'c>>) {
    const FILE: &str = "help.toml";
    let help = &content.help;
    for line in &help.lines {
        let mut item = Item::new(all, language, FILE, &line.id);
        item.prose("name", &line.name);
        item.prose("when", &line.when);
        item.prose("expect", &line.expect);
    }
    for (kind, steps) in [("volunteer-step", &help.volunteer_steps), ("meldcode-step", &help.meldcode_steps)] {
        for (number, step) in (1..).zip(steps) {
            let mut item = Item::new(all, language, FILE, &format!("{kind} {number}"));
            item.prose("title", &step.title);
            item.prose("text", &step.text);
        }
    }
    for fact in &help.facts {
        let mut item = Item::new(all, language, FILE, &fact.id);
        item.prose("title", &fact.title);
        item.prose("text", &fact.text);
    }
    let mut notes = Item::new(all, language, FILE, "notes");
    notes.paragraphs("do", &help.do_note);
    notes.paragraphs("do-not", &help.do_not_note);
}

fn app_texts<'c>(content: &'c Content, language: &str, all: &mut Vec<Text<'c>>) {
    let texts = &content.texts;
    let mut item = Item::new(all, language, "texts.toml", "");
    for (field, paragraphs) in [
        ("welcome", &texts.welcome),
        ("about", &texts.about),
        ("nickname", &texts.nickname),
        ("vault", &texts.vault),
        ("no-recovery", &texts.no_recovery),
        ("independence", &texts.independence),
        ("privacy", &texts.privacy),
        ("attitude", &texts.attitude),
        ("coordinator-first", &texts.coordinator_first),
        ("meldcode-with", &texts.meldcode_with),
    ] {
        item.paragraphs(field, paragraphs);
    }
}

/// Adds the texts of one item.
struct Item<'a, 'c> {
    all: &'a mut Vec<Text<'c>>,
    at: At,
}

impl<'a, 'c> Item<'a, 'c> {
    fn new(all: &'a mut Vec<Text<'c>>, language: &str, file: &str, id: &str) -> Self {
        Self { all, at: At::new(&format!("{language}/{file}"), id, "") }
    }

    fn add(&mut self, field: &str, text: &'c str, longest: usize, form: Option<Address>) {
        let at = At { field: field.to_owned(), ..self.at.clone() };
        self.all.push(Text { at, text, longest, form });
    }

    fn prose(&mut self, field: &str, text: &'c str) {
        self.add(field, text, PROSE, None);
    }

    fn optional(&mut self, field: &str, text: &'c str) {
        if !text.is_empty() {
            self.prose(field, text);
        }
    }

    fn paragraphs(&mut self, field: &str, paragraphs: &'c [String]) {
        if paragraphs.is_empty() {
            self.prose(field, "");
        }
        for (number, text) in (1..).zip(paragraphs) {
            self.prose(&format!("{field} {number}"), text);
        }
    }

    fn spoken(&mut self, prefix: &str, spoken: &'c Spoken, longest: usize) {
        self.add(&format!("{prefix}je"), &spoken.je, longest, Some(Address::Je));
        self.add(&format!("{prefix}u"), &spoken.u, longest, Some(Address::U));
    }
}
