//! Entry points for the fuzzer. They are compiled under `--cfg fuzzing`, and for the tests, which replay the
//! corpus (`fuzz/corpus`).

use crate::content::Content;
use crate::records::Id;
use crate::route::Route;

/// Decodes the compact form of the content; what can be decoded is encoded again as the same bytes.
pub fn content(data: &[u8]) {
    if let Some(content) = Content::from_compact(data) {
        assert_eq!(Content::from_compact(&content.to_compact()), Some(content));
    }
}

/// Parses an address: every address leads somewhere, and that route has an address that leads there.
pub fn route(text: &str) {
    let route = Route::parse(text);
    if route != Route::NotFound {
        assert_eq!(Route::parse(&route.to_string()), route);
    }
    let mut place = Some(route);
    // Going up again and again ends at the top.
    for _ in 0..8 {
        place = place.and_then(|route| route.parent());
    }
    assert_eq!(place, None);
    if let Some(id) = Id::parse(text) {
        assert_eq!(id.to_string(), text);
    }
}

/// Replays the corpus.
#[cfg(test)]
mod tests {
    use crate::corpus::replay;

    #[test]
    fn what_was_fuzzed_is_read_as_it_should() {
        replay("content", super::content);
        replay("route", |data| core::str::from_utf8(data).map_or((), super::route));
    }
}
