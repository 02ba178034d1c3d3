//! Amounts as shops write them: `$1,299.99`, `1.299,99 €`, `CA$349.99`, `USD 5`, `¥12,800`.

use super::currency_sign::{Sign, after, before};
use crate::order::money::{Currency, decimals};

/// Above this an amount is no price: it keeps price times quantity within 64 bits.
const MAX_MINOR: i64 = 1_000_000_000_000;
/// Numbers looked at in one value; a price is among the first.
const MAX_NUMBERS: usize = 8;

/// A number with what stands beside it, before the currency of the whole order is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amount {
    digits: i64,
    scale: u32,
    /// Absent: neither symbol nor code.
    pub(crate) sign: Option<Sign>,
}

impl Amount {
    /// The first amount in a text, one with a currency before one without.
    pub(crate) fn find(text: &str) -> Option<Self> {
        let mut numbers =
            Numbers { text, at: 0 }.take(MAX_NUMBERS).filter_map(|number| number.amount());
        let first = numbers.next()?;
        if first.sign.is_some() {
            return Some(first);
        }
        let mut rest = numbers.peekable();
        let second = rest.peek().copied();
        let signed = rest.find(|amount| amount.sign.is_some());
        let decimal = second.filter(|second| second.scale > 0 && first.scale == 0);
        signed.or(decimal).or(Some(first))
    }

    /// The amount, if the text is one and nothing else: a symbol, a code or decimals make it one.
    pub(crate) fn whole(text: &str) -> Option<Self> {
        let number = Numbers { text, at: 0 }.next()?;
        let (before, sign_before) = before(number.before);
        let (after, sign_after) = after(number.after);
        let alone = before.trim().is_empty() && after.trim().is_empty();
        let amount = number.amount()?;
        let telling = sign_before.is_some() || sign_after.is_some() || amount.scale == 2;
        (alone && telling).then_some(amount)
    }

    /// In the minor units of this currency. Digits beyond its decimals are cut.
    pub(crate) fn minor(self, currency: Option<Currency>) -> Option<i64> {
        let decimals = decimals(currency);
        let minor = if self.scale <= decimals {
            self.digits.checked_mul(10_i64.pow(decimals - self.scale))?
        } else {
            self.digits / 10_i64.checked_pow(self.scale - decimals)?
        };
        (minor <= MAX_MINOR).then_some(minor)
    }
}

/// The numbers of a text, each with what stands before and after it.
struct Numbers<'t> {
    text: &'t str,
    at: usize,
}

struct Number<'t> {
    before: &'t str,
    digits: &'t str,
    after: &'t str,
}

impl<'t> Iterator for Numbers<'t> {
    type Item = Number<'t>;

    fn next(&mut self) -> Option<Number<'t>> {
        let rest = self.text.get(self.at..)?;
        let from = self.at + rest.find(|character: char| character.is_ascii_digit())?;
        let to = from + length(self.text.get(from..)?);
        self.at = to;
        Some(Number {
            before: self.text.get(..from)?,
            digits: self.text.get(from..to)?,
            after: self.text.get(to..)?,
        })
    }
}

/// How far a number goes: digits, and separators between digits; a space only before three of them.
fn length(text: &str) -> usize {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        if character.is_ascii_digit() {
            end = at + 1;
            continue;
        }
        let after = text.get(at + character.len_utf8()..).unwrap_or_default();
        let digits = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let goes_on = match character {
            '.' | ',' | '\'' | '’' => digits > 0,
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => digits == 3 && end <= at && at > 0,
            _ => false,
        };
        if !goes_on || end != at {
            break;
        }
    }
    end
}

impl Number<'_> {
    fn amount(&self) -> Option<Amount> {
        let (left, sign_before) = before(self.before);
        let (right, sign_after) = after(self.after);
        let negative = self.before.ends_with(['-', '−'])
            || (sign_before.is_some() && left.ends_with(['-', '−']));
        let part_of_word = (sign_before.is_none() && self.before.ends_with(char::is_alphanumeric))
            || (sign_after.is_none() && self.after.starts_with(char::is_alphanumeric));
        if negative || part_of_word || right.trim_start().starts_with('%') {
            return None;
        }
        let sign = match (sign_before, sign_after) {
            (Some(Sign::Of(currency)), _) | (_, Some(Sign::Of(currency))) => {
                Some(Sign::Of(currency))
            }
            (before, after) => before.or(after),
        };
        let exponent = match sign {
            Some(Sign::Of(currency)) => decimals(Some(currency)),
            _ => 2,
        };
        let (digits, scale) = value(self.digits, exponent)?;
        Some(Amount { digits, scale, sign })
    }
}

/// Digits and decimals of a number as written. The last separator is the decimal one, unless three
/// digits follow it where the currency has not three decimals.
fn value(number: &str, exponent: u32) -> Option<(i64, u32)> {
    let is_mark = |character: char| matches!(character, '.' | ',');
    let fraction = number.rfind(is_mark).and_then(|at| {
        let (whole, rest) = number.get(..at).zip(number.get(at + 1..))?;
        let mark = number.get(at..at + 1)?;
        let repeated = whole.contains(mark);
        let other = whole.contains(is_mark);
        let groups = rest.len() == 3 && exponent != 3 && (whole != "0" || other);
        (!repeated && !groups && rest.bytes().all(|byte| byte.is_ascii_digit()))
            .then_some(rest.len())
    });
    let scale = u32::try_from(fraction.unwrap_or(0)).ok().filter(|scale| *scale <= 8)?;
    let mut digits = 0_i64;
    for digit in number.bytes().filter(u8::is_ascii_digit) {
        digits = digits.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
    }
    Some((digits, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(i64, Option<Sign>)> {
        let amount = Amount::find(text)?;
        let currency = match amount.sign {
            Some(Sign::Of(currency)) => Some(currency),
            _ => None,
        };
        Some((amount.minor(currency)?, amount.sign))
    }

    #[test]
    fn amounts_in_the_ways_shops_write_them() {
        let usd = Some(Sign::Of(Currency::USD));
        let eur = Some(Sign::Of(Currency::EUR));
        let dollar = Some(Sign::Dollar);
        let cases = [
            ("$1,299.99", 129_999, dollar),
            ("$0.00", 0, dollar),
            ("USD 299.99", 29_999, usd),
            ("299.99 USD", 29_999, usd),
            ("USD $299.99", 29_999, usd),
            ("US $299.99", 29_999, usd),
            ("CAD$5", 500, Some(Sign::Of(Currency::CAD))),
            ("CA$349.99", 34_999, Some(Sign::Of(Currency::CAD))),
            ("C$ 5", 500, Some(Sign::Of(Currency::CAD))),
            ("$12.50 CAD", 1_250, Some(Sign::Of(Currency::CAD))),
            ("A$20", 2_000, Some(Sign::Of(Currency::AUD))),
            ("£140", 14_000, Some(Sign::Of(Currency::GBP))),
            ("299,99 €", 29_999, eur),
            ("1.299,99 €", 129_999, eur),
            ("1 299,99 €", 129_999, eur),
            ("1\u{A0}299,99\u{A0}€", 129_999, eur),
            ("€1.299", 129_900, eur),
            ("299,- €", 29_900, eur),
            ("1,5 €", 150, eur),
            ("¥12,800", 12_800, Some(Sign::Of(Currency::JPY))),
            ("12800円", 12_800, Some(Sign::Of(Currency::JPY))),
            ("CHF 1'299.90", 129_990, Some(Sign::Of(Currency::CHF))),
            ("₹1,29,999.00", 12_999_900, Some(Sign::Of(Currency::INR))),
            ("2 x $19.99", 1_999, dollar),
            ("2x 19.99", 1_999, None),
            ("1.234 KWD", 1_234, Some(Sign::Of(Currency::KWD))),
            ("$2,769.97 USD (incl. tax)", 276_997, usd),
            ("26.94", 2_694, None),
            ("1,299", 129_900, None),
        ];
        for (text, minor, sign) in cases {
            assert_eq!(read(text), Some((minor, sign)), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount() {
        for text in
            ["", "NaN", "free", "-5.00", "-$5.00", "$-5", "75.00%", "99999999999999999999", "A100"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_whole_amount_has_nothing_beside_it() {
        assert!(Amount::whole("26.94 USD").is_some());
        assert!(Amount::whole(" $49.99 ").is_some());
        assert!(Amount::whole("Disc 2").is_none());
        assert!(Amount::whole("2024").is_none());
    }
}
