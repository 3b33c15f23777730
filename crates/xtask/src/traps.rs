//! Takes out of a module what only a panic would ask for.
//!
//! A panic ends the module: `panic = "abort"`, and WebAssembly has no standard error to print to.
//! What it would have said goes nowhere, and so may the way there: each function that never
//! returns becomes the trap it ends in, and the places in the source it would have named become
//! zeros – the folders of whoever built it among them. Some 5 kB less to download, and what ends
//! the module still ends it at the same moment.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::alike;
use crate::shell::{command, output, run, say};
use crate::wasm::{bodies, function_names, imported, module, number, put_number, sections, take, text};

/// Parts of the names of functions that panic, lead to it, or are asked for by nothing else.
const ENDS: [&str; 19] = [
    "core::panicking::",
    "::expect_failed",
    "::unwrap_failed",
    "::assert_failed",
    "slice_index_fail",
    "len_mismatch_fail",
    "panic_on_ord_violation",
    "::capacity_overflow",
    "raw_vec::handle_error",
    "::rust_oom",
    "::panic_access_error",
    "::panic_poisoned",
    "::panic_already",
    "::panicking::panic_with_hook",
    "::panicking::panic_handler::{closure",
    "::panicking::begin_panic::{closure",
    "::panicking::assert_failed",
    // These do return, to a panic that says what went wrong: our own code is not allowed to ask
    // for them (`clippy::use_debug`).
    "as core::fmt::Debug>::fmt",
    "core::fmt::builders::",
];

/// A function with no locals that does nothing but trap.
const TRAP: [u8; 3] = [0, 0, 0x0b];

/// The second pass of wasm-opt. Now it may put the smallest functions in place of their calls, for
/// those are the traps.
const OPTIMISE: [&str; 9] = [
    "-g",
    "-Oz",
    "--converge",
    "--skip-pass=local-cse",
    "--skip-pass=memory-packing",
    "--dealign",
    "--always-inline-max-function-size=4",
    "--one-caller-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
];

/// And the third: only the order of the functions.
const ORDER: [&str; 3] = ["--dealign", "--reorder-functions-by-name", "--strip-debug"];

/// Those of `.cargo/config.toml`.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Takes them out of the module in this file, as far as it still tells the names of its functions.
///
/// # Errors
/// When it is no module, or wasm-opt fails.
pub(crate) fn take_out(module: &Path) -> Result<()> {
    let wasm = std::fs::read(module).with_context(|| format!("Trunk made no {}", module.display()))?;
    let Some(quiet) = quiet(&wasm)? else { return Ok(()) };
    std::fs::write(module, quiet)?;
    if output(command("wasm-opt").arg("--version")).is_none() {
        say("No wasm-opt within reach of xtask: it works, but is larger");
        return Ok(());
    }
    let optimise =
        |passes: &[&str]| run(command("wasm-opt").args(FEATURES).args(passes).arg(module).arg("-o").arg(module));
    optimise(&OPTIMISE)?;
    std::fs::write(module, alike::named_by_place(&std::fs::read(module)?)?)?;
    optimise(&ORDER)
}

/// The module with traps for panics and zeros for places; `None` where it tells no names.
fn quiet(wasm: &[u8]) -> Result<Option<Vec<u8>>> {
    let all = sections(wasm)?;
    let Some(names) = names(&all)? else { return Ok(None) };
    let imported = imported(&all)?;
    let mut made = Vec::new();
    for (id, section) in all {
        let section = match id {
            10 => trapped(section, &names, imported)?,
            11 => without_places(section)?,
            _ => section.to_vec(),
        };
        made.push((id, section));
    }
    Ok(Some(module(made)))
}

/// The names of functions by number, where the module tells them.
fn names<'a>(all: &[(u8, &'a [u8])]) -> Result<Option<BTreeMap<usize, &'a str>>> {
    for &(_, section) in all.iter().filter(|(id, _)| *id == 0) {
        let mut rest = section;
        if text(&mut rest)? != "name" {
            continue;
        }
        if let Some((_, mut part)) = function_names(rest)?.split_first() {
            // How long it is, and how many there are.
            number(&mut part)?;
            let count = number(&mut part)?;
            return (0..count).map(|_| Ok((number(&mut part)?, text(&mut part)?))).collect::<Result<_>>().map(Some);
        }
    }
    Ok(None)
}

fn trapped(section: &[u8], names: &BTreeMap<usize, &str>, imported: usize) -> Result<Vec<u8>> {
    let bodies = bodies(section)?;
    let mut made = Vec::with_capacity(section.len());
    put_number(&mut made, bodies.len());
    for (nth, body) in bodies.into_iter().enumerate() {
        let ends = names.get(&(nth + imported)).is_some_and(|name| never_returns(name));
        let body = if ends { &TRAP } else { body };
        put_number(&mut made, body.len());
        made.extend(body);
    }
    Ok(made)
}

fn never_returns(name: &str) -> bool {
    // Names may carry the hash of their crate: `core[c5930c85a12de822]::option::unwrap_failed`.
    let mut plain = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    ENDS.iter().any(|end| plain.contains(end))
}

/// The data with zeros for every `core::panic::Location` and the names of files they point to.
fn without_places(section: &[u8]) -> Result<Vec<u8>> {
    // Where each segment lies in memory, and in the section.
    let mut segments = Vec::new();
    let mut rest = section;
    for _ in 0..number(&mut rest)? {
        // Those that the module puts in place itself, at an address that is a plain number.
        ensure!(take(&mut rest, 2)? == [0, 0x41], "data that lies nowhere yet");
        let address = number(&mut rest)?;
        ensure!(take(&mut rest, 1)? == [0x0b], "data at an address that is not a number");
        let length = number(&mut rest)?;
        segments.push((address, section.len() - rest.len(), length));
        take(&mut rest, length)?;
    }
    let within = |address: usize, length: usize| {
        let segment = segments.iter().find(|(start, _, size)| {
            address.checked_sub(*start).and_then(|at| at.checked_add(length)).is_some_and(|end| end <= *size)
        });
        segment.map(|(start, at, _)| at + (address - start))
    };
    let word = |at: usize| {
        let bytes = section.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(usize::MAX, |bytes| u32::from_le_bytes(bytes) as usize)
    };
    let mut made = section.to_vec();
    for &(address, start, length) in &segments {
        // Four numbers, where numbers lie: the name of the file, how long that is, line, column.
        for at in (start + address.wrapping_neg() % 4..start + length).step_by(4) {
            let [name, size, line, column] = [word(at), word(at + 4), word(at + 8), word(at + 12)];
            let plausible = (4..300).contains(&size) && (1..50_000).contains(&line) && (1..1_000).contains(&column);
            let Some(named) = within(name, size).filter(|_| plausible && at + 16 <= start + length) else { continue };
            if section[named..named + size].ends_with(b".rs") {
                made[named..named + size].fill(0);
                made[at..at + 16].fill(0);
            }
        }
    }
    Ok(made)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::glue::tests::module;
    use crate::wasm::put_section;

    /// A module with two functions by these names, and this data at address 16.
    pub(crate) fn with(names: [&str; 2], data: &[u8]) -> Vec<u8> {
        let mut wasm = module(["one", "two"], "start");
        wasm.truncate(wasm.len() - 5);
        put_section(&mut wasm, 10, &[2, 4, 0, 0x41, 7, 0x0b, 4, 0, 0x41, 9, 0x0b]);
        let mut segment = vec![1, 0, 0x41, 16, 0x0b];
        put_number(&mut segment, data.len());
        segment.extend(data);
        put_section(&mut wasm, 11, &segment);
        let mut functions = vec![2];
        for (nth, name) in names.iter().enumerate() {
            put_number(&mut functions, nth + 2);
            put_number(&mut functions, name.len());
            functions.extend(name.as_bytes());
        }
        let mut told = vec![4, b'n', b'a', b'm', b'e', 1];
        put_number(&mut told, functions.len());
        told.extend(functions);
        put_section(&mut wasm, 0, &told);
        wasm
    }

    fn section(wasm: &[u8], wanted: u8) -> Vec<u8> {
        sections(wasm).unwrap().iter().find(|(id, _)| *id == wanted).unwrap().1.to_vec()
    }

    #[test]
    fn what_never_returns_becomes_a_trap_and_the_rest_stays() {
        let wasm = with(["core[c5930c85]::option::unwrap_failed", "naast::pages::today"], &[]);
        let quiet = quiet(&wasm).unwrap().unwrap();
        assert_eq!(section(&quiet, 10), [2, 3, 0, 0, 0x0b, 4, 0, 0x41, 9, 0x0b]);
    }

    #[test]
    fn functions_that_may_return_are_left_alone() {
        for name in ["naast_vault::vault::Vault::expect", "std[a5]::panicking::panic_count::is_zero_slow_path"] {
            assert!(!never_returns(name), "{name}");
        }
        for name in ["core[c5]::panicking::panic_bounds_check", "alloc[3c]::raw_vec::capacity_overflow"] {
            assert!(never_returns(name), "{name}");
        }
    }

    #[test]
    fn places_and_the_files_they_name_become_zeros_and_other_data_stays() {
        let place = |name: u32, size: u32| {
            [name, size, 12, 34].iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>()
        };
        let data = [b"home/a/b.rs.".to_vec(), place(16, 11), b"words of ours.rs".to_vec(), place(16, 5)].concat();
        let quiet = quiet(&with(["a", "b"], &data)).unwrap().unwrap();
        let kept = section(&quiet, 11);
        let zeros = [&[0; 11][..], b".", &[0; 16], b"words of ours.rs", &place(16, 5)].concat();
        assert_eq!(kept[kept.len() - data.len()..], zeros);
    }

    #[test]
    fn a_module_without_names_stays_as_it_is_and_a_cut_one_is_an_error() {
        assert_eq!(quiet(&module(["one", "two"], "start")).unwrap(), None);
        let wasm = with(["a", "b"], b"data");
        assert!(quiet(&wasm[..wasm.len() - 3]).is_err());
    }
}
