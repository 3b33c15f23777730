//! Writes compressed files beside the originals, as hosts serve them (`brotli_static` and `gzip_static` of nginx,
//! `precompressed` of Caddy).

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

use crate::files::{is_compressed, list};

/// Extensions of files that are worth compressing.
const COMPRESSIBLE: [&str; 7] = ["html", "js", "css", "wasm", "txt", "svg", "webmanifest"];

/// Writes a `.br` and a `.gz` beside every file in a folder that becomes smaller.
///
/// # Errors
/// If a file cannot be read or written.
pub(crate) fn folder(folder: &Path) -> Result<()> {
    for (name, path) in list(folder)? {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if !COMPRESSIBLE.contains(&extension) || is_compressed(&name) {
            continue;
        }
        let bytes = std::fs::read(&path)?;
        for (extension, compressed) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)] {
            if compressed.len() < bytes.len() {
                let name = folder.join(format!("{name}.{extension}"));
                std::fs::write(&name, compressed).with_context(|| format!("cannot write {}", name.display()))?;
            }
        }
    }
    Ok(())
}

/// Brotli at its highest quality.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Gzip at its highest level, without a timestamp: the same bytes give the same file.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compresses_what_becomes_smaller() {
        let folder = std::env::temp_dir().join(format!("naast-compress-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let text = "naast ".repeat(100);
        for (name, text) in [("a.js", &*text), ("tiny.js", "x"), ("a.png", &*text)] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        super::folder(&folder).unwrap();
        super::folder(&folder).unwrap();
        let names: Vec<String> = list(&folder).unwrap().into_keys().collect();
        assert_eq!(names, ["a.js", "a.js.br", "a.js.gz", "a.png", "tiny.js"]);
        let mut opened = Vec::new();
        brotli::BrotliDecompress(&mut &*std::fs::read(folder.join("a.js.br")).unwrap(), &mut opened).unwrap();
        assert_eq!(opened, text.as_bytes());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
