//! A copy for the parent: the agreements of the visit as a card, to share or to print. Nothing else is in it.

use std::fmt::Display;

use naast_core::content::Tool;
use naast_core::parent::{self, COPY_GIVEN};
use naast_core::records::{StepId, answer, set_answer};

use super::{Here, used};
use crate::browser::{self, clock, share, task};
use crate::messages::copy as t;
use crate::parts::{Icon, Line, button, div, h2, icon, li, p, p_of, section, text_line, tick_unless, ul};
use naast_view::{LocalSignal, Node, collect_nodes, live, nodes};

/// What the card says.
#[derive(Clone, Copy)]
struct Card {
    here: Here,
    /// The steps that stay out.
    left_out: LocalSignal<Vec<StepId>>,
    /// A line of the worker's own.
    line: LocalSignal<String>,
}

/// The page of this tool, below its heading.
pub(super) fn view(here: Here, tool: &'static Tool) -> Node {
    let card = Card { here, left_out: LocalSignal::new(Vec::new()), line: LocalSignal::new(String::new()) };
    let all = here.app.session.with_visit_untracked(here.id, parent::agreed).unwrap_or_default();
    if all.is_empty() {
        return p_of("card example", t::nothing()).into();
    }
    let ticks = all.into_iter().map(|(step, text)| tick_unless(text, card.left_out, step));
    let input = move |text: String| card.line.set(text);
    let given = here.read(move |visit| {
        used(visit, tool).map(|used| answer(&used.answers, COPY_GIVEN).to_owned()).unwrap_or_default()
    });
    let given = move || {
        let lines = given.get();
        (!lines.is_empty()).then(|| div("stack-s", nodes![p_of("label", t::given()), p_of("pre soft", lines)]))
    };
    nodes![
        div(
            "stack no-print",
            nodes![
                section("stack-s", nodes![p_of("label", t::what()), collect_nodes(ticks)]),
                text_line(t::own_line(), t::own_line_hint(), Line::Text, move || card.line.get(), input),
            ]
        ),
        section("card sun stack on-paper small-paper", nodes![live(move || card.view())]),
        div("stack no-print", nodes![card.buttons(tool), live(given)]),
    ]
    .into()
}

impl Card {
    /// The agreements, without those that stay out.
    fn steps(self, out: &[StepId]) -> Vec<String> {
        let all = self.here.app.session.with_visit_untracked(self.here.id, parent::agreed).unwrap_or_default();
        all.into_iter().filter(|(step, _)| !out.contains(step)).map(|(_, text)| text).collect()
    }

    fn title(self) -> String {
        let day = self.here.app.session.with_visit_untracked(self.here.id, |visit| visit.day);
        t::title(&day.map(clock::day_in_words).unwrap_or_default())
    }

    fn view(self) -> Vec<Node> {
        let steps = self.steps(&self.left_out.read()).into_iter().map(|step| li(nodes![step]).attr("dir", "auto"));
        let line = self.line.get();
        let line = (!line.trim().is_empty()).then(|| p(line).attr("dir", "auto"));
        nodes![h2(self.title()), ul("bullets", steps.collect::<Vec<_>>()), line]
    }

    /// The same as text.
    fn text(self) -> String {
        let steps = self.steps(&self.left_out.read_untracked());
        let line = self.line.get_untracked();
        let mut lines = vec![self.title()];
        lines.extend(steps.iter().map(|step| format!("• {step}")));
        lines.extend((!line.trim().is_empty()).then_some(line));
        lines.join("\n")
    }

    fn buttons(self, tool: &'static Tool) -> Node {
        let can_share = share::takes_text();
        let share = move || {
            // Read now: the page may be left while the share sheet is open.
            let (text, steps) = (self.text(), self.given_steps());
            task::spawn(async move {
                if share::share_text(&text).await {
                    self.given(tool, t::shared, &steps);
                }
            });
        };
        let print = move || {
            self.given(tool, t::printed, &self.given_steps());
            browser::print();
        };
        nodes![
            can_share.then(|| button("button wide", nodes![icon(Icon::Forward), t::share()], share)),
            button("button wide", nodes![t::print()], print),
            can_share.then(|| p_of("soft small", t::share_hint())),
        ]
        .into()
    }

    fn given_steps(self) -> String {
        self.steps(&self.left_out.read_untracked()).join("; ")
    }

    /// Notes in the visit what was given, and when.
    fn given(self, tool: &'static Tool, how: fn(&dyn Display, &dyn Display) -> String, steps: &str) {
        let line = how(&clock::day_in_words(clock::today()), &steps);
        self.here.edit(&mut |visit| {
            let answers = &mut self.here.use_of(visit, tool).answers;
            let before = answer(answers, COPY_GIVEN);
            let both = if before.is_empty() { line.clone() } else { format!("{before}\n{line}") };
            set_answer(answers, COPY_GIVEN, &both);
        });
    }
}
