//! `cargo xtask test`: all checks, with a count of those that passed.
//!
//! A check that fails does not hide the ones after it.

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::browsers::{self, Engine};
use crate::build;
use crate::dependencies;
use crate::kill_test;
use crate::shell::{cargo, line, run, say};
use crate::size;
use crate::tally::Tally;
use crate::tools::{Toolbox, component, wasm_target};

/// What to leave out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// Without the release build and the browsers. Sizes are checked only if `dist/` is up to date.
    fast: bool,
    engines: Vec<Engine>,
}

impl Options {
    /// # Errors
    /// If an option is unknown.
    pub(crate) fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self { fast: false, engines: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--fast" => options.fast = true,
                "--engine" => {
                    let name = words.next().copied().unwrap_or_default();
                    let engine = Engine::from_name(name)
                        .with_context(|| format!("--engine {name}: chromium, firefox or webkit"))?;
                    options.engines.push(engine);
                }
                other => bail!("unknown: cargo xtask test {other}"),
            }
        }
        if options.engines.is_empty() {
            options.engines = Engine::ALL.to_vec();
        }
        Ok(options)
    }
}

/// Runs the checks; the last line says how many passed and failed.
///
/// # Errors
/// None for a failed check, which is counted and gives the exit code.
pub(crate) fn test(options: &Options) -> Result<ExitCode> {
    let mut tally = native();
    if options.fast {
        if build::is_fresh() {
            tally += sizes();
        } else {
            say("Sizes and browsers left out: no fresh build, and --fast makes none");
        }
    } else {
        say("The release app");
        let built = passed(build::build());
        tally += Tally::of(built);
        if built {
            tally += sizes();
            tally += suites(&options.engines);
        }
    }
    println!("\n{tally}");
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Everything that needs neither a release build nor a browser.
fn native() -> Tally {
    let mut tally = Tally::default();
    say("Formatting");
    tally += ready_gate(component("rustfmt", "fmt"), cargo().args(["fmt", "--all", "--check"]));

    say("Dependencies: reasons and licences");
    tally += Tally::of(passed(dependencies::check()));

    // First, because the app does not compile if the content has a problem.
    say("Content (a minute the first time)");
    tally += harness(cargo().args(["test", "-p", "naast-content"]));

    say("Clippy (a few minutes the first time)");
    let deny = ["--", "-D", "warnings"];
    let ready = component("clippy", "clippy");
    tally += ready_gate(ready, cargo().args(["clippy", "--workspace", "--all-targets"]).args(deny));
    let wasm = ["clippy", "--target", "wasm32-unknown-unknown", "-p", "naast"];
    tally += ready_gate(wasm_target(), cargo().args(wasm).args(deny));

    say("Unit, property and doc tests (a few minutes the first time)");
    let rest = ["test", "--workspace", "--exclude", "naast-content", "--no-fail-fast"];
    tally += harness(cargo().args(rest));
    tally
}

fn sizes() -> Tally {
    say("What a first visit downloads");
    Tally::of(passed(size::gate()))
}

fn suites(engines: &[Engine]) -> Tally {
    let mut tally = Tally::default();
    let mut run = vec!["run", "--quiet", "-p", "naast-e2e", "--", "--dist", "dist"];
    // If one engine is missing, the others are tested all the same.
    let (there, absent): (Vec<_>, Vec<_>) =
        engines.iter().map(|engine| (*engine, browsers::ensure(&[*engine]))).partition(|(_, found)| found.is_ok());
    for (_, missing) in absent {
        tally += Tally::of(passed(missing));
    }
    let there: Vec<Engine> = there.into_iter().map(|(engine, _)| engine).collect();
    for engine in &there {
        run.extend(["--engine", engine.name()]);
    }
    if !there.is_empty() {
        say("The app in browsers, three at a time (about 20 minutes)");
        tally += match Toolbox::for_browsers(&there) {
            Ok(tools) => suite(tools.cargo().args(run)),
            Err(error) => Tally::of(passed(Err(error))),
        };
    }
    if there.contains(&Engine::Chromium) {
        say("The development build, as plain Trunk makes it (some minutes the first time)");
        tally += match build::development() {
            Ok(folder) => {
                suite(cargo().args(["run", "--quiet", "-p", "naast-e2e", "--bin", "plain", "--"]).arg(folder))
            }
            Err(error) => Tally::of(passed(Err(error))),
        };
        tally += Tally::of(passed(kill_test::kill_test(&["--short"])));
    }
    tally
}

/// Whether it succeeded; an error is printed.
fn passed(result: Result<()>) -> bool {
    if let Err(error) = &result {
        println!("FAILED: {error:#}");
    }
    result.is_ok()
}

/// A command that is one check, if its requirements are met.
fn ready_gate(ready: Result<()>, command: &mut Command) -> Tally {
    Tally::of(passed(ready.and_then(|()| run(command))))
}

/// `cargo test`: counts the tests of every harness. If it fails without a failed test (it did not compile), that
/// counts as one failure.
fn harness(command: &mut Command) -> Tally {
    let mut tally = Tally::default();
    let result = follow(command, |line| {
        if let Some(more) = Tally::from_libtest(line) {
            tally += more;
        }
    });
    if !passed(result) && tally.failed == 0 {
        tally += Tally::FAIL;
    }
    tally
}

/// A program of this project whose last line is a tally. A missing tally, or one that contradicts the exit code,
/// counts as one more failure.
fn suite(command: &mut Command) -> Tally {
    let mut last = None;
    let result = follow(command, |line| {
        if !line.trim().is_empty() {
            last = Tally::from_last_line(line);
        }
    });
    let mut tally = last.unwrap_or_default();
    if (!passed(result) || last.is_none()) && tally.failed == 0 {
        tally += Tally::FAIL;
    }
    tally
}

/// Runs a command, prints its output as it comes, and passes on every line.
fn follow(command: &mut Command, mut each: impl FnMut(&str)) -> Result<()> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start `{}`", line(command)))?;
    if let Some(stdout) = child.stdout.take() {
        let mut lines = BufReader::new(stdout);
        let mut bytes = Vec::new();
        // As bytes, because a test may print something that is not text.
        while lines.read_until(b'\n', &mut bytes)? > 0 {
            let line = String::from_utf8_lossy(&bytes);
            let line = line.trim_end();
            println!("{line}");
            each(line);
            bytes.clear();
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn options_are_read() {
        let all = Options::parse(&[]).unwrap();
        assert!(!all.fast && all.engines == Engine::ALL);
        let some = Options::parse(&["--engine", "webkit", "--fast"]).unwrap();
        assert!(some.fast && some.engines == [Engine::Webkit]);
        assert!(Options::parse(&["--engine"]).is_err());
        assert!(Options::parse(&["--slow"]).is_err());
    }

    #[test]
    fn the_tests_of_every_harness_are_counted() {
        let tally = harness(&mut shell(
            "echo 'test result: ok. 3 passed; 0 failed; 0 ignored'; \
             echo 'test result: FAILED. 2 passed; 1 failed; 0 ignored'; exit 101",
        ));
        assert_eq!(tally, Tally { passed: 5, failed: 1 });
    }

    #[test]
    fn tests_that_do_not_compile_are_a_failure() {
        assert_eq!(harness(&mut shell("exit 101")), Tally::FAIL);
    }

    #[test]
    fn a_suite_must_end_with_its_tally() {
        let tally = suite(&mut shell("echo hello; echo '7 passed, 0 failed'; echo"));
        assert_eq!(tally, Tally { passed: 7, failed: 0 });
        let fell_over = suite(&mut shell("echo '7 passed, 0 failed'; exit 1"));
        assert_eq!(fell_over, Tally { passed: 7, failed: 1 });
        assert_eq!(suite(&mut shell("echo hello")), Tally::FAIL);
    }

    #[test]
    fn a_program_that_is_absent_is_a_failure() {
        let tally = ready_gate(Ok(()), &mut Command::new("no-such-program-here"));
        assert_eq!(tally, Tally::FAIL);
    }
}
