//! The export for people.
//!
//! Whatever the worker typed stands in it as text: it makes no heading, no
//! link, no picture that a reader would fetch, and no HTML.

use crate::order::Listed;
use core::fmt::Write;

use super::Readable;
use crate::order::in_order;
use crate::records::{Answer, Card, Concern, Family, Mark, Step, Visit};
use crate::suggest::{CARRIES, WAVED_AWAY};
use crate::time::{Day, time_in_words};
use crate::visits;

/// How days and answers are said; the words of the screen.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "functions have no debug form")]
pub struct Say<'s> {
    /// A day: `zaterdag 21 november 2026`.
    pub day: &'s dyn Fn(Day) -> String,
    /// How a step went, and what else there is to say of it: `nog niet besproken, idee van de ouder`.
    pub step: &'s dyn Fn(&Step) -> String,
}

/// Everything as one Markdown text, in Dutch.
#[must_use]
pub fn markdown(all: &Readable<'_>, say: Say<'_>) -> String {
    let mut page = Page { out: String::new(), all, say };
    page.whole();
    page.out
}

struct Page<'p> {
    out: String,
    all: &'p Readable<'p>,
    say: Say<'p>,
}

impl Page<'_> {
    fn whole(&mut self) {
        let all = self.all;
        self.heading(1, "Wat je in Naast bewaarde");
        self.paragraph(&format!("Gemaakt op {}.", (self.say.day)(all.made)));
        self.paragraph("Let op: dit bestand zit niet op slot. Bewaar het waar niemand anders bij kan.");
        if !all.families.is_empty() {
            self.heading(2, "Gezinnen");
        }
        for family in all.families {
            self.family(family);
        }
        let known = |visit: &&Visit| all.families.iter().any(|family| family.id == visit.family);
        let without = all.visits.iter().filter(|visit| !known(visit)).listed();
        let without = in_order(without, &|a: &&Visit, b| a.day.cmp(&b.day));
        if !without.is_empty() {
            self.heading(2, "Bezoeken zonder gezin");
        }
        for visit in without {
            self.visit(visit);
        }
        self.own_questions();
        if !all.favourites.is_empty() {
            self.heading(2, "Favoriete vragen");
            self.list(all.favourites.iter().map(|id| inline(all.question(id))));
        }
    }

    fn family(&mut self, family: &Family) {
        self.heading(3, &family.nickname);
        let mut since = format!("Sinds {}.", (self.say.day)(family.since));
        if let Some(archived) = family.archived {
            since += &format!(" In het archief sinds {}.", (self.say.day)(archived));
        }
        self.paragraph(&since);
        self.text("De ouder vraagt: doe dit", &family.please_do);
        self.text("De ouder vraagt: doe dit nooit", &family.please_never);
        for (label, day) in [("Afscheid genomen op", family.farewell), ("Notities overgedragen op", family.handed_over)]
        {
            if let Some(day) = day {
                self.paragraph(&format!("{label} {}.", (self.say.day)(day)));
            }
        }
        self.answers(&family.answers);
        for concern in self.all.concerns.iter().filter(|concern| concern.family == family.id) {
            self.concern(concern);
        }
        for visit in visits::of_family(&self.all.visits.iter().listed(), family.id).into_iter().rev() {
            self.visit(visit);
        }
    }

    fn concern(&mut self, concern: &Concern) {
        let all = self.all;
        self.heading(4, if concern.closed.is_some() { "Zorg (afgesloten)" } else { "Zorg (open)" });
        self.text("Gezien en gehoord", &concern.seen);
        self.text("Wat ik ervan denk", &concern.thoughts);
        for Answer { asks, text } in &concern.answers {
            let steps = [("meldcode-", &all.content.help.meldcode_steps), ("stap-", &all.content.help.volunteer_steps)];
            let title = steps.into_iter().find_map(|(prefix, steps)| {
                let number: u16 = asks.strip_prefix(prefix)?.parse().ok()?;
                steps.get(usize::from(number.checked_sub(1)?))
            });
            self.text(title.map_or(asks, |step| &step.title), text);
        }
    }

    /// What was asked and answered; the id of what asked where that is gone.
    fn answers(&mut self, answers: &[Answer]) {
        let content = self.all.content;
        for Answer { asks, text } in answers {
            if asks == WAVED_AWAY {
                continue;
            }
            if asks == CARRIES {
                let principle = content.principles.iter().find(|principle| principle.id == *text);
                self.text("Meegenomen", principle.map_or(text, |principle| &principle.title));
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
        self.heading(4, &format!("Bezoek op {}", (self.say.day)(visit.day)));
        if let Some(kind) = all.content.visits.iter().find(|kind| kind.id == visit.kind) {
            self.paragraph(&kind.title);
        }
        if let Some(at) = visit.at {
            self.paragraph(&format!("Om {}.", time_in_words(at)));
        }
        if visit.closed.is_none() {
            self.paragraph("Dit bezoek is nog niet afgerond.");
        }
        self.text("Voornemen", &visit.intention);
        if !visit.cards.is_empty() {
            self.label("Vragen");
            for card in &visit.cards {
                self.card(card);
            }
            self.out.push('\n');
        }
        self.text("Snelle notitie", &visit.quick_note);

        let name_of = |id: &String| {
            let outcome = all.content.outcomes.iter().find(|outcome| outcome.id == *id);
            inline(outcome.map_or(id, |outcome| &outcome.title))
        };
        self.labelled_list("Hoe de ouders uit het gesprek gingen", visit.outcomes.iter().map(name_of));
        let text_of = |id: &String| {
            let check = all.content.checks.iter().find(|check| check.id == *id);
            inline(check.map_or(id, |check| &check.text))
        };
        self.labelled_list("Dit deed ik", visit.checks.iter().map(text_of));
        self.text("Wat ik anders doe", &visit.differently);
        self.text("Eerste zin voor de volgende keer", &visit.opener);
        let said = self.say.step;
        self.labelled_list(
            "Afgesproken",
            visit.steps.iter().filter(|step| !step.is_blank()).map(|step| step_line(step, &said(step))),
        );
        for used in &visit.tools {
            let tool = all.content.tools.iter().find(|tool| tool.id == used.tool);
            self.label(tool.map_or(&used.tool, |tool| &tool.title));
            for mark in &used.marks {
                let ask = tool.and_then(|tool| tool.asks.iter().find(|ask| ask.id == mark.asks));
                let asked = ask.map_or(mark.asks.as_str(), |ask| ask.text.in_form(all.address));
                self.list([format!("{} – {} van 10", inline(asked), mark.value)]);
            }
            self.answers(&used.answers);
        }
        self.text("Gezien en gehoord", &visit.seen_heard);
        self.text("Woordelijk gezegd", &visit.said);
        self.text("Wat ik ervan denk", &visit.thoughts);
        self.answers(&visit.answers);
        let sign = |mark: &Mark| {
            let sign = all.content.signs.iter().find(|sign| sign.id == mark.asks);
            let ends = sign.map(|sign| {
                format!("tussen ‘{}’ (0) en ‘{}’ (10)", inline(&sign.reductionist), inline(&sign.democratic))
            });
            format!("{}: {}", ends.unwrap_or_else(|| inline(&mark.asks)), mark.value)
        };
        self.labelled_list("Waar ik stond", visit.signs.iter().map(sign));
    }

    fn card(&mut self, Card { question, asked, note }: &Card) {
        let asked = if *asked { "gesteld" } else { "niet gesteld" };
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
        self.heading(2, "Eigen vragen");
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
        let text = if text.is_empty() { "(zonder naam)" } else { &text };
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

    /// A longer text of the worker, under its label; nothing where it is blank.
    fn text(&mut self, label: &str, text: &str) {
        if !text.trim().is_empty() {
            self.label(label);
            quote(&mut self.out, "", text);
            self.out.push('\n');
        }
    }
}

fn step_line(Step { what, who, when, .. }: &Step, went: &str) -> String {
    let mut line = if what.trim().is_empty() { "…".to_owned() } else { inline(what) };
    for part in [("wie: ", who), ("wanneer: ", when)] {
        if !part.1.trim().is_empty() {
            let _ = write!(line, " – {}{}", part.0, inline(part.1));
        }
    }
    let _ = write!(line, " – {went}");
    line
}

/// Text of one line, whatever was typed.
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

/// Text of several lines as a quote, its lines and empty lines kept.
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
        // Spaces before a line would make it code; these are kept and mean nothing.
        out.extend(core::iter::repeat_n('\u{a0}', line.chars().count() - words.chars().count()));
        escape(out, words, true);
        // Where a line follows in the same paragraph, a backslash keeps it a line.
        let goes_on = lines.peek().is_some_and(|next| !next.is_empty());
        out.push_str(if goes_on { "\\\n" } else { "\n" });
    }
}

/// The text with `\n` as its only line break, and without control characters:
/// what falls away later could bring signs together that mean something.
fn plain(text: &str) -> String {
    let mut before = ' ';
    let sign = |c| match (core::mem::replace(&mut before, c), c) {
        // Both together are one line break.
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

/// Puts a backslash before every sign that can mean something in Markdown; some
/// signs do so only where a line begins.
fn escape(out: &mut String, text: &str, line_begins: bool) {
    let mut digits = line_begins;
    for (place, c) in text.char_indices() {
        let means = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$' | '^' => true,
            '-' | '+' | '=' | ':' => line_begins && place == 0,
            // The number of a list.
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
