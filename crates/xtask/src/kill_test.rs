//! `cargo xtask kill-test`: checks that what the app reports as saved survives a killed browser.

use anyhow::{Context, Result, bail};

use crate::browsers::Engine;
use crate::build;
use crate::shell::{run, say};
use crate::tools::Toolbox;

/// The kills of the short form: enough to see every kind of kill once.
const SHORT: &str = "10";

/// What to test.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    engines: Vec<Engine>,
    /// Options for the test program.
    more: Vec<String>,
}

impl Options {
    fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self { engines: Vec::new(), more: Vec::new() };
        let mut words = words.iter();
        let mut short = false;
        while let Some(word) = words.next() {
            match *word {
                "--short" => short = true,
                "--engine" => {
                    let name = words.next().copied().unwrap_or_default();
                    let engine = Engine::from_name(name)
                        .with_context(|| format!("--engine {name}: chromium, firefox or webkit"))?;
                    options.engines.push(engine);
                }
                "--kills" | "--seed" => {
                    let number = words.next().with_context(|| format!("{word} wants a number"))?;
                    options.more.extend([(*word).to_owned(), (*number).to_owned()]);
                }
                other => bail!("unknown: cargo xtask kill-test {other}"),
            }
        }
        if options.engines.is_empty() {
            options.engines = if short { vec![Engine::Chromium] } else { Engine::ALL.to_vec() };
        }
        if short && !options.more.iter().any(|word| word == "--kills") {
            options.more.extend(["--kills", SHORT].map(str::to_owned));
        }
        Ok(options)
    }
}

/// Builds the app and runs the kill test.
///
/// # Errors
/// If an option is unknown, something is missing, or saved text is lost.
pub(crate) fn kill_test(words: &[&str]) -> Result<()> {
    let options = Options::parse(words)?;
    build::build()?;
    let tools = Toolbox::for_browsers(&options.engines)?;
    say("Killing browsers while text is typed (about ten seconds a kill)");
    let mut command = tools.cargo();
    command.args(["run", "--quiet", "-p", "naast-e2e", "--bin", "kill_test", "--", "--dist", "dist"]);
    for engine in &options.engines {
        command.args(["--engine", engine.name()]);
    }
    run(command.args(&options.more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read() {
        let all = Options::parse(&[]).unwrap();
        assert!(all.engines == Engine::ALL && all.more.is_empty());
        let short = Options::parse(&["--short", "--seed", "7"]).unwrap();
        assert_eq!(short.engines, [Engine::Chromium]);
        assert_eq!(short.more, ["--seed", "7", "--kills", "10"]);
        let some = Options::parse(&["--engine", "webkit", "--short", "--kills", "9"]).unwrap();
        assert!(some.engines == [Engine::Webkit] && some.more == ["--kills", "9"]);
        for bad in [&["--kills"][..], &["--engine", "lynx"], &["--fast"]] {
            assert!(Options::parse(bad).is_err());
        }
    }
}
