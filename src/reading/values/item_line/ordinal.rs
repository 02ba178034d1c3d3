//! The numbers of a numbered list: `1. Example A`, `2) Example B`, `#3 Example C`.

use crate::reading::text::undecorated;

/// Digits of the highest number.
const MAX_DIGITS: usize = 2;

/// The number that a line begins with, and what stands behind it.
pub(crate) fn cut(line: &str) -> Option<(usize, &str)> {
    let line = line.trim_start_matches(['*', '_', '`', ' ']);
    let bare = line.strip_prefix('#').unwrap_or(line);
    let length = bare.bytes().take(MAX_DIGITS + 1).take_while(u8::is_ascii_digit).count();
    let number = bare.get(..length).filter(|digits| digits.len() <= MAX_DIGITS)?.parse().ok()?;
    let rest = bare.get(length..)?;
    let text = rest.trim_start_matches([')', '.', ':', '*', '_', '`', '\u{FE0F}', '\u{20E3}']);
    let marked = bare.len() < line.len() || text.len() < rest.len();
    let text = text
        .strip_prefix(" - ")
        .filter(|_| !marked)
        .or_else(|| text.strip_prefix(' ').filter(|_| marked))?;
    Some((number, text.trim_start()))
}

/// The lines of a numbered list without their numbers. `None`: they are not numbered from one.
pub(crate) fn unnumbered<'t>(lines: &[&'t str]) -> Option<Vec<&'t str>> {
    let of = |(index, line): (usize, &&'t str)| {
        cut(undecorated(line)).filter(|(number, _)| *number == index + 1).map(|(_, rest)| rest)
    };
    if lines.len() < 2 {
        return None;
    }
    lines.iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_lists() {
        for lines in [
            ["1. Example A", "2. Example B"],
            ["1) Example A", "2) Example B"],
            ["#1 Example A", "#2 Example B"],
            ["1: Example A", "2: Example B"],
            ["1 - Example A", "2 - Example B"],
            ["**1.** Example A", "**2.** Example B"],
            ["1\u{FE0F}\u{20E3} Example A", "2\u{FE0F}\u{20E3} Example B"],
        ] {
            assert_eq!(unnumbered(&lines), Some(vec!["Example A", "Example B"]), "{lines:?}");
        }
        for lines in [
            ["1x Example A", "2x Example B"],
            ["1. FC Example Jersey", "Example B"],
            ["1 Example A", "2 Example B"],
            ["3. Example A", "4. Example B"],
            ["10.5 Example A", "20.5 Example B"],
        ] {
            assert_eq!(unnumbered(&lines), None, "{lines:?}");
        }
        assert_eq!(unnumbered(&["1. Example A"]), None);
    }
}
