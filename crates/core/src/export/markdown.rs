//! The export for people.
//!
//! Text that the worker typed stays text: it cannot become a heading, a link, HTML, or a picture that a reader
//! would fetch.

use core::fmt::{Display, Write};

use super::Readable;
use crate::content::{AskKind, Face};
use crate::records::{Answer, Card, Concern, Family, Mark, Step, Visit};
use crate::suggest::{CARRIES, WAVED_AWAY};
use crate::time::Day;
use crate::visits;

/// A message with one parameter.
pub type Fill = fn(&dyn Display) -> String;

/// The messages of the export, and how it formats days, times and steps.
#[derive(Clone, Copy)]
#[allow(missing_docs, missing_debug_implementations, reason = "the names are those of the messages")]
pub struct Words<'w> {
    /// A day: `zaterdag 21 november 2026`.
    pub day: &'w dyn Fn(Day) -> String,
    /// A time of day, in minutes after midnight: `14.30 uur`.
    pub time: &'w dyn Fn(u16) -> String,
    /// How a step went, and what else is known about it: `nog niet besproken, idee van de ouder`.
    pub step: &'w dyn Fn(&Step) -> String,
    /// The two ends of a sign: `tussen ‘…’ (0) en ‘…’ (10)`.
    pub between: fn(&dyn Display, &dyn Display) -> String,
    pub made: Fill,
    pub since: Fill,
    pub archived: Fill,
    pub farewell: Fill,
    pub handed_over: Fill,
    pub visit: Fill,
    pub at: Fill,
    pub mark: Fill,
    /// The words beside a face: `een beetje`.
    pub face: fn(Face) -> &'static str,
    pub who: Fill,
    pub when: Fill,
    pub title: &'static str,
    pub unsealed: &'static str,
    pub families: &'static str,
    pub visits_without_family: &'static str,
    pub favourites: &'static str,
    pub please_do: &'static str,
    pub please_never: &'static str,
    pub concern_open: &'static str,
    pub concern_closed: &'static str,
    pub seen: &'static str,
    pub said: &'static str,
    pub thought: &'static str,
    pub carried: &'static str,
    pub unfinished: &'static str,
    pub intention: &'static str,
    pub questions: &'static str,
    pub quick_note: &'static str,
    pub outcomes: &'static str,
    pub checks: &'static str,
    pub differently: &'static str,
    pub opener: &'static str,
    pub steps: &'static str,
    pub signs: &'static str,
    pub asked: &'static str,
    pub not_asked: &'static str,
    pub own_questions: &'static str,
    pub no_name: &'static str,
}

/// Writes everything as one Markdown text.
#[must_use]
pub fn markdown(all: &Readable<'_>, words: Words<'_>) -> String {
    let mut page = Page { out: String::new(), all, words };
    page.whole();
    page.out
}

struct Page<'p> {
    out: String,
    all: &'p Readable<'p>,
    words: Words<'p>,
}

impl Page<'_> {
    fn whole(&mut self) {
        let all = self.all;
        self.heading(1, self.words.title);
        self.paragraph(&(self.words.made)(&(self.words.day)(all.made)));
        self.paragraph(self.words.unsealed);
        if !all.families.is_empty() {
            self.heading(2, self.words.families);
        }
        for family in all.families {
            self.family(family);
        }
        let known = |visit: &&Visit| all.families.iter().any(|family| family.id == visit.family);
        let mut without = all.visits.iter().filter(|visit| !known(visit)).collect::<Vec<_>>();
        without.sort_unstable_by_key(|visit| (visit.day, visit.id));
        if !without.is_empty() {
            self.heading(2, self.words.visits_without_family);
        }
        for visit in without {
            self.visit(visit);
        }
        self.own_questions();
        if !all.favourites.is_empty() {
            self.heading(2, self.words.favourites);
            self.list(all.favourites.iter().map(|id| inline(all.question(id))));
        }
    }

    fn family(&mut self, family: &Family) {
        self.heading(3, &family.nickname);
        let mut since = (self.words.since)(&(self.words.day)(family.since));
        if let Some(archived) = family.archived {
            since.push(' ');
            since += &(self.words.archived)(&(self.words.day)(archived));
        }
        self.paragraph(&since);
        self.text(self.words.please_do, &family.please_do);
        self.text(self.words.please_never, &family.please_never);
        for (message, day) in [(self.words.farewell, family.farewell), (self.words.handed_over, family.handed_over)] {
            if let Some(day) = day {
                self.paragraph(&message(&(self.words.day)(day)));
            }
        }
        self.answers(&family.answers);
        for concern in self.all.concerns.iter().filter(|concern| concern.family == family.id) {
            self.concern(concern);
        }
        for visit in visits::of_family(&self.all.visits.iter().collect::<Vec<_>>(), family.id).into_iter().rev() {
            self.visit(visit);
        }
    }

    fn concern(&mut self, concern: &Concern) {
        let all = self.all;
        self.heading(4, if concern.closed.is_some() { self.words.concern_closed } else { self.words.concern_open });
        self.text(self.words.seen, &concern.seen);
        self.text(self.words.thought, &concern.thoughts);
        for Answer { asks, text } in &concern.answers {
            let steps = [("meldcode-", &all.content.help.meldcode_steps), ("stap-", &all.content.help.volunteer_steps)];
            let title = steps.into_iter().find_map(|(prefix, steps)| {
                let number: u16 = asks.strip_prefix(prefix)?.parse().ok()?;
                steps.get(usize::from(number.checked_sub(1)?))
            });
            self.text(title.map_or(asks, |step| &step.title), text);
        }
    }

    /// The questions and their answers; the id of a question that no longer exists.
    fn answers(&mut self, answers: &[Answer]) {
        let content = self.all.content;
        for Answer { asks, text } in answers {
            if asks == WAVED_AWAY {
                continue;
            }
            if asks == CARRIES {
                let principle = content.principles.iter().find(|principle| principle.id == *text);
                self.text(self.words.carried, principle.map_or(text, |principle| &principle.title));
                continue;
            }
            let reflection = content.reflections.iter().find(|reflection| reflection.id == *asks);
            let ask = content.tools.iter().flat_map(|tool| &tool.asks).find(|ask| ask.id == *asks);
            let address = self.all.address;
            let label = reflection.map(|one| one.text.as_str()).or(ask.map(|ask| ask.text.in_form(address)));
            self.text(label.unwrap_or(asks), text);
        }
    }

    fn visit(&mut self, visit: &Visit) {
        let all = self.all;
        self.heading(4, &(self.words.visit)(&(self.words.day)(visit.day)));
        if let Some(kind) = all.content.visits.iter().find(|kind| kind.id == visit.kind) {
            self.paragraph(&kind.title);
        }
        if let Some(at) = visit.at {
            self.paragraph(&(self.words.at)(&(self.words.time)(at)));
        }
        if visit.closed.is_none() {
            self.paragraph(self.words.unfinished);
        }
        self.text(self.words.intention, &visit.intention);
        if !visit.cards.is_empty() {
            self.label(self.words.questions);
            for card in &visit.cards {
                self.card(card);
            }
            self.out.push('\n');
        }
        self.text(self.words.quick_note, &visit.quick_note);

        let name_of = |id: &String| {
            let outcome = all.content.outcomes.iter().find(|outcome| outcome.id == *id);
            inline(outcome.map_or(id, |outcome| &outcome.title))
        };
        self.labelled_list(self.words.outcomes, visit.outcomes.iter().map(name_of));
        let text_of = |id: &String| {
            let check = all.content.checks.iter().find(|check| check.id == *id);
            inline(check.map_or(id, |check| &check.text))
        };
        self.labelled_list(self.words.checks, visit.checks.iter().map(text_of));
        self.text(self.words.differently, &visit.differently);
        self.text(self.words.opener, &visit.opener);
        let (said, words) = (self.words.step, self.words);
        self.labelled_list(
            self.words.steps,
            visit.steps.iter().filter(|step| !step.is_blank()).map(|step| step_line(step, &said(step), &words)),
        );
        for used in &visit.tools {
            let tool = all.content.tools.iter().find(|tool| tool.id == used.tool);
            self.label(tool.map_or(&used.tool, |tool| &tool.title));
            for mark in &used.marks {
                let ask = tool.and_then(|tool| tool.asks.iter().find(|ask| ask.id == mark.asks));
                let asked = ask.map_or(mark.asks.as_str(), |ask| ask.text.in_form(all.address));
                let value = match ask {
                    Some(ask) if ask.kind == AskKind::Faces => (self.words.face)(Face::of(mark.value)).to_owned(),
                    _ => (self.words.mark)(&mark.value),
                };
                self.list([format!("{} – {value}", inline(asked))]);
            }
            self.answers(&used.answers);
        }
        self.text(self.words.seen, &visit.seen_heard);
        self.text(self.words.said, &visit.said);
        self.text(self.words.thought, &visit.thoughts);
        self.answers(&visit.answers);
        let sign = |mark: &Mark| {
            let sign = all.content.signs.iter().find(|sign| sign.id == mark.asks);
            let ends = sign.map(|sign| (words.between)(&inline(&sign.reductionist), &inline(&sign.democratic)));
            format!("{}: {}", ends.unwrap_or_else(|| inline(&mark.asks)), mark.value)
        };
        self.labelled_list(self.words.signs, visit.signs.iter().map(sign));
    }

    fn card(&mut self, Card { question, asked, note }: &Card) {
        let asked = if *asked { self.words.asked } else { self.words.not_asked };
        let line = format!("{} – {asked}", inline(self.all.question(question)));
        self.list([line]);
        self.out.pop();
        quote(&mut self.out, "  ", note);
    }

    fn own_questions(&mut self) {
        let mut written = self.all.own.iter().filter(|own| !own.text.trim().is_empty()).peekable();
        if written.peek().is_none() {
            return;
        }
        self.heading(2, self.words.own_questions);
        for own in written {
            let _ = writeln!(self.out, "- {}", inline(&own.text));
            if !own.follow_up.trim().is_empty() {
                let _ = writeln!(self.out, "  - {}", inline(&own.follow_up));
            }
        }
        self.out.push('\n');
    }

    fn heading(&mut self, level: usize, text: &str) {
        let text = inline(text);
        let text = if text.is_empty() { self.words.no_name } else { &text };
        let _ = write!(self.out, "{} {text}\n\n", "#".repeat(level));
    }

    fn paragraph(&mut self, text: &str) {
        let _ = write!(self.out, "{}\n\n", inline(text));
    }

    fn label(&mut self, label: &str) {
        let _ = write!(self.out, "**{}**\n\n", inline(label));
    }

    fn list(&mut self, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            let _ = writeln!(self.out, "- {line}");
        }
        self.out.push('\n');
    }

    fn labelled_list(&mut self, label: &str, lines: impl Iterator<Item = String>) {
        let mut lines = lines.peekable();
        if lines.peek().is_some() {
            self.label(label);
            self.list(lines);
        }
    }

    /// A longer text of the worker, under its label; nothing if it is blank.
    fn text(&mut self, label: &str, text: &str) {
        if !text.trim().is_empty() {
            self.label(label);
            quote(&mut self.out, "", text);
            self.out.push('\n');
        }
    }
}

fn step_line(Step { what, who, when, .. }: &Step, went: &str, words: &Words<'_>) -> String {
    let mut line = if what.trim().is_empty() { "…".to_owned() } else { inline(what) };
    for (message, part) in [(words.who, who), (words.when, when)] {
        if !part.trim().is_empty() {
            let _ = write!(line, " – {}", message(&inline(part)));
        }
    }
    let _ = write!(line, " – {went}");
    line
}

/// A text as one line.
fn inline(text: &str) -> String {
    let mut out = String::new();
    for word in plain(text).split_whitespace() {
        let first = out.is_empty();
        if !first {
            out.push(' ');
        }
        escape(&mut out, word, first);
    }
    out
}

/// A text as a quote of several lines, with its empty lines.
fn quote(out: &mut String, indent: &str, text: &str) {
    let text = plain(text);
    if text.trim().is_empty() {
        return;
    }
    let mut lines = text.trim().split('\n').map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        let words = line.trim_start();
        if words.is_empty() {
            let _ = writeln!(out, "{indent}>");
            continue;
        }
        let _ = write!(out, "{indent}> ");
        // Spaces at the start of a line would make it code; non-breaking ones do not.
        out.extend(core::iter::repeat_n('\u{a0}', line.chars().count() - words.chars().count()));
        escape(out, words, true);
        // A backslash keeps a line break within a paragraph.
        let goes_on = lines.peek().is_some_and(|next| !next.is_empty());
        out.push_str(if goes_on { "\\\n" } else { "\n" });
    }
}

/// The text with `
/// ` as its only line break, and without control characters: if a reader dropped those later, the signs around
/// them could form Markdown.
fn plain(text: &str) -> String {
    let mut before = ' ';
    let sign = |c| match (core::mem::replace(&mut before, c), c) {
        // CR LF is one line break.
        ('\r', '\n') => None,
        (_, c) => one_sign(c),
    };
    text.chars().filter_map(sign).collect()
}

fn one_sign(c: char) -> Option<char> {
    match c {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        '\n' => Some('\n'),
        _ if c.is_control() => None,
        _ => Some(c),
    }
}

/// Puts a backslash before every sign that can mean something in Markdown; some signs do so only at the start of
/// a line.
fn escape(out: &mut String, text: &str, line_begins: bool) {
    let mut digits = line_begins;
    for (place, c) in text.char_indices() {
        let means = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$' | '^' => true,
            '-' | '+' | '=' | ':' => line_begins && place == 0,
            // The number of an ordered list.
            '.' | ')' => digits,
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(c);
        digits &= c.is_ascii_digit();
    }
}
