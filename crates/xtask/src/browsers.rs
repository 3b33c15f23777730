//! The browsers and drivers of the tests: installed from apt as root, otherwise requested from the user.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{output, run, say};

/// A browser engine that the app is tested in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// The name that the tests use.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// Debian packages.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::Webkit => &["webkit2gtk-driver", "xvfb", "dbus"],
        }
    }

    /// Required programs, each with its possible names.
    fn programs(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Chromium => &[&["chromium", "chromium-browser", "google-chrome"], &["chromedriver"]],
            Self::Firefox => &[&["firefox-esr", "firefox"]],
            Self::Webkit => &[&["WebKitWebDriver"], &["Xvfb"], &["dbus-daemon"]],
        }
    }

    /// Where to get it on a system without apt.
    fn elsewhere(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium (or Chrome) and the chromedriver of the same version, on the PATH",
            Self::Firefox => "Firefox, on the PATH",
            Self::Webkit => "WebKitGTK's WebKitWebDriver and MiniBrowser, Xvfb and dbus-daemon (Linux only)",
        }
    }
}

/// Makes sure that the engines and their drivers are installed.
///
/// # Errors
/// If some are missing and cannot be installed here; the message says exactly what to install.
pub(crate) fn ensure(engines: &[Engine]) -> Result<()> {
    let missing = || -> Vec<Engine> {
        let absent = |names: &&[&str]| !names.iter().any(|name| is_on_path(name));
        let lacks = |engine: &Engine| engine.programs().iter().any(absent);
        engines.iter().copied().filter(lacks).collect()
    };
    let lacking = missing();
    if lacking.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = lacking.iter().flat_map(|engine| engine.packages()).copied().collect();
    let packages = packages.join(" ");
    let has_apt = is_on_path("apt-get");
    if !(has_apt && is_root()) {
        bail!("{}", advice(&lacking, &packages, has_apt));
    }
    say(&format!("Getting browsers from apt (a minute or three, once): {packages}"));
    let install = format!("apt-get install -y --no-install-recommends {packages}");
    run(Command::new("apt-get").args(["update", "-qq"]))
        .and_then(|()| {
            run(Command::new("apt-get")
                .args(["install", "-y", "-qq", "--no-install-recommends"])
                .args(packages.split(' '))
                .env("DEBIAN_FRONTEND", "noninteractive"))
        })
        .with_context(|| {
            format!("could not install the browsers. With network, run:\n  apt-get update && {install}\n")
        })?;
    let lacking = missing();
    if !lacking.is_empty() {
        bail!("{}", advice(&lacking, &packages, false));
    }
    Ok(())
}

fn advice(lacking: &[Engine], packages: &str, has_apt: bool) -> String {
    if has_apt {
        return format!(
            "browsers for the tests are missing. Run:\n  sudo apt-get update && sudo apt-get install -y {packages}"
        );
    }
    let lines: Vec<String> =
        lacking.iter().map(|engine| format!("  {}: {}", engine.name(), engine.elsewhere())).collect();
    format!(
        "browsers for the tests are missing. Install:\n{}\nor choose those you have: cargo xtask test --engine NAME",
        lines.join("\n")
    )
}

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&file).is_file())
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).as_deref() == Some("0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_have_names() {
        for engine in Engine::ALL {
            assert_eq!(Engine::from_name(engine.name()), Some(engine));
        }
        assert_eq!(Engine::from_name("lynx"), None);
    }

    #[test]
    fn the_advice_is_a_command_where_there_is_apt() {
        let text = advice(&[Engine::Firefox], "firefox-esr", true);
        assert!(text.contains("sudo apt-get install -y firefox-esr"));
        let text = advice(&[Engine::Firefox], "firefox-esr", false);
        assert!(text.contains("firefox: Firefox, on the PATH") && !text.contains("apt"));
    }
}
