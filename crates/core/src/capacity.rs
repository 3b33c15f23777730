//! How much room there is, in a unit that means something: the number of visits that still fit.

/// The least number of stored characters to count for a visit: some pages of notes, sealed. Otherwise a vault
/// with three short visits would promise ten thousand more.
const A_VISIT: usize = 1_200;

/// Below this number of visits a notice is shown.
pub const LITTLE: usize = 100;

/// How many more visits fit, if `used` of `room` characters are in use, mostly by `visits` visits. It is an
/// estimate, so it is rounded down to two digits.
#[must_use]
pub fn visits_left(used: usize, room: usize, visits: usize) -> usize {
    let each = used.checked_div(visits).unwrap_or(A_VISIT).max(A_VISIT);
    let left = room.saturating_sub(used) / each;
    let mut step = 1;
    while left / step >= 100 {
        step *= 10;
    }
    left / step * step
}

/// A number as people write it in Dutch: 1.900.
#[must_use]
pub fn in_thousands(number: usize) -> String {
    let (thousands, rest) = (number / 1000, number % 1000);
    if thousands == 0 { rest.to_string() } else { format!("{thousands}.{rest:03}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_told_in_visits_of_the_size_they_have_here() {
        assert_eq!(visits_left(0, 5_200_000, 0), 4_300);
        assert_eq!(visits_left(3_000, 5_200_000, 3), 4_300);
        assert_eq!(visits_left(2_600_000, 5_200_000, 1_000), 1_000);
        assert_eq!(visits_left(2_600_000, 5_200_000, 2_000), 2_000);
        assert_eq!(visits_left(5_100_000, 5_200_000, 2_000), 39);
    }

    #[test]
    fn there_is_never_less_than_no_room() {
        assert_eq!(visits_left(5_300_000, 5_200_000, 10), 0);
        assert_eq!(visits_left(usize::MAX, 5_200_000, 0), 0);
    }

    #[test]
    fn thousands_have_a_point() {
        let all = [0, 39, 999, 1_000, 1_900, 12_034].map(in_thousands);
        assert_eq!(all, ["0", "39", "999", "1.000", "1.900", "12.034"]);
    }
}
