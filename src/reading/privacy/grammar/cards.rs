//! Numbers of cards, with what stands behind them: when they expire, their security code.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cuts::Cuts;
use super::look::{Look, Place, ascii};
use super::numbers::is_other_number;

/// Digits with single marks between them.
static DIGITS: LazyLock<Regex> = LazyLock::new(|| ascii(r"[0-9](?:[ .\-]{0,2}[0-9]){8,}"));
/// Groups as they are printed on cards, with any marks between them, and each in a line of its own.
static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    const MARK: &str = "[^a-z0-9]{1,3}";
    let four = format!(r"[0-9]{{4}}(?:{MARK}[0-9]{{4}}){{3}}(?:{MARK}[0-9]{{3}}\b)?");
    ascii(&format!(r"\b(?:{four}|[0-9]{{4}}{MARK}[0-9]{{6}}{MARK}[0-9]{{5}})\b"))
});
/// `|12|28|987`, ` exp 12/28 cvv 987`, `|John Doe|1228|987`.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    const MARK: &str = r"[ \n|:;,/\-(\[{•·]{1,3}";
    const CODE: &str = r"(?:cv[vc]2?:? ?)?[0-9]{3,4}\b[)\]}]?";
    const NAME: &str = "[a-z][a-z.'-]+(?: [a-z.'-]+){1,2}";
    let expiry = format!(
        r"{MARK}(?:exp[a-z]*[.:]? ?)?(?:(?:0?[1-9]|1[0-2])(?: ?[/|:;,.\-] ?| )?(?:20)?[2-4][0-9]|20[2-4][0-9][/\-](?:0[1-9]|1[0-2]))\b[)\]}}]?"
    );
    ascii(&format!(
        "^(?:{MARK}{CODE}{expiry}|(?:(?:[|:;,]? ?{NAME})?{expiry})?(?:(?:[|:;,] ?{NAME})?{MARK}{CODE})?)"
    ))
});
/// `987|12/28|` in front of a card.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    ascii(r"\b(?:[0-9]{3,4}[|:;,])?(?:0[1-9]|1[0-2])[/|:;,\-]?(?:20)?[2-4][0-9][|:;,]$")
});
/// The names of cards, which may be glued to their number.
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    ascii(r"\b(?:visa|mastercard|master|mc|amex|discover|mir|maestro|card|cc|number|no|nr|num)$")
});
/// Bytes in front of a card in which it is looked for a link around it.
const LINK_BYTES: usize = 256;
/// Bytes in front of a card that may belong to it.
const BEFORE_BYTES: usize = 20;
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
    for found in PRINTED.find_iter(text) {
        let groups = groups(text, found.range());
        if let Some((part, _)) = printed(text, &groups)
            && (place == Place::Card || is_card(look, &part))
        {
            cuts.remove(with_rest(text, part));
        }
    }
    for found in DIGITS.find_iter(text) {
        let groups = groups(text, found.range());
        let mut at = 0;
        while let Some(rest) = groups.get(at..).filter(|rest| !rest.is_empty()) {
            let card = match place {
                Place::Card => any_number(text, rest),
                _ => card(text, rest).filter(|(part, _)| is_card(look, part)),
            };
            at += card.as_ref().map_or(1, |(_, taken)| *taken);
            if let Some((part, _)) = card {
                cuts.remove(with_rest(text, part));
            }
        }
    }
}

/// Whether a number that may be a card's is nothing else.
fn is_card(look: Look<'_>, part: &Range<usize>) -> bool {
    stands_alone(look.text, part) && !is_other_number(look, part)
}

/// The number at the beginning of a text, if a label calls it a card.
pub(super) fn labelled(text: &str, from: usize) -> Option<Range<usize>> {
    let begins = |digits: &Regex| {
        let found = digits.find(text.get(from..)?).filter(|found| found.start() == 0)?;
        Some(groups(text, from..from + found.end()))
    };
    let printed = begins(&PRINTED).and_then(|groups| printed(text, &groups));
    let (part, _) = printed.or_else(|| {
        let groups = begins(&DIGITS)?;
        card(text, &groups).or_else(|| any_number(text, &groups))
    })?;
    Some(with_rest(text, part))
}

/// The card of these groups, if the same mark stands between all of them.
fn printed(text: &str, groups: &[Range<usize>]) -> Option<(Range<usize>, usize)> {
    let pairs = || groups.iter().zip(groups.iter().skip(1));
    let mut marks = pairs().map(|(one, other)| text.get(one.end..other.start));
    let first = marks.next()?;
    marks.all(|mark| mark == first).then(|| card(text, groups)).flatten()
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
    let before = text.get(..number.start).unwrap_or_default();
    let from = before.ceil_char_boundary(before.len().saturating_sub(BEFORE_BYTES));
    let start = BEFORE.find(before.get(from..).unwrap_or_default());
    let start = start.map_or(number.start, |found| from + found.start());
    let behind = text.get(number.end..).unwrap_or_default();
    let length = BEHIND.find(behind).map_or(0, |behind| behind.end());
    // `129.99` is a price.
    let mut after = behind.get(length..).unwrap_or_default().chars();
    let is_price = after.next().is_some_and(|mark| ".,".contains(mark))
        && after.next().is_some_and(|next| next.is_ascii_digit());
    start..number.end + if is_price { 0 } else { length }
}

/// No part of a longer word or of a link, and no `#`.
fn stands_alone(text: &str, part: &Range<usize>) -> bool {
    let from = text.floor_char_boundary(part.start.saturating_sub(LINK_BYTES));
    let head = text.get(from..part.start).unwrap_or_default();
    let before = head.chars().next_back();
    let mut behind = text.get(part.end..).unwrap_or_default().chars();
    let (after, next) = (behind.next(), behind.next());
    let glued = |mark: char| match mark {
        '=' => head.rsplit([' ', '\n']).next().is_some_and(|word| word.contains(['/', '?'])),
        _ if mark.is_alphanumeric() => !GLUED.is_match(
            head.get(head.ceil_char_boundary(head.len().saturating_sub(BEFORE_BYTES))..)
                .unwrap_or_default(),
        ),
        _ => "/#_@&%$€£.".contains(mark),
    };
    let ends = after.is_none_or(|mark| !mark.is_alphanumeric() && mark != '@')
        && !(after == Some('_') && next.is_some_and(char::is_alphanumeric));
    !before.is_some_and(glued) && ends
}

fn is_of_bank(digits: &[u32]) -> bool {
    let first = digits.iter().take(4).fold(0, |number, digit| number * 10 + digit);
    match first {
        4000..=4999 => matches!(digits.len(), 16 | 19),
        2200..=2204 | 5100..=5599 | 2221..=2720 => digits.len() == 16,
        3400..=3499 | 3700..=3799 => digits.len() == 15,
        3000..=3059 | 3600..=3699 | 3800..=3999 => matches!(digits.len(), 14 | 16),
        3528..=3589 | 5000..=5099 | 5600..=5899 | 6000..=6999 => matches!(digits.len(), 16..=19),
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
