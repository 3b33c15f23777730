//! Ways in for the fuzzer. Compiled under `--cfg fuzzing`, and for the tests, which replay what the
//! fuzzer found worth keeping (`fuzz/corpus`).

use crate::content::Content;
use crate::records::Id;
use crate::route::Route;

/// The compact form of the content: read or refused; what is read is written again as the same.
pub fn content(data: &[u8]) {
    if let Some(content) = Content::from_compact(data) {
        assert_eq!(Content::from_compact(&content.to_compact()), Some(content));
    }
}

/// An address: whatever it is, it leads somewhere, and that place has an address that leads there.
pub fn route(text: &str) {
    let route = Route::parse(text);
    if route != Route::NotFound {
        assert_eq!(Route::parse(&route.to_string()), route);
    }
    let mut place = Some(route);
    // Up and up ends at the top.
    for _ in 0..8 {
        place = place.and_then(|route| route.parent());
    }
    assert_eq!(place, None);
    if let Some(id) = Id::parse(text) {
        assert_eq!(id.to_string(), text);
    }
}

/// All that the fuzzer found worth keeping, once more.
#[cfg(test)]
mod tests {
    use crate::corpus::replay;

    #[test]
    fn what_was_fuzzed_is_read_as_it_should() {
        replay("content", super::content);
        replay("route", |data| core::str::from_utf8(data).map_or((), super::route));
    }
}
