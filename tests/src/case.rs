//! Everything that one run of a scenario needs: an app, a server, a browser.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use naast_devserver::{Config, Server};

use crate::browser::Browser;
use crate::console;
use crate::engine::{Engine, Wishes};
use crate::page::Page;
use crate::site::Site;

/// A phone that reports slow key derivations. The costs then do not depend on the machine, and are not raised in
/// the background of a scenario, which also ends sooner.
const SLOW_PHONE: &str = "
    const Real = Worker;
    window.Worker = class extends Real {
        set onmessage(run) { super.onmessage = (event) => { event.data.took = 1e9; run(event); }; }
    };";

/// What a scenario needs that others do not.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// The path under which the app is served.
    pub path: &'static str,
    /// The server keeps running; otherwise it is stopped as soon as the app is cached, after the first load.
    pub online: bool,
    /// The app is at the host `localhost` and not at an IP address.
    pub named: bool,
    /// What is special about the browser.
    pub browser: Wishes,
    /// A script that runs before the app starts; may be empty.
    pub before_boot: &'static str,
    /// A page of the tests in place of the app; empty for the app.
    pub fixture: &'static str,
}

impl Needs {
    /// Nothing special.
    pub const NOTHING: Self =
        Self { path: "/", online: false, named: false, browser: Wishes::NOTHING, before_boot: "", fixture: "" };
}

/// One run of one scenario in one engine.
#[derive(Debug)]
pub struct Case {
    /// The engine it runs in.
    pub engine: Engine,
    /// The server; to be offline, it is stopped.
    pub server: Server,
    /// The app it serves.
    pub site: Site,
    /// The browser.
    pub browser: Browser,
    /// The page in the foreground.
    pub page: Page,
    needs: Needs,
    dist: PathBuf,
    said: Vec<String>,
    expected: Vec<String>,
}

impl Case {
    /// Starts the server and the browser; no page is loaded yet.
    ///
    /// # Errors
    /// If one of them does not start.
    pub async fn start(engine: Engine, needs: Needs, dist: &Path, logs: &Path) -> Result<Self> {
        let site = Self::prepare(engine, needs, dist)?;
        let server = Server::start(Config::at(needs.path, site.path())).context("the server does not start")?;
        let browser = Browser::start(engine, needs.browser, logs).await?;
        let page = Page::new(browser.driver()?);
        Ok(Self {
            engine,
            server,
            site,
            browser,
            page,
            needs,
            dist: dist.to_owned(),
            said: Vec::new(),
            expected: Vec::new(),
        })
    }

    fn prepare(engine: Engine, needs: Needs, dist: &Path) -> Result<Site> {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let site =
            if needs.fixture.is_empty() { Site::copy(dist)? } else { Site::copy(&fixtures.join(needs.fixture))? };
        if engine != Engine::Chromium {
            site.before_boot(console::WATCH)?;
        }
        if !needs.before_boot.is_empty() {
            site.before_boot(needs.before_boot)?;
        }
        // The last script runs first: scenarios may simulate another phone.
        site.before_boot(SLOW_PHONE)?;
        Ok(site)
    }

    /// Another copy of the app, prepared like the first.
    ///
    /// # Errors
    /// If it cannot be copied.
    pub fn another_site(&self) -> Result<Site> {
        Self::prepare(self.engine, self.needs, &self.dist)
    }

    /// The path under which the app is served.
    #[must_use]
    pub fn path(&self) -> &'static str {
        self.needs.path
    }

    /// The full address of a screen, such as `#/vragen`.
    #[must_use]
    pub fn url(&self, hash: &str) -> String {
        let url = self.server.url();
        let url = if self.needs.named { url.replacen("127.0.0.1", "localhost", 1) } else { url };
        format!("{url}{hash}")
    }

    /// Loads a screen, as from a bookmark, and waits until the app can be used. The first time it then stops
    /// the server, unless the scenario needs it.
    ///
    /// # Errors
    /// If it does not become ready.
    pub async fn open(&mut self, hash: &str) -> Result<()> {
        self.listen().await?;
        // A change of the hash alone would not load the page.
        self.page.driver().get("about:blank").await?;
        self.page.open(&self.url(hash)).await?;
        if !self.needs.online {
            self.kept_for_offline().await?;
            self.server.stop();
        }
        Ok(())
    }

    /// Waits until the whole app is cached for offline use.
    ///
    /// # Errors
    /// If the service worker does not become active.
    pub async fn kept_for_offline(&self) -> Result<()> {
        let alive = "if (!window.naastAsked) { window.naastAsked = true; \
             navigator.serviceWorker.ready.then((r) => { window.naastWorker = r; }); } \
             return !!window.naastWorker && window.naastWorker.active.state === 'activated'";
        self.page.until("the app is kept for offline", alive).await.map(drop)
    }

    /// Starts the server again.
    ///
    /// # Errors
    /// If the port is in use by now.
    pub fn go_online(&mut self) -> Result<()> {
        self.server.restart().context("the server does not come back")
    }

    /// Reloads the present screen.
    ///
    /// # Errors
    /// If it does not become ready.
    pub async fn reload(&mut self) -> Result<()> {
        self.listen().await?;
        self.page.run("window.naastBefore = true; location.reload()").await?;
        self.page.until("the page is loaded again", "return !window.naastBefore").await?;
        self.page.ready().await
    }

    /// Closes the browser; [`Case::restart`] opens it again.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn close(&mut self) -> Result<()> {
        self.listen().await?;
        self.browser.quit().await;
        Ok(())
    }

    /// Closes the browser and opens it again with the same data, at the same screen.
    ///
    /// # Errors
    /// If it does not start again.
    pub async fn restart(&mut self, hash: &str) -> Result<()> {
        if self.browser.is_open() {
            self.listen().await?;
        }
        self.browser.restart().await?;
        self.come_back(hash).await
    }

    /// Kills the browser and opens it again with the same data.
    ///
    /// # Errors
    /// If it does not start again.
    pub async fn crash(&mut self, hash: &str) -> Result<()> {
        self.browser.crash().await?;
        self.come_back(hash).await
    }

    async fn come_back(&mut self, hash: &str) -> Result<()> {
        self.page = Page::new(self.browser.driver()?);
        self.page.open(&self.url(hash)).await
    }

    /// Expects a complaint of the console with this text from now on.
    pub fn expect_complaint(&mut self, part: &str) {
        self.expected.push(part.to_owned());
    }

    /// Keeps the console messages before their document is unloaded.
    async fn listen(&mut self) -> Result<()> {
        self.said.extend(console::take(self.engine, &self.page).await?);
        Ok(())
    }

    /// All complaints of the console so far.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn complaints(&mut self) -> Result<Vec<String>> {
        self.listen().await?;
        Ok(console::unexpected(&self.said, &self.expected))
    }

    /// Every requested address, in Chromium with [`Wishes::network_log`].
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn network_log(&self) -> Result<Vec<String>> {
        if self.engine != Engine::Chromium {
            return Ok(Vec::new());
        }
        let mut asked = Vec::new();
        for entry in self.page.driver().get_log("performance").await? {
            let entry: serde_json::Value = serde_json::from_str(&entry.message)?;
            if entry["message"]["method"] == "Network.requestWillBeSent" {
                asked.extend(entry["message"]["params"]["request"]["url"].as_str().map(str::to_owned));
            }
        }
        Ok(asked)
    }

    /// Checks what holds at the end of every scenario: no error in the console, no request to another origin.
    ///
    /// # Errors
    /// If it does not hold.
    pub async fn check(&mut self) -> Result<()> {
        let complaints = self.complaints().await?;
        ensure!(complaints.is_empty(), "the console complains:\n{}", complaints.join("\n"));
        Ok(())
    }

    /// Saves what helps to understand a failure.
    pub async fn keep_evidence(&mut self, folder: &Path) {
        // As much as possible; the failure itself is already known.
        drop(self.page.driver().screenshot(&folder.join("screen.png")).await);
        if let Ok(source) = self.page.driver().source().await {
            drop(std::fs::write(folder.join("page.html"), source));
        }
        drop(std::fs::write(folder.join("page.txt"), self.page.describe().await));
        drop(self.listen().await);
        drop(std::fs::write(folder.join("console.txt"), self.said.join("\n")));
        let requests: Vec<String> =
            self.server.requests().iter().map(|r| format!("{} {} {}", r.method, r.host, r.path)).collect();
        drop(std::fs::write(folder.join("requests.txt"), requests.join("\n")));
    }
}
