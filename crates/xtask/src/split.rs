//! Splits the release app into two WebAssembly modules: what everyone can read, and the private module
//! (`app/src/lazy.rs`). A first visit waits only for the first.
//!
//! `wasm_split` works on the output of the linker, before wasm-bindgen. Trunk has no hook between the two, so the
//! post-build step starts again from cargo's output and replaces the result of Trunk.

use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::Options;

use crate::shell::{run, target};
use crate::tools::Toolbox;

/// It is set for a build that will be split; `app/build.rs` reads it too.
pub(crate) const VARIABLE: &str = "NAAST_SPLIT";

/// The names of the private module and its loader during the build.
pub(crate) const PRIVATE_MODULE: &str = "naast_private.wasm";
pub(crate) const LOADER: &str = "private.js";

/// Splits the app that cargo built, and puts both modules and their script into `staging`.
///
/// # Errors
/// If the module cannot be split, or if wasm-bindgen rejects it.
pub(crate) fn split(staging: &Path, tools: &Toolbox) -> Result<()> {
    let linked = target().join("wasm32-unknown-unknown/release/naast.wasm");
    let linked = std::fs::read(&linked).with_context(|| format!("cannot read {}", linked.display()))?;
    let folder = target().join("split");
    drop(std::fs::remove_dir_all(&folder));
    let main = folder.join("naast.wasm");
    let loader = format!("./{LOADER}");
    let mut options = Options::new(&linked);
    options.output_dir = &folder;
    options.main_out_path = &main;
    // The loader that wasm_split writes under this name is not used: public/private.js has a time limit, and
    // works on hosts that do not know the media type of WebAssembly.
    options.link_name = &loader;
    let made =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("the app does not split: {error:?}"))?;
    let [private] = made.split_modules.as_slice() else {
        return Err(anyhow!("expected one private module, got {}", made.split_modules.len()));
    };
    // The loader needs the table of functions, which the linker exports.
    let bound = folder.join("bound");
    run(tools
        .command("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "naast", "--out-dir"])
        .args([&bound, &main]))?;
    for name in ["naast.js", "naast_bg.wasm"] {
        std::fs::copy(bound.join(name), staging.join(name)).with_context(|| format!("wasm-bindgen made no {name}"))?;
    }
    let script = std::fs::read_to_string(staging.join("naast.js"))?;
    ensure!(script.contains(&format!("\"{loader}\"")), "the script does not import {loader}");
    std::fs::copy(private, staging.join(PRIVATE_MODULE))?;
    Ok(())
}
