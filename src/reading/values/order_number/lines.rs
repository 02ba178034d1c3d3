//! Lines below an order's number: the rest of it, another number, or something else, such as a quantity, a price or a
//! ZIP code.

use super::pieces::{WHOLE, is_digits, is_piece, is_prefix, says_something_else, shape};
use super::{is_sign, normal};
use crate::reading::text::is_blank;

/// Pieces that one number may fall into.
const MAX_PIECES: usize = 8;
/// Lines with fewer characters are quantities.
const MIN_LENGTH: usize = 3;
/// A row of digits of this length may be a number beside another one.
const LONG: usize = 6;
/// Digits of a number of a list.
const MIN_LISTED: usize = 4;
/// Numbers of this length stand for themselves.
const SURELY_WHOLE: usize = 13;
/// Digits behind a beginning such as `BBY01`: more than a telephone number has.
const BEHIND_PREFIX: usize = 11;
/// Digits of numbers of big shops.
const BIG: usize = 15;
/// What those begin with.
const BIG_SHOPS: [&str; 4] = ["102", "902", "912", "2000"];

/// The one number that lines come to, where a line break stands within it. `None`: each line has its own.
pub(crate) fn across(lines: &[&str]) -> Option<String> {
    let bare: Vec<&str> = lines.iter().map(|line| line.trim_matches(is_blank)).collect();
    let (first, rest) = bare.split_first()?;
    let first = first.trim_start_matches(is_sign);
    let pieces =
        bare.len() <= MAX_PIECES && is_piece(first) && rest.iter().all(|line| is_piece(line));
    let second = rest.first().filter(|_| pieces)?;
    let whole = [first, &rest.concat()].concat();
    let hyphened = first.ends_with('-') || rest.iter().any(|line| line.starts_with('-'));
    let led = is_prefix(first, second) && second.len() >= BEHIND_PREFIX;
    (hyphened || led || is_of_big_shop(&whole)).then(|| normal(&whole)).flatten()
}

/// Whether lines that are none by themselves come to the number of a shop whose numbers are known.
fn is_of_big_shop(whole: &str) -> bool {
    let digits = whole.len() == BIG && is_digits(whole);
    let parts: Vec<&str> = whole.split('-').collect();
    let is_amazon = matches!(parts.as_slice(), [one, two, three]
        if [one.len(), two.len(), three.len()] == [3, 7, 7] && parts.iter().all(|part| is_digits(part)));
    is_amazon || (digits && BIG_SHOPS.iter().any(|begin| whole.starts_with(begin)))
}

/// Whether a line below a number is another number or the rest of it. `is_list`: several are awaited.
pub(crate) fn goes_on(number: &str, line: &str, is_list: bool) -> bool {
    let signed = line.starts_with(is_sign);
    let line = line.trim_start_matches(is_sign).trim();
    if line.len() < MIN_LENGTH || !is_piece(line) || says_something_else(line) {
        return false;
    }
    signed || across(&[number, line]).is_some() || is_beside(number, line, is_list)
}

/// Whether digits go on a list of numbers that grew by one digit: `10000` below `9999`.
pub(crate) fn is_next(number: &str, line: &str) -> bool {
    let digits = |text: &str| {
        let bare = text.trim_start_matches(is_sign).trim();
        is_digits(bare).then_some(bare.len())
    };
    digits(number)
        .zip(digits(line))
        .is_some_and(|(above, below)| above.min(below) >= MIN_LISTED && above.abs_diff(below) <= 1)
}

/// Whether a line is a number beside another one: of its shape, or as long as those of big shops.
fn is_beside(number: &str, line: &str, is_list: bool) -> bool {
    let number = number.trim_start_matches(is_sign).trim();
    let alike = shape(number).eq(shape(line)) && (is_list || line.len() >= LONG);
    let long = number.len() >= SURELY_WHOLE && line.len() >= SURELY_WHOLE;
    alike || long || (line.len() >= WHOLE && number.len().abs_diff(line.len()) <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_within_a_number() {
        for (lines, number) in [
            (["BBY01-", "807100000011"], "BBY01-807100000011"),
            (["BBY01", "-807100000011"], "BBY01-807100000011"),
            (["BBY01", "807100000011"], "BBY01807100000011"),
            (["#102003", "000000017"], "102003000000017"),
            (["102003000000", "017"], "102003000000017"),
            (["112-0000001-0000", "001"], "112-0000001-0000001"),
        ] {
            assert_eq!(across(&lines).as_deref(), Some(number), "{lines:?}");
            assert!(goes_on(lines[0], lines[1], false), "{lines:?}");
        }
        for lines in [
            ["1001", "1002"],
            ["#1001", "#10002"],
            ["102003000000017", "102003000000018"],
            ["2000123-45678901", "102003000000018"],
            ["102003000000017", "View order"],
        ] {
            assert_eq!(across(&lines), None, "{lines:?}");
        }
    }

    #[test]
    fn what_else_stands_below_a_number() {
        for number in ["102003000000017", "BBY01-807100000011", "A-1001", "100100200", "#1001"] {
            for line in
                ["2", "250", "94105", "1299", "49.99", "4155550100", "555-123-4567", "DZ5485-612"]
            {
                assert_eq!(across(&[number, line]), None, "{number}, {line}");
                let is_alike = number == "#1001" && line == "1299";
                let may_be_one = number.len().abs_diff(line.len()) <= 2 && line.len() >= WHOLE;
                assert_eq!(goes_on(number, line, true), is_alike || may_be_one, "{number}, {line}");
            }
        }
        assert!(!goes_on("1001", "1299", false), "one is awaited");
        assert!(goes_on("1001", "1002", true) && goes_on("1001", "#10002", false));
    }
}
