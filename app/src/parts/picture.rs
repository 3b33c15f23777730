//! Charts of the course over time, each with the same in words for screen readers.

use core::fmt::Write;

use naast_core::records::HIGHEST;
use naast_core::time::Day;

use super::html::*;
use crate::browser::clock;
use crate::messages::picture as t;
use naast_view::{Element, Node, el, nodes};

/// `1 keer`, `3 keer`, `nog niet`.
pub fn times(count: usize) -> String {
    if count == 0 { t::not_yet().to_owned() } else { t::times(count) }
}

fn picture(view_box: &'static str, words: String, shapes: Vec<(&'static str, String)>) -> Element {
    let shapes = naast_view::collect_nodes(shapes.into_iter().map(|(class, d)| el("path").class(class).attr("d", d)));
    el("svg").class("picture").attr("viewBox", view_box).attr("role", "img").attr("aria-label", words).children(shapes)
}

/// A line chart of marks from 0 to 10, the oldest first.
pub fn line_picture(points: &[(Day, u8)]) -> Element {
    let (mut words, mut line, mut dots) = (String::new(), String::new(), String::new());
    let last = points.len().saturating_sub(1).max(1);
    for (nth, &(day, value)) in points.iter().enumerate() {
        let x = if points.len() == 1 { 150 } else { 16 + 268 * nth / last };
        let y = 96 - 8 * usize::from(value.min(HIGHEST));
        // Writing to a string does not fail.
        words += if nth > 0 { ", " } else { "" };
        words += &t::mark_on(&clock::day_short(day), &value);
        let _ = write!(line, "{}{x} {y}", if nth > 0 { "L" } else { "M" });
        let _ = write!(dots, "M{x} {y}h.01");
    }
    picture(
        "0 0 300 112",
        words,
        vec![("p-grid", "M8 16H292M8 56H292M8 96H292".into()), ("p-line", line), ("p-dots", dots)],
    )
}

/// A chart of six directions, each as long as its share of the highest count.
pub fn compass_picture(counts: &[(&str, usize)]) -> Option<Element> {
    // In thousandths; the first points up, the others follow clockwise.
    const DIRECTIONS: [(i32, i32); 6] = [(0, -1_000), (866, -500), (866, 500), (0, 1_000), (-866, 500), (-866, -500)];
    let most = counts.iter().map(|(_, count)| *count).max().filter(|&most| most > 0)?;
    let shape = |radius: &dyn Fn(usize) -> usize| {
        let mut path = String::new();
        for (nth, (x, y)) in DIRECTIONS.iter().enumerate() {
            let radius = i32::try_from(radius(nth)).unwrap_or_default();
            let (x, y) = (100 + x * radius / 1_000, 100 + y * radius / 1_000);
            let _ = write!(path, "{}{x} {y}", if nth > 0 { "L" } else { "M" });
        }
        path + "z"
    };
    let reach = |nth: usize| 12 + 80 * counts.get(nth).map_or(0, |(_, count)| *count) / most;
    let words = counts.iter().map(|(name, count)| format!("{name}: {}", times(*count))).collect::<Vec<_>>();
    let grid = shape(&|_| 92) + &shape(&|_| 46);
    Some(picture("0 0 200 200", words.join(", "), vec![("p-grid", grid), ("p-area", shape(&reach))]))
}

/// Rows with a dot for each time something happened.
pub fn dotted(rows: impl IntoIterator<Item = (Node, usize)>) -> Element {
    let row = |(name, count): (Node, usize)| {
        let dots = span("dots", "●".repeat(count.min(12))).attr("aria-hidden", "true");
        li(nodes![span("grow", name), dots, span("soft small", times(count))]).class("row")
    };
    ul("stack-s", rows.into_iter().map(row))
}
