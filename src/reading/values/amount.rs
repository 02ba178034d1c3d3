//! Amounts as shops write them: `$1,299.99`, `1.299,99 €`, `CA$349.99`, `RM129.00`, `329€95`, `$.99`.

mod number;

use std::borrow::Cow;

use super::currency_sign::{Sign, after, before, starts_with_symbol, three_are_decimals};
use crate::order::money::{Currency, Money, decimals};
use crate::reading::text::digits::plain_digits;
use number::Number;

/// Numbers looked at in one value; a price is among the first.
const MAX_NUMBERS: usize = 8;

/// A number with what stands beside it, before the currency of the whole order is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amount {
    number: Number,
    /// Absent: neither symbol nor code.
    pub(crate) sign: Option<Sign>,
}

impl Amount {
    /// The first amount in a text, one with a currency before one without.
    pub(crate) fn find(text: &str) -> Option<Self> {
        let text = with_plain_cents(text);
        let text = plain_digits(&text);
        let mut numbers =
            Found { text: &text, at: 0 }.take(MAX_NUMBERS).filter_map(|found| found.amount());
        let first = numbers.next()?;
        if first.sign.is_some() {
            return Some(first);
        }
        let mut rest = numbers.peekable();
        let second = rest.peek().copied();
        let signed = rest.find(|amount| amount.sign.is_some());
        let decimal = second.filter(|second| second.number.scale > 0 && first.number.scale == 0);
        signed.or(decimal).or(Some(first))
    }

    /// The last amount in a text.
    pub(super) fn last(text: &str) -> Option<Self> {
        let text = plain_digits(text);
        Found { text: &text, at: 0 }.take(MAX_NUMBERS).filter_map(|found| found.amount()).last()
    }

    /// The amount, if the text is one and nothing else: a symbol, a code or decimals make it one.
    pub(crate) fn whole(text: &str) -> Option<Self> {
        let text = plain_digits(text);
        let found = Found { text: &text, at: 0 }.next()?;
        let (before, sign_before) = before(found.before);
        let (after, sign_after) = after(found.after);
        let alone = before.trim().is_empty() && after.trim_matches(['.', ' ']).is_empty();
        let amount = found.amount()?;
        // `R 17` and `6 Ft` are sizes, `R17` is a price.
        let may_be_size = (found.before.trim() == "R" && found.before.ends_with(' '))
            || (found.after.trim() == "Ft" && found.digits.len() < 3);
        let signed = (sign_before.is_some() || sign_after.is_some()) && !may_be_size;
        (alone && (signed || amount.number.scale == 2)).then_some(amount)
    }

    /// Whether it is written with two decimals.
    pub(crate) fn has_cents(self) -> bool {
        self.number.scale == 2
    }

    /// In the minor units of this currency, rounded half up.
    pub(crate) fn minor(self, currency: Option<Currency>) -> Option<i64> {
        let decimals = decimals(currency);
        let scale = match self.number.doubtful {
            Some(mark) if three_are_decimals(mark, currency) => 3,
            _ => self.number.scale,
        };
        let minor = if scale <= decimals {
            self.number.digits.checked_mul(10_i64.pow(decimals - scale))?
        } else {
            let unit = 10_i64.checked_pow(scale - decimals)?;
            self.number.digits / unit + i64::from(self.number.digits % unit * 2 >= unit)
        };
        (minor <= Money::MOST_MINOR).then_some(minor)
    }
}

/// `$26⁹⁹` and `26·99` as `26.99`.
fn with_plain_cents(text: &str) -> Cow<'_, str> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let odd = |mark: char| mark == '·' || RAISED.contains(mark);
    if text.is_ascii() || !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut raised_before = false;
    for mark in text.chars() {
        let behind_digit = out.ends_with(|last: char| last.is_ascii_digit());
        let raised = RAISED.chars().zip('0'..='9').find(|(raised, _)| *raised == mark);
        if raised.is_some() && behind_digit && !raised_before {
            out.push('.');
        }
        let point = mark == '·' && behind_digit;
        out.push(raised.map_or(if point { '.' } else { mark }, |(_, digit)| digit));
        raised_before = raised.is_some();
    }
    Cow::Owned(out)
}

/// The numbers of a text, each with what stands before and after it.
struct Found<'t> {
    text: &'t str,
    at: usize,
}

/// A number where it stands.
struct Spot<'t> {
    before: &'t str,
    digits: &'t str,
    /// The decimals of `329€95`.
    cents: Option<&'t str>,
    after: &'t str,
}

impl<'t> Iterator for Found<'t> {
    type Item = Spot<'t>;

    fn next(&mut self) -> Option<Spot<'t>> {
        let rest = self.text.get(self.at..)?;
        let first = self.at + rest.find(|character: char| character.is_ascii_digit())?;
        let to = first + number::length(self.text.get(first..)?);
        let bare = self.text.get(first..to).is_some_and(is_whole);
        let begins = bare && has_no_whole(self.text.get(self.at..first)?);
        let from = first - usize::from(begins);
        let after = self.text.get(to..)?;
        let cents = cents(after).filter(|_| bare && !begins);
        self.at = to + cents.map_or(0, |cents| cents.0);
        Some(Spot {
            before: self.text.get(..from)?,
            digits: self.text.get(from..to)?,
            cents: cents.map(|cents| cents.1),
            after,
        })
    }
}

fn is_whole(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a number begins with its decimal mark: `$.99`, `€,99`.
fn has_no_whole(before: &str) -> bool {
    before.strip_suffix(['.', ',']).is_some_and(|before| {
        !before.ends_with(|mark: char| mark.is_alphanumeric() || "./,".contains(mark))
    })
}

/// The decimals behind a symbol that stands in the place of the point, and how far they go.
fn cents(after: &str) -> Option<(usize, &str)> {
    let symbol = starts_with_symbol(after)?;
    let cents = after.get(symbol..symbol + 2).filter(|cents| is_whole(cents))?;
    let next = after.get(symbol + 2..)?;
    let ends = !next.starts_with(|character: char| character.is_alphanumeric())
        && starts_with_symbol(next).is_none();
    ends.then_some((symbol + 2, cents))
}

impl Spot<'_> {
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
        if sign.is_none() && self.is_no_price() {
            return None;
        }
        let number = match self.cents {
            Some(cents) => number::parse(&[self.digits, ".", cents].concat())?,
            None => number::parse(self.digits)?,
        };
        Some(Amount { number, sign })
    }

    /// `#123`, `3/10`, `12:30`, `2026-01-15`: numbers of another kind than prices.
    fn is_no_price(&self) -> bool {
        let digit = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
        let goes_on = self.after.strip_prefix(['/', ':']).is_some_and(digit)
            || self.after.strip_prefix('-').is_some_and(|after| {
                after.get(2..).is_some_and(|after| after.starts_with('-')) && digit(after)
            });
        let went_before = self
            .before
            .strip_suffix(['/', ':'])
            .is_some_and(|before| before.ends_with(|last: char| last.is_ascii_digit()));
        goes_on || went_before || self.before.ends_with('#')
    }
}

#[cfg(test)]
mod tests;
