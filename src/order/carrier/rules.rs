//! The forms of carriers' numbers.

use super::Carrier;
use super::check_digit::{dhl, fedex, fedex_label, gs1, luhn, post, ups};

/// A form, and what holds of the numbers that have it.
pub(super) struct Rule {
    pub(super) carrier: Carrier,
    /// What it begins with.
    start: &'static str,
    /// How many letters or digits follow.
    middle: Middle,
    /// What it ends with.
    end: &'static str,
    /// Over what follows the start; `true` where the carrier makes none.
    check: fn(&[u8]) -> bool,
    /// Whether no shop numbers its orders in this form.
    pub(super) is_distinct: bool,
}

enum Middle {
    Digits(usize),
    /// Capital letters and digits.
    Any(usize),
}

impl Rule {
    /// Whether form and check digit fit.
    pub(super) fn fits(&self, number: &str) -> bool {
        candidates(number)
            .any(|part| self.rest(part).is_some_and(|rest| (self.check)(rest.as_bytes())))
    }

    pub(super) fn has_form(&self, number: &str) -> bool {
        candidates(number).any(|part| self.rest(part).is_some())
    }

    /// What follows the start, if the form fits; of the forms that are checked whole, all of it.
    fn rest<'n>(&self, (number, is_routed): (&'n str, bool)) -> Option<&'n str> {
        if is_routed && self.carrier != Carrier::Usps {
            return None;
        }
        let rest = number.strip_prefix(self.start)?;
        let middle = rest.strip_suffix(self.end)?;
        let has_length = match self.middle {
            Middle::Digits(count) => {
                middle.len() == count && middle.bytes().all(|byte| byte.is_ascii_digit())
            }
            Middle::Any(count) => {
                let is_one = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
                middle.len() == count && middle.bytes().all(is_one)
            }
        };
        has_length.then_some(if self.is_checked_whole() { number } else { rest })
    }

    /// UPS counts what follows `1Z` and the letter of a waybill; all others count all digits.
    fn is_checked_whole(&self) -> bool {
        self.carrier != Carrier::Ups
    }
}

/// The number, and on labels of the United States what stands behind `420` and the ZIP code.
fn candidates(number: &str) -> impl Iterator<Item = (&str, bool)> {
    let behind = |zip: usize| number.strip_prefix("420").and_then(|rest| rest.get(zip..));
    let routed = [behind(5), behind(9)].into_iter().flatten().map(|rest| (rest, true));
    std::iter::once((number, false)).chain(routed.filter(|(rest, _)| rest.starts_with('9')))
}

const fn unchecked(_: &[u8]) -> bool {
    true
}

/// Of the older numbers, whose `91` in front counts although it may not be printed.
fn usps_short(number: &[u8]) -> bool {
    let is_german = number.starts_with(b"00340434");
    !is_german && (gs1(number) || gs1(&[b"91", number].concat()))
}

/// Of `FedEx` Ground's numbers of 22 digits, over the last fifteen.
fn fedex_ground(number: &[u8]) -> bool {
    number.get(number.len().saturating_sub(15)..).is_some_and(gs1)
}

/// No order's number is told from these.
const fn distinct(
    carrier: Carrier,
    start: &'static str,
    middle: Middle,
    end: &'static str,
    check: fn(&[u8]) -> bool,
) -> Rule {
    Rule { carrier, start, middle, end, check, is_distinct: true }
}

/// Digits alone, or letters that shops use as well.
const fn plain(
    carrier: Carrier,
    start: &'static str,
    middle: Middle,
    check: fn(&[u8]) -> bool,
) -> Rule {
    Rule { carrier, start, middle, end: "", check, is_distinct: false }
}

use Carrier as C;
use Middle::{Any, Digits};

pub(super) const RULES: &[Rule] = &[
    distinct(C::Ups, "1Z", Any(16), "", ups),
    plain(C::Ups, "A", Digits(10), ups),
    plain(C::Ups, "H", Digits(10), ups),
    plain(C::Ups, "J", Digits(10), ups),
    plain(C::Ups, "K", Digits(10), ups),
    plain(C::Ups, "T", Digits(10), ups),
    plain(C::Ups, "V", Digits(10), ups),
    distinct(C::Usps, "91", Digits(18), "", gs1),
    distinct(C::Usps, "91", Digits(20), "", gs1),
    distinct(C::Usps, "92", Digits(20), "", gs1),
    distinct(C::Usps, "92", Digits(24), "", gs1),
    distinct(C::Usps, "93", Digits(20), "", gs1),
    distinct(C::Usps, "93", Digits(24), "", gs1),
    distinct(C::Usps, "94", Digits(20), "", gs1),
    distinct(C::Usps, "94", Digits(24), "", gs1),
    distinct(C::Usps, "94", Digits(28), "", gs1),
    distinct(C::Usps, "95", Digits(20), "", gs1),
    distinct(C::Usps, "95", Digits(24), "", gs1),
    plain(C::Usps, "", Digits(20), usps_short),
    plain(C::FedEx, "", Digits(12), fedex),
    plain(C::FedEx, "", Digits(15), gs1),
    distinct(C::FedEx, "00", Digits(16), "", gs1),
    distinct(C::FedEx, "96", Digits(20), "", fedex_ground),
    distinct(C::FedEx, "9622", Digits(30), "", fedex_label),
    distinct(C::FedEx, "9632", Digits(30), "", fedex_label),
    distinct(C::FedEx, "10", Digits(32), "", fedex_label),
    distinct(C::FedEx, "11", Digits(32), "", fedex_label),
    plain(C::Dhl, "", Digits(10), dhl),
    plain(C::Dhl, "", Digits(11), dhl),
    distinct(C::Dhl, "JD", Digits(17), "", unchecked),
    distinct(C::Dhl, "JD", Digits(18), "", unchecked),
    distinct(C::Dhl, "JD", Digits(19), "", unchecked),
    distinct(C::Dhl, "JD", Digits(20), "", unchecked),
    distinct(C::Dhl, "JJD", Digits(9), "", unchecked),
    distinct(C::Dhl, "JJD", Digits(10), "", unchecked),
    distinct(C::Dhl, "JJD", Digits(17), "", unchecked),
    distinct(C::Dhl, "JJD", Digits(18), "", unchecked),
    distinct(C::Dhl, "JJD", Digits(19), "", unchecked),
    distinct(C::Dhl, "JJD", Digits(20), "", unchecked),
    distinct(C::Dhl, "JVGL", Digits(9), "", unchecked),
    distinct(C::Dhl, "JVGL", Digits(10), "", unchecked),
    distinct(C::Dhl, "GM", Digits(16), "", unchecked),
    distinct(C::Dhl, "GM", Digits(18), "", unchecked),
    distinct(C::DhlGermany, "00340434", Digits(12), "", gs1),
    distinct(C::Yodel, "JD", Digits(16), "", unchecked),
    distinct(C::Yodel, "JJD", Digits(16), "", unchecked),
    distinct(C::Amazon, "TBA", Digits(12), "", unchecked),
    distinct(C::Amazon, "TBC", Digits(12), "", unchecked),
    distinct(C::Amazon, "TBM", Digits(12), "", unchecked),
    distinct(C::OnTrac, "C", Digits(14), "", ups),
    distinct(C::OnTrac, "D", Digits(14), "", ups),
    plain(C::LaserShip, "LA", Digits(8), lasership),
    plain(C::LaserShip, "LE", Digits(8), lasership),
    plain(C::LaserShip, "LH", Digits(8), lasership),
    plain(C::LaserShip, "LI", Digits(8), lasership),
    plain(C::LaserShip, "LN", Digits(8), lasership),
    plain(C::LaserShip, "LX", Digits(8), lasership),
    distinct(C::LaserShip, "1LS7", Digits(11), "", unchecked),
    distinct(C::LaserShip, "1LS7", Digits(12), "-1", unchecked),
    distinct(C::LaserShip, "1LSCX", Any(10), "", unchecked),
    plain(C::CanadaPost, "", Digits(16), gs1),
    plain(C::Purolator, "", Digits(12), purolator),
    Rule {
        carrier: C::Usps,
        start: "",
        middle: Any(11),
        end: "US",
        check: international,
        is_distinct: true,
    },
    Rule {
        carrier: C::CanadaPost,
        start: "",
        middle: Any(11),
        end: "CA",
        check: international,
        is_distinct: true,
    },
    Rule {
        carrier: C::RoyalMail,
        start: "",
        middle: Any(11),
        end: "GB",
        check: international,
        is_distinct: true,
    },
    distinct(C::Canpar, "D", Digits(21), "", unchecked),
    distinct(C::Canpar, "L", Digits(21), "", unchecked),
    distinct(C::Canpar, "S", Digits(21), "", unchecked),
    distinct(C::Landmark, "LTN", Digits(8), "N1", unchecked),
    distinct(C::SpeeDee, "SP", Digits(18), "", unchecked),
    distinct(C::Gofo, "GFUS", Digits(14), "", unchecked),
    distinct(C::YunExpress, "YT", Digits(16), "", unchecked),
];

/// The third character is the depot's kind, from 1 to 3.
fn lasership(number: &[u8]) -> bool {
    matches!(number.get(2), Some(b'1'..=b'3'))
}

fn purolator(number: &[u8]) -> bool {
    matches!(number.first(), Some(b'0'..=b'5')) && luhn(number)
}

fn international(number: &[u8]) -> bool {
    number.iter().take(2).all(u8::is_ascii_uppercase)
        && number.iter().skip(2).take(9).all(u8::is_ascii_digit)
        && post(number)
}
