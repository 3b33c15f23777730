//! What people do with Naast, one file per concern.

use crate::runner::Scenario;

mod harness;

/// Every scenario, in the order in which they run.
#[must_use]
pub fn all() -> Vec<Scenario> {
    harness::SCENARIOS.to_vec()
}
