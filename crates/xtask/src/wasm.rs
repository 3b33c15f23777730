//! Reading and writing WebAssembly: as much of it as the build has to look into.

use anyhow::{Context, Result, bail};

/// How every module begins: what it is, and the only version there is.
const FRONT: &[u8] = b"\0asm\x01\0\0\0";

/// The sections of a module, each with its number.
///
/// # Errors
/// When it is no module, or cut off.
pub(crate) fn sections(wasm: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let mut rest = wasm.strip_prefix(FRONT).context("no WebAssembly")?;
    let mut all = Vec::new();
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let length = number(&mut rest)?;
        all.push((id, take(&mut rest, length)?));
    }
    Ok(all)
}

/// A module of these sections.
pub(crate) fn module<S: AsRef<[u8]>>(sections: impl IntoIterator<Item = (u8, S)>) -> Vec<u8> {
    let mut wasm = FRONT.to_vec();
    for (id, section) in sections {
        put_section(&mut wasm, id, section.as_ref());
    }
    wasm
}

/// Adds a section.
pub(crate) fn put_section(wasm: &mut Vec<u8>, id: u8, section: &[u8]) {
    wasm.push(id);
    put_number(wasm, section.len());
    wasm.extend(section);
}

/// How many functions come from outside; the numbers of our own go on from there.
pub(crate) fn imported(all: &[(u8, &[u8])]) -> Result<usize> {
    let Some(&(_, mut section)) = all.iter().find(|(id, _)| *id == 2) else { return Ok(0) };
    let mut functions = 0;
    for _ in 0..number(&mut section)? {
        text(&mut section)?;
        text(&mut section)?;
        match take(&mut section, 1)? {
            [0] => {
                functions += 1;
                number(&mut section)?;
            }
            // A table, a memory: a kind, whether there is a most, the least, the most.
            [kind @ (1 | 2)] => {
                if *kind == 1 {
                    take(&mut section, 1)?;
                }
                let most = take(&mut section, 1)? == [1];
                number(&mut section)?;
                if most {
                    number(&mut section)?;
                }
            }
            // A global: its type, and whether it changes.
            [3] => drop(take(&mut section, 2)?),
            other => bail!("an import of an unknown kind: {other:?}"),
        }
    }
    Ok(functions)
}

/// Of the section with names, after its own name: the part with those of functions, whole; empty where
/// there is none.
pub(crate) fn function_names(mut names: &[u8]) -> Result<&[u8]> {
    while let Some((&kind, mut rest)) = names.split_first() {
        let length = number(&mut rest)?;
        take(&mut rest, length)?;
        if kind == 1 {
            return Ok(&names[..names.len() - rest.len()]);
        }
        names = rest;
    }
    Ok(&[])
}

/// What each function of the section with code does, its locals included.
pub(crate) fn bodies(mut section: &[u8]) -> Result<Vec<&[u8]>> {
    let count = number(&mut section)?;
    let mut all = Vec::new();
    for _ in 0..count {
        let length = number(&mut section)?;
        all.push(take(&mut section, length)?);
    }
    Ok(all)
}

/// A number as WebAssembly writes it: seven bits a byte, the lowest first.
pub(crate) fn number(from: &mut &[u8]) -> Result<usize> {
    let mut number = 0;
    for shift in [0, 7, 14, 21, 28] {
        let byte = take(from, 1)?.first().copied().unwrap_or_default();
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    bail!("a number without an end")
}

pub(crate) fn put_number(to: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        to.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    to.push(number.to_le_bytes()[0]);
}

pub(crate) fn take<'a>(from: &mut &'a [u8], count: usize) -> Result<&'a [u8]> {
    let (taken, rest) = from.split_at_checked(count).context("the module is cut off")?;
    *from = rest;
    Ok(taken)
}

pub(crate) fn text<'a>(from: &mut &'a [u8]) -> Result<&'a str> {
    let length = number(from)?;
    Ok(std::str::from_utf8(take(from, length)?)?)
}

pub(crate) fn put_text(to: &mut Vec<u8>, text: &str) {
    put_number(to, text.len());
    to.extend(text.as_bytes());
}
