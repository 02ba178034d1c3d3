//! Numbers of cards, with what stands behind them: when they expire, their security code.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cuts::Cuts;
use super::look::{Look, Place, ascii};
use super::numbers::{announces_card, announces_number};
use super::values::before_in_line;

/// Digits with single marks between them.
static DIGITS: LazyLock<Regex> = LazyLock::new(|| ascii(r"[0-9](?:[ .\-]{0,2}[0-9]){8,}"));
/// `|12|28|987`, ` exp 12/28 cvv 987`.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"^(?:[ \n|:;,/\-]{1,3}(?:exp[a-z]*[.:]? ?)?(?:0?[1-9]|1[0-2]) ?[/|:;,\-] ?(?:20)?[2-4][0-9]\b)?",
        r"(?:[ \n|:;,/\-]{1,3}(?:cv[vc]2?:? ?)?[0-9]{3,4}\b)?"
    ))
});
/// Fewer digits are no card's, whatever is said of them: first six and last four may be shown.
const LEAST_DIGITS: usize = 11;
/// No card has more.
const MOST_DIGITS: usize = 19;
/// Cards are written in groups of four, five or six.
const LONGEST_GROUP: usize = 6;

pub(super) fn find(look: Look<'_>, cuts: &mut Cuts) {
    let Look { text, place, .. } = look;
    if place == Place::Number || text.len() < LEAST_DIGITS {
        return;
    }
    for found in DIGITS.find_iter(text) {
        let groups = groups(text, found.range());
        let mut at = 0;
        while let Some(first) = groups.get(at) {
            let rest = groups.get(at..).unwrap_or_default();
            let card = match place {
                Place::Card => any_number(text, rest),
                _ => card(text, rest).filter(|(part, _)| {
                    stands_alone(text, part) && !is_other_number(text, first.start)
                }),
            };
            at += card.as_ref().map_or(1, |(_, taken)| *taken);
            if let Some((part, _)) = card {
                cuts.remove(with_rest(text, part));
            }
        }
    }
}

/// The number at the beginning of a text, if a label calls it a card.
pub(super) fn labelled(text: &str, from: usize) -> Option<Range<usize>> {
    let found = DIGITS.find(text.get(from..)?).filter(|found| found.start() == 0)?;
    let groups = groups(text, from..from + found.end());
    let (part, _) = card(text, &groups).or_else(|| any_number(text, &groups))?;
    Some(with_rest(text, part))
}

/// The rows of digits in a number.
fn groups(text: &str, number: Range<usize>) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, byte) in text.bytes().enumerate().take(number.end).skip(number.start) {
        match groups.last_mut() {
            _ if !byte.is_ascii_digit() => {}
            Some(group) if group.end == at => group.end = at + 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

/// The longest card that begins with the first of these groups, and how many of them it takes.
fn card(text: &str, groups: &[Range<usize>]) -> Option<(Range<usize>, usize)> {
    let mut digits: Vec<u32> = Vec::new();
    let mut longest = None;
    let start = groups.first()?.start;
    for (taken, group) in groups.iter().enumerate().take(MOST_DIGITS) {
        if digits.len() + group.len() > MOST_DIGITS || (taken > 0 && group.len() > LONGEST_GROUP) {
            break;
        }
        digits.extend(text.get(group.clone())?.chars().filter_map(|digit| digit.to_digit(10)));
        if is_of_bank(&digits) && check_digit_fits(&digits) {
            longest = Some((start..group.end, taken + 1));
        }
        if taken == 0 && group.len() > LONGEST_GROUP {
            break;
        }
    }
    longest
}

/// All of a number, as far as a card may be long.
fn any_number(text: &str, groups: &[Range<usize>]) -> Option<(Range<usize>, usize)> {
    if let Some(found) = card(text, groups) {
        return Some(found);
    }
    let start = groups.first()?.start;
    let mut digits = 0;
    let fits = groups.iter().take_while(|group| {
        digits += group.len();
        digits <= MOST_DIGITS
    });
    let fits: Vec<_> = fits.collect();
    let count: usize = fits.iter().map(|group| group.len()).sum();
    let end = fits.last()?.end;
    (count >= LEAST_DIGITS).then_some((start..end, fits.len()))
}

fn with_rest(text: &str, number: Range<usize>) -> Range<usize> {
    let behind = text.get(number.end..).unwrap_or_default();
    number.start..number.end + BEHIND.find(behind).map_or(0, |behind| behind.end())
}

/// No part of a longer word or of a link, and no `#`.
fn stands_alone(text: &str, part: &Range<usize>) -> bool {
    let before = text.get(..part.start).and_then(|before| before.chars().next_back());
    let after = text.get(part.end..).and_then(|after| after.chars().next());
    !before.is_some_and(|mark| mark.is_alphanumeric() || "/=#_@&%$€£.".contains(mark))
        && !after.is_some_and(|mark| mark.is_alphanumeric() || "_@".contains(mark))
}

fn is_of_bank(digits: &[u32]) -> bool {
    let first = digits.iter().take(4).fold(0, |number, digit| number * 10 + digit);
    match first {
        4000..=4999 => matches!(digits.len(), 16 | 19),
        5100..=5599 | 2221..=2720 => digits.len() == 16,
        3400..=3499 | 3700..=3799 => digits.len() == 15,
        3000..=3059 | 3600..=3699 | 3800..=3999 => matches!(digits.len(), 14 | 16),
        3528..=3589 | 6000..=6999 => matches!(digits.len(), 16..=19),
        _ => false,
    }
}

/// The check digit of Luhn.
fn check_digit_fits(digits: &[u32]) -> bool {
    let weighed = digits.iter().rev().enumerate().map(|(place, digit)| match place % 2 {
        0 => *digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    });
    weighed.sum::<u32>().is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}

/// Whether the words in front of a number, or the line above it, say that it is an order's or a parcel's.
fn is_other_number(text: &str, at: usize) -> bool {
    let before = before_in_line(text, at);
    let above = text.get(..at - before.len()).unwrap_or_default().trim_end();
    let above = before_in_line(above, above.len());
    let said = if before.chars().any(char::is_alphanumeric) {
        before
    } else if above.bytes().filter(u8::is_ascii_digit).count() > 3 {
        // A label with its value says nothing of the next line.
        ""
    } else {
        above
    };
    announces_number(said) && !announces_card(said)
}

#[cfg(test)]
mod tests {
    use super::super::cases::{become_clean, stay};
    use super::*;

    #[test]
    fn a_card_goes_with_what_stands_behind_it() {
        become_clean(
            Place::Anywhere,
            &[
                ("4111111111111111", "removed"),
                ("paid with 4111-1111-1111-1111.", "paid with removed."),
                ("３７８２ 822463 10005", "removed"),
                ("4111111111111111|12|28|987 ok", "removed ok"),
                ("5555 5555 5555 4444 12/28 123", "removed"),
                ("||4111 1111 1111 1111||", "||removed||"),
            ],
        );
        become_clean(Place::Card, &[("4111 1111 1111 1112", "removed")]);
    }

    #[test]
    fn another_number_stays() {
        stay(
            Place::Anywhere,
            &[
                "4111111111111112",
                "Order Number\n4111111111111111",
                "Order #4111111111111111",
                "Tracking: 4111111111111111",
                "9400100000000000000041",
                "102003900000071",
                "https://shop.example.com/orders/4111111111111111",
                "200014000000051, 200014000000052",
            ],
        );
        stay(Place::Number, &["4111111111111111"]);
        stay(Place::Card, &["****1111", "Visa 1111"]);
    }
}
