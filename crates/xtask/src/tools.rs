//! The tools, each at a fixed version, in the user's cache folder, so that all clones share them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::browsers::{self, Engine};
use crate::files::{hash, read};
use crate::shell::{cargo, command, line, output, root, run, say};

/// Later versions need a compiler newer than 1.95.
const TRUNK: &str = "0.21.14";
const GECKODRIVER: &str = "0.37.1";
/// The number of the binaryen release in package.json.
const BINARYEN: &str = "132";
const OLDEST_NODE: u32 = 20;
const WASM: &str = "wasm32-unknown-unknown";

/// The installed tools, and how to run them.
#[derive(Debug, Default)]
pub(crate) struct Toolbox {
    /// Folders that precede the `PATH`.
    folders: Vec<PathBuf>,
    /// Whether wasm-opt is installed.
    pub(crate) wasm_opt: bool,
}

impl Toolbox {
    /// The tools to build the app; missing ones are fetched.
    ///
    /// # Errors
    /// If a tool is missing and cannot be fetched, with the command to run by hand.
    pub(crate) fn for_build() -> Result<Self> {
        wasm_target()?;
        let mut tools = Self::for_post_build()?;
        tools.folders.push(cargo_tool("trunk", TRUNK, "trunk", true, "about 5 minutes")?);
        Ok(tools)
    }

    /// The tools of the post-build step; missing ones are fetched.
    ///
    /// # Errors
    /// As [`for_build`](Self::for_build).
    pub(crate) fn for_post_build() -> Result<Self> {
        // Its lock file may name versions that a mirror does not have yet.
        let locked = false;
        let version = wasm_bindgen_version()?;
        let mut tools = Self {
            folders: vec![cargo_tool("wasm-bindgen-cli", &version, "wasm-bindgen", locked, "about 4 minutes")?],
            wasm_opt: wasm_opt_on_path(),
        };
        if !tools.wasm_opt
            && let Some(modules) = node_modules()
        {
            tools.folders.push(modules.join(".bin"));
            tools.wasm_opt = true;
        }
        Ok(tools)
    }

    /// What is needed to drive these browsers; missing tools are fetched.
    ///
    /// # Errors
    /// If a browser or its driver is missing and cannot be fetched, with the command to run.
    pub(crate) fn for_browsers(engines: &[Engine]) -> Result<Self> {
        browsers::ensure(engines)?;
        // For axe; the tests report it if it is missing.
        node_modules();
        let mut tools = Self::default();
        let driven = output(Command::new("geckodriver").arg("--version")).is_some();
        if engines.contains(&Engine::Firefox) && !driven {
            tools.folders.push(cargo_tool("geckodriver", GECKODRIVER, "geckodriver", true, "about 3 minutes")?);
        }
        Ok(tools)
    }

    /// Cargo, with these tools on its `PATH`.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = cargo();
        self.reach(&mut command);
        command
    }

    /// A program from these tools, or otherwise from the `PATH`.
    pub(crate) fn command(&self, name: &str) -> Command {
        let mut command = command(program(self.folders.iter(), name).unwrap_or_else(|| name.into()));
        self.reach(&mut command);
        command
    }

    fn reach(&self, command: &mut Command) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned();
        // A PATH that cannot be joined (because a folder has a colon in its name) is left as it is.
        if let Ok(path) = std::env::join_paths(folders.chain(std::env::split_paths(&path))) {
            command.env("PATH", path);
        }
    }
}

/// The program of this name in the first folder that has it.
fn program<'a>(mut folders: impl Iterator<Item = &'a PathBuf>, name: &str) -> Option<PathBuf> {
    let executable = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    folders.find_map(|folder| Some(folder.join(&executable)).filter(|path| path.is_file()))
}

/// The folder for tools, shared by all clones.
fn cache() -> Result<PathBuf> {
    let home = || std::env::home_dir().context("no home folder is known; set HOME");
    let variable = |name| std::env::var_os(name).filter(|value: &OsString| !value.is_empty());
    let base = if cfg!(target_os = "macos") {
        home()?.join("Library/Caches")
    } else if cfg!(windows) {
        variable("LOCALAPPDATA").map_or_else(|| home().map(|h| h.join("AppData/Local")), |v| Ok(v.into()))?
    } else {
        variable("XDG_CACHE_HOME").map_or_else(|| home().map(|h| h.join(".cache")), |v| Ok(v.into()))?
    };
    Ok(base.join("naast"))
}

/// Makes sure that the WebAssembly target of the compiler is installed.
///
/// # Errors
/// If rustup is missing or cannot fetch it.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))
        .context("rustc does not run; install Rust from https://rustup.rs")?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    say("Getting the WebAssembly target of the compiler (about a minute, once)");
    run(command("rustup").args(["target", "add", WASM])).with_context(|| {
        format!(
            "the WebAssembly target is missing. With network, run:\n  rustup target add {WASM}\n\
             (without rustup: get it from where you got your compiler)\n"
        )
    })
}

/// Makes sure that a component is installed that the minimal profile of rustup leaves out.
///
/// # Errors
/// If it is missing and rustup cannot fetch it.
pub(crate) fn component(name: &str, subcommand: &str) -> Result<()> {
    if output(cargo().args([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    say(&format!("Getting {name} (some seconds, once)"));
    run(command("rustup").args(["component", "add", name]))
        .with_context(|| format!("{name} is missing. With network, run:\n  rustup component add {name}\n"))
}

/// Installs a tool with cargo if it is missing; returns the folder of its executable.
fn cargo_tool(package: &str, version: &str, executable: &str, locked: bool, duration: &str) -> Result<PathBuf> {
    let folder = cache()?.join(format!("{package}-{version}"));
    let bin = folder.join("bin");
    let file = bin.join(format!("{executable}{}", std::env::consts::EXE_SUFFIX));
    if file.is_file() {
        return Ok(bin);
    }
    say(&format!("Getting {package} {version}: compiling it takes {duration} on two cores, once"));
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let mut install = cargo();
    install.args(["install", &format!("{package}@{version}")]);
    if locked {
        install.arg("--locked");
    }
    install.arg("--root").arg(&folder);
    let by_hand = line(&install);
    // The settings of this project do not apply to other tools. They run for seconds, so a faster compilation
    // is worth more than faster code: optimised, Trunk takes ten minutes.
    install
        .current_dir(&folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    run(&mut install).with_context(|| {
        format!("could not install {package}. It needs crates.io and a C linker; then run:\n  {by_hand}\n")
    })?;
    if !file.is_file() {
        bail!("{package} is installed, but {} is not there", file.display());
    }
    Ok(bin)
}

/// The version of wasm-bindgen in the app: the command must have the same.
fn wasm_bindgen_version() -> Result<String> {
    locked_version(&read(&root().join("Cargo.lock"))?, "wasm-bindgen").context("wasm-bindgen is not in Cargo.lock")
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

fn wasm_opt_on_path() -> bool {
    output(Command::new("wasm-opt").arg("--version"))
        .is_some_and(|text| text.split_whitespace().nth(2) == Some(BINARYEN))
}

/// The packages of package-lock.json; missing ones are fetched. `None` if Node is missing or too old, or if npm
/// cannot reach its registry; the reason is printed.
fn node_modules() -> Option<PathBuf> {
    let version = output(Command::new("node").arg("--version")).unwrap_or_default();
    if major(&version).is_none_or(|major| major < OLDEST_NODE) {
        say(&format!("No Node {OLDEST_NODE} or newer here: doing without (it would bring wasm-opt and axe)"));
        return None;
    }
    match npm_packages() {
        Ok(modules) => Some(modules),
        Err(error) => {
            say(&format!("npm could not get its packages: {error:#}"));
            None
        }
    }
}

fn npm_packages() -> Result<PathBuf> {
    let modules = root().join("node_modules");
    let stamp = modules.join(".naast-lock");
    let wanted = hash([std::fs::read(root().join("package-lock.json"))?.as_slice()]);
    if std::fs::read_to_string(&stamp).is_ok_and(|kept| kept == wanted) {
        return Ok(modules);
    }
    say("Getting wasm-opt and axe from npm (some seconds, once)");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    // npm keeps its downloads for all clones.
    run(command(npm).args(["ci", "--prefer-offline", "--ignore-scripts", "--loglevel=error"]))?;
    std::fs::write(stamp, wanted)?;
    Ok(modules)
}

/// `v20.1.2` → 20
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_version_in_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    fn the_app_pins_the_wasm_bindgen_of_the_lock_file() {
        let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
        let pin = format!("wasm-bindgen = \"={}\"", wasm_bindgen_version().unwrap());
        assert!(manifest.contains(&pin), "{pin}");
    }

    #[test]
    fn package_json_has_the_same_binaryen() {
        let read = |name| std::fs::read_to_string(root().join(name)).unwrap();
        assert!(read("package.json").contains(&format!("\"binaryen\": \"{BINARYEN}.0.0\"")));
    }

    #[test]
    fn node_tells_its_major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major(""), None);
        assert_eq!(major("20"), None);
    }
}
