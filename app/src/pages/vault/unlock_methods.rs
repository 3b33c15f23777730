//! Unlock methods beside the passphrase: the device lock, and recovery words.

use naast_core::route::{MorePage, Route};
use naast_vault::Device;

use crate::browser::{clock, device_lock, task};
use crate::messages::unlock_methods as t;
use crate::parts::{Icon, button, div, h2, icon, li, link, p, progress, section, ul, unlock_problem};
use crate::session::{Session, UnlockError};
use naast_view::{LocalSignal, Node, live, nodes};

/// The section about them on the page of the open vault.
pub fn unlock_methods(session: Session) -> Node {
    let has = move || {
        if session.has_recovery() { t::have_sheet() } else { t::no_sheet() }
    };
    let paper = section(
        "stack",
        nodes![
            h2(t::sheet()),
            p(live(has)),
            link("button wide", &Route::MorePage(MorePage::Recovery), nodes![t::to_sheet()]),
        ],
    );
    nodes![device_part(session), paper].into()
}

/// The device lock; nothing where this browser cannot open a vault with it.
fn device_part(session: Session) -> Node {
    let offered = LocalSignal::new(false);
    task::spawn(async move { offered.set(device_lock::offered().await) });
    let busy = LocalSignal::new(false);
    let said = LocalSignal::new(String::new());
    let run = move |device: Option<Device>| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set(String::new());
        task::spawn(async move {
            let outcome = match &device {
                None => session.add_device().await,
                Some(device) => session.remove_device(device).await,
            };
            busy.set(false);
            said.set(
                match (outcome, device) {
                    (Ok(()), None) => t::now_on(),
                    (Ok(()), Some(_)) => t::now_off(),
                    (Err(UnlockError::Device(_)), _) => t::failed(),
                    (Err(error), _) => unlock_problem(error),
                }
                .to_owned(),
            );
        });
    };
    let row = move |device: Device| {
        let since = t::since(&clock::day_in_words(clock::day_of(device.made())));
        let off = button("button wide", nodes![t::turn_off()], move || run(Some(device.clone())));
        li(nodes![div("stack-s", nodes![p(since), off])])
    };
    let inside = live(move || {
        let devices = session.devices();
        if !offered.get() && devices.is_empty() {
            return Node::Nothing;
        }
        let act: Node = if devices.is_empty() {
            button("button wide", nodes![icon(Icon::Unlocked), t::turn_on()], move || run(None)).into()
        } else {
            ul("stack", devices.into_iter().map(row).collect::<Vec<_>>()).into()
        };
        section("stack", nodes![h2(t::device()), p(t::device_what()), p(t::device_risk()), act,]).into()
    });
    nodes![inside, progress(busy, t::asking(), said)].into()
}
