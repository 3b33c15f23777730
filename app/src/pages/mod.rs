//! The pages, one file or folder each; thin, with the logic in `naast-core`.
//!
//! Pages do not import each other: what several of them show is in `parts`.

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
pub mod today;
pub mod together;
pub mod transfer;
pub mod vault;
pub mod visit;
