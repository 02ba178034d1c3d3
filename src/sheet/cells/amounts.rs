//! Money and counts as cells hold them: `1,234.56`, `$-12.34`, `(12,34 €)`, `12.34-`.

use crate::order::Currency;
use crate::order::money::decimals;
use crate::reading::currency_sign::{Sign, after, before, is_dollar, is_krone, three_are_decimals};
use crate::reading::plain_digits;
use crate::sheet::amount::{Amount, Symbol};

/// Digits in front of the decimal mark.
const MAX_WHOLE: usize = 13;
/// Decimals that are kept; the rest is rounded.
const MAX_DECIMALS: usize = 6;

/// What stands in front of a negative amount.
const DASHES: [char; 3] = ['-', '−', '–'];

const YUAN: Sign = Sign::Of(Currency::CNY);

/// What stands in front of the decimals of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sheet) enum Mark {
    Point,
    Comma,
}

impl Mark {
    fn is(self, letter: char) -> bool {
        (self == Self::Comma) == (letter == ',')
    }
}

/// The amount, if a cell is one and nothing else. `mark`: what tells `1.234` from `1,234`, if the file does; else the
/// currency does that the cell or its row (`of_row`) names, and without one it is read as in a message.
pub(super) fn parse(cell: &str, mark: Option<Mark>, of_row: Option<Currency>) -> Option<Amount> {
    parsed(cell, |own, sign| {
        let named = if let Some(Sign::Of(currency)) = sign { Some(currency) } else { of_row };
        match (mark, sign) {
            _ if decimals(named) == 0 => false,
            (Some(mark), _) => mark.is(own),
            (None, Some(Sign::Of(_))) => three_are_decimals(own, named),
            (None, Some(Sign::Dollar)) => own == '.',
            (None, Some(Sign::Krone) | None) => decimals(named) == 3,
        }
    })
}

/// A number of units, which is no money: programs write the numbers that they count with by a point.
pub(super) fn counted(cell: &str, mark: Option<Mark>) -> Option<Amount> {
    parsed(cell, |own, _| mark.unwrap_or(Mark::Point).is(own))
}

/// The amount that a person types, read as it would be in a message.
pub(super) fn typed(text: &str, of_order: Option<Currency>) -> Option<Amount> {
    let amount = parsed(text, |own, sign| {
        let currency = match sign {
            Some(Sign::Of(currency)) => Some(currency),
            Some(Sign::Dollar) => of_order.or(Some(Currency::USD)),
            Some(Sign::Krone) | None => of_order,
        };
        three_are_decimals(own, currency)
    })?;
    let is_krone = amount.symbol() == Some(Symbol::Krone);
    // What a person types is kept in the currency that it is in by now.
    match (amount.said_currency(of_order), of_order) {
        (Some(said), Some(own)) if said != own => Some(amount.named(said)),
        (None, Some(_)) if is_krone => None,
        (_, _) => Some(amount.with_symbol(None)),
    }
}

/// `are_decimals`: whether three digits behind this mark are decimals, where it is the only one of a number beside this
/// sign.
fn parsed(text: &str, are_decimals: impl Fn(char, Option<Sign>) -> bool) -> Option<Amount> {
    let Parts { is_negative, sign, number } = taken_apart(text)?;
    let (whole, decimals) = split(&number, |mark| are_decimals(mark, sign))?;
    let mut amount = exact(&whole, decimals)?;
    let symbol = match sign {
        Some(Sign::Of(currency)) => {
            amount.currency = Some(currency);
            None
        }
        Some(Sign::Dollar) => Some(Symbol::Dollar),
        Some(Sign::Krone) => Some(Symbol::Krone),
        None => None,
    };
    let amount = amount.with_symbol(symbol);
    Some(if is_negative { amount.negated() } else { amount })
}

/// Whether a cell is a zero as spreadsheets show it in their form for accounts: `$ -`, `- €`. Like `-` alone it says
/// nothing.
pub(super) fn is_dash(cell: &str) -> bool {
    let without = cell.replace(DASHES, "");
    let (rest, sign) = before(without.trim());
    without.len() < cell.len() && sign.is_some() && rest.trim().is_empty()
}

/// What the number of a cell says of the file's decimal mark; `None`: nothing.
pub(super) fn shows_mark(cell: &str) -> Option<Mark> {
    let Parts { number, .. } = taken_apart(cell)?;
    let last = number.rfind(['.', ','])?;
    let mark = if number.get(last..)?.starts_with('.') { Mark::Point } else { Mark::Comma };
    let other = if mark == Mark::Point { ',' } else { '.' };
    let behind = number.len() - last - 1;
    let alone = number.matches(['.', ',']).count() == 1;
    (number.contains(other) || (alone && behind != 3)).then_some(mark)
}

/// What a cell says.
struct Parts {
    is_negative: bool,
    /// Of its currency.
    sign: Option<Sign>,
    /// The number alone.
    number: String,
}

fn taken_apart(cell: &str) -> Option<Parts> {
    let cell = plain_digits(cell);
    let is_digit = |letter: char| letter.is_ascii_digit();
    let first = cell.find(is_digit)?;
    let end = cell.rfind(is_digit)? + 1;
    // A decimal mark without a digit in front of it: `.99`.
    let bare = cell.get(..first)?;
    let from = if bare.ends_with(['.', ',']) { first - 1 } else { first };
    let (front, number, back) = (cell.get(..from)?, cell.get(from..end)?, cell.get(end..)?);
    let (front, back, is_bracketed) = out_of_brackets(front, back)?;
    let back = without_cents(&back);
    // So prices end in Sweden.
    let is_krona = back.starts_with(":-");
    let is_negative =
        is_bracketed || front.contains(DASHES) || (!is_krona && back.contains(DASHES));
    let rid = |text: &str| text.replace(DASHES, "").replace('+', "");
    let (front, back) = (rid(&front), if is_krona { back.to_owned() } else { rid(back) });
    // A sign may stand beside its code: `RMB ¥12.34`, `12.34 zł PLN`.
    let (rest_front, sign_front) = before(&front);
    let (rest_front, code_front) = before(rest_front);
    let (rest_back, sign_back) = after(&back);
    let (rest_back, code_back) = after(rest_back);
    if !rest_front.trim().is_empty() || !rest_back.trim_matches(['.', ' ']).is_empty() {
        return None;
    }
    let signs = [sign_front, code_front, sign_back, code_back].into_iter().flatten();
    let yuan = signs.clone().find(|sign| *sign == YUAN);
    let named = yuan.or(signs.clone().find(|sign| matches!(sign, Sign::Of(_))));
    let sign = named.or(signs.clone().next());
    if signs.into_iter().any(|other| sign.is_some_and(|sign| !agree(sign, other))) {
        return None;
    }
    Some(Parts { is_negative, sign, number: ungrouped(number)? })
}

/// What stands around a number, and whether it is in brackets, which make it negative. `None`: one is not closed, or
/// was not opened.
fn out_of_brackets(front: &str, back: &str) -> Option<(String, String, bool)> {
    let count = |text: &str, mark: char| text.matches(mark).count();
    let is_bracketed = count(front, '(') > count(front, ')');
    let (front, back) = if is_bracketed {
        let (back, behind) = back.rsplit_once(')')?;
        (front.replacen('(', "", 1), [back, behind].concat())
    } else {
        (front.to_owned(), back.to_owned())
    };
    let is_even = |text: &str| count(text, '(') == count(text, ')');
    (is_even(&front) && is_even(&back)).then_some((front, back, is_bracketed))
}

/// What stands behind a number, without the dash in the place of its cents: `12,-`, `12.–`.
fn without_cents(back: &str) -> &str {
    let is_dash = |letter: char| DASHES.contains(&letter) || letter == '—';
    let dash = back.strip_prefix(['.', ',']).filter(|behind| behind.starts_with(is_dash));
    dash.map_or(back, |behind| behind.trim_start_matches(is_dash))
}

/// Whether what both sides of a number say of its currency can be the same.
fn agree(one: Sign, other: Sign) -> bool {
    match (one, other) {
        (Sign::Of(named), Sign::Dollar) | (Sign::Dollar, Sign::Of(named)) => is_dollar(named),
        (Sign::Of(named), Sign::Krone) | (Sign::Krone, Sign::Of(named)) => is_krone(named),
        // Both are written `¥`, which alone is the yen's.
        (YUAN, Sign::Of(Currency::JPY)) | (Sign::Of(Currency::JPY), YUAN) => true,
        (one, other) => one == other,
    }
}

/// A number without the blanks and apostrophes between its groups of three digits. `None`: they part something else,
/// which may be two numbers.
fn ungrouped(number: &str) -> Option<String> {
    let parts = |letter: char| letter.is_whitespace() || "'’".contains(letter);
    if !number.contains(parts) {
        return Some(number.to_owned());
    }
    let (whole, decimals) = number.split_at(number.find(['.', ',']).unwrap_or(number.len()));
    let mut groups = whole.split(parts);
    let is_first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    let fits = is_first && groups.all(|group| group.len() == 3) && !decimals.contains(parts);
    fits.then(|| whole.replace(parts, "") + decimals)
}

/// The digits in front of the decimal mark and those behind it.
fn split(number: &str, are_decimals: impl Fn(char) -> bool) -> Option<(String, &str)> {
    let Some(last) = number.rfind(['.', ',']) else { return Some((number.to_owned(), "")) };
    let (head, tail) = (number.get(..last)?, number.get(last + 1..)?);
    let is_comma = number.get(last..)?.starts_with(',');
    let (own, other) = if is_comma { (',', '.') } else { ('.', ',') };
    let groups = || grouped(number, own);
    if head.contains(own) {
        return if head.contains(other) { None } else { Some((groups()?, "")) };
    }
    if head.contains(other) {
        return Some((grouped(head, other)?, tail));
    }
    let doubtful = tail.len() == 3 && (1..=3).contains(&head.len()) && !head.starts_with('0');
    if doubtful && !are_decimals(own) {
        return Some((groups()?, ""));
    }
    Some((head.to_owned(), tail))
}

/// The digits of groups of three, or of two as in India.
fn grouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let (last, middle) = rest.split_last()?;
    let fits = (1..=3).contains(&first.len())
        && last.len() == 3
        && middle.iter().all(|group| group.len() == 3 || (mark == ',' && group.len() == 2));
    fits.then(|| text.replace(mark, ""))
}

fn exact(whole: &str, decimals: &str) -> Option<Amount> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.trim_start_matches('0');
    if whole.len() > MAX_WHOLE || !is_digits(whole) || !is_digits(decimals) {
        return None;
    }
    let kept = decimals.get(..MAX_DECIMALS).unwrap_or(decimals);
    let rounds_up = decimals.as_bytes().get(MAX_DECIMALS).is_some_and(|digit| *digit >= b'5');
    let digits =
        format!("0{whole}{kept}").parse::<i64>().ok()?.checked_add(i64::from(rounds_up))?;
    Amount::new(digits, u32::try_from(kept.len()).ok()?, None)
}

#[cfg(test)]
mod tests;
