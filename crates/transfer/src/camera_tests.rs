//! Codes as a camera sees them: rotated, slanted, blurred, noisy, dim, on a screen with something around it.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "places in small pictures"
)]

use crate::{Code, Sender, code, read};

/// Pseudo-random numbers that are the same every time.
struct Lot(u64);

impl Lot {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(1_u32 << 31)
    }
}

/// How the phone is held, and the quality of its camera.
#[derive(Clone, Copy)]
struct View {
    /// Pixels per module.
    scale: f64,
    /// Degrees.
    turned: f64,
    /// How much smaller the far side is, as a fraction of the code.
    slant: f64,
    /// Width of the blur in pixels.
    blur: f64,
    /// Deviation of the noise, out of 255.
    noise: f64,
    /// The values of light and dark, out of 255.
    light: (f64, f64),
}

const STEADY: View = View { scale: 6.5, turned: 2.0, slant: 0.0, blur: 1.5, noise: 6.0, light: (200.0, 40.0) };

const SIDE: usize = 720;

fn seen(code: &Code, view: View, lot: &mut Lot) -> Vec<u8> {
    let (sin, cos) = view.turned.to_radians().sin_cos();
    let middle = SIDE as f64 / 2.0;
    let side = code.side as f64;
    let dark = |x: f64, y: f64| {
        // Maps the picture to the code.
        let (x, y) = ((x - middle) / view.scale, (y - middle) / view.scale);
        let (x, y) = (x * cos + y * sin, y * cos - x * sin);
        let far = 1.0 + view.slant * y / side;
        let (x, y) = (x * far + side / 2.0, y * far + side / 2.0);
        if x < 0.0 || y < 0.0 || x >= side || y >= side {
            // The background: stripes.
            return f64::from(u8::from((x / 9.0).floor() as i64 % 2 == 0)) * 0.7;
        }
        f64::from(u8::from(code.dark[y as usize * code.side + x as usize]))
    };
    let mut picture = Vec::with_capacity(SIDE * SIDE);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let mut sum = 0.0;
            for tap in 0..9 {
                let [dx, dy] = [tap % 3, tap / 3].map(|tap| f64::from(tap - 1) / 2.0 * view.blur);
                sum += dark(x as f64 + dx, y as f64 + dy);
            }
            let (light, black) = view.light;
            let noise = (lot.next() + lot.next() + lot.next() - 1.5) * 2.0 * view.noise;
            picture.push((light + (black - light) * sum / 9.0 + noise).clamp(0.0, 255.0) as u8);
        }
    }
    picture
}

fn sender() -> Sender {
    let mut lot = Lot(3);
    Sender::new((0..60_000).map(|_| (lot.next() * 256.0) as u8).collect()).unwrap()
}

#[test]
fn a_code_is_as_large_as_the_format_says_and_has_its_quiet_zone() {
    let code = code(&sender().frame(0)).unwrap();
    assert_eq!(code.side, 77 + 8);
    let at = |x: usize, y: usize| code.dark[y * code.side + x];
    assert!((0..code.side).all(|at_| !at(at_, 3) && !at(3, at_) && !at(at_, code.side - 4)));
    assert!(at(4, 4));
}

#[test]
fn codes_are_read_however_the_phone_is_held() {
    let sender = sender();
    let mut lot = Lot(1);
    let views = [
        ("steady", STEADY),
        ("a little turned", View { turned: 7.0, ..STEADY }),
        ("on its side", View { turned: 91.0, ..STEADY }),
        ("upside down", View { turned: 184.0, ..STEADY }),
        ("slanted", View { slant: 0.12, ..STEADY }),
        ("far away", View { scale: 4.5, blur: 1.0, ..STEADY }),
        ("noisy", View { noise: 20.0, ..STEADY }),
        ("dim", View { light: (90.0, 45.0), noise: 4.0, ..STEADY }),
        ("blurred", View { blur: 3.0, ..STEADY }),
    ];
    for (name, view) in views {
        let (mut good, many) = (0, 6);
        for nth in 0..many {
            let frame = sender.frame(nth);
            let picture = seen(&code(&frame).unwrap(), view, &mut lot);
            good += u32::from(read(&picture, SIDE).contains(&frame));
        }
        assert!(good * 2 > many, "{name}: {good} of {many}");
    }
}

#[test]
fn pictures_without_a_code_and_of_another_shape_give_nothing() {
    let mut lot = Lot(5);
    let noise: Vec<u8> = (0..10_000).map(|_| (lot.next() * 256.0) as u8).collect();
    for width in [0, 1, 7, 100, 9_999, 10_000, 10_001] {
        assert!(read(&noise, width).is_empty(), "{width}");
    }
    assert!(read(&[], 100).is_empty());
}
