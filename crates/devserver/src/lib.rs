//! A small web server for this machine only. It serves the built app with the headers of production, and lets a
//! browser test take the network away, publish an update, or make a single file fail.
//!
//! Invariants: it listens on 127.0.0.1 only; it never serves a file outside its folder; after [`Server::stop`]
//! nothing listens.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod headers;
mod http;
mod server;

pub use server::{Config, Fault, Request, Server};
