//! The course of visits over time: lists, the parent's own marks, and which principles were touched.

use naast_core::course::{self, Gathered, Line};
use naast_core::records::{Visit, Went};

use super::*;
use crate::messages::course as t;
use crate::state::App;
use naast_view::el;

/// A list under a heading; absent when it is empty.
pub fn listed(title: &'static str, lines: &[&str]) -> Option<Element> {
    let line = |line: &&str| li(nodes![el("span").attr("dir", "auto").child((*line).to_owned())]);
    (!lines.is_empty()).then(|| section("stack-s", nodes![h2(title), ul("bullets stack-s", lines.iter().map(line))]))
}

/// The parent's own marks over time.
pub fn numbers(app: App, visits: &[&Visit]) -> Option<Element> {
    let lines = course::lines(app.content, visits);
    let card = |line: &Line| {
        let said = line.points.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>().join(" → ");
        li(nodes![p(line.about.clone()).attr("dir", "auto"), line_picture(&line.points), p_of("soft small", said)])
            .class("card stack-s")
    };
    (!lines.is_empty()).then(|| section("stack-s", nodes![h2(t::numbers()), ul("stack-s", lines.iter().map(card))]))
}

/// Which groups of principles the visits touched.
pub fn compass(app: App, visits: &[&Visit]) -> Option<Element> {
    let counts: Vec<(&'static str, usize)> = course::compass(app.content, visits)
        .into_iter()
        .map(|(group, count)| (group.title.as_str(), count))
        .collect::<Vec<_>>();
    let picture = compass_picture(&counts)?;
    let rows = counts
        .iter()
        .map(|&(title, count)| li(nodes![span("grow", title), span("soft small", times(count))]).class("row"));
    let about = p_of("soft small", t::compass_hint());
    Some(section("stack-s", nodes![h2(t::compass()), about, picture, ul("", rows)]))
}

/// What changed, to look at together at the farewell.
pub fn changed(app: App, visits: &[&Visit]) -> Vec<Node> {
    let done: Vec<&str> = visits
        .iter()
        .flat_map(|visit| visit.written_steps())
        .filter(|step| matches!(step.went, Went::Done | Went::Partly))
        .map(|step| step.what.as_str())
        .collect::<Vec<_>>();
    let strengths = course::gathered(visits, Gathered::Strengths);
    collect_nodes([listed(t::done(), &done), listed(t::seen(), &strengths), numbers(app, visits)])
}
