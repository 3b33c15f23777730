//! The shape of an export for machines, version 2: frozen, so that an export made today can be
//! read by any later Naast. What changes becomes version 3.
//!
//! Days are `YYYY-MM-DD`, moments milliseconds since 1970 in UTC, ids as in addresses; what is not
//! there is `null`. Version 1 had no planned time, kind, answers, marks, tools or concerns.
//!
//! Written by hand: the code that serde needs for all these types is some kB more to download.

use super::Readable;
use super::json::Json;
use crate::content::{About, Phase};
use crate::records::{
    Answer, Card, Concern, Family, Helper, Idea, Mark, OwnQuestion, Step, Symbol, ToolUse, Visit, Went,
};
use crate::time::{Day, Moment};

/// All there is, in the order given, as JSON.
#[must_use]
pub fn json(all: &Readable<'_>) -> String {
    let mut to = Json::default();
    to.open('{');
    to.text("format", "naast-export");
    to.number("version", Some(2));
    to.text("made", &all.made.iso());
    to.list("families", all.families, &family);
    to.list("visits", all.visits, &|one, to| visit(one, all, to));
    to.list("ownQuestions", all.own, &own_question);
    to.list("concerns", all.concerns, &concern);
    to.texts("favourites", all.favourites);
    to.close('}');
    to.finish()
}

fn family(family: &Family, to: &mut Json) {
    to.text("id", &family.id.to_string());
    to.text("nickname", &family.nickname);
    to.text("symbol", symbol(family.symbol));
    to.text("since", &family.since.iso());
    day("archived", family.archived, to);
    to.text("pleaseDo", &family.please_do);
    to.text("pleaseNever", &family.please_never);
    day("farewell", family.farewell, to);
    day("handedOver", family.handed_over, to);
    answers(&family.answers, to);
}

fn visit(visit: &Visit, all: &Readable<'_>, to: &mut Json) {
    to.text("id", &visit.id.to_string());
    to.text("family", &visit.family.to_string());
    to.text("kind", &visit.kind);
    to.text("day", &visit.day.iso());
    to.number("at", visit.at.map(i64::from));
    moment("created", Some(visit.created), to);
    moment("closed", visit.closed, to);
    to.text("intention", &visit.intention);
    to.list("cards", &visit.cards, &|Card { question, asked, note }, to| {
        to.text("question", question);
        to.text("text", all.question(question));
        to.flag("asked", *asked);
        to.text("note", note);
    });
    to.text("quickNote", &visit.quick_note);
    to.texts("outcomes", &visit.outcomes);
    to.texts("checks", &visit.checks);
    to.text("differently", &visit.differently);
    to.text("opener", &visit.opener);
    to.list("steps", &visit.steps, &step);
    to.text("seenHeard", &visit.seen_heard);
    to.text("said", &visit.said);
    to.text("thoughts", &visit.thoughts);
    answers(&visit.answers, to);
    to.list("signs", &visit.signs, &mark);
    to.list("tools", &visit.tools, &|ToolUse { id, tool, answers: said, marks }, to| {
        to.text("id", &id.to_string());
        to.text("tool", tool);
        answers(said, to);
        to.list("marks", marks, &mark);
    });
    moment("cleared", visit.cleared, to);
}

fn step(Step { id, what, who, when, went, idea, helper, sure }: &Step, to: &mut Json) {
    to.text("id", &id.to_string());
    to.text("what", what);
    to.text("who", who);
    to.text("when", when);
    to.text(
        "went",
        match went {
            Went::Open => "open",
            Went::Done => "done",
            Went::Partly => "partly",
            Went::NotYet => "not-yet",
            Went::NotNeeded => "not-needed",
        },
    );
    let idea = idea.map(|idea| match idea {
        Idea::Parent => "parent",
        Idea::Together => "together",
        Idea::Worker => "worker",
    });
    to.maybe("idea", idea);
    let helper = helper.map(|helper| match helper {
        Helper::Parents => "parents",
        Helper::Network => "network",
        Helper::OtherParents => "other-parents",
        Helper::Professional => "professional",
    });
    to.maybe("helper", helper);
    to.number("sure", sure.map(i64::from));
}

fn concern(concern: &Concern, to: &mut Json) {
    to.text("id", &concern.id.to_string());
    to.text("family", &concern.family.to_string());
    to.maybe("visit", concern.visit.map(|visit| visit.to_string()).as_deref());
    moment("created", Some(concern.created), to);
    moment("closed", concern.closed, to);
    to.text("seen", &concern.seen);
    to.text("thoughts", &concern.thoughts);
    answers(&concern.answers, to);
}

fn own_question(OwnQuestion { id, text, follow_up, phase, about }: &OwnQuestion, to: &mut Json) {
    to.text("id", &id.question_id());
    to.text("text", text);
    to.text("followUp", follow_up);
    to.text(
        "phase",
        match phase {
            Phase::Acquaintance => "acquaintance",
            Phase::EveryVisit => "every-visit",
            Phase::Strengths => "strengths",
            Phase::Worries => "worries",
            Phase::Wishes => "wishes",
            Phase::Choices => "choices",
            Phase::Closing => "closing",
            Phase::Farewell => "farewell",
        },
    );
    to.text(
        "about",
        match about {
            About::Child => "child",
            About::Parent => "parent",
            About::Network => "network",
            About::Cooperation => "cooperation",
        },
    );
}

fn answers(all: &[Answer], to: &mut Json) {
    to.list("answers", all, &|Answer { asks, text }, to| {
        to.text("asks", asks);
        to.text("text", text);
    });
}

fn mark(Mark { asks, value }: &Mark, to: &mut Json) {
    to.text("asks", asks);
    to.number("value", Some((*value).into()));
}

fn day(name: &str, day: Option<Day>, to: &mut Json) {
    to.maybe(name, day.map(Day::iso).as_deref());
}

fn moment(name: &str, moment: Option<Moment>, to: &mut Json) {
    to.number(name, moment.map(|moment| moment.0));
}

fn symbol(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::House => "house",
        Symbol::Tree => "tree",
        Symbol::Bird => "bird",
        Symbol::Boat => "boat",
        Symbol::Star => "star",
        Symbol::Cup => "cup",
        Symbol::Leaf => "leaf",
        Symbol::Moon => "moon",
        Symbol::Fish => "fish",
        Symbol::Key => "key",
        Symbol::Kite => "kite",
        Symbol::Cloud => "cloud",
    }
}
