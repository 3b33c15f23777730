//! Encodes frames as QR codes, and finds QR codes in the picture of a camera.

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use quircs::Quirc;

/// The number of light modules around the code (ISO/IEC 18004).
const QUIET: i32 = 4;

/// A code to show, including its quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The number of modules per side.
    pub side: usize,
    /// Row by row, whether each module is dark.
    pub dark: Vec<bool>,
}

/// Makes a code with the bytes of a frame; `None` for more than the largest code holds.
#[must_use]
pub fn code(frame: &[u8]) -> Option<Code> {
    let segment = QrSegment::make_bytes(frame);
    // Little error correction, because later codes repair what is lost. The mask is always the same: the bytes
    // are as good as random, so choosing the best of eight would gain nothing.
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

/// Converts the picture of a canvas (four bytes per pixel: red, green, blue, alpha) to greyscale.
#[must_use]
pub fn grey(pixels: &[u8]) -> Vec<u8> {
    // Green contributes half, red and blue a quarter each.
    let grey = |[red, green, blue, _]: [u8; 4]| (u16::from(red) + 2 * u16::from(green) + u16::from(blue)) / 4;
    pixels.as_chunks().0.iter().map(|pixel| u8::try_from(grey(*pixel)).unwrap_or(u8::MAX)).collect()
}

/// The contents of the codes in a picture with `grey.len() / width` rows; codes that cannot be read are left out.
///
/// The library for reading has panicked on pictures before, so the caller must not keep state in the same module
/// instance.
#[must_use]
pub fn read(grey: &[u8], width: usize) -> Vec<Vec<u8>> {
    let height = grey.len().checked_div(width).unwrap_or_default();
    let Some(grey) = grey.get(..width * height).filter(|grey| !grey.is_empty()) else { return Vec::new() };
    let mut reader = Quirc::default();
    let codes = reader.identify(width, height, grey);
    codes.filter_map(|code| Some(code.ok()?.decode().ok()?.payload)).collect()
}
