//! Puts functions that look alike beside each other: what packs the module for the way to the
//! phone tells a function in the fewest bytes when its twin has just come by. Some 5 kB less to
//! download, and nothing else changes.
//!
//! The order is one of ours, the moving is wasm-opt's: it can sort functions by name, so each gets
//! its place as its name.

use std::collections::HashMap;

use anyhow::{Context, Result};

use crate::wasm::{bodies, imported, module, put_number, put_text, sections};

/// So many bytes in a row are what two functions can have in common.
const PIECE: usize = 5;

/// What more functions than this have says nothing.
const COMMON: usize = 400;

/// The module, with names for its functions that sort them as they are to lie.
///
/// # Errors
/// When it is no module.
pub(crate) fn named_by_place(wasm: &[u8]) -> Result<Vec<u8>> {
    let all = sections(wasm)?;
    let first = imported(&all)?;
    let code = all.iter().find(|(id, _)| *id == 10).context("a module without code")?.1;
    let mut places: Vec<(usize, usize)> =
        in_order(&bodies(code)?).into_iter().enumerate().map(|(place, function)| (function, place)).collect();
    places.sort_unstable();

    let mut names = Vec::new();
    put_number(&mut names, places.len());
    for (function, place) in places {
        put_number(&mut names, function + first);
        put_text(&mut names, &format!("{place:06}"));
    }
    let mut section = Vec::new();
    put_text(&mut section, "name");
    section.push(1);
    put_number(&mut section, names.len());
    section.extend(names);

    Ok(module(all.into_iter().filter(|(id, _)| *id != 0).chain([(0, &section[..])])))
}

/// Each time the one that has most in common with the last.
fn in_order(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<Vec<&[u8]>> = bodies.iter().map(|body| pieces(body)).collect();
    let mut who: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, pieces) in pieces.iter().enumerate() {
        for piece in pieces {
            who.entry(piece).or_default().push(function);
        }
    }
    let mut placed = vec![false; bodies.len()];
    let mut shared = vec![0; bodies.len()];
    let mut most_alike = |last: usize, placed: &[bool]| {
        let mut met = Vec::new();
        for functions in pieces[last].iter().map(|piece| &who[piece]).filter(|who| who.len() <= COMMON) {
            for &function in functions.iter().filter(|function| !placed[**function]) {
                if shared[function] == 0 {
                    met.push(function);
                }
                shared[function] += 1;
            }
        }
        // What they share of all that they have; two such fractions are compared crosswise.
        let best = met.iter().copied().max_by(|&a, &b| {
            let all = |function: usize| pieces[last].len() + pieces[function].len();
            (shared[a] * all(b)).cmp(&(shared[b] * all(a))).then(b.cmp(&a))
        });
        met.into_iter().for_each(|function| shared[function] = 0);
        best
    };
    // Where nothing is alike it goes on with the next by what it begins with.
    let mut waiting: Vec<usize> = (0..bodies.len()).collect();
    waiting.sort_by_key(|&function| bodies[function]);
    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    for next in waiting {
        let mut next = Some(next).filter(|&next| !placed[next]);
        while let Some(function) = next {
            placed[function] = true;
            order.push(function);
            next = most_alike(function, &placed);
        }
    }
    order
}

fn pieces(body: &[u8]) -> Vec<&[u8]> {
    let mut pieces: Vec<&[u8]> = body.windows(PIECE.min(body.len().max(1))).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_lie_beside_each_other() {
        let order = in_order(&[b"een twee drie", b"iets heel anders", b"een twee vier", b"en iets heel anders"]);
        assert_eq!(order, [0, 2, 3, 1]);
    }

    #[test]
    fn every_function_has_one_place_also_when_nothing_is_alike() {
        let bodies: Vec<Vec<u8>> = (0..50_u8).map(|n| vec![n; usize::from(n % 9)]).collect();
        let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
        let mut order = in_order(&bodies);
        assert_eq!(order, in_order(&bodies));
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn names_tell_the_place_after_what_is_imported() {
        let wasm = crate::traps::tests::with(["a", "b"], b"data");
        let named = named_by_place(&wasm).unwrap();
        let (id, last) = *sections(&named).unwrap().last().unwrap();
        assert_eq!((id, last), (0, &b"\x04name\x01\x11\x02\x02\x06000000\x03\x06000001"[..]));
        assert_eq!(sections(&named).unwrap().len(), sections(&wasm).unwrap().len());
    }
}
