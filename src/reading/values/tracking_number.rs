//! Tracking numbers as people type them and paste them.

use crate::order::carrier::Carrier;
use crate::reading::text::{Plain, is_invisible, links};

/// Characters of a tracking number; carriers' have at most 38.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=60;

/// What stands before a carrier's number in a number of several groups: a ZIP code, DHL's parcels in Germany.
const LEADS: [&str; 2] = ["420", "00340434"];

/// What stands in the links of carriers.
const CARRIERS: [&str; 8] =
    ["FEDEX.", "DHL.", "UPS.", "USPS.", "ONTRAC.", "CANADAPOST", "PUROLATOR.", "ROYALMAIL."];

/// Names of carriers that people write in front of a number.
const NAMES: [&str; 9] =
    ["UPS", "USPS", "FEDEX", "DHL", "AMAZON", "ONTRAC", "LASERSHIP", "PUROLATOR", "YODEL"];
/// Marks that stand by themselves between numbers.
const BETWEEN: &str = "/&+•·-–—";

/// Why nothing of what was typed is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoTracking {
    /// There is nothing in it.
    Nothing,
    /// This is no tracking number.
    NotANumber(String),
    /// No part of this link is a carrier's number.
    NotInLink(String),
}

/// The numbers in what was typed, each once: between commas, semicolons and lines, or between spaces.
pub(crate) fn numbers(typed: &str) -> Result<Vec<String>, NoTracking> {
    let typed: String = typed.chars().map(|c| if c.is_control() { ',' } else { c }).collect();
    let mut numbers: Vec<String> = Vec::new();
    for piece in typed.split([',', ';', '|']) {
        for number in of_piece(piece)? {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    if numbers.is_empty() { Err(NoTracking::Nothing) } else { Ok(numbers) }
}

/// What a message states below a label of tracking numbers, as it is written, or the numbers in its link. `None`: no
/// digit stands there, as in `Not yet available`.
pub(in crate::reading) fn stated(value: &Plain<'_>) -> Option<String> {
    if value.text.contains(char::is_numeric) {
        return Some(value.text.clone().into_owned());
    }
    let link = value.link.or_else(|| links::bare(&value.text))?;
    numbers(link).ok().map(|numbers| numbers.join(" "))
}

/// Carriers print their numbers in groups: `9400 1118 9922 3197 4284 90` is one. Where a group is a carrier's
/// number by itself, they are several, unless the first one only leads to what follows.
fn of_piece(piece: &str) -> Result<Vec<String>, NoTracking> {
    let piece: String = piece.chars().filter(|character| !is_invisible(*character)).collect();
    let words = piece.split_whitespace().map(|word| word.trim_matches('#'));
    let words = words.filter(|word| !word.chars().all(|mark| BETWEEN.contains(mark)));
    let mut words: Vec<&str> = words.collect();
    if words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit())) {
        words.retain(|word| !is_name(word));
    }
    let is_known = |number: &str| Carrier::has_form(&number.to_uppercase());
    let whole = words.concat().to_uppercase();
    // A slip in the check digit makes no several numbers of one.
    let is_one = Carrier::of(&whole).is_some() || Carrier::is_distinct(&whole);
    let leads = LEADS.iter().any(|lead| words.first().is_some_and(|first| first.starts_with(lead)));
    if is_one && (leads || !words.iter().any(|word| is_known(word))) {
        return Ok(vec![whole]);
    }
    words.into_iter().map(of_word).collect()
}

/// Whether a word is a carrier's name: `UPS`, `FedEx:`.
pub(crate) fn is_name(word: &str) -> bool {
    let word = word.trim_end_matches(':');
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(word))
}

fn of_word(word: &str) -> Result<String, NoTracking> {
    if word.contains('/') {
        return in_link(word).ok_or_else(|| NoTracking::NotInLink(word.to_owned()));
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_number = LENGTH.contains(&word.len())
        && word.bytes().all(allowed)
        && word.bytes().any(|byte| byte.is_ascii_digit());
    if is_number { Ok(word.to_uppercase()) } else { Err(NoTracking::NotANumber(word.to_owned())) }
}

/// The longest part of a link that is a carrier's number. Digits alone may be an order's number as well: they are
/// taken from links of carriers alone.
fn in_link(link: &str) -> Option<String> {
    // A comma that was made part of an address.
    let link = link.to_uppercase().replace("%2C", ",");
    let (path, query) = link.split_once('?').unwrap_or((&link, ""));
    let parts =
        [query, path].into_iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
    let theirs = CARRIERS.iter().any(|host| link.contains(host));
    let known =
        parts.filter(|part| Carrier::is_distinct(part) || (theirs && Carrier::has_form(part)));
    known.reduce(|one, next| if next.len() > one.len() { next } else { one }).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_type_and_paste_them() {
        for (typed, taken) in [
            (
                " 1z999aa10123456784,\n#9400111899223197428490  ",
                "1Z999AA10123456784 9400111899223197428490",
            ),
            ("1Z 999 AA1 01 2345 6784", "1Z999AA10123456784"),
            (
                "9400 1118 9922 3197 4284 90; 1Z 999 AA1 01 2345 6784",
                "9400111899223197428490 1Z999AA10123456784",
            ),
            ("00340434 161094042557", "00340434161094042557"),
            ("420 94105 9400111899223197428490", "420941059400111899223197428490"),
            ("1234567890 1234567891", "1234567890 1234567891"),
            ("123456789012 87654321", "123456789012 87654321"),
            ("https://www.fedex.com/fedextrack/?trknbr=123456789012", "123456789012"),
            ("ABC-12 ABCD1 abc-12", "ABC-12 ABCD1"),
            ("ABC-12 / ABCD1 & abc-13", "ABC-12 ABCD1 ABC-13"),
            ("UPS 1Z999AA10123456784", "1Z999AA10123456784"),
            (
                "FedEx: 1234 5678 9012\nups 1Z 999 AA1 01 2345 6784",
                "123456789012 1Z999AA10123456784",
            ),
            ("1Z\u{200b}999AA10123456784", "1Z999AA10123456784"),
            (
                "https://www.ups.com/track?loc=en_US&tracknum=1z999aa10123456784&requester=ST/",
                "1Z999AA10123456784",
            ),
            (
                "https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428490%2C",
                "9400111899223197428490",
            ),
            ("track.amazon.com/tracking/TBA123456789012", "TBA123456789012"),
            (
                "https://shop.example/orders/102003000000017/1Z999AA10123456784",
                "1Z999AA10123456784",
            ),
        ] {
            let taken: Vec<String> = taken.split(' ').map(str::to_owned).collect();
            assert_eq!(numbers(typed), Ok(taken), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_named_and_nothing_is_taken() {
        let long = "1".repeat(61);
        for word in ["🎉", "soon", "UPSX", "12", "1Z?999", long.as_str()] {
            let typed = format!("1Z999AA10123456784 {word}");
            assert_eq!(numbers(&typed), Err(NoTracking::NotANumber(word.to_owned())), "{word}");
        }
        for link in [
            "https://shop.example/track/me?id=7",
            "https://shop.example/order-details/BBY01-807100000011?at=1768500000",
            "https://shop.example/orders/102003000000017",
        ] {
            assert_eq!(numbers(link), Err(NoTracking::NotInLink(link.to_owned())));
        }
        assert_eq!(numbers("UPS"), Err(NoTracking::NotANumber("UPS".to_owned())));
        for nothing in ["", " , \n", "#", "\u{200b}", "-", " / "] {
            assert_eq!(numbers(nothing), Err(NoTracking::Nothing));
        }
    }

    #[test]
    fn a_tracking_number_has_three_to_sixty_characters() {
        for number in ["A12".to_owned(), "1".repeat(60)] {
            assert_eq!(numbers(&number), Ok(vec![number]));
        }
    }
}
