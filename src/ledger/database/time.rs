//! Times as text: UTC, RFC 3339, milliseconds, always 24 characters, so that text order is time order.

use chrono::{DateTime, Datelike, SecondsFormat, Utc};

/// The years that fit four digits; what lies outside is stored as the nearer end.
const YEARS: std::ops::RangeInclusive<i32> = 0..=9999;

/// Behind every time.
pub(crate) const LAST: &str = "a";

/// A time as it is stored.
pub(crate) fn text_of(time: DateTime<Utc>) -> String {
    if YEARS.contains(&time.year()) {
        return time.to_rfc3339_opts(SecondsFormat::Millis, true);
    }
    let end = if time.year() < 0 { "0000-01-01T00:00:00.000Z" } else { "9999-12-31T23:59:59.999Z" };
    end.to_owned()
}

/// A stored time. The epoch stands for a text that somebody else wrote there and that is no time.
pub(crate) fn time_of(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).map_or(DateTime::UNIX_EPOCH, |time| time.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_takes_24_characters_and_sorts_as_text() {
        let times = [DateTime::<Utc>::MIN_UTC, DateTime::UNIX_EPOCH, DateTime::<Utc>::MAX_UTC];
        let texts = times.map(text_of);
        assert!(texts.is_sorted());
        assert!(texts.iter().all(|text| text.len() == 24), "{texts:?}");
    }

    #[test]
    fn a_stored_time_reads_back() {
        let time = time_of("2025-11-03T12:34:56.789Z");
        assert_eq!(text_of(time), "2025-11-03T12:34:56.789Z");
    }
}
