//! `#/samen`: what a parent sees on the turned phone. The vault is locked; this page has only what was handed to it.

use std::rc::Rc;

use naast_core::content::{Ask, AskKind, Face, Leaflet};
use naast_core::parent::{ParentAnswers, Word, is_right_to_left};
use naast_core::records::{HIGHEST, answer, mark, set_answer, set_mark};
use naast_core::route::Route;

use crate::browser::focus::start_of_page;
use crate::browser::{speech, timer};
use crate::messages::turned as t;
use crate::parts::{
    Icon, action, button, div, h1, h2, icon, link, p, p_of, pictogram, section, shown_when, span, status,
};
use crate::state::{App, LANGUAGES, Together, Turned};
use naast_view::{Element, LocalSignal, Node, collect_nodes, el, live, nodes};

/// The tool for children: its faces can be weather too.
const DAY: &str = "day";

/// The most characters of own words.
const OWN_WORDS: &str = "500";

/// `#/samen`
pub fn together(app: App) -> Node {
    match app.turned.get_untracked() {
        Some(turned) => Screen::of(app, turned).view(),
        // After a reload, or without a turned phone.
        None => given_back(),
    }
}

fn given_back() -> Node {
    let unlock = link("button main", &Route::Families, nodes![icon(Icon::Unlocked), t::unlock()]);
    let page = nodes![
        section("middle", nodes![h1(t::given_back()), p(t::given_back_kept())]),
        action(nodes![unlock]).class("steps"),
    ];
    div("with-parent", nodes![div("at-table stack", page)]).into()
}

/// The screen of one turning.
#[derive(Clone)]
struct Screen {
    app: App,
    turned: Rc<Turned>,
    asks: Rc<[&'static Ask]>,
    answers: LocalSignal<ParentAnswers>,
    /// Whether all of them are saved.
    kept: LocalSignal<bool>,
    /// Whether the device has a voice for the language.
    voice: LocalSignal<bool>,
    /// The question on the screen; after the last one, the end.
    at: LocalSignal<usize>,
}

impl Screen {
    fn of(app: App, turned: Rc<Turned>) -> Self {
        let asks = match turned.together {
            Together::Tool(tool) => &tool.asks[..],
            Together::Introduction => &[],
        };
        Self {
            app,
            asks: asks.iter().filter(|ask| ask.is_for_parents()).collect(),
            answers: LocalSignal::new(turned.blank.clone()),
            kept: LocalSignal::new(true),
            voice: LocalSignal::new(false),
            at: LocalSignal::new(0),
            turned,
        }
    }

    fn view(self) -> Node {
        timer::after(0, start_of_page);
        let direction = if is_right_to_left(self.turned.language.tag) { "rtl" } else { "ltr" };
        let language = self.turned.language.tag;
        let voice = self.voice;
        speech::watch(language, move |found| voice.set(found));
        let page = live(move || match self.asks.get(self.at.get()) {
            Some(ask) => self.ask(ask),
            None if self.introduces() && self.at.get_untracked() == 0 => self.introduction(),
            None => self.end(),
        });
        div("with-parent", nodes![page]).attr("lang", language).attr("dir", direction).into()
    }

    /// The text in the language of the parent and, if that is another one, in Dutch.
    fn both(&self, text: &'static str, dutch: &'static str) -> Element {
        let is_dutch = self.turned.language == LANGUAGES[0];
        let beside = (!is_dutch).then(|| el("small").class("dutch").attr("lang", "nl").attr("dir", "ltr").child(dutch));
        span("", nodes![span("", text), beside])
    }

    fn word(&self, word: Word) -> Element {
        self.both(self.turned.texts.word(word), self.turned.dutch.word(word))
    }

    /// The same, as the name of a control.
    fn name(&self, word: Word) -> String {
        let (text, dutch) = (self.turned.texts.word(word), self.turned.dutch.word(word));
        if text == dutch { dutch.to_owned() } else { [text, dutch].join(" ") }
    }

    fn introduces(&self) -> bool {
        matches!(self.turned.together, Together::Introduction)
    }

    /// The place of the end: after the questions, or after the introduction.
    fn last(&self) -> usize {
        self.asks.len().max(1)
    }

    fn go(&self, at: usize) {
        speech::stop();
        self.at.set(at);
        timer::after(0, start_of_page);
    }

    fn ask(&self, ask: &'static Ask) -> Node {
        let at = self.at.get_untracked();
        let dutch = ask.text.in_form(self.app.settings.read_untracked().address);
        let text = or_dutch(self.turned.texts.ask(&ask.id), dutch);
        let mut aloud = vec![text];
        aloud.extend(ask.options.iter().map(|id| self.turned.texts.option(id)));
        let place = [(at + 1).to_string(), self.asks.len().to_string()].join(" / ");
        let (end, next, back) = (self.clone(), self.clone(), self.clone());
        let forward = button("button main", nodes![self.word(Word::Next)], move || next.go(at + 1));
        let backward =
            (at > 0).then(|| button("button", nodes![self.word(Word::Back)], move || back.go(at.saturating_sub(1))));
        div(
            "at-table stack",
            nodes![
                div(
                    "row apart",
                    nodes![
                        p_of("soft small", place).attr("dir", "ltr"),
                        button("icon-button", nodes![icon(Icon::Close)], move || end.go(end.last()))
                            .attr("aria-label", self.name(Word::Done)),
                    ],
                ),
                h1(self.both(text, dutch)),
                self.read_aloud(&aloud),
                div(
                    "grow stack",
                    nodes![
                        self.not_kept(),
                        self.shown(),
                        self.choices(ask),
                        (at == 0).then(|| p_of("soft locked", nodes![icon(Icon::Locked), self.word(Word::Locked)])),
                    ],
                ),
                action(nodes![backward, forward]).class("steps"),
            ],
        )
        .into()
    }

    /// Reads these texts aloud.
    fn read_aloud(&self, texts: &[&str]) -> Node {
        let (voice, this, text) = (self.voice, self.clone(), texts.join(". "));
        let button = move || {
            let (tag, text) = (this.turned.language.tag, text.clone());
            let speak = move || speech::speak(&text, tag);
            button("button", nodes![icon(Icon::Speech), this.word(Word::Speak)], speak).into()
        };
        shown_when(move || voice.get(), button)
    }

    /// What the worker noted, to read along.
    fn shown(&self) -> Vec<Node> {
        let part = |(word, text): &(Word, String)| {
            let heading = p_of("eyebrow", self.word(*word));
            div("card", nodes![heading, p_of("pre", text.clone()).attr("dir", "auto").attr("lang", "nl")])
        };
        collect_nodes(self.turned.shown.iter().map(part))
    }

    /// The words to introduce oneself with.
    fn introduction(&self) -> Node {
        let address = self.app.settings.read_untracked().address;
        let texts = self.turned.texts;
        let (next, mut aloud) = (self.clone(), Vec::new());
        let part = |part: &'static Leaflet| {
            let dutch = part.text.in_form(address);
            let title = or_dutch(texts.title(&part.id), &part.title);
            let text = or_dutch(texts.introduction(&part.id), dutch);
            aloud.extend([title, text]);
            section("stack-s", nodes![h2(self.both(title, &part.title)), p(self.both(text, dutch))]).into()
        };
        let parts: Vec<Node> = self.app.content.leaflet.iter().map(part).collect::<Vec<_>>();
        let forward = button("button main", nodes![self.word(Word::Next)], move || next.go(next.last()));
        div(
            "at-table stack",
            nodes![
                h1(self.word(Word::Hello)),
                self.read_aloud(&aloud),
                div("grow stack", parts),
                p_of("soft locked", nodes![icon(Icon::Locked), self.word(Word::Locked)]),
                action(nodes![forward]).class("steps"),
            ],
        )
        .into()
    }

    fn choices(&self, ask: &'static Ask) -> Node {
        match ask.kind {
            AskKind::Scale => self.scale(ask),
            AskKind::Faces => self.faces(ask),
            AskKind::Line | AskKind::List => self.options(ask),
        }
    }

    /// The numbers from 0 to 10, between a sad and a glad face.
    fn scale(&self, ask: &'static Ask) -> Node {
        let number = |value| self.marked(ask, value, "pick number", nodes![value.to_string()]);
        let face = |word: Word| div("end", nodes![pictogram(self.turned.dutch.drawing(word.key()))]);
        let all = collect_nodes((0..=HIGHEST).map(number));
        nodes![div("numbers", all), div("row apart", nodes![face(Word::TalkNo), face(Word::TalkYes)])].into()
    }

    /// Three faces; for a child, the weather says the same.
    fn faces(&self, ask: &'static Ask) -> Node {
        let row = |words: [(Word, Word); 3]| {
            let faces = Face::ALL.into_iter().zip(words).map(|(face, (word, drawing))| {
                let drawing = pictogram(self.turned.dutch.drawing(drawing.key()));
                self.marked(ask, face.mark(), "pick", nodes![drawing, self.word(word)])
            });
            div("picks three", collect_nodes(faces))
        };
        let faces = [Word::TalkNo, Word::TalkSome, Word::TalkYes];
        if !matches!(self.turned.together, Together::Tool(tool) if tool.id == DAY) {
            return row(faces.map(|face| (face, face))).into();
        }
        let [no, some, yes] = faces;
        let weather = [Word::WeatherNo, Word::WeatherSome, Word::WeatherYes];
        let days = row([(Word::DayNo, no), (Word::DaySome, some), (Word::DayYes, yes)]);
        nodes![days, row(weather.map(|word| (word, word)))].into()
    }

    /// A button that gives a mark, or takes it back.
    fn marked(&self, ask: &'static Ask, value: u8, class: &'static str, inside: Vec<Node>) -> Element {
        let (shown, this) = (self.answers, self.clone());
        let on = move || mark(&shown.read().marks, &ask.id) == Some(value);
        let press = move || {
            this.change(|answers| {
                let again = mark(&answers.marks, &ask.id) == Some(value);
                set_mark(&mut answers.marks, &ask.id, (!again).then_some(value));
            });
        };
        button(class, inside, press).live_flag("aria-pressed", on)
    }

    /// Options with drawings, and a field for own words. The answer has the Dutch names of what was chosen.
    fn options(&self, ask: &'static Ask) -> Node {
        let several = ask.kind == AskKind::List;
        let pick = |id: &'static String| {
            let (texts, dutch) = (self.turned.texts, self.turned.dutch);
            let name = dutch.option(id);
            let (shown, this) = (self.answers, self.clone());
            let on = move || answer(&shown.read().answers, &ask.id).split('\n').any(|line| line == name);
            let press = move || {
                this.change(|answers| {
                    let (mut chosen, own) = this.read(ask, answers);
                    match chosen.iter().position(|known| *known == name) {
                        Some(at) => drop(chosen.remove(at)),
                        None if several => chosen.push(name),
                        None => chosen = vec![name],
                    }
                    write(ask, &chosen, &own, answers);
                });
            };
            button("pick", nodes![pictogram(dutch.drawing(id)), self.both(texts.option(id), name)], press)
                .live_flag("aria-pressed", on)
        };
        let this = self.clone();
        let own = this.read(ask, &self.answers.read_untracked()).1;
        let typed = move |text: String| {
            this.change(|answers| {
                let (chosen, _) = this.read(ask, answers);
                write(ask, &chosen, &text, answers);
            });
        };
        let field = el("input")
            .class("input")
            .attr("type", "text")
            .attr("maxlength", OWN_WORDS)
            .attr("autocomplete", "off")
            .attr("dir", "auto")
            .live_value(move || own.clone())
            .on_input(typed);
        nodes![
            p_of("soft", self.word(if several { Word::More } else { Word::One })),
            div("picks", collect_nodes(ask.options.iter().map(pick))),
            el("label").class("field own").children(nodes![self.word(Word::Own), field]),
        ]
        .into()
    }

    /// The Dutch names of the options that were chosen, and the own words.
    fn read(&self, ask: &'static Ask, answers: &ParentAnswers) -> (Vec<&'static str>, String) {
        let names = ask.options.iter().map(|id| self.turned.dutch.option(id)).collect::<Vec<_>>();
        let lines = answer(&answers.answers, &ask.id).split('\n').collect::<Vec<_>>();
        let chosen = names.iter().copied().filter(|name| lines.contains(name)).collect::<Vec<_>>();
        let own = lines.into_iter().filter(|line| !names.contains(line)).collect::<Vec<_>>();
        (chosen, own.join(" "))
    }

    /// Changes the answers and saves all of them.
    fn change(&self, change: impl FnOnce(&mut ParentAnswers)) {
        let mut answers = (*self.answers.read_untracked()).clone();
        change(&mut answers);
        self.answers.set(answers);
        self.keep();
    }

    fn keep(&self) {
        self.kept.set((self.turned.keep)(&self.answers.read_untracked()));
    }

    fn not_kept(&self) -> Node {
        let (kept, this) = (self.kept, self.clone());
        shown_when(
            move || !kept.get(),
            move || p_of("card care", this.word(Word::NotKept)).attr("role", "alert").into(),
        )
    }

    fn end(&self) -> Node {
        let (this, kept) = (self.clone(), self.kept);
        let act = move || {
            if kept.get() {
                let app = this.app;
                return button("button main", nodes![icon(Icon::Unlocked), t::unlock()], move || app.turn_back());
            }
            let again = this.clone();
            button("button main", nodes![t::keep_again()], move || again.keep())
        };
        let back = self.clone();
        let saved = self.clone();
        let state = move || if kept.get() { saved.word(Word::Kept) } else { saved.word(Word::NotKept) };
        let backward = button("button", nodes![self.word(Word::Back)], move || back.go(back.last() - 1));
        div(
            "at-table stack",
            nodes![
                section(
                    "middle",
                    nodes![
                        h1(self.word(Word::Thanks)),
                        p_of("large", self.word(Word::GiveBack)),
                        status("", nodes![p_of("soft", live(state))]),
                    ],
                ),
                action(nodes![backward, live(act)]).class("steps"),
            ],
        )
        .into()
    }
}

/// A question, or a part of the introduction: the content has those in Dutch.
fn or_dutch(text: &'static str, dutch: &'static str) -> &'static str {
    if text.is_empty() { dutch } else { text }
}

/// Writes an answer: a line for each option, and one for the own words.
fn write(ask: &Ask, chosen: &[&str], own: &str, answers: &mut ParentAnswers) {
    let own = own.replace('\n', " ");
    let lines = chosen.iter().copied().chain((!own.trim().is_empty()).then_some(own.as_str()));
    set_answer(&mut answers.answers, &ask.id, &lines.collect::<Vec<_>>().join("\n"));
}
