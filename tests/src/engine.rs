//! The three browser engines: where their programs are, and how they are started.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::Capabilities;

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Chromium, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, through WebKitWebDriver, on a virtual screen.
    WebKit,
}

/// What is special about a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wishes {
    /// The browser blocks storage, as some people set it.
    pub storage_blocked: bool,
    /// Chromium keeps a log of every request.
    pub network_log: bool,
    /// The camera of the device.
    pub camera: Camera,
}

/// The camera of the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Camera {
    /// None.
    #[default]
    None,
    /// One that the app may not use. WebKitGTK cannot express that, and has none there either.
    Refused,
    /// In Chromium, one that shows the film in [`film`] and may be used.
    Film,
}

/// The path of the film for the camera of a browser with this profile.
pub(crate) fn film(profile: &Path) -> PathBuf {
    profile.with_file_name("film.y4m")
}

impl Wishes {
    /// An ordinary browser.
    pub const NOTHING: Self = Self { storage_blocked: false, network_log: false, camera: Camera::None };
}

impl Engine {
    /// All engines.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name, as on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The engine with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// Whether a closed browser finds its data when it is opened with the same profile. The automation mode
    /// of WebKitGTK keeps nothing; there a new window replaces a restart.
    #[must_use]
    pub fn keeps_profile(self) -> bool {
        self != Self::WebKit
    }

    /// The command that starts its driver on a port.
    pub(crate) fn driver(self, port: u16) -> Result<Command> {
        let mut command = match self {
            Self::Chromium => Command::new(program("NAAST_CHROMEDRIVER", &["chromedriver"])?),
            Self::Firefox => {
                let mut command = Command::new(program("NAAST_GECKODRIVER", &["geckodriver"])?);
                // The default is a fixed port, which two drivers cannot share.
                command.args(["--websocket-port", "0"]);
                command
            }
            Self::WebKit => Command::new(program("NAAST_WEBKITDRIVER", &["WebKitWebDriver"])?),
        };
        let flag = if self == Self::Firefox { "--port" } else { "--port=" };
        if self == Self::Firefox {
            command.arg(flag).arg(port.to_string());
        } else {
            command.arg(format!("{flag}{port}"));
        }
        Ok(command)
    }

    /// The capabilities to request: a phone-sized browser with this profile.
    pub(crate) fn capabilities(self, profile: &Path, wishes: Wishes) -> Result<Capabilities> {
        let mut capabilities = Capabilities::new();
        for (key, value) in self.options(profile, wishes)? {
            capabilities.set(key, value)?;
        }
        Ok(capabilities)
    }

    fn options(self, profile: &Path, wishes: Wishes) -> Result<Vec<(&'static str, Value)>> {
        Ok(match self {
            Self::Chromium => vec![
                ("browserName", json!("chrome")),
                // All console messages, also from service workers.
                ("goog:loggingPrefs", logs(wishes)),
                ("goog:chromeOptions", chromium(profile, wishes)?),
            ],
            Self::Firefox => vec![("browserName", json!("firefox")), ("moz:firefoxOptions", firefox(profile, wishes)?)],
            Self::WebKit => vec![("browserName", json!("MiniBrowser")), ("webkitgtk:browserOptions", webkit(wishes)?)],
        })
    }
}

fn logs(wishes: Wishes) -> Value {
    if wishes.network_log { json!({ "browser": "ALL", "performance": "ALL" }) } else { json!({ "browser": "ALL" }) }
}

fn chromium(profile: &Path, wishes: Wishes) -> Result<Value> {
    let binary = program("NAAST_CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])?;
    let mut prefs = json!({ "credentials_enable_service": false, "profile.password_manager_enabled": false });
    if wishes.storage_blocked {
        prefs["profile.default_content_setting_values.cookies"] = json!(2);
    }
    let mut args = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--window-size=360,740",
        // Its own pages for suggestions and new tabs took longer to load than Naast.
        "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
        "about:blank",
    ]
    .map(str::to_owned)
    .to_vec();
    args.push(format!("--user-data-dir={}", profile.display()));
    if wishes.camera != Camera::None {
        args.push("--use-fake-device-for-media-stream".to_owned());
    }
    match wishes.camera {
        Camera::None => {}
        Camera::Refused => prefs["profile.default_content_setting_values.media_stream_camera"] = json!(2),
        Camera::Film => {
            args.push("--use-fake-ui-for-media-stream".to_owned());
            args.push(format!("--use-file-for-fake-video-capture={}", film(profile).display()));
        }
    }
    Ok(json!({
        "binary": binary,
        "prefs": prefs,
        "args": args,
        "mobileEmulation": {
            "deviceMetrics": { "width": 360, "height": 740, "pixelRatio": 1.0, "touch": true, "mobile": true },
        },
    }))
}

fn firefox(profile: &Path, wishes: Wishes) -> Result<Value> {
    let binary = program("NAAST_FIREFOX", &["firefox-esr", "firefox"])?;
    let mut prefs = json!({
        // Its preset sites are not needed.
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "signon.rememberSignons": false,
    });
    if wishes.storage_blocked {
        prefs["network.cookie.cookieBehavior"] = json!(2);
    }
    if wishes.camera != Camera::None {
        prefs["media.navigator.streams.fake"] = json!(true);
    }
    if wishes.camera == Camera::Refused {
        prefs["permissions.default.camera"] = json!(2);
    }
    Ok(json!({
        "binary": binary,
        "args": ["-headless", "-profile", profile, "--width=360", "--height=740"],
        "prefs": prefs,
    }))
}

fn webkit(wishes: Wishes) -> Result<Value> {
    let mut args = vec!["--automation"];
    if wishes.storage_blocked {
        args.push("--enable-html5-local-storage=false");
    }
    Ok(json!({ "binary": mini_browser()?, "args": args }))
}

/// Distributions put MiniBrowser outside the search path.
pub(crate) fn mini_browser() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("NAAST_MINIBROWSER") {
        return Ok(path.into());
    }
    let mut libraries = vec![PathBuf::from("/usr/libexec")];
    libraries.extend(std::fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path()));
    for library in libraries {
        for version in ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"] {
            let path = library.join(version).join("MiniBrowser");
            if path.is_file() {
                return Ok(path);
            }
        }
    }
    anyhow::bail!("MiniBrowser of WebKitGTK is not there; on Debian: apt-get install webkit2gtk-driver")
}

/// Finds a program: where the environment variable says, otherwise on the search path.
pub(crate) fn program(variable: &str, names: &[&str]) -> Result<PathBuf> {
    if let Some(path) = std::env::var_os(variable) {
        return Ok(path.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places: Vec<PathBuf> = std::env::split_paths(AsRef::<OsStr>::as_ref(&path)).collect();
    names
        .iter()
        .flat_map(|name| places.iter().map(move |place| place.join(name)))
        .find(|candidate| candidate.is_file())
        .with_context(|| format!("none of {} is on the search path; {variable} may name it", names.join(", ")))
}
