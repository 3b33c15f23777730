//! Frames as QR codes, and QR codes in the picture of a camera.

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use quircs::Quirc;

/// Modules around the code that must be light (ISO/IEC 18004).
const QUIET: i32 = 4;

/// A code to show, its quiet zone with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// How many modules a side has.
    pub side: usize,
    /// Row by row, whether a module is dark.
    pub dark: Vec<bool>,
}

/// Makes a code of the bytes of a frame; `None` for more than the largest code holds.
#[must_use]
pub fn code(frame: &[u8]) -> Option<Code> {
    let segment = QrSegment::make_bytes(frame);
    // Little correction: what a code loses the next ones bring. And always the same mask: the bytes
    // are as good as drawn by lot, so that looking for the best of eight would be for nothing.
    let made = QrCode::encode_segments_advanced(
        &[segment],
        QrCodeEcc::Low,
        Version::MIN,
        Version::MAX,
        Some(Mask::new(0)),
        false,
    );
    let made = made.ok()?;
    let all = -QUIET..made.size() + QUIET;
    let dark: Vec<bool> =
        all.clone().flat_map(|y| all.clone().map(move |x| (x, y))).map(|(x, y)| made.get_module(x, y)).collect();
    Some(Code { side: all.count(), dark })
}

/// A picture of a canvas (four bytes a pixel: red, green, blue, and one that says nothing) in grey.
#[must_use]
pub fn grey(pixels: &[u8]) -> Vec<u8> {
    // Green is most of what eyes and cameras see; the two others by half as much.
    let grey = |[red, green, blue, _]: [u8; 4]| (u16::from(red) + 2 * u16::from(green) + u16::from(blue)) / 4;
    pixels.as_chunks().0.iter().map(|pixel| u8::try_from(grey(*pixel)).unwrap_or(u8::MAX)).collect()
}

/// What stands in the codes of a picture, which has `grey.len() / width` rows; codes that cannot be
/// read are left out.
///
/// The reader is somebody else's and has been known to panic over a picture. Whoever calls it keeps
/// what is worth keeping elsewhere.
#[must_use]
pub fn read(grey: &[u8], width: usize) -> Vec<Vec<u8>> {
    let height = grey.len().checked_div(width).unwrap_or_default();
    let Some(grey) = grey.get(..width * height).filter(|grey| !grey.is_empty()) else { return Vec::new() };
    let mut reader = Quirc::default();
    let codes = reader.identify(width, height, grey);
    codes.filter_map(|code| Some(code.ok()?.decode().ok()?.payload)).collect()
}
