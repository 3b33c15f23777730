//! The screens, one file per place; thin, with the logic in `naast-core`.

pub mod attitude;
pub mod cards;
pub mod families;
pub mod family_edit;
pub mod help;
pub mod more;
pub mod more_data;
pub mod own_question;
pub mod questions;
pub mod today;
pub mod unlock;
pub mod vault_new;
pub mod visit;

use leptos::prelude::*;
use naast_core::route::Route;

use crate::parts::{to, two_chairs};

/// An address that means nothing here, or no longer.
pub fn not_found() -> AnyView {
    view! {
        <div class="stack">
            <h1 tabindex="-1">"Hier ligt niets"</h1>
            {two_chairs()}
            <p>"Dit adres bestaat niet, of wat hier lag is weggehaald."</p>
            <a class="button main" href=to(Route::Today)>"Naar Vandaag"</a>
        </div>
    }
    .into_any()
}
