//! Reads, checks and compiles the content of Naast.
