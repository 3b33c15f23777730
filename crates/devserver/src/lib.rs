//! A small web server for this machine only: it gives out the built app with the headers of
//! production, and lets a browser test take the network away, put an update in place, or break
//! a single file.
//!
//! Invariants: it listens on 127.0.0.1 and nowhere else; it never gives out a file outside the
//! folder it serves; after [`Server::stop`] nothing listens any more.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod headers;
mod http;
mod server;

pub use server::{Config, Fault, Request, Server};
