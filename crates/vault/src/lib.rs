//! The sealed records of Naast.
