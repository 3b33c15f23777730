//! The reminder to make a backup.

use naast_core::backup::{Kept, is_due};
use naast_core::route::{MorePage, Route};
use naast_view::{LocalSignal, Node, live, nodes};

use super::{button, div, link, p, section, strong};
use crate::browser::{clock, task, updates};
use crate::messages::backup_reminder as t;
use crate::session::Access;
use crate::state::App;

/// A quiet card, shown when the last backup is long ago and there is something to lose.
pub fn backup_reminder(app: App) -> Node {
    let persisted = LocalSignal::new(false);
    task::spawn(async move { persisted.set(updates::promised().await) });
    live(move || {
        if !matches!(*app.session.access.read(), Access::Open) {
            return None;
        }
        let settings = app.settings.read();
        let (visits, newest) = app.session.with_visits(|all| (all.len(), all.iter().map(|visit| visit.day).max()));
        let kept = Kept {
            visits,
            newest,
            backed_up: settings.backed_up,
            put_off: settings.backup_put_off,
            promised: persisted.get(),
        };
        let put_off = move || app.change_settings(|settings| settings.backup_put_off = Some(clock::today()));
        is_due(&kept, clock::today()).then(|| {
            section(
                "card stack-s",
                nodes![
                    p(strong(t::alone())),
                    p(t::hint()),
                    div(
                        "row",
                        nodes![
                            link("button", &Route::MorePage(MorePage::Backup), nodes![t::make()]),
                            button("button plain", nodes![t::not_now()], put_off),
                        ],
                    ),
                ],
            )
        })
    })
}
