//! Checks the dependencies: every one has its reason beside it, every licence in the app is allowed by
//! `deny.toml`, and cargo-deny checks more where it is installed.

use anyhow::{Context, Result, bail, ensure};

use crate::files::{list, read};
use crate::packages::{Package, in_the_app, spdx};
use crate::shell::{cargo, output, root, run, say};

/// Runs all checks of cargo-deny in `deny.toml`, or only the given ones.
///
/// # Errors
/// If it is not installed, with the command that installs it; or if it finds something.
pub(crate) fn deny(checks: &[&str]) -> Result<()> {
    if output(cargo().args(["deny", "--version"])).is_none() {
        bail!("cargo-deny is not here. With network, in some 10 minutes, once:\n  cargo install --locked cargo-deny\n");
    }
    if checks.is_empty() {
        say("Advisories come from github.com; without network: cargo xtask deny licenses bans sources");
    }
    run(cargo().args(["deny", "check"]).args(checks))
}

/// The checks that need no tool and no network: reasons and licences.
///
/// # Errors
/// Names every dependency without a reason and every crate whose licence is not allowed.
pub(crate) fn check() -> Result<()> {
    let mut wrong = Vec::new();
    for name in manifests()? {
        let manifest = read(&root().join(&name))?;
        let found = unexplained(&manifest).into_iter();
        wrong.extend(found.map(|dependency| format!("{name}: {dependency} has no reason in the line above it")));
    }
    let allowed = allowed(&read(&root().join("deny.toml"))?)?;
    for Package { name, version, licence, .. } in in_the_app()? {
        if !is_allowed(&licence, &allowed) {
            wrong.push(format!("{name} {version}: deny.toml does not allow its licence, “{licence}”"));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

fn manifests() -> Result<Vec<String>> {
    let mut names = ["Cargo.toml", "app/Cargo.toml", "tests/Cargo.toml", "fuzz/Cargo.toml"].map(str::to_owned).to_vec();
    let of_crates = list(&root().join("crates"))?.into_keys().filter(|name| name.ends_with("/Cargo.toml"));
    names.extend(of_crates.map(|name| format!("crates/{name}")));
    Ok(names)
}

/// The external dependencies without a comment directly above them. Those that a member takes from the workspace
/// have theirs there; crates of this project need none.
fn unexplained(manifest: &str) -> Vec<String> {
    let (mut found, mut inside, mut open, mut above) = (Vec::new(), false, 0, "");
    for line in manifest.lines().map(str::trim) {
        let continues = open > 0;
        let count = |signs: [char; 2]| line.matches(signs).count();
        if line.starts_with('[') && !continues {
            inside = line.trim_end_matches(']').ends_with("dependencies");
            if line.contains("dependencies.") && !above.starts_with('#') {
                found.push(line.to_owned());
            }
        } else if inside && !line.starts_with('#') {
            open = (open + count(['[', '{'])).saturating_sub(count([']', '}']));
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
            let ours = name.starts_with("naast-") || line.contains("workspace = true");
            if !continues && !name.is_empty() && !ours && !above.starts_with('#') {
                found.push(name.to_owned());
            }
        }
        above = line;
    }
    found
}

/// The licences in the list `allow` of `deny.toml`.
fn allowed(deny: &str) -> Result<Vec<String>> {
    let list = || deny.split_once("\n[licenses]")?.1.split_once("\nallow = [")?.1.split_once("\n]");
    let (list, _) = list().context("deny.toml has no list of licences")?;
    let entries = list.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    Ok(entries.filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect())
}

/// Whether these licences satisfy a licence expression: one of those between `OR`, all of those between `AND`. An
/// expression that is not understood is not allowed.
fn is_allowed(licence: &str, allowed: &[String]) -> bool {
    let text = spdx(licence).replace('(', " ( ").replace(')', " ) ");
    let mut words = text.split_whitespace().peekable();
    either(&mut words, allowed).is_some_and(|met| met && words.next().is_none())
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn either(words: &mut Words<'_>, allowed: &[String]) -> Option<bool> {
    let mut met = all(words, allowed)?;
    while words.next_if_eq(&"OR").is_some() {
        met |= all(words, allowed)?;
    }
    Some(met)
}

fn all(words: &mut Words<'_>, allowed: &[String]) -> Option<bool> {
    let mut met = one(words, allowed)?;
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed)?;
    }
    Some(met)
}

fn one(words: &mut Words<'_>, allowed: &[String]) -> Option<bool> {
    let word = words.next()?;
    if word == "(" {
        let met = either(words, allowed)?;
        return (words.next()? == ")").then_some(met);
    }
    let mut licence = word.to_owned();
    if words.next_if_eq(&"WITH").is_some() {
        licence = format!("{licence} WITH {}", words.next()?);
    }
    Some(allowed.contains(&licence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_here_has_its_reason_and_its_licence() {
        check().unwrap();
    }

    #[test]
    fn a_dependency_without_a_line_above_it_is_named() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\n# Why.\none = \"1\"\ntwo = { version = \"2\" }\n\
            naast-core.workspace = true\nserde.workspace = true\n# Why.\nthree = { features = [\n  \"a\",\n] }\n\
            \n[dev-dependencies]\nfour = { features = [\n  \"a\",\n] }\n[dependencies.five]\nversion = \"1\"\n\
            [profile.release]\nlto = \"fat\"\n";
        assert_eq!(unexplained(manifest), ["two", "four", "[dependencies.five]"]);
    }

    #[test]
    fn licences_are_met_as_their_expressions_say() {
        let allowed = ["MIT", "Unicode-3.0", "A WITH B"].map(str::to_owned);
        for met in [
            "MIT",
            "MIT OR Apache-2.0",
            "Unlicense/MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 AND X OR MIT",
            "A WITH B",
        ] {
            assert!(is_allowed(met, &allowed), "{met}");
        }
        for not in ["", "GPL-3.0", "MIT AND GPL-3.0", "A", "(MIT", "MIT MIT", "MIT OR", "A WITH", ")"] {
            assert!(!is_allowed(not, &allowed), "{not}");
        }
    }

    #[test]
    fn the_list_of_licences_is_read_without_its_reasons() {
        let deny = "[bans]\nallow = []\n\n[licenses]\nallow = [\n  # Why \"so\".\n  \"MIT\", # here\n  \"Zlib\",\n]\n";
        assert_eq!(allowed(deny).unwrap(), ["MIT", "Zlib"]);
        assert!(allowed("[licenses]\n").is_err());
    }
}
