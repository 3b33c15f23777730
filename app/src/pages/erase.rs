//! Meer: erasing everything.

use naast_core::route::{MorePage, Place, Route};

use crate::browser::{task, updates};
use crate::labels::Label;
use crate::messages::erase as t;
use crate::parts::{
    Icon, Line, action, button, div, form, h1, h2, icon, kept, li, link, p, p_of, progress, section, status, strong,
    submit, text_line, two_chairs, ul,
};
use crate::state::App;
use naast_view::{Element, LocalSignal, Node, live, nodes};
/// `#/meer/alles-wissen`. It does not need the open vault: users who cannot open it may want to erase it.
pub fn erase(app: App) -> Node {
    let done = LocalSignal::new(false);
    status("", nodes![live(move || if done.get() { erased() } else { ask(app, done) })]).into()
}

fn ask(app: App, done: LocalSignal<bool>) -> Element {
    let typed = LocalSignal::new(String::new());
    let busy = LocalSignal::new(false);
    let problem = LocalSignal::new(String::new());
    let go = move || {
        if busy.get_untracked() {
            return;
        }
        if !typed.read_untracked().trim().eq_ignore_ascii_case(t::word()) {
            problem.set(t::type_word().to_owned());
            return;
        }
        busy.set(true);
        problem.set(String::new());
        task::spawn(async move {
            let gone = app.erase(true).await;
            busy.set(false);
            if gone {
                done.set(true);
            } else {
                problem.set(t::failed().to_owned());
            }
        });
    };
    let first = div(
        "card sun stack-s",
        nodes![
            p(strong(t::keep_heading())),
            p(t::keep()),
            link("button wide", &Route::MorePage(MorePage::Backup), nodes![t::to_backup()]),
        ],
    );
    form(
        "stack-l",
        nodes![
            h1(MorePage::Erase.label()),
            p(t::intro()),
            section(
                "stack-s",
                nodes![
                    h2(t::goes()),
                    live(move || kept(app)),
                    ul(
                        "bullets stack-s",
                        [t::goes_vault(), t::goes_settings(), t::goes_app(),].map(|what| li(nodes![what]))
                    ),
                ]
            ),
            section(
                "stack-s",
                nodes![
                    h2(t::stays()),
                    ul("bullets stack-s", [t::stays_copies(), t::stays_traces(),].map(|what| li(nodes![what]))),
                ]
            ),
            first,
            text_line(t::field(), "", Line::Text, move || typed.get(), move |text| typed.set(text)),
            progress(busy, t::erasing(), problem),
            action(nodes![
                submit("button care main", nodes![icon(Icon::Bin), t::erase()])
                    .live_flag("aria-disabled", move || busy.get())
            ]),
        ],
        go,
    )
}

fn erased() -> Element {
    div(
        "stack",
        nodes![
            h1(t::erased()),
            two_chairs(),
            p(t::erased_hint()),
            p(t::erased_offline()),
            p_of("soft", t::erased_next()),
            button("button wide", nodes![t::start_over()], updates::reload),
            link("button plain", &Place::Questions.route(), nodes![t::to_questions()]),
        ],
    )
}
