//! Input to a browser that is killed and started again: through its driver, or without one.
//!
//! The actions in the page are functions of `kill_test.js`. A driver calls them directly. Without one, the page
//! asks our server what to do, and answers by requesting an address with the answer in it: WebKitGTK keeps its
//! data only when no driver controls it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use naast_devserver::{Config, Server};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::Screen;
use crate::case::{Case, Needs};
use crate::engine::{Engine, mini_browser};
use crate::process::Process;
use crate::site::Site;

/// The script that acts within the page.
const SCRIPT: &str = include_str!("kill_test.js");

/// Asks what to do, does it, and answers; for a browser without a driver.
const LISTEN: &str = include_str!("input.js");

/// The request of the page for work.
const ORDER: &str = "prove-order.json";

/// The time limit for one action of a page.
const PATIENCE: Duration = Duration::from_secs(60);

/// Input to a browser.
#[derive(Debug)]
pub enum Input {
    /// Through its driver.
    Driven(Box<Case>),
    /// Without one.
    Bare(Box<Bare>),
}

/// A MiniBrowser with a persistent profile, and the server that it talks to.
#[derive(Debug)]
pub struct Bare {
    browser: Option<Process>,
    screen: Screen,
    server: Server,
    site: Site,
    profile: TempDir,
    log: PathBuf,
    orders: u64,
}

impl Input {
    /// Starts a browser with an empty profile, and opens Naast.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start(engine: Engine, dist: &Path, logs: &Path) -> Result<Self> {
        std::fs::create_dir_all(logs)?;
        let mut hands = if engine.keeps_profile() {
            let needs = Needs { online: true, ..Needs::NOTHING };
            Self::Driven(Box::new(Case::start(engine, needs, dist, logs).await?))
        } else {
            Self::Bare(Box::new(Bare::new(dist, logs)?))
        };
        hands.open().await?;
        if let Self::Driven(case) = &hands {
            case.kept_for_offline().await?;
        }
        Ok(hands)
    }

    /// Kills the browser with all its processes, starts it with the same profile and opens the page with
    /// families.
    ///
    /// # Errors
    /// If it does not start again.
    pub async fn kill(&mut self) -> Result<()> {
        match self {
            Self::Driven(case) => case.crash("#/gezinnen").await?,
            Self::Bare(bare) => bare.browser = None,
        }
        self.open().await
    }

    /// The last request of a browser without a driver.
    fn seen(&self) -> String {
        let Self::Bare(bare) = self else { return String::new() };
        let requests = bare.server.requests();
        let paths: Vec<_> =
            requests.iter().map(|request| &*request.path).filter(|path| !path.contains(ORDER)).collect();
        format!("{} requests: {}", requests.len(), paths.join(" "))
    }

    /// Replaces the served app by another version.
    ///
    /// # Errors
    /// If the app does not state its version.
    pub fn publish(&self, version: &str) -> Result<()> {
        match self {
            Self::Driven(case) => case.site.become_version(version),
            Self::Bare(bare) => bare.site.become_version(version),
        }
    }

    async fn open(&mut self) -> Result<()> {
        match self {
            Self::Driven(case) => {
                if case.page.hash().await?.is_empty() {
                    case.open("#/gezinnen").await?;
                }
                case.page.run(SCRIPT).await?;
            }
            Self::Bare(bare) => bare.run()?,
        }
        self.ask("ready", &[]).await.map(drop)
    }

    /// Runs an action in the page; returns its result.
    ///
    /// # Errors
    /// The error in the page.
    pub async fn ask(&mut self, what: &str, with: &[Value]) -> Result<Value> {
        let answer = match self {
            Self::Driven(case) => {
                let call = "const [what, given, done] = arguments; \
                    (async () => proof[what](...given))().then((answer) => done({ answer: answer ?? null }), \
                    (error) => done({ error: String(error) }))";
                let asked = case.page.run_async(call, vec![json!(what), json!(with)]);
                tokio::time::timeout(PATIENCE, asked).await.ok().transpose()?
            }
            Self::Bare(bare) => bare.ask(what, with).await?,
        };
        let Some(answer) = answer else {
            if let Self::Driven(case) = self {
                bail!("{what} takes too long\n{}", case.page.describe().await);
            }
            bail!("{what} takes too long\n{}", self.seen());
        };
        ensure!(answer["error"].is_null(), "{what}: {}", answer["error"]);
        Ok(answer["answer"].clone())
    }
}

impl Bare {
    fn new(dist: &Path, logs: &Path) -> Result<Self> {
        let site = Site::copy(dist)?;
        site.before_boot(&format!("{SCRIPT}\n{}", LISTEN.replace("ORDER", ORDER)))?;
        Ok(Self {
            browser: None,
            screen: Screen::start()?,
            server: Server::start(Config::new(site.path())).context("the server does not start")?,
            site,
            profile: tempfile::Builder::new().prefix("naast-e2e-").tempdir()?,
            log: logs.join("browser.log"),
            orders: 0,
        })
    }

    fn run(&mut self) -> Result<()> {
        // A new page must not repeat the work of the old one.
        drop(std::fs::remove_file(self.site.path().join(ORDER)));
        self.server.forget_requests();
        let mut command = Command::new(mini_browser()?);
        command.arg(format!("{}#/gezinnen", self.server.url()));
        self.screen.dress(&mut command, self.profile.path());
        for (variable, folder) in
            [("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config")]
        {
            command.env(variable, self.profile.path().join(folder));
        }
        self.browser = Some(Process::start(command, &self.log)?);
        Ok(())
    }

    async fn ask(&mut self, what: &str, with: &[Value]) -> Result<Option<Value>> {
        self.orders += 1;
        let order = json!({ "number": self.orders, "what": what, "with": with });
        // Replaced atomically, so that no page reads half of it.
        let file = self.site.path().join(ORDER);
        let beside = file.with_extension("new");
        std::fs::write(&beside, order.to_string())?;
        std::fs::rename(&beside, &file)?;
        let start = format!("/prove-answer/{}?", self.orders);
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE {
            let answer =
                self.server.requests().iter().find_map(|request| request.path.strip_prefix(&start).map(decoded));
            if let Some(answer) = answer {
                self.server.forget_requests();
                return Ok(Some(serde_json::from_str(&answer?)?));
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(None)
    }
}

/// The answer that a page put into an address.
fn decoded(text: &str) -> Result<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let (high, low) = (digit().context("an address")?, digit().context("an address")?);
            u8::try_from(high * 16 + low)?
        } else {
            byte
        });
    }
    Ok(String::from_utf8(decoded)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_from_an_address() {
        assert_eq!(decoded("%7B%22a%22:%C3%A9%7D").unwrap(), "{\"a\":é}");
        assert!(decoded("%7").is_err());
    }
}
