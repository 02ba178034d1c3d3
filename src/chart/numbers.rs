//! Numbers as an axis and a legend have room for them.

use crate::count::grouped;

/// A value behind a sign, in full up to ten thousand.
pub(super) fn said(sign: &str, value: f64) -> String {
    if value < 10_000.0 {
        #[expect(clippy::cast_possible_truncation, reason = "it is below ten thousand")]
        let whole = value.round() as i64;
        return format!("{sign}{}", grouped(whole));
    }
    format!("{sign}{}", short(value))
}

/// A number as short as an axis wants it: `950`, `1.5k`, `2M`.
pub(super) fn short(value: f64) -> String {
    let (value, unit) = match value.abs() {
        1e9.. => (value / 1e9, "B"),
        1e6.. => (value / 1e6, "M"),
        1e3.. => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let text = format!("{value:.2}");
    format!("{}{unit}", text.trim_end_matches('0').trim_end_matches('.'))
}
