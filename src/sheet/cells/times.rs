//! Times of a day as cells hold them: `15:04`, `3:04 PM`, `3 pm`, `14h03`, `14:03 Uhr`.

use chrono::{FixedOffset, NaiveTime};

/// A time and the offset behind it: `03:04:05.678Z`, `03:04:05-05:00`.
pub(super) fn offset(text: &str) -> (&str, Option<FixedOffset>) {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return (clock, FixedOffset::east_opt(0));
    }
    let parsed = || {
        let at = text.rfind(['+', '-'])?;
        let hours: i32 = text.get(at + 1..at + 3)?.parse().ok()?;
        let minutes: i32 = text.get(at + 3..)?.trim_start_matches(':').parse().ok()?;
        let seconds = hours * 3_600 + minutes * 60;
        let sign = if text.get(at..)?.starts_with('-') { -1 } else { 1 };
        Some((text.get(..at)?, FixedOffset::east_opt(sign * seconds)?))
    };
    parsed().map_or((text, None), |(clock, offset)| (clock.trim_end(), Some(offset)))
}

/// `15:04`, `15:04:05.678`, `3:04 PM`, `3:04:05pm`, `3 pm`, `14h03`, `14:03 Uhr`.
pub(in crate::sheet) fn time(cell: &str) -> Option<NaiveTime> {
    let lower = cell.trim().to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let lower = lower.replace(['\u{a0}', '\u{202f}', '.'], " ");
    let lower = lower.strip_suffix("uhr").unwrap_or(&lower);
    let (clock, half) = match (lower.strip_suffix("pm"), lower.strip_suffix("am")) {
        (Some(clock), _) => (clock, Some(12)),
        (_, Some(clock)) => (clock, Some(0)),
        _ => (lower, None),
    };
    let (clock, fraction) = clock.trim().split_once(' ').unwrap_or((clock.trim(), ""));
    let clock = clock.replacen('h', ":", 1);
    let mut parts =
        clock.split(':').map(|part| part.parse::<u32>().ok().filter(|_| part.len() <= 2));
    let hour = parts.next()??;
    // The hour alone is one only where it says which half of the day it means.
    let minute = parts.next().unwrap_or_else(|| half.map(|_| 0))?;
    let second = parts.next().map_or(Some(0), |part| part)?;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    let is_done = parts.next().is_none() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let milli = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    NaiveTime::from_hms_milli_opt(hour, minute, second, milli).filter(|_| is_done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_every_form() {
        for (cell, said) in [
            ("14:03", "14:03:00"),
            ("14:03:05.678", "14:03:05.678"),
            ("2:03 PM", "14:03:00"),
            ("2:03:05 p.m.", "14:03:05"),
            ("2pm", "14:00:00"),
            ("12 a.m.", "00:00:00"),
            ("14h03", "14:03:00"),
            ("14:03 Uhr", "14:03:00"),
        ] {
            assert_eq!(time(cell).map(|time| time.to_string()).as_deref(), Some(said), "{cell}");
        }
        for cell in ["", "14", "14 Uhr", "13 pm", "0.5", "1403", "25:00", "14h", "noon"] {
            assert_eq!(time(cell), None, "{cell}");
        }
    }
}
