//! The commands of this project. `cargo xtask` without arguments lists them.
//!
//! Prerequisites: git, rustup and a C linker; everything else is fetched if it is missing.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
// A command line tool talks to its terminal.
#![allow(clippy::print_stdout)]

mod browsers;
mod build;
mod check;
mod compress;
#[cfg(test)]
mod contributing;
mod dependencies;
mod files;
mod html;
mod kill_test;
#[cfg(test)]
mod modules;
mod packages;
mod post_build;
mod reproduce;
mod sbom;
mod shell;
mod size;
mod split;
mod tally;
mod tools;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use naast_devserver::{Config, Server};

use crate::shell::{cargo, root, run, say};
use crate::tools::Toolbox;

const HELP: &str = "\
cargo xtask serve [--port 8080]   build the release app and serve it at http://127.0.0.1:8080
cargo xtask test [--fast]         everything; --fast leaves out the browsers and the release build
            [--engine NAME]       only this browser: chromium, firefox or webkit (may be repeated)
cargo xtask build                 build the release app into dist/
cargo xtask screenshots [...]     pictures of every screen, into target/screenshots/
cargo xtask bench [...]           how fast the vault, the start and the search are
cargo xtask kill-test [--short]   kills browsers while text is typed: is all there that was said to be saved?
            [--engine NAME] [--kills N] [--seed N]
cargo xtask size [--write]        size of every shipped file; --write keeps the table in docs/size.tsv
cargo xtask reproduce             build what is committed twice, in two places, and compare every byte
cargo xtask sbom                  what the app is made of, as CycloneDX, into target/naast.cdx.json
cargo xtask deny [CHECK]          licences, sources, doubles and advisories, with cargo-deny
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<ExitCode> {
    match words {
        ["serve", options @ ..] => serve(port(options)?)?,
        ["test", options @ ..] => return check::test(&check::Options::parse(options)?),
        ["build"] => build::build()?,
        ["screenshots", more @ ..] => screenshots(more)?,
        ["bench", more @ ..] => bench(more)?,
        ["kill-test", options @ ..] => kill_test::kill_test(options)?,
        ["size"] => size::command(false)?,
        ["size", "--write"] => size::command(true)?,
        ["reproduce"] => reproduce::reproduce()?,
        ["sbom"] => sbom::write()?,
        ["deny", checks @ ..] => dependencies::deny(checks)?,
        // Called by Trunk, see Trunk.toml.
        ["post-build"] => post_build::hook()?,
        [] | ["help" | "--help" | "-h"] => print!("{HELP}"),
        _ => bail!("unknown: cargo xtask {}\n\n{HELP}", words.join(" ")),
    }
    Ok(ExitCode::SUCCESS)
}

fn port(options: &[&str]) -> Result<u16> {
    match options {
        [] => Ok(8080),
        ["--port", port] => port.parse().with_context(|| format!("--port {port}: a port is a number up to 65535")),
        _ => bail!("unknown: cargo xtask serve {}\n\n{HELP}", options.join(" ")),
    }
}

fn serve(port: u16) -> Result<()> {
    build::build()?;
    let server = Server::start(Config::new(build::dist()).port(port)).with_context(|| {
        format!(
            "cannot listen on 127.0.0.1:{port}. If something else uses that port, run:\n  \
             cargo xtask serve --port {}",
            port.wrapping_add(1).max(1024)
        )
    })?;
    let port = server.port();
    println!("\nNaast is at {}", server.url());
    println!("On an Android phone over USB (with USB debugging on), run:");
    println!("  adb reverse tcp:{port} tcp:{port}");
    println!("and open http://127.0.0.1:{port}/ on the phone. Ctrl-C stops.");
    server.wait();
    Ok(())
}

fn screenshots(more: &[&str]) -> Result<()> {
    build::build()?;
    let tools = Toolbox::for_browsers(&browsers::Engine::ALL)?;
    say("Taking screenshots of every screen into target/screenshots/ (some minutes)");
    run(tools
        .cargo()
        .args(["run", "--quiet", "-p", "naast-e2e", "--bin", "screenshots", "--"])
        .args(["--dist", "dist", "--out", "target/screenshots"])
        .args(more))
}

fn bench(more: &[&str]) -> Result<()> {
    say("Measuring the vault (about a minute, and longer the first time)");
    run(cargo().args(["bench", "-p", "naast-vault"]))?;
    build::build()?;
    let tools = Toolbox::for_browsers(&[browsers::Engine::Chromium])?;
    say("Measuring start and search in Chromium (about a minute)");
    run(tools
        .cargo()
        .args(["run", "--quiet", "-p", "naast-e2e", "--bin", "bench", "--"])
        .args(["--dist", "dist"])
        .args(more))?;
    println!("Measured in {}", root().display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_number() {
        assert_eq!(port(&[]).unwrap(), 8080);
        assert_eq!(port(&["--port", "9000"]).unwrap(), 9000);
        for bad in [&["--port"][..], &["--port", "99999"], &["9000"]] {
            assert!(port(bad).is_err());
        }
    }

    #[test]
    fn an_unknown_command_is_an_error_that_lists_the_commands() {
        let error = dispatch(&["sevre"]).unwrap_err().to_string();
        assert!(error.contains("sevre") && error.contains("cargo xtask serve"));
    }
}
