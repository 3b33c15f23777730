//! What people do with Naast, one file per concern.

use crate::runner::Scenario;

mod around;
mod backup;
mod bad_input;
mod damage;
mod every_screen;
mod harness;
mod journey;
mod over_time;
mod safe;
mod tabs;
mod transfer;
mod typing;
mod unlocking;
mod updates;
mod vault;
mod whole_visit;
mod with_parent;

/// Every scenario, in the order in which they run.
#[must_use]
pub fn all() -> Vec<Scenario> {
    [
        harness::SCENARIOS,
        journey::SCENARIOS,
        vault::SCENARIOS,
        unlocking::SCENARIOS,
        safe::SCENARIOS,
        whole_visit::SCENARIOS,
        with_parent::SCENARIOS,
        over_time::SCENARIOS,
        typing::SCENARIOS,
        bad_input::SCENARIOS,
        damage::SCENARIOS,
        backup::SCENARIOS,
        tabs::SCENARIOS,
        transfer::SCENARIOS,
        updates::SCENARIOS,
        around::SCENARIOS,
        every_screen::SCENARIOS,
    ]
    .concat()
}
