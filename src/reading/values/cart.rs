//! Several products in one value: `Example A (x3), Example B (x1)`.

use super::item_line::{self, ItemLine, MAX_ITEMS};

/// The products of a value that lists several, each with its quantity. `None` for a single product, whatever
/// commas its name holds.
pub(crate) fn items(plain: &str) -> Option<Vec<ItemLine>> {
    [", ", "; ", " + ", " & ", " | ", " • ", " / ", "、", "，"]
        .iter()
        .filter(|mark| plain.contains(**mark))
        .find_map(|mark| split_at(plain, mark))
}

/// A name may hold the mark itself: a part without a quantity belongs to the one that has it.
fn split_at(plain: &str, mark: &str) -> Option<Vec<ItemLine>> {
    let counts_first = item_line::leads_with_quantity(plain);
    let mut items: Vec<&str> = Vec::new();
    let (mut from, mut at) = (0, 0);
    let parts: Vec<&str> = plain.split(mark).collect();
    let last = parts.len() - 1;
    for (index, part) in parts.iter().enumerate() {
        let end = at + part.len();
        let next_begins =
            parts.get(index + 1).is_some_and(|next| item_line::leads_with_quantity(next));
        let ends = if counts_first { index == last || next_begins } else { has_quantity(part) };
        if ends {
            items.push(plain.get(from..end)?);
            from = end + mark.len();
        }
        at = end + mark.len();
        if items.len() > MAX_ITEMS {
            return None;
        }
    }
    let whole = from > plain.len() && items.len() > 1;
    let lines: Vec<ItemLine> = items.into_iter().filter_map(item_line::line).collect();
    let counted = lines.iter().all(|line| line.quantity.is_some());
    (whole && counted && lines.len() > 1).then_some(lines)
}

/// Whether a line of a list says that there are more, and nothing else: `+3 more…`, `…and 3 more
/// items`.
pub(crate) fn leaves_out(plain: &str) -> bool {
    const NOUNS: [&str; 8] =
        ["more", "other", "others", "items", "item", "products", "product", "weitere"];
    let edge = |mark: char| !mark.is_alphanumeric();
    let text = plain.trim_matches(edge).to_lowercase();
    let behind_word = ["and ", "plus ", "und "].iter().find_map(|word| text.strip_prefix(word));
    let text = behind_word.unwrap_or(&text);
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let Some(count) = words.next() else { return plain.contains('…') || plain.contains("...") };
    let is_count = count.len() <= 3 && count.bytes().all(|byte| byte.is_ascii_digit());
    let counts = text.contains("more") || text.contains("other") || text.contains("weitere");
    is_count && counts && words.all(|word| NOUNS.contains(&word))
}

fn has_quantity(text: &str) -> bool {
    item_line::line(text).is_some_and(|line| line.quantity.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carts() {
        for (text, expected) in [
            ("Example A (x3), Example B (x1)", [("Example A", 3), ("Example B", 1)]),
            ("3x Example A, 1x Example B", [("Example A", 3), ("Example B", 1)]),
            ("Example A x3; Example B x1", [("Example A", 3), ("Example B", 1)]),
            ("Example A (3x) + Example B (1x)", [("Example A", 3), ("Example B", 1)]),
            ("Example A × 3 | Example B × 1", [("Example A", 3), ("Example B", 1)]),
            ("Example A (Qty: 3), Example B (Qty: 1)", [("Example A", 3), ("Example B", 1)]),
            ("Tin, Red (x3), Tin, Blue (x1)", [("Tin, Red", 3), ("Tin, Blue", 1)]),
            ("3x Tin, Red, 1x Tin, Blue", [("Tin, Red", 3), ("Tin, Blue", 1)]),
        ] {
            let items = items(text).expect(text);
            let read: Vec<_> =
                items.iter().map(|item| (item.product.as_str(), item.quantity)).collect();
            assert_eq!(read, expected.map(|(name, quantity)| (name, Some(quantity))), "{text}");
        }
    }

    #[test]
    fn one_product_stays_one() {
        for text in [
            "Example Tin",
            "Tin, Red, Large",
            "Tin, Red (x3)",
            "3x Tin, Red",
            "Salt & Pepper Set x2",
            "Example A (x3), Example B",
            "Trading Cards + Binder",
        ] {
            assert_eq!(items(text), None, "{text}");
        }
    }

    #[test]
    fn a_cart_has_a_hundred_products_at_the_most() {
        let cart = |products: usize| vec!["Example A (x3)"; products].join(", ");
        assert_eq!(items(&cart(100)).map(|items| items.len()), Some(100));
        assert_eq!(items(&cart(101)), None);
    }
}
