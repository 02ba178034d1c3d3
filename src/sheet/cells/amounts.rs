//! Money and counts as cells hold them: `1,234.56`, `$-12.34`, `(12,34 €)`, `12.34-`.

use crate::order::Currency;
use crate::reading::currency_sign::{Sign, after, before, three_are_decimals};
use crate::sheet::amount::{Amount, Symbol};

/// Digits in front of the decimal mark.
const MAX_WHOLE: usize = 13;
/// Decimals that are kept; the rest is rounded.
const MAX_DECIMALS: usize = 6;

/// What stands in front of a negative amount.
const DASHES: [char; 3] = ['-', '−', '–'];

/// What stands in front of the decimals of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sheet) enum Mark {
    Point,
    Comma,
}

/// The amount, if a cell is one and nothing else. `mark`: what tells `1.234` from `1,234`, if the file does; else the
/// currency does that the cell names.
pub(super) fn parse(cell: &str, mark: Option<Mark>) -> Option<Amount> {
    let (_, sign, _) = taken_apart(cell)?;
    parsed(cell, |own| match (mark, sign) {
        (Some(mark), _) => (mark == Mark::Comma) == (own == ','),
        (None, Some(Sign::Of(currency))) => three_are_decimals(own, Some(currency)),
        // Programs write the numbers that they count with by a point, and without a currency.
        (None, _) => own == '.',
    })
}

/// The amount that a person types, read as it would be in a message.
pub(super) fn typed(text: &str, of_order: Option<Currency>) -> Option<Amount> {
    let (_, sign, _) = taken_apart(text)?;
    let currency = match sign {
        Some(Sign::Of(currency)) => Some(currency),
        Some(Sign::Dollar) => of_order.or(Some(Currency::USD)),
        Some(Sign::Krone) | None => of_order,
    };
    let amount = parsed(text, |own| three_are_decimals(own, currency))?;
    // What a person types is kept in the currency that it is in by now.
    match (amount.said_currency(of_order), of_order) {
        (Some(said), Some(own)) if said != own => Some(amount.named(said)),
        (None, Some(_)) if sign == Some(Sign::Krone) => None,
        (_, _) => Some(amount.with_symbol(None)),
    }
}

/// `are_decimals`: whether three digits behind this mark are decimals, where it is the only one.
fn parsed(text: &str, are_decimals: impl Fn(char) -> bool) -> Option<Amount> {
    let (negative, sign, number) = taken_apart(text)?;
    let (whole, decimals) = split(&number, are_decimals)?;
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
    Some(if negative { amount.negated() } else { amount })
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
    let (_, _, number) = taken_apart(cell)?;
    let last = number.rfind(['.', ','])?;
    let mark = if number.get(last..)?.starts_with('.') { Mark::Point } else { Mark::Comma };
    let other = if mark == Mark::Point { ',' } else { '.' };
    let behind = number.len() - last - 1;
    let alone = number.matches(['.', ',']).count() == 1;
    (number.contains(other) || (alone && behind != 3)).then_some(mark)
}

/// Whether it is negative, what it says of its currency, and the number alone.
fn taken_apart(cell: &str) -> Option<(bool, Option<Sign>, String)> {
    let is_sign = |letter: char| DASHES.contains(&letter) || letter == '(';
    let is_digit = |letter: char| letter.is_ascii_digit();
    let first = cell.find(is_digit)?;
    let end = cell.rfind(is_digit)? + 1;
    // A decimal mark without a digit in front of it: `.99`.
    let bare = cell.get(..first)?;
    let from = if bare.ends_with(['.', ',']) { first - 1 } else { first };
    let (front, number, back) = (cell.get(..from)?, cell.get(from..end)?, cell.get(end..)?);
    let negative = front.contains(is_sign) || back.contains(is_sign);
    let rid = |text: &str| text.replace(|letter| is_sign(letter) || ")+".contains(letter), "");
    let (front, back) = (rid(front), rid(back));
    let (rest_front, sign_front) = before(&front);
    let (rest_back, sign_back) = after(&back);
    if !rest_front.trim().is_empty() || !rest_back.trim_matches(['.', ' ']).is_empty() {
        return None;
    }
    let signs = [sign_front, sign_back].into_iter().flatten();
    let sign = signs.clone().find(|sign| matches!(sign, Sign::Of(_))).or(signs.clone().next());
    let number = number.chars().filter(|letter| !letter.is_whitespace() && !"'’".contains(*letter));
    Some((negative, sign, number.collect()))
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
        && middle.iter().all(|group| matches!(group.len(), 2 | 3));
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
mod tests {
    use super::*;

    #[test]
    fn amounts_as_sheets_hold_them() {
        for (cell, text) in [
            ("1,234.56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("1 234,56", "1234.56"),
            ("1'234.56", "1234.56"),
            ("1,29,999.00", "129999"),
            ("$1,299", "1299 $"),
            ("1,299", "1299"),
            ("1.299", "1.299"),
            ("12,5", "12.5"),
            (".99", "0.99"),
            ("$-12.34", "-12.34 $"),
            ("-$12.34", "-12.34 $"),
            ("($12.34)", "-12.34 $"),
            ("12.34-", "-12.34"),
            ("−12.34", "-12.34"),
            ("12.30", "12.3"),
            ("0.00", "0"),
            ("12.34 €", "12.34 EUR"),
            ("CAD 12.34", "12.34 CAD"),
            ("US$12.34", "12.34 USD"),
            ("389.96999999999997", "389.97"),
            ("0012", "12"),
        ] {
            let amount = parse(cell, None).map(|amount| amount.to_string());
            assert_eq!(amount.as_deref(), Some(text), "{cell}");
        }
        for cell in ["1.234 EUR", "€1.234", "1,234 €"] {
            let amount = parse(cell, None).map(|amount| amount.to_string());
            assert_eq!(amount.as_deref(), Some("1234 EUR"), "{cell}");
        }
        for cell in
            ["", "abc", "12 pcs", "1.2.3", "1,2,3", "12/30", "99999999999999", "5%", "1e5", "#3"]
        {
            assert_eq!(parse(cell, None), None, "{cell}");
        }
    }

    #[test]
    fn an_amount_of_more_digits_than_are_kept_is_none() {
        for (cell, text) in [
            ("9223372036854.7758065", Some("9223372036854.775807")),
            ("9223372036854.7758075", None),
            ("-9223372036854.7758075", None),
            ("9223372036854.775808", None),
            ("-9223372036854.775807", Some("-9223372036854.775807")),
        ] {
            let amount = parse(cell, None).map(|amount| amount.to_string());
            assert_eq!(amount.as_deref(), text, "{cell}");
        }
    }

    #[test]
    fn a_dash_beside_a_currency_is_no_amount_and_no_fault() {
        for cell in ["$-", "$ -", "-$", "€ –", "- €", " $-   ", "USD -"] {
            assert!(is_dash(cell), "{cell}");
        }
        for cell in ["-", "$", "", "$-1", "x -", "- each"] {
            assert!(!is_dash(cell), "{cell}");
        }
    }

    #[test]
    fn the_files_own_mark_tells_thousands_from_decimals() {
        let text = |cell, mark| parse(cell, Some(mark)).map(|amount| amount.to_string());
        assert_eq!(text("1.299", Mark::Comma).as_deref(), Some("1299"));
        assert_eq!(text("1.299", Mark::Point).as_deref(), Some("1.299"));
        assert_eq!(text("1,299", Mark::Comma).as_deref(), Some("1.299"));
        assert_eq!(text("1,299", Mark::Point).as_deref(), Some("1299"));
        assert_eq!(text("12.50", Mark::Comma).as_deref(), Some("12.5"));
        for (cell, mark) in [
            ("12,50", Some(Mark::Comma)),
            ("1.299,00 €", Some(Mark::Comma)),
            ("1,299.00", Some(Mark::Point)),
            ("12.5", Some(Mark::Point)),
            ("1.299", None),
            ("1,299,000", None),
            ("12", None),
        ] {
            assert_eq!(shows_mark(cell), mark, "{cell}");
        }
    }
}
