//! The headers of production, in one place: this server sends them, and the build writes them for static hosts.

/// What the page may load and do: everything from its own origin, WebAssembly, no inline script.
///
/// In engines with Trusted Types no text becomes HTML or a script, except for the addresses that the policy in
/// `public/boot.js` allows.
///
/// `blob:` images are pictures that the user chose; `data:` images are drawings in style sheets.
pub const CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
object-src 'none'; base-uri 'none'; form-action 'none'; \
require-trusted-types-for 'script'; trusted-types default; frame-ancestors 'none'";

/// Sent with every response, in this order.
///
/// `Permissions-Policy` does not mention the camera, which the transfer from phone to phone needs: the browser
/// still asks. It names only features that browsers know, because an unknown one is an error in the console.
pub const SECURITY: [(&str, &str); 6] = [
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "accelerometer=(), autoplay=(), camera=(self), display-capture=(), encrypted-media=(), \
geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), \
picture-in-picture=(), usb=(), xr-spatial-tracking=()",
    ),
];

/// `Cache-Control` of a file whose name contains the hash of its contents.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// `Cache-Control` of every other file: it may be kept, but must be revalidated.
pub const ASK_FIRST: &str = "no-cache";

/// The number of hexadecimal digits of the hash in a file name.
pub const NAME_HASH_LEN: usize = 12;

/// The policy for a `<meta>` element, in which `frame-ancestors` has no effect.
#[must_use]
pub fn csp_for_meta() -> &'static str {
    CSP.split_once("; frame-ancestors").map_or(CSP, |(rest, _)| rest)
}

/// Whether a file name ends in `-` and a content hash before its extension, as in
/// `naast-0123456789ab.js`.
#[must_use]
pub fn is_hashed(name: &str) -> bool {
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == NAME_HASH_LEN && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

/// The `Cache-Control` of a file, by its name.
#[must_use]
pub fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) { IMMUTABLE } else { ASK_FIRST }
}

/// The media type of a file, by its extension.
#[must_use]
pub fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "txt" | "md" | "tsv" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_content_hash_never_changes() {
        assert_eq!(cache_control("naast-0123456789ab.js"), IMMUTABLE);
        assert_eq!(cache_control("naast_bg-0123456789ab.wasm"), IMMUTABLE);
        for name in [
            "index.html",
            "sw.js",
            "manifest.webmanifest",
            "icon-maskable-512.png",
            "naast-0123456789AB.js",
            "naast-0123.js",
            "",
        ] {
            assert_eq!(cache_control(name), ASK_FIRST, "{name}");
        }
    }

    #[test]
    fn the_meta_policy_is_the_header_without_frame_ancestors() {
        assert!(CSP.starts_with(csp_for_meta()));
        assert!(!csp_for_meta().contains("frame-ancestors"));
        assert!(csp_for_meta().ends_with("trusted-types default"));
    }

    #[test]
    fn the_policy_allows_no_inline_script_and_no_other_origin() {
        assert!(!CSP.contains("unsafe-inline"));
        assert!(!CSP.contains("'unsafe-eval'"));
        assert!(!CSP.contains("http"));
        assert!(!CSP.contains('*'));
    }

    #[test]
    fn no_text_is_taken_for_a_script_and_one_policy_may_say_otherwise() {
        assert!(CSP.contains("; require-trusted-types-for 'script'; trusted-types default;"));
        assert!(!CSP.contains("allow-duplicates"));
    }

    #[test]
    fn no_header_can_break_out_of_its_line() {
        for (name, value) in SECURITY {
            assert!(!name.contains(['\n', '\r', ':']), "{name}");
            assert!(!value.contains(['\n', '\r']), "{name}");
            assert!(!value.contains("  "), "{name}");
        }
    }

    #[test]
    fn webassembly_has_its_own_type() {
        assert_eq!(media_type("naast_bg-0123456789ab.wasm"), "application/wasm");
        assert_eq!(media_type("noextension"), "application/octet-stream");
    }
}
