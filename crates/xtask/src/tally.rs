//! Counting what passed and what failed.

use std::fmt;
use std::ops::AddAssign;

/// Numbers of checks, shown as the last line of a test run: `N passed, N failed`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Tally {
    pub(crate) const PASS: Self = Self { passed: 1, failed: 0 };
    pub(crate) const FAIL: Self = Self { passed: 0, failed: 1 };

    /// Adds one check.
    pub(crate) fn of(passed: bool) -> Self {
        if passed { Self::PASS } else { Self::FAIL }
    }

    /// Reads a line of Rust's test harness: `test result: ok. 3 passed; 0 failed; …`
    pub(crate) fn from_libtest(line: &str) -> Option<Self> {
        let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
        let mut counts = counts.split("; ");
        Some(Self {
            passed: counts.next()?.strip_suffix(" passed")?.parse().ok()?,
            failed: counts.next()?.strip_suffix(" failed")?.parse().ok()?,
        })
    }

    /// Reads the last line of a program of this project: `3 passed, 0 failed`
    pub(crate) fn from_last_line(line: &str) -> Option<Self> {
        let (passed, failed) = line.trim().split_once(", ")?;
        Some(Self {
            passed: passed.strip_suffix(" passed")?.parse().ok()?,
            failed: failed.strip_suffix(" failed")?.parse().ok()?,
        })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_harness_of_rust() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(Tally::from_libtest(line), Some(Tally { passed: 12, failed: 3 }));
        for other in ["test a ... ok", "test result: ok.", ""] {
            assert_eq!(Tally::from_libtest(other), None);
        }
    }

    #[test]
    fn reads_what_it_writes() {
        let tally = Tally { passed: 40, failed: 2 };
        assert_eq!(tally.to_string(), "40 passed, 2 failed");
        assert_eq!(Tally::from_last_line("40 passed, 2 failed\n"), Some(tally));
        assert_eq!(Tally::from_last_line("passed, failed"), None);
    }
}
