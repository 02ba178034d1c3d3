//! Lines of an order: `2x Example A - $10.00 (M)`, and quantities.

use super::amount::Amount;
use super::quantity::quantity;
use crate::reading::text::tree::branch;
use crate::reading::text::{plain, undecorated};

/// Lines of one order.
pub(crate) const MAX_ITEMS: usize = 100;

/// What one line says of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ItemLine {
    pub(crate) product: String,
    pub(crate) link: Option<String>,
    pub(crate) quantity: Option<i64>,
    pub(crate) price: Option<Amount>,
    pub(crate) size: Option<String>,
}

/// Reads one line as an item. `None` when nothing of a product is left.
pub(crate) fn line(raw: &str) -> Option<ItemLine> {
    let raw = undecorated(raw);
    let plain = plain(branch(raw).unwrap_or(raw));
    let (rest, before) = leading_quantity(&plain.text);
    let (rest, price, size) = trailing_price(rest);
    let (rest, after) = if before.is_none() { trailing_quantity(rest) } else { (rest, None) };
    let product = rest.trim().trim_end_matches([',', ';']).trim();
    product.chars().any(char::is_alphanumeric).then(|| ItemLine {
        product: product.to_owned(),
        link: plain.link.map(str::to_owned),
        quantity: before.or(after),
        price,
        size,
    })
}

/// `2x Example`, `2 x Example`, `(2x) Example`.
fn leading_quantity(text: &str) -> (&str, Option<i64>) {
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
        head.ends_with(' ').then(|| (head.trim_end_matches([' ', '-', ',']), Some(quantity)))
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

/// `Example - 26.94 USD (OS)`: the price at the end, with the size in brackets behind it.
fn trailing_price(text: &str) -> (&str, Option<Amount>, Option<String>) {
    let bracketed = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    let (head, inner) = match bracketed {
        Some((head, inner)) => (head, Some(inner)),
        None => (text, None),
    };
    for mark in [" - ", " – ", " — ", " @ ", ": ", " | ", " for "] {
        if let Some((product, price)) = head.rsplit_once(mark)
            && let Some(amount) = Amount::whole(price)
        {
            let size = inner.filter(|inner| !is_one_size(inner)).map(str::to_owned);
            return (product, Some(amount), size);
        }
    }
    match bracketed.and_then(|(head, inner)| Amount::whole(inner).map(|amount| (head, amount))) {
        Some((head, amount)) => (head, Some(amount), None),
        None => (text, None, None),
    }
}

/// Sizes that say that there is none.
fn is_one_size(size: &str) -> bool {
    ["os", "one size", "n/a", "default", "-"].iter().any(|none| size.eq_ignore_ascii_case(none))
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
