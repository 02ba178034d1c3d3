//! The price in a line of an order, for one unit.

use crate::reading::values::amount::Amount;
use crate::reading::values::quantity::quantity;

/// What stands between a product and its price.
const MARKS: [&str; 7] = [" - ", " – ", " — ", " @ ", ": ", " | ", " for "];
/// The same, where the price has its currency.
const SIGNED_MARKS: [&str; 4] = [" at ", " für ", " à ", ", "];

/// A price at the end of a line, and what it leaves.
#[derive(Debug, Default)]
pub(super) struct Trailing<'t> {
    pub(super) head: &'t str,
    pub(super) amount: Option<Amount>,
    pub(super) quantity: Option<i64>,
    pub(super) size: Option<String>,
}

/// The price of one unit, and how many where it says so.
pub(crate) type Price = (Amount, Option<i64>);

/// `$10.00 - Example`, `$10.00 | Example`, `[$10.00] Example`.
pub(super) fn leading(text: &str) -> (&str, Option<Amount>) {
    let bracketed = || {
        let (price, rest) = text.strip_prefix(['[', '('])?.split_once([']', ')'])?;
        Some((rest.trim_start_matches([' ', '-', ':']), Amount::whole(price)?))
    };
    let separated = |mark: &str| {
        let (price, rest) = text.split_once(mark)?;
        Some((rest.trim_start(), Amount::whole(price)?))
    };
    let found =
        bracketed().or_else(|| [" - ", " – ", " — ", " | ", ": "].into_iter().find_map(separated));
    let signed = found.filter(|(rest, amount)| amount.sign.is_some() && !rest.is_empty());
    signed.map_or((text, None), |(rest, amount)| (rest, Some(amount)))
}

/// `Example - 26.94 USD (OS)`, `Example at $10.00 each`, `Example (2 x $10.00)`: the price at the end, with the size in
/// brackets behind it.
pub(super) fn trailing(text: &str) -> Option<Trailing<'_>> {
    let bracketed = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    let (head, inner) = bracketed.map_or((text, None), |(head, inner)| (head, Some(inner)));
    let behind = |read: fn(&str) -> Option<Price>| {
        MARKS.into_iter().chain(SIGNED_MARKS).find_map(|mark| {
            let (product, price) = head.rsplit_once(mark)?;
            let (amount, quantity) = read(price)?;
            let size = inner.filter(|inner| !is_one_size(inner)).map(str::to_owned);
            let fits = amount.sign.is_some() || !SIGNED_MARKS.contains(&mark);
            fits.then_some(Trailing { head: product, amount: Some(amount), quantity, size })
        })
    };
    let inside = |inner: &str| {
        let (amount, quantity) = alone(inner).or_else(|| beside_a_count(inner))?;
        Some(Trailing { head, amount: Some(amount), quantity, size: None })
    };
    behind(alone).or_else(|| behind(beside_a_count)).or_else(|| inner.and_then(inside))
}

/// The last word, else the last two, as a price, where nothing but a space stands in front of them: with its cents,
/// since a gift card's name ends with what it is worth. `marked`: bold or in code it is a price without them, too.
pub(super) fn last(text: &str, marked: bool) -> Option<(&str, Option<Amount>)> {
    let text = without_each(text);
    let spaces = text.rmatch_indices(' ').map(|(at, _)| at);
    let amount_from = |at: usize| {
        let amount = Amount::whole(text.get(at..)?)?;
        let fits = amount.sign.is_some() && (marked || amount.has_cents());
        fits.then_some((text.get(..at)?.trim_end(), Some(amount)))
    };
    spaces.take(2).find_map(amount_from)
}

/// `$10.00`, `$10.00 each`, `Price: $10.00`.
fn alone(text: &str) -> Option<Price> {
    Some((Amount::whole(without_each(unlabelled(text)))?, None))
}

/// `2 x $10.00`, `$10.00 x 2`, `Qty: 2, $10.00 each`.
fn beside_a_count(text: &str) -> Option<Price> {
    let whole = |text: &str| alone(text).map(|(amount, _)| amount);
    [" x ", " × ", ", ", " @ ", " | ", " at ", " x", "x "].into_iter().find_map(|mark| {
        let (one, other) = text.split_once(mark)?;
        let (amount, count) =
            whole(other).zip(count(one)).or_else(|| whole(one).zip(count(other)))?;
        Some((amount, Some(count)))
    })
}

/// The price of one unit in the value of a price, where that counts the units or says the sum as well: `$10.00 x 2`,
/// `$10.00 (x2)`, `$20.00 (2 x $10.00)`, `$20.00 ($10.00 each)`. `paired`: its label says that both stand there, as in
/// `$10.00 / 2`.
pub(crate) fn of_value(text: &str, paired: bool) -> Option<Price> {
    let text = text.trim();
    let money = |price: &Price| price.0.sign.is_some() || price.0.has_cents();
    let bracketed = text.strip_suffix(')').and_then(|text| text.split_once('('));
    if let Some((head, inner)) = bracketed {
        let each = || {
            let (one, _) = alone(inner).filter(|_| without_each(inner) != inner.trim())?;
            Some((one, Some(times_in(alone(head)?.0, one)?)))
        };
        let times = || Some((alone(head)?.0, Some(count(inner).filter(|_| says_units(inner))?)));
        let is_sum = alone(head).is_some();
        let unit = || counted(inner).or_else(each).filter(|_| is_sum);
        return unit().or_else(times).filter(money);
    }
    let pair = || {
        let (one, other) = text.split_once('/').filter(|_| paired)?;
        let (one, other) = (one.trim(), other.trim());
        let (price, count) = count(other).map_or((other, count(one)), |count| (one, Some(count)));
        Some((alone(price)?.0, Some(count?)))
    };
    counted(text).or_else(pair).filter(money)
}

/// Whether a label says that the units stand behind the price: `Price / Qty`.
pub(crate) fn is_paired(label: &str) -> bool {
    const UNITS: [&str; 11] = [
        "qty",
        "quantity",
        "units",
        "pcs",
        "pieces",
        "count",
        "menge",
        "anzahl",
        "cantidad",
        "quantité",
        "aantal",
    ];
    let behind = label.rsplit_once('/').map(|(_, behind)| behind.trim().to_lowercase());
    behind.is_some_and(|behind| UNITS.contains(&behind.as_str()))
}

/// How often the price of one unit makes up the sum.
fn times_in(sum: Amount, one: Amount) -> Option<i64> {
    let (sum, one) = (sum.minor(None)?, one.minor(None)?);
    let whole = sum.checked_rem(one)? == 0;
    sum.checked_div(one).filter(|times| whole && *times > 0)
}

/// A price beside a count that says by its sign that it is one.
fn counted(text: &str) -> Option<Price> {
    beside_a_count(text).filter(|_| text.contains(['x', '×', '@']))
}

/// Whether a number is not alone: it may be a size, or what is in stock.
fn says_units(text: &str) -> bool {
    text.contains(char::is_alphabetic) || text.contains('×')
}

/// `2`, `x2`, `2x`, `Qty: 2` and nothing else.
fn count(text: &str) -> Option<i64> {
    let lower = text.trim().to_lowercase();
    let bare =
        ["quantity", "qty"].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let bare = bare.trim_matches([':', ' ', 'x', '×', '.']);
    let is_count = (1..=4).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit());
    quantity(bare).filter(|_| is_count)
}

/// `Price: $10.00` without its label.
fn unlabelled(text: &str) -> &str {
    let label = text.split_once(':').filter(|(name, _)| {
        ["price", "unit price", "each"].iter().any(|label| name.trim().eq_ignore_ascii_case(label))
    });
    label.map_or(text, |(_, price)| price.trim_start())
}

/// `$10.00 each`, `je 10,00 €` without the word that says that it is for one.
fn without_each(text: &str) -> &str {
    const BEHIND: [&str; 14] = [
        "each",
        "ea",
        "ea.",
        "apiece",
        "a piece",
        "per unit",
        "per item",
        "per piece",
        "unit",
        "pro Stück",
        "je",
        "chacun",
        "c/u",
        "cad.",
    ];
    const IN_FRONT: [&str; 4] = ["each ", "je ", "per ", "à "];
    let text = text.trim();
    let behind = BEHIND.iter().find_map(|word| {
        let rest = text.strip_suffix(word)?;
        rest.ends_with([' ', '/', ',']).then(|| rest.trim_end_matches([' ', '/', ',']))
    });
    let text = behind.unwrap_or(text);
    IN_FRONT.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text)
}

/// Sizes that say that there is none.
fn is_one_size(size: &str) -> bool {
    ["os", "one size", "n/a", "default", "-"].iter().any(|none| size.eq_ignore_ascii_case(none))
}
