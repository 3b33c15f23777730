//! Makes the WebAssembly and the script that wasm-bindgen wrote for it fit each other closely:
//! long names between them become short ones, and what the module no longer asks for goes. Some
//! 4 kB less to download.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};

use crate::wasm::{module, number, put_number, put_text, sections, take, text};

/// Where the module asks for the rest of the app.
pub(crate) const BEHIND: &str = "./behind.js";

/// A module and its script, after.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fitted {
    pub(crate) wasm: Vec<u8>,
    pub(crate) script: String,
}

/// Fits the module `name` and its script.
///
/// # Errors
/// When they are not what wasm-bindgen makes.
pub(crate) fn fit(name: &str, wasm: &[u8], script: &str) -> Result<Fitted> {
    // Under which the script hands things to the module.
    let place = format!("./{name}_bg.js");
    let mut names = BTreeMap::new();
    let mut fitted = Vec::new();
    for (id, section) in running(wasm)? {
        fitted.push((id, if id == 2 { imports(&place, section, &mut names)? } else { section.to_vec() }));
    }
    ensure!(!names.is_empty(), "the module imports nothing");
    Ok(Fitted { wasm: module(fitted), script: fit_script(&place, script, &names)? })
}

/// The module without names and who made it.
///
/// # Errors
/// When it is none.
pub(crate) fn bare(wasm: &[u8]) -> Result<Vec<u8>> {
    Ok(module(running(wasm)?))
}

/// The sections that run.
fn running(wasm: &[u8]) -> Result<impl Iterator<Item = (u8, &[u8])>> {
    Ok(sections(wasm)?.into_iter().filter(|(id, _)| *id != 0))
}

/// The section with short names; long to short goes into `names`.
fn imports(place: &str, mut section: &[u8], names: &mut BTreeMap<String, String>) -> Result<Vec<u8>> {
    let count = number(&mut section)?;
    let mut short = Vec::new();
    put_number(&mut short, count);
    for nth in 0..count {
        let from = text(&mut section)?;
        let name = text(&mut section)?;
        if from == place {
            let to = names.entry(name.to_owned()).or_insert_with(|| short_name(nth)).clone();
            put_text(&mut short, &short_name(0));
            put_text(&mut short, &to);
        } else {
            ensure!(from == BEHIND, "an import from elsewhere: {from}");
            put_text(&mut short, from);
            put_text(&mut short, name);
        }
        ensure!(take(&mut section, 1)? == [0], "an import that is no function");
        short.push(0);
        put_number(&mut short, number(&mut section)?);
    }
    Ok(short)
}

/// `a`, `b`, … `z`, `ba`, …
fn short_name(mut nth: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(char::from(b'a' + u8::try_from(nth % 26).unwrap_or_default()));
        nth /= 26;
        if nth == 0 {
            return name.into_iter().rev().collect();
        }
    }
}

/// The script with the short names, without the functions that the module does not ask for, the way
/// to start at once that nobody takes, and the warnings to whoever writes another start.
fn fit_script(place: &str, script: &str, names: &BTreeMap<String, String>) -> Result<String> {
    let mut fitted = String::new();
    let (mut met, mut skip) = (0, false);
    for line in script.lines() {
        let function =
            line.split_once(": function(").map(|(name, _)| name.trim()).filter(|name| name.starts_with("__wb"));
        if let Some(name) = function {
            skip = !names.contains_key(name);
            met += usize::from(!skip);
        } else if line == "    };" {
            // The last of the functions.
            skip = false;
        } else if !line.is_empty() && !line.starts_with([' ', '}']) {
            // Something of its own begins; what belongs to it is indented.
            skip = line.starts_with("function initSync(");
        }
        let warns = line.trim_start().starts_with("console.warn(");
        if skip || warns {
            continue;
        }
        match function.and_then(|name| names.get(name).map(|short| line.replacen(name, short, 1))) {
            Some(line) => fitted.push_str(&line),
            None => fitted.push_str(line),
        }
        fitted.push('\n');
    }
    ensure!(met == names.len(), "the script offers {met} of the {} functions that the module asks for", names.len());
    let both = "export { initSync, __wbg_init as default };";
    ensure!(fitted.contains(both), "the script exports other things than it did");
    let fitted = fitted.replace(both, "export { __wbg_init as default };");
    let offered = format!("\"{place}\": ");
    ensure!(fitted.contains(&offered), "the script does not name {place}");
    Ok(fitted.replace(&offered, &format!("{}: ", short_name(0))))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::wasm::put_section;

    /// A module with two imports, one export and a section that nothing looks into.
    pub(crate) fn module(imported: [&str; 2], export: &str) -> Vec<u8> {
        module_of("naast", imported, export)
    }

    /// The same, of this name.
    pub(crate) fn module_of(own: &str, imported: [&str; 2], export: &str) -> Vec<u8> {
        let mut imports = vec![2];
        for name in imported {
            put_text(&mut imports, &format!("./{own}_bg.js"));
            put_text(&mut imports, name);
            imports.extend([0, 5]);
        }
        let mut exports = vec![1];
        put_text(&mut exports, export);
        exports.extend([0, 1]);
        crate::wasm::module([(2, imports), (7, exports), (10, vec![1, 2, 3])])
    }

    pub(crate) const SCRIPT: &str = "\
import * as import1 from \"./behind.js\"
function __wbg_get_imports() {
    const import0 = {
        __wbg_one_1: function(arg0) {
            return arg0;
        },
        __wbg_unasked_2: function() { return handleError(function (arg0) {
            arg0.away();
        }, arguments); },
        __wbg_two_3: function() { return handleError(function (arg0) {
            arg0.two();
        }, arguments); },
    };
    return {
        \"./naast_bg.js\": import0,
    };
}
function initSync(module) {
    const instance = module;

    return instance;
}
const last = 1;
    wasm = instance.exports;
    console.warn('look out');
export { initSync, __wbg_init as default };
";

    #[test]
    fn what_is_asked_for_gets_a_short_name_and_the_rest_goes() {
        let wasm = module(["__wbg_two_3", "__wbg_one_1"], "start");
        let fitted = fit("naast", &wasm, SCRIPT).unwrap();
        let expected = "\
import * as import1 from \"./behind.js\"
function __wbg_get_imports() {
    const import0 = {
        b: function(arg0) {
            return arg0;
        },
        a: function() { return handleError(function (arg0) {
            arg0.two();
        }, arguments); },
    };
    return {
        a: import0,
    };
}
const last = 1;
    wasm = instance.exports;
export { __wbg_init as default };
";
        assert_eq!(fitted.script, expected);
        let mut short = module(["a", "b"], "start");
        // The module of the imports has a short name too.
        short.splice(8..10 + usize::from(short[9]), [2, 11, 2, 1, b'a', 1, b'a', 0, 5, 1, b'a', 1, b'b', 0, 5]);
        short[9] = 13;
        assert_eq!(fitted.wasm, short);
    }

    #[test]
    fn names_of_functions_do_not_go_along() {
        let plain = module(["__wbg_two_3", "__wbg_one_1"], "start");
        let mut named = plain.clone();
        put_section(&mut named, 0, b"\x04name");
        assert_eq!(fit("naast", &named, SCRIPT).unwrap(), fit("naast", &plain, SCRIPT).unwrap());
    }

    #[test]
    fn what_the_script_does_not_offer_is_an_error_and_so_is_a_cut() {
        let wasm = module(["__wbg_two_3", "__wbg_four_4"], "x");
        assert!(fit("naast", &wasm, SCRIPT).is_err());
        let wasm = module(["__wbg_two_3", "__wbg_one_1"], "x");
        assert!(fit("naast", &wasm[..wasm.len() - 1], SCRIPT).is_err());
        assert!(fit("naast", b"", SCRIPT).is_err());
    }

    #[test]
    fn short_names_are_all_different() {
        let names: std::collections::BTreeSet<String> = (0..2_000).map(short_name).collect();
        assert_eq!(names.len(), 2_000);
        assert_eq!((short_name(0), short_name(25), short_name(26)), ("a".into(), "z".into(), "ba".into()));
    }
}
