//! Meer: recovery words on paper, which open the vault when its passphrase is forgotten.

use std::rc::Rc;

use naast_core::route::{MorePage, Route};
use naast_vault::{Entropy, Passphrase, RECOVERY_WORDS, recovery_words};

use crate::browser::{clock, random, task};
use crate::messages::recovery as t;
use crate::parts::{
    Icon, action, button, div, folded, form, h2, icon, li, link, p, p_of, progress, secret_line, section, show_typed,
    submit, unlock_problem, word_list,
};
use crate::session::Session;
use crate::state::App;
use naast_view::{Element, LocalSignal, Node, el, live, nodes};

/// How far creating a new sheet has come.
#[derive(Default, Clone)]
enum Step {
    /// Not started.
    #[default]
    Ask,
    /// The words are on the screen; they open nothing yet.
    Show(Rc<Passphrase>),
    /// Two of the words are checked, by their places.
    Check(Rc<Passphrase>, [usize; 2]),
    /// The words open the vault.
    Done,
}

/// `#/meer/herstelblad`; it needs the open vault.
pub fn recovery(app: App) -> Node {
    let session = app.session;
    let step = LocalSignal::new(Step::Ask);
    let said = LocalSignal::new(String::new());
    let busy = LocalSignal::new(false);
    let sheet = move || match &*step.read() {
        Step::Ask => div("stack-l", nodes![ask(session, step, busy, said), take_back(session, busy, said)]),
        Step::Show(words) => show(session, step, words),
        Step::Check(words, places) => check(session, step, busy, said, words, *places),
        Step::Done => div(
            "stack",
            nodes![
                p_of("card", t::works()),
                p(t::keep_home()),
                link("button wide", &Route::MorePage(MorePage::Vault), nodes![t::to_vault()]),
            ],
        ),
    };
    nodes![live(sheet), progress(busy, t::deriving(), said)].into()
}

/// What a sheet is, and a field for the passphrase: an open vault alone does not allow a new unlock method.
fn ask(session: Session, step: LocalSignal<Step>, busy: LocalSignal<bool>, said: LocalSignal<String>) -> Element {
    let typed = LocalSignal::new(String::new());
    let shown = LocalSignal::new(false);
    let make = move || {
        let passphrase = Passphrase::from_typed(&typed.read_untracked());
        if busy.get_untracked() || passphrase.reveal().is_empty() {
            return;
        }
        busy.set(true);
        said.set(String::new());
        task::spawn(async move {
            let known = session.knows(&passphrase).await;
            busy.set(false);
            match (known, recovery_words(&word_list(), &mut random::Platform)) {
                (Ok(()), Ok(words)) => step.set(Step::Show(Rc::new(words))),
                (Err(error), _) => said.set(unlock_problem(error).to_owned()),
                // The build checks that there are enough words.
                (_, Err(_)) => {}
            }
        });
    };
    let now = move || {
        if session.has_recovery() { t::have_one() } else { t::have_none() }
    };
    let act = live(move || if session.has_recovery() { t::make_new() } else { t::make() });
    form(
        "stack",
        nodes![
            p(t::what()),
            p(t::without()),
            p_of("card", live(now)),
            secret_line(t::passphrase(), "", "current-password", move || shown.get(), typed),
            show_typed(shown),
            action(nodes![submit("button main", nodes![act]).live_flag("aria-disabled", move || busy.get())]),
        ],
        make,
    )
}

/// Removing a sheet that is lost or not wanted.
fn take_back(session: Session, busy: LocalSignal<bool>, said: LocalSignal<String>) -> Node {
    let take = move || {
        task::spawn(async move {
            busy.set(true);
            let outcome = session.set_recovery(None).await;
            busy.set(false);
            said.set(
                match outcome {
                    Ok(()) => t::removed(),
                    Err(error) => unlock_problem(error),
                }
                .to_owned(),
            );
        });
    };
    live(move || {
        session.has_recovery().then(|| {
            folded(
                t::remove_heading(),
                nodes![div(
                    "stack-s",
                    nodes![p(t::remove_hint()), button("button care main", nodes![icon(Icon::Bin), t::remove()], take),]
                )],
            )
        })
    })
}

/// The words, to copy or to print. The print shows nothing else.
fn show(session: Session, step: LocalSignal<Step>, words: &Rc<Passphrase>) -> Element {
    let rows = words.reveal().split(' ').map(|word| li(nodes![word.to_owned()])).collect::<Vec<_>>();
    let until = if session.has_recovery() { t::old_until() } else { t::not_yet() };
    let words = words.clone();
    let written = move || {
        let mut drawn = [0; 2];
        random::Platform.fill(&mut drawn);
        let first = usize::from(drawn[0]) % RECOVERY_WORDS;
        let second = (first + 1 + usize::from(drawn[1]) % (RECOVERY_WORDS - 1)) % RECOVERY_WORDS;
        step.set(Step::Check(words.clone(), [first.min(second), first.max(second)]));
    };
    div(
        "stack",
        nodes![
            p_of("no-print", nodes![t::copy_words(), " ", until]),
            section(
                "card stack on-paper",
                nodes![
                    h2(t::sheet_title()),
                    p_of("soft", t::made_on(&clock::day_in_words(clock::today()))),
                    el("ol").children(rows.into_iter().map(Node::from).collect::<Vec<_>>()),
                    p(t::sheet_how()),
                    p(t::sheet_keep()),
                ],
            ),
            div(
                "stack no-print",
                nodes![
                    button("button wide", nodes![t::print()], crate::browser::print),
                    action(nodes![button("button main", nodes![t::written()], written)]),
                ],
            ),
        ],
    )
}

/// Checks two words. Only when they are right the new sheet is valid, and the old one no longer is.
fn check(
    session: Session,
    step: LocalSignal<Step>,
    busy: LocalSignal<bool>,
    said: LocalSignal<String>,
    words: &Rc<Passphrase>,
    places: [usize; 2],
) -> Element {
    let typed = places.map(|_| LocalSignal::new(String::new()));
    let again = words.clone();
    let words = words.clone();
    let keep = move || {
        if busy.get_untracked() {
            return;
        }
        for (place, typed) in places.into_iter().zip(typed) {
            let typed = Passphrase::from_recovery_words(&typed.read_untracked());
            if words.reveal().split(' ').nth(place) != Some(typed.reveal()) {
                said.set(t::wrong(&t::word(&(place + 1))));
                return;
            }
        }
        busy.set(true);
        said.set(String::new());
        let words = words.clone();
        task::spawn(async move {
            let outcome = session.set_recovery(Some(&words)).await;
            busy.set(false);
            match outcome {
                Ok(()) => step.set(Step::Done),
                Err(error) => said.set(unlock_problem(error).to_owned()),
            }
        });
    };
    let back = move || {
        said.set(String::new());
        step.set(Step::Show(again.clone()));
    };
    let field =
        |(place, typed): (usize, LocalSignal<String>)| secret_line(t::word(&(place + 1)), "", "off", || true, typed);
    form(
        "stack",
        nodes![
            p(t::check()),
            places.into_iter().zip(typed).map(field).collect::<Node>(),
            button("button plain", nodes![t::show_again()], back),
            action(nodes![submit("button main", nodes![t::done()]).live_flag("aria-disabled", move || busy.get())]),
        ],
        keep,
    )
}
