//! The offer of a newer version.

use naast_view::{Element, nodes};

use super::{button, div, p, status, strong};
use crate::messages::update as t;
use crate::state::App;

/// A card that offers the newer version, if one is ready. It is applied when the user says so.
pub fn update_card(app: App) -> Option<Element> {
    app.update_ready.get().then(|| {
        let card = div(
            "card wash stack-s",
            nodes![
                p(strong(t::ready())),
                p(t::hint()),
                button("button wide", nodes![t::apply()], move || app.apply_update()),
            ],
        );
        status("", nodes![card])
    })
}
