//! The principle of the day.

use crate::time::Day;

/// The place of today's principle among `count`; `None` if there are none, or over 65,535.
///
/// It stays the same all day. All principles appear before one returns, so that each returns after exactly
/// `count` days, and neighbours in the list (which belong to one group) are days apart: the step through the list
/// is close to the golden section of its length and coprime to it.
#[must_use]
pub fn principle_of(day: Day, count: usize) -> Option<usize> {
    let length = i64::from(u16::try_from(count).ok().filter(|&length| length > 0)?);
    let step = stride(length);
    let place = i64::from(day.0).rem_euclid(length) * step % length;
    usize::try_from(place).ok()
}

/// The first number from the golden section of `length` up that is coprime to it.
fn stride(length: i64) -> i64 {
    let golden = (length * 618 / 1000).max(1);
    (golden..=length).find(|&step| gcd(step, length) == 1).unwrap_or(1)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_principles_there_is_none_today() {
        assert_eq!(principle_of(Day(20_000), 0), None);
        assert_eq!(principle_of(Day(20_000), 1), Some(0));
    }

    #[test]
    fn one_day_and_the_next_are_not_neighbours_in_the_list() {
        for start in 20_000..20_043 {
            let today = principle_of(Day(start), 43).unwrap();
            let tomorrow = principle_of(Day(start + 1), 43).unwrap();
            assert!(today.abs_diff(tomorrow) > 7, "{today} and {tomorrow}");
        }
    }

    proptest! {
        #[test]
        fn every_principle_comes_by_once_before_one_returns(start in -800_000..3_000_000i32, count in 1..200usize) {
            let mut seen = vec![false; count];
            for offset in 0..i32::try_from(count).unwrap() {
                let place = principle_of(Day(start + offset), count).unwrap();
                prop_assert!(!seen[place], "{} twice", place);
                seen[place] = true;
            }
        }

        #[test]
        fn no_day_is_too_far(day: i32, count: u32) {
            let place = principle_of(Day(day), count as usize);
            prop_assert!(place.is_none_or(|place| place < count as usize));
        }
    }
}
