//! Makes two modules of the app: what can be read by everyone, and what lies behind the door. Who
//! comes for the first time waits for the first alone.
//!
//! Trunk leaves no place between the compiler and wasm-bindgen, and there it must happen: so this
//! program stands in for wasm-bindgen (see `stand_in`), and then calls the real one.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::Options;

use crate::glue;
use crate::shell::{command, target};
use crate::wasm::{function_names, module, sections, text};

/// Tells the stand-in where the real one is.
pub(crate) const REAL: &str = "NAAST_WASM_BINDGEN";

/// The flag without which the compiler does not say what leads to what.
pub(crate) const FLAG: &str = "-Clink-args=--emit-relocs";

/// The module behind the door, where the build finds it.
pub(crate) fn behind() -> PathBuf {
    folder().join("split_behind.wasm")
}

fn folder() -> PathBuf {
    target().join("split")
}

/// A folder to put before the `PATH`, in which this program is called wasm-bindgen.
///
/// # Errors
/// When it cannot be made.
pub(crate) fn stand_in() -> Result<PathBuf> {
    let folder = target().join("stand-in");
    std::fs::create_dir_all(&folder)?;
    let name = folder.join(format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX));
    drop(std::fs::remove_file(&name));
    std::fs::copy(std::env::current_exe()?, &name).context("this program cannot stand in for wasm-bindgen")?;
    Ok(folder)
}

/// Whether this program was called as wasm-bindgen.
pub(crate) fn is_stand_in() -> bool {
    std::env::args_os().next().is_some_and(|own| Path::new(&own).file_stem().is_some_and(|stem| stem == "wasm-bindgen"))
}

/// Splits the module of the app, if it is about that one, and goes on as wasm-bindgen.
///
/// # Errors
/// When the module cannot be split, or there is no real one.
pub(crate) fn bind() -> Result<ExitCode> {
    let real = std::env::var_os(REAL).context("this stands in for wasm-bindgen within `cargo xtask build`")?;
    let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let Some(module) = arguments.iter_mut().find(|argument| Path::new(argument).extension() == Some("wasm".as_ref()))
    {
        let linked = PathBuf::from(&*module);
        let name = linked.file_name().context("a module without a name")?;
        let given = folder().join(name);
        *module = given.clone().into();
        std::fs::create_dir_all(folder())?;
        if name == "naast.wasm" {
            split(&linked, &given)?;
            plain(&behind(), &behind())?;
            // The table of functions, which both modules share.
            arguments.push("--keep-lld-exports".into());
        } else {
            plain(&linked, &given)?;
        }
    }
    let status = command(real).args(arguments).status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Splits the app; wasm-bindgen is to go on with `main`.
fn split(linked: &Path, main: &Path) -> Result<()> {
    let wasm = std::fs::read(linked)?;
    let folder = folder();
    let mut options = Options::new(&wasm);
    options.output_dir = &folder;
    options.main_out_path = main;
    options.link_name = glue::BEHIND;
    let made = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:?}"));
    made.map(drop).context("the app does not split")
}

/// The module without what only a linker asks for, which wasm-opt does not know.
fn plain(from: &Path, to: &Path) -> Result<()> {
    std::fs::write(to, unlinked(&std::fs::read(from)?)?)?;
    Ok(())
}

fn unlinked(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut kept = Vec::new();
    for (id, section) in sections(wasm)? {
        let mut rest = section;
        match if id == 0 { text(&mut rest)? } else { "" } {
            "linking" => {}
            name if name.starts_with("reloc.") => {}
            // Of the names those of functions.
            "name" => kept.push((id, [b"\x04name", function_names(rest)?].concat())),
            _ => kept.push((id, section.to_vec())),
        }
    }
    Ok(module(kept))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traps::tests::with;
    use crate::wasm::put_section;

    #[test]
    fn what_a_linker_asks_for_goes_and_names_stay() {
        let whole = with(["one", "two"], b"data");
        let mut linked = whole.clone();
        put_section(&mut linked, 0, b"\x07linkingall of it");
        put_section(&mut linked, 0, b"\x0areloc.CODEwhat leads where");
        assert_eq!(unlinked(&linked).unwrap(), whole);
    }

    #[test]
    fn other_names_than_those_of_functions_go() {
        let names = b"\x00\x01a\x01\x02bc\x03\x01d";
        assert_eq!(function_names(names).unwrap(), b"\x01\x02bc");
        assert!(function_names(&names[..7]).unwrap() == b"\x01\x02bc" && function_names(&names[..6]).is_err());
        assert!(function_names(&names[..3]).unwrap().is_empty());
    }
}
