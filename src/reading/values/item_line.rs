//! Lines of an order: `2x Example A - $10.00 (M)`, and quantities.

pub(crate) mod ordinal;
pub(crate) mod price;

use super::amount::Amount;
use super::quantity::quantity;
use crate::reading::text::tree::branch;
use crate::reading::text::{plain, undecorated};
use price::Trailing;

/// Lines of one order.
pub(crate) const MAX_ITEMS: usize = 100;
/// A lower number is hardly a shoe's size.
const LEAST_SIZE: i64 = 3;

/// What one line says of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ItemLine {
    pub(crate) product: String,
    pub(crate) link: Option<String>,
    pub(crate) quantity: Option<i64>,
    pub(crate) price: Option<Amount>,
    pub(crate) size: Option<String>,
}

/// Reads one line as an item: its quantity and its price stand in front of its name or behind it. `None` when nothing
/// of a product is left.
pub(crate) fn line(raw: &str) -> Option<ItemLine> {
    read(raw, false)
}

/// The same for one of several lines, where a low number between bars counts as well.
pub(crate) fn line_of_list(raw: &str) -> Option<ItemLine> {
    read(raw, true)
}

fn read(raw: &str, is_of_list: bool) -> Option<ItemLine> {
    let raw = undecorated(raw);
    let raw = branch(raw).unwrap_or(raw);
    let plain = plain(raw);
    let text = without_sum(&plain.text);
    let text = ordinal::cut(text).map_or(text, |(_, rest)| if leads(rest) { rest } else { text });
    if let Some((product, quantity, price)) = cells(text, is_of_list) {
        let link = plain.link.map(str::to_owned);
        return Some(ItemLine {
            product,
            link,
            quantity: Some(quantity),
            price: Some(price),
            size: None,
        });
    }
    let (rest, mut quantity) = leading_quantity(text);
    let (mut rest, mut price) = price::leading(rest);
    if quantity.is_none() {
        (rest, quantity) = leading_quantity(rest);
    }
    let mut size = None;
    for _ in 0..2 {
        if quantity.is_none() {
            (rest, quantity) = trailing_quantity(rest);
        }
        if price.is_some() {
            continue;
        }
        let found = price::trailing(rest).or_else(|| {
            let (head, amount) = price::last(rest, raw.ends_with(['`', '*']))?;
            let counted = quantity.is_some() || trailing_quantity(head).1.is_some();
            counted.then(|| Trailing { head, amount, ..Trailing::default() })
        });
        if let Some(found) = found {
            (rest, price, size) = (found.head, found.amount, found.size);
            quantity = quantity.or(found.quantity);
        }
    }
    let product = rest.trim().trim_end_matches([',', ';', '|']).trim();
    product.chars().any(char::is_alphanumeric).then(|| ItemLine {
        product: product.to_owned(),
        link: plain.link.map(str::to_owned),
        quantity,
        price,
        size,
    })
}

/// `Example | $10.00 | 2`, and in a list `Example | 2 | $10.00`: a shoe's size stands in front of its price, too.
fn cells(text: &str, is_of_list: bool) -> Option<(String, i64, Amount)> {
    let mut cells = text.split(" | ").map(str::trim);
    let (product, one, other) = (cells.next()?, cells.next()?, cells.next()?);
    let count = |cell: &str| {
        let is_count = cell.len() <= 3 && cell.bytes().all(|byte| byte.is_ascii_digit());
        quantity(cell).filter(|_| is_count)
    };
    let price = |cell: &str| Amount::whole(cell).filter(|amount| amount.sign.is_some());
    let in_front = || count(one).filter(|count| is_of_list && *count < LEAST_SIZE);
    let (quantity, price) =
        count(other).zip(price(one)).or_else(|| in_front().zip(price(other)))?;
    let whole = cells.next().is_none() && product.chars().any(char::is_alphabetic);
    whole.then(|| (product.to_owned(), quantity, price))
}

/// Whether a line says how often its product was bought or what it cost.
pub(crate) fn counts(raw: &str) -> bool {
    line(raw).is_some_and(|item| item.quantity.is_some() || item.price.is_some())
}

/// Whether a line begins with its quantity or its price.
fn leads(text: &str) -> bool {
    leads_with_quantity(text) || price::leading(text).1.is_some()
}

/// `2x Example - $10.00 = $20.00`, `Example x2 (total $20.00)`: what the line comes to is no price of one.
fn without_sum(text: &str) -> &str {
    let behind = text.rsplit_once(" = ").filter(|(_, sum)| Amount::whole(sum).is_some());
    let bracketed =
        text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")).filter(|(_, inner)| {
            let inner = inner.to_lowercase();
            let sum = inner.strip_prefix("total").or_else(|| inner.strip_suffix("total"));
            sum.is_some_and(|sum| Amount::whole(sum.trim_matches([':', ' '])).is_some())
        });
    behind.or(bracketed).map_or(text, |(head, _)| head)
}

/// `2x Example`, `2 x Example`, `(2x) Example`, `x2 Example`.
fn leading_quantity(text: &str) -> (&str, Option<i64>) {
    let times_first = || {
        let inner = text.strip_prefix(['x', '×'])?;
        let (count, rest) = inner.split_once(' ')?;
        let is_count = count.len() < 3 && count.bytes().all(|byte| byte.is_ascii_digit());
        Some((rest.trim_start(), Some(quantity(count).filter(|_| is_count)?)))
    };
    if let Some(found) = times_first() {
        return found;
    }
    let inner = text.trim_start_matches(['(', '[']);
    let opened = inner.len() < text.len();
    let split = || {
        let length = inner.bytes().take(5).take_while(u8::is_ascii_digit).count();
        let quantity = quantity(inner.get(..length)?)?;
        let rest = inner.get(length..)?;
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let rest = rest.strip_prefix(['x', 'X', '×'])?;
        let rest = if opened { rest.strip_prefix([')', ']'])? } else { rest };
        rest.starts_with(' ').then(|| (rest.trim_start(), Some(quantity)))
    };
    split().unwrap_or((text, None))
}

/// Whether a line begins with how often its product was bought.
pub(crate) fn leads_with_quantity(text: &str) -> bool {
    leading_quantity(text.trim_start()).1.is_some()
}

/// `Example x2`, `Example (x2)`, `Example (2x)`, `Example x 2`, `Example (Qty: 2)`, `Example - Qty 2`.
fn trailing_quantity(text: &str) -> (&str, Option<i64>) {
    let inner = text.trim_end_matches([')', ']']);
    let closed = inner.len() < text.len();
    let split = || {
        let bare = inner.strip_suffix(['x', 'X', '×']).filter(|_| closed).unwrap_or(inner);
        let behind = bare.len() < inner.len();
        let head = bare.trim_end_matches(|character: char| character.is_ascii_digit());
        let quantity = quantity(bare.get(head.len()..)?)?;
        let head = if behind { head } else { without_times(head, closed)? };
        let head = if closed { head.strip_suffix(['(', '['])? } else { head };
        head.ends_with(' ').then(|| {
            (head.trim_end_matches([' ', '-', '–', '—', ',', '|', '•', '·']), Some(quantity))
        })
    };
    split().unwrap_or((text, None))
}

/// What stands in front of `x` or `Qty:`. A capital one counts in brackets: `Xbox Series X 2` is a name.
fn without_times(head: &str, closed: bool) -> Option<&str> {
    let head = head.trim_end();
    let named = head.trim_end_matches([':', ' ']);
    let cut = |word: &str| {
        let from = named.len().checked_sub(word.len())?;
        named.get(from..)?.eq_ignore_ascii_case(word).then_some(named.get(..from)?)
    };
    let times = head.strip_suffix(['x', '×']).or_else(|| head.strip_suffix('X').filter(|_| closed));
    times.or_else(|| cut("quantity")).or_else(|| cut("qty"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn item_lines() {
        let cases = [
            ("• 3x Example Bundle - 26.94 USD (OS)", "Example Bundle", Some(3), Some(2_694), None),
            ("2x Example A - $10.00", "Example A", Some(2), Some(1_000), None),
            ("1 x Example Shoe - £85.00 (9.5)", "Example Shoe", Some(1), Some(8_500), Some("9.5")),
            ("Example ETB - $49.99", "Example ETB", None, Some(4_999), None),
            ("Example Bundle (6 Packs)", "Example Bundle (6 Packs)", None, None, None),
            ("Example Lamp x2", "Example Lamp", Some(2), None, None),
            ("Example Box x2 - $5.00", "Example Box", Some(2), Some(500), None),
            ("Example Console - 2024", "Example Console - 2024", None, None, None),
            ("Example Lamp (x2)", "Example Lamp", Some(2), None, None),
            ("1) 2x Example A - $10.00", "Example A", Some(2), Some(1_000), None),
            ("#1 2x Example A - $10.00", "Example A", Some(2), Some(1_000), None),
            ("1. $10.00 - Example A", "Example A", None, Some(1_000), None),
            ("Example A (x2) $10.00", "Example A", Some(2), Some(1_000), None),
            ("Example A x2 $10.00", "Example A", Some(2), Some(1_000), None),
            ("Example A - $10.00 x2", "Example A", Some(2), Some(1_000), None),
            ("Example A - $10.00 (x2)", "Example A", Some(2), Some(1_000), None),
            ("Example A ($10.00) x2", "Example A", Some(2), Some(1_000), None),
            ("Example A (2 x $10.00)", "Example A", Some(2), Some(1_000), None),
            ("Example A ($10.00 x 2)", "Example A", Some(2), Some(1_000), None),
            ("Example A (Qty: 2, $10.00 each)", "Example A", Some(2), Some(1_000), None),
            ("Example A - 2 x $10.00", "Example A", Some(2), Some(1_000), None),
            ("Example A | Qty: 2 | $10.00", "Example A", Some(2), Some(1_000), None),
            ("Example A | $10.00 | x2", "Example A", Some(2), Some(1_000), None),
            ("Example A, Qty 2, $10.00", "Example A", Some(2), Some(1_000), None),
            ("Example A - Qty: 2 - Price: $10.00", "Example A", Some(2), Some(1_000), None),
            ("$10.00 - Example A x2", "Example A", Some(2), Some(1_000), None),
            ("$10.00 | Example A (x2)", "Example A", Some(2), Some(1_000), None),
            ("[$10.00] 2x Example A", "Example A", Some(2), Some(1_000), None),
            ("2x $10.00 - Example A", "Example A", Some(2), Some(1_000), None),
            ("x2 Example A - $10.00", "Example A", Some(2), Some(1_000), None),
            ("2x Example A at $10.00 each", "Example A", Some(2), Some(1_000), None),
            ("2x Example A @ $10.00 ea.", "Example A", Some(2), Some(1_000), None),
            ("2x Example A - $10.00/each", "Example A", Some(2), Some(1_000), None),
            ("2x Example A ($10.00 each)", "Example A", Some(2), Some(1_000), None),
            ("2x Example A $10.00 each", "Example A", Some(2), Some(1_000), None),
            ("2x Example A für je 10,00 €", "Example A", Some(2), Some(1_000), None),
            ("`2x` Example A `$10.00`", "Example A", Some(2), Some(1_000), None),
            ("**2x** Example A **$10**", "Example A", Some(2), Some(1_000), None),
            ("2x Example A - $10.00 = $20.00", "Example A", Some(2), Some(1_000), None),
            ("2x Example A - $10.00 (total $20.00)", "Example A", Some(2), Some(1_000), None),
            ("2x Example A - 10.00 USD each", "Example A", Some(2), Some(1_000), None),
            ("Example Gift Card $50", "Example Gift Card $50", None, None, None),
            ("2x Example Gift Card $50", "Example Gift Card $50", Some(2), None, None),
            ("1. FC Example Jersey", "1. FC Example Jersey", None, None, None),
            ("X2 The Threat", "X2 The Threat", None, None, None),
            ("Example 3 (2 Pack)", "Example 3 (2 Pack)", None, None, None),
            ("Example Lamp (2x)", "Example Lamp", Some(2), None, None),
            ("Example Lamp [X2]", "Example Lamp", Some(2), None, None),
            ("Example Lamp (Qty: 2)", "Example Lamp", Some(2), None, None),
            ("Example Lamp - Qty 2", "Example Lamp", Some(2), None, None),
            ("├ 2x Example A - RM10.00", "Example A", Some(2), Some(1_000), None),
            ("Xbox Series X 2", "Xbox Series X 2", None, None, None),
            ("Example 4x4 Truck", "Example 4x4 Truck", None, None, None),
            ("Example MX2", "Example MX2", None, None, None),
        ];
        for (text, product, quantity, price, size) in cases {
            let item = line(text).expect(text);
            let minor = item.price.and_then(|price| price.minor(None));
            let read = (item.product.as_str(), item.quantity, minor, item.size.as_deref());
            assert_eq!(read, (product, quantity, price, size), "{text}");
        }
    }
}
