//! A browser with a profile of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use thirtyfour::{WebDriver, WindowHandle};

use crate::engine::{Engine, Wishes, film, program};
use crate::process::{Process, free_port};

/// Longer than any wait within a page, so that the page itself reports what was missing.
const SCRIPT: Duration = Duration::from_secs(120);

/// How long a browser may take to close.
const GOODBYE: Duration = Duration::from_secs(60);

/// A running browser, its driver, and the folder with its data.
#[derive(Debug)]
pub struct Browser {
    engine: Engine,
    wishes: Wishes,
    profile: TempDir,
    logs: PathBuf,
    running: Option<Running>,
}

/// The order matters: the driver must end before the screen it draws on.
#[derive(Debug)]
struct Running {
    driver: WebDriver,
    process: Process,
    _screen: Option<Screen>,
}

/// A virtual screen and a message bus, which WebKitGTK needs.
#[derive(Debug)]
pub(crate) struct Screen {
    _xvfb: Process,
    _bus: Process,
    display: String,
    bus: String,
}

impl Browser {
    /// Starts a browser with an empty profile. The output of its driver is written to a file in `logs`.
    ///
    /// # Errors
    /// If a program is missing or does not start.
    pub async fn start(engine: Engine, wishes: Wishes, logs: &Path) -> Result<Self> {
        std::fs::create_dir_all(logs)?;
        let profile = tempfile::Builder::new().prefix("naast-e2e-").tempdir()?;
        // Firefox requires an existing profile folder.
        std::fs::create_dir(profile.path().join("profile"))?;
        let mut browser = Self { engine, wishes, profile, logs: logs.to_owned(), running: None };
        browser.run().await?;
        Ok(browser)
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Whether it is running.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.running.is_some()
    }

    /// The film for its camera, with [`Camera::Film`](crate::engine::Camera::Film); it must exist before the
    /// camera is requested.
    #[must_use]
    pub fn film(&self) -> PathBuf {
        film(&self.profile.path().join("profile"))
    }

    /// The connection to the browser.
    ///
    /// # Errors
    /// If the browser has been closed.
    pub fn driver(&self) -> Result<WebDriver> {
        Ok(self.running.as_ref().context("the browser is closed")?.driver.clone())
    }

    async fn run(&mut self) -> Result<()> {
        let port = free_port()?;
        let mut command = self.engine.driver(port)?;
        let screen = (self.engine == Engine::WebKit).then(Screen::start).transpose()?;
        if let Some(screen) = &screen {
            screen.dress(&mut command, self.profile.path());
        }
        let log = self.logs.join("driver.log");
        let mut process = Process::start(command, &log)?;
        process.listens(port).await?;
        let capabilities = self.engine.capabilities(&self.profile.path().join("profile"), self.wishes)?;
        let driver = WebDriver::builder(format!("http://127.0.0.1:{port}"), capabilities)
            .request_timeout(SCRIPT + GOODBYE)
            .connect()
            .await
            .with_context(|| format!("{} does not start; see {}", self.engine.name(), log.display()))?;
        driver.set_script_timeout(SCRIPT).await?;
        driver.set_page_load_timeout(SCRIPT).await?;
        self.running = Some(Running { driver, process, _screen: screen });
        if self.engine != Engine::Chromium {
            self.size(360, 740).await?;
        }
        Ok(())
    }

    /// Sets the inner size of the window, in CSS pixels; WebKitGTK stays at least 447 wide.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn size(&self, width: u32, height: u32) -> Result<()> {
        let driver = self.driver()?;
        if self.engine == Engine::Chromium {
            let metrics = serde_json::json!({
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": true,
            });
            driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
            return Ok(());
        }
        let inside = driver.execute("return [outerWidth - innerWidth, outerHeight - innerHeight]", vec![]).await?;
        let (frame_x, frame_y): (u32, u32) = inside.convert()?;
        driver.set_window_rect(0, 0, width + frame_x, height + frame_y).await?;
        Ok(())
    }

    /// Closes the browser as a person does, and opens it again with the same data.
    ///
    /// # Errors
    /// If the browser does not start again.
    pub async fn restart(&mut self) -> Result<()> {
        if !self.engine.keeps_profile() {
            return self.new_window_alone().await;
        }
        self.quit().await;
        self.run().await
    }

    /// Kills the browser as an empty battery does, and opens it again with the same data.
    ///
    /// # Errors
    /// If the browser does not start again.
    pub async fn crash(&mut self) -> Result<()> {
        if !self.engine.keeps_profile() {
            return self.new_window_alone().await;
        }
        if let Some(running) = self.running.take() {
            running.process.kill_descendants();
            // The session ended with its browser, so there is nothing to close.
            drop(running.driver.leak());
        }
        self.run().await
    }

    /// A new window in place of all others.
    async fn new_window_alone(&self) -> Result<()> {
        let driver = self.driver()?;
        let old = driver.windows().await?;
        let new = driver.new_window().await?;
        for window in old {
            driver.switch_to_window(window).await?;
            driver.close_window().await?;
        }
        driver.switch_to_window(new).await?;
        self.size(360, 740).await
    }

    /// Opens another tab and switches to it.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn new_tab(&self) -> Result<WindowHandle> {
        let driver = self.driver()?;
        let tab = driver.new_tab().await?;
        driver.switch_to_window(tab.clone()).await?;
        ensure!(driver.window().await? == tab, "the new tab does not come in front");
        Ok(tab)
    }

    /// Every file of the profile, with its bytes.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn files_on_disk(&self) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let mut files = Vec::new();
        let mut folders = vec![self.profile.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    files.push((entry.path(), std::fs::read(entry.path())?));
                }
            }
        }
        Ok(files)
    }

    /// Closes the browser as a person does: window by window, so that pages get their events. With the last
    /// window a browser writes its data to the disk, which takes time on a busy machine.
    pub async fn quit(&mut self) {
        if let Some(running) = self.running.take() {
            let goodbye = async {
                for window in running.driver.windows().await.unwrap_or_default() {
                    // A window may be closed by now; the session certainly is after the last
                    // one.
                    drop(running.driver.switch_to_window(window).await);
                    if self.engine == Engine::Firefox {
                        // Geckodriver loses a Firefox without windows, which then keeps
                        // running.
                        drop(running.driver.get("about:blank").await);
                    } else {
                        drop(running.driver.close_window().await);
                    }
                }
                drop(running.driver.clone().quit().await);
                running.process.descendants_end().await;
            };
            // A browser that does not answer is killed with its process.
            drop(tokio::time::timeout(GOODBYE, goodbye).await);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.process.kill_descendants();
            drop(running.driver.leak());
        }
    }
}

impl Screen {
    pub(crate) fn start() -> Result<Self> {
        let mut xvfb = Command::new(program("NAAST_XVFB", &["Xvfb"])?);
        // Without `-noreset` it restarts when its last browser ends, and accepts no other in the meantime.
        xvfb.args(["-displayfd", "1", "-screen", "0", "1280x1600x24", "-nolisten", "tcp", "-noreset"]);
        let (xvfb, display) = Process::start_and_hear(xvfb)?;
        let mut bus = Command::new(program("NAAST_DBUS", &["dbus-daemon"])?);
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address"]);
        let (bus_process, bus) = Process::start_and_hear(bus)?;
        Ok(Self { _xvfb: xvfb, _bus: bus_process, display: format!(":{display}"), bus })
    }

    pub(crate) fn dress(&self, command: &mut Command, home: &Path) {
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            // Its sandbox cannot start as root or in most containers; the pages are our own.
            .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("NO_AT_BRIDGE", "1")
            .env("GSETTINGS_BACKEND", "memory")
            .env("GDK_BACKEND", "x11")
            .env("HOME", home);
    }
}
