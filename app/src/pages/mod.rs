//! The pages, one file each; thin, with the logic in `naast-core`.

pub mod attitude;
pub mod backup;
pub mod cards;
pub mod concern;
pub mod course;
pub mod erase;
pub mod families;
pub mod family_edit;
pub mod farewell;
pub mod find;
pub mod help;
pub mod more;
pub mod more_data;
pub mod own_question;
pub mod practice;
pub mod questions;
pub mod recovery;
pub mod today;
pub mod transfer;
pub mod unlock;
pub mod unlock_methods;
pub mod vault_new;
pub mod visit;

use naast_core::route::Route;

use crate::messages::not_found as t;
use crate::parts::{div, h1, link, p, two_chairs};
use naast_view::Node;
use naast_view::nodes;

/// The page for an address that does not exist, or no longer.
pub fn not_found() -> Node {
    let home = link("button main", &Route::Today, nodes![t::to_today()]);
    let why = p(t::what());
    div("stack", nodes![h1(t::title()), two_chairs(), why, home]).into()
}
