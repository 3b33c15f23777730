//! The domain of Naast: the principles of partnership, the question bank, and the worker's records of visits.
//!
//! **Architecture invariant:** this crate has no clock, no random numbers, no DOM, no storage and no IO. Time,
//! randomness and texts come in as arguments, so nothing here can fail for reasons outside the arguments.

pub mod backup;
pub mod bank;
pub mod calendar;
pub mod capacity;
pub mod content;
#[cfg(test)]
#[path = "../../../fuzz/replay.rs"]
mod corpus;
pub mod course;
pub mod export;
pub mod find;
pub mod fold;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod hints;
pub mod intervision;
pub mod merge;
pub mod parent;
pub mod propose;
pub mod records;
pub mod retention;
pub mod route;
pub mod search;
pub mod settings;
pub mod suggest;
pub mod time;
pub mod today;
pub mod typo;
pub mod visits;

#[cfg(test)]
mod test_content;
