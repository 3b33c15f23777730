//! Runs the end-to-end scenarios.
//!
//! `e2e [--engine chromium|firefox|webkit|all]… [--dist FOLDER] [--at-once N] [--list] [part of a name]`
#![allow(clippy::print_stdout, reason = "its words are its work")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use naast_e2e::engine::Engine;
use naast_e2e::runner::{Plan, interrupted, run};
use naast_e2e::scenarios;

#[tokio::main]
async fn main() -> ExitCode {
    e2e().await.unwrap_or_else(|error| {
        println!("{error:#}");
        ExitCode::FAILURE
    })
}

async fn e2e() -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no folder above")?.to_owned();
    let mut plan = Plan {
        engines: Vec::new(),
        dist: root.join("dist"),
        only: String::new(),
        at_once: 3,
        evidence: root.join("target/e2e"),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("{argument} wants a value"));
        match argument.as_str() {
            "--engine" => match value()?.as_str() {
                "all" => plan.engines.extend(Engine::ALL),
                name => plan.engines.push(Engine::named(name).with_context(|| format!("no engine is called {name}"))?),
            },
            "--dist" => plan.dist = PathBuf::from(value()?),
            "--at-once" => plan.at_once = value()?.parse().context("--at-once wants a number")?,
            "--list" => {
                for scenario in scenarios::all() {
                    println!("{}", scenario.name);
                }
                return Ok(ExitCode::SUCCESS);
            }
            _ if argument.starts_with("--") => bail!("unknown option {argument}"),
            _ => plan.only = argument,
        }
    }
    if plan.engines.is_empty() {
        plan.engines.extend(Engine::ALL);
    }
    // A signal must let the browsers end first: they end when their owners are dropped.
    let all = scenarios::all();
    let tally = tokio::select! {
        tally = run(plan, &all) => tally?,
        () = interrupted() => bail!("interrupted"),
    };
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
