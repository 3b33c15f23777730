//! Meer: making an encrypted backup, and restoring one.

use std::rc::Rc;

use js_sys::Array;
use leptos::prelude::untrack;
use naast_core::route::{MorePage, Route};
use naast_vault::backup::{Contents, Refused};

use crate::browser::chosen_file::{ChosenFile, chosen};
use crate::browser::download::{File, made_of, save};
use crate::browser::{clock, share, task, updates};
use crate::messages::backup as t;
use crate::parts::{
    Icon, button, div, folded, form, h2, icon, link, p, p_of, passphrase_form, secret_line, section, show_typed,
    status, strong, submit, trouble,
};
use crate::session::{Access, BackupError, Opened, Saving, Session};
use crate::state::{App, what_to_do};
use naast_view::{Element, LocalSignal, Node, el, live, nodes};

/// `#/meer/reservekopie`. It needs the open vault, except for restoring a backup on a phone without a vault or with
/// a lost header.
pub fn backup(app: App) -> Node {
    let making = move || match *app.session.access.read() {
        Access::Open => untrack(|| make(app)),
        _ => p(t::no_vault()).into(),
    };
    div("stack-l", nodes![live(making), section("stack", nodes![h2(t::restore_heading()), back(app)])]).into()
}

// ---- making a backup ----------------------------------------------------

/// Long work on a file: its progress, and whether it is still wanted.
#[derive(Clone, Copy)]
struct Work {
    /// Bytes done, and all bytes.
    done: LocalSignal<(u32, u32)>,
    /// Whether it is running. Disposed of with the page, which stops the work too.
    goes_on: LocalSignal<bool>,
    problem: LocalSignal<&'static str>,
}

impl Work {
    fn new() -> Self {
        Self { done: LocalSignal::new((0, 0)), goes_on: LocalSignal::new(false), problem: LocalSignal::new("") }
    }

    /// Starts, unless it is running.
    fn starts(self) -> bool {
        let free = !self.goes_on.get_untracked();
        self.problem.set("");
        self.done.set((0, 0));
        self.goes_on.set(true);
        free
    }

    fn pace(self) -> impl Fn(u32, u32) -> bool {
        move |done, of| {
            self.done.set((done, of));
            self.goes_on.get_untracked()
        }
    }

    fn ends(self, outcome: Result<(), BackupError>) {
        self.goes_on.set(false);
        if let Err(error) = outcome {
            self.problem.set(backup_problem(error));
        }
    }

    /// The progress of the work, a way to stop it, and what went wrong.
    fn shown(self, doing: &'static str) -> Node {
        let bar = move || {
            let (done, of) = self.done.get();
            let bar = el("progress").class("measure").attr("aria-label", doing);
            if of > 0 { bar.attr("max", of.to_string()).attr("value", done.to_string()) } else { bar }
        };
        let going = move || {
            let stop = move || self.goes_on.set(false);
            self.goes_on
                .get()
                .then(|| div("stack-s", nodes![p(doing), live(bar), button("button wide", nodes![t::stop()], stop)]))
        };
        let problem = move || Some(self.problem.get()).filter(|text| !text.is_empty()).map(|text| p_of("card", text));
        status("stack-s", nodes![live(going), live(problem)]).into()
    }
}

fn make(app: App) -> Node {
    let (work, file, own) = (Work::new(), LocalSignal::new(None::<File>), LocalSignal::new(false));
    let last = move || app.settings.read().backed_up.map(|day| p_of("soft", t::last(&clock::day_in_words(day))));
    let start = move || {
        if work.starts() {
            task::spawn(async move {
                let outcome = app.session.backup(None, &work.pace()).await;
                work.ends(outcome.and_then(|pieces| hand_over(app, file, &pieces)));
            });
        }
    };
    let inside = move || {
        if let Some(made) = file.get() {
            return handed_over(made, file);
        }
        if own.get() {
            return untrack(|| with_its_own(app, file));
        }
        div(
            "stack",
            nodes![
                p(t::what_for()),
                p(t::sealed()),
                live(last),
                button("button main", nodes![t::make()], start).live_flag("aria-disabled", move || work.goes_on.get()),
                work.shown(t::making()),
                button("button plain", nodes![t::own_passphrase()], move || own.set(true)),
            ],
        )
        .into()
    };
    section("stack", nodes![live(inside)]).into()
}

/// A backup with a passphrase of its own.
fn with_its_own(app: App, file: LocalSignal<Option<File>>) -> Node {
    let why = nodes![h2(t::passphrase()), p(t::passphrase_hint())];
    passphrase_form(app, why, t::make(), t::making(), move |passphrase, form| {
        task::spawn(async move {
            // Disposed of with the page: then the file is no longer wanted.
            let outcome = app.session.backup(Some(&passphrase), &|_, _| form.busy.get_untracked()).await;
            form.busy.set(false);
            if let Err(error) = outcome.and_then(|pieces| hand_over(app, file, &pieces)) {
                form.problem.set(backup_problem(error).to_owned());
            }
        });
    })
}

/// Makes the file and hands it to the user.
fn hand_over(app: App, file: LocalSignal<Option<File>>, pieces: &Array) -> Result<(), BackupError> {
    let name = format!("naast-{}.naast", clock::today().iso());
    let made = made_of(&name, "application/octet-stream", pieces).map_err(|_| BackupError::TooLarge)?;
    save(&made).map_err(|_| BackupError::TooLarge)?;
    app.change_settings(|settings| settings.backed_up = Some(clock::today()));
    file.set(Some(made));
    Ok(())
}

fn handed_over(made: File, file: LocalSignal<Option<File>>) -> Node {
    let (shared, again) = (made.clone(), made.clone());
    let share = share::takes(&made).then(|| {
        button("button wide", nodes![t::share()], move || {
            let made = shared.clone();
            // A user who cancels the share sheet can try again.
            task::spawn(async move {
                let _ = share::share(&made).await;
            });
        })
    });
    // An integer: formatting floats takes 8 kB of code.
    let size = (made.size() / 1000.0).ceil() as u32;
    status(
        "stack",
        nodes![
            div(
                "card wash stack-s",
                nodes![
                    p(strong(t::made())),
                    p(t::where_()),
                    p_of("soft small", format!("{} · {size} kB", made.name())),
                ],
            ),
            share,
            button("button wide", nodes![t::save_again()], move || {
                // What cannot be saved now was saved before.
                let _ = save(&again);
            }),
            button("button plain", nodes![t::done()], move || file.set(None)),
        ],
    )
    .into()
}

// ---- restoring a backup -------------------------------------------------

/// How far restoring a backup has come.
#[derive(Default)]
enum Step {
    /// No file is chosen.
    #[default]
    Choose,
    /// A passphrase is needed.
    Ask(ChosenFile),
    /// The backup is open; its content is shown.
    Show(Rc<Contents>, Opened),
    /// The backup was restored; it is shown as done once it is saved.
    Done,
}

fn back(app: App) -> Node {
    let session = app.session;
    let step = LocalSignal::new(Step::Choose);
    let work = Work::new();
    let typed = LocalSignal::new(String::new());
    let shown = LocalSignal::new(false);
    let open = move |file: ChosenFile, asked: bool| {
        if !work.starts() {
            return;
        }
        task::spawn(async move {
            let words = typed.get_untracked();
            let outcome = session.open_backup(&file, asked.then_some(&*words), &work.pace()).await;
            work.ends(match outcome {
                Ok(opened) => {
                    typed.set(String::new());
                    step.set(Step::Show(Rc::new(session.compared(&opened)), opened));
                    Ok(())
                }
                Err(BackupError::OtherKey) if !asked => {
                    step.set(Step::Ask(file));
                    Ok(())
                }
                Err(error) => Err(error),
            });
        });
    };
    let inside = move || match &*step.read() {
        Step::Choose => div("stack", nodes![live(move || given(app, open)), choose(open)]).into(),
        Step::Ask(file) => {
            let file = file.clone();
            let why = if session.is_open() { t::other_passphrase() } else { t::other_passphrase_hint() };
            form(
                "stack",
                nodes![
                    p(why),
                    secret_line(t::copy_passphrase(), "", "off", move || shown.get(), typed),
                    show_typed(shown),
                    submit("button main", nodes![t::open()]).live_flag("aria-disabled", move || work.goes_on.get()),
                    button("button wide", nodes![t::another_file()], move || step.set(Step::Choose)),
                ],
                move || open(file.clone(), true),
            )
            .into()
        }
        Step::Show(contents, opened) => show(session, step, work, contents, opened),
        Step::Done => live(move || done(session)),
    };
    nodes![live(inside), work.shown(t::opening())].into()
}

/// A file that came from outside: the phone opened the app with it.
fn given(app: App, open: impl Fn(ChosenFile, bool) + Copy + 'static) -> Option<Element> {
    app.given.get().map(|file| {
        let look = move || {
            app.given.set(None);
            open(file.clone(), false);
        };
        div("card wash stack-s", nodes![p(strong(t::given())), button("button main", nodes![t::look_inside()], look)])
    })
}

fn choose(open: impl Fn(ChosenFile, bool) + 'static) -> Element {
    let field = el("input").attr("type", "file").on("change", move |event| {
        if let Some(file) = chosen(&event) {
            open(file, false);
        }
    });
    // The browser's own file field is small, and in the language of the phone.
    let field = el("label").class("button wide over").children(nodes![t::choose_file(), field]);
    let from_phone = link("button wide", &Route::MorePage(MorePage::Transfer), nodes![t::from_phone()]);
    div("stack", nodes![p(t::look_first()), field, from_phone])
}

/// What is in the file, before anything changes.
fn show(session: Session, step: LocalSignal<Step>, work: Work, contents: &Contents, opened: &Opened) -> Node {
    let [families, visits, questions, concerns] = contents.counts;
    let open = session.is_open();
    let names = contents.families.join(", ");
    let mut lines = vec![
        t::made_on(&clock::day_in_words(clock::day_of(contents.made))),
        if names.is_empty() { t::no_families().to_owned() } else { t::families(families, &names) },
        t::contents(&visits, &questions, &concerns),
    ];
    if open {
        lines.push(t::compared(&contents.added, &contents.changed));
    }
    let lost = contents.newer + contents.broken + contents.blocked;
    let lost = (lost > 0).then(|| p(t::lost(lost)));
    let opened = Rc::new(opened.clone());
    let put = move |in_place: bool| {
        let opened = opened.clone();
        move || {
            if work.starts() {
                let opened = (*opened).clone();
                task::spawn(async move {
                    let outcome = session.put_back(opened, in_place).await;
                    if outcome.is_ok() {
                        updates::ask_to_persist();
                        step.set(Step::Done);
                    }
                    work.ends(outcome);
                });
            }
        }
    };
    let only_here = contents.only_here;
    let replace = open.then(|| {
        folded(
            t::replace_heading(),
            nodes![
                p(t::replace_hint(only_here)),
                button("button care main", nodes![icon(Icon::Bin), t::replace()], put(true)),
            ],
        )
    });
    let what_happens = if open { t::merge_hint() } else { t::new_passphrase() };
    div(
        "stack",
        nodes![
            div("card stack-s", lines.into_iter().map(|line| p(line).into()).collect::<Vec<Node>>())
                .attr("dir", "auto"),
            lost,
            p_of("soft", what_happens),
            button("button main", nodes![if open { t::merge() } else { t::restore() }], put(false)),
            replace,
            button("button wide", nodes![t::cancel()], move || step.set(Step::Choose)),
        ],
    )
    .into()
}

/// Says that the backup is restored only once it is saved.
fn done(session: Session) -> Node {
    match &*session.saving.read() {
        Saving::Busy => nodes![p(t::saving()), div("spinner", vec![])].into(),
        Saving::Failed(error) => trouble(t::not_saved(), t::not_saved_safe(), what_to_do(error)).into(),
        Saving::Kept => status(
            "stack",
            nodes![p_of("card wash", t::restored()), link("button main", &Route::Families, nodes![t::to_families()]),],
        )
        .into(),
    }
}

/// What went wrong, and that nothing changed.
fn backup_problem(error: BackupError) -> &'static str {
    match error {
        BackupError::Refused(Refused::Foreign) => t::not_a_backup(),
        BackupError::Refused(Refused::Newer) => t::newer(),
        BackupError::Refused(Refused::Cut) | BackupError::Unreadable => t::incomplete(),
        BackupError::Refused(Refused::Altered) => t::damaged(),
        BackupError::OtherKey => t::wrong_passphrase(),
        BackupError::NotDerived => t::out_of_memory(),
        BackupError::TooLarge => t::not_made(),
        BackupError::Stopped => t::stopped(),
        BackupError::Store(_) => t::full(),
        BackupError::Exists => t::vault_here(),
    }
}
