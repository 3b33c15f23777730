//! What an address shows that does not exist, or no longer.

use naast_core::route::Route;

use super::{div, h1, link, p, two_chairs};
use crate::messages::not_found as t;
use naast_view::{Node, nodes};

/// The page for an address that does not exist, or no longer.
pub fn not_found() -> Node {
    let home = link("button main", &Route::Today, nodes![t::to_today()]);
    let why = p(t::what());
    div("stack", nodes![h1(t::title()), two_chairs(), why, home]).into()
}
